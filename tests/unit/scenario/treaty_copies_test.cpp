#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "text/tree.h"

// Scenarios that were there before the library of treaties keep copies of their own. What an
// article obliges to must be the same in both.
namespace casus::text {
namespace {

Node read(const std::string& name) {
  std::ifstream file(std::string(CASUS_SOURCE_DIR) + "/scenarios/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  Sources sources;
  Problems problems(sources);
  Tree tree = parse_tree(sources, sources.add(name, text.str()), problems);
  EXPECT_TRUE(tree.complete) << name;
  return std::move(tree.root);
}

/// What a part says, whatever the order of keys and of lists; words for readers apart.
std::string say(const Node& node) {
  if (!node.is_map() && !node.is_list())
    return node.text == "britain" ? "united_kingdom" : node.text;
  std::multiset<std::string> parts;
  for (const Node& item : node.items) parts.insert(say(item));
  for (const Entry& e : node.entries) {
    if (e.key != "title" && e.key != "text" && e.key != "seen")
      parts.insert(e.key + "=" + say(e.value));
  }
  std::string all;
  for (const std::string& part : parts) all += part + ";";
  // A list of one is its item.
  if (node.is_list() && parts.size() == 1) return *parts.begin();
  return "(" + all + ")";
}

struct Copy {
  const char *treaty, *pact, *scenario;
  std::vector<std::string> apart;  ///< articles that differ, and why is said where they stand
};

class Copies : public ::testing::TestWithParam<Copy> {};

TEST_P(Copies, ObligeToTheSame) {
  const Copy& copy = GetParam();
  const Node ours = read(std::string("treaties/") + copy.treaty + ".yaml");
  const Node theirs = read(copy.scenario);
  const Entry* a = ours.find("pacts")->value.find(copy.pact);
  const Entry* b = theirs.find("pacts")->value.find(copy.pact);
  ASSERT_TRUE(a != nullptr && b != nullptr);
  for (const char* key : {"signed", "in_force", "expires", "renews", "depth", "withdrawal",
                          "speciality", "secret", "original_targets"}) {
    const Entry* x = a->value.find(key);
    const Entry* y = b->value.find(key);
    EXPECT_EQ(x == nullptr ? "" : say(x->value), y == nullptr ? "" : say(y->value)) << key;
  }
  const Node& articles = a->value.find("articles")->value;
  std::size_t same = 0;
  for (const Entry& article : b->value.find("articles")->value.entries) {
    const Entry* mine = articles.find(article.key);
    ASSERT_NE(mine, nullptr) << article.key;
    if (std::find(copy.apart.begin(), copy.apart.end(), article.key) != copy.apart.end()) continue;
    EXPECT_EQ(say(mine->value), say(article.value)) << article.key;
    ++same;
  }
  EXPECT_GT(same, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    All, Copies,
    ::testing::Values(Copy{"aes", "aes", "sahel/pacts.yaml", {}},
                      Copy{"ecowas", "ecowas", "sahel/pacts.yaml", {}},
                      Copy{"ecowas", "ecowas_1978", "sahel/pacts.yaml", {}},
                      Copy{"ecowas", "ecowas_1981", "sahel/pacts.yaml", {}},
                      Copy{"csto", "csto", "csto/data/pacts.yaml", {}},
                      // The scenario has no islands and no sea.
                      Copy{"nato", "nato", "nato/data/pacts.yaml", {"5", "6"}},
                      Copy{"london_1839", "treaty_of_london", "july-1914/pacts.yaml", {}},
                      Copy{"dual_alliance", "dual_alliance", "july-1914/pacts.yaml", {}},
                      Copy{"triple_alliance", "triple_alliance", "july-1914/pacts.yaml", {}},
                      Copy{"franco_russian", "franco_russian", "july-1914/pacts.yaml", {}}),
    [](const auto& each) { return std::string(each.param.pact); });

}  // namespace
}  // namespace casus::text
