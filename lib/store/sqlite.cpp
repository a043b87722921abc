#include "store/sqlite.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>

namespace casus {

StoreError::StoreError(Kind kind, const std::string& path, const std::string& message)
    : std::runtime_error(path + ": " + message),
      Error(kind == Kind::foreign   ? "E0605"
            : kind == Kind::damaged ? "E0603"
                                    : "E0602"),
      kind_(kind),
      path_(path) {}

namespace store {
namespace {

// How long one waits for a program that is writing a batch.
constexpr int patience_ms = 20'000;

/// Is the file as large as one of this program's may become, but for a batch of runs?
bool at_its_limit(const std::string& path) {
  constexpr std::uint64_t batch = 1U << 20U;
  struct stat about {};
  struct rlimit limit {};
  return ::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
         ::stat(path.c_str(), &about) == 0 &&
         static_cast<std::uint64_t>(about.st_size) + batch >= limit.rlim_cur;
}

std::string reason(int error) { return std::generic_category().message(error); }

}  // namespace

Database::Database(const std::string& path, Open how) : path_(path) {
  using Kind = StoreError::Kind;
  if (how == Open::create) {
    // SQLite opens what is there; whether it is there is asked and answered in one call.
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file < 0) {
      const bool room = errno == ENOSPC || errno == EDQUOT;
      throw StoreError(room ? Kind::full : Kind::io, path, "cannot be made: " + reason(errno));
    }
    ::close(file);
  }
  constexpr int flags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOFOLLOW;
  int opened = sqlite3_open_v2(path.c_str(), &db_, flags | SQLITE_OPEN_READWRITE, nullptr);
  if (how == Open::read && opened != SQLITE_OK) {
    sqlite3_close(db_);
    opened = sqlite3_open_v2(path.c_str(), &db_, flags | SQLITE_OPEN_READONLY, nullptr);
  }
  if (opened != SQLITE_OK) {
    const std::string why = db_ != nullptr ? sqlite3_errmsg(db_) : "out of memory";
    sqlite3_close(db_);
    throw StoreError(Kind::io, path, "cannot be opened: " + why);
  }
  sqlite3_busy_timeout(db_, patience_ms);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

Database::~Database() { sqlite3_close(db_); }

void Database::fail(int code, const std::string& doing) const {
  // Of a file that reached its limit SQLite says no more than that writing failed.
  const int error =
      code == SQLITE_IOERR_WRITE && at_its_limit(path_) ? EFBIG : sqlite3_system_errno(db_);
  const int kind = code & 0xff;
  using Kind = StoreError::Kind;
  if (kind == SQLITE_FULL || error == ENOSPC || error == EDQUOT || error == EFBIG) {
    throw StoreError(Kind::full, path_,
                     error == EFBIG ? "may not grow further: " + reason(error)
                                    : "cannot be written: " + reason(ENOSPC));
  }
  const bool damaged = kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_ERROR ||
                       kind == SQLITE_SCHEMA;
  throw StoreError(damaged ? Kind::damaged : Kind::io, path_,
                   fmt::format("{}: {}{}", doing, sqlite3_errmsg(db_),
                               error != 0 ? " (" + reason(error) + ")" : ""));
}

void Database::run(const std::string& sql) {
  const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code, "cannot be used");
}

std::string Database::ask(const std::string& sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.text(0) : std::string();
}

void Database::roll_back() noexcept {
  if (sqlite3_get_autocommit(db_) == 0) {
    sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

Statement::Statement(const Database& database, const std::string& sql) : database_(database) {
  const int code = sqlite3_prepare_v2(database.handle(), sql.c_str(), static_cast<int>(sql.size()),
                                      &statement_, nullptr);
  if (code != SQLITE_OK) database.fail(code, "is not as it should be");
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      bound_(other.bound_) {}

Statement& Statement::put(std::uint64_t value) {
  sqlite3_bind_int64(statement_, ++bound_, static_cast<sqlite3_int64>(value));
  return *this;
}

Statement& Statement::put(std::int64_t value) {
  sqlite3_bind_int64(statement_, ++bound_, static_cast<sqlite3_int64>(value));
  return *this;
}

Statement& Statement::skip(int columns) {
  for (int i = 0; i < columns; ++i) sqlite3_bind_null(statement_, ++bound_);
  return *this;
}

Statement& Statement::put(double value) {
  if (std::isnan(value)) {
    sqlite3_bind_null(statement_, ++bound_);
  } else {
    sqlite3_bind_double(statement_, ++bound_, value);
  }
  return *this;
}

Statement& Statement::put(std::string_view text) {
  sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

Statement& Statement::put(std::span<const std::uint8_t> bytes) {
  sqlite3_bind_blob64(statement_, ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    sqlite3_reset(statement_);
    bound_ = 0;
    database_.fail(code, "cannot be used");
  }
  return false;
}

void Statement::run() {
  step();
  reset();
}

void Statement::reset() {
  sqlite3_reset(statement_);
  bound_ = 0;
}

std::uint64_t Statement::integer(int column) const {
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column));
}

double Statement::number(int column) const {
  if (empty(column)) return std::numeric_limits<double>::quiet_NaN();
  return sqlite3_column_double(statement_, column);
}

bool Statement::empty(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string Statement::text(int column) const {
  // The bytes after the text: asking for it may change how it is encoded.
  const void* text = sqlite3_column_text(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (text == nullptr) return {};
  return {static_cast<const char*>(text), static_cast<std::size_t>(size)};
}

std::vector<std::uint8_t> Statement::bytes(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (bytes == nullptr) return {};
  const auto* first = static_cast<const std::uint8_t*>(bytes);
  return {first, first + size};
}

}  // namespace store
}  // namespace casus
