#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/source_place.h"

namespace casus {

/// Where streams were made, address by address: finds two decisions that would draw the same
/// numbers. Builds with internal checks keep one for each step of a run; nobody else does. Safe to
/// use from several threads.
class CASUS_API AddressBook {
 public:
  /// Replicate's key and the rest of the counter: what the numbers of a stream depend on.
  using Address = std::array<std::uint32_t, 6>;

  /// Throws ContractError, naming the places, if another place has made a stream at this address,
  /// or the same place has and did not say each time that it reads again on purpose.
  void note(const Address& address, bool again, SourcePlace place);
  /// Forgets all; at the beginning of a step.
  void clear();
  std::size_t size() const;

 private:
  struct Entry {
    Address address{};
    SourcePlace place;
    bool again = false;
  };
  /// The slot of an address, or the free one where it belongs.
  std::size_t slot(const Address& address) const;

  mutable std::mutex mutex_;
  // Open addressing that keeps its room from step to step: a step shall ask for no memory.
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  ///< row + 1, 0 where a slot is free; at most half full
};

}  // namespace casus
