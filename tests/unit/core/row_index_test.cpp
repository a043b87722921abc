#include "casus/core/row_index.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace casus {
namespace {

/// A table of keys whose hashes are the keys, or few, so that places are shared.
class Table {
 public:
  explicit Table(std::uint64_t hashes) : hashes_(hashes) {}

  std::uint32_t add(std::uint64_t key) {
    const std::uint32_t row = index_.find_or_add(
        key % hashes_, keys_.size(), [&](std::size_t i) { return keys_[i] % hashes_; }, is(key));
    if (row == keys_.size()) keys_.push_back(key);
    return row;
  }
  std::uint32_t find(std::uint64_t key) const { return index_.find(key % hashes_, is(key)); }
  void forget() {
    index_.clear();
    index_.index(keys_.size(), [&](std::size_t i) { return keys_[i] % hashes_; });
  }
  void twice(std::uint64_t key) { keys_.push_back(key); }
  std::size_t size() const { return keys_.size(); }

 private:
  struct Is {
    const std::vector<std::uint64_t>* keys;
    std::uint64_t key;
    bool operator()(std::uint32_t row) const { return (*keys)[row] == key; }
  };
  Is is(std::uint64_t key) const { return {&keys_, key}; }

  std::uint64_t hashes_;
  std::vector<std::uint64_t> keys_;
  RowIndex index_;
};

TEST(RowIndex, FindsWhatWasAddedAndNothingElse) {
  for (const std::uint64_t hashes : {~std::uint64_t{0}, std::uint64_t{7}}) {
    Table t(hashes);
    EXPECT_EQ(t.find(3), RowIndex::none);
    for (std::uint64_t key = 0; key < 500; ++key) EXPECT_EQ(t.add(3 * key), key);
    for (std::uint64_t key = 0; key < 500; ++key) {
      EXPECT_EQ(t.add(3 * key), key) << "is there already";
      EXPECT_EQ(t.find(3 * key), key);
      EXPECT_EQ(t.find(3 * key + 1), RowIndex::none);
    }
    EXPECT_EQ(t.size(), 500U);
    t.forget();
    for (std::uint64_t key = 0; key < 500; ++key) EXPECT_EQ(t.find(3 * key), key);
  }
}

TEST(RowIndex, OfOneKeyTheFirstRow) {
  Table t(~std::uint64_t{0});
  t.add(5);
  t.twice(5);
  t.forget();
  EXPECT_EQ(t.find(5), 0U);
}

}  // namespace
}  // namespace casus
