// How promises were kept before 1945 and after.
#include "casus/rules/willingness.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/law/parameters.h"
#include "casus/law/settings.h"
#include "casus/rules/logit.h"

namespace casus {
namespace {

/// As scenarios have it that do not say.
double default_era() {
  law::Settings settings;
  for (const law::LawParameter& row : law::parameters()) row.member(settings) = row.info.fallback;
  return settings.honour.era;
}

// Berkemeier & Fuhrmann 2018, member by member: 61 of 92 until 1944, 12 of 54 from 1945 on. What
// the era adds by default turns the first rate into the second.
TEST(EraOfHonourTheory, TurnsThePublishedRateBefore1945IntoTheOneAfter) {
  const double before = 61.0 / 92.0, after = 12.0 / 54.0;
  const double since = default_era();
  const double era = rules::era_of_honour(1990, since);
  // The difference of log odds is known to a standard error of .40, and the parameter is given to
  // one place.
  EXPECT_NEAR(era, rules::log_odds(after) - rules::log_odds(before), 0.05);
  EXPECT_NEAR(rules::logistic(rules::log_odds(before) + era), after, 0.01);
  EXPECT_EQ(rules::era_of_honour(1945, since), 0.0);
}

}  // namespace
}  // namespace casus
