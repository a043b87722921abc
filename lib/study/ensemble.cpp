#include "casus/study/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <span>
#include <utility>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/run/simulation.h"
#include "casus/study/branches.h"
#include "casus/study/run_places.h"

namespace casus {
namespace {

/// What the exception being handled says.
RunFailure current_failure() {
  try {
    throw;
  } catch (const SimulationError& e) {
    return {e.what(), e.date, e.mechanism, e.subject};
  } catch (const std::bad_alloc&) {
    return {"out of memory", {}, {}, {}};
  } catch (const std::exception& e) {
    return {e.what(), {}, {}, {}};
  } catch (...) {
    return {"an exception of an unknown type", {}, {}, {}};
  }
}

/// None if the run gave up.
std::optional<RunResult> attempt(const std::function<RunResult(const RunSpec&)>& run,
                                 const RunSpec& spec) {
  RunResult result;
  try {
    result = run(spec);
  } catch (const RunCancelled&) {
    return {};
  } catch (...) {
    result.failure = current_failure();
  }
  result.spec = spec;
  return result;
}

/// Takes results as they come and hands them on in the order of the runs.
class Collector {
 public:
  Collector(const EnsembleOptions& options, EnsembleResult& result)
      : options_(options), result_(result), limit_(options.runs) {
    progress_.planned = options.runs;
  }

  /// Is the run in this slot still wanted?
  bool wants(std::size_t slot) const { return slot < limit_.load(std::memory_order_relaxed); }

  /// `run` is none where it is there already.
  void take(std::size_t slot, std::optional<RunResult> run) {
    const std::lock_guard lock(mutex_);
    ++progress_.finished;
    if (run && run->failure) {
      ++progress_.failed;
      // Earlier runs are still made: which run failed first in time depends on the workers, which
      // one comes first does not.
      if (options_.on_failure == OnFailure::stop && slot < limit_) limit_ = slot + 1;
    }
    waiting_.emplace(slot, std::move(run));
    if (error_) return;
    try {
      for (auto w = waiting_.begin(); w != waiting_.end() && w->first == next_;
           w = waiting_.erase(w)) {
        hand_on(w->first, w->second);
        ++next_;
      }
      if (options_.on_progress) options_.on_progress(progress_);
    } catch (...) {
      error_ = std::current_exception();
      limit_ = 0;
      broken_ = true;
    }
  }

  /// After the last run. Where the ensemble was cancelled under an executor that takes runs out of
  /// order, some are finished behind others that were never begun.
  void finish() {
    if (error_) std::rethrow_exception(error_);
    for (auto& [slot, run] : waiting_) hand_on(slot, run);
  }

  /// Has handing on failed? Then nothing that is still made will be kept.
  bool broken() const { return broken_.load(std::memory_order_relaxed); }

 private:
  void hand_on(std::size_t slot, std::optional<RunResult>& run) {
    if (slot >= limit_ || !run) return;  // begun before an earlier one failed, or there already
    if (options_.on_result) options_.on_result(*run);
    ++result_.finished;
    if (options_.keep_results) result_.runs.push_back(std::move(*run));
  }

  const EnsembleOptions& options_;
  EnsembleResult& result_;
  std::mutex mutex_;
  std::map<std::size_t, std::optional<RunResult>>
      waiting_;  ///< by slot, those whose turn has not come
  std::size_t next_ = 0;
  EnsembleProgress progress_;
  std::exception_ptr error_;
  std::atomic<std::size_t> limit_;  ///< slots from here on are not wanted
  std::atomic<bool> broken_{false};
};

}  // namespace

void KeptEvents::archive(Archive& a) { a(log, actors); }

const char* RunCancelled::what() const noexcept { return "the run was cancelled"; }

std::size_t EnsembleResult::failed() const {
  return static_cast<std::size_t>(std::count_if(
      runs.begin(), runs.end(), [](const RunResult& r) { return r.failure.has_value(); }));
}

EnsembleResult run_each(const std::function<RunResult(const RunSpec&)>& run,
                        const EnsembleOptions& options) {
  CASUS_EXPECTS(options.runs <= std::numeric_limits<std::uint32_t>::max() - options.first_run,
                fmt::format("{} runs from {} on exceed 2^32", options.runs, options.first_run));
  std::unique_ptr<Executor> own;
  Executor* executor = options.executor;
  if (executor == nullptr) {
    own = tbb_executor(options.threads);
    executor = own.get();
  }
  EnsembleResult result;
  result.planned = options.runs;
  Collector collector(options, result);
  // Workers take the next run rather than the one their block is numbered after: an executor may
  // deal out the blocks far apart, and then results would pile up waiting for their turn. With one
  // worker the blocks keep their order, so that a shuffled executor really shuffles the runs.
  const bool in_turn = executor->workers() > 1;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> cancelled{false};
  for_each(
      *executor, options.runs,
      [&](std::size_t block) {
        if (options.cancelled && (cancelled || options.cancelled())) {
          cancelled = true;
          return;
        }
        const std::size_t slot = in_turn ? next.fetch_add(1, std::memory_order_relaxed) : block;
        if (!collector.wants(slot)) return;
        RunSpec spec{options.seed, options.first_run + static_cast<std::uint32_t>(slot), false};
        if (options.made && options.made(spec.run)) {
          collector.take(slot, {});
          return;
        }
        spec.keep_events = options.keep_events && options.keep_events(spec.run);
        auto made = attempt(
            [&](const RunSpec& s) {
              if (collector.broken()) throw RunCancelled();
              return run(s);
            },
            spec);
        if (made) {
          collector.take(slot, std::move(made));
        } else {
          cancelled = true;
        }
      },
      1);
  collector.finish();
  result.cancelled = cancelled;
  return result;
}

namespace {

/// What the runs of a scenario have in common.
struct Plan {
  const Scenario& scenario;
  const Registry& registry;
  OutcomeSet outcomes;
  SeriesObserver observer;
  DrawnInputs inputs;
  Executor* inner;
  const std::function<void(Simulation&, const RunSpec&)>* begin = nullptr;
  const std::function<bool()>* cancelled = nullptr;
  std::span<const OwnOutcome> own{};

  Plan(const Scenario& s, const Registry& r, Executor* e)
      : scenario(s), registry(r), outcomes(s.data()), observer(s.data()), inputs(s), inner(e) {}

  RunResult operator()(const RunSpec& spec) const {
    Simulation simulation(scenario, registry, {spec.seed, spec.run, inner});
    return go_on(simulation, spec);
  }

  using BeforeStep = std::function<void(const Simulation&, const std::vector<Observation>&)>;
  /// The rest of a run from where `simulation` is; `past` is what was observed of it up to there.
  RunResult go_on(Simulation& simulation, const RunSpec& spec, std::vector<Observation> past = {},
                  const BeforeStep& before_step = {}) const {
    RunResult result;
    result.inputs = inputs.of({spec.seed, spec.run});
    result.series = std::move(past);
    try {
      if (begin != nullptr && *begin) (*begin)(simulation, spec);
      const auto questions = watch(simulation);
      if (simulation.steps_done() == 0) observe(simulation, result.series);
      while (!simulation.done()) {
        if (before_step) before_step(simulation, result.series);
        if (cancelled != nullptr && *cancelled && (*cancelled)()) throw RunCancelled();
        simulation.step();
        observe(simulation, result.series);
      }
      result.outcomes = outcomes.evaluate(simulation.log(), simulation.world(), result.days);
      result.promises = count_promises(simulation.log(), scenario.data());
      for (std::size_t i = 0; i < own.size(); ++i) {
        result.outcomes.push_back(checked(own[i], questions[i](simulation)));
      }
      if (before_step) before_step(simulation, result.series);
      result.world_hash = hash(simulation.world());
      result.events_hash = simulation.log().hash();
      result.event_count = simulation.log().size();
    } catch (const RunCancelled&) {
      throw;
    } catch (...) {
      RunResult failed;
      failed.failure = current_failure();
      failed.inputs = std::move(result.inputs);
      result = std::move(failed);
    }
    // Of a failed run too: what led to it is what one wants to see.
    if (spec.keep_events) {
      result.events = KeptEvents{simulation.log(), simulation.world().actors.name};
    }
    return result;
  }

  /// What each of the program's outcomes is asked at the end of this run.
  std::vector<std::function<OutcomeValue(const Simulation&)>> watch(Simulation& simulation) const {
    std::vector<std::function<OutcomeValue(const Simulation&)>> questions;
    for (const OwnOutcome& outcome : own) {
      questions.push_back(outcome.watch ? outcome.watch(simulation) : outcome.value);
    }
    return questions;
  }

  void observe(const Simulation& simulation, std::vector<Observation>& series) const {
    const std::uint32_t step = simulation.steps_done();
    if (observer.due(step)) series.push_back(observer.observe(simulation.world(), step));
  }
};

}  // namespace

namespace {

/// What a branch goes on from.
struct Past {
  std::shared_ptr<const Simulation::Snapshot> state;
  std::vector<Observation> series;
};

/// From `past`, which `trunk` is put back to.
RunResult branch_off(const Plan& plan, const Branch& branch, const Past& past, Simulation& trunk,
                     const RunSpec& spec) {
  trunk.restore(*past.state);
  Simulation::Fork fork = trunk.fork(branch.scenario);
  return plan.go_on(fork.simulation, spec, past.series);
}

}  // namespace

void run_branches(const Scenario& trunk, std::span<const Branch> branches, const Registry& registry,
                  const RunSpec& spec, const EnsembleOptions& options,
                  const std::function<void(std::size_t, RunResult&)>& take) {
  const bool some =
      std::any_of(branches.begin(), branches.end(), [](const Branch& b) { return b.step > 0; });
  for (const OwnOutcome& outcome : options.outcomes) {
    CASUS_EXPECTS(
        !some || !outcome.watch,
        fmt::format("outcome '{}' watches runs, and cannot follow a branch of one", outcome.name));
  }
  const auto plan_of = [&](const Scenario& scenario) {
    Plan plan(scenario, registry, options.inner);
    plan.own = options.outcomes;
    plan.cancelled = &options.cancelled;
    return plan;
  };
  const auto make = [&](std::size_t which, const std::function<RunResult(const RunSpec&)>& run) {
    std::optional<RunResult> made = attempt(run, spec);
    if (!made) throw RunCancelled();
    take(which, *made);
  };
  std::map<std::uint32_t, Past> pasts;
  for (const Branch& branch : branches) {
    if (branch.step > 0) pasts[std::min(branch.step, trunk->clock.steps())];
  }
  std::optional<Simulation> simulation;
  const Plan first = plan_of(trunk);
  std::optional<RunFailure> failure;
  make(0, [&](const RunSpec& s) {
    simulation.emplace(trunk, registry, RunOptions{s.seed, s.run, options.inner});
    RunResult result = first.go_on(
        *simulation, s, {}, [&](const Simulation& now, const std::vector<Observation>& series) {
          const auto found = pasts.find(now.steps_done());
          if (found != pasts.end()) found->second = {now.save(), series};
        });
    failure = result.failure;
    return result;
  });
  for (std::size_t b = 0; b < branches.size(); ++b) {
    const Plan plan = plan_of(branches[b].scenario);
    const auto past = pasts.find(std::min(branches[b].step, trunk->clock.steps()));
    make(b + 1, [&](const RunSpec& s) {
      if (branches[b].step == 0) return plan(s);
      if (past->second.state) return branch_off(plan, branches[b], past->second, *simulation, s);
      // What they share has failed: so has this one, at the same place.
      RunResult failed;
      failed.inputs = plan.inputs.of({s.seed, s.run});
      failed.failure =
          failure.value_or(RunFailure{"the run it branches off has failed", {}, {}, {}});
      return failed;
    });
  }
}

RunResult run_once(const Scenario& scenario, const Registry& registry, const RunSpec& spec,
                   Executor* inner) {
  const Plan plan(scenario, registry, inner);
  return attempt([&](const RunSpec& s) { return plan(s); }, spec).value();
}

EnsembleResult run_ensemble(const Scenario& scenario, const Registry& registry,
                            const EnsembleOptions& options) {
  EnsembleOptions resolved = options;
  std::unique_ptr<Executor> own;
  if (resolved.executor == nullptr) {
    // A place that is waited for takes a thread and no core.
    own = options.places == nullptr ? tbb_executor(options.threads)
                                    : thread_executor(options.places->places());
    resolved.executor = own.get();
  }
  if (options.places != nullptr) {
    CASUS_EXPECTS(!options.observe && options.outcomes.empty(),
                  "runs that are made elsewhere cannot call back: no observe, no outcomes of the "
                  "program");
  }
  if (resolved.inner == nullptr && resolved.runs < resolved.executor->workers()) {
    resolved.inner = resolved.executor;
  }
  Plan plan(scenario, registry, resolved.inner);
  plan.begin = &resolved.observe;
  plan.own = resolved.outcomes;
  plan.cancelled = &resolved.cancelled;
  std::vector<OutcomeSpec> asked = all_outcomes(scenario.data(), plan.own);
  EnsembleResult result = run_each(
      [&](const RunSpec& spec) {
        return options.places == nullptr ? plan(spec) : options.places->run(scenario, spec);
      },
      resolved);
  result.outcomes = std::move(asked);
  result.inputs = plan.inputs.infos();
  return result;
}

}  // namespace casus
