#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "casus/core/export.h"

/// How reliable alliances are: one simulated history, counted as three codings of the literature
/// count. The published rates differ because they condition on different things.
namespace casus {

/// A published rate, and what is counted for it.
struct ReliabilityCoding {
  std::string_view name;
  std::string_view counted;
  std::string_view source;
  double low = 0.0, high = 0.0;  ///< as published; the same where one figure is given
};

enum class Reliability : std::uint8_t { terms_apply, any_ally, member_before, member_after };
inline constexpr std::size_t reliability_codings = 4;

/// The codings, in the order of Reliability.
CASUS_API const std::array<ReliabilityCoding, reliability_codings>& reliability_coding();

/// A rate over simulated histories, each of all wars: the pooled share of cases.
struct ReliabilityRate {
  double cases = 0.0;            ///< in a history, mean
  double rate = 0.0;             ///< mean over histories with cases; NaN without any
  double low = 0.0, high = 0.0;  ///< within which nine in ten histories are
};
using ReliabilityTable = std::array<ReliabilityRate, reliability_codings>;

}  // namespace casus
