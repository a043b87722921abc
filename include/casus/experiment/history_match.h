#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "casus/core/executor.h"
#include "casus/core/export.h"

// Which values of uncertain things agree with what was observed: history matching by waves, then a
// posterior. Of the model it asks for runs and nothing else.
namespace casus {

/// What of a run is set beside what was observed.
struct MatchTarget {
  std::string name, title, unit, source;
  double observed = 0.0;
  double error = 0.0;        ///< standard deviation of the observation, > 0
  double discrepancy = 0.0;  ///< standard deviation of what the model lacks, >= 0
  bool log_scale = false;    ///< compared as ln(1 + value)
  /// Is what was observed one history, as one run is, or an average over many, as the mean of runs
  /// is? The luck of a run counts for the first alone.
  bool of_mean = false;

  /// A value as it is compared.
  double scaled(double value) const;
  /// The variance of observation and discrepancy on that scale.
  double spread() const;
};

struct MatchParameter {
  std::string name;
  std::function<double(double)> quantile;  ///< of its prior, at a share in (0, 1)
};

/// What runs of the model at one point give: a row a run, a value a target, NaN where it has none.
using MatchRuns = std::vector<std::vector<double>>;
/// Makes runs at the parameters' values, with replicates first, first + 1 ... Called for several
/// points at once.
using MatchModel =
    std::function<MatchRuns(const std::vector<double>& values, std::uint32_t first, std::size_t n)>;

struct MatchOptions {
  std::size_t replicates = 4;  ///< runs of each point, >= 2
  std::size_t waves = 3;       ///< of points, >= 1; the first has the design, the others as many
  double cut = 3.0;            ///< implausibility beyond which a value is ruled out
  std::size_t particles = 1000;
  std::size_t rows = 200;  ///< of the posterior
  std::uint64_t seed = 1;
  std::function<bool()> cancelled{};
  std::function<void(std::size_t planned, std::size_t runs)> on_progress{};  ///< one at a time
};

/// A point at which the model was run.
struct MatchPoint {
  std::size_t wave = 0;             ///< from 1; 0: a check of the posterior
  std::vector<double> unit;         ///< shares of the priors
  std::vector<double> values;       ///< what they are
  std::vector<double> mean;         ///< of its runs, by target, as observed; NaN: no answer
  std::vector<double> implausible;  ///< of its runs by themselves, by target
  MatchRuns runs;
  std::size_t answered = 0;  ///< runs that did not fail
};

struct MatchWave {
  std::size_t points = 0;
  double left = 1.0;  ///< share of the prior that is not ruled out after it
  /// How far the emulators are out where each was not asked, in their own standard deviations:
  /// mean square, by target; 1 is right.
  std::vector<double> emulator_error;
};

/// The middle 90 % and the median of some runs or values.
struct MatchRange {
  double low = 0.0, median = 0.0, high = 0.0;
};

struct ParameterFinding {
  std::string name;
  MatchRange prior, posterior;
  double learned = 0.0;  ///< 1 - variance of the posterior over that of the prior, as shares
};
struct TargetFinding {
  MatchRange before, after;  ///< single runs, over the prior and over the posterior
  double mean_before = 0.0, mean_after = 0.0;
  double least = 0.0;  ///< smallest implausibility anywhere in the prior
  double strained =
      0.0;  ///< observed less the mean after, in standard deviations of the comparison
  bool impossible = false;
};
/// Two targets of which each can be met and both cannot, or two parameters known together alone.
struct MatchPair {
  std::size_t a = 0, b = 0;
  double size = 0.0;  ///< least implausibility of the worse; correlation
};

struct MatchResult {
  std::vector<MatchTarget> targets;
  std::vector<MatchPoint> points;
  std::vector<MatchWave> waves;
  bool empty = false;  ///< everything is ruled out
  bool cancelled = false;
  std::vector<std::vector<double>> rows;  ///< of the posterior, by parameter; each as likely
  std::vector<ParameterFinding> parameters;
  std::vector<TargetFinding> findings;  ///< by target
  std::vector<MatchPair> conflicts;     ///< of targets
  std::vector<MatchPair> together;      ///< of parameters
  /// Of all that was looked at, what comes nearest by its worst target.
  std::vector<double> nearest, nearest_implausible;
  std::size_t runs = 0, failed = 0;
  double checked = 0.0;  ///< emulators' error where the posterior was run, as emulator_error
};

/// Matches a model to what was observed, beginning at the points of `design` (in the unit cube).
/// The result is the same for any executor. Throws ContractError for no parameters, no targets, a
/// target whose error is not above 0, fewer than two replicates, or fewer points than parameters
/// and three more.
CASUS_API MatchResult match_history(const std::vector<MatchParameter>& parameters,
                                    const std::vector<MatchTarget>& targets,
                                    const MatchModel& model,
                                    const std::vector<std::vector<double>>& design,
                                    const MatchOptions& options, Executor& executor);

}  // namespace casus
