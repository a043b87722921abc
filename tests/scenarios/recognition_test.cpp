// Whom a government recognises, what the Security Council allows and a peace that is made alone are
// acts of the timeline, and move what the law makes depend on them.
#include <gtest/gtest.h>

#include "verdict_log.h"

namespace casus::test {
namespace {

using enum EventKind;
using law::Reason;

/// Against what a policy is held; read once.
const VerdictLog& as_it_was() {
  static const VerdictLog log("sahel/baseline.yaml");
  return log;
}

TEST(Recognition, FranceOwesHelpToWhomItRecognisesSlow) {
  const Wanted owed{.kind = obliged, .pact = "france_niger", .who = "france", .whom = "niger"};
  const Wanted in_vain{.kind = law_no,
                       .pact = "france_niger",
                       .reason = Reason::asker_not_recognised,
                       .who = "france"};
  const VerdictLog junta("sahel/policies/france-recognises-the-junta.yaml");
  EXPECT_GT(junta.in_runs(owed), runs * 8 / 10);
  EXPECT_EQ(junta.in_runs(in_vain), 0U);
  // Those in office ask as before, and are not whom France listens to; a few runs have another
  // government in the end.
  const VerdictLog president("sahel/policies/france-recognises.yaml");
  EXPECT_GT(president.in_runs(in_vain), runs * 8 / 10);
  EXPECT_LT(president.in_runs(owed), runs / 5);
  // What is not Niger's is as it was.
  const Wanted other{.kind = obliged, .pact = "mali_russia", .who = "russia"};
  for (const VerdictLog* log : {&junta, &president}) {
    EXPECT_NEAR(log->in_runs(other), as_it_was().in_runs(other), runs / 10.0);
  }
}

TEST(Recognition, NobodyDefendsAgainstWhatTheCouncilAllowsSlow) {
  const VerdictLog without("sahel/policies/ecowas-intervenes.yaml");
  const VerdictLog with("sahel/policies/council-authorises-ecowas.yaml");
  for (const char* ally : {"mali", "burkina_faso"}) {
    const Wanted owed{.kind = obliged, .pact = "aes", .article = "6", .who = ally, .whom = "niger"};
    EXPECT_GT(without.in_runs(owed), runs * 9 / 10) << ally;
    EXPECT_LT(with.in_runs(owed), runs / 10) << ally;
  }
  EXPECT_EQ(
      with.in_runs({.kind = law_no, .pact = "aes", .reason = Reason::authorised, .whom = "niger"}),
      runs);
  // Those who fight Niger fight it with and without.
  const Wanted invades{.kind = invasion, .who = "nigeria", .whom = "niger"};
  EXPECT_EQ(with.in_runs(invades), runs);
  EXPECT_EQ(without.in_runs(invades), runs);
}

TEST(Recognition, ASeparatePeaceBreaksThePromiseNotToMakeOneSlow) {
  const Wanted broken{.kind = breach, .pact = "aes", .article = "8a", .who = "mali"};
  const VerdictLog peace("sahel/policies/separate-peace.yaml");
  EXPECT_EQ(peace.in_runs({.kind = EventKind::peace, .who = "mali", .whom = "jnim"}), runs);
  EXPECT_GT(peace.in_runs(broken), runs * 8 / 10);
  // One promise is broken once to each, by the one that made peace and by nobody else.
  EXPECT_LE(peace.events(broken), 2 * runs);
  EXPECT_EQ(peace.in_runs({.kind = breach, .pact = "aes", .article = "8a", .who = "niger"}), 0U);
}

}  // namespace
}  // namespace casus::test
