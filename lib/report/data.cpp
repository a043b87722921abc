#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "report/findings.h"
#include "report/parts.h"
#include "report/text.h"

namespace casus::report {
namespace {

const char* kind_of(const ReportOutcome& o) {
  switch (outcome_form(o.form).statistic) {
    case Statistic::proportion:
      return "proportion";
    case Statistic::median_duration:
      return "duration";
    case Statistic::mean:
      break;
  }
  return "mean";
}

void numbers(Json& j, const char* key, std::initializer_list<double> values) {
  j.key(key).array();
  for (const double v : values) j.number(v, 7);
  j.close();
}

void write_outcomes(Json& j, const ReportData& data) {
  j.key("outcomes").array();
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    const ReportOutcome& outcome = data.outcomes[o];
    j.object().key("name").text(outcome.name).key("title").text(outcome.title);
    j.key("unit").text(outcome.unit).key("kind").text(kind_of(outcome));
    j.key("share").flag(outcome.share);
    const std::vector<Histogram> spread = outcome.form == OutcomeSpec::Form::ever
                                              ? std::vector<Histogram>(data.arms.size())
                                              : histograms(data, o);
    j.key("arms").array();
    for (std::size_t a = 0; a < data.arms.size(); ++a) {
      const OutcomeSummary& s = data.arms[a].summaries[o];
      j.object();
      numbers(j, "e", {s.estimate.value, s.estimate.low, s.estimate.high});
      j.key("n").number(static_cast<double>(s.estimate.n));
      numbers(j, "q", {s.q05, s.q50, s.q95});
      j.key("min").number(s.minimum);
      j.key("happened").number(static_cast<double>(s.happened));
      j.key("censored").number(static_cast<double>(s.censored));
      j.key("horizon").number(s.horizon);
      if (!spread[a].counts.empty()) {
        j.key("bins").object().key("from").number(spread[a].from, 8);
        j.key("width").number(spread[a].width, 8).key("counts").array();
        for (const std::size_t n : spread[a].counts) j.number(static_cast<double>(n));
        j.close().close();
      }
      j.close();
    }
    j.close();
    if (data.arms.front().runs.size() > 1) {
      const Convergence c = convergence(data, 0, o);
      j.key("conv").array();
      for (std::size_t i = 0; i < c.n.size(); ++i) {
        const Estimate& e = c.estimates[i];
        j.array().number(static_cast<double>(c.n[i])).number(e.value, 4).number(e.low, 4);
        j.number(e.high, 4).close();
      }
      j.close();
    }
    j.close();
  }
  j.close();
}

void write_differences(Json& j, const ReportData& data) {
  if (data.arms.size() < 2) return;
  j.key("differences").array();
  for (std::size_t a = 1; a < data.arms.size(); ++a) {
    j.array();
    for (const Difference& d : differences(data, a)) {
      j.object();
      numbers(j, "e", {d.estimate.value, d.estimate.low, d.estimate.high});
      j.key("worlds").flag(d.of_worlds).key("certain").flag(d.certain).close();
    }
    j.close();
  }
  j.close();
}

void write_curves(Json& j, const ReportData& data) {
  constexpr std::size_t most_steps = 60;
  j.key("curves").array();
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    if (durations(data, 0, o).empty()) continue;
    const bool asks = outcome_form(data.outcomes[o].form).statistic == Statistic::median_duration;
    j.object().key("outcome").number(static_cast<double>(o)).key("when").flag(asks);
    j.key("arms").array();
    for (std::size_t a = 0; a < data.arms.size(); ++a) {
      const std::vector<Duration> times = durations(data, a, o);
      double last = 0.0;
      for (const Duration& d : times) last = std::max(last, d.time);
      const std::vector<SurvivalStep> steps = kaplan_meier(times);
      const std::size_t every = steps.size() / most_steps + 1;
      j.object().key("horizon").number(last).key("n").number(static_cast<double>(times.size()));
      const auto censored =
          std::count_if(times.begin(), times.end(), [](const Duration& d) { return !d.happened; });
      j.key("censored").number(static_cast<double>(censored));
      j.key("steps").array();
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (i % every != 0 && i + 1 != steps.size()) continue;
        const SurvivalStep& s = steps[i];
        j.array().number(s.time).number(s.survival, 4).number(s.low, 4).number(s.high, 4).close();
      }
      j.close().close();
    }
    j.close().close();
  }
  j.close();
}

void write_dates(Json& j, const ReportSeries& s) {
  j.key("dates").array();
  for (const Date d : s.dates) j.text(to_string(d));
  j.close();
}

std::string variable_unit(const ReportSeries& s, const std::string& variable) {
  for (const SeriesColumn& c : s.columns) {
    if (c.variable == variable) return c.unit;
  }
  return {};
}

void write_variables(Json& j, const ReportSeries& s, const std::vector<std::string>& names) {
  j.key("variables").array();
  for (const std::string& name : names) {
    j.object().key("name").text(name).key("title").text(spoken(name));
    j.key("unit").text(variable_unit(s, name)).close();
  }
  j.close();
}

void write_fans(Json& j, const ReportData& data) {
  const ReportSeries& first = data.arms.front().series;
  if (first.empty()) return;
  constexpr std::size_t most_arms = 8;  // of more policies, the page would not bear the lines
  const auto entities = drawn_entities(first, data.arms.size() > 2 ? 5 : 8);
  std::vector<std::string> variables = drawn_variables(first, "state");
  for (const std::string& v : drawn_variables(first, "world")) {
    if (std::find(variables.begin(), variables.end(), v) == variables.end()) variables.push_back(v);
  }
  if (entities.empty() || variables.empty()) return;
  j.key("fans").object();
  write_dates(j, first);
  j.key("entities").array();
  for (const auto& [kind, entity] : entities) {
    j.text(entity == "all" ? "Everywhere" : title_of(data, entity));
  }
  j.close();
  write_variables(j, first, variables);
  j.key("values").array();  // by variable, entity, policy, level, date
  for (const std::string& variable : variables) {
    j.array();
    for (const auto& [kind, entity] : entities) {
      j.array();
      for (std::size_t a = 0; a < std::min(most_arms, data.arms.size()); ++a) {
        const ReportSeries& s = data.arms[a].series;
        const std::size_t c = s.empty() ? 0 : column_of(s, kind, entity, variable);
        j.array();
        for (std::size_t q = 0; c < s.columns.size() && q < ReportSeries::levels.size(); ++q) {
          j.array();
          for (std::size_t t = 0; t < s.dates.size(); ++t) j.number(s.at(c, t, q), 4);
          j.close();
        }
        j.close();
      }
      j.close();
    }
    j.close();
  }
  j.close().close();
}

/// A ring without the points that only lead round outside of the frame: those between two others
/// that lie beyond the same side of it.
GeoRing within_frame(const GeoRing& ring, const GeoBox& frame) {
  if (frame.empty()) return ring;
  const auto beyond = [&](const GeoPoint& p) {
    return (p.first < frame.west ? 1U : 0U) | (p.first > frame.east ? 2U : 0U) |
           (p.second < frame.south ? 4U : 0U) | (p.second > frame.north ? 8U : 0U);
  };
  GeoRing kept;
  kept.reserve(ring.size());
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const bool between = !kept.empty() && i + 1 < ring.size();
    if (between && (beyond(kept.back()) & beyond(ring[i]) & beyond(ring[i + 1])) != 0) continue;
    kept.push_back(ring[i]);
  }
  return kept;
}

void write_rings(Json& j, const ReportPlace& p, const GeoBox& frame) {
  j.key("rings").array();
  for (const auto& polygon : p.polygons) {
    for (const GeoRing& ring : polygon) {
      j.array();
      for (const auto& [x, y] : within_frame(ring, frame)) j.number(x, 5).number(y, 5);
      j.close();
    }
  }
  j.close();
}

/// What a map shows of a number is its size: three digits, two of a part of one.
double on_map(double value) {
  if (!std::isfinite(value) || value == 0.0) return value;
  const double whole = std::abs(value) >= 10.0 ? std::round(value) : value;
  const double digits = std::abs(value) < 1.0 ? 2.0 : 3.0;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(whole))) - digits + 1.0);
  return std::round(whole / unit) * unit;
}

/// By date; one number where it never changes.
void write_on_map(Json& j, const std::vector<double>& values) {
  const bool still = std::all_of(values.begin(), values.end(), [&](double v) {
    return v == values.front() || (std::isnan(v) && std::isnan(values.front()));
  });
  if (still && !values.empty()) {
    j.number(values.front(), 3);
    return;
  }
  j.array();
  for (const double v : values) j.number(v, 3);
  j.close();
}

constexpr std::array<std::size_t, 3> map_levels{0, 2, 4};  ///< of ReportSeries::levels

/// The values of a series on the map: by variable, level, place, and date where they differ.
struct MapValues {
  const ReportData& data;
  const std::vector<std::string>& variables;
  const std::vector<std::size_t>& places;
  const std::vector<std::size_t>& dates;

  void operator()(Json& j, const ReportSeries& s) const {
    std::map<std::pair<std::string, std::string>, std::size_t> columns;
    for (std::size_t c = 0; c < s.columns.size(); ++c) {
      if (s.columns[c].kind == "region") {
        columns.emplace(std::pair(s.columns[c].entity, s.columns[c].variable), c);
      }
    }
    j.array();
    for (const std::string& variable : variables) {
      j.array();
      for (const std::size_t q : map_levels) {
        j.array();
        for (const std::size_t i : places) {
          const auto found = columns.find({data.places[i].name, variable});
          std::vector<double> values;
          values.reserve(dates.size());
          for (const std::size_t t : dates) {
            values.push_back(found == columns.end() || t >= s.dates.size()
                                 ? std::numeric_limits<double>::quiet_NaN()
                                 : on_map(s.at(found->second, t, q)));
          }
          write_on_map(j, values);
        }
        j.close();
      }
      j.close();
    }
    j.close();
  }
};

void write_map(Json& j, const ReportData& data) {
  const ReportSeries& first = data.arms.front().series;
  const std::vector<std::string> variables = drawn_variables(first, "region");
  if (first.empty() || variables.empty()) return;
  const std::vector<std::size_t> places = mapped_places(data);
  std::vector<std::size_t> row_of(data.places.size(), data.places.size());
  for (std::size_t i = 0; i < places.size(); ++i) row_of[places[i]] = i;
  j.key("map").object();
  if (!data.map_frame.empty()) {
    const GeoBox& f = data.map_frame;
    numbers(j, "frame", {f.west, f.south, f.east, f.north});
  }
  j.key("places").array();
  for (const std::size_t i : places) {
    const ReportPlace& p = data.places[i];
    j.object().key("title").text(p.title).key("owner").text(title_of(data, p.owner));
    j.key("at").array().number(p.longitude, 5).number(p.latitude, 5).close();
    if (!p.polygons.empty()) write_rings(j, p, data.map_frame);
    j.key("next").array();
    for (const std::uint32_t n : p.neighbours) {
      if (n > i && row_of[n] < places.size()) j.number(static_cast<double>(row_of[n]));
    }
    j.close().close();
  }
  j.close();
  write_variables(j, first, variables);
  // By date the page would be too large where there are hundreds of regions or several policies.
  const std::size_t arms = std::min<std::size_t>(data.arms.size(), 3);
  const std::size_t cells = places.size() * variables.size() * arms;
  const std::size_t every = std::max<std::size_t>(1, cells * first.dates.size() / 6500);
  std::vector<std::size_t> dates;
  for (std::size_t t = first.dates.size(); t-- > 0;) {
    if ((first.dates.size() - 1 - t) % every == 0) dates.push_back(t);
  }
  std::reverse(dates.begin(), dates.end());
  j.key("dates").array();
  for (const std::size_t t : dates) j.text(to_string(first.dates[t]));
  j.close();
  j.key("levels").array().text("5 %").text("Median").text("95 %").close();
  j.key("arms").number(static_cast<double>(arms));
  const MapValues write{data, variables, places, dates};
  j.key("values").array();  // by policy, and as MapValues has it
  for (std::size_t a = 0; a < arms; ++a) write(j, data.arms[a].series);
  j.close();
  const auto differ = [](const ReportArm& arm) { return !arm.change.empty(); };
  if (arms > 1 && std::all_of(data.arms.begin() + 1,
                              data.arms.begin() + static_cast<std::ptrdiff_t>(arms), differ)) {
    j.key("changes").array();  // of the policies behind the baseline
    for (std::size_t a = 1; a < arms; ++a) write(j, data.arms[a].change);
    j.close();
  }
  j.close();
}

void write_promises(Json& j, const ReportData& data) {
  const ReportArm& arm = data.arms.front();
  if (arm.promise_runs == 0 || arm.promises.empty()) return;
  j.key("promises").object().key("runs").number(static_cast<double>(arm.promise_runs));
  j.key("cells").array();
  for (const ReportPromise& p : arm.promises) {
    j.object()
        .key("pact")
        .text(title_of(data, p.pact))
        .key("member")
        .text(title_of(data, p.member));
    j.key("counts").array();
    for (const std::size_t n : {p.obliged, p.able, p.honoured, p.broken, p.conflicts}) {
      j.number(static_cast<double>(n), 10);
    }
    j.close().key("articles").array();
    for (const auto& [article, n] : p.articles) {
      j.array().text(article).number(static_cast<double>(n), 10).close();
    }
    j.close().close();
  }
  j.close().close();
}

void write_logs(Json& j, const ReportData& data) {
  const ReportArm& arm = data.arms.front();
  if (arm.logs.empty()) return;
  j.key("logs").array();
  for (std::size_t i = 0; i < std::min<std::size_t>(3, arm.logs.size()); ++i) {
    const Telling t = telling(arm.logs[i]);
    j.object().key("title").text(heading(arm.logs[i], t.deaths)).key("lanes").array();
    for (const std::string& lane : t.lanes) j.text(title_of(data, lane));
    j.close().key("events").array();
    for (std::size_t e = 0; e < t.events.size(); ++e) {
      const ReportEvent& event = *t.events[e];
      const auto lane = std::find(t.lanes.begin(), t.lanes.end(), event.who) - t.lanes.begin();
      j.object().key("lane").number(static_cast<double>(lane)).key("date").text(event.date);
      j.key("kind").text(spoken(event.kind));
      if (!event.whom.empty()) j.key("whom").text(title_of(data, event.whom));
      if (!event.where.empty()) j.key("where").text(title_of(data, event.where));
      if (!event.pact.empty()) j.key("pact").text(title_of(data, event.pact));
      if (!event.article.empty()) j.key("article").text(event.article);
      if (!event.reason.empty()) j.key("reason").text(spoken(event.reason));
      if (event.deaths > 0.0) j.key("deaths").number(event.deaths, 4);
      if (event.size != 0.0) j.key("size").number(event.size, 4);
      j.key("causes").array();
      for (const std::uint32_t c : t.causes[e]) j.number(c);
      j.close().close();
    }
    j.close().close();
  }
  j.close();
}

void write_influences(Json& j, const ReportData& data) {
  if (data.arms.front().inputs.empty()) return;
  constexpr std::size_t most = 6;
  j.key("influences").array();
  for (const std::vector<Influence>& found : influences(data)) {
    j.array();
    for (std::size_t i = 0; i < std::min(most, found.size()); ++i) {
      const Estimate& rho = found[i].rho;
      j.object().key("input").text(found[i].input);
      // A correlation is drawn on a scale of a few hundred pixels.
      j.key("e").array().number(rho.value, 3).number(rho.low, 3).number(rho.high, 3).close();
      j.close();
    }
    j.close();
  }
  j.close();
}

}  // namespace

std::string drawing_data(const ReportData& data) {
  Json j;
  j.object();
  j.key("start").text(to_string(data.start)).key("end").text(to_string(data.end));
  j.key("arms").array();
  for (const ReportArm& arm : data.arms) j.text(arm.title.empty() ? arm.name : arm.title);
  j.close();
  write_outcomes(j, data);
  write_differences(j, data);
  write_curves(j, data);
  write_fans(j, data);
  write_map(j, data);
  write_promises(j, data);
  write_logs(j, data);
  write_influences(j, data);
  j.close();
  return j.str();
}

}  // namespace casus::report
