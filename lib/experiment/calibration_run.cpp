#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/experiment/calibration_file.h"
#include "casus/run/simulation.h"
#include "casus/study/ensemble.h"
#include "casus/study/region_facts.h"
#include "casus/text/prior.h"
#include "experiment/point_edits.h"

namespace casus {
namespace experiment {
namespace {

/// What does not fit the scenario is shown where the calibration says it.
Diagnostic misfit(const Location& at, std::string_view code, std::string path, std::string message,
                  std::string suggestion = {}) {
  Diagnostic d;
  d.code = code;
  d.where = at;
  d.path = std::move(path);
  d.message = std::move(message);
  d.suggestion = std::move(suggestion);
  return d;
}

/// The regions that a fact is of.
std::vector<RegionId> regions_of(const CalibrationSpec::Target& t, const ScenarioData& data,
                                 std::vector<Diagnostic>& problems) {
  std::vector<RegionId> out;
  std::vector<std::string> names;
  for (const RegionSpec& r : data.regions) names.push_back(r.name);
  for (const ActorSpec& a : data.actors) names.push_back(a.name);
  for (std::size_t r = 0; r < data.regions.size(); ++r) {
    const RegionSpec& region = data.regions[r];
    const std::string& owner = data.actors[region.owner.row()].name;
    const bool wanted =
        t.where.empty() || std::any_of(t.where.begin(), t.where.end(), [&](const std::string& w) {
          return w == region.name || w == owner;
        });
    if (wanted) out.emplace_back(r);
  }
  for (const std::string& w : t.where) {
    const bool found = std::any_of(out.begin(), out.end(), [&](RegionId r) {
      const RegionSpec& region = data.regions[r.row()];
      return w == region.name || w == data.actors[region.owner.row()].name;
    });
    if (found) continue;
    const std::string near = nearest(w, names);
    problems.push_back(misfit(t.at, "E0320", fmt::format("targets.{}.where", t.match.name),
                              fmt::format("'{}' is no region and owns none", w),
                              near.empty() ? "" : fmt::format("did you mean '{}'?", near)));
  }
  return out;
}

/// A fact as an outcome of the program's: what is reported by region and month.
OwnOutcome fact_outcome(const CalibrationSpec::Target& t, const Scenario& scenario,
                        const std::vector<RegionId>& regions) {
  constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> row_of(scenario->regions.size(), none);
  for (std::size_t i = 0; i < regions.size(); ++i) row_of[regions[i].row()] = i;
  RegionSurroundings around;
  for (const RegionId r : regions) {
    const RegionSpec& region = scenario->regions[r.row()];
    around.countries.push_back(scenario->actors[region.owner.row()].name);
    std::vector<std::uint32_t> near;
    for (const Border& b : region.neighbours) {
      const std::size_t at = row_of[b.to.row()];
      if (at != none) near.push_back(static_cast<std::uint32_t>(at));
    }
    std::sort(near.begin(), near.end());
    around.neighbours.push_back(std::move(near));
  }
  const auto list = region_fact_list();
  const auto fact = static_cast<std::size_t>(
      std::find_if(list.begin(), list.end(), [&](const auto& f) { return f.key == t.fact; }) -
      list.begin());
  CASUS_EXPECTS(fact < list.size(), fmt::format("there is no fact '{}'", t.fact));
  const double step = scenario->clock.days();
  const auto months =
      static_cast<std::size_t>(std::floor(scenario->clock.steps() * step / days_a_month + 0.04));
  OwnOutcome out;
  out.name = "fact_" + t.match.name;
  out.title = t.match.title.empty() ? std::string(list[fact].title) : t.match.title;
  out.value = [=](const Simulation& run) {
    RegionMonths all(1, around.countries.size(), months);
    for (const ReportedEvent& e : reported_events(run.log(), step)) {
      const std::size_t region = row_of[e.where.row()];
      if (region == none || e.month >= months) continue;
      all.deaths[all.at(0, region, e.month)] += e.deaths;
      all.events[all.at(0, region, e.month)] += 1.0;
    }
    return OutcomeValue::of(region_facts(all, around)[fact]);
  };
  return out;
}

/// The outcomes that a target can name, by row.
std::vector<std::string> outcome_names(const std::vector<OutcomeSpec>& outcomes) {
  std::vector<std::string> out;
  out.reserve(out.size() + outcomes.size());
  for (const OutcomeSpec& o : outcomes) out.push_back(o.name);
  return out;
}

void check_priors(const CalibrationSpec& spec, const Scenario& scenario,
                  std::vector<Diagnostic>& problems) {
  const auto& all = spec.experiment.uncertainties;
  for (std::size_t i = 0; i < all.size(); ++i) {
    try {
      static_cast<void>(scenario.with({{Edit::Kind::set, all[i].path, all[i].yaml}}));
    } catch (const ScenarioError& e) {
      for (const Diagnostic& d : e.diagnostics()) {
        problems.push_back(misfit(spec.uncertain_at[i], d.code, "uncertainties." + all[i].path,
                                  d.message, d.suggestion));
      }
    }
  }
}

}  // namespace
}  // namespace experiment

Calibrating make_calibration(const CalibrationSpec& spec, const Vocabulary& vocabulary,
                             const std::vector<OwnOutcome>& own, const ReadLimits& limits) {
  using namespace experiment;
  const Worlds worlds = make_worlds(spec.experiment, vocabulary, limits);
  Calibrating out{worlds.policies.front().scenario, {}, {}, own, {}};
  std::vector<Diagnostic> problems;
  check_priors(spec, out.scenario, problems);
  std::size_t facts = 0;
  for (const CalibrationSpec::Target& t : spec.targets) {
    if (t.fact.empty()) continue;
    ++facts;
    const std::vector<RegionId> regions = regions_of(t, out.scenario.data(), problems);
    if (regions.empty()) continue;
    if (out.scenario->clock.steps() * out.scenario->clock.days() < 2.0 * days_a_month) {
      problems.push_back(misfit(t.at, "E0420", "targets." + t.match.name,
                                "the scenario is shorter than two months, of which facts are"));
      continue;
    }
    out.own.push_back(fact_outcome(t, out.scenario, regions));
  }
  if (!problems.empty()) throw ScenarioError(std::move(problems));
  const std::vector<OutcomeSpec> outcomes = all_outcomes(out.scenario.data(), out.own);
  std::size_t fact = outcomes.size() - facts;
  for (const CalibrationSpec::Target& t : spec.targets) {
    std::size_t row = fact;
    if (t.fact.empty()) {
      row = static_cast<std::size_t>(
          std::find_if(outcomes.begin(), outcomes.end(),
                       [&](const OutcomeSpec& o) { return o.name == t.outcome; }) -
          outcomes.begin());
    } else {
      ++fact;
    }
    if (row >= outcomes.size()) {
      const std::string near = nearest(t.outcome, outcome_names(outcomes));
      problems.push_back(misfit(
          t.at, "E0320", "targets." + t.match.name,
          fmt::format("there is no outcome '{}'", t.outcome),
          near.empty() ? "declare it under 'outcomes'" : fmt::format("did you mean '{}'?", near)));
      continue;
    }
    MatchTarget m = t.match;
    if (m.title.empty()) m.title = outcomes[row].title;
    if (m.title.empty()) m.title = m.name;
    m.unit = outcomes[row].unit;
    out.targets.push_back(std::move(m));
    out.rows.push_back(row);
  }
  if (!problems.empty()) throw ScenarioError(std::move(problems));
  out.design = design_points(spec.experiment.design, spec.experiment.uncertainties.size(),
                             spec.experiment.seed.value_or(1));
  return out;
}

MatchResult calibrate(const CalibrationSpec& spec, const Calibrating& made,
                      const Registry& registry, const CalibrationOptions& options) {
  std::vector<MatchParameter> parameters;
  std::vector<std::string> paths;
  for (const Uncertainty& u : spec.experiment.uncertainties) {
    parameters.push_back({u.path, [&u](double share) { return prior_quantile(u.prior, share); }});
    paths.push_back(u.path);
  }
  const MatchModel model = [&](const std::vector<double>& values, std::uint32_t first,
                               std::size_t n) {
    if (options.there) {
      std::optional<MatchRuns> found = options.there(values, first);
      if (found && found->size() == n) return std::move(*found);
    }
    const std::unique_ptr<Executor> serial = serial_executor();
    EnsembleOptions one;
    one.runs = n;
    one.first_run = first;
    one.seed = options.seed;
    one.executor = serial.get();
    one.inner = serial.get();
    one.outcomes = made.own;
    one.cancelled = options.cancelled;
    const Scenario scenario = made.scenario.with(experiment::point_edits(paths, values));
    const EnsembleResult runs = run_ensemble(scenario, registry, one);
    MatchRuns out;
    for (const RunResult& run : runs.runs) {
      std::vector<double> row;
      for (const std::size_t at : made.rows) {
        const bool known =
            !run.failure && run.outcomes[at].status != OutcomeValue::Status::undefined;
        row.push_back(known ? run.outcomes[at].value : std::nan(""));
      }
      out.push_back(std::move(row));
    }
    // A point that was cancelled has fewer.
    if (options.on_point && out.size() == n) {
      PointRuns point{values, first, std::move(out)};
      options.on_point(point);
      out = std::move(point.runs);
    }
    return out;
  };
  MatchOptions how;
  how.replicates = spec.experiment.replicates;
  how.waves = spec.waves;
  how.cut = spec.cut;
  how.rows = spec.rows;
  how.seed = options.seed;
  how.cancelled = options.cancelled;
  how.on_progress = options.on_progress;
  std::unique_ptr<Executor> own;
  if (options.executor == nullptr) own = tbb_executor(0);
  return match_history(parameters, made.targets, model, made.design, how,
                       options.executor == nullptr ? *own : *options.executor);
}

std::string posterior_yaml(const CalibrationSpec& spec, const MatchResult& result,
                           const std::string& name) {
  std::string out = fmt::format(
      "casus: scenario/1\n"
      "# What was learned of these numbers, {} rows of which a run draws one. Include it beside\n"
      "# the scenario:\n"
      "#\n"
      "#   include: [{}, posterior.yaml]\n"
      "edits:\n",
      result.rows.size(), spec.experiment.scenario.substr(spec.experiment.scenario.rfind('/') + 1));
  const auto& all = spec.experiment.uncertainties;
  for (std::size_t k = 0; k < all.size(); ++k) {
    out += fmt::format("  - set: {}\n    to:\n      rows:\n        of: \"{}\"\n        values: [",
                       all[k].path, name);
    std::size_t width = 0;
    for (std::size_t r = 0; r < result.rows.size(); ++r) {
      const std::string value = fmt::format("{}", result.rows[r][k]);
      if (r > 0) out += width > 70 ? ",\n          " : ", ";
      width = r > 0 && width > 70 ? value.size() : width + value.size() + 2;
      out += value;
    }
    out += "]\n";
  }
  return out;
}

}  // namespace casus
