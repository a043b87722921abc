#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "casus/core/executor.h"
#include "casus/run/simulation.h"
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

void step_measured(Simulation& simulation, const Site& site) {
  for (std::uint32_t i = 0; i < site.steps; ++i) simulation.step();
}

Work steps_of(const Site& site, const Simulation& simulation) {
  return {.unit = "step",
          .units = static_cast<double>(site.steps),
          .part = "presence",
          .parts = static_cast<double>(simulation.world().presences.size())};
}

void sim_step(benchmark::State& state, const Site& site, unsigned workers) {
  const auto executor = workers == 1 ? serial_executor() : tbb_executor(workers);
  RunOptions options;
  options.executor = executor.get();
  Simulation simulation(scenario_of(site), options);
  for (std::uint32_t i = 0; i < site.warm_up; ++i) simulation.step();
  const auto start = simulation.save();
  const Work work = steps_of(site, simulation);
  std::uint64_t hash = 0;
  for (auto _ : state) {
    simulation.restore(*start);
    const auto begun = Clock::now();
    step_measured(simulation, site);
    state.SetIterationTime(since(begun));
    const std::uint64_t now = digest(simulation);
    if (hash != 0 && now != hash) throw std::runtime_error("the same steps, another state");
    hash = now;
  }
  report(state, work, hash);
}

/// The measured steps with clocks around the mechanisms. A pass over them times all mechanisms at
/// once, so what one benchmark has run the others need not repeat; none is given the same pass
/// twice.
class Profile {
 public:
  explicit Profile(const Site& site)
      : site_(site), simulation_(scenario_of(site), timed_registry(seconds_)) {
    Simulation plain(scenario_of(site));
    for (std::uint32_t i = 0; i < site.warm_up; ++i) {
      simulation_.step();
      plain.step();
    }
    start_ = simulation_.save();
    work_ = steps_of(site, simulation_);
    step_measured(plain, site);
    expected_ = digest(plain);
    taken_.assign(seconds_.size() + 1, 0);
  }

  /// Seconds of mechanism m, or, past the last, of what a step does between them.
  double next(std::size_t m) {
    if (taken_[m] == passes_.size()) pass();
    return passes_[taken_[m]++][m];
  }
  const Work& work() const { return work_; }
  std::uint64_t state() const { return expected_; }

 private:
  void pass() {
    simulation_.restore(*start_);
    seconds_.assign(seconds_.size(), 0.0);
    const auto begun = Clock::now();
    step_measured(simulation_, site_);
    const double all = since(begun);
    if (digest(simulation_) != expected_) throw std::runtime_error("the clocks changed the state");
    passes_.push_back(seconds_);
    passes_.back().push_back(all - std::accumulate(seconds_.begin(), seconds_.end(), 0.0));
  }

  Site site_;
  std::vector<double> seconds_;
  Simulation simulation_;
  std::shared_ptr<const Simulation::Snapshot> start_;
  Work work_;
  std::uint64_t expected_ = 0;  // state of a simulation without clocks after the measured steps
  std::vector<std::vector<double>> passes_;
  std::vector<std::size_t> taken_;  // passes that each benchmark has been given
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

void sim_mechanism(benchmark::State& state, const Site& site, std::size_t m) {
  Profile& profile = profile_of(site);
  for (auto _ : state) state.SetIterationTime(profile.next(m));
  report(state, profile.work(), profile.state());
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
      measured_by_hand(add("sim_step/" + site.name + "/workers:" + std::to_string(workers),
                           [&site, workers](auto& state) { sim_step(state, site, workers); }),
                       site);
    }
    Vocabulary mechanisms = standard_registry().vocabulary();
    mechanisms.emplace_back().name = "between";
    for (std::size_t m = 0; m < mechanisms.size(); ++m) {
      measured_by_hand(add("sim_" + mechanisms[m].name + "/" + site.name,
                           [&site, m](auto& state) { sim_mechanism(state, site, m); }),
                       site);
    }
    add("sim_save/" + site.name, [&site](auto& state) { sim_save(state, site); });
  }
  return 0;
}();

}  // namespace
}  // namespace casus::bench
