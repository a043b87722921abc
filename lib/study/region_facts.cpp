#include "casus/study/region_facts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/core/contracts.h"
#include "casus/study/statistics.h"

namespace casus {
namespace {

constexpr double violent_from = 5.0, live_from = 1.0, busy_from = 0.3;

/// The months of all windows of a region.
std::vector<double> joined(const RegionMonths& p, const std::vector<double>& of,
                           std::size_t region) {
  std::vector<double> out;
  out.reserve(p.windows * p.months);
  for (std::size_t w = 0; w < p.windows; ++w) {
    const auto first = of.begin() + static_cast<std::ptrdiff_t>(p.at(w, region, 0));
    out.insert(out.end(), first, first + static_cast<std::ptrdiff_t>(p.months));
  }
  return out;
}

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

double quotient(double above, double below) {
  return below > 0.0 ? above / below : std::numeric_limits<double>::quiet_NaN();
}

double correlation(std::span<const double> x, std::span<const double> y) {
  const Moments a = moments(x), b = moments(y);
  double product = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) product += (x[i] - a.mean) * (y[i] - b.mean);
  return quotient(product / static_cast<double>(x.size()), std::sqrt(a.variance * b.variance));
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

Steps steps_of(const RegionMonths& p, const rules::Neighbours& neighbours) {
  Steps out;
  for (std::size_t w = 0; w < p.windows; ++w) {
    const auto deaths = [&](std::size_t r, std::size_t m) { return p.deaths[p.at(w, r, m)]; };
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

double dispersion_within(const RegionMonths& p) {
  std::vector<double> out;
  for (std::size_t r = 0; r < p.regions; ++r) {
    const Moments m = moments(joined(p, p.deaths, r));
    if (m.mean >= live_from && m.variance > 0.0) out.push_back(m.variance / m.mean);
  }
  return median_or_none(std::move(out));
}

double fano_of_events(const RegionMonths& p) {
  std::vector<double> out;
  for (std::size_t r = 0; r < p.regions; ++r) {
    const std::vector<double> counts = joined(p, p.events, r);
    const Moments m = moments(counts);
    const auto n = static_cast<double>(counts.size());
    if (m.mean >= busy_from) out.push_back(m.variance * n / (n - 1.0) / m.mean);
  }
  return median_or_none(std::move(out));
}

/// Mean over the countries of the mean correlation of ln(1 + deaths) of two of its regions.
double synchrony(const RegionMonths& p, const std::vector<std::string>& countries_of) {
  std::vector<std::string> countries;
  std::vector<double> means;
  for (const std::string& country : countries_of) {
    if (std::find(countries.begin(), countries.end(), country) != countries.end()) continue;
    countries.push_back(country);
    std::vector<std::vector<double>> live;
    for (std::size_t r = 0; r < p.regions; ++r) {
      if (countries_of[r] != country) continue;
      std::vector<double> series = joined(p, p.deaths, r);
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

constexpr std::array<RegionFact, region_fact_count> facts_there_are = {{
    {"mean_deaths", "mean deaths", "deaths of a region and month"},
    {"zeros", "share of zeros", "of region-months, those without deaths"},
    {"dispersion", "variance/mean", "of deaths, over all region-months"},
    {"violent_after_violent", "P(v after v)", "a month of 5 deaths or more follows another"},
    {"violent_after_calm", "P(v after calm)", "such a month follows a calmer one"},
    {"onset_near", "onset, violent neighbour", "the same, with such a month next door"},
    {"onset_alone", "onset, no violent neighbour", "the same, without"},
    {"lag1", "lag-1 correlation", "of deaths in successive months"},
    {"share_25", "share >= 25", "of region-months, those with 25 deaths or more"},
    {"share_100", "share >= 100", "those with 100 or more"},
    {"dispersion_within", "var/mean in a region, median", "over the months of each region"},
    {"synchrony", "synchrony in a country", "mean correlation of ln(1 + deaths) of two regions"},
    {"fano", "Fano factor of events, median", "variance/mean of a region's lethal events a month"},
}};

}  // namespace

std::span<const RegionFact, region_fact_count> region_fact_list() { return facts_there_are; }

std::array<double, region_fact_count> region_facts(const RegionMonths& p,
                                                   const RegionSurroundings& around) {
  CASUS_EXPECTS(p.windows >= 1 && p.regions >= 1 && p.months >= 2,
                "facts need a window of two months or more");
  CASUS_EXPECTS(around.neighbours.size() == p.regions && around.countries.size() == p.regions,
                "each region has its surroundings");
  const Moments all = moments(p.deaths);
  const Steps s = steps_of(p, around.neighbours);
  return {all.mean,
          1.0 - share_from(p.deaths, 0.5),
          quotient(all.variance, all.mean),
          quotient(s.stays, s.violent),
          quotient(s.onsets[0] + s.onsets[1], s.calm[0] + s.calm[1]),
          quotient(s.onsets[1], s.calm[1]),
          quotient(s.onsets[0], s.calm[0]),
          correlation(s.before, s.after),
          share_from(p.deaths, 25.0),
          share_from(p.deaths, 100.0),
          dispersion_within(p),
          synchrony(p, around.countries),
          fano_of_events(p)};
}

std::vector<ReportedEvent> reported_events(const EventLog& log, double step_days) {
  std::vector<ReportedEvent> out;
  for (const Event& e : log.all()) {
    if (e.reported_deaths <= 0.0 || !e.where.valid()) continue;
    out.push_back({e.where, static_cast<std::size_t>(e.step * step_days / days_a_month),
                   std::max(1.0, std::round(e.reported_deaths))});
  }
  return out;
}

}  // namespace casus
