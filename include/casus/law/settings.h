#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "casus/core/export.h"
#include "casus/law/doctrines.h"
#include "casus/law/parameter_rows.h"
#include "casus/law/vocabulary.h"

namespace casus {
class Archive;
}

namespace casus::law {

/// random: draws from decision-keyed streams. expected: what is likelier than not happens, delays
/// take their median; for reading a single case.
enum class Drawing : std::uint8_t { random, expected };

inline constexpr std::size_t obligation_count = 9;

// The members are made of the rows of casus/law/parameter_rows.h, which say what each number means,
// its unit, its range, its default and its source.
#define CASUS_MEMBER(member, ...) double member{};
#define CASUS_FIXED(member, value) double member = value;

/// Additions to the Leeds-Anac logit, in logit units per unit of the input.
struct HonourSettings {
  CASUS_LAW_HONOUR(CASUS_MEMBER)
  /// What a level of help costs in willingness: a member that honours goes to level L if a second
  /// draw is below sigma(logit - reluctance[L]); the lowest level owed needs none.
  std::array<double, obligation_count> reluctance{};
};

/// Time from the act to the help: a Weibull distribution about the median or, with a shape of 0, by
/// the shares; help below basing comes after an exponential time.
struct DelaySettings {
  CASUS_LAW_DELAY(CASUS_MEMBER, CASUS_FIXED)
};

/// A member votes for with probability sigma(s - band), against with 1 - sigma(s + band), where
/// s = intercept + affinity (to beneficiary - to adversary) + threat - cost, with these weights.
struct VoteSettings {
  CASUS_LAW_VOTE(CASUS_MEMBER)
};

/// The rules by which the law is read. Made as a single case is read but with chance; a scenario
/// sets the parameters anew.
struct CASUS_API Settings {
  Settings();

  Drawing drawing = Drawing::random;
  HonourSettings honour{};
  DelaySettings delay{};
  VoteSettings vote{};
  CASUS_LAW_RULES(CASUS_MEMBER)
  double horizon_days = 1e9;     ///< help that arrives later starts no further wave
  std::uint32_t max_waves = 64;  ///< of the cascade, at least 1
  bool keep_all = true;  ///< false: keep verdicts only of cases in which somebody had to decide
  bool all_articles = false;  ///< name every article that covers, not only those that can help
  Doctrines doctrines{};      ///< how contested questions are read
  /// Put on record what was weighed in what is drawn (Resolution::weighed); to count out the chance
  /// of each vote for it is an eighth of a cascade's cost.
  bool keep_weighed = false;
};

#undef CASUS_MEMBER
#undef CASUS_FIXED

/// What of the settings is state: everything (archive.h).
CASUS_API void archive(Archive& a, Settings& settings);

}  // namespace casus::law
