#include "run/guards.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "../sim/sandbox.h"
#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/core/executor.h"
#include "casus/scenario/paths.h"
#include "casus/world/columns.h"
#include "run/undeclared_writes.h"

namespace casus::test {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

/// What the check says of a world spoilt by `spoil`; empty if nothing.
std::string verdict(const std::function<void(World&)>& spoil, const char* mechanism = "combat") {
  Sandbox box(ring(6));
  box.step = 31;
  spoil(box.world);
  try {
    check_world(box.context(), mechanism);
  } catch (const SimulationError& e) {
    return e.what();
  }
  return {};
}

TEST(Guards, ASoundWorldPasses) {
  EXPECT_EQ(verdict([](World&) {}), "");
}

TEST(Guards, TheMessageSaysWhenWhoAndWhat) {
  EXPECT_EQ(verdict([](World& w) { w.actors.reserve[2] = nan; }),
            "2023-02-01, mechanism 'combat', actor 'state2': reserve became nan [E0701]");
  EXPECT_EQ(verdict([](World& w) { w.regions.control[3] = 1.5; }, "control"),
            "2023-02-01, mechanism 'control', region 'region3': control became 1.5, outside "
            "[-1e-09, 1.000000001] [E0702]");
  const std::string presence = verdict([](World& w) { w.presences.strength[0] = -5.0; });
  EXPECT_NE(presence.find("actor 'group0' in region 'region0': strength became -5"),
            std::string::npos)
      << presence;
}

TEST(Guards, RoundingIsNoError) {
  EXPECT_EQ(verdict([](World& w) { w.regions.control[0] = 1.0 + 1e-12; }), "");
  EXPECT_EQ(verdict([](World& w) { w.presences.strength[0] = -1e-12; }), "");
  EXPECT_NE(verdict([](World& w) { w.regions.control[0] = 1.0 + 1e-6; }), "");
}

// Every number of the world, whoever wrote it.
template <class Table>
void expect_every_number_guarded(Table World::*table) {
  for (const Column<Table>& column : columns_of<Table>()) {
    const auto* member = std::get_if<std::vector<double> Table::*>(&column.member);
    if (member == nullptr) continue;
    const auto with = [&](double value) {
      return verdict([&](World& w) { ((w.*table).*(*member)).back() = value; });
    };
    for (const double bad : {nan, inf, -inf}) {
      EXPECT_NE(with(bad), "") << column.info.name << " = " << bad;
    }
    const bool sign = column.info.domain != Domain::real && column.info.domain != Domain::balance;
    if (sign) {
      EXPECT_NE(with(-1.0), "") << column.info.name;
    }
  }
}

TEST(Guards, SeeEveryColumn) {
  expect_every_number_guarded(&World::regions);
  expect_every_number_guarded(&World::actors);
  expect_every_number_guarded(&World::presences);
}

TEST(Guards, SeeSharesThatLeaveTheirRange) {
  for (std::vector<double> ActorTable::*column :
       {&ActorTable::resolve, &ActorTable::legitimacy, &ActorTable::arrears, &ActorTable::cohesion,
        &ActorTable::threat, &ActorTable::mobilised, &ActorTable::reputation, &ActorTable::appetite,
        &ActorTable::civilian_targeting, &ActorTable::sponsor_evidence}) {
    EXPECT_NE(verdict([&](World& w) { (w.actors.*column)[1] = 1.1; }), "");
    EXPECT_NE(verdict([&](World& w) { (w.actors.*column)[1] = -0.1; }), "");
  }
}

// Limits of the input are narrower than those of a run, never wider: what may be set passes.
TEST(Guards, WhatMayBeSetPasses) {
  std::size_t limits = 0;
  for (const PathColumn& c : path_columns()) {
    if (!c.info->settable) continue;
    PathRef ref;
    ref.table = c.table;
    ref.row = 1;
    ref.row2 = 2;
    ref.column = c.column;
    for (const double value : {c.info->low, c.info->high}) {
      EXPECT_EQ(verdict([&](World& w) { set(w, ref, value); }), "")
          << c.info->name << " = " << value;
      ++limits;
    }
  }
  EXPECT_GE(limits, 34U);
}

TEST(Guards, SeeViewsOfWhoeverMovesThem) {
  const auto spoil = [](World& w) { w.relations.set_affinity(ActorId(1), ActorId(2), nan); };
  for (const char* mechanism : {"timeline", "perception", "commitments", "diplomacy", "my_own"}) {
    EXPECT_NE(verdict(spoil, mechanism), "") << mechanism;
  }
}

TEST(Guards, SeeWarsCrisesAndMeasures) {
  EXPECT_NE(verdict([](World& w) { w.wars[0].deaths = nan; }), "");
  EXPECT_NE(verdict([](World& w) {
              w.crises.emplace_back();
              w.crises.back().stake = nan;
            }),
            "");
  EXPECT_NE(verdict([](World& w) {
              w.measures.emplace_back();
              w.measures.back().size = -1.0;
            }),
            "");
}

TEST(Guards, AffinitiesAreLookedAtAgainWhoeverHasChangedThem) {
  const std::vector<std::string> named{"relations.affinity"};
  const auto columns = rows_of(columns_named(named), {});
  const std::vector<std::function<void(World&)>> changes{
      [](World& w) { w.relations.set_affinity(ActorId(0), ActorId(1), nan); },
      [](World& w) { w.relations.move(ActorId(0), ActorId(1), nan); },
      [](World& w) {
        const Relations::Move move{ActorId(0), ActorId(1), nan, 0.0};
        w.relations.move(std::span(&move, 1), *serial_executor());
      },
      [](World& w) { w.relations.relax(nan, *serial_executor()); },
      [](World& w) {
        w.relations.set_baseline(ActorId(0), ActorId(1), nan);
        w.relations.relax(0.5, *serial_executor());
      }};
  for (const auto& change : changes) {
    Sandbox box(ring(6));
    std::uint64_t looked_at = never_looked;
    EXPECT_NO_THROW(check_world(box.context(), "mine", columns, looked_at));
    EXPECT_NO_THROW(check_world(box.context(), "mine", columns, looked_at)) << "and again";
    change(box.world);
    EXPECT_THROW(check_world(box.context(), "mine", columns, looked_at), SimulationError);
  }
}

TEST(Guards, LookAtTheColumnsNamedAndNoOthers) {
  Sandbox box(ring(6));
  box.world.regions.control[0] = 2.0;
  const std::vector<std::string> other{"regions.deaths", "actors.threat"};
  const std::vector<std::string> that{"actors.threat", "regions.control"};
  EXPECT_NO_THROW(check_world(box.context(), "mine", rows_of(columns_named(other), {})));
  EXPECT_THROW(check_world(box.context(), "mine", rows_of(columns_named(that), {})),
               SimulationError);
  EXPECT_EQ(columns_named({}), every_column()) << "who names none may write any";
  const std::vector<std::string> wrong{"regions.contrl"};
  try {
    columns_named(wrong);
    FAIL() << "an unknown column";
  } catch (const ContractError& e) {
    EXPECT_NE(std::string(e.what()).find("nearest: 'regions.control'"), std::string::npos)
        << e.what();
  }
}

TEST(Guards, HaveOneRowForEachColumn) {
  std::vector<std::string> names = guarded_columns();
  EXPECT_EQ(names.size(), every_column().count());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  for (const std::string& name : Columns().names()) {
    EXPECT_TRUE(std::binary_search(names.begin(), names.end(), name)) << name;
  }
}

/// What is said of a mechanism that declares `declared` and does `deed`.
std::string undeclared(const std::vector<std::string>& declared,
                       const std::function<void(World&)>& deed) {
  Sandbox box(ring(6));
  UndeclaredWrites writes;
  writes.watch(box.world);
  deed(box.world);
  try {
    writes.expect_none(box.world, "mine", columns_named(declared));
  } catch (const ContractError& e) {
    return e.what();
  }
  return {};
}

/// A mechanism that notes rows of these columns and writes nothing else.
MechanismInfo noting(std::vector<std::string> notes) {
  MechanismInfo info{"mine", "", "", {}};
  info.notes = std::move(notes);
  return info;
}

TEST(Guards, OfColumnsThatAreNotedTheRowsNotedAreLookedAt) {
  const ColumnRows columns = rows_of(
      columns_noted(noting({"presences.control", "actors.reserve", "regions.control"}), {}), {});
  const auto verdict_of = [&](const std::function<void(World&)>& deed) {
    Sandbox box(ring(6));
    const std::size_t presences = box.world.presences.size(), actors = box.world.actors.size();
    deed(box.world);
    try {
      check_noted(box.context(), "mine", columns, presences, actors);
    } catch (const SimulationError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  const PresenceId p(2);
  // A presence stands for its actor and its region.
  EXPECT_NE(verdict_of([&](World& w) {
              w.presences.control[2] = nan;
              w.note(p);
            }).find("control became nan"),
            std::string::npos);
  EXPECT_NE(verdict_of([&](World& w) {
              w.actors.reserve[w.presences.actor[2].row()] = -3.0;
              w.note(p);
            }).find("reserve became -3"),
            std::string::npos);
  EXPECT_NE(verdict_of([&](World& w) {
              w.regions.control[w.presences.region[2].row()] = 1.5;
              w.note(p);
            }).find("control became 1.5"),
            std::string::npos);
  EXPECT_NE(verdict_of([&](World& w) {
              w.actors.reserve[3] = inf;
              w.note(ActorId(3));
            }).find("actor '"),
            std::string::npos);
  // Rows that are new need no note, columns that are not noted are no concern of it, and a row that
  // is not noted is one that builds with internal checks stop at.
  EXPECT_NE(verdict_of([](World& w) {
              const PresenceId there = w.require(ActorId(0), RegionId(5), Role::garrison);
              w.presences.control[there.row()] = 2.0;
            }).find("control became 2"),
            std::string::npos);
  EXPECT_EQ(verdict_of([&](World& w) {
              w.actors.resolve[w.presences.actor[2].row()] = nan;
              w.note(p);
            }),
            "");
  EXPECT_EQ(verdict_of([](World& w) { w.presences.control[2] = nan; }), "");
}

TEST(Guards, NameTheRowThatAMechanismWritesAndDoesNotNote) {
  const MechanismInfo mine = noting({"presences.strength", "actors.reserve"});
  const auto said = [&](const std::function<void(World&)>& deed) {
    Sandbox box(ring(6));
    UndeclaredWrites writes;
    writes.watch(box.world);
    deed(box.world);
    try {
      writes.expect_none(box.world, "mine", columns_written(mine, {}), columns_noted(mine, {}));
    } catch (const ContractError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_EQ(said([](World& w) {
              w.presences.strength[1] += 1.0;
              w.actors.reserve[w.presences.actor[1].row()] -= 1.0;
              w.note(PresenceId(1));
            }),
            "");
  EXPECT_NE(said([](World& w) {
              w.presences.strength[1] += 1.0;
              w.presences.strength[2] += 1.0;
              w.note(PresenceId(1));
            }).find("'mine' writes row 2 of presences.strength and does not note it"),
            std::string::npos);
  EXPECT_NE(said([](World& w) { w.presences.control[1] = 0.1; }).find("writes presences.control"),
            std::string::npos)
      << "who notes some columns writes no others";
}

TEST(Guards, OnlyRowsOfTheWorldsTablesCanBeNoted) {
  for (const char* column : {"wars.deaths", "relations.affinity", "regions.border_displaced"}) {
    EXPECT_THROW(columns_noted(noting({column}), {}), ContractError) << column;
  }
  EXPECT_THROW(columns_noted(noting({"presences.strenght"}), {}), ContractError);
  EXPECT_EQ(columns_noted(noting({}), {}).count(), 0U);
  EXPECT_EQ(columns_written(noting({}), {}), every_column()) << "who says nothing may write any";
}

TEST(Guards, NameWhatAMechanismWritesWithoutSayingSo) {
  const auto spoil = [](World& w) { w.actors.resolve[2] *= 0.5; };
  EXPECT_EQ(undeclared({"actors.resolve"}, spoil), "");
  EXPECT_NE(undeclared({"actors.reserve"}, spoil).find("'mine' writes actors.resolve"),
            std::string::npos);
  EXPECT_EQ(undeclared({"actors.reserve"}, [](World&) {}), "");
  // Every column is watched, the numbers that stand in rows of their own too.
  const std::vector<std::pair<std::string, std::function<void(World&)>>> deeds{
      {"wars.deaths", [](World& w) { w.wars[0].deaths += 1.0; }},
      {"relations.affinity",
       [](World& w) { w.relations.set_affinity(ActorId(0), ActorId(4), .1); }},
      {"presences.strength", [](World& w) { w.presences.strength.back() += 1.0; }},
      {"regions.border_displaced", [](World& w) { w.regions.displaced.back() = nan; }}};
  for (const auto& [column, deed] : deeds) {
    EXPECT_NE(undeclared({"actors.reserve"}, deed).find("writes " + column), std::string::npos)
        << column;
    EXPECT_EQ(undeclared({column}, deed), "") << column;
  }
}

// A mechanism that names nothing may write anything, unless it looks on.
TEST(Guards, WhoLooksOnMayWriteNothing) {
  MechanismInfo mine;
  mine.name = "mine";
  EXPECT_EQ(columns_written(mine, Columns()), every_column());
  mine.looks_on = true;
  EXPECT_TRUE(columns_written(mine, Columns()).none());
  std::size_t onlookers = 0;
  for (const MechanismInfo& m : standard_registry().vocabulary()) {
    if (!m.looks_on) continue;
    ++onlookers;
    EXPECT_TRUE(m.writes.empty()) << m.name;
    EXPECT_TRUE(m.columns.empty()) << m.name;
  }
  EXPECT_EQ(onlookers, 1U) << "reporting";
}

TEST(Guards, RowsThatAreAddedAreNoWrites) {
  EXPECT_EQ(undeclared({"actors.reserve"},
                       [](World& w) { w.require(ActorId(1), RegionId(3), Role::deployment); }),
            "");
}

TEST(Guards, AFloodOfEventsStopsTheRun) {
  Sandbox box(ring(3));
  for (int i = 0; i < 10; ++i) box.happens(EventKind::attack, ActorId(0), ActorId(1));
  EXPECT_NO_THROW(check_log(box.context(), 10));
  EXPECT_THROW(check_log(box.context(), 9), SimulationError);
}

}  // namespace
}  // namespace casus::test
