#include "casus/backtest/simulated_regions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"

namespace casus {
namespace {

constexpr double days_a_month = 365.25 / 12.0;

}  // namespace

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
                                 Executor& executor) {
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
    Simulation run(scenario, registry, {request.seed, static_cast<std::uint32_t>(draw)});
    const double step = scenario->clock.days();
    while (!run.done() && run.steps_done() * step < days) run.step();
    for (const Event& e : run.log().all()) {
      if (e.reported_deaths <= 0.0 || !e.where.valid()) continue;
      const std::size_t region = row_of[e.where.row()];
      const auto month = static_cast<std::size_t>(e.step * step / days_a_month);
      if (region == none || month >= request.months) continue;
      const std::size_t cell = out.at(region, month, draw);
      out.deaths[cell] += std::max(1.0, std::round(e.reported_deaths));
      out.events[cell] += 1.0;
    }
  });
  return out;
}

}  // namespace casus
