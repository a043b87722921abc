#include "report/findings.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "casus/core/contracts.h"

namespace casus::report {
namespace {

using Status = OutcomeValue::Status;

bool asks_when(const ReportOutcome& o) {
  return outcome_form(o.form).statistic == Statistic::median_duration;
}

/// What is compared: the value, or of a time whether it came.
bool comparable(const ReportOutcome& o, const OutcomeValue& v, double& out) {
  if (v.status == Status::undefined) return false;
  out = asks_when(o) ? (v.status == Status::known ? 1.0 : 0.0) : v.value;
  return true;
}

/// Rows of the runs that two policies share, in the order of runs.
std::vector<std::pair<std::size_t, std::size_t>> shared_runs(const ReportArm& a,
                                                             const ReportArm& b) {
  std::vector<std::pair<std::size_t, std::size_t>> rows;
  std::map<std::uint32_t, std::size_t> of_b;
  for (std::size_t i = 0; i < b.runs.size(); ++i) of_b.emplace(b.runs[i], i);
  for (std::size_t i = 0; i < a.runs.size(); ++i) {
    const auto found = of_b.find(a.runs[i]);
    if (found != of_b.end()) rows.emplace_back(i, found->second);
  }
  return rows;
}

/// Ranks from 1; equals share the middle of theirs.
std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> rank(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j < order.size() && !(values[order[i]] < values[order[j]])) ++j;
    const double middle = 0.5 * static_cast<double>(i + j + 1);
    for (; i < j; ++i) rank[order[i]] = middle;
  }
  return rank;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double mx = mean(x), my = mean(y);
  double xx = 0.0, yy = 0.0, xy = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
    xy += (x[i] - mx) * (y[i] - my);
  }
  return xx > 0.0 && yy > 0.0 ? xy / std::sqrt(xx * yy) : std::numeric_limits<double>::quiet_NaN();
}

/// A round width for about so many classes.
double round_width(double span, double classes) {
  const double raw = span / classes;
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (raw <= step * power) return step * power;
  }
  return 10.0 * power;
}

}  // namespace

std::vector<Difference> differences(const ReportData& data, std::size_t arm) {
  const ReportArm& base = data.arms.front();
  const ReportArm& other = data.arms.at(arm);
  const auto rows = shared_runs(base, other);
  std::vector<Difference> found;
  found.reserve(data.outcomes.size());
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    const ReportOutcome& outcome = data.outcomes[o];
    std::vector<double> gaps;
    for (const auto& [a, b] : rows) {
      double x = 0.0, y = 0.0;
      if (comparable(outcome, base.values[o][a], x) && comparable(outcome, other.values[o][b], y)) {
        gaps.push_back(y - x);
      }
    }
    Difference d;
    d.arm = arm;
    d.outcome = o;
    d.of_worlds = outcome_form(outcome.form).statistic != Statistic::mean;
    d.estimate = mean_estimate(gaps);
    const double half = 0.5 * (d.estimate.high - d.estimate.low);
    d.certain = d.estimate.low > 0.0 || d.estimate.high < 0.0;
    if (d.estimate.value != 0.0 && std::isfinite(half)) {
      d.strength =
          half > 0.0 ? std::abs(d.estimate.value) / half : std::numeric_limits<double>::infinity();
    }
    found.push_back(d);
  }
  return found;
}

Pairs pairs_of(const ReportData& data, std::size_t arm) {
  const ReportArm& base = data.arms.front();
  const ReportArm& other = data.arms.at(arm);
  Pairs pairs;
  for (const auto& [a, b] : shared_runs(base, other)) {
    ++pairs.all;
    const bool hashed = a < base.hashes.size() && b < other.hashes.size();
    bool same = hashed && base.hashes[a] == other.hashes[b];
    for (std::size_t o = 0; same && o < data.outcomes.size(); ++o) {
      const OutcomeValue &x = base.values[o][a], &y = other.values[o][b];
      same = x.status == y.status && (x.value == y.value || x.status == Status::undefined);
    }
    if (same) ++pairs.same;
  }
  return pairs;
}

Convergence convergence(const ReportData& data, std::size_t arm, std::size_t outcome) {
  constexpr std::size_t points = 25, fewest = 10;
  const std::vector<OutcomeValue>& values = data.arms.at(arm).values.at(outcome);
  Convergence c;
  OutcomeSpec spec;
  spec.form = data.outcomes.at(outcome).form;
  std::size_t last = 0;
  for (std::size_t i = 1; i <= points; ++i) {
    const std::size_t n = values.size() * i / points;
    if (n < std::min(fewest, values.size()) || n == last) continue;
    last = n;
    c.n.push_back(n);
    c.estimates.push_back(summarise(spec, std::span(values).first(n)).estimate);
  }
  return c;
}

std::vector<Duration> durations(const ReportData& data, std::size_t arm, std::size_t outcome) {
  const ReportArm& a = data.arms.at(arm);
  if (!asks_when(data.outcomes.at(outcome))) return a.times.at(outcome);
  std::vector<Duration> times;
  for (const OutcomeValue& v : a.values.at(outcome)) {
    if (v.status != Status::undefined) times.push_back({v.value, v.status == Status::known});
  }
  return times;
}

std::vector<Histogram> histograms(const ReportData& data, std::size_t outcome) {
  constexpr double classes = 30.0;
  std::vector<Histogram> all(data.arms.size());
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const auto each = [&](const ReportArm& arm, auto&& f) {
    for (const OutcomeValue& v : arm.values.at(outcome)) {
      if (v.status == Status::known && std::isfinite(v.value)) f(v.value);
    }
  };
  for (const ReportArm& arm : data.arms) {
    each(arm, [&](double v) {
      low = std::min(low, v);
      high = std::max(high, v);
    });
  }
  if (!(low <= high)) return all;
  const bool whole = outcome_form(data.outcomes[outcome].form).whole_number;
  double width = high > low ? round_width(high - low, classes) : 1.0;
  if (whole) width = std::max(1.0, std::ceil(width));
  const double from = std::floor(low / width) * width;
  const auto n = static_cast<std::size_t>(std::floor((high - from) / width)) + 1;
  for (std::size_t a = 0; a < all.size(); ++a) {
    all[a] = {from, width, std::vector<std::size_t>(n)};
    each(data.arms[a], [&](double v) {
      const auto k = static_cast<std::size_t>(std::floor((v - from) / width));
      ++all[a].counts[std::min(k, n - 1)];
    });
  }
  return all;
}

namespace {

/// What can be compared of an outcome, by run.
struct Answers {
  std::vector<std::size_t> runs;  ///< that have an answer
  std::vector<double> values, ranked;
};

/// Of the first `runs`.
Answers answers_of(const ReportData& data, std::size_t outcome, std::size_t runs) {
  const std::vector<OutcomeValue>& all = data.arms.front().values[outcome];
  Answers answers;
  for (std::size_t i = 0; i < std::min(runs, all.size()); ++i) {
    double value = 0.0;
    if (!comparable(data.outcomes[outcome], all[i], value)) continue;
    answers.runs.push_back(i);
    answers.values.push_back(value);
  }
  answers.ranked = ranks(answers.values);
  return answers;
}

/// NaN where there is none.
double rank_correlation(const std::vector<double>& inputs, const Answers& answers,
                        std::size_t& pairs) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < answers.runs.size(); ++i) {
    const std::size_t run = answers.runs[i];
    if (run >= inputs.size() || !std::isfinite(inputs[run])) continue;
    x.push_back(inputs[run]);
    y.push_back(answers.values[i]);
  }
  pairs = x.size();
  if (pairs < 4) return std::numeric_limits<double>::quiet_NaN();
  const bool all = pairs == answers.runs.size();
  return correlation(ranks(x), all ? answers.ranked : ranks(y));
}

}  // namespace

std::vector<std::vector<Influence>> influences(const ReportData& data) {
  // Of many runs the inputs of the first ones are known.
  std::size_t runs = 0;
  for (const auto& [name, inputs] : data.arms.front().inputs) runs = std::max(runs, inputs.size());
  std::vector<Answers> answers;
  answers.reserve(data.outcomes.size());
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    answers.push_back(answers_of(data, o, runs));
  }
  std::vector<std::vector<Influence>> found(data.outcomes.size());
  // Ranks are what it costs: an input that every run has is ranked once for all outcomes that every
  // run answers.
  for (const auto& [name, inputs] : data.arms.front().inputs) {
    const bool whole =
        inputs.size() == runs &&
        std::all_of(inputs.begin(), inputs.end(), [](double x) { return std::isfinite(x); });
    const std::vector<double> ranked = whole ? ranks(inputs) : std::vector<double>();
    for (std::size_t o = 0; o < found.size(); ++o) {
      std::size_t pairs = runs;
      const bool shared = whole && runs >= 4 && answers[o].runs.size() == runs;
      const double rho = shared ? correlation(ranked, answers[o].ranked)
                                : rank_correlation(inputs, answers[o], pairs);
      if (!std::isfinite(rho)) continue;
      const double z = std::atanh(std::clamp(rho, -0.999999, 0.999999));
      const double half = 1.959964 * 1.03 / std::sqrt(static_cast<double>(pairs) - 3.0);
      found[o].push_back({name, {rho, std::tanh(z - half), std::tanh(z + half), pairs}});
    }
  }
  for (std::vector<Influence>& of_one : found) {
    std::stable_sort(of_one.begin(), of_one.end(), [](const Influence& a, const Influence& b) {
      return std::abs(a.rho.value) > std::abs(b.rho.value);
    });
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> drawn_entities(const ReportSeries& series,
                                                                std::size_t most) {
  std::vector<std::pair<double, std::string>> states;
  bool world = false;
  for (std::size_t c = 0; c < series.columns.size(); ++c) {
    const SeriesColumn& column = series.columns[c];
    if (column.kind == "world") world = true;
    if (column.kind != "state") continue;
    const bool known = std::any_of(states.begin(), states.end(),
                                   [&](const auto& s) { return s.second == column.entity; });
    if (known) continue;
    // Only states with land have what is of places.
    const std::size_t deaths = column_of(series, "state", column.entity, "deaths");
    const std::size_t control = column_of(series, "state", column.entity, "control");
    if (deaths == series.columns.size() && control == series.columns.size()) continue;
    const double toll =
        deaths < series.columns.size() ? series.at(deaths, series.dates.size() - 1, 2) : 0.0;
    states.emplace_back(std::isfinite(toll) ? toll : 0.0, column.entity);
  }
  std::stable_sort(states.begin(), states.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::pair<std::string, std::string>> drawn;
  if (world) drawn.emplace_back("world", "all");
  for (const auto& [toll, state] : states) {
    if (drawn.size() >= most + 1) break;
    drawn.emplace_back("state", state);
  }
  return drawn;
}

std::vector<std::string> drawn_variables(const ReportSeries& series, const std::string& kind) {
  static const std::set<std::string> not_of_places{"forces", "abroad", "legitimacy", "resources",
                                                   "wars"};
  std::vector<std::string> found;
  for (const SeriesColumn& column : series.columns) {
    if (column.kind != kind || not_of_places.contains(column.variable)) continue;
    if (std::find(found.begin(), found.end(), column.variable) == found.end()) {
      found.push_back(column.variable);
    }
  }
  return found;
}

std::size_t column_of(const ReportSeries& series, const std::string& kind,
                      const std::string& entity, const std::string& variable) {
  const auto found =
      std::find_if(series.columns.begin(), series.columns.end(), [&](const SeriesColumn& c) {
        return c.variable == variable && c.entity == entity && c.kind == kind;
      });
  return static_cast<std::size_t>(found - series.columns.begin());
}

std::string spoken(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace casus::report
