#include "backtest/joining_model.h"

#include <algorithm>
#include <cmath>

#include "casus/law/memory.h"
#include "casus/law/resolve.h"
#include "casus/rules/logit.h"
#include "casus/study/calibration.h"

namespace casus {
namespace {

enum : std::size_t { invocation, level, distance, affinity };

/// Standard deviation of the priors: two units of log odds, which rules nothing out.
constexpr double prior_precision = 0.25;
/// Of allies of a state at war some 26 % come (Sabrosky 1980), of those whose terms apply 74.5 %
/// (Leeds, Long & Mitchell 2000): terms apply, and help is asked for, about one time in three.
constexpr double prior_invocation = -0.6;
constexpr double prior_level = -4.0;

JoiningParameters parameters_of(std::span<const double> x) {
  JoiningParameters p;
  p.invocation = x[invocation];
  p.intervention = {x[level], x[distance], x[affinity]};
  return p;
}

/// Who is bound, and with what probability it keeps its word, if these sides ask for help.
void ask(const WarSituation& s, const law::PactIndex& index, std::array<double, 2> request,
         std::vector<std::array<double, 2>>& honour) {
  const WarFacts facts(s, request);
  law::Settings settings;
  settings.drawing = law::Drawing::expected;
  settings.max_waves = 1;
  law::DecisionMemory memory;
  const law::Resolution r = law::resolve(s.acts, index, facts, settings, {}, 0, memory);
  honour.assign(s.candidates, {});
  for (const law::Verdict& v : r.verdicts) {
    if (v.stage != law::Stage::honoured || v.wave != 0 || v.member.row() >= s.candidates) continue;
    const int side = s.parties[v.towards.row()].side;
    double& h = honour[v.member.row()][static_cast<std::size_t>(side - 1)];
    h = std::max(h, v.probability);
  }
}

}  // namespace

std::vector<JoiningInputs> joining_inputs(const WarSituation& s) {
  const law::PactIndex index(s.pacts, s.parties.size());
  std::vector<std::array<double, 2>> a, b, both;
  ask(s, index, {1.0, 0.0}, a);
  ask(s, index, {0.0, 1.0}, b);
  ask(s, index, {1.0, 1.0}, both);
  const WarFacts facts(s, {1.0, 1.0});
  std::vector<JoiningInputs> out(s.candidates);
  for (std::size_t i = 0; i < s.candidates; ++i) {
    out[i].joined = s.war->candidates[i].joined;
    out[i].honour_alone = {a[i][0], b[i][1]};
    out[i].honour_both = both[i];
    out[i].affinity = {facts.affinity_to_side(i, 1), facts.affinity_to_side(i, 2)};
    out[i].discount = facts.discount(i);
  }
  return out;
}

FirstWave first_wave(const JoiningInputs& in, const JoiningParameters& parameters) {
  const double asked = rules::logistic(parameters.invocation);
  FirstWave out;
  out.obligation = asked * (1.0 - asked) * (in.honour_alone[0] + in.honour_alone[1]) +
                   asked * asked * std::min(1.0, in.honour_both[0] + in.honour_both[1]);
  const double hazard = rules::intervention_hazard(in.discount, in.affinity[0], in.affinity[1],
                                                   parameters.intervention) +
                        rules::intervention_hazard(in.discount, in.affinity[1], in.affinity[0],
                                                   parameters.intervention);
  out.intervention = -std::expm1(-hazard);
  return out;
}

JoiningParameters calibrate_joining(std::span<const std::vector<JoiningInputs>* const> wars) {
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
      p[i] = first_wave(*rows[i], parameters).either();
    }
  };
  const Prior on_invocation{prior_invocation, prior_precision};
  const Prior on_level{prior_level, prior_precision}, on_weight{0.0, prior_precision};
  const Calibration fit =
      calibrate(fill, {outcomes, weights}, std::vector<double>{prior_invocation, prior_level, 1, 1},
                std::vector<Prior>{on_invocation, on_level, on_weight, on_weight});
  return parameters_of(fit.parameters);
}

}  // namespace casus
