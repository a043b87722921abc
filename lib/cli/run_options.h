#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "casus/core/executor.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"

namespace casus::cli {

// The texts that `casus run` takes, turned into what they mean. Each throws UsageError.

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
