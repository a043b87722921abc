#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "casus/core/export.h"

namespace casus {

/// A whole number as it is written: digits alone, without a leading zero.
struct WholeNumber {
  std::optional<std::uint64_t> value;
  std::string problem;  ///< "'010' begins with a zero"; empty where there is a value
  std::string advice;   ///< "write 10"; may be empty
};
CASUS_API WholeNumber read_whole(std::string_view text);

/// "write 2000000" for a number that is written with separators, blanks or leading zeros, or as
/// "2e6"; empty where it is not plain what is meant.
CASUS_API std::string how_to_write_number(std::string_view text);

}  // namespace casus
