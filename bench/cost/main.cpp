// The workloads whose instructions are counted; see gate.py. A workload does the same work on every
// machine: fixed seeds, one thread, no clock. It prints how many units it measured and the hash of
// what came out.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../law_world.h"
#include "../sites.h"
#include "../worlds.h"
#include "casus/cli/program.h"
#include "casus/core/executor.h"
#include "casus/core/random.h"
#include "casus/law/pact_index.h"
#include "casus/law/resolve.h"
#include "casus/run/simulation.h"
#include "casus/study/ensemble.h"
#include "measured.h"

namespace casus::bench {
namespace {

struct Done {
  std::uint32_t units = 1;  ///< the count is divided by this
  std::uint64_t state = 0;
};

/// A decision's address and its draws, for the distributions that mechanisms draw from.
Done draws() {
  constexpr std::uint32_t decisions = 10000;
  double sum = 0.0;
  casus_measured([&] {
    for (std::uint32_t step = 0; step < decisions; ++step) {
      Stream stream({2023, 1}, step, Purpose("test"), {step % 61, step % 7});
      sum += uniform(stream) + normal(stream) + static_cast<double>(poisson(stream, 0.3));
    }
  });
  return {decisions, mix(0, static_cast<std::uint64_t>(sum * 1e6))};
}

/// 400 acts at once among 2,000 actors with 400 pacts.
Done law_cascade() {
  const LawWorld world({.actors = 2000, .pacts = 400, .acts = 400});
  const law::PactIndex index(world.pacts, world.facts.party_count());
  law::Resolution result;
  casus_measured([&] {
    law::DecisionMemory memory;
    result = law::resolve(world.acts, index, world.facts, world.settings, {2024, 0}, 0, memory);
  });
  return {1, result.hash(index, world.facts)};
}

/// Reading the Sahel's files, checking them, and making the world.
Done sahel_load() {
  std::optional<Simulation> simulation;
  casus_measured([&] { simulation.emplace(shipped("sahel/baseline.yaml")); });
  return {1, digest(*simulation)};
}

Done steps(const Scenario& scenario, std::uint32_t before, std::uint32_t count) {
  Simulation simulation(scenario);
  for (std::uint32_t i = 0; i < before; ++i) simulation.step();
  casus_measured([&] {
    for (std::uint32_t i = 0; i < count; ++i) simulation.step();
  });
  return {count, digest(simulation)};
}

/// A day of the Sahel, the mean of sixty after the first thirty.
Done sahel_step() { return steps(shipped("sahel/baseline.yaml"), 30, 60); }

/// What a model that is coupled to the Sahel adds to a day: a value of each of its 61 regions is
/// read and written back, by references that were found once.
Done sahel_coupling() {
  Simulation simulation(shipped("sahel/baseline.yaml"));
  std::vector<PathRef> refs;
  for (const RegionSpec& r : simulation.scenario()->regions) {
    refs.push_back(simulation.resolve("regions." + r.name + ".grievance"));
  }
  constexpr std::uint32_t days = 100;
  casus_measured([&] {
    for (std::uint32_t day = 0; day < days; ++day) {
      for (const PathRef& ref : refs) simulation.set(ref, simulation.get(ref));
    }
  });
  return {days, digest(simulation)};
}

/// Reading, decoding and checking a made-up world of 5,000 presences, a thousand groups among them.
const Site middling{"presences:5000", 5000};
Done synthetic_load() {
  const std::string text = text_of(middling);
  std::optional<Scenario> scenario;
  casus_measured([&] { scenario = parse(middling, text); });
  return {1, digest(Simulation(*scenario))};
}

/// `casus check` of its file, the whole command: what it is, and whether it is right.
Done check() {
  std::string folder = (std::filesystem::temp_directory_path() / "casus-cost-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for the world");
  const std::string file = folder + "/world.yaml";
  std::ofstream(file) << text_of(middling);
  const char* const arguments[] = {"casus", "check", "-q", file.c_str()};
  const Registry registry = standard_registry();
  int exit_code = 0;
  casus_measured([&] { exit_code = program(4, arguments, registry); });
  std::filesystem::remove_all(folder);
  if (exit_code != 0) throw std::runtime_error("casus check says that the world is not right");
  return {};
}

/// A day of it, the mean of five after the first five.
Done synthetic_step() { return steps(load(middling), 5, 5); }

/// A whole run of July 1914 with its outcomes and series: pacts, crises and votes more than combat.
Done july_run() {
  const Scenario scenario = shipped("july-1914/baseline.yaml");
  const Registry registry = standard_registry();
  RunResult result;
  casus_measured([&] { result = run_once(scenario, registry, {}); });
  if (result.failure) throw std::runtime_error(result.failure->what);
  return {1, mix(result.world_hash, result.events_hash)};
}

struct Workload {
  std::string_view name;
  Done (*work)();
};
constexpr Workload workloads[] = {{"draws", draws},
                                  {"law_cascade", law_cascade},
                                  {"sahel_load", sahel_load},
                                  {"sahel_step", sahel_step},
                                  {"sahel_coupling", sahel_coupling},
                                  {"july_run", july_run},
                                  {"synthetic_load", synthetic_load},
                                  {"check", check},
                                  {"synthetic_step", synthetic_step}};

/// What a count depends on beside the sources.
std::string built_with() {
#if defined(__clang__)
  std::string text = "clang " __clang_version__;
#else
  std::string text = "gcc " __VERSION__;
#endif
#if defined(__GLIBC__)
  text += ", glibc " + std::to_string(__GLIBC__) + "." + std::to_string(__GLIBC_MINOR__);
#endif
#if !defined(NDEBUG) || !defined(__OPTIMIZE__)
  text += ", not optimised";
#endif
  return text;
}

}  // namespace
}  // namespace casus::bench

int main(int argc, char** argv) try {
  const std::string_view name = argc == 2 ? argv[1] : "";
  if (name == "--list") {
    for (const auto& w : casus::bench::workloads) std::printf("%s\n", w.name.data());
    return EXIT_SUCCESS;
  }
  if (name == "--built-with") {
    std::printf("%s\n", casus::bench::built_with().c_str());
    return EXIT_SUCCESS;
  }
  for (const auto& w : casus::bench::workloads) {
    if (w.name != name) continue;
    // Work that is shared out stays where it is counted.
    casus::bench::Done done;
    auto work = [&](std::size_t) { done = w.work(); };
    casus::tbb_executor(1)->run(1, casus::BlockTask(work));
    std::printf("%u %s\n", done.units, casus::bench::hex(done.state).c_str());
    return EXIT_SUCCESS;
  }
  std::fprintf(stderr, "usage: casus_cost WORKLOAD | --list | --built-with\n");
  return 2;
} catch (const std::exception& error) {
  std::fprintf(stderr, "casus_cost: %s\n", error.what());
  return EXIT_FAILURE;
}
