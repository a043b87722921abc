#include <algorithm>
#include <cmath>

#include "casus/backtest/region_forecast.h"
#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/rules/counts.h"

namespace casus {
namespace {

constexpr Purpose rival_draw("rival forecast");

/// Deaths of a region in the last months before the origin.
std::vector<double> last_months(const ConflictRecord& known, std::size_t region, Month origin,
                                int back) {
  CASUS_EXPECTS(origin - back >= known.from && origin <= known.until,
                "a rival looks back at months that are on record");
  std::vector<double> out;
  for (Month m = origin - back; m < origin; ++m) out.push_back(known.deaths_in(region, m));
  return out;
}

double average(std::span<const double> values) {
  double sum = 0.0;
  for (const double x : values) sum += x;
  return sum / static_cast<double>(values.size());
}

/// The mean of the last months, as if it were certain.
Forecaster point_forecaster(std::string name, int back) {
  const auto make = [back](const ConflictRecord& known, const ForecastRequest& q, Executor&) {
    RegionForecast f(q.origin, known.regions.size(), q.months, 1);
    for (std::size_t r = 0; r < f.regions; ++r) {
      const double mean = average(last_months(known, r, q.origin, back));
      for (std::size_t m = 0; m < f.months; ++m) f.deaths[f.at(r, m, 0)] = mean;
    }
    return f;
  };
  return {std::move(name), EnsembleKind::whole, back, make};
}

/// Each of the last months, as likely as the other.
Forecaster empirical_forecaster(std::string name, int back) {
  const auto make = [back](const ConflictRecord& known, const ForecastRequest& q, Executor&) {
    RegionForecast f(q.origin, known.regions.size(), q.months, static_cast<std::size_t>(back));
    for (std::size_t r = 0; r < f.regions; ++r) {
      const std::vector<double> past = last_months(known, r, q.origin, back);
      for (std::size_t m = 0; m < f.months; ++m) {
        std::copy(past.begin(), past.end(),
                  f.deaths.begin() + static_cast<std::ptrdiff_t>(f.at(r, m, 0)));
      }
    }
    return f;
  };
  return {std::move(name), EnsembleKind::whole, back, make};
}

/// A law of one region's months, which are independent: fitted once, then drawn from.
template <class FitLaw>
Forecaster law_forecaster(const std::string& name, int back, FitLaw fit) {
  const std::uint64_t key = name_hash(name);
  const auto make = [back, fit, key](const ConflictRecord& known, const ForecastRequest& q,
                                     Executor& executor) {
    RegionForecast f(q.origin, known.regions.size(), q.months, q.draws);
    for_each(
        executor, f.regions,
        [&](std::size_t r) {
          const auto law = fit(known, r, q.origin, back);
          const std::uint64_t place = region_key(known.regions[r].name).value;
          for (std::size_t m = 0; m < f.months; ++m) {
            for (std::size_t d = 0; d < f.draws; ++d) {
              Stream stream({q.seed, static_cast<std::uint32_t>(d)}, static_cast<std::uint32_t>(m),
                            rival_draw, {key, static_cast<std::uint64_t>(q.origin), place});
              f.deaths[f.at(r, m, d)] = static_cast<double>(law.quantile(uniform(stream)));
            }
          }
        },
        1);
    return f;
  };
  return {name, EnsembleKind::sample, back, make};
}

/// Mean and variance of the region's last months; where nobody died in them, .02 and .03.
rules::NegativeBinomial negative_binomial_of(const ConflictRecord& known, std::size_t region,
                                             Month origin, int back) {
  const std::vector<double> past = last_months(known, region, origin, back);
  const double mean = average(past);
  if (mean == 0.0) return rules::NegativeBinomial::from_moments(0.02, 0.03);
  double squares = 0.0;
  for (const double x : past) squares += (x - mean) * (x - mean);
  return rules::NegativeBinomial::from_moments(mean, squares / static_cast<double>(past.size()));
}

/// The region's last months, shrunk to those of its country.
rules::Hurdle hurdle_of(const ConflictRecord& known, std::size_t region, Month origin, int back) {
  std::vector<double> peers;
  for (std::size_t r = 0; r < known.regions.size(); ++r) {
    if (known.regions[r].country != known.regions[region].country) continue;
    const std::vector<double> past = last_months(known, r, origin, back);
    peers.insert(peers.end(), past.begin(), past.end());
  }
  return rules::fit_hurdle(last_months(known, region, origin, back), peers);
}

}  // namespace

std::vector<Forecaster> rival_forecasters() {
  std::vector<Forecaster> out;
  out.push_back(point_forecaster("persistence", 1));
  out.push_back(point_forecaster("mean12", 12));
  out.push_back(empirical_forecaster("emp12", 12));
  out.push_back(empirical_forecaster("emp24", 24));
  out.push_back(law_forecaster("nb12", 12, negative_binomial_of));
  out.push_back(law_forecaster("nb18", 18, negative_binomial_of));
  out.push_back(law_forecaster("nb24", 24, negative_binomial_of));
  out.push_back(law_forecaster("zi12", 12, hurdle_of));
  return out;
}

}  // namespace casus
