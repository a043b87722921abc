#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "casus/output/files.h"
#include "casus/output/results.h"
#include "casus/report/collect.h"
#include "casus/store/run_store.h"
#include "casus/study/own_outcome.h"
#include "report/frame.h"
#include "report/read.h"

namespace casus {
namespace {

using Json = nlohmann::ordered_json;

/// The program's own outcomes, as far as a store knows them.
std::vector<OwnOutcome> own_outcomes(const Scenario& scenario, const StoreHeader& header) {
  std::vector<OwnOutcome> own;
  for (std::size_t i = scenario->outcomes.size(); i < header.outcomes.size(); ++i) {
    const StoreHeader::Outcome& o = header.outcomes[i];
    OwnOutcome& outcome = own.emplace_back();
    outcome.name = o.name;
    outcome.title = o.title;
    outcome.unit = o.unit;
    outcome.value = [](const Simulation&) { return OutcomeValue{}; };  // they have been answered
    for (const OutcomeForm& form : outcome_forms()) {
      if (form.name == o.form) outcome.form = form.form;
    }
  }
  return own;
}

}  // namespace

void read_provenance(const std::string& folder, ReportData& data) {
  try {
    const Json manifest =
        Json::parse(read_file((std::filesystem::path(folder) / "manifest.json").string()));
    ReportProvenance& p = data.provenance;
    p.folder = folder;
    p.version = manifest.at("casus").get<std::string>();
    p.compiler = manifest.value("compiler", "");
    p.build = manifest.value("build_type", "");
    p.scenario_file = manifest.value("scenario", "");
    p.seed = manifest.at("seed").get<std::uint64_t>();
    std::vector<std::string> words;
    for (const Json& word : manifest.at("arguments")) words.push_back(word.get<std::string>());
    p.command = command_line(words);
    if (manifest.contains("time")) p.finished = manifest["time"].value("finished", "");
    p.inputs.clear();
    for (const Json& input : manifest.at("inputs")) {
      p.inputs.emplace_back(input.at("path").get<std::string>(),
                            input.at("sha256").get<std::string>());
    }
    if (manifest.contains("worlds")) {
      const Json& worlds = manifest["worlds"];
      for (ReportArm& arm : data.arms) {
        arm.interrupted = worlds.at("interrupted").get<bool>();
        if (arm.interrupted) arm.planned = worlds.at("planned").get<std::size_t>();
      }
    }
    if (!manifest.contains("runs")) return;
    ReportArm& arm = data.arms.front();
    arm.planned = manifest["runs"].at("planned").get<std::size_t>();
    arm.interrupted = manifest["runs"].at("interrupted").get<bool>();
  } catch (const Json::exception& e) {
    throw OutputError("E0603", folder, fmt::format("is damaged: {}", e.what()));
  }
}

namespace {

/// "casus-results/2", or what else the folder says it holds; empty where it says nothing.
Json manifest_of(const std::string& folder) {
  const std::string path = (std::filesystem::path(folder) / "manifest.json").string();
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return Json::object();
  const Json manifest = Json::parse(read_file(path), nullptr, false);
  return manifest.is_object() ? manifest : Json::object();
}

}  // namespace

ReportData read_report(const std::string& folder, const Registry& registry, const SeenRun& each) {
  const Json manifest = manifest_of(folder);
  const std::string format =
      manifest.contains("format") && manifest["format"].is_string() ? manifest["format"] : Json("");
  if (format == "casus-comparison/1") return read_comparison(folder, registry.vocabulary());
  if (format.starts_with("casus-") && !format.starts_with("casus-results/")) {
    std::vector<std::string> words;
    if (manifest.contains("arguments") && manifest["arguments"].is_array()) {
      for (const Json& word : manifest["arguments"]) {
        if (word.is_string()) words.push_back(word.get<std::string>());
      }
    }
    throw OutputError(
        "E0603", folder,
        fmt::format("holds no runs of a scenario or of a comparison ({}){}", format,
                    words.empty() ? std::string()
                                  : "; what it holds is made again by: " + command_line(words)));
  }
  const RecordedResults recorded = read_results(folder);
  const Scenario scenario = load_recorded(recorded, registry.vocabulary());
  try {
    const RunStore store = RunStore::read((std::filesystem::path(folder) / "runs.sqlite").string());
    ResultsInfo info;
    info.seed = recorded.seed;
    info.first_run = recorded.first_run;
    info.runs = recorded.planned;
    info.outcomes = own_outcomes(scenario, store.header());
    ReportCollector collector(scenario, info);
    store.each([&](StoredRun& stored) {
      RunResult& run = stored.result;
      if (!run.failure && collector.wants_series()) run.series = store.series(stored.key.unit);
      if (each) each(scenario, run);
      collector.add(run);
    });
    collector.tell(registry, [&](std::uint32_t run) {
      return store.events(RunKey::plain(run).unit, scenario.data());
    });
    ReportData data = collector.finish(folder);
    read_provenance(folder, data);
    return data;
  } catch (const StoreError& e) {
    throw OutputError(e.code(), e.path(), std::string(e.what()).substr(e.path().size() + 2));
  }
}

}  // namespace casus
