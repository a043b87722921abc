#include "text/emit.h"

#include <gtest/gtest.h>

#include <string>

#include "casus/core/diagnostics.h"
#include "text/tree.h"

namespace casus::text {
namespace {

std::string again(const std::string& yaml) {
  Sources sources;
  Problems problems(sources);
  const Tree tree = parse_tree(sources, sources.add("a.yaml", yaml), problems);
  problems.throw_if_any();
  return to_yaml(tree.root);
}

// Edits are values written as YAML by themselves, and most of them are one number.
TEST(Emit, ATreeOfAnyShapeReadsBackAsItself) {
  for (const char* yaml : {"0.1\n", "2023-09-16\n", "\"a: b\"\n", "~\n", "{}\n", "[]\n",
                           "- 1\n- [a, b]\n", "a: 1\nb:\n  c: [x, z]\n  d: {}\n"}) {
    EXPECT_EQ(again(yaml), yaml);
    EXPECT_EQ(again(again(yaml)), yaml);
  }
}

}  // namespace
}  // namespace casus::text
