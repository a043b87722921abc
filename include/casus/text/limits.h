#pragma once

#include <cstddef>

namespace casus {

/// How much is read of an input at most, so that hostile input ends in an error and not in a full
/// machine. Reading takes up to some 20 times the text in memory.
struct ReadLimits {
  /// Mebibytes (2^20 bytes) of all files together, and 2^16 times as many entries of lists and
  /// mappings in one file; at least 1.
  std::size_t megabytes = 64;
};

}  // namespace casus
