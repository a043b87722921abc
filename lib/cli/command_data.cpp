#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/backtest/conflict_inputs.h"
#include "casus/backtest/conflict_record.h"
#include "casus/backtest/simulated_regions.h"
#include "casus/backtest/simulator_forecast.h"
#include "casus/backtest/start_levels.h"
#include "casus/output/files.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

constexpr const char* data_examples = R"(Examples:
  casus data sahel --as-of 2021-09-01 --ged GEDEvent.csv
  casus data sahel --as-of 2023-09-16 --ged GEDEvent.csv --people jnim=5000 -o events.yaml

The events are those of UCDP GED, as they come; they do not come with Casus. Nothing that was not
over before the day is used. The file stands in the place of what a scenario says of the same
groups' presences, activity and sizes of events; docs/backtest.md says how each number is made.)";

struct DataSettings {
  std::string as_of, scenario, out;
  std::size_t activity = 0;  ///< runs; 0: not asked for
  std::vector<std::string> events, people;
};

void need_actor(const Scenario& scenario, std::string_view name) {
  if (std::none_of(scenario->actors.begin(), scenario->actors.end(),
                   [&](const ActorSpec& a) { return a.name == name; })) {
    throw UsageError(fmt::format("--scenario: it has no armed group '{}'", name));
  }
}

/// Totals as given: "jnim=5000".
std::map<std::string, double> given_people(const std::vector<std::string>& texts) {
  std::map<std::string, double> out;
  for (const std::string& text : texts) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string name = text.substr(0, equals);
    const bool known = std::any_of(placed_groups().begin(), placed_groups().end(),
                                   [&](const PlacedGroup& g) { return g.actor == name; });
    if (!known || equals == text.size()) {
      throw UsageError(fmt::format("--people: '{}' is not jnim=NUMBER or issp=NUMBER", text));
    }
    const std::uint64_t n = parse_count(text.substr(equals + 1), "--people");
    if (n == 0 || n > 1'000'000) throw UsageError("--people: a group has 1 to 1000000 people");
    if (!out.emplace(name, static_cast<double>(n)).second) {
      throw UsageError(fmt::format("--people: '{}' is given twice", name));
    }
  }
  return out;
}

/// The groups with their totals, and where those are from.
struct Totals {
  std::vector<ConflictGroup> groups;
  std::vector<std::string> origins;
};

Totals totals_of(const DataSettings& s, const Scenario& scenario,
                 const std::map<std::string, RegionId>& regions) {
  const std::map<std::string, double> given = given_people(s.people);
  Totals out;
  for (const PlacedGroup& g : placed_groups()) need_actor(scenario, g.actor);
  for (ConflictGroup& group : groups_of(scenario.data(), regions)) {
    const auto told = given.find(group.actor);
    if (told != given.end()) group.people = told->second;
    out.origins.emplace_back(told != given.end() ? "as given"
                                                 : "as in the scenario whose regions these are");
    if (group.people < 1.0) {
      throw UsageError(
          fmt::format("the scenario has no people of '{0}' in these regions: give "
                      "--people {0}=NUMBER",
                      group.actor));
    }
    out.groups.push_back(std::move(group));
  }
  return out;
}

std::string rows_of(const ConflictInputs& in, const Scenario& scenario,
                    const std::vector<RegionId>& ids) {
  std::map<std::string, std::string> rows;
  for (const GroupInputs& group : in.groups) {
    for (const GroupInputs::Place& place : group.places) {
      if (place.people < 1.0) continue;
      std::string& row = rows[scenario->regions[ids[place.region].row()].name];
      row += fmt::format("{}{}: {:.0f}", row.empty() ? "" : ", ", group.actor, place.people);
    }
  }
  std::string out;
  for (const auto& [name, row] : rows) out += fmt::format("  {}: {{{}}}\n", name, row);
  return out;
}

/// The part of a scenario.
std::string part(const ConflictInputs& in, const Totals& totals, const Scenario& scenario,
                 const std::vector<RegionId>& ids) {
  const std::string last_day = to_string(in.day - std::chrono::days(1));
  std::string out = fmt::format(
      "casus: scenario/1\n"
      "# Made by 'casus data sahel --as-of {}': what follows from events that were over by then.\n"
      "sources:\n"
      "  events: \"UCDP Georeferenced Event Dataset (CC BY 4.0), Sundberg & Melander 2013,\n"
      "    doi:10.1177/0022343313484347, lethal events from {} to {}\"\n",
      to_string(in.day), to_string(in.two_years_before), last_day);
  out +=
      fmt::format("# Lethal events a head from {} on, relative to {}'s. source: events\nactors:\n",
                  to_string(in.year_before), in.groups.front().actor);
  for (const GroupInputs& g : in.groups) {
    out += fmt::format("  {}: {{activity: {:.2f}}}\n", g.actor, g.activity);
  }
  out += "# People in proportion to those events. source: events; the totals:\n";
  for (std::size_t g = 0; g < in.groups.size(); ++g) {
    const GroupInputs& group = in.groups[g];
    out += fmt::format("# {} ({}): {:.0f} people, {}; {:.0f} events with {:.0f} deaths\n",
                       group.actor, placed_groups()[g].title, group.people, totals.origins[g],
                       group.events, group.deaths);
  }
  out += "presence:\n" + rows_of(in, scenario, ids);
  out += fmt::format(
      "# Median deaths of {} events from {} on; exponent of the {} with ten or more.\n"
      "# source: events\nmechanisms:\n  combat: {{size_median: {:.1f}, size_exponent: {:.2f}}}\n",
      in.sizes, to_string(in.two_years_before), in.in_tail, in.size_median, in.size_exponent);
  return out;
}

/// How much the groups fight where the scenario has them, and how deadly events are there.
std::string local_part(const DataSettings& s, const Common& common, const Scenario& scenario,
                       const ConflictRecord& record, const ConflictInputs& in,
                       std::span<const ConflictGroup> groups, std::span<const RegionId> ids) {
  const StartLevels levels =
      start_levels(record, in.day, groups,
                   {.months_3 = 0.0, .months_12 = 1.0, .months_60 = 0.0, .anywhere = 0.0});
  const Workers workers = parse_executor("tbb", 0);
  PilotRuns pilot;
  pilot.runs = s.activity;
  pilot.rounds = 3;
  pilot.days = 365.0;
  const LocalLevels local = local_levels(scenario, *common.registry, ids, in.groups, levels,
                                         LevelOf::fights_of_groups, pilot, *workers.executor);
  std::string out = fmt::format(
      "casus: scenario/1\n"
      "# Made by 'casus data sahel --as-of {} --activity {}': fights of each group with the "
      "state's\n"
      "# side in the twelve months before, relative to those of the scenario's runs; and the mean\n"
      "# deaths of an event of 24 months by region, relative to those of the runs.\n"
      "# source: UCDP GED (CC BY 4.0), lethal events until {}\nedits:\n",
      to_string(in.day), s.activity, to_string(in.day - std::chrono::days(1)));
  for (std::size_t r = 0; r < ids.size(); ++r) {
    const std::string& region = scenario->regions[ids[r].row()].name;
    out +=
        fmt::format("  - {{set: regions.{}.lethality, to: {:.2f}}}\n", region, local.lethality[r]);
    for (const PresenceSpec& p : scenario->presence) {
      if (p.region != ids[r]) continue;
      for (std::size_t g = 0; g < in.groups.size(); ++g) {
        if (scenario->actors[p.actor.row()].name != in.groups[g].actor) continue;
        out +=
            fmt::format("  - {{set: presence.{}.{}, to: {{strength: {:.0f}, activity: {:.2f}}}}}\n",
                        region, in.groups[g].actor, p.strength.mean(), local.activity[g][r]);
      }
    }
  }
  return out;
}

int data_sahel(const DataSettings& s, const Common& common) {
  std::error_code error;
  if (!s.out.empty() && std::filesystem::exists(std::filesystem::symlink_status(s.out, error))) {
    throw OutputError("E0601", s.out, "exists already and is not overwritten");
  }
  const std::optional<Date> day = parse_date(s.as_of);
  if (!day) throw UsageError(fmt::format("--as-of: '{}' is not a day as 2023-09-16", s.as_of));
  std::string file = s.scenario;
  if (file.empty()) {
    const std::string folder = scenarios_folder();
    if (folder.empty()) throw UsageError("the shipped scenarios are not here: give --scenario");
    file = folder + "/sahel/baseline.yaml";
  }
  const Scenario scenario = common.load(file);
  const std::map<std::string, RegionId> regions = conflict_regions(scenario.data());
  if (regions.empty()) {
    throw UsageError("--scenario: it has no region of Mali, Burkina Faso or Niger");
  }
  std::vector<ConflictRegion> named;
  std::vector<RegionId> ids;  // by name, as the record has them
  for (const auto& [name, id] : regions) {
    named.push_back({name, name.substr(0, 3)});
    ids.push_back(id);
  }
  const Totals totals = totals_of(s, scenario, regions);
  const ConflictRecord record = load_conflict_events(std::move(named), s.events, *day);
  const ConflictInputs in = conflict_inputs(record, *day, totals.groups);
  for (const GroupInputs& group : in.groups) {
    if (group.events > 0.0) continue;
    throw UsageError(
        fmt::format("no lethal event of '{}' from {} to the day before {} is in the "
                    "tables: choose another --as-of or give more tables",
                    group.actor, to_string(in.year_before), s.as_of));
  }
  if (in.in_tail == 0) {
    throw UsageError(
        "no event of ten deaths or more in the 24 months before the day is in the "
        "tables, so that the sizes of events are not known");
  }
  if (!common.quiet) {
    for (const std::string& note : record.notes) say(note + "\n");
  }
  const std::string text = s.activity > 0
                               ? local_part(s, common, scenario, record, in, totals.groups, ids)
                               : part(in, totals, scenario, ids);
  if (s.out.empty()) {
    say_result(text);
  } else {
    write_atomically(s.out, text);
  }
  return exit_ok;
}

}  // namespace

void add_data(CLI::App& program, Common& common, Action& action) {
  CLI::App& data = *program.add_subcommand("data", "Make the part of a scenario that data give");
  data.require_subcommand(1);
  data.footer("'casus data sahel --help' tells more.");
  auto settings = std::make_shared<DataSettings>();
  DataSettings& s = *settings;
  CLI::App& command = *data.add_subcommand(
      "sahel", "Where armed groups stand and how they fight, from events before a day");
  command.add_option("--as-of", s.as_of, "The day; nothing from it on is used")
      ->required()
      ->type_name("DAY");
  command.add_option("--ged", s.events, "Tables of events of UCDP GED")
      ->required()
      ->type_name("FILE");
  command
      .add_option("--people", s.people,
                  "A group's people in the three countries, as jnim=5000 (as in the scenario)")
      ->type_name("GROUP=N");
  command
      .add_option("--scenario", s.scenario,
                  "Whose regions and groups these are (scenarios/sahel/baseline.yaml)")
      ->type_name("FILE");
  command
      .add_option("--activity", s.activity,
                  "Not where groups stand, but how much they fight where the scenario has them, "
                  "beside so many of its runs")
      ->check(CLI::Range(std::size_t{2}, std::size_t{10000}).description(""))
      ->type_name("RUNS");
  command.add_option("-o,--out", s.out, "A new file (standard output)")->type_name("FILE");
  add_common(command, common);
  add_read_limit(command, common);
  command.footer(data_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return data_sahel(*settings, common); };
  });
}

}  // namespace casus::cli
