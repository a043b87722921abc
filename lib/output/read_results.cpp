#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "casus/output/csv.h"
#include "casus/output/results.h"

namespace casus {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// A file of the folder, if it is the one that the manifest describes.
std::string read_vouched(const fs::path& folder, const Json& manifest, const std::string& name) {
  const std::string path = (folder / name).string();
  const std::string text = read_file(path);
  for (const Json& output : manifest.at("outputs")) {
    if (output.at("path").get<std::string>() != name) continue;
    if (output.at("sha256").get<std::string>() == sha256(text)) return text;
    throw OutputError("E0603", path, "was changed after the run: it is not what the manifest says");
  }
  throw OutputError("E0603", path, "is not in the manifest");
}

template <class Number>
Number parse_number(const std::string& text, int base, const std::string& path) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc() || stopped != end) {
    throw OutputError("E0603", path, fmt::format("'{}' is not a number", text));
  }
  return value;
}

std::vector<RecordedRun> parse_runs(const std::string& text, const std::string& path) {
  const auto rows = parse_csv(text, path);
  if (rows.empty()) throw OutputError("E0603", path, "is empty");
  const auto column = [&](const char* name) {
    const auto found = std::find(rows.front().begin(), rows.front().end(), name);
    if (found == rows.front().end()) {
      throw OutputError("E0603", path, fmt::format("has no column '{}'", name));
    }
    return static_cast<std::size_t>(found - rows.front().begin());
  };
  const std::size_t run = column("run"), status = column("status");
  const std::size_t world = column("world_hash"), events = column("events_hash");
  std::vector<RecordedRun> runs;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    RecordedRun r;
    r.run = parse_number<std::uint32_t>(rows[i][run], 10, path);
    r.ok = rows[i][status] == "ok";
    if (r.ok) {
      r.world_hash = parse_number<std::uint64_t>(rows[i][world], 16, path);
      r.events_hash = parse_number<std::uint64_t>(rows[i][events], 16, path);
    }
    runs.push_back(r);
  }
  return runs;
}

/// What a shell needs to take a path as one word.
std::string quoted(const std::string& path) {
  const bool plain = !path.empty() && std::all_of(path.begin(), path.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/._-+:,@%").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain) return path;
  std::string text = "'";
  for (const char c : path) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

RecordedResults read_results(const std::string& folder) {
  const fs::path path(folder);
  const std::string manifest_path = (path / "manifest.json").string();
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    throw OutputError("E0603", folder, "is not a results folder");
  }
  if (!fs::exists(manifest_path, error)) {
    throw OutputError("E0603", folder, "is not a results folder: it has no manifest.json");
  }
  try {
    const Json manifest = Json::parse(read_file(manifest_path));
    RecordedResults results;
    results.folder = folder;
    results.version = manifest.at("casus").get<std::string>();
    results.seed = manifest.at("seed").get<std::uint64_t>();
    results.scenario_file = (path / "scenario.yaml").string();
    read_vouched(path, manifest, "scenario.yaml");
    results.runs =
        parse_runs(read_vouched(path, manifest, "runs.csv"), (path / "runs.csv").string());
    return results;
  } catch (const Json::exception& e) {
    throw OutputError("E0603", manifest_path, fmt::format("is not a manifest: {}", e.what()));
  }
}

std::string replay_command(const std::string& folder, std::uint32_t run) {
  return fmt::format("casus replay {} --run {}", quoted(folder), run);
}

}  // namespace casus
