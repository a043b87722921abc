// Reading and writing a run from outside: once by name, then by reference.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/run/simulation.h"
#include "casus/world/columns.h"

namespace casus::test::of_values {
namespace {

const char* const text = R"(casus: scenario/1
title: A test
clock: {start: 2030-01-01, days: 400, step: 1 day}
regions:
  plain: {owner: arden, population: 2000000, area: 20000, at: [10, 0], neighbours: {hills: 150}}
  hills: {owner: arden, population: 500000, area: 15000, at: [11, 0], grievance: 0.7, terrain: 0.8}
actors:
  arden: {kind: state, capital: plain, forces: 10000, income: 200}
  hillmen: {kind: armed_group, forces: 2000, income: 3, cohesion: 0.01}
presence:
  plain: {arden: 5000}
  hills: {arden: 2000, hillmen: 1000}
relations:
  - {between: [arden, hillmen], affinity: -0.8}
mechanisms:
  mobilisation: {split_rate: 2 /year}
)";

Scenario scenario() { return Scenario::parse(text, "test.yaml", standard_registry().vocabulary()); }

TEST(Values, AReferenceIsThePath) {
  Simulation sim(scenario());
  for (const std::string path :
       {"regions.hills.grievance", "actors.arden.forces", "actors.arden.income",
        "relations.arden.hillmen", "mechanisms.control.march"}) {
    const PathRef ref = sim.resolve(path);
    EXPECT_EQ(sim.get(ref), sim.get(path)) << path;
    const double other = 0.5 * sim.get(ref);
    sim.set(ref, other);
    EXPECT_DOUBLE_EQ(sim.get(path), other) << path;  // forces are a sum
    sim.step();
    EXPECT_EQ(sim.get(ref), sim.get(path)) << "references outlive steps: " << path;
  }
  EXPECT_THROW(sim.resolve("regions.hill.grievance"), ScenarioError);
  const PathRef grievance = sim.resolve("regions.hills.grievance");
  EXPECT_THROW(sim.set(grievance, 1.5), ContractError);
  EXPECT_THROW(sim.set(sim.resolve("regions.hills.deaths"), 1.0), ContractError);
}

TEST(Values, AReferenceOfAnotherWorldIsRefused) {
  Simulation sim(scenario());
  PathRef ref = sim.resolve("regions.hills.grievance");
  ref.row = 2;
  EXPECT_THROW(sim.get(ref), ContractError);
  EXPECT_THROW(sim.set(ref, 0.5), ContractError);
  ref = sim.resolve("relations.arden.hillmen");
  ref.row2 = 2;
  EXPECT_THROW(sim.get(ref), ContractError);
  ref = sim.resolve("mechanisms.control.march");
  ref.row2 = 99;
  EXPECT_THROW(sim.get(ref), ContractError);
}

TEST(Values, ByReferenceTheLimitsAreThoseOfTheColumn) {
  Simulation sim(scenario());
  const PathRef grievance = sim.resolve("regions.hills.grievance");
  for (const double fits : {0.0, 0.5, 1.0}) {
    sim.set(grievance, fits);
    EXPECT_EQ(sim.get(grievance), fits);
  }
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double outside : {-0.001, 1.001, nan}) {
    EXPECT_THROW(sim.set(grievance, outside), ContractError) << outside;
    EXPECT_EQ(sim.get(grievance), 1.0);
  }
  PathRef nowhere = grievance;
  nowhere.column = 999;
  EXPECT_THROW(sim.get(nowhere), ContractError);
  EXPECT_THROW(sim.set(nowhere, 0.5), ContractError);
  // Names and borders are columns too, and no numbers with a row each.
  for (std::uint16_t c = 0; c < 100; ++c) {
    nowhere.column = c;
    nowhere.row = 1;
    bool number = false;
    for (const PathColumn& column : path_columns()) {
      number = number || (column.table == PathRef::Table::region && column.column == c);
    }
    if (number) {
      EXPECT_NO_THROW(sim.get(nowhere)) << c;
    } else {
      EXPECT_THROW(sim.get(nowhere), ContractError) << c;
    }
  }
}

TEST(Values, EveryColumnThatSaysItCanBeSetCanBeSet) {
  Simulation sim(scenario());
  std::size_t settable = 0;
  for (const PathColumn& column : path_columns()) {
    if (column.table == PathRef::Table::relation) continue;
    const bool regions = column.table == PathRef::Table::region;
    const std::string path = (regions ? "regions.hills." : "actors.arden.") + column.info->name;
    EXPECT_FALSE(column.info->doc.empty()) << path;
    const PathRef ref = sim.resolve(path);
    const double value = sim.get(ref);
    if (column.info->settable) {
      EXPECT_NO_THROW(sim.set(ref, value)) << path;
      ++settable;
    } else {
      EXPECT_THROW(sim.set(ref, value), ContractError) << path;
    }
  }
  EXPECT_GT(settable, 10U);
}

TEST(Values, AColumnIsSetWholeOrNotAtAll) {
  Simulation sim(scenario());
  sim.set_column("regions.grievance", std::vector{0.25, 0.5});
  EXPECT_EQ(sim.get("regions.hills.grievance"), 0.25);
  EXPECT_EQ(sim.get("regions.plain.grievance"), 0.5);
  sim.set_column("actors.forces", std::vector{12000.0, 1500.0});
  EXPECT_EQ(sim.get("actors.arden.forces"), 12000.0);
  const std::uint64_t before = sim.hash();
  EXPECT_THROW(sim.set_column("regions.grievance", std::vector{0.1, 1.5}), ContractError);
  EXPECT_THROW(sim.set_column("regions.grievance",
                              std::vector{0.1, std::numeric_limits<double>::quiet_NaN()}),
               ContractError);
  EXPECT_THROW(sim.set_column("regions.grievance", std::vector{0.1}), ContractError);
  EXPECT_THROW(sim.set_column("regions.deaths", std::vector{0.1, 0.1}), ContractError);
  EXPECT_THROW(sim.set_column("regions", std::vector{0.1, 0.1}), ContractError);
  EXPECT_THROW(sim.set_column("presences.strength", std::vector{0.1, 0.1}), ContractError);
  EXPECT_EQ(sim.hash(), before);
}

TEST(Values, NamesAndIdsOfThoseBornDuringTheRunToo) {
  Simulation sim(scenario());
  EXPECT_EQ(sim.actor("hillmen"), ActorId(1));
  EXPECT_EQ(sim.region("hills"), RegionId(0));
  EXPECT_EQ(sim.name(ActorId(0)), "arden");
  EXPECT_EQ(sim.name(RegionId(1)), "plain");
  EXPECT_THROW(sim.name(ActorId(2)), ContractError);
  EXPECT_THROW(sim.name(RegionId()), ContractError);
  try {
    sim.actor("hillman");
    FAIL();
  } catch (const ContractError& e) {
    EXPECT_NE(std::string(e.what()).find("hillmen"), std::string::npos) << e.what();
  }
  while (!sim.done() && sim.world().actors.size() == 2) sim.step();
  ASSERT_GT(sim.world().actors.size(), 2U) << "no group has split";
  const std::string born = sim.name(ActorId(2));
  EXPECT_EQ(sim.actor(born), ActorId(2));
  const std::string path = "actors." + born + ".forces";
  EXPECT_EQ(sim.get(path), sim.world().forces(ActorId(2)));
  sim.set(path, 77.0);
  EXPECT_NEAR(sim.world().forces(ActorId(2)), 77.0, 1e-9);
  EXPECT_THROW(sim.resolve("actors." + born + ".force"), ScenarioError);
}

}  // namespace
}  // namespace casus::test::of_values
