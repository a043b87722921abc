// The state of a run as bytes: whole, and nobody else's.
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"
#include "casus/scenario/fingerprint.h"
#include "small_land.h"

namespace casus::test::of_snapshot {
namespace {

const std::string lands = small_land(200, "0.6", R"(pacts:
  league:
    in_force: 2025-01-01
    members: [arden, belmar]
    articles:
      "1": {when: {act: [rebellion, coup_attempt, invasion]}, then: {assist: [troops]}}
      "2": {then: {abstain: [force]}}
)");

const char* const events = R"(timeline:
  - title: Trouble
    at: 2030-02-10
    emit: {act: coup_attempt, by: arden, against: arden, size: 1, help_asked: true}
  - title: Leaving
    at: 2030-03-01
    withdraw: {actor: arden, region: hills, over: 60 days}
)";

Scenario scenario(const std::string& text = lands + events, const std::vector<Edit>& edits = {}) {
  return Scenario::parse(text, "test.yaml", standard_registry().vocabulary(), edits);
}

void walk(Simulation& s, int steps) {
  for (int i = 0; i < steps; ++i) s.step();
}

std::string bytes_of(const Simulation& s) {
  std::ostringstream out;
  s.save(out);
  return out.str();
}

Simulation loaded(const std::string& bytes, const Scenario& s = scenario(),
                  const Registry& registry = standard_registry()) {
  std::istringstream in(bytes);
  return Simulation::load(s, registry, in);
}

std::string refusal(const std::function<void()>& deed) {
  try {
    deed();
  } catch (const ContractError& e) {
    return e.what();
  }
  return "nothing was refused";
}

void expect_refused(const std::string& text, std::string_view words) {
  EXPECT_NE(text.find(words), std::string::npos) << text;
}

TEST(Snapshot, GoesOnToTheSameBytesFromAnyDay) {
  // Days with help under way, a withdrawal half done, a parameter changed and an order given.
  for (const int day : {0, 1, 45, 70, 120}) {
    Simulation one(scenario(), {.seed = 9, .run = 4});
    walk(one, day);
    one.set("mechanisms.insurgency.attack_rate", 0.4);
    one.order({.act = law::ActKind::threat, .by = ActorId(1), .against = ActorId(0)});
    const std::string saved = bytes_of(one);
    Simulation two = loaded(saved);
    EXPECT_TRUE(bytes_of(two) == saved) << "day " << day;
    EXPECT_EQ(two.hash(), one.hash());
    walk(one, 70);
    walk(two, 70);
    EXPECT_TRUE(bytes_of(two) == bytes_of(one)) << "day " << day;
    EXPECT_EQ(two.log().hash(), one.log().hash());
  }
}

TEST(Snapshot, HoldsNothingOfTheProcessThatWroteIt) {
  Simulation one(scenario());
  Simulation two(scenario());
  walk(one, 60);
  // Another way to the same day: there and back.
  walk(two, 30);
  const auto there = two.save();
  walk(two, 50);
  two.restore(*there);
  walk(two, 30);
  EXPECT_TRUE(bytes_of(one) == bytes_of(two));
}

TEST(Snapshot, BringsBackSeedAndRun) {
  Simulation one(scenario(), {.seed = 9, .run = 4});
  walk(one, 50);
  Simulation two(scenario(), {.seed = 1, .run = 0});
  two.restore(*one.save());
  walk(one, 50);
  walk(two, 50);
  EXPECT_EQ(two.hash(), one.hash());
}

// --- nobody else's

TEST(Snapshot, OfAnotherScenarioIsRefusedByName) {
  Simulation one(scenario());
  walk(one, 10);
  const std::string saved = bytes_of(one);
  const auto refused = [&](const std::vector<Edit>& edits, std::string_view words) {
    const Scenario other = scenario(lands + events, edits);
    expect_refused(refusal([&] { loaded(saved, other); }), words);
    Simulation running(other);
    const std::uint64_t before = running.hash();
    expect_refused(refusal([&] { running.restore(*one.save()); }), words);
    EXPECT_EQ(running.hash(), before) << "left as it was";
    EXPECT_NO_THROW(running.step());
  };
  refused({{Edit::Kind::set, "actors.belmar.income", "301"}}, "actors.belmar");
  refused({{Edit::Kind::set, "regions.coast.area", "1"}}, "regions.coast");
  refused({{Edit::Kind::set, "pacts.league.in_force", "2026-01-01"}}, "pacts.league");
  refused({{Edit::Kind::remove, "pacts.league", ""}}, "pacts.league");
  refused({{Edit::Kind::set, "relations.arden.belmar", "0.5"}}, "relations.arden.belmar");
  refused({{Edit::Kind::set, "presence.plain.arden", "4000"}}, "presence.plain.arden");
  refused({{Edit::Kind::set, "mechanisms.combat.lethality", "0.011"}}, "mechanisms.combat");
  refused({{Edit::Kind::set, "clock.start", "2029-12-31"}}, "clock");
  refused({{Edit::Kind::emit, "", "{at: 2030-05-01, act: threat, by: arden, against: belmar}"}},
          "timeline");
  refused({{Edit::Kind::add, "actors.zzz", "{kind: external, forces: 10}"}}, "actors.zzz");
}

TEST(Snapshot, TextsAndOutcomesAndTheEndAreNotThePast) {
  Simulation one(scenario());
  walk(one, 10);
  const Scenario other =
      scenario(lands + events, {{Edit::Kind::set, "title", "Another title"},
                                {Edit::Kind::set, "clock.days", "300"},
                                {Edit::Kind::set, "actors.arden.title", "The Republic"}});
  Simulation two = loaded(bytes_of(one), other);
  two.run();
  EXPECT_EQ(two.steps_done(), 300U);
}

struct Level {
  double level = 0.0;
};

template <class Memory>
class Keeper final : public MechanismWith<Keeper<Memory>, Level> {
 public:
  static MechanismInfo about() { return {"keeper", "Keeps something.", "none", {}}; }
  static inline double high = 1.0;
  static const std::vector<Parameter<Level>>& table() {
    static const std::vector<Parameter<Level>> rows{
        {{"level", Unit::none, 0.0, high, 0.5, "A level.", "none"}, &Level::level}};
    return rows;
  }
  void step(StepContext& context) override { kept_.emplace_back(context.step); }
  void archive(Archive& a) override { a(kept_); }

 private:
  std::vector<Memory> kept_;
};

template <class Memory>
Registry keeping() {
  Registry r = standard_registry();
  r.add([] { return std::make_unique<Keeper<Memory>>(); });
  return r;
}

TEST(Snapshot, OfOtherMechanismsIsRefusedByName) {
  const Registry with = keeping<double>();
  const auto read = [](const Registry& r) {
    return Scenario::parse(lands + events, "test.yaml", r.vocabulary());
  };
  Simulation one(read(with), with);
  walk(one, 10);
  const std::string saved = bytes_of(one);
  Simulation same = loaded(saved, read(with), with);
  EXPECT_TRUE(bytes_of(same) == saved);
  expect_refused(refusal([&] { loaded(saved); }), "mechanisms.keeper");
  const Registry other = keeping<std::uint32_t>();
  expect_refused(refusal([&] { loaded(saved, read(other), other); }), "the memory of 'keeper'");
  Keeper<float>::high = 2.0;
  const Registry wider = keeping<float>();
  expect_refused(refusal([&] { loaded(saved, read(wider), wider); }), "the parameters of 'keeper'");
}

// --- damaged and hostile bytes

TEST(Snapshot, CutOffAnywhereIsRefused) {
  Simulation one(scenario());
  walk(one, 5);
  const std::string saved = bytes_of(one);
  for (std::size_t n = 0; n < saved.size(); n += n < 64 ? 1 : 997) {
    expect_refused(refusal([&] { loaded(saved.substr(0, n)); }), "cut off");
  }
}

TEST(Snapshot, ABitThatIsWrongIsNoticed) {
  Simulation one(scenario());
  walk(one, 5);
  const std::string saved = bytes_of(one);
  for (std::size_t i = 0; i < saved.size(); i += i < 64 ? 1 : 1009) {
    std::string bad = saved;
    bad[i] = static_cast<char>(bad[i] ^ 0x10);
    const std::string text = refusal([&] { loaded(bad); });
    EXPECT_TRUE(text.find("damaged") != std::string::npos ||
                text.find("no snapshot") != std::string::npos ||
                text.find("of format") != std::string::npos ||
                text.find("cut off") != std::string::npos)
        << "byte " << i << ": " << text;
  }
}

TEST(Snapshot, WhatIsNoneIsCalledSo) {
  expect_refused(refusal([] { loaded("casus: scenario/1\ntitle: not a snapshot\n"); }),
                 "no snapshot");
  expect_refused(refusal([] { loaded(""); }), "cut off");
}

TEST(Snapshot, ALengthOfTheSkiesIsRefusedAtTheEndOfTheStream) {
  std::stringstream saved;
  Simulation(scenario()).save(saved);
  const std::string lie = saved.str().substr(0, 12) + std::string(8, '\x7f');  // magic and version
  expect_refused(refusal([&] { loaded(lie); }), "cut off");
}

TEST(Snapshot, WhatFollowsInTheStreamIsLeftThere) {
  Simulation one(scenario());
  std::stringstream stream;
  one.save(stream);
  walk(one, 3);
  one.save(stream);
  Simulation first = Simulation::load(scenario(), standard_registry(), stream);
  Simulation second = Simulation::load(scenario(), standard_registry(), stream);
  EXPECT_EQ(first.steps_done(), 0U);
  EXPECT_EQ(second.steps_done(), 3U);
  EXPECT_EQ(second.hash(), one.hash());
}

TEST(Snapshot, AStreamThatTakesNothingIsNoticed) {
  Simulation one(scenario());
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  expect_refused(refusal([&] { one.save(out); }), "did not take");
}

}  // namespace
}  // namespace casus::test::of_snapshot
