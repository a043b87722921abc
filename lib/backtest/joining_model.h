#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "backtest/promises.h"
#include "backtest/war_situation.h"
#include "casus/backtest/backtest.h"
#include "casus/law/settings.h"

namespace casus {

/// Weights of preference at which the law is asked; between them its log odds are straight lines,
/// which is exact for who has one promise to keep.
inline constexpr std::array<double, 4> preference_knots{0.0, 1.0, 2.0, 3.0};

/// The law as scenarios read it by default, but for how much a preference weighs and that no
/// decision is taken anew.
law::Settings law_of_scenarios(double preference_weight);

/// What the probability that a candidate joins depends on, apart from the parameters.
struct JoiningInputs {
  /// Probability, by the law, that it honours a pact with side A or B, at each of the knots.
  using Honour = std::array<std::array<double, 2>, preference_knots.size()>;

  bool joined = false;
  bool may_be_general = false;  ///< a major power fights in the war from the start
  Honour honour_alone{};  ///< the terms of the pact with this side apply, not those of the other
  Honour honour_both{};   ///< those of both do
  std::array<double, 2> affinity{};
  double discount = 0.0;
};

/// One of these at a weight of preference.
std::array<double, 2> honour_at(const JoiningInputs::Honour& honour, double preference_weight);

/// The candidates of a war. Asks the law three times: the terms apply of the pact with one side,
/// with the other, and with both.
std::vector<JoiningInputs> joining_inputs(const WarSituation& situation);

/// Hazards of joining side A and side B unasked.
std::array<double, 2> unasked(double discount, std::array<double, 2> affinity,
                              const JoiningParameters& parameters);

/// Joining before anybody else has: by obligation, and unasked, whether the war becomes general or
/// not.
struct FirstWave {
  double obligation = 0.0;
  double intervention = 0.0;
  double either() const { return 1.0 - (1.0 - obligation) * (1.0 - intervention); }
};
FirstWave first_wave(const JoiningInputs& inputs, const JoiningParameters& parameters);

/// Calibrates on the candidates of the wars given, in two steps. Who joins: there each war counts
/// once however many joined it, as those who join one war do not decide independently, and the
/// World Wars, with more than half of all who joined, would otherwise speak for all wars. How many
/// join: by the likelihood of the wars as wholes, of which some were general. Cascades are left out
/// of both.
JoiningParameters calibrate_joining(std::span<const std::vector<JoiningInputs>* const> wars);
inline constexpr std::size_t joining_parameters = 6;

/// The ensemble of a war, per candidate.
struct JoiningFrequencies {
  std::vector<double> joined;              ///< share of runs in which it joined
  std::vector<double> later;               ///< mean probability of joining after the first wave
  std::vector<PromisesByCoding> promises;  ///< per run
};
JoiningFrequencies simulate_joining(const WarSituation& situation,
                                    const JoiningParameters& parameters, std::uint32_t runs,
                                    std::uint64_t seed);

}  // namespace casus
