#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>

namespace casus::text {

/// What a node of a tree holds: a vector in the room of one pointer, with size and capacity where
/// the values are. Most nodes hold nothing, and of a large tree two empty vectors of the usual kind
/// a node would be a third. May be declared for a type that is not complete yet.
template <class T>
class Children {
 public:
  Children() = default;
  Children(const Children& other) {
    reserve(other.size());
    for (const T& value : other) push_back(value);
  }
  Children(Children&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  /// Moves the values of a range in, and asks for no more room than they need.
  template <class Iterator>
  Children(std::move_iterator<Iterator> begin, std::move_iterator<Iterator> end) {
    append(begin, end);
  }
  Children& operator=(Children other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~Children() {
    clear();
    ::operator delete(block_);
  }

  std::size_t size() const { return block_ == nullptr ? 0 : block_->size; }
  bool empty() const { return size() == 0; }
  T* begin() { return values(); }
  T* end() { return values() + size(); }
  const T* begin() const { return values(); }
  const T* end() const { return values() + size(); }
  T& operator[](std::size_t i) { return values()[i]; }
  const T& operator[](std::size_t i) const { return values()[i]; }
  T& front() { return *begin(); }
  const T& front() const { return *begin(); }
  T& back() { return end()[-1]; }
  const T& back() const { return end()[-1]; }

  void reserve(std::size_t capacity) {
    if (capacity > (block_ == nullptr ? 0 : block_->capacity)) move_to(capacity);
  }
  void shrink_to_fit() {
    if (block_ != nullptr && block_->size < block_->capacity) move_to(block_->size);
  }
  void push_back(T value) {
    if (block_ == nullptr || block_->size == block_->capacity) {
      move_to(std::max<std::size_t>(4, 2 * size()));
    }
    ::new (static_cast<void*>(end())) T(std::move(value));
    ++block_->size;
  }
  template <class Iterator>
  void append(Iterator from, Iterator to) {
    const std::size_t n = size() + static_cast<std::size_t>(std::distance(from, to));
    if (n > (block_ == nullptr ? 0 : block_->capacity)) {
      move_to(empty() ? n : std::max(n, 2 * size()));
    }
    for (; from != to; ++from) push_back(*from);
  }
  void clear() { cut_to(0); }

  template <class Predicate>
  friend std::size_t erase_if(Children& children, Predicate predicate) {
    const std::size_t before = children.size();
    const T* const kept = std::remove_if(children.begin(), children.end(), predicate);
    children.cut_to(static_cast<std::size_t>(kept - children.begin()));
    return before - children.size();
  }

 private:
  struct Block {
    std::uint32_t size, capacity;
  };

  T* values() const { return reinterpret_cast<T*>(block_ == nullptr ? nullptr : block_ + 1); }

  void cut_to(std::size_t n) {
    if (n == size()) return;
    std::destroy(begin() + n, end());
    block_->size = static_cast<std::uint32_t>(n);
  }

  void move_to(std::size_t capacity) {
    static_assert(alignof(T) <= alignof(Block*) && sizeof(Block) % alignof(T) == 0);
    if (capacity > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("Children");
    Block* block = nullptr;
    const std::size_t n = size();
    if (capacity > 0) {
      block = static_cast<Block*>(::operator new(sizeof(Block) + capacity * sizeof(T)));
      *block = {static_cast<std::uint32_t>(n), static_cast<std::uint32_t>(capacity)};
      std::uninitialized_move(begin(), end(), reinterpret_cast<T*>(block + 1));
    }
    clear();
    ::operator delete(std::exchange(block_, block));
  }

  Block* block_ = nullptr;
};

}  // namespace casus::text
