#include "text/children.h"

#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace casus::text {
namespace {

using Words = Children<std::string>;

Words words(std::size_t n) {
  Words all;
  for (std::size_t i = 0; i < n; ++i)
    all.push_back("a word that is too long to stand in a string " + std::to_string(i));
  return all;
}

std::vector<std::string> as_vector(const Words& all) { return {all.begin(), all.end()}; }

TEST(Children, AreOnePointer) {
  EXPECT_EQ(sizeof(Words), sizeof(void*));
  const Words none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.begin(), none.end());
}

TEST(Children, CopiesAreTheirOwn) {
  Words some = words(9);
  Words copy = some;
  copy[3] = "other";
  copy.push_back("more");
  EXPECT_EQ(as_vector(some), as_vector(words(9)));
  EXPECT_EQ(copy.size(), 10U);
  EXPECT_EQ(copy.back(), "more");
  some = copy;
  EXPECT_EQ(as_vector(some), as_vector(copy));
  const Words moved = std::move(some);
  EXPECT_EQ(as_vector(moved), as_vector(copy));
}

TEST(Children, TakeIn) {
  std::vector<std::string> from = as_vector(words(5));
  Words all(std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  EXPECT_EQ(as_vector(all), as_vector(words(5)));
  EXPECT_TRUE(from.front().empty());
  const Words more = words(3);
  all.append(more.begin(), more.end());
  EXPECT_EQ(all.size(), 8U);
  EXPECT_EQ(all[7], more[2]);
  all.push_back(all.front());  // of its own, while it grows
  EXPECT_EQ(all.back(), all.front());
}

TEST(Children, GiveUp) {
  Words all = words(10);
  EXPECT_EQ(erase_if(all, [](const std::string& w) { return (w.back() - '0') % 2 == 0; }), 5U);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0], words(10)[1]);
  EXPECT_EQ(all[4], words(10)[9]);
  EXPECT_EQ(erase_if(all, [](const std::string&) { return false; }), 0U);
  all.shrink_to_fit();
  EXPECT_EQ(all[4], words(10)[9]);
  all.clear();
  all.shrink_to_fit();
  EXPECT_TRUE(all.empty());
  all.push_back("again");
  EXPECT_EQ(all.front(), "again");
}

}  // namespace
}  // namespace casus::text
