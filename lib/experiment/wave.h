#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "casus/experiment/history_match.h"
#include "experiment/emulator.h"

namespace casus::experiment {

/// Values as they are compared: of one target at one point.
struct ScaledRuns {
  double mean = 0.0, variance = 0.0;
  std::size_t n = 0;
};
ScaledRuns scaled_runs(const MatchTarget& target, const MatchRuns& runs, std::size_t row);

/// The emulators of all targets over the points of a wave, and how runs of one point go together.
class Wave {
 public:
  Wave(std::span<const MatchTarget> targets, const std::vector<const MatchPoint*>& points);

  /// What each target's emulator says; nothing of a target that has too few answers.
  std::vector<std::optional<Emulated>> at(const std::vector<double>& u) const;
  /// How far what was observed is from what is emulated, in standard deviations.
  std::vector<double> implausible(const std::vector<double>& u) const;
  /// The logarithm of the likelihood of all that was observed, up to a constant: normal, with the
  /// luck of single runs as correlated as it was seen to be (Wood 2010).
  double log_likelihood(const std::vector<double>& u) const;
  std::vector<double> errors() const;

 private:
  /// Targets that answer at the same points share what depends on the points alone.
  struct Group {
    std::vector<std::vector<double>> points;
    Features features;
  };

  std::span<const MatchTarget> targets_;
  std::vector<Group> groups_;
  std::vector<std::size_t> group_of_;
  std::vector<std::optional<Emulator>> emulators_;
  std::vector<double> correlation_;  ///< of the targets' luck, by rows
};

}  // namespace casus::experiment
