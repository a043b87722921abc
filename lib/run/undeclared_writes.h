#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "casus/world/world.h"
#include "run/guards.h"

namespace casus {

/// Finds what a mechanism writes without having said so.
class UndeclaredWrites {
 public:
  /// Before the mechanism: takes the columns down.
  void watch(const World& world);
  /// After it: throws ContractError that names mechanism and column if another has changed than it
  /// says that it has written, or another row of those it notes.
  void expect_none(const World& world, std::string_view mechanism, const ColumnSet& written,
                   const ColumnSet& noted = {});

 private:
  std::vector<double> before_;       ///< the columns, one after the other
  std::vector<std::size_t> sizes_;   ///< of each column
  std::vector<std::uint8_t> noted_;  ///< rows of the column looked at
};

}  // namespace casus
