#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/experiment/calibration_file.h"
#include "casus/output/calibration.h"
#include "casus/output/files.h"
#include "casus/output/journal.h"
#include "casus/output/results_folder.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/run_options.h"
#include "cli/work_folder.h"

namespace casus::cli {
namespace {

constexpr const char* calibrate_examples = R"(Examples:
  casus calibrate scenarios/tutorial/calibration.yaml
  casus calibrate scenarios/sahel/calibration.yaml -j 8 -o results/sahel-calibrated
  casus docs calibration                    what the file can say

The posterior is a file that a scenario includes: include: [baseline.yaml, posterior.yaml]. Exit
code 5: no value of the uncertain things meets the targets.)";

struct CalibrateSettings {
  std::string file, out, executor = "tbb";
  std::uint64_t seed = 1;
  bool seed_given = false, overwrite = false;
  std::size_t replicates = 0, points = 0, waves = 0;  ///< 0: as the file says
  unsigned threads = 0;
  ProgressMode progress = ProgressMode::automatic;
};

CalibrationSpec asked(const CalibrateSettings& s, const Common& common) {
  CalibrationSpec spec = load_calibration(s.file, common.read_limits());
  if (s.seed_given) spec.experiment.seed = s.seed;
  if (s.replicates > 0) spec.experiment.replicates = static_cast<std::uint32_t>(s.replicates);
  if (s.waves > 0) spec.waves = s.waves;
  if (s.points > 0) {
    const std::size_t least = spec.experiment.uncertainties.size() + 3;
    if (s.points < least) {
      throw UsageError(fmt::format("--points: {} cannot tell {} apart; {} are the least", s.points,
                                   counted(spec.experiment.uncertainties.size(), "uncertain thing"),
                                   least));
    }
    spec.experiment.design.points = static_cast<std::uint32_t>(s.points);
  }
  return spec;
}

/// Keeps points as they are finished, and gives back those that an earlier attempt has made.
class PointsKept {
 public:
  PointsKept(ResultsFolder& folder, const std::string& about, CalibrationOptions& how)
      : folder_(folder) {
    const std::string path = folder.path(points_journal);
    journal_.emplace(path, about);
    for (const Journal::Bytes& bytes : journal_->found()) {
      try {
        Reader reader(bytes);
        PointRuns point;
        reader(point);
        there_[{std::move(point.values), point.first}] = std::move(point.runs);
      } catch (const ContractError& e) {
        throw OutputError("E0603", path, e.what());
      }
    }
    journal_->forget();
    how.there = [this](const std::vector<double>& values,
                       std::uint32_t first) -> std::optional<MatchRuns> {
      const auto found = there_.find({values, first});
      if (found == there_.end()) return {};
      return found->second;
    };
    how.on_point = [this](PointRuns& point) {
      Writer writer;
      writer(point);
      const std::lock_guard lock(mutex_);
      journal_->add(writer.bytes());
      ++added_;
      folder_.keep();
    };
  }

  std::size_t size() const { return there_.size(); }
  std::size_t added() const { return added_; }
  void close() {
    journal_->sync();
    journal_.reset();
  }

 private:
  ResultsFolder& folder_;
  std::mutex mutex_;
  std::optional<Journal> journal_;
  std::map<std::pair<std::vector<double>, std::uint32_t>, MatchRuns> there_;
  std::size_t added_ = 0;
};

int calibrate_file(const CalibrateSettings& s, const Common& common) {
  const CalibrationSpec spec = asked(s, common);
  const Calibrating made =
      make_calibration(spec, common.registry->vocabulary(), common.outcomes, common.read_limits());
  const Workers workers = parse_executor(s.executor, threads_of(s.threads, common));
  ResultsFolder folder = take_folder(s.out, s.file, s.overwrite, common);
  const std::uint64_t seed = spec.experiment.seed.value_or(1);
  if (!common.quiet) {
    say(fmt::format("{}: {} by {}, {} waves of {} with {} each, seed {}, {}\n",
                    spec.experiment.title.empty() ? s.file : spec.experiment.title,
                    counted(spec.experiment.uncertainties.size(), "uncertain thing"),
                    counted(made.targets.size(), "target"), spec.waves,
                    counted(made.design.size(), "point"),
                    counted(spec.experiment.replicates, "run"), seed,
                    counted(workers.executor->workers(), "worker")));
    for (const MatchTarget& t : made.targets) {
      if (t.discrepancy > 0.0) continue;
      say(fmt::format("note: target '{}' has no discrepancy: the model is taken for true in it\n",
                      t.name));
    }
  }
  const auto start = std::chrono::steady_clock::now();
  ProgressLine progress(s.progress, common.quiet);
  const Interrupt interrupt;
  CalibrationOptions how;
  how.seed = seed;
  how.executor = workers.executor.get();
  how.cancelled = [] { return Interrupt::signal() != 0; };
  how.on_progress = [&](std::size_t planned, std::size_t runs) {
    progress.update({planned, runs, 0});
  };
  const CalibrationInfo info{common.arguments, seed};
  if (!common.resumed) begin_calibration(folder, spec, made, info);
  PointsKept kept(folder, digest_of_points(spec, made, info), how);
  if (common.resumed) begin_calibration(folder, spec, made, info);
  if (kept.size() > 0 && !common.quiet) {
    say(fmt::format("there already: {}\n", counted(kept.size(), "point")));
  }
  const MatchResult result = calibrate(spec, made, *common.registry, how);
  progress.end();
  kept.close();
  if (result.cancelled) {
    const bool some = kept.size() + kept.added() > 0;
    say(some
            ? fmt::format("interrupted; the {} that are finished are saved\nTo go on: casus resume "
                          "{}\n",
                          counted(kept.size() + kept.added(), "point"), folder.where())
            : std::string("interrupted; nothing is saved\n"));
    return exit_signal + Interrupt::signal();
  }
  write_calibration(folder, spec, made, result, info);
  const std::string name = folder.where();
  say_result(common.json ? calibration_json(result)
                         : calibration_table(result, common.color_on(STDOUT_FILENO)));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (!common.quiet) {
    if (result.failed > 0) say(fmt::format("{} failed\n", counted(result.failed, "run")));
    say(fmt::format("{} in {:.1f} s. Results: {}\n", counted(result.runs, "run"), elapsed.count(),
                    name));
    if (!result.rows.empty()) say(fmt::format("Posterior: {}/posterior.yaml\n", name));
  }
  if (result.failed > 0) return exit_failed;
  return result.empty ? exit_unmet : exit_ok;
}

}  // namespace

void add_calibrate(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<CalibrateSettings>();
  CalibrateSettings& s = *settings;
  CLI::App& command = *program.add_subcommand(
      "calibrate", "Find which values of uncertain things agree with what was observed");
  command.add_option("FILE", s.file, "A file of the format calibration/1")
      ->required()
      ->type_name("");
  command.add_option("-n,--runs", s.replicates, "Runs of each point (as the file says)")
      ->check(CLI::Range(std::size_t{2}, std::size_t{100000}).description(""))
      ->type_name("N");
  command.add_option("--points", s.points, "Points of each wave (as the file says)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100000}).description(""))
      ->type_name("N");
  command.add_option("--waves", s.waves, "Waves (as the file says)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{20}).description(""))
      ->type_name("N");
  command
      .add_option_function<std::string>(
          "--seed",
          [settings](const std::string& text) {
            settings->seed = parse_count(text, "--seed");
            settings->seed_given = true;
          },
          "Seed of all random draws (as the file says, else 1)")
      ->type_name("N");
  command.add_option("-j,--threads", s.threads, "Workers (0, the default: all cores)")
      ->check(CLI::Range(0U, 4096U).description(""))
      ->type_name("N");
  command.add_option("-o,--out", s.out, "Results folder (results/NAME-1, -2, ...)")
      ->type_name("DIR");
  command.add_flag("--overwrite", s.overwrite, "Replace earlier results in that folder");
  command.add_flag("--json", common.json, "Print JSON instead of a table");
  const std::map<std::string, ProgressMode> modes{{"auto", ProgressMode::automatic},
                                                  {"plain", ProgressMode::plain},
                                                  {"none", ProgressMode::none}};
  command
      .add_option_function<std::string>(
          "--progress",
          [settings, modes](const std::string& text) { settings->progress = modes.at(text); },
          "Progress: auto (a live line on a terminal), plain lines, or none")
      ->check(CLI::IsMember({"auto", "plain", "none"}).description(""))
      ->type_name("HOW")
      ->group("Messages");
  command.add_option("--executor", s.executor, "tbb, threads, serial or shuffled:SEED (tbb)")
      ->type_name("NAME")
      ->group("Advanced");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(calibrate_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return calibrate_file(*settings, common); };
  });
}

}  // namespace casus::cli
