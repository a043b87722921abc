#include <algorithm>
#include <utility>
#include <vector>

#include "law/keys.h"
#include "law/tally.h"

// Acts of force that are weighed beside others: small ones that add up to an armed attack, and an
// answer beside the attack that it answers.
namespace casus::law {
namespace {

constexpr PactKey small_acts{name_hash("law.small_acts")};

constexpr PactKey suffered{name_hash("law.suffered")};

ActorKey added_up(const Facts& facts, ActorId by, ActorId against) {
  return {mix(mix(key_of(facts, by), key_of(facts, against)), 7)};
}

/// What answered as little as it had suffered.
ActorKey returned(const Facts& facts, ActorId by, ActorId against) {
  return {mix(mix(key_of(facts, by), key_of(facts, against)), 13)};
}

ActorKey done_to(const Facts& facts, ActorId by, ActorId against) {
  return {mix(mix(key_of(facts, by), key_of(facts, against)), 8)};
}

/// Who has used force by it: its author, and who is shown to have sent him, or to have lent its
/// soil to another state's attack.
struct Doers {
  ActorId all[3];
};
Doers doers(const Act& act, const Attribution& who, const Facts& facts) {
  const bool band = who.author.valid() && facts.party(who.author).kind == PartyKind::armed_group;
  return {{who.author, who.sponsor_proven ? act.sponsor : ActorId{},
           who.host_proven && !band ? act.host : ActorId{}}};
}

}  // namespace

/// Under SmallActs::together an act of force is as grave as it and those before it are together, as
/// long as the last of them could still be answered and no peace has been made since. What those do
/// whom a state is shown to have sent is added to what it does itself; what answers an attack, or
/// is allowed, to nothing. What has been added up is remembered like a decision, so that it goes
/// from step to step.
/// What returns no more than was suffered from the other by the day before is added to nothing
/// either: who only answers begins no series.
void Tally::add_up(std::uint32_t begin, std::uint32_t end) {
  if (settings_.doctrines.small_acts != SmallActs::together) return;
  struct Small {
    Act* act;
    ActorId by, victim;
    double suffered = 0.0;
  };
  std::vector<Small> all;
  const auto so_far = [&](ActorKey of, Date date) {
    const Remembered* before = memory_.find(small_acts, of, {});
    return before && static_cast<double>(days_between(before->date, date)) <= settings_.answer_days
               ? before->tally
               : 0.0;
  };
  for (std::uint32_t a = begin; a < end; ++a) {
    Act& act = out_.acts[a];
    if (!uses_force(act.kind)) continue;
    const Attribution who = stages_.attribute(act, context_);
    if (!who.yes || who.posture != Posture::attack || who.author == who.victim) continue;
    const ActorId by = who.sponsor_proven ? act.sponsor : who.author;
    all.push_back({&act, by, who.victim, so_far(added_up(facts_, who.victim, by), act.date)});
  }
  constexpr double rounding = 1e-9;
  for (const Small& small : all) {
    Act& act = *small.act;
    ActorKey kept = returned(facts_, small.by, small.victim);
    double sum = so_far(kept, act.date) + act.severity;
    if (armed_attack(act, settings_) || sum > small.suffered + rounding) {
      kept = added_up(facts_, small.by, small.victim);
      sum = so_far(kept, act.date) + act.severity;
      act.severity = std::min(1.0, sum);
    }
    memory_.record({.pact = small_acts,
                    .actor = kept,
                    .date = act.date,
                    .first = act.date,
                    .beneficiary = {key_of(facts_, small.victim)},
                    .tally = sum});
  }
}

/// An armistice or a peace between two, be it of a quarrel that never was a war, begins the count
/// anew for both.
void Tally::count_anew(const Act& act, const Attribution& who) {
  if (settings_.doctrines.small_acts != SmallActs::together || !who.yes) return;
  for (const auto& [by, against] :
       {std::pair(who.author, who.victim), std::pair(who.victim, who.author)}) {
    for (const ActorKey of : {added_up(facts_, by, against), returned(facts_, by, against)}) {
      if (memory_.find(small_acts, of, {}) == nullptr) continue;
      memory_.record({.pact = small_acts,
                      .actor = of,
                      .date = act.date,
                      .first = act.date,
                      .beneficiary = {key_of(facts_, against)},
                      .tally = 0.0});
    }
  }
}

void Tally::keep_lawful(const Act& act, ActorId by, ActorId against, Obligation how) {
  Remembered r{.pact = lawful_force,
               .actor = force_memory({key_of(facts_, by)}, {key_of(facts_, against)}),
               .date = act.date,
               .first = act.date,
               .given = how,
               .beneficiary = {key_of(facts_, against)},
               .withdrawn = how == Obligation::none};
  memory_.record(r);
  r.actor = {};  // there is some, so that it is looked for
  r.beneficiary = {};
  r.withdrawn = false;
  memory_.record(r);
  field_.lawful_used();
}

void Tally::weigh_lawful(std::uint32_t begin, std::uint32_t end) {
  const auto each = [&](bool authorised, auto&& weigh) {
    for (std::uint32_t a = begin; a < end; ++a) {
      const Act& act = out_.acts[a];
      const Attribution& who = who_[a];
      if (!who.yes || who.author == who.victim || who.authorised != authorised ||
          !first_force(act, settings_)) {
        continue;
      }
      for (const ActorId by : doers(act, who, facts_).all) {
        if (by.valid() && by != who.victim) weigh(act, who, by);
      }
    }
  };
  const auto over = [&](const Hostility& h, const Act& act) {
    return h.settled != Settlement::none || lapsed(h, act.date, settings_);
  };
  each(true, [&](const Act& act, const Attribution& who, ActorId by) {
    const Hostility own = field_.hostility(by, who.victim);
    const Hostility back = field_.hostility(who.victim, by);
    const bool first = !own.second_began && !back.second_began && !own.lawful;
    if (first || over(own, act)) keep_lawful(act, by, who.victim, Obligation::troops);
  });
  each(false, [&](const Act& act, const Attribution& who, ActorId by) {
    if (who.posture != Posture::attack) return;
    const bool late = over(field_.hostility(by, who.victim), act);
    const Obligation own = field_.lawful_of(by, who.victim);
    if (own == Obligation::troops || (own != Obligation::none && late)) {
      keep_lawful(act, by, who.victim, Obligation::none);
    }
    const Obligation other = field_.lawful_of(who.victim, by);
    if (other != Obligation::none) {
      keep_lawful(act, who.victim, by, late ? Obligation::none : Obligation::war);
    }
  });
}

void Tally::settle_lawful(const Act& act, const Attribution& who) {
  if (!who.yes) return;
  for (const auto& [by, against] :
       {std::pair(who.author, who.victim), std::pair(who.victim, who.author)}) {
    if (field_.lawful_of(by, against) != Obligation::none) {
      keep_lawful(act, by, against, Obligation::none);
    }
  }
}

/// How grave the force was that one has suffered from another in a conflict, for
/// Proportion::to_the_attack.
void Tally::remember_force(const Act& act, const Attribution& who) {
  if (settings_.doctrines.proportion != Proportion::to_the_attack || !who.yes ||
      who.posture != Posture::attack || !first_force(act, settings_)) {
    return;
  }
  for (const ActorId by : doers(act, who, facts_).all) {
    if (!by.valid() || by == who.victim) continue;
    const ActorKey pair = done_to(facts_, by, who.victim);
    const Remembered* before = memory_.find(suffered, pair, who.conflict);
    memory_.record({.pact = suffered,
                    .actor = pair,
                    .conflict = who.conflict,
                    .date = act.date,
                    .first = act.date,
                    .beneficiary = {key_of(facts_, who.victim)},
                    .tally = std::max(act.severity, before ? before->tally : 0.0)});
  }
}

bool goes_too_far(const Act& act, const Attribution& who, const Context& x) {
  const Proportion reading = x.settings.doctrines.proportion;
  if (!in_defence(who.posture) || reading == Proportion::not_weighed ||
      !first_force(act, x.settings))
    return false;
  if (reading == Proportion::to_the_end) return act.repelled;
  const DecisionMemory* known = x.memory ? x.memory : x.known;
  if (!known) return false;
  // What is not known of the attack is not weighed: a war that was there before all acts.
  double attack = 0.0;
  for (const ActorId hit : {who.author, act.on_behalf_of}) {
    if (!hit.valid()) continue;
    const Remembered* r = known->find(suffered, done_to(x.facts, who.victim, hit), who.conflict);
    if (r) attack = std::max(attack, r->tally);
  }
  return attack > 0.0 && act.severity > x.settings.proportion * attack;
}

}  // namespace casus::law
