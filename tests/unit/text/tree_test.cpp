#include "text/tree.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace casus::text
