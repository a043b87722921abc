#include "casus/backtest/simulated_regions.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"
#include "casus/study/region_facts.h"

namespace casus {
std::map<std::string, RegionId> conflict_regions(const ScenarioData& scenario) {
  std::map<std::string, RegionId> out;
  for (std::size_t r = 0; r < scenario.regions.size(); ++r) {
    const RegionSpec& region = scenario.regions[r];
    const std::string_view iso = conflict_country(scenario.actors[region.owner.row()].title);
    if (!iso.empty()) out.emplace(fmt::format("{}:{}", iso, region.title), RegionId(r));
  }
  return out;
}

RegionForecast simulated_regions(const Scenario& scenario, const Registry& registry,
                                 const ConflictRecord& record, const ForecastRequest& request,
                                 Executor& executor, std::uint32_t first_run) {
  constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  const std::map<std::string, RegionId> named = conflict_regions(scenario.data());
  std::vector<std::size_t> row_of(scenario->regions.size(), none);
  for (std::size_t r = 0; r < record.regions.size(); ++r) {
    const auto at = named.find(record.regions[r].name);
    CASUS_EXPECTS(at != named.end(),
                  fmt::format("the scenario has no region {}", record.regions[r].name));
    row_of[at->second.row()] = r;
  }
  const double days = static_cast<double>(request.months) * days_a_month;
  CASUS_EXPECTS(scenario->clock.steps() * scenario->clock.days() >= std::floor(days),
                "the scenario is shorter than the months asked for");
  RegionForecast out(request.origin, record.regions.size(), request.months, request.draws);
  out.events = out.deaths;
  for_each(executor, request.draws, [&](std::size_t draw) {
    Simulation run(scenario, registry,
                   {request.seed, first_run + static_cast<std::uint32_t>(draw)});
    const double step = scenario->clock.days();
    while (!run.done() && run.steps_done() * step < days) run.step();
    for (const ReportedEvent& e : reported_events(run.log(), step)) {
      const std::size_t region = row_of[e.where.row()];
      if (region == none || e.month >= request.months) continue;
      const std::size_t cell = out.at(region, e.month, draw);
      out.deaths[cell] += e.deaths;
      out.events[cell] += 1.0;
    }
  });
  return out;
}

}  // namespace casus
