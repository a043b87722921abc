#include <bit>
#include <type_traits>
#include <variant>

#include "casus/law/conditions.h"
#include "casus/law/pact.h"

namespace casus::law {
namespace {

/// Adds fields one by one; lengths are added too, so that (a)(bc) and (ab)(c) differ.
struct Hasher {
  std::uint64_t h = 0;

  void word(std::uint64_t x) { h = mix(h, x); }
  void add(bool x) { word(x ? 1 : 0); }
  void add(double x) { word(std::bit_cast<std::uint64_t>(x)); }
  void add(std::int32_t x) { word(static_cast<std::uint64_t>(x)); }
  void add(std::uint8_t x) { word(x); }
  void add(std::uint16_t x) { word(x); }
  void add(Date d) { word(static_cast<std::uint64_t>(d.time_since_epoch().count())); }
  void add(ActorId a) { word(a.valid() ? a.row() : ~std::uint64_t{0}); }
  void add(const std::string& s) { word(name_hash(s)); }
  void add(AreaSet a) { word(a.bits); }
  template <class Tag>
  void add(NameKey<Tag> k) {
    word(k.value);
  }
  template <class E>
  void add(EnumSet<E> s) {
    word(s.bits());
  }
  template <class E>
  requires std::is_enum_v<E>
  void add(E e) { word(static_cast<std::uint64_t>(e)); }
  template <class T>
  void add(const std::optional<T>& x) {
    add(x.has_value());
    if (x) add(*x);
  }
  template <class T>
  void add(const std::vector<T>& items) {
    word(items.size());
    for (const T& x : items) add(x);
  }
  template <class... T>
  void all(const T&... x) {
    (add(x), ...);
  }

  /// What came later is there only where it is said, so that a pact that says nothing of it keeps
  /// the hash it had.
  template <class T>
  void said(std::uint64_t what, const T& x) {
    if (x == T{}) return;
    word(what);
    add(x);
  }

  void add(const Reservation& r) { all(r.article, r.up_to); }
  void add(const Suspension& s) { all(s.from, s.until); }
  void add(const Member& m) {
    all(m.actor, m.joined, m.notice, m.left, m.role, m.weight, m.contribution, m.suspensions,
        m.reservations);
    said(1, m.consent);
    said(15, m.continues);
  }
  void add(const Widening& w) { all(w.from, w.scope, w.regions, w.areas); }
  void add(const Geography& g) {
    all(g.scope, g.regions, g.areas, g.excluded_regions, g.excluded, g.widened);
  }
  void add(const Conditions& w) {
    all(w.acts, w.by.kinds, w.by.named, w.by.excluded, w.where);
    said(10, w.by.members);
    for (const ConditionInfo& c : conditions()) {
      const std::uint64_t what = name_hash(c.name);
      std::visit([&](auto member) { c.later ? said(what, w.*member) : add(w.*member); }, c.member);
    }
  }
  void add(const Article& a) {
    all(a.id, a.extends, a.when, a.then.assist, a.then.abstain, a.then.peaceful_first,
        a.then.jointly, a.procedure, a.requester, a.organ, a.owed_by, a.owed_to, a.exempt,
        a.void_if_partner_attacks);
    said(2, a.then.discretion);
    said(3, a.consent);
    said(4, a.then.may);
    said(5, a.then.within_days);
    said(6, a.then.at_least);
    said(16, a.then.within_months);
    said(7, a.if_also);
    said(8, a.unless_war_with);
    said(9, a.when.victims);
    said(11, a.among);
    said(12, a.secret);
    said(13, a.suspensions);
  }
  void add(const StandingForce& f) { all(f.strength, f.readiness_days); }
  void add(const Organ& o) {
    all(o.id, o.rule, o.threshold, o.quorum, o.veto, o.chair, o.competence, o.parties_vote,
        o.opinions_bind, o.force);
  }
};

}  // namespace

std::uint64_t hash(const Pact& p) {
  Hasher h;
  h.all(p.key, p.signed_on, p.in_force, p.expires, p.term_years, p.ended, p.notice_months,
        p.notice_days, p.withdrawal_allowed, p.secret, p.known_to, p.declaration,
        p.military_institutions, p.formality, p.original_targets, p.yields_to, p.speciality,
        p.accession, p.invited, p.suspension.loses_vote, p.suspension.loses_protection,
        p.suspension.loses_duties, p.members, p.articles, p.organs);
  h.said(14, p.denounce_months);
  return h.h;
}

}  // namespace casus::law
