#include "casus/output/results.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "casus/core/contracts.h"
#include "casus/output/results_folder.h"
#include "casus/output/version.h"
#include "casus/scenario/outcome_forms.h"
#include "casus/study/series.h"
#include "output/tables.h"

namespace casus {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using SystemClock = std::chrono::system_clock;

constexpr const char* results_format = "casus-results/1";

/// "2026-01-31T12:00:00Z"
std::string utc(SystemClock::time_point time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::hh_mm_ss clock(seconds - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_string(day), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

FileDigest write_file(const std::string& path, std::string_view text) {
  OutputFile file(path);
  file.write(text);
  return file.close();
}

Json digest_json(const FileDigest& file) {
  return {{"path", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}};
}

}  // namespace

struct ResultsWriter::State {
  ResultsFolder folder;
  Scenario scenario;
  ResultsInfo info;
  SystemClock::time_point started = SystemClock::now();
  RowSchema<RunResult> run_table;
  std::vector<SeriesColumn> columns;
  std::optional<CsvWriter> runs, series, events;
  std::optional<OutputFile> failures;
  std::vector<FileDigest> outputs;
  std::vector<WrittenTable> tables;
  bool finished = false;

  State(const std::string& name, const Scenario& scenario_, ResultsInfo info_)
      : folder(name, info_.overwrite),
        scenario(scenario_),
        info(std::move(info_)),
        run_table(run_schema(all_outcomes(scenario.data(), info.outcomes))),
        columns(SeriesObserver(scenario.data()).columns()) {
    check_names();
  }

  /// A program's outcome is no other column.
  void check_names() const {
    for (const OwnOutcome& outcome : info.outcomes) {
      const auto& fields = run_table.fields();
      const auto same = std::count_if(fields.begin(), fields.end(), [&](const CsvField& f) {
        return f.name == outcome.name || f.name == outcome.name + "_happened";
      });
      const bool two = outcome_form(outcome.form).statistic == Statistic::median_duration;
      CASUS_EXPECTS(same == (two ? 2 : 1),
                    fmt::format("outcome '{}': runs.csv has a column of that name", outcome.name));
    }
  }

  void close(std::optional<CsvWriter>& table, const std::string& title) {
    if (!table) return;
    outputs.push_back(table->close());
    tables.push_back({outputs.back(), title, table->fields()});
    table.reset();
  }
  void write_summaries(std::span<const OutcomeSummary> summaries);
  Json manifest(const EnsembleResult& result) const;
};

void ResultsWriter::check_folder(const std::string& folder, bool overwrite) {
  ResultsFolder::check(folder, overwrite);
}

ResultsWriter::ResultsWriter(const std::string& folder, const Scenario& scenario,
                             ResultsInfo info) {
  state_ = std::make_unique<State>(folder, scenario, std::move(info));
  state_->outputs.push_back(write_file(state_->folder.path("scenario.yaml"), scenario.resolved()));
  state_->runs.emplace(state_->folder.path("runs.csv"), state_->run_table.fields());
  state_->series.emplace(state_->folder.path("series.csv"), series_schema().fields());
}

ResultsWriter::~ResultsWriter() = default;

void ResultsWriter::add(RunResult& run) {
  const ScenarioData& data = state_->scenario.data();
  state_->run_table.write(*state_->runs, run);
  write_series(*state_->series, data, state_->columns, run);
  std::vector<Observation>().swap(run.series);
  if (run.events) {
    if (!state_->events)
      state_->events.emplace(state_->folder.path("events.csv"), event_schema().fields());
    write_event_rows(*state_->events, data, run.spec.run, *run.events);
    run.events.reset();
  }
  if (!run.failure) return;
  if (!state_->failures) state_->failures.emplace(state_->folder.path("failures.jsonl"));
  const RunFailure& f = *run.failure;
  state_->failures->write(dump({{"run", run.spec.run},
                                {"seed", run.spec.seed},
                                {"what", f.what},
                                {"date", f.date},
                                {"mechanism", f.mechanism},
                                {"subject", f.subject},
                                {"replay", replay_command(state_->folder.name(), run.spec.run)}},
                               -1));
}

void ResultsWriter::State::write_summaries(std::span<const OutcomeSummary> summaries) {
  std::optional<CsvWriter> table;
  table.emplace(folder.path("summary.csv"), summary_schema().fields());
  for (const OutcomeSummary& s : summaries) summary_schema().write(*table, s);
  close(table, "Outcomes over all runs");
}

Json ResultsWriter::State::manifest(const EnsembleResult& result) const {
  Json inputs = Json::array();
  for (const auto& [file, text] : scenario.inputs()) {
    inputs.push_back(digest_json({file, text.size(), sha256(text)}));
  }
  Json written = Json::array();
  for (const FileDigest& file : outputs) written.push_back(digest_json(file));
  const SystemClock::time_point now = SystemClock::now();
  const std::chrono::duration<double> seconds = now - started;
  return {
      {"format", results_format},
      {"casus", version()},
      {"compiler", compiler()},
      {"build_type", build_type()},
      {"title", scenario->title},
      {"scenario", info.scenario_file},
      {"arguments", info.arguments},
      {"seed", info.seed},
      {"runs",
       {{"first", info.first_run},
        {"planned", info.runs},
        {"finished", result.runs.size()},
        {"failed", result.failed()},
        {"interrupted", result.cancelled}}},
      {"time", {{"started", utc(started)}, {"finished", utc(now)}, {"seconds", seconds.count()}}},
      {"inputs", std::move(inputs)},
      {"outputs", std::move(written)}};
}

void ResultsWriter::finish(const EnsembleResult& result,
                           std::span<const OutcomeSummary> summaries) {
  CASUS_EXPECTS(!state_->finished, "results that are finished");
  state_->close(state_->runs, "Runs");
  state_->close(state_->series, "Series");
  state_->close(state_->events, "Events");
  state_->write_summaries(summaries);
  if (state_->failures) state_->outputs.push_back(state_->failures->close());
  state_->outputs.push_back(write_file(state_->folder.path("datapackage.json"),
                                       datapackage(state_->scenario.data(), state_->tables)));
  write_file(state_->folder.path("manifest.json"), dump(state_->manifest(result), 2));
  state_->finished = true;
  state_->folder.publish();
}

void write_events(const std::string& path, const Scenario& scenario, std::uint32_t run,
                  const KeptEvents& events) {
  const std::string partial = fmt::format("{}.partial-{}", path, getpid());
  std::error_code error;
  try {
    CsvWriter table(partial, event_schema().fields());
    write_event_rows(table, scenario.data(), run, events);
    table.close();
  } catch (...) {
    fs::remove(partial, error);
    throw;
  }
  fs::rename(partial, path, error);
  if (error) throw OutputError("E0602", path, "cannot be written: " + error.message());
}

}  // namespace casus
