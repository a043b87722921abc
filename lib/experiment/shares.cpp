#include "casus/experiment/shares.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/core/random.h"
#include "casus/scenario/outcome_forms.h"
#include "casus/study/branches.h"

namespace casus {
namespace {

using Status = OutcomeValue::Status;
constexpr Purpose order_of_parts("order of the parts of shares");

using Set = std::uint64_t;  ///< a bit for each part that is there

/// The scenario with some of the parts.
class Sets {
 public:
  Sets(const Scenario& whole, const std::vector<std::string>& parts)
      : whole_(whole), parts_(parts) {}

  Scenario with(Set set) {
    {
      const std::lock_guard lock(mutex_);
      const auto found = made_.find(set);
      if (found != made_.end()) return found->second;
    }
    std::vector<Edit> edits;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if ((set >> i & 1U) == 0) edits.push_back({Edit::Kind::remove, parts_[i], ""});
    }
    Scenario made = edits.empty() ? whole_ : whole_.with(edits);
    // With and without all, and all but one, are wanted again and again.
    constexpr std::size_t most = 256;
    const std::lock_guard lock(mutex_);
    if (made_.size() < most) made_.emplace(set, made);
    return made;
  }

 private:
  const Scenario& whole_;
  const std::vector<std::string>& parts_;
  std::mutex mutex_;
  std::map<Set, Scenario> made_;
};

/// What came of the sets along one order and its reverse, all parts first.
struct Sample {
  std::vector<std::size_t> order;
  std::vector<std::vector<OutcomeValue>> there, back;  ///< of each set, from all to none
  bool failed = false;
};

class Sampler {
 public:
  Sampler(const Scenario& scenario, const std::vector<std::string>& parts, const Registry& registry,
          const SharesOptions& options)
      : parts_(parts), registry_(registry), options_(options), sets_(scenario, parts) {}

  std::size_t runs_each() const { return 2 * parts_.size(); }

  Sample make(std::uint32_t run) {
    Sample world;
    world.order = drawn(run);
    const Set all = parts_.size() == 64 ? ~Set{0} : (Set{1} << parts_.size()) - 1;
    walk(all, world.order, run, world.there, world);
    // Both ways begin with all and end with none.
    world.back.push_back(world.there.front());
    const std::vector<std::size_t> reverse(world.order.rbegin(), world.order.rend());
    Set set = all;
    for (std::size_t i = 0; i + 1 < reverse.size(); ++i) {
      set &= ~(Set{1} << reverse[i]);
      world.back.push_back(values(set, run, world));
    }
    world.back.push_back(world.there.back());
    return world;
  }

 private:
  /// An order that depends on seed and run alone (Fisher-Yates).
  std::vector<std::size_t> drawn(std::uint32_t run) const {
    std::vector<std::size_t> order(parts_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Stream dice({options_.seed, run}, 0, order_of_parts, {});
    for (std::size_t i = order.size(); i > 1; --i) {
      const auto j = static_cast<std::size_t>(uniform(dice) * static_cast<double>(i));
      std::swap(order[i - 1], order[std::min(j, i - 1)]);
    }
    return order;
  }

  void walk(Set set, const std::vector<std::size_t>& order, std::uint32_t run,
            std::vector<std::vector<OutcomeValue>>& found, Sample& world) {
    found.push_back(values(set, run, world));
    for (const std::size_t part : order) {
      set &= ~(Set{1} << part);
      found.push_back(values(set, run, world));
    }
  }

  std::vector<OutcomeValue> values(Set set, std::uint32_t run, Sample& world) {
    EnsembleOptions how;
    how.outcomes = options_.outcomes;
    how.cancelled = options_.cancelled;
    std::vector<OutcomeValue> found;
    run_branches(sets_.with(set), {}, registry_, {options_.seed, run, false}, how,
                 [&](std::size_t, RunResult& result) {
                   if (result.failure) world.failed = true;
                   found = std::move(result.outcomes);
                 });
    return found;
  }

  const std::vector<std::string>& parts_;
  const Registry& registry_;
  const SharesOptions& options_;
  Sets sets_;
};

bool of_durations(const OutcomeSpec& outcome) {
  return outcome_form(outcome.form).statistic == Statistic::median_duration;
}

/// Has every run of a world an answer?
bool answered(const Sample& world, std::size_t row, bool duration) {
  const auto there = [&](const std::vector<OutcomeValue>& values) {
    const Status status = values[row].status;
    return status == Status::known || (duration && status == Status::censored);
  };
  return std::all_of(world.there.begin(), world.there.end(), there) &&
         std::all_of(world.back.begin(), world.back.end(), there);
}

/// Durations count up to where every run was watched, as in a comparison.
double horizon_of(const std::vector<Sample>& worlds, std::size_t row) {
  double horizon = std::numeric_limits<double>::infinity();
  for (const Sample& world : worlds) {
    if (world.failed) continue;
    for (const auto* way : {&world.there, &world.back}) {
      for (const std::vector<OutcomeValue>& values : *way) {
        if (values[row].status != Status::censored) continue;
        horizon = std::min(horizon, values[row].value);
      }
    }
  }
  return horizon;
}

SampledShares::OfOutcome shares_of(const std::vector<Sample>& worlds, const OutcomeSpec& outcome,
                                   std::size_t row, std::size_t parts, double confidence) {
  SampledShares::OfOutcome of{outcome, {}, {}, 0};
  const bool duration = of_durations(outcome);
  const double horizon = duration ? horizon_of(worlds, row) : 0.0;
  std::vector<std::vector<double>> shares(parts);
  std::vector<double> together;
  for (const Sample& world : worlds) {
    if (world.failed || !answered(world, row, duration)) continue;
    const auto value = [&](const std::vector<OutcomeValue>& values) {
      return duration ? std::min(values[row].value, horizon) : values[row].value;
    };
    for (std::size_t i = 0; i < parts; ++i) {
      // Of the i-th that goes, and of the same one on the way back.
      const std::size_t part = world.order[i], j = parts - 1 - i;
      const double first = value(world.there[i]) - value(world.there[i + 1]);
      const double second = value(world.back[j]) - value(world.back[j + 1]);
      shares[part].push_back(0.5 * (first + second));
    }
    together.push_back(value(world.there.front()) - value(world.there.back()));
  }
  of.worlds = together.size();
  of.shares.reserve(parts);
  for (const std::vector<double>& values : shares) {
    of.shares.push_back(mean_estimate(values, confidence));
  }
  of.together = mean_estimate(together, confidence);
  return of;
}

bool precise(const SampledShares& shares, double half_width) {
  for (const SampledShares::OfOutcome& of : shares.outcomes) {
    for (const Estimate& e : of.shares) {
      if (!(0.5 * (e.high - e.low) <= half_width)) return false;
    }
  }
  return true;
}

}  // namespace

SampledShares sample_shares(const Scenario& scenario, const std::vector<std::string>& parts,
                            const Registry& registry, const SharesOptions& options) {
  CASUS_EXPECTS(parts.size() >= 2 && parts.size() <= 64,
                fmt::format("shares of {} parts; 2 to 64 can be", parts.size()));
  CASUS_EXPECTS(options.worlds >= 2 && options.batch >= 2, "shares of one world have no interval");
  Sampler sampler(scenario, parts, registry, options);
  std::vector<std::pair<OutcomeSpec, std::size_t>> asked;
  const std::vector<OutcomeSpec> all = all_outcomes(scenario.data(), options.outcomes);
  for (std::size_t row = 0; row < all.size(); ++row) {
    const bool named = options.only.empty() || std::find(options.only.begin(), options.only.end(),
                                                         all[row].name) != options.only.end();
    if (named) asked.emplace_back(all[row], row);
  }
  std::unique_ptr<Executor> own;
  if (options.executor == nullptr) own = tbb_executor(0);
  SampledShares result;
  std::vector<Sample> worlds;
  worlds.reserve(options.worlds);
  while (worlds.size() < options.worlds && !result.cancelled && !result.stopped) {
    const std::size_t done = worlds.size();
    const std::size_t batch =
        options.half_width ? std::min(options.batch, options.worlds - done) : options.worlds;
    std::vector<std::optional<Sample>> made(batch);
    std::vector<std::exception_ptr> refused(batch);
    EnsembleOptions each;
    each.runs = batch;
    each.executor = options.executor != nullptr ? options.executor : own.get();
    each.cancelled = options.cancelled;
    each.on_result = [&](RunResult& run) {
      if (refused[run.spec.run]) std::rethrow_exception(refused[run.spec.run]);
      if (run.failure) throw ContractError(run.failure->what);
      Sample& world = *made[run.spec.run];
      result.failed += world.failed ? 1 : 0;
      worlds.push_back(std::move(world));
      made[run.spec.run].reset();
    };
    each.on_progress = [&](const EnsembleProgress& p) {
      if (!options.on_progress) return;
      const std::size_t runs = sampler.runs_each();
      options.on_progress({options.worlds * runs, (done + p.finished) * runs, result.failed});
    };
    const EnsembleResult ended = run_each(
        [&](const RunSpec& spec) {
          try {
            made[spec.run] =
                sampler.make(options.first_run + static_cast<std::uint32_t>(done) + spec.run);
          } catch (const ScenarioError&) {
            refused[spec.run] = std::current_exception();
          }
          return RunResult{};
        },
        each);
    result.cancelled = ended.cancelled;
    result.outcomes.clear();
    for (const auto& [outcome, row] : asked) {
      result.outcomes.push_back(shares_of(worlds, outcome, row, parts.size(), options.confidence));
    }
    result.stopped = options.half_width && !result.cancelled && worlds.size() < options.worlds &&
                     precise(result, *options.half_width);
  }
  result.worlds = worlds.size();
  result.runs = worlds.size() * sampler.runs_each();
  return result;
}

}  // namespace casus
