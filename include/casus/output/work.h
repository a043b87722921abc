#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "casus/core/export.h"

namespace casus {

// Folders of comparisons and calibrations, which are made of parts (worlds, points) that are kept
// in a journal until all are there.

/// How far such a folder is.
struct BegunWork {
  std::string state;  ///< running, complete, or interrupted
  std::string part;   ///< what it is made of: "world" or "point"
  std::vector<std::string> arguments;
  std::string replaces;     ///< the folder whose place it will take
  std::string writer;       ///< who writes there now, if anybody does
  std::size_t planned = 0;  ///< parts; 0: nobody has said
  std::size_t finished = 0;
  std::uint64_t seed = 1;
};
/// None where the folder holds something else. Throws OutputError E0603 for a manifest that is
/// none.
CASUS_API std::optional<BegunWork> begun_work(const std::string& folder);
/// What is wrong with its files, as verify_results says it of an ensemble's.
CASUS_API std::vector<std::string> verify_work(const std::string& folder);
/// One digest of what was asked and what came of it.
CASUS_API std::string seal_of_work(const std::string& folder);

}  // namespace casus
