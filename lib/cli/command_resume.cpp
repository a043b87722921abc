#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "casus/output/results.h"
#include "casus/output/results_folder.h"
#include "casus/output/work.h"
#include "cli/commands.h"
#include "cli/ensemble_command.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

struct ResumeSettings {
  std::string folder, executor = "tbb";
  unsigned threads = 0;
  ProgressMode progress = ProgressMode::automatic;
  ReportWish report;
};

constexpr const char* resume_examples = R"(Examples:
  casus resume results/sahel-baseline-1
  casus status results/sahel-baseline-1     how far it is

The tables are, byte for byte, those of a run that nothing had interrupted. That takes the program and
the scenario that began it: another build is refused.)";

/// Of worlds under several policies, and of a calibration.
int resume_work(const ResumeSettings& s, const BegunWork& begun, const Common& common) {
  if (begun.state == "complete") {
    if (!common.quiet) say(fmt::format("{} is complete; there is nothing to do\n", s.folder));
    return exit_ok;
  }
  return go_on_with(begun.arguments, common, {s.folder, begun.replaces, s.threads});
}

int resume(const ResumeSettings& s, const Common& common) {
  if (const auto begun = begun_work(s.folder)) return resume_work(s, *begun, common);
  const RecordedResults before = read_results(s.folder);
  const std::string own =
      std::filesystem::path(s.folder + "/.").lexically_normal().parent_path().filename().string();
  if (before.state == "complete" && !before.replaces.empty() && before.replaces != own) {
    ResultsFolder folder = ResultsFolder::reopen(s.folder, before.replaces);
    folder.publish();
    if (!common.quiet) say(fmt::format("the results are complete. Results: {}\n", folder.name()));
    return exit_ok;
  }
  if (before.state == "complete") {
    if (!common.quiet) {
      say(fmt::format("{} is complete: {}; there is nothing to do\n", s.folder,
                      counted(before.runs.size(), "run")));
    }
    return exit_ok;
  }
  if (before.stop_at_failure) {
    for (const RecordedRun& run : before.runs) {
      if (run.ok) continue;
      throw UsageError(fmt::format("{} stopped at run {}, which failed, as it was asked to; see {}",
                                   s.folder, run.run, replay_command(s.folder, run.run)));
    }
  }
  const Scenario scenario =
      load_recorded(before, common.registry->vocabulary(), common.read_limits());
  Workers workers = common.places == nullptr ? parse_executor(s.executor, s.threads)
                                             : parse_executor("threads", common.places->places());
  const Interrupt interrupt;
  ResultsWriter writer = ResultsWriter::resume(s.folder, scenario, common.outcomes);
  const ResultsInfo& info = writer.info();
  EnsembleOptions options;
  options.runs = info.runs;
  options.first_run = info.first_run;
  options.seed = info.seed;
  const std::uint32_t first = info.shard ? info.shard->first_run : info.first_run;
  options.keep_events = parse_events(info.events, first, info.shard ? info.shard->runs : info.runs);
  options.on_failure = info.stop_at_failure ? OnFailure::stop : OnFailure::go_on;
  options.outcomes = common.outcomes;
  options.places = common.places;
  options.executor = workers.executor.get();
  options.inner = workers.inside ? workers.executor.get() : nullptr;
  if (!common.quiet) {
    say(fmt::format("{}: {} of {} are there\n",
                    scenario->title.empty() ? info.scenario_file : scenario->title,
                    before.runs.size(), counted(info.runs, "run")));
  }
  return make_runs(std::move(writer), scenario, std::move(options), s.progress, s.report, common);
}

}  // namespace

void add_resume(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<ResumeSettings>();
  ResumeSettings& s = *settings;
  CLI::App& command = *program.add_subcommand("resume", "Go on with results that were cut short");
  command.add_option("RESULTS", s.folder, "A results folder")->required()->type_name("");
  command.add_option("-j,--threads", s.threads, "Workers (0, the default: all cores)")
      ->check(CLI::Range(0U, 4096U).description(""))
      ->type_name("N");
  add_progress(command, s.progress);
  add_report_wish(command, s.report);
  command.add_flag("--json", common.json, "Print JSON instead of a table");
  command.add_option("--executor", s.executor, "tbb, threads, serial or shuffled:SEED (tbb)")
      ->type_name("NAME")
      ->group("Advanced");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(resume_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return resume(*settings, common); };
  });
}

}  // namespace casus::cli
