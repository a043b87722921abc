#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "casus/output/results.h"
#include "casus/output/table.h"
#include "casus/output/version.h"
#include "casus/run/simulation.h"
#include "casus/study/ensemble.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"

namespace casus::cli {
namespace {

struct ReplaySettings {
  std::string folder, out;
  std::uint32_t run = 0;
};

constexpr const char* replay_examples = R"(Examples:
  casus replay results/sahel-baseline-1 --run 17
  casus replay results/sahel-baseline-1 --run 17 -o run17.csv
  casus replay results/sahel-baseline-1 --run 17 | grep honour

The state at the end is compared with what was recorded; a difference ends in exit code 1.)";

std::string hex(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

const RecordedRun& find_run(const RecordedResults& results, std::uint32_t run) {
  const auto found = std::find_if(results.runs.begin(), results.runs.end(),
                                  [run](const RecordedRun& r) { return r.run == run; });
  if (found != results.runs.end()) return *found;
  if (results.runs.empty()) throw UsageError(fmt::format("{} holds no runs", results.folder));
  throw UsageError(fmt::format("--run {}: {} holds runs {} to {}", run, results.folder,
                               results.runs.front().run, results.runs.back().run));
}

/// Why it came out differently, as far as one can know.
std::string difference(const RecordedResults& results, const RecordedRun& recorded,
                       const RunResult& again) {
  std::string text = fmt::format("run {} came out differently: ", recorded.run);
  if (recorded.ok != !again.failure) {
    text += recorded.ok ? "it failed now: " + again.failure->what : "it failed then, but not now";
  } else {
    text += fmt::format("state {} then, {} now; events {} then, {} now", hex(recorded.world_hash),
                        hex(again.world_hash), hex(recorded.events_hash), hex(again.events_hash));
  }
  if (results.version != version()) {
    return text + fmt::format("\nThe results were made by casus {}; this is casus {}.",
                              results.version, version());
  }
  return text + "\nThe same version, scenario and seed must give the same run: this is a bug.";
}

void print_json(const RecordedResults& results, const RunResult& run, bool same) {
  const nlohmann::ordered_json json{
      {"results", results.folder},
      {"run", run.spec.run},
      {"seed", run.spec.seed},
      {"same", same},
      {"world_hash", hex(run.world_hash)},
      {"events_hash", hex(run.events_hash)},
      {"events", run.events ? run.events->log.size() : 0},
      {"failure",
       run.failure ? nlohmann::ordered_json(run.failure->what) : nlohmann::ordered_json(nullptr)}};
  say_result(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

/// Before anything is computed.
void expect_new_file(const std::string& path) {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
    throw OutputError("E0601", path, "exists already; files are never overwritten unasked");
  }
}

int replay(const ReplaySettings& settings, const Common& common) {
  if (!settings.out.empty()) expect_new_file(settings.out);
  const RecordedResults results = read_results(settings.folder);
  const RecordedRun& recorded = find_run(results, settings.run);
  const Scenario scenario =
      load_recorded(results, common.registry->vocabulary(), common.read_limits());
  const RunResult run = run_once(scenario, *common.registry, {results.seed, settings.run, true});
  const bool same = recorded.ok ? !run.failure && run.world_hash == recorded.world_hash &&
                                      run.events_hash == recorded.events_hash
                                : run.failure.has_value();
  if (run.events && !settings.out.empty()) {
    write_events(settings.out, scenario, settings.run, *run.events);
    if (!common.quiet) {
      say(fmt::format("{} in {}\n", counted(run.events->log.size(), "event"), settings.out));
    }
  } else if (run.events && !common.json) {
    say_result(event_listing(scenario, *run.events, common.color_on(STDOUT_FILENO)));
  }
  if (common.json) print_json(results, run, same);
  if (!same) {
    say(difference(results, recorded, run) + "\n");
    return exit_bug;
  }
  if (run.failure) {
    say(fmt::format("run {} failed as recorded: {}\n", settings.run, run.failure->what));
    return exit_failed;
  }
  if (!common.quiet) {
    say(fmt::format("run {} came out as recorded: state {}\n", settings.run, hex(run.world_hash)));
  }
  return exit_ok;
}

}  // namespace

void add_replay(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<ReplaySettings>();
  CLI::App& command = *program.add_subcommand(
      "replay", "Make one run of earlier results again, with all its events");
  command.add_option("RESULTS", settings->folder, "A results folder")->required()->type_name("");
  command.add_option("--run", settings->run, "Number of the run (required)")
      ->required()
      ->type_name("N");
  command
      .add_option("-o,--out", settings->out, "Write the events to this CSV file, which must be new")
      ->type_name("FILE");
  command.add_flag("--json", common.json, "Print the comparison as JSON instead of the events");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(replay_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return replay(*settings, common); };
  });
}

}  // namespace casus::cli
