#include "casus/law/pact_index.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <variant>

#include "casus/core/contracts.h"
#include "casus/law/conditions.h"

namespace casus::law {
namespace {

const Article* find_article(const Pact& pact, const std::string& id) {
  for (const Article& a : pact.articles) {
    if (a.id == id) return &a;
  }
  return nullptr;
}

OrganId find_organ(const Pact& pact, const std::string& id) {
  for (std::size_t i = 0; i < pact.organs.size(); ++i) {
    if (id.empty() || pact.organs[i].id == id) return OrganId(i);
  }
  return {};
}

void inherit(Clause& clause, const Article& base) {
  Conditions& w = clause.when;
  const Conditions& b = base.when;
  if (w.acts.empty()) w.acts = b.acts;
  if (w.by.kinds.empty() && w.by.named.empty()) {
    w.by.kinds = b.by.kinds;
    w.by.named = b.by.named;
    w.by.members = w.by.members || b.by.members;
  }
  if (w.by.excluded.empty()) w.by.excluded = b.by.excluded;
  if (w.victims.empty()) w.victims = b.victims;
  if (w.where.scope == Scope::inherit) w.where = b.where;
  for (const ConditionInfo& c : conditions()) {
    std::visit(
        [&]<class T>(T Conditions::*member) {
          if (w.*member == T{}) w.*member = b.*member;
        },
        c.member);
  }
  if (clause.then.assist.empty()) clause.then.assist = base.then.assist;
  if (clause.then.abstain.empty()) clause.then.abstain = base.then.abstain;
  clause.then.peaceful_first |= base.then.peaceful_first;
  clause.then.jointly |= base.then.jointly;
  if (clause.then.discretion == Discretion::unsaid) clause.then.discretion = base.then.discretion;
  if (clause.then.may.empty()) clause.then.may = base.then.may;
  if (!(clause.then.within_days > 0.0) && clause.then.within_months == 0) {
    clause.then.within_days = base.then.within_days;
    clause.then.within_months = base.then.within_months;
  }
  if (!(clause.then.at_least > 0.0)) clause.then.at_least = base.then.at_least;
  if (clause.if_also.empty()) clause.if_also = base.if_also;
  if (clause.unless_war_with.empty()) clause.unless_war_with = base.unless_war_with;
  if (clause.among.empty()) clause.among = base.among;
  clause.suspensions.insert(clause.suspensions.end(), base.suspensions.begin(),
                            base.suspensions.end());
  if (clause.consent == Assent::none) clause.consent = base.consent;
  if (clause.procedure == Procedure::inherit) clause.procedure = base.procedure;
  if (clause.owed_by.empty()) clause.owed_by = base.owed_by;
  if (clause.owed_to.empty()) clause.owed_to = base.owed_to;
  clause.exempt.insert(clause.exempt.end(), base.exempt.begin(), base.exempt.end());
  clause.void_if_partner_attacks |= base.void_if_partner_attacks;
}

Clause make_clause(const Pact& pact, std::size_t at) {
  const Article& article = pact.articles[at];
  Clause c;
  c.when = article.when;
  c.then = article.then;
  c.procedure = article.procedure;
  c.requester = article.requester;
  c.article = ArticleId(at);
  c.void_if_partner_attacks = article.void_if_partner_attacks;
  c.consent = article.consent;
  c.owed_by = article.owed_by;
  c.owed_to = article.owed_to;
  c.exempt = article.exempt;
  c.if_also = article.if_also;
  c.unless_war_with = article.unless_war_with;
  c.among = article.among;
  c.suspensions = article.suspensions;
  c.extension = !article.extends.empty();
  std::string organ = article.organ;
  const Article* base = &article;
  for (std::size_t depth = 0; !base->extends.empty(); ++depth) {
    const Article* next = find_article(pact, base->extends);
    CASUS_EXPECTS(next != nullptr && depth < pact.articles.size(),
                  "article '" + article.id + "' of pact '" + pact.id +
                      "' extends a missing article or itself");
    if (c.requester == Requester::in_office) c.requester = next->requester;
    if (organ.empty()) organ = next->organ;
    inherit(c, *next);
    base = next;
  }
  // A right is used unasked, unless the article says otherwise.
  const bool right = c.then.assist.empty() && !c.then.may.empty();
  if (c.procedure == Procedure::inherit) {
    c.procedure = right ? Procedure::automatic : Procedure::on_request;
  }
  if (c.when.where.scope == Scope::inherit) c.when.where.scope = Scope::members;
  c.organ = find_organ(pact, organ);
  std::sort(c.when.where.regions.begin(), c.when.where.regions.end());
  std::sort(c.when.where.excluded_regions.begin(), c.when.where.excluded_regions.end());
  return c;
}

}  // namespace

PactIndex::PactIndex(std::span<const Pact> pacts, std::size_t parties) : pacts_(pacts) {
  std::vector<std::uint32_t> order(pacts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return pacts[a].key < pacts[b].key; });

  first_.assign(parties + 1, 0);
  for (const Pact& pact : pacts) {
    for (const Member& m : pact.members) {
      CASUS_EXPECTS(m.actor.valid() && m.actor.row() < parties,
                    "a member of pact '" + pact.id + "' is not among the parties");
      ++first_[m.actor.row() + 1];
    }
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  memberships_.resize(first_.back());
  std::vector<std::uint32_t> at(first_.begin(), first_.end() - 1);
  for (const std::uint32_t p : order) {
    for (std::size_t s = 0; s < pacts[p].members.size(); ++s) {
      memberships_[at[pacts[p].members[s].actor.row()]++] = {p, static_cast<std::uint32_t>(s)};
    }
  }

  clause_first_.reserve(pacts.size() + 1);
  clause_first_.push_back(0);
  for (const Pact& pact : pacts) {
    CASUS_EXPECTS(pact.articles.size() <= 1000, "pact '" + pact.id + "' has too many articles");
    const auto begin = static_cast<std::ptrdiff_t>(clauses_.size());
    for (std::size_t a = 0; a < pact.articles.size(); ++a) clauses_.push_back(make_clause(pact, a));
    std::sort(clauses_.begin() + begin, clauses_.end(), [&](const Clause& x, const Clause& y) {
      const Obligation hx = highest(x.then.assist), hy = highest(y.then.assist);
      return hx != hy ? hx > hy
                      : pact.articles[x.article.row()].id < pact.articles[y.article.row()].id;
    });
    clause_first_.push_back(static_cast<std::uint32_t>(clauses_.size()));
  }
  for (const std::uint32_t p : order) {
    for (const Clause& c : clauses(p)) {
      for (const ActorId victim : c.when.victims) {
        std::vector<std::uint32_t>& rows = outsiders_[victim];
        if (member(p, victim) || (!rows.empty() && rows.back() == p)) continue;
        rows.push_back(p);
      }
    }
  }
}

void PactIndex::add_parties(std::size_t parties) {
  CASUS_EXPECTS(parties + 1 >= first_.size(), "parties are never removed");
  first_.resize(parties + 1, first_.back());
}

std::span<const Membership> PactIndex::of(ActorId actor) const {
  if (!actor.valid() || actor.row() + 1 >= first_.size()) return {};
  const std::size_t begin = first_[actor.row()], end = first_[actor.row() + 1];
  return std::span(memberships_).subspan(begin, end - begin);
}

std::span<const std::uint32_t> PactIndex::for_the_sake_of(ActorId actor) const {
  if (outsiders_.empty()) return {};
  const auto it = outsiders_.find(actor);
  return it == outsiders_.end() ? std::span<const std::uint32_t>{} : it->second;
}

const Member* PactIndex::member(std::size_t pact, ActorId actor) const {
  // An actor is in few pacts, a pact may have many members.
  for (const Membership& m : of(actor)) {
    if (m.pact == pact) return &pacts_[pact].members[m.slot];
  }
  return nullptr;
}

std::span<const Clause> PactIndex::clauses(std::size_t pact) const {
  const std::size_t begin = clause_first_[pact], end = clause_first_[pact + 1];
  return std::span(clauses_).subspan(begin, end - begin);
}

Obligation PactIndex::reserved_to(std::size_t pact, std::uint32_t slot, ArticleId article) const {
  const Pact& p = pacts_[pact];
  const std::vector<Reservation>& made = p.members[slot].reservations;
  if (made.empty()) return Obligation::war;
  // What it says of an article it says of those that extend it, unless it says more of these.
  const Article* a = &p.articles[article.row()];
  for (std::size_t depth = 0; a && depth <= p.articles.size(); ++depth) {
    std::optional<Obligation> cap;
    for (const Reservation& r : made) {
      if (r.article == a->id) cap = cap ? std::min(*cap, r.up_to) : r.up_to;
    }
    if (cap) return *cap;
    a = a->extends.empty() ? nullptr : find_article(p, a->extends);
  }
  return Obligation::war;
}

}  // namespace casus::law
