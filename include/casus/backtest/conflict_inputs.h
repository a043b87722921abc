#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "casus/backtest/conflict_record.h"
#include "casus/core/calendar.h"
#include "casus/core/export.h"

/// What of a scenario follows from the events on record at a day.
namespace casus {

/// A group that stands where its events were.
struct ConflictGroup {
  std::string actor;  ///< its name in scenarios
  Camp camp = Camp::jnim;
  double people = 0.0;                 ///< in all the regions, >= 1
  std::vector<std::string> elsewhere;  ///< regions whose events of the camp are another group's
};

/// Where a group stands, and how much it does.
struct GroupInputs {
  struct Place {
    std::uint32_t region = 0;
    double events = 0.0;  ///< lethal ones of the last twelve months
    double deaths = 0.0;  ///< in them
    double people = 0.0;  ///< whole people, in proportion to the events
  };
  std::string actor;
  double people = 0.0;
  double events = 0.0, deaths = 0.0;
  double activity = 0.0;      ///< events per head, relative to the first group's
  std::vector<Place> places;  ///< with an event, by region
};

struct ConflictInputs {
  Date day{}, year_before{}, two_years_before{};
  std::vector<GroupInputs> groups;
  std::size_t sizes = 0;       ///< lethal events of the last 24 months
  double size_median = 0.0;    ///< of their deaths
  std::size_t in_tail = 0;     ///< of them with at least `tail_from` deaths
  double size_exponent = 0.0;  ///< of the tail, by maximum likelihood
  static constexpr double tail_from = 10.0;
};

/// From events that were over before the day and no others. People are shared out whole, the
/// largest remainders first. What there are no events for is 0, and a group without any has no
/// places. Throws ContractError for no group, or one without people.
CASUS_API ConflictInputs conflict_inputs(const ConflictRecord& record, Date day,
                                         std::span<const ConflictGroup> groups);

}  // namespace casus
