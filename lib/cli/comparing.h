#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "casus/experiment/comparison.h"
#include "casus/experiment/experiment.h"
#include "cli/commands.h"
#include "cli/report_file.h"
#include "cli/terminal.h"

namespace casus::cli {

// What compare, sweep and experiments have in common: worlds are made, compared, shown and kept.

/// The options that each of them has.
struct CompareOptions {
  std::size_t runs = 200;
  bool runs_given = false;
  unsigned threads = 0;
  std::uint64_t seed = 1;
  bool seed_given = false;
  std::uint32_t first_run = 0;
  double confidence = 0.95;
  std::string out, executor = "tbb";
  std::vector<std::string> only, assertions;
  bool confidence_given = false, overwrite = false;
  bool full = false;  ///< every outcome under every policy, also where policies say what they ask
  ProgressMode progress = ProgressMode::automatic;
  ReportWish report;
};
void add_compare_options(CLI::App& command, CompareOptions& options, Common& common);

/// Names of --only that no outcome has are mistakes before anything is run.
void check_only(const std::vector<std::string>& only, const Scenario& scenario,
                const Common& common);

/// A comparison to be made.
struct Comparing {
  std::string title, name;  ///< the name is a file's, after which the results folder is called
  Worlds worlds;
  std::vector<StopRule> stop;
  std::vector<std::string> only;  ///< outcomes that the experiment names
  std::vector<std::pair<std::string, std::string>> inputs;
  std::string design;  ///< "sobol"; empty without one
  /// What is printed in place of the table of differences.
  std::function<std::string(const ComparedRuns& runs, const Comparison& comparison)> show{};
};

/// What an experiment asks for; where the command line says how many worlds, that counts. Sets the
/// options that the experiment gives and the command line does not.
Comparing plan_experiment(const ExperimentSpec& experiment, CompareOptions& options,
                          const Common& common);

/// Makes it, prints the table, writes the results and looks at what was asserted.
int compare_and_report(const Comparing& work, const CompareOptions& options, const Common& common);

}  // namespace casus::cli
