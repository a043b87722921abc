#include "cli/ensemble_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
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

std::string run_failure_line(std::uint32_t run, const RunFailure& failure,
                             const std::string& folder) {
  return fmt::format("run {}: {}   replay: {}", run, failure.what, replay_command(folder, run));
}

using Standing = ResultsWriter::Standing;

void report_run_failures(const Standing& standing, const std::string& folder) {
  constexpr std::size_t shown = 3;
  for (std::size_t i = 0; i < std::min(shown, standing.failures.size()); ++i) {
    const auto& [run, failure] = standing.failures[i];
    say(run_failure_line(run, failure, folder) + "\n");
  }
  if (standing.failed > shown) {
    say(fmt::format("and {} more: {}/failures.jsonl\n", counted(standing.failed - shown, "failure"),
                    folder));
  }
}

void print_results_json(const Scenario& scenario, const ResultsInfo& info,
                        const std::string& folder, const Standing& standing, bool interrupted,
                        std::span<const OutcomeSummary> summaries) {
  Json failures = Json::array();
  for (const auto& [run, failure] : standing.failures) {
    failures.push_back(
        {{"run", run}, {"what", failure.what}, {"replay", replay_command(folder, run)}});
  }
  const Json json{{"scenario", scenario->title},
                  {"file", info.scenario_file},
                  {"results", folder},
                  {"seed", info.seed},
                  {"runs",
                   {{"planned", standing.planned},
                    {"finished", standing.finished},
                    {"failed", standing.failed},
                    {"interrupted", interrupted}}},
                  {"outcomes", Json::parse(outcome_json(summaries))},
                  {"failures", std::move(failures)}};
  say_result(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void print_end(const std::string& folder, const Standing& standing, bool cancelled,
               double seconds) {
  if (standing.failed > 0) {
    say(fmt::format("{} of {} failed\n", standing.failed, counted(standing.finished, "run")));
  }
  if (standing.finished < standing.planned) {
    say(fmt::format("{} after {} of {} runs; those are saved\n",
                    cancelled ? "interrupted" : "stopped", standing.finished, standing.planned));
  }
  say(fmt::format("{} in {:.1f} s. Results: {}\n", counted(standing.finished, "run"), seconds,
                  folder));
  if (cancelled && standing.finished < standing.planned) {
    say(fmt::format("To go on: casus resume {}\n", folder));
  } else {
    say(fmt::format("One run with all its events: {}\n", replay_command(folder, standing.first)));
  }
}

int exit_code_of(const Standing& standing, bool cancelled) {
  if (cancelled && Interrupt::signal() != 0) return exit_signal + Interrupt::signal();
  return standing.failed > 0 ? exit_failed : exit_ok;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int finish_results(ResultsWriter& writer, const Scenario& scenario, const EnsembleResult& ended,
                   double seconds, ReportFile& report, const Common& common) {
  const std::vector<OutcomeSummary> summaries = writer.summaries();
  const ResultsWriter::Standing all = writer.standing();
  writer.finish(ended, summaries);
  const std::string folder = writer.where();
  report.write(folder, *common.registry);
  if (common.json) {
    print_results_json(scenario, writer.info(), folder, all, ended.cancelled, summaries);
  } else {
    say_result(outcome_table(summaries, common.color_on(STDOUT_FILENO)));
  }
  if (!common.verbose) report_run_failures(all, folder);
  if (!common.quiet) print_end(folder, all, ended.cancelled, seconds);
  report.close(common.quiet);
  return exit_code_of(all, ended.cancelled);
}

int make_runs(ResultsWriter writer, const Scenario& scenario, EnsembleOptions options,
              ProgressMode mode, const ReportWish& wish, const Common& common) {
  const auto start = std::chrono::steady_clock::now();
  ProgressLine progress(mode, common.quiet);
  ReportFile report(wish);
  report.watch(scenario, writer.info(), writer.size() == 0, options);
  // What cannot be stored need not be made.
  std::atomic<bool> broken{false};
  options.cancelled = [&] { return Interrupt::signal() != 0 || broken; };
  options.made = [&](std::uint32_t run) { return writer.has(run); };
  options.on_progress = [&](const EnsembleProgress& p) { progress.update(p); };
  options.on_result = [&](RunResult& run) {
    if (run.failure && common.verbose) {
      progress.message(run_failure_line(run.spec.run, *run.failure, writer.where()));
    }
    report.add(run);
    try {
      writer.add(run);
    } catch (...) {
      broken = true;
      throw;
    }
  };
  // It is in the store, from which tables and summaries are made: memory stays flat.
  options.keep_results = false;
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
