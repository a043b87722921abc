#include <algorithm>

#include "law/keys.h"
#include "law/resolver.h"

// Accumulation of events: small uses of force of one party against another, weighed together.
namespace casus::law {
namespace {

constexpr PactKey small_acts{name_hash("law.small_acts")};

ActorKey between(const Facts& facts, const Act& act) {
  return {mix(mix(key_of(facts, act.author), key_of(facts, act.victim)), 7)};
}

}  // namespace

/// Under SmallActs::together an act of force is as grave as it and those before it are together, as
/// long as the last of them could still be answered. What has been added up is remembered like a
/// decision, so that it goes from step to step.
void Resolver::add_up(Act& act) {
  if (settings_.doctrines.small_acts != SmallActs::together || !uses_force(act.kind) ||
      !act.author.valid() || !act.victim.valid()) {
    return;
  }
  const ActorKey pair = between(facts_, act);
  double sum = act.severity;
  const Remembered* before = memory_.find(small_acts, pair, {});
  if (before != nullptr &&
      static_cast<double>(days_between(before->date, act.date)) <= settings_.answer_days) {
    sum += before->tally;
  }
  memory_.record({.pact = small_acts,
                  .actor = pair,
                  .date = act.date,
                  .first = act.date,
                  .beneficiary = {key_of(facts_, act.victim)},
                  .tally = sum});
  act.severity = std::min(1.0, sum);
}

}  // namespace casus::law
