#include "sim/few_rows.h"

#include <gtest/gtest.h>

#include <cstddef>

namespace casus {
namespace {

struct Value {
  double sum = 0.0, share = 1.0;
};

TEST(FewRows, HoldWhatWasKeptAndElseWhatNobodyWrote) {
  FewRows<Value> rows;
  rows.clear(4);
  rows.keep(2).sum = 5.0;
  rows.keep(0).share = 0.5;
  rows.keep(2).sum += 1.0;
  EXPECT_EQ(rows[2].sum, 6.0);
  EXPECT_EQ(rows[2].share, 1.0);
  EXPECT_EQ(rows[0].share, 0.5);
  EXPECT_EQ(rows[0].sum, 0.0);
  for (const std::size_t other : {1, 3}) {
    EXPECT_EQ(rows[other].sum, 0.0);
    EXPECT_EQ(rows[other].share, 1.0);
  }
}

TEST(FewRows, ForgetAllAndGrowAndShrinkWithTheTable) {
  FewRows<Value> rows;
  rows.clear(3);
  rows.keep(2).sum = 5.0;
  rows.clear(5);
  for (std::size_t row = 0; row < 5; ++row) EXPECT_EQ(rows[row].sum, 0.0) << row;
  rows.keep(4).sum = 7.0;
  EXPECT_EQ(rows[4].sum, 7.0);
  // A snapshot may be of a smaller world.
  rows.clear(2);
  rows.clear(5);
  for (std::size_t row = 0; row < 5; ++row) EXPECT_EQ(rows[row].sum, 0.0) << row;
}

}  // namespace
}  // namespace casus
