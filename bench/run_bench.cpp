#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "casus/run/simulation.h"
#include "report.h"
#include "sites.h"

// A run read and written from outside: what one value costs, and what a coupled model that looks at
// every region every day adds to a whole run.

namespace casus::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// A column of every region, found once by its paths.
std::vector<PathRef> in_every_region(const Simulation& simulation, const std::string& column) {
  std::vector<PathRef> refs;
  for (const RegionSpec& r : simulation.scenario()->regions) {
    refs.push_back(simulation.resolve("regions." + r.name + "." + column));
  }
  return refs;
}

void run_get(benchmark::State& state, const Site& site) {
  const Simulation simulation(scenario_of(site));
  const std::vector<PathRef> refs = in_every_region(simulation, "grievance");
  for (auto _ : state) {
    double sum = 0.0;
    for (const PathRef& ref : refs) sum += simulation.get(ref);
    benchmark::DoNotOptimize(sum);
  }
  report(state, {.unit = "get", .units = static_cast<double>(refs.size())}, digest(simulation));
}

void run_set(benchmark::State& state, const Site& site) {
  Simulation simulation(scenario_of(site));
  const std::vector<PathRef> refs = in_every_region(simulation, "grievance");
  double value = 0.25;
  for (auto _ : state) {
    for (const PathRef& ref : refs) simulation.set(ref, value);
    benchmark::DoNotOptimize(value);
  }
  report(state, {.unit = "set", .units = static_cast<double>(refs.size())}, digest(simulation));
}

/// Seconds of a whole run. Coupled: each day every region is read, and what was read is written, so
/// that the run comes to the same state.
double seconds_of_run(const Scenario& scenario, bool coupled, std::uint64_t& hash) {
  Simulation simulation(scenario);
  const std::vector<PathRef> refs = in_every_region(simulation, "grievance");
  const auto begun = Clock::now();
  while (!simulation.done()) {
    if (coupled) {
      for (const PathRef& ref : refs) simulation.set(ref, simulation.get(ref));
    }
    simulation.step();
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  hash = digest(simulation);
  return seconds;
}

double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

/// Medians of runs alone and coupled, made in turn, so that both see the same machine.
struct Pairs {
  explicit Pairs(const Scenario& scenario) {
    constexpr int pairs = 15;
    std::vector<double> one, two, both;
    for (int i = 0; i < pairs; ++i) {
      std::uint64_t a = 0, b = 0;
      const bool first = i % 2 == 0;
      if (first) one.push_back(seconds_of_run(scenario, false, a));
      two.push_back(seconds_of_run(scenario, true, b));
      if (!first) one.push_back(seconds_of_run(scenario, false, a));
      if (a != b) throw std::runtime_error("what was read and written back changed the run");
      state = a;
      both.push_back(two.back() / one.back());
    }
    alone = median(one);
    coupled = median(two);
    ratio = median(both);
  }
  double alone = 0.0, coupled = 0.0, ratio = 0.0;
  std::uint64_t state = 0;
};

void run_whole(benchmark::State& state, const Site& site, bool coupled) {
  static const Pairs pairs(scenario_of(site));
  for (auto _ : state) state.SetIterationTime(coupled ? pairs.coupled : pairs.alone);
  report(state,
         {.unit = "run",
          .part = "step",
          .parts = static_cast<double>(scenario_of(site)->clock.steps())},
         pairs.state);
  // Of the two runs of a pair; the median of the ratios is steadier than the ratio of medians.
  if (coupled) state.counters["ratio"] = pairs.ratio;
}

const int registered = [] {
  const Site& sahel = sites().front();
  add("run_get/" + sahel.name, [&sahel](auto& s) { run_get(s, sahel); });
  add("run_set/" + sahel.name, [&sahel](auto& s) { run_set(s, sahel); });
  for (const bool coupled : {false, true}) {
    add("run_whole/" + sahel.name + (coupled ? "/coupled" : ""),
        [&sahel, coupled](auto& s) { run_whole(s, sahel, coupled); })
        ->UseManualTime()
        ->Iterations(1);
  }
  return 0;
}();

}  // namespace
}  // namespace casus::bench
