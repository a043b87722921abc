#include "casus/scenario/outcome_forms.h"

namespace casus {

std::span<const OutcomeForm> outcome_forms() {
  using Form = OutcomeSpec::Form;
  using Of = OutcomeForm::Of;
  static constexpr OutcomeForm rows[] = {
      {.form = Form::ever,
       .name = "ever",
       .doc = "Does such an event happen?",
       .example = "intervention",
       .whole_number = true,
       .statistic = Statistic::proportion,
       .low = 0,
       .high = 1,
       .note = " (1: it happened, 0: not)"},
      {.form = Form::count,
       .name = "count",
       .doc = "How many such events happen.",
       .example = "coup",
       .whole_number = true},
      {.form = Form::first,
       .name = "first",
       .doc = "Days from the start to the first such event; censored if none comes.",
       .example = "honour",
       .statistic = Statistic::median_duration,
       .unit = "days",
       .note = ": days from the start until it happened, or, where {happened} is 0, for which the "
               "run was watched without it"},
      {.form = Form::sum,
       .name = "sum",
       .doc = "A total over the regions of `where` at the end of the run.",
       .example = "deaths",
       .of = Of::totals},
      {.form = Form::final,
       .name = "final",
       .doc =
           "A column at the end of the run: of the regions of `where`, or of the actors of `by`; "
           "a total, or a mean where a total means nothing.",
       .example = "control",
       .of = Of::columns},
      {.form = Form::share,
       .name = "share",
       .doc = "The share of such events among those of the kinds `of`.",
       .example = "honour",
       .needs_whole = true,
       .low = 0,
       .high = 1,
       .note = " (empty: a share of nothing)"},
  };
  return rows;
}

const OutcomeForm& outcome_form(OutcomeSpec::Form form) {
  return outcome_forms()[static_cast<std::size_t>(form)];
}

}  // namespace casus
