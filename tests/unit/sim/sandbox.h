#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/archive.h"
#include "casus/core/executor.h"
#include "casus/scenario/make_world.h"
#include "casus/sim/mechanism.h"

/// Worlds built by hand, and what it takes to run one mechanism in them.
namespace casus::test {

inline ActorId add_actor(ScenarioData& s, std::string name, ActorKind kind, double forces,
                         double income = 0.0) {
  ActorSpec spec;
  spec.name = std::move(name);
  spec.kind = kind;
  spec.forces = forces;
  spec[&ActorTable::income] = income;
  s.actors.push_back(spec);
  return ActorId(s.actors.size() - 1);
}

/// A region of a million people. The first one of an actor is its capital.
inline RegionId add_region(ScenarioData& s, std::string name, ActorId owner,
                           double population = 1e6) {
  RegionSpec spec;
  spec.name = std::move(name);
  spec.owner = owner;
  spec.population = population;
  spec[&RegionTable::area] = 1e4;
  s.regions.push_back(spec);
  const RegionId id(s.regions.size() - 1);
  if (!s.actors[owner.row()].capital.valid()) s.actors[owner.row()].capital = id;
  return id;
}

inline void add_border(ScenarioData& s, RegionId a, RegionId b, double km = 100.0) {
  s.regions[a.row()].neighbours.push_back({b, km});
  s.regions[b.row()].neighbours.push_back({a, km});
}

inline ScenarioData empty_scenario(Minutes step = Minutes(24 * 60)) {
  using namespace std::chrono_literals;
  ScenarioData s;
  s.clock = {Date{2023y / 1 / 1}, Date{2033y / 1 / 1}, step};
  return s;
}

/// `n` states in a ring, with a region each, an armed group in every third and mixed feelings:
/// enough of everything for several blocks of work.
inline ScenarioData ring(std::size_t n, Minutes step = Minutes(24 * 60)) {
  ScenarioData s = empty_scenario(step);
  for (std::size_t i = 0; i < n; ++i) {
    const double x = static_cast<double>(i);
    const ActorId state =
        add_actor(s, "state" + std::to_string(i), ActorKind::state, 5e3 + 100.0 * x, 40.0 + x);
    s.actors.back().regime = static_cast<Regime>(i % 4);
    s.actors.back()[&ActorTable::gdp_per_capita] = 500.0 + 20.0 * x;
    s.actors.back()[&ActorTable::legitimacy] = 0.3 + 0.4 * x / static_cast<double>(n);
    add_region(s, "region" + std::to_string(i), state, 1e6 + 1e4 * x);
  }
  for (std::size_t i = 0; i < n; ++i) {
    add_border(s, RegionId(i), RegionId((i + 1) % n), 50.0 + static_cast<double>(i));
    s.relations.push_back({ActorId(i), ActorId((i + 1) % n), 0.5, i % 5 == 0, false});
    s.relations.push_back({ActorId((i + 1) % n), ActorId(i), i % 7 == 0 ? -0.4 : 0.6});
    if (i % 3 != 0) continue;
    const ActorId group = add_actor(s, "group" + std::to_string(i), ActorKind::armed_group, 600.0);
    s.actors.back()[&ActorTable::support] = 1.0;
    s.presence.push_back({group, RegionId(i), 500.0, Role::insurgent});
    s.presence.push_back({ActorId(i), RegionId(i), 1000.0, Role::garrison});
    s.relations.push_back({ActorId(i), group, -0.8});
  }
  return s;
}

/// A world, the log, and the rest of a step's context.
struct Sandbox {
  explicit Sandbox(ScenarioData s, std::unique_ptr<Executor> e = serial_executor(),
                   std::uint32_t run = 0)
      : scenario(std::move(s)), replicate{1, run}, executor(std::move(e)) {
    world = make_world(scenario, replicate);
  }

  StepContext context() {
    return {{world, log, attacks, operations, acts, law, parameters, changed},
            *executor,
            scenario,
            replicate,
            step};
  }

  void begin(Mechanism& mechanism) {
    StepContext first = context();
    mechanism.begin(first);
    begun = true;
  }

  /// Runs a mechanism for some days; `before` sees the world at the beginning of each step.
  void run(Mechanism& mechanism, double days, const std::function<void(Sandbox&)>& before = {}) {
    if (!begun) begin(mechanism);
    const double end = static_cast<double>(step) * scenario.clock.days() + days;
    while (static_cast<double>(step) * scenario.clock.days() < end - 1e-9) {
      acts.clear();
      if (before) before(*this);
      StepContext now = context();
      mechanism.step(now);
      ++step;
    }
  }

  EventId happens(EventKind kind, ActorId who, ActorId whom, double size = 1.0) {
    Event e;
    e.kind = kind;
    e.step = step;
    e.who = who;
    e.whom = whom;
    e.size = size;
    return log.add(e);
  }

  std::size_t count(EventKind kind) const {
    std::size_t n = 0;
    for (const Event& e : log.all()) n += e.kind == kind;
    return n;
  }

  ScenarioData scenario;
  Replicate replicate;
  World world;
  EventLog log;
  std::unique_ptr<Executor> executor;
  std::vector<Attack> attacks;
  std::vector<Operation> operations;
  std::vector<law::Act> acts;
  LawRules law;
  std::vector<std::vector<double>> parameters;
  std::vector<std::uint8_t> changed;
  std::uint32_t step = 0;
  bool begun = false;
};

using Changes = std::initializer_list<std::pair<std::string_view, double>>;

/// A mechanism at its defaults but for what is named.
inline std::unique_ptr<Mechanism> configured(std::unique_ptr<Mechanism> mechanism,
                                             Changes changes = {}) {
  std::vector<double> values;
  for (const ParameterInfo& row : mechanism->info().parameters) values.push_back(row.fallback);
  for (const auto& [name, value] : changes) {
    std::size_t i = 0;
    const auto& rows = mechanism->info().parameters;
    while (i < rows.size() && rows[i].name != name) ++i;
    EXPECT_LT(i, rows.size()) << "no parameter " << name;
    if (i < rows.size()) values[i] = value;
  }
  mechanism->configure(values);
  return mechanism;
}

using Factory = std::unique_ptr<Mechanism> (*)();
using Scene = std::function<std::uint64_t(Mechanism&)>;

/// Moving any parameter from the lowest to the highest value must change what the scene returns.
inline void expect_every_parameter_counts(Factory make, const Scene& scene) {
  for (const ParameterInfo& row : make()->info().parameters) {
    const auto low = configured(make(), {{row.name, row.low}});
    const auto high = configured(make(), {{row.name, row.high}});
    EXPECT_NE(scene(*low), scene(*high)) << row.name;
  }
}

inline void expect_table_in_order(Factory make) {
  const MechanismInfo info = make()->info();
  EXPECT_FALSE(info.doc.empty());
  EXPECT_FALSE(info.source.empty());
  for (const ParameterInfo& row : info.parameters) {
    EXPECT_LE(row.low, row.fallback) << row.name;
    EXPECT_LE(row.fallback, row.high) << row.name;
    EXPECT_FALSE(row.doc.empty()) << row.name;
    EXPECT_FALSE(row.source.empty()) << row.name;
  }
}

/// Violence here and there, as combat would leave it.
inline void shake(Sandbox& box) {
  for (std::size_t r = 0; r < box.world.regions.size(); r += 3) {
    box.world.regions.recent_violence[r] += 2.0 + static_cast<double>((r + box.step) % 5);
    box.world.regions.control[r] = 0.6;
  }
}

/// Digest of the whole run, memory included.
inline std::uint64_t digest(const Sandbox& box, const Mechanism& mechanism) {
  return mix(mix(hash(box.world), box.log.hash()), mechanism.hash());
}

/// The same run on another executor, block by block in any order, must be the same to the bit.
inline void expect_same_on(Factory make, const std::function<std::unique_ptr<Executor>()>& other,
                           const std::function<void(Sandbox&)>& before, double days,
                           Changes changes = {}) {
  const auto run = [&](std::unique_ptr<Executor> executor) {
    Sandbox box(ring(150), std::move(executor));
    const auto mechanism = configured(make(), changes);
    box.run(*mechanism, days, before);
    return digest(box, *mechanism);
  };
  const std::uint64_t expected = run(serial_executor());
  EXPECT_EQ(expected, run(other()));
}

/// Gives one mechanism the memory of another of its kind.
inline void remember(Mechanism& from, Mechanism& to) {
  Writer writer;
  writer(from);
  Reader reader(writer.bytes());
  reader(to);
  EXPECT_EQ(reader.left(), 0U);
}

/// Another mechanism that has read the memory of one in mid-run goes on as that one does.
inline void expect_memory_is_whole(Factory make, const std::function<void(Sandbox&)>& before,
                                   Changes changes = {}) {
  Sandbox box(ring(12));
  const auto mechanism = configured(make(), changes);
  box.run(*mechanism, 10.0, before);
  Sandbox other(ring(12));
  other.world = box.world;
  other.log = box.log;
  other.step = box.step;
  other.begun = true;
  const auto copy = configured(make(), changes);
  remember(*mechanism, *copy);
  EXPECT_EQ(digest_of(*copy), digest_of(*mechanism));
  box.run(*mechanism, 10.0, before);
  other.run(*copy, 10.0, before);
  EXPECT_EQ(digest(box, *mechanism), digest(other, *copy));
}

}  // namespace casus::test
