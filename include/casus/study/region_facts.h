#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/rules/excitation.h"
#include "casus/world/events.h"

// Figures of deaths by region and month that say what kind of violence this is, and not how much
// there was where; of a record as of a run.
namespace casus {

/// What happened, or would have, in some windows: by window, region and month.
struct RegionMonths {
  std::size_t windows = 0, regions = 0, months = 0;
  std::vector<double> deaths, events;  ///< events are lethal ones

  RegionMonths() = default;
  /// All zero.
  RegionMonths(std::size_t window_count, std::size_t region_count, std::size_t month_count)
      : windows(window_count),
        regions(region_count),
        months(month_count),
        deaths(window_count * region_count * month_count, 0.0),
        events(deaths) {}
  std::size_t at(std::size_t window, std::size_t region, std::size_t month) const {
    return (window * regions + region) * months + month;
  }
};

/// Where the regions are.
struct RegionSurroundings {
  rules::Neighbours neighbours;
  std::vector<std::string> countries;  ///< of each region
};

inline constexpr std::size_t region_fact_count = 13;
struct RegionFact {
  std::string_view key, title, doc;
};
/// "zeros", "share of zeros", ...
CASUS_API std::span<const RegionFact, region_fact_count> region_fact_list();

/// The facts, in the order of the list; NaN for what has no answer. A region-month with 5 deaths or
/// more is violent (v), else calm; steps from a month to the next are within windows. Figures that
/// are of each region are of those with a mean of a death a month or more (for events, .3), over
/// the months of all windows together.
CASUS_API std::array<double, region_fact_count> region_facts(const RegionMonths& months,
                                                             const RegionSurroundings& around);

/// An event in which somebody is reported dead.
struct ReportedEvent {
  RegionId where;
  std::size_t month = 0;  ///< since the start, each a twelfth of a year
  double deaths = 0.0;    ///< whole ones
};
/// Those of a log, in its order; `step_days` is the length of a step.
CASUS_API std::vector<ReportedEvent> reported_events(const EventLog& log, double step_days);
inline constexpr double days_a_month = 365.25 / 12.0;

}  // namespace casus
