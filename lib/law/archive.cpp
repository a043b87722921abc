#include "casus/core/archive.h"

#include <variant>

#include "casus/law/act.h"
#include "casus/law/conditions.h"
#include "casus/law/memory.h"
#include "casus/law/pact.h"
#include "casus/law/resolve.h"
#include "casus/law/settings.h"

// What the state of each type of the law is. A structure is taken apart into all its members, so
// that a new member does not compile before it has been thought of here; conditions go by their
// table, which a test compares with the members.
namespace casus::law {

template <class E>
static void archive(Archive& a, EnumSet<E>& set) {
  a.as<std::uint64_t>(set);
}

static void archive(Archive& a, AreaSet& x) {
  auto& [bits] = x;
  a(bits);
}

static void archive(Archive& a, Place& x) {
  auto& [region, key, sovereign, areas] = x;
  a(region, key, sovereign, areas);
}

static void archive(Archive& a, Reservation& x) {
  auto& [article, up_to] = x;
  a(article, up_to);
}

static void archive(Archive& a, Suspension& x) {
  auto& [from, until] = x;
  a(from, until);
}

void archive(Archive& a, Member& x) {
  auto& [actor, joined, notice, left, role, weight, contribution, suspensions, reservations,
         consent, continues] = x;
  a(actor, joined, notice, left, role, weight, contribution, suspensions, reservations);
  a.later(consent, continues);
}

static void archive(Archive& a, Widening& x) {
  auto& [from, scope, regions, areas] = x;
  a(from, scope, regions, areas);
}

static void archive(Archive& a, Geography& x) {
  auto& [scope, regions, areas, excluded_regions, excluded, widened] = x;
  a(scope, regions, areas, excluded_regions, excluded, widened);
}

static void archive(Archive& a, Adversary& x) {
  auto& [kinds, named, excluded, members] = x;
  a(kinds, named, excluded);
  a.later(members);
}

static void archive(Archive& a, Conditions& x) {
  a(x.acts, x.by, x.where);
  a.later(x.victims);
  for (const ConditionInfo& c : conditions()) {
    std::visit([&](auto member) { c.later ? a.later(x.*member) : a(x.*member); }, c.member);
  }
}

static void archive(Archive& a, Duties& x) {
  auto& [assist, abstain, peaceful_first, jointly, discretion, may, within_days, within_months,
         at_least] = x;
  a(assist, abstain, peaceful_first, jointly);
  a.later(discretion, may, within_days, at_least, within_months);
}

static void archive(Archive& a, Article& x) {
  auto& [id, title, text, seen, extends, when, then, procedure, requester, organ, owed_by, owed_to,
         exempt, if_also, unless_war_with, void_if_partner_attacks, consent, among, secret,
         suspensions] = x;
  a(id, title, text, extends, when, then, procedure, requester, organ, owed_by, owed_to, exempt,
    void_if_partner_attacks);
  a.later(if_also, unless_war_with, consent, among, secret, suspensions, seen);
}

static void archive(Archive& a, StandingForce& x) {
  auto& [strength, readiness_days] = x;
  a(strength, readiness_days);
}

static void archive(Archive& a, Organ& x) {
  auto& [id, rule, threshold, quorum, veto, chair, competence, parties_vote, opinions_bind, force] =
      x;
  a(id, rule, threshold, quorum, veto, chair, competence, parties_vote, opinions_bind, force);
}

static void archive(Archive& a, SuspensionRule& x) {
  auto& [loses_vote, loses_protection, loses_duties] = x;
  a(loses_vote, loses_protection, loses_duties);
}

void archive(Archive& a, Pact& x) {
  auto& [key, id, title, signed_on, in_force, expires, term_years, ended, notice_months,
         notice_days, withdrawal_allowed, secret, known_to, declaration, military_institutions,
         formality, original_targets, yields_to, speciality, accession, invited, suspension,
         members, articles, organs, denounce_months] = x;
  a(key, id, title, signed_on, in_force, expires, term_years, ended, notice_months, notice_days,
    withdrawal_allowed, secret, known_to, declaration, military_institutions, formality,
    original_targets, yields_to, speciality, accession, invited, suspension, members, articles,
    organs);
  a.later(denounce_months);
}

static void archive(Archive& a, Provocation& x) {
  auto& [by_victim, severity, baited] = x;
  a(by_victim, severity, baited);
}

void archive(Archive& a, Act& x) {
  auto& [event, kind, author, victim, place, date, conflict, war_begun, severity, size, sponsor,
         sponsor_evidence, host, host_evidence, posture, on_behalf_of, invited, against_usurper,
         help_asked, provocation, demand_made, asked_by, invited_by, authorises, until, vetoed_by,
         agreed, control, host_unable, imminent, repelled, asks_for, withdraws_request,
         government] = x;
  a(event, kind, author, victim, place, date, conflict, war_begun, severity, size, sponsor,
    sponsor_evidence, host, host_evidence, posture, on_behalf_of, invited, against_usurper,
    help_asked, provocation, demand_made);
  a.later(asked_by, invited_by, authorises, until, vetoed_by, agreed, control, host_unable,
          imminent, asks_for, withdraws_request, government, repelled);
}

void archive(Archive& a, Commitment& x) {
  auto& [member, beneficiary, against, level, place, pact, article, act, verdict, conflict,
         delay_days, people, footing, enforcement, pending] = x;
  a(member, beneficiary, against, level, place, pact, article, act, verdict, conflict, delay_days,
    people, footing, enforcement, pending);
}

// The settings are taken apart by the lists of which their members are made.
#define CASUS_NAME(member, ...) member,
#define CASUS_FIELD(member, ...) a(x.member);
#define CASUS_SIZE(member, ...) +sizeof(double)

static void archive(Archive& a, HonourSettings& x) {
  auto& [CASUS_LAW_HONOUR(CASUS_NAME) reluctance] = x;
  a(CASUS_LAW_HONOUR(CASUS_NAME) reluctance);
}

static void archive(Archive& a, DelaySettings& x) {
  static_assert(sizeof x == 0 CASUS_LAW_DELAY(CASUS_SIZE, CASUS_SIZE));
  CASUS_LAW_DELAY(CASUS_FIELD, CASUS_FIELD)
}

static void archive(Archive& a, VoteSettings& x) {
  static_assert(sizeof x == 0 CASUS_LAW_VOTE(CASUS_SIZE));
  CASUS_LAW_VOTE(CASUS_FIELD)
}

static void archive(Archive& a, Doctrines& x) {
  auto& [government, sponsors, groups, foreign_soil, anticipation, small_acts, regional_force,
         treaty_right, proportion] = x;
  a.later(government, sponsors, groups, foreign_soil, anticipation, small_acts, regional_force,
          treaty_right, proportion);
}

void archive(Archive& a, Settings& x) {
  auto& [drawing, honour, delay, vote, CASUS_LAW_RULES(CASUS_NAME) horizon_days, max_waves,
         keep_all, all_articles, doctrines, keep_weighed] = x;
  a(drawing, honour, delay, vote, CASUS_LAW_RULES(CASUS_NAME) horizon_days, max_waves, keep_all,
    all_articles);
  a.later(doctrines);
  a.aside(keep_weighed);
}

#undef CASUS_NAME
#undef CASUS_FIELD
#undef CASUS_SIZE

static void archive(Archive& a, Remembered& x) {
  auto& [pact, actor, conflict, date, first, owed, given, beneficiary, fighting, until, withdrawn,
         tally, government] = x;
  a(pact, actor, conflict, date, first, owed, given, beneficiary, fighting);
  a.later(until, withdrawn, tally, government);
}

static void archive(Archive& a, Debt& x) {
  auto& [pact, article, member, beneficiary, conflict, level, decided, since, due, arrives, against,
         cause, event, stayed, broken] = x;
  a(pact, article, member, beneficiary, conflict, level, decided, since, due, arrives, against,
    cause, event, stayed, broken);
}

void DecisionMemory::archive(Archive& a) {
  a(entries_);
  a.later(debts_);
  if (a.reads()) index();
}

}  // namespace casus::law
