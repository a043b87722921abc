#include "output/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "casus/output/files.h"
#include "output/machine.h"

namespace casus {
namespace {

std::string content(int file) {
  std::array<char, 400> text{};
  const auto n = ::pread(file, text.data(), text.size(), 0);
  std::string said(text.data(), n > 0 ? static_cast<std::size_t>(n) : 0);
  return said.substr(0, said.find('\n'));
}

/// Does the path still name this file? Whoever held it may have taken it away.
bool still_there(int file, const std::string& path) {
  struct stat open {
  }, named{};
  return ::fstat(file, &open) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

bool unsupported(int error) {
  return error == ENOLCK || error == ENOTSUP || error == ENOSYS || error == EINVAL;
}

[[noreturn]] void held(const std::string& folder, int file) {
  const std::string who = content(file);
  ::close(file);
  throw OutputError("E0604", folder,
                    fmt::format("is being written by {}", who.empty() ? "another program" : who));
}

}  // namespace

FolderLock::FolderLock(const std::string& folder) : path_(folder + "/" + file_name) {
  // Who only asks for the holder has the lock for a moment.
  constexpr int patience = 10;
  for (int attempt = 0;;) {
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file_ < 0) {
      throw OutputError(
          "E0602", path_,
          fmt::format("cannot be written: {}", std::generic_category().message(errno)));
    }
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EINTR) {
        ::close(std::exchange(file_, -1));
        continue;
      }
      if (errno == EWOULDBLOCK && ++attempt < patience) {
        constexpr int moment_us = 10'000;
        ::close(std::exchange(file_, -1));
        ::usleep(moment_us);
        continue;
      }
      // Where a file system has no locks, the folder's exclusive creation is what there is.
      if (!unsupported(errno)) held(folder, std::exchange(file_, -1));
    }
    if (still_there(file_, path_)) break;
    ::close(std::exchange(file_, -1));
  }
  const std::string who = this_program() + "\n";
  const bool said = ::ftruncate(file_, 0) == 0 && ::pwrite(file_, who.data(), who.size(), 0) > 0;
  static_cast<void>(said);  // the lock holds without its name, as on a full disk
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  return *this;
}

void FolderLock::release() {
  if (file_ < 0) return;
  // By what it is and not by its name alone: the folder may have another by now.
  if (still_there(file_, path_)) ::unlink(path_.c_str());
  ::close(std::exchange(file_, -1));
}

std::string FolderLock::holder(const std::string& folder) {
  const std::string path = folder + "/" + file_name;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return {};
  std::string who;
  if (::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    who = content(file);
    if (who.empty()) who = "another program";
  }
  ::close(file);
  return who;
}

}  // namespace casus
