#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"
#include "casus/world/events.h"

/// Why something happened in a run: chains of causes, and the decisions in them.
namespace casus::why {

/// Where an event that no event has caused comes from.
enum class Origin : std::uint8_t {
  none,          ///< it has causes
  start,         ///< in force when the run began
  timeline,      ///< the timeline or a program had it happen
  chance,        ///< a draw, at a rate that is on record
  circumstance,  ///< what the world had come to made it so
  unknown,       ///< the log does not say: an event of a mechanism of the program's own
};
CASUS_API std::string_view name(Origin origin);

/// A run's log, ready to be asked. Refers to scenario and log.
class CASUS_API Account {
 public:
  Account(const ScenarioData& scenario, const KeptEvents& events);

  const ScenarioData& scenario() const { return *scenario_; }
  const KeptEvents& kept() const { return *events_; }
  const EventLog& log() const { return events_->log; }

  /// What was decided when the event happened, in the order of the record.
  std::vector<const Decision*> decisions(EventId event) const;
  Origin origin(EventId event) const;

  /// All that led to an event, itself included, in the order in which it happened.
  std::vector<EventId> chain(EventId event) const;
  /// One way back: from what has no cause to the event, by the first cause of each, which is what
  /// it answers; the others are what it takes part in.
  std::vector<EventId> path(EventId event) const;
  /// Events without cause of which nothing says where they come from.
  std::vector<EventId> without_origin() const;

 private:
  const ScenarioData* scenario_;
  const KeptEvents* events_;
  std::vector<std::uint32_t> by_event_;  ///< rows of decisions with an event, by event
};

}  // namespace casus::why
