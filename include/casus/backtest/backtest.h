#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "casus/backtest/cow.h"
#include "casus/backtest/reliability.h"
#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/rules/intervention.h"
#include "casus/rules/willingness.h"

/// Who joins a war? Each inter-state war is put before the law of pacts, with the pacts and the
/// powers of its day, and the states that could have joined it are ranked by the probability that
/// they do. See docs/backtest.md.
namespace casus {

/// Whether a war becomes general (Levy 1985, World Politics 37): if a major power fights in it from
/// the start, it may, and then it draws in all others alike.
struct GeneralWar {
  double probability = 0.0;  ///< [0, 1]
  double factor = 1.0;       ///< by which it multiplies the hazards of joining unasked, >= 1
};

/// All that is calibrated.
struct JoiningParameters {
  /// Logit of the probability that a pact that covers the war on its face does so by its terms: the
  /// tables know that there is a pact, not what it says. Whose terms apply is taken to be asked.
  double covered = -0.2;
  rules::InterventionWeights intervention{};
  /// The will, of those whom a pact binds as of those who come unasked.
  rules::WillWeights will{};
  GeneralWar general{};
};

struct BacktestOptions {
  std::uint32_t runs = 1000;  ///< of the ensemble of each war, >= 1
  std::uint64_t seed = 1;
  int train_until = 1945;  ///< the last first year of a war that is calibrated on
  int test_from = 1946;    ///< wars from this first year on are scored with those parameters
};

struct CandidateForecast {
  int state = 0;
  bool joined = false;        ///< the outcome
  double obligation = 0.0;    ///< probability of joining because a pact obliges it to
  double intervention = 0.0;  ///< of joining unasked, to the sides as they were at the start
  double cascade = 0.0;       ///< what those who join before it add, from the ensemble
  double probability = 0.0;   ///< all in all: the first two exactly, plus the third
  double frequency = 0.0;     ///< share of runs in which it joined
};

/// A war and what was expected of it by parameters that have not seen it.
struct WarForecast {
  int id = 0;
  std::string name;
  int year = 0;
  bool world_war = false;    ///< by its name
  bool sides_known = false;  ///< the tables name the original members of its sides
  JoiningParameters parameters{};
  std::vector<CandidateForecast> candidates;
};

/// How a model did on a set of wars.
struct ModelScore {
  double auc = std::numeric_limits<double>::quiet_NaN();    ///< mean over wars with joiners
  double brier = std::numeric_limits<double>::quiet_NaN();  ///< over all candidates
  double log = std::numeric_limits<double>::quiet_NaN();
};
/// The project's model less another: the mean, and the 95 % interval over resampled wars.
struct ModelDifference {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
};
struct ModelRow {
  std::string model;
  std::size_t parameters = 0;
  ModelScore all;
  ModelScore without_world_wars;
  ModelDifference auc{}, brier{}, log{};  ///< over all wars; NaN of the project's own
};
struct ScoreTable {
  std::size_t wars = 0, wars_with_joiners = 0, candidates = 0, joins = 0;
  std::vector<ModelRow> rows;  ///< the project's model first, then the baselines
};

struct WarBacktest {
  BacktestOptions options{};
  JoiningParameters parameters{};  ///< calibrated on all wars up to train_until
  std::vector<WarForecast> wars;   ///< those scored: left out one by one, then the later ones
  ScoreTable left_out;             ///< wars up to train_until, each by parameters of the others
  ScoreTable later;                ///< wars from test_from on; empty without such wars
  /// Of the wars up to train_until, each by parameters of the others.
  ReliabilityTable reliability{};
};

/// Runs the backtest: a calibration and an ensemble for each war, in parallel over wars. Throws
/// ContractError for less than two wars up to train_until, no runs, or test_from <= train_until.
CASUS_API WarBacktest backtest_wars(const CowTables& tables, const BacktestOptions& options,
                                    Executor& executor);

}  // namespace casus
