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
        weighed_(s.candidates, 0.0),
        later_(s.candidates, 0.0) {}

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
  /// Probability of joining after the first wave, given what the others did: its mean over runs is
  /// that of joining, with far less noise than the share of runs.
  double later(std::size_t candidate) const { return later_[candidate]; }

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
      if (!start || c.act >= acts.size()) later_[member] += 1.0;
    }
  }

  /// Those who join unasked now, and what they do. All weigh the same sides, and each has one
  /// threshold for the whole war, so that a hazard that has not grown brings in nobody new.
  std::vector<law::Act> interventions(bool start) {
    std::vector<std::pair<std::size_t, int>> joining;
    for (std::size_t i = 0; i < s_.candidates; ++i) {
      if (joined(i)) continue;
      const double a = facts_.affinity_to_side(i, 1), b = facts_.affinity_to_side(i, 2);
      const double discount = facts_.discount(i);
      const double to_a = rules::intervention_hazard(discount, a, b, weights_);
      const double to_b = rules::intervention_hazard(discount, b, a, weights_);
      if (to_a + to_b <= weighed_[i]) continue;
      if (!start) later_[i] -= std::expm1(weighed_[i] - to_a - to_b);
      weighed_[i] = to_a + to_b;
      Stream stream(replicate_, 0, Purpose::custom, {s_.conflict.value, s_.parties[i].key.value});
      if (weighed_[i] < -std::log(uniform(stream))) continue;
      joining.emplace_back(i, uniform(stream) * weighed_[i] < to_a ? 1 : 2);
    }
    std::vector<law::Act> acts;
    for (const auto& [who, side] : joining) {
      facts_.join(who, side);
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
  std::vector<double> weighed_;  ///< the greatest hazard so far
  std::vector<double> later_;
  std::uint32_t wave_ = 0;
};

}  // namespace

JoiningFrequencies simulate_joining(const WarSituation& s, const JoiningParameters& parameters,
                                    std::uint32_t runs, std::uint64_t seed) {
  const law::PactIndex index(s.pacts, s.parties.size());
  JoiningFrequencies out;
  out.joined.assign(s.candidates, 0.0);
  out.later.assign(s.candidates, 0.0);
  for (std::uint32_t r = 0; r < runs; ++r) {
    Course course(s, index, parameters, {seed, r});
    course.run();
    for (std::size_t i = 0; i < s.candidates; ++i) {
      out.joined[i] += course.joined(i) ? 1.0 : 0.0;
      out.later[i] += course.later(i);
    }
  }
  for (std::size_t i = 0; i < s.candidates; ++i) {
    out.joined[i] /= runs;
    out.later[i] /= runs;
  }
  return out;
}

}  // namespace casus
