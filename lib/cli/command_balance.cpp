#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "casus/output/files.h"
#include "casus/run/simulation.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

constexpr const char* balance_examples = R"(Examples:
  casus balance scenarios/sahel/baseline.yaml
  casus balance mine.yaml -n 400 -o resistance.yaml

The numbers are means over the runs' draws of forces and the rest, moved until over whole runs
attacks and operations take from each other as much as they lose. Write them to a file that the
scenario includes: changes of the scenario are then changes of a balance that was, where without
them each run begins in balance whatever its forces.)";

struct BalanceSettings {
  std::string file, out;
  std::size_t runs = 100, rounds = 6;
  std::uint64_t seed = 1;
};

/// Of each of the scenario's presences that fights a region's owner; nothing for the others.
using Resistance = std::vector<std::optional<double>>;

/// What balances the flows of the first day, on the mean of the draws.
Resistance at_the_start(const Scenario& scenario, const BalanceSettings& s, const Common& common) {
  Resistance found(scenario->presence.size());
  for (std::size_t r = 0; r < s.runs; ++r) {
    const Simulation run(scenario, *common.registry, {s.seed, static_cast<std::uint32_t>(r)});
    const World& w = run.world();
    for (std::size_t i = 0; i < found.size(); ++i) {
      const PresenceSpec& spec = scenario->presence[i];
      if (spec.role != Role::insurgent || !w.hostile_in(spec.actor, spec.region)) continue;
      found[i] = found[i].value_or(0.0) + w.presences.resistance[i];
    }
  }
  for (std::optional<double>& x : found) {
    if (x) *x /= static_cast<double>(s.runs);
  }
  return found;
}

std::string place_of(const Scenario& scenario, std::size_t i) {
  const PresenceSpec& spec = scenario->presence[i];
  return fmt::format("resistance.{}.{}", scenario->regions[spec.region.row()].name,
                     scenario->actors[spec.actor.row()].name);
}

Scenario with(const Scenario& scenario, const Resistance& resistance) {
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < resistance.size(); ++i) {
    if (!resistance[i]) continue;
    edits.push_back(
        {Edit::Kind::set, place_of(scenario, i), fmt::format("{:.6f}", *resistance[i])});
  }
  return edits.empty() ? scenario : scenario.with(edits);
}

/// Moves each towards where attacks and operations of whole runs take as much as they lose. What
/// armies and campaigns take is no part of the balance.
void settle(const Scenario& scenario, const BalanceSettings& s, const Common& common,
            Resistance& resistance) {
  const Scenario now = with(scenario, resistance);
  const std::size_t n = resistance.size();
  std::vector<double> net(n, 0.0), gross(n, 0.0);
  for (std::size_t r = 0; r < s.runs; ++r) {
    Simulation run(now, *common.registry, {s.seed, static_cast<std::uint32_t>(r)});
    run.run();
    const World& w = run.world();
    const auto count = [&](ActorId group, RegionId where, double ground, double sign) {
      const PresenceId there = w.find(group, where);
      if (!there.valid() || there.row() >= n) return;
      net[there.row()] += sign * ground;
      gross[there.row()] += ground;
    };
    for (const Event& e : run.log().all()) {
      if (e.ground <= 0.0) continue;
      const bool of_state = e.where.valid() && e.whom == w.regions.owner[e.where.row()];
      if (e.kind == EventKind::attack && of_state) count(e.who, e.where, e.ground, 1.0);
      if (e.kind == EventKind::operation) count(e.whom, e.where, e.ground, -1.0);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    // A unit of log odds moves the net flow by the gross flow; the rest is left to the next round.
    constexpr double step = 0.7;
    if (resistance[i] && gross[i] > 0.0) {
      resistance[i] = std::clamp(*resistance[i] + step * net[i] / gross[i], -4.0, 4.0);
    }
  }
}

std::string written(const Scenario& scenario, const BalanceSettings& s,
                    const Resistance& resistance) {
  std::string text = fmt::format(
      "casus: scenario/1\n# Made by 'casus balance' from {} runs, {} rounds: log odds that keep "
      "the balance of the start.\nresistance:\n",
      s.runs, s.rounds);
  for (std::size_t i = 0; i < resistance.size();) {
    const RegionId region = scenario->presence[i].region;
    std::string row;
    for (; i < resistance.size() && scenario->presence[i].region == region; ++i) {
      if (!resistance[i]) continue;
      row += fmt::format("{}{}: {:.2f}", row.empty() ? "" : ", ",
                         scenario->actors[scenario->presence[i].actor.row()].name,
                         *resistance[i] + 0.0);
    }
    if (!row.empty()) {
      text += fmt::format("  {}: {{{}}}\n", scenario->regions[region.row()].name, row);
    }
  }
  return text;
}

int balance(const BalanceSettings& s, const Common& common) {
  std::error_code error;
  if (!s.out.empty() && std::filesystem::exists(std::filesystem::symlink_status(s.out, error))) {
    throw OutputError("E0601", s.out, "exists already and is not overwritten");
  }
  Scenario scenario = common.load(s.file);
  std::vector<Edit> unsaid;
  for (std::size_t i = 0; i < scenario->presence.size(); ++i) {
    if (!scenario->presence[i].resistance) continue;
    unsaid.push_back({Edit::Kind::remove, place_of(scenario, i), {}});
  }
  if (!unsaid.empty()) scenario = scenario.with(unsaid);
  Resistance resistance = at_the_start(scenario, s, common);
  for (std::size_t round = 0; round < s.rounds; ++round) settle(scenario, s, common, resistance);
  const std::string text = written(scenario, s, resistance);
  if (s.out.empty()) {
    say_result(text);
  } else {
    write_atomically(s.out, text);
  }
  return exit_ok;
}

}  // namespace

void add_balance(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<BalanceSettings>();
  BalanceSettings& s = *settings;
  CLI::App& command = *program.add_subcommand(
      "balance", "Find what keeps each region's balance between its owner and armed groups");
  command.add_option("FILE", s.file, "The scenario")->required()->type_name("FILE");
  const auto count = [&](const char* name, auto& value, const char* what) {
    return command
        .add_option_function<std::string>(
            name, [name, &value](const std::string& text) { value = parse_count(text, name); },
            what)
        ->type_name("N");
  };
  count("-n,--runs", s.runs, "Runs whose draws are averaged (100)");
  count("--rounds", s.rounds, "Times that whole runs are looked at; 0: the first day alone (6)");
  count("--seed", s.seed, "Seed of the draws (1)");
  command.add_option("-o,--out", s.out, "A new file (standard output)")->type_name("FILE");
  add_common(command, common);
  add_read_limit(command, common);
  command.footer(balance_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return balance(*settings, common); };
  });
}

}  // namespace casus::cli
