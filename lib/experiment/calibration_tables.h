#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/tables.h"

// The keys of calibration files: read, described and put into the schema by these tables.
namespace casus::experiment {

/// The whole file. Sections are read when the frame is known.
struct CalibrationFrame {
  std::string format, title, description, scenario;
  std::uint32_t replicates = 4, waves = 3, rows = 200;
  double cut = 3.0;
  std::optional<std::uint64_t> seed;
  const Node *uncertainties = nullptr, *design = nullptr, *outcomes = nullptr, *targets = nullptr;
};

enum class TargetScale : std::uint8_t { linear, log };
enum class TargetOf : std::uint8_t { run, mean };
/// A row of region_fact_list().
enum class FactWord : std::uint8_t {};
struct TargetKeys {
  std::string outcome, title, source;
  std::optional<FactWord> fact;
  std::vector<std::string> where;
  std::optional<double> observed, error;
  double discrepancy = 0.0;
  TargetScale scale = TargetScale::linear;
  TargetOf of = TargetOf::run;
  const Node* band = nullptr;
};

std::span<const Field<CalibrationFrame>> calibration_fields();
std::span<const Field<TargetKeys>> target_fields();

}  // namespace casus::experiment
