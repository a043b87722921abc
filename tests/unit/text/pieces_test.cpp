#include "text/pieces.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "../../support/same_tree.h"
#include "casus/core/executor.h"
#include "casus/core/ids.h"

namespace casus::text {
namespace {

namespace fs = std::filesystem;

/// Reads a text whole by the parser, and cut wherever it can be, and in pieces of some size. Gives
/// into how many it could be cut at most; 1 if it had to be read whole.
std::size_t compare(const std::string& text) {
  static const std::unique_ptr<Executor> executor = serial_executor();
  const test::ReadAs whole = test::read_whole(text);
  std::size_t most = 1;
  for (const std::size_t bytes : {1U, 25U, 300U}) {
    const test::ReadAs cut = test::read_as(text, {bytes, 0, executor.get()});
    EXPECT_EQ(cut.what, whole.what) << "in pieces of " << bytes << " bytes:\n" << text;
    most = std::max(most, cut.pieces);
  }
  return most;
}

/// A frame of two sections, with one more in between.
std::string within(const std::string& section) {
  return "casus: scenario/1\nregions:\n  a: {x: 1}\n  b: {x: 2}\n" + section +
         "actors:\n  c: 1\n  d: 2\n";
}

TEST(Pieces, TheTreeOfTheWhole) {
  struct Case {
    const char* what;
    const char* section;
    std::size_t pieces;  ///< more than two (one for b, one for d) if the section can be cut
  };
  const Case cases[] = {
      {"entries", "s:\n  e: 1\n  f: {g: [1, 2]}\n  h:\n    i: 3\n", 5},
      {"items", "s:\n  - e\n  - f: 1\n    g: 2\n  - [h, i]\n", 5},
      {"items at the column of their section", "s:\n- e\n- f: 1\n  g: 2\n- - h\n  - i\n", 5},
      {"items at the column of their entry", "s:\n  e:\n  - 1\n  - 2\n  f:\n  - 3\n  g: 4\n", 5},
      {"comments and empty lines", "s: # c\n\n# d\n  # e\n  e: 1 # f\n\n  # g\n  f: 2\n\n", 4},
      {"text in blocks",
       "s:\n  e: |\n    one\n\n    f: two\n\n\n  g: >-\n    h\n  i: |+\n    j\n\n\n  k: >\n    "
       "l\n\n"
       "     m\n  n: |2\n      o\n  p: 1\n",
       8},
      {"a text of several lines", "s:\n  e: one\n    two\n   three\n  f: 'g\n    h'\n  i: 1\n", 5},
      {"brackets over several lines", "s:\n  e: {f: 1,\n   g: 2}\n  h: [\n    i\n    ]\n  j: k\n",
       5},
      {"brackets closed at the indentation",
       "s:\n  e: {\n    f: 1\n  }\n  g: [\n    h\n  ]\n  i: 2\n", 5},
      {"values not given", "s:\n  e:\n  f:\n    g:\n  h: ~\n  i: null\n  j: ''\n  k:\n", 8},
      {"words for nothing as keys", "s:\n  e:\n  null: 1\n  f:\n  ~: 2\n  g: 3\n", 5},
      {"carriage returns", "s:\r\n  e: 1\r\n\r\n  f: 2\r\n  g: |\r\n    h\r\n  i: 3\r\n", 6},
      {"two quotes that are one",
       "s:\n  e: ''''\n  f: '''g'''\n  h: \"\\\\\"\n  i: \"\\\"\"\n  j: 1\n", 7},
      {"a deeper mapping and back", "s:\n    e:\n        f: 1\n    g:\n     h: 1\n    i: 1\n", 5},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(compare(within(c.section)), c.pieces) << c.what;
  }
}

// A line that looks like an entry and is none: the pieces must not be put together.
TEST(Pieces, WhatOnlyLooksLikeAnEntry) {
  const char* const sections[] = {
      "s:\n  e: 'f\n  g: 1\n  h: 2'\n  i: 3\n",
      "s:\n  e: \"f\n  g: 1\n  h: 2\"\n  i: 3\n",
      "s:\n  e: '''f\n  g: 1'\n  h: 2\n",
      "s:\n  e: 'f''\n  g: 1'\n  h: 2\n",
      "s:\n  e: \"f\\\\\\\"\n  g: 1\"\n  h: 2\n",
      "s:\n  e: ! 'f\n  g: 1'\n  h: 2\n",
      "s:\n  e: ! \"f\n  g: 1\n\n  h: 2\"\n",
      "s:\n  e: {f: 1,\n  g: 2}\n  h: 3\n",
      "s:\n  e: [f,\n  g: 2,\n  h: 3]\n  i: 1\n",
      "s:\n  - {e: 1,\n  - f}\n  - g\n",
      "s:\n  - 'e\n  - f'\n  - g\n",
      "t: 'u\ns:\n  e: 1\n  f: 2\n  '\n",
      "t: {\ns:\n  e: 1\n  f: 2\n  }\n",
      "t: [\n- e\n- f\n  ]\n",
      "t: |\n s:\n  e: 1\n  f: 2\n",
      "s:\n  one word\n  e: 1\n  f: 2\n",
      "s:\n  e:\n  word\n  f: 1\n  g: 2\n",    // a value no further in than its key
      "s:\n  e:\n    f:\n    word\n  g: 1\n",  // the same further in
      "s:\n  e:\n    f:\n    null\n  g: 1\n",  // the same, one of the words for nothing
      "s:\n  e:\n    - f:\n      g:\n      word\n  h: 1\n",
      "s:\n  -\n  -\n  - e\n",  // where an item is not written
      "s:\n  - e:\n    -\n  - f\n",
      "s:\n  e: 1\n- f\n- g\n",
      "s:\n- e\nf\n- g\n",
      "s:\n  e: 1\n  - f\n  g: 2\n",
      "s:\n  - e\n  f: 1\n  - g\n",
      "s:\n  ? e\n  : 1\n  f: 2\n  g: 3\n",
      "s:\n  e: 1\n  ? f\n  g: 2\n  ? h\n  : i\n  j: 1\n",
      "s:\n  e: 1\n  'f': 2\n  g h: 3\n  i: 4\n",
      "s:\n  e : 1\n  f: 2\n  g: 3\n",
      "s:\n    e: 1\n    f: 2\n  g: 3\n  h: 4\n",
      "s:\n  e: 1\n f: 2\n  g: 3\n",
      "s:\n  e: 1: 2\n  f: 3\n",
      "s:\n  e: 1\n  f\n  g: 2\n",
  };
  for (const char* const section : sections) compare(within(section));
}

TEST(Pieces, WhatHoldsForMoreThanAPiece) {
  const char* const sections[] = {
      "s:\n  e: 1\n  f: 2\n  e: 3\n",              // a key given twice
      "s:\n  e: 1\n  f: 2\ns:\n  g: 3\n  h: 4\n",  // a section given twice
      "actors:\n  e: 1\n  f: 2\n",                 // the same, by the frame
      "s:\n  e: &x 1\n  f: *x\n  g: 2\n",          // anchors and what they stand for
      "s:\n  e: &x 1\n  f: 2\n  g: *x\n  h: 1\n",
      "s:\n  e: !x 1\n  f: !!str 2\n  g: ! 3\n  h: 4\n",
      "s:\n  e: !\n  f: ! {}\n  g: 4\n",
      "%YAML 1.2\ns:\n  e: 1\n  f: 2\n",
      "---\ns:\n  e: 1\n  f: 2\n",
      "s:\n  e: 1\n...\n  f: 2\n",
      "s:\n  e: 1\n--- \n  f: 2\n",
      "s:\n\te: 1\n\tf: 2\n",
      "s:\n  e: 1\n \tf: 2\n  g: 3\n",
      "s:\n  e: 1\n  f: {g: 1, g: 2}\n  h: 3\n",
      "s:\n  e: 1\n  [f]: 2\n  {g: h}: 3\n  i: 4\n",
      "_:\n  e: 1\n  f: 2\n",  // the key that stands for sections
      "s:\n  \xef\xbb\xbfte: 1\n  f: 2\n",
      "s:\n  e: \xc3\xa9\xc3\xa9\n  f: \xe2\x80\xa8 2\n  g: \xc2\x85 3\n  h: 4\n",
      "s:\n  e: \xff\n  f: 2\n",
      "s:\n  e: a\rb: 1\n  f:\r  2\n  g: 3\n",
      "s:\n  e: @\n  f: `\n  g: %\n  h: 1\n",
  };
  for (const char* const section : sections) compare(within(section));
  EXPECT_GT(compare("a:\n  b: 1\n  c: 2\n"), 1U);
  EXPECT_EQ(compare("%YAML 1.2\n---\na:\n  b: 1\n  c: 2\n"), 1U);
  compare("---\na:\n  b: 1\n  c: 2\n");
  compare(
      "\xef\xbb\xbf"
      "a:\n  b: 1\n  c: 2\n");
  compare("  a:\n    b: 1\n    c: 2\n");
  compare("- a:\n  b: 1\n- c:\n  d: 2\n");
  compare("|\na:\n  b: 1\n  c: 2\n");
  compare("a:\n  b: 1\n  c: 2");  // no end of the last line
  compare("a:\n  b: 1\n  c: 'x");
  compare("");
}

std::vector<std::string> files() {
  std::vector<std::string> texts;
  for (const char* const folder : {"scenarios", "tests"}) {
    for (const auto& f : fs::recursive_directory_iterator(fs::path(CASUS_SOURCE_DIR) / folder)) {
      if (f.path().extension() != ".yaml") continue;
      std::ifstream stream(f.path(), std::ios::binary);
      texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

TEST(Pieces, EveryFileOfTheProject) {
  std::size_t cut = 0, all = 0;
  for (const std::string& text : files()) {
    cut += compare(text) > 1 ? 1 : 0;
    ++all;
  }
  EXPECT_GT(all, 100U);
  EXPECT_GT(2 * cut, all) << "most can be cut somewhere";
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(mix(++state_) % n); }

 private:
  std::uint64_t state_;
};

/// Pieces of YAML where they do most harm.
std::string mutated(std::string text, Dice& dice) {
  static constexpr std::array<std::string_view, 36> words{
      "'",      "\"",    "{",   "}",    "[",  "]",      "|",     ">",    "|+\n",
      "\n",     "\n\n",  "  ",  " ",    "\t", "- ",     "? ",    ": ",   ":",
      "#",      " # c",  "&a ", "*a",   "! ", "!!str ", "~",     "null", "\n  k: v\n",
      "\nk:\n", "\n- k", "''",  "\\\"", ",",  "\r\n",   "\n---", "word", "\n    word\n"};
  for (std::size_t n = 1 + dice.below(3); n > 0; --n) {
    const std::size_t at = dice.below(text.size() + 1);
    switch (dice.below(4)) {
      case 0:
        text.erase(at, 1 + dice.below(4));
        break;
      case 1: {  // a line again somewhere else
        const std::size_t begin = text.rfind('\n', at);
        if (begin == std::string::npos) break;
        const std::string line = text.substr(begin, text.find('\n', begin + 1) - begin);
        text.insert(std::min(text.find('\n', dice.below(text.size())), text.size()), line);
        break;
      }
      default:
        text.insert(at, words[dice.below(words.size())]);
    }
  }
  return text;
}

TEST(Pieces, RandomHarm) {
  const std::vector<std::string> base{
      within("s:\n  e: {f: [1, 2], g: x}\n  h:\n    i: 'j'\n    k: |\n      l\n  m: n\n"),
      within("s:\n- e: 1\n  f: \"g\"\n- h\n- - i\n  - j\n- {k: l}\n"),
      within("s:\n  - {among: [a, b], x: 1}\n  - {among: [c, d],\n     x: 1}\n  - {y: 2}\n"),
      within("s:\n  e:\n  - 1\n  - 2\n  f: a b\n    c\n  g: # h\n    - i\n    -\n  j:\n  k: ~\n")};
  Dice dice(20231116);
  std::size_t cut = 0;
  constexpr std::size_t rounds = 3000;
  for (std::size_t i = 0; i < rounds && !testing::Test::HasFailure(); ++i) {
    cut += compare(mutated(base[i % base.size()], dice)) > 1 ? 1 : 0;
  }
  EXPECT_GT(cut, rounds / 8);
}

std::string large() {
  std::string text = "casus: scenario/1\nregions:\n";
  for (int i = 0; i < 3000; ++i) {
    text += "  r" + std::to_string(i) + ": {owner: a, population: " + std::to_string(i) +
            ",\n    neighbours: {r1: 12.5}}\n";
  }
  text += "relations:\n";
  for (int i = 0; i < 4000; ++i) text += "  - {from: a, to: b" + std::to_string(i) + "}\n";
  return text;
}

TEST(Pieces, AnyWorkersThreads) {
  const std::string text = large();
  const test::ReadAs whole = test::read_whole(text);
  const auto threads = thread_executor(4);
  const test::ReadAs cut = test::read_as(text, {1000, 0, threads.get()});
  EXPECT_GT(cut.pieces, 100U);
  EXPECT_TRUE(cut.what == whole.what);
}

TEST(Pieces, AnyWorkers) {
  const std::string text = large();
  const test::ReadAs whole = test::read_whole(text);
  std::vector<std::unique_ptr<Executor>> executors;
  executors.push_back(serial_executor());
  executors.push_back(shuffled_executor(1));
  for (const unsigned n : {1U, 2U, 8U}) executors.push_back(tbb_executor(n));
  for (const auto& executor : executors) {
    const test::ReadAs cut = test::read_as(text, {5000, 0, executor.get()});
    EXPECT_GT(cut.pieces, 20U);
    EXPECT_TRUE(cut.what == whole.what);
  }
  // As callers get it, on its own and from inside work of their own.
  ASSERT_GT(text.size(), Cutting{}.large);
  EXPECT_GT(test::read_as(text, {}).pieces, 1U);
  for (const unsigned n : {1U, 2U}) {
    std::array<std::string, 6> inside;
    auto work = [&](std::size_t i) { inside[i] = test::read_as(text, {}).what; };
    tbb_executor(n)->run(inside.size(), BlockTask(work));
    for (const std::string& one : inside) EXPECT_TRUE(one == whole.what);
  }
}

TEST(Pieces, SmallTextsAreNotCut) {
  EXPECT_EQ(test::read_as("a:\n  b: 1\n  c: 2\n", {}).pieces, 1U);
}

// Limits count what all pieces hold.
TEST(Pieces, TooMuchIsTooMuch) {
  std::string text = "a:\n";
  for (int i = 0; i < 70'000; ++i) text += "  k" + std::to_string(i) + ": 1\n";
  Sources sources(ReadLimits{1});
  const std::uint32_t file = sources.add("a text", text);
  Problems problems(sources);
  EXPECT_FALSE(parse_tree(sources, file, problems).complete);
  EXPECT_THROW(problems.throw_if_any(), ScenarioError);
}

}  // namespace
}  // namespace casus::text
