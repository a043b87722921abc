#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"
#include "casus/study/outcome.h"

namespace casus::why {

/// What is asked about: an outcome, and when it has happened. One that looks at events has if there
/// is one of them; one that is a quantity has if it passes a limit.
class CASUS_API Target {
 public:
  /// "britain_in", "deaths_mali>1000", "control_niger<0.5". Throws ContractError with the nearest
  /// name, and for a quantity without a limit.
  Target(const ScenarioData& scenario, const std::string& text);

  const OutcomeSpec& outcome() const { return scenario_->outcomes[row_]; }
  std::size_t row() const { return row_; }
  /// "Britain joins", "Deaths in Mali above 1000".
  std::string title() const;
  bool happened(const RunResult& run) const;
  /// The event by which it happened: the first that it counts, or the gravest where it adds up;
  /// none for a state at the end.
  EventId event(const EventLog& log) const;

 private:
  const ScenarioData* scenario_;
  OutcomeSet outcomes_;
  std::size_t row_ = 0;
  enum class Limit : std::uint8_t { none, above, below } limit_ = Limit::none;
  double value_ = 0.0;
};

/// The runs that are asked.
struct Runs {
  std::size_t runs = 200;
  std::uint64_t seed = 1;
  std::uint32_t first = 0;
  bool roles = false;              ///< ways are told by what actors are, and not by who they are
  Executor* executor = nullptr;    ///< none: TBB
  std::function<void()> on_run{};  ///< after each, one at a time
};

}  // namespace casus::why
