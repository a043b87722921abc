#include "cli/report_file.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "casus/output/files.h"
#include "casus/run/simulation.h"

namespace casus::cli {

void add_report_wish(CLI::App& command, ReportWish& wish) {
  CLI::Option* none = command.add_flag("--no-report", wish.none, "Write no report.html");
  command.add_flag("--open", wish.open, "Open the report, where there is a desktop")
      ->excludes(none);
}

void ReportFile::watch(const Scenario& scenario, const ResultsInfo& info,
                       EnsembleOptions& options) {
  if (wish_.none || options.places != nullptr) return;
  collector_ = std::make_unique<ReportCollector>(scenario, info);
  options.observe = [collector = collector_.get(), before = options.observe](Simulation& run,
                                                                             const RunSpec& spec) {
    if (before) before(run, spec);
    collector->watch(run, spec);
  };
}

void ReportFile::add(const RunResult& run) {
  if (collector_) collector_->add(run);
}

void ReportFile::write(const std::string& folder, const Registry& registry) {
  if (wish_.none) return;
  const std::string path = folder + "/" + report_file;
  try {
    if (collector_) collector_->tell(registry);
    write_atomically(path, report_page(collector_ ? collector_->finish(folder)
                                                  : read_report(folder, registry.vocabulary())));
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
