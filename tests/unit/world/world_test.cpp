#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <type_traits>

#include "small_world.h"

namespace casus::test {
namespace {

World furnished() {
  World w = small_world();
  War war;
  war.key = 2;
  w.wars.set_interstate(w.wars.add(war, {{south, 0, 0, 1}, {north, 1, 0, 1}}), true);
  w.relations.add_hostility(south, north, 1);
  Crisis crisis;
  crisis.challenger = north;
  crisis.target = south;
  w.crises.push_back(crisis);
  Measure measure;
  measure.by = north;
  measure.on = south;
  measure.size = 0.3;
  w.measures.push_back(measure);
  law::Pact pact;
  pact.id = "pact";
  pact.key = pact_key("pact");
  law::Member one;
  one.actor = north;
  pact.members = {one};
  w.pacts = PactBook({pact}, w.actors.size());
  return w;
}

TEST(World, RequireMakesOneRowAndIndexesIt) {
  World w = small_world();
  const std::size_t rows = w.presences.size();
  EXPECT_FALSE(w.find(rebels, coast).valid());
  const PresenceId made = w.require(rebels, coast, Role::insurgent);
  EXPECT_EQ(w.presences.size(), rows + 1);
  EXPECT_EQ(w.find(rebels, coast), made);
  EXPECT_EQ(w.require(rebels, coast, Role::garrison), made) << "once";
  EXPECT_EQ(w.presences.role[made.row()], Role::insurgent);
  EXPECT_EQ(w.presences.size(), rows + 1);
  const auto in_coast = w.presences_in(coast);
  const auto of_rebels = w.presences_of(rebels);
  EXPECT_EQ(std::count(in_coast.begin(), in_coast.end(), made.row()), 1);
  EXPECT_EQ(std::count(of_rebels.begin(), of_rebels.end(), made.row()), 1);
}

TEST(World, TheIndexHoldsEveryRowOnceAndInOrder) {
  World w = small_world();
  w.require(power, island, Role::deployment);
  w.require(rebels, plain, Role::insurgent);
  w.require(rebels, coast, Role::insurgent);
  std::set<std::uint32_t> seen;
  for (std::size_t r = 0; r < w.regions.size(); ++r) {
    const auto rows = w.presences_in(RegionId(r));
    EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end()));
    for (const auto row : rows) {
      EXPECT_EQ(w.presences.region[row], RegionId(r));
      EXPECT_TRUE(seen.insert(row).second);
    }
  }
  EXPECT_EQ(seen.size(), w.presences.size());
  std::size_t of_all = 0;
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    for (const auto row : w.presences_of(ActorId(a))) {
      EXPECT_EQ(w.presences.actor[row], ActorId(a));
      ++of_all;
    }
  }
  EXPECT_EQ(of_all, w.presences.size());
}

TEST(World, ANewbornHasItsParentsTraitsAndNoneOfItsPeople) {
  World w = small_world();
  w.actors.losses[rebels.row()] = 50.0;
  w.actors.cohesion[rebels.row()] = 0.33;
  w.relations.set_affinity(rebels, south, 0.4);
  const double before = people(w);
  const ActorKey key = born_key(w.actors.key[rebels.row()], 7, 0);
  const ActorId child = spawn(w, rebels, "splinter", key, 7);
  EXPECT_EQ(child.row(), 4U);
  EXPECT_EQ(w.actors.name[child.row()], "splinter");
  EXPECT_EQ(w.actors.key[child.row()], key);
  EXPECT_EQ(w.actors.kind[child.row()], ActorKind::armed_group);
  EXPECT_DOUBLE_EQ(w.actors.cohesion[child.row()], 0.33);
  EXPECT_DOUBLE_EQ(w.forces(child), 0.0);
  EXPECT_DOUBLE_EQ(w.actors.losses[child.row()], 0.0);
  EXPECT_TRUE(w.presences_of(child).empty());
  EXPECT_DOUBLE_EQ(w.relations.affinity(child, south), 0.4);
  EXPECT_DOUBLE_EQ(people(w), before);
  // Every column has grown by one row.
  for_each_column(w.actors, [](const auto& column, const auto& values) {
    EXPECT_EQ(values.size(), 5U) << column.info.name;
  });
}

TEST(World, ANewbornEntersItsParentsWars) {
  World w = small_world();
  const ActorId child = spawn(w, rebels, "splinter", {123}, 7);
  EXPECT_TRUE(w.relations.at_war(child, north));
  EXPECT_TRUE(w.relations.at_war(north, child));
  EXPECT_FALSE(w.relations.at_war(child, rebels));
  EXPECT_FALSE(w.relations.at_war(child, south));
  const Belligerent& b = w.wars[0].belligerents().back();
  EXPECT_EQ(b.actor, child);
  EXPECT_EQ(b.since, 7U);
  EXPECT_EQ(b.side, w.wars[0].belligerents().front().side);
}

TEST(World, ANewbornOfACeasefireIsNotAtWar) {
  World w = small_world();
  w.wars.set_state(WarId(0), WarState::ceasefire);
  w.relations.add_hostility(rebels, north, -1);
  const ActorId child = spawn(w, rebels, "splinter", {123}, 7);
  EXPECT_FALSE(w.relations.at_war(child, north));
  EXPECT_EQ(w.wars[0].belligerents().back().actor, child);
}

// --- the hash

using Change = std::function<void(World&)>;

std::uint64_t changed(const Change& change) {
  World w = furnished();
  change(w);
  return hash(w);
}

template <class T>
void nudge(T& x) {
  if constexpr (std::is_same_v<T, double>) {
    x = std::nextafter(x, 1e300);
  } else if constexpr (std::is_same_v<T, std::string>) {
    x += "x";
  } else if constexpr (std::is_enum_v<T>) {
    x = static_cast<T>(static_cast<int>(x) == 0 ? 1 : 0);
  } else if constexpr (std::is_integral_v<T>) {
    x = static_cast<T>(x + 1);
  } else if constexpr (requires { x.value; }) {
    ++x.value;
  } else {
    x = T(x.valid() ? x.row() + 1 : 0);
  }
}

TEST(WorldHash, IsThatOfTheContents) {
  EXPECT_EQ(hash(furnished()), hash(furnished()));
  EXPECT_NE(hash(furnished()), hash(small_world()));
}

/// Moves a value of each stored column, first row and last, and expects another hash.
template <class Table>
void expect_every_column_seen(World& w, Table& table) {
  const std::uint64_t same = hash(w);
  for_each_column(table, [&](const auto& column, auto& values) {
    for (const std::size_t row : {std::size_t{0}, values.size() - 1}) {
      const auto before = values[row];
      nudge(values[row]);
      EXPECT_NE(hash(w), same) << column.info.name << ", row " << row;
      values[row] = before;
    }
  });
  EXPECT_EQ(hash(w), same) << "all was put back";
}

TEST(World, KnowsItsActorsByKind) {
  World w = small_world();
  const auto rows = [&](ActorKind kind) {
    const auto of = w.of_kind(kind);
    return std::vector<std::size_t>(of.begin(), of.end());
  };
  EXPECT_EQ(rows(ActorKind::state), (std::vector<std::size_t>{north.row(), south.row()}));
  EXPECT_EQ(rows(ActorKind::armed_group), std::vector<std::size_t>{rebels.row()});
  EXPECT_EQ(rows(ActorKind::external), std::vector<std::size_t>{power.row()});
  const ActorId born = spawn(w, rebels, "rebels_1", actor_key("rebels_1"), 0);
  EXPECT_EQ(rows(ActorKind::armed_group), (std::vector<std::size_t>{rebels.row(), born.row()}));
  index_rows(w);
  EXPECT_EQ(rows(ActorKind::armed_group), (std::vector<std::size_t>{rebels.row(), born.row()}));
  EXPECT_EQ(rows(ActorKind::state).size(), 2U);
}

TEST(WorldHash, SeesEveryColumn) {
  World w = furnished();
  expect_every_column_seen(w, w.regions);
  expect_every_column_seen(w, w.actors);
  expect_every_column_seen(w, w.presences);
}

// Every member of a table is a vector, so a member without a row makes the table larger than what
// its rows account for; and no two rows may be of one member.
template <class Table>
void expect_a_row_for_each_member(std::size_t others) {
  Table table;
  std::set<const void*> members;
  std::size_t rows = 0;
  for_each_column(table, [&](const auto&, const auto& values) {
    members.insert(&values);
    ++rows;
  });
  EXPECT_EQ(members.size(), rows);
  EXPECT_EQ((rows + others) * sizeof(std::vector<double>), sizeof(Table));
}

TEST(WorldHash, EveryMemberOfATableHasARow) {
  const std::size_t own = 1;  // columns of mechanisms, which have rows elsewhere
  expect_a_row_for_each_member<RegionTable>(own);
  const std::size_t index = 2;  // of rows: by kind, and by region and by actor
  expect_a_row_for_each_member<ActorTable>(index + own);
  expect_a_row_for_each_member<PresenceTable>(2 * index + own);
}

/// The first war anew, with another first belligerent.
void recast(World& w, void (*change)(Belligerent&)) {
  std::vector<Belligerent> belligerents = w.wars[0].belligerents();
  change(belligerents[0]);
  WarTable wars;
  wars.add(w.wars[0], belligerents);
  for (std::size_t i = 1; i < w.wars.size(); ++i) wars.add(w.wars[i], w.wars[i].belligerents());
  w.wars = wars;
}

TEST(WorldHash, SeesEveryFieldOfWarsCrisesAndMeasures) {
  const std::uint64_t same = hash(furnished());
  const std::pair<const char*, Change> changes[] = {
      {"war.key", [](World& w) { nudge(w.wars[0].key); }},
      {"war.state", [](World& w) { w.wars.set_state(WarId(0), WarState::ended); }},
      {"war.interstate", [](World& w) { w.wars.set_interstate(WarId(0), true); }},
      {"war.since", [](World& w) { nudge(w.wars[0].since); }},
      {"war.begun_day", [](World& w) { nudge(w.wars[0].begun_day); }},
      {"war.ceasefire_until_day", [](World& w) { nudge(w.wars[0].ceasefire_until_day); }},
      {"war.mediated_until_day", [](World& w) { nudge(w.wars[0].mediated_until_day); }},
      {"war.deaths", [](World& w) { nudge(w.wars[0].deaths); }},
      {"belligerent.actor", [](World& w) { recast(w, [](Belligerent& b) { b.actor = power; }); }},
      {"belligerent.side", [](World& w) { recast(w, [](Belligerent& b) { nudge(b.side); }); }},
      {"belligerent.since", [](World& w) { recast(w, [](Belligerent& b) { nudge(b.since); }); }},
      {"belligerent.active",
       [](World& w) { w.wars.leave(WarId(0), w.wars[0].belligerents()[1].actor); }},
      {"one more belligerent", [](World& w) { w.wars.enter(WarId(0), {power}); }},
      {"one more war", [](World& w) { w.wars.add({}, {}); }},
      {"crisis.key", [](World& w) { nudge(w.crises[0].key); }},
      {"crisis.challenger", [](World& w) { w.crises[0].challenger = power; }},
      {"crisis.organisation", [](World& w) { w.crises[0].organisation = PactId(0); }},
      {"crisis.target", [](World& w) { w.crises[0].target = power; }},
      {"crisis.issue", [](World& w) { w.crises[0].issue = Issue::hosting; }},
      {"crisis.stake", [](World& w) { nudge(w.crises[0].stake); }},
      {"crisis.begun_day", [](World& w) { nudge(w.crises[0].begun_day); }},
      {"crisis.deadline_day", [](World& w) { nudge(w.crises[0].deadline_day); }},
      {"crisis.stage", [](World& w) { w.crises[0].stage = Confrontation::force; }},
      {"one more crisis", [](World& w) { w.crises.emplace_back(); }},
      {"measure.key", [](World& w) { nudge(w.measures[0].key); }},
      {"measure.kind", [](World& w) { w.measures[0].kind = MeasureKind::blockade; }},
      {"measure.by", [](World& w) { w.measures[0].by = power; }},
      {"measure.organisation", [](World& w) { w.measures[0].organisation = PactId(0); }},
      {"measure.on", [](World& w) { w.measures[0].on = power; }},
      {"measure.size", [](World& w) { nudge(w.measures[0].size); }},
      {"measure.begun_day", [](World& w) { nudge(w.measures[0].begun_day); }},
      {"measure.active", [](World& w) { w.measures[0].active = false; }},
      {"one more measure", [](World& w) { w.measures.emplace_back(); }},
      {"pact.members",
       [](World& w) {
         law::Pact pact = w.pacts[0];
         pact.members.clear();
         w.pacts.replace(PactId(0), pact);
       }},
      {"pact.secret",
       [](World& w) {
         law::Pact pact = w.pacts[0];
         pact.secret = true;
         w.pacts.replace(PactId(0), pact);
       }},
      {"relations", [](World& w) { w.relations.set_hosting(north, south, true); }},
  };
  for (const auto& [name, change] : changes) EXPECT_NE(changed(change), same) << name;
}

}  // namespace
}  // namespace casus::test
