// Writes pages of made-up results into a folder, one for each way in which a report may lack
// something or hold a lot: casus_made_up_reports FOLDER
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/report/document.h"
#include "casus/report/report.h"

namespace {

using namespace casus;
using Form = OutcomeSpec::Form;

/// A number in [0, 1) that looks random and is always the same.
double pseudo(std::size_t a, std::size_t b) {
  const double x = std::sin(static_cast<double>(a) * 12.9898 + static_cast<double>(b) * 78.233);
  return x * 43758.5453 - std::floor(x * 43758.5453);
}

struct Size {
  std::size_t runs = 40, outcomes = 6, arms = 1, regions = 4;
  bool map = true, series = true, events = true, failures = false;
};

constexpr Form forms[] = {Form::ever, Form::sum, Form::first, Form::share, Form::count};

OutcomeValue value_of(Form form, std::size_t run, std::size_t outcome, std::size_t arm) {
  const double u = pseudo(run, outcome);
  const double shift = 0.02 * static_cast<double>(arm);
  switch (form) {
    case Form::ever:
      return OutcomeValue::of(u < 0.3 + shift ? 1.0 : 0.0);
    case Form::first:
      return u < 0.7 ? OutcomeValue::of(std::floor(300.0 * u)) : OutcomeValue::censored_at(365.0);
    case Form::share:
      return OutcomeValue::of(0.5 + 0.4 * u);
    case Form::count:
      return OutcomeValue::of(std::floor(9.0 * (u + shift)));
    default:
      break;
  }
  return OutcomeValue::of(1000.0 * std::pow(10.0, static_cast<double>(outcome % 4)) * (u + shift));
}

ReportSeries series_of(const ReportData& data) {
  ReportSeries s;
  s.runs = 40;
  for (int month = 0; month <= 12; ++month) s.dates.push_back(add_months(data.start, month));
  for (const char* v : {"deaths", "control"}) {
    s.columns.push_back({"world", "all", v, v[0] == 'd' ? "people" : ""});
    s.columns.push_back({"state", "arda", v, v[0] == 'd' ? "people" : ""});
    for (const ReportPlace& p : data.places) {
      s.columns.push_back({"region", p.name, v, v[0] == 'd' ? "people" : ""});
    }
  }
  for (std::size_t c = 0; c < s.columns.size(); ++c) {
    for (std::size_t t = 0; t < s.dates.size(); ++t) {
      for (const double level : ReportSeries::levels) {
        const double base = s.columns[c].variable == "deaths"
                                ? 50.0 * static_cast<double>(t) * pseudo(c, 3)
                                : 0.6 - 0.02 * static_cast<double>(t);
        s.values.push_back(base * (0.7 + 0.6 * level));
      }
    }
  }
  return s;
}

ReportArm arm_of(const ReportData& data, const Size& size, std::size_t a) {
  ReportArm arm;
  if (size.arms > 1) arm.name = arm.title = a == 0 ? "as it is" : fmt::format("policy {}", a);
  arm.planned = arm.finished = size.runs + (size.failures ? 5 : 0);
  arm.values.resize(data.outcomes.size());
  arm.times.resize(data.outcomes.size());
  for (std::size_t r = 0; r < size.runs; ++r) {
    arm.runs.push_back(static_cast<std::uint32_t>(r));
    arm.hashes.push_back(r * 100 + a);
  }
  for (std::size_t o = 0; o < data.outcomes.size(); ++o) {
    OutcomeSpec spec;
    spec.form = data.outcomes[o].form;
    for (std::size_t r = 0; r < size.runs; ++r) {
      arm.values[o].push_back(value_of(spec.form, r, o, a));
      if (spec.form == Form::ever) {
        const bool came = arm.values[o].back().value != 0.0;
        arm.times[o].push_back({came ? 300.0 * pseudo(r, o + 50) : 365.0, came});
      }
    }
    arm.summaries.push_back(summarise(spec, arm.values[o]));
  }
  if (size.series) arm.series = series_of(data);
  if (size.series && a > 0) {
    arm.change = arm.series;
    for (std::size_t i = 0; i < arm.change.values.size(); ++i) {
      arm.change.values[i] *= pseudo(i, a) - 0.5;
    }
  }
  if (size.failures) {
    for (std::uint32_t r = 0; r < 5; ++r) {
      arm.failures.push_back({100 + r, "strength became NaN", "casus replay x --run 100"});
    }
  }
  if (size.events) {
    arm.promise_runs = size.runs;
    arm.promises = {{"league", "arda", 120, 110, 80, 30, 2, {{"1", 100}, {"2", 20}}},
                    {"league", "bora", 10, 0, 0, 0, 0, {{"1", 10}}}};
    ReportRun log;
    log.run = 7;
    log.role = "typical";
    for (std::uint32_t i = 0; i < 20; ++i) {
      ReportEvent e;
      e.id = i;
      e.date = to_string(data.start + std::chrono::days(i * 17));
      e.kind = i % 3 == 0 ? "invasion" : i % 3 == 1 ? "honour" : "ultimatum";
      e.who = i % 2 == 0 ? "arda" : "bora";
      e.pact = i % 3 == 1 ? "league" : "";
      e.deaths = 10.0;
      if (i > 0) e.causes = {i - 1};
      log.events.push_back(e);
    }
    arm.logs = {log};
    const std::vector<std::string> steps{"Bora threatens Arda", "Arda calls upon the League",
                                         "Bora keeps its word"};
    arm.ways = {{"Outcome 0", size.runs, 12, {{steps, 9, {0.75, 0.5, 0.9, 12}, 7}}}};
  }
  return arm;
}

ReportData make(const Size& size) {
  ReportData data;
  data.title = "Made up";
  data.description = "Pages for tests.";
  data.start = *parse_date("2023-01-01");
  data.end = *parse_date("2024-01-01");
  data.titles = {{"arda", "Arda"}, {"bora", "Bora"}, {"league", "The League"}};
  for (std::size_t o = 0; o < size.outcomes; ++o) {
    const Form form = forms[o % std::size(forms)];
    data.outcomes.push_back({fmt::format("o{}", o),
                             fmt::format("Outcome {} with a name as long as such names are", o),
                             form == Form::sum     ? "people"
                             : form == Form::first ? "days"
                                                   : "",
                             form, form == Form::share});
  }
  const auto side =
      static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(size.regions))));
  for (std::size_t r = 0; r < size.regions; ++r) {
    const double x = static_cast<double>(r % side), y = static_cast<double>(r / side);
    ReportPlace p{
        fmt::format("r{}", r), fmt::format("Region {}", r), "arda", y + 0.5, x + 0.5, {}, {}};
    if (size.map) p.polygons = {{{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}, {x, y}}}};
    if (r + 1 < size.regions && r % side + 1 < side)
      p.neighbours.push_back(static_cast<std::uint32_t>(r + 1));
    data.places.push_back(p);
  }
  for (std::size_t a = 0; a < size.arms; ++a) data.arms.push_back(arm_of(data, size, a));
  data.provenance.version = "1.2.3";
  data.provenance.command = "casus run made-up.yaml";
  return data;
}

/// A page of forecasts.
Document forecasts() {
  Document page;
  page.title = "Made-up forecasts";
  page.add(DocumentBlock::Kind::section, "How good they were");
  page.add(DocumentBlock::Kind::lead, "Better than two rivals of three.");
  DocumentChart marks;
  marks.id = "f-marks";
  marks.title = "Less its rivals";
  marks.zero = true;
  marks.unit = "left of 0: better";
  marks.table = {"t-marks", {"Rival", "Difference", "from", "to"}, 1, {}};
  for (const double v : {-0.4, -0.05, 0.1}) {
    const std::string name = fmt::format("rival {:g}", v);
    marks.marks.push_back({name, fmt::format("{:+.2f}", v), v, v - 0.08, v + 0.08, v < -0.08});
    marks.table.rows.push_back({{name},
                                {fmt::format("{:.2f}", v), v},
                                {fmt::format("{:.2f}", v - 0.08), v - 0.08},
                                {fmt::format("{:.2f}", v + 0.08), v + 0.08}});
  }
  page.add(std::move(marks));
  page.add(DocumentBlock::Kind::section, "Did it come as often as was said?");
  DocumentChart rare, transform;
  rare.kind = DocumentChart::Kind::reliability;
  rare.id = "f-reliability";
  rare.title = "Reliability";
  rare.table = {"t-reliability", {"Between", "Forecasts", "Mean forecast", "Came in"}, 1, {}};
  transform.kind = DocumentChart::Kind::transform;
  transform.id = "f-transform";
  transform.title = "Transform";
  transform.table = {"t-transform", {"Between", "Density"}, 1, {}};
  for (std::size_t k = 0; k < 10; ++k) {
    const double from = 0.1 * static_cast<double>(k), p = from * from + 0.01;
    const std::string between = fmt::format("{:.1f} and {:.1f}", from, from + 0.1);
    const std::size_t n = 4000U >> k;
    rare.bins.push_back({from, from + 0.1, p, 0.9 * p, 0.7 * p, std::min(1.0, 1.2 * p), n});
    rare.table.rows.push_back({{between},
                               {std::to_string(n), static_cast<double>(n)},
                               {fmt::format("{:.3f}", p), p},
                               {fmt::format("{:.3f}", 0.9 * p), 0.9 * p}});
    ChartBin bin;
    bin.from = from;
    bin.to = from + 0.1;
    bin.happened = 0.7 + 0.6 * pseudo(k, 1);
    transform.bins.push_back(bin);
    transform.table.rows.push_back(
        {{between}, {fmt::format("{:.3f}", bin.happened), bin.happened}});
  }
  page.add(std::move(rare));
  page.add(std::move(transform));
  return page;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::vector<std::pair<const char*, Size>> cases{
      {"whole", {}},
      {"no-map", {.map = false}},
      {"no-series", {.series = false}},
      {"no-events", {.events = false}},
      {"nothing-but-numbers", {.map = false, .series = false, .events = false}},
      {"one-run", {.runs = 1}},
      {"no-run", {.runs = 0, .series = false, .events = false, .failures = true}},
      {"failed-runs", {.failures = true}},
      {"two-policies", {.arms = 2}},
      {"twenty-policies", {.arms = 20}},
      {"no-outcome", {.outcomes = 0}},
      {"sixty-outcomes", {.outcomes = 60}},
      {"five-hundred-regions", {.regions = 500}},
      {"five-hundred-circles", {.regions = 500, .map = false}},
      {"thousand-runs", {.runs = 1000}}};
  for (const auto& [name, size] : cases) {
    std::ofstream(std::string(argv[1]) + "/" + name + ".html") << report_page(make(size));
  }
  std::ofstream(std::string(argv[1]) + "/forecasts.html") << document_page(forecasts());
  ReportData hostile = make({.arms = 2});
  const std::string text =
      "</script><img src=x onerror=\"document.title='broken'\"><b>bold\u202Etxet\x1b[31m\"'&amp;";
  hostile.title = hostile.description = hostile.limits = text;
  for (ReportOutcome& o : hostile.outcomes) o.title = o.unit = text;
  for (ReportPlace& p : hostile.places) p.title = text;
  for (auto& [key, title] : hostile.titles) title = text;
  for (ReportArm& arm : hostile.arms) arm.name = arm.title = text;
  for (ReportEvent& e : hostile.arms[0].logs[0].events) e.where = e.reason = text;
  hostile.sources = {{text, text}};
  std::ofstream(std::string(argv[1]) + "/hostile.html") << report_page(hostile);
  return reports_have_charts() ? 0 : 3;
}
