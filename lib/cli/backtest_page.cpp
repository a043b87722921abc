#include "cli/backtest_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "casus/backtest/reliability_diagram.h"
#include "casus/output/version.h"

namespace casus::cli {
namespace {

using Block = DocumentBlock::Kind;

std::string rounded(double value, int digits) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "–";
}
DocumentCell cell(double value, int digits) { return {rounded(value, digits), value}; }
std::string share(double value) { return fmt::format("{:.1f} %", 100.0 * value); }

void add_how(Document& page, const Common& common) {
  page.add(Block::section, "How far to trust it", "Trust");
  std::string line;
  for (const std::string& word : common.arguments) line += (line.empty() ? "" : " ") + word;
  page.add(Block::paragraph, line, "Command:");
  page.add(Block::paragraph, fmt::format("{}, {}, {}", version(), compiler(), build_type()),
           "Casus:");
}

/// What a difference of scores says: below nought the project's model is better, or above it.
std::string verdict(double low, double high, bool less_is_better) {
  if (!std::isfinite(low) || !std::isfinite(high)) return "cannot be told";
  if (low <= 0.0 && high >= 0.0) return "not told apart from chance";
  return (high < 0.0) == less_is_better ? "better than this rival" : "worse than this rival";
}

DocumentChart reliability_chart(const std::string& id, const std::string& title,
                                const std::string& note, const std::vector<ReliabilityBin>& bins) {
  DocumentChart chart;
  chart.kind = DocumentChart::Kind::reliability;
  chart.id = "f-" + id;
  chart.title = title;
  chart.note = note +
               " A dot on the dotted line came as often as it was forecast; the upright line is "
               "its 95 % interval, and below is how many forecasts it rests on.";
  chart.table = {"t-" + id,
                 {"Forecast between", "Forecasts", "Mean forecast", "Came in", "95 % from", "to"},
                 1,
                 {}};
  for (const ReliabilityBin& b : bins) {
    const Estimate& e = b.happened;
    chart.bins.push_back({b.from, b.to, b.forecast, e.value, e.low, e.high, e.n});
    chart.table.rows.push_back({{fmt::format("{:g} and {:g} %", 100.0 * b.from, 100.0 * b.to)},
                                {std::to_string(e.n), static_cast<double>(e.n)},
                                {share(b.forecast), b.forecast},
                                {share(e.value), e.value},
                                {share(e.low), e.low},
                                {share(e.high), e.high}});
  }
  return chart;
}

/// Differences of one score to all rivals.
struct Compared {
  std::string rival;
  double mean = 0.0, low = 0.0, high = 0.0;
};
DocumentChart difference_chart(const std::string& id, const std::string& title,
                               const std::string& note, bool less_is_better,
                               const std::vector<Compared>& all, int digits) {
  DocumentChart chart;
  chart.id = "f-" + id;
  chart.title = title;
  chart.note = note;
  chart.unit = less_is_better ? "left of 0: casus is better" : "right of 0: casus is better";
  chart.zero = true;
  chart.table = {"t-" + id, {"Rival", "So casus is", "Difference", "95 % from", "to"}, 2, {}};
  for (const Compared& c : all) {
    const bool told = !(c.low <= 0.0 && c.high >= 0.0);
    chart.marks.push_back({c.rival, fmt::format("{:+.{}f}", c.mean, digits), c.mean, c.low, c.high,
                           told && (c.high < 0.0) == less_is_better});
    chart.table.rows.push_back({{c.rival},
                                {verdict(c.low, c.high, less_is_better)},
                                cell(c.mean, digits),
                                cell(c.low, digits),
                                cell(c.high, digits)});
  }
  return chart;
}

std::string summary(const std::string& what, const std::vector<Compared>& all,
                    bool less_is_better) {
  std::size_t better = 0, worse = 0;
  for (const Compared& c : all) {
    if (!std::isfinite(c.low) || (c.low <= 0.0 && c.high >= 0.0)) continue;
    ++((c.high < 0.0) == less_is_better ? better : worse);
  }
  return fmt::format(
      "By {} casus is better than {} of {} rivals, worse than {}, and not to be told "
      "from {}.",
      what, better, all.size(), worse, all.size() - better - worse);
}

void add_wars(Document& page, const WarBacktest& b, const ScoreTable& t, bool later) {
  if (t.wars == 0) return;
  const std::string id = later ? "later" : "left-out";
  page.add(Block::section,
           later
               ? fmt::format("Wars from {}, forecast from those up to {}", b.options.test_from,
                             b.options.train_until)
               : fmt::format("Wars up to {}, each forecast from the others", b.options.train_until),
           later ? fmt::format("From {}", b.options.test_from)
                 : fmt::format("Up to {}", b.options.train_until));
  struct Asked {
    const char *id, *title, *by;
    ModelDifference ModelRow::*difference;
    bool less;
    int digits;
  };
  const Asked scores[] = {
      {"auc", "Who is ranked first?", "the area under the curve", &ModelRow::auc, false, 3},
      {"log", "How surprising was it?", "the log score", &ModelRow::log, true, 4},
      {"brier", "How far off were the probabilities?", "Brier's score", &ModelRow::brier, true, 5}};
  std::vector<DocumentChart> charts;
  for (const Asked& score : scores) {
    std::vector<Compared> all;
    for (std::size_t r = 1; r < t.rows.size(); ++r) {
      const ModelDifference& d = t.rows[r].*score.difference;
      all.push_back({t.rows[r].model, d.mean, d.low, d.high});
    }
    if (score.digits == 4) page.add(Block::lead, summary(score.by, all, true));
    charts.push_back(difference_chart(
        fmt::format("{}-{}", score.id, id), score.title,
        fmt::format("Casus less its rival by {}: the mean over the same candidates, with the 95 % "
                    "interval over resampled wars.",
                    score.by),
        score.less, all, score.digits));
  }
  page.add(Block::paragraph,
           fmt::format("{} wars, {} of them with joiners; {} candidates, {} joined.", t.wars,
                       t.wars_with_joiners, t.candidates, t.joins));
  for (DocumentChart& chart : charts) page.add(std::move(chart));
  DocumentTable table{
      "t-scores-" + id,
      {"Model", "Parameters", "AUC", "Brier", "Log", "AUC without World Wars", "Brier", "Log"},
      1,
      {}};
  for (const ModelRow& row : t.rows) {
    std::vector<DocumentCell> cells{
        {row.model}, {std::to_string(row.parameters), static_cast<double>(row.parameters)}};
    for (const ModelScore* s : {&row.all, &row.without_world_wars}) {
      cells.push_back(cell(s->auc, 3));
      cells.push_back(cell(s->brier, 5));
      cells.push_back(cell(s->log, 4));
    }
    table.rows.push_back(std::move(cells));
  }
  page.add(Block::heading, "The scores themselves");
  page.add(Block::paragraph,
           "AUC: the mean over wars of the chance that a joiner is ranked above one that stayed "
           "out. Of Brier's and the log score less is better.");
  page.add(std::move(table));
  page.add(
      reliability_chart("reliability-" + id, "Did they join as often as was said?",
                        "Candidates with about the same probability of joining, taken together.",
                        war_reliability(b, later)));
}

std::vector<Compared> compared(const RegionBacktest& b, Score score) {
  std::vector<Compared> all;
  for (const RivalDifference& d : b.differences) {
    if (d.score != score) continue;
    all.push_back({d.rival + (d.best_rival ? " (the best of them)" : ""), d.in_blocks.mean,
                   d.in_blocks.low, d.in_blocks.high});
  }
  return all;
}

void add_facts(Document& page, const RegionBacktest& b) {
  if (b.facts.empty()) return;
  const auto inside =
      std::count_if(b.facts.begin(), b.facts.end(), [](const FactRow& f) { return f.inside(); });
  page.add(Block::heading, "The kind of violence");
  page.add(Block::paragraph,
           fmt::format("Over {} that do not overlap; {} of {} facts are where nine of ten draws "
                       "are.",
                       counted(b.apart.size(), "window"), inside, b.facts.size()));
  DocumentTable table{
      fmt::format("t-facts-{}", b.options.months),
      {"Fact", "So the forecast is", "Observed", "Median", "5 % below", "5 % above"},
      2,
      {}};
  for (const FactRow& f : b.facts) {
    const char* said = f.observed > f.high  ? "too low"
                       : f.observed < f.low ? "too high"
                                            : "not contradicted";
    table.rows.push_back({{std::string(f.name)},
                          {std::string(said)},
                          cell(f.observed, 3),
                          cell(f.median, 3),
                          cell(f.low, 3),
                          cell(f.high, 3)});
  }
  page.add(std::move(table));
}

void add_window(Document& page, const RegionBacktest& b, const ConflictRecord& record) {
  const std::size_t months = b.options.months;
  page.add(Block::section, fmt::format("{} ahead", counted(months, "month")));
  const std::vector<Compared> crps = compared(b, Score::crps), log = compared(b, Score::log);
  if (!crps.empty()) page.add(Block::lead, summary("the CRPS", crps, true));
  page.add(
      Block::paragraph,
      fmt::format("{} from {} to {}, {} each; {}.", counted(b.options.origins.size(), "origin"),
                  month_name(b.options.origins.front()), month_name(b.options.origins.back()),
                  counted(b.options.draws, "draw"), counted(record.regions.size(), "region")));
  const std::string note = fmt::format(
      "Casus less its rival: the mean over regions and months, with the 95 % interval over "
      "resampled regions and origins{}.",
      b.block > 1 ? fmt::format(", these by {} as windows overlap", b.block) : std::string());
  const auto add = [&](const char* id, const char* title, const std::vector<Compared>& all) {
    if (all.empty()) return;
    page.add(difference_chart(fmt::format("{}-{}", id, months), title, note, true, all, 3));
  };
  add("crps", "How far off were the deaths? (CRPS)", crps);
  add("log", "How surprising was their class? (log score)", log);
  DocumentTable table{fmt::format("t-scores-{}", months), {"Forecaster"}, 1, {}};
  for (const ScoreInfo& s : scores_of_cells()) table.columns.emplace_back(s.title);
  for (const ForecasterScores& f : b.forecasters) {
    std::vector<DocumentCell> cells{{f.name}};
    for (std::size_t s = 0; s < score_count; ++s) {
      cells.push_back(cell(f.mean(static_cast<Score>(s)), 3));
    }
    table.rows.push_back(std::move(cells));
  }
  page.add(Block::heading, "The scores themselves");
  page.add(std::move(table));
  const RegionCalibration c = region_calibration(b, record);
  for (std::size_t e = 0; e < c.at_least.size(); ++e) {
    const double threshold = RegionCalibration::thresholds[e];
    page.add(reliability_chart(
        fmt::format("reliability-{:g}-{}", threshold, months),
        threshold == 1.0 ? "Did somebody die as often as was said?"
                         : fmt::format("Did {:g} or more die as often as was said?", threshold),
        "Regions and months with about the same probability of it, taken together.",
        c.at_least[e]));
  }
  DocumentChart chart;
  chart.kind = DocumentChart::Kind::transform;
  chart.id = fmt::format("f-transform-{}", months);
  chart.title = "Where in the forecast did it fall?";
  chart.note = fmt::format(
      "The probability integral transform of {} regions and months, with ties spread over their "
      "step: flat where the forecast has the right width and place, heaped in the middle where it "
      "is too wide, at the ends where it is too narrow.",
      c.cells);
  chart.table = {fmt::format("t-transform-{}", months), {"Between", "Density"}, 1, {}};
  for (std::size_t k = 0; k < c.transform.size(); ++k) {
    const double from = static_cast<double>(k) / static_cast<double>(c.transform.size());
    const double to = static_cast<double>(k + 1) / static_cast<double>(c.transform.size());
    ChartBin bin;
    bin.from = from;
    bin.to = to;
    bin.happened = c.transform[k];
    chart.bins.push_back(bin);
    chart.table.rows.push_back(
        {{fmt::format("{:.0f} and {:.0f} %", 100.0 * from, 100.0 * to)}, cell(c.transform[k], 3)});
  }
  page.add(std::move(chart));
  add_facts(page, b);
  for (const std::string& text : b.notes) page.add(Block::paragraph, text);
}

}  // namespace

Document war_page(const WarBacktest& b, const Common& common) {
  Document page;
  page.title = "Who joins a war?";
  page.question =
      "Each inter-state war is put before the law of pacts, with the pacts and the powers of its "
      "day; each state that could have joined has a probability of doing so, beside which stands "
      "what it did.";
  page.facts = fmt::format("{} each · seed {} · Casus {}", counted(b.options.runs, "run"),
                           b.options.seed, version());
  add_wars(page, b, b.left_out, false);
  add_wars(page, b, b.later, true);
  add_how(page, common);
  return page;
}

Document sahel_page(const std::vector<RegionBacktest>& backtests, const ConflictRecord& record,
                    const Common& common) {
  Document page;
  page.title = "How many die where?";
  page.question =
      "Deaths by region and month in Mali, Burkina Faso and Niger, forecast from what was on "
      "record before, beside simple rivals that know the same.";
  page.facts = fmt::format("record from {} to {} · seed {} · Casus {}", month_name(record.from),
                           month_name(record.until - 1), backtests.front().options.seed, version());
  for (const RegionBacktest& b : backtests) add_window(page, b, record);
  add_how(page, common);
  return page;
}

}  // namespace casus::cli
