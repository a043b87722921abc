#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "casus/core/export.h"

namespace casus {

/// How large a made-up world is. Every state stands in each of its regions and every group in at
/// least one, so regions + groups <= presences <= regions + groups x regions.
struct SyntheticSize {
  std::size_t states = 8;       ///< [1, regions]
  std::size_t groups = 40;      ///< [0, 10^6]
  std::size_t regions = 80;     ///< [1, 10^6]
  std::size_t presences = 240;  ///< garrisons included, at most 10^7
  std::uint64_t seed = 1;       ///< [0, 2^64)
  std::size_t days = 365;       ///< length of the run, [1, 3650]
};

/// What does not fit about a size, in a sentence; empty if nothing.
CASUS_API std::string misfit(const SyntheticSize& size);

/// A scenario that nobody has seen, as text, to measure and test with: regions on a planar map,
/// states that are contiguous, armed groups whose numbers of fighters and regions follow power laws
/// (exponent 2.5 of the density, as Bohorquez et al. 2009, doi:10.1038/nature08631, found for
/// attacks; that it holds for groups is a judgement), alliances of neighbours with pacts of mutual
/// defence, rivalries, wars and disputes between alliances. The same size gives the same bytes on
/// every machine: all numbers are made by arithmetic that IEEE 754 fixes. Throws ContractError on a
/// misfit.
CASUS_API std::string synthetic_scenario(const SyntheticSize& size);

}  // namespace casus
