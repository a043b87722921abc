#include "casus/backtest/stylised_facts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/study/region_facts.h"
#include "casus/study/statistics.h"

namespace casus {
namespace {

using Facts = std::array<double, region_fact_count>;

RegionMonths observed_months(std::span<const RegionForecast* const> windows,
                             const ConflictRecord& record, RegionMonths shape) {
  for (std::size_t w = 0; w < shape.windows; ++w) {
    const Month origin = windows[w]->origin;
    for (std::size_t r = 0; r < shape.regions; ++r) {
      for (std::size_t m = 0; m < shape.months; ++m) {
        shape.deaths[shape.at(w, r, m)] = record.deaths_in(r, origin + static_cast<Month>(m));
      }
    }
    for (const ConflictEvent& e : record.events) {
      const Month m = month_of(e.first) - origin;
      if (e.deaths > 0.0 && m >= 0 && m < static_cast<Month>(shape.months)) {
        shape.events[shape.at(w, e.region, static_cast<std::size_t>(m))] += 1.0;
      }
    }
  }
  return shape;
}

RegionMonths drawn_months(std::span<const RegionForecast* const> windows, std::size_t draw,
                          RegionMonths shape) {
  for (std::size_t w = 0; w < shape.windows; ++w) {
    for (std::size_t r = 0; r < shape.regions; ++r) {
      for (std::size_t m = 0; m < shape.months; ++m) {
        const std::size_t at = windows[w]->at(r, m, draw);
        shape.deaths[shape.at(w, r, m)] = windows[w]->deaths[at];
        shape.events[shape.at(w, r, m)] = windows[w]->events[at];
      }
    }
  }
  return shape;
}

struct Band {
  double median, low, high;
};

Band band_of(std::vector<double> values) {
  values.erase(
      std::remove_if(values.begin(), values.end(), [](double x) { return !std::isfinite(x); }),
      values.end());
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (values.empty()) return {none, none, none};
  std::sort(values.begin(), values.end());
  return {quantile(values, 0.5), quantile(values, 0.05), quantile(values, 0.95)};
}

}  // namespace

std::vector<FactRow> stylised_facts(std::span<const RegionForecast* const> windows,
                                    const ConflictRecord& record, Executor& executor) {
  CASUS_EXPECTS(!windows.empty(), "facts need a window");
  const RegionForecast& one = *windows.front();
  CASUS_EXPECTS(one.months >= 2, "facts need windows of two months or more");
  for (const RegionForecast* w : windows) {
    CASUS_EXPECTS(w->months == one.months && w->draws == one.draws &&
                      w->regions == record.regions.size() && w->events.size() == w->deaths.size(),
                  "windows of one shape, with events");
  }
  const RegionMonths shape(windows.size(), one.regions, one.months);
  RegionSurroundings around{record.neighbours, {}};
  for (const ConflictRegion& r : record.regions) around.countries.push_back(r.country);
  const Facts observed = region_facts(observed_months(windows, record, shape), around);
  std::vector<Facts> drawn(one.draws);
  for_each(
      executor, one.draws,
      [&](std::size_t d) { drawn[d] = region_facts(drawn_months(windows, d, shape), around); }, 16);
  std::vector<FactRow> out;
  for (std::size_t f = 0; f < region_fact_count; ++f) {
    std::vector<double> values;
    values.reserve(drawn.size());
    for (const Facts& facts : drawn) values.push_back(facts[f]);
    const Band band = band_of(std::move(values));
    out.push_back({region_fact_list()[f].title, observed[f], band.median, band.low, band.high});
  }
  return out;
}

std::vector<CountryTotal> country_totals(std::span<const RegionForecast* const> windows,
                                         const ConflictRecord& record) {
  std::vector<std::string> countries;
  for (const ConflictRegion& r : record.regions) {
    if (std::find(countries.begin(), countries.end(), r.country) == countries.end()) {
      countries.push_back(r.country);
    }
  }
  std::vector<CountryTotal> out;
  for (const RegionForecast* w : windows) {
    for (const std::string& country : countries) {
      CountryTotal t{w->origin, country, 0.0, 0.0, 0.0, 0.0};
      std::vector<double> totals(w->draws, 0.0);
      for (std::size_t r = 0; r < w->regions; ++r) {
        if (record.regions[r].country != country) continue;
        for (std::size_t m = 0; m < w->months; ++m) {
          t.observed += record.deaths_in(r, w->origin + static_cast<Month>(m));
          for (std::size_t d = 0; d < w->draws; ++d) totals[d] += w->deaths[w->at(r, m, d)];
        }
      }
      const Band band = band_of(std::move(totals));
      t.median = band.median;
      t.low = band.low;
      t.high = band.high;
      out.push_back(std::move(t));
    }
  }
  return out;
}

}  // namespace casus
