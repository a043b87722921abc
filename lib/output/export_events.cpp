#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "casus/core/calendar.h"
#include "output/export_forms.h"
#include "output/tables.h"

namespace casus {
namespace {

using Json = nlohmann::ordered_json;

/// By the table's own row, so that an object has what a line of the table has.
Json event_json(const EventRow& row) {
  Json json;
  const auto& schema = event_schema();
  for (std::size_t i = 0; i < schema.fields().size(); ++i) {
    std::visit(
        [&](const auto& x) {
          using T = std::remove_cvref_t<decltype(x)>;
          if constexpr (std::is_same_v<T, std::monostate>) {
            json[schema.fields()[i].name] = nullptr;
          } else if constexpr (std::is_same_v<T, std::string_view>) {
            json[schema.fields()[i].name] = std::string(x);
          } else {
            json[schema.fields()[i].name] = x;
          }
        },
        schema.cell(row, i));
  }
  return json;
}

/// Months since January 1980, which is 1.
std::int64_t month_of(Date date) {
  const std::chrono::year_month_day day{date};
  return (static_cast<int>(day.year()) - 1980) * 12 +
         static_cast<std::int64_t>(static_cast<unsigned>(day.month()));
}

}  // namespace

void export_jsonl(Exporter& e) {
  OutputFile file(e.folder.path("events.jsonl"));
  e.each_log(
      [&](std::uint32_t run, const KeptEvents& log) {
        for (const Event& event : log.log.all()) {
          const EventRow row{run, &event, event_text(e.scenario.data(), log, event)};
          Json json = event_json(row);
          // Ids as numbers, which the table has to write as a text.
          Json causes = Json::array();
          for (const EventId cause : log.log.causes(event)) causes.push_back(cause.row());
          json["causes"] = std::move(causes);
          file.write(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
        }
      },
      true);
  e.keep(file.close());
}

void export_flee(Exporter& e) {
  const ScenarioData& data = e.scenario.data();
  bool first = true;
  const auto write = [&](std::uint32_t run, const KeptEvents& log) {
    first = false;
    const std::size_t regions = data.regions.size();
    const auto day_of = [&](const Event& event) {
      return static_cast<std::size_t>(event.step * data.clock.days());
    };
    // From the first attack to the last one: between them nobody knows that it is over.
    constexpr std::size_t never = ~std::size_t{0};
    std::vector<std::size_t> from(regions, never), to(regions, 0);
    for (const Event& event : log.log.all()) {
      if (event.kind != EventKind::attack || !event.where.valid()) continue;
      const std::size_t r = event.where.row();
      from[r] = std::min(from[r], day_of(event));
      to[r] = std::max(to[r], day_of(event));
    }
    OutputFile file(e.folder.path(fmt::format("conflicts-{}.csv", run)));
    std::string line = "#Day";
    for (const RegionSpec& r : data.regions) line += "," + csv_cell(r.name);
    file.write(line + "\n");
    const auto days = static_cast<std::size_t>(data.clock.steps() * data.clock.days());
    for (std::size_t day = 0; day < days; ++day) {
      line = std::to_string(day);
      for (std::size_t r = 0; r < regions; ++r) {
        line += from[r] <= day && day <= to[r] ? ",1" : ",0";
      }
      file.write(line + "\n");
    }
    e.keep(file.close());
  };
  if (e.each_log(write) > 0 || e.options.events) return;
  // Nobody kept events and nobody was asked for: one run, the first.
  ExportOptions one = e.options;
  const std::uint32_t run = e.results.runs.empty() ? 0 : e.results.runs.front().run;
  one.events = [run](std::uint32_t r) { return r == run; };
  const Exporter again{e.results, e.scenario, e.registry, one, e.store, e.folder};
  again.each_log(write);
}

void export_views(Exporter& e) {
  const ScenarioData& data = e.scenario.data();
  std::vector<CsvField> fields{
      {"month_id", "integer", "", "months since January 1980, which is 1"},
      {"region", "string", "", "name of the region"},
      {"draw", "integer", "", "number of the run"},
      {"outcome", "number", "people", "people killed there in that month"}};
  CsvWriter table(e.folder.path("draws.csv"), std::move(fields));
  const std::int64_t first = month_of(data.clock.start);
  // The end is the day on which the last step ends, and no day of the run.
  const std::int64_t last = month_of(data.clock.date(data.clock.steps() - 1));
  const auto months = static_cast<std::size_t>(last - first + 1);
  e.each_log(
      [&](std::uint32_t run, const KeptEvents& log) {
        std::vector<double> deaths(months * data.regions.size(), 0.0);
        for (const Event& event : log.log.all()) {
          if (!event.where.valid() || event.deaths <= 0.0) continue;
          const auto month = static_cast<std::size_t>(
              std::clamp(month_of(data.clock.date(event.step)), first, last) - first);
          deaths[month * data.regions.size() + event.where.row()] += event.deaths;
        }
        for (std::size_t m = 0; m < months; ++m) {
          for (std::size_t r = 0; r < data.regions.size(); ++r) {
            table.integer(static_cast<std::uint64_t>(first + static_cast<std::int64_t>(m)));
            table.text(data.regions[r].name).integer(run);
            table.number(deaths[m * data.regions.size() + r]);
            table.end_row();
          }
        }
      },
      true);
  e.keep(table.close());
}

}  // namespace casus
