#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/treaties/alteration.h"

namespace casus::treaties {

/// A bound on what an outcome of a scenario comes to, in the mean of its runs.
struct Goal {
  std::string outcome;
  bool at_least = true;  ///< or at most
  double value = 0.0;
};
/// "helps>=0.8" or "entrapped <= 0.05"; none if it is neither.
CASUS_API std::optional<Goal> goal_of(std::string_view text);
CASUS_API std::string in_words(const Goal& goal);

/// A draft in a number of runs, each beside the run of the treaty as it stands that had the same
/// luck.
struct Tried {
  std::vector<Alteration> changes{};
  std::vector<double> means{};       ///< of each goal's outcome
  std::vector<double> difference{};  ///< from the treaty as it stands, in the mean of the pairs
  std::vector<double> half_width{};  ///< of the 95 % interval of that
  std::size_t runs = 0;
  double short_of = 0.0;  ///< what is lacking to the goals, added up; 0: they are met
};

/// The outcomes of each of the runs [first, first + count), a value for each goal; none if the
/// draft cannot be made in that scenario.
using Runs = std::function<std::optional<std::vector<std::vector<double>>>(
    const std::vector<Alteration>& changes, std::size_t first, std::size_t count)>;

struct RaceOptions {
  std::size_t runs = 100;        ///< of those that come to the end
  std::size_t most_changes = 2;  ///< pairs are made of the single changes that came furthest
  std::size_t keep = 5;
};

struct Race {
  Tried before;
  std::vector<Tried> best;     ///< by what is lacking, then by the number of changes
  std::size_t drafts = 0;      ///< that were run
  std::size_t impossible = 0;  ///< that the scenario refused
  std::size_t made = 0;        ///< runs altogether
};

/// Runs all drafts a few times, the better half of them twice as often, and so on, until a few have
/// all runs (successive halving: Jamieson & Talwalkar 2016). All see the same luck, so that what
/// differs is the draft's doing. Where none reaches the goals, pairs of the best go the same way.
CASUS_API Race race(const std::vector<std::vector<Alteration>>& drafts,
                    const std::vector<Goal>& goals, const Runs& runs,
                    const RaceOptions& options = {});

/// For readers: goals, and of each draft what it comes to; what else it does to the treaty, the
/// caller knows (`more`).
CASUS_API std::string write(const Race& race, const std::vector<Goal>& goals,
                            const std::function<std::string(const Tried&)>& more);

}  // namespace casus::treaties
