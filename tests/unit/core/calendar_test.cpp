#include "casus/core/calendar.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "casus/core/contracts.h"

namespace casus {
namespace {

using std::chrono::hours;

Date day(std::string_view text) { return parse_date(text).value(); }

TEST(Date, ReadsIsoDatesAndNothingElse) {
  for (const char* good :
       {"2023-09-16", "2024-02-29", "2000-02-29", "1914-07-28", "0001-01-01", "9999-12-31"}) {
    ASSERT_TRUE(parse_date(good)) << good;
    EXPECT_EQ(to_string(*parse_date(good)), good);
  }
  for (const char* bad :
       {"2023-02-29", "1900-02-29", "2023-02-30", "2023-13-01", "2023-00-10", "2023-01-00",
        "2023-04-31", "2023-1-01", "23-01-01", "2023/01/01", "2023-01-01 ", " 2023-01-01",
        "2023-01-01T00:00", "-023-01-01", "+023-01-01", "2023-01-1a", "20230101", ""}) {
    EXPECT_FALSE(parse_date(bad)) << bad;
  }
}

TEST(Date, CountsDays) {
  EXPECT_EQ(days_between(day("2023-09-16"), day("2025-09-16")), 731);  // 2024 is a leap year
  EXPECT_EQ(days_between(day("1914-06-28"), day("1914-07-28")), 30);
  EXPECT_EQ(days_between(day("1900-02-28"), day("1900-03-01")), 1);
  EXPECT_EQ(days_between(day("2000-02-28"), day("2000-03-01")), 2);
  EXPECT_EQ(days_between(day("2024-01-02"), day("2024-01-01")), -1);
  EXPECT_EQ(day("1970-01-01").time_since_epoch().count(), 0);
}

TEST(Date, AddsMonthsWithTheDayCapped) {
  EXPECT_EQ(add_months(day("2023-01-31"), 1), day("2023-02-28"));
  EXPECT_EQ(add_months(day("2024-01-31"), 1), day("2024-02-29"));
  EXPECT_EQ(add_months(day("2024-02-29"), 12), day("2025-02-28"));
  EXPECT_EQ(add_months(day("2024-02-29"), 48), day("2028-02-29"));
  EXPECT_EQ(add_months(day("2023-12-15"), 1), day("2024-01-15"));
  EXPECT_EQ(add_months(day("2024-03-31"), -1), day("2024-02-29"));
  EXPECT_EQ(add_months(day("2024-01-10"), -13), day("2022-12-10"));
  EXPECT_EQ(add_months(day("2024-05-31"), 0), day("2024-05-31"));
}

TEST(Clock, DailySteps) {
  const Clock clock{day("2023-09-16"), day("2025-09-16"), hours(24)};
  EXPECT_EQ(clock.steps(), 731U);
  EXPECT_EQ(clock.date(0), clock.start);
  EXPECT_EQ(clock.date(730), day("2025-09-15"));
  EXPECT_EQ(clock.step_at(day("2023-09-16")), 0U);
  EXPECT_EQ(clock.step_at(day("2023-09-17")), 1U);
  EXPECT_EQ(clock.step_at(day("2020-01-01")), 0U);
  EXPECT_EQ(clock.days(), 1.0);
}

TEST(Clock, HalfDaySteps) {
  const Clock clock{day("2024-02-28"), day("2024-03-02"), hours(12)};
  EXPECT_EQ(clock.steps(), 6U);
  EXPECT_EQ(clock.date(0), day("2024-02-28"));
  EXPECT_EQ(clock.date(1), day("2024-02-28"));
  EXPECT_EQ(clock.date(2), day("2024-02-29"));
  EXPECT_EQ(clock.date(5), day("2024-03-01"));
  EXPECT_EQ(clock.step_at(day("2024-02-29")), 2U);
  EXPECT_EQ(clock.days(), 0.5);
  EXPECT_EQ(clock.years() * 365.25, 0.5);
}

TEST(Clock, StepsThatDoNotDivideTheRun) {
  const Clock weekly{day("2024-01-01"), day("2024-01-31"), hours(24 * 7)};
  EXPECT_EQ(weekly.steps(), 5U);  // the last begins on the 29th, before the end
  EXPECT_EQ(weekly.date(4), day("2024-01-29"));
  EXPECT_EQ(weekly.step_at(day("2024-01-02")), 1U);
  EXPECT_EQ(weekly.step_at(day("2024-01-08")), 1U);
  EXPECT_EQ(weekly.step_at(day("2024-01-09")), 2U);
  const Clock odd{day("2024-01-01"), day("2024-01-03"), hours(18)};
  EXPECT_EQ(odd.steps(), 3U);
  EXPECT_EQ(odd.date(1), day("2024-01-01"));
  EXPECT_EQ(odd.date(2), day("2024-01-02"));
}

TEST(Clock, StepAtIsTheFirstStepNotBeforeTheDate) {
  for (const int minutes : {1440, 720, 1080, 10080, 100}) {
    const Clock clock{day("1969-12-20"), day("1970-02-01"), Minutes(minutes)};
    for (int d = -3; d < 40; ++d) {
      const Date date = clock.start + std::chrono::days(d);
      const std::uint32_t step = clock.step_at(date);
      EXPECT_GE(clock.start + step * clock.step, date);
      if (step > 0) {
        EXPECT_LT(clock.start + (step - 1) * clock.step, date);
      }
    }
  }
}

TEST(Clock, EmptyRunsAndBrokenSteps) {
  EXPECT_EQ((Clock{day("2024-01-01"), day("2024-01-01"), hours(24)}.steps()), 0U);
  EXPECT_EQ((Clock{day("2024-01-02"), day("2024-01-01"), hours(24)}.steps()), 0U);
  const Clock broken{day("2024-01-01"), day("2024-02-01"), hours(0)};
  EXPECT_THROW(broken.steps(), ContractError);
  EXPECT_THROW(broken.step_at(broken.end), ContractError);
  EXPECT_THROW(broken.date(1), ContractError);
  const Clock endless{day("0001-01-01"), day("9999-01-01"), Minutes(1)};
  EXPECT_THROW(endless.steps(), ContractError);
}

TEST(HazardProbability, DoesNotDependOnTheStep) {
  const double year = hazard_probability(0.3, 1.0);
  EXPECT_NEAR(year, 1.0 - std::exp(-0.3), 1e-15);
  double survival = 1.0;
  for (int i = 0; i < 730; ++i) survival *= 1.0 - hazard_probability(0.3, 1.0 / 730.0);
  EXPECT_NEAR(1.0 - survival, year, 1e-13);
  EXPECT_EQ(hazard_probability(0.0, 5.0), 0.0);
  EXPECT_EQ(hazard_probability(1e300, 1.0), 1.0);
  EXPECT_NEAR(hazard_probability(1e-18, 1.0) / 1e-18, 1.0, 1e-12);  // not lost to rounding
  EXPECT_THROW(hazard_probability(-1.0, 1.0), ContractError);
  EXPECT_THROW(hazard_probability(1.0, -1.0), ContractError);
  EXPECT_THROW(hazard_probability(std::numeric_limits<double>::quiet_NaN(), 1.0), ContractError);
  EXPECT_THROW(hazard_probability(std::numeric_limits<double>::infinity(), 0.0), ContractError);
}

TEST(HazardProbability, IsNeverAboveItsBound) {
  for (double x = 1e-320; x < 100.0; x *= 1.37) {
    for (const double duration : {1.0 / 365.25, 1.0, 7.3}) {
      const double p = hazard_probability(x, duration);
      EXPECT_LE(p, most_of_hazard(x, duration)) << x;
      for (const double draw : {0.5 * p, std::nextafter(p, 0.0), p, std::nextafter(p, 1.0), 0.9}) {
        EXPECT_EQ(below_hazard(draw, x, duration), draw < p) << x << " " << draw;
      }
    }
  }
  EXPECT_EQ(most_of_hazard(0.0, 1.0), 0.0);
  EXPECT_THROW(below_hazard(0.5, -1.0, 1.0), ContractError);
  EXPECT_THROW(below_hazard(0.5, std::numeric_limits<double>::quiet_NaN(), 1.0), ContractError);
}

}  // namespace
}  // namespace casus
