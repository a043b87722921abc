#include "casus/output/results.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/output/results_folder.h"
#include "casus/scenario/outcome_forms.h"
#include "casus/store/run_store.h"
#include "output/machine.h"
#include "output/manifest.h"
#include "output/room.h"
#include "output/tables.h"

namespace casus {
namespace {

using Json = nlohmann::ordered_json;
using Watch = std::chrono::steady_clock;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

FileDigest write_file(const std::string& path, std::string_view text) {
  OutputFile file(path);
  file.write(text);
  return file.close();
}

/// A scenario as a store knows it: by what it says, and not by how it is written.
StoreHeader header_of(const Scenario& scenario, const ResultsInfo& info) {
  return StoreHeader::of(scenario, all_outcomes(scenario.data(), info.outcomes), info.seed,
                         sha256(scenario.resolved()), build_text());
}

/// Calls what uses the store; its errors become errors of the folder.
template <class F>
auto using_store(F&& f) {
  try {
    return f();
  } catch (const StoreError& e) {
    throw OutputError(e.code(), e.path(), std::string(e.what()).substr(e.path().size() + 2));
  }
}

}  // namespace

struct ResultsWriter::State {
  ResultsFolder folder;
  Scenario scenario;
  ResultsInfo info;
  std::vector<OutcomeSpec> outcomes;
  RowSchema<RunResult> run_table;
  Manifest manifest = Manifest::of_this_program();
  std::optional<RunStore> store;
  std::vector<std::uint64_t> there;  ///< units that resumed results had
  std::vector<WrittenTable> tables;
  double seconds_before = 0.0;
  Watch::time_point started = Watch::now();
  bool finished = false;

  State(ResultsFolder folder_, const Scenario& scenario_, ResultsInfo info_)
      : folder(std::move(folder_)),
        scenario(scenario_),
        info(std::move(info_)),
        outcomes(all_outcomes(scenario.data(), info.outcomes)),
        run_table(run_schema(outcomes)) {
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

  void describe();
  void begin();
  void write_manifest(const std::string& state);
  CsvWriter table(const char* name, const std::vector<CsvField>& fields) {
    return CsvWriter(folder.path(name), fields);
  }
  void close(CsvWriter& table, const std::string& title) {
    const FileDigest file = table.close();
    manifest.outputs.push_back(file);
    tables.push_back({file, title, table.fields()});
  }
  void write_runs();
  void write_summaries(std::span<const OutcomeSummary> summaries);
  void abandon() noexcept;
};

void ResultsWriter::check_folder(const std::string& folder, bool overwrite) {
  ResultsFolder::check(folder, overwrite);
}

void ResultsWriter::State::describe() {
  manifest.title = scenario->title;
  manifest.scenario_file = info.scenario_file;
  manifest.arguments = info.arguments;
  manifest.seed = info.seed;
  manifest.first_run = info.first_run;
  manifest.planned = info.runs;
  manifest.shard = info.shard;
  manifest.events = info.events;
  manifest.stop_at_failure = info.stop_at_failure;
  if (folder.where() != folder.name()) {
    manifest.replaces = std::filesystem::path(folder.name()).filename().string();
  }
  manifest.started = utc_now();
  for (const auto& [file, text] : scenario.inputs()) {
    manifest.inputs.push_back({std::string(file), text.size(), sha256(text)});
  }
}

/// The manifest first: whoever finds the folder finds what it was to be.
void ResultsWriter::State::begin() {
  describe();
  manifest.outputs = {write_file(folder.path(scenario_copy), scenario.resolved())};
  write_manifest("running");
  const std::string path = folder.path(store_file);
  folder.path(std::string(store_file) + "-journal");
  store.emplace(using_store([&] { return RunStore::create(path, header_of(scenario, info)); }));
  sync_folder(folder.where());
}

void ResultsWriter::State::write_manifest(const std::string& state) {
  manifest.state = state;
  manifest.ended = state == "running" ? "" : utc_now();
  const std::chrono::duration<double> since = Watch::now() - started;
  manifest.seconds = seconds_before + since.count();
  write_atomically(folder.path("manifest.json"), manifest.json());
}

ResultsWriter::ResultsWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ResultsWriter::ResultsWriter(ResultsWriter&&) noexcept = default;

ResultsWriter::ResultsWriter(const std::string& folder, const Scenario& scenario,
                             ResultsInfo info) {
  const bool overwrite = info.overwrite;
  state_ = std::make_unique<State>(ResultsFolder(folder, overwrite), scenario, std::move(info));
  expect_room(state_->folder.where(), estimated_run_bytes(header_of(scenario, state_->info),
                                                          observations(scenario.data())) *
                                          state_->info.runs);
  state_->begin();
}

ResultsWriter ResultsWriter::resume(const std::string& folder, const Scenario& scenario,
                                    std::vector<OwnOutcome> outcomes) {
  const Manifest before = Manifest::read(folder);
  ResultsInfo info{before.scenario_file,  before.arguments, before.seed,
                   before.first_run,      before.planned,   false,
                   std::move(outcomes),   before.shard,     before.events,
                   before.stop_at_failure};
  auto state = std::make_unique<State>(ResultsFolder::reopen(folder, before.replaces), scenario,
                                       std::move(info));
  State& s = *state;
  // The folder is locked now: what was read before may be out of date.
  const Manifest now = Manifest::read(folder);
  const std::string path = s.folder.path(store_file);
  const StoreHeader header = header_of(scenario, s.info);
  s.describe();
  s.manifest.inputs = now.inputs;
  s.manifest.started = now.started;
  s.manifest.resumed = now.resumed + 1;
  s.manifest.replaces = now.replaces;
  s.seconds_before = now.seconds;
  using_store([&] {
    // Killed before the store had its tables: there is nothing in it that could be lost.
    if (!is_store(path)) {
      ::unlink(path.c_str());
      s.store.emplace(RunStore::create(path, header));
    } else {
      s.store.emplace(RunStore::reopen(path));
      s.store->expect(header);
    }
    s.there = s.store->units();
  });
  s.manifest.outputs = {write_file(s.folder.path(scenario_copy), scenario.resolved())};
  s.write_manifest("running");
  return ResultsWriter(std::move(state));
}

ResultsWriter ResultsWriter::merge(const std::string& folder, const std::vector<std::string>& parts,
                                   const Scenario& scenario, std::vector<std::string> arguments) {
  CASUS_EXPECTS(!parts.empty(), "nothing to merge");
  const Manifest first = Manifest::read(parts.front());
  const Shard whole = first.shard.value_or(Shard{1, 1, first.first_run, first.planned});
  ResultsInfo info{first.scenario_file, std::move(arguments), first.seed, whole.first_run,
                   whole.runs};
  auto state = std::make_unique<State>(ResultsFolder(folder, false), scenario, std::move(info));
  State& s = *state;
  s.begin();
  s.manifest.inputs = first.inputs;
  using_store([&] {
    for (const std::string& part : parts) s.store->take_from(part + "/" + store_file);
  });
  for (const std::string& part : parts) s.manifest.seconds += Manifest::read(part).seconds;
  s.seconds_before = s.manifest.seconds;
  s.there = s.store->units();
  return ResultsWriter(std::move(state));
}

ResultsWriter::~ResultsWriter() {
  if (state_ && !state_->finished) state_->abandon();
}

/// Leaves what can be resumed, or nothing.
void ResultsWriter::State::abandon() noexcept {
  try {
    if (!store) return;
    store->commit();
    if (store->size() > 0) {
      folder.keep();
      manifest.finished = store->size();
      manifest.failed = store->failed();
      if (manifest.error.empty()) manifest.error = "ended by an error";
      write_manifest("failed");
    }
    store.reset();
  } catch (...) {
    // As if it had been killed: the manifest says "running", and what was committed is there.
    folder.keep();
  }
}

const ResultsInfo& ResultsWriter::info() const { return state_->info; }
const std::string& ResultsWriter::where() const { return state_->folder.where(); }

std::size_t ResultsWriter::size() const {
  return using_store([&] { return static_cast<std::size_t>(state_->store->size()); });
}

bool ResultsWriter::has(std::uint32_t run) const {
  return std::binary_search(state_->there.begin(), state_->there.end(), std::uint64_t{run});
}

void ResultsWriter::add(RunResult& run) {
  State& s = *state_;
  try {
    s.store->add(RunKey::plain(run.spec.run), run);
  } catch (const StoreError& e) {
    std::string text = std::string(e.what()).substr(e.path().size() + 2);
    s.folder.keep();
    try {
      const std::size_t stored = s.store->size();
      if (e.kind() == StoreError::Kind::full) text += missing_room(e.path(), stored, s.info.runs);
      text += fmt::format("; {} of {} runs are kept", stored, s.info.runs);
      if (stored > 0) text += fmt::format(", 'casus resume {}' goes on", s.folder.where());
    } catch (const StoreError&) {
      text += "; what was stored before is kept";
    }
    s.manifest.error = text;
    throw OutputError(e.code(), e.path(), text);
  }
  std::vector<Observation>().swap(run.series);
  run.events.reset();
}

EnsembleResult ResultsWriter::recorded(const EnsembleResult& ended) const {
  EnsembleResult all;
  all.planned = state_->info.runs;
  all.cancelled = ended.cancelled;
  all.outcomes = state_->outcomes;
  all.inputs = state_->store->header().inputs;
  using_store([&] {
    state_->store->each([&](StoredRun& run) { all.runs.push_back(std::move(run.result)); });
  });
  return all;
}

std::vector<OutcomeSummary> ResultsWriter::summaries() const {
  const State& s = *state_;
  // So many values are held at a time, half a megabyte; each pass reads through all of them.
  constexpr std::size_t most = 1U << 15U;
  const std::size_t outcomes = s.outcomes.size();
  const std::size_t each = std::max<std::size_t>(1, most / std::max<std::size_t>(1, size()));
  std::vector<OutcomeSummary> all;
  all.reserve(outcomes);
  using_store([&] {
    for (std::size_t first = 0; first < outcomes; first += each) {
      const auto values = s.store->values(first, std::min(each, outcomes - first));
      for (const std::vector<OutcomeValue>& of_one : values) {
        all.push_back(summarise(s.outcomes[all.size()], of_one));
      }
    }
  });
  return all;
}

ResultsWriter::Standing ResultsWriter::standing() const {
  const State& s = *state_;
  Standing standing;
  standing.planned = s.info.runs;
  using_store([&] {
    standing.finished = static_cast<std::size_t>(s.store->size());
    standing.first = static_cast<std::uint32_t>(s.store->first_unit());
    s.store->each_failure([&](const RunKey& key, const RunFailure& failure) {
      standing.failures.emplace_back(key.run, failure);
    });
  });
  standing.failed = standing.failures.size();
  return standing;
}

void ResultsWriter::State::write_runs() {
  const std::vector<InputInfo>& inputs = store->header().inputs;
  const auto input_table = input_schema(inputs);
  CsvWriter runs = table("runs.csv", run_table.fields());
  std::optional<CsvWriter> drawn;
  if (!inputs.empty()) drawn.emplace(folder.path("inputs.csv"), input_table.fields());
  std::optional<OutputFile> failures;
  using_store([&] {
    store->each([&](StoredRun& stored) {
      const RunResult& run = stored.result;
      run_table.write(runs, run);
      if (drawn) input_table.write(*drawn, run);
      if (!run.failure) return;
      if (!failures) failures.emplace(folder.path("failures.jsonl"));
      failures->write(dump({{"run", run.spec.run},
                            {"seed", run.spec.seed},
                            {"what", run.failure->what},
                            {"date", run.failure->date},
                            {"mechanism", run.failure->mechanism},
                            {"subject", run.failure->subject},
                            {"replay", replay_command(folder.name(), run.spec.run)}}));
    });
  });
  close(runs, "Runs");
  if (drawn) close(*drawn, "Inputs of the runs");
  if (failures) manifest.outputs.push_back(failures->close());
}

void ResultsWriter::State::write_summaries(std::span<const OutcomeSummary> summaries) {
  CsvWriter written = table("summary.csv", summary_schema().fields());
  for (const OutcomeSummary& s : summaries) summary_schema().write(written, s);
  close(written, "Outcomes over all runs");
}

void ResultsWriter::finish(const EnsembleResult& result,
                           std::span<const OutcomeSummary> summaries) {
  State& s = *state_;
  CASUS_EXPECTS(!s.finished, "results that are finished");
  s.folder.keep();
  using_store([&] {
    s.store->close();
    s.manifest.finished = s.store->size();
    s.manifest.failed = s.store->failed();
  });
  s.write_runs();
  s.write_summaries(summaries);
  s.manifest.outputs.push_back(
      write_file(s.folder.path("datapackage.json"), datapackage(s.scenario.data(), s.tables)));
  s.store.reset();
  s.manifest.outputs.push_back(digest_file(s.folder.path(store_file)));
  const bool whole = s.manifest.finished >= s.info.runs;
  if (!whole && !result.cancelled) s.manifest.error = "stopped at a run that failed";
  s.write_manifest(whole ? "complete" : result.cancelled ? "interrupted" : "failed");
  s.finished = true;
  // What is to take the place of complete results is complete itself.
  if (whole || s.folder.where() == s.folder.name()) s.folder.publish();
}

void write_events(const std::string& path, const Scenario& scenario, std::uint32_t run,
                  const KeptEvents& events) {
  const std::string partial = fmt::format("{}.partial-{}", path, getpid());
  try {
    CsvWriter table(partial, event_schema().fields());
    write_event_rows(table, scenario.data(), run, events);
    table.close();
  } catch (...) {
    ::unlink(partial.c_str());
    throw;
  }
  publish_new(partial, path);
}

}  // namespace casus
