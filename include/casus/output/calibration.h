#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/experiment/calibration_file.h"
#include "casus/output/results_folder.h"

namespace casus {

/// What was learned, for reading: of each parameter the prior and the posterior, of each target
/// what was observed and what runs gave before and after, and what cannot be met together. Ends
/// with a newline.
CASUS_API std::string calibration_table(const MatchResult& result, bool color = false);
/// The same for other programs.
CASUS_API std::string calibration_json(const MatchResult& result);

/// What a folder of a calibration says about how it came to be.
struct CalibrationInfo {
  std::vector<std::string> arguments;
  std::uint64_t seed = 1;
};

/// Points that are finished, in a folder whose calibration is not; see Journal.
inline constexpr const char* points_journal = "points.journal";
/// A digest of all that a point's runs depend on.
CASUS_API std::string digest_of_points(const CalibrationSpec& spec, const Calibrating& made,
                                       const CalibrationInfo& info);
/// The manifest says `running`, and how to go on.
CASUS_API void begin_calibration(ResultsFolder& folder, const CalibrationSpec& spec,
                                 const Calibrating& made, const CalibrationInfo& info);

/// Writes into a new folder:
///
///     manifest.json      what made it
///     calibration.yaml   the file as it was read
///     posterior.yaml     for a scenario to include, unless everything was ruled out
///     posterior.csv      its rows
///     points.csv         every point at which the model was run, with its implausibilities
///     runs.csv           every run's values of the targets
///     parameters.csv, targets.csv, waves.csv, conflicts.csv   what `calibration_table` tells
///     datapackage.json   types and units of every table
///
/// and takes the journal away. Throws OutputError as ResultsFolder does.
CASUS_API void write_calibration(ResultsFolder& folder, const CalibrationSpec& spec,
                                 const Calibrating& made, const MatchResult& result,
                                 const CalibrationInfo& info);

}  // namespace casus
