#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/scenario/fingerprint.h"
#include "casus/scenario/make_world.h"
#include "casus/scenario/reference.h"
#include "casus/scenario/schema.h"
#include "harvest.h"

// Columns and kinds of event that a mechanism owns, wherever those of the world are.
namespace casus::test {
namespace {

Edit set_to(const char* path, const char* value) { return {Edit::Kind::set, path, value}; }

Simulation harvest(const std::vector<Edit>& edits = {}, RunOptions options = {}) {
  return Simulation(harvest_scenario(edits), harvest_registry(), options);
}

/// The one diagnostic of a scenario that does not load.
Diagnostic complaint(const std::string& text, const Vocabulary& vocabulary) {
  try {
    Scenario::parse(text, "harvest.yaml", vocabulary);
  } catch (const ScenarioError& e) {
    EXPECT_EQ(e.diagnostics().size(), 1U) << e.what();
    return e.diagnostics().front();
  }
  ADD_FAILURE() << "it loads";
  return {};
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

template <class F>
std::string contract_of(F&& f) {
  try {
    f();
  } catch (const ContractError& e) {
    return e.what();
  }
  return "nothing is said";
}

TEST(OwnColumns, StandInTheEntriesOfAScenarioAndStartAtTheirDefault) {
  const Simulation run = harvest();
  EXPECT_EQ(run.get("regions.plain.rainfall"), 0.2);
  EXPECT_EQ(run.get("regions.hills.rainfall"), 1.0) << "what is not said is as at the start";
  const double drawn = run.get("regions.coast.rainfall");
  EXPECT_TRUE(drawn > 0.8 && drawn < 1.2) << drawn;
  EXPECT_NE(harvest({}, {.run = 1}).get("regions.coast.rainfall"), drawn) << "a prior";
  EXPECT_EQ(run.get("actors.arden.stores"), 30.0);
  EXPECT_EQ(run.get("actors.belmar.stores"), 10.0);
  const auto training = run.column("presences.training");
  std::size_t green = 0;
  for (std::size_t p = 0; p < training.size(); ++p) {
    const bool said = run.name(run.world().presences.region[p]) == "plain";
    EXPECT_EQ(training[p], said ? 0.25 : 0.5);
    green += said ? 1 : 0;
  }
  EXPECT_EQ(green, 1U);
}

TEST(OwnColumns, AreReadAsStrictlyAsAllInput) {
  const Vocabulary known = harvest_registry().vocabulary();
  EXPECT_EQ(complaint(with(harvest_land, "rainfall: 0.2", "rainfal: 0.2"), known).suggestion,
            "did you mean 'rainfall'?");
  EXPECT_EQ(complaint(with(harvest_land, "rainfall: 0.2", "rainfall: 20"), known).code, "E0204");
  EXPECT_EQ(complaint(with(harvest_land, "training: 0.25", "training: 25 km"), known).code,
            "E0206");
  EXPECT_EQ(complaint(with(harvest_land, "cohesion: 0.1", "stores: 3"), known).code, "E0203")
      << "of states alone";
  EXPECT_EQ(complaint(with(harvest_land, "rainfall: 0.2", "lost_crops: 3"), known).code, "E0203")
      << "a column that no entry gives";
  EXPECT_EQ(complaint(with(harvest_land, "count: harvest_failed", "count: harvest_faild"), known)
                .suggestion,
            "did you mean 'harvest_failed'?");
}

TEST(OwnColumns, AProgramWithoutTheMechanismSaysThatOneMayOwnTheKey) {
  try {
    Scenario::parse(harvest_land, "harvest.yaml", standard_registry().vocabulary());
    FAIL() << "it loads";
  } catch (const ScenarioError& e) {
    bool hinted = false;
    for (const Diagnostic& d : e.diagnostics()) {
      if (d.path != "regions.plain.rainfall") continue;
      EXPECT_EQ(d.code, "E0203");
      hinted = d.suggestion.find("mechanism") != std::string::npos;
    }
    EXPECT_TRUE(hinted) << e.what();
  }
  EXPECT_NE(contract_of([] { Simulation(harvest_scenario(), standard_registry()); }),
            "nothing is said");
  Registry without = harvest_registry();
  without.remove("harvest");
  EXPECT_NE(contract_of([&] { Simulation(harvest_scenario(), without); }), "nothing is said");
}

TEST(OwnColumns, AValueInYamlMovesTheMechanismsResult) {
  const auto hunger = [](const char* rain) {
    Simulation run = harvest({set_to("regions.plain.rainfall", rain)});
    run.run();
    return run.get("actors.arden.hardship");
  };
  EXPECT_EQ(hunger("2"), 0.0);
  EXPECT_GT(hunger("0.2"), 0.0);
  EXPECT_GT(hunger("0.1"), hunger("0.2"));
}

TEST(OwnColumns, AreReadAndSetByPathAndAsAWhole) {
  Simulation run = harvest();
  const PathRef rain = run.resolve("regions.hills.rainfall");
  run.set(rain, 3.0);
  EXPECT_EQ(run.get(rain), 3.0);
  EXPECT_EQ(run.column("regions.rainfall")[rain.row], 3.0);
  EXPECT_THROW(run.set(rain, 11.0), ContractError);
  EXPECT_THROW(run.set("actors.arden.hardship", 1.0), ContractError) << "cannot be set";
  EXPECT_THROW(run.resolve("regions.hills.rainfal"), ScenarioError);
  run.set_column("regions.rainfall", std::vector<double>{0.1, 0.2, 0.3});
  EXPECT_EQ(run.get("regions.coast.rainfall"), run.column("regions.rainfall")[0]);
  run.set_column("presences.training", std::vector<double>(run.world().presences.size(), 0.75));
  EXPECT_EQ(run.column("presences.training")[0], 0.75);
  EXPECT_THROW(run.set_column("presences.training", std::vector<double>{0.5}), ContractError);
  EXPECT_THROW(
      run.set_column("presences.strength", std::vector<double>(run.world().presences.size(), 1.0)),
      ContractError);
  const PathColumn* listed = run.columns().find(PathRef::Table::region, "rainfall");
  ASSERT_NE(listed, nullptr);
  EXPECT_EQ(listed->info->high, 10.0);
  EXPECT_EQ(run.columns().own().size(), 5U);
}

TEST(OwnColumns, TheTimelineSetsThemAndConditionsReadThem) {
  const std::string text = std::string(harvest_land) + R"(timeline:
  - {at: 2030-01-11, set: {regions.plain.rainfall: 4}}
  - {when: regions.plain.rainfall > 3 and actors.arden.stores >= 30, set: {actors.belmar.stores: 99}}
)";
  Simulation run(harvest_scenario({}, text), harvest_registry());
  while (run.steps_done() < 10) run.step();
  EXPECT_LT(run.get("regions.plain.rainfall"), 1.0);
  EXPECT_EQ(run.get("actors.belmar.stores"), 10.0);
  while (run.steps_done() < 13) run.step();
  EXPECT_GT(run.get("regions.plain.rainfall"), 3.0);
  EXPECT_EQ(run.get("actors.belmar.stores"), 99.0);
}

TEST(OwnColumns, ANumberThatGoesWrongStopsTheRunAndIsNamed) {
  Simulation run = harvest({set_to("mechanisms.harvest.breaks", "20 days")});
  try {
    run.run();
    FAIL() << "it goes on";
  } catch (const SimulationError& e) {
    EXPECT_EQ(e.date, "2030-01-21");
    EXPECT_EQ(e.mechanism, "harvest");
    EXPECT_EQ(e.subject, "actor 'arden'");
    EXPECT_NE(std::string(e.what()).find("hardship became nan [E0701]"), std::string::npos)
        << e.what();
  }
}

TEST(OwnColumns, AreHashed) {
  Simulation run = harvest(), same = harvest();
  ASSERT_EQ(run.hash(), same.hash());
  for (const char* path : {"regions.hills.rainfall", "actors.belmar.stores"}) {
    const double before = run.get(path);
    run.set(path, before + 0.5);
    EXPECT_NE(run.hash(), same.hash()) << path;
    run.set(path, before);
  }
  EXPECT_EQ(run.hash(), same.hash()) << "all was put back";
  std::vector<double> training(run.world().presences.size(), 0.5);
  run.set_column("presences.training", training);
  EXPECT_NE(run.hash(), same.hash());
}

TEST(OwnColumns, ARunGoesOnFromASavedStateToTheSameBytes) {
  Simulation whole = harvest();
  whole.run();
  Simulation run = harvest();
  while (run.steps_done() < 25) run.step();
  std::stringstream saved;
  run.save(saved);
  Simulation other = Simulation::load(harvest_scenario(), harvest_registry(), saved);
  other.run();
  EXPECT_EQ(other.hash(), whole.hash());
  EXPECT_EQ(other.log().hash(), whole.log().hash());
  EXPECT_GT(other.get("actors.arden.hardship"), 0.0);
  std::stringstream alien(saved.str());
  const std::string said = contract_of([&] {
    Simulation::load(harvest_scenario({set_to("regions.hills.rainfall", "0.9")}),
                     harvest_registry(), alien);
  });
  EXPECT_NE(said.find("regions.hills"), std::string::npos) << said;
}

TEST(OwnColumns, AForkSetsWhatTheEditedScenarioGives) {
  Simulation run = harvest();
  while (run.steps_done() < 10) run.step();
  const auto changed = run.fork(harvest_scenario({set_to("regions.hills.rainfall", "0.1")}));
  EXPECT_EQ(changed.simulation.get("regions.hills.rainfall"), 0.1);
  ASSERT_EQ(changed.changes.size(), 1U);
  EXPECT_NE(changed.changes[0].find("regions.hills.rainfall"), std::string::npos);
  const auto same = run.fork(harvest_scenario({set_to("regions.hills.rainfall", "1")}));
  EXPECT_TRUE(same.changes.empty()) << "it says what was so by itself";
  EXPECT_EQ(same.simulation.hash(), run.hash());
}

TEST(OwnColumns, NewRowsStartAtTheDefault) {
  World world = make_world(harvest_scenario().data(), {1, 0});
  const auto stores = [&] { return column(world, "actors.stores"); };
  ASSERT_EQ(stores()[0], 30.0);
  const ActorId born = spawn(world, ActorId(0), "heirs", born_key(world.actors.key[0], 3, 0), 3);
  EXPECT_EQ(stores().size(), world.actors.size());
  EXPECT_EQ(stores()[born.row()], 10.0) << "its parent's are its parent's";
  const PresenceId placed = world.require(born, RegionId(1), Role::insurgent);
  EXPECT_EQ(column(world, "presences.training")[placed.row()], 0.5);
  EXPECT_NO_THROW(check_shape(world, 1000));
}

TEST(OwnColumns, TheSchemaAndTheReferenceKnowThem) {
  const Vocabulary known = harvest_registry().vocabulary();
  const std::string schema = json_schema(known);
  const std::string bare = json_schema(standard_registry().vocabulary());
  for (const char* word : {"\"rainfall\"", "\"stores\"", "\"training\"", "\"harvest_failed\""}) {
    EXPECT_NE(schema.find(word), std::string::npos) << word;
    EXPECT_EQ(bare.find(word), std::string::npos) << word;
  }
  EXPECT_NE(reference(known, "regions.rainfall").find("an ordinary year's"), std::string::npos);
  EXPECT_NE(reference(known, "paths").find("regions.rainfall"), std::string::npos);
  EXPECT_NE(reference(known, "events").find("A harvest fails"), std::string::npos);
  EXPECT_NE(reference(known, "outcomes").find("hardship"), std::string::npos);
  const std::string page = reference(known, "mechanisms.harvest");
  EXPECT_NE(page.find("presences.training"), std::string::npos);
  EXPECT_NE(page.find("judged:"), std::string::npos);
  EXPECT_FALSE(has_reference(standard_registry().vocabulary(), "regions.rainfall"));
}

// --- names are one mechanism's alone

/// Does nothing, and owns what it is given.
class Owner final : public Mechanism {
 public:
  Owner(std::string name, std::vector<OwnColumn> columns, std::vector<OwnEvent> events = {})
      : info_{std::move(name), "Owns.", "made up for a test", {}} {
    info_.columns = std::move(columns);
    info_.events = std::move(events);
  }
  const MechanismInfo& info() const override { return info_; }
  void configure(std::span<const double>) override {}
  void step(StepContext& c) override {
    Event e;
    e.kind = own_event_kind("nobodys");
    e.step = c.step;
    if (c.step == 3) c.log.add(e);
  }
  void archive(Archive&) override {}

 private:
  MechanismInfo info_;
};

/// What is said when it is registered beside `harvest`.
std::string refusal(const OwnColumn& column, const std::vector<OwnEvent>& events = {}) {
  return contract_of([&] {
    Registry registry = harvest_registry();
    std::vector<OwnColumn> columns;
    if (!column.info.name.empty()) columns.push_back(column);
    registry.add([=] { return std::make_unique<Owner>("rival", columns, events); });
  });
}

TEST(OwnColumns, ANameThatIsTakenIsRefusedAtRegistrationWithTheNamesOfBoth) {
  const auto column = [](const char* name, ColumnTable table = ColumnTable::regions) {
    return OwnColumn{table, {.name = name}};
  };
  const std::string both = refusal(column("rainfall"));
  EXPECT_NE(both.find("'harvest' and 'rival' both own a column 'rainfall'"), std::string::npos)
      << both;
  EXPECT_NE(refusal(column("rainfall", ColumnTable::actors)).find("both own"), std::string::npos)
      << "outcomes name columns without their table";
  EXPECT_NE(refusal(column("grievance")).find("'rival'"), std::string::npos) << "the world's";
  EXPECT_NE(refusal(column("title")).find("'rival'"), std::string::npos) << "a key of entries";
  EXPECT_NE(refusal(column("strength", ColumnTable::presences)).find("'rival'"), std::string::npos);
  EXPECT_NE(refusal(column("Rain")).find("no name"), std::string::npos);
  EXPECT_NE(refusal({ColumnTable::regions, {.name = "x", .low = 1.0, .initial = 0.0}})
                .find("outside its limits"),
            std::string::npos);
  EXPECT_NE(refusal({ColumnTable::regions, {.name = "x", .domain = Domain::share, .given = true}})
                .find("outside its domain"),
            std::string::npos);
  EXPECT_NE(refusal({}, {{"harvest_failed", ""}}).find("both own a kind of event"),
            std::string::npos);
  EXPECT_NE(refusal({}, {{"coup", ""}}).find("'rival'"), std::string::npos);
  EXPECT_EQ(refusal(column("soil"), {{"frost", "It freezes."}}), "nothing is said");
}

TEST(OwnEvents, HaveKindsThatFollowFromTheirNamesAndAreNoneOfTheWorlds) {
  const EventKind failed = own_event_kind("harvest_failed");
  EXPECT_TRUE(is_own(failed));
  EXPECT_NE(failed, own_event_kind("harvest_fails"));
  for (std::size_t k = 0; k < event_kind_names().size(); ++k) {
    EXPECT_FALSE(is_own(static_cast<EventKind>(k)));
    EXPECT_TRUE(is_own(own_event_kind(event_kind_names()[k])));
  }
  const EventKinds kinds = harvest_scenario()->events;
  EXPECT_EQ(kinds.name(failed), "harvest_failed");
  EXPECT_EQ(kinds.find("harvest_failed"), failed);
  EXPECT_EQ(kinds.find("coup"), EventKind::coup);
  EXPECT_FALSE(kinds.find("frost").has_value());
  EXPECT_THROW(kinds.name(own_event_kind("frost")), ContractError);
}

TEST(OwnEvents, AKindThatNobodyDeclaresStopsTheRunAndNamesTheMechanism) {
  Registry registry = harvest_registry();
  registry.add([] { return std::make_unique<Owner>("rival", std::vector<OwnColumn>{}); });
  const Scenario s = Scenario::parse(harvest_land, "harvest.yaml", registry.vocabulary());
  Simulation run(s, registry);
  try {
    run.run();
    FAIL() << "it goes on";
  } catch (const SimulationError& e) {
    EXPECT_EQ(e.mechanism, "rival");
    EXPECT_EQ(e.date, "2030-01-04");
    EXPECT_NE(std::string(e.what()).find("E0706"), std::string::npos);
  }
}

}  // namespace
}  // namespace casus::test
