#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "casus/core/ids.h"
#include "casus/scenario/make_world.h"
#include "casus/study/ensemble.h"
#include "casus/world/world.h"
#include "report.h"
#include "sites.h"

// From text to a world, and from a scenario to an ensemble.

namespace casus::bench {
namespace {

Work by_presence(const char* unit, const ScenarioData& data) {
  return {.unit = unit, .part = "presence", .parts = static_cast<double>(data.presence.size())};
}

/// Reading, decoding and checking.
void scenario_load(benchmark::State& state, const Site& site) {
  const std::string text = site.presences == 0 ? "" : text_of(site);
  std::uint64_t hash = 0;
  std::size_t presences = 0;
  for (auto _ : state) {
    const Scenario scenario = text.empty() ? load(site) : parse(site, text);
    state.PauseTiming();
    hash = casus::hash(make_world(scenario.data(), {1, 0}));
    presences = scenario->presence.size();
    state.ResumeTiming();
  }
  report(state, {.unit = "load", .part = "presence", .parts = static_cast<double>(presences)},
         hash);
  if (!text.empty()) {
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  }
}

void scenario_generate(benchmark::State& state, const Site& site) {
  std::string text;
  for (auto _ : state) text = text_of(site);
  report(state,
         {.unit = "scenario",
          .part = "presence",
          .parts = static_cast<double>(site.presences),
          .bytes = static_cast<double>(text.size())},
         name_hash(text));
}

void world_make(benchmark::State& state, const Site& site) {
  const Scenario& scenario = scenario_of(site);
  std::uint64_t hash = 0;
  for (auto _ : state) {
    const World world = make_world(scenario.data(), {1, 0});
    state.PauseTiming();
    hash = casus::hash(world);
    state.ResumeTiming();
  }
  report(state, by_presence("world", scenario.data()), hash);
}

void world_hash(benchmark::State& state, const Site& site) {
  const World world = make_world(scenario_of(site).data(), {1, 0});
  std::uint64_t hash = 0;
  for (auto _ : state) {
    hash = casus::hash(world);
    benchmark::DoNotOptimize(hash);
  }
  report(state, by_presence("hash", scenario_of(site).data()), hash);
}

constexpr std::size_t runs = 16;

/// Whole runs of the Sahel with outcomes and series, as `casus run` makes them.
void ensemble(benchmark::State& state, const Scenario& scenario, unsigned workers) {
  const Registry registry = standard_registry();
  EnsembleOptions options;
  options.runs = runs;
  options.threads = workers;
  std::uint64_t hash = 0;
  for (auto _ : state) {
    const EnsembleResult result = run_ensemble(scenario, registry, options);
    std::uint64_t now = 0;
    for (const RunResult& run : result.runs) {
      now = mix(mix(now, run.world_hash), run.events_hash);
    }
    if (result.failed() != 0 || (hash != 0 && now != hash)) {
      throw std::runtime_error("runs failed, or the same runs have come out differently");
    }
    hash = now;
  }
  report(state,
         {.unit = "run",
          .units = static_cast<double>(runs),
          .part = "step",
          .parts = static_cast<double>(scenario->clock.steps())},
         hash);
}

void study_ensemble(benchmark::State& state) {
  ensemble(state, scenario_of(sites().front()), static_cast<unsigned>(state.range(0)));
}

/// The same with a row of the series every day instead of every month.
void study_ensemble_daily(benchmark::State& state) {
  ensemble(state, scenario_of(sites().front()).with({{Edit::Kind::set, "observe.every", "1 day"}}),
           static_cast<unsigned>(state.range(0)));
}

const int registered = [] {
  for (const Site& site : sites()) {
    if (site.presences > 0) {
      add("scenario_generate/" + site.name, [&site](auto& s) { scenario_generate(s, site); });
    }
    add("scenario_load/" + site.name, [&site](auto& s) { scenario_load(s, site); });
    add("world_make/" + site.name, [&site](auto& s) { world_make(s, site); });
    add("world_hash/" + site.name, [&site](auto& s) { world_hash(s, site); });
  }
  add("study_ensemble", study_ensemble)->ArgName("workers")->Arg(1)->Arg(2)->UseRealTime();
  add("study_ensemble_daily", study_ensemble_daily)->ArgName("workers")->Arg(1)->UseRealTime();
  return 0;
}();

}  // namespace
}  // namespace casus::bench
