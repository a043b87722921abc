#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "casus/core/export.h"
#include "casus/study/summary.h"

namespace casus {

/// Columns of a terminal that `text` (UTF-8) takes: combining marks none, East Asian wide
/// characters and emoji two.
CASUS_API std::size_t display_width(std::string_view text);

/// A number for people: about four significant digits, thousands separated by commas ("8,412",
/// "0.0713"); "-" for NaN.
CASUS_API std::string format_number(double value);

/// The outcomes as an aligned table, a line each and a header:
///
///     Outcome               estimate   95 % interval   runs
///     ECOWAS intervenes        3.5 %    1.7 - 7.0 %    2000
///     First help                  41        30 - 55    2000  days (median), came in 1200 of 2000
///     runs
///
/// Ends with a newline. `color` makes the header bold and the notes dim.
CASUS_API std::string outcome_table(std::span<const OutcomeSummary> summaries, bool color = false);

/// The same as a JSON array of objects, with the fields of summary.csv; null for what is not there.
CASUS_API std::string outcome_json(std::span<const OutcomeSummary> summaries);

/// The log of a run for reading, an event a line: id, date, kind, who, whom, where, under which
/// pact and article and why, size, deaths, and the ids of what caused it.
CASUS_API std::string event_listing(const Scenario& scenario, const KeptEvents& events,
                                    bool color = false);

}  // namespace casus
