#include "text/usual_yaml.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "../../support/same_tree.h"
#include "casus/core/ids.h"

namespace casus::text {
namespace {

namespace fs = std::filesystem;

class Deaf final : public TreeEvents {
 public:
  void nothing(const Spot&) override {}
  void scalar(const Spot&, bool, std::string_view) override {}
  void open(const Spot&, Node::Kind, bool) override {}
  void close() override {}
};

/// Reads a text as it is read and by the parser alone. Whether it is in the usual forms.
bool both_ways(const std::string& text) {
  EXPECT_EQ(test::read_as(text, {}).what, test::read_whole(text).what) << text;
  Sources sources;
  Problems problems(sources);
  Deaf deaf;
  return acceptable(sources, sources.add("a text", text), problems) && read_usual(text, deaf);
}

TEST(UsualYaml, TheTreeOfTheParser) {
  const char* const texts[] = {
      "a: 1\n",
      "a: b c  d\n",
      "a:\n  b: 1\n  c:\n    d: 2\ne: 3\n",
      "a: {b: 1, c: [d, e], f: {}, g: []}\n",
      "a: [\n  1,  # one\n  2,\n]\nb: 3\n",
      "a: {b: c d\n  e, f: g}\n",
      "a: {b: c  \n , d: e\n}\n",
      "a:\n  - 1\n  - b: 2\n    c: 3\n  - [d]\n  - \"e\"\n  - {f: 1}\n",
      "a:\n- 1\n- b:\n  c: 2\n- d\ne: 1\n",
      "- a\n- b: 1\n",
      "a:\n  b:\n    - 1\n  c: 2\n",
      "a: one\n  two\n\n\n  three # four\nb: 1\n",
      "a:\n  - one\n   two\n  - three\n",
      "a: |\n  b\n    c\n\n  d # e\n\nf: 1\n",
      "a: >\n  b\n  c\n\n\n  d\nf: 1\n",
      "a: >-\n  b: c\n  '\n  d\n",
      "a: |-  # e\n  b  \n  \n  c\n\n# d\nf: 1\n",
      "a: 'b'\nc: \"d\"\ne: ''\nf: \"\"\ng: 'h''i'\nj: \"\\\"k\\\\\"\n",
      "a: \"b  \n   c\n\n\n  d \"\ne: 'f\n  g'\n",
      "'a': 1\n\"b c\": 2\nd: {'e': 1, \"f\":2, \"g\": 3}\n",
      "a:\nnull: 1\nb: null\nc: ~\nNULL: ~\nd:\n",
      "a: null # b\nc: {d: null, null: e, f: [~, ~]}\n",
      "a:   # b\n  # c\n\n   # d\n  e: 1\n# f\n",
      "# a\n\n\nb: 1\n\n# c\n",
      "a: b#c\nd: e:f\ng: h,i\nj: -1\nk: :l\nm: ?n\no: a]b}c\np: <<\n",
      "a: [b:c, -1, .5, d e, f-g]\n",
      "a: 12:30\nb: -x\nc: ...\nd: ---\n",
      "a: \xc3\xa9\xc3\xa9 # \xe2\x82\xac\n\xc3\xa9: {b: \xe2\x82\xac}\n",
      "{\"a\": [[1.5, -2], [3, 4e5]], \"b\": {\"c\": \"d\"}}\n",
      "{\na: 1,\nb: 2\n}\n",
      "[1, 2]\n# a\n",
      "a:\n  {b: 1}\nc:\n  [d]\n",
  };
  for (const char* const text : texts) EXPECT_TRUE(both_ways(text)) << text;
}

// Mistakes, and what is not seen every day.
TEST(UsualYaml, TheParserIsAskedAboutTheRest) {
  const char* const texts[] = {
      "",
      "a: 1",
      "# a\n",
      "  a: 1\n",
      "a\n",
      "a : 1\n",
      "? a\n: 1\n",
      "a: &b 1\n",
      "a: *b\n",
      "a: !b 1\n",
      "a: ! 'b'\n",
      "%YAML 1.2\n---\na: 1\n",
      "---\na: 1\n",
      "a: 1\n...\n",
      "a: 1\n---\nb: 2\n",
      "\xef\xbb\xbf"
      "a: 1\n",
      "a:\t1\n",
      "a: 1\r\n",
      "a: 1\n b: 2\n",
      "a:\n  b: 1\n c: 2\n",
      "a:\n    b: 1\n  c: 2\n",
      "a: b: c\n",
      "a: b\n  c: d\n",
      "a: 'b\n",
      "a: 'b' c\n",
      "a: 'b'\n  c\n",
      "a: \"b\\n\"\n",
      "a: \"b\n\nc\"\n",
      "a: \"b\n\n  \"\n",
      "a: {b: 1\n",
      "a: {b: 1]\n",
      "a: {b}\n",
      "a: {b:, c: 1}\n",
      "a: {b: c: d}\n",
      "a: {b: 1}, c\n",
      "a: {b: 1} c\n",
      "a: [b: 1]\n",
      "a: [b, , c]\n",
      "a: [b] : c\n",
      "a: [b # c\n  d]\n",
      "a: [- b]\n",
      "a: [b?]\n",
      "a: {[b]: c}\n",
      "a: {b\n  : c}\n",
      "a:\n  -\n  - b\n",
      "a:\n  - - b\n",
      "a:\n  - b\n  c: 1\n",
      "a: - b\n",
      "a:\n  b\n",
      "a: |\n\n  b\n",
      "a: |+\n  b\n\n",
      "a: |2\n   b\n",
      "a: |\nb: 1\n",
      "a: >\n  b\n   c\n",
      "a: | b\n",
      "a: @b\n",
      "a: `b\n",
      "a: %b\n",
  };
  for (const char* const text : texts) EXPECT_FALSE(both_ways(text)) << text;
  const std::string key(1100, 'k');
  EXPECT_FALSE(both_ways(key + ": 1\n"));
  EXPECT_FALSE(both_ways("a: {" + key + ": 1}\n"));
  // Told of in the usual forms, and refused: what is said is what the parser would say.
  EXPECT_TRUE(both_ways("a: 1\nb: 2\na: 3\n"));
  EXPECT_TRUE(both_ways("a: {b: 1, b: 2}\n"));
  EXPECT_TRUE(both_ways("a: 'b\xe2\x80\xae'\n"));
  EXPECT_FALSE(both_ways("a: " + std::string(70, '[') + std::string(70, ']') + "\n"));
}

TEST(UsualYaml, NearlyEveryFileOfTheProject) {
  std::size_t usual = 0, all = 0;
  for (const char* const folder : {"scenarios", "tests/casebook"}) {
    for (const auto& f : fs::recursive_directory_iterator(fs::path(CASUS_SOURCE_DIR) / folder)) {
      if (f.path().extension() != ".yaml" && f.path().extension() != ".geojson") continue;
      std::ifstream stream(f.path(), std::ios::binary);
      usual += both_ways({std::istreambuf_iterator<char>(stream), {}}) ? 1 : 0;
      ++all;
    }
  }
  EXPECT_GT(all, 100U);
  EXPECT_GT(usual, all * 98 / 100);
}

/// Words that mean something, thrown together and into a text.
TEST(UsualYaml, RandomTexts) {
  static constexpr std::array<std::string_view, 48> words{
      ":",    " ",   "\n",    "  ",     "- ",   ": ",  "#",       " #",    "'",    "\"",
      "[",    "]",   "{",     "}",      ",",    "|",   ">",       "-",     "?",    "null",
      "~",    "a",   "\\",    "|-\n",   ">-\n", "---", "...",     "%",     "\n\n", "''",
      "\"\"", "!",   "&x",    "*x",     "@",    "0",   "\n- ",    "\n  ",  "{}",   "[]",
      "a: ",  "'b'", "\"c\"", "\n    ", ".5",   "? ",  "\n# c\n", "k: v\n"};
  static constexpr std::array<std::string_view, 4> begins{
      "", "k: ", "k:\n  ",
      "k: 'v'\nl:\n  - {m: [n, o], p: \"q\"}\n  - r: s\n    t: u v\n      w\n"};
  std::uint64_t state = 20231129;
  const auto below = [&state](std::size_t n) { return static_cast<std::size_t>(mix(++state) % n); };
  std::size_t usual = 0;
  constexpr std::size_t rounds = 20000;
  for (std::size_t i = 0; i < rounds && !testing::Test::HasFailure(); ++i) {
    std::string text(begins[i % begins.size()]);
    for (std::size_t n = 1 + below(10); n > 0; --n) {
      text.insert(below(2) == 0 ? text.size() : below(text.size() + 1), words[below(words.size())]);
    }
    usual += both_ways(text + (below(4) == 0 ? "\nz: 1\n" : "\n")) ? 1 : 0;
  }
  EXPECT_GT(usual, rounds / 20);
}

}  // namespace
}  // namespace casus::text
