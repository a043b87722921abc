#include "cli/run_options.h"

#include <gtest/gtest.h>

#include <atomic>

#include "cli/commands.h"

namespace casus::cli {
namespace {

std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const UsageError& e) {
    return e.what();
  }
  return "accepted";
}

TEST(RunOptions, EditsKeepTheirOrderAndTheirText) {
  const auto edits = parse_edits({"actors.jnim.forces=5000 people", "clock.step=a=b"},
                                 {"pacts.aes"}, "2024-07-31");
  ASSERT_EQ(edits.size(), 4U);
  EXPECT_EQ(edits[0].kind, Edit::Kind::set);
  EXPECT_EQ(edits[0].path, "actors.jnim.forces");
  EXPECT_EQ(edits[0].yaml, "5000 people");
  EXPECT_EQ(edits[1].yaml, "a=b");
  EXPECT_EQ(edits[2].kind, Edit::Kind::remove);
  EXPECT_EQ(edits[2].path, "pacts.aes");
  EXPECT_EQ(edits[3].path, "clock.end");
  EXPECT_EQ(edits[3].yaml, "2024-07-31");
  EXPECT_TRUE(parse_edits({}, {}, "").empty());
}

TEST(RunOptions, EditsThatCannotBeRead) {
  for (const char* text : {"path", "=value", "path=", ""}) {
    EXPECT_NE(refusal([&] { parse_edits({text}, {}, ""); }).find("write path=value"),
              std::string::npos)
        << text;
  }
  EXPECT_NE(refusal([&] { parse_edits({}, {}, "31.7.2024"); }).find("write a date"),
            std::string::npos);
}

TEST(RunOptions, EventsOfWhichRuns) {
  EXPECT_FALSE(parse_events("none", 0, 10));
  EXPECT_TRUE(parse_events("all", 0, 10)(7));
  const auto some = parse_events("3,17", 0, 20);
  EXPECT_TRUE(some(3) && some(17));
  EXPECT_FALSE(some(0) || some(4) || some(317));
  EXPECT_TRUE(parse_events("100", 100, 1)(100));
  EXPECT_EQ(refusal([] { parse_events("99", 100, 5); }), "--events 99: the runs are 100 to 104");
  for (const char* text : {"", "3,", ",3", "3 4", "-1", "3.5", "every"}) {
    EXPECT_NE(refusal([&] { parse_events(text, 0, 10); }), "accepted") << text;
  }
}

TEST(RunOptions, ExecutorsByName) {
  EXPECT_EQ(parse_executor("serial", 8).executor->workers(), 1U);
  EXPECT_EQ(parse_executor("threads", 3).executor->workers(), 3U);
  EXPECT_GE(parse_executor("threads", 0).executor->workers(), 1U);
  EXPECT_EQ(parse_executor("tbb", 2).executor->workers(), 2U);
  EXPECT_FALSE(parse_executor("tbb", 2).inside);
  EXPECT_TRUE(parse_executor("shuffled:12", 0).inside) << "it shuffles the steps as well";
  for (const char* text : {"", "gpu", "shuffled", "shuffled:", "shuffled:x", "serial:1"}) {
    EXPECT_NE(refusal([&] { parse_executor(text, 1); }), "accepted") << text;
  }
}

}  // namespace
}  // namespace casus::cli
