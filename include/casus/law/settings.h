#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "casus/law/vocabulary.h"

namespace casus {
class Archive;
}

namespace casus::law {

/// random: draws from decision-keyed streams. expected: what is likelier than not happens, delays
/// take their median; for reading a single case.
enum class Drawing : std::uint8_t { random, expected };

inline constexpr std::size_t obligation_count = 9;

// What each number means, its range, its defaults and their sources stand in one table, see
// casus/law/parameters.h: a new parameter is a member here and a row there.

/// Additions to the Leeds-Anac logit, in logit units per unit of the input.
struct HonourSettings {
  double era{}, affinity{}, cost{}, shared_threat{}, war_weariness{}, own_vote{}, declaration{};
  double standing_aside{};  ///< logit
  double power_change{};    ///< relative change since signing that counts as one
  /// What a level of help costs in willingness: a member that honours goes to level L if a second
  /// draw is below sigma(logit - reluctance[L]); the lowest level owed needs none.
  std::array<double, obligation_count> reluctance{};
};

/// Time from the act to the help.
struct DelaySettings {
  double median_days{};
  double shape{};            ///< of a Weibull distribution about the median; 0: by the shares
  double diplomatic_days{};  ///< median for help below basing, exponential
  double within_month = 0.31, within_year = 0.64;  ///< shares joined, see rules::JoiningDelay
};

/// A member votes for with probability sigma(s - band), against with 1 - sigma(s + band), where
/// s = intercept + affinity (to beneficiary - to adversary) + threat - cost, with these weights.
struct VoteSettings {
  double intercept{}, affinity{}, threat{}, cost{};
  double band{};  ///< half-width of abstention, logit, >= 0
};

/// The rules by which the law is read. Made as a single case is read but with chance; a scenario
/// sets the parameters anew.
struct Settings {
  Settings();

  Drawing drawing = Drawing::random;
  HonourSettings honour{};
  DelaySettings delay{};
  VoteSettings vote{};
  double provocation_threshold{};  ///< severity from which a provocation counts
  double armed_attack{};           ///< severity from which force is an armed attack
  double min_free_share{}, deployable_share{};
  double peaceful_days{};        ///< peaceful means are given this long
  double reconsider_days{};      ///< a decision is taken anew after this time; 0: never
  double horizon_days = 1e9;     ///< help that arrives later starts no further wave
  std::uint32_t max_waves = 64;  ///< of the cascade, at least 1
  bool keep_all = true;  ///< false: keep verdicts only of cases in which somebody had to decide
  bool all_articles = false;  ///< name every article that covers, not only those that can help
};

/// What of the settings is state: everything (archive.h).
void archive(Archive& a, Settings& settings);

}  // namespace casus::law
