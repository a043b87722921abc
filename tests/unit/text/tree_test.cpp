#include "text/tree.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "casus/core/diagnostics.h"

namespace casus::text {
namespace {

Node parsed(const std::string& text) {
  Sources sources;
  sources.add("test.yaml", text);
  Problems problems(sources);
  Tree tree = parse_tree(sources, 0, problems);
  EXPECT_TRUE(tree.complete && problems.empty()) << text;
  return std::move(tree.root);
}

// The parser says where nothing is written by the place of what comes next.
TEST(Tree, AnEmptyValueIsNotTheKeyAfterIt) {
  const Node root = parsed("a:\nnullable: 1\nb: null\nc: ~\n");
  ASSERT_EQ(root.entries.size(), 4U);
  EXPECT_TRUE(root.entries[0].value.is_null());
  EXPECT_EQ(root.entries[0].value.text, "");
  EXPECT_EQ(root.entries[1].key, "nullable");
  EXPECT_EQ(root.entries[2].value.text, "null");
  EXPECT_EQ(root.entries[3].value.text, "~");
}

std::string refused(const std::string& text) {
  Sources sources;
  sources.add("test.yaml", text);
  Problems problems(sources);
  parse_tree(sources, 0, problems);
  try {
    problems.throw_if_any();
  } catch (const ScenarioError& e) {
    return e.diagnostics().front().code;
  }
  return "read";
}

// The parser takes the end of the file for a closing quote.
TEST(Tree, WhatIsQuotedIsClosed) {
  EXPECT_EQ(parsed("a: '''b''c'''\n").entries[0].value.text, "'b'c'");
  EXPECT_EQ(parsed("a: ''''\n").entries[0].value.text, "'");
  EXPECT_EQ(parsed("a: \"\\\\\"\n").entries[0].value.text, "\\");
  for (const char* const text : {"a: 'b\n", "a: '''b\n", "a: '''\n", "a: 'b''\n", "a: \"b\n",
                                 "a: \"b\\\"\n", "a: \"\\\\\\\"\n"}) {
    EXPECT_EQ(refused(text), "E0101") << text;
  }
}

TEST(Tree, TagsAreRefused) {
  for (const char* const text : {"a: !b c\n", "a: !!str c\n", "a: ! c\n", "a: ! 'c'\n", "a: ! {}\n",
                                 "a: !\n", "a: ! 'c\n"}) {
    EXPECT_EQ(refused(text), "E0201") << text;
  }
  EXPECT_EQ(parsed("a: '!b'\n").entries[0].value.text, "!b");
}

std::string format_of_text(const std::string& text) {
  const std::string file = testing::TempDir() + "casus_format_of.yaml";
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
