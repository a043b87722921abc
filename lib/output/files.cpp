#include "casus/output/files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <system_error>

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

}  // namespace

OutputError::OutputError(std::string code, const std::string& path, const std::string& message)
    : std::runtime_error(render(make_diagnostic(code, path, message))),
      Error(code),
      diagnostic_(make_diagnostic(std::move(code), path, message)) {}

OutputFile::OutputFile(const std::string& path) : path_(path) {
  errno = 0;
  stream_.open(path, std::ios::binary | std::ios::trunc);
  if (!stream_) fail_to_write(path_, errno);
}

void OutputFile::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= buffer_bytes) flush();
}

void OutputFile::flush() {
  errno = 0;
  digest_.add(buffer_);
  bytes_ += buffer_.size();
  stream_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
  if (!stream_) fail_to_write(path_, errno);
}

FileDigest OutputFile::close() {
  flush();
  errno = 0;
  stream_.close();
  if (!stream_) fail_to_write(path_, errno);
  return {std::filesystem::path(path_).filename().string(), bytes_, digest_.finish()};
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
  std::filesystem::rename(temporary, path, error);
  if (!error) return;
  std::error_code ignored;
  std::filesystem::remove(temporary, ignored);
  fail_to_write(path, error.value());
}

std::string read_file(const std::string& path) {
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) {
    throw OutputError("E0603", path,
                      fmt::format("cannot be read: {}", std::generic_category().message(errno)));
  }
  return text;
}

}  // namespace casus
