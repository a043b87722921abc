#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "casus/core/export.h"

namespace casus {

/// The parts of a long piece of work that are finished, in a file that is appended to and
/// synchronised a few times a second, so that whoever goes on with the work need not do them again.
/// What a crash cuts off at its end is left out. Throws OutputError (E0602), and E0605 for a
/// journal of other work.
class CASUS_API Journal {
 public:
  using Bytes = std::vector<std::uint8_t>;

  /// `about` is a digest of all that the parts depend on. Goes on with a file that is there.
  Journal(const std::string& path, const std::string& about);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// The parts that were there, in the order in which they were added.
  const std::vector<Bytes>& found() const { return found_; }
  /// No longer needed: what is found is let go of.
  void forget() { std::vector<Bytes>().swap(found_); }

  /// How many parts are in a file that somebody may be adding to; 0 where there is none.
  static std::size_t count(const std::string& path);

  void add(std::span<const std::uint8_t> part);
  /// All that was added is on the disk when this returns.
  void sync();

 private:
  using Clock = std::chrono::steady_clock;
  void write(const Bytes& bytes);

  std::string path_;
  int file_ = -1;
  bool waiting_ = false;
  Clock::time_point synced_ = Clock::now();
  std::vector<Bytes> found_;
};

}  // namespace casus
