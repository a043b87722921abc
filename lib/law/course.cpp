#include "law/course.h"

#include <algorithm>
#include <numeric>
#include <tuple>

// What every room of a cascade says, draws and asks.

namespace casus::law {

Course::Course(const PactIndex& pacts, const Facts& of_parties, const Settings& of_law,
               Replicate of_run, std::uint32_t at_step, DecisionMemory& known, const Stages& asked)
    : index(pacts),
      facts(of_parties),
      settings(of_law),
      replicate(of_run),
      step(at_step),
      memory(known),
      stages(asked),
      field(facts, settings, &memory),
      context{index, facts, settings, field, &memory, replicate, step},
      order_(index.pacts().size()) {}

std::uint32_t Course::say(const Verdict& verdict) {
  out.verdicts.push_back(verdict);
  out.verdicts.back().wave = wave;
  return static_cast<std::uint32_t>(out.verdicts.size() - 1);
}

const std::vector<std::uint32_t>& Course::order(std::uint32_t pact) {
  std::vector<std::uint32_t>& slots = order_[pact];
  const std::vector<Member>& members = index.pact(pact).members;
  if (slots.empty() && !members.empty()) {
    slots.resize(members.size());
    std::iota(slots.begin(), slots.end(), 0U);
    std::sort(slots.begin(), slots.end(), [&](std::uint32_t a, std::uint32_t b) {
      return key_of(facts, members[a].actor) < key_of(facts, members[b].actor);
    });
  }
  return slots;
}

double Course::draw(Purpose purpose, const Candidate& c) const {
  if (settings.drawing == Drawing::expected) return 0.5;
  // Not keyed by the pact: a member's will to help a party in a conflict is one, so that removing
  // one of two pacts changes what is owed and not the draw.
  Stream s(replicate, step, purpose, {c.member_key, c.beneficiary_key, c.conflict.value},
           Stream::again);
  return uniform(s);
}

/// Of two duties of a member in one conflict, which one is it readier to fulfil? By what is asked
/// and what happened, then by whom it likes less and on whose soil it would rather stand; names
/// must not decide, except between what is alike in all this.
bool Course::readier(const Candidate& a, const Candidate& b) const {
  const auto rank = [&](const Candidate& c) {
    const Act& act = out.acts[c.act];
    return std::tuple(c.ability.yes, c.owed.level, c.ability.level, c.will.logit,
                      lowest(c.owed.set), c.owed.set.bits(), act.severity, act.posture, act.kind,
                      c.clause->when.member_as_author);
  };
  const auto x = rank(a), y = rank(b);
  if (x != y) return x > y;
  if (a.act != b.act) {
    const auto liking = [&](const Candidate& c) {
      const Act& act = out.acts[c.act];
      const auto affinity = [&](ActorId to) {
        return to.valid() && to != member(c) ? facts.affinity(member(c), to) : 0.0;
      };
      return std::tuple(act.size, -affinity(c.coverage.adversary), affinity(act.place.sovereign),
                        act.place.key);
    };
    const auto v = liking(a), w = liking(b);
    if (v != w) return v > w;
  }
  const auto id = [&](const Candidate& c) -> const std::string& {
    return index.pact(c.pact).articles[c.clause->article.row()].id;
  };
  return id(a) < id(b);
}

}  // namespace casus::law
