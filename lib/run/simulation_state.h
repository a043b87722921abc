#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/addresses.h"
#include "casus/core/executor.h"
#include "casus/run/simulation.h"
#include "casus/scenario/fingerprint.h"
#include "run/guards.h"
#include "run/undeclared_writes.h"

namespace casus {

struct Simulation::Observer::Entry {
  std::function<void(const Event&)> call;
  bool removed = false;
};

/// A state as bytes, and what it is a state of.
struct Simulation::Snapshot {
  Fingerprint fingerprint;
  std::vector<std::uint8_t> bytes;
};

struct Simulation::State {
  State(const Scenario& s, const Registry& r, RunOptions o);

  // The state of the run: what influences the rest of it.
  Replicate replicate;
  World world;
  EventLog log;
  std::vector<std::unique_ptr<Mechanism>> mechanisms;
  LawRules law;
  std::vector<std::vector<double>> parameters;
  std::vector<std::uint8_t> changed;  ///< mechanisms to be told of their parameters
  std::uint32_t step = 0;
  std::vector<ActOrder> orders;
  void archive(Archive& a);
  /// What was read is looked at, and what is derived from it made anew.
  void settle();
  /// Ids in the log and in the mechanisms' memories lead to rows.
  void check_rows();

  // What it is a state of, and what surrounds it.
  Scenario scenario;
  Registry registry;
  RunOptions options;
  std::unique_ptr<Executor> own_executor;
  std::vector<Attack> attacks;
  std::vector<Operation> operations;
  std::vector<law::Act> acts;
  std::vector<ColumnSet> writes;     ///< that each mechanism may write
  std::vector<ColumnRows> written;   ///< the same
  std::vector<ColumnSet> notes;      ///< of which each mechanism notes what rows it writes
  std::vector<ColumnRows> noted;     ///< the same
  std::vector<std::uint64_t> names;  ///< hash of each mechanism's
  /// What is looked at at the end of a step: columns that no mechanism says it writes, and every
  /// one if there are mechanisms that builds with internal checks have not been through.
  ColumnRows unclaimed;
  /// As check_world() has left it. Follows from what was done and is no state.
  std::uint64_t affinities_looked_at = never_looked;
#ifdef CASUS_ENABLE_ASSERTS
  UndeclaredWrites undeclared;
  AddressBook book;
#endif
  std::vector<std::shared_ptr<Observer::Entry>> observers;
  enum class Phase { rest, mechanisms, observers } phase = Phase::rest;
  std::string broken;  ///< why the run cannot go on; empty: it can

  Executor& executor() { return options.executor != nullptr ? *options.executor : *own_executor; }
  /// The replicate to draw from; builds with internal checks take down what is drawn.
  Replicate source() {
    Replicate r = replicate;
#ifdef CASUS_ENABLE_ASSERTS
    r.book = &book;
#endif
    return r;
  }
  StepContext context() {
    return {{world, log, attacks, operations, acts, law, parameters, changed},
            executor(),
            scenario.data(),
            source(),
            step};
  }
  /// The world, and each mechanism in turn, as the scenario has it.
  void begin();
  Fingerprint fingerprint() const;
  /// The scenario was loaded with the columns and events of these mechanisms.
  void expect_own_columns() const;
  /// What a reference to a parameter leads to.
  double& parameter(const PathRef& ref);
  void notify(std::size_t mark);
};

/// Writes a snapshot to a stream, or reads one.
void write_snapshot(const Simulation::Snapshot& snapshot, std::ostream& out);
Simulation::Snapshot read_snapshot(std::istream& in);

}  // namespace casus
