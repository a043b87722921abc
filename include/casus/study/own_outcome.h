#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/study/outcome.h"

namespace casus {

class Simulation;

/// An outcome that a program defines. It is asked of every run of an ensemble, and written and
/// summed up beside those of the scenario.
struct OwnOutcome {
  std::string name{};   ///< lower-case letters, digits and underscores; no other outcome's
  std::string title{};  ///< what it is, for readers; empty: the name
  std::string unit{};
  /// What its values are, and with it how runs are summed up: `ever` 0 or 1, `count` whole numbers,
  /// `first` days until something happened, or censored; `share` [0, 1], `sum` and `final` any.
  OutcomeSpec::Form form = OutcomeSpec::Form::final;
  /// Asked at the end of each run, on several threads at once. What it throws is that run's
  /// failure.
  std::function<OutcomeValue(const Simulation&)> value{};
  /// In place of `value`, for what has to be watched: called with each run before its first step,
  /// to add observers; what it returns is asked at the end.
  std::function<std::function<OutcomeValue(const Simulation&)>(Simulation&)> watch{};
};

/// What is said of every value of a run's outcomes: the scenario's, then the program's. Throws
/// ContractError for a name that is none or is taken, and for an outcome that nobody can answer.
CASUS_API std::vector<OutcomeSpec> all_outcomes(const ScenarioData& scenario,
                                                std::span<const OwnOutcome> own);

/// The value, if it is one of the outcome's form; throws ContractError otherwise.
CASUS_API OutcomeValue checked(const OwnOutcome& outcome, OutcomeValue value);

}  // namespace casus
