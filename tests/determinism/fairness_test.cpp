// Who is named first gains nothing.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "casus/run/simulation.h"
#include "casus/study/ensemble.h"

namespace casus::test {
namespace {

// Two states alike in everything but their names, at war from the first day, that attack whenever
// they may and give way often.
const char* const even_war = R"(casus: scenario/1
clock: {start: 2030-01-01, days: 120}
regions:
  near: {owner: alfa, population: 1000000, area: 10000, at: [0, 0], neighbours: {far: 100}}
  far: {owner: bravo, population: 1000000, area: 10000, at: [0, 2]}
actors:
  alfa: {kind: state, capital: near, forces: 20000, income: 300, regime: autocracy}
  bravo: {kind: state, capital: far, forces: 20000, income: 300, regime: autocracy}
presence:
  near: {alfa: 15000}
  far: {bravo: 15000}
relations:
  - {between: [alfa, bravo], affinity: -0.6}
wars:
  even: {sides: [[alfa], [bravo]], since: 2029-12-01}
outcomes:
  deaths_near: {sum: deaths, where: [near]}
  deaths_far: {sum: deaths, where: [far]}
  forces_alfa: {final: forces, by: [alfa]}
  forces_bravo: {final: forces, by: [bravo]}
  held_near: {final: control, where: [near]}
  held_far: {final: control, where: [far]}
mechanisms:
  statecraft: {offensive_rate: 0.6, offensive_success: 0.3}
  combat: {decision_days: 3}
)";

// Where reserves are sent one after the other, t is 3.7 here: the second answers what the first
// did.
TEST(Fairness, AnEvenWarFavoursNeitherSideSlow) {
  const Registry registry = standard_registry();
  const Scenario s = Scenario::parse(even_war, "even war", registry.vocabulary());
  EnsembleOptions options;
  options.runs = 8000;
  const EnsembleResult result = run_ensemble(s, registry, options);
  for (const std::size_t pair : {0U, 2U, 4U}) {
    double sum = 0.0, squares = 0.0, n = 0.0;
    for (const RunResult& run : result.runs) {
      ASSERT_FALSE(run.failure);
      const double d = run.outcomes[pair].value - run.outcomes[pair + 1].value;
      sum += d;
      squares += d * d;
      n += 1.0;
    }
    const double mean = sum / n;
    const double error = std::sqrt((squares / n - mean * mean) / n);
    EXPECT_LT(std::abs(mean), 3.5 * error)
        << s->outcomes[pair].name << ": mean difference " << mean;
  }
}

}  // namespace
}  // namespace casus::test
