#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/output/files.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"
#include "casus/study/summary.h"

namespace casus {

/// Which part of a larger ensemble a folder holds.
struct Shard {
  std::uint32_t index = 1, of = 1;  ///< from 1
  std::uint32_t first_run = 0;      ///< of the whole
  std::size_t runs = 0;             ///< of the whole
};

/// The name of the report in a results folder. It is made from the rest, at any time, and is no
/// part of what a manifest vouches for.
inline constexpr const char* report_file = "report.html";

/// What a results folder says about how it came to be.
struct ResultsInfo {
  std::string scenario_file;           ///< as given
  std::vector<std::string> arguments;  ///< of the program, its name first; may be empty
  std::uint64_t seed = 1;
  std::uint32_t first_run = 0;
  std::size_t runs = 0;  ///< planned
  bool overwrite = false;
  std::vector<OwnOutcome> outcomes{};  ///< the program's: EnsembleOptions::outcomes
  std::optional<Shard> shard{};
  std::string events = "none";   ///< which runs keep their log: none, all, or 3,17
  bool stop_at_failure = false;  ///< EnsembleOptions::on_failure
};

/// Writes the results of an ensemble into a folder of their own, run by run:
///
///     manifest.json     what made them: version, compiler, machine, seed, arguments, and the
///     SHA-256
///                       of inputs and outputs; the only file that names a time of day
///     scenario.yaml     the scenario, includes merged and edits applied
///     runs.sqlite       the store: every run, with its series and the events that were kept
///     runs.csv          a row a run: status, hashes, outcomes
///     inputs.csv        a row a run: what was drawn from each prior, if there are priors
///     summary.csv       a row an outcome
///     failures.jsonl    a line a failed run, if there is any
///     datapackage.json  types and units of every table (Frictionless Data Package)
///
/// The manifest is written first and says "running"; tables are written at the end, from the store.
/// Whatever happens in between, the runs that were handed over stay (see RunStore), and resume()
/// goes on to the bytes that an undisturbed ensemble would have written. Scenario, seed and runs
/// fix the tables to the byte, but for the name of the folder in the commands that repeat failed
/// runs.
class CASUS_API ResultsWriter {
 public:
  /// How the ensemble stands, without its runs.
  struct Standing {
    std::size_t planned = 0, finished = 0, failed = 0;
    std::uint32_t first = 0;  ///< the first run that is there
    std::vector<std::pair<std::uint32_t, RunFailure>> failures;
  };

  /// Takes the folder and begins. Throws OutputError as ResultsFolder does.
  ResultsWriter(const std::string& folder, const Scenario& scenario, ResultsInfo info);
  /// Goes on in a folder whose results are not complete. Throws OutputError: E0604 if another
  /// program is at it, E0605 if this is another build or scenario than that which began it, and
  /// says which.
  static ResultsWriter resume(const std::string& folder, const Scenario& scenario,
                              std::vector<OwnOutcome> outcomes = {});
  /// Takes the folder for runs that others have made and merge() brings.
  static ResultsWriter merge(const std::string& folder, const std::vector<std::string>& parts,
                             const Scenario& scenario, std::vector<std::string> arguments);
  /// What is not finished stays if there are runs in it, and is removed otherwise.
  ~ResultsWriter();
  ResultsWriter(ResultsWriter&&) noexcept;
  ResultsWriter& operator=(ResultsWriter&&) = delete;

  const ResultsInfo& info() const;
  /// Where the results are until they are finished.
  const std::string& where() const;
  /// How many runs there are, and is this one of them?
  std::size_t size() const;
  bool has(std::uint32_t run) const;

  /// Stores one run and frees its series and events: EnsembleOptions::on_result. On a full disk the
  /// OutputError says how much room is missing.
  void add(RunResult& run);
  /// All runs that are stored, without series and events, with what `ended` says of the ensemble:
  /// of resumed results they are more than the program has made.
  EnsembleResult recorded(const EnsembleResult& ended) const;
  /// Of all runs that are stored: what finish() writes beside them. A few outcomes at a time are
  /// read back, so that neither needs memory for the runs.
  std::vector<OutcomeSummary> summaries() const;
  Standing standing() const;
  /// Writes the rest, and the results are durable when it returns. Of `result` it asks only whether
  /// it was cancelled.
  void finish(const EnsembleResult& result, std::span<const OutcomeSummary> summaries);

  /// Throws what the constructor would throw because of the folder, and touches nothing.
  static void check_folder(const std::string& folder, bool overwrite);

 private:
  struct State;
  explicit ResultsWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// One row of runs.csv, as far as it is the same for every scenario.
struct RecordedRun {
  std::uint32_t run = 0;
  bool ok = false;
  std::uint64_t world_hash = 0, events_hash = 0;
};

/// An earlier results folder, complete or not.
struct RecordedResults {
  std::string folder;
  std::string state;          ///< running, complete, interrupted or failed
  std::string error;          ///< of what it failed
  std::string writer;         ///< who writes there now; empty: nobody
  std::string version;        ///< of Casus
  std::string build;          ///< what its bits depend on
  std::string scenario_file;  ///< the resolved scenario in the folder
  std::uint64_t seed = 1;
  std::uint32_t first_run = 0;
  std::size_t planned = 0;
  double seconds = 0.0;
  std::optional<Shard> shard;
  std::string events;
  std::string replaces;  ///< name of the folder whose place it was to take, or has taken
  bool stop_at_failure = false;
  std::vector<RecordedRun> runs;
};

/// Reads a results folder back. Throws OutputError E0603 if it is not one, or if the scenario or
/// the runs in it are not those the manifest vouches for.
CASUS_API RecordedResults read_results(const std::string& folder);

/// The scenario of a results folder. It is whole in itself: one that would include other files is
/// refused, as somebody may have sent it.
CASUS_API Scenario load_recorded(const RecordedResults& results, const Vocabulary& vocabulary,
                                 const ReadLimits& limits = {});

/// What is wrong with a results folder: files that are missing, changed or that nobody listed, and
/// a store that is not whole. Empty: nothing.
CASUS_API std::vector<std::string> verify_results(const std::string& folder);

/// One digest for scenario, build, seed and results, to be published before an event and compared
/// after it. Of complete results only.
CASUS_API std::string seal_of(const std::string& folder);

/// How much room results need, and how much there is where they would go, in bytes.
struct RoomNeeded {
  std::uint64_t bytes = 0, free = 0;
};
CASUS_API RoomNeeded room_needed(const std::string& folder, const Scenario& scenario,
                                 std::size_t runs);

/// The command that makes a run again, with all its events.
CASUS_API std::string replay_command(const std::string& folder, std::uint32_t run);

/// The events of a run as a table, in a file that is not there yet. `scenario` gives the names of
/// regions, pacts and articles.
CASUS_API void write_events(const std::string& path, const Scenario& scenario, std::uint32_t run,
                            const KeptEvents& events);

}  // namespace casus
