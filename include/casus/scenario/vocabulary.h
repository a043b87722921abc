#pragma once

#include <string>
#include <vector>

#include "casus/core/parameter.h"

namespace casus {

/// A mechanism as a scenario sees it.
struct MechanismInfo {
  std::string name;
  std::string doc;
  std::string source;
  std::vector<ParameterInfo> parameters;
  /// Columns of numbers that it may write ("regions.control"), looked at after it; none: any.
  /// Builds with internal checks on stop at a column that it writes and does not name.
  std::vector<std::string> writes = {};
};

/// The mechanisms a scenario may configure, in the order of the step. `sim` provides the standard
/// one; a program that registers custom mechanisms appends them.
using Vocabulary = std::vector<MechanismInfo>;

}  // namespace casus
