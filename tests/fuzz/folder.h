#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

#include "casus/core/ids.h"

namespace casus::fuzz {

/// The files of a folder in one text: a line "=== NAME" before each. Names are of letters, digits,
/// '_', '-' and '.', so that nothing is written elsewhere.
inline std::map<std::string, std::string> files_of(std::string_view text) {
  constexpr std::string_view mark = "=== ";
  std::map<std::string, std::string> files;
  std::string* at = nullptr;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (!line.starts_with(mark)) {
      if (at != nullptr) *at += line;
      continue;
    }
    std::string name(line.substr(mark.size()));
    while (!name.empty() && (name.back() == '\n' || name.back() == '\r')) name.pop_back();
    const bool good = !name.empty() && name.size() < 60 && name.front() != '.' &&
                      name.find_first_not_of(
                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                          "0123456789_-.") == std::string::npos;
    at = good && files.size() < 12 ? &files[name] : nullptr;
  }
  return files;
}

/// A folder that holds them for as long as it is looked at; in memory where the system has such.
class Folder {
 public:
  /// `inside` is a folder in it that holds them as well; empty: none.
  /// Targets of different kinds run beside each other, also from several folders.
  Folder(const std::string& kind, const std::map<std::string, std::string>& files,
         const std::string& inside = {}) {
    std::error_code error;
    const std::filesystem::path shared = "/dev/shm";
    const auto base = std::filesystem::is_directory(shared, error)
                          ? shared
                          : std::filesystem::temp_directory_path();
    path_ = base / ("casus-fuzz-" + kind + "-" +
                    std::to_string(name_hash(std::filesystem::current_path().string())));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_ / inside);
    for (const auto& [name, text] : files) {
      std::ofstream(path_ / name, std::ios::binary) << text;
      if (!inside.empty()) std::ofstream(path_ / inside / name, std::ios::binary) << text;
    }
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string name() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace casus::fuzz
