#include "text/format_of.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>

namespace casus::text {
namespace {

std::string format_of_text(const std::string& text) {
  // Tests of one program run at the same time, each in a process of its own.
  const std::string file = testing::TempDir() + "casus-format-of-" + std::to_string(getpid());
  std::ofstream(file) << text;
  std::string format = format_of(file);
  std::filesystem::remove(file);
  return format;
}

TEST(FormatOf, IsTheFirstValueOfItsKeyAtTheTopLevel) {
  EXPECT_EQ(format_of_text("casus: scenario/1\n"), "scenario/1");
  EXPECT_EQ(format_of_text("{casus: 'treaty/1'}\n"), "treaty/1");
  EXPECT_EQ(format_of_text("name: x\nof: {casus: a}\nat: [{casus: b}]\ncasus: c\n"), "c");
  EXPECT_EQ(format_of_text("casus: a\ncasus: b\n"), "a");
  EXPECT_EQ(format_of_text("casus: {casus: a}\n"), "");
  EXPECT_EQ(format_of_text("casus:\nname: x\n"), "");
  for (const char* const text : {"", "# casus: a\n", "casus\n", "- casus: a\n", "name: x\n"}) {
    EXPECT_EQ(format_of_text(text), "") << text;
  }
  EXPECT_EQ(format_of(testing::TempDir() + "casus_no_such_file.yaml"), "");
}

// What is wrong is for the reader of the file to say; what it says it is counts up to there.
TEST(FormatOf, IsReadUpToWhatIsWrong) {
  EXPECT_EQ(format_of_text("casus: a\nname: 'x\n"), "a");
  EXPECT_EQ(format_of_text("casus: a\nname: [x\n"), "a");
  EXPECT_EQ(format_of_text("casus: a\n---\ncasus: b\n"), "a");
  EXPECT_EQ(format_of_text("name: [x\ncasus: a\n"), "");
  EXPECT_EQ(format_of_text("name: x\n---\ncasus: b\n"), "");
  EXPECT_EQ(format_of_text("name: &x y\ncasus: a\n"), "a");
  EXPECT_EQ(format_of_text("name: " + std::string(10000, '[') + "\ncasus: a\n"), "");
  EXPECT_EQ(format_of_text("casus: a\nname: \xff\n"), "");  // no text at all
}

// Of a large file only the beginning is read where it says enough; what comes out is the same.
TEST(FormatOf, DoesNotDependOnWhereTheBeginningEnds) {
  const std::string large(1U << 16, '#');
  EXPECT_EQ(format_of_text("casus: a\nname: x\n#" + large), "a");
  EXPECT_EQ(format_of_text("#" + large + "\ncasus: a\nname: x\n"), "a");
  EXPECT_EQ(format_of_text("{x: [1, 2],\ncasus: a, #" + large + "\n y: 2}"), "a");
  // A value of two lines, cut between them or anywhere else near it.
  for (std::size_t before = (1U << 14) - 40; before <= 1U << 14; ++before) {
    const std::string text = std::string(before, '#') + "\ncasus: ab\n  cd\n";
    EXPECT_EQ(format_of_text(text), "ab cd") << before;
    EXPECT_EQ(format_of_text(text + "name: x\n#" + large), "ab cd") << before;
    EXPECT_EQ(format_of_text("{k: 1, #" + text + ", casus: b}"), "ab cd") << before;
  }
}

}  // namespace
}  // namespace casus::text
