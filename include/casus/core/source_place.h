#pragma once

#include <cstdint>

namespace casus {

/// A place in the source: what std::source_location is, which clang 14 does not have yet. As a
/// default argument it is the caller's place.
struct SourcePlace {
  const char* file = "";
  const char* function = "";
  std::uint32_t line = 0;

  static constexpr SourcePlace current(const char* file = __builtin_FILE(),
                                       const char* function = __builtin_FUNCTION(),
                                       std::uint32_t line = __builtin_LINE()) {
    return {file, function, line};
  }
};

}  // namespace casus
