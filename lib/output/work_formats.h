#pragma once

namespace casus {

// Formats of manifests, and the journals of what is not complete.
inline constexpr const char* comparison_format = "casus-comparison/1";
inline constexpr const char* calibration_format = "casus-calibration/1";

}  // namespace casus
