#include "casus/scenario/outcome_forms.h"

#include <cstddef>

namespace casus {

std::span<const OutcomeForm> outcome_forms() {
  using Of = OutcomeForm::Of;
#define CASUS_ROW(key, ...) {.form = OutcomeForm::Form::key, .name = #key, __VA_ARGS__},
  static constexpr OutcomeForm rows[] = {CASUS_OUTCOME_FORMS(CASUS_ROW)};
#undef CASUS_ROW
  return rows;
}

const OutcomeForm& outcome_form(OutcomeForm::Form form) {
  return outcome_forms()[static_cast<std::size_t>(form)];
}

}  // namespace casus
