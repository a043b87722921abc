#include "cli/report_file.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <utility>
#include <vector>

#include "casus/output/files.h"

namespace casus::cli {
namespace {

std::vector<ReportWays> ways_of(const why::PathGatherer& gatherer) {
  std::vector<ReportWays> all;
  for (why::PathGatherer::Row& row : gatherer.finish()) {
    ReportWays& ways = all.emplace_back();
    ways.title = std::move(row.title);
    ways.runs = row.found.runs;
    ways.happened = row.found.happened;
    ways.paths.reserve(row.found.paths.size());
    for (why::CommonPath& path : row.found.paths) {
      ways.paths.push_back({std::move(path.steps), path.runs, path.share, path.example});
    }
  }
  return all;
}

}  // namespace

void add_report_wish(CLI::App& command, ReportWish& wish) {
  CLI::Option* none = command.add_flag("--no-report", wish.none, "Write no report.html");
  command.add_flag("--open", wish.open, "Open the report, where there is a desktop")
      ->excludes(none);
}

void ReportFile::watch(const Scenario& scenario, const ResultsInfo& info, bool whole,
                       EnsembleOptions& options) {
  if (whole && !wish_.none) collector_ = std::make_unique<ReportCollector>(scenario, info);
  paths_ = std::make_unique<why::PathGatherer>(scenario);
  // By the runs of the whole, so that parts keep what one program would have kept.
  const std::size_t runs = info.shard ? info.shard->runs : info.runs;
  keeps_all_ = runs <= ReportCollector::few_runs;
  keeps_ = options.keep_events;
  if (keeps_all_) options.keep_events = [](std::uint32_t) { return true; };
}

void ReportFile::add(RunResult& run) {
  if (paths_) {
    run.ways = paths_->find(run);
    paths_->add(run);
  }
  if (collector_) collector_->add(run);
  const bool asked = keeps_ && keeps_(run.spec.run);
  if (keeps_all_ && !asked) run.events.reset();
}

ReportData ReportFile::read(const std::string& folder, const Registry& registry) {
  std::unique_ptr<why::PathGatherer> paths;
  ReportData data =
      read_report(folder, registry, [&](const Scenario& scenario, const RunResult& run) {
        if (!paths) paths = std::make_unique<why::PathGatherer>(scenario);
        paths->add(run);
      });
  if (paths) data.arms.front().ways = ways_of(*paths);
  return data;
}

void ReportFile::write(const std::string& folder, const Registry& registry) {
  if (wish_.none) return;
  const std::string path = folder + "/" + report_file;
  try {
    ReportData data;
    if (collector_) {
      collector_->tell(registry);
      data = collector_->finish(folder);
      data.arms.front().ways = ways_of(*paths_);
      read_provenance(folder, data);
    } else {
      data = read(folder, registry);
    }
    write_atomically(path, report_page(data));
    path_ = path;
  } catch (const OutputError& e) {
    // The results are there; the report can be had again.
    say(fmt::format("{}\nThe results are complete: casus report {}\n", e.what(), folder));
  }
}

void ReportFile::close(bool quiet) const {
  if (path_.empty()) return;
  if (!quiet) say(fmt::format("Report: {}\n", path_));
  if (wish_.open && !open_on_desktop(path_)) {
    say("--open: there is no desktop here; the report can be opened in any browser\n");
  }
}

bool open_on_desktop(const std::string& path) {
  if (std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) return false;
  std::string program = "xdg-open", file = path;
  char* arguments[] = {program.data(), file.data(), nullptr};
  pid_t child = 0;
  if (posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments, environ) != 0) {
    return false;
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace casus::cli
