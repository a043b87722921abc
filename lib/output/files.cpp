#include "casus/output/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <new>
#include <system_error>
#include <utility>
#include <vector>

#include "text/read_file.h"

namespace casus {
namespace {

constexpr std::size_t buffer_bytes = 1U << 16U;

Diagnostic make_diagnostic(std::string code, const std::string& path, const std::string& message) {
  Diagnostic d;
  d.code = std::move(code);
  d.where.file = path;
  d.message = message;
  return d;
}

[[noreturn]] void fail_to_write(const std::string& path, int error) {
  throw OutputError("E0602", path,
                    fmt::format("cannot be written: {}", std::generic_category().message(error)));
}

/// Waits until a file is on the disk. What is no file of a disk, as a pipe, has nothing to wait
/// for.
bool synchronise(int file) {
  while (::fsync(file) != 0) {
    if (errno == EINTR) continue;
    return errno == EINVAL || errno == ENOTSUP || errno == EROFS;
  }
  return true;
}

}  // namespace

OutputError::OutputError(std::string code, const std::string& path, const std::string& message)
    : std::runtime_error(render(make_diagnostic(code, path, message))),
      Error(code),
      diagnostic_(make_diagnostic(std::move(code), path, message)) {}

/// The same bytes for the same text: without a name or a time in the header.
struct OutputFile::Gzip {
  z_stream stream{};
  std::vector<Bytef> out = std::vector<Bytef>(buffer_bytes);

  Gzip() {
    constexpr int level = 6, gzip_window = 15 + 16, memory = 8;
    const int code =
        deflateInit2(&stream, level, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY);
    if (code != Z_OK) throw std::bad_alloc();
  }
  ~Gzip() { deflateEnd(&stream); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  template <class Put>
  void add(std::string& text, bool last, Put put) {
    // zlib reads what it is given, though its interface does not say so.
    stream.next_in = reinterpret_cast<Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    do {
      stream.next_out = out.data();
      stream.avail_out = static_cast<uInt>(out.size());
      deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
      put(std::string_view(reinterpret_cast<const char*>(out.data()),
                           out.size() - stream.avail_out));
    } while (stream.avail_out == 0);
  }
};

OutputFile::OutputFile(const std::string& path, Packing packing) : path_(path) {
  if (packing == Packing::gzip) gzip_ = std::make_unique<Gzip>();
  do {
    file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  } while (file_ < 0 && errno == EINTR);
  if (file_ < 0) fail_to_write(path_, errno);
}

OutputFile::~OutputFile() {
  if (file_ >= 0) ::close(file_);
}

void OutputFile::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= buffer_bytes) flush();
}

void OutputFile::put(std::string_view left) {
  digest_.add(left);
  bytes_ += left.size();
  while (!left.empty()) {
    const auto written = ::write(file_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_to_write(path_, errno);
    left.remove_prefix(static_cast<std::size_t>(written));
  }
}

void OutputFile::flush() {
  if (gzip_) {
    gzip_->add(buffer_, false, [this](std::string_view bytes) { put(bytes); });
  } else {
    put(buffer_);
  }
  buffer_.clear();
}

FileDigest OutputFile::close() {
  flush();
  if (gzip_) gzip_->add(buffer_, true, [this](std::string_view bytes) { put(bytes); });
  if (!synchronise(file_)) fail_to_write(path_, errno);
  if (::close(std::exchange(file_, -1)) != 0 && errno != EINTR) fail_to_write(path_, errno);
  return {std::filesystem::path(path_).filename().string(), bytes_, digest_.finish()};
}

void sync_folder(const std::string& folder) {
  const std::string name = folder.empty() ? "." : folder;
  const int file = ::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) fail_to_write(name, errno);
  const bool done = synchronise(file);
  const int error = errno;
  ::close(file);
  if (!done) fail_to_write(name, error);
}

void write_atomically(const std::string& path, std::string_view text) {
  const std::string temporary = fmt::format("{}.partial-{}", path, getpid());
  std::error_code error;
  try {
    OutputFile file(temporary);
    file.write(text);
    file.close();
  } catch (const OutputError&) {
    std::filesystem::remove(temporary, error);
    throw;
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) {
    const int why = errno;
    std::filesystem::remove(temporary, error);
    fail_to_write(path, why);
  }
  sync_folder(std::filesystem::path(path).parent_path().string());
}

void publish_new(const std::string& temporary, const std::string& path) {
  int why = 0;
  if (renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) != 0) {
    why = errno;
    // Some file systems cannot do that; a second name is refused where there is one, too.
    if (why == EINVAL || why == ENOSYS) {
      why = ::link(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
      if (why == 0) ::unlink(temporary.c_str());
    }
  }
  if (why != 0) {
    ::unlink(temporary.c_str());
    if (why == EEXIST) {
      throw OutputError("E0601", path, "exists already; files are never overwritten unasked");
    }
    fail_to_write(path, why);
  }
  sync_folder(std::filesystem::path(path).parent_path().string());
}

FileDigest digest_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat about {};
  const bool good = file >= 0 && ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  FileDigest digest{std::filesystem::path(path).filename().string(), 0, {}};
  Sha256 sum;
  std::vector<char> buffer(buffer_bytes);
  for (ssize_t n = good ? 1 : 0; n != 0;) {
    n = ::read(file, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int error = errno;
      ::close(file);
      throw OutputError("E0603", path,
                        fmt::format("cannot be read: {}", std::generic_category().message(error)));
    }
    digest.bytes += static_cast<std::uint64_t>(n);
    sum.add({buffer.data(), static_cast<std::size_t>(n)});
  }
  const int error = errno;
  if (file >= 0) ::close(file);
  if (!good) {
    throw OutputError(
        "E0603", path,
        file < 0 ? fmt::format("cannot be read: {}", std::generic_category().message(error))
                 : std::string("is no file"));
  }
  digest.sha256 = sum.finish();
  return digest;
}

std::string read_file(const std::string& path) {
  text::FileText read = text::read_file(path, std::numeric_limits<std::uintmax_t>::max());
  if (!read.text) throw OutputError("E0603", path, "cannot be read: " + read.refusal);
  return std::move(*read.text);
}

}  // namespace casus
