#pragma once

#include <string>

#include "casus/core/export.h"

namespace casus {

/// A folder of results on its way: it appears under its name when it is complete, and has
/// ".partial-<pid>" behind it until then. What is not published is removed.
class CASUS_API ResultsFolder {
 public:
  /// Throws OutputError: E0601 as check() does, E0602 if the folder cannot be made.
  ResultsFolder(const std::string& folder, bool overwrite);
  ~ResultsFolder();
  ResultsFolder(const ResultsFolder&) = delete;
  ResultsFolder& operator=(const ResultsFolder&) = delete;

  /// Throws OutputError E0601 if the folder exists and is not empty, unless `overwrite` is set and
  /// it holds earlier results (it has a manifest.json). Touches nothing.
  static void check(const std::string& folder, bool overwrite);

  const std::string& name() const { return folder_; }
  /// Where to write a file of that name.
  std::string path(const std::string& file) const { return partial_ + "/" + file; }
  /// Gives the complete folder its name. If that fails, what is finished stays where it is, and the
  /// OutputError says where.
  void publish();

 private:
  std::string folder_, partial_;
  bool overwrite_, finished_ = false;
};

}  // namespace casus
