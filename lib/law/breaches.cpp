#include "casus/law/membership.h"
#include "law/keys.h"
#include "law/resolver.h"

namespace casus::law {
namespace {

/// What an act breaks if its author has promised its victim to abstain.
AbstentionSet forbidden_by(ActKind kind) {
  switch (kind) {
    case ActKind::hosting_armed_groups:
      return {Abstention::hosting};
    case ActKind::supporting_armed_groups:
      return {Abstention::supporting};
    case ActKind::proxy_attack:
      return {Abstention::supporting, Abstention::force};
    case ActKind::blockade:
      return {Abstention::blockade};
    case ActKind::sanction:
      return {Abstention::sanction};
    case ActKind::threat:
      return {Abstention::threat};
    case ActKind::declaration_of_war:
    case ActKind::intervention:
      return {Abstention::force};
    default:
      return uses_force(kind) ? AbstentionSet{Abstention::force} : AbstentionSet{};
  }
}

}  // namespace

/// Pacts are not broken in silence: an act of one member against another is named, whatever the
/// pact says of help.
void Resolver::breaches_by_act(std::uint32_t a, std::uint32_t cause) {
  const Act& act = out_.acts[a];
  const Attribution& who = who_[a];
  if (who.posture != Posture::attack || act.kind == ActKind::coup ||
      act.kind == ActKind::coup_attempt) {
    return;
  }
  breach_between(a, cause, who.author, forbidden_by(act.kind), makes_war(act, settings_));
  if (who.sponsor_proven && act.sponsor != who.author) {
    breach_between(a, cause, act.sponsor, {Abstention::supporting}, false);
  }
  if (who.host_proven && act.host != who.author) {
    breach_between(a, cause, act.host, {Abstention::hosting}, false);
  }
}

void Resolver::breach_between(std::uint32_t a, std::uint32_t cause, ActorId wrongdoer,
                              AbstentionSet forbidden, bool war) {
  const Act& act = out_.acts[a];
  const ActorId victim = who_[a].victim;
  if (!wrongdoer.valid() || wrongdoer == victim) return;
  for (const Membership& m : index_.of(wrongdoer)) {
    const Pact& pact = index_.pact(m.pact);
    const Member* other = index_.member(m.pact, victim);
    if (!other || !standing(pact, *other, act.date).member ||
        !standing(pact, pact.members[m.slot], act.date).bound) {
      continue;
    }
    const Clause* broken = nullptr;
    bool alliance = false;
    for (const Clause& c : index_.clauses(m.pact)) {
      alliance |= highest(c.then.assist) >= Obligation::aid;
      if (broken || (c.then.abstain & forbidden).empty()) continue;
      const bool applies = c.when.acts.empty() || c.when.acts.contains(act.kind);
      if (applies && promised(index_, m, *other, c, act.date)) broken = &c;
    }
    if (!broken && !(war && alliance)) continue;
    const ActorKey noted = breach_memory(facts_.party(wrongdoer).key);
    if (memory_.find(pact.key, noted, who_[a].conflict)) continue;
    records_.push_back({pact.key, noted, who_[a].conflict, act.date, act.date, Obligation::none,
                        Obligation::none, facts_.party(victim).key});
    const ArticleId article = broken ? broken->article : ArticleId{};
    const Reason reason = broken ? Reason::abstention_broken : Reason::member_attacked;
    const std::uint32_t v = say({.stage = Stage::consequence,
                                 .yes = false,
                                 .reason = reason,
                                 .article = article,
                                 .act = a,
                                 .cause = cause,
                                 .pact = PactId{m.pact},
                                 .member = wrongdoer,
                                 .towards = victim});
    Breach breach{.kind = broken ? BreachKind::abstention_broken : BreachKind::member_attacked,
                  .member = wrongdoer,
                  .towards = victim,
                  .pact = PactId{m.pact},
                  .article = article,
                  .act = a,
                  .verdict = v};
    if (broken) {
      for (std::size_t i = 0; i < names<Abstention>().size(); ++i) {
        const auto kind = static_cast<Abstention>(i);
        if ((broken->then.abstain & forbidden).contains(kind)) {
          breach.abstention = kind;
          break;
        }
      }
    }
    breach.weight = act.severity;
    out_.breaches.push_back(breach);
    if (war) {
      out_.conflicts.push_back({.kind = ConflictKind::members_at_war,
                                .decided_by = Decision::choice,
                                .member = wrongdoer,
                                .first = PactId{m.pact},
                                .second = PactId{m.pact},
                                .first_article = article,
                                .second_article = article,
                                .act = a,
                                .chosen = wrongdoer});
    }
  }
}

}  // namespace casus::law
