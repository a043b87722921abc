#include "casus/backtest/region_backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "casus/core/contracts.h"

namespace casus {
namespace {

/// How many successive origins have windows that overlap.
std::size_t overlapping(const std::vector<Month>& origins, std::size_t months) {
  std::size_t most = 1;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    std::size_t n = 1;
    while (i + n < origins.size() && origins[i + n] - origins[i] < static_cast<Month>(months)) {
      ++n;
    }
    most = std::max(most, n);
  }
  return most;
}

/// Forecasts of all origins, each from what was known; `keep` takes them, and scores are returned.
ForecasterScores run_forecaster(const Forecaster& forecaster, const ConflictRecord& record,
                                const std::vector<ConflictRecord>& known,
                                const RegionBacktestOptions& options, Executor& executor,
                                std::vector<RegionForecast>* keep) {
  ForecasterScores out{forecaster.name, std::vector<CellScores>(options.origins.size())};
  if (keep != nullptr) keep->resize(options.origins.size());
  for_each(
      executor, options.origins.size(),
      [&](std::size_t i) {
        const ForecastRequest request{options.origins[i], options.months, options.draws,
                                      options.seed};
        RegionForecast f = forecaster.make(known[i], request, executor);
        out.origins[i] = score_forecast(f, forecaster.kind, record);
        if (keep != nullptr) (*keep)[i] = std::move(f);
      },
      1);
  return out;
}

/// From nb12, the best rival, and those beside whom the first was put.
void add_differences(RegionBacktest& b, std::size_t beside) {
  for (const Score score : {Score::crps, Score::log}) {
    const auto best = std::min_element(
        b.forecasters.begin() + 1, b.forecasters.end(),
        [&](const auto& x, const auto& y) { return x.mean(score) < y.mean(score); });
    for (auto rival = b.forecasters.begin() + 1; rival != b.forecasters.end(); ++rival) {
      const auto at = static_cast<std::size_t>(rival - b.forecasters.begin());
      if (rival->name != "nb12" && rival != best && at > beside) continue;
      const auto& ours = b.forecasters.front().origins;
      b.differences.push_back(
          {score, rival->name, rival == best,
           compare_scores(ours, rival->origins, score, 1, b.options.seed),
           compare_scores(ours, rival->origins, score, b.block, b.options.seed)});
    }
  }
}

void add_facts(RegionBacktest& b, const ConflictRecord& record, Executor& executor) {
  std::vector<const RegionForecast*> windows;
  for (const RegionForecast& f : b.forecasts) {
    if (!windows.empty() &&
        f.origin - windows.back()->origin < static_cast<Month>(b.options.months)) {
      continue;
    }
    windows.push_back(&f);
    b.apart.push_back(f.origin);
  }
  b.totals = country_totals(windows, record);
  if (b.options.months >= 2 && !windows.front()->events.empty()) {
    b.facts = stylised_facts(windows, record, executor);
  }
}

}  // namespace

std::vector<Month> default_origins(std::size_t months) {
  constexpr Month end = 2023 * 12 + 8;  // 2023-09, after the last month
  constexpr int count = 13, every = 3;
  std::vector<Month> out;
  for (int i = count - 1; i >= 0; --i) out.push_back(end - static_cast<Month>(months) - every * i);
  return out;
}

std::vector<Month> scored_origins(const ConflictRecord& record,
                                  const RegionBacktestOptions& options) {
  std::vector<Month> out;
  for (const Month m :
       options.origins.empty() ? default_origins(options.months) : options.origins) {
    if (m + static_cast<Month>(options.months) <= record.until) out.push_back(m);
  }
  return out;
}

RegionBacktest backtest_regions(const ConflictRecord& record, const Forecaster& forecaster,
                                const RegionBacktestOptions& options, Executor& executor,
                                std::vector<Forecaster> beside) {
  CASUS_EXPECTS(options.months >= 1, "a window has a month");
  CASUS_EXPECTS(options.draws >= 2, "scores need two draws or more");
  CASUS_EXPECTS(std::is_sorted(options.origins.begin(), options.origins.end()),
                "origins are in order");
  RegionBacktest out;
  out.options = options;
  out.options.origins = scored_origins(record, options);
  const std::vector<Month>& origins = out.options.origins;
  CASUS_EXPECTS(!origins.empty(),
                fmt::format("no window of {} months is observed", options.months));
  CASUS_EXPECTS(
      origins.front() - forecaster.months_back >= record.from,
      fmt::format("{} needs {} months on record before {}, which begins in {}", forecaster.name,
                  forecaster.months_back, month_name(origins.front()), month_name(record.from)));
  out.block = overlapping(origins, options.months);
  const std::size_t asked =
      options.origins.empty() ? default_origins(options.months).size() : options.origins.size();
  if (origins.size() < asked) {
    out.notes.push_back(
        fmt::format("{} of {} origins left out: their {} months are not all observed",
                    asked - origins.size(), asked, options.months));
  }
  std::vector<ConflictRecord> known(origins.size());
  for (std::size_t i = 0; i < origins.size(); ++i) known[i] = record.before(origins[i]);
  out.forecasters.push_back(
      run_forecaster(forecaster, record, known, out.options, executor, &out.forecasts));
  const std::size_t count = beside.size();
  for (Forecaster& rival : rival_forecasters()) beside.push_back(std::move(rival));
  for (const Forecaster& rival : beside) {
    if (origins.front() - rival.months_back < record.from) {
      out.notes.push_back(
          fmt::format("{} left out: it looks back {} months", rival.name, rival.months_back));
      continue;
    }
    out.forecasters.push_back(run_forecaster(rival, record, known, out.options, executor, nullptr));
  }
  if (out.forecasters.size() > 1) add_differences(out, count);
  add_facts(out, record, executor);
  return out;
}

}  // namespace casus
