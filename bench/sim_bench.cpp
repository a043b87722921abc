#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "casus/core/executor.h"
#include "casus/sim/simulation.h"
#include "report.h"
#include "sites.h"
#include "timed.h"

// Steps of whole worlds, and what each mechanism takes of them. All runs of one site do the same
// steps from the same snapshot, so all show the same state, whatever is measured and however many
// workers there are.

namespace casus::bench {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Repeats the measured steps of a site; `time` does them and says what they took.
void repeat(benchmark::State& state, const Site& site, Simulation& simulation,
            const std::function<double(Simulation&)>& time, std::uint64_t expected) {
  const auto start = simulation.save();
  for (auto _ : state) {
    simulation.restore(*start);
    state.SetIterationTime(time(simulation));
    const std::uint64_t now = digest(simulation);
    if (expected == 0) expected = now;
    if (now != expected) {
      state.SkipWithError("the same steps have led to another state");
      break;
    }
  }
  simulation.restore(*start);
  report(state,
         {.unit = "step",
          .units = static_cast<double>(site.steps),
          .part = "presence",
          .parts = static_cast<double>(simulation.world().presences.size())},
         expected);
}

void step_measured(Simulation& simulation, const Site& site) {
  for (std::uint32_t i = 0; i < site.steps; ++i) simulation.step();
}

void sim_step(benchmark::State& state, const Site& site, unsigned workers) {
  const auto executor = workers == 1 ? serial_executor() : tbb_executor(workers);
  RunOptions options;
  options.executor = executor.get();
  Simulation simulation(scenario_of(site), options);
  for (std::uint32_t i = 0; i < site.warm_up; ++i) simulation.step();
  repeat(
      state, site, simulation,
      [&](Simulation& s) {
        const auto start = Clock::now();
        step_measured(s, site);
        return since(start);
      },
      0);
}

/// A simulation with clocks around its mechanisms, at the beginning of the measured steps.
struct Profile {
  explicit Profile(const Site& site) : simulation(scenario_of(site), timed_registry(seconds)) {
    Simulation plain(scenario_of(site));
    for (std::uint32_t i = 0; i < site.warm_up; ++i) {
      simulation.step();
      plain.step();
    }
    step_measured(plain, site);
    expected = digest(plain);
  }

  std::vector<double> seconds;
  Simulation simulation;
  std::uint64_t expected = 0;  ///< state of a simulation without clocks after the measured steps
};

Profile& profile_of(const Site& site) {
  static std::string name;
  static std::unique_ptr<Profile> kept;
  if (name != site.name) {
    name.clear();
    kept.reset();
    kept = std::make_unique<Profile>(site);
    name = site.name;
  }
  return *kept;
}

/// One mechanism, or, past the last, what a step does between them: checks and bookkeeping.
void sim_mechanism(benchmark::State& state, const Site& site, std::size_t m) {
  Profile& profile = profile_of(site);
  std::vector<double>& seconds = profile.seconds;
  repeat(
      state, site, profile.simulation,
      [&](Simulation& s) {
        seconds.assign(seconds.size(), 0.0);
        const auto start = Clock::now();
        step_measured(s, site);
        const double all = since(start);
        if (m < seconds.size()) return seconds[m];
        return all - std::accumulate(seconds.begin(), seconds.end(), 0.0);
      },
      profile.expected);
}

/// A snapshot and the way back.
void sim_save(benchmark::State& state, const Site& site) {
  Simulation simulation(scenario_of(site));
  for (std::uint32_t i = 0; i < site.warm_up; ++i) simulation.step();
  for (auto _ : state) {
    const auto snapshot = simulation.save();
    simulation.restore(*snapshot);
  }
  report(state,
         {.unit = "save+restore",
          .part = "presence",
          .parts = static_cast<double>(simulation.world().presences.size())},
         digest(simulation));
}

/// The number of repetitions is fixed: the harness would choose it by the time measured, and so do
/// a thousand steps for a mechanism that takes a thousandth of one.
void measured_by_hand(benchmark::internal::Benchmark* b, const Site& site) {
  b->UseManualTime()->Iterations(site.iterations);
}

const int registered = [] {
  for (const Site& site : sites()) {
    for (const unsigned workers : {1U, 2U}) {
      const std::string name = "sim_step/" + site.name + "/workers:" + std::to_string(workers);
      measured_by_hand(
          benchmark::RegisterBenchmark(name.c_str(), sim_step, std::cref(site), workers), site);
    }
    Vocabulary mechanisms = standard_registry().vocabulary();
    mechanisms.emplace_back().name = "between";
    for (std::size_t m = 0; m < mechanisms.size(); ++m) {
      const std::string name = "sim_" + mechanisms[m].name + "/" + site.name;
      measured_by_hand(
          benchmark::RegisterBenchmark(name.c_str(), sim_mechanism, std::cref(site), m), site);
    }
    benchmark::RegisterBenchmark(("sim_save/" + site.name).c_str(), sim_save, std::cref(site));
  }
  return 0;
}();

}  // namespace
}  // namespace casus::bench
