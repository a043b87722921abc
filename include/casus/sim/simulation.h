#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "casus/sim/mechanism.h"
#include "casus/world/relations.h"

namespace casus {

struct RunOptions {
  std::uint64_t seed = 1;
  std::uint32_t run = 0;                ///< the replicate's number
  Executor* executor = nullptr;         ///< none: serial
  std::size_t max_events = 50'000'000;  ///< a run that logs more stops with SimulationError
  /// Worlds of up to so many actors keep how each sees each in a square table, larger ones in rows
  /// of what there is to say. Memory and speed depend on it, and no result.
  std::size_t dense_relations = Relations::usual_dense;
};

/// Reads a scenario file with the standard mechanisms. Throws ScenarioError.
Scenario load_scenario(const std::string& file, const std::vector<Edit>& edits = {},
                       const ReadLimits& limits = {});

/// One run of a scenario. Scenario -> World -> step, step, ...
class Simulation {
 public:
  explicit Simulation(const Scenario& scenario, RunOptions options = {});
  Simulation(const Scenario& scenario, const Registry& registry, RunOptions options = {});
  ~Simulation();
  Simulation(Simulation&&) noexcept;
  Simulation& operator=(Simulation&&) noexcept;

  bool done() const;
  /// One step: every enabled mechanism, in order. Throws SimulationError if a number went wrong.
  void step();
  /// Steps to the end.
  void run();

  std::uint32_t steps_done() const;
  Date date() const;
  const World& world() const;
  const EventLog& log() const;
  const Scenario& scenario() const;
  /// Digest of the world and of every mechanism's memory.
  std::uint64_t hash() const;

  /// Called for every event, in order, at the end of the step in which it happened.
  void on_event(std::function<void(const Event&)> observer);
  /// Reads or sets by path, checked by name and range: "regions.gao.grievance".
  double get(std::string_view path) const;
  void set(std::string_view path, double value);
  /// A column of the world, no copy, valid until the next step: "regions.deaths".
  std::span<const double> column(std::string_view path) const;

  /// The state of the run, to go back to. Valid for simulations of the same scenario and registry.
  struct Snapshot;
  std::shared_ptr<const Snapshot> save() const;
  void restore(const Snapshot& snapshot);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace casus
