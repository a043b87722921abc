#include <gtest/gtest.h>

#include <chrono>

#include "support.h"

namespace casus {
namespace {

using Shape = Number::Shape;

const Scenario& small() {
  static const Scenario s = Scenario::parse(test::small_world, "small.yaml", test::vocabulary());
  return s;
}

Date day(const char* text) { return *parse_date(text); }

TEST(Loading, FrameAndClock) {
  const ScenarioData& s = small().data();
  EXPECT_EQ(s.title, "A small world");
  EXPECT_EQ(s.description, "Two states, one armed group and a pact.\n");
  EXPECT_EQ(s.clock.start, day("2023-09-16"));
  EXPECT_EQ(s.clock.end, day("2024-09-15"));
  EXPECT_EQ(s.clock.step, Minutes(12 * 60));
  EXPECT_EQ(s.clock.steps(), 730U);
  EXPECT_DOUBLE_EQ(s.observe.every_days, days_per_month);
  ASSERT_EQ(s.sources.size(), 1U);
  EXPECT_EQ(s.sources[0].second, "Census of 2022");
  const Scenario days =
      Scenario::parse(test::changed("end: 2024-09-15", "days: 365"), "d.yaml", test::vocabulary());
  EXPECT_EQ(days->clock.end, s.clock.end);
}

TEST(Loading, Doctrines) {
  EXPECT_EQ(small()->doctrines, law::Doctrines{});
  const auto with = [](const std::string& path, const std::string& yaml) {
    return small().with({{Edit::Kind::set, path, yaml}});
  };
  const Scenario council = with("doctrines.regional_force", "council");
  EXPECT_EQ(council->doctrines.regional_force, law::RegionalForce::council);
  EXPECT_EQ(council->doctrines.government, law::StateWord::either);
  // Written and read again it is the same, and the usual reading is not written.
  const Scenario again = Scenario::parse(council.resolved(), "again.yaml", test::vocabulary());
  EXPECT_EQ(again->doctrines, council->doctrines);
  EXPECT_EQ(Scenario::make(council.data(), test::vocabulary())->doctrines, council->doctrines);
  const auto complaint = [&](const std::string& path, const std::string& yaml) {
    try {
      with(path, yaml);
    } catch (const ScenarioError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  const std::string reading = complaint("doctrines.regional_force", "counsil");
  EXPECT_NE(reading.find("E0208"), std::string::npos) << reading;
  EXPECT_NE(reading.find("did you mean 'council'?"), std::string::npos) << reading;
  const std::string question = complaint("doctrines.regional_fore", "council");
  EXPECT_NE(question.find("E0203"), std::string::npos) << question;
  EXPECT_NE(question.find("regional_force"), std::string::npos) << question;
}

TEST(Loading, RegionsAndTheirBorders) {
  const auto& r = small()->regions;
  ASSERT_EQ(r.size(), 3U);
  EXPECT_EQ(r[0].name, "north");
  EXPECT_EQ(r[0].title, "The North");
  EXPECT_EQ(r[1].title, "south") << "the name stands for the title";
  EXPECT_EQ(r[0].source, "census2022: table 4");
  EXPECT_EQ(r[0].owner, ActorId(0));
  EXPECT_EQ(r[1].population, Number(2e6));
  EXPECT_EQ(r[2].population, Number(Shape::triangular, 9e5, 1e6, 1.2e6));
  EXPECT_EQ(r[0][&RegionTable::grievance], Number(Shape::beta, 4, 6));
  EXPECT_EQ(r[1][&RegionTable::grievance], Number(0.3));
  EXPECT_EQ(r[1][&RegionTable::value], Number(3.0));
  EXPECT_DOUBLE_EQ(r[0][&RegionTable::area].a, 40000.0);
  EXPECT_DOUBLE_EQ(r[0].latitude, 16.5);
  EXPECT_DOUBLE_EQ(r[0].longitude, -2.25);
  EXPECT_EQ(r[0].areas, std::vector<std::string>{"tri_border"});
  EXPECT_EQ(small()->areas.names(), std::vector<std::string>{"tri_border"});
  // Each border was given on one side.
  const auto km = [&](std::size_t a, std::size_t b) {
    for (const Border& border : r[a].neighbours) {
      if (border.to == RegionId(b)) return border.km;
    }
    return -1.0;
  };
  EXPECT_DOUBLE_EQ(km(0, 1), 300.0);
  EXPECT_DOUBLE_EQ(km(1, 0), 300.0);
  EXPECT_DOUBLE_EQ(km(2, 0), 120.0);
  EXPECT_DOUBLE_EQ(km(1, 2), 80.0);
}

TEST(Loading, Actors) {
  const auto& a = small()->actors;
  ASSERT_EQ(a.size(), 5U);
  EXPECT_EQ(a[0].kind, ActorKind::state);
  EXPECT_EQ(a[0].regime, Regime::junta);
  EXPECT_EQ(a[0].last_coup, day("2021-05-24"));
  EXPECT_NEAR(a[0][&ActorTable::income].a, 360.0, 1e-9);
  EXPECT_EQ(a[0].capital, RegionId(1));
  EXPECT_FALSE(a[1].last_coup.has_value());
  EXPECT_EQ(a[1].forces.shape, Shape::normal);
  EXPECT_DOUBLE_EQ(a[1].forces.low, 0.0) << "the tail is cut where the field ends";
  EXPECT_EQ(a[2].kind, ActorKind::armed_group);
  EXPECT_EQ(a[2].sponsor, ActorId(4));
  EXPECT_DOUBLE_EQ(a[2][&ActorTable::sponsor_evidence].a, 0.2);
  EXPECT_TRUE(a[3].pro_state);
  EXPECT_EQ(a[4].kind, ActorKind::external);
  EXPECT_EQ(a[4][&ActorTable::deployment_ceiling], Number(5000.0));
}

TEST(Loading, PresenceAndItsUsualRoles) {
  const auto& p = small()->presence;
  ASSERT_EQ(p.size(), 6U);
  const auto role = [&](std::size_t actor, std::size_t region) {
    for (const PresenceSpec& spec : p) {
      if (spec.actor == ActorId(actor) && spec.region == RegionId(region)) return spec.role;
    }
    throw std::logic_error("no such presence");
  };
  EXPECT_EQ(role(0, 0), Role::garrison);
  EXPECT_EQ(role(2, 0), Role::insurgent);
  EXPECT_EQ(role(3, 0), Role::garrison) << "a group on the state's side";
  EXPECT_EQ(role(4, 1), Role::deployment);
  EXPECT_EQ(p[1].strength, Number(Shape::uniform, 800, 1200));
}

TEST(Loading, RelationsBetweenTwoGoBothWays) {
  const auto& r = small()->relations;
  ASSERT_EQ(r.size(), 3U);
  EXPECT_EQ(r[0].from, ActorId(0));
  EXPECT_EQ(r[0].to, ActorId(1));
  EXPECT_TRUE(r[1].hosting) << "in the order of who sees whom";
  EXPECT_EQ(r[2].from, ActorId(1));
  EXPECT_EQ(r[2].affinity, Number(0.5));
  const Scenario among =
      Scenario::parse(test::changed("between: [arland, beland]", "among: [arland, beland, front]"),
                      "a.yaml", test::vocabulary());
  EXPECT_EQ(among->relations.size(), 7U);
}

// A name more in brackets is a thousand relations more: what may be read bounds them too.
TEST(Loading, RelationsAmongVeryManyAreRefusedBeforeTheyAreMade) {
  const auto refused = [](const std::string& key, int names) {
    std::string list = key + ": [";
    for (int i = 0; i < names; ++i) list += "n" + std::to_string(i) + ", ";
    try {
      Scenario::parse(test::changed("between: [arland, beland]", list + "arland]"), "a.yaml",
                      test::vocabulary());
    } catch (const ScenarioError& e) {
      return e.diagnostics().front().code;
    }
    return std::string("read");
  };
  EXPECT_EQ(refused("among", 5000), "E0104");
  EXPECT_EQ(refused("among", 10), "E0301");
  EXPECT_EQ(refused("between", 5000), "E0210");
}

TEST(Loading, WarsCrisesAndMeasures) {
  const ScenarioData& s = small().data();
  ASSERT_EQ(s.wars.size(), 1U);
  EXPECT_EQ(s.wars[0].side_a, std::vector<ActorId>{ActorId(0)});
  EXPECT_EQ(s.wars[0].side_b, std::vector<ActorId>{ActorId(2)});
  ASSERT_EQ(s.crises.size(), 1U);
  EXPECT_EQ(s.crises[0].organisation, PactId(0));
  EXPECT_FALSE(s.crises[0].challenger.valid());
  EXPECT_EQ(s.crises[0].issue, Issue::coup);
  EXPECT_EQ(s.crises[0].stage, CrisisStage::ultimatum);
  EXPECT_EQ(s.crises[0].deadline, day("2023-10-01"));
  ASSERT_EQ(s.measures.size(), 2U);
  EXPECT_EQ(s.measures[0].by, ActorId(4)) << "in the order of whom they meet";
  EXPECT_EQ(s.measures[0].size, Number(120.0)) << "aid is money, though its kind may come later";
  EXPECT_EQ(s.measures[1].organisation, PactId(0));
  EXPECT_EQ(s.measures[1].size, Number(0.3));
}

TEST(Loading, Timeline) {
  const auto& t = small()->timeline;
  ASSERT_EQ(t.size(), 3U);
  EXPECT_EQ(t[0].at, day("2023-12-22"));
  EXPECT_EQ(t[0].withdraw->host, ActorId(0));
  EXPECT_DOUBLE_EQ(t[0].withdraw->over_days, 90.0);
  ASSERT_TRUE(t[2].when.has_value());
  const auto& terms = t[2].when->terms;
  ASSERT_EQ(terms.size(), 3U);
  EXPECT_EQ(Columns().info(terms[0].ref).name, "legitimacy");
  EXPECT_EQ(terms[0].ref.row, 1U);
  EXPECT_EQ(terms[0].op, Condition::Term::Op::less);
  EXPECT_DOUBLE_EQ(terms[0].value, 0.3);
  EXPECT_EQ(terms[1].kind, Condition::Term::Kind::war);
  EXPECT_TRUE(terms[1].negated);
  EXPECT_EQ(terms[2].kind, Condition::Term::Kind::member);
  EXPECT_EQ(terms[2].pact, PactId(0));
  ASSERT_EQ(t[2].set.size(), 2U);
  EXPECT_EQ(t[2].set[0].ref.table, PathRef::Table::parameter);
  EXPECT_DOUBLE_EQ(t[2].set[0].value, 0.8);
  EXPECT_EQ(t[2].set[1].ref.table, PathRef::Table::region);
  ASSERT_TRUE(t[1].emit.has_value());
  EXPECT_EQ(t[1].emit->act, law::ActKind::invasion);
  EXPECT_EQ(t[1].emit->where, RegionId(0));
}

TEST(Loading, MechanismsHaveDefaults) {
  const auto& m = small()->mechanisms;
  ASSERT_EQ(m.size(), 2U);
  EXPECT_EQ(m[0].values[0], Number(Shape::uniform, 0.2, 0.6));
  EXPECT_EQ(m[0].values[1], Number(14.0));
  EXPECT_EQ(m[0].values[2], Number(0.2)) << "the vocabulary's fallback";
  EXPECT_TRUE(m[0].enabled);
  EXPECT_FALSE(m[1].enabled);
}

TEST(Loading, Outcomes) {
  const auto& o = small()->outcomes;
  ASSERT_EQ(o.size(), 4U);
  EXPECT_EQ(o[0].form, OutcomeSpec::Form::ever);
  EXPECT_EQ(o[0].what, "intervention");
  EXPECT_EQ(o[0].pact, std::vector<PactId>{PactId(0)});
  EXPECT_EQ(o[0].against, std::vector<ActorId>{ActorId(1)});
  EXPECT_DOUBLE_EQ(*o[0].within_days, 365.0);
  EXPECT_EQ(o[1].regions, (std::vector<RegionId>{RegionId(0), RegionId(1)})) << "the state's";
  EXPECT_EQ(o[1].unit, "people");
  EXPECT_EQ(o[2].regions, (std::vector<RegionId>{RegionId(2), RegionId(0)}));
  EXPECT_EQ(o[3].of, (std::vector<std::string>{"breach", "honour"}));
}

TEST(Loading, Pacts) {
  ASSERT_EQ(small()->pacts.size(), 1U);
  const law::Pact& p = small()->pacts[0];
  EXPECT_EQ(p.id, "charter");
  EXPECT_EQ(p.key, pact_key("charter"));
  EXPECT_EQ(p.in_force, day("2023-09-16"));
  EXPECT_EQ(p.notice_months, 6);
  EXPECT_EQ(p.formality, 1);
  ASSERT_EQ(p.members.size(), 2U);
  EXPECT_EQ(p.members[1].actor, ActorId(1));
  ASSERT_EQ(p.organs.size(), 1U);
  EXPECT_EQ(p.organs[0].rule, law::DecisionRule::unanimity);
  ASSERT_EQ(p.articles.size(), 4U);
  const law::Article& five = p.articles[0];
  EXPECT_EQ(five.id, "5");
  EXPECT_TRUE(five.when.acts.contains(law::ActKind::rebellion));
  EXPECT_TRUE(five.when.by.kinds.contains(law::PartyKind::armed_group));
  EXPECT_EQ(five.when.where.scope, law::Scope::members);
  EXPECT_TRUE(five.then.assist.contains(law::Obligation::troops));
  EXPECT_FALSE(five.then.assist.contains(law::Obligation::war));
  EXPECT_TRUE(five.then.peaceful_first);
  EXPECT_EQ(five.procedure, law::Procedure::inherit);
  EXPECT_EQ(p.articles[1].procedure, law::Procedure::on_request);
  const law::Article& seven = p.articles[2];
  EXPECT_EQ(seven.extends, "6");
  EXPECT_EQ(seven.when.where.scope, law::Scope::listed);
  EXPECT_EQ(seven.when.where.areas, *small()->areas.find("tri_border"));
  EXPECT_EQ(seven.when.where.regions, std::vector<RegionKey>{region_key("south")});
  EXPECT_TRUE(p.articles[3].then.abstain.contains(law::Abstention::hosting));
}

TEST(Loading, PactsInDetail) {
  const Scenario s = Scenario::parse(test::changed("    members: [arland, beland]\n", R"(
    source: "census2022: annex"
    signed: 2023-09-01
    expires: 2033-09-16
    renews: 5
    secret: true
    known_to: [overseas]
    original_targets: [front]
    accession: invited
    invited: [overseas]
    suspension: {loses_protection: true}
    members:
      arland: {role: protector, weight: 2, contribution: 1500 troops}
      beland:
        joined: 2023-10-01
        notice: 2024-01-28
        suspended: [{from: 2023-11-01, until: 2023-12-01}, 2024-02-01]
        reservations: {"6": aid}
)"),
                                     "p.yaml", test::vocabulary());
  const law::Pact& p = s->pacts[0];
  EXPECT_EQ(s->pact_sources[0], "census2022: annex");
  EXPECT_EQ(p.signature(), day("2023-09-01"));
  EXPECT_EQ(p.term_years, 5);
  EXPECT_TRUE(p.secret);
  EXPECT_EQ(p.known_to, std::vector<ActorId>{ActorId(4)});
  EXPECT_EQ(p.accession, law::Accession::invited);
  EXPECT_TRUE(p.suspension.loses_protection);
  EXPECT_EQ(p.members[0].role, law::Role::protector);
  EXPECT_DOUBLE_EQ(p.members[0].contribution, 1500.0);
  EXPECT_EQ(p.members[1].joined, day("2023-10-01"));
  ASSERT_EQ(p.members[1].suspensions.size(), 2U);
  EXPECT_EQ(p.members[1].suspensions[0].until, day("2023-12-01"));
  EXPECT_FALSE(p.members[1].suspensions[1].until.has_value());
  ASSERT_EQ(p.members[1].reservations.size(), 1U);
  EXPECT_EQ(p.members[1].reservations[0].article, "6");
  EXPECT_EQ(p.members[1].reservations[0].up_to, law::Obligation::aid);
}

// Defaults are written in the tables; the structs that programs fill by hand must agree.
TEST(Loading, DefaultsOfTablesAndStructsAgree) {
  const Scenario s = Scenario::parse(
      "casus: scenario/1\nclock: {start: 2023-09-16, days: 9}\nregions:\n"
      "  r: {owner: s, population: 1, area: 1, at: [0, 0]}\nactors:\n"
      "  s: {kind: state, forces: 1, capital: r}\n  g: {kind: armed_group, forces: 1}\n"
      "  e: {kind: external, forces: 1}\n",
      "d.yaml", test::vocabulary());
  const RegionSpec region;
  EXPECT_EQ(s->regions[0].displaced, region.displaced);
  const ActorSpec actor;
  for (const ActorSpec& a : s->actors) EXPECT_EQ(a.regime, actor.regime);
  EXPECT_EQ(s->observe.every_days, ScenarioData{}.observe.every_days);
}

TEST(Loading, ALargeScenarioLoadsWithinFiftyMilliseconds) {
  std::string text = "casus: scenario/1\nclock: {start: 2023-09-16, days: 730}\nregions:\n";
  for (int r = 0; r < 60; ++r) {
    const std::string n = std::to_string(r);
    text +=
        "  r" + n + ": {owner: s" + std::to_string(r % 20) +
        ", population: {triangular: [900000, 1000000, 1200000]}, area: 30000 km2, at: [15, 1.5]";
    if (r > 0) text += ", neighbours: {r" + std::to_string(r - 1) + ": 120 km}";
    text += "}\n";
  }
  text += "actors:\n";
  for (int a = 0; a < 45; ++a) {
    const std::string n = std::to_string(a);
    text += a < 20 ? "  s" + n + ": {kind: state, forces: 40000, capital: r" + n +
                         ", income: 300 MUSD/year}\n"
                   : "  s" + n + ": {kind: armed_group, forces: {lognormal: [2000, 0.2]}}\n";
  }
  text += "presence:\n";
  for (int r = 0; r < 60; ++r) {
    text += "  r" + std::to_string(r) + ": {s" + std::to_string(r % 20) + ": 3000, s" +
            std::to_string(20 + r % 25) + ": 100}\n";
  }
  text += "relations:\n";
  for (int a = 1; a < 45; ++a) {
    text += "  - {between: [s0, s" + std::to_string(a) + "], affinity: 0.1}\n";
  }
  text += "pacts:\n";
  for (int p = 0; p < 15; ++p) {
    text += "  p" + std::to_string(p) +
            ": {in_force: 2000-01-01, members: [s1, s2, s3, s4], articles: {\"1\": {when: {act: "
            "[invasion, strike]}, where: members, then: {assist: [aid, troops, war]}}}}\n";
  }
  const auto begin = std::chrono::steady_clock::now();
  const Scenario s = Scenario::parse(text, "large.yaml", test::vocabulary());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(s->pacts.size(), 15U);
#ifdef NDEBUG
  EXPECT_LT(took.count(), 0.05);
#else
  EXPECT_LT(took.count(), 0.5);  // sanitizers and a busy machine
#endif
}

}  // namespace
}  // namespace casus
