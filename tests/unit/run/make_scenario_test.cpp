#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "../../support/shipped.h"
#include "casus/core/diagnostics.h"
#include "casus/run/simulation.h"
#include "casus/scenario/fingerprint.h"
#include "harvest.h"

// Scenarios that a program makes, beside those that it reads.
namespace casus::test {
namespace {

using law::ActKind;

ActorSpec state(const char* name, double forces, double income) {
  ActorSpec a;
  a.name = name;
  a.forces = forces;
  a[&ActorTable::income] = income;
  return a;
}

RegionSpec region(const char* name, ActorId owner, double population, double area, double latitude,
                  double longitude) {
  RegionSpec r;
  r.name = name;
  r.owner = owner;
  r.population = population;
  r[&RegionTable::area] = area;
  r.latitude = latitude;
  r.longitude = longitude;
  return r;
}

CrisisSpec demand(const char* name, ActorId by, ActorId of, Number stake, const char* since) {
  CrisisSpec c;
  c.name = name;
  c.challenger = by;
  c.target = of;
  c.stake = stake;
  c.since = *parse_date(since);
  return c;
}

OutcomeSpec asks(const char* name, OutcomeForm::Form form, const char* what) {
  OutcomeSpec o;
  o.name = name;
  o.form = form;
  o.what = what;
  return o;
}

law::Pact entente(ActorId arden, ActorId belmar) {
  law::Pact p;
  p.id = "entente";
  p.title = "Treaty of Arden and Belmar";
  p.in_force = *parse_date("2025-01-01");
  p.formality = 1;
  for (const ActorId a : {arden, belmar}) p.members.emplace_back().actor = a;
  law::Article help;
  help.id = "1";
  help.when.acts = {ActKind::invasion, ActKind::strike};
  help.when.by.kinds = {law::PartyKind::state};
  help.when.where.scope = law::Scope::members;
  help.then.assist = {law::Obligation::mediation, law::Obligation::aid, law::Obligation::troops,
                      law::Obligation::war};
  law::Article peace;
  peace.id = "2";
  peace.then.abstain = {law::Abstention::force};
  p.articles = {help, peace};
  return p;
}

/// scenarios/tutorial/three-states.yaml, in C++. Rows are in an order of their own.
ScenarioData three_states() {
  ScenarioData s;
  s.title = "Three states and a pact";
  s.clock = {*parse_date("2030-01-01"), *parse_date("2031-01-01"), Minutes(24 * 60)};
  const ActorId corvia(0), arden(1), belmar(2), hillmen(3);
  s.actors = {state("corvia", 25000, 500), state("arden", 10000, 120), state("belmar", 15000, 300)};
  s.actors[0].regime = Regime::autocracy;
  s.actors[0][&ActorTable::appetite] = 0.7;
  s.actors[1].dependent_fuel = true;
  s.actors[2].regime = Regime::democracy;
  s.actors[2][&ActorTable::reputation] = 0.8;
  ActorSpec& group = s.actors.emplace_back();
  group.name = "hillmen";
  group.kind = ActorKind::armed_group;
  group.forces = Number(Number::Shape::triangular, 800, 1200, 2000);
  group[&ActorTable::income] = 3.0;
  const RegionId plain(0), hills(1), of_belmar(2), of_corvia(3);
  s.regions = {region("arden_plain", arden, 2e6, 20000, 10, 0),
               region("arden_hills", arden, 5e5, 15000, 11, 0),
               region("belmar_land", belmar, 3e6, 40000, 10, -2),
               region("corvia_land", corvia, 4e6, 50000, 11, 2)};
  for (const RegionId r : {plain, of_belmar, of_corvia}) {
    s.regions[r.row()][&RegionTable::value] = 2.0;
  }
  s.regions[hills.row()][&RegionTable::grievance] = 0.7;
  s.regions[hills.row()][&RegionTable::terrain] = 0.8;
  s.regions[plain.row()].neighbours = {{hills, 150}, {of_belmar, 200}, {of_corvia, 100}};
  s.regions[of_corvia.row()].neighbours = {{hills, 120}};
  s.actors[0].capital = of_corvia;
  s.actors[1].capital = plain;
  s.actors[2].capital = of_belmar;
  s.presence = {{hillmen, hills, 1000.0, Role::insurgent},
                {arden, plain, 5000.0, Role::garrison},
                {arden, hills, 3000.0, Role::garrison},
                {belmar, of_belmar, 12000.0, Role::garrison},
                {corvia, of_corvia, 18000.0, Role::garrison}};
  const auto both = [&](ActorId a, ActorId b, double affinity) {
    s.relations.push_back({a, b, affinity});
    s.relations.push_back({b, a, affinity});
  };
  both(arden, belmar, 0.6);
  both(arden, corvia, -0.6);
  both(belmar, corvia, -0.2);
  both(arden, hillmen, -0.8);
  s.crises = {
      demand("tolls", corvia, belmar, 0.5, "2029-12-01"),
      demand("hills", corvia, arden, Number(Number::Shape::uniform, 0.2, 0.6), "2029-11-01")};
  s.crises[1].issue = Issue::territory;
  s.crises[1].stage = CrisisStage::ultimatum;
  s.crises[1].deadline = *parse_date("2030-01-15");
  TimelineSpec& road = s.timeline.emplace_back();
  road.title = "At war, Corvia closes the road by which Arden's fuel comes";
  road.when.emplace().terms.resize(1);
  road.when->terms[0].kind = Condition::Term::Kind::war;
  road.when->terms[0].a = corvia;
  road.when->terms[0].b = arden;
  road.emit = EmitSpec{ActKind::blockade, corvia, arden, {}, 0.3};
  s.pacts = {entente(arden, belmar)};
  s.outcomes = {asks("war", OutcomeForm::Form::ever, "war_begins"),
                asks("belmar_helps", OutcomeForm::Form::ever, "honour"),
                asks("deaths", OutcomeForm::Form::sum, "deaths"),
                asks("hills_held", OutcomeForm::Form::final, "control")};
  s.outcomes[0].at_least = 1.0;
  s.outcomes[1].by = {belmar};
  s.outcomes[2].regions = {plain, hills};
  s.outcomes[3].regions = {hills};
  return s;
}

std::string complaints(const ScenarioData& data) {
  try {
    Scenario::make(data, standard_registry().vocabulary());
  } catch (const ScenarioError& e) {
    return e.what();
  }
  return "nothing is said";
}

TEST(MadeScenario, IsTheOneThatAFileWithTheSameContentIs) {
  const Scenario made = Scenario::make(three_states(), standard_registry().vocabulary());
  const Scenario read =
      load_scenario(std::string(CASUS_SOURCE_DIR) + "/scenarios/tutorial/three-states.yaml");
  EXPECT_EQ(phrase(differences(fingerprint(made.data()), fingerprint(read.data()))), "");
  for (std::uint32_t run = 0; run < 3; ++run) {
    Simulation a(made, {.seed = 4, .run = run}), b(read, {.seed = 4, .run = run});
    a.run();
    b.run();
    EXPECT_EQ(a.hash(), b.hash());
    EXPECT_EQ(a.log().hash(), b.log().hash());
    EXPECT_GT(a.log().size(), 10U);
  }
  ASSERT_EQ(made->outcomes.size(), read->outcomes.size());
  for (std::size_t i = 0; i < made->outcomes.size(); ++i) {
    EXPECT_EQ(made->outcomes[i].name, read->outcomes[i].name);
    EXPECT_EQ(made->outcomes[i].regions, read->outcomes[i].regions);
    EXPECT_EQ(made->outcomes[i].unit, read->outcomes[i].unit);
  }
}

TEST(MadeScenario, CanBeWrittenOutReadBackAndEdited) {
  const Vocabulary known = standard_registry().vocabulary();
  const Scenario made = Scenario::make(three_states(), known);
  const Scenario back = Scenario::parse(made.resolved(), "made.yaml", known);
  EXPECT_EQ(phrase(differences(fingerprint(made.data()), fingerprint(back.data()))), "");
  const Scenario edited = made.with({{Edit::Kind::set, "actors.arden.forces", "12000"}});
  EXPECT_EQ(edited->actors[0].forces, Number(12000.0));
  EXPECT_TRUE(made.without("pacts.entente")->pacts.empty());
}

// What every shipped scenario says goes through data and back; the policies among them too, which
// name what they have taken out.
TEST(MadeScenario, OfTheDataOfEachShippedScenarioIsThatScenario) {
  std::vector<std::string> files = shipped();
  files.push_back("tutorial/without-pact.yaml");
  files.push_back("sahel/policies/no-charter.yaml");
  files.push_back("sahel/policies/spill-over.yaml");
  for (const std::string& file : files) {
    const Scenario read = load(file);
    const Scenario made = Scenario::make(read.data(), read.vocabulary());
    EXPECT_EQ(phrase(differences(fingerprint(made.data()), fingerprint(read.data()))), "") << file;
    ASSERT_EQ(made->outcomes.size(), read->outcomes.size());
    for (std::size_t i = 0; i < made->outcomes.size(); ++i) {
      EXPECT_EQ(made->outcomes[i].by, read->outcomes[i].by) << file;
      EXPECT_EQ(made->outcomes[i].pact, read->outcomes[i].pact) << file;
    }
    Simulation a(made), b(read);
    for (int step = 0; step < 3; ++step) a.step(), b.step();
    EXPECT_EQ(a.hash(), b.hash()) << file;
  }
}

TEST(MadeScenario, IsLookedAtAsAFileIs) {
  EXPECT_EQ(complaints(three_states()), "nothing is said");
  const auto expect = [](const char* code, const char* path, auto&& spoil) {
    ScenarioData data = three_states();
    spoil(data);
    const std::string said = complaints(data);
    EXPECT_NE(said.find(code), std::string::npos) << path << ": " << said;
    bool there = false;
    try {
      Scenario::make(data, standard_registry().vocabulary());
    } catch (const ScenarioError& e) {
      for (const Diagnostic& d : e.diagnostics()) there = there || d.path.find(path) == 0;
    }
    EXPECT_TRUE(there) << path << ": " << said;
  };
  using S = ScenarioData;
  expect("E0202", "regions.arden_hills.owner", [](S& s) { s.regions[1].owner = {}; });
  expect("E0202", "regions.arden_plain.area", [](S& s) { s.regions[0].given = {}; });
  expect("E0204", "regions.arden_hills.grievance",
         [](S& s) { s.regions[1][&RegionTable::grievance] = 1.5; });
  expect("E0203", "actors.hillmen.legitimacy",
         [](S& s) { s.actors[3][&ActorTable::legitimacy] = 0.1; });
  expect("E0301", "relations.0.to", [](S& s) { s.relations[0].to = ActorId(17); });
  expect("E0102", "actors.arden", [](S& s) { s.actors[2].name = "arden"; });
  expect("E0201", "actors.The Hillmen", [](S& s) { s.actors[3].name = "The Hillmen"; });
  expect("E0405", "actors.belmar.forces", [](S& s) { s.actors[2].forces = 100.0; });
  expect("E0408", "actors.belmar.capital", [](S& s) { s.actors[2].capital = RegionId(0); });
  expect("E0403", "crises.hills.since",
         [](S& s) { s.crises[1].since = *parse_date("2030-02-01"); });
  expect("E0208", "outcomes.war.ever", [](S& s) { s.outcomes[0].what = "war_begun"; });
  expect("E0304", "pacts.entente.articles.2.extends",
         [](S& s) { s.pacts[0].articles[1].extends = "7"; });
  expect("E0306", "mechanisms.trade", [](S& s) { s.mechanisms.push_back({"trade", true, {}}); });
  expect("E0203", "regions.arden_plain.rainfall",
         [](S& s) { s.regions[0].given.set_own("rainfall", 1.0); });
}

TEST(MadeScenario, SaysEverythingThatIsWrongAtOnce) {
  ScenarioData data = three_states();
  data.regions[0].owner = {};
  data.regions[2].owner = {};
  data.actors[0].forces = -3.0;
  try {
    Scenario::make(data, standard_registry().vocabulary());
    FAIL() << "it is made";
  } catch (const ScenarioError& e) {
    EXPECT_GE(e.diagnostics().size(), 3U) << e.what();
  }
}

TEST(MadeScenario, KnowsColumnsThatMechanismsOwn) {
  const Scenario read = harvest_scenario();
  const Scenario made = Scenario::make(read.data(), read.vocabulary());
  EXPECT_EQ(phrase(differences(fingerprint(made.data()), fingerprint(read.data()))), "");
  Simulation a(made, harvest_registry()), b(read, harvest_registry());
  a.run();
  b.run();
  EXPECT_EQ(a.hash(), b.hash());
  EXPECT_EQ(made->outcomes[3].what, "harvest_failed");
}

}  // namespace
}  // namespace casus::test
