#include "casus/backtest/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <iterator>

#include "backtest/joining_model.h"
#include "backtest/promises.h"
#include "backtest/war_situation.h"
#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/study/calibration.h"
#include "casus/study/scores.h"
#include "casus/study/statistics.h"

namespace casus {
namespace {

constexpr Purpose war_resample_draw("war resample");

constexpr double baseline_ridge = 1e-3;  // for the numbers' sake, not to shrink

/// The least share of the world that a state is taken to have, as the smallest have none on record.
constexpr double least_capability = 1e-5;

/// A rival model: logistic regression on covariates of a candidate; without any it is climatology.
struct Baseline {
  const char* name;
  std::size_t columns;
  void (*covariates)(const CowWar& war, const WarCandidate& c, double km, double* out);
};

void none(const CowWar&, const WarCandidate&, double, double*) {}
void pact_only(const CowWar&, const WarCandidate& c, double, double* x) {
  x[0] = c.a.defence || c.b.defence ? 1.0 : 0.0;
}
void border_and_power(const CowWar& war, const WarCandidate& c, double km, double* x) {
  pact_only(war, c, km, x);
  x[1] = c.land_border ? 1.0 : 0.0;
  x[2] = c.major_power ? 1.0 : 0.0;
}
void everything(const CowWar& war, const WarCandidate& c, double km, double* x) {
  border_and_power(war, c, km, x);
  x[3] = c.a.offence || c.b.offence ? 1.0 : 0.0;
  x[4] = std::log1p(km);
  x[5] = std::log(std::max(c.capability.value_or(0.0), least_capability));
  x[6] = c.a.rivalry || c.b.rivalry ? 1.0 : 0.0;
  x[7] = war.major_power_fights ? 1.0 : 0.0;
}
constexpr Baseline baselines[] = {
    {"base rate", 0, none},
    {"logit: defence pact", 1, pact_only},
    {"logit: + land border, major power", 3, border_and_power},
    {"logit: + offence pact, distance, ln CINC, rivalry, major-power war", 8, everything},
};
constexpr std::size_t baseline_count = std::size(baselines);
constexpr const char* model_name = "casus: law of pacts and intervention";

/// "WorldWarI," and "World War II" alike.
bool is_world_war(const std::string& name) {
  std::string letters;
  for (const char c : name) {
    const auto u = static_cast<unsigned char>(c);
    if (std::isalpha(u) != 0) letters += static_cast<char>(std::tolower(u));
  }
  return letters.rfind("worldwar", 0) == 0;
}

/// A war as all models see it.
struct Prepared {
  WarSituation situation;
  std::vector<JoiningInputs> inputs;
  std::vector<std::uint8_t> outcomes;
  std::vector<double> covariates[baseline_count];
  // Forecasts: of the project's model, then of the baselines.
  WarForecast forecast;
  std::vector<double> baseline[baseline_count];
  std::vector<PromisesByCoding> promises, promises_after;  ///< per run, as it was and after 1945
};

Prepared prepare(const CowWar& war, const CowTables& tables) {
  Prepared p;
  p.situation = situation_of(war, tables);
  p.inputs = joining_inputs(p.situation);
  for (std::size_t i = 0; i < war.candidates.size(); ++i) {
    const WarCandidate& c = war.candidates[i];
    p.outcomes.push_back(c.joined ? 1 : 0);
    for (std::size_t b = 0; b < baseline_count; ++b) {
      double x[8] = {};
      baselines[b].covariates(war, c, p.situation.distance_km[i], x);
      p.covariates[b].insert(p.covariates[b].end(), x, x + baselines[b].columns);
    }
  }
  p.forecast.id = war.id;
  p.forecast.name = war.name;
  p.forecast.year = war.year;
  p.forecast.world_war = is_world_war(war.name);
  p.forecast.sides_known = p.situation.sides_known;
  return p;
}

void forecast_baselines(Prepared& war, const std::vector<const Prepared*>& training) {
  for (std::size_t b = 0; b < baseline_count; ++b) {
    const std::size_t columns = baselines[b].columns;
    std::vector<double> rows;
    std::vector<std::uint8_t> outcomes;
    for (const Prepared* t : training) {
      rows.insert(rows.end(), t->covariates[b].begin(), t->covariates[b].end());
      outcomes.insert(outcomes.end(), t->outcomes.begin(), t->outcomes.end());
    }
    const Calibration fit = fit_logistic(rows, columns, {outcomes, {}}, baseline_ridge);
    std::vector<double>& predicted = war.baseline[b];
    predicted.assign(war.outcomes.size(), 0.0);
    for (std::size_t i = 0; i < war.outcomes.size(); ++i) {
      const std::span<const double> row(war.covariates[b].data() + i * columns, columns);
      predicted[i] = logistic_probability(row, fit.parameters);
    }
  }
}

JoiningParameters calibrate_on(const std::vector<const Prepared*>& training) {
  std::vector<const std::vector<JoiningInputs>*> inputs;
  inputs.reserve(training.size());
  for (const Prepared* t : training) inputs.push_back(&t->inputs);
  return calibrate_joining(inputs);
}

/// Forecasts a war from others; its own outcomes go into nothing here but the record.
void forecast(Prepared& war, const std::vector<const Prepared*>& training,
              const BacktestOptions& options) {
  forecast_baselines(war, training);
  war.forecast.parameters = calibrate_on(training);
  const JoiningFrequencies runs =
      simulate_joining(war.situation, war.forecast.parameters, options.runs, options.seed);
  war.promises = runs.promises;
  war.forecast.candidates.clear();
  for (std::size_t i = 0; i < war.inputs.size(); ++i) {
    const FirstWave first = first_wave(war.inputs[i], war.forecast.parameters);
    CandidateForecast c;
    c.state = war.situation.parties[i].state;
    c.joined = war.outcomes[i] != 0;
    c.obligation = first.obligation;
    c.intervention = first.intervention;
    // The first wave is known exactly; the runs are needed only for what comes after it.
    c.cascade = runs.later[i];
    c.probability = std::min(1.0, first.either() + c.cascade);
    c.frequency = runs.joined[i];
    war.forecast.candidates.push_back(c);
  }
}

/// What the same promises would be worth after 1945, by the same parameters.
void move_in_time(Prepared& war, const BacktestOptions& options) {
  war.promises_after = simulate_joining(after_1945(war.situation), war.forecast.parameters,
                                        options.runs, options.seed)
                           .promises;
}

/// Scores of one model over some wars.
template <class Probability>
ModelScore score(const std::vector<const Prepared*>& wars, Probability&& of) {
  std::vector<double> p, areas;
  std::vector<std::uint8_t> y;
  for (const Prepared* war : wars) {
    const std::vector<double> forecasts = of(*war);
    const double area = auc(forecasts, war->outcomes);
    if (!std::isnan(area)) areas.push_back(area);
    p.insert(p.end(), forecasts.begin(), forecasts.end());
    y.insert(y.end(), war->outcomes.begin(), war->outcomes.end());
  }
  ModelScore s;
  double sum = 0.0;
  for (const double a : areas) sum += a;
  if (!areas.empty()) s.auc = sum / static_cast<double>(areas.size());
  s.brier = brier_score(p, y);
  s.log = log_score(p, y);
  return s;
}

template <class Probability>
ModelRow row(const char* name, std::size_t parameters, const std::vector<const Prepared*>& wars,
             Probability&& of) {
  std::vector<const Prepared*> ordinary;
  std::copy_if(wars.begin(), wars.end(), std::back_inserter(ordinary),
               [](const Prepared* w) { return !w->forecast.world_war; });
  return {name, parameters, score(wars, of), score(ordinary, of)};
}

/// What one war adds to the scores of a model.
struct WarScore {
  double area = 0.0, brier = 0.0, log = 0.0;  ///< of the last two the sums over its candidates
  double candidates = 0.0;
};
WarScore score_of(const Prepared& war, const std::vector<double>& forecasts) {
  const auto n = static_cast<double>(forecasts.size());
  return {auc(forecasts, war.outcomes), n * brier_score(forecasts, war.outcomes),
          n * log_score(forecasts, war.outcomes), n};
}

/// Candidates of one war share what it was about, so that wars are drawn as wholes. The same draws
/// for every rival. Nothing of a score that some resample does not have.
void compare(const std::vector<WarScore>& ours, const std::vector<WarScore>& theirs,
             ModelRow& row) {
  constexpr std::uint32_t resamples = 2000;
  std::array<std::vector<double>, 3> gaps;
  const auto add = [&](auto&& pick) {
    double area = 0.0, areas = 0.0, brier = 0.0, log = 0.0, candidates = 0.0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const WarScore &a = ours[pick(i)], &b = theirs[pick(i)];
      if (!std::isnan(a.area)) {
        area += a.area - b.area;
        areas += 1.0;
      }
      brier += a.brier - b.brier;
      log += a.log - b.log;
      candidates += a.candidates;
    }
    return std::array<double, 3>{area / areas, brier / candidates, log / candidates};
  };
  const std::array<double, 3> all = add([](std::size_t i) { return i; });
  for (std::uint32_t r = 0; r < resamples; ++r) {
    Stream stream({1, r}, 0, war_resample_draw, {});
    std::vector<std::size_t> drawn(ours.size());
    for (std::size_t& war : drawn) {
      war = std::min(static_cast<std::size_t>(uniform(stream) * static_cast<double>(drawn.size())),
                     drawn.size() - 1);
    }
    const std::array<double, 3> gap = add([&](std::size_t i) { return drawn[i]; });
    for (std::size_t s = 0; s < gap.size(); ++s) {
      if (std::isfinite(gap[s])) gaps[s].push_back(gap[s]);
    }
  }
  const std::array<ModelDifference*, 3> to{&row.auc, &row.brier, &row.log};
  for (std::size_t s = 0; s < to.size(); ++s) {
    to[s]->mean = all[s];
    if (gaps[s].size() < resamples) continue;
    std::sort(gaps[s].begin(), gaps[s].end());
    to[s]->low = quantile(gaps[s], 0.025);
    to[s]->high = quantile(gaps[s], 0.975);
  }
}

ScoreTable table(const std::vector<const Prepared*>& wars) {
  ScoreTable t;
  t.wars = wars.size();
  for (const Prepared* war : wars) {
    const auto joins = static_cast<std::size_t>(
        std::count(war->outcomes.begin(), war->outcomes.end(), std::uint8_t{1}));
    t.candidates += war->outcomes.size();
    t.joins += joins;
    if (joins > 0) ++t.wars_with_joiners;
  }
  if (wars.empty()) return t;
  t.rows.push_back(row(model_name, joining_parameters, wars, [](const Prepared& war) {
    std::vector<double> p;
    for (const CandidateForecast& c : war.forecast.candidates) p.push_back(c.probability);
    return p;
  }));
  std::vector<WarScore> ours, theirs;
  for (const Prepared* war : wars) {
    std::vector<double> p;
    for (const CandidateForecast& c : war->forecast.candidates) p.push_back(c.probability);
    ours.push_back(score_of(*war, p));
  }
  for (std::size_t b = 0; b < baseline_count; ++b) {
    t.rows.push_back(row(baselines[b].name, baselines[b].columns + 1, wars,
                         [b](const Prepared& war) { return war.baseline[b]; }));
    theirs.clear();
    for (const Prepared* war : wars) theirs.push_back(score_of(*war, war->baseline[b]));
    compare(ours, theirs, t.rows.back());
  }
  return t;
}

}  // namespace

WarBacktest backtest_wars(const CowTables& tables, const BacktestOptions& options,
                          Executor& executor) {
  CASUS_EXPECTS(options.runs >= 1, "an ensemble has at least one run");
  CASUS_EXPECTS(options.test_from > options.train_until,
                fmt::format("wars from {} on are tested, but those up to {} are calibrated on",
                            options.test_from, options.train_until));
  std::vector<const CowWar*> chosen;
  for (const CowWar& war : tables.wars) {
    const bool used = war.year <= options.train_until || war.year >= options.test_from;
    if (used && !war.candidates.empty()) chosen.push_back(&war);
  }
  std::vector<Prepared> wars(chosen.size());
  for_each(
      executor, wars.size(), [&](std::size_t i) { wars[i] = prepare(*chosen[i], tables); }, 1);

  std::vector<const Prepared*> training, later;
  for (const Prepared& war : wars) {
    (war.forecast.year <= options.train_until ? training : later).push_back(&war);
  }
  CASUS_EXPECTS(training.size() >= 2, fmt::format("{} wars up to {}: leaving one out needs two",
                                                  training.size(), options.train_until));
  WarBacktest out;
  out.options = options;
  out.parameters = calibrate_on(training);
  for_each(
      executor, wars.size(),
      [&](std::size_t i) {
        std::vector<const Prepared*> others;
        std::copy_if(training.begin(), training.end(), std::back_inserter(others),
                     [&](const Prepared* w) { return w != &wars[i]; });
        forecast(wars[i], others, options);
        if (wars[i].forecast.year <= options.train_until) move_in_time(wars[i], options);
      },
      1);
  out.left_out = table(training);
  std::vector<std::vector<PromisesByCoding>> promises, promises_after;
  for (const Prepared* war : training) {
    promises.push_back(war->promises);
    promises_after.push_back(war->promises_after);
  }
  out.reliability = reliability_table(promises, promises_after);
  out.later = table(later);
  for (const Prepared& war : wars) out.wars.push_back(war.forecast);
  return out;
}

}  // namespace casus
