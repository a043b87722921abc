// A reading of contested law is a policy like any other: one switch moves what happens.
#include <gtest/gtest.h>

#include <utility>

#include "verdict_log.h"

namespace casus::test {
namespace {

using enum EventKind;
using law::Reason;

std::vector<Edit> read(std::vector<std::pair<std::string, std::string>> switches) {
  std::vector<Edit> edits;
  for (auto& [question, reading] : switches) {
    edits.push_back({Edit::Kind::set, "doctrines." + question, reading});
  }
  return edits;
}

const Wanted ultimatum_of_ecowas{.kind = ultimatum, .pact = "ecowas", .whom = "niger"};
const Wanted put_to_the_vote{.kind = intervention_vote, .pact = "ecowas", .whom = "niger"};
const Wanted goes_in{.kind = intervention, .pact = "ecowas", .whom = "niger"};
const Wanted sanctions{.kind = sanction, .whom = "niger"};

// Niger in 2023 as it was argued: a region may use force by its own treaty, to which Niger had
// agreed; and it may not without the Security Council.
TEST(Doctrines, EcowasAndTheCouncilSlow) {
  const std::string niger = "sahel/ecowas/niger-2023.yaml";
  const VerdictLog treaty(niger, read({{"regional_force", "by_its_treaty"}}));
  const VerdictLog council(niger, read({{"regional_force", "council"}}));
  EXPECT_GT(treaty.events(put_to_the_vote), 4 * runs);
  EXPECT_GT(treaty.in_runs(goes_in), 0U);
  EXPECT_EQ(council.events(put_to_the_vote), 0U);
  EXPECT_EQ(council.in_runs(goes_in), 0U);
  // What is no force needs no leave.
  for (const VerdictLog* log : {&treaty, &council}) {
    EXPECT_GT(log->in_runs(ultimatum_of_ecowas), runs * 8 / 10);
    EXPECT_GT(log->in_runs(sanctions), runs * 8 / 10);
  }
  // With the leave of the Council there is nothing to argue about.
  std::vector<Edit> leave = read({{"regional_force", "council"}});
  leave.push_back(
      {Edit::Kind::emit, "", "{at: 2023-08-05, act: authorisation, by: nigeria, against: niger}"});
  const VerdictLog allowed(niger, leave);
  EXPECT_GT(allowed.events(put_to_the_vote), 2 * runs);
}

// One act, read as three published opinions do: the president's word is Niger's and the region may
// act on it; it is not, and the region may not; and the same act to the allies of those in office.
TEST(Doctrines, OneEntryIntoNigerUnderThreeReadingsSlow) {
  const auto read_as = [](const std::string& policy) {
    return VerdictLog("sahel/ecowas/policies/" + policy + ".yaml");
  };
  const VerdictLog lawful = read_as("entry-lawful"), unlawful = read_as("entry-unlawful"),
                   attack = read_as("entry-an-attack");
  const auto owes = [](const char* who) {
    return Wanted{.kind = obliged,
                  .pact = "aes",
                  .article = "6",
                  .who = who,
                  .whom = "niger",
                  .where = "maradi",
                  .at_least = troops};
  };
  const auto guests = [](const char* who) {
    return Wanted{.kind = law_no, .pact = "aes", .reason = Reason::consent_recognised, .who = who};
  };
  const Wanted broken{.kind = breach, .pact = "ecowas_1978", .who = "nigeria", .whom = "niger"};
  for (const char* ally : {"mali", "burkina_faso"}) {
    // In a run or two ECOWAS has gone in before, and they are at war already.
    EXPECT_GE(lawful.in_runs(guests(ally)), runs * 9 / 10) << ally;
    EXPECT_EQ(unlawful.in_runs(guests(ally)), 0U) << ally;
    EXPECT_EQ(attack.in_runs(guests(ally)), 0U) << ally;
    // In a run or two ECOWAS votes for another force later, for which nobody has asked.
    EXPECT_LE(lawful.in_runs(owes(ally)), runs / 20) << ally;
    EXPECT_GE(unlawful.in_runs(owes(ally)), runs * 9 / 10) << ally;
    EXPECT_GE(attack.in_runs(owes(ally)), runs * 9 / 10) << ally;
  }
  EXPECT_EQ(lawful.in_runs(broken), 0U);
  EXPECT_EQ(unlawful.in_runs(broken), runs);
  EXPECT_EQ(attack.in_runs(broken), 0U);
}

// Who forestalls an attack defends itself, or attacks: it decides whether the allies of the other
// are called.
TEST(Doctrines, WhoForestallsAnAttackSlow) {
  const auto with = [](const std::string& reading) {
    std::vector<Edit> edits = read({{"anticipation", reading}});
    edits.push_back(
        {Edit::Kind::emit, "",
         "{at: 1967-06-04, act: strike, by: israel, against: egypt, where: sinai, size: "
         "100, imminent: true}"});
    return VerdictLog("six-day-war/baseline.yaml", edits);
  };
  const VerdictLog usual = with("attack_occurs"), imminent = with("imminent");
  // By its invasion of the day after, which nobody says forestalled anything, Israel attacks under
  // both readings.
  const Wanted called{.kind = covered, .whom = "egypt"};
  const Wanted answered{
      .kind = law_no, .pact = "egypt_jordan", .reason = Reason::defensive_act, .whom = "egypt"};
  ASSERT_EQ(usual.days(called).size(), runs);
  ASSERT_EQ(imminent.days(called).size(), runs);
  EXPECT_EQ(usual.days(called).back(), 3.0);
  EXPECT_EQ(imminent.days(called).front(), 4.0);
  EXPECT_GT(usual.events(called), imminent.events(called));
  EXPECT_EQ(imminent.in_runs(answered), runs);
}

}  // namespace
}  // namespace casus::test
