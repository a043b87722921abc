#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "casus/store/run_store.h"
#include "store/blobs.h"
#include "store/sqlite.h"

namespace casus {

struct RunStore::State {
  using Clock = std::chrono::steady_clock;

  explicit State(const std::string& path, store::Database::Open how) : database(path, how) {}

  /// Calls what reads bytes; what is wrong with them is said with the name of the file.
  template <class F>
  auto reading(F&& f) const;
  void begin();
  void commit();
  /// Is what waits worth a commit?
  bool due() const;

  store::Database database;
  StoreHeader header;
  int format = 0;  ///< of the tables
  // The statements of writing, made when the first run is added.
  struct Writing {
    explicit Writing(const store::Database& d);
    store::Statement run, outcome, input, failure, promise, way, series, events;
  };
  std::optional<Writing> writing;
  store::Packer packer;
  bool open = false;  ///< a transaction is
  std::uint64_t waiting = 0, waiting_bytes = 0;
  std::uint64_t added = 0;
  Clock::time_point begun = Clock::now();
  std::chrono::duration<double> commit_cost{0.0};  ///< of the last one
};

}  // namespace casus
