#include "cli/terminal.h"

#include <gtest/gtest.h>

#include <string>

namespace casus::cli {
namespace {

TEST(Said, PlainTextIsSaidAsItIs) {
  for (const std::string text : {"", "a table\n  of two lines\n", "Côte d'Ivoire"}) {
    EXPECT_EQ(as_said(text, false, false), text);
    EXPECT_EQ(as_said(text, true, true), text);
  }
}

TEST(Said, TheProgramsOwnColoursAndNoOthers) {
  EXPECT_EQ(as_said("\x1b[1mbold\x1b[0m", true, false), "\x1b[1mbold\x1b[0m");
  EXPECT_EQ(as_said("\x1b[1mbold\x1b[0m", false, false), "?[1mbold?[0m");
  EXPECT_EQ(as_said("\x1b[5mblink\x1b[0m", true, false), "?[5mblink\x1b[0m");
  EXPECT_EQ(as_said("\x1b[2J\x1b]0;title\a", true, true), "?[2J?]0;title?");
  EXPECT_EQ(as_said("a\x1b", true, true), "a?");
}

TEST(Said, OnlyProgressGoesBackOnItsLine) {
  EXPECT_EQ(as_said("\r\x1b[K3/4 runs", false, true), "\r\x1b[K3/4 runs");
  EXPECT_EQ(as_said("\r\x1b[K3/4 runs", false, false), "??[K3/4 runs");
  EXPECT_EQ(as_said("over\rwritten", true, true), "over?written");
}

}  // namespace
}  // namespace casus::cli
