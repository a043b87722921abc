// Preloaded into the program by the tests of the store: lets the n-th call of one function fail, or
// kills the program there, before or after it is done. What it counts it writes to a file.
//
//   FAULT_CALL=fsync FAULT_AT=3 FAULT_DO=kill|after|ERRNO   the third fsync
//   FAULT_CALL=fsync FAULT_AT=1 FAULT_DO=ignore             none is carried out, and all succeed
//   FAULT_COUNT=FILE                                        how many calls of each there were
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum Call { writes, pwrites, fsyncs, truncates, closes, renames, mkdirs, unlinks, calls };
const char* const names[calls] = {"write", "pwrite", "fsync", "truncate",
                                  "close", "rename", "mkdir", "unlink"};
std::atomic<long> counted[calls];

struct Plan {
  int call = -1;
  long at = 0;
  int error = 0;
  bool kill = false, after = false, ignore = false;

  Plan() {
    const char* call_name = std::getenv("FAULT_CALL");
    const char* when = std::getenv("FAULT_AT");
    const char* what = std::getenv("FAULT_DO");
    if (call_name == nullptr || when == nullptr || what == nullptr) return;
    for (int c = 0; c < calls; ++c) {
      if (std::strcmp(call_name, names[c]) == 0) call = c;
    }
    at = std::atol(when);
    kill = std::strcmp(what, "kill") == 0 || std::strcmp(what, "after") == 0;
    after = std::strcmp(what, "after") == 0;
    ignore = std::strcmp(what, "ignore") == 0;
    error = std::atoi(what);
  }
};

const Plan& plan() {
  static const Plan the_plan;
  return the_plan;
}

void die() { ::raise(SIGKILL); }

template <class F>
F next(const char* name) {
  return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

/// Calls what was meant, unless this is the call that is to fail.
template <class Do>
auto faulty(Call call, Do real) -> decltype(real()) {
  const long n = ++counted[call];
  const Plan& p = plan();
  // A disk that is full stays so: every later call of the kind fails, too.
  const bool stays = p.error != 0 || p.ignore;
  const bool due = p.call == call && (stays ? n >= p.at : n == p.at);
  if (due && p.ignore) return 0;
  if (due && p.kill && !p.after) die();
  if (due && !p.kill) {
    errno = p.error;
    return -1;
  }
  const auto result = real();
  if (due && p.after) die();
  return result;
}

struct Report {
  ~Report() {
    const char* file = std::getenv("FAULT_COUNT");
    if (file == nullptr) return;
    std::FILE* out = std::fopen(file, "w");
    if (out == nullptr) return;
    for (int c = 0; c < calls; ++c) std::fprintf(out, "%s %ld\n", names[c], counted[c].load());
    std::fclose(out);
  }
} report;

}  // namespace

extern "C" {

ssize_t write(int file, const void* data, size_t n) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  return faulty(writes, [&] { return real(file, data, n); });
}
ssize_t pwrite64(int file, const void* data, size_t n, off64_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return faulty(pwrites, [&] { return real(file, data, n, at); });
}
int fsync(int file) {
  static const auto real = next<int (*)(int)>("fsync");
  return faulty(fsyncs, [&] { return real(file); });
}
int fdatasync(int file) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return faulty(fsyncs, [&] { return real(file); });
}
int ftruncate64(int file, off64_t size) noexcept {
  static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
  return faulty(truncates, [&] { return real(file, size); });
}
int close(int file) {
  static const auto real = next<int (*)(int)>("close");
  return faulty(closes, [&] { return real(file); });
}
int rename(const char* from, const char* to) noexcept {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  return faulty(renames, [&] { return real(from, to); });
}
int renameat2(int from_at, const char* from, int to_at, const char* to, unsigned flags) noexcept {
  static const auto real = next<int (*)(int, const char*, int, const char*, unsigned)>("renameat2");
  return faulty(renames, [&] { return real(from_at, from, to_at, to, flags); });
}
int mkdir(const char* name, mode_t mode) noexcept {
  static const auto real = next<int (*)(const char*, mode_t)>("mkdir");
  return faulty(mkdirs, [&] { return real(name, mode); });
}
int unlink(const char* name) noexcept {
  static const auto real = next<int (*)(const char*)>("unlink");
  return faulty(unlinks, [&] { return real(name); });
}
}
