#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/executor.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"

namespace casus::cli {

// The texts that commands take, turned into what they mean. Each throws UsageError.

/// A whole number from 0, digits alone (casus/core/whole_number.h); `what` names the option in the
/// complaint.
std::uint64_t parse_count(std::string_view text, const std::string& what);

/// "path=value" of --set, paths of --remove, and a date of --until (empty: none), in that order.
std::vector<Edit> parse_edits(const std::vector<std::string>& set,
                              const std::vector<std::string>& remove, const std::string& until);

/// "none", "all" or "3,17": which runs keep their events. Runs must be in [first, first + runs).
std::function<bool(std::uint32_t)> parse_events(const std::string& text, std::uint32_t first,
                                                std::size_t runs);

/// Who does the work: "tbb", "threads", "serial" or "shuffled:SEED".
struct Workers {
  std::unique_ptr<Executor> executor;
  bool inside = false;  ///< it also works inside each run
};
Workers parse_executor(const std::string& text, unsigned threads);

}  // namespace casus::cli
