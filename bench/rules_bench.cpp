#include <benchmark/benchmark.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "casus/core/ids.h"
#include "casus/rules/attrition.h"
#include "casus/rules/bargaining.h"
#include "casus/rules/contest.h"
#include "casus/rules/effort.h"
#include "casus/rules/hazard.h"
#include "casus/rules/honour.h"
#include "casus/rules/intervention.h"
#include "casus/rules/logit.h"
#include "casus/rules/networks.h"
#include "casus/rules/perception.h"
#include "casus/rules/sizes.h"
#include "report.h"

// One call of each rule, over 256 inputs in turn. An input is a number x in (0, 1) from which the
// arguments are made, so that no branch is always the same.

namespace casus::bench {
namespace {

using namespace casus::rules;

constexpr std::size_t inputs = 256;

template <class Rule>
void rule(const std::string& name, Rule call) {
  add("rules_" + name, [call](benchmark::State& state) {
    std::vector<double> x(inputs);
    // The golden ratio's multiples are spread evenly and in no order.
    for (std::size_t i = 0; i < inputs; ++i) {
      const double turns = 0.6180339887498949 * static_cast<double>(i + 1);
      x[i] = turns - static_cast<double>(static_cast<std::uint64_t>(turns));
    }
    std::size_t i = 0;
    for (auto _ : state) {
      double value = call(x[i++ % inputs]);
      benchmark::DoNotOptimize(value);
    }
    std::uint64_t hash = 0;
    for (const double input : x) hash = mix(hash, std::bit_cast<std::uint64_t>(call(input)));
    report(state, {.unit = "call"}, hash);
  });
}

double both(Strengths s) { return s.a - s.b; }

void add_combat() {
  rule("square_step", [](double x) {
    return both(square_step({900.0, 1000.0 * x}, 0.03, 0.04, 1));
  });
  rule("linear_step", [](double x) {
    return both(linear_step({900.0, 1000.0 * x}, 3e-5, 4e-5, 1));
  });
  rule("ambush_step", [](double x) { return both(ambush_step({90.0, 1000.0 * x}, 3e-5, 0.1, 1)); });
  rule("mixed_step", [](double x) {
    return both(mixed_step({900.0, 1000.0 * x}, 0.003, 0.004, 0.5, 1.0));
  });
  rule("linear_win_probability", [](double x) { return linear_win_probability(100, 120, x); });
  rule("square_win_probability/100",
       [](double x) { return square_win_probability(100, 100, 1.0, 0.5 + x); });
  rule("square_win_probability_normal",
       [](double x) { return square_win_probability_normal(100.0, 200.0 * x, 1.0, 1.2); });
  rule("square_expected_survivors/100",
       [](double x) { return square_expected_survivors(100, 100, 1.0, 0.5 + x); });
  rule("event_size",
       [sizes = EventSizes{}](double x) { return static_cast<double>(sizes.quantile(x)); });
  rule("fusion_fragmentation", [](double x) {
    return fusion_fragmentation_groups(1e4, 0.01, 1 + static_cast<std::uint64_t>(100.0 * x));
  });
  rule("tullock", [](double x) { return tullock(x, 0.4, 1.5); });
}

void add_choice() {
  rule("best_demand", [](double x) { return best_demand(x, 0.1, 0.3).war_probability; });
  for (const std::size_t n : {4U, 10U, 40U}) {
    std::vector<double> allies(n), reliabilities(n);
    for (std::size_t i = 0; i < n; ++i) {
      allies[i] = 0.1 * static_cast<double>(i + 1);
      reliabilities[i] = static_cast<double>(i + 1) / static_cast<double>(n + 1);
    }
    rule("coalition_win_probability/" + std::to_string(n), [allies, reliabilities](double x) {
      return coalition_win_probability(2.0, 0.1 + x, allies, reliabilities, 1.0);
    });
  }
  rule("joining_delay_quantile", [](double x) { return joining_delay_quantile(x, {}); });
  rule("intervention_hazard", [](double x) {
    return intervention_hazard(distance_discount(5000.0 * x, false, false), x - 0.2, {});
  });
  rule("logistic", [](double x) { return logistic(8.0 * x - 4.0); });
  rule("normal_quantile", [](double x) { return rules::normal_quantile(x); });
}

void add_hazards() {
  rule("coup_annual_probability", [](double x) {
    return coup_annual_probability({.gdp_per_capita = 300.0 + 5000.0 * x,
                                    .regime = RegimeType::anocracy,
                                    .years_since_attempt = 40.0 * x});
  });
}

void add_views() {
  rule("relax", [](double x) { return relax(x, 0.5, 0.1, 1.0); });
}

/// Each country or group and the next three of a ring are linked.
void add_graphs() {
  AllianceNetwork network(50);
  AllianceNetwork small(8);
  for (std::size_t i = 0; i < 50; ++i) {
    for (std::size_t k = 1; k <= 3; ++k) network.link(i, (i + k) % 50);
  }
  for (std::size_t i = 0; i < 8; ++i) small.link(i, (i + 1) % 8);
  rule("vulnerable_countries/50", [network](double x) {
    std::vector<double> power(50, 1.0);
    power[7] = 4.0 * x;
    return static_cast<double>(vulnerable_countries(network, power, 0.9 + x).size());
  });
  rule("war_stability/8", [small](double x) {
    std::vector<double> power(8, 1.0);
    power[3] = 1.0 + x;
    return static_cast<double>(war_stability(small, power, 1.5 + x).result);
  });
  for (const std::uint32_t n : {30U, 1000U}) {
    std::vector<GroupLink> alliances, enmities;
    for (std::uint32_t i = 0; i < n; ++i) {
      alliances.push_back({i, (i + 1) % n});
      enmities.push_back({i, (i + 2) % n});
    }
    rule("effort_equilibrium/" + std::to_string(n), [=](double x) {
      std::vector<double> shifters(n, 0.0);
      shifters[0] = x;
      const EffortEquilibrium e = effort_equilibrium(
          {.groups = n, .alliances = alliances, .enmities = enmities, .shifters = shifters});
      return e.total;
    });
  }
}

const int registered = [] {
  add_combat();
  add_choice();
  add_hazards();
  add_views();
  add_graphs();
  return 0;
}();

}  // namespace
}  // namespace casus::bench
