#pragma once

#include <string>

#include "casus/output/results.h"
#include "casus/study/ensemble.h"
#include "cli/commands.h"
#include "cli/report_file.h"

namespace casus::cli {

/// While the caller's Interrupt lives: makes the runs that `writer` has not got yet, writes its
/// results and prints them: what `run` and `resume` have in common. Returns the exit code.
int make_runs(ResultsWriter writer, const Scenario& scenario, EnsembleOptions options,
              ProgressMode progress, const ReportWish& report, const Common& common);

/// Writes the tables and the report of results whose runs are all there, and prints them.
int finish_results(ResultsWriter& writer, const Scenario& scenario, const EnsembleResult& ended,
                   double seconds, ReportFile& report, const Common& common);

/// Adds --progress.
void add_progress(CLI::App& command, ProgressMode& mode);

}  // namespace casus::cli
