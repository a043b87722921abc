#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "casus/study/ensemble.h"
#include "casus/study/series.h"

namespace casus::store {

using Bytes = std::vector<std::uint8_t>;

// What a run leaves behind in bulk, packed. Unpacking throws ContractError for bytes that are not
// what packing made; no length in them costs more memory than the bytes justify.

/// Packs, and keeps the quarter of a megabyte that compressing takes from run to run.
class Packer {
 public:
  Packer();
  ~Packer();
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;

  /// Single precision: seven digits of what is looked at in charts. Values of one column lie one
  /// behind another, each as what changed against the one before, so that what stands still costs
  /// nothing.
  Bytes series(std::span<const Observation> series, std::size_t columns);
  Bytes events(const KeptEvents& events);

 private:
  class Deflater;
  Bytes deflated(std::uint8_t layout, const Bytes& plain);
  std::unique_ptr<Deflater> deflater_;  ///< made by the first that is packed
};

std::vector<Observation> unpack_series(std::span<const std::uint8_t> bytes, std::size_t columns);

KeptEvents unpack_events(std::span<const std::uint8_t> bytes);

}  // namespace casus::store
