#include "casus/output/work.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <utility>

#include "casus/output/calibration.h"
#include "casus/output/comparison.h"
#include "casus/output/files.h"
#include "casus/output/journal.h"
#include "casus/output/sha256.h"
#include "output/folder_lock.h"
#include "output/manifest.h"
#include "output/work_formats.h"

namespace casus {
namespace {

using Json = nlohmann::ordered_json;

/// The manifest of a comparison or calibration; null of anything else.
Json work_of(const std::string& folder) {
  const std::string path = folder + "/manifest.json";
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return nullptr;
  try {
    Json json = Json::parse(read_file(path));
    const std::string format = json.at("format").get<std::string>();
    return format == comparison_format || format == calibration_format ? std::move(json) : nullptr;
  } catch (const Json::exception& e) {
    throw OutputError("E0603", path, fmt::format("is not a manifest: {}", e.what()));
  }
}

/// Calls what reads a manifest.
template <class F>
auto of_manifest(const std::string& folder, F&& f) {
  try {
    return f();
  } catch (const Json::exception& e) {
    throw OutputError("E0603", folder + "/manifest.json",
                      fmt::format("is not a manifest: {}", e.what()));
  }
}

bool compares(const Json& manifest) {
  return manifest.at("format").get<std::string>() == comparison_format;
}
const char* journal_of(const Json& manifest) {
  return compares(manifest) ? worlds_journal : points_journal;
}

std::vector<FileDigest> outputs_of(const Json& manifest) {
  std::vector<FileDigest> files;
  for (const Json& file : manifest.at("outputs")) {
    files.push_back({file.at("path").get<std::string>(), file.at("bytes").get<std::uint64_t>(),
                     file.at("sha256").get<std::string>()});
  }
  return files;
}

}  // namespace

std::optional<BegunWork> begun_work(const std::string& folder) {
  const Json json = work_of(folder);
  if (json.is_null()) return {};
  return of_manifest(folder, [&] {
    BegunWork begun;
    begun.part = compares(json) ? "world" : "point";
    begun.state = json.value("state", "complete");
    begun.arguments = json.at("arguments").get<std::vector<std::string>>();
    begun.replaces = json.value("replaces", "");
    begun.seed = json.at("seed").get<std::uint64_t>();
    begun.writer = FolderLock::holder(folder);
    if (json.contains("worlds")) {
      begun.planned = json.at("worlds").at("planned").get<std::size_t>();
      begun.finished = json.at("worlds").at("finished").get<std::size_t>();
    }
    if (begun.state != "complete") {
      begun.finished = Journal::count(folder + "/" + journal_of(json));
    }
    return begun;
  });
}

std::vector<std::string> verify_work(const std::string& folder) {
  const Json json = work_of(folder);
  return of_manifest(folder, [&] {
    std::vector<std::string> wrong;
    std::set<std::string> known;
    const std::string state = json.value("state", "complete");
    if (state != "complete") {
      known.insert(journal_of(json));
      wrong.push_back("manifest.json: the results are not complete: " + state);
    }
    check_files(folder, outputs_of(json), known, wrong);
    return wrong;
  });
}

std::string seal_of_work(const std::string& folder) {
  const Json json = work_of(folder);
  return of_manifest(folder, [&] {
    std::string all = fmt::format("casus-seal/1\nseed {}\n", json.at("seed").get<std::uint64_t>());
    for (const FileDigest& file : outputs_of(json)) all += file.sha256 + " " + file.name + "\n";
    return sha256(all);
  });
}

}  // namespace casus
