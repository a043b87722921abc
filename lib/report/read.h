#pragma once

#include <string>

#include "casus/report/collect.h"

namespace casus {

/// The report of a folder of compared runs: that which was made with it, to the byte.
ReportData read_comparison(const std::string& folder, const Vocabulary& vocabulary);

}  // namespace casus
