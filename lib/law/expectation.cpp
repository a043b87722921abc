#include "casus/law/expectation.h"

#include <algorithm>

#include "casus/law/organ.h"
#include "casus/rules/logit.h"
#include "law/battlefield.h"
#include "law/keys.h"
#include "law/recognition.h"
#include "law/votes.h"

namespace casus::law {
namespace {

/// A hypothetical act, attributed as if all that can be shown were shown.
struct Hypothesis {
  Hypothesis(const Act& given, const PactIndex& index, const Facts& facts, const Settings& s,
             const DecisionMemory* known = nullptr)
      : act(as_its_author_sees(given, facts, s.doctrines, known)),
        settings(s),
        field(facts, settings, known),
        context{index, facts, settings, field} {
    context.known = known;
    settings.drawing = Drawing::expected;
    who = attribute(act, context);
    who.sponsor_proven = act.sponsor.valid() && act.sponsor_evidence > 0.0;
    who.host_proven = act.host.valid() && act.host_evidence > 0.0;
    if (!act.author.valid() && who.sponsor_proven) {
      who.author = act.sponsor;
      who.yes = who.victim.valid();
    }
    field.note(act, who);
    act.war_begun = who.war_begun;
  }
  Hypothesis(const Hypothesis&) = delete;
  Hypothesis& operator=(const Hypothesis&) = delete;

  double evidence(const Coverage& c) const {
    if (!act.author.valid()) return act.sponsor_evidence;
    if (!c.by_sponsor) return 1.0;
    return c.adversary == act.sponsor ? act.sponsor_evidence : act.host_evidence;
  }

  Act act;
  Settings settings;
  Battlefield field;
  Context context;
  Attribution who;
};

/// Calls `f(case, coverage)` for every clause that covers the act.
template <class F>
void for_each_covering(const Hypothesis& h, ActorId observer, bool all, F&& f) {
  if (!h.who.yes) return;
  const auto visit = [&](const Membership& m, bool offence) {
    const PactIndex& index = h.context.index;
    if (!all && !knows_of(index.pact(m.pact), observer)) return;
    for (const Clause& clause : index.clauses(m.pact)) {
      if (clause.then.assist.empty() || clause.when.acts.empty()) continue;
      if (clause.when.member_as_author != offence) continue;
      if (!all && !knows_of(index.pact(m.pact).articles[clause.article.row()], index.pact(m.pact),
                            observer)) {
        continue;
      }
      const Case c{h.act, h.who, m.pact, clause};
      const Coverage coverage = cover(c, h.context);
      // What is done for the author does not make it expect resistance.
      if (coverage.yes && !(offence && !all)) f(c, coverage);
    }
  };
  for (const Membership& m : h.context.index.of(h.who.victim)) visit(m, false);
  if (h.who.author != h.who.victim) {
    for (const Membership& m : h.context.index.of(h.who.author)) visit(m, true);
  }
}

bool decides(const Clause& clause) {
  return clause.procedure == Procedure::by_decision ||
         clause.procedure == Procedure::request_and_decision;
}

/// Probability that the article is invoked, and the most the organ would adopt.
double invoked(const Case& c, const Coverage& cov, const Context& x, Obligation& cap) {
  double p = 1.0;
  const bool asks = c.clause.procedure == Procedure::on_request ||
                    c.clause.procedure == Procedure::request_and_decision;
  if (asks) {
    const Invocation i = [&] {
      Clause request = c.clause;
      request.procedure = Procedure::on_request;
      return invoke({c.act, c.who, c.pact, request}, cov, x);
    }();
    p = i.probability;
    if (i.reason == Reason::usurper_cannot_ask || i.reason == Reason::government_cannot_ask) p = 0;
  }
  if (!decides(c.clause)) return p;
  const Pact& pact = x.index.pact(c.pact);
  if (!c.clause.organ.valid()) return 0.0;
  const Organ& organ = pact.organs[c.clause.organ.row()];
  ObligationSet set = c.clause.then.assist;
  if (!organ.competence.empty()) set = set & organ.competence;
  cap = highest(set);
  if (cap == Obligation::none) return 0.0;
  const Proposal proposal = proposed(c, cov, cap, x);
  return p * adoption_probability(pact, PactId{c.pact}, organ, proposal, x.facts, x.settings);
}

/// Whom the observer expects to come to the victim's help, one entry for each pact.
void expect(const Hypothesis& h, ActorId observer, std::vector<Expected>& out) {
  for_each_covering(h, observer, false, [&](const Case& c, const Coverage& cov) {
    Obligation cap = Obligation::war;
    const double p = h.evidence(cov) * invoked(c, cov, h.context, cap);
    if (!(p > 0.0)) return;
    Invocation invocation{true, Reason::automatic};
    invocation.cap = cap;
    invocation.voted = decides(c.clause);
    const std::vector<Member>& members = h.context.index.pact(c.pact).members;
    for (std::uint32_t slot = 0; slot < members.size(); ++slot) {
      const ActorId who = members[slot].actor;
      if (who == cov.beneficiary || who == observer) continue;
      const Owed owed = oblige(c, cov, invocation, slot, h.context);
      if (!owed.yes) continue;
      const Ability ability = able(c, cov, owed, slot, h.context);
      if (!ability.yes) continue;
      const double logit = willing(c, cov, invocation, slot, ability.level, h.context).logit +
                           h.context.facts.reputation(observer, who);
      Expected e{who, PactId{c.pact}, c.clause.article, ability.level};
      e.probability = p * rules::logistic(logit);
      if (armed(ability.level)) {
        e.people = ability.people;
        e.armed_probability = e.probability;
        // The least armed level is reached by a second decision unless nothing less is owed.
        const Obligation least = lowest(owed.set);
        if (!armed(least)) {
          const Obligation first =
              owed.set.contains(Obligation::troops) ? Obligation::troops : Obligation::war;
          e.armed_probability *= rules::logistic(
              logit - h.settings.honour.reluctance[static_cast<std::size_t>(first)]);
        }
      }
      out.push_back(e);
    }
  });
}

}  // namespace

bool knows_of(const Pact& pact, ActorId observer) {
  if (!pact.secret) return true;
  if (std::find(pact.known_to.begin(), pact.known_to.end(), observer) != pact.known_to.end()) {
    return true;
  }
  return observer.valid() && find_member(pact, observer) != nullptr;
}

bool knows_of(const Article& article, const Pact& pact, ActorId observer) {
  if (!article.secret) return true;
  if (!observer.valid() || !find_member(pact, observer)) return false;
  return article.among.empty() ||
         std::find(article.among.begin(), article.among.end(), observer) != article.among.end();
}

std::vector<Expected> expected_coalition(const Act& act, ActorId observer, const PactIndex& index,
                                         const Facts& facts, const Settings& settings,
                                         const DecisionMemory* known) {
  std::vector<Expected> out;
  // Who is hit on the soil of another has to do with the other's friends as well.
  const Hypothesis first(act, index, facts, settings, known);
  expect(first, observer, out);
  if (const std::optional<Act> other =
          trespass(act, facts, settings, in_defence(first.who.posture))) {
    expect(Hypothesis(*other, index, facts, settings, known), observer, out);
  }
  // One entry per member: of several pacts the one from which most is expected.
  std::sort(out.begin(), out.end(), [&](const Expected& a, const Expected& b) {
    const std::uint64_t ka = key_of(facts, a.member), kb = key_of(facts, b.member);
    if (ka != kb) return ka < kb;
    if (a.armed_probability != b.armed_probability) {
      return a.armed_probability > b.armed_probability;
    }
    if (a.probability != b.probability) return a.probability > b.probability;
    return index.pact(a.pact.row()).key < index.pact(b.pact.row()).key;
  });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Expected& a, const Expected& b) { return a.member == b.member; }),
            out.end());
  return out;
}

double expected_people(const std::vector<Expected>& coalition) {
  double sum = 0.0;
  for (const Expected& e : coalition) sum += e.armed_probability * e.people;
  return sum;
}

std::vector<Bound> who_is_bound(const Act& act, const PactIndex& index, const Facts& facts,
                                const Settings& settings) {
  Hypothesis h(act, index, facts, settings);
  h.act.provocation = {};
  std::vector<Bound> out;
  for_each_covering(h, {}, true, [&](const Case& c, const Coverage& cov) {
    const std::vector<Member>& members = index.pact(c.pact).members;
    for (std::uint32_t slot = 0; slot < members.size(); ++slot) {
      if (members[slot].actor == cov.beneficiary) continue;
      const Owed owed = oblige(c, cov, {true, Reason::automatic}, slot, h.context);
      if (!owed.yes) continue;
      out.push_back({members[slot].actor, PactId{c.pact}, c.clause.article, owed.level,
                     c.clause.when.unprovoked, decides(c.clause)});
    }
  });
  std::sort(out.begin(), out.end(), [&](const Bound& a, const Bound& b) {
    const std::uint64_t ka = key_of(facts, a.member), kb = key_of(facts, b.member);
    if (ka != kb) return ka < kb;
    if (a.level != b.level) return a.level > b.level;
    const PactKey pa = index.pact(a.pact.row()).key, pb = index.pact(b.pact.row()).key;
    if (pa != pb) return pa < pb;
    return index.pact(a.pact.row()).articles[a.article.row()].id <
           index.pact(b.pact.row()).articles[b.article.row()].id;
  });
  return out;
}

}  // namespace casus::law
