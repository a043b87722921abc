#include <fmt/format.h>

#include <algorithm>

#include "report/findings.h"
#include "report/parts.h"
#include "report/text.h"

namespace casus::report {
namespace {

/// "defence 12, aid 3": which articles, the most frequent first.
std::string articles_of(const ReportPromise& p) {
  std::vector<std::pair<std::size_t, std::string>> order;
  order.reserve(p.articles.size());
  for (const auto& [article, n] : p.articles) order.emplace_back(n, article);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text;
  for (const auto& [n, article] : order) {
    text +=
        fmt::format("{}{} ({})", text.empty() ? "" : ", ", article, number(static_cast<double>(n)));
  }
  return text;
}

std::string promise_table(const ReportData& data) {
  std::string text =
      "<table id=\"t-promises\"><thead><tr><th scope=\"col\">Pact</th><th scope=\"col\">Member</th>"
      "<th scope=\"col\" class=\"n\">Obliged</th><th scope=\"col\" class=\"n\">Able</th><th "
      "scope=\"col\" class=\"n\">Honoured</th><th scope=\"col\" class=\"n\">Broken</th><th "
      "scope=\"col\" class=\"n\">Conflicts</th><th scope=\"col\">Articles, how "
      "often</th></tr></thead><tbody>\n";
  for (const ReportPromise& p : data.arms.front().promises) {
    text += fmt::format("<tr><td>{}<th scope=\"row\">{}</th>", html(title_of(data, p.pact)),
                        html(title_of(data, p.member)));
    for (const std::size_t n : {p.obliged, p.able, p.honoured, p.broken, p.conflicts}) {
      text += number_cell(static_cast<double>(n), count(n, "").substr(0, count(n, "").find(' ')));
    }
    text += fmt::format("<td>{}</tr>\n", html(articles_of(p)));
  }
  return text + "</tbody></table>";
}

std::string event_words(const ReportData& data, const ReportEvent& e) {
  std::string text = spoken(e.kind);
  if (!e.whom.empty() && e.whom != e.who) text += fmt::format(", {}", title_of(data, e.whom));
  if (!e.where.empty()) text += fmt::format(", in {}", title_of(data, e.where));
  if (!e.pact.empty()) {
    text += fmt::format("; {}{}", title_of(data, e.pact),
                        e.article.empty() ? "" : ", article " + e.article);
  }
  if (!e.reason.empty()) text += fmt::format(" ({})", spoken(e.reason));
  return text;
}

}  // namespace

std::string promises_part(const ReportData& data) {
  const ReportArm& arm = data.arms.front();
  if (arm.promise_runs == 0) return {};
  std::string text = "<section id=\"promises\">\n<h2>Who kept the word</h2>\n";
  if (arm.promises.empty()) {
    return text + fmt::format("<p>In none of {} did a pact oblige anybody.</p>\n</section>\n",
                              count(arm.promise_runs, "run"));
  }
  std::size_t honoured = 0, broken = 0;
  for (const ReportPromise& p : arm.promises) honoured += p.honoured, broken += p.broken;
  if (honoured + broken > 0) {
    text += fmt::format(
        "<p>Of {} that came to be decided, <strong>{} of 100</strong> were honoured.</p>\n",
        count(honoured + broken, "obligation"),
        percent(static_cast<double>(honoured) / static_cast<double>(honoured + broken)));
  }
  text +=
      figure("promises", "f-promises", "Members and their pacts",
             fmt::format("Counts over {}. The bar of a member: what it honoured (full) and what it "
                         "broke (hatched) of what it owed; the rest it was not able to do, or was "
                         "released from.",
                         count(arm.promise_runs, "run")),
             promise_table(data));
  return text + "</section>\n";
}

namespace {

/// Where runs kept no events: how the ways can be had.
std::string ways_command(const ReportData& data) {
  const auto asked =
      std::find_if(data.outcomes.begin(), data.outcomes.end(),
                   [](const ReportOutcome& o) { return o.form == OutcomeSpec::Form::ever; });
  if (asked == data.outcomes.end() || data.provenance.scenario_file.empty()) return {};
  return fmt::format(
      "<p class=\"note\">The ways in which something most often comes about are told by "
      "<code>casus explain {} --outcome {} --most-common</code>, and here where runs keep their "
      "events.</p>\n",
      html(data.provenance.scenario_file), html(asked->name));
}

/// The ways in which outcomes came about most often: sentences, so that nothing has to be drawn.
std::string ways_words(const ReportData& data) {
  const ReportArm& arm = data.arms.front();
  if (arm.ways.empty()) return ways_command(data);
  std::string text =
      "<h3>How it comes about</h3>\n<p class=\"note\">Of each thing that happened the ways in "
      "which it most often came, told by the first cause of each step. Of all runs that kept their "
      "events.</p>\n<div class=\"ways\">\n";
  constexpr std::size_t shown = 3, open = 3;
  std::size_t nth = 0;
  for (const ReportWays& ways : arm.ways) {
    text += fmt::format(
        "<details{}><summary>{}: in {} of {}, in {}</summary>\n<table><thead><tr><th scope=\"col\" "
        "class=\"n\">Runs</th><th scope=\"col\">Way</th><th scope=\"col\" "
        "class=\"n\">Such as run</th></tr></thead><tbody>\n",
        nth++ < open ? " open" : "", html(ways.title), ways.happened, count(ways.runs, "run"),
        ways.paths.size() == 1 ? "one way" : fmt::format("{} ways", ways.paths.size()));
    std::size_t rest = 0;
    for (std::size_t i = 0; i < ways.paths.size(); ++i) {
      const ReportPath& path = ways.paths[i];
      if (i >= shown) {
        rest += path.runs;
        continue;
      }
      std::string steps;
      for (const std::string& step : path.steps) {
        steps += (steps.empty() ? "" : " <span aria-label=\"leads to\">→</span> ") + html(step);
      }
      if (steps.empty()) steps = "no event made it so";
      text += fmt::format("<tr><td class=n>{}<td>{}<td class=n>{}</tr>\n",
                          fmt::format("{} ({} %)", path.runs, percent(path.share.value)), steps,
                          path.example);
    }
    if (rest > 0) {
      text += fmt::format("<tr><td class=n>{}<td>in {}<td class=n></tr>\n", rest,
                          ways.paths.size() - shown == 1
                              ? std::string("one other way")
                              : fmt::format("{} other ways", ways.paths.size() - shown));
    }
    text += "</tbody></table></details>\n";
  }
  return text + "</div>\n";
}

}  // namespace

std::string why_part(const ReportData& data) {
  const ReportArm& arm = data.arms.front();
  if (arm.logs.empty()) return {};
  std::string text = "<section id=\"why\">\n<h2>Why</h2>\n" + ways_words(data);
  std::string table =
      "<table id=\"t-events\"><thead><tr><th scope=\"col\" class=\"n\">Run</th><th "
      "scope=\"col\">Date</th><th scope=\"col\">Who</th><th scope=\"col\">What</th><th "
      "scope=\"col\" class=\"n\">Event</th><th scope=\"col\">Because of</th></tr></thead><tbody>\n";
  constexpr std::size_t shown = 3, rows = 15;
  for (std::size_t i = 0; i < arm.logs.size() && i < shown; ++i) {
    const Telling t = telling(arm.logs[i], rows);
    for (std::size_t e = 0; e < t.events.size(); ++e) {
      std::string causes;
      for (const std::uint32_t c : t.causes[e]) {
        causes += fmt::format("{}{}", causes.empty() ? "" : ", ", t.events[c]->id);
      }
      const ReportEvent& event = *t.events[e];
      table += fmt::format("<tr><td class=n>{}<td>{}<td>{}<td>{}<td class=n>{}<td>{}</tr>\n",
                           arm.logs[i].run, html(event.date), html(title_of(data, event.who)),
                           html(event_words(data, event)), event.id, causes);
    }
  }
  table += "</tbody></table>";
  const std::size_t n = std::min(shown, arm.logs.size());
  text += figure("lanes", "f-lanes",
                 n == 3   ? "Three runs, told"
                 : n == 1 ? "One run, told"
                          : "Two runs, told",
                 "Each line is an actor, each mark something it did, and an arc leads to it from "
                 "what caused it. "
                 "Of each run what is most worth telling; choose a mark to read it.",
                 table);
  return text + "</section>\n";
}

std::string matters_part(const ReportData& data) {
  const ReportArm& arm = data.arms.front();
  if (data.outcomes.empty() || arm.runs.size() < 2) return {};
  std::string text = "<section id=\"matters\">\n<h2>What matters</h2>\n";
  if (!arm.inputs.empty()) {
    std::string table =
        "<table id=\"t-influences\"><thead><tr><th scope=\"col\">Outcome</th><th "
        "scope=\"col\">Input</th><th scope=\"col\" class=\"n\">Rank correlation</th><th "
        "scope=\"col\" class=\"n\">95 % from</th><th scope=\"col\" "
        "class=\"n\">to</th></tr></thead><tbody>\n";
    const std::vector<std::vector<Influence>> all = influences(data);
    const std::size_t looked = arm.inputs.front().second.size();
    for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
      const std::vector<Influence>& found = all[o];
      for (std::size_t i = 0; i < std::min<std::size_t>(2, found.size()); ++i) {
        const Estimate& rho = found[i].rho;
        table += fmt::format(
            "<tr><th scope=\"row\">{}</th><td>{}{}{}{}</tr>\n", html(data.outcomes[o].title),
            html(found[i].input), number_cell(rho.value, number(rho.value)),
            number_cell(rho.low, number(rho.low)), number_cell(rho.high, number(rho.high)));
      }
    }
    text += figure(
        "influences", "f-influences", "What goes with the outcome",
        fmt::format("Spearman's rank correlation of what was drawn for each run with what "
                    "came of it{}, and its 95 % interval. It says what goes together, not "
                    "what brings it about.",
                    looked < arm.runs.size()
                        ? fmt::format(" in the first {} runs", number(static_cast<double>(looked)))
                        : std::string()),
        table + "</tbody></table>");
  }
  std::string table =
      "<table id=\"t-convergence\"><thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\" "
      "class=\"n\">Runs</th><th scope=\"col\" class=\"n\">Estimate</th><th scope=\"col\" "
      "class=\"n\">95 % from</th><th scope=\"col\" class=\"n\">to</th></tr></thead><tbody>\n";
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    const Convergence c = convergence(data, 0, o);
    for (const std::size_t part : {2, 1}) {
      if (c.n.size() < part) continue;
      const std::size_t at = c.n.size() / part - 1;
      const Estimate& e = c.estimates[at];
      const bool share = data.outcomes[o].share ||
                         outcome_form(data.outcomes[o].form).statistic == Statistic::proportion;
      const auto cell = [&](double v) {
        return number_cell(v, share ? percent(v) + " %" : number(v));
      };
      table += fmt::format("<tr><th scope=\"row\">{}</th><td class=n>{}{}{}{}</tr>\n",
                           html(data.outcomes[o].title), c.n[at], cell(e.value), cell(e.low),
                           cell(e.high));
    }
  }
  text += figure("convergence", "f-convergence", "Are there runs enough?",
                 "The estimate and its 95 % interval as runs came in. A line that still climbs or "
                 "falls wants more of them.",
                 table + "</tbody></table>");
  return text + "</section>\n";
}

}  // namespace casus::report
