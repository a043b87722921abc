#include <algorithm>
#include <cmath>

#include "casus/core/random.h"
#include "casus/law/memory.h"
#include "casus/law/resolve.h"
#include "casus/rules/logit.h"
#include "study/joining_model.h"

namespace casus {
namespace {

/// One course of a war's spread. First the law answers the attack; then, as often as somebody has
/// joined, those who are not bound weigh the sides as they have become, and the law answers what
/// the newcomers do.
class Course {
 public:
  Course(const WarSituation& s, const law::PactIndex& index, const JoiningParameters& parameters,
         Replicate replicate)
      : s_(s),
        index_(index),
        weights_(parameters.intervention),
        replicate_(replicate),
        facts_(s, {rules::logistic(parameters.invocation), rules::logistic(parameters.invocation)}),
        first_(s.candidates, false) {}

  void run() {
    answer(s_.acts, true);
    std::vector<law::Act> acts = interventions(true);
    while (!acts.empty()) {
      ++wave_;
      answer(acts, false);
      acts = interventions(false);
    }
  }
  bool joined(std::size_t candidate) const { return facts_.side(candidate) != 0; }
  bool joined_first(std::size_t candidate) const { return first_[candidate]; }

 private:
  /// What the law makes of the acts. Help for those who attacked or were attacked at the start is
  /// of the first wave.
  void answer(const std::vector<law::Act>& acts, bool start) {
    const law::Resolution r =
        law::resolve(acts, index_, facts_, settings_, replicate_, wave_, memory_);
    for (const law::Commitment& c : r.commitments) {
      const std::size_t member = c.member.row();
      if (!law::armed(c.level) || member >= s_.candidates || joined(member)) continue;
      facts_.join(member, facts_.side(c.beneficiary.row()));
      first_[member] = start && c.act < acts.size();
    }
  }

  /// Those who join unasked now, and what they do. Each has one threshold for the whole war, so
  /// that a hazard that has not grown brings in nobody new. All decide on the same sides.
  std::vector<law::Act> interventions(bool start) {
    std::vector<std::pair<std::size_t, int>> joining;
    for (std::size_t i = 0; i < s_.candidates; ++i) {
      if (joined(i)) continue;
      const double a = facts_.affinity_to_side(i, 1), b = facts_.affinity_to_side(i, 2);
      const double discount = facts_.discount(i);
      const double to_a = rules::intervention_hazard(discount, a, b, weights_);
      const double to_b = rules::intervention_hazard(discount, b, a, weights_);
      Stream stream(replicate_, 0, Purpose::custom, {s_.conflict.value, s_.parties[i].key.value});
      if (to_a + to_b < -std::log(uniform(stream))) continue;
      joining.emplace_back(i, uniform(stream) * (to_a + to_b) < to_a ? 1 : 2);
    }
    std::vector<law::Act> acts;
    for (const auto& [who, side] : joining) {
      facts_.join(who, side);
      if (start) first_[who] = true;
      acts.push_back(attack(who, side));
    }
    return acts;
  }

  /// A newcomer attacks the strongest original of the other side.
  law::Act attack(std::size_t who, int side) const {
    const auto strongest = [&](int of) {
      std::size_t best = s_.candidates;
      for (std::size_t i = s_.candidates; i < s_.parties.size(); ++i) {
        const bool better = s_.parties[best].side != of ||
                            s_.parties[i].capability > s_.parties[best].capability;
        if (s_.parties[i].side == of && better) best = i;
      }
      return ActorId(best);
    };
    law::Act act;
    act.kind = law::ActKind::invasion;
    act.author = ActorId(who);
    act.victim = strongest(3 - side);
    act.on_behalf_of = strongest(side);
    act.place = facts_.territory(act.victim);
    act.date = s_.date;
    act.war_begun = s_.date;
    act.conflict = s_.conflict;
    return act;
  }

  const WarSituation& s_;
  const law::PactIndex& index_;
  rules::InterventionWeights weights_;
  Replicate replicate_;
  law::Settings settings_{};
  WarFacts facts_;
  law::DecisionMemory memory_;
  std::vector<bool> first_;
  std::uint32_t wave_ = 0;
};

}  // namespace

JoiningFrequencies simulate_joining(const WarSituation& s, const JoiningParameters& parameters,
                                    std::uint32_t runs, std::uint64_t seed) {
  const law::PactIndex index(s.pacts, s.parties.size());
  std::vector<std::uint32_t> all(s.candidates, 0), first(s.candidates, 0);
  for (std::uint32_t r = 0; r < runs; ++r) {
    Course course(s, index, parameters, {seed, r});
    course.run();
    for (std::size_t i = 0; i < s.candidates; ++i) {
      if (course.joined(i)) ++all[i];
      if (course.joined_first(i)) ++first[i];
    }
  }
  JoiningFrequencies out;
  for (std::size_t i = 0; i < s.candidates; ++i) {
    out.joined.push_back(static_cast<double>(all[i]) / runs);
    out.joined_first.push_back(static_cast<double>(first[i]) / runs);
  }
  return out;
}

}  // namespace casus
