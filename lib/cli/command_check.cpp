#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "casus/core/diagnostics.h"
#include "casus/experiment/calibration_file.h"
#include "casus/experiment/experiment.h"
#include "casus/run/simulation.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* check_examples = R"(Examples:
  casus check sahel.yaml policies/*.yaml
  casus check sahel.yaml --json             for editors and scripts
  casus check treaties/nato.yaml            a treaty by itself: its parties and articles

Problems go to the standard error in the form FILE:LINE:COLUMN: error: TEXT [CODE];
'casus docs CODE' explains a code. A warning is of what is legal and odd: the scenario runs.)";

Json place(const Location& where) {
  return {{"file", where.file}, {"line", where.line}, {"column", where.column}};
}

Json diagnostic_json(const Diagnostic& d) {
  Json notes = Json::array();
  for (const Note& note : d.notes) {
    Json entry = place(note.where);
    entry["message"] = note.message;
    notes.push_back(std::move(entry));
  }
  Json json = place(d.where);
  json["length"] = d.where.length;
  json["severity"] = d.severity == Severity::error  ? "error"
                     : d.severity == Severity::note ? "note"
                                                    : "warning";
  json["code"] = d.code;
  json["path"] = d.path;
  json["message"] = d.message;
  json["suggestion"] = d.suggestion;
  json["notes"] = std::move(notes);
  return json;
}

/// Regions that a map leaves out, by name; none where there is no map.
std::vector<std::string> without_outline(const ScenarioData& data) {
  std::vector<std::string> names;
  if (data.map.empty()) return names;
  for (std::size_t r = 0; r < data.regions.size(); ++r) {
    const bool drawn = std::any_of(data.map.begin(), data.map.end(),
                                   [&](const RegionOutline& o) { return o.region == RegionId(r); });
    if (!drawn) names.push_back(data.regions[r].name);
  }
  return names;
}

struct CheckTotals {
  std::size_t problems = 0, bad_files = 0, warnings = 0;
  bool all_unreadable = true;  ///< of the bad files
};

std::string describe_worlds(const Worlds& worlds) {
  const std::size_t n = worlds.policies.size();
  const std::string points =
      worlds.points.empty() ? "" : " at each of " + counted(worlds.points.size(), "point");
  return fmt::format("{} {}, {}{}", n, n == 1 ? "policy" : "policies",
                     counted(worlds.replicates, "world"), points);
}

/// One file; says what is wrong with it and returns what the JSON says.
Json check_file(const std::string& file, const Common& common, CheckTotals& totals) {
  Json json{{"file", file}, {"valid", true}, {"diagnostics", Json::array()}};
  try {
    if (is_treaty(file)) {
      const TreatyFile treaty = load_treaty(file, common.read_limits());
      if (!common.json && !common.quiet) {
        say_result(fmt::format("{}: ok: {}\n", file, describe(treaty)));
      }
      return json;
    }
    if (is_calibration(file)) {
      const CalibrationSpec spec = load_calibration(file, common.read_limits());
      const Calibrating made = make_calibration(spec, common.registry->vocabulary(),
                                                common.outcomes, common.read_limits());
      if (!common.json && !common.quiet) {
        say_result(fmt::format("{}: ok: {} by {}, {} of {} with {} each\n", file,
                               counted(spec.experiment.uncertainties.size(), "uncertain thing"),
                               counted(made.targets.size(), "target"), counted(spec.waves, "wave"),
                               counted(made.design.size(), "point"),
                               counted(spec.experiment.replicates, "run")));
      }
      return json;
    }
    if (is_experiment(file)) {
      const ExperimentSpec experiment = load_experiment(file, common.read_limits());
      const Worlds worlds =
          make_worlds(experiment, common.registry->vocabulary(), common.read_limits());
      check_starts(worlds, *common.registry);
      if (!common.json && !common.quiet)
        say_result(file + ": ok: " + describe_worlds(worlds) + "\n");
      return json;
    }
    const Scenario scenario =
        Scenario::load(file, common.registry->vocabulary(), {}, common.read_limits());
    for (const Diagnostic& note : scenario.notes()) {
      json["diagnostics"].push_back(diagnostic_json(note));
      if (note.severity == Severity::warning) ++totals.warnings;
    }
    const std::vector<std::string> missing = without_outline(scenario.data());
    if (!missing.empty()) json["without_outline"] = missing;
    if (!common.json && !common.quiet) {
      say_result(fmt::format("{}: ok: {}\n", file, describe(scenario.data())));
      if (!missing.empty()) {
        say(fmt::format(
            "{}: the map has no outline of {} of {}, which reports draw as circles: {}\n", file,
            missing.size(), counted(scenario->regions.size(), "region"), fmt::join(missing, ", ")));
      }
      if (!scenario.notes().empty()) {
        say(render(scenario.notes(), common.color_on(STDERR_FILENO)) + "\n");
      }
    }
  } catch (const ScenarioError& e) {
    json["valid"] = false;
    for (const Diagnostic& d : e.diagnostics()) {
      json["diagnostics"].push_back(diagnostic_json(d));
      if (d.code != "E0100" || d.where.line > 0) totals.all_unreadable = false;
    }
    totals.problems += e.diagnostics().size();
    ++totals.bad_files;
    if (!common.json) say(render(e.diagnostics(), common.color_on(STDERR_FILENO)) + "\n");
  }
  return json;
}

int check(const std::vector<std::string>& files, const Common& common) {
  CheckTotals totals;
  Json results = Json::array();
  for (const std::string& file : files) results.push_back(check_file(file, common, totals));
  if (common.json) {
    say_result(
        Json{{"files", std::move(results)}}.dump(2, ' ', false, Json::error_handler_t::replace) +
        "\n");
  } else if (totals.problems > 0 && !common.quiet) {
    say(fmt::format("{} in {} of {}\n", counted(totals.problems, "problem"), totals.bad_files,
                    counted(files.size(), "file")));
  }
  if (totals.warnings > 0 && !common.json && !common.quiet) {
    say(counted(totals.warnings, "warning") + "\n");
  }
  if (totals.bad_files == 0) return exit_ok;
  return totals.all_unreadable ? exit_io : exit_invalid;
}

}  // namespace

void add_check(CLI::App& program, Common& common, Action& action) {
  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App& command =
      *program.add_subcommand("check", "Find every problem of scenario files; run nothing");
  command.add_option("FILE", *files, "Scenarios")->required()->type_name("");
  command.add_flag("--json", common.json, "Print JSON on the standard output");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(check_examples);
  command.callback(
      [files, &common, &action] { action = [files, &common] { return check(*files, common); }; });
}

}  // namespace casus::cli
