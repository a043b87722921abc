#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/findings.h"
#include "report/parts.h"
#include "report/text.h"

namespace casus::report {
namespace {

std::string policy_of(const ReportData& data, std::size_t arm) {
  if (data.arms.size() == 1) return {};
  const ReportArm& a = data.arms[arm];
  return "<td>" + html(a.title.empty() ? a.name : a.title);
}
std::string policy_head(const ReportData& data) {
  return data.arms.size() > 1 ? "<th scope=\"col\">Policy</th>" : "";
}

/// Every third month or so: the page draws all of them, the table is for reading.
std::vector<std::size_t> dates_to_read(std::size_t dates) {
  constexpr std::size_t most = 7;
  std::vector<std::size_t> rows;
  const std::size_t n = std::min(most, dates);
  for (std::size_t i = 0; i < n; ++i) rows.push_back(n == 1 ? 0 : i * (dates - 1) / (n - 1));
  return rows;
}

std::string fan_table(const ReportData& data) {
  std::string text = fmt::format(
      "<table id=\"t-fans\"><thead><tr><th scope=\"col\">What</th><th "
      "scope=\"col\">Where</th>{}<th "
      "scope=\"col\">Date</th><th scope=\"col\" class=\"n\">5 %</th><th scope=\"col\" "
      "class=\"n\">25 %</th><th scope=\"col\" class=\"n\">Median</th><th scope=\"col\" "
      "class=\"n\">75 %</th><th scope=\"col\" class=\"n\">95 %</th></tr></thead><tbody>\n",
      policy_head(data));
  for (std::size_t a = 0; a < data.arms.size(); ++a) {
    const ReportSeries& s = data.arms[a].series;
    if (s.empty()) continue;
    for (const auto& [kind, entity] : drawn_entities(s, 3)) {
      for (const std::string& variable : drawn_variables(s, kind)) {
        const std::size_t c = column_of(s, kind, entity, variable);
        if (c == s.columns.size()) continue;
        for (const std::size_t t : dates_to_read(s.dates.size())) {
          text += fmt::format("<tr><td>{}<td>{}{}<td>{}", html(spoken(variable)),
                              html(entity == "all" ? "everywhere" : title_of(data, entity)),
                              policy_of(data, a), to_string(s.dates[t]));
          for (std::size_t q = 0; q < ReportSeries::levels.size(); ++q) {
            text += number_cell(s.at(c, t, q), number(s.at(c, t, q)));
          }
          text += "</tr>\n";
        }
      }
    }
  }
  return text + "</tbody></table>";
}

std::string curve_table(const ReportData& data) {
  std::string text = fmt::format(
      "<table id=\"t-curves\"><thead><tr><th scope=\"col\">Outcome</th>{}<th scope=\"col\" "
      "class=\"n\">By day</th><th scope=\"col\" class=\"n\">It has come in</th><th scope=\"col\" "
      "class=\"n\">95 % from</th><th scope=\"col\" class=\"n\">to</th><th scope=\"col\" "
      "class=\"n\">Runs still watched</th></tr></thead><tbody>\n",
      policy_head(data));
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    for (std::size_t a = 0; a < data.arms.size(); ++a) {
      const std::vector<Duration> times = durations(data, a, o);
      if (times.empty()) continue;
      const std::vector<SurvivalStep> steps = kaplan_meier(times);
      double last = 0.0;
      for (const Duration& d : times) last = std::max(last, d.time);
      constexpr int points = 4;
      for (int i = 1; i <= points; ++i) {
        const double day = last * i / points;
        const auto after =
            std::upper_bound(steps.begin(), steps.end(), day,
                             [](double t, const SurvivalStep& step) { return t < step.time; });
        const bool begun = after != steps.begin();
        const SurvivalStep step = begun ? *(after - 1) : SurvivalStep{};
        const auto watched = std::count_if(times.begin(), times.end(),
                                           [&](const Duration& d) { return d.time >= day; });
        text += fmt::format(
            "<tr><th scope=\"row\">{}</th>{}{}{}{}{}<td class=n>{}</tr>\n",
            html(data.outcomes[o].title), policy_of(data, a), number_cell(day, number(day)),
            number_cell(1.0 - step.survival, percent(1.0 - step.survival) + " %"),
            begun ? number_cell(1.0 - step.high, percent(1.0 - step.high) + " %") : "<td>",
            begun ? number_cell(1.0 - step.low, percent(1.0 - step.low) + " %") : "<td>", watched);
      }
    }
  }
  return text + "</tbody></table>";
}

bool has_curves(const ReportData& data, bool censored) {
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    const bool asks = outcome_form(data.outcomes[o].form).statistic == Statistic::median_duration;
    if (asks == censored && !durations(data, 0, o).empty()) return true;
  }
  return false;
}

}  // namespace

std::string time_part(const ReportData& data) {
  const ReportSeries& series = data.arms.front().series;
  const bool fans = !series.empty();
  const bool dated = has_curves(data, false), survival = has_curves(data, true);
  if (!fans && !dated && !survival) {
    if (data.arms.size() < 2) return {};
    return "<section id=\"time\">\n<h2>Over time</h2>\n<p class=\"note\">The runs of this "
           "comparison kept no series: with so many of them, or with other values at each point, "
           "they "
           "would fill the memory. What one policy brings month by month is drawn by <code>casus "
           "run</code>, and two or three over the same worlds by <code>casus "
           "compare</code>.</p>\n</section>\n";
  }
  std::string text = "<section id=\"time\">\n<h2>Over time</h2>\n";
  if (fans) {
    const bool some = series.runs < data.arms.front().runs.size();
    text +=
        figure("fans", "f-fans", "How it goes on",
               fmt::format(
                   "The line is the median run, the dark band holds half of the runs and "
                   "the pale one nine of ten. Each place has a scale of its own.{}",
                   some ? fmt::format(" Drawn from the first {}.", count(series.runs, "run")) : ""),
               fan_table(data));
  }
  std::string table = dated || survival ? curve_table(data) : "";
  if (dated) {
    text += figure("chances", "f-chances", "Has it come by then?",
                   "Share of runs in which it has happened by the date, with its 95 % interval.",
                   table);
    table.clear();
  }
  if (survival) {
    text +=
        figure("survival", "f-survival", "How long until it comes",
               "Share of runs in which it has not come yet, with its 95 % interval. The mark at "
               "the end: runs that were over before it came.",
               table);
  }
  return text + "</section>\n";
}

namespace {

/// The least box around something.
class Around {
 public:
  void add(double x, double y) {
    box_.west = std::min(box_.west, x);
    box_.east = std::max(box_.east, x);
    box_.south = std::min(box_.south, y);
    box_.north = std::max(box_.north, y);
  }
  void add(const ReportPlace& p) {
    for (const auto& polygon : p.polygons) {
      for (const GeoRing& ring : polygon) {
        for (const auto& [x, y] : ring) add(x, y);
      }
    }
  }
  const GeoBox& box() const { return box_; }

 private:
  GeoBox box_{180, 90, -180, -90};
};

bool meet(const GeoBox& a, const GeoBox& b) {
  return a.west < b.east && b.west < a.east && a.south < b.north && b.south < a.north;
}
bool inside(const ReportPlace& p, const GeoBox& box, double pad) {
  return p.longitude > box.west - pad && p.longitude < box.east + pad &&
         p.latitude > box.south - pad && p.latitude < box.north + pad;
}

}  // namespace

std::vector<std::size_t> mapped_places(const ReportData& data) {
  Around outlines;
  for (const ReportPlace& p : data.places) outlines.add(p);
  const GeoBox& all = outlines.box();
  const double pad = 0.12 * std::max(all.east - all.west, all.north - all.south);
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < data.places.size(); ++i) {
    const ReportPlace& p = data.places[i];
    bool seen = all.empty() || !p.polygons.empty() || inside(p, all, pad);
    if (!data.map_frame.empty()) {
      Around own;
      own.add(p);
      seen = p.polygons.empty() ? inside(p, data.map_frame, 0.0) : meet(own.box(), data.map_frame);
    }
    if (seen) rows.push_back(i);
  }
  return rows;
}

std::string map_part(const ReportData& data) {
  const ReportSeries& s = data.arms.front().series;
  const std::vector<std::string> variables = drawn_variables(s, "region");
  if (s.empty() || variables.empty() || data.places.empty()) return {};
  std::string table =
      "<table id=\"t-map\"><thead><tr><th scope=\"col\">Region</th><th scope=\"col\">Owner</th>";
  for (const std::string& v : variables) {
    table += fmt::format(
        "<th scope=\"col\" class=\"n\">{}: median</th><th scope=\"col\" class=\"n\">5–95 %</th>",
        html(spoken(v)));
  }
  table += "</tr></thead><tbody>\n";
  const std::size_t last = s.dates.size() - 1;
  for (const ReportPlace& p : data.places) {
    std::string cells;
    bool any = false;
    for (const std::string& v : variables) {
      const std::size_t c = column_of(s, "region", p.name, v);
      if (c == s.columns.size()) {
        cells += "<td><td>";
        continue;
      }
      any = true;
      cells += number_cell(s.at(c, last, 2), number(s.at(c, last, 2)));
      cells +=
          fmt::format("<td class=n>{}", range(number(s.at(c, last, 0)), number(s.at(c, last, 4))));
    }
    if (any) {
      table += fmt::format("<tr><th scope=\"row\">{}</th><td>{}{}</tr>\n", html(p.title),
                           html(title_of(data, p.owner)), cells);
    }
  }
  table += "</tbody></table>";
  const std::size_t mapped = mapped_places(data).size();
  const auto outlines = std::count_if(data.places.begin(), data.places.end(),
                                      [](const ReportPlace& p) { return !p.polygons.empty(); });
  std::string note;
  if (outlines == 0) {
    note =
        "The scenario names no outlines: regions are circles near where they are, and lines are "
        "their borders.";
  } else if (static_cast<std::size_t>(outlines) < mapped) {
    note = "Regions without an outline are circles.";
  }
  if (mapped < data.places.size()) {
    note += fmt::format(" {} further off: see the figures.",
                        data.places.size() - mapped == 1
                            ? std::string("1 region lies")
                            : fmt::format("{} regions lie", data.places.size() - mapped));
  }
  return "<section id=\"map\">\n<h2>The map</h2>\n" +
         figure("map", "f-map", "Region by region", note, table) + "</section>\n";
}

}  // namespace casus::report
