// Whole situations: the stages together, as history put them.

#include <gtest/gtest.h>

#include "small_world.h"

namespace casus::law {
namespace {

struct July1914 : testing::Test, Court {
  ActorId austria = world["austria"], serbia = world["serbia"], russia = world["russia"],
          germany = world["germany"], france = world["france"], italy = world["italy"],
          britain = world["britain"], belgium = world["belgium"];
  const ActSet war{ActKind::invasion, ActKind::attack_on_forces, ActKind::declaration_of_war};

  void SetUp() override {
    pacts = {pact("patronage", {russia, serbia}, "1908-01-01"),
             pact("dual_alliance", {germany, austria}, "1879-10-07"),
             pact("franco_russian", {france, russia}, "1894-01-04"),
             pact("triple_alliance", {germany, austria, italy}, "1882-05-20"),
             pact("london_1839", {britain, belgium, france, germany}, "1839-04-19")};
    pacts[0].articles = {defence("1", war)};
    pacts[0].articles[0].owed_by = {Role::protector};  // Serbia owes its patron nothing
    pacts[0].members[0].role = Role::protector;
    // Article 1: if one of the empires is attacked by Russia.
    Article dual = defence("1", war);
    dual.when.by.named = {russia};
    dual.when.counts_responses = true;
    pacts[1].articles = {dual};
    Article convention = defence("1", war);
    convention.when.by.named = {germany};
    pacts[2].articles = {convention};
    // Article 3: attacked by two or more great powers, without direct provocation.
    Article triple = defence("3", war);
    triple.when.min_adversaries = 2;
    triple.when.unprovoked = true;
    pacts[3].articles = {triple};
    Article guarantee = defence("7", {ActKind::invasion});
    guarantee.when.between_members = true;
    guarantee.owed_to = {Role::protected_party};
    guarantee.owed_by = {Role::protector};
    pacts[4].articles = {guarantee, abstain("7a", {Abstention::force})};
    pacts[4].articles[1].owed_to = {Role::protected_party};
    for (Member& m : pacts[4].members) {
      m.role = m.actor == belgium ? Role::protected_party : Role::protector;
    }
  }
};

TEST_F(July1914, TheChain) {
  decide({attack(austria, serbia, "1914-07-28", ActKind::declaration_of_war)});
  EXPECT_TRUE(helps(russia, serbia, austria));
  EXPECT_TRUE(helps(germany, austria, russia));
  EXPECT_TRUE(helps(france, russia, germany));
  EXPECT_EQ(help_by(italy), nullptr) << "one adversary was not enough";
  EXPECT_EQ(help_by(britain), nullptr);
  EXPECT_EQ(result.waves, 4u);
  decide({attack(germany, belgium, "1914-08-04")});
  EXPECT_TRUE(helps(britain, belgium, germany));
  ASSERT_NE(breach_by(germany), nullptr);
  EXPECT_EQ(breach_by(germany)->kind, BreachKind::abstention_broken);
}

TEST_F(July1914, WithoutAPactTheChainStopsThere) {
  pacts[2].articles.clear();
  decide({attack(austria, serbia, "1914-07-28", ActKind::declaration_of_war)});
  EXPECT_TRUE(helps(germany, austria, russia));
  EXPECT_EQ(help_by(france), nullptr);
  pacts[1].articles.clear();
  memory.clear();
  decide({attack(austria, serbia, "1914-07-28", ActKind::declaration_of_war)});
  EXPECT_TRUE(helps(russia, serbia, austria));
  EXPECT_EQ(help_by(germany), nullptr);
}

TEST_F(July1914, DrawsBeforeTheMissingPactAreTheSame) {
  settings.drawing = Drawing::random;
  for (run = 0; run < 50; ++run) {
    memory.clear();
    decide({attack(austria, serbia, "1914-07-28", ActKind::declaration_of_war)});
    const Resolution with = result;
    std::vector<Pact> all = pacts;
    pacts.erase(pacts.begin() + 2);
    memory.clear();
    decide({attack(austria, serbia, "1914-07-28", ActKind::declaration_of_war)});
    pacts = all;
    const auto decision = [](const Resolution& r, ActorId who) {
      for (const Verdict& v : r.verdicts) {
        if (v.stage == Stage::honoured && v.member == who) return std::pair(v.yes, v.delay_days);
      }
      return std::pair(false, -1.0);
    };
    EXPECT_EQ(decision(with, russia), decision(result, russia));
    EXPECT_EQ(decision(with, germany), decision(result, germany));
  }
}

TEST_F(July1914, HelpThatComesLaterStartsNoWaveNow) {
  settings.horizon_days = 1.0;
  const Act declaration = attack(austria, serbia, "1914-07-28", ActKind::declaration_of_war);
  decide({declaration});
  ASSERT_EQ(result.commitments.size(), 1u);
  EXPECT_TRUE(result.commitments[0].pending);
  EXPECT_EQ(result.acts.size(), 1u);
  // The caller carries it out when it is due; the chain goes on from there.
  const Act arrival = act_of(result.commitments[0], result.acts[0], world);
  EXPECT_EQ(arrival.author, russia);
  EXPECT_EQ(arrival.posture, Posture::collective_defence);
  EXPECT_GT(arrival.date, declaration.date);
  decide({arrival});
  EXPECT_TRUE(helps(germany, austria, russia));
}

TEST_F(July1914, ADepthLimitIsSaid) {
  settings.max_waves = 2;
  decide({attack(austria, serbia, "1914-07-28", ActKind::declaration_of_war)});
  EXPECT_EQ(result.waves, 2u);
  EXPECT_EQ(result.verdicts.back().reason, Reason::depth_limit);
  EXPECT_EQ(help_by(france), nullptr);
}

struct Sahel : testing::Test, Court {
  ActorId niger = world["niger"], mali = world["mali"], burkina = world["burkina_faso"],
          nigeria = world["nigeria"], senegal = world["senegal"], benin = world["benin"];

  void SetUp() override {
    pacts = {pact("ecowas", {niger, mali, burkina, nigeria, senegal, benin}, "1999-12-10"),
             pact("charter", {niger, mali, burkina}, "2023-09-16")};
    Article mechanism = defence("25", {ActKind::coup, ActKind::coup_attempt},
                                {Obligation::mediation, Obligation::sanction, Obligation::troops},
                                Procedure::by_decision);
    pacts[0].articles = {mechanism};
    pacts[0].organs.emplace_back();
    pacts[0].organs[0].rule = DecisionRule::two_thirds;
    pacts[0].organs[0].force = StandingForce{5000.0, 10.0};
    for (const ActorId member : {mali, burkina, niger}) {
      for (Member& m : pacts[0].members) {
        if (m.actor == member) m.suspensions = {{day("2022-01-01"), std::nullopt}};
      }
    }
    for (const ActorId m : {nigeria, senegal, benin}) world.votes[m] = 5.0;
    Article collective =
        defence("6", attacks, {Obligation::aid, Obligation::troops, Obligation::war});
    pacts[1].articles = {collective};
  }
};

TEST_F(Sahel, AnInterventionAgainstTheJuntaMeetsTheCharter) {
  decide({attack(niger, niger, "2023-10-01", ActKind::coup)});
  EXPECT_EQ(why(Stage::invoked), Reason::adopted);
  EXPECT_TRUE(helps(nigeria, niger, niger));
  EXPECT_EQ(why(Stage::obliged, mali), Reason::suspended);
  EXPECT_TRUE(helps(mali, niger, nigeria));
  EXPECT_TRUE(helps(burkina, niger, senegal));
}

TEST_F(Sahel, WithoutTheCharterNobodyAnswersIt) {
  pacts.pop_back();
  decide({attack(niger, niger, "2023-10-01", ActKind::coup)});
  EXPECT_TRUE(helps(nigeria, niger, niger));
  EXPECT_EQ(help_by(mali), nullptr);
}

TEST_F(Sahel, AFailedAttemptIsAnsweredByInvitation) {
  Act attempt = attack(benin, benin, "2025-12-07", ActKind::coup_attempt);
  decide({attempt});
  EXPECT_TRUE(helps(nigeria, benin, benin));
  EXPECT_EQ(result.waves, 1u) << "invited by the government in office: no new act against anyone";
  EXPECT_LE(help_by(nigeria)->delay_days, 10.0) << "the standing force is ready";
}

TEST_F(Sahel, TheOrganFallsBackToSanctions) {
  Settings& s = settings;
  s.vote.cost = 1.0;
  world.votes[nigeria] = world.votes[senegal] = world.votes[benin] = -5.0;
  decide({attack(niger, niger, "2023-10-01", ActKind::coup)});
  EXPECT_EQ(why(Stage::invoked), Reason::rejected);
  EXPECT_TRUE(result.commitments.empty());
}

// Each stage, broken on purpose, changes what comes out.
TEST_F(July1914, EveryStageMatters) {
  const Act act = attack(austria, serbia, "1914-07-28", ActKind::declaration_of_war);
  decide({act});
  const std::size_t expected = result.commitments.size();
  ASSERT_EQ(expected, 3u);
  const auto with = [&](const Stages& stages) {
    memory.clear();
    return decide({act}, stages).commitments.size();
  };
  Stages s;
  s.attribute = [](const Act& a, const Context& c) {
    Attribution out = attribute(a, c);
    out.posture = Posture::attack;  // does not tell defenders from aggressors
    return out;
  };
  with(s);
  EXPECT_EQ(result.acts[1].posture, Posture::attack);
  EXPECT_FALSE(result.breaches.empty() && result.commitments.size() == expected)
      << "nothing changed";
  s = {};
  s.cover = [](const Case& c, const Context& x) {
    Coverage out = cover(c, x);
    out.yes = true;  // everything is a casus foederis
    return out;
  };
  EXPECT_GT(with(s), expected);
  s = {};
  s.invoke = [](const Case&, const Coverage&, const Context&) { return Invocation{}; };
  EXPECT_EQ(with(s), 0u);
  s = {};
  s.oblige = [](const Case&, const Coverage&, const Invocation&, std::uint32_t, const Context&) {
    return Owed{};
  };
  EXPECT_EQ(with(s), 0u);
  s = {};
  s.able = [](const Case&, const Coverage&, const Owed&, std::uint32_t, const Context&) {
    return Ability{};
  };
  EXPECT_EQ(with(s), 0u);
  s = {};
  s.willing = [](const Case&, const Coverage&, const Invocation&, std::uint32_t, Obligation,
                 const Context&) {
    return Willingness{-9.0, 0.0};
  };
  EXPECT_EQ(with(s), 0u);
}

}  // namespace
}  // namespace casus::law
