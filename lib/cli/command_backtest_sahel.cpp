#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>

#include "casus/backtest/excitation_forecast.h"
#include "casus/backtest/region_backtest.h"
#include "casus/backtest/simulated_regions.h"
#include "casus/backtest/simulator_forecast.h"
#include "casus/backtest/stylised_facts.h"
#include "casus/core/contracts.h"
#include "casus/output/results_folder.h"
#include "casus/study/region_facts.h"
#include "cli/backtest_page.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/law_page.h"
#include "cli/run_options.h"
#include "cli/sahel_results.h"

namespace casus::cli {
namespace {

struct SahelSettings {
  std::string folder, out, html, origins, simulator, executor = "tbb";
  std::vector<std::size_t> months;
  std::size_t draws = 1000, camps = 1;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  bool overwrite = false, rolling = false, draws_given = false;
};

constexpr const char* sahel_examples = R"(Examples:
  casus backtest sahel DATA
  casus backtest sahel DATA --months 12 --origins 2019-09:2022-09:12 -o results/sahel
  casus backtest sahel DATA --months 4 --origins 2023-05 --json
  casus backtest sahel DATA --simulator scenarios/sahel/baseline.yaml --months 12 -n 100
  casus backtest sahel DATA --simulator scenarios/sahel/baseline.yaml --rolling --months 12

DATA is a folder with regions*.csv, events of UCDP GED (*ged*.csv, as it comes) and, if you like,
ucdp_region_month*.csv. They do not come with Casus; docs/backtest.md says what their columns are.)";

Month month_option(const std::string& text) {
  const std::optional<Month> month = parse_month(text);
  if (!month) throw UsageError(fmt::format("--origins: '{}' is not a month as 2019-09", text));
  return *month;
}

/// The months of "FIRST:LAST:STEP", or of single ones with commas between, in order.
std::vector<Month> parse_origins(const std::string& text) {
  std::vector<Month> out;
  for (const std::string& part : CLI::detail::split(text, ',')) {
    const std::vector<std::string> ends = CLI::detail::split(part, ':');
    if (ends.size() == 1) {
      out.push_back(month_option(ends[0]));
      continue;
    }
    if (ends.size() != 3) {
      throw UsageError(fmt::format("--origins: '{}' is neither FIRST:LAST:STEP nor a month", part));
    }
    const Month first = month_option(ends[0]), last = month_option(ends[1]);
    const std::uint64_t step = parse_count(ends[2], "--origins");
    if (step == 0 || last < first) {
      throw UsageError(fmt::format("--origins: '{}' has no month", part));
    }
    for (std::uint64_t m = 0; m <= static_cast<std::uint64_t>(last - first); m += step) {
      out.push_back(first + static_cast<Month>(m));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string score_lines(const RegionBacktest& b, bool color) {
  const char *bold = color ? "\x1b[1m" : "", *plain = color ? "\x1b[0m" : "";
  std::string header = fmt::format("{:12}", "");
  for (const ScoreInfo& s : scores_of_cells()) header += fmt::format("{:>10}", s.title);
  std::string out = fmt::format("{}{}{}\n", bold, header, plain);
  for (const ForecasterScores& f : b.forecasters) {
    out += fmt::format("{:12}", f.name);
    for (std::size_t s = 0; s < score_count; ++s) {
      out += fmt::format("{:>10.3f}", f.mean(static_cast<Score>(s)));
    }
    out += '\n';
  }
  return out;
}

std::string difference_lines(const RegionBacktest& b) {
  std::string out =
      fmt::format("{0} - rival (below 0: {0} is better); 95 % intervals, origins drawn {1}\n",
                  b.forecasters.front().name,
                  b.block > 1 ? fmt::format("singly, and by {}", b.block) : "singly");
  for (const RivalDifference& d : b.differences) {
    const ScoreInfo& info = scores_of_cells()[static_cast<std::size_t>(d.score)];
    out += fmt::format("{:12}{:20}{:>8.3f}  [{:.3f}, {:.3f}]", info.title,
                       d.rival + (d.best_rival ? " (best rival)" : ""), d.singly.mean, d.singly.low,
                       d.singly.high);
    if (b.block > 1) out += fmt::format("  [{:.3f}, {:.3f}]", d.in_blocks.low, d.in_blocks.high);
    out += '\n';
  }
  return out;
}

std::string cell_text(double value) {
  return std::isfinite(value) ? fmt::format("{:.3f}", value) : "-";
}

std::string fact_lines(const RegionBacktest& b, bool color) {
  const char *bold = color ? "\x1b[1m" : "", *plain = color ? "\x1b[0m" : "";
  std::string out = fmt::format("{}{:32}{:>10}{:>10}{:>10}{:>10}{}\n", bold, "", "observed",
                                "median", "5 %", "95 %", plain);
  for (const FactRow& f : b.facts) {
    out += fmt::format("{:32}{:>10}{:>10}{:>10}{:>10}", f.name, cell_text(f.observed),
                       cell_text(f.median), cell_text(f.low), cell_text(f.high));
    if (f.observed > f.high) out += "  forecast too low";
    if (f.observed < f.low) out += "  forecast too high";
    out += '\n';
  }
  return out;
}

std::string total_lines(const RegionBacktest& b) {
  std::string out;
  for (const CountryTotal& t : b.totals) {
    out += fmt::format("{:8} {:4}{:>8.0f} deaths; forecast {:.0f} [{:.0f}, {:.0f}]\n",
                       month_name(t.origin), t.country, t.observed, t.median, t.low, t.high);
  }
  return out;
}

void print_one(const RegionBacktest& b, const Common& common) {
  const bool color = common.color_on(STDOUT_FILENO);
  const std::vector<Month>& origins = b.options.origins;
  say_result(fmt::format("{} {} to {}, {} ahead, {}\n", counted(origins.size(), "origin"),
                         month_name(origins.front()), month_name(origins.back()),
                         counted(b.options.months, "month"), counted(b.options.draws, "draw")));
  say_result(score_lines(b, color));
  if (!b.differences.empty()) say_result(difference_lines(b));
  if (!b.facts.empty()) {
    const auto inside =
        std::count_if(b.facts.begin(), b.facts.end(), [](const FactRow& f) { return f.inside(); });
    say_result(
        fmt::format("\nStylised facts of {} that do not overlap: {} of {} inside the 90 % "
                    "band\n",
                    counted(b.apart.size(), "window"), inside, b.facts.size()));
    say_result(fact_lines(b, color));
  }
  if (common.verbose) say_result("\n" + total_lines(b));
  for (const std::string& note : b.notes) say(note + "\n");
  say_result("\n");
}

/// The options of one length of window, refused here if it cannot be scored.
RegionBacktestOptions window_options(const SahelSettings& s, std::size_t months,
                                     const ConflictRecord& record, const Forecaster& forecaster) {
  RegionBacktestOptions o;
  o.months = months;
  o.draws = s.draws;
  o.seed = s.seed;
  if (!s.origins.empty()) o.origins = parse_origins(s.origins);
  const std::vector<Month> scored = scored_origins(record, o);
  const std::string span =
      fmt::format("{} to {}", month_name(record.from), month_name(record.until - 1));
  if (scored.empty()) {
    throw UsageError(fmt::format(
        "no window of {} months is observed, as the tables hold {}: choose other --origins or "
        "fewer --months",
        months, span));
  }
  if (scored.front() - forecaster.months_back < record.from) {
    throw UsageError(
        fmt::format("the forecast from {} needs {} months before it, and the tables "
                    "hold {}: choose later --origins",
                    month_name(scored.front()), forecaster.months_back, span));
  }
  return o;
}

/// The kind of violence that the simulator makes, beside a window of the record. No score: its
/// runs begin where the scenario begins, not where the window does.
int facts_of_simulator(const SahelSettings& s, const Common& common) {
  if (s.months.size() != 1) throw UsageError("--simulator: give one length, as --months 12");
  if (!s.out.empty() || !s.html.empty()) {
    throw UsageError("--simulator: there are no scores to write with --out or --html");
  }
  const Workers workers = parse_executor(s.executor, s.threads);
  const ConflictRecord record = load_conflict_record(s.folder);
  const Scenario scenario = common.load(s.simulator);
  const std::map<std::string, RegionId> regions = conflict_regions(scenario.data());
  for (const ConflictRegion& r : record.regions) {
    if (regions.count(r.name) > 0) continue;
    throw UsageError(fmt::format("--simulator: the scenario has no region {}", r.name));
  }
  ForecastRequest request{0, s.months.front(), s.draws, s.seed};
  const double days = scenario->clock.steps() * scenario->clock.days();
  if (days < static_cast<double>(request.months) * 365.25 / 12.0 - 1.0) {
    throw UsageError("--simulator: the scenario is shorter than --months");
  }
  RegionBacktestOptions options;
  options.months = request.months;
  if (!s.origins.empty()) options.origins = parse_origins(s.origins);
  const std::vector<Month> origins = scored_origins(record, options);
  if (origins.empty() || request.months < 2) {
    throw UsageError("--simulator: no window of these --months is observed, or it is too short");
  }
  request.origin = origins.back();
  const RegionForecast runs =
      simulated_regions(scenario, *common.registry, record, request, *workers.executor);
  const RegionForecast* const window = &runs;
  RegionBacktest b;
  b.options = {{request.origin}, request.months, request.draws, request.seed};
  b.apart = b.options.origins;
  b.facts = stylised_facts({&window, 1}, record, *workers.executor);
  b.totals = country_totals({&window, 1}, record);
  if (common.json) {
    say_result(sahel_json({b}));
    return exit_ok;
  }
  const auto inside =
      std::count_if(b.facts.begin(), b.facts.end(), [](const FactRow& f) { return f.inside(); });
  say_result(fmt::format(
      "Simulator, {} of the first {}, reported deaths, beside {} to {}: {} of "
      "{} inside the 90 % band\n",
      counted(request.draws, "run"), counted(request.months, "month"), month_name(request.origin),
      month_name(request.origin + static_cast<Month>(request.months) - 1), inside, b.facts.size()));
  say_result(fact_lines(b, common.color_on(STDOUT_FILENO)));
  say_result("\n" + total_lines(b));
  return exit_ok;
}

/// The simulator as a forecaster from each origin. Refused here if its scenario cannot be made
/// anew.
Forecaster rolling_simulator(const SahelSettings& s, const Common& common,
                             const ConflictRecord& record) {
  const Scenario scenario = common.load(s.simulator);
  const double days = scenario->clock.steps() * scenario->clock.days();
  const std::size_t most = *std::max_element(s.months.begin(), s.months.end());
  if (days < static_cast<double>(most) * days_a_month - 1.0) {
    throw UsageError("--simulator: the scenario is shorter than --months");
  }
  try {
    return simulator_forecaster(scenario, *common.registry, record);
  } catch (const ContractError& e) {
    throw UsageError(fmt::format("--simulator: {}", e.what()));
  }
}

int backtest_sahel(const SahelSettings& s, const Common& common) {
  if (s.rolling && s.simulator.empty()) throw UsageError("--rolling: name a --simulator");
  if (!s.simulator.empty() && !s.rolling) return facts_of_simulator(s, common);
  if (!s.out.empty()) ResultsFolder::check(s.out, s.overwrite);
  const Workers workers = parse_executor(s.executor, s.threads);
  const ConflictRecord record = load_conflict_record(s.folder);
  ExcitationForecastSettings settings;
  settings.camps = s.camps;
  const Forecaster fitted = excitation_forecaster(settings);
  const Forecaster forecaster = s.rolling ? rolling_simulator(s, common, record) : fitted;
  std::vector<Forecaster> beside;
  if (s.rolling) {
    beside.push_back(fitted);
    beside.back().name = "fitted";
  }
  std::vector<RegionBacktestOptions> plans;
  for (const std::size_t months : s.months) {
    plans.push_back(window_options(s, months, record, forecaster));
  }
  if (!common.json && !common.quiet) {
    for (const std::string& note : record.notes) say(note + "\n");
  }
  std::vector<RegionBacktest> results;
  for (const RegionBacktestOptions& plan : plans) {
    results.push_back(backtest_regions(record, forecaster, plan, *workers.executor, beside));
    if (!common.json) print_one(results.back(), common);
  }
  if (common.json) say_result(sahel_json(results));
  if (s.out.empty() && s.html.empty()) return exit_ok;
  const Document page = sahel_page(results, record, common);
  if (!s.html.empty()) write_page(s.html, page, common.quiet);
  if (s.out.empty()) return exit_ok;
  write_sahel_results(s.out, {common.arguments, record.files, s.overwrite}, record, results,
                      document_page(page));
  if (!common.json && !common.quiet) say("results are in " + s.out + "\n");
  return exit_ok;
}

}  // namespace

void add_backtest_sahel(CLI::App& backtest, Common& common, Action& action) {
  auto settings = std::make_shared<SahelSettings>();
  SahelSettings& s = *settings;
  CLI::App& command = *backtest.add_subcommand("sahel", "How many die where, by region and month?");
  command.add_option("DATA", s.folder, "Folder with the tables")->required();
  command
      .add_option("--origins", s.origins,
                  "First months forecast, as FIRST:LAST:STEP or with commas (13, every 3 months, "
                  "up to the last window that ends by 2023-08)")
      ->type_name("MONTHS");
  command.add_option("--months", s.months, "Length of the windows, with commas (12,24)")
      ->delimiter(',')
      ->check(CLI::Range(std::size_t{1}, std::size_t{60}).description(""))
      ->type_name("N");
  command
      .add_option_function<std::size_t>(
          "-n,--draws",
          [settings](std::size_t n) { settings->draws = n, settings->draws_given = true; },
          "Draws from each origin (1000; with --rolling 200 runs)")
      ->check(CLI::Range(std::size_t{2}, std::size_t{100000}).description(""))
      ->type_name("DRAWS");
  command
      .add_option("--camps", s.camps,
                  "1: all events; 2: those of the Islamic State apart from the others (1)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{2}).description(""))
      ->type_name("N");
  command
      .add_option("--simulator", s.simulator,
                  "Score nothing: set the runs of this scenario beside the last window")
      ->type_name("FILE");
  command.add_flag("--rolling", s.rolling,
                   "Score the --simulator, made anew at each origin of what was known then");
  command.add_option("--seed", s.seed, "Seed of all random draws (1)")->type_name("N");
  command.add_option("-j,--threads", s.threads, "Workers (0, the default: all cores)")
      ->check(CLI::Range(0U, 4096U).description(""))
      ->type_name("N");
  command.add_option("--executor", s.executor, "tbb, threads, serial or shuffled:SEED (tbb)")
      ->type_name("WHICH");
  command
      .add_option("-o,--out", s.out, "Write scores, facts, all draws and a page into this folder")
      ->type_name("FOLDER");
  add_html_option(command, s.html, "Write a page to look at as well, complete in one file");
  command.add_flag("--overwrite", s.overwrite, "Replace a folder of earlier results");
  command.add_flag("--json", common.json, "Print JSON instead of tables");
  add_common(command, common);
  command.footer(sahel_examples);
  command.callback([settings, &common, &action] {
    if (settings->months.empty()) settings->months = {12, 24};
    if (settings->rolling && !settings->draws_given) settings->draws = 200;
    action = [settings, &common] { return backtest_sahel(*settings, common); };
  });
}

}  // namespace casus::cli
