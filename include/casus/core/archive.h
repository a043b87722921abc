#pragma once

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"

namespace casus {

/// Goes through a value's state, field by field, in the order in which the type names its fields:
/// writes it, reads it, digests it, or describes its layout. A type says once what its state is,
///
///     void archive(Archive& a) { a(count, level, names); }     // a member, or
///     void archive(Archive& a, Thing& x) { a(x.count); }       // a function of its namespace
///
/// and can be copied, hashed, saved and loaded. Numbers, enumerations, ids, keys, dates, strings,
/// vectors, arrays, optionals and pairs are known. An archive that does not read changes nothing.
class CASUS_API Archive {
 public:
  virtual ~Archive() = default;

  template <class... T>
  void operator()(T&... fields) {
    (field(fields), ...);
  }
  /// Fields that a type was given after digests of it were kept. To a digest they are there only
  /// where they say something, so that what says nothing of them keeps the digest it had.
  template <class... T>
  void later(T&... fields) {
    std::uint64_t which = 0;
    (later_field(fields, ++which), ...);
  }
  /// Fields that tell why, and from which nothing follows: written and read, and in no digest.
  template <class... T>
  void aside(T&... fields) {
    if (!digests()) (field(fields), ...);
  }
  /// Are the fields being replaced? What is derived from them is then made anew.
  virtual bool reads() const { return false; }
  /// Ids are being changed, and nothing else.
  virtual bool renumbers() const { return false; }
  /// The table that an id is a row of.
  enum class Table : std::uint8_t { actors, regions, pacts, wars, events, other };

 protected:
  /// `n` numbers of `width` bytes (1, 2, 4 or 8) in this machine's order.
  virtual void words(void* data, std::size_t n, std::size_t width) = 0;
  /// How many elements follow, each of at least `width` bytes: those there are, or those to come.
  virtual std::size_t count(std::size_t n, std::size_t width) = 0;
  /// The state is digested.
  virtual bool digests() const { return false; }
  /// One element stands for any number of them.
  virtual bool describes() const { return false; }
  /// A row of a table, `no_row` for none.
  virtual void row(std::uint32_t& row, Table) { words(&row, 1, sizeof row); }
  static constexpr std::uint32_t no_row = 0xffffffffU;

 private:
  template <class T>
  static constexpr bool is_number = std::is_arithmetic_v<T> || std::is_enum_v<T>;

  template <class T>
  void later_field(T& x, std::uint64_t which) {
    if (digests()) {
      if (x == T{}) return;
      words(&which, 1, sizeof which);
    }
    field(x);
  }
  template <class T>
  void field(T& x) {
    if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t byte = x ? 1 : 0;
      words(&byte, 1, 1);
      if (reads()) x = byte != 0;
    } else if constexpr (is_number<T>) {
      words(&x, 1, sizeof(T));
    } else if constexpr (requires { x.archive(*this); }) {
      x.archive(*this);
    } else {
      archive(*this, x);
    }
  }

  template <class Tag>
  void field(Id<Tag>& id) {
    constexpr Table table = std::is_same_v<Id<Tag>, ActorId>    ? Table::actors
                            : std::is_same_v<Id<Tag>, RegionId> ? Table::regions
                            : std::is_same_v<Id<Tag>, PactId>   ? Table::pacts
                            : std::is_same_v<Id<Tag>, WarId>    ? Table::wars
                            : std::is_same_v<Id<Tag>, EventId>  ? Table::events
                                                                : Table::other;
    auto number = std::bit_cast<std::uint32_t>(id);
    row(number, table);
    if (reads() || renumbers()) id = std::bit_cast<Id<Tag>>(number);
  }
  template <class Tag>
  void field(NameKey<Tag>& key) {
    words(&key.value, 1, sizeof key.value);
  }
  template <class Rep, class Period>
  void field(std::chrono::duration<Rep, Period>& x) {
    std::int64_t ticks = x.count();
    words(&ticks, 1, sizeof ticks);
    if (reads()) x = std::chrono::duration<Rep, Period>(static_cast<Rep>(ticks));
  }
  template <class Clock, class Duration>
  void field(std::chrono::time_point<Clock, Duration>& x) {
    Duration since = x.time_since_epoch();
    field(since);
    if (reads()) x = std::chrono::time_point<Clock, Duration>(since);
  }
  void field(std::string& text) {
    const std::size_t n = count(text.size(), 1);
    if (reads()) text.resize(n);
    if (!describes()) words(text.data(), n, 1);
  }
  template <class T>
  void field(std::vector<T>& items) {
    static_assert(!std::is_same_v<T, bool>, "a vector of bits has no elements to refer to");
    const std::size_t n = count(items.size(), is_number<T> ? sizeof(T) : 1);
    if (describes()) {
      T any{};
      field(any);
    } else if constexpr (is_number<T>) {
      if (reads()) items.resize(n);
      if (n > 0) words(items.data(), n, sizeof(T));
    } else {
      // One by one: a length that lies ends with the bytes, before it has cost any memory.
      if (reads()) items.clear();
      for (std::size_t i = 0; i < n; ++i) {
        if (reads()) items.emplace_back();
        field(items[i]);
      }
    }
  }
  template <class T, std::size_t n>
  void field(std::array<T, n>& items) {
    for (T& item : items) field(item);
  }
  template <class T>
  void field(std::optional<T>& item) {
    bool there = item.has_value();
    field(there);
    if (describes()) {
      T any{};
      field(any);
      return;
    }
    if (reads()) {
      item.reset();
      if (there) item.emplace();
    }
    if (there) field(*item);
  }
  template <class A, class B>
  void field(std::pair<A, B>& both) {
    field(both.first);
    field(both.second);
  }

 public:
  /// For a type that is one number of this kind in memory.
  template <class Number, class T>
  void as(T& x) {
    auto number = std::bit_cast<Number>(x);
    words(&number, 1, sizeof number);
    if (reads()) x = std::bit_cast<T>(number);
  }
};

/// Writes to memory: little-endian, no padding, the same bytes on every machine.
class CASUS_API Writer final : public Archive {
 public:
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  void words(void* data, std::size_t n, std::size_t width) override;
  std::size_t count(std::size_t n, std::size_t width) override;
  std::vector<std::uint8_t> bytes_;
};

/// Reads what a Writer wrote. Throws ContractError where the bytes end too early or a length
/// exceeds them; a length never costs more memory than the bytes that are there justify.
class CASUS_API Reader final : public Archive {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  bool reads() const override { return true; }
  std::size_t left() const { return bytes_.size() - at_; }

 private:
  void words(void* data, std::size_t n, std::size_t width) override;
  std::size_t count(std::size_t n, std::size_t width) override;
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

/// Digests the state: the same for the same bits, 0 for a type without any.
class CASUS_API Digester final : public Archive {
 public:
  std::uint64_t value() const { return h_; }

 private:
  void words(void* data, std::size_t n, std::size_t width) override;
  std::size_t count(std::size_t n, std::size_t width) override;
  bool digests() const override { return true; }
  std::uint64_t h_ = 0;
};

/// Digests the kinds of fields and not their values: two types of one layout read each other.
class CASUS_API LayoutDigester final : public Archive {
 public:
  std::uint64_t value() const { return h_; }

 private:
  void words(void* data, std::size_t n, std::size_t width) override;
  std::size_t count(std::size_t n, std::size_t width) override;
  bool describes() const override { return true; }
  std::uint64_t h_ = 0;
};

/// Refuses ids that are no rows: what was read from outside is looked at before it is used.
class CASUS_API RowChecker final : public Archive {
 public:
  /// How many rows each table has.
  void limit(Table table, std::size_t rows) { limits_[static_cast<std::size_t>(table)] = rows; }

 private:
  void words(void*, std::size_t, std::size_t) override {}
  std::size_t count(std::size_t n, std::size_t) override { return n; }
  /// Throws ContractError.
  void row(std::uint32_t& row, Table table) override;
  std::array<std::size_t, 6> limits_{0, 0, 0, 0, 0, no_row};
};

/// The digest of a value's state.
template <class T>
std::uint64_t digest_of(const T& value) {
  Digester digester;
  // It reads nothing into the value.
  digester(const_cast<T&>(value));
  return digester.value();
}

}  // namespace casus
