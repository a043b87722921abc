#include <algorithm>
#include <array>

#include "casus/world/all_columns.h"
#include "casus/world/column_info.h"
#include "casus/world/paths.h"

namespace casus {
namespace {

ColumnInfo total(const char* name, double (*of)(const EventToll&), const char* doc) {
  return {.name = name,
          .unit = Unit::people,
          .domain = Domain::nonnegative,
          .in_events = EventSum{{}, of},
          .only_in_events = true,
          .doc = doc};
}

}  // namespace

std::span<const PathColumn> event_totals() {
  static const std::array infos{
      total(
          "reported_deaths", [](const EventToll& t) { return t.reported_deaths; },
          "Deaths as reported from afar, by the mechanism `reporting`: what counts of reports are "
          "to be set beside."),
      total(
          "reported_civilian_deaths", [](const EventToll& t) { return t.reported_civilian_deaths; },
          "Deaths of civilians as reported from afar: of each event, in proportion to the deaths."),
      total(
          "reported_combat_deaths",
          [](const EventToll& t) { return t.reported_deaths - t.reported_civilian_deaths; },
          "Deaths of people under arms as reported from afar."),
  };
  static const std::array rows{PathColumn{PathRef::Table::region, 0, &infos[0]},
                               PathColumn{PathRef::Table::region, 0, &infos[1]},
                               PathColumn{PathRef::Table::region, 0, &infos[2]}};
  return rows;
}

const PathColumn* find_event_total(std::string_view name) {
  const auto rows = event_totals();
  const auto at = std::find_if(rows.begin(), rows.end(),
                               [&](const PathColumn& c) { return c.info->name == name; });
  return at != rows.end() ? &*at : nullptr;
}

}  // namespace casus
