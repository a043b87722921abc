#include <fmt/format.h>

#include <cmath>
#include <set>

#include "report/findings.h"
#include "report/parts.h"
#include "report/text.h"

namespace casus::report {
namespace {

std::string shown(const ReportOutcome& o, const OutcomeSummary& s, double v) {
  if (s.statistic == Statistic::median_duration && std::isinf(v)) {
    return "> " + number(s.horizon);
  }
  if (s.statistic == Statistic::proportion || o.share) {
    return percent(v, s.estimate.high - s.estimate.low) + " %";
  }
  return number(v);
}

std::string outcome_table(const ReportData& data) {
  const bool several = data.arms.size() > 1;
  std::string text = fmt::format(
      "<table id=\"t-outcomes\"><thead><tr><th scope=\"col\">Outcome</th>{}<th scope=\"col\" "
      "class=\"n\">Estimate</th><th scope=\"col\" class=\"n\">95 % from</th><th scope=\"col\" "
      "class=\"n\">to</th><th scope=\"col\" class=\"n\">5 % of runs below</th><th scope=\"col\" "
      "class=\"n\">5 % above</th><th scope=\"col\">Unit</th><th scope=\"col\" "
      "class=\"n\">Runs</th></tr></thead><tbody>\n",
      several ? "<th scope=\"col\">Policy</th>" : "");
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    for (const ReportArm& arm : data.arms) {
      const OutcomeSummary& s = arm.summaries[o];
      const auto cell = [&](double v) { return number_cell(v, shown(data.outcomes[o], s, v)); };
      const bool spread = s.statistic == Statistic::mean;
      text += fmt::format(
          "<tr data-outcome=\"{}\"><th scope=\"row\">{}</th>{}{}{}{}{}{}<td>{}<td "
          "class=\"n\">{}</tr>\n",
          html(data.outcomes[o].name), html(data.outcomes[o].title),
          several ? "<td>" + html(arm.title.empty() ? arm.name : arm.title) : "",
          cell(s.estimate.value), cell(s.estimate.low), cell(s.estimate.high),
          spread ? cell(s.q05) : "<td>", spread ? cell(s.q95) : "<td>",
          html(s.statistic == Statistic::proportion ? "of runs" : data.outcomes[o].unit),
          s.estimate.n);
    }
  }
  return text + "</tbody></table>";
}

std::string difference_table(const ReportData& data) {
  std::string text =
      "<table id=\"t-differences\"><thead><tr><th scope=\"col\">Policy</th><th "
      "scope=\"col\">Outcome</th><th scope=\"col\" class=\"n\">Difference</th><th scope=\"col\" "
      "class=\"n\">95 % from</th><th scope=\"col\" class=\"n\">to</th><th "
      "scope=\"col\">Unit</th><th scope=\"col\" class=\"n\">Pairs</th></tr></thead><tbody>\n";
  for (std::size_t a = 1; a < data.arms.size(); ++a) {
    const ReportArm& arm = data.arms[a];
    for (const Difference& d : differences(data, a)) {
      const ReportOutcome& o = data.outcomes[d.outcome];
      const bool points = d.of_worlds || o.share;
      const auto cell = [&](double v) { return number_cell(v, points ? percent(v) : number(v)); };
      text += fmt::format("<tr{}><td>{}<th scope=\"row\">{}</th>{}{}{}<td>{}<td class=n>{}</tr>\n",
                          d.certain ? " class=\"certain\"" : "",
                          html(arm.title.empty() ? arm.name : arm.title), html(o.title),
                          cell(d.estimate.value), cell(d.estimate.low), cell(d.estimate.high),
                          html(d.of_worlds ? "of 100 runs"
                               : o.share   ? "percentage points"
                                           : o.unit),
                          d.estimate.n);
    }
  }
  return text + "</tbody></table>";
}

}  // namespace

// Without quotes, which numbers and one letter do not need: there are thousands of cells.
std::string number_cell(double value, const std::string& shown) {
  if (!std::isfinite(value)) return fmt::format("<td class=n>{}", html(shown));
  const std::string exact = fmt::format("{:.6g}", value);
  if (exact == shown) return "<td class=n>" + exact;
  return fmt::format("<td class=n data-v={}>{}", exact, html(shown));
}

std::string title_of(const ReportData& data, const std::string& name) {
  const auto found = data.titles.find(name);
  return found == data.titles.end() || found->second.empty() ? name : found->second;
}

std::string figure(const std::string& chart, const std::string& id, const std::string& title,
                   const std::string& note, const std::string& table) {
  return fmt::format(
      "<figure id=\"{0}\" data-chart=\"{1}\" aria-labelledby=\"{0}-t\">\n<figcaption><h3 "
      "id=\"{0}-t\">{2}</h3>{3}</figcaption>\n<div class=\"draw\"></div>\n{4}</figure>\n",
      id, chart, html(title), note.empty() ? "" : "<p>" + note + "</p>",
      table.empty() ? ""
                    : "<details class=\"behind\"><summary>The figures</summary><div "
                      "class=\"wide\">" +
                          table + "</div></details>\n");
}

std::string outcomes_part(const ReportData& data) {
  if (data.outcomes.empty() || data.arms.front().runs.empty()) return {};
  std::string text = "<section id=\"outcomes\">\n<h2>Outcomes</h2>\n";
  if (data.arms.size() > 1) {
    text += figure("differences", "f-differences", "What each policy changes",
                   "The same worlds with it and without it: the mean difference and its 95 % "
                   "interval. Filled: told from chance.",
                   difference_table(data));
  }
  text +=
      figure("dots", "f-outcomes", "What came of it",
             "The dot is the estimate, the bar its 95 % interval, the pale band where nine of ten "
             "runs lie. Choose an outcome to see how the runs are spread.",
             outcome_table(data));
  return text + "</section>\n";
}

}  // namespace casus::report
