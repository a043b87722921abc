#include "casus/core/archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "casus/core/contracts.h"

namespace casus {
namespace {

/// Little-endian bytes and this machine's words, one into the other.
void copy_words(std::uint8_t* to, const std::uint8_t* from, std::size_t n, std::size_t width) {
  if (n == 0) return;
  std::memcpy(to, from, n * width);
  if constexpr (std::endian::native == std::endian::big) {
    for (std::size_t i = 0; i < n; ++i) std::reverse(to + i * width, to + (i + 1) * width);
  }
}

}  // namespace

void Writer::words(void* data, std::size_t n, std::size_t width) {
  const std::size_t at = bytes_.size();
  bytes_.resize(at + n * width);
  copy_words(bytes_.data() + at, static_cast<const std::uint8_t*>(data), n, width);
}

std::size_t Writer::count(std::size_t n, std::size_t) {
  std::uint64_t length = n;
  words(&length, 1, sizeof length);
  return n;
}

void Reader::words(void* data, std::size_t n, std::size_t width) {
  CASUS_EXPECTS(n <= left() / width,
                fmt::format("{} bytes expected and {} left: cut off, or of another layout",
                            n * width, left()));
  copy_words(static_cast<std::uint8_t*>(data), bytes_.data() + at_, n, width);
  at_ += n * width;
}

std::size_t Reader::count(std::size_t, std::size_t width) {
  std::uint64_t length = 0;
  words(&length, 1, sizeof length);
  CASUS_EXPECTS(length <= left() / width,
                fmt::format("a length of {} with {} bytes left: damaged, or of another layout",
                            length, left()));
  return length;
}

void Digester::words(void* data, std::size_t n, std::size_t width) {
  const auto* at = static_cast<const std::uint8_t*>(data);
  for (std::size_t i = 0; i < n; ++i, at += width) {
    std::uint8_t bytes[8] = {};
    copy_words(bytes, at, 1, width);
    std::uint64_t word = 0;
    for (std::size_t b = width; b-- > 0;) word = (word << 8) | bytes[b];
    h_ = mix(h_, word);
  }
}

std::size_t Digester::count(std::size_t n, std::size_t) {
  h_ = mix(h_, n);
  return n;
}

void RowChecker::row(std::uint32_t& row, Table table) {
  static constexpr std::array<std::string_view, 6> names{"actors", "regions", "pacts",
                                                         "wars",   "events",  "rows"};
  const auto t = static_cast<std::size_t>(table);
  CASUS_EXPECTS(row == no_row || row < limits_[t],
                fmt::format("row {} of {} {}", row, limits_[t], names[t]));
}

void LayoutDigester::words(void*, std::size_t, std::size_t width) { h_ = mix(h_, width); }

std::size_t LayoutDigester::count(std::size_t, std::size_t width) {
  h_ = mix(h_, 16 + width);
  return 1;
}

}  // namespace casus
