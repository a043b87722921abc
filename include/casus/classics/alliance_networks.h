#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "casus/core/export.h"
#include "casus/rules/networks.h"

/// Alliances made and left until nobody gains by it, if that comes (Jackson & Nei 2015,
/// doi:10.1073/pnas.1520970112).

namespace casus::classics {

struct AlliancePath {
  rules::AllianceNetwork network;  ///< where it ended
  bool stable = false;             ///< war-stable; else the changes were used up
  std::size_t changes = 0;
  std::size_t links_made = 0, links_left = 0;
  std::size_t unsafe = 0;  ///< networks on the way in which somebody was vulnerable
};

/// From `start`, at most `changes` changes, each that of the reason why a network is not
/// war-stable: a link that two countries would win by is made, one that is not needed is left, and
/// who is vulnerable finds an ally: one that makes it safe, or else any, drawn by lot; allied with
/// everybody and vulnerable, it leaves one. `power` > 0, one a country; gamma > 0.
CASUS_API AlliancePath follow_alliances(rules::AllianceNetwork start, std::span<const double> power,
                                        double gamma, std::size_t changes, std::uint64_t seed);

}  // namespace casus::classics
