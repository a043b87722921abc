#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

#include "law/keys.h"
#include "law/recognition.h"
#include "law/resolver.h"

// Days and waves: in which order acts are looked at, and what each is asked.

namespace casus::law {
namespace {

/// Is it an act against somebody, which a pact could answer?
bool against_somebody(const Act& act) {
  return hostile(act.kind) || (act.kind == ActKind::intervention && !act.invited);
}

/// Does it take part in a fight, if only by bringing forces to it?
bool takes_part(const Act& act) {
  return against_somebody(act) || act.kind == ActKind::intervention;
}

}  // namespace

Resolver::Resolver(const PactIndex& index, const Facts& facts, const Settings& settings,
                   Replicate replicate, std::uint32_t step, DecisionMemory& memory,
                   const Stages& stages)
    : index_(index),
      facts_(facts),
      settings_(settings),
      replicate_(replicate),
      step_(step),
      memory_(memory),
      stages_(stages),
      field_(facts, settings),
      context_{index, facts, settings, field_, &memory, replicate, step},
      order_(index.pacts().size()) {}

std::uint32_t Resolver::say(const Verdict& verdict) {
  out_.verdicts.push_back(verdict);
  out_.verdicts.back().wave = wave_;
  return static_cast<std::uint32_t>(out_.verdicts.size() - 1);
}

const std::vector<std::uint32_t>& Resolver::order(std::uint32_t pact) {
  std::vector<std::uint32_t>& slots = order_[pact];
  const std::vector<Member>& members = index_.pact(pact).members;
  if (slots.empty() && !members.empty()) {
    slots.resize(members.size());
    std::iota(slots.begin(), slots.end(), 0U);
    std::sort(slots.begin(), slots.end(), [&](std::uint32_t a, std::uint32_t b) {
      return key_of(facts_, members[a].actor) < key_of(facts_, members[b].actor);
    });
  }
  return slots;
}

ActorId Resolver::member(const Candidate& c) const {
  return index_.pact(c.pact).members[c.slot].actor;
}

Case Resolver::case_of(const Candidate& c) const {
  return {out_.acts[c.act], who_[c.act], c.pact, *c.clause};
}

/// Acts of one day are simultaneous; those of a later day come after all that follows from the
/// earlier ones has been decided, as if they were another step.
Resolution Resolver::run(std::span<const Act> acts) {
  out_.acts = by_content(acts, facts_, settings_, &memory_);
  const auto given = static_cast<std::uint32_t>(out_.acts.size());
  for (std::uint32_t begin = 0, end = 0; begin < given; begin = end) {
    while (end < given && out_.acts[end].date == out_.acts[begin].date) ++end;
    cascade(begin, end);
  }
  out_.fights = field_.fights();
  out_.sides = field_.sides();
  return std::move(out_);
}

void Resolver::cascade(std::uint32_t begin, std::uint32_t end) {
  field_.next_day();
  for (wave_ = 0; begin < end; ++wave_) {
    const auto all = static_cast<std::uint32_t>(out_.acts.size());
    who_.resize(all);
    cause_.resize(all, no_index);
    for (std::uint32_t a = begin; a < end; ++a) {
      Act& act = out_.acts[a];
      add_up(act);
      who_[a] = stages_.attribute(act, context_);
      act.posture = who_[a].posture;
      act.conflict = who_[a].conflict;
      act.war_begun = who_[a].war_begun;
    }
    for (std::uint32_t a = begin; a < end; ++a) remember_force(out_.acts[a], who_[a]);
    field_.next_wave(wave_ > 0);
    for (std::uint32_t a = begin; a < end; ++a) {
      if (takes_part(out_.acts[a])) field_.note(out_.acts[a], who_[a]);
    }
    // What is done on the day of an armistice is done before it.
    for (std::uint32_t a = begin; a < end; ++a) {
      if (!settles(out_.acts[a])) continue;
      field_.settle(out_.acts[a], who_[a]);
      count_anew(out_.acts[a], who_[a]);
    }
    candidates_.clear();
    records_.clear();
    first_commitment_ = out_.commitments.size();
    for (std::uint32_t a = begin; a < end; ++a) examine(a);
    decide();
    apply();
    remember_wave();
    out_.waves = std::max<std::uint32_t>(out_.waves, wave_ + 1U);
    next_wave();
    begin = all;
    end = static_cast<std::uint32_t>(out_.acts.size());
  }
}

/// What was decided in a wave was decided at once, on whatever day the help arrives that it
/// answers: of several entries for one question the greatest levels and the last day stay, in any
/// order.
void Resolver::remember_wave() {
  const auto address = [](const Remembered& r) { return std::tie(r.pact, r.actor, r.conflict); };
  std::stable_sort(records_.begin(), records_.end(), [&](const Remembered& a, const Remembered& b) {
    return address(a) < address(b);
  });
  for (std::size_t i = 0, j = 0; i < records_.size(); i = j) {
    Remembered all = records_[i];
    for (j = i + 1; j < records_.size() && address(records_[j]) == address(all); ++j) {
      const Remembered& r = records_[j];
      all.date = std::max(all.date, r.date);
      all.first = std::min(all.first, r.first);
      all.owed = std::max(all.owed, r.owed);
      all.given = std::max(all.given, r.given);
      all.beneficiary = std::max(all.beneficiary, r.beneficiary);
      all.fighting |= r.fighting;
      all.withdrawn = all.withdrawn && r.withdrawn;
      if (r.date >= all.date && r.government != Claimant::unsaid) all.government = r.government;
      all.tally = std::max(all.tally, r.tally);
      all.until =
          all.until && r.until ? std::optional(std::max(*all.until, *r.until)) : std::nullopt;
    }
    memory_.record(all);
  }
}

void Resolver::examine(std::uint32_t a) {
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
  neutrality_broken(a, root);
  if (settles(act)) separate_peace(a, root);
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
  if (takes_part(act) && contested(act, facts_)) records_.push_back(entry_of(act, facts_));
  if (act.kind == ActKind::recognition && who.yes) {
    records_.push_back(recognition_of(act, facts_));
  }
  if (of_council(act) && (who.yes || (!act.author.valid() && who.victim.valid())))
    council_acts(a, root);
  // Forces that one of two governments has asked for are none against the state to those who
  // recognise it, and are to the others.
  const bool disputed = !against_somebody(act) && takes_part(act) && contested(act, facts_);
  if (who.yes && disputed) {
    for (const Membership& m : index_.of(who.victim)) consider(a, root, m.pact, Ground::defence);
  }
  if (who.yes && against_somebody(act)) {
    if (!who.goes_on) breaches_by_act(a, root);
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
