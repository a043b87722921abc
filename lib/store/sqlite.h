#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/store/store_error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace casus::store {

/// A SQLite database file. Every call throws StoreError.
class Database {
 public:
  enum class Open { create, write, read };
  Database(const std::string& path, Open how);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const std::string& sql);
  /// The first cell of the first row, as text; empty if there is none.
  std::string ask(const std::string& sql);
  /// Undoes what is not committed; never throws.
  void roll_back() noexcept;
  [[noreturn]] void fail(int code, const std::string& doing) const;
  const std::string& path() const { return path_; }
  sqlite3* handle() const { return db_; }

 private:
  std::string path_;
  sqlite3* db_ = nullptr;
};

/// A prepared statement: bind, then step() while there are rows.
class Statement {
 public:
  Statement(const Database& database, const std::string& sql);
  ~Statement();
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;

  Statement& put(std::uint64_t value);
  Statement& put(std::int64_t value);
  /// Nothing in so many columns.
  Statement& skip(int columns);
  /// NaN is stored as nothing.
  Statement& put(double value);
  Statement& put(std::string_view text);
  Statement& put(std::span<const std::uint8_t> bytes);
  /// Is there a row?
  bool step();
  /// For a statement without rows: carries it out and makes it ready for the next.
  void run();
  void reset();

  std::uint64_t integer(int column) const;
  double number(int column) const;  ///< NaN where there is nothing
  bool empty(int column) const;
  std::string text(int column) const;
  std::vector<std::uint8_t> bytes(int column) const;

 private:
  const Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

}  // namespace casus::store
