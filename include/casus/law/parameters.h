#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "casus/core/export.h"
#include "casus/core/parameter.h"
#include "casus/law/settings.h"

namespace casus::law {

/// How a parameter is read in a single case (a casebook), where that differs from a scenario: a
/// case shows what follows from the text of a treaty, a scenario what is likely.
struct SingleCase {
  double low = 0.0, high = 0.0;
  std::optional<double> value{};  ///< unset: that of a scenario
  std::string_view why{};         ///< of another value
};

/// One parameter of the law, from its row in casus/law/parameter_rows.h. That row is all there is
/// of it beside its use: its member of Settings, what is saved of it, the mechanism `commitments`,
/// the `settings` of casebooks, schema and reference are made from it.
struct LawParameter : Parameter<Settings> {
  std::string_view spelt_before{};          ///< in older casebooks: "honour.neutral"
  std::optional<SingleCase> single_case{};  ///< unset: as in a scenario
  bool of_scenarios = true;                 ///< false: no act of a scenario can make it matter

  double case_low() const { return single_case ? single_case->low : info.low; }
  double case_high() const { return single_case ? single_case->high : info.high; }
  double case_value() const {
    return single_case ? single_case->value.value_or(info.fallback) : info.fallback;
  }
};

/// All parameters of the law, in the order of the reference.
CASUS_API std::span<const LawParameter> parameters();

}  // namespace casus::law
