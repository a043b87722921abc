#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
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

The numbers are means over the runs' draws of forces and the rest. Write them to a file that the
scenario includes: changes of the scenario are then changes of a balance that was, where without
them each run begins in balance whatever its forces.)";

struct BalanceSettings {
  std::string file, out;
  std::size_t runs = 100;
  std::uint64_t seed = 1;
};

/// Mean resistance of each of the scenario's presences that fights a region's owner.
std::string balanced(const Scenario& scenario, const BalanceSettings& s, const Common& common) {
  const std::size_t n = scenario->presence.size();
  std::vector<double> sum(n, 0.0);
  std::vector<std::uint8_t> contested(n, 0);
  for (std::size_t r = 0; r < s.runs; ++r) {
    const Simulation run(scenario, *common.registry, {s.seed, static_cast<std::uint32_t>(r)});
    const World& w = run.world();
    for (std::size_t i = 0; i < n; ++i) {
      const PresenceSpec& spec = scenario->presence[i];
      if (spec.role != Role::insurgent || !w.hostile_in(spec.actor, spec.region)) continue;
      contested[i] = 1;
      sum[i] += w.presences.resistance[i];
    }
  }
  std::string text = fmt::format(
      "casus: scenario/1\n# Made by 'casus balance' as means of {} runs: log odds that keep the "
      "balance of the start.\nresistance:\n",
      s.runs);
  for (std::size_t i = 0; i < n;) {
    const RegionId region = scenario->presence[i].region;
    std::string row;
    for (; i < n && scenario->presence[i].region == region; ++i) {
      if (contested[i] == 0) continue;
      row += fmt::format("{}{}: {:.2f}", row.empty() ? "" : ", ",
                         scenario->actors[scenario->presence[i].actor.row()].name,
                         sum[i] / static_cast<double>(s.runs) + 0.0);
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
  for (const PresenceSpec& spec : scenario->presence) {
    if (!spec.resistance) continue;
    unsaid.push_back({Edit::Kind::remove,
                      fmt::format("resistance.{}.{}", scenario->regions[spec.region.row()].name,
                                  scenario->actors[spec.actor.row()].name),
                      {}});
  }
  if (!unsaid.empty()) scenario = scenario.with(unsaid);
  const std::string text = balanced(scenario, s, common);
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
