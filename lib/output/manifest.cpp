#include "output/manifest.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "casus/output/version.h"
#include "output/machine.h"

namespace casus {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* results_format = "casus-results/2";
constexpr const char* file_name = "manifest.json";

Json digests_json(const std::vector<FileDigest>& files) {
  Json all = Json::array();
  for (const FileDigest& f : files) {
    all.push_back({{"path", f.name}, {"bytes", f.bytes}, {"sha256", f.sha256}});
  }
  return all;
}

std::vector<FileDigest> digests(const Json& list) {
  std::vector<FileDigest> files;
  files.reserve(list.size());
  for (const Json& f : list) {
    files.push_back({f.at("path").get<std::string>(), f.at("bytes").get<std::uint64_t>(),
                     f.at("sha256").get<std::string>()});
  }
  return files;
}

std::string manifest_path(const std::string& folder) {
  return (fs::path(folder) / file_name).string();
}

}  // namespace

Manifest Manifest::of_this_program() {
  Manifest m;
  m.version = casus::version();
  m.commit = casus::commit();
  m.compiler = casus::compiler();
  m.build_type = casus::build_type();
  m.build = build_text();
  m.libm = libm_version();
  m.cpu = cpu_model();
  return m;
}

std::string Manifest::json() const {
  Json json{{"format", results_format},
            {"state", state},
            {"casus", version},
            {"commit", commit},
            {"compiler", compiler},
            {"build_type", build_type},
            {"build", build},
            {"libm", libm},
            {"cpu", cpu},
            {"title", title},
            {"scenario", scenario_file},
            {"arguments", arguments},
            {"seed", seed},
            {"runs",
             {{"first", first_run},
              {"planned", planned},
              {"finished", finished},
              {"failed", failed},
              {"interrupted", state == "interrupted"}}},
            {"events", events},
            {"on_failure", stop_at_failure ? "stop" : "continue"},
            {"time", {{"started", started}, {"finished", ended}, {"seconds", seconds}}}};
  if (!error.empty()) json["error"] = error;
  if (resumed > 0) json["resumed"] = resumed;
  if (shard) {
    json["shard"] = {{"index", shard->index},
                     {"of", shard->of},
                     {"first", shard->first_run},
                     {"runs", shard->runs}};
  }
  if (!replaces.empty()) json["replaces"] = replaces;
  json["inputs"] = digests_json(inputs);
  json["outputs"] = digests_json(outputs);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Manifest Manifest::read(const std::string& folder) {
  const std::string path = manifest_path(folder);
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    throw OutputError("E0603", folder, "is not a results folder");
  }
  if (!fs::exists(path, error)) {
    throw OutputError("E0603", folder, "is not a results folder: it has no manifest.json");
  }
  try {
    const Json json = Json::parse(read_file(path));
    const std::string format = json.at("format").get<std::string>();
    if (format != results_format) {
      throw OutputError(
          "E0603", path,
          fmt::format("has format '{}'; this program reads '{}'", format, results_format));
    }
    Manifest m;
    m.state = json.at("state").get<std::string>();
    m.error = json.value("error", "");
    m.version = json.at("casus").get<std::string>();
    m.commit = json.at("commit").get<std::string>();
    m.compiler = json.at("compiler").get<std::string>();
    m.build_type = json.at("build_type").get<std::string>();
    m.build = json.at("build").get<std::string>();
    m.libm = json.at("libm").get<std::string>();
    m.cpu = json.at("cpu").get<std::string>();
    m.title = json.at("title").get<std::string>();
    m.scenario_file = json.at("scenario").get<std::string>();
    m.arguments = json.at("arguments").get<std::vector<std::string>>();
    m.seed = json.at("seed").get<std::uint64_t>();
    const Json& runs = json.at("runs");
    m.first_run = runs.at("first").get<std::uint32_t>();
    m.planned = runs.at("planned").get<std::size_t>();
    m.finished = runs.at("finished").get<std::size_t>();
    m.failed = runs.at("failed").get<std::size_t>();
    m.resumed = json.value("resumed", std::size_t{0});
    if (json.contains("shard")) {
      const Json& s = json.at("shard");
      m.shard = Shard{s.at("index").get<std::uint32_t>(), s.at("of").get<std::uint32_t>(),
                      s.at("first").get<std::uint32_t>(), s.at("runs").get<std::size_t>()};
    }
    m.events = json.at("events").get<std::string>();
    m.stop_at_failure = json.at("on_failure").get<std::string>() == "stop";
    m.replaces = json.value("replaces", "");
    m.started = json.at("time").at("started").get<std::string>();
    m.ended = json.at("time").at("finished").get<std::string>();
    m.seconds = json.at("time").at("seconds").get<double>();
    m.inputs = digests(json.at("inputs"));
    m.outputs = digests(json.at("outputs"));
    return m;
  } catch (const Json::exception& e) {
    throw OutputError("E0603", path, fmt::format("is not a manifest: {}", e.what()));
  }
}

std::string not_replaceable(const std::string& folder) {
  std::error_code error;
  if (!fs::exists(manifest_path(folder), error)) {
    return "exists already and does not hold results; not overwritten";
  }
  try {
    const Json json = Json::parse(read_file(manifest_path(folder)));
    const std::string format = json.at("format").get<std::string>();
    static_cast<void>(json.at("outputs"));
    if (format.rfind("casus-", 0) != 0) return "holds results of another program; not overwritten";
    const std::string state = json.value("state", "complete");
    if (state == "complete") return {};
    return fmt::format(
        "holds results that are not complete ({}); not overwritten. 'casus resume' "
        "goes on with them; if nobody wants them, remove the folder",
        state);
  } catch (const Json::exception&) {
    return "exists already, and its manifest.json is none of ours; not overwritten";
  }
}

std::vector<std::string> listed_files(const std::string& folder) {
  std::vector<std::string> names{file_name, report_file};
  try {
    const Json json = Json::parse(read_file(manifest_path(folder)));
    for (const Json& output : json.at("outputs")) {
      const std::string name = output.at("path").get<std::string>();
      // A manifest that was tampered with shall not lead elsewhere.
      if (!name.empty() && name.find('/') == std::string::npos && name != "." && name != "..") {
        names.push_back(name);
      }
    }
  } catch (const Json::exception&) {
    return {};
  }
  return names;
}

}  // namespace casus
