#pragma once

#include <cstddef>
#include <string>

namespace casus {

/// How much is read of an input at most, so that hostile input ends in an error and not in a full
/// machine, and where else. Reading takes up to some 20 times the text in memory.
struct ReadLimits {
  /// Mebibytes (2^20 bytes) of all files together, and 2^16 times as many entries of lists and
  /// mappings in one file; at least 1.
  std::size_t megabytes = 64;
  /// The folder in which an `include` is looked up that is not beside its file: that of the
  /// scenarios that come with Casus, for their treaties. Empty: none.
  std::string library{};
};

}  // namespace casus
