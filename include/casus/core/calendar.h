#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "casus/core/export.h"

namespace casus {

/// A day of the proleptic Gregorian calendar.
using Date = std::chrono::sys_days;
/// Length of a step or a delay; minutes, so that half-day steps are exact.
using Minutes = std::chrono::minutes;

/// "2023-09-16" and nothing else; nullopt for what is not a date (2023-02-30).
CASUS_API std::optional<Date> parse_date(std::string_view text);
/// ISO 8601, "2023-09-16".
CASUS_API std::string to_string(Date date);
/// Whole days from `from` to `to`, negative if `to` is earlier.
CASUS_API std::int64_t days_between(Date from, Date to);
/// Adds calendar months; the day of month is capped at the month's length.
CASUS_API Date add_months(Date date, int months);

inline constexpr double days_per_year = 365.25;
inline constexpr double days_per_month = days_per_year / 12.0;

/// The clock of a run: maps steps to dates.
struct CASUS_API Clock {
  Date start{};
  Date end{};             ///< exclusive: the last step begins before it
  Minutes step{24 * 60};  ///< > 0

  std::uint32_t steps() const;                ///< steps from start to end
  Date date(std::uint32_t step_index) const;  ///< the day on which a step begins
  double days() const { return static_cast<double>(step.count()) / (24.0 * 60.0); }
  double years() const { return days() / days_per_year; }
  /// First step that begins at or after `date`; 0 if `date` is before the start.
  std::uint32_t step_at(Date date) const;
};

/// Probability that an event of the given rate (per unit time, >= 0) happens within `duration` of
/// the same unit: 1 - exp(-rate * duration). What keeps results from depending on the step.
CASUS_API double hazard_probability(double rate, double duration);
/// Never less than that, without its power, and hardly more where it is small: 1 - e^-x <= x. The
/// margin is four thousand roundings wide. For a draw of which next to all say no; not checked.
inline double most_of_hazard(double rate, double duration) {
  const double most = rate * duration * (1.0 + 0x1p-40);
  return most >= 0.0 && most < 1.0 ? most : 1.0;  // what is no rate is found out to be none
}
/// Is `draw` below hazard_probability(rate, duration)? Exactly that, but for its cost.
inline bool below_hazard(double draw, double rate, double duration) {
  return draw < most_of_hazard(rate, duration) && draw < hazard_probability(rate, duration);
}

}  // namespace casus
