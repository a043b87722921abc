#include "law/terms.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "casus/law/membership.h"
#include "law/keys.h"
#include "law/recognition.h"

// What is owed by a day. A promise to come within thirty days is broken when they have passed, and
// not when it turns out that forty will be needed; if by then nothing is owed it is not broken at
// all. An express refusal is another matter (Following::refuse): that is a breach at once (Vienna
// Convention on the Law of Treaties, article 60(3)(a)).

namespace casus::law {
namespace {

Date after(Date date, double days) {
  return date + std::chrono::days{static_cast<std::int64_t>(std::min(days, 73000.0))};
}

bool on_request(Procedure p) { return p != Procedure::automatic && p != Procedure::by_decision; }

/// The help that an act is, by who does it for another.
Obligation help_of(ActKind kind) {
  switch (kind) {
    case ActKind::consultation:
      return Obligation::consult;
    case ActKind::statement:
      return Obligation::statement;
    case ActKind::mediation:
      return Obligation::mediation;
    case ActKind::sanction:
      return Obligation::sanction;
    case ActKind::aid:
      return Obligation::aid;
    case ActKind::basing:
      return Obligation::basing;
    case ActKind::intervention:
      return Obligation::war;
    default:
      return uses_force(kind) ? Obligation::war : Obligation::none;
  }
}

}  // namespace

double term_of(const Duties& then, Date since) {
  if (then.within_months == 0) return then.within_days;
  return static_cast<double>(days_between(since, add_months(since, then.within_months)));
}

std::uint64_t Terms::article_of(const Candidate& c) const {
  return name_hash(index_.pact(c.pact).articles[c.clause->article.row()].id);
}

/// The act that has set off the one which calls for help: what comes of it is decided on its day,
/// on whatever day it will be.
const Act& Terms::root_of(std::uint32_t act) const {
  while (cause_[act] != no_index) act = out_.verdicts[cause_[act]].act;
  return out_.acts[act];
}

void Terms::owe(const Candidate& c, const Verdict& given) {
  const Act& act = out_.acts[c.act];
  const double term = term_of(c.clause->then, act.date);
  const ActorId helped = c.coverage.beneficiary, against = c.coverage.adversary;
  Debt debt{.pact = index_.pact(c.pact).key,
            .article = article_of(c),
            .member = {c.member_key},
            .beneficiary = {c.beneficiary_key},
            .conflict = c.conflict,
            .level = c.given,
            .decided = root_of(c.act).date,
            .since = act.date,
            .due = after(act.date, term),
            .against = {{key_of(facts_, against)}}};
  for (const ActorId other : c.others) debt.against.push_back({key_of(facts_, other)});
  // A part of a day beyond the term is beyond it.
  const Date arrives = after(act.date, std::ceil(given.delay_days));
  debt.arrives = given.delay_days > term ? std::max(arrives, debt.due + std::chrono::days{1})
                                         : std::min(arrives, debt.due);
  const bool usurped = against == helped && (act.kind == ActKind::coup ||
                                             government_of(helped, facts_, &memory_).ousted);
  debt.cause = usurped                            ? DebtCause::usurped
               : field_.fighting(helped, against) ? DebtCause::war
                                                  : DebtCause::act;
  debt.event = act.event.valid() ? act.event : root_of(c.act).event;
  memory_.owe(debt);
}

void Terms::refused(const Candidate& c) {
  if (!memory_.any_debt()) return;
  const std::uint64_t article = article_of(c);
  const PactKey pact = index_.pact(c.pact).key;
  std::vector<Debt> left = memory_.debts();
  std::erase_if(left, [&](const Debt& d) {
    return d.pact == pact && d.article == article && d.member.value == c.member_key &&
           d.beneficiary.value == c.beneficiary_key && d.conflict == c.conflict;
  });
  memory_.keep(std::move(left));
}

void Terms::look(Date day) {
  if (!memory_.any_debt()) return;
  course_.wave = 0;
  std::vector<Debt> left;
  for (Debt& debt : memory_.debts()) {
    const Claim c = claim(debt);
    if (!c.clause) continue;
    const State now = state(c, day);
    if (now == State::due) fall_due(c);
    if (now == State::owed || now == State::due) left.push_back(debt);
  }
  memory_.keep(std::move(left));
}

ActorId Terms::party(ActorKey key) {
  const ActorId* known = parties_.find(key.value);
  return known ? *known : ActorId{};
}

Terms::Claim Terms::claim(Debt& debt) {
  if (!named_) {
    named_ = true;
    for (std::size_t i = 0; i < facts_.party_count(); ++i) {
      parties_.try_emplace(facts_.party(ActorId{i}).key.value, ActorId{i});
    }
    for (std::uint32_t p = 0; p < index_.pacts().size(); ++p) {
      pacts_.try_emplace(index_.pact(p).key.value, p);
    }
  }
  Claim c{.debt = debt,
          .member = party(debt.member),
          .beneficiary = party(debt.beneficiary),
          .adversary = party(debt.against.front())};
  const std::uint32_t* pact = pacts_.find(debt.pact.value);
  if (!pact || !c.member.valid() || !c.beneficiary.valid()) return c;
  c.pact = *pact;
  for (const Clause& clause : index_.clauses(c.pact)) {
    if (name_hash(index_.pact(c.pact).articles[clause.article.row()].id) == debt.article) {
      c.clause = &clause;
    }
  }
  return c;
}

Terms::State Terms::state(const Claim& c, Date day) {
  Debt& d = c.debt;
  if (came(c, day)) return State::paid;
  if (d.broken) return State::owed;
  follow_request(c);
  call_off(c);
  if (over(c, day)) return State::over;
  return !d.stayed && d.due < day ? State::due : State::owed;
}

/// Who takes back its request is owed nothing until it asks anew; then the term begins anew.
void Terms::follow_request(const Claim& c) const {
  Debt& d = c.debt;
  if (!on_request(c.clause->procedure)) return;
  const Remembered* r = memory_.find(d.pact, request_memory(d.beneficiary), d.conflict);
  if (!r) return;
  if (r->withdrawn) {
    d.stayed = true;  // what was taken back after the term had run out was broken by then
  } else if (d.stayed) {
    d.stayed = false;
    d.since = r->date;
    d.due = after(r->date, term_of(c.clause->then, r->date));
  }
}

/// The day on which the two have stopped fighting since help was promised; none: they have not.
std::optional<Date> Terms::settled(const Debt& d, ActorId a, ActorId b) const {
  const Hostility h = field_.hostility(a, b);
  const bool since = h.settled != Settlement::none && h.settled_on && *h.settled_on >= d.decided;
  return since ? h.settled_on : std::nullopt;
}

/// A helper that makes its own peace before its arms are there does not come, and owes it for all
/// that.
void Terms::call_off(const Claim& c) const {
  Debt& d = c.debt;
  if (!d.arrives || !armed(d.level)) return;
  const std::optional<Date> peace = settled(d, c.member, c.adversary);
  if (peace && *peace < *d.arrives) d.arrives.reset();
}

/// Has the help come: as was foreseen, or by what the member does?
bool Terms::came(const Claim& c, Date day) const {
  const Debt& d = c.debt;
  if (d.arrives && *d.arrives < day && (d.broken || *d.arrives <= d.due)) return true;
  return std::any_of(out_.acts.begin(), out_.acts.end(), [&](const Act& act) {
    return act.date == day && act.author == c.member && act.on_behalf_of == c.beneficiary &&
           help_of(act.kind) >= d.level &&
           cause_[static_cast<std::size_t>(&act - out_.acts.data())] == no_index;
  });
}

/// Has the duty ended, and did it before the term had run out?
bool Terms::over(const Claim& c, Date day) const {
  const Debt& d = c.debt;
  const Hostility h = field_.hostility(c.member, c.beneficiary);
  if (h.at_war && (!h.since || *h.since <= d.due)) return true;  // nobody owes help to an enemy
  if (cause_ended(c, day) || consented(c, day)) return true;
  // What has ended or suspended the pact by the last day of the term; a pact says so of any day.
  return d.due < day && !in_force(c);
}

/// Does the pact bind the one towards the other on the last day (Vienna Convention, articles 70 and
/// 72: released from any obligation further to perform)?
bool Terms::in_force(const Claim& c) const {
  const Pact& pact = index_.pact(c.pact);
  const Date day = c.debt.due;
  const Member* debtor = index_.member(c.pact, c.member);
  const Member* creditor = index_.member(c.pact, c.beneficiary);  // none: a victim outside the pact
  return debtor && standing(pact, *debtor, day).bound &&
         (!creditor || standing(pact, *creditor, day).protected_by) &&
         !within(c.clause->suspensions, day);
}

/// Has what called for help come to an end in time: by a settlement of the beneficiary with all
/// against whom it is owed, or with its lawful government back in office?
bool Terms::cause_ended(const Claim& c, Date day) const {
  const Debt& d = c.debt;
  const bool runs = day <= d.due;
  if (d.cause == DebtCause::usurped) {
    return runs && !government_of(c.beneficiary, facts_, &memory_).ousted;
  }
  const std::optional<Date> peace = settled(d, c.beneficiary, c.adversary);
  // A war can also end without anybody having said how.
  const bool ceased =
      d.cause == DebtCause::war && runs && !field_.fighting(c.beneficiary, c.adversary);
  if (!(peace && *peace <= d.due) && !ceased) return false;
  return std::none_of(d.against.begin() + 1, d.against.end(), [&](ActorKey other) {
    const ActorId* enemy = parties_.find(other.value);
    return enemy && field_.fighting(c.beneficiary, *enemy);
  });
}

/// Does the beneficiary agree to a peace of the member's own?
bool Terms::consented(const Claim& c, Date day) const {
  if (c.debt.due < day) return false;
  return std::any_of(out_.acts.begin(), out_.acts.end(), [&](const Act& act) {
    return act.date == day && act.agreed && settles(act) &&
           ((act.author == c.member && act.victim == c.adversary) ||
            (act.author == c.adversary && act.victim == c.member));
  });
}

/// The day after the last: as grave as the help, by so much as it is late.
void Terms::fall_due(const Claim& c) {
  Debt& d = c.debt;
  d.broken = true;
  const Date date = d.due + std::chrono::days{1};
  const double wait = d.arrives ? static_cast<double>(days_between(d.since, d.due)) /
                                      static_cast<double>(days_between(d.since, *d.arrives))
                                : 0.0;
  out_.breaches.push_back({.kind = BreachKind::help_refused,
                           .member = c.member,
                           .towards = c.beneficiary,
                           .pact = PactId{c.pact},
                           .article = c.clause->article,
                           .date = date,
                           .verdict = say({.stage = Stage::consequence,
                                           .yes = false,
                                           .reason = Reason::term_run_out,
                                           .level = d.level,
                                           .article = c.clause->article,
                                           .pact = PactId{c.pact},
                                           .member = c.member,
                                           .towards = c.beneficiary}),
                           .event = d.event,
                           .level = d.level,
                           .weight = gravity(d.level) * (1.0 - wait)});
  memory_.record(refusal(d.pact, d.member, d.beneficiary, d.level, date));
}

}  // namespace casus::law
