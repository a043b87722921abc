#pragma once

#include <string>
#include <vector>

#include "casus/core/units.h"

namespace casus {

/// One parameter of a mechanism: the row from which the decoder, the schema, the reference page and
/// the sensitivity analysis are made. `low <= fallback <= high`; a value outside is an error.
struct ParameterInfo {
  std::string name;
  Unit unit = Unit::none;
  double low = 0.0;
  double high = 1.0;
  double fallback = 0.0;  ///< used where the scenario gives no value
  std::string doc;        ///< one sentence
  std::string source;     ///< citation, or "calibrated: ..." for our own choices
};

/// A mechanism as a scenario sees it.
struct MechanismInfo {
  std::string name;
  std::string doc;
  std::string source;
  std::vector<ParameterInfo> parameters;
};

/// The mechanisms a scenario may configure, in the order of the step. `sim` provides the standard
/// one; a program that registers custom mechanisms appends them.
using Vocabulary = std::vector<MechanismInfo>;

}  // namespace casus
