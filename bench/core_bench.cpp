#include <benchmark/benchmark.h>

#include <bit>
#include <cstdint>
#include <memory>
#include <vector>

#include "casus/core/executor.h"
#include "casus/core/ids.h"
#include "casus/core/random.h"
#include "report.h"

namespace casus::bench {
namespace {

// A draw is what a mechanism pays for one decision: an address and one number.
template <class Draw>
void draw(benchmark::State& state, Draw one) {
  const std::uint64_t actor = name_hash("jnim");
  const std::uint64_t region = name_hash("mopti");
  const auto at = [&](std::uint32_t step) {
    Stream stream({2023, 1}, step, Purpose("test"), {actor, region});
    return static_cast<double>(one(stream));
  };
  std::uint32_t step = 0;
  for (auto _ : state) benchmark::DoNotOptimize(at(step++));
  std::uint64_t hash = 0;
  for (step = 0; step < 1000; ++step) hash = mix(hash, std::bit_cast<std::uint64_t>(at(step)));
  report(state, {.unit = "draw"}, hash);
}

void core_stream_uniform(benchmark::State& state) {
  draw(state, [](Stream& s) { return uniform(s); });
}
void core_stream_normal(benchmark::State& state) {
  draw(state, [](Stream& s) { return normal(s); });
}
void core_stream_exponential(benchmark::State& state) {
  draw(state, [](Stream& s) { return exponential(s, 3.0); });
}
void core_stream_poisson(benchmark::State& state) {
  const double mean = static_cast<double>(state.range(0)) / 100.0;
  draw(state, [mean](Stream& s) { return poisson(s, mean); });
}
void core_stream_gamma(benchmark::State& state) {
  draw(state, [](Stream& s) { return gamma(s, 1.7, 2.0); });
}
void core_stream_beta(benchmark::State& state) {
  draw(state, [](Stream& s) { return beta(s, 2.0, 5.0); });
}
void core_stream_binomial(benchmark::State& state) {
  const auto n = static_cast<std::uint64_t>(state.range(0));
  draw(state, [n](Stream& s) { return binomial(s, n, 0.1); });
}
void core_stream_pick(benchmark::State& state) {
  std::vector<double> weights;
  for (std::int64_t i = 0; i < state.range(0); ++i) weights.push_back(1.0 + static_cast<double>(i));
  draw(state, [&](Stream& s) { return pick(s, weights.data(), weights.size()); });
}

BENCHMARK(core_stream_uniform);
BENCHMARK(core_stream_normal);
BENCHMARK(core_stream_exponential);
BENCHMARK(core_stream_poisson)->Arg(10)->Arg(300)->Arg(5000)->Arg(50000)->Arg(100000);
BENCHMARK(core_stream_gamma);
BENCHMARK(core_stream_beta);
BENCHMARK(core_stream_binomial)->Arg(20)->Arg(400)->Arg(100000);
BENCHMARK(core_stream_pick)->Arg(8)->Arg(64);

/// The cost of handing out blocks that do next to nothing.
void dispatch(benchmark::State& state, Executor& executor) {
  const auto blocks = static_cast<std::size_t>(state.range(0));
  std::vector<double> slots(blocks);
  for (auto _ : state) {
    for_each(
        executor, blocks, [&](std::size_t b) { slots[b] += 1.0; }, 1);
    benchmark::DoNotOptimize(slots.data());
  }
  // Each slot has counted the iterations, whose number is the harness's; what is left is a hash of
  // how many slots agree.
  std::uint64_t hash = 0;
  for (const double slot : slots) hash = mix(hash, slot == slots.front() ? 1 : 0);
  report(state, {.unit = "dispatch", .part = "block", .parts = static_cast<double>(blocks)}, hash);
}

void core_executor_serial(benchmark::State& state) { dispatch(state, *serial_executor()); }
void core_executor_tbb(benchmark::State& state) { dispatch(state, *tbb_executor(2)); }
void core_executor_thread(benchmark::State& state) { dispatch(state, *thread_executor(2)); }

BENCHMARK(core_executor_serial)->Arg(16)->Arg(256);
BENCHMARK(core_executor_tbb)->Arg(16)->Arg(256)->UseRealTime();
BENCHMARK(core_executor_thread)->Arg(16)->Arg(256)->UseRealTime();

void core_ordered_sum(benchmark::State& state) {
  const auto executor = serial_executor();
  const auto n = static_cast<std::size_t>(state.range(0));
  double total = 0.0;
  for (auto _ : state) {
    total =
        ordered_sum(*executor, n, [](std::size_t i) { return 1.0 / static_cast<double>(i + 1); });
    benchmark::DoNotOptimize(total);
  }
  report(state, {.unit = "sum", .part = "term", .parts = static_cast<double>(n)},
         std::bit_cast<std::uint64_t>(total));
}
BENCHMARK(core_ordered_sum)->Arg(10000);

}  // namespace
}  // namespace casus::bench
