#include "cli/ensemble_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "casus/output/table.h"
#include "casus/study/summary.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/progress.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string run_failure_line(const RunResult& run, const std::string& folder) {
  return fmt::format("run {}: {}   replay: {}", run.spec.run, run.failure->what,
                     replay_command(folder, run.spec.run));
}

void report_run_failures(const EnsembleResult& result, const std::string& folder) {
  constexpr std::size_t shown = 3;
  std::size_t seen = 0;
  for (const RunResult& run : result.runs) {
    if (run.failure && seen++ < shown) say(run_failure_line(run, folder) + "\n");
  }
  if (seen > shown) {
    say(fmt::format("and {} more: {}/failures.jsonl\n", counted(seen - shown, "failure"), folder));
  }
}

void print_results_json(const Scenario& scenario, const ResultsInfo& info,
                        const std::string& folder, const EnsembleResult& result,
                        std::span<const OutcomeSummary> summaries) {
  Json failures = Json::array();
  for (const RunResult& run : result.runs) {
    if (!run.failure) continue;
    failures.push_back({{"run", run.spec.run},
                        {"what", run.failure->what},
                        {"replay", replay_command(folder, run.spec.run)}});
  }
  const Json json{{"scenario", scenario->title},
                  {"file", info.scenario_file},
                  {"results", folder},
                  {"seed", info.seed},
                  {"runs",
                   {{"planned", result.planned},
                    {"finished", result.runs.size()},
                    {"failed", result.failed()},
                    {"interrupted", result.cancelled}}},
                  {"outcomes", Json::parse(outcome_json(summaries))},
                  {"failures", std::move(failures)}};
  say_result(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void print_end(const std::string& folder, const EnsembleResult& result, double seconds) {
  if (result.failed() > 0) {
    say(fmt::format("{} of {} failed\n", result.failed(), counted(result.runs.size(), "run")));
  }
  if (result.runs.size() < result.planned) {
    say(fmt::format("{} after {} of {} runs; those are saved\n",
                    result.cancelled ? "interrupted" : "stopped", result.runs.size(),
                    result.planned));
  }
  say(fmt::format("{} in {:.1f} s. Results: {}\n", counted(result.runs.size(), "run"), seconds,
                  folder));
  if (result.cancelled && result.runs.size() < result.planned) {
    say(fmt::format("To go on: casus resume {}\n", folder));
  } else {
    say(fmt::format("One run with all its events: {}\n",
                    replay_command(folder, result.runs.front().spec.run)));
  }
}

int exit_code_of(const EnsembleResult& result) {
  if (result.cancelled && Interrupt::signal() != 0) return exit_signal + Interrupt::signal();
  return result.failed() > 0 ? exit_failed : exit_ok;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int finish_results(ResultsWriter& writer, const Scenario& scenario, const EnsembleResult& ended,
                   double seconds, ReportFile& report, const Common& common) {
  const EnsembleResult all = writer.recorded(ended);
  const std::vector<OutcomeSummary> summaries = summarise(all.outcomes, all);
  writer.finish(all, summaries);
  const std::string folder = writer.where();
  report.write(folder, *common.registry);
  if (common.json) {
    print_results_json(scenario, writer.info(), folder, all, summaries);
  } else {
    say_result(outcome_table(summaries, common.color_on(STDOUT_FILENO)));
  }
  if (!common.verbose) report_run_failures(all, folder);
  if (!common.quiet) print_end(folder, all, seconds);
  report.close(common.quiet);
  return exit_code_of(all);
}

int make_runs(ResultsWriter writer, const Scenario& scenario, EnsembleOptions options,
              ProgressMode mode, const ReportWish& wish, const Common& common) {
  const auto start = std::chrono::steady_clock::now();
  ProgressLine progress(mode, common.quiet);
  ReportFile report(wish);
  if (writer.size() == 0) report.watch(scenario, writer.info(), options);
  // What cannot be stored need not be made.
  std::atomic<bool> broken{false};
  options.cancelled = [&] { return Interrupt::signal() != 0 || broken; };
  options.made = [&](std::uint32_t run) { return writer.has(run); };
  options.on_progress = [&](const EnsembleProgress& p) { progress.update(p); };
  options.on_result = [&](RunResult& run) {
    if (run.failure && common.verbose) {
      progress.message(run_failure_line(run, writer.where()));
    }
    report.add(run);
    try {
      writer.add(run);
    } catch (...) {
      broken = true;
      throw;
    }
    // It is in the store, from which tables and summaries are made: memory stays flat.
    run = RunResult{};
  };
  const EnsembleResult ended = run_ensemble(scenario, *common.registry, options);
  progress.end();
  if (ended.cancelled && writer.size() == 0) {
    say("interrupted before a run was finished; nothing is saved\n");
    return exit_signal + Interrupt::signal();
  }
  return finish_results(writer, scenario, ended, seconds_since(start), report, common);
}

void add_progress(CLI::App& command, ProgressMode& mode) {
  const std::map<std::string, ProgressMode> modes{{"auto", ProgressMode::automatic},
                                                  {"plain", ProgressMode::plain},
                                                  {"none", ProgressMode::none}};
  command
      .add_option_function<std::string>(
          "--progress", [&mode, modes](const std::string& text) { mode = modes.at(text); },
          "Progress: auto (a live line on a terminal), plain lines, or none")
      ->check(CLI::IsMember({"auto", "plain", "none"}).description(""))
      ->type_name("HOW")
      ->group("Messages");
}

}  // namespace casus::cli
