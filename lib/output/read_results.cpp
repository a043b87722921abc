#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "casus/output/results.h"
#include "casus/store/run_store.h"
#include "output/folder_lock.h"
#include "output/manifest.h"
#include "output/room.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

const FileDigest& listed(const fs::path& folder, const Manifest& manifest,
                         const std::string& name) {
  const auto found = std::find_if(manifest.outputs.begin(), manifest.outputs.end(),
                                  [&](const FileDigest& f) { return f.name == name; });
  if (found == manifest.outputs.end()) {
    throw OutputError("E0603", (folder / name).string(), "is not in the manifest");
  }
  return *found;
}

/// Throws unless a file of the folder is the one that the manifest describes.
void vouch(const fs::path& folder, const Manifest& manifest, const std::string& name) {
  const std::string path = (folder / name).string();
  if (digest_file(path).sha256 != listed(folder, manifest, name).sha256) {
    throw OutputError("E0603", path, "was changed after the run: it is not what the manifest says");
  }
}

OutputError as_output_error(const StoreError& e) {
  return {e.code(), e.path(), std::string(e.what()).substr(e.path().size() + 2)};
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

bool tables_written(const std::string& state) { return state != "running"; }

}  // namespace

RecordedResults read_results(const std::string& folder) {
  const fs::path path(folder);
  const Manifest manifest = Manifest::read(folder);
  RecordedResults results;
  results.folder = folder;
  results.state = manifest.state;
  results.error = manifest.error;
  results.writer = FolderLock::holder(folder);
  results.version = manifest.version;
  results.build = manifest.build;
  results.seed = manifest.seed;
  results.first_run = manifest.first_run;
  results.planned = manifest.planned;
  results.seconds = manifest.seconds;
  results.shard = manifest.shard;
  results.events = manifest.events;
  results.replaces = manifest.replaces;
  results.stop_at_failure = manifest.stop_at_failure;
  results.scenario_file = (path / scenario_copy).string();
  vouch(path, manifest, scenario_copy);
  // Tables are written when the runs have ended. While another program is at it they may be half
  // there, and the store is what counts.
  if (tables_written(manifest.state) && manifest.error.empty() && results.writer.empty()) {
    vouch(path, manifest, "runs.csv");
    vouch(path, manifest, store_file);
  }
  const fs::path store_path = path / store_file;
  try {
    // One that was killed before its first run has no store yet, or one without tables.
    if (manifest.state == "running" && !is_store(store_path.string())) return results;
    const RunStore store = RunStore::read(store_path.string());
    if (store.header().seed != manifest.seed) {
      throw OutputError("E0603", store_path.string(), "has another seed than the manifest");
    }
    store.each([&](const StoredRun& run) {
      const bool ok = !run.result.failure;
      results.runs.push_back(
          {run.key.run, ok, ok ? run.result.world_hash : 0, ok ? run.result.events_hash : 0});
    });
  } catch (const StoreError& e) {
    throw as_output_error(e);
  }
  return results;
}

Scenario load_recorded(const RecordedResults& results, const Vocabulary& vocabulary,
                       const ReadLimits& limits) {
  ReadLimits alone = limits;
  alone.library.clear();
  try {
    // A text without a name is in no folder, so it can include nothing.
    return Scenario::parse(read_file(results.scenario_file), "", vocabulary, {}, alone);
  } catch (const ScenarioError& e) {
    std::vector<Diagnostic> diagnostics = e.diagnostics();
    for (Diagnostic& d : diagnostics) {
      if (d.where.file.empty()) d.where.file = results.scenario_file;
    }
    throw ScenarioError(std::move(diagnostics));
  }
}

void check_files(const std::string& folder, const std::vector<FileDigest>& files,
                 std::set<std::string> known, std::vector<std::string>& wrong) {
  const fs::path path(folder);
  // Of a lock that nobody holds the file means nothing.
  known.insert({"manifest.json", FolderLock::file_name, report_file});
  for (const FileDigest& file : files) {
    known.insert(file.name);
    try {
      const FileDigest found = digest_file((path / file.name).string());
      if (found.sha256 != file.sha256) {
        wrong.push_back(fmt::format("{}: was changed: {} bytes, {} when it was written", file.name,
                                    found.bytes, file.bytes));
      }
    } catch (const OutputError& e) {
      wrong.push_back(fmt::format("{}: {}", file.name, e.diagnostic().message));
    }
  }
  std::vector<std::string> extra;
  for (const auto& entry : fs::directory_iterator(path)) {
    const std::string name = entry.path().filename().string();
    // What a program that was killed was in the midst of, when all that counts was there.
    const bool half_report = name.rfind(std::string(report_file) + ".partial-", 0) == 0;
    const bool empty_journal = name == std::string(store_file) + "-journal" &&
                               entry.is_regular_file() && entry.file_size() == 0;
    if (known.count(name) == 0 && !half_report && !empty_journal) extra.push_back(name);
  }
  std::sort(extra.begin(), extra.end());
  for (const std::string& name : extra) wrong.push_back(name + ": is not in the manifest");
}

std::vector<std::string> verify_results(const std::string& folder) {
  const fs::path path(folder);
  const Manifest manifest = Manifest::read(folder);
  const bool complete = manifest.state == "complete";
  std::vector<std::string> wrong;
  std::set<std::string> known;
  if (!complete) {
    known.insert({store_file, std::string(store_file) + "-journal"});
    wrong.push_back(fmt::format("manifest.json: the results are not complete: {}", manifest.state));
  }
  check_files(folder, manifest.outputs, known, wrong);
  try {
    const RunStore store = RunStore::read((path / store_file).string());
    store.check();
    const std::uint64_t runs = store.size(), failed = store.failed();
    if (complete && (runs != manifest.finished || failed != manifest.failed)) {
      wrong.push_back(fmt::format("{}: has {} runs, {} of them failed; the manifest says {} and {}",
                                  store_file, runs, failed, manifest.finished, manifest.failed));
    }
    if (store.header().seed != manifest.seed || store.header().build != manifest.build) {
      wrong.push_back(std::string(store_file) + ": is of another seed or build than the manifest");
    }
  } catch (const StoreError& e) {
    wrong.push_back(store_file + std::string(e.what()).substr(e.path().size()));
  }
  return wrong;
}

std::string seal_of(const std::string& folder) {
  const fs::path path(folder);
  const Manifest manifest = Manifest::read(folder);
  if (manifest.state != "complete") {
    throw OutputError("E0603", folder,
                      "is not complete (" + manifest.state + "), so it cannot be sealed");
  }
  std::string text =
      fmt::format("casus seal 1\nbuild {}\nseed {}\nruns {} from {}\n", manifest.build,
                  manifest.seed, manifest.planned, manifest.first_run);
  for (const char* name : {"scenario.yaml", "runs.csv", "inputs.csv", "summary.csv"}) {
    const bool there = std::any_of(manifest.outputs.begin(), manifest.outputs.end(),
                                   [&](const FileDigest& f) { return f.name == name; });
    if (there) text += fmt::format("{} {}\n", name, digest_file((path / name).string()).sha256);
  }
  return sha256(text);
}

std::string replay_command(const std::string& folder, std::uint32_t run) {
  return fmt::format("casus replay {} --run {}", quoted(folder), run);
}

}  // namespace casus
