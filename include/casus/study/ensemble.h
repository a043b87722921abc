#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/scenario/inputs.h"
#include "casus/sim/mechanism.h"
#include "casus/study/outcome.h"
#include "casus/study/own_outcome.h"
#include "casus/study/promises.h"
#include "casus/study/series.h"
#include "casus/world/events.h"

namespace casus {

/// One run to be made.
struct RunSpec {
  std::uint64_t seed = 1;
  std::uint32_t run = 0;     ///< the replicate's number
  bool keep_events = false;  ///< hand the log back with the result
};

/// Why a run did not end. Parts that do not apply are empty.
struct RunFailure {
  std::string
      what;  ///< "2024-03-01, mechanism 'combat', actor 'jnim': strength became NaN [E0701]"
  std::string date, mechanism, subject;
};

/// The log of a run, with the names that its rows stand for.
struct KeptEvents {
  EventLog log;
  std::vector<std::string> actors;  ///< by row, those born during the run included

  void archive(Archive& a);
};

/// How an outcome that asks whether something happens came about in a run.
struct RunWay {
  std::uint32_t outcome = 0;  ///< its row
  bool came = false;
  std::vector<std::string> steps{};  ///< in words, what begins it first
};

/// What a run leaves behind. A failed run has a failure, its inputs and, if asked, the events
/// before it.
struct RunResult {
  RunSpec spec;
  std::vector<OutcomeValue> outcomes;  ///< in the order of EnsembleResult::outcomes
  std::vector<double> inputs;          ///< what was drawn or set: EnsembleResult::inputs
  /// Of each outcome of the scenario that asks whether something happens, the day on which it first
  /// did, or up to which it had not; NaN of the others. Empty where nobody looked.
  std::vector<double> days;
  std::optional<std::vector<PromiseCount>> promises;  ///< none: nobody looked
  std::vector<RunWay> ways;  ///< of runs whose events somebody has looked through
  std::vector<Observation> series;
  std::uint64_t world_hash = 0;   ///< hash(World) at the end: parameters that move nothing leave it
  std::uint64_t events_hash = 0;  ///< EventLog::hash() at the end
  std::size_t event_count = 0;
  std::optional<KeptEvents> events;
  std::optional<RunFailure> failure;
};

struct EnsembleProgress {
  std::size_t planned = 0, finished = 0, failed = 0;  ///< failed ones are among the finished
};

class RunPlaces;

enum class OnFailure { go_on, stop };

struct EnsembleOptions {
  std::size_t runs = 200;
  std::uint32_t first_run = 0;  ///< the replicate in slot 0
  std::uint64_t seed = 1;
  unsigned threads = 0;          ///< 0: the surrounding task arena's or the machine's
  Executor* executor = nullptr;  ///< shares out the runs; none: TBB with `threads` workers
  Executor* inner = nullptr;     ///< works inside each run; none: see run_ensemble
  /// Makes the runs of run_ensemble() in place of this process. What runs would call back to
  /// (`observe`, `outcomes` of the program) is not there, so it cannot be asked for
  /// (ContractError).
  RunPlaces* places = nullptr;
  OnFailure on_failure = OnFailure::go_on;
  std::function<bool(std::uint32_t run)> keep_events;  ///< none: no run keeps its log

  /// Called with each run before its first step, to watch it or to act in it: add observers, set
  /// values, order acts. On several threads at once. What it throws is that run's failure.
  std::function<void(Simulation&, const RunSpec&)> observe;
  /// Outcomes of the program's own, asked of each run after those of the scenario.
  std::vector<OwnOutcome> outcomes;
  /// Called with each result in the order of the runs, one at a time, on whatever thread. What it
  /// moves out of the result (series, events) is not kept, so a program that writes as it goes
  /// needs memory for a few runs only. An exception ends the ensemble and is rethrown.
  std::function<void(RunResult&)> on_result;
  std::function<void(const EnsembleProgress&)> on_progress;  ///< after each run, one at a time
  /// False: EnsembleResult::runs stays empty, and on_result is where results go. Memory then does
  /// not grow with the number of runs.
  bool keep_results = true;
  /// Asked before each run and each step, on several threads at once. Runs in flight end there and
  /// are no result; the finished ones are.
  std::function<bool()> cancelled;
  /// Runs that there are already: they are passed over, and on_result does not see them.
  std::function<bool(std::uint32_t run)> made;
};

/// Thrown by a run that gives up because it was asked to: it is not recorded, and does not count as
/// failed.
class CASUS_API RunCancelled : public std::exception {
 public:
  const char* what() const noexcept override;
};

struct CASUS_API EnsembleResult {
  /// In order: slot r is replicate first_run + r, unless runs were passed over. Fewer than planned
  /// if the ensemble was cancelled or stopped at a failure.
  std::vector<RunResult> runs;
  /// What each run was asked: the scenario's outcomes in its order, then the program's own.
  std::vector<OutcomeSpec> outcomes;
  /// What stands in RunResult::inputs, in its order: the scenario's priors by path.
  std::vector<InputInfo> inputs;
  std::size_t planned = 0;
  std::size_t finished = 0;  ///< runs that were made here, the failed ones included
  bool cancelled = false;    ///< some run was not begun, or not ended, because of it

  std::size_t failed() const;
};

/// Makes the runs of any model, in parallel. What `run` throws becomes that run's failure, and the
/// others go on, or, with OnFailure::stop, the failed run is the last one kept, whatever the number
/// of workers. The results of the runs kept do not depend on the workers either: `run` must be a
/// function of its argument, and is called on several threads.
CASUS_API EnsembleResult run_each(const std::function<RunResult(const RunSpec&)>& run,
                                  const EnsembleOptions& options);

/// One run of a scenario, observed and asked for its outcomes.
CASUS_API RunResult run_once(const Scenario& scenario, const Registry& registry,
                             const RunSpec& spec, Executor* inner = nullptr);

/// An ensemble of a scenario: parallel over runs, each of them serial, unless there are fewer runs
/// than workers; then they share the workers inside the runs too.
CASUS_API EnsembleResult run_ensemble(const Scenario& scenario, const Registry& registry,
                                      const EnsembleOptions& options);

}  // namespace casus
