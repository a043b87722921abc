#include "casus/text/number.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "casus/core/ids.h"
#include "casus/text/prior.h"

namespace casus {
namespace {

using Shape = Number::Shape;

Number cut(Shape shape, double a, double b, double low, double high) {
  Number n(shape, a, b);
  n.low = low;
  n.high = high;
  return n;
}

constexpr std::uint32_t runs = 20000;

std::vector<double> draws(const Number& number) {
  std::vector<double> all;
  for (std::uint32_t run = 0; run < runs; ++run) all.push_back(draw(number, {7, run}, "a.path"));
  return all;
}

TEST(NumberDraw, MeansAreThoseDrawn) {
  const std::vector<Number> numbers{
      Number(3.5),
      Number(Shape::uniform, 2, 6),
      Number(Shape::triangular, 3000, 5000, 6000),
      Number(Shape::normal, 10, 2),
      Number(Shape::lognormal, 2000, 0.4),
      Number(Shape::beta, 4, 6),
      cut(Shape::normal, 0.2, 0.3, 0, 1),
      cut(Shape::lognormal, 5, 1.0, 0, 10),
      cut(Shape::normal, 1, 2, 0.5, 1.5),
  };
  for (const Number& n : numbers) {
    const std::vector<double> all = draws(n);
    double sum = 0.0, squares = 0.0;
    for (const double x : all) sum += x;
    const double mean = sum / runs;
    for (const double x : all) squares += (x - mean) * (x - mean);
    const double error = std::sqrt(squares / runs / runs);
    EXPECT_NEAR(n.mean(), mean, 4.0 * error + 1e-12) << static_cast<int>(n.shape);
  }
}

TEST(NumberDraw, StaysWithinItsLimits) {
  for (const Number& n : {cut(Shape::normal, 0.9, 0.5, 0, 1), cut(Shape::lognormal, 0.5, 2, 0, 1),
                          cut(Shape::normal, 0, 1, 6, 7)}) {
    const std::vector<double> all = draws(n);
    const auto [low, high] = std::minmax_element(all.begin(), all.end());
    EXPECT_GE(*low, n.low);
    EXPECT_LE(*high, n.high);
    EXPECT_LT(*low, *high) << "a cut tail is not a heap at the limit";
  }
}

TEST(NumberDraw, QuantilesOfACutNormal) {
  // Between 0 and infinity the normal of mean 0 is the half-normal, with median 0.67448975.
  std::vector<double> all = draws(cut(Shape::normal, 0, 1, 0, INFINITY));
  std::nth_element(all.begin(), all.begin() + runs / 2, all.end());
  EXPECT_NEAR(all[runs / 2], 0.67448975, 0.02);
}

TEST(NumberDraw, IsAddressedByRunAndPath) {
  const Number n(Shape::uniform, 0, 1);
  EXPECT_EQ(draw(n, {7, 3}, "actors.jnim.forces"), draw(n, {7, 3}, "actors.jnim.forces"));
  EXPECT_NE(draw(n, {7, 3}, "actors.jnim.forces"), draw(n, {7, 4}, "actors.jnim.forces"));
  EXPECT_NE(draw(n, {7, 3}, "actors.jnim.forces"), draw(n, {8, 3}, "actors.jnim.forces"));
  EXPECT_NE(draw(n, {7, 3}, "actors.jnim.forces"), draw(n, {7, 3}, "actors.issp.forces"));
  Stream stream({7, 3}, 0, Purpose("prior"), {name_hash("actors.jnim.forces")});
  EXPECT_EQ(draw(n, {7, 3}, "actors.jnim.forces"), uniform(stream));
}

TEST(NumberDraw, DegeneratePriorsAreConstants) {
  for (const Number& n : {Number(Shape::normal, 4, 0), Number(Shape::lognormal, 4, 0),
                          Number(Shape::uniform, 4, 4), Number(Shape::triangular, 4, 4, 4)}) {
    EXPECT_EQ(draw(n, {1, 1}, "x"), 4.0);
    EXPECT_EQ(n.mean(), 4.0);
  }
}

TEST(NumberDraw, RowsAreDrawnTogether) {
  const Number a(NumberRows{"found", {1.0, 2.0, 3.0, 4.0}}),
      b(NumberRows{"found", {10, 20, 30, 40}});
  const Number apart(NumberRows{"other", {1.0, 2.0, 3.0, 4.0}});
  std::vector<int> counts(4, 0);
  int same = 0;
  for (std::uint32_t run = 0; run < runs; ++run) {
    const double x = draw(a, {7, run}, "one.path"), y = draw(b, {7, run}, "another");
    EXPECT_EQ(y, 10.0 * x) << "the same row, whatever the path";
    ++counts[static_cast<std::size_t>(x) - 1];
    same += draw(apart, {7, run}, "one.path") == x ? 1 : 0;
  }
  // A share of a quarter each, and a quarter by chance alike under another name; 5 deviations.
  const double deviation = std::sqrt(runs * 0.25 * 0.75);
  for (const int n : counts) EXPECT_NEAR(n, runs * 0.25, 5.0 * deviation);
  EXPECT_NEAR(same, runs * 0.25, 5.0 * deviation);
  EXPECT_DOUBLE_EQ(a.mean(), 2.5);
  EXPECT_DOUBLE_EQ(prior_quantile(a, 0.1), 1.0);
  EXPECT_DOUBLE_EQ(prior_quantile(a, 0.9), 4.0);
  EXPECT_EQ(a, Number(NumberRows{"found", {1.0, 2.0, 3.0, 4.0}}));
  EXPECT_FALSE(a == apart);
  EXPECT_FALSE(a == Number(2.5));
}

}  // namespace
}  // namespace casus
