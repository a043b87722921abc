#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "casus/core/diagnostics.h"
#include "casus/experiment/calibration_file.h"
#include "casus/experiment/experiment.h"
#include "casus/output/files.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* new_examples = R"(Examples:
  casus new                        what templates there are
  casus new tutorial my-first      three states, one pact, one armed group:
                                   my-first/three-states.yaml
  casus new sahel sahel-2025       the flagship scenario, to change at will)";

bool is_yaml(const fs::path& file) { return file.extension() == ".yaml"; }

/// The file of a scenario's folder that one runs: beside it there may be others, of calibrations.
fs::path main_file(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string file = entry.path().string();
    if (is_yaml(entry.path()) && !is_experiment(file) && !is_calibration(file)) {
      files.push_back(entry.path().filename());
    }
  }
  std::sort(files.begin(), files.end());
  const std::string own = folder.filename().string() + ".yaml";
  for (const std::string& name :
       {std::string("baseline.yaml"), own, std::string("scenario.yaml")}) {
    if (std::find(files.begin(), files.end(), name) != files.end()) return name;
  }
  return files.empty() ? fs::path() : files.front();
}

std::vector<std::string> templates(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    // Treaties are shipped beside the scenarios, for these to include.
    const fs::path main = entry.is_directory() ? main_file(entry.path()) : fs::path();
    if (!main.empty() && !is_treaty((entry.path() / main).string())) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

[[noreturn]] void cannot_write(const fs::path& path, const std::error_code& error) {
  throw OutputError("E0602", path.string(), "cannot be written: " + error.message());
}

/// All or nothing: the copy gets its name when it is complete.
void copy_folder(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error) && !(fs::is_directory(to, error) && fs::is_empty(to, error))) {
    throw OutputError("E0601", to.string(), "exists already and is not overwritten");
  }
  const fs::path partial = fmt::format("{}.partial-{}", to.string(), getpid());
  fs::create_directories(partial, error);
  if (error) cannot_write(partial, error);
  fs::copy(from, partial, fs::copy_options::recursive, error);
  if (!error) fs::rename(partial, to, error);
  if (!error) return;
  std::error_code ignored;
  fs::remove_all(partial, ignored);
  cannot_write(to, error);
}

int make_new(const std::string& name, const std::string& where, const Common& common) {
  const std::string folder = scenarios_folder();
  std::error_code error;
  if (folder.empty() || !fs::is_directory(folder, error)) {
    throw OutputError("E0603", folder.empty() ? "scenarios" : folder,
                      "is not there; set CASUS_SCENARIOS to the folder of the templates");
  }
  const std::vector<std::string> names = templates(folder);
  if (name.empty()) {
    for (const std::string& n : names) say_result(n + "\n");
    return exit_ok;
  }
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    const std::string near = nearest(name, names);
    throw UsageError(fmt::format("no template '{}'; {}", name,
                                 near.empty() ? fmt::format("there are: {}", fmt::join(names, ", "))
                                              : fmt::format("did you mean '{}'?", near)));
  }
  fs::path to = fs::path(where.empty() ? name : where).lexically_normal();
  if (!to.has_filename()) to = to.parent_path();
  const fs::path from = fs::path(folder) / name;
  copy_folder(from, to);
  say_result((to / main_file(from)).string() + "\n");
  if (!common.quiet) {
    say(fmt::format("Next: casus run {}\n", (to / main_file(from)).string()));
  }
  return exit_ok;
}

}  // namespace

void add_new(CLI::App& program, Common& common, Action& action) {
  auto names = std::make_shared<std::pair<std::string, std::string>>();
  CLI::App& command = *program.add_subcommand("new", "Start a scenario from a template");
  command.add_option("TEMPLATE", names->first, "Its name; without it, the templates are listed")
      ->type_name("");
  command.add_option("DIR", names->second, "A new folder (named like the template)")->type_name("");
  add_common(command, common);
  command.footer(new_examples);
  command.callback([names, &common, &action] {
    action = [names, &common] { return make_new(names->first, names->second, common); };
  });
}

}  // namespace casus::cli
