#include "store/blobs.h"

#include <fmt/format.h>
#define ZLIB_CONST  // what is read is not written to
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <limits>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"

namespace casus::store {
namespace {

// A first byte, so that a later layout can be told from this one.
constexpr std::uint8_t series_layout = 1, events_layout = 1;
// zlib makes no more of a byte than this.
constexpr std::uint64_t most_inflation = 1032;
constexpr int level = 5;

Bytes inflated(std::uint8_t layout, std::span<const std::uint8_t> packed) {
  constexpr std::size_t head = 9;
  CASUS_EXPECTS(packed.size() >= head && packed[0] == layout,
                "the bytes of a run are of another layout");
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < 8; ++i) size |= std::uint64_t{packed[1 + i]} << (8U * i);
  packed = packed.subspan(head);
  CASUS_EXPECTS(size <= packed.size() * most_inflation,
                fmt::format("{} bytes cannot hold {}", packed.size(), size));
  Bytes plain(size);
  uLongf made = static_cast<uLongf>(size);
  const int done =
      uncompress(plain.data(), &made, packed.data(), static_cast<uLong>(packed.size()));
  CASUS_EXPECTS(done == Z_OK && made == size, "the bytes of a run are damaged");
  return plain;
}

/// The bytes of words, all first ones first: those of numbers that are near each other are alike.
Bytes planes(std::span<const std::uint32_t> words) {
  Bytes bytes(words.size() * 4);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t b = 0; b < 4; ++b) {
      bytes[b * words.size() + i] = static_cast<std::uint8_t>(words[i] >> (8U * b));
    }
  }
  return bytes;
}

std::vector<std::uint32_t> words(std::span<const std::uint8_t> bytes) {
  const std::size_t n = bytes.size() / 4;
  std::vector<std::uint32_t> all(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t b = 0; b < 4; ++b) all[i] |= std::uint32_t{bytes[b * n + i]} << (8U * b);
  }
  return all;
}

/// Each word as what differs in it from the one before, and back.
std::uint32_t bits_of(double value) {
  return std::bit_cast<std::uint32_t>(static_cast<float>(value));
}

}  // namespace

/// compress2() of zlib, but for the memory: that it asks for anew with each call, and the allocator
/// gave it back to the system, to be handed it page after page by the next.
class Packer::Deflater {
 public:
  Deflater() {
    CASUS_EXPECTS(deflateInit(&stream_, level) == Z_OK, "not enough memory to compress a run");
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::size_t bound(std::size_t size) { return deflateBound(&stream_, static_cast<uLong>(size)); }
  /// `to` has room for what bound() says. Returns how many bytes there are.
  std::size_t operator()(std::uint8_t* to, std::size_t room, const Bytes& plain) {
    deflateReset(&stream_);
    stream_.next_in = plain.data();
    stream_.avail_in = 0;
    stream_.next_out = to;
    stream_.avail_out = 0;
    std::size_t left = plain.size();
    // zlib counts what it is given in 32 bits.
    const auto part = [](std::size_t of) {
      return static_cast<uInt>(std::min<std::size_t>(of, std::numeric_limits<uInt>::max()));
    };
    int done = Z_OK;
    while (done == Z_OK) {
      if (stream_.avail_out == 0) room -= stream_.avail_out = part(room);
      if (stream_.avail_in == 0) left -= stream_.avail_in = part(left);
      done = deflate(&stream_, left > 0 ? Z_NO_FLUSH : Z_FINISH);
    }
    CASUS_EXPECTS(done == Z_STREAM_END, "a run could not be compressed");
    return stream_.total_out;
  }

 private:
  z_stream stream_{};
};

Packer::Packer() = default;
Packer::~Packer() = default;

Bytes Packer::deflated(std::uint8_t layout, const Bytes& plain) {
  if (!deflater_) deflater_ = std::make_unique<Deflater>();
  constexpr std::size_t head = 9;
  const std::size_t room = deflater_->bound(plain.size());
  Bytes packed(head + room);
  packed[0] = layout;
  for (std::size_t i = 0; i < 8; ++i) {
    packed[1 + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(plain.size()) >> (8U * i));
  }
  packed.resize(head + (*deflater_)(packed.data() + head, room, plain));
  return packed;
}

Bytes Packer::series(std::span<const Observation> series, std::size_t columns) {
  std::vector<std::uint32_t> all;
  all.reserve(series.size() * (columns + 1));
  for (const Observation& row : series) {
    CASUS_EXPECTS(row.values.size() == columns,
                  fmt::format("{} values for {} columns", row.values.size(), columns));
    all.push_back(row.step);
  }
  for (std::size_t c = 0; c < columns; ++c) {
    std::uint32_t before = 0;
    for (const Observation& row : series) {
      const std::uint32_t bits = bits_of(row.values[c]);
      all.push_back(bits ^ before);
      before = bits;
    }
  }
  return deflated(series_layout, planes(all));
}

std::vector<Observation> unpack_series(std::span<const std::uint8_t> bytes, std::size_t columns) {
  const Bytes plain = inflated(series_layout, bytes);
  CASUS_EXPECTS(plain.size() % (4 * (columns + 1)) == 0, "series of another number of columns");
  const std::vector<std::uint32_t> all = words(plain);
  const std::size_t n = all.size() / (columns + 1);
  std::vector<Observation> series(n);
  for (std::size_t i = 0; i < n; ++i) {
    series[i].step = all[i];
    series[i].values.resize(columns);
  }
  std::size_t at = n;
  for (std::size_t c = 0; c < columns; ++c) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < n; ++i) {
      bits ^= all[at++];
      series[i].values[c] = static_cast<double>(std::bit_cast<float>(bits));
    }
  }
  return series;
}

Bytes Packer::events(const KeptEvents& events) {
  Writer writer;
  // It reads nothing into them.
  const_cast<KeptEvents&>(events).archive(writer);
  return deflated(events_layout, writer.bytes());
}

KeptEvents unpack_events(std::span<const std::uint8_t> bytes) {
  const Bytes plain = inflated(events_layout, bytes);
  Reader reader(plain);
  KeptEvents events;
  events.archive(reader);
  CASUS_EXPECTS(reader.left() == 0, "bytes are left behind the events of a run");
  return events;
}

}  // namespace casus::store
