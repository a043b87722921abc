#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <system_error>

#include "casus/output/csv.h"
#include "casus/output/files.h"
#include "casus/output/results.h"
#include "casus/report/collect.h"
#include "casus/store/run_store.h"
#include "casus/study/own_outcome.h"
#include "report/frame.h"

namespace casus {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A table by the names of its columns.
class Table {
 public:
  explicit Table(const std::string& path) : path_(path), rows_(parse_csv(read_file(path), path)) {
    if (rows_.empty()) throw OutputError("E0603", path, "is empty");
    for (std::size_t c = 0; c < rows_.front().size(); ++c) columns_.emplace(rows_.front()[c], c);
  }
  std::size_t size() const { return rows_.size() - 1; }
  bool has(const std::string& column) const { return columns_.contains(column); }
  const std::vector<std::string>& header() const { return rows_.front(); }
  const std::string& text(std::size_t row, const std::string& column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end()) {
      throw OutputError("E0603", path_, fmt::format("has no column '{}'", column));
    }
    return rows_[row + 1][found->second];
  }
  /// NaN for an empty cell.
  double number(std::size_t row, const std::string& column) const {
    const std::string& cell = text(row, column);
    double value = nan;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (!cell.empty() && (error != std::errc() || end != cell.data() + cell.size())) {
      throw OutputError("E0603", path_, fmt::format("'{}' is not a number", cell));
    }
    return cell.empty() ? nan : value;
  }
  std::uint32_t whole(std::size_t row, const std::string& column) const {
    const double value = number(row, column);
    if (!(value >= 0.0 && value <= std::numeric_limits<std::uint32_t>::max())) {
      throw OutputError("E0603", path_, fmt::format("'{}' counts nothing", text(row, column)));
    }
    return static_cast<std::uint32_t>(value);
  }

 private:
  std::string path_;
  std::vector<std::vector<std::string>> rows_;
  std::map<std::string, std::size_t> columns_;
};

OutcomeValue value_of(const Table& runs, std::size_t row, const OutcomeSpec& o) {
  const double value = runs.number(row, o.name);
  if (outcome_form(o.form).statistic == Statistic::median_duration && value == value &&
      runs.text(row, o.name + "_happened") == "0") {
    return OutcomeValue::censored_at(value);
  }
  return OutcomeValue::of(value);
}

void read_inputs(const std::string& path, ReportArm& arm) {
  const Table table(path);
  if (!table.has("run")) return;
  std::map<std::uint32_t, std::size_t> rows;
  for (std::size_t i = 0; i < table.size(); ++i) rows.emplace(table.whole(i, "run"), i);
  for (const std::string& column : table.header()) {
    if (column == "run") continue;
    std::vector<double> values;
    values.reserve(arm.runs.size());
    for (const std::uint32_t run : arm.runs) {
      const auto row = rows.find(run);
      values.push_back(row == rows.end() ? nan : table.number(row->second, column));
    }
    arm.inputs.emplace_back(column, std::move(values));
  }
}

void read_failures(const std::string& path, ReportArm& arm) {
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    const Json json = Json::parse(line);
    for (ReportFailure& f : arm.failures) {
      if (f.run != json.at("run").get<std::uint32_t>()) continue;
      f.what = json.at("what").get<std::string>();
      f.replay = json.at("replay").get<std::string>();
    }
  }
}

void read_provenance(const Json& manifest, const std::string& folder, ReportData& data) {
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
  for (const Json& input : manifest.at("inputs")) {
    p.inputs.emplace_back(input.at("path").get<std::string>(),
                          input.at("sha256").get<std::string>());
  }
  ReportArm& arm = data.arms.front();
  arm.planned = manifest.at("runs").at("planned").get<std::size_t>();
  arm.interrupted = manifest.at("runs").at("interrupted").get<bool>();
}

/// Outcomes of a program's own stand in runs.csv and summary.csv; their forms are in the latter.
std::vector<OutcomeSpec> outcomes_of(const Scenario& scenario, const std::string& summary) {
  std::vector<OutcomeSpec> outcomes = scenario->outcomes;
  const Table table(summary);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string& name = table.text(i, "outcome");
    const bool known = std::any_of(outcomes.begin(), outcomes.end(),
                                   [&](const OutcomeSpec& o) { return o.name == name; });
    if (known) continue;
    OutcomeSpec own;
    own.name = name;
    own.title = table.text(i, "title");
    own.unit = table.text(i, "unit");
    for (const OutcomeForm& form : outcome_forms()) {
      if (form.name == table.text(i, "form")) own.form = form.form;
    }
    outcomes.push_back(std::move(own));
  }
  return outcomes;
}

/// Of the runs that kept their logs those worth telling: no more are read than are told.
void read_logs(const RunStore& store, const ScenarioData& scenario,
               std::span<const OutcomeSpec> outcomes, ReportArm& arm) {
  constexpr std::size_t few = 3;
  const std::vector<std::uint64_t> units = store.units_with_events();
  const auto read = [&](std::uint64_t unit, const std::string& role) {
    const auto kept = store.events(unit, scenario);
    if (!kept) return;
    arm.logs.push_back(log_of(scenario, static_cast<std::uint32_t>(unit), *kept));
    arm.logs.back().role = role;
  };
  if (units.size() <= few) {
    for (const std::uint64_t unit : units) read(unit, {});
    choose_logs(arm);
    return;
  }
  for (const auto& [run, role] : runs_to_tell(outcomes, arm)) {
    const std::uint64_t unit = RunKey::plain(run).unit;
    if (std::find(units.begin(), units.end(), unit) != units.end()) read(unit, role);
  }
}

}  // namespace

ReportData read_report(const std::string& folder, const Vocabulary& vocabulary) {
  const RecordedResults recorded = read_results(folder);
  const fs::path path(folder);
  const auto file = [&](const char* name) { return (path / name).string(); };
  const Scenario scenario = load_recorded(recorded, vocabulary);
  const std::vector<OutcomeSpec> outcomes = outcomes_of(scenario, file("summary.csv"));
  ReportData data = report_frame(scenario, outcomes);
  ReportArm& arm = data.arms.emplace_back();
  arm.values.resize(outcomes.size());
  arm.times.resize(outcomes.size());
  const Table runs(file("runs.csv"));
  std::error_code error;
  SeriesGatherer series(scenario.data(), std::min(runs.size(), ReportCollector::most_series));
  const RunStore store = RunStore::read(file("runs.sqlite"));
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::uint32_t run = recorded.runs[i].run;
    ++arm.finished;
    if (!recorded.runs[i].ok) {
      arm.failures.push_back({run, {}, replay_command(folder, run)});
      continue;
    }
    arm.runs.push_back(run);
    arm.hashes.push_back(recorded.runs[i].world_hash);
    for (std::size_t o = 0; o < outcomes.size(); ++o) {
      arm.values[o].push_back(value_of(runs, i, outcomes[o]));
    }
    if (i < ReportCollector::most_series) series.add(store.series(RunKey::plain(run).unit));
  }
  arm.series = series.quantiles();
  finish_arm(outcomes, arm);
  try {
    if (fs::exists(file("failures.jsonl"), error)) read_failures(file("failures.jsonl"), arm);
    if (fs::exists(file("inputs.csv"), error)) read_inputs(file("inputs.csv"), arm);
    read_logs(store, scenario.data(), outcomes, arm);
    read_provenance(Json::parse(read_file(file("manifest.json"))), folder, data);
  } catch (const Json::exception& e) {
    throw OutputError("E0603", folder, fmt::format("is damaged: {}", e.what()));
  }
  return data;
}

}  // namespace casus
