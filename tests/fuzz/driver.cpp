// Runs a fuzz target without libFuzzer: on its seeds, and on what its mutator makes of them with
// fixed dice. For builds by any compiler, in which a target must at least do what it is for.
//
//   NAME_fuzz_seeds ROUNDS FILE...    the seeds, and so many changes of them

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "grammar.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                                                     std::size_t size,
                                                                     std::size_t most,
                                                                     unsigned seed);

namespace {

std::uint64_t rolls = 1;

}  // namespace

// A byte or a few changed, taken out, or put in again elsewhere.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most) {
  casus::fuzz::Dice dice(++rolls);
  for (std::size_t n = 1 + dice.below(4); n > 0 && size > 0; --n) {
    const std::size_t at = dice.below(size);
    switch (dice.below(4)) {
      case 0:
        data[at] = static_cast<std::uint8_t>(dice.next());
        break;
      case 1:
        data[at] = static_cast<std::uint8_t>("0123456789,.:-\n \"'{}[]=@"[dice.below(25)]);
        break;
      case 2:
        std::copy(data + at + 1, data + size, data + at);
        --size;
        break;
      default: {
        const std::size_t length =
            std::min({std::size_t{1} + dice.below(40), size - at, most - size});
        std::copy_backward(data + at, data + size, data + size + length);
        size += length;
      }
    }
  }
  return size;
}

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto rounds = static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10));
  constexpr std::size_t most = 16384;
  const auto begin = std::chrono::steady_clock::now();
  const auto elapsed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  std::vector<std::vector<std::uint8_t>> seeds;
  for (int i = 2; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    if (seeds.back().size() > most) seeds.pop_back();
  }
  if (seeds.empty()) return 2;
  std::size_t tried = 0;
  double slowest = 0.0;
  const auto try_one = [&](const std::vector<std::uint8_t>& input) {
    // What was tried last is there to be looked at if the target ends the program.
    std::ofstream("last.input", std::ios::binary)
        .write(reinterpret_cast<const char*>(input.data()),  // NOLINT
               static_cast<std::streamsize>(input.size()));
    const double before = elapsed();
    LLVMFuzzerTestOneInput(input.data(), input.size());
    slowest = std::max(slowest, elapsed() - before);
    ++tried;
  };
  for (const auto& seed : seeds) try_one(seed);
  for (unsigned round = 1; round <= rounds; ++round) {
    casus::fuzz::Dice dice(round);
    std::vector<std::uint8_t> input = seeds[dice.below(seeds.size())];
    std::size_t size = input.size();
    input.resize(most);
    for (std::size_t n = 1 + dice.below(3); n > 0; --n) {
      size = LLVMFuzzerCustomMutator != nullptr
                 ? LLVMFuzzerCustomMutator(input.data(), size, most,
                                           static_cast<unsigned>(dice.next()))
                 : LLVMFuzzerMutate(input.data(), size, most);
    }
    input.resize(size);
    try_one(input);
  }
  std::printf("%zu inputs from %zu seeds, the slowest %.2f s\n", tried, seeds.size(), slowest);
  // The promise for hostile input is 2 s; a machine that is busy and a build with checks take
  // longer.
  return slowest < 10.0 ? 0 : 1;
}
