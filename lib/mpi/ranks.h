#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "casus/sim/mechanism.h"
#include "casus/study/run_places.h"

namespace casus::mpi {

using Bytes = std::vector<std::uint8_t>;

/// MPI from its start to its end, in one process.
class Session {
 public:
  Session(int* argc, char*** argv);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  int rank() const { return rank_; }
  int size() const { return size_; }

  /// Waits without burning a core, which a blocking call of MPI would: the ranks may share cores
  /// with those that compute. Safe from several threads, each with a rank of its own.
  void send(int to, const Bytes& bytes);
  Bytes receive(int from);

 private:
  int rank_ = 0, size_ = 1;
  std::mutex mutex_;  ///< MPI is entered by one thread at a time, which every MPI allows
};

/// All ranks as places for runs; for the first, which makes runs as well, and collects and writes.
/// Whoever is free gets the next run, so a slow rank holds up nobody.
class Ranks final : public RunPlaces {
 public:
  Ranks(Session& session, const Registry& registry);
  ~Ranks() override;  ///< the others may leave
  unsigned places() const override { return static_cast<unsigned>(session_.size()); }
  RunResult run(const Scenario& scenario, const RunSpec& spec) override;

 private:
  std::uint32_t number_of(const Scenario& scenario);

  Session& session_;
  const Registry& registry_;
  std::mutex mutex_;
  std::vector<int> free_;                 ///< ranks without work
  std::vector<Scenario> scenarios_;       ///< that ranks may know, by their number
  std::vector<std::vector<bool>> knows_;  ///< by rank and scenario
};

/// Makes runs for the first rank until that lets go.
void serve(Session& session, const Registry& registry);

}  // namespace casus::mpi
