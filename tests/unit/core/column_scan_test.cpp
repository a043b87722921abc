#include "casus/core/column_scan.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <limits>
#include <vector>

#include "casus/core/random.h"

namespace casus::test {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

/// Both ways must find the same place.
std::size_t found(const std::vector<double>& column, double low, double high) {
  const std::size_t place = first_outside(column, low, high);
  EXPECT_EQ(place, first_outside_one_by_one(column, low, high));
  return place;
}

std::vector<double> sound(std::size_t n) {
  std::vector<double> column;
  for (std::size_t i = 0; i < n; ++i) column.push_back(static_cast<double>(i % 5) / 4.0);
  return column;
}

TEST(ColumnScan, ASoundColumnHasNone) {
  for (std::size_t n = 0; n <= 40; ++n) EXPECT_EQ(found(sound(n), 0.0, 1.0), n);
  EXPECT_EQ(found({1e300, -1e300, -0.0}, -1e300, 1e300), 3U) << "both limits are within";
}

TEST(ColumnScan, FindsWhatIsOutsideWhereverItStands) {
  for (std::size_t n = 1; n <= 40; ++n) {
    for (std::size_t i = 0; i < n; ++i) {
      for (const double bad : {no_number, -no_number, infinite, -infinite, -1e-300, 1.0 + 1e-15}) {
        std::vector<double> column = sound(n);
        column[i] = bad;
        EXPECT_EQ(found(column, 0.0, 1.0), i) << bad << " of " << n;
      }
    }
  }
}

TEST(ColumnScan, FindsWhatIsOutsideWhereThereIsNoUpperLimit) {
  for (std::size_t n = 1; n <= 40; ++n) {
    for (std::size_t i = 0; i < n; ++i) {
      for (const double bad : {no_number, infinite, -infinite, -1e-8, 1.1e300}) {
        std::vector<double> column = sound(n);
        column[n - 1 - i / 2] = 1e15;
        column[i] = bad;
        EXPECT_EQ(found(column, -1e-9, 1e300), i) << bad << " of " << n;
      }
    }
  }
  EXPECT_EQ(found(std::vector<double>(64, 1e299), 0.0, 1e300), 64U) << "their sum is beyond it";
  EXPECT_EQ(found({infinite, -infinite}, -1.0, 1e300), 0U);
}

// The sum of a sound column may overflow, that of a column with both infinities be no number.
TEST(ColumnScan, FindsTheFirstOfSeveral) {
  EXPECT_EQ(found({0.0, 0.0, infinite, no_number, -infinite, no_number}, 0.0, 1.0), 2U);
  EXPECT_EQ(found({no_number, infinite}, 0.0, 1.0), 0U);
  EXPECT_EQ(found(std::vector<double>(64, 1e308), 0.0, 1e308), 64U);
}

TEST(ColumnScan, AgreesOnRandomColumns) {
  std::size_t outside = 0;
  for (std::uint64_t k = 0; k < 3000; ++k) {
    Stream stream({1, 0}, 0, Purpose("test"), {k});
    std::vector<double> column(static_cast<std::size_t>(uniform(stream) * 70.0));
    for (double& x : column) {
      const double u = uniform(stream);
      x = u < 0.01 ? no_number : u < 0.02 ? infinite : 1.02 * uniform(stream) - 0.01;
    }
    outside += found(column, 0.0, 1.0) < column.size();
  }
  EXPECT_GT(outside, 500U);
  EXPECT_LT(outside, 2900U);
}

}  // namespace
}  // namespace casus::test
