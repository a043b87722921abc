#include "casus/output/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/core/ids.h"
#include "casus/output/files.h"

namespace casus {
namespace {

constexpr std::string_view first_line = "casus-journal/1\n";
constexpr std::size_t head_bytes = 12;  // of a part: its length and its sum

[[noreturn]] void journal_fails(const std::string& path, int error) {
  throw OutputError("E0602", path,
                    fmt::format("cannot be written: {}", std::generic_category().message(error)));
}

std::uint64_t sum_of(std::span<const std::uint8_t> bytes) {
  return name_hash({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// A part as it stands in the file.
Journal::Bytes framed(std::span<const std::uint8_t> part) {
  Writer writer;
  auto size = static_cast<std::uint32_t>(part.size());
  std::uint64_t sum = sum_of(part);
  writer(size, sum);
  Journal::Bytes bytes = writer.take();
  bytes.insert(bytes.end(), part.begin(), part.end());
  return bytes;
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// What is whole of a journal.
struct Parts {
  std::string about;
  std::vector<Journal::Bytes> parts;
  std::size_t bytes = 0;  ///< up to its end; 0 of one that is new
};

Parts parts_of(const std::string& path) {
  const std::string text = read_file(path);
  Parts found;
  if (text.rfind(first_line, 0) != 0) {
    if (text.size() < first_line.size() && first_line.rfind(text, 0) == 0) return found;
    throw OutputError("E0603", path, "is no journal of this program");
  }
  const std::span<const std::uint8_t> all = bytes_of(text);
  std::size_t at = first_line.size();
  while (all.size() - at >= head_bytes) {
    std::uint32_t size = 0;
    std::uint64_t sum = 0;
    Reader{all.subspan(at, head_bytes)}(size, sum);
    if (all.size() - at - head_bytes < size) break;
    const std::span<const std::uint8_t> part = all.subspan(at + head_bytes, size);
    if (sum_of(part) != sum) break;
    if (found.bytes == 0) {
      found.about.assign(part.begin(), part.end());
    } else {
      found.parts.emplace_back(part.begin(), part.end());
    }
    at += head_bytes + size;
    found.bytes = at;
  }
  return found;
}

}  // namespace

Journal::Journal(const std::string& path, const std::string& about) : path_(path) {
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
  if (file_ < 0) journal_fails(path_, errno);
  try {
    Parts there = parts_of(path_);
    const std::size_t whole = there.bytes;
    if (whole != 0 && there.about != about) {
      throw OutputError("E0605", path_,
                        "is of other work: scenarios, options or program are not the same");
    }
    found_ = std::move(there.parts);
    // What was cut off in the middle of a part goes.
    if (::ftruncate(file_, static_cast<off_t>(whole)) != 0) journal_fails(path_, errno);
    if (::lseek(file_, 0, SEEK_END) < 0) journal_fails(path_, errno);
    if (whole == 0) {
      Bytes head(first_line.begin(), first_line.end());
      const Bytes what = framed(bytes_of(about));
      head.insert(head.end(), what.begin(), what.end());
      write(head);
      sync();
    }
  } catch (...) {
    ::close(file_);
    throw;
  }
}

std::size_t Journal::count(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return 0;
  return parts_of(path).parts.size();
}

Journal::~Journal() {
  if (waiting_) ::fsync(file_);
  ::close(file_);
}

void Journal::write(const Bytes& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::write(file_, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) journal_fails(path_, errno);
    done += static_cast<std::size_t>(n);
  }
}

void Journal::add(std::span<const std::uint8_t> part) {
  CASUS_EXPECTS(part.size() < (std::size_t{1} << 31U), "a part of a journal of over 2 GB");
  write(framed(part));
  waiting_ = true;
  // Waiting for the disk after each would cost more than some parts are worth.
  constexpr std::chrono::milliseconds patience(200);
  if (Clock::now() - synced_ >= patience) sync();
}

void Journal::sync() {
  while (::fsync(file_) != 0) {
    if (errno != EINTR) journal_fails(path_, errno);
  }
  waiting_ = false;
  synced_ = Clock::now();
}

}  // namespace casus
