#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "casus/output/results.h"
#include "casus/output/table.h"
#include "casus/run/simulation.h"
#include "casus/study/ensemble.h"
#include "casus/study/summary.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/report_file.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

struct RunSettings {
  std::string file, out, until, events = "none", executor = "tbb";
  std::size_t runs = 200;
  unsigned threads = 0;
  std::uint64_t seed = 1;
  std::uint32_t first_run = 0;
  std::vector<std::string> set, remove;
  OnFailure on_failure = OnFailure::go_on;
  ProgressMode progress = ProgressMode::automatic;
  bool overwrite = false, dry_run = false;
  ReportWish report;
};

constexpr const char* run_examples = R"(Examples:
  casus run scenarios/sahel/baseline.yaml
  casus run sahel.yaml -n 2000 -j 8 -o results/big
  casus run sahel.yaml --remove pacts.aes --set actors.jnim.forces=8000
  casus run sahel.yaml -n 1 --events all    one run with its whole event log)";

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
  options.keep_events = parse_events(s.events, s.first_run, s.runs);
  // Where runs are made elsewhere, a worker is a place that is waited for.
  Workers workers = common.places == nullptr ? parse_executor(s.executor, s.threads)
                                             : parse_executor("threads", common.places->places());
  const std::string folder = s.out.empty() ? free_folder(s.file) : s.out;
  ResultsWriter::check_folder(folder, s.overwrite);
  options.runs = s.runs;
  options.first_run = s.first_run;
  options.seed = s.seed;
  options.executor = workers.executor.get();
  options.inner = workers.inside ? workers.executor.get() : nullptr;
  options.on_failure = s.on_failure;
  options.outcomes = common.outcomes;
  options.places = common.places;
  return {common.load(s.file, edits),
          folder,
          std::move(workers),
          std::move(options),
          {s.file, common.arguments, s.seed, s.first_run, s.runs, s.overwrite, common.outcomes}};
}

std::string headline(const Plan& plan) {
  const std::string& title = plan.scenario->title;
  return fmt::format("{}: {} of {}, seed {}, {}", title.empty() ? plan.info.scenario_file : title,
                     counted(plan.options.runs, "run"),
                     counted(plan.scenario->clock.steps(), "step"), plan.options.seed,
                     counted(plan.options.executor->workers(), "worker"));
}

int dry_run(const Plan& plan, const Common& common) {
  const ScenarioData& data = plan.scenario.data();
  if (common.json) {
    const nlohmann::ordered_json json{
        {"scenario", data.title},      {"file", plan.info.scenario_file},
        {"runs", plan.options.runs},   {"first_run", plan.options.first_run},
        {"seed", plan.options.seed},   {"workers", plan.options.executor->workers()},
        {"steps", data.clock.steps()}, {"outcomes", data.outcomes.size()},
        {"results", plan.folder}};
    say_result(json.dump(2) + "\n");
    return exit_ok;
  }
  say_result(fmt::format("{}\n{}\n{}\nresults would go to {}\n", headline(plan), describe(data),
                         counted(data.outcomes.size(), "outcome"), plan.folder));
  return exit_ok;
}

std::string failure_line(const RunResult& run, const std::string& folder) {
  return fmt::format("run {}: {}   replay: {}", run.spec.run, run.failure->what,
                     replay_command(folder, run.spec.run));
}

void report_failures(const EnsembleResult& result, const std::string& folder) {
  constexpr std::size_t shown = 3;
  std::size_t seen = 0;
  for (const RunResult& run : result.runs) {
    if (run.failure && seen++ < shown) say(failure_line(run, folder) + "\n");
  }
  if (seen > shown) {
    say(fmt::format("and {} more: {}/failures.jsonl\n", counted(seen - shown, "failure"), folder));
  }
}

void print_json(const Plan& plan, const EnsembleResult& result,
                std::span<const OutcomeSummary> summaries) {
  Json failures = Json::array();
  for (const RunResult& run : result.runs) {
    if (!run.failure) continue;
    failures.push_back({{"run", run.spec.run},
                        {"what", run.failure->what},
                        {"replay", replay_command(plan.folder, run.spec.run)}});
  }
  const Json json{{"scenario", plan.scenario->title},
                  {"file", plan.info.scenario_file},
                  {"results", plan.folder},
                  {"seed", plan.options.seed},
                  {"runs",
                   {{"planned", result.planned},
                    {"finished", result.runs.size()},
                    {"failed", result.failed()},
                    {"interrupted", result.cancelled}}},
                  {"outcomes", Json::parse(outcome_json(summaries))},
                  {"failures", std::move(failures)}};
  say_result(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void print_closing(const Plan& plan, const EnsembleResult& result, double seconds) {
  if (result.failed() > 0) {
    say(fmt::format("{} of {} failed\n", result.failed(), counted(result.runs.size(), "run")));
  }
  if (result.runs.size() < result.planned) {
    say(fmt::format("{} after {} of {} runs; those are saved\n",
                    result.cancelled ? "interrupted" : "stopped", result.runs.size(),
                    result.planned));
  }
  say(fmt::format("{} in {:.1f} s. Results: {}\nOne run with all its events: {}\n",
                  counted(result.runs.size(), "run"), seconds, plan.folder,
                  replay_command(plan.folder, result.runs.front().spec.run)));
}

int exit_code_of(const EnsembleResult& result) {
  if (result.cancelled) return exit_signal + Interrupt::signal();
  return result.failed() > 0 ? exit_failed : exit_ok;
}

int execute(Plan plan, const RunSettings& settings, const Common& common) {
  if (settings.dry_run) return dry_run(plan, common);
  if (!common.quiet) say(headline(plan) + "\n");
  if (common.verbose) say(describe(plan.scenario.data()) + "\n");
  const auto start = std::chrono::steady_clock::now();
  ResultsWriter writer(plan.folder, plan.scenario, plan.info);
  ProgressLine progress(settings.progress, common.quiet);
  ReportFile report(settings.report, plan.scenario, plan.info, plan.options);
  const Interrupt interrupt;
  plan.options.cancelled = [] { return Interrupt::signal() != 0; };
  plan.options.on_progress = [&](const EnsembleProgress& p) { progress.update(p); };
  plan.options.on_result = [&](RunResult& run) {
    if (run.failure && common.verbose) progress.message(failure_line(run, plan.folder));
    report.add(run);
    writer.add(run);
  };
  const EnsembleResult result = run_ensemble(plan.scenario, *common.registry, plan.options);
  progress.end();
  if (result.runs.empty()) {
    say("interrupted before a run was finished; nothing is saved\n");
    return exit_code_of(result);
  }
  const std::vector<OutcomeSummary> summaries = summarise(result.outcomes, result);
  writer.finish(result, summaries);
  report.write(plan.folder, *common.registry);
  if (common.json) {
    print_json(plan, result, summaries);
  } else {
    say_result(outcome_table(summaries, common.color_on(STDOUT_FILENO)));
  }
  if (!common.verbose) report_failures(result, plan.folder);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (!common.quiet) print_closing(plan, result, elapsed.count());
  report.close(common.quiet);
  return exit_code_of(result);
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
  const std::map<std::string, ProgressMode> modes{{"auto", ProgressMode::automatic},
                                                  {"plain", ProgressMode::plain},
                                                  {"none", ProgressMode::none}};
  command
      .add_option_function<std::string>(
          "--progress", [&s, modes](const std::string& text) { s.progress = modes.at(text); },
          "Progress: auto (a live line on a terminal), plain lines, or none")
      ->check(CLI::IsMember({"auto", "plain", "none"}).description(""))
      ->type_name("HOW")
      ->group("Messages");
}

}  // namespace

void add_run(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<RunSettings>();
  RunSettings& s = *settings;
  CLI::App& command = *program.add_subcommand("run", "Run a scenario many times");
  command.add_option("FILE", s.file, "The scenario")->required()->type_name("");
  command.add_option("-n,--runs", s.runs, "How many runs (200)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 31U).description(""))
      ->type_name("RUNS");
  command.add_option("-j,--threads", s.threads, "Workers (0, the default: all cores)")
      ->check(CLI::Range(0U, 4096U).description(""))
      ->type_name("N");
  command.add_option("-o,--out", s.out, "Results folder (results/NAME-1, -2, ...)")
      ->type_name("DIR");
  command.add_flag("--overwrite", s.overwrite, "Replace earlier results in that folder");
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
  add_choices(command, s);
  add_report_wish(command, s.report);
  command.add_flag("--dry-run", s.dry_run, "Say what would be done, and do nothing");
  command.add_flag("--json", common.json, "Print JSON instead of a table");
  command.add_option("--first-run", s.first_run, "Number of the first run (0)")
      ->check(CLI::Range(0U, 1U << 31U).description(""))
      ->type_name("N")
      ->group("Advanced");
  command.add_option("--executor", s.executor, "tbb, threads, serial or shuffled:SEED (tbb)")
      ->type_name("NAME")
      ->group("Advanced");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(run_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] {
      return execute(make_plan(*settings, common), *settings, common);
    };
  });
}

}  // namespace casus::cli
