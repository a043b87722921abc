#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "casus/study/ensemble.h"

namespace casus::test {

/// All that comes back of a run is the same to the bit, wherever and however it was made.
inline void expect_same_run(const RunResult& a, const RunResult& b) {
  ASSERT_EQ(a.failure.has_value(), b.failure.has_value());
  EXPECT_EQ(a.spec.run, b.spec.run);
  EXPECT_EQ(a.world_hash, b.world_hash);
  EXPECT_EQ(a.events_hash, b.events_hash);
  EXPECT_EQ(a.event_count, b.event_count);
  EXPECT_EQ(a.inputs, b.inputs);
  // What is not defined in a run is not a number.
  const auto same = [](double x, double y) { return x == y || (x != x && y != y); };
  ASSERT_EQ(a.outcomes.size(), b.outcomes.size());
  for (std::size_t o = 0; o < a.outcomes.size(); ++o) {
    EXPECT_EQ(a.outcomes[o].status, b.outcomes[o].status) << o;
    EXPECT_TRUE(same(a.outcomes[o].value, b.outcomes[o].value)) << o;
  }
  EXPECT_TRUE(std::equal(a.days.begin(), a.days.end(), b.days.begin(), b.days.end(), same));
  EXPECT_EQ(a.promises, b.promises);
  ASSERT_EQ(a.series.size(), b.series.size());
  for (std::size_t i = 0; i < a.series.size(); ++i) {
    EXPECT_EQ(a.series[i].step, b.series[i].step);
    EXPECT_EQ(a.series[i].values, b.series[i].values);
  }
  ASSERT_EQ(a.events.has_value(), b.events.has_value());
  if (!a.events) return;
  EXPECT_EQ(a.events->log.hash(), b.events->log.hash());
  EXPECT_EQ(a.events->actors, b.events->actors);
  const auto all = a.events->log.all(), other = b.events->log.all();
  ASSERT_EQ(all.size(), other.size());
  for (std::size_t e = 0; e < all.size(); ++e) {
    const auto causes = a.events->log.causes(all[e]), others = b.events->log.causes(other[e]);
    EXPECT_TRUE(std::equal(causes.begin(), causes.end(), others.begin(), others.end())) << e;
  }
}

}  // namespace casus::test
