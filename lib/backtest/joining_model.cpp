#include "backtest/joining_model.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/law/memory.h"
#include "casus/law/parameters.h"
#include "casus/law/resolve.h"
#include "casus/rules/intervention.h"
#include "casus/rules/logit.h"
#include "casus/rules/willingness.h"
#include "casus/study/calibration.h"

namespace casus {
namespace {

enum : std::size_t { covered, level, distance, affinity };

/// Standard deviation of the priors: two units of log odds, which rules nothing out.
constexpr double prior_precision = 0.25;
/// Of 204 pacts of states that went to war up to 1944 the terms applied in 92 (replication data of
/// Berkemeier & Fuhrmann 2018).
const double prior_covered = rules::log_odds(92.0 / 204.0);
constexpr double prior_level = -4.0;

JoiningParameters parameters_of(std::span<const double> x) {
  JoiningParameters p;
  p.covered = x[covered];
  p.intervention = {x[level], x[distance]};
  p.will.preference = x[affinity];
  return p;
}

/// Who is bound, and with what probability it keeps its word, if the terms of the pacts with these
/// sides apply.
std::vector<std::array<double, 2>> ask(const WarSituation& s, const law::PactIndex& index,
                                       std::array<double, 2> request, double preference_weight) {
  const WarFacts facts(s, request);
  law::Settings settings = law_of_scenarios(preference_weight);
  settings.drawing = law::Drawing::expected;
  settings.max_waves = 1;
  law::DecisionMemory memory;
  const law::Resolution r = law::resolve(s.acts, index, facts, settings, {}, 0, memory);
  std::vector<std::array<double, 2>> honour(s.candidates);
  for (const law::Verdict& v : r.verdicts) {
    if (v.stage != law::Stage::honoured || v.wave != 0 || v.member.row() >= s.candidates) continue;
    const int side = s.parties[v.towards.row()].side;
    double& h = honour[v.member.row()][static_cast<std::size_t>(side - 1)];
    h = std::max(h, v.probability);
  }
  return honour;
}

/// Between the probabilities at two knots, along a straight line of log odds.
double between(double low, double high, double share) {
  constexpr double least = 1e-12;
  if (std::min(low, high) < least || std::max(low, high) > 1.0 - least) {
    return std::clamp(low + share * (high - low), 0.0, 1.0);
  }
  const double from = rules::log_odds(low);
  return rules::logistic(from + share * (rules::log_odds(high) - from));
}

}  // namespace

law::Settings law_of_scenarios(double preference_weight) {
  law::Settings settings;
  for (const law::LawParameter& row : law::parameters()) {
    row.member(settings) = row.info.fallback;
  }
  settings.honour.affinity = preference_weight;
  // A war is looked at as a whole: each promise is decided on once in it.
  settings.reconsider_days = 0.0;
  return settings;
}

std::array<double, 2> honour_at(const JoiningInputs::Honour& honour, double preference_weight) {
  std::size_t knot = 0;
  while (knot + 2 < preference_knots.size() && preference_weight > preference_knots[knot + 1]) {
    ++knot;
  }
  const double share = (preference_weight - preference_knots[knot]) /
                       (preference_knots[knot + 1] - preference_knots[knot]);
  return {between(honour[knot][0], honour[knot + 1][0], share),
          between(honour[knot][1], honour[knot + 1][1], share)};
}

std::vector<JoiningInputs> joining_inputs(const WarSituation& s) {
  const law::PactIndex index(s.pacts, s.parties.size());
  const WarFacts facts(s, {1.0, 1.0});
  std::vector<JoiningInputs> out(s.candidates);
  for (std::size_t i = 0; i < s.candidates; ++i) {
    out[i].may_be_general = s.war->major_power_fights;
    out[i].joined = s.war->candidates[i].joined;
    out[i].affinity = {facts.affinity_to_side(i, 1), facts.affinity_to_side(i, 2)};
    out[i].discount = facts.discount(i);
  }
  for (std::size_t k = 0; k < preference_knots.size(); ++k) {
    const auto a = ask(s, index, {1.0, 0.0}, preference_knots[k]);
    const auto b = ask(s, index, {0.0, 1.0}, preference_knots[k]);
    const auto both = ask(s, index, {1.0, 1.0}, preference_knots[k]);
    for (std::size_t i = 0; i < s.candidates; ++i) {
      out[i].honour_alone[k] = {a[i][0], b[i][1]};
      out[i].honour_both[k] = both[i];
    }
  }
  return out;
}

std::array<double, 2> unasked(double discount, std::array<double, 2> affinity,
                              const JoiningParameters& parameters) {
  const auto hazard = [&](double to_side, double to_enemy) {
    const double will = rules::will({.preference = to_side - to_enemy}, parameters.will);
    return rules::intervention_hazard(discount, will, parameters.intervention);
  };
  return {hazard(affinity[0], affinity[1]), hazard(affinity[1], affinity[0])};
}

namespace {

/// A candidate by the parameters given.
struct Odds {
  double obligation = 0.0;  ///< probability of joining because a pact obliges it to
  double hazard = 0.0;      ///< of joining unasked a war that is not general
};

Odds odds(const JoiningInputs& in, const JoiningParameters& parameters) {
  const double applies = rules::logistic(parameters.covered);
  const auto alone = honour_at(in.honour_alone, parameters.will.preference);
  const auto both = honour_at(in.honour_both, parameters.will.preference);
  const auto hazard = unasked(in.discount, in.affinity, parameters);
  return {applies * (1.0 - applies) * (alone[0] + alone[1]) +
              applies * applies * std::min(1.0, both[0] + both[1]),
          hazard[0] + hazard[1]};
}

/// ln(e^a + e^b), of which either may be minus infinity.
double log_of_sum(double a, double b) {
  const double most = std::max(a, b);
  return std::isinf(most) ? most : most + std::log(std::exp(a - most) + std::exp(b - most));
}

/// Of the war as a whole: as it would be if it became general, and if it did not.
double log_likelihood(const std::vector<JoiningInputs>& war, const JoiningParameters& parameters) {
  constexpr double least = 1e-12;  // probabilities are kept this far from 0
  double ordinary = 0.0, general = 0.0;
  for (const JoiningInputs& i : war) {
    const Odds o = odds(i, parameters);
    const double stays_free = std::max(least, 1.0 - o.obligation);
    const auto term = [&](double hazard) {
      return i.joined ? std::log(std::max(least, 1.0 - stays_free * std::exp(-hazard)))
                      : std::log(stays_free) - hazard;
    };
    ordinary += term(o.hazard);
    general += term(parameters.general.factor * o.hazard);
  }
  if (war.empty() || !war.front().may_be_general) return ordinary;
  return log_of_sum(std::log1p(-parameters.general.probability) + ordinary,
                    std::log(parameters.general.probability) + general);
}

}  // namespace

FirstWave first_wave(const JoiningInputs& in, const JoiningParameters& parameters) {
  const Odds o = odds(in, parameters);
  const GeneralWar& g = parameters.general;
  const double general = in.may_be_general ? g.probability : 0.0;
  return {o.obligation,
          -(1.0 - general) * std::expm1(-o.hazard) - general * std::expm1(-g.factor * o.hazard)};
}

namespace {

/// All of an ordinary war.
JoiningParameters who_joins(std::span<const std::vector<JoiningInputs>* const> wars) {
  std::vector<const JoiningInputs*> rows;
  std::vector<std::uint8_t> outcomes;
  std::vector<double> weights;
  for (const std::vector<JoiningInputs>* war : wars) {
    const auto joins = static_cast<double>(
        std::count_if(war->begin(), war->end(), [](const JoiningInputs& i) { return i.joined; }));
    for (const JoiningInputs& i : *war) {
      rows.push_back(&i);
      outcomes.push_back(i.joined ? 1 : 0);
      weights.push_back(1.0 / std::max(1.0, joins));
    }
  }
  const auto fill = [&](std::span<const double> x, std::span<double> p) {
    const JoiningParameters parameters = parameters_of(x);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      p[i] = first_wave(*rows[i], parameters).either();  // no war is general yet
    }
  };
  const Prior on_covered{prior_covered, prior_precision};
  const Prior on_level{prior_level, prior_precision}, on_weight{0.0, prior_precision};
  const Calibration fit =
      calibrate(fill, {outcomes, weights}, std::vector<double>{prior_covered, prior_level, 1, 1},
                std::vector<Prior>{on_covered, on_level, on_weight, on_weight});
  return parameters_of(fit.parameters);
}

/// Of 119 wars in which a great power fought, 1495 to 1975, ten were general (Levy 1983, War in the
/// Modern Great Power System; 1985, World Politics 37). The two counts are remembered and were not
/// looked up; the prior is weak.
const double prior_general = rules::log_odds(10.0 / 119.0);
/// In a general war the hazards are some twenty times as high, give or take a factor of e either
/// way in the logarithm of that.
const double prior_factor = std::log(std::log(20.0));
constexpr double factor_precision = 1.0;

/// How often wars are general, and how much that is.
JoiningParameters how_many_join(const JoiningParameters& who,
                                std::span<const std::vector<JoiningInputs>* const> wars) {
  enum : std::size_t { general, factor };
  const auto at = [&](std::span<const double> x) {
    JoiningParameters p = who;
    p.general = {rules::logistic(x[general]), std::exp(std::exp(x[factor]))};
    return p;
  };
  const std::array<Prior, 2> priors{
      {{prior_general, prior_precision}, {prior_factor, factor_precision}}};
  const auto value = [&](std::span<const double> x) {
    const JoiningParameters p = at(x);
    double total = 0.0;
    for (const std::vector<JoiningInputs>* war : wars) total += log_likelihood(*war, p);
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double d = x[k] - priors[k].mean;
      total -= 0.5 * priors[k].precision * d * d;
    }
    return total;
  };
  return at(maximise(value, std::array{prior_general, prior_factor}).parameters);
}

}  // namespace

JoiningParameters calibrate_joining(std::span<const std::vector<JoiningInputs>* const> wars) {
  return how_many_join(who_joins(wars), wars);
}

}  // namespace casus
