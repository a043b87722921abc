#include "casus/output/results.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "casus/core/contracts.h"
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

FileDigest write_file(const fs::path& path, std::string_view text) {
  OutputFile file(path.string());
  file.write(text);
  return file.close();
}

/// Without the slash at the end, so that a name can be made from it.
fs::path folder_path(const std::string& folder) {
  fs::path path = fs::path(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path;
}

Json digest_json(const FileDigest& file) {
  return {{"path", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}};
}

[[noreturn]] void cannot_write(const fs::path& path, const std::error_code& error) {
  throw OutputError("E0602", path.string(), "cannot be written: " + error.message());
}

}  // namespace

struct ResultsWriter::State {
  fs::path folder, partial;
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

  State(fs::path folder_, const Scenario& scenario_, ResultsInfo info_)
      : folder(std::move(folder_)),
        partial(fmt::format("{}.partial-{}", folder.string(), getpid())),
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

  std::string path(const char* name) const { return (partial / name).string(); }

  void close(std::optional<CsvWriter>& table, const std::string& title) {
    if (!table) return;
    outputs.push_back(table->close());
    tables.push_back({outputs.back(), title, table->fields()});
    table.reset();
  }
  void write_summaries(std::span<const OutcomeSummary> summaries);
  Json manifest(const EnsembleResult& result) const;
  void publish();
};

void ResultsWriter::check_folder(const std::string& folder, bool overwrite) {
  const fs::path path = folder_path(folder);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return;
  if (fs::is_directory(status) && fs::is_empty(path, error)) return;
  if (!overwrite) {
    throw OutputError("E0601", folder, "exists already; results are never overwritten unasked");
  }
  // Whoever mistypes the folder shall not lose what is in it.
  if (!fs::exists(path / "manifest.json", error)) {
    throw OutputError("E0601", folder, "exists already and does not hold results; not overwritten");
  }
}

ResultsWriter::ResultsWriter(const std::string& folder, const Scenario& scenario,
                             ResultsInfo info) {
  check_folder(folder, info.overwrite);
  state_ = std::make_unique<State>(folder_path(folder), scenario, std::move(info));
  std::error_code error;
  fs::create_directories(state_->partial, error);
  if (error) cannot_write(state_->partial, error);
  state_->outputs.push_back(write_file(state_->partial / "scenario.yaml", scenario.resolved()));
  state_->runs.emplace(state_->path("runs.csv"), state_->run_table.fields());
  state_->series.emplace(state_->path("series.csv"), series_schema().fields());
}

ResultsWriter::~ResultsWriter() {
  if (!state_ || state_->finished) return;
  std::error_code ignored;
  fs::remove_all(state_->partial, ignored);
}

void ResultsWriter::add(RunResult& run) {
  const ScenarioData& data = state_->scenario.data();
  state_->run_table.write(*state_->runs, run);
  write_series(*state_->series, data, state_->columns, run);
  std::vector<Observation>().swap(run.series);
  if (run.events) {
    if (!state_->events)
      state_->events.emplace(state_->path("events.csv"), event_schema().fields());
    write_event_rows(*state_->events, data, run.spec.run, *run.events);
    run.events.reset();
  }
  if (!run.failure) return;
  if (!state_->failures) state_->failures.emplace(state_->path("failures.jsonl"));
  const RunFailure& f = *run.failure;
  state_->failures->write(dump({{"run", run.spec.run},
                                {"seed", run.spec.seed},
                                {"what", f.what},
                                {"date", f.date},
                                {"mechanism", f.mechanism},
                                {"subject", f.subject},
                                {"replay", replay_command(state_->folder.string(), run.spec.run)}},
                               -1));
}

void ResultsWriter::State::write_summaries(std::span<const OutcomeSummary> summaries) {
  std::optional<CsvWriter> table;
  table.emplace(path("summary.csv"), summary_schema().fields());
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

/// Gives the complete folder its name. What is finished is never thrown away: if that fails, it
/// stays under the name it has.
void ResultsWriter::State::publish() {
  finished = true;
  std::error_code error;
  fs::path old;
  try {
    check_folder(folder.string(), info.overwrite);
  } catch (const OutputError& e) {
    throw OutputError("E0601", folder.string(),
                      "appeared meanwhile; the results are in " + partial.string());
  }
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    old = fmt::format("{}.replaced-{}", folder.string(), getpid());
    fs::rename(folder, old, error);
    if (error) cannot_write(folder, error);
  }
  fs::rename(partial, folder, error);
  if (error) {
    std::error_code ignored;
    if (!old.empty()) fs::rename(old, folder, ignored);
    throw OutputError("E0602", folder.string(),
                      fmt::format("cannot be written: {}; the results are in {}", error.message(),
                                  partial.string()));
  }
  if (!old.empty()) fs::remove_all(old, error);
}

void ResultsWriter::finish(const EnsembleResult& result,
                           std::span<const OutcomeSummary> summaries) {
  CASUS_EXPECTS(!state_->finished, "results that are finished");
  state_->close(state_->runs, "Runs");
  state_->close(state_->series, "Series");
  state_->close(state_->events, "Events");
  state_->write_summaries(summaries);
  if (state_->failures) state_->outputs.push_back(state_->failures->close());
  state_->outputs.push_back(write_file(state_->partial / "datapackage.json",
                                       datapackage(state_->scenario.data(), state_->tables)));
  write_file(state_->partial / "manifest.json", dump(state_->manifest(result), 2));
  state_->publish();
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
  if (error) cannot_write(path, error);
}

}  // namespace casus
