#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/run/simulation.h"
#include "casus/world/all_columns.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

constexpr const char* paths_examples = R"(Examples:
  casus paths scenario.yaml actors.mali        all there is of one actor
  casus paths scenario.yaml mechanisms.combat  the parameters of one mechanism
Conditions of the timeline read these paths; 'set' changes those that are not marked as read only.
Values are those at the start of run 0. 'casus docs paths' says what the columns mean.)";

struct Line {
  std::string path, value, note;
};

Line line(std::string path, double value, Unit unit, bool can_be_set) {
  const std::string_view name = unit_name(unit);
  std::string note(name);
  if (!can_be_set) note += note.empty() ? "(read only)" : " (read only)";
  return {std::move(path), fmt::format("{:.6g}", value), std::move(note)};
}

/// What can be named of regions, actors and mechanisms, in the order of the scenario.
std::vector<Line> all_paths(const Scenario& scenario, const Registry& registry) {
  const Simulation run(scenario, registry);
  std::vector<Line> lines;
  const auto add_rows = [&](PathRef::Table table, std::string_view section, const auto& things) {
    for (std::size_t row = 0; row < things.size(); ++row) {
      for (const PathColumn& column : run.columns().paths()) {
        if (column.table != table) continue;
        PathRef ref;
        ref.table = table;
        ref.row = row;
        ref.column = column.column;
        lines.push_back(line(fmt::format("{}.{}.{}", section, things[row].name, column.info->name),
                             run.get(ref), column.info->unit, column.info->settable));
      }
    }
  };
  add_rows(PathRef::Table::region, "regions", scenario->regions);
  add_rows(PathRef::Table::actor, "actors", scenario->actors);
  for (const MechanismInfo& mechanism : registry.vocabulary()) {
    for (const ParameterInfo& parameter : mechanism.parameters) {
      const std::string path = fmt::format("mechanisms.{}.{}", mechanism.name, parameter.name);
      lines.push_back(line(path, run.get(path), parameter.unit, true));
    }
  }
  return lines;
}

int print_paths(const std::string& file, const std::string& prefix, const Common& common) {
  std::vector<Line> lines = all_paths(common.load(file), *common.registry);
  std::erase_if(lines, [&](const Line& l) { return !l.path.starts_with(prefix); });
  if (lines.empty()) throw UsageError(fmt::format("no path begins with '{}'", prefix));
  std::size_t longest = 0, widest = 0;
  for (const Line& l : lines) {
    longest = std::max(longest, l.path.size());
    widest = std::max(widest, l.value.size());
  }
  for (const Line& l : lines) {
    std::string text = fmt::format("{:<{}}  {:>{}}", l.path, longest, l.value, widest);
    if (!l.note.empty()) text += "  " + l.note;
    say_result(text + "\n");
  }
  return exit_ok;
}

}  // namespace

void add_paths(CLI::App& program, Common& common, Action& action) {
  auto names = std::make_shared<std::pair<std::string, std::string>>();
  CLI::App& command =
      *program.add_subcommand("paths", "List the paths of a scenario, with their values");
  command.add_option("FILE", names->first, "The scenario")->required()->type_name("");
  command.add_option("PREFIX", names->second, "Only paths that begin so")->type_name("");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(paths_examples);
  command.callback([names, &common, &action] {
    action = [names, &common] { return print_paths(names->first, names->second, common); };
  });
}

}  // namespace casus::cli
