#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "casus/law/conditions.h"
#include "casus/law/membership.h"
#include "casus/law/pact.h"

namespace casus::law {
namespace {

using Problems = std::vector<std::string>;

bool listed(const Pact& pact, ActorId actor) { return find_member(pact, actor) != nullptr; }

void check_dates(const Pact& p, Problems& out) {
  if (p.expires && *p.expires <= p.in_force) {
    out.push_back(fmt::format("it expires on {}, not after its entry into force on {}",
                              to_string(*p.expires), to_string(p.in_force)));
  }
  if (p.signed_on && *p.signed_on > p.in_force) {
    out.push_back(fmt::format("it is signed on {}, after its entry into force on {}",
                              to_string(*p.signed_on), to_string(p.in_force)));
  }
  if (p.notice_months < 0 || p.notice_days < 0) out.push_back("its notice period is negative");
  if (p.term_years < 0) out.push_back("its term is negative");
  if (p.term_years > 0 && !p.expires) out.push_back("it has a term but no expiry to renew at");
  if (!p.withdrawal_allowed && (p.notice_months > 0 || p.notice_days > 0)) {
    out.push_back("it has a notice period but allows no withdrawal");
  }
  if (p.military_institutions > 2) out.push_back("military_institutions is above 2");
  if (p.formality > 2) out.push_back("formality is above 2");
  if (!p.secret && !p.known_to.empty()) out.push_back("it is public and lists who knows of it");
  if (p.accession != Accession::invited && !p.invited.empty()) {
    out.push_back("it invites states but its accession is not 'invited'");
  }
  if (std::find(p.yields_to.begin(), p.yields_to.end(), p.key) != p.yields_to.end()) {
    out.push_back("it yields to itself");
  }
}

void check_members(const Pact& p, Problems& out) {
  if (p.members.size() < 2) out.push_back("it has fewer than two members");
  std::set<ActorId> seen;
  for (std::size_t i = 0; i < p.members.size(); ++i) {
    const Member& m = p.members[i];
    const std::string who = fmt::format("member {}", i + 1);
    if (!m.actor.valid()) out.push_back(who + " names no actor");
    if (!seen.insert(m.actor).second) out.push_back(who + " is listed twice");
    if (m.weight < 0.0) out.push_back(who + " has a negative weight");
    if (m.contribution < 0.0) out.push_back(who + " has a negative contribution");
    if (m.joined && m.left && *m.left < *m.joined) out.push_back(who + " left before it joined");
    if (m.notice && m.joined && *m.notice < *m.joined) {
      out.push_back(who + " gave notice before it joined");
    }
    for (const Suspension& s : m.suspensions) {
      if (s.until && *s.until <= s.from) out.push_back(who + " has an empty suspension");
    }
    for (const Reservation& r : m.reservations) {
      const bool known = std::any_of(p.articles.begin(), p.articles.end(),
                                     [&](const Article& a) { return a.id == r.article; });
      if (!known) {
        out.push_back(fmt::format("{} makes a reservation to article '{}', which does not exist",
                                  who, r.article));
      }
    }
  }
}

const Article* find(const Pact& p, const std::string& id) {
  const auto it = std::find_if(p.articles.begin(), p.articles.end(),
                               [&](const Article& a) { return a.id == id; });
  return it == p.articles.end() ? nullptr : &*it;
}

/// Follows `extends`; nullptr where it leads nowhere or in a circle.
const Article* root_of(const Pact& p, const Article& article) {
  const Article* a = &article;
  for (std::size_t i = 0; a && !a->extends.empty(); ++i) {
    if (i > p.articles.size()) return nullptr;
    a = find(p, a->extends);
  }
  return a;
}

bool makes(const Conditions& w, const ConditionInfo& condition) {
  return std::visit([&](auto member) { return w.*member != Conditions{}.*member; },
                    condition.member);
}

/// A promise to abstain is asked for some of the conditions that a duty has. What would say nothing
/// is no condition that somebody should rely on.
void check_promise(const Article& a, const std::string& what, Problems& out) {
  const auto unasked = [&](std::string_view key) {
    out.push_back(fmt::format("{} only forbids, and '{}' is a condition of help alone", what, key));
  };
  const Conditions& w = a.when;
  for (const ConditionInfo& c : conditions()) {
    if (!c.of_promises && makes(w, c)) unasked(c.name);
  }
  // With whom a peace must not be made.
  const bool named = !w.by.kinds.empty() || !w.by.named.empty() || !w.by.excluded.empty();
  if ((named || w.by.members) && !a.then.abstain.contains(Abstention::separate_peace)) {
    unasked("by");
  }
  const Geography& g = w.where;
  if (g.scope != Scope::inherit || !g.regions.empty() || g.areas.any() ||
      !g.excluded_regions.empty() || g.excluded.any()) {
    unasked("where");
  }
  if (!w.victims.empty()) unasked("victims");
}

void check_article(const Pact& p, const Article& a, Problems& out) {
  const std::string what = fmt::format("article '{}'", a.id);
  const Article* root = root_of(p, a);
  if (!root) {
    out.push_back(what + (find(p, a.extends)
                              ? " extends itself in a circle"
                              : " extends '" + a.extends + "', which does not exist"));
    return;
  }
  const Conditions& w = a.when;
  const bool inherits = !a.extends.empty();
  if (!inherits && a.then.assist.empty() && a.then.abstain.empty() && a.then.may.empty()) {
    out.push_back(what + " obliges nobody to anything");
  }
  if (!inherits && !(a.then.assist | a.then.may).empty() && w.acts.empty()) {
    out.push_back(what + " promises help but names no act");
  }
  if (!inherits && (a.then.assist | a.then.may).empty()) check_promise(a, what, out);
  if (a.then.assist.contains(Obligation::none)) out.push_back(what + " lists the obligation none");
  if (w.from && w.until && *w.until <= *w.from) out.push_back(what + " ends before it begins");
  if (w.max_adversaries > 0 && w.min_adversaries > w.max_adversaries) {
    out.push_back(what + " asks for more adversaries than it allows");
  }
  if (!(w.min_severity >= 0.0 && w.min_severity <= 1.0) ||
      !(w.min_evidence >= 0.0 && w.min_evidence <= 1.0)) {
    out.push_back(what + " has a severity or evidence outside [0, 1]");
  }
  if (w.where.scope == Scope::listed && w.where.regions.empty() && !w.where.areas.any()) {
    out.push_back(what + " applies to listed places and lists none");
  }
  if (w.where.areas.meets(w.where.excluded)) {
    out.push_back(what + " includes and excludes the same area");
  }
  if (w.between_members && p.members.size() < 3 && !a.then.assist.empty()) {
    out.push_back(what + " is for help between members, but there is no third member");
  }
  for (const ActorId named : w.by.named) {
    if (std::find(w.by.excluded.begin(), w.by.excluded.end(), named) != w.by.excluded.end()) {
      out.push_back(what + " names and excludes the same adversary");
    }
    if (listed(p, named) && !w.between_members) {
      out.push_back(what + " names a member as adversary but does not apply between members");
    }
  }
  const bool decided =
      a.procedure == Procedure::by_decision || a.procedure == Procedure::request_and_decision;
  const auto known_organ = [&](const std::string& id) {
    return std::any_of(p.organs.begin(), p.organs.end(),
                       [&](const Organ& o) { return o.id == id; });
  };
  if (decided && p.organs.empty()) out.push_back(what + " needs a decision and there is no organ");
  if (!a.organ.empty() && !known_organ(a.organ)) {
    out.push_back(fmt::format("{} names organ '{}', which does not exist", what, a.organ));
  }
  for (const ActorId e : a.exempt) {
    if (!listed(p, e)) out.push_back(what + " exempts an actor that is not a member");
  }
  const auto no_such_role = [&](RoleSet roles) {
    return !roles.empty() && std::none_of(p.members.begin(), p.members.end(),
                                          [&](const Member& m) { return roles.contains(m.role); });
  };
  if (no_such_role(a.owed_by)) out.push_back(what + " is owed by a role that no member has");
  if (no_such_role(a.owed_to)) out.push_back(what + " is owed to a role that no member has");
}

void check_organ(const Pact& p, const Organ& o, Problems& out) {
  const std::string what = fmt::format("organ '{}'", o.id);
  if (o.rule == DecisionRule::weighted && !(o.threshold > 0.0 && o.threshold <= 1.0)) {
    out.push_back(what + " needs a share of the weight that nobody can meet");
  }
  if (!(o.quorum >= 0.0 && o.quorum <= 1.0)) out.push_back(what + " has a quorum outside [0, 1]");
  if (o.rule == DecisionRule::chair && !listed(p, o.chair)) {
    out.push_back(what + " is decided by a chair that is not a member");
  }
  for (const ActorId v : o.veto) {
    if (!listed(p, v)) out.push_back(what + " gives a veto to an actor that is not a member");
  }
  if (o.force && (o.force->strength < 0.0 || o.force->readiness_days < 0.0)) {
    out.push_back(what + " has a force with a negative number");
  }
}

}  // namespace

std::vector<std::string> check(const Pact& pact) {
  Problems out;
  check_dates(pact, out);
  check_members(pact, out);
  std::set<std::string> ids;
  for (const Article& a : pact.articles) {
    if (!ids.insert(a.id).second) out.push_back(fmt::format("article '{}' is listed twice", a.id));
    check_article(pact, a, out);
  }
  std::set<std::string> organs;
  for (const Organ& o : pact.organs) {
    if (!organs.insert(o.id).second) out.push_back(fmt::format("organ '{}' is listed twice", o.id));
    check_organ(pact, o, out);
  }
  for (std::string& s : out) s = fmt::format("pact '{}': {}", pact.id, s);
  return out;
}

}  // namespace casus::law
