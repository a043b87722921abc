#include <cstddef>
#include <cstdint>

#include "law/examining.h"
#include "law/keys.h"
#include "law/recognition.h"

// What an act is asked: who did it, what it breaks, and which pacts could answer it.

namespace casus::law {

bool against_somebody(const Act& act) {
  return hostile(act.kind) || (act.kind == ActKind::intervention && !act.invited);
}

bool takes_part(const Act& act) {
  return against_somebody(act) || act.kind == ActKind::intervention;
}

void Examining::examine(std::uint32_t a) {
  const Act& act = out_.acts[a];
  const Attribution& who = who_[a];
  const std::size_t mark = out_.verdicts.size();
  const std::size_t before = candidates_.size() + records_.size();
  const std::uint32_t root = say({.stage = Stage::attributed,
                                  .yes = who.yes,
                                  .reason = who.reason,
                                  .act = a,
                                  .cause = cause_[a],
                                  .member = who.author,
                                  .towards = who.victim});
  const auto alleged = [&](ActorId whom, bool proven, double evidence, double draw) {
    if (!whom.valid()) return;
    const std::uint32_t said =
        say({.stage = Stage::attributed,
             .yes = proven,
             .reason = proven                                     ? Reason::evidence_sufficient
                       : whom == act.sponsor && who.sponsor_apart ? Reason::control_insufficient
                                                                  : Reason::evidence_insufficient,
             .act = a,
             .cause = root,
             .member = whom,
             .towards = who.victim,
             .probability = evidence});
    if (draw >= 0.0 && settings_.keep_weighed) {
      weighed(said, DecisionKind::evidence, evidence, draw, proven, out_.terms.size());
    }
  };
  alleged(act.sponsor, who.sponsor_proven, act.sponsor_evidence, who.sponsor_draw);
  alleged(act.host, who.host_proven, act.host_evidence, who.host_draw);
  wrongs_.neutrality_broken(a, root);
  if (settles(act)) wrongs_.separate_peace(a, root);
  if (who.countermeasure) {
    say({.stage = Stage::consequence,
         .yes = true,
         .reason = Reason::breach_answered,
         .act = a,
         .cause = root,
         .pact = PactId{breach_answered(act, who, context_).value_or(0)},
         .member = who.author,
         .towards = who.victim});
  }
  if (who.out_of_proportion) {
    say({.stage = Stage::consequence,
         .yes = false,
         .reason = Reason::out_of_proportion,
         .act = a,
         .cause = root,
         .member = who.author,
         .towards = who.victim});
  }
  if (takes_part(act) && contested(act, facts_, &memory_)) {
    records_.push_back(entry_of(act, facts_));
  }
  if (act.kind == ActKind::coup && who.victim.valid() && !facts_.government(who.victim).known) {
    records_.push_back(coup_of(act, who.victim, facts_));
  }
  if (act.kind == ActKind::recognition && who.yes) {
    records_.push_back(recognition_of(act, facts_));
  }
  if (of_council(act) && (who.yes || (!act.author.valid() && who.victim.valid())))
    council_acts(a, root);
  // Forces that one of two governments has asked for are none against the state to those who
  // recognise it, and are to the others.
  const bool disputed =
      !against_somebody(act) && takes_part(act) && contested(act, facts_, &memory_);
  if (who.yes && disputed) {
    for (const Membership& m : index_.of(who.victim)) consider(a, root, m.pact, Ground::defence);
  }
  if (!who.yes && against_somebody(act)) wrongs_.armed_only(a, root);
  if (who.yes && against_somebody(act)) {
    if (!who.goes_on) wrongs_.by_act(a, root);
    for (const Membership& m : index_.of(who.victim)) consider(a, root, m.pact, Ground::defence);
    for (const std::uint32_t p : index_.for_the_sake_of(who.victim)) {
      consider(a, root, p, Ground::defence);
    }
    if (who.author != who.victim) {
      for (const Membership& m : index_.of(who.author)) consider(a, root, m.pact, Ground::offence);
    }
  }
  if (!settings_.keep_all && candidates_.size() + records_.size() == before &&
      cause_[a] == no_index) {
    unsay(mark);
  }
}

}  // namespace casus::law
