#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/archive.h"
#include "casus/core/diagnostics.h"
#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/experiment/experiment.h"
#include "casus/experiment/history_match.h"
#include "casus/scenario/scenario.h"
#include "casus/sim/mechanism.h"
#include "casus/study/own_outcome.h"

namespace casus {

/// What a calibration file says: the uncertain things of a scenario, and what was observed.
struct CalibrationSpec {
  ExperimentSpec experiment;  ///< scenario, priors, design, outcomes; its policies are none
  struct Target {
    MatchTarget match;
    std::string outcome;             ///< of the scenario or the file
    std::string fact;                ///< or a fact of regions and months
    std::vector<std::string> where;  ///< the regions' owners or names that it is of; empty: all
    Location at;                     ///< for what is wrong with its name
  };
  std::vector<Target> targets;
  std::vector<Location> uncertain_at;  ///< where the uncertain things are named
  std::size_t waves = 3, rows = 200;
  double cut = 3.0;
};

/// Is it a calibration, by its first key? False for files that cannot be read.
CASUS_API bool is_calibration(const std::string& file);
/// Reads a file of the format calibration/1. Throws ScenarioError with every problem found in it.
CASUS_API CalibrationSpec load_calibration(const std::string& file, const ReadLimits& limits = {});
CASUS_API CalibrationSpec parse_calibration(const std::string& text, const std::string& name,
                                            const ReadLimits& limits = {});

/// A calibration that fits its scenario.
struct Calibrating {
  Scenario scenario;
  std::vector<std::vector<double>> design;  ///< in the unit cube
  std::vector<MatchTarget> targets;         ///< with titles and units
  std::vector<OwnOutcome> own;              ///< the program's, then the facts
  std::vector<std::size_t> rows;            ///< of each target, among the runs' outcomes
};
/// Throws ScenarioError for what of the file does not fit the scenario.
CASUS_API Calibrating make_calibration(const CalibrationSpec& spec, const Vocabulary& vocabulary,
                                       const std::vector<OwnOutcome>& own = {},
                                       const ReadLimits& limits = {});

/// The runs of one point.
struct PointRuns {
  std::vector<double> values;  ///< of the uncertain things
  std::uint32_t first = 0;     ///< replicate
  MatchRuns runs;
  void archive(Archive& a) { a(values, first, runs); }
};

struct CalibrationOptions {
  std::uint64_t seed = 1;
  Executor* executor = nullptr;  ///< shares out the points; none: TBB
  std::function<bool()> cancelled{};
  std::function<void(std::size_t planned, std::size_t runs)> on_progress{};  ///< one at a time
  /// Runs of a point that there are already; and each point that was made, in no order. Both are
  /// called on several threads at once.
  std::function<std::optional<MatchRuns>(const std::vector<double>& values, std::uint32_t first)>
      there{};
  std::function<void(PointRuns&)> on_point{};
};
/// The same for any executor.
CASUS_API MatchResult calibrate(const CalibrationSpec& spec, const Calibrating& made,
                                const Registry& registry, const CalibrationOptions& options);

/// The posterior as a file that a scenario includes: every number by rows, so that what is known
/// together is drawn together.
CASUS_API std::string posterior_yaml(const CalibrationSpec& spec, const MatchResult& result,
                                     const std::string& name);

/// JSON Schema (draft-07) of calibration files.
CASUS_API std::string calibration_schema();
/// What one can say in a calibration file, a paragraph a key, for `casus docs calibration`.
CASUS_API std::string calibration_reference();

}  // namespace casus
