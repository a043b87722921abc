#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "casus/treaties/treaties.h"
#include "cli/commands.h"

namespace casus::cli {

/// A file with treaties, and which of them.
struct TreatyOptions {
  std::string file, of_case;
  std::vector<std::string> pacts;  ///< empty: all

  void add(CLI::App& command);
  treaties::Treaties load(const Common& common) const;
  /// Their rows, by name; throws UsageError for a name that is not there.
  std::vector<std::size_t> chosen(const treaties::Treaties& all) const;
};

/// The row of the pact of that name, or of the only one; throws UsageError.
std::size_t one_pact(const treaties::Treaties& all, const std::string& name,
                     const std::string& option);

}  // namespace casus::cli
