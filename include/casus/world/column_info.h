#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "casus/core/units.h"
#include "casus/world/event_kinds.h"
#include "casus/world/kinds.h"

namespace casus {

/// A bit for each kind of actor, for ColumnInfo::kinds.
constexpr std::uint32_t kind_bit(ActorKind kind) { return 1U << static_cast<unsigned>(kind); }

/// What a value may be while a run lasts. A value outside stops the run.
enum class Domain : std::uint8_t {
  real,         ///< any finite number
  nonnegative,  ///< at least 0
  share,        ///< [0, 1]
  balance,      ///< [-1, 1]
};

/// How a column's values become one number for an outcome over several rows.
enum class Aggregate : std::uint8_t {
  sum,
  mean,
  by_residents,  ///< mean of regions, weighted by the people living there
};

/// What some events add up to.
struct EventToll {
  double deaths = 0.0, civilian_deaths = 0.0, size = 0.0;
  double reported_deaths = 0.0, reported_civilian_deaths = 0.0;
};

/// How a column that grows by what events say is added up over some of them.
struct EventSum {
  std::optional<EventKind> only{};  ///< none: events of every kind
  double (*of)(const EventToll&);
};

/// What is said of a column, once, for everybody who reads it: decoder, schema, reference, start of
/// a run, paths, guards, outcomes.
struct ColumnInfo {
  std::string name{};
  Unit unit = Unit::none;
  Domain domain = Domain::real;
  /// What a scenario, a timeline or a program may give, in `unit`.
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool given = false;         ///< is a key of the scenario's entries
  bool required = false;      ///< a key that must be there
  bool constant = false;      ///< a key that takes no prior
  bool settable = false;      ///< may be set during a run
  double initial = 0.0;       ///< at the start, where the scenario says nothing
  std::uint32_t kinds = ~0U;  ///< of actors that have the key: one bit each
  Aggregate aggregate = Aggregate::sum;
  std::optional<EventSum> in_events{};  ///< unset: no event says what it grows by
  bool only_in_events = false;          ///< the world does not hold it: none of its columns
  std::string doc{};                    ///< one or two sentences
  std::string example{};                ///< of the value
  std::string source{};  ///< of its limits and its value at the start, where a mechanism owns it
};

/// The tables whose rows have columns.
enum class ColumnTable : std::uint8_t { regions, actors, presences };

/// A column that a mechanism owns: of which table, and the same row as one of the world's.
struct OwnColumn {
  ColumnTable table = ColumnTable::regions;
  ColumnInfo info{};
};

}  // namespace casus
