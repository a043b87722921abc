#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace casus {

/// Lists, one for each row of another table, in one block of memory: whoever goes through them in
/// order goes through memory in order. A list that is full moves to the end of the block, with
/// twice the room, so that adding an element costs the same on average whatever the size of the
/// rest.
template <class T>
class BlockLists {
 public:
  std::size_t size() const { return lists_.size(); }
  bool empty() const { return lists_.empty(); }
  /// Valid until something is added.
  std::span<const T> operator[](std::size_t list) const {
    const List& l = lists_[list];
    return {block_.data() + l.begin, l.count};
  }
  std::span<T> operator[](std::size_t list) {
    const List& l = lists_[list];
    return {block_.data() + l.begin, l.count};
  }
  /// Empty lists behind those there are; nothing if there are as many.
  void extend(std::size_t lists) {
    if (lists > lists_.size()) lists_.resize(lists);
  }
  /// Puts an element before the one at this place of a list.
  void insert(std::size_t list, std::size_t at, const T& value) {
    lengthen(list, 1);
    const std::span<T> all = (*this)[list];
    std::copy_backward(all.begin() + static_cast<std::ptrdiff_t>(at), all.end() - 1, all.end());
    all[at] = value;
  }
  /// Some more elements at the end of a list.
  void lengthen(std::size_t list, std::size_t more) {
    List& l = lists_[list];
    if (l.room - l.count < more) make_room(l, l.count + more);
    l.count += static_cast<std::uint32_t>(more);
  }
  /// The first so many elements of a list stay.
  void shorten(std::size_t list, std::size_t left) {
    lists_[list].count = static_cast<std::uint32_t>(left);
  }
  /// Empty lists of these lengths, side by side.
  void lay_out(std::span<const std::uint32_t> lengths) {
    lists_.assign(lengths.size(), {});
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      lists_[i] = {begin, 0, lengths[i]};
      begin += lengths[i];
    }
    block_.assign(begin, T{});
  }
  /// Puts all side by side, in their order: room that nobody uses is given back.
  void pack() {
    std::vector<T> packed;
    std::size_t all = 0;
    for (const List& l : lists_) all += l.count;
    packed.reserve(all);
    for (List& l : lists_) {
      const auto begin = block_.begin() + static_cast<std::ptrdiff_t>(l.begin);
      l.begin = static_cast<std::uint32_t>(packed.size());
      l.room = l.count;
      packed.insert(packed.end(), begin, begin + l.count);
    }
    block_.swap(packed);
  }
  std::size_t bytes() const {
    return lists_.capacity() * sizeof(List) + block_.capacity() * sizeof(T);
  }

 private:
  struct List {
    std::uint32_t begin = 0, count = 0, room = 0;
  };
  void make_room(List& list, std::size_t needed) {
    const std::size_t begin = block_.size();
    const std::size_t room = std::max({std::size_t{2}, needed, std::size_t{2} * list.room});
    block_.resize(begin + room);
    std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>(list.begin), list.count,
                block_.begin() + static_cast<std::ptrdiff_t>(begin));
    list.begin = static_cast<std::uint32_t>(begin);
    list.room = static_cast<std::uint32_t>(room);
  }

  std::vector<List> lists_;
  std::vector<T> block_;
};

}  // namespace casus
