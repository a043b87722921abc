#include "cli/comparing.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>

#include "casus/core/diagnostics.h"
#include "casus/output/comparison.h"
#include "casus/output/files.h"
#include "casus/output/journal.h"
#include "casus/output/results_folder.h"
#include "casus/output/table.h"
#include "casus/study/series.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/run_options.h"
#include "cli/work_folder.h"

namespace casus::cli {
namespace {

/// The assertions, read before the first run: they need names only.
std::vector<Assertion> parse_assertions(const CompareOptions& options,
                                        const std::vector<std::string>& only, const Worlds& worlds,
                                        const Common& common) {
  ComparedRuns names;
  for (const Policy& policy : worlds.policies) names.policies.push_back(policy.name);
  for (const OutcomeSpec& o :
       all_outcomes(worlds.policies.front().scenario.data(), common.outcomes)) {
    if (only.empty() || std::find(only.begin(), only.end(), o.name) != only.end()) {
      names.outcomes.push_back(o);
    }
  }
  std::vector<Assertion> all;
  all.reserve(options.assertions.size());
  for (const std::string& text : options.assertions) {
    try {
      all.push_back(parse_assertion(text, names));
    } catch (const std::invalid_argument& e) {
      throw UsageError(fmt::format("--assert {}", e.what()));
    }
  }
  return all;
}

bool report_assertions(const std::vector<Assertion>& assertions, const Comparison& comparison) {
  bool all = true;
  for (const Assertion& assertion : assertions) {
    for (const AssertionResult& r : check(assertion, comparison)) {
      all = all && r.met;
      say(fmt::format("{}: {} under {}: {} against {}\n", r.met ? "met" : "NOT MET", assertion.text,
                      r.policy, format_number(r.found), format_number(r.bound)));
    }
  }
  return all;
}

std::string headline(const Comparing& work, const CompareOptions& options, std::size_t workers) {
  const std::size_t points = std::max<std::size_t>(1, work.worlds.points.size());
  const std::size_t worlds =
      work.stop.empty() ? points * work.worlds.replicates : work.stop.front().most;
  return fmt::format(
      "{}: {}{} under {} {}, seed {}, {}", work.title.empty() ? work.name : work.title,
      work.stop.empty() ? "" : "at most ", counted(worlds, "world"), work.worlds.policies.size(),
      work.worlds.policies.size() == 1 ? "policy" : "policies", options.seed,
      counted(workers, "worker"));
}

void say_failures(const ComparedRuns& runs) {
  constexpr std::size_t shown = 3;
  std::size_t seen = 0;
  for (const WorldResult& world : runs.worlds) {
    for (std::size_t p = 0; p < world.runs.size(); ++p) {
      if (!world.runs[p].failure || seen++ >= shown) continue;
      say(fmt::format("run {} under {}: {}\n", world.run, runs.policies[p],
                      world.runs[p].failure->what));
    }
  }
  if (seen > shown) say(fmt::format("and {} more\n", counted(seen - shown, "failure")));
}

void say_left_out(const ComparedRuns& runs) {
  if (runs.not_compared.empty()) return;
  std::string names;
  for (const std::string& name : runs.not_compared) names += (names.empty() ? "" : ", ") + name;
  say(fmt::format("not compared, as not every scenario asks it alike: {}\n", names));
}

}  // namespace

void check_only(const std::vector<std::string>& only, const Scenario& scenario,
                const Common& common) {
  std::vector<std::string> names;
  for (const OutcomeSpec& o : scenario->outcomes) names.push_back(o.name);
  for (const OwnOutcome& o : common.outcomes) names.push_back(o.name);
  for (const std::string& name : only) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string near = nearest(name, names);
    throw UsageError(fmt::format("--only {}: there is no such outcome{}", name,
                                 near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }
}

void add_compare_options(CLI::App& command, CompareOptions& o, Common& common) {
  command
      .add_option_function<std::size_t>(
          "-n,--runs", [&o](std::size_t n) { o.runs = n, o.runs_given = true; },
          "How many worlds, each run under every policy (200)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 31U).description(""))
      ->type_name("WORLDS");
  command.add_option("-j,--threads", o.threads, "Workers (0, the default: all cores)")
      ->check(CLI::Range(0U, 4096U).description(""))
      ->type_name("N");
  command
      .add_option_function<std::string>(
          "--seed",
          [&o](const std::string& text) {
            o.seed = parse_count(text, "--seed");
            o.seed_given = true;
          },
          "Seed of all random draws (1)")
      ->type_name("N");
  command.add_option("-o,--out", o.out, "Results folder (results/NAME-1, -2, ...)")
      ->type_name("DIR");
  add_report_wish(command, o.report);
  command.add_flag("--overwrite", o.overwrite, "Replace earlier results in that folder");
  command.add_option("--only", o.only, "Compare this outcome only; repeatable")
      ->type_name("OUTCOME")
      ->allow_extra_args(false);
  command
      .add_option_function<double>(
          "--confidence", [&o](double p) { o.confidence = p, o.confidence_given = true; },
          "Of the intervals (0.95)")
      ->check(CLI::Range(0.5, 0.9999).description(""))
      ->type_name("P");
  command
      .add_option("--assert", o.assertions,
                  "Exit with 5 unless this holds, as 'deaths < 0.9*baseline'; repeatable")
      ->type_name("WHAT")
      ->allow_extra_args(false);
  command.add_flag("--full", o.full,
                   "Print every outcome under every policy, and not what policies are about alone");
  command.add_flag("--json", common.json, "Print JSON instead of a table");
  const std::map<std::string, ProgressMode> modes{{"auto", ProgressMode::automatic},
                                                  {"plain", ProgressMode::plain},
                                                  {"none", ProgressMode::none}};
  command
      .add_option_function<std::string>(
          "--progress", [&o, modes](const std::string& text) { o.progress = modes.at(text); },
          "Progress: auto (a live line on a terminal), plain lines, or none")
      ->check(CLI::IsMember({"auto", "plain", "none"}).description(""))
      ->type_name("HOW")
      ->group("Messages");
  command.add_option("--first-run", o.first_run, "Number of the first world (0)")
      ->check(CLI::Range(0U, 1U << 31U).description(""))
      ->type_name("N")
      ->group("Advanced");
  command.add_option("--executor", o.executor, "tbb, threads, serial or shuffled:SEED (tbb)")
      ->type_name("NAME")
      ->group("Advanced");
  add_read_limit(command, common);
  add_common(command, common);
}

Comparing plan_experiment(const ExperimentSpec& experiment, CompareOptions& options,
                          const Common& common) {
  Comparing work;
  work.title = experiment.title;
  work.name = experiment.file;
  work.only = experiment.only;
  if (!options.seed_given) options.seed = experiment.seed.value_or(1);
  if (!options.confidence_given) options.confidence = experiment.confidence;
  ExperimentSpec asked = experiment;
  asked.seed = options.seed;
  if (options.runs_given) {
    asked.replicates = static_cast<std::uint32_t>(options.runs);
  } else if (experiment.stop) {
    work.stop.push_back(*experiment.stop);
  }
  work.worlds = make_worlds(asked, common.registry->vocabulary(), common.read_limits());
  if (!work.worlds.points.empty()) {
    work.design = design_name(experiment.design.method);
  }
  work.inputs.emplace_back(experiment.file, experiment.text);
  for (const Policy& policy : work.worlds.policies) {
    for (const auto& input : policy.scenario.inputs()) {
      const bool there = std::any_of(work.inputs.begin(), work.inputs.end(),
                                     [&](const auto& i) { return i.first == input.first; });
      if (!there) work.inputs.emplace_back(input);
    }
  }
  return work;
}

namespace {

/// Are series kept, so that they can be drawn? Not of a design's points, which are many and whose
/// scenarios differ, nor where nobody knows how many worlds there will be, nor where they would
/// take more memory than the runs are worth.
bool keeps_series(const Comparing& work, const CompareOptions& options) {
  constexpr double most_bytes = 300e6;
  if (options.report.none || !work.worlds.points.empty() || !work.stop.empty()) return false;
  double bytes = 0.0;
  for (const Policy& policy : work.worlds.policies) {
    const ScenarioData& data = policy.scenario.data();
    const SeriesObserver observer(data);
    double rows = 0.0;
    for (std::uint32_t step = 0; step <= data.clock.steps(); ++step) {
      if (observer.due(step)) rows += 1.0;
    }
    bytes += rows * static_cast<double>(observer.columns().size()) * sizeof(double);
  }
  return bytes * static_cast<double>(work.worlds.replicates) <= most_bytes;
}

/// The policies side by side.
std::optional<ReportData> report_data(const Comparing& work, const ComparedRuns& runs,
                                      const CompareOptions& options, const Common& common,
                                      const std::string& folder) {
  if (options.report.none) return {};
  const bool drawn = keeps_series(work, options);
  std::vector<PolicyRuns> policies;
  policies.reserve(runs.policies.size());
  for (std::size_t p = 0; p < runs.policies.size(); ++p) {
    PolicyRuns& policy = policies.emplace_back();
    policy.name = runs.policies[p];
    if (drawn) policy.scenario = &work.worlds.policies[p].scenario;
    for (const WorldResult& world : runs.worlds) policy.runs.push_back(&world.runs.at(p));
  }
  ResultsInfo info;
  info.scenario_file = work.name;
  info.arguments = common.arguments;
  info.seed = options.seed;
  info.first_run = options.first_run;
  ReportData data = report_of_policies(work.worlds.policies.front().scenario, runs.outcomes,
                                       policies, info, folder);
  if (!work.title.empty()) data.title = work.title;
  return data;
}

/// As a page in the folder of the results.
std::string write_report(std::optional<ReportData>& data, const std::string& folder) {
  if (!data) return {};
  const std::string path = folder + "/" + report_file;
  try {
    read_provenance(folder, *data);
    write_atomically(path, report_page(*data));
  } catch (const OutputError& e) {
    say(fmt::format("{}\nThe results are complete: casus report {}\n", e.what(), folder));
    return {};
  }
  return path;
}

}  // namespace

namespace {

/// Keeps worlds as they are finished, and gives back those that an earlier attempt has made.
class WorldsKept {
 public:
  WorldsKept(ResultsFolder& folder, const Comparing& work, ComparisonOptions& how,
             const ComparisonInfo& info)
      : folder_(folder) {
    std::vector<std::string> more = how.only;
    more.emplace_back(how.keep_series ? "with series" : "without series");
    for (const OwnOutcome& o : how.outcomes) more.push_back("own " + o.name);
    for (const std::string& path : work.worlds.paths) more.push_back(path);
    std::vector<double> values;
    for (const DesignPoint& point : work.worlds.points) {
      values.insert(values.end(), point.values.begin(), point.values.end());
    }
    for (const double x : values) more.push_back(fmt::format("{}", x));
    journal_.emplace(folder.path(worlds_journal),
                     digest_of_worlds(work.worlds.policies, info, more));
    const std::size_t each = work.worlds.points.empty() ? 0 : work.worlds.replicates;
    for (const Journal::Bytes& bytes : journal_->found()) {
      try {
        WorldResult world = unpack_world(bytes);
        const std::size_t number = world.point * each + (world.run - how.first_run);
        there_.insert_or_assign(number, std::move(world));
      } catch (const ContractError& e) {
        throw OutputError("E0603", folder.path(worlds_journal), e.what());
      }
    }
    journal_->forget();
    found_ = there_.size();
    how.there = [this](std::size_t world) -> std::optional<WorldResult> {
      const auto found = there_.find(world);
      if (found == there_.end()) return {};
      return std::move(found->second);  // it is asked for once
    };
    how.on_world = [this](const WorldResult& world) {
      journal_->add(pack_world(world));
      folder_.keep();
    };
  }

  std::size_t size() const { return found_; }
  void close() {
    journal_->sync();
    journal_.reset();
  }

 private:
  ResultsFolder& folder_;
  std::optional<Journal> journal_;
  std::map<std::size_t, WorldResult> there_;
  std::size_t found_ = 0;
};

}  // namespace

int compare_and_report(const Comparing& work, const CompareOptions& options, const Common& common) {
  const std::vector<std::string>& only = options.only.empty() ? work.only : options.only;
  check_only(only, work.worlds.policies.front().scenario, common);
  const std::vector<Assertion> assertions = parse_assertions(options, only, work.worlds, common);
  const Workers workers = parse_executor(options.executor, threads_of(options.threads, common));
  ResultsFolder folder = take_folder(options.out, work.name, options.overwrite, common);
  ComparisonInfo info{work.title,  common.arguments, options.seed, options.first_run,
                      work.design, work.inputs,      work.name};
  if (!common.quiet) say(headline(work, options, workers.executor->workers()) + "\n");

  const auto start = std::chrono::steady_clock::now();
  ProgressLine progress(options.progress, common.quiet);
  const Interrupt interrupt;
  ComparisonOptions how;
  how.first_run = options.first_run;
  how.seed = options.seed;
  how.confidence = options.confidence;
  how.executor = workers.executor.get();
  how.outcomes = common.outcomes;
  how.only = only;
  how.stop = work.stop;
  how.keep_series = keeps_series(work, options);
  how.cancelled = [] { return Interrupt::signal() != 0; };
  how.on_progress = [&](const EnsembleProgress& p) { progress.update(p); };
  check_starts(work.worlds, *common.registry, how);
  // The manifest first, so that whoever finds the folder knows what it was to be; where there is
  // one, it stays until it is clear that this is the same work.
  if (!common.resumed) begin_comparison(folder, work.worlds.policies, info);
  WorldsKept kept(folder, work, how, info);
  if (common.resumed) begin_comparison(folder, work.worlds.policies, info);
  if (kept.size() > 0 && !common.quiet) {
    say(fmt::format("there already: {}\n", counted(kept.size(), "world")));
  }
  const ComparedRuns runs = run_worlds(work.worlds, *common.registry, how);
  progress.end();
  kept.close();
  if (runs.worlds.empty()) {
    say("interrupted before a world was finished; nothing is saved\n");
    return exit_signal + Interrupt::signal();
  }
  const Comparison comparison = compare(runs, options.confidence);
  const std::string name = folder.where();
  std::optional<ReportData> data = report_data(work, runs, options, common, name);
  if (data) {
    info.series.reserve(data->arms.size());
    for (const ReportArm& arm : data->arms) info.series.emplace_back(arm.series, arm.change);
  }
  write_comparison(folder, work.worlds.policies, runs, comparison, info);
  const std::string report = write_report(data, name);
  if (common.json) {
    say_result(comparison_json(comparison));
  } else {
    const bool color = common.color_on(STDOUT_FILENO);
    const bool asked = !comparison.answers.empty() && !options.full && options.only.empty();
    say_result(work.show ? work.show(runs, comparison)
               : asked   ? answers_table(comparison, color)
                         : comparison_table(comparison, color));
    if (asked && !work.show && !common.quiet) {
      say("Every outcome under every policy: comparison.csv, or --full\n");
    }
  }
  say_left_out(runs);
  say_failures(runs);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (!common.quiet) {
    if (runs.stopped) {
      say(fmt::format("precise enough after {}\n", counted(runs.worlds.size(), "world")));
    } else if (runs.worlds.size() < runs.planned) {
      say(fmt::format("{} after {} of {} worlds; those are saved\n",
                      runs.cancelled ? "interrupted" : "ended", runs.worlds.size(), runs.planned));
    }
    say(fmt::format("{} in {:.1f} s. Results: {}\n",
                    counted(runs.worlds.size() * runs.policies.size(), "run"), elapsed.count(),
                    name));
    if (runs.cancelled) say(fmt::format("To go on: casus resume {}\n", name));
    if (!report.empty()) say(fmt::format("Report: {}\n", report));
  }
  if (options.report.open && !report.empty() && !open_on_desktop(report)) {
    say("--open: there is no desktop here; the report can be opened in any browser\n");
  }
  const bool met = report_assertions(assertions, comparison);
  if (runs.cancelled) return exit_signal + Interrupt::signal();
  if (runs.failed() > 0) return exit_failed;
  return met ? exit_ok : exit_unmet;
}

}  // namespace casus::cli
