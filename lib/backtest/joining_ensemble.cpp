#include <algorithm>
#include <chrono>
#include <cmath>

#include "backtest/joining_model.h"
#include "casus/core/random.h"
#include "casus/law/memory.h"
#include "casus/law/resolve.h"
#include "casus/rules/logit.h"
#include "casus/rules/willingness.h"

namespace casus {
namespace {

constexpr Purpose general_war_draw("general war");
constexpr Purpose joining_draw("joining");

/// One course of a war's spread. The first wave are those whom a pact brings in and those who join
/// unasked, all looking at the two sides as they were at the start. Then, as often as somebody has
/// joined, the law answers what the newcomers do and the rest weigh the sides as they have become.
class Course {
 public:
  Course(const WarSituation& s, const law::PactIndex& index, const JoiningParameters& parameters,
         Replicate replicate)
      : s_(s),
        index_(index),
        parameters_(parameters),
        replicate_(replicate),
        settings_(law_of_scenarios(parameters.will.preference)),
        facts_(s, {rules::logistic(parameters.covered), rules::logistic(parameters.covered)}),
        weighed_(s.candidates, 0.0),
        later_(s.candidates, 0.0),
        answers_(s.pacts.size()) {
    // The wars that are looked back on include the World Wars: all inter-state wars 1823-2003.
    settings_.delay.median_days = 173.5;
    settings_.delay.shape = 0.0;
    Stream stream(replicate, 0, general_war_draw, {s.conflict.value});
    if (s.war->major_power_fights && uniform(stream) < parameters.general.probability) {
      factor_ = parameters.general.factor;
    }
  }

  void run() {
    const std::vector<Hazards> at_start = weigh();
    answer(s_.acts, true);
    std::vector<law::Act> acts = intervene(at_start);
    bool moved = true;
    while (moved) {
      ++wave_;
      const std::size_t before = joiners_;
      if (!acts.empty()) answer(acts, false);
      acts = intervene(weigh());
      moved = joiners_ != before;
    }
  }
  bool joined(std::size_t candidate) const { return facts_.side(candidate) != 0; }
  /// Probability of joining after the first wave, given what the others did: its mean over runs is
  /// that of joining, with far less noise than the share of runs.
  double later(std::size_t candidate) const { return later_[candidate]; }
  PromisesByCoding promises() const {
    std::vector<int> sides(s_.candidates);
    for (std::size_t i = 0; i < s_.candidates; ++i) sides[i] = facts_.side(i);
    const int year = static_cast<int>(std::chrono::year_month_day(s_.date).year());
    return count_promises(s_, answers_, sides, year > rules::last_year_without_era);
  }

 private:
  struct Hazards {
    double to_a = 0.0, to_b = 0.0;
    double sum() const { return to_a + to_b; }
  };

  /// How much each candidate is drawn to the sides as they are.
  std::vector<Hazards> weigh() const {
    std::vector<Hazards> out(s_.candidates);
    for (std::size_t i = 0; i < s_.candidates; ++i) {
      if (joined(i)) continue;
      const auto to =
          unasked(facts_.discount(i),
                  {facts_.affinity_to_side(i, 1), facts_.affinity_to_side(i, 2)}, parameters_);
      out[i] = {factor_ * to[0], factor_ * to[1]};
    }
    return out;
  }

  /// What the law makes of the acts. Help for those who attacked or were attacked at the start is
  /// of the first wave.
  void answer(const std::vector<law::Act>& acts, bool start) {
    const law::Resolution r =
        law::resolve(acts, index_, facts_, settings_, replicate_, wave_, memory_);
    if (start) note(r);
    for (const law::Commitment& c : r.commitments) {
      const std::size_t member = c.member.row();
      if (!law::armed(c.level) || member >= s_.candidates || joined(member)) continue;
      facts_.join(member, facts_.side(c.beneficiary.row()));
      ++joiners_;
      if (!start || c.act >= acts.size()) later_[member] += 1.0;
    }
  }

  /// What those who are bound to a side of the start have answered.
  void note(const law::Resolution& r) {
    for (const law::Verdict& v : r.verdicts) {
      if (v.stage != law::Stage::honoured || v.wave != 0 || v.member.row() >= s_.candidates)
        continue;
      answers_[v.pact.row()].help_owed = true;
      answers_[v.pact.row()].help_given |= v.yes;
    }
  }

  /// Those who join unasked, and what they do. Each has one threshold for the whole war, so that a
  /// hazard that has not grown brings in nobody new.
  std::vector<law::Act> intervene(const std::vector<Hazards>& hazards) {
    std::vector<law::Act> acts;
    for (std::size_t i = 0; i < s_.candidates; ++i) {
      const Hazards& h = hazards[i];
      if (joined(i) || h.sum() <= weighed_[i]) continue;
      if (wave_ > 0) later_[i] -= std::expm1(weighed_[i] - h.sum());
      weighed_[i] = h.sum();
      Stream stream(replicate_, 0, joining_draw, {s_.conflict.value, s_.parties[i].key.value},
                    Stream::again);
      if (h.sum() < -std::log(uniform(stream))) continue;
      const int side = uniform(stream) * h.sum() < h.to_a ? 1 : 2;
      facts_.join(i, side);
      ++joiners_;
      acts.push_back(attack(i, side));
    }
    return acts;
  }

  /// A newcomer attacks the strongest original of the other side.
  law::Act attack(std::size_t who, int side) const {
    const auto strongest = [&](int of) {
      std::size_t best = s_.candidates;
      for (std::size_t i = s_.candidates; i < s_.parties.size(); ++i) {
        const bool better =
            s_.parties[best].side != of || s_.parties[i].capability > s_.parties[best].capability;
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
  const JoiningParameters& parameters_;
  Replicate replicate_;
  law::Settings settings_;
  WarFacts facts_;
  law::DecisionMemory memory_;
  double factor_ = 1.0;          ///< of hazards, in a war that has become general
  std::vector<double> weighed_;  ///< the greatest hazard so far
  std::vector<double> later_;
  std::vector<PromiseAnswer> answers_;  ///< per pact
  std::size_t joiners_ = 0;
  std::uint32_t wave_ = 0;
};

}  // namespace

JoiningFrequencies simulate_joining(const WarSituation& s, const JoiningParameters& parameters,
                                    std::uint32_t runs, std::uint64_t seed) {
  const law::PactIndex index(s.pacts, s.parties.size());
  JoiningFrequencies out;
  out.joined.assign(s.candidates, 0.0);
  out.later.assign(s.candidates, 0.0);
  out.promises.reserve(runs);
  for (std::uint32_t r = 0; r < runs; ++r) {
    Course course(s, index, parameters, {seed, r});
    course.run();
    out.promises.push_back(course.promises());
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
