#include "text/tree.h"

#include <gtest/gtest.h>

#include <string>

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

}  // namespace
}  // namespace casus::text
