#pragma once

#include <vector>

#include "sim/law_queries.h"

namespace casus {

/// Is war over a crisis worth it? The part of statecraft that deters: who thinks of force weighs
/// the coalition it expects to face. Reads the world and changes nothing; safe in parallel.
struct WarRules {
  double cost = 0.0;          ///< of war, in units of the prize
  double decisiveness = 0.0;  ///< of the contest between coalitions
  double noise = 0.0;         ///< scale of a decider's own reasons, in units of the prize
  double common_noise = 0.0;  ///< of what moves all deciders of a month alike
  double friendship = 0.0;    ///< added to a member's cost by full affinity to the target
  double support = 0.0;       ///< share of its allies' power a challenger counts on
  double contribution = 0.0;  ///< share of what is free that a member sends
  double border = 0.0;        ///< added to a member's cost by a border with the target
  double fear = 0.0;          ///< added to a member's cost by full threat to itself
  double indifference = 0.0;  ///< what the stake is worth without appetite, beside 1 with all of it
  double appetite = 0.0;      ///< share of its cost of war that full appetite takes off
  double ally_affinity = 0.0;    ///< from which a challenger counts on who is bound to it
  double without_resolve = 0.0;  ///< share of its power at home that fights on without resolve
};

/// What was weighed, for the record.
struct Weighing {
  double probability = 0.0, draw = Decision::no_draw;
  std::vector<Term> terms;
};

/// Does the challenger go to war?
bool goes_to_war(const StepView& context, const Crisis& crisis, const WarRules& rule,
                 Weighing& weighed);

/// The logit of each actor's vote, by its row, on a war of the crisis's organisation; zero for
/// those that are no member.
std::vector<double> votes_on_war(const StepView& context, const Crisis& crisis,
                                 const WarRules& rule, Weighing& weighed);

}  // namespace casus
