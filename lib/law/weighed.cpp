#include <algorithm>
#include <cstddef>

#include "casus/law/organ.h"
#include "law/course.h"
#include "law/votes.h"

// What was weighed in the draws that decide, put on record beside the verdicts. It is looked up
// from what was decided, and nothing is decided by it.

namespace casus::law {

void Course::weighed(std::uint32_t verdict, DecisionKind kind, double probability, double draw,
                     bool yes, std::size_t begin) {
  out.weighed.push_back({.verdict = verdict,
                         .kind = kind,
                         .yes = yes,
                         .probability = probability,
                         .draw = draw,
                         .term_begin = static_cast<std::uint32_t>(begin),
                         .term_count = static_cast<std::uint32_t>(out.terms.size() - begin)});
}

/// That help was asked for, and how the organ has voted: on what it adopted, or on the most that it
/// refused.
void Course::weighed(std::uint32_t verdict, const Case& c, const Coverage& coverage,
                     const Invocation& inv) {
  if (!settings.keep_weighed || settings.drawing != Drawing::random) return;
  if (inv.draw >= 0.0 && inv.asked_now) {
    weighed(verdict, DecisionKind::request, inv.probability, inv.draw, inv.draw < inv.probability,
            out.terms.size());
  }
  if (!inv.voted) return;
  const Pact& pact = index.pact(c.pact);
  const Organ& organ = pact.organs[c.clause.organ.row()];
  ObligationSet asked = c.clause.then.assist;
  if (!organ.competence.empty()) asked = asked & organ.competence;
  const Obligation level = inv.yes ? inv.cap : highest(asked);
  const Proposal proposal = proposed(c, coverage, level, context);
  const std::size_t begin = out.terms.size();
  const PactId row{c.pact};
  ballots(pact, row, organ, proposal, facts, settings, replicate, step, out.terms);
  // To count out a weighted vote takes a table of a thousand columns for the square of the members;
  // there the ballots and what they lean on must do.
  const double chance = organ.rule == DecisionRule::weighted
                            ? -1.0
                            : adoption_probability(pact, row, organ, proposal, facts, settings);
  weighed(verdict, DecisionKind::organ_vote, chance, -1.0, inv.yes, begin);
}

/// Whether a member helps, and how much. Help under one pact may fulfil another that was declined,
/// so what was drawn is told as it was drawn.
void Course::weighed(std::uint32_t verdict, const Candidate& c) {
  if (!settings.keep_weighed || settings.drawing != Drawing::random) return;
  if (c.drawn < 0.0 && c.asked != DecisionKind::side) return;  // nothing was drawn
  const std::size_t begin = out.terms.size();
  if (c.asked == DecisionKind::side) {
    out.terms.insert(out.terms.end(), c.sides.begin(), c.sides.end());
  }
  for (std::size_t i = 0; i < c.will.terms.size(); ++i) {
    if (c.will.terms[i] != 0.0) {
      out.terms.push_back({static_cast<TermKind>(i), {}, c.will.terms[i]});
    }
  }
  if (c.level_drawn >= 0.0) {
    out.terms.push_back({TermKind::level, {}, static_cast<double>(c.given), c.level_drawn});
  }
  const bool yes = c.drawn >= 0.0 ? c.drawn < c.probability : c.answer == Answer::kept;
  weighed(verdict, c.asked, c.probability, c.drawn, yes, begin);
}

void Course::unsay(std::size_t mark) {
  out.verdicts.resize(mark);
  while (!out.weighed.empty() && out.weighed.back().verdict >= mark) {
    out.terms.resize(out.weighed.back().term_begin);
    out.weighed.pop_back();
  }
}

}  // namespace casus::law
