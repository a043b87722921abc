#include "casus/output/results_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "casus/output/files.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

/// Without the slash at the end, so that a name can be made from it.
fs::path folder_path(const std::string& folder) {
  fs::path path = fs::path(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path;
}

[[noreturn]] void cannot_write(const std::string& path, const std::error_code& error) {
  throw OutputError("E0602", path, "cannot be written: " + error.message());
}

}  // namespace

void ResultsFolder::check(const std::string& folder, bool overwrite) {
  const fs::path path = folder_path(folder);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return;
  if (fs::is_directory(status) && fs::is_empty(path, error)) return;
  if (!overwrite) {
    throw OutputError("E0601", folder, "exists already; results are never overwritten unasked");
  }
  // Whoever mistypes the folder shall not lose what is in it.
  if (!fs::exists(path / "manifest.json", error)) {
    throw OutputError("E0601", folder, "exists already and does not hold results; not overwritten");
  }
}

ResultsFolder::ResultsFolder(const std::string& folder, bool overwrite)
    : folder_(folder_path(folder).string()),
      partial_(fmt::format("{}.partial-{}", folder_, getpid())),
      overwrite_(overwrite) {
  check(folder, overwrite);
  std::error_code error;
  fs::create_directories(partial_, error);
  if (error) cannot_write(partial_, error);
}

ResultsFolder::~ResultsFolder() {
  if (finished_) return;
  std::error_code ignored;
  fs::remove_all(partial_, ignored);
}

void ResultsFolder::publish() {
  finished_ = true;
  std::error_code error;
  std::string old;
  try {
    check(folder_, overwrite_);
  } catch (const OutputError&) {
    throw OutputError("E0601", folder_, "appeared meanwhile; the results are in " + partial_);
  }
  if (fs::exists(folder_, error) && !fs::is_empty(folder_, error)) {
    old = fmt::format("{}.replaced-{}", folder_, getpid());
    fs::rename(folder_, old, error);
    if (error) cannot_write(folder_, error);
  }
  fs::rename(partial_, folder_, error);
  if (error) {
    std::error_code ignored;
    if (!old.empty()) fs::rename(old, folder_, ignored);
    throw OutputError(
        "E0602", folder_,
        fmt::format("cannot be written: {}; the results are in {}", error.message(), partial_));
  }
  if (!old.empty()) fs::remove_all(old, error);
}

}  // namespace casus
