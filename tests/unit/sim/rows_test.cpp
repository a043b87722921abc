// A world whose rows stand the other way round goes the same way: no row sees what an earlier one
// has done in the same pass. The loader puts rows in the order of names, so only worlds built by
// hand can show it.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "casus/law/membership.h"
#include "casus/law/pact.h"
#include "sandbox.h"
#include "sim/mechanisms.h"

namespace casus::test {
namespace {

/// A ring with everything that mechanisms compete for: armies at war with each other, groups that
/// share regions, guests, a pact that some want to leave and others to enter.
ScenarioData busy_ring() {
  ScenarioData s = ring(18);
  const std::size_t states = 18;
  for (std::size_t i = 0; i < states; ++i) {
    s.actors[i][&ActorTable::deployment_ceiling] = i % 2 == 0 ? 3000.0 : 0.0;
    s.actors[i][&ActorTable::appetite] = 0.9;
    s.actors[i].forces = 8000.0;  // of which a reserve to send
    s.presence.push_back({ActorId(i), RegionId(i), 3500.0, Role::garrison});
  }
  for (std::size_t i = states; i < s.actors.size(); ++i) {
    const std::size_t home = 3 * (i - states);
    s.actors[i][&ActorTable::cohesion] = 0.2;
    s.presence.push_back({ActorId(i), RegionId((home + 1) % states), 60.0, Role::insurgent});
    for (std::size_t j = i + 1; j < s.actors.size(); ++j) {
      s.relations.push_back({ActorId(i), ActorId(j), 0.7});
      s.relations.push_back({ActorId(j), ActorId(i), 0.7});
    }
  }
  // Neighbouring groups meet.
  for (std::size_t i = states; i + 1 < s.actors.size(); ++i) {
    s.presence.push_back({ActorId(i + 1), RegionId(3 * (i - states)), 80.0, Role::insurgent});
  }
  for (std::size_t i = 0; i + 1 < states; i += 3) {
    s.wars.push_back(
        {"war" + std::to_string(i), "", "", {ActorId(i)}, {ActorId(i + 1)}, s.clock.start, {}});
  }
  law::Pact pact;
  pact.id = "club";
  pact.key = pact_key("club");
  pact.in_force = s.clock.start;
  pact.accession = law::Accession::by_decision;
  for (std::size_t i = 0; i < 8; ++i) {
    pact.members.emplace_back();
    pact.members.back().actor = ActorId(i);
  }
  pact.organs.emplace_back();
  pact.articles.emplace_back();
  pact.articles.back().id = "1";
  pact.articles.back().when.acts.insert(law::ActKind::coup);
  // Under pressure from their own organisation members think of leaving, the more the more do.
  for (std::size_t i = 0; i < 8; ++i) {
    MeasureSpec m;
    m.organisation = PactId(0);
    m.on = ActorId(i);
    m.size = 0.6;
    m.since = s.clock.start;
    s.measures.push_back(m);
  }
  s.pacts = {pact};
  s.pact_names = {"club"};
  return s;
}

/// Actors, regions, relations, wars and members the other way round. Presences and borders keep
/// their order, by which one draw chooses among them.
ScenarioData turned(const ScenarioData& s) {
  ScenarioData t = s;
  const auto actor = [&](ActorId a) {
    return a.valid() ? ActorId(s.actors.size() - 1 - a.row()) : a;
  };
  const auto region = [&](RegionId r) {
    return r.valid() ? RegionId(s.regions.size() - 1 - r.row()) : r;
  };
  for (RegionSpec& r : t.regions) {
    r.owner = actor(r.owner);
    for (Border& b : r.neighbours) b.to = region(b.to);
  }
  for (ActorSpec& a : t.actors) a.capital = region(a.capital);
  for (PresenceSpec& p : t.presence) p = {actor(p.actor), region(p.region), p.strength, p.role};
  for (RelationSpec& r : t.relations) r.from = actor(r.from), r.to = actor(r.to);
  for (MeasureSpec& m : t.measures) m.on = actor(m.on);
  for (WarSpec& w : t.wars) {
    for (auto* side : {&w.side_a, &w.side_b}) {
      for (ActorId& a : *side) a = actor(a);
    }
  }
  for (law::Pact& p : t.pacts) {
    for (law::Member& m : p.members) m.actor = actor(m.actor);
    std::reverse(p.members.begin(), p.members.end());
  }
  std::reverse(t.regions.begin(), t.regions.end());
  std::reverse(t.actors.begin(), t.actors.end());
  std::reverse(t.relations.begin(), t.relations.end());
  std::reverse(t.wars.begin(), t.wars.end());
  return t;
}

/// What there is to know about a world, by keys.
std::map<std::vector<std::uint64_t>, double> facts(const Sandbox& box) {
  std::map<std::vector<std::uint64_t>, double> all;
  const World& w = box.world;
  for (std::size_t r = 0; r < w.regions.size(); ++r) {
    const std::uint64_t key = w.regions.key[r].value;
    all[{1, key}] = w.regions.deaths[r];
    all[{2, key}] = w.regions.residents[r];
    all[{3, key}] = w.regions.control[r];
  }
  for (std::size_t a = 0; a < w.actors.size(); ++a) {
    const std::uint64_t key = w.actors.key[a].value;
    all[{4, key}] = w.actors.reserve[a];
    all[{5, key}] = w.actors.resolve[a];
    all[{6, key}] = w.actors.legitimacy[a];
    all[{7, key}] = w.actors.threat[a];
    all[{8, key}] = w.actors.alive[a];
    for (std::size_t b = 0; b < w.actors.size(); ++b) {
      all[{9, key, w.actors.key[b].value}] = w.relations.affinity(ActorId(a), ActorId(b));
    }
    all[{10, key}] = law::is_member(w.pacts[0], ActorId(a), box.scenario.clock.date(box.step));
  }
  for (std::size_t i = 0; i < w.presences.size(); ++i) {
    all[{11, w.actors.key[w.presences.actor[i].row()].value,
         w.regions.key[w.presences.region[i].row()].value}] += w.presences.strength[i];
  }
  for (const Event& e : box.log.all()) all[{12, static_cast<std::uint64_t>(e.kind)}] += 1.0;
  return all;
}

Sandbox run(const ScenarioData& s, double days) {
  Sandbox box(s);
  // Everything happens often, and what starts unequal is made to want the same.
  const Changes none{};
  std::vector<std::unique_ptr<Mechanism>> mechanisms;
  const auto add = [&](std::unique_ptr<Mechanism> m, Changes changes) {
    mechanisms.push_back(configured(std::move(m), changes));
  };
  add(make_perception(), none);
  add(make_insurgency(), {{"attack_rate", 2.0}, {"relocation", 10.0}});
  add(make_statecraft(), {{"dispute_rate", 2.0},
                          {"escalation_rate", 50.0},
                          {"offensive_rate", 1.0},
                          {"offensive_success", 0.1}});
  add(make_mandates(), {{"deployment_rate", 20.0}, {"term", 30.0}});
  add(make_coups(), {{"rate", 10.0}});
  add(make_combat(), {{"decision_days", 3.0}});
  add(make_control(), none);
  add(make_mobilisation(), {{"merge_rate", 2.0}, {"redeployment", 12.0}, {"split_rate", 0.0}});
  add(make_economy(), none);
  add(make_displacement(), none);
  add(make_diplomacy(), {{"exit_rate", 20.0}, {"accession_rate", 5.0}});
  for (auto& m : mechanisms) box.begin(*m);
  for (std::size_t a = 0; a < 18; ++a) box.world.actors.mobilised[a] = 0.0;
  while (box.step * s.clock.days() < days) {
    box.acts.clear();
    box.attacks.clear();
    StepContext context = box.context();
    for (auto& m : mechanisms) {
      context.mechanism = name_hash(m->info().name);
      m->step(context);
    }
    ++box.step;
  }
  return box;
}

TEST(Rows, TheOtherWayRoundChangeNothing) {
  const ScenarioData s = busy_ring();
  const Sandbox plain = run(s, 60.0);
  const Sandbox other = run(turned(s), 60.0);
  const auto a = facts(plain), b = facts(other);
  ASSERT_EQ(a.size(), b.size());
  for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
    ASSERT_EQ(x->first, y->first);
    // Sums are taken in the order of rows, so their last digits may differ.
    ASSERT_NEAR(x->second, y->second, 1e-7 * std::max(1.0, std::abs(x->second)))
        << "fact " << x->first.front();
  }
  for (const EventKind kind :
       {EventKind::attack, EventKind::battle, EventKind::invasion, EventKind::merge,
        EventKind::coup, EventKind::deployment, EventKind::exit_notice}) {
    EXPECT_GT(plain.count(kind), 1U) << EventKinds().name(kind) << ": the test has none to show";
  }
}

}  // namespace
}  // namespace casus::test
