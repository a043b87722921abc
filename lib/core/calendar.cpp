#include "casus/core/calendar.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "casus/core/contracts.h"

namespace casus {
namespace {

using std::chrono::year_month_day;

/// Reads `text` as decimal digits and nothing else; -1 if it is not.
int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = 10 * value + (c - '0');
  }
  return value;
}

std::uint32_t step_number(std::int64_t steps) {
  CASUS_EXPECTS(steps <= std::numeric_limits<std::uint32_t>::max(),
                fmt::format("{} steps are more than a run can count", steps));
  return static_cast<std::uint32_t>(steps);
}

/// Steps that begin in [0, span): the span divided by the step, rounded up.
std::int64_t steps_in(Minutes span, Minutes step) {
  CASUS_EXPECTS(step.count() > 0, fmt::format("a step of {} minutes is not above 0", step.count()));
  if (span.count() <= 0) return 0;
  return (span.count() - 1) / step.count() + 1;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text.substr(0, 4));
  const int month = digits(text.substr(5, 2));
  const int day = digits(text.substr(8, 2));
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const year_month_day ymd{std::chrono::year(year),
                           std::chrono::month(static_cast<unsigned>(month)),
                           std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date(ymd);
}

std::string to_string(Date date) {
  const year_month_day ymd(date);
  return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::int64_t days_between(Date from, Date to) { return (to - from).count(); }

Date add_months(Date date, int months) {
  const year_month_day ymd = year_month_day(date) + std::chrono::months(months);
  if (ymd.ok()) return Date(ymd);
  return Date(ymd.year() / ymd.month() / std::chrono::last);
}

std::uint32_t Clock::steps() const { return step_number(steps_in(end - start, step)); }

Date Clock::date(std::uint32_t step_index) const {
  CASUS_EXPECTS(step.count() > 0, fmt::format("a step of {} minutes is not above 0", step.count()));
  return std::chrono::floor<std::chrono::days>(start + step_index * step);
}

std::uint32_t Clock::step_at(Date date) const { return step_number(steps_in(date - start, step)); }

double hazard_probability(double rate, double duration) {
  CASUS_EXPECTS(rate >= 0.0 && std::isfinite(rate),
                fmt::format("rate {} is not a finite number >= 0", rate));
  CASUS_EXPECTS(duration >= 0.0 && std::isfinite(duration),
                fmt::format("duration {} is not a finite number >= 0", duration));
  // Of most of what can happen there is no risk now, and the power is slow.
  if (rate == 0.0) return 0.0;
  return -std::expm1(-rate * duration);
}

}  // namespace casus
