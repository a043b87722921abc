#include "casus/backtest/stylised_facts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "casus/core/contracts.h"
#include "casus/study/statistics.h"

namespace casus {
namespace {

constexpr double violent_from = 5.0, live_from = 1.0, busy_from = 0.3;

/// What happened, or would have, in some windows: by window, region and month.
struct Paths {
  std::size_t windows = 0, regions = 0, months = 0;
  std::vector<double> deaths, events;
  double& at(std::vector<double>& of, std::size_t w, std::size_t r, std::size_t m) const {
    return of[(w * regions + r) * months + m];
  }
  /// The months of all windows of a region.
  std::vector<double> joined(const std::vector<double>& of, std::size_t region) const {
    std::vector<double> out;
    for (std::size_t w = 0; w < windows; ++w) {
      const auto first = of.begin() + static_cast<std::ptrdiff_t>((w * regions + region) * months);
      out.insert(out.end(), first, first + static_cast<std::ptrdiff_t>(months));
    }
    return out;
  }
};

struct Moments {
  double mean = 0.0, variance = 0.0;  // of all there is, not of a sample
};

Moments moments(std::span<const double> values) {
  Moments out;
  const auto n = static_cast<double>(values.size());
  for (const double x : values) out.mean += x;
  out.mean /= n;
  for (const double x : values) out.variance += (x - out.mean) * (x - out.mean);
  out.variance /= n;
  return out;
}

double ratio(double above, double below) {
  return below > 0.0 ? above / below : std::numeric_limits<double>::quiet_NaN();
}

double correlation(std::span<const double> x, std::span<const double> y) {
  const Moments a = moments(x), b = moments(y);
  double product = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) product += (x[i] - a.mean) * (y[i] - b.mean);
  return ratio(product / static_cast<double>(x.size()), std::sqrt(a.variance * b.variance));
}

double share_from(std::span<const double> values, double threshold) {
  const auto n =
      std::count_if(values.begin(), values.end(), [&](double x) { return x >= threshold; });
  return static_cast<double>(n) / static_cast<double>(values.size());
}

/// Steps from one month to the next, and what they do.
struct Steps {
  double stays = 0.0, violent = 0.0;  // violent months before a step, and those after which it is
  std::array<double, 2> onsets{}, calm{};  // without and with a violent neighbour
  std::vector<double> before, after;
};

Steps steps_of(const Paths& p, const rules::Neighbours& neighbours) {
  Steps out;
  for (std::size_t w = 0; w < p.windows; ++w) {
    const auto deaths = [&](std::size_t r, std::size_t m) {
      return p.deaths[(w * p.regions + r) * p.months + m];
    };
    for (std::size_t r = 0; r < p.regions; ++r) {
      for (std::size_t m = 0; m + 1 < p.months; ++m) {
        out.before.push_back(deaths(r, m));
        out.after.push_back(deaths(r, m + 1));
        const double then = deaths(r, m + 1) >= violent_from ? 1.0 : 0.0;
        if (deaths(r, m) >= violent_from) {
          out.violent += 1.0;
          out.stays += then;
          continue;
        }
        const bool near =
            std::any_of(neighbours[r].begin(), neighbours[r].end(),
                        [&](std::uint32_t n) { return deaths(n, m) >= violent_from; });
        out.calm[near ? 1 : 0] += 1.0;
        out.onsets[near ? 1 : 0] += then;
      }
    }
  }
  return out;
}

double median_or_none(std::vector<double> values) {
  return values.empty() ? std::numeric_limits<double>::quiet_NaN() : median(values);
}

double dispersion_within(const Paths& p) {
  std::vector<double> out;
  for (std::size_t r = 0; r < p.regions; ++r) {
    const Moments m = moments(p.joined(p.deaths, r));
    if (m.mean >= live_from && m.variance > 0.0) out.push_back(m.variance / m.mean);
  }
  return median_or_none(std::move(out));
}

double fano_of_events(const Paths& p) {
  std::vector<double> out;
  for (std::size_t r = 0; r < p.regions; ++r) {
    const std::vector<double> counts = p.joined(p.events, r);
    const Moments m = moments(counts);
    const auto n = static_cast<double>(counts.size());
    if (m.mean >= busy_from) out.push_back(m.variance * n / (n - 1.0) / m.mean);
  }
  return median_or_none(std::move(out));
}

/// Mean over the countries of the mean correlation of ln(1 + deaths) of two of its regions.
double synchrony(const Paths& p, const std::vector<ConflictRegion>& regions) {
  std::vector<std::string> countries;
  std::vector<double> means;
  for (const ConflictRegion& region : regions) {
    if (std::find(countries.begin(), countries.end(), region.country) != countries.end()) continue;
    countries.push_back(region.country);
    std::vector<std::vector<double>> live;
    for (std::size_t r = 0; r < p.regions; ++r) {
      if (regions[r].country != region.country) continue;
      std::vector<double> series = p.joined(p.deaths, r);
      const Moments m = moments(series);
      if (m.mean < live_from || m.variance <= 0.0) continue;
      for (double& x : series) x = std::log1p(x);
      live.push_back(std::move(series));
    }
    std::vector<double> pairs;
    for (std::size_t i = 0; i < live.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) pairs.push_back(correlation(live[i], live[j]));
    }
    if (!pairs.empty()) means.push_back(mean(pairs));
  }
  return means.empty() ? std::numeric_limits<double>::quiet_NaN() : mean(means);
}

constexpr std::array<std::string_view, 13> fact_names = {
    "mean deaths",
    "share of zeros",
    "variance/mean",
    "P(v after v)",
    "P(v after calm)",
    "onset, violent neighbour",
    "onset, no violent neighbour",
    "lag-1 correlation",
    "share >= 25",
    "share >= 100",
    "var/mean in a region, median",
    "synchrony in a country",
    "Fano factor of events, median",
};
using Facts = std::array<double, fact_names.size()>;

Facts facts_of(const Paths& p, const ConflictRecord& record) {
  const Moments all = moments(p.deaths);
  const Steps s = steps_of(p, record.neighbours);
  return {all.mean,
          1.0 - share_from(p.deaths, 0.5),
          ratio(all.variance, all.mean),
          ratio(s.stays, s.violent),
          ratio(s.onsets[0] + s.onsets[1], s.calm[0] + s.calm[1]),
          ratio(s.onsets[1], s.calm[1]),
          ratio(s.onsets[0], s.calm[0]),
          correlation(s.before, s.after),
          share_from(p.deaths, 25.0),
          share_from(p.deaths, 100.0),
          dispersion_within(p),
          synchrony(p, record.regions),
          fano_of_events(p)};
}

Paths observed_paths(std::span<const RegionForecast* const> windows, const ConflictRecord& record,
                     Paths shape) {
  for (std::size_t w = 0; w < shape.windows; ++w) {
    const Month origin = windows[w]->origin;
    for (std::size_t r = 0; r < shape.regions; ++r) {
      for (std::size_t m = 0; m < shape.months; ++m) {
        shape.at(shape.deaths, w, r, m) = record.deaths_in(r, origin + static_cast<Month>(m));
      }
    }
    for (const ConflictEvent& e : record.events) {
      const Month m = month_of(e.first) - origin;
      if (e.deaths > 0.0 && m >= 0 && m < static_cast<Month>(shape.months)) {
        shape.at(shape.events, w, e.region, static_cast<std::size_t>(m)) += 1.0;
      }
    }
  }
  return shape;
}

Paths drawn_paths(std::span<const RegionForecast* const> windows, std::size_t draw, Paths shape) {
  for (std::size_t w = 0; w < shape.windows; ++w) {
    for (std::size_t r = 0; r < shape.regions; ++r) {
      for (std::size_t m = 0; m < shape.months; ++m) {
        const std::size_t at = windows[w]->at(r, m, draw);
        shape.at(shape.deaths, w, r, m) = windows[w]->deaths[at];
        shape.at(shape.events, w, r, m) = windows[w]->events[at];
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
  Paths shape{windows.size(), one.regions, one.months, {}, {}};
  shape.deaths.assign(shape.windows * shape.regions * shape.months, 0.0);
  shape.events = shape.deaths;
  const Facts observed = facts_of(observed_paths(windows, record, shape), record);
  std::vector<Facts> drawn(one.draws);
  for_each(
      executor, one.draws,
      [&](std::size_t d) { drawn[d] = facts_of(drawn_paths(windows, d, shape), record); }, 16);
  std::vector<FactRow> out;
  for (std::size_t f = 0; f < fact_names.size(); ++f) {
    std::vector<double> values;
    values.reserve(drawn.size());
    for (const Facts& facts : drawn) values.push_back(facts[f]);
    const Band band = band_of(std::move(values));
    out.push_back({fact_names[f], observed[f], band.median, band.low, band.high});
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
