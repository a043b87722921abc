#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/executor.h"
#include "casus/core/ids.h"
#include "report.h"

// What the machine gives: how fast memory can be copied beyond its caches. A step reads and writes
// columns, so bytes a step over this rate is the least a step can take; and a run whose probe is
// slower than another's was made on a busier machine.

namespace casus::bench {
namespace {

constexpr std::size_t words = std::size_t{16} << 20;  // 128 MiB
constexpr std::size_t block = std::size_t{1} << 16;   // half a MiB a block

/// Bytes read plus bytes written.
void machine_copy(benchmark::State& state) {
  const auto workers = static_cast<unsigned>(state.range(0));
  const auto executor = workers == 1 ? serial_executor() : tbb_executor(workers);
  std::vector<std::uint64_t> from(words), to(words);
  for (std::size_t i = 0; i < words; ++i) from[i] = i;
  auto copy = [&](std::size_t b) {
    const auto* begin = from.data() + b * block;
    std::copy(begin, begin + block, to.data() + b * block);
  };
  for (auto _ : state) {
    executor->run(words / block, BlockTask(copy));
    benchmark::ClobberMemory();
  }
  std::uint64_t hash = 0;
  for (const std::uint64_t word : to) hash += mix(0, word);
  report(state, {.unit = "copy", .bytes = static_cast<double>(2 * words * sizeof(std::uint64_t))},
         hash);
}
BENCHMARK(machine_copy)->ArgName("workers")->Arg(1)->Arg(2)->UseRealTime();

}  // namespace
}  // namespace casus::bench
