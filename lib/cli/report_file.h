#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "casus/report/collect.h"
#include "casus/why/paths.h"
#include "cli/commands.h"

namespace casus::cli {

/// What the command line says of the report.
struct ReportWish {
  bool none = false, open = false;
};
/// --no-report and --open.
void add_report_wish(CLI::App& command, ReportWish& wish);

/// The report of an ensemble, written into its folder: gathered while it runs, or else read from
/// the results, to the same bytes.
class ReportFile {
 public:
  explicit ReportFile(const ReportWish& wish) : wish_(wish) {}
  /// Before the runs of `options` are made: few of them keep their events meanwhile. `whole`: they
  /// are all that the results will hold.
  void watch(const Scenario& scenario, const ResultsInfo& info, bool whole,
             EnsembleOptions& options);
  /// Before a run is stored: finds how things came about in it, and takes the events of runs that
  /// keep them for that alone.
  void add(RunResult& run);
  /// What can be known from the folder.
  static ReportData read(const std::string& folder, const Registry& registry);
  /// After the results have their folder. A report that cannot be written is said and costs nothing
  /// else.
  void write(const std::string& folder, const Registry& registry);
  /// Says where it is, or opens it.
  void close(bool quiet) const;

 private:
  ReportWish wish_;
  bool keeps_all_ = false;
  std::function<bool(std::uint32_t)> keeps_;  ///< what was asked for
  std::unique_ptr<ReportCollector> collector_;
  std::unique_ptr<why::PathGatherer> paths_;  ///< of the runs that keep their events
  std::string path_;
};

/// Opens a file with what the desktop opens such files with; false where there is no desktop.
bool open_on_desktop(const std::string& path);

}  // namespace casus::cli
