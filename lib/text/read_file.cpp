#include "text/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <system_error>
#include <utility>

namespace casus::text {

namespace {

/// Closes what is opened.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

FileText read_file(const std::string& name, std::uintmax_t most, std::size_t beginning) {
  const auto refuse = [](std::string why, std::uintmax_t bytes = 0) {
    return FileText{std::nullopt, std::move(why), bytes};
  };
  const auto refuse_for = [&](int error) {
    if (error == ENOENT || error == ENOTDIR) return refuse("no such file");
    if (error == EACCES || error == EPERM) return refuse("it may not be opened");
    return refuse(std::generic_category().message(error));
  };
  if (name.find('\0') != std::string::npos) return refuse("no such file");
  // Without waiting: a pipe has no end, and what is opened is looked at, not what has its name.
  const Descriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.number() < 0) {
    return errno == ENXIO || errno == ENODEV ? refuse("it is not an ordinary file")
                                             : refuse_for(errno);
  }
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return refuse_for(errno);
  if (S_ISDIR(status.st_mode)) return refuse("it is a folder");
  if (!S_ISREG(status.st_mode)) return refuse("it is not an ordinary file");
  const auto size = static_cast<std::uintmax_t>(status.st_size);
  if (size > most) return refuse("it is too large", size);
  std::string text(static_cast<std::size_t>(std::min<std::uintmax_t>(size, beginning)), '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t got = ::read(file.number(), text.data() + done, text.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refuse_for(errno);
    if (got == 0) return refuse("it became shorter while it was read");
    done += static_cast<std::size_t>(got);
  }
  return {std::move(text), {}, 0};
}

}  // namespace casus::text
