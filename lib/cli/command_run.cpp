#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "casus/experiment/experiment.h"
#include "casus/output/results.h"
#include "casus/output/results_folder.h"
#include "casus/run/simulation.h"
#include "casus/study/ensemble.h"
#include "cli/commands.h"
#include "cli/comparing.h"
#include "cli/ensemble_command.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/report_file.h"
#include "cli/run_options.h"
#include "cli/shard.h"

namespace casus::cli {
namespace {

struct RunSettings {
  std::string file, out, until, events = "none", executor = "tbb", shard;
  std::size_t runs = 200;
  unsigned threads = 0;
  std::uint64_t seed = 1;
  std::uint32_t first_run = 0;
  std::vector<std::string> set, remove;
  ReportWish report;
  OnFailure on_failure = OnFailure::go_on;
  ProgressMode progress = ProgressMode::automatic;
  bool overwrite = false, dry_run = false;
};

constexpr const char* run_examples = R"(Examples:
  casus run scenarios/sahel/baseline.yaml
  casus run sahel.yaml -n 2000 -j 8 -o results/big
  casus run sahel.yaml --remove pacts.aes --set actors.jnim.forces=8000
  casus run sahel.yaml -n 1 --events all    one run with its whole event log
  casus run questions.yaml                  an experiment: every world under every policy, as compare)";

// Everything below the scenario: a plan, made before anything is run or written.
struct Plan {
  Scenario scenario;
  std::string folder;
  Workers workers;
  EnsembleOptions options;
  ResultsInfo info;
};

Plan make_plan(const RunSettings& s, const Common& common) {
  // First what is cheap to be wrong about.
  const std::vector<Edit> edits = parse_edits(s.set, s.remove, s.until);
  EnsembleOptions options;
  const std::optional<Shard> shard = parse_shard(s.shard, s.first_run, s.runs);
  options.first_run = shard ? first_of(*shard) : s.first_run;
  options.runs = shard ? runs_of(*shard) : s.runs;
  options.keep_events = parse_events(s.events, s.first_run, s.runs);
  // Where runs are made elsewhere, a worker is a place that is waited for.
  Workers workers = common.places == nullptr ? parse_executor(s.executor, s.threads)
                                             : parse_executor("threads", common.places->places());
  const std::string folder = s.out.empty() ? free_folder(s.file) : s.out;
  // A free name is free until another program takes it, and then the next one is (take_folder).
  if (!s.out.empty()) ResultsWriter::check_folder(folder, s.overwrite);
  options.seed = s.seed;
  options.executor = workers.executor.get();
  options.inner = workers.inside ? workers.executor.get() : nullptr;
  options.on_failure = s.on_failure;
  options.outcomes = common.outcomes;
  options.places = common.places;
  ResultsInfo info{
      s.file,      common.arguments, s.seed, options.first_run, options.runs,
      s.overwrite, common.outcomes,  shard,  s.events,          s.on_failure == OnFailure::stop};
  return {common.load(s.file, edits), folder, std::move(workers), std::move(options),
          std::move(info)};
}

std::string headline(const Plan& plan) {
  const std::string& title = plan.scenario->title;
  return fmt::format("{}: {} of {}, seed {}, {}", title.empty() ? plan.info.scenario_file : title,
                     counted(plan.options.runs, "run"),
                     counted(plan.scenario->clock.steps(), "step"), plan.options.seed,
                     counted(plan.options.executor->workers(), "worker"));
}

/// Seconds that one run takes, as far as a second or so of one tells. Later steps may take longer
/// than the first ones.
double seconds_of_a_run(const Plan& plan, const Common& common) {
  using Watch = std::chrono::steady_clock;
  constexpr std::chrono::duration<double> patience(1.5);
  const auto start = Watch::now();
  const auto since = [&] { return std::chrono::duration<double>(Watch::now() - start); };
  try {
    Simulation run(plan.scenario, *common.registry,
                   {plan.options.seed, plan.options.first_run, plan.options.inner});
    while (!run.done() && since() < patience) run.step();
    const double share = static_cast<double>(run.steps_done()) / plan.scenario->clock.steps();
    return since().count() / std::max(share, 1e-9);
  } catch (const SimulationError&) {
    return since().count();  // a run that fails takes as long as that
  }
}

std::string time_text(double seconds) {
  if (seconds < 90.0) return fmt::format("{:.0f} s", std::max(1.0, seconds));
  if (seconds < 5400.0) return fmt::format("{:.0f} min", seconds / 60.0);
  return fmt::format("{:.1f} h", seconds / 3600.0);
}

int dry_run(const Plan& plan, const Common& common) {
  const ScenarioData& data = plan.scenario.data();
  const double workers =
      std::min<double>(plan.options.executor->workers(), static_cast<double>(plan.options.runs));
  const double seconds =
      seconds_of_a_run(plan, common) * static_cast<double>(plan.options.runs) / workers;
  const RoomNeeded room = room_needed(plan.folder, plan.scenario, plan.options.runs);
  if (common.json) {
    const nlohmann::ordered_json json{
        {"scenario", data.title},      {"file", plan.info.scenario_file},
        {"runs", plan.options.runs},   {"first_run", plan.options.first_run},
        {"seed", plan.options.seed},   {"workers", plan.options.executor->workers()},
        {"steps", data.clock.steps()}, {"outcomes", data.outcomes.size()},
        {"results", plan.folder},      {"seconds", seconds},
        {"bytes", room.bytes},         {"bytes_free", room.free}};
    say_result(json.dump(2) + "\n");
    return exit_ok;
  }
  say_result(fmt::format(
      "{}\n{}\n{}\nabout {} of work and {:.1f} MB without events; {:.1f} MB are free\n"
      "results would go to {}\n",
      headline(plan), describe(data), counted(data.outcomes.size(), "outcome"), time_text(seconds),
      static_cast<double>(room.bytes) / 1e6, static_cast<double>(room.free) / 1e6, plan.folder));
  return exit_ok;
}

/// Without a name of its own the folder gets the next free one, and takes it at once.
std::string take_folder(const Plan& plan, const RunSettings& s) {
  return s.out.empty() ? ResultsFolder::make_free(results_stem(s.file)) : plan.folder;
}

int execute(Plan plan, const RunSettings& settings, const Common& common) {
  if (settings.dry_run) return dry_run(plan, common);
  if (!common.quiet) say(headline(plan) + "\n");
  if (common.verbose) say(describe(plan.scenario.data()) + "\n");
  const Interrupt interrupt;  // before there is a folder that could be left behind
  ResultsWriter writer(take_folder(plan, settings), plan.scenario, plan.info);
  return make_runs(std::move(writer), plan.scenario, std::move(plan.options), settings.progress,
                   settings.report, common);
}

/// An experiment's worlds are made as `compare` makes them; what is of one scenario's runs is not
/// for it.
int run_experiment(const RunSettings& s, const CLI::App& command, const Common& common) {
  for (const char* option :
       {"--set", "--remove", "--until", "--events", "--on-failure", "--shard", "--dry-run"}) {
    if (command.count(option) == 0) continue;
    throw UsageError(
        fmt::format("{} is for a scenario, and {} is an experiment, which says itself what is run",
                    option, s.file));
  }
  CompareOptions options;
  options.runs = s.runs;
  options.runs_given = command.count("--runs") > 0;
  options.threads = s.threads;
  options.seed = s.seed;
  options.seed_given = command.count("--seed") > 0;
  options.first_run = s.first_run;
  options.out = s.out;
  options.executor = s.executor;
  options.overwrite = s.overwrite;
  options.progress = s.progress;
  options.report = s.report;
  const Comparing work =
      plan_experiment(load_experiment(s.file, common.read_limits()), options, common);
  return compare_and_report(work, options, common);
}

void add_choices(CLI::App& command, RunSettings& s) {
  const std::map<std::string, OnFailure> reactions{{"continue", OnFailure::go_on},
                                                   {"stop", OnFailure::stop}};
  command
      .add_option_function<std::string>(
          "--on-failure",
          [&s, reactions](const std::string& text) { s.on_failure = reactions.at(text); },
          "When a run fails: continue (the default) with the others, or stop")
      ->check(CLI::IsMember({"continue", "stop"}).description(""))
      ->type_name("WHAT");
  add_progress(command, s.progress);
}

}  // namespace

void add_run(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<RunSettings>();
  RunSettings& s = *settings;
  CLI::App& command = *program.add_subcommand("run", "Run a scenario many times, or an experiment");
  command.add_option("FILE", s.file, "The scenario, or an experiment")->required()->type_name("");
  command.add_option("-n,--runs", s.runs, "How many runs (200)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 31U).description(""))
      ->type_name("RUNS");
  command.add_option("-j,--threads", s.threads, "Workers (0, the default: all cores)")
      ->check(CLI::Range(0U, 4096U).description(""))
      ->type_name("N");
  command.add_option("-o,--out", s.out, "Results folder (results/NAME-1, -2, ...)")
      ->type_name("DIR");
  command.add_flag("--overwrite", s.overwrite, "Replace complete results in that folder");
  command.add_option("--seed", s.seed, "Seed of all random draws (1)")->type_name("N");
  command.add_option("--set", s.set, "Change a value of the scenario; repeatable")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command.add_option("--remove", s.remove, "Remove an entry of the scenario; repeatable")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command.add_option("--until", s.until, "End on this date instead")->type_name("DATE");
  command.add_option("--events", s.events, "Keep event logs: none, all, or of runs 3,17")
      ->type_name("WHICH");
  add_report_wish(command, s.report);
  add_choices(command, s);
  command.add_flag("--dry-run", s.dry_run, "Say what would be done, and do nothing");
  command.add_flag("--json", common.json, "Print JSON instead of a table");
  command.add_option("--first-run", s.first_run, "Number of the first run (0)")
      ->check(CLI::Range(0U, 1U << 31U).description(""))
      ->type_name("N")
      ->group("Advanced");
  command
      .add_option("--shard", s.shard,
                  "Make a part of the runs, as 2/8; auto: as Slurm or MPI say. See 'casus merge'")
      ->type_name("I/N")
      ->group("Advanced");
  command.add_option("--executor", s.executor, "tbb, threads, serial or shuffled:SEED (tbb)")
      ->type_name("NAME")
      ->group("Advanced");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(run_examples);
  command.callback([settings, &common, &action, &command] {
    action = [settings, &common, &command] {
      if (is_experiment(settings->file)) return run_experiment(*settings, command, common);
      return execute(make_plan(*settings, common), *settings, common);
    };
  });
}

}  // namespace casus::cli
