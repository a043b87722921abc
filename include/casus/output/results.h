#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/output/files.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"
#include "casus/study/summary.h"

namespace casus {

/// What a results folder says about how it came to be.
struct ResultsInfo {
  std::string scenario_file;           ///< as given
  std::vector<std::string> arguments;  ///< of the program, its name first; may be empty
  std::uint64_t seed = 1;
  std::uint32_t first_run = 0;
  std::size_t runs = 0;  ///< planned
  bool overwrite = false;
  std::vector<OwnOutcome> outcomes{};  ///< the program's: EnsembleOptions::outcomes
};

/// Writes the results of an ensemble into a folder of their own, run by run:
///
///     manifest.json     what made them: version, compiler, seed, arguments, and the SHA-256 of
///                       inputs and outputs; the only file that names a time of day
///     scenario.yaml     the scenario, includes merged and edits applied
///     runs.csv          a row a run: status, hashes, outcomes
///     series.csv        run, date, kind, entity, variable, value
///     events.csv        the logs of the runs that kept theirs, if any did
///     summary.csv       a row an outcome
///     failures.jsonl    a line a failed run, if there is any
///     datapackage.json  types and units of every table (Frictionless Data Package)
///
/// The folder appears under its name when it is complete; until then it has ".partial-<pid>" behind
/// it. Scenario, seed and runs fix all of it to the byte, but for the manifest and the name of the
/// folder in the commands that repeat failed runs.
class CASUS_API ResultsWriter {
 public:
  /// Throws OutputError: E0601 if the folder exists and is not empty, unless `overwrite` is set and
  /// it holds earlier results; E0602 if it cannot be made.
  ResultsWriter(const std::string& folder, const Scenario& scenario, ResultsInfo info);
  /// Removes what is incomplete.
  ~ResultsWriter();
  ResultsWriter(const ResultsWriter&) = delete;
  ResultsWriter& operator=(const ResultsWriter&) = delete;

  /// Writes one run and frees its series and events. Runs come in order:
  /// EnsembleOptions::on_result.
  void add(RunResult& run);
  /// Writes the rest and gives the folder its name.
  void finish(const EnsembleResult& result, std::span<const OutcomeSummary> summaries);

  /// Throws what the constructor would throw because of the folder, and touches nothing.
  static void check_folder(const std::string& folder, bool overwrite);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One row of runs.csv, as far as it is the same for every scenario.
struct RecordedRun {
  std::uint32_t run = 0;
  bool ok = false;
  std::uint64_t world_hash = 0, events_hash = 0;
};

/// An earlier results folder.
struct RecordedResults {
  std::string folder;
  std::string version;        ///< of Casus
  std::string scenario_file;  ///< the resolved scenario in the folder
  std::uint64_t seed = 1;
  std::vector<RecordedRun> runs;
};

/// Reads a results folder back. Throws OutputError E0603 if it is not one, or if the scenario or
/// the runs in it are not those the manifest vouches for.
CASUS_API RecordedResults read_results(const std::string& folder);

/// The command that makes a run again, with all its events.
CASUS_API std::string replay_command(const std::string& folder, std::uint32_t run);

/// The events of a run as a table. `scenario` gives the names of regions, pacts and articles.
CASUS_API void write_events(const std::string& path, const Scenario& scenario, std::uint32_t run,
                            const KeptEvents& events);

}  // namespace casus
