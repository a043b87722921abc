#pragma once

#include <concepts>
#include <functional>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/law/expectation.h"
#include "casus/sim/acts.h"
#include "casus/sim/mechanism.h"
#include "casus/world/relations.h"

namespace casus {

struct RunOptions {
  std::uint64_t seed = 1;
  std::uint32_t run = 0;                ///< the replicate's number
  Executor* executor = nullptr;         ///< none: serial
  std::size_t max_events = 50'000'000;  ///< a run that logs more stops with SimulationError
  /// Steps whose events stay in the log, at least one; 0: all of them. A long run of a large world
  /// can be short of memory for them. Observers see every event all the same, and no result depends
  /// on it, but what asks for all events, as outcomes do, gets none (ContractError).
  std::uint32_t keep_events = 0;
  /// Worlds of up to so many actors keep how each sees each in a square table, larger ones in rows
  /// of what there is to say. Memory and speed depend on it, and no result.
  std::size_t dense_relations = Relations::usual_dense;
};

/// Reads a scenario file with the standard mechanisms. Throws ScenarioError.
CASUS_API Scenario load_scenario(const std::string& file, const std::vector<Edit>& edits = {},
                                 const ReadLimits& limits = {});

/// One run of a scenario. Scenario -> World -> step, step, ...
class CASUS_API Simulation {
 public:
  explicit Simulation(const Scenario& scenario, RunOptions options = {});
  /// With mechanisms of the program's own. The scenario was loaded with the same vocabulary.
  template <std::same_as<Registry> R>
  Simulation(const Scenario& scenario, const R& registry, RunOptions options = {})
      : Simulation(With{registry}, scenario, options) {}
  ~Simulation();
  Simulation(Simulation&&) noexcept;
  Simulation& operator=(Simulation&&) noexcept;

  bool done() const;
  /// One step: every enabled mechanism, in order, then the observers. Throws SimulationError with
  /// date and mechanism if a number went wrong or a mechanism threw (its exception is nested). The
  /// run is then broken: it can be looked at, and goes on only from a snapshot.
  void step();
  /// Steps to the end.
  void run();

  std::uint32_t steps_done() const;
  Date date() const;
  const World& world() const;
  const EventLog& log() const;
  const Scenario& scenario() const;
  /// Digest of all that the rest of the run follows from, but for seed, run and log: the world,
  /// every mechanism's memory, parameters, the rules of the law and orders not yet carried out.
  std::uint64_t hash() const;

  enum class From { now, start };
  class Observer;
  /// Called for every event, in order, at the end of the step in which it happened; from the start:
  /// at once for those that are in the log, starting conditions included. An observer may read,
  /// set, order and save, and may not step or go back (ContractError). If one throws, the step is
  /// done, the others are called, and the first exception leaves step(). What it returns takes the
  /// observer out again; dropping it does not.
  Observer on_event(std::function<void(const Event&)> observer, From from = From::now);

  /// Reads or sets by path, checked by name and range: "regions.gao.grievance".
  double get(std::string_view path) const;
  void set(std::string_view path, double value);
  /// The same in two steps: what a path leads to is found once, and read and written in a few
  /// nanoseconds. Throws ScenarioError with the nearest names if it leads nowhere.
  PathRef resolve(std::string_view path) const;
  double get(const PathRef& ref) const;
  void set(const PathRef& ref, double value);
  /// What columns there are, those that mechanisms own included, with unit, limits and meaning.
  const Columns& columns() const;
  /// A column of the world, no copy, valid until the next step: "regions.deaths".
  std::span<const double> column(std::string_view path) const;
  /// A value for each row, in its order; all are checked before any is set.
  void set_column(std::string_view path, std::span<const double> values);
  /// By name, those born during the run included. Throw ContractError with the nearest name.
  ActorId actor(std::string_view name) const;
  RegionId region(std::string_view name) const;
  const std::string& name(ActorId actor) const;
  const std::string& name(RegionId region) const;

  /// Has an act done at the beginning of the next step, in the order of the calls. Throws
  /// ContractError as act() does. Orders not yet carried out are part of the state.
  void order(const ActOrder& order);
  /// Who would come to the help of the other side if this were done today, as `observer` believes;
  /// see law::expected_coalition.
  std::vector<law::Expected> expected(const ActOrder& order, ActorId observer) const;

  /// The state of the run, to go back to: seed and run, world, log, memory, parameters, orders;
  /// observers are not in it.
  struct Snapshot;
  std::shared_ptr<const Snapshot> save() const;
  /// Goes back, or to the state of another simulation of the same scenario and mechanisms; a
  /// ContractError says what differs otherwise.
  void restore(const Snapshot& snapshot);

  /// The same to a file or socket: bytes that do not depend on the machine, with version, checksum
  /// and what they are a state of.
  void save(std::ostream& out) const;

  /// A run that goes on under another scenario, and what was changed for it, by name.
  struct Fork;
  /// What would follow from here under an edited scenario: same world, memory and draws. Parameters
  /// and values that the scenario gives otherwise become so today; pacts are amended as of today,
  /// a pact that is missing ends today; entries of the timeline come and go. Throws ContractError
  /// with every edit that has no such meaning: other regions, actors, presences, wars, crises or
  /// measures, another start, dates that are past.
  Fork fork(const Scenario& edited) const;
  /// Goes on where save() stopped, to the same bytes, in whatever process. Seed and run are the
  /// saved ones. Throws ContractError for bytes that are cut off, damaged, of another version,
  /// scenario or set of mechanisms, and says which.
  static Simulation load(const Scenario& scenario, const Registry& registry, std::istream& in,
                         RunOptions options = {});

 private:
  struct State;
  class Reconciler;
  struct With {
    const Registry& registry;
  };
  Simulation(With with, const Scenario& scenario, RunOptions options);
  explicit Simulation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct Simulation::Fork {
  Simulation simulation;
  std::vector<std::string> changes;  ///< "pacts.aes: ends on 2024-01-01"
};

/// The handle of an observer. A value; harmless when the simulation or the observer is gone.
class CASUS_API Simulation::Observer {
 public:
  Observer() = default;
  /// The observer sees no further event, not even of the step under way.
  void remove();

 private:
  friend class Simulation;
  struct Entry;
  explicit Observer(std::weak_ptr<Entry> entry) : entry_(std::move(entry)) {}
  std::weak_ptr<Entry> entry_;
};

}  // namespace casus
