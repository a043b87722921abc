#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/ids.h"
#include "casus/law/pact_index.h"
#include "casus/law/resolve.h"
#include "law_world.h"
#include "report.h"

// A cascade of the law: many acts at once, answered wave by wave. What is timed is resolve() alone;
// the index of the pacts has a benchmark of its own.
//
// The state is the hash of all verdicts, commitments and breaches: the same on every run and every
// machine. A run whose hash differs from that of the same acts given in the opposite order fails.

namespace casus::bench {
namespace {

law::Resolution decide(const LawWorld& world, const law::PactIndex& index,
                       const std::vector<law::Act>& acts) {
  law::DecisionMemory memory;
  return law::resolve(acts, index, world.facts, world.settings, {2024, 0}, 0, memory);
}

/// What the cost should be linear in: (act, pact of the victim, member), the acts of later waves
/// included.
std::int64_t triples(const law::PactIndex& index, const law::Resolution& result) {
  std::size_t n = 0;
  for (const law::Act& act : result.acts) {
    for (const law::Membership& m : index.of(act.victim)) n += index.pact(m.pact).members.size();
  }
  return static_cast<std::int64_t>(n);
}

void cascade(benchmark::State& state, const Size& size) {
  const LawWorld world(size);
  const law::PactIndex index(world.pacts, size.actors);
  const law::Resolution expected = decide(world, index, {world.acts.rbegin(), world.acts.rend()});
  const std::uint64_t hash = expected.hash(index, world.facts);
  for (auto _ : state) {
    law::Resolution result = decide(world, index, world.acts);
    state.PauseTiming();
    if (result.hash(index, world.facts) != hash) {
      state.SkipWithError("two resolutions of the same acts have different hashes");
      break;
    }
    result = {};
    state.ResumeTiming();
  }
  const std::int64_t n = triples(index, expected);
  // The time of a triple is the same in every row if the cost is linear.
  report(state, {.unit = "cascade", .part = "triple", .parts = static_cast<double>(n)}, hash);
  state.SetComplexityN(n);
  state.counters["acts"] = static_cast<double>(expected.acts.size());
  state.counters["waves"] = expected.waves;
  state.counters["decisions"] = expected.decisions;
}

/// 10,000 actors, 2,000 pacts of 2 to 30 members, 1,000 acts at once.
void law_cascade(benchmark::State& state) { cascade(state, {}); }

// The same with more acts, more pacts per victim (3 to 25, by 1,000 actors), larger pacts.
void law_by_acts(benchmark::State& state) {
  cascade(state, {.acts = static_cast<std::size_t>(state.range(0))});
}
void law_by_pacts(benchmark::State& state) {
  cascade(state, {.actors = 1000, .pacts = static_cast<std::size_t>(state.range(0)), .acts = 500});
}
void law_by_members(benchmark::State& state) {
  cascade(state, {.acts = 500, .members = static_cast<std::size_t>(state.range(0))});
}
/// All acts are attacks on one victim in one conflict: everybody's decisions hang together.
void law_by_attackers(benchmark::State& state) {
  cascade(state, {.acts = static_cast<std::size_t>(state.range(0)), .one_war = true});
}

void law_index(benchmark::State& state) {
  const LawWorld world({});
  for (auto _ : state) {
    benchmark::DoNotOptimize(law::PactIndex(world.pacts, world.facts.party_count()));
  }
  const law::PactIndex index(world.pacts, world.facts.party_count());
  std::uint64_t hash = 0;
  for (std::size_t actor = 0; actor < world.facts.party_count(); ++actor) {
    for (const law::Membership& m : index.of(ActorId(actor))) hash = mix(hash, m.pact);
  }
  report(state, {.unit = "index", .part = "pact", .parts = static_cast<double>(world.pacts.size())},
         hash);
}

BENCHMARK(law_cascade)->Unit(benchmark::kMillisecond);
BENCHMARK(law_index)->Unit(benchmark::kMillisecond);

/// Four sizes, each twice the one before; google-benchmark fits the time to the triples.
void doubling(benchmark::internal::Benchmark* b, std::int64_t first) {
  for (std::int64_t n = first; n <= 8 * first; n *= 2) b->Arg(n);
  b->Unit(benchmark::kMillisecond)->Complexity(benchmark::oN);
}
BENCHMARK(law_by_acts)->Apply([](auto* b) { doubling(b, 250); });
BENCHMARK(law_by_pacts)->Apply([](auto* b) { doubling(b, 250); });
BENCHMARK(law_by_members)->Apply([](auto* b) { doubling(b, 15); });
BENCHMARK(law_by_attackers)->Apply([](auto* b) { doubling(b, 250); });

}  // namespace
}  // namespace casus::bench
