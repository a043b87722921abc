#include "casus/law/organ.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "casus/law/membership.h"
#include "casus/rules/logit.h"
#include "law/keys.h"
#include "law/votes.h"

namespace casus::law {

constexpr Purpose vote_draw("law.vote");

double preference(ActorId member, const Act& act, ActorId helped, ActorId against,
                  const Facts& facts) {
  // A party is for its own side: affinity to oneself is complete.
  const auto affinity = [&](ActorId to) {
    return !to.valid() ? 0.0 : to == member ? 1.0 : facts.affinity(member, to);
  };
  if (helped != against) return affinity(helped) - affinity(against);
  // Within one state: who holds office is helped against plotters, and is the adversary once they
  // have won.
  return act.kind == ActKind::coup ? -affinity(against) : affinity(helped);
}

double cost_of_help(ActorId member, const Act& act, ActorId helped, ActorId against,
                    Obligation level, const Facts& facts) {
  if (helped != act.author || against == act.author) return facts.cost(member, act, level);
  // Facts weigh the author of an act.
  Act turned = act;
  std::swap(turned.author, turned.victim);
  turned.author = against;
  return facts.cost(member, turned, level);
}

Proposal proposed(const Case& c, const Coverage& cov, Obligation level, const Context& x) {
  return {level, cov.beneficiary, cov.adversary, c.act,
          mix(c.who.conflict.value, key_of(x.facts, cov.beneficiary))};
}

bool entitled(const Pact& pact, const Organ& organ, const Member& member,
              const Proposal& proposal) {
  if (!standing(pact, member, proposal.act.date).votes) return false;
  return organ.parties_vote ||
         (member.actor != proposal.beneficiary && member.actor != proposal.against);
}

Leaning leaning(PactId row, const Member& member, const Proposal& p, const Facts& facts,
                const Settings& settings) {
  const VoteSettings& v = settings.vote;
  const ActorId m = member.actor;
  double s = v.intercept + v.affinity * preference(m, p.act, p.beneficiary, p.against, facts) +
             facts.vote_bias(m, row, p.beneficiary, p.against, p.level);
  if (p.beneficiary.valid() && p.beneficiary != m && p.against.valid()) {
    s += v.threat * facts.shared_threat(m, p.beneficiary, p.against);
  }
  s -= v.cost * cost_of_help(m, p.act, p.beneficiary, p.against, p.level, facts);
  return {rules::logistic(s - v.band), 1.0 - rules::logistic(s + v.band)};
}

Ballot vote_of(const Pact& pact, PactId row, const Member& member, const Proposal& p,
               const Facts& facts, const Settings& settings, Replicate replicate,
               std::uint32_t step) {
  const Leaning l = leaning(row, member, p, facts, settings);
  double u = 0.5;
  if (settings.drawing == Drawing::random) {
    // A member's mind on a matter is asked for more and for less, and looked up when it is held to
    // its word.
    Stream s(replicate, step, vote_draw, {pact.key.value, key_of(facts, member.actor), p.key},
             Stream::again);
    u = uniform(s);
  }
  if (u < l.in_favour) return Ballot::in_favour;
  return u >= 1.0 - l.against ? Ballot::against : Ballot::abstained;
}

Vote count(const Organ& organ, std::uint32_t in_favour, std::uint32_t against,
           std::uint32_t abstained, std::uint32_t absent, double weight_in_favour,
           double weight_present, bool veto_cast, bool chair_in_favour) {
  Vote v;
  v.in_favour = in_favour;
  v.against = against;
  v.abstained = abstained;
  v.absent = absent;
  v.weight_in_favour = weight_present > 0.0 ? weight_in_favour / weight_present : 0.0;
  const std::uint32_t present = in_favour + against + abstained;
  const auto refuse = [&](Reason reason) {
    v.reason = reason;
    return v;
  };
  if (present == 0 || present < organ.quorum * (present + absent)) {
    return refuse(Reason::no_quorum);
  }
  if (veto_cast) return refuse(Reason::vetoed);
  bool adopted = false;
  switch (organ.rule) {
    case DecisionRule::unanimity:
      adopted = in_favour == present;
      if (!adopted && against > 0) return refuse(Reason::objection);
      break;
    case DecisionRule::consensus:
      if (against > 0) return refuse(Reason::objection);
      adopted = in_favour > 0;
      break;
    case DecisionRule::majority:
      adopted = 2 * in_favour > present;
      break;
    case DecisionRule::two_thirds:
      adopted = 3 * in_favour >= 2 * present;
      break;
    case DecisionRule::weighted:
      adopted = v.weight_in_favour >= organ.threshold - 1e-12;
      break;
    case DecisionRule::chair:
      if (!chair_in_favour) return refuse(Reason::chair_refused);
      adopted = true;
      break;
  }
  v.adopted = adopted;
  v.reason = adopted ? Reason::adopted : Reason::rejected;
  return v;
}

namespace {

bool holds(const std::vector<ActorId>& list, ActorId a) {
  return std::find(list.begin(), list.end(), a) != list.end();
}

}  // namespace

Vote organ_decides(const Pact& pact, PactId row, const Organ& organ, const Proposal& proposal,
                   const Facts& facts, const Settings& settings, Replicate replicate,
                   std::uint32_t step) {
  std::uint32_t yes = 0, no = 0, abstained = 0, absent = 0, out = 0;
  double in_favour = 0.0, present = 0.0;
  bool veto = false, chair = false;
  for (const Member& m : pact.members) {
    if (!entitled(pact, organ, m, proposal)) {
      ++out;
      continue;
    }
    if (!facts.attends(m.actor, row)) {
      ++absent;
      continue;
    }
    present += m.weight;
    switch (vote_of(pact, row, m, proposal, facts, settings, replicate, step)) {
      case Ballot::in_favour:
        ++yes;
        in_favour += m.weight;
        chair |= m.actor == organ.chair;
        break;
      case Ballot::against:
        ++no;
        veto |= holds(organ.veto, m.actor);
        break;
      case Ballot::abstained:
        ++abstained;
        break;
    }
  }
  Vote v = count(organ, yes, no, abstained, absent, in_favour, present, veto, chair);
  v.not_entitled = out;
  return v;
}

void ballots(const Pact& pact, PactId row, const Organ& organ, const Proposal& proposal,
             const Facts& facts, const Settings& settings, Replicate replicate, std::uint32_t step,
             std::vector<Term>& out) {
  for (const Member& m : pact.members) {
    if (!entitled(pact, organ, m, proposal) || !facts.attends(m.actor, row)) continue;
    const Ballot b = vote_of(pact, row, m, proposal, facts, settings, replicate, step);
    const double vote = b == Ballot::in_favour ? 1.0 : b == Ballot::against ? -1.0 : 0.0;
    out.push_back(
        {TermKind::ballot, m.actor, vote, leaning(row, m, proposal, facts, settings).in_favour});
  }
}

double adoption_probability(const Pact& pact, PactId row, const Organ& organ,
                            const Proposal& proposal, const Facts& facts,
                            const Settings& settings) {
  struct Voter {
    Leaning lean;
    std::size_t weight;
    bool veto, chair;
  };
  std::vector<Voter> voters;
  double total = 0.0;
  std::uint32_t absent = 0;
  for (const Member& m : pact.members) {
    if (!entitled(pact, organ, m, proposal)) continue;
    if (!facts.attends(m.actor, row)) {
      ++absent;
    } else {
      total += m.weight;
    }
  }
  constexpr double grain = 1000.0;
  // Weights on a grid of a thousandth: the distribution of their sum is then a table.
  const bool weighted = organ.rule == DecisionRule::weighted && total > 0.0;
  std::size_t weights = 0;
  for (const Member& m : pact.members) {
    if (!entitled(pact, organ, m, proposal) || !facts.attends(m.actor, row)) continue;
    const auto w = weighted ? static_cast<std::size_t>(std::lround(m.weight / total * grain)) : 0;
    weights += w;
    voters.push_back({leaning(row, m, proposal, facts, settings), w, holds(organ.veto, m.actor),
                      m.actor == organ.chair});
  }
  const std::size_t n = voters.size();
  const auto present = static_cast<std::uint32_t>(n);
  if (n == 0 || present < organ.quorum * (present + absent)) return 0.0;

  // Rules that look at particular members or at the absence of votes against have a product form.
  double all_for = 1.0, none_against = 1.0, chair = 0.0, none_either = 1.0;
  for (const Voter& v : voters) {
    all_for *= v.lean.in_favour;
    none_against *= 1.0 - v.lean.against;
    none_either *= std::max(0.0, 1.0 - v.lean.against - v.lean.in_favour);
    if (v.chair) chair = v.lean.in_favour;
  }
  double no_veto = 1.0;
  for (const Voter& v : voters) {
    if (v.veto && !v.chair) no_veto *= 1.0 - v.lean.against;
  }
  switch (organ.rule) {
    case DecisionRule::unanimity:
      return all_for;
    case DecisionRule::consensus:
      return none_against - none_either;
    case DecisionRule::chair:
      return chair * no_veto;
    default:
      break;
  }
  // Distribution of (votes in favour, weight in favour) on "no veto was cast".
  const std::size_t width = weighted ? weights + 1 : 1;
  std::vector<double> p((n + 1) * width, 0.0);
  p[0] = 1.0;
  for (std::size_t i = 0; i < n; ++i) {
    const Voter& v = voters[i];
    const double stay = 1.0 - v.lean.in_favour - (v.veto ? v.lean.against : 0.0);
    for (std::size_t k = i + 2; k-- > 0;) {
      for (std::size_t w = width; w-- > 0;) {
        double& cell = p[k * width + w];
        cell *= stay;
        if (k > 0 && w >= v.weight) {
          cell += v.lean.in_favour * p[(k - 1) * width + w - v.weight];
        }
      }
    }
  }
  double adopted = 0.0;
  for (std::size_t k = 0; k <= n; ++k) {
    for (std::size_t w = 0; w < width; ++w) {
      const Vote v =
          count(organ, static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(n - k), 0, absent,
                static_cast<double>(w), static_cast<double>(width - 1), false, false);
      if (v.adopted) adopted += p[k * width + w];
    }
  }
  return std::min(adopted, 1.0);
}

}  // namespace casus::law
