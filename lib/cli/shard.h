#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "casus/output/results.h"

namespace casus::cli {

/// "2/8", or "auto", which asks the variables of Slurm's job arrays and of the launchers of MPI.
/// The part of `runs` runs from `first` on that this program makes; none for an empty text. Throws
/// UsageError.
std::optional<Shard> parse_shard(const std::string& text, std::uint32_t first, std::size_t runs);

/// The first run of a shard, and how many it has.
std::uint32_t first_of(const Shard& shard);
std::size_t runs_of(const Shard& shard);

}  // namespace casus::cli
