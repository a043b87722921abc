#include "text/plain_yaml.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "casus/core/ids.h"

// What is read by hand is held to the parser: the same tree or none.

namespace casus::text {
namespace {

namespace fs = std::filesystem;

std::string difference(const Node& a, const Node& b) {
  const auto place = [](const Node& n) {
    return std::to_string(n.at.line) + ":" + std::to_string(n.at.column) + "+" +
           std::to_string(n.at.length) + " '" + n.text + "'";
  };
  if (a.kind != b.kind || a.quoted != b.quoted || a.at != b.at || a.text != b.text ||
      a.items.size() != b.items.size() || a.entries.size() != b.entries.size()) {
    return place(a) + " is not " + place(b);
  }
  std::string found;
  for (std::size_t i = 0; i < a.items.size() && found.empty(); ++i) {
    found = difference(a.items[i], b.items[i]);
  }
  for (std::size_t i = 0; i < a.entries.size() && found.empty(); ++i) {
    const Entry& x = a.entries[i];
    const Entry& y = b.entries[i];
    if (x.key != y.key || x.key_at != y.key_at) return "key '" + x.key + "' is not '" + y.key + "'";
    found = difference(x.value, y.value);
  }
  return found;
}

/// Was it read by hand? Then as the parser reads it.
bool read_alike(const std::string& text) {
  Sources sources;
  sources.add("test.yaml", text);
  Problems problems(sources);
  if (!acceptable(sources, 0, problems)) return false;
  const auto plain = read_plain_yaml(text, 0);
  if (!plain) return false;
  const Tree tree = parse_tree_slowly(sources, 0, problems);
  EXPECT_TRUE(tree.complete && problems.empty()) << "a mistake was read over:\n" << text;
  EXPECT_EQ(difference(*plain, tree.root), "") << text;
  return true;
}

std::vector<std::string> yaml_files() {
  std::vector<std::string> texts;
  for (const char* folder : {"/scenarios", "/tests/data", "/tests/casebook"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(CASUS_SOURCE_DIR + std::string(folder))) {
      if (entry.path().extension() != ".yaml") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  return texts;
}

TEST(PlainYaml, ReadsWhatScenariosAreWrittenIn) {
  for (const char* text : {
           "a: 1\n",
           "a: 1",
           "a:\nb: x y z\n",
           "a:\nnullable: 1\n",
           "a: {b: 1, c: [x, -2.5, \"y: z\"]}\n",
           "a:\n  b:\n    - c: 1\n      d: 'e'\n    - {f: g}\nh: i # comment\n",
           "a:\n- 1\n- b: 2\nc: 3\n",
           "# first\n\n\"a\": http://x:8/y\n",
           "a: [1,\n   2, # two\n   3]\n",
           "a: {}\nb: []\n",
           "a: é (b) #c\nd: x:y\n",
       }) {
    EXPECT_TRUE(read_alike(text)) << text;
  }
}

TEST(PlainYaml, AsksTheParserAboutTheRest) {
  for (const char* text : {"",
                           "a: |\n  b\n",
                           "a: b\n  c\n",
                           "a: \"b\\n\"\n",
                           "a: &b c\n",
                           "a: *b\n",
                           "a: 1\na: 2\n",
                           "a: [1, 2\n",
                           "a: b: c\n",
                           "a: !b c\n",
                           "---\na: 1\n",
                           "a:\tb\n",
                           "? a\n: b\n",
                           "a: {b, c}\n",
                           "a: null\n",
                           "a: 'it''s'\n",
                           "a: 1\n b: 2\n",
                           " a: 1\n",

                           "a: [b: c]\n",
                           "a: {b: }\n",
                           "a: [1, 2,]\n",
                           "a: \"b\" c\n",
                           "a: #b\n  c d: e\n f: g\n"}) {
    EXPECT_FALSE(read_plain_yaml(text, 0)) << text;
    read_alike(text);
  }
}

TEST(PlainYaml, ReadsTheFilesOfTheProjectAsTheParserDoes) {
  std::size_t by_hand = 0;
  for (const std::string& text : yaml_files()) by_hand += read_alike(text) ? 1 : 0;
  EXPECT_GT(by_hand, 20U);
}

// Most changes of a character make a mistake somewhere, or another text.
TEST(PlainYaml, ReadsChangedFilesAsTheParserDoes) {
  static constexpr std::string_view characters = "\n  :-,#{}[]'\"?ab0~&*!|>%@.";
  std::uint64_t state = 1;
  const auto draw = [&](std::size_t n) {
    return static_cast<std::size_t>((state = mix(state + 1)) % n);
  };
  std::size_t by_hand = 0;
  for (const std::string& text : yaml_files()) {
    if (text.empty() || text.size() > 6000) continue;
    for (int i = 0; i < 12; ++i) {
      std::string changed = text;
      const std::size_t at = draw(text.size());
      const char c = characters[draw(characters.size())];
      switch (draw(4)) {
        case 0:
          changed.erase(at, 1 + draw(3));
          break;
        case 1:
          changed.insert(at, 1, c);
          break;
        case 2:
          changed[at] = c;
          break;
        default:
          changed.insert(draw(text.size()), text.substr(at, draw(30)));
          break;
      }
      by_hand += read_alike(changed) ? 1 : 0;
    }
  }
  EXPECT_GT(by_hand, 100U);
}

}  // namespace
}  // namespace casus::text
