// What holds in every world: order and names decide nothing, cascades end, nobody fights itself.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>
#include <tuple>

#include "random_world.h"

namespace casus::law {
namespace {

template <class F>
void holds(const char* what, F&& property) {
  EXPECT_TRUE(rc::check(what, std::forward<F>(property)));
}

TEST(LawProperties, OrderAndRowsDecideNothing) {
  holds("same transcript", [](std::uint64_t seed) {
    const Situation s = random_situation(seed);
    Court plain, mixed;
    plain.settings.drawing = mixed.settings.drawing = Drawing::random;
    std::vector<Act> acts, shuffled;
    build(plain, s, in_order(s), nullptr, "", acts);
    Dice dice(seed ^ 0x5eed);
    std::vector<std::size_t> order = in_order(s);
    dice.shuffle(order);
    build(mixed, s, order, &dice, "", shuffled);
    plain.decide(acts);
    mixed.decide(shuffled);
    RC_ASSERT(transcript(plain, 0, true) == transcript(mixed, 0, true));
    const PactIndex a(plain.pacts, s.names.size()), b(mixed.pacts, s.names.size());
    RC_ASSERT(plain.result.hash(a, plain.world) == mixed.result.hash(b, mixed.world));
    RC_ASSERT(plain.memory.hash() == mixed.memory.hash());
    RC_ASSERT(plain.memory == mixed.memory);
  });
}

TEST(LawProperties, NamesDecideNothing) {
  holds("same decisions", [](std::uint64_t seed) {
    const Situation s = random_situation(seed);
    Court plain, renamed;
    std::vector<Act> acts, other;
    build(plain, s, in_order(s), nullptr, "", acts);
    build(renamed, s, in_order(s), nullptr, "x-", other);
    plain.decide(acts);
    renamed.decide(other);
    RC_ASSERT(not_shared(transcript(plain, 0, false), transcript(renamed, 2, false)) ==
              std::vector<std::string>{});
  });
}

TEST(LawProperties, CascadesEndAndNobodyFightsItself) {
  holds("bounds", [](std::uint64_t seed) {
    const Situation s = random_situation(seed);
    Court court;
    court.settings.drawing = Drawing::random;
    std::vector<Act> acts;
    build(court, s, in_order(s), nullptr, "", acts);
    court.decide(acts);
    // A member is asked whether it helps another under a pact in a conflict. It is asked again only
    // for more than before, against another enemy, or when war has begun. The first question has a
    // level and an enemy; each later one a level or an enemy more, but for that of the war.
    struct Asked {
      std::set<std::uint16_t> waves;
      std::set<Obligation> levels;
      std::set<ActorId> enemies;
    };
    std::map<std::tuple<std::size_t, std::size_t, std::size_t, std::uint64_t>, Asked> questions;
    for (const Verdict& v : court.result.verdicts) {
      if (v.stage != Stage::obliged || !v.yes) continue;
      const Act& act = court.result.acts[v.act];
      Asked& q = questions[{v.pact.row(), v.member.row(), v.towards.row(), act.conflict.value}];
      q.waves.insert(v.wave);
      q.levels.insert(v.level);
      q.enemies.insert(v.towards == act.author ? act.victim : act.author);
    }
    std::size_t most = 0;
    for (const auto& [question, q] : questions) {
      RC_ASSERT(q.waves.size() <= q.levels.size() + q.enemies.size());
      most += q.waves.size();
    }
    // What is asked of a member in one wave for several is one decision; and no wave comes but from
    // a decision of the one before.
    RC_ASSERT(court.result.decisions <= most);
    RC_ASSERT(court.result.waves <= court.result.decisions + 1);
    // So all ends: of each pact every member may have to help every other, in every conflict, over
    // each level and against each party.
    std::set<std::uint64_t> conflicts;
    for (const Act& a : court.result.acts) conflicts.insert(a.conflict.value);
    std::size_t pairs = 0;
    for (const Pact& p : court.pacts) pairs += p.members.size() * (p.members.size() - 1);
    RC_ASSERT(most <= pairs * conflicts.size() * (obligation_count - 1 + s.names.size()));

    std::set<std::tuple<std::uint64_t, std::size_t, std::size_t>> fights;
    for (const Commitment& c : court.result.commitments) {
      RC_ASSERT(c.member != c.against);
      RC_ASSERT(c.member != c.beneficiary);
      RC_ASSERT(c.delay_days >= 0.0);
      if (armed(c.level) && c.beneficiary != c.against) {
        fights.insert({c.conflict.value, c.member.row(), c.against.row()});
      }
    }
    // In one conflict nobody helps with arms both a party and its adversary.
    for (const Commitment& x : court.result.commitments) {
      for (const Commitment& y : court.result.commitments) {
        if (x.conflict == y.conflict && x.member == y.member && armed(x.level) && armed(y.level)) {
          RC_ASSERT(!(x.beneficiary == y.against && x.against == y.beneficiary));
        }
      }
    }
    // Verdicts follow their causes.
    for (std::size_t i = 0; i < court.result.verdicts.size(); ++i) {
      const std::uint32_t cause = court.result.verdicts[i].cause;
      RC_ASSERT(cause == no_index || cause < i);
    }
    // Asked again about the same acts nobody decides anew.
    court.decide(acts);
    RC_ASSERT(court.result.decisions == 0u);
  });
}

TEST(LawProperties, AddingAnUnrelatedPactChangesNoOtherDraw) {
  holds("same draws", [](std::uint64_t seed) {
    const Situation s = random_situation(seed, 20, 10);
    Court plain, more;
    plain.settings.drawing = more.settings.drawing = Drawing::random;
    std::vector<Act> acts, same;
    build(plain, s, in_order(s), nullptr, "", acts);
    build(more, s, in_order(s), nullptr, "", same);
    const ActorId x = more.world.add("stranger"), y = more.world.add("hermit");
    more.pacts.insert(more.pacts.begin(), pact("unrelated", {x, y}));
    more.pacts.front().articles = {defence()};
    plain.decide(acts);
    more.decide(same);
    RC_ASSERT(transcript(plain, 0, true) == transcript(more, 0, true));
  });
}

TEST(LawProperties, SideChangesOfNames) {
  // Two attackers and two victims, renamed in every order: the coalition is the same.
  for (const std::string prefix : {"a", "m", "z", "q9"}) {
    Court court;
    const ActorId p = court.world.add(prefix + "1"), q = court.world.add(prefix + "2"),
                  r = court.world.add(prefix + "3"), t = court.world.add(prefix + "4");
    court.pacts = {pact(prefix + "rt", {r, t})};
    court.pacts[0].articles = {defence()};
    court.decide({attack(p, r), attack(q, r)});
    EXPECT_TRUE(court.helps(t, r, p));
    // Two attacks on one victim are two disputes unless the caller names one.
    EXPECT_TRUE(court.helps(t, r, q));
  }
}

}  // namespace
}  // namespace casus::law
