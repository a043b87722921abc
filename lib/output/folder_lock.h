#pragma once

#include <string>

namespace casus {

/// Holds a folder of results against other writers, in whatever container or PID namespace they
/// are: a lock on the file `lock` in it, which says who holds it. The lock ends with the program,
/// however it ends; the file that a killed one leaves means nothing.
class FolderLock {
 public:
  static constexpr const char* file_name = "lock";

  FolderLock() = default;
  /// Throws OutputError E0604, naming the holder, if another program writes there.
  explicit FolderLock(const std::string& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;

  /// Ends the lock and takes the file away.
  void release();
  /// Who writes there: "casus run x.yaml (process 17 on host since 2026-01-31T12:00:00Z)"; empty:
  /// nobody.
  static std::string holder(const std::string& folder);

 private:
  std::string path_;
  int file_ = -1;
};

}  // namespace casus
