#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "casus/core/diagnostics.h"
#include "casus/experiment/experiment.h"
#include "cli/commands.h"

namespace casus::cli {

namespace fs = std::filesystem;

void add_common(CLI::App& command, Common& common) {
  const std::map<std::string, ColorMode> modes{
      {"auto", ColorMode::automatic}, {"always", ColorMode::always}, {"never", ColorMode::never}};
  command
      .add_option_function<std::string>(
          "--color", [&common, modes](const std::string& mode) { common.color = modes.at(mode); },
          "Colour: auto (on a terminal, unless NO_COLOR is set), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}).description(""))
      ->type_name("WHEN")
      ->group("Messages");
  command.add_flag("-q,--quiet", common.quiet, "Say nothing but results and errors")
      ->group("Messages");
  command.add_flag("-v,--verbose", common.verbose, "Say more about what is done")
      ->group("Messages");
}

void add_read_limit(CLI::App& command, Common& common) {
  command
      .add_option("--read-limit", common.limits.megabytes,
                  "Read no more than so many MiB of a scenario (64)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 20U).description(""))
      ->type_name("N");
}

std::string counted(std::size_t n, const std::string& noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

std::string describe(const ScenarioData& s) {
  const auto kind = [&](ActorKind k) {
    return static_cast<std::size_t>(std::count_if(s.actors.begin(), s.actors.end(),
                                                  [k](const ActorSpec& a) { return a.kind == k; }));
  };
  const double hours = s.clock.days() * 24.0;
  const std::string step = hours == 24.0 ? "1 day" : fmt::format("{} hours", hours);
  return fmt::format("{}, {}, {}, {}, {}; {} to {}, {} of {}", counted(s.regions.size(), "region"),
                     counted(kind(ActorKind::state), "state"),
                     counted(kind(ActorKind::armed_group), "armed group"),
                     counted(kind(ActorKind::external), "external actor"),
                     counted(s.pacts.size(), "pact"), to_string(s.clock.start),
                     to_string(s.clock.end), counted(s.clock.steps(), "step"), step);
}

std::string describe(const TreatyFile& t) {
  std::size_t articles = 0;
  for (const law::Pact& pact : t.pacts) articles += pact.articles.size();
  return fmt::format("{}{}{}, {} {}, {}", t.title, t.title.empty() ? "" : ": ",
                     counted(t.pacts.size(), "pact"), t.parties.size(),
                     t.parties.size() == 1 ? "party" : "parties", counted(articles, "article"));
}

namespace {

Scenario load_scenario(const Registry& registry, const std::string& file,
                       const std::vector<Edit>& edits, const ReadLimits& limits) {
  try {
    return Scenario::load(file, registry.vocabulary(), edits, limits);
  } catch (const ScenarioError&) {
    // A reader of the one format complains of every key of the other.
    if (!is_experiment(file)) throw;
    throw UsageError(
        fmt::format("{} is an experiment and no scenario: casus compare {}", file, file));
  }
}

}  // namespace

Scenario Common::load(const std::string& file, const std::vector<Edit>& edits) const {
  Scenario scenario = load_scenario(*registry, file, edits, read_limits());
  for (const Diagnostic& d : scenario.notes()) {
    if (quiet || d.severity != Severity::warning) continue;
    const std::string text = render(d, color_on(STDERR_FILENO)) + "\n";
    if (said.insert(text).second) say(text);
  }
  return scenario;
}

ReadLimits Common::read_limits() const {
  ReadLimits all = limits;
  all.library = scenarios_folder();
  return all;
}

std::string results_stem(const std::string& scenario_file) {
  const fs::path path = fs::path(scenario_file).lexically_normal();
  const std::string parent = path.parent_path().filename().string();
  std::string name = path.stem().string();
  if (!parent.empty() && parent != "." && parent != ".." && parent != name) {
    name = parent + "-" + name;
  }
  return (fs::path("results") / name).string();
}

std::string free_folder(const std::string& scenario_file) {
  const std::string stem = results_stem(scenario_file);
  std::error_code error;
  for (std::size_t n = 1;; ++n) {
    std::string folder = fmt::format("{}-{}", stem, n);
    if (!fs::exists(fs::symlink_status(folder, error))) return folder;
  }
}

std::string scenarios_folder() {
  std::error_code error;
  const char* chosen = std::getenv("CASUS_SCENARIOS");  // NOLINT(concurrency-mt-unsafe)
  if (chosen != nullptr && *chosen != '\0') return chosen;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path installed =
        program.parent_path().parent_path() / "share" / "casus" / "scenarios";
    if (fs::is_directory(installed, error)) return installed.string();
  }
  return fs::is_directory(CASUS_SOURCE_SCENARIOS, error) ? CASUS_SOURCE_SCENARIOS : "";
}

}  // namespace casus::cli
