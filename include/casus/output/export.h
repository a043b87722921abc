#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/output/results.h"
#include "casus/sim/mechanism.h"

namespace casus {

/// A form into which results can be written.
struct ExportForm {
  std::string_view name;  ///< "csv"
  std::string_view doc;   ///< the files and what is in them, one or two sentences
};
CASUS_API std::span<const ExportForm> export_forms();

struct ExportOptions {
  std::string form = "csv";
  std::string out;  ///< a folder that is not there yet, or is empty
  /// Whose events; none: of those runs that kept theirs. Runs that did not are made again, and it
  /// is looked at whether they are what was recorded.
  std::function<bool(std::uint32_t run)> events{};
};

/// Writes results in another form, into a folder of its own. Returns what was written. Throws
/// OutputError, or ContractError for a form that there is none of.
CASUS_API std::vector<FileDigest> export_results(const RecordedResults& results,
                                                 const Scenario& scenario, const Registry& registry,
                                                 const ExportOptions& options);

}  // namespace casus
