#include "casus/experiment/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <map>
#include <memory>
#include <optional>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/core/executor.h"
#include "casus/run/simulation.h"
#include "casus/study/branches.h"
#include "experiment/parting.h"
#include "experiment/point_edits.h"

namespace casus {
namespace {

using experiment::parting;
using experiment::Trace;
using experiment::trace;
using Status = OutcomeValue::Status;

/// Outcomes of one name ask the same under both policies.
bool asks_the_same(const OutcomeSpec& a, const OutcomeSpec& b) {
  return a.form == b.form && a.what == b.what && a.also == b.also && a.of == b.of &&
         a.at_least == b.at_least && a.within_days == b.within_days;
}

/// A scenario's own outcomes, then the program's, as an ensemble asks them.
std::vector<OutcomeSpec> asked(const Policy& policy, const std::vector<OwnOutcome>& own) {
  return all_outcomes(policy.scenario.data(), own);
}

/// Which outcomes are compared, and where each policy has them.
struct Common {
  std::vector<OutcomeSpec> outcomes;
  std::vector<std::vector<std::size_t>> rows;  ///< by policy, of each outcome
  std::vector<std::string> left_out;
};

Common common_outcomes(const Worlds& worlds, const ComparisonOptions& options) {
  Common common;
  common.rows.resize(worlds.policies.size());
  std::vector<std::vector<OutcomeSpec>> all;
  all.reserve(worlds.policies.size());
  for (const Policy& policy : worlds.policies) all.push_back(asked(policy, options.outcomes));
  for (const OutcomeSpec& outcome : all.front()) {
    if (!options.only.empty() &&
        std::find(options.only.begin(), options.only.end(), outcome.name) == options.only.end()) {
      continue;
    }
    std::vector<std::size_t> rows;
    for (const auto& list : all) {
      const auto found = std::find_if(list.begin(), list.end(), [&](const OutcomeSpec& o) {
        return o.name == outcome.name && asks_the_same(o, outcome);
      });
      if (found == list.end()) break;
      rows.push_back(static_cast<std::size_t>(found - list.begin()));
    }
    if (rows.size() < all.size()) {
      common.left_out.push_back(outcome.name);
      continue;
    }
    common.outcomes.push_back(outcome);
    for (std::size_t p = 0; p < rows.size(); ++p) common.rows[p].push_back(rows[p]);
  }
  for (std::size_t p = 1; p < all.size(); ++p) {
    for (const OutcomeSpec& o : all[p]) {
      const bool known = std::any_of(all.front().begin(), all.front().end(),
                                     [&](const OutcomeSpec& b) { return b.name == o.name; });
      const bool said = std::find(common.left_out.begin(), common.left_out.end(), o.name) !=
                        common.left_out.end();
      if (!known && !said && options.only.empty()) common.left_out.push_back(o.name);
    }
  }
  return common;
}

/// `set` for every uncertain thing of a point.
std::vector<Edit> edits_of(const Worlds& worlds, std::size_t point) {
  return experiment::point_edits(worlds.paths, worlds.points[point].values);
}

bool same_values(const std::vector<OutcomeValue>& a, const std::vector<OutcomeValue>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const OutcomeValue& x, const OutcomeValue& y) {
                      return x.status == y.status &&
                             (x.value == y.value || (x.value != x.value && y.value != y.value));
                    });
}

/// Makes worlds. One is a job: its policies come one after the other on one worker, so that two
/// logs have to be kept and no more, and what they have in common is made once.
class WorldMaker {
 public:
  WorldMaker(const Worlds& worlds, const Registry& registry, const ComparisonOptions& options,
             const Common& common)
      : worlds_(worlds), registry_(registry), options_(options), common_(common) {
    // What watches a run from its start cannot follow it under another scenario.
    const bool watched = std::any_of(options.outcomes.begin(), options.outcomes.end(),
                                     [](const OwnOutcome& o) { return bool{o.watch}; });
    shares_ = options.share_past && !watched;
    shared_.assign(worlds.policies.size(), 0);
    if (!shares_ || !worlds.points.empty()) return;
    const ScenarioData& trunk = worlds.policies.front().scenario.data();
    for (std::size_t p = 1; p < shared_.size(); ++p) {
      shared_[p] = shared_steps(trunk, worlds.policies[p].scenario.data());
    }
  }

  WorldResult make(std::size_t world) const {
    WorldResult result;
    result.point = worlds_.points.empty() ? 0 : world / worlds_.replicates;
    result.run =
        options_.first_run +
        static_cast<std::uint32_t>(worlds_.points.empty() ? world : world % worlds_.replicates);
    const Scenario trunk = scenario_of(0, result.point);
    std::vector<Branch> branches;
    branches.reserve(worlds_.policies.size());
    for (std::size_t p = 1; p < worlds_.policies.size(); ++p) {
      Scenario scenario = scenario_of(p, result.point);
      const std::uint32_t step = branches_off(p, trunk, scenario);
      branches.push_back({std::move(scenario), step});
    }
    EnsembleOptions how;
    how.outcomes = options_.outcomes;
    how.cancelled = options_.cancelled;
    std::vector<Trace> base;
    run_branches(trunk, branches, registry_, {options_.seed, result.run, true}, how,
                 [&](std::size_t p, RunResult& run) {
                   Parting found;
                   if (!run.failure) {
                     const Scenario& scenario = p == 0 ? trunk : branches[p - 1].scenario;
                     std::vector<Trace> events = trace(scenario.data(), *run.events);
                     // What is past happened under the first one's names, of which the other may
                     // lack some.
                     const std::uint32_t past = p == 0 ? 0 : branches[p - 1].step;
                     for (std::size_t i = 0; i < std::min(events.size(), base.size()); ++i) {
                       if (events[i].step >= past) break;
                       events[i] = base[i];
                     }
                     keep_common(run, p);
                     if (p == 0) {
                       found.same_outcomes = true;
                       base = std::move(events);
                     } else if (!result.runs.front().failure) {
                       found = parting(base, events, scenario->clock.days());
                       found.same_outcomes =
                           same_values(run.outcomes, result.runs.front().outcomes);
                     }
                   }
                   run.events.reset();
                   if (!options_.keep_series) std::vector<Observation>().swap(run.series);
                   result.runs.push_back(std::move(run));
                   result.partings.push_back(found);
                 });
    return result;
  }

 private:
  /// Steps that a policy's run has in common with the first one's.
  std::uint32_t branches_off(std::size_t policy, const Scenario& trunk,
                             const Scenario& scenario) const {
    if (const auto& from = worlds_.policies[policy].from) return trunk->clock.step_at(from->date);
    if (worlds_.points.empty()) return shared_.at(policy);
    return shares_ ? shared_steps(trunk.data(), scenario.data()) : 0;
  }

  Scenario scenario_of(std::size_t policy, std::size_t point) const {
    const Scenario& scenario = worlds_.policies[policy].scenario;
    if (worlds_.paths.empty()) return scenario;
    return scenario.with(edits_of(worlds_, point));
  }

  void keep_common(RunResult& run, std::size_t policy) const {
    std::vector<OutcomeValue> kept;
    kept.reserve(common_.outcomes.size());
    for (const std::size_t row : common_.rows[policy]) kept.push_back(run.outcomes[row]);
    run.outcomes = std::move(kept);
    std::vector<double> days;
    days.reserve(common_.outcomes.size());
    for (const std::size_t row : common_.rows[policy]) {
      days.push_back(row < run.days.size() ? run.days[row] : OutcomeValue{}.value);
    }
    run.days = std::move(days);
    // Rows of one policy's scenario mean others in the next one's.
    run.promises.reset();
  }

  const Worlds& worlds_;
  const Registry& registry_;
  const ComparisonOptions& options_;
  const Common& common_;
  bool shares_ = true;
  std::vector<std::uint32_t> shared_;  ///< by policy: steps that it has in common with the first
};

/// Is what is known precise enough?
bool precise(const ComparedRuns& runs, const StopRule& rule, double confidence) {
  const Comparison known = compare(runs, confidence);
  for (const OutcomeComparison& o : known.outcomes) {
    if (o.outcome.name != rule.outcome) continue;
    for (std::size_t p = o.policies.size() > 1 ? 1 : 0; p < o.policies.size(); ++p) {
      const Estimate& e = p == 0 ? o.policies[p].summary.estimate : o.policies[p].effect.difference;
      if (!(0.5 * (e.high - e.low) <= rule.half_width)) return false;
    }
  }
  return true;
}

void check_points(const Worlds& worlds) {
  // What is wrong with a value of a design is said before the first run.
  for (std::size_t point = 0; point < worlds.points.size(); ++point) {
    CASUS_EXPECTS(worlds.points[point].values.size() == worlds.paths.size(),
                  fmt::format("point {} of a design has {} values for {} paths", point,
                              worlds.points[point].values.size(), worlds.paths.size()));
  }
  if (worlds.points.empty()) return;
  for (const Policy& policy : worlds.policies) {
    static_cast<void>(policy.scenario.with(edits_of(worlds, 0)));
  }
}

}  // namespace

std::span<const std::string_view> way_names() {
  static constexpr std::string_view names[] = {"either", "higher", "lower"};
  return names;
}

std::string_view verdict_name(Answer::Verdict verdict) {
  switch (verdict) {
    case Answer::Verdict::moved:
      return "moved";
    case Answer::Verdict::expected:
      return "as expected";
    case Answer::Verdict::contrary:
      return "the other way";
    case Answer::Verdict::not_shown:
      break;
  }
  return "not shown";
}

Answer::Verdict Answer::verdict() const {
  const Estimate& d = effect.difference;
  const bool up = d.low > 0.0, down = d.high < 0.0;
  if (!up && !down) return Verdict::not_shown;
  if (way == AboutOutcome::Way::either) return Verdict::moved;
  return up == (way == AboutOutcome::Way::higher) ? Verdict::expected : Verdict::contrary;
}

bool WorldResult::failed() const {
  return std::any_of(runs.begin(), runs.end(),
                     [](const RunResult& r) { return r.failure.has_value(); });
}

std::size_t ComparedRuns::failed() const {
  std::size_t n = 0;
  for (const WorldResult& world : worlds) {
    for (const RunResult& run : world.runs) n += run.failure ? 1 : 0;
  }
  return n;
}

void check_starts(const Worlds& worlds, const Registry& registry,
                  const ComparisonOptions& options) {
  std::map<std::uint32_t, std::vector<const Policy*>> starts;
  for (const Policy& policy : worlds.policies) {
    if (!policy.from) continue;
    starts[worlds.policies.front().scenario->clock.step_at(policy.from->date)].push_back(&policy);
  }
  if (starts.empty()) return;
  const auto at_point = [&](const Scenario& scenario) {
    return worlds.points.empty() ? scenario : scenario.with(edits_of(worlds, 0));
  };
  std::vector<Diagnostic> problems;
  Simulation past(at_point(worlds.policies.front().scenario), registry,
                  RunOptions{options.seed, options.first_run});
  for (const auto& [step, policies] : starts) {
    try {
      while (past.steps_done() < step && !past.done()) past.step();
    } catch (const SimulationError&) {
      break;  // the run says so itself
    }
    for (const Policy* policy : policies) {
      try {
        static_cast<void>(past.fork(at_point(policy->scenario)));
      } catch (const ContractError& e) {
        Diagnostic d;
        d.code = "E0420";
        d.where = policy->from->where;
        d.source_line = policy->from->source_line;
        d.path = fmt::format("policies.{}.from", policy->name);
        d.message = e.what();
        problems.push_back(std::move(d));
      }
    }
  }
  if (!problems.empty()) throw ScenarioError(std::move(problems));
}

ComparedRuns run_worlds(const Worlds& worlds, const Registry& registry,
                        const ComparisonOptions& options) {
  CASUS_EXPECTS(!worlds.policies.empty(), "a comparison of no policies");
  CASUS_EXPECTS(worlds.replicates > 0, "a comparison of no worlds");
  check_points(worlds);
  check_starts(worlds, registry, options);
  const Common common = common_outcomes(worlds, options);
  ComparedRuns result;
  for (const Policy& policy : worlds.policies) {
    result.policies.push_back(policy.name);
    result.titles.push_back(policy.title);
    result.about.push_back(policy.about);
  }
  result.paths = worlds.paths;
  result.points = worlds.points;
  result.events = worlds.policies.front().scenario->events;
  result.outcomes = common.outcomes;
  result.not_compared = common.left_out;
  const std::size_t all = worlds.replicates * std::max<std::size_t>(1, worlds.points.size());
  result.planned = options.stop.empty() ? all : options.stop.front().most;
  const WorldMaker maker(worlds, registry, options, common);
  std::unique_ptr<Executor> own;
  if (options.executor == nullptr) own = tbb_executor(0);

  std::size_t done = 0, failed = 0;
  while (done < result.planned && !result.cancelled) {
    const std::size_t batch = options.stop.empty()
                                  ? result.planned
                                  : std::min(options.stop.front().batch, result.planned - done);
    std::vector<std::optional<WorldResult>> made(batch);
    std::vector<std::uint8_t> found(batch, 0);  // made by an earlier attempt
    // Values of a design that make no scenario: the first such world says so, whichever was first
    // in time.
    std::vector<std::exception_ptr> refused(batch);
    EnsembleOptions each;
    each.runs = batch;
    each.executor = options.executor != nullptr ? options.executor : own.get();
    each.cancelled = options.cancelled;
    each.on_result = [&](RunResult& run) {
      if (refused[run.spec.run]) std::rethrow_exception(refused[run.spec.run]);
      if (run.failure) throw ContractError(run.failure->what);
      WorldResult& world = *made[run.spec.run];
      for (const RunResult& r : world.runs) failed += r.failure ? 1 : 0;
      if (options.on_world && found[run.spec.run] == 0) options.on_world(world);
      result.worlds.push_back(std::move(world));
      made[run.spec.run].reset();
    };
    each.on_progress = [&](const EnsembleProgress& p) {
      if (!options.on_progress) return;
      const std::size_t policies = worlds.policies.size();
      options.on_progress({result.planned * policies, (done + p.finished) * policies, failed});
    };
    const EnsembleResult ended = run_each(
        [&](const RunSpec& spec) {
          try {
            if (options.there) made[spec.run] = options.there(done + spec.run);
            found[spec.run] = made[spec.run] ? 1 : 0;
            if (!made[spec.run]) made[spec.run] = maker.make(done + spec.run);
          } catch (const ScenarioError&) {
            refused[spec.run] = std::current_exception();
          }
          return RunResult{};
        },
        each);
    result.cancelled = ended.cancelled;
    done += batch;
    if (options.stop.empty() || result.cancelled) break;
    if (precise(result, options.stop.front(), options.confidence)) {
      result.stopped = done < result.planned;
      break;
    }
  }
  return result;
}

namespace {

PairedEffect effect_of(const OutcomeSpec& outcome, std::span<const OutcomeValue> base,
                       std::span<const OutcomeValue> other, double confidence) {
  const Statistic statistic = outcome_form(outcome.form).statistic;
  if (statistic == Statistic::median_duration) return paired_durations(base, other, confidence);
  std::vector<double> b, o;
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (base[i].status != Status::known || other[i].status != Status::known) continue;
    b.push_back(base[i].value);
    o.push_back(other[i].value);
  }
  if (statistic == Statistic::proportion) return paired_proportions(b, o, confidence);
  return paired_means(b, o, confidence, value_range(outcome.form, {}));
}

PairHonesty honesty_of(const ComparedRuns& runs, std::size_t policy) {
  PairHonesty h;
  std::vector<double> days, alike;
  std::map<EventKind, std::size_t> kinds;
  for (const WorldResult& world : runs.worlds) {
    if (world.runs.front().failure || world.runs[policy].failure) continue;
    const Parting& p = world.partings[policy];
    ++h.pairs;
    if (!p.parted) {
      ++h.same_events;
      if (p.same_outcomes) ++h.same;
      continue;
    }
    days.push_back(p.day);
    alike.push_back(p.alike);
    ++kinds[p.kind];
  }
  if (days.empty()) return h;
  h.median_day = median(days);
  h.alike = mean(alike);
  const auto most = std::max_element(
      kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  h.first_kind = runs.events.knows(most->first) ? std::string(runs.events.name(most->first)) : "";
  h.first_kind_pairs = most->second;
  return h;
}

}  // namespace

namespace {

/// Values of one outcome in the pairs of one policy, and of all of its runs.
struct OutcomePairs {
  std::vector<OutcomeValue> own, base, other;
};

OutcomePairs outcome_pairs(const ComparedRuns& runs, std::size_t policy, std::size_t row) {
  OutcomePairs found;
  for (const WorldResult& world : runs.worlds) {
    const RunResult& run = world.runs[policy];
    if (run.failure) continue;
    found.own.push_back(run.outcomes[row]);
    if (world.runs.front().failure) continue;
    found.base.push_back(world.runs.front().outcomes[row]);
    found.other.push_back(run.outcomes[row]);
  }
  return found;
}

std::vector<Answer> answers_of(const ComparedRuns& runs, double confidence) {
  std::vector<Answer> answers;
  for (std::size_t p = 1; p < runs.about.size(); ++p) {
    for (const AboutOutcome& about : runs.about[p]) {
      const auto found = std::find_if(runs.outcomes.begin(), runs.outcomes.end(),
                                      [&](const auto& o) { return o.name == about.outcome; });
      if (found == runs.outcomes.end()) continue;  // --only left it out
      const auto row = static_cast<std::size_t>(found - runs.outcomes.begin());
      const OutcomePairs pairs = outcome_pairs(runs, p, row);
      answers.push_back(
          {p, row, about.way, effect_of(*found, pairs.base, pairs.other, confidence)});
    }
  }
  return answers;
}

}  // namespace

Comparison compare(const ComparedRuns& runs, double confidence) {
  Comparison result;
  result.confidence = confidence;
  result.policies = runs.policies;
  result.worlds = runs.worlds.size();
  result.failed = runs.failed();
  const std::size_t policies = runs.policies.size();
  const auto others = static_cast<double>(std::max<std::size_t>(1, policies - 1));
  result.each = 1.0 - (1.0 - confidence) / others;
  for (std::size_t row = 0; row < runs.outcomes.size(); ++row) {
    const OutcomeSpec& outcome = runs.outcomes[row];
    OutcomeComparison compared{outcome, {}};
    std::vector<double> p_values;
    for (std::size_t p = 0; p < policies; ++p) {
      const OutcomePairs pairs = outcome_pairs(runs, p, row);
      PolicyEffect effect{summarise(outcome, pairs.own, confidence), {}, 1.0};
      if (p > 0) {
        effect.effect = effect_of(outcome, pairs.base, pairs.other, result.each);
        p_values.push_back(effect.effect.p_value);
      }
      compared.policies.push_back(std::move(effect));
    }
    const std::vector<double> adjusted = holm(p_values);
    for (std::size_t p = 1; p < policies; ++p) compared.policies[p].p_adjusted = adjusted[p - 1];
    result.outcomes.push_back(std::move(compared));
  }
  for (std::size_t p = 0; p < policies; ++p) result.honesty.push_back(honesty_of(runs, p));
  result.titles = runs.titles;
  result.answers = answers_of(runs, confidence);
  return result;
}

}  // namespace casus
