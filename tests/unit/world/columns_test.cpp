#include "casus/world/columns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/core/contracts.h"
#include "small_world.h"

namespace casus::test {
namespace {

using Table = PathRef::Table;

PathRef ref(Table table, std::size_t row, const std::string& column, std::size_t row2 = 0) {
  PathRef r;
  r.table = table;
  r.row = row;
  r.row2 = row2;
  r.path = "somewhere." + column;
  const PathColumn* found = find_path_column(table, column);
  r.column = found != nullptr ? found->column : std::uint16_t{0xffff};
  return r;
}

TEST(Columns, NamesAreSortedAndEachLeadsToItsColumn) {
  const World w = small_world();
  const auto names = Columns().names();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  for (const std::string& name : names) {
    const std::size_t rows = name.starts_with("regions.")  ? w.regions.size()
                             : name.starts_with("actors.") ? w.actors.size()
                                                           : w.presences.size();
    EXPECT_EQ(column(w, name).size(), rows) << name;
  }
}

// A column under a wrong name would pass every test of sizes: each is moved alone and found again.
TEST(Columns, NoTwoNamesShareAColumn) {
  World w = small_world();
  const auto names = Columns().names();
  std::vector<const double*> seen;
  for (const std::string& name : names) {
    const double* data = column(w, name).data();
    EXPECT_EQ(std::count(seen.begin(), seen.end(), data), 0) << name;
    seen.push_back(data);
  }
  EXPECT_EQ(column(w, "regions.deaths").data(), w.regions.deaths.data());
  EXPECT_EQ(column(w, "regions.recent_violence").data(), w.regions.recent_violence.data());
  EXPECT_EQ(column(w, "actors.losses").data(), w.actors.losses.data());
  EXPECT_EQ(column(w, "actors.threat").data(), w.actors.threat.data());
  EXPECT_EQ(column(w, "presences.strength").data(), w.presences.strength.data());
}

TEST(Columns, PathsLeadToValuesAndEveryColumnHasAPath) {
  const World w = small_world();
  for (const PathColumn& c : path_columns()) {
    EXPECT_NO_THROW(get(w, ref(c.table, 0, c.info->name, 1))) << c.info->name;
  }
  for (const std::string& name : Columns().names()) {
    if (name.starts_with("presences.")) continue;
    const bool region = name.starts_with("regions.");
    EXPECT_NE(
        find_path_column(region ? Table::region : Table::actor, name.substr(name.find('.') + 1)),
        nullptr)
        << name;
  }
}

TEST(Columns, LimitsHoldOnBothSides) {
  World w = small_world();
  for (const PathColumn& c : path_columns()) {
    if (!c.info->settable) continue;
    const PathRef path = ref(c.table, 0, c.info->name, 1);
    for (const double value : {c.info->low, c.info->high}) {
      EXPECT_NO_THROW(set(w, path, value)) << c.info->name;
      EXPECT_DOUBLE_EQ(get(w, path), value) << c.info->name;
      const double beyond = value == c.info->low ? value - 0.001 : value + 0.001;
      EXPECT_THROW(set(w, path, beyond), ContractError) << c.info->name << " = " << beyond;
    }
  }
}

// What outcomes, conditions and paths can be of.
TEST(Columns, OutcomesCanBeExplained) {
  const EventToll toll{7.0, 2.0, 3.0};
  for (const PathColumn& c : path_columns()) {
    EXPECT_FALSE(c.info->doc.empty()) << c.info->name;
    if (!c.info->in_events) continue;
    EXPECT_EQ(c.info->aggregate, Aggregate::sum) << c.info->name;
    EXPECT_GT(c.info->in_events->of(toll), 0.0) << c.info->name;
  }
}

TEST(Columns, UnknownOnesAreEmpty) {
  const World w = small_world();
  for (const char* path : {"", "deaths", "regions.", "regions.death", "actors.deaths",
                           "wars.deaths", "presences.excitatio"}) {
    EXPECT_TRUE(column(w, path).empty()) << path;
  }
}

TEST(Columns, WhatIsSetIsReadAgain) {
  World w = small_world();
  for (const char* name : {"grievance", "value", "terrain"}) {
    set(w, ref(Table::region, 1, name), 0.25);
    EXPECT_EQ(get(w, ref(Table::region, 1, name)), 0.25) << name;
    EXPECT_NE(get(w, ref(Table::region, 0, name)), 0.25) << name;
  }
  for (const char* name : {"quality", "resources", "income", "resolve", "legitimacy", "support",
                           "recruitment", "activity", "cohesion", "appetite", "home_power",
                           "deployment_ceiling", "civilian_targeting"}) {
    set(w, ref(Table::actor, 2, name), 0.125);
    EXPECT_EQ(get(w, ref(Table::actor, 2, name)), 0.125) << name;
    EXPECT_NE(get(w, ref(Table::actor, 0, name)), 0.125) << name;
  }
}

TEST(Columns, SettingAnAffinityLasts) {
  World w = small_world();
  set(w, ref(Table::relation, north.row(), "affinity", south.row()), -0.5);
  EXPECT_EQ(get(w, ref(Table::relation, north.row(), "affinity", south.row())), -0.5);
  EXPECT_EQ(w.relations.baseline(north, south), -0.5);
  EXPECT_EQ(w.relations.affinity(south, north), 0.0);
}

TEST(Columns, SettingForcesChangesTheReserveAlone) {
  World w = small_world();
  const auto strength = w.presences.strength;
  set(w, ref(Table::actor, north.row(), "forces"), 12345.0);
  EXPECT_DOUBLE_EQ(get(w, ref(Table::actor, north.row(), "forces")), 12345.0);
  EXPECT_EQ(w.presences.strength, strength);
  EXPECT_DOUBLE_EQ(w.actors.reserve[north.row()], 12345.0 - 4000.0);
}

TEST(Columns, FewerForcesThanArePlacedThinThemEverywhere) {
  World w = small_world();
  place(w, north, hills, 1000.0, Role::garrison);
  set(w, ref(Table::actor, north.row(), "forces"), 500.0);
  EXPECT_DOUBLE_EQ(get(w, ref(Table::actor, north.row(), "forces")), 500.0);
  EXPECT_EQ(w.actors.reserve[north.row()], 0.0);
  EXPECT_DOUBLE_EQ(w.presences.strength[w.find(north, plain).row()], 400.0);
  EXPECT_DOUBLE_EQ(w.presences.strength[w.find(north, hills).row()], 100.0);
  EXPECT_EQ(w.presences.strength[w.find(rebels, hills).row()], 600.0) << "nobody else's";
}

TEST(Columns, DisplacedIsTheSumOverBorders) {
  World w = small_world();
  w.regions.displaced[w.regions.border(hills, plain)] = 3000.0;
  w.regions.displaced[w.regions.border(hills, coast)] = 1000.0;
  EXPECT_NEAR(get(w, ref(Table::region, hills.row(), "displaced")), 4000.0, 1e-9);
  EXPECT_EQ(get(w, ref(Table::region, plain.row(), "displaced")), 0.0);
  EXPECT_THROW(set(w, ref(Table::region, hills.row(), "displaced"), 1.0), ContractError);
}

TEST(Columns, ValuesOutOfRangeAreRefusedAndChangeNothing) {
  World w = small_world();
  const std::uint64_t before = hash(w);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  EXPECT_THROW(set(w, ref(Table::region, 0, "grievance"), 1.01), ContractError);
  EXPECT_THROW(set(w, ref(Table::region, 0, "grievance"), -0.01), ContractError);
  EXPECT_THROW(set(w, ref(Table::region, 0, "grievance"), nan), ContractError);
  EXPECT_THROW(set(w, ref(Table::actor, 0, "resources"), inf), ContractError);
  EXPECT_THROW(set(w, ref(Table::actor, 0, "forces"), -1.0), ContractError);
  EXPECT_THROW(set(w, ref(Table::relation, 0, "affinity", 1), 1.5), ContractError);
  // Results of the run can be read and not written.
  EXPECT_THROW(set(w, ref(Table::region, 0, "deaths"), 1.0), ContractError);
  EXPECT_THROW(set(w, ref(Table::actor, 0, "losses"), 1.0), ContractError);
  EXPECT_THROW(set(w, ref(Table::actor, 0, "nothing"), 1.0), ContractError);
  EXPECT_THROW(get(w, ref(Table::actor, 0, "nothing")), ContractError);
  EXPECT_THROW(get(w, ref(Table::parameter, 0, "pace")), ContractError);
  EXPECT_THROW(set(w, ref(Table::parameter, 0, "pace"), 1.0), ContractError);
  EXPECT_EQ(hash(w), before);
}

}  // namespace
}  // namespace casus::test
