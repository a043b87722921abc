#include "casus/core/expm1_each.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "casus/core/random.h"

// The library's own, where a test's std::expm1 is that of the system.
extern "C" double pinned_expm1(double) __asm__("casus_expm1");

namespace casus::test {
namespace {

void expect_as_one_by_one(const std::vector<double>& of) {
  std::vector<double> each = of;
  expm1_each(each);
  for (std::size_t i = 0; i < of.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(each[i]),
              std::bit_cast<std::uint64_t>(pinned_expm1(of[i])))
        << of[i];
  }
}

TEST(Expm1Each, IsThatOfTheLibraryToTheBit) {
  std::vector<double> of;
  for (std::uint64_t k = 0; k < 200'000; ++k) {
    Stream stream({1, 0}, 0, Purpose("test"), {k});
    const double sign = uniform(stream) < 0.5 ? -1.0 : 1.0;
    // As many of each size, from what is nothing beside one to what overflows.
    of.push_back(sign * std::exp2(-70.0 + 80.0 * uniform(stream)));
  }
  expect_as_one_by_one(of);
}

TEST(Expm1Each, IsThatOfTheLibraryWhereItBeginsToDifferAndWhereThereIsNoNumber) {
  const double seam = std::bit_cast<double>(std::uint64_t{0x3fd62e43} << 32);
  std::vector<double> of;
  for (const double x : {0.0, seam, 0x1p-54, 0x1p-60, 0x1p-1022, 0x1p-1074, 1.0, 800.0,
                         std::numeric_limits<double>::infinity()}) {
    for (const double near : {std::nextafter(x, -1.0), x, std::nextafter(x, 1e308)}) {
      of.push_back(near);
      of.push_back(-near);
    }
  }
  expect_as_one_by_one(of);
  std::vector<double> none{std::numeric_limits<double>::quiet_NaN()};
  expm1_each(none);
  EXPECT_TRUE(std::isnan(none[0]));
}

// However many there are, and with some among them that are asked of the library.
TEST(Expm1Each, TakesAnyNumber) {
  for (std::size_t n = 0; n < 70; ++n) {
    std::vector<double> of;
    for (std::size_t i = 0; i < n; ++i)
      of.push_back(i % 7 == 3 ? -2.0 : 0.001 * static_cast<double>(i));
    expect_as_one_by_one(of);
  }
}

}  // namespace
}  // namespace casus::test
