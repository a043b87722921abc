#include "report/frame.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/output/sha256.h"
#include "casus/output/version.h"
#include "casus/world/columns.h"

namespace casus {
namespace {

/// Are values of the outcome shares of one?
bool is_share(const ScenarioData& scenario, const OutcomeSpec& o) {
  if (o.form == OutcomeSpec::Form::share) return true;
  if (o.form != OutcomeSpec::Form::final) return false;
  for (const PathRef::Table table : {PathRef::Table::region, PathRef::Table::actor}) {
    const PathColumn* column = scenario.columns.find(table, o.what);
    if (column == nullptr) continue;
    return column->info->domain == Domain::share && column->info->aggregate != Aggregate::sum;
  }
  return false;
}

std::string name_of(const ScenarioData& scenario, ActorId actor) {
  return actor.valid() ? scenario.actors.at(actor.row()).name : std::string();
}

}  // namespace

ReportData report_frame(const Scenario& scenario, std::span<const OutcomeSpec> outcomes) {
  const ScenarioData& s = scenario.data();
  ReportData data;
  data.title = s.title;
  data.description = s.description;
  data.limits = s.limits;
  data.start = s.clock.start;
  data.end = s.clock.end;
  data.sources = s.sources;
  data.outcomes.reserve(outcomes.size());
  for (const OutcomeSpec& o : outcomes) {
    data.outcomes.push_back(
        {o.name, o.title.empty() ? o.name : o.title, o.unit, o.form, is_share(s, o)});
  }
  data.places.reserve(s.regions.size());
  for (const RegionSpec& r : s.regions) {
    ReportPlace place{r.name, r.title, name_of(s, r.owner), r.latitude, r.longitude, {}, {}};
    place.neighbours.reserve(r.neighbours.size());
    for (const Border& b : r.neighbours) {
      place.neighbours.push_back(static_cast<std::uint32_t>(b.to.row()));
    }
    data.places.push_back(std::move(place));
    data.titles.emplace(r.name, r.title);
  }
  data.map_frame = s.map_frame;
  for (const RegionOutline& outline : s.map) {
    auto& polygons = data.places.at(outline.region.row()).polygons;
    polygons.insert(polygons.end(), outline.polygons.begin(), outline.polygons.end());
  }
  for (const ActorSpec& a : s.actors) data.titles.insert_or_assign(a.name, a.title);
  for (std::size_t p = 0; p < s.pacts.size(); ++p) {
    const std::string& title = s.pacts[p].title;
    data.titles.emplace(s.pact_names[p], title.empty() ? s.pact_names[p] : title);
  }
  return data;
}

void finish_arm(std::span<const OutcomeSpec> outcomes, ReportArm& arm) {
  arm.summaries.clear();
  arm.summaries.reserve(outcomes.size());
  for (std::size_t row = 0; row < outcomes.size(); ++row) {
    arm.summaries.push_back(summarise(outcomes[row], arm.values[row]));
    if (arm.times[row].size() != arm.runs.size()) arm.times[row].clear();
  }
}

namespace {

/// Rows of the lowest, the middle and the highest, without saying one twice.
std::vector<std::pair<std::size_t, std::string>> three_of(const std::vector<double>& toll) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < toll.size(); ++i) {
    if (toll[i] == toll[i]) order.push_back(i);
  }
  if (order.empty()) return {};
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return toll[a] < toll[b]; });
  std::vector<std::pair<std::size_t, std::string>> chosen;
  const std::size_t middle = order[(order.size() - 1) / 2];
  chosen.emplace_back(middle, order.size() > 2 ? "typical" : "");
  if (order.back() != middle) chosen.emplace_back(order.back(), "most");
  if (order.front() != middle) chosen.emplace_back(order.front(), "fewest");
  return chosen;
}

}  // namespace

std::vector<ReportRun> runs_to_tell(std::span<const OutcomeSpec> outcomes, const ReportArm& arm) {
  std::vector<double> toll(arm.runs.size(), 0.0);
  const auto add = [&](std::size_t o) {
    for (std::size_t i = 0; i < toll.size(); ++i) toll[i] += arm.values[o][i].value;
  };
  bool deaths = false;
  for (std::size_t o = 0; o < outcomes.size(); ++o) {
    if (outcomes[o].form != OutcomeSpec::Form::sum || outcomes[o].what != "deaths") continue;
    add(o);
    deaths = true;
  }
  std::string measure;
  for (std::size_t o = 0; o < outcomes.size() && !deaths && measure.empty(); ++o) {
    if (outcome_form(outcomes[o].form).statistic != Statistic::mean) continue;
    add(o);
    measure = outcomes[o].title.empty() ? outcomes[o].name : outcomes[o].title;
  }
  std::vector<ReportRun> chosen;
  for (const auto& [row, role] : three_of(toll)) {
    ReportRun& run = chosen.emplace_back();
    run.run = arm.runs[row];
    if (role.empty() || role == "typical") {
      run.role = deaths || !measure.empty() ? role : "";
    } else if (deaths) {
      run.role = role + " deaths";
    } else if (!measure.empty()) {
      run.role = role == "most" ? "highest" : "lowest";
      run.measure = measure;
      run.value = toll[row];
    }
  }
  return chosen;
}

std::string command_line(std::span<const std::string> arguments) {
  std::string line;
  for (const std::string& word : arguments) {
    if (!line.empty()) line += ' ';
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             std::string_view("/._-+:,@%=").find(static_cast<char>(c)) != std::string_view::npos;
    });
    if (plain) {
      // Where the program was started from is nobody's business.
      line += line.empty() ? word.substr(word.rfind('/') + 1) : word;
      continue;
    }
    line += '\'';
    for (const char c : word) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

ReportProvenance provenance_of(const Scenario& scenario, const ResultsInfo& info,
                               const std::string& folder) {
  ReportProvenance p;
  p.version = version();
  p.compiler = compiler();
  p.build = build_type();
  p.folder = folder;
  p.scenario_file = info.scenario_file;
  p.seed = info.seed;
  p.command = command_line(info.arguments);
  for (const auto& [file, text] : scenario.inputs()) p.inputs.emplace_back(file, sha256(text));
  return p;
}

SeriesGatherer::SeriesGatherer(const ScenarioData& scenario, std::size_t most)
    : clock_(scenario.clock), most_(most) {
  const SeriesObserver observer(scenario);
  columns_ = observer.columns();
  for (std::uint32_t step = 0; step <= clock_.steps(); ++step) {
    if (observer.due(step)) steps_.push_back(step);
  }
  // Quantiles of hundreds of runs are as good as those of thousands to look at, and memory must not
  // grow with the number of runs.
  constexpr std::size_t most_values = 8U << 20U, fewest = 100;
  const std::size_t each = std::max<std::size_t>(1, steps_.size() * columns_.size());
  most_ = std::min(most_, std::max(fewest, most_values / each));
  values_.reserve(most_ * each);
}

void SeriesGatherer::add(std::span<const Observation> series, std::uint32_t world) {
  if (runs_ >= most_ || series.empty()) return;
  CASUS_EXPECTS(series.size() == steps_.size(), "a run whose series is not whole");
  ++runs_;
  worlds_.push_back(world);
  for (const Observation& row : series) {
    CASUS_EXPECTS(row.values.size() == columns_.size(), "a series of other columns");
    for (const double value : row.values) values_.push_back(static_cast<float>(value));
  }
}

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

/// Quantiles over `runs` of what `value` gives for run, date and column.
template <class Value>
ReportSeries quantiles_of(std::vector<SeriesColumn> columns, std::vector<Date> dates,
                          std::size_t runs, const Value& value) {
  ReportSeries series;
  series.columns = std::move(columns);
  series.dates = std::move(dates);
  series.runs = runs;
  series.values.reserve(series.columns.size() * series.dates.size() * ReportSeries::levels.size());
  std::vector<double> sorted;
  for (std::size_t c = 0; c < series.columns.size(); ++c) {
    for (std::size_t t = 0; t < series.dates.size(); ++t) {
      sorted.clear();
      for (std::size_t r = 0; r < runs; ++r) {
        const float x = value(r, t, c);
        if (x == x) sorted.push_back(static_cast<double>(x));
      }
      std::sort(sorted.begin(), sorted.end());
      for (const double level : ReportSeries::levels) {
        series.values.push_back(sorted.empty() ? std::numeric_limits<double>::quiet_NaN()
                                               : quantile(sorted, level));
      }
    }
  }
  return series;
}

}  // namespace

ReportSeries SeriesGatherer::quantiles() const {
  if (runs_ == 0 || columns_.empty()) return {};
  return quantiles_of(columns_, dates(), runs_, [&](std::size_t r, std::size_t t, std::size_t c) {
    return values_[(r * steps_.size() + t) * columns_.size() + c];
  });
}

ReportSeries SeriesGatherer::less(const SeriesGatherer& other) const {
  if (runs_ == 0 || columns_.empty() || other.dates() != dates()) return {};
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // rows of both
  for (std::size_t r = 0; r < runs_; ++r) {
    const auto found = std::lower_bound(other.worlds_.begin(), other.worlds_.end(), worlds_[r]);
    if (found != other.worlds_.end() && *found == worlds_[r]) {
      pairs.emplace_back(r, static_cast<std::size_t>(found - other.worlds_.begin()));
    }
  }
  if (pairs.empty()) return {};
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> theirs;
  for (std::size_t c = 0; c < other.columns_.size(); ++c) {
    const SeriesColumn& column = other.columns_[c];
    theirs.emplace(std::tuple(column.kind, column.entity, column.variable), c);
  }
  std::vector<std::size_t> column_there;
  column_there.reserve(columns_.size());
  for (const SeriesColumn& column : columns_) {
    const auto found = theirs.find(std::tuple(column.kind, column.entity, column.variable));
    column_there.push_back(found == theirs.end() ? other.columns_.size() : found->second);
  }
  return quantiles_of(
      columns_, dates(), pairs.size(), [&](std::size_t r, std::size_t t, std::size_t c) {
        if (column_there[c] == other.columns_.size()) return none;
        const auto& [here, there] = pairs[r];
        return values_[(here * steps_.size() + t) * columns_.size() + c] -
               other.values_[(there * steps_.size() + t) * other.columns_.size() + column_there[c]];
      });
}

std::vector<Date> SeriesGatherer::dates() const {
  std::vector<Date> all;
  all.reserve(steps_.size());
  for (const std::uint32_t step : steps_) all.push_back(clock_.date(step));
  return all;
}

}  // namespace casus
