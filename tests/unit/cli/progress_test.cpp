#include "cli/progress.h"

#include <gtest/gtest.h>

namespace casus::cli {
namespace {

TEST(Progress, ShowsRateAndTimeLeft) {
  EXPECT_EQ(progress_text({4000, 2664, 0}, 4.353, 20),
            "[#############-------] 2664/4000 runs  612/s  ETA 0:03");
  EXPECT_EQ(progress_text({4000, 2664, 0}, 4.353, 0), "2664/4000 runs  612/s  ETA 0:03");
}

TEST(Progress, SlowOnesCountByTheMinute) {
  EXPECT_EQ(progress_text({10, 2, 0}, 60.0, 10), "[##--------] 2/10 runs  2.0/min  ETA 4:00");
  EXPECT_EQ(progress_text({1000, 10, 0}, 100.0, 0), "10/1000 runs  6.0/min  ETA 2:45:00");
  EXPECT_EQ(progress_text({10, 5, 0}, 2.0, 0), "5/10 runs  2.5/s  ETA 0:02");
}

TEST(Progress, NamesFailures) {
  EXPECT_EQ(progress_text({100, 50, 3}, 1.0, 0), "50/100 runs, 3 failed  50/s  ETA 0:01");
}

TEST(Progress, AtBothEnds) {
  EXPECT_EQ(progress_text({10, 0, 0}, 1.0, 4), "[----] 0/10 runs");
  EXPECT_EQ(progress_text({10, 10, 0}, 1.0, 4), "[####] 10/10 runs  10/s");
  EXPECT_EQ(progress_text({0, 0, 0}, 0.0, 4), "[####] 0/0 runs");
}

}  // namespace
}  // namespace casus::cli
