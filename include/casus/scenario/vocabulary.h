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
};

/// The mechanisms a scenario may configure, in the order of the step. `sim` provides the standard
/// one; a program that registers custom mechanisms appends them.
using Vocabulary = std::vector<MechanismInfo>;

}  // namespace casus
