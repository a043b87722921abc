#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <vector>

#include "casus/scenario/scenario.h"

namespace casus::experiment {

/// `set` for every uncertain thing of a point.
inline std::vector<Edit> point_edits(const std::vector<std::string>& paths,
                                     const std::vector<double>& values) {
  std::vector<Edit> edits;
  edits.reserve(paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    edits.push_back({Edit::Kind::set, paths[i], fmt::format("{}", values[i])});
  }
  return edits;
}

}  // namespace casus::experiment
