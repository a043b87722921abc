#include "casus/backtest/excitation_forecast.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backtest/event_sizes.h"
#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/rules/counts.h"

namespace casus {
namespace {

constexpr Purpose placement_draw("day of an event"), week_draw("events of a week"),
    shock_draw("shock of a country");
constexpr int week_days = 7;
/// Draws that one worker makes at a time.
constexpr std::size_t draws_per_block = 16;
constexpr std::array<std::string_view, 2> camp_names = {"others", "islamic_state"};

using Settings = ExcitationForecastSettings;

std::size_t camp_row(const ConflictEvent& e, const Settings& s) {
  return s.camps == 2 && (e.a == Camp::islamic_state || e.b == Camp::islamic_state) ? 1 : 0;
}

/// The day on which an event of several is counted: any of them, always the same.
Date placed(const ConflictEvent& e) {
  Stream stream({0, 0}, 0, placement_draw, {e.id});
  const auto days = static_cast<double>(days_between(e.first, e.last) + 1);
  return e.first + std::chrono::days(static_cast<int>(uniform(stream) * days));
}

/// Lethal events of the weeks that end on the eve of the origin.
rules::WeeklyCounts weekly_counts(const ConflictRecord& known, Month origin, const Settings& s) {
  const Date end = first_day(origin);
  rules::WeeklyCounts out;
  out.camps = s.camps;
  out.regions = known.regions.size();
  const auto weeks_ago = [&](Date day) {  // 0 is the last week
    return static_cast<std::size_t>((days_between(day, end) - 1) / week_days);
  };
  out.weeks = weeks_ago(first_day(known.from)) + 1;
  out.counts.assign(out.camps * out.regions * out.weeks, 0.0);
  for (const ConflictEvent& e : known.events) {
    if (e.deaths > 0.0)
      out.at(camp_row(e, s), e.region, out.weeks - 1 - weeks_ago(placed(e))) += 1.0;
  }
  return out;
}

EventSizePools recent_sizes(const ConflictRecord& known, Month origin, const Settings& s) {
  std::vector<SizedEvent> sizes;
  for (const ConflictEvent& e : known.events) {
    if (e.deaths > 0.0 && month_of(e.first) >= origin - s.pool_months) {
      sizes.push_back({camp_row(e, s), e.region, e.deaths});
    }
  }
  return {sizes, s.camps, known.regions.size(), s.size_sd};
}

/// All that the draws of an origin share.
struct WeeksAhead {
  const ConflictRecord& known;
  const ForecastRequest& request;
  const Settings& settings;
  rules::ExcitationFit fit;
  rules::ExcitationMemory start;
  EventSizePools sizes;
  std::vector<std::size_t> month_of_day;  // days from the origin; as many as the weeks have
  std::vector<std::uint64_t> place;       // by region
  std::vector<std::size_t> country;       // by region
  std::vector<std::uint64_t> country_key;

  void run(std::size_t draw, RegionForecast& out) const;

 private:
  void shocks(Replicate replicate, std::uint32_t week, std::vector<double>& z) const;
};

/// Moves the shocks of the countries on by a week: an autoregression, begun where it is stationary.
void WeeksAhead::shocks(Replicate replicate, std::uint32_t week, std::vector<double>& z) const {
  const double keep = week == 0 ? 0.0 : std::exp(-1.0 / settings.shock_weeks);
  for (std::size_t c = 0; c < z.size(); ++c) {
    Stream stream(replicate, week, shock_draw,
                  {static_cast<std::uint64_t>(request.origin), country_key[c]});
    z[c] = keep * z[c] + std::sqrt(1.0 - keep * keep) * normal(stream);
  }
}

void WeeksAhead::run(std::size_t draw, RegionForecast& out) const {
  const Replicate replicate{request.seed, static_cast<std::uint32_t>(draw)};
  const std::size_t regions = known.regions.size(), camps = settings.camps;
  const double half_variance = 0.5 * settings.shock_sd * settings.shock_sd;
  rules::ExcitationMemory memory = start;
  std::vector<double> counts(camps * regions), z(country_key.size(), 0.0);
  for (std::size_t week = 0; week * week_days < month_of_day.size(); ++week) {
    const auto step = static_cast<std::uint32_t>(week);
    shocks(replicate, step, z);
    for (std::size_t c = 0; c < camps; ++c) {
      for (std::size_t r = 0; r < regions; ++r) {
        const std::size_t i = c * regions + r;
        const double shock = std::exp(settings.shock_sd * z[country[r]] - half_variance);
        const double rate = fit.camps[c].rate(fit.susceptibility[i], memory.terms(c, r)) * shock;
        Stream stream(replicate, step, week_draw,
                      {static_cast<std::uint64_t>(request.origin), c, place[r]});
        const auto events =
            rules::NegativeBinomial(std::min(rate, settings.most_weekly), fit.camps[c].shape)
                .quantile(uniform(stream));
        counts[i] = static_cast<double>(events);
        for (std::uint64_t n = 0; n < events; ++n) {
          const double deaths = sizes.draw(stream, c, r);
          const auto day = static_cast<std::size_t>(uniform(stream) * week_days);
          const std::size_t month = month_of_day[week * week_days + day];
          if (month >= out.months) continue;  // the last week may reach beyond the window
          out.deaths[out.at(r, month, draw)] += deaths;
          out.events[out.at(r, month, draw)] += 1.0;
        }
      }
    }
    memory.add_week(counts);
  }
}

std::vector<std::size_t> months_of_days(Month origin, std::size_t months) {
  const Date start = first_day(origin), end = first_day(origin + static_cast<Month>(months));
  std::vector<std::size_t> out;
  for (Date day = start; day < end || out.size() % week_days != 0; day += std::chrono::days(1)) {
    out.push_back(static_cast<std::size_t>(month_of(day) - origin));
  }
  return out;
}

void keep_parameters(const rules::ExcitationFit& fit, RegionForecast& out) {
  for (std::size_t c = 0; c < fit.camps.size(); ++c) {
    const rules::Excitation& e = fit.camps[c];
    const auto add = [&](const char* name, double value) {
      const std::string camp(fit.camps.size() > 1 ? camp_names[c] : "all");
      out.parameters.emplace_back(camp + "." + name, value);
    };
    add("background", e.background);
    add("border", e.border);
    add("month", e.month);
    add("year", e.year);
    add("shape", e.shape);
  }
  out.parameters.emplace_back("log_likelihood", fit.log_likelihood);
}

RegionForecast make_forecast(const ConflictRecord& known, const ForecastRequest& request,
                             const Settings& settings, Executor& executor) {
  const rules::WeeklyCounts counts = weekly_counts(known, request.origin, settings);
  rules::ExcitationMemory memory(settings.camps, known.neighbours);
  std::vector<double> week(counts.camps * counts.regions);
  for (std::size_t w = 0; w < counts.weeks; ++w) {
    for (std::size_t i = 0; i < week.size(); ++i) week[i] = counts.counts[i * counts.weeks + w];
    memory.add_week(week);
  }
  RegionForecast out(request.origin, known.regions.size(), request.months, request.draws);
  out.events = out.deaths;
  WeeksAhead ahead{known,
                   request,
                   settings,
                   rules::fit_excitation(counts, known.neighbours, settings.fit),
                   std::move(memory),
                   recent_sizes(known, request.origin, settings),
                   months_of_days(request.origin, request.months),
                   {},
                   {},
                   {}};
  keep_parameters(ahead.fit, out);
  for (rules::Excitation& e : ahead.fit.camps) e = rules::capped(e, settings.most_branching);
  std::vector<std::string> countries;
  for (const ConflictRegion& r : known.regions) {
    ahead.place.push_back(region_key(r.name).value);
    const auto at = std::find(countries.begin(), countries.end(), r.country);
    ahead.country.push_back(static_cast<std::size_t>(at - countries.begin()));
    if (at != countries.end()) continue;
    countries.push_back(r.country);
    ahead.country_key.push_back(name_hash("country", r.country));
  }
  for_each(
      executor, request.draws, [&](std::size_t d) { ahead.run(d, out); }, draws_per_block);
  return out;
}

}  // namespace

Forecaster excitation_forecaster(const ExcitationForecastSettings& settings) {
  CASUS_EXPECTS(settings.camps == 1 || settings.camps == 2,
                fmt::format("{} camps are not one or two", settings.camps));
  CASUS_EXPECTS(settings.pool_months >= 1 && settings.shock_weeks > 0.0,
                "a month of sizes, and a memory of the shocks");
  constexpr double weeks_per_month = days_per_month / week_days;
  const auto begin =
      static_cast<int>(std::ceil(static_cast<double>(settings.fit.burn_in) / weeks_per_month));
  return {"casus", EnsembleKind::sample, begin + 12,
          [settings](const ConflictRecord& known, const ForecastRequest& q, Executor& executor) {
            return make_forecast(known, q, settings, executor);
          }};
}

}  // namespace casus
