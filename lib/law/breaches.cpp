#include <algorithm>

#include "casus/law/membership.h"
#include "law/charter.h"
#include "law/keys.h"
#include "law/wrongs.h"

namespace casus::law {
namespace {

/// What an act breaks if its author has promised its victim to abstain. Who may not help an enemy
/// may not be one either, nor shelter or arm one.
AbstentionSet forbidden_by(ActKind kind) {
  switch (kind) {
    case ActKind::hosting_armed_groups:
      return {Abstention::hosting, Abstention::neutrality};
    case ActKind::supporting_armed_groups:
      return {Abstention::supporting, Abstention::neutrality};
    case ActKind::proxy_attack:
      return {Abstention::supporting, Abstention::force, Abstention::neutrality};
    case ActKind::blockade:
      return {Abstention::blockade, Abstention::neutrality};
    case ActKind::sanction:
      return {Abstention::sanction};
    case ActKind::threat:
      return {Abstention::threat};
    case ActKind::declaration_of_war:
    case ActKind::intervention:
      return {Abstention::force, Abstention::neutrality};
    default:
      return uses_force(kind) ? AbstentionSet{Abstention::force, Abstention::neutrality}
                              : AbstentionSet{};
  }
}

/// Does it help whom it is done for against his enemy, more than by words and measures?
bool takes_sides(ActKind kind) {
  return kind == ActKind::aid || kind == ActKind::basing || kind == ActKind::intervention ||
         kind == ActKind::blockade || kind == ActKind::declaration_of_war || uses_force(kind);
}

Abstention first_of(AbstentionSet set) {
  for (std::size_t i = 0; i < names<Abstention>().size(); ++i) {
    if (set.contains(static_cast<Abstention>(i))) return static_cast<Abstention>(i);
  }
  return Abstention::force;
}

bool alliance(std::span<const Clause> clauses) {
  return std::any_of(clauses.begin(), clauses.end(),
                     [](const Clause& c) { return highest(c.then.assist) >= Obligation::aid; });
}

}  // namespace

/// Pacts are not broken in silence: an act of one member against another is named, whatever the
/// pact says of help, and whether it is done by the member's own hands or not.
void Wrongs::by_act(std::uint32_t a, std::uint32_t cause) {
  const Act& act = out_.acts[a];
  const Attribution& who = who_[a];
  if (who.posture != Posture::attack) return;
  const bool coup = act.kind == ActKind::coup || act.kind == ActKind::coup_attempt;
  const bool attack = makes_war(act, settings_);
  // Harm through networks is force where it does what force does.
  const bool short_of_force = act.kind == ActKind::cyber_operation && !attack;
  if (!coup && !short_of_force) {
    between(a, cause, {who.author, who.victim, forbidden_by(act.kind), attack, attack});
  }
  // To send a band is force by other hands, and so is to lend one's soil to another state's attack
  // (Definition of Aggression, article 3(f) and (g)); to let a band be there is not.
  const AbstentionSet by_proxy{Abstention::force, Abstention::neutrality};
  const bool force = uses_force(act.kind) || coup;
  if (who.sponsor_proven && act.sponsor != who.author) {
    const AbstentionSet sent{Abstention::supporting};
    between(a, cause,
            {act.sponsor, who.victim, force ? sent | by_proxy : sent,
             coup || armed_attack(act, settings_), false});
  }
  armed_only(a, cause);
  if (who.host_proven && act.host != who.author) {
    const bool lent = force && who.author.valid() && !coup &&
                      facts_.party(who.author).kind != PartyKind::armed_group;
    const AbstentionSet sheltered{Abstention::hosting};
    between(a, cause,
            {act.host, who.victim, lent ? sheltered | by_proxy : sheltered,
             lent && armed_attack(act, settings_), false});
  }
}

/// Who is shown to have armed a band without the control that would make its acts its own has
/// supported it for all that (Nicaragua, judgment of 1986, paragraphs 228 and 242).
void Wrongs::armed_only(std::uint32_t a, std::uint32_t cause) {
  const Act& act = out_.acts[a];
  const Attribution& who = who_[a];
  const bool band = !act.author.valid() || facts_.party(act.author).kind == PartyKind::armed_group;
  if (!who.sponsor_apart || !band || !who.victim.valid() || who.posture != Posture::attack) return;
  between(a, cause, {act.sponsor, who.victim, forbidden_by(ActKind::supporting_armed_groups)});
}

/// A wrong that goes on is named once, and what is done in a war is part of it. Another wrong is
/// named as well, and so is an attack that begins the quarrel anew when the last is long past.
bool Wrongs::named_before(PactKey pact, const Wrong& wrong, Abstention what,
                          std::uint32_t a) const {
  const auto find = [&](Abstention wronged) {
    return memory_.find(
        pact, breach_memory(facts_.party(wrong.by).key, facts_.party(wrong.to).key, wronged),
        who_[a].conflict);
  };
  const Remembered* r = find(Abstention::force);
  if (!r && what != Abstention::force) r = find(what);
  if (!r) return false;
  const Date date = out_.acts[a].date;
  const bool anew = wrong.attack && who_[a].war_begun == date &&
                    static_cast<double>(days_between(r->date, date)) > settings_.answer_days;
  return !anew;
}

void Wrongs::between(std::uint32_t a, std::uint32_t cause, const Wrong& wrong) {
  const Act& act = out_.acts[a];
  if (!wrong.by.valid() || wrong.by == wrong.to) return;
  for (const Membership& m : index_.of(wrong.by)) {
    const Pact& pact = index_.pact(m.pact);
    const Member* other = index_.member(m.pact, wrong.to);
    // Who is suspended owes no help and claims none, and is bound to keep the peace for all that.
    if (!other || !standing(pact, *other, act.date).member ||
        !standing(pact, pact.members[m.slot], act.date).member) {
      continue;
    }
    // Of several promises that it breaks the gravest is named.
    const Clause* broken = nullptr;
    Abstention what = Abstention::force;
    for (const Clause& c : index_.clauses(m.pact)) {
      const AbstentionSet hit = c.then.abstain & wrong.forbidden;
      if (hit.empty() || (broken && first_of(hit) >= what)) continue;
      const bool applies = (c.when.acts.empty() || c.when.acts.contains(act.kind)) &&
                           act.severity >= c.when.min_severity;
      if (!applies || !promised(index_, m, *other, c, {act.date, who_[a].conflict})) continue;
      broken = &c;
      what = first_of(hit);
    }
    if (!broken && !(wrong.attack && alliance(index_.clauses(m.pact)))) continue;
    if (named_before(pact.key, wrong, what, a)) continue;
    name_breach(wrong, {.act = a,
                        .cause = cause,
                        .pact = m.pact,
                        .clause = broken,
                        .what = what,
                        .weight = act.severity});
  }
}

/// A promise of neutrality is broken by whoever helps the enemy of the one to whom it was made.
/// What a pact has obliged to is named where that is decided.
void Wrongs::neutrality_broken(std::uint32_t a, std::uint32_t cause) {
  const Act& act = out_.acts[a];
  const ActorId helped = act.on_behalf_of, author = act.author;
  if (cause_[a] != no_index || !helped.valid() || !author.valid() || helped == author ||
      !takes_sides(act.kind) || who_[a].posture == Posture::self_defence) {
    return;
  }
  for (const Membership& m : index_.of(author)) {
    const Pact& pact = index_.pact(m.pact);
    if (!standing(pact, pact.members[m.slot], act.date).member) continue;
    for (const Clause& c : index_.clauses(m.pact)) {
      if (!c.then.abstain.contains(Abstention::neutrality)) continue;
      for (const std::uint32_t slot : order(m.pact)) {
        const Member& other = pact.members[slot];
        // Force against the member itself is named for what it is.
        const bool itself = other.actor == who_[a].victim && who_[a].posture == Posture::attack &&
                            hostile(act.kind);
        // To help who fights on behalf of the Council breaks none either.
        if (itself || other.actor == author || other.actor == helped ||
            armed(allowed_against(other.actor, act.date, context_)) ||
            !field_.fighting(other.actor, helped) || !standing(pact, other, act.date).member ||
            !promised(index_, m, other, c, {act.date, who_[a].conflict}) ||
            named_before(pact.key, {.by = author, .to = other.actor}, Abstention::neutrality, a)) {
          continue;
        }
        const bool attacked = field_.hostility(other.actor, helped).second_began;
        if (!attacked && (c.void_if_partner_attacks || !c.when.acts.empty())) continue;
        name_breach({.by = author, .to = other.actor}, {.act = a,
                                                        .cause = cause,
                                                        .pact = m.pact,
                                                        .clause = &c,
                                                        .what = Abstention::neutrality,
                                                        .weight = act.severity});
      }
    }
  }
}

/// Who comes to one's help against an ally of his own breaks faith with that ally, though no
/// article should name it; unless the ally has attacked a member of their pact.
void Wrongs::fights_ally(const Commitment& help, const Act& as) {
  if (as.posture != Posture::collective_defence || field_.fighting(help.member, help.against)) {
    return;
  }
  const Date date = out_.acts[help.act].date;
  const Pact& owed = index_.pact(help.pact.row());
  for (const Membership& m : index_.of(help.member)) {
    const Pact& pact = index_.pact(m.pact);
    const auto clauses = index_.clauses(m.pact);
    const Member* other = index_.member(m.pact, help.against);
    const Member* helped = index_.member(m.pact, help.beneficiary);
    if (!other || !standing(pact, *other, date).member ||
        !standing(pact, pact.members[m.slot], date).member || !alliance(clauses) ||
        (helped && standing(pact, *helped, date).member) || precedence(owed, pact) > 0 ||
        named_before(pact.key, {.by = help.member, .to = help.against}, Abstention::force,
                     help.act)) {
      continue;
    }
    // Who was bound to both sides has been named where it chose, on the same day: what was named on
    // another may have been in another step.
    const bool torn = std::any_of(out_.breaches.begin(), out_.breaches.end(), [&](const Breach& b) {
      return b.member == help.member && b.pact == PactId{m.pact} && b.towards == help.against &&
             b.act != no_index && b.date == date;
    });
    if (torn) continue;
    // An express promise not to fight was weighed where the member decided.
    const bool express = std::any_of(clauses.begin(), clauses.end(), [&](const Clause& c) {
      return !(c.then.abstain & AbstentionSet{Abstention::force, Abstention::neutrality}).empty() &&
             promised(index_, m, *other, c, {date, help.conflict});
    });
    if (express) continue;
    if (armed(allowed_against(help.against, date, context_)) ||
        right_to_help(help.member, help.beneficiary, date, context_, records_) >= help.level) {
      return;
    }
    name_breach({.by = help.member, .to = help.against, .war = true},
                {.act = help.act,
                 .cause = help.verdict,
                 .pact = m.pact,
                 .excused = true,
                 .weight = gravity(help.level)});
    out_.conflicts.back().first = help.pact;
    out_.conflicts.back().first_article = help.article;
    out_.conflicts.back().chosen = help.beneficiary;
  }
}

void Wrongs::name_breach(const Wrong& wrong, const Named& named) {
  const PactId row{named.pact};
  const ArticleId article = named.clause ? named.clause->article : ArticleId{};
  const Act& act = out_.acts[named.act];
  records_.push_back({.pact = index_.pact(named.pact).key,
                      .actor = named.memory.value != 0
                                   ? named.memory
                                   : breach_memory(facts_.party(wrong.by).key,
                                                   facts_.party(wrong.to).key, named.what),
                      .conflict = who_[named.act].conflict,
                      .date = act.date,
                      .first = act.date,
                      .beneficiary = facts_.party(wrong.to).key});
  const std::uint32_t v =
      say({.stage = Stage::consequence,
           .yes = false,
           .reason = named.clause ? Reason::abstention_broken : Reason::member_attacked,
           .article = article,
           .act = named.act,
           .cause = named.cause,
           .pact = row,
           .member = wrong.by,
           .towards = wrong.to});
  out_.breaches.push_back(
      {.kind = named.clause ? BreachKind::abstention_broken : BreachKind::member_attacked,
       .member = wrong.by,
       .towards = wrong.to,
       .pact = row,
       .article = article,
       .date = act.date,
       .act = named.act,
       .verdict = v,
       .abstention = named.what,
       .weight = named.weight,
       .excused = named.excused});
  if (!wrong.war) return;
  out_.conflicts.push_back({.kind = ConflictKind::members_at_war,
                            .decided_by = Decision::choice,
                            .member = wrong.by,
                            .first = row,
                            .second = row,
                            .first_article = article,
                            .second_article = article,
                            .act = named.act,
                            .chosen = wrong.by});
}

}  // namespace casus::law
