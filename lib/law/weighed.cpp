#include <algorithm>
#include <cstddef>

#include "casus/law/organ.h"
#include "law/resolver.h"
#include "law/votes.h"

// What was weighed in the draws that decide, put on record beside the verdicts. It is looked up
// from what was decided, and nothing is decided by it.

namespace casus::law {

void Resolver::weighed(std::uint32_t verdict, DecisionKind kind, double probability, double draw,
                       bool yes, std::size_t begin) {
  out_.weighed.push_back({.verdict = verdict,
                          .kind = kind,
                          .yes = yes,
                          .probability = probability,
                          .draw = draw,
                          .term_begin = static_cast<std::uint32_t>(begin),
                          .term_count = static_cast<std::uint32_t>(out_.terms.size() - begin)});
}

/// That help was asked for, and how the organ has voted: on what it adopted, or on the most that it
/// refused.
void Resolver::weighed(std::uint32_t verdict, const Case& c, const Coverage& coverage,
                       const Invocation& inv) {
  if (!settings_.keep_weighed || settings_.drawing != Drawing::random) return;
  if (inv.draw >= 0.0 && inv.asked_now) {
    weighed(verdict, DecisionKind::request, inv.probability, inv.draw, inv.draw < inv.probability,
            out_.terms.size());
  }
  if (!inv.voted) return;
  const Pact& pact = index_.pact(c.pact);
  const Organ& organ = pact.organs[c.clause.organ.row()];
  ObligationSet asked = c.clause.then.assist;
  if (!organ.competence.empty()) asked = asked & organ.competence;
  const Obligation level = inv.yes ? inv.cap : highest(asked);
  const Proposal proposal = proposed(c, coverage, level, context_);
  const std::size_t begin = out_.terms.size();
  const PactId row{c.pact};
  ballots(pact, row, organ, proposal, facts_, settings_, replicate_, step_, out_.terms);
  // To count out a weighted vote takes a table of a thousand columns for the square of the members;
  // there the ballots and what they lean on must do.
  const double chance = organ.rule == DecisionRule::weighted
                            ? -1.0
                            : adoption_probability(pact, row, organ, proposal, facts_, settings_);
  weighed(verdict, DecisionKind::organ_vote, chance, -1.0, inv.yes, begin);
}

/// Whether a member helps, and how much. Help under one pact may fulfil another that was declined,
/// so what was drawn is told as it was drawn.
void Resolver::weighed(std::uint32_t verdict, const Candidate& c) {
  if (!settings_.keep_weighed || settings_.drawing != Drawing::random) return;
  if (c.drawn < 0.0 && c.asked != DecisionKind::side) return;  // nothing was drawn
  const std::size_t begin = out_.terms.size();
  if (c.asked == DecisionKind::side) {
    out_.terms.insert(out_.terms.end(), c.sides.begin(), c.sides.end());
  }
  for (std::size_t i = 0; i < c.will.terms.size(); ++i) {
    if (c.will.terms[i] != 0.0) {
      out_.terms.push_back({static_cast<TermKind>(i), {}, c.will.terms[i]});
    }
  }
  if (c.level_drawn >= 0.0) {
    out_.terms.push_back({TermKind::level, {}, static_cast<double>(c.given), c.level_drawn});
  }
  const bool yes = c.drawn >= 0.0 ? c.drawn < c.probability : c.answer == Answer::kept;
  weighed(verdict, c.asked, c.probability, c.drawn, yes, begin);
}

void Resolver::unsay(std::size_t mark) {
  out_.verdicts.resize(mark);
  while (!out_.weighed.empty() && out_.weighed.back().verdict >= mark) {
    out_.terms.resize(out_.weighed.back().term_begin);
    out_.weighed.pop_back();
  }
}

}  // namespace casus::law
