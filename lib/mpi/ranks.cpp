#include "mpi/ranks.h"

#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "casus/core/archive.h"

namespace casus::mpi {
namespace {

constexpr int work = 1;
/// MPI counts in int, so what is longer goes in pieces.
constexpr std::size_t piece = std::size_t{1} << 30U;

/// What a rank is asked: a run of a scenario that it knows, or whose text comes along. Without a
/// run: to leave.
struct Task {
  bool run = false;
  std::uint32_t scenario = 0;
  std::string text;
  RunSpec spec;
  void archive(Archive& a) { a(run, scenario, text, spec.seed, spec.run, spec.keep_events); }
};

/// Sleeps a little longer each time, and never so long that a run would notice.
class Patience {
 public:
  void wait() {
    std::this_thread::sleep_for(pause_);
    pause_ = std::min(pause_ * 2, std::chrono::microseconds(500));
  }

 private:
  std::chrono::microseconds pause_{20};
};

}  // namespace

Session::Session(int* argc, char*** argv) {
  int provided = MPI_THREAD_SINGLE;
  MPI_Init_thread(argc, argv, MPI_THREAD_SERIALIZED, &provided);
  if (provided < MPI_THREAD_SERIALIZED) {
    MPI_Finalize();
    throw std::runtime_error("this MPI allows no threads (MPI_THREAD_SERIALIZED)");
  }
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &size_);
}

Session::~Session() { MPI_Finalize(); }

void Session::send(int to, const Bytes& bytes) {
  const auto post = [&](const void* data, int n, MPI_Datatype type) {
    MPI_Request request = MPI_REQUEST_NULL;
    {
      const std::lock_guard lock(mutex_);
      MPI_Isend(data, n, type, to, work, MPI_COMM_WORLD, &request);
    }
    int done = 0;
    for (Patience patience;; patience.wait()) {
      const std::lock_guard lock(mutex_);
      MPI_Test(&request, &done, MPI_STATUS_IGNORE);
      if (done != 0) return;
    }
  };
  const std::uint64_t length = bytes.size();
  post(&length, 1, MPI_UINT64_T);
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    post(bytes.data() + at, static_cast<int>(std::min(piece, bytes.size() - at)), MPI_BYTE);
  }
}

Bytes Session::receive(int from) {
  const auto take = [&](void* data, int n, MPI_Datatype type) {
    for (Patience patience;; patience.wait()) {
      const std::lock_guard lock(mutex_);
      int there = 0;
      MPI_Iprobe(from, work, MPI_COMM_WORLD, &there, MPI_STATUS_IGNORE);
      if (there == 0) continue;
      MPI_Recv(data, n, type, from, work, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      return;
    }
  };
  std::uint64_t length = 0;
  take(&length, 1, MPI_UINT64_T);
  Bytes bytes(length);
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    take(bytes.data() + at, static_cast<int>(std::min(piece, bytes.size() - at)), MPI_BYTE);
  }
  return bytes;
}

Ranks::Ranks(Session& session, const Registry& registry)
    : session_(session), registry_(registry), knows_(static_cast<std::size_t>(session.size())) {
  // The last is given out first: this process has enough to do if there is little.
  for (int rank = 0; rank < session.size(); ++rank) free_.push_back(rank);
}

Ranks::~Ranks() {
  for (int rank = 1; rank < session_.size(); ++rank) {
    Writer leave;
    Task task;
    leave(task);
    session_.send(rank, leave.take());
  }
}

std::uint32_t Ranks::number_of(const Scenario& scenario) {
  // Copies share their data, which is found again by being the same and not by being alike.
  std::uint32_t number = 0;
  while (number < scenarios_.size() && &scenarios_[number].data() != &scenario.data()) ++number;
  if (number == scenarios_.size()) scenarios_.push_back(scenario);
  return number;
}

RunResult Ranks::run(const Scenario& scenario, const RunSpec& spec) {
  Task task{true, 0, {}, spec};
  int rank = 0;
  {
    const std::lock_guard lock(mutex_);
    rank = free_.back();
    free_.pop_back();
    task.scenario = number_of(scenario);
    std::vector<bool>& knows = knows_[static_cast<std::size_t>(rank)];
    knows.resize(scenarios_.size(), false);
    if (!knows[task.scenario]) task.text = scenario.resolved();
    knows[task.scenario] = true;
  }
  struct Free {
    Ranks& ranks;
    int rank;
    ~Free() {
      const std::lock_guard lock(ranks.mutex_);
      ranks.free_.push_back(rank);
    }
  } const free{*this, rank};
  if (rank == 0) return run_once(scenario, registry_, spec);
  Writer request;
  request(task);
  session_.send(rank, request.take());
  return result_from(session_.receive(rank));
}

void serve(Session& session, const Registry& registry) {
  std::map<std::uint32_t, Scenario> scenarios;
  for (;;) {
    const Bytes request = session.receive(0);
    Reader reader(request);
    Task task;
    reader(task);
    if (!task.run) return;
    RunResult result;
    try {
      auto known = scenarios.find(task.scenario);
      if (known == scenarios.end()) {
        known = scenarios
                    .emplace(task.scenario,
                             Scenario::parse(task.text, "the first rank", registry.vocabulary()))
                    .first;
      }
      result = run_once(known->second, registry, task.spec);
    } catch (const std::exception& e) {
      // A scenario that loads there and not here: another build, say.
      result.spec = task.spec;
      result.failure = RunFailure{e.what(), {}, {}, {}};
    }
    session.send(0, bytes_of(result));
  }
}

}  // namespace casus::mpi
