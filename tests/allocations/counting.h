#pragma once

#include <cstddef>

// What goes through operator new in this program.
namespace casus::test {

std::size_t allocations();  ///< so far
std::size_t live_bytes();   ///< given out and not given back
std::size_t peak_bytes();   ///< the most there were since forget_peak()
void forget_peak();

}  // namespace casus::test
