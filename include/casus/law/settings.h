#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "casus/law/vocabulary.h"

namespace casus::law {

/// random: draws from decision-keyed streams. expected: what is likelier than not happens, delays
/// take their median; for reading a single case.
enum class Drawing : std::uint8_t { random, expected };

inline constexpr std::size_t obligation_count = 9;

/// Additions to the Leeds-Anac logit, in logit units per unit of the input. Zero by default, which
/// leaves the published logit.
struct HonourSettings {
  double era = 0.0;            ///< a constant, for example for wars after 1945
  double affinity = 0.0;       ///< per unit of affinity to the beneficiary minus to the adversary
  double cost = 0.0;           ///< per unit of Facts::cost; subtracted
  double shared_threat = 0.0;  ///< per unit of Facts::shared_threat
  double war_weariness = 0.0;  ///< per unit of 1 - resolve; subtracted
  double own_vote = 0.0;     ///< for a member whose vote carried the decision; against it, its loss
  double declaration = 0.0;  ///< lost where the promise is a declaration and not an agreement
  double neutral = 0.0;      ///< logit of standing aside, for a member bound to both sides
  double power_change = 0.10;  ///< relative change since signing that counts as one
  /// What a level of help costs in willingness: a member that honours goes to level L if a second
  /// draw is below sigma(logit - reluctance[L]); the lowest level owed needs none. Calibrated.
  std::array<double, obligation_count> reluctance{0, 0, 0, 0, 0, 0, 0, 0.5, 1.0};
};

/// Time from the act to the help, see rules::JoiningDelay. Default: all inter-state wars 1823-2003.
struct DelaySettings {
  double median_days = 173.5;
  double within_month = 0.31;    ///< share joined after 30.4 days
  double within_year = 0.64;     ///< share joined after a year
  double shape = 0.0;            ///< of a Weibull distribution about the median; 0: by the shares
  double diplomatic_days = 3.0;  ///< median for help below basing, exponential
};

/// A member votes for with probability sigma(s - band), against with 1 - sigma(s + band), where
/// s = intercept + affinity (to beneficiary - to adversary) + threat - cost, with these weights.
struct VoteSettings {
  double intercept = 0.0;
  double affinity = 3.0;
  double shared_threat = 2.0;
  double cost = 2.0;
  double band = 0.0;  ///< half-width of abstention, logit, >= 0
};

struct Settings {
  Drawing drawing = Drawing::random;
  HonourSettings honour{};
  DelaySettings delay{};
  VoteSettings vote{};
  double provocation_threshold = 0.5;  ///< severity from which a provocation counts
  /// Severity from which force is an armed attack, one of "the most grave forms of the use of
  /// force", told apart by its scale and effects (International Court of Justice, Nicaragua v.
  /// United States, 27 June 1986, paragraphs 191 and 195). An armed attack puts its two sides at
  /// war, and an article that owes armed help for an act of force needs one where it sets no
  /// severity of its own. Judged: what the instruments of the casebook ask for lies between .3 and
  /// .5.
  double armed_attack = 0.3;
  double min_free_share = 0.05;    ///< of its forces a member must have free to send any
  double deployable_share = 0.25;  ///< of the free forces, at most, that it sends
  double peaceful_days = 30.0;     ///< peaceful means are given this long
  double reconsider_days = 0.0;    ///< a decision is taken anew after this time; 0: never
  double horizon_days = 1e9;       ///< help that arrives later starts no further wave
  std::uint32_t max_waves = 64;    ///< of the cascade, at least 1
  bool keep_all = true;  ///< false: keep verdicts only of cases in which somebody had to decide
  bool all_articles = false;  ///< name every article that covers, not only those that can help
};

}  // namespace casus::law
