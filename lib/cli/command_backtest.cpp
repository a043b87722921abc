#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "casus/backtest/backtest.h"
#include "casus/backtest/cow.h"
#include "cli/backtest_page.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/law_page.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

struct BacktestSettings {
  std::string folder;
  BacktestOptions options;
  bool test_from_given = false;
  unsigned threads = 0;
  std::string html;
};

constexpr const char* backtest_examples = R"(Examples:
  casus backtest wars DATA
  casus backtest wars DATA --train-until 1945 --test-from 1946
  casus backtest wars DATA --html wars.html     a page: rivals, intervals, reliability
  casus backtest wars DATA --json | jq '.left_out.models[] | {model, auc: .all.auc}'

DATA is a folder with tables of the Correlates of War project: cow_states.csv, cow_nmc.csv,
cow_alliance.csv, cow_contdir.csv, wars*.csv and candidates*.csv. They do not come with Casus;
docs/backtest.md says where they are from and what their columns are.)";

std::string figure(double value, int digits) {
  return std::isnan(value) ? "-" : fmt::format("{:.{}f}", value, digits);
}

/// A table of scores: the project's model, then its rivals.
std::string score_table(const std::string& title, const ScoreTable& t, bool color) {
  std::size_t width = 5;
  for (const ModelRow& row : t.rows) width = std::max(width, row.model.size());
  std::string out = fmt::format("{}: {} wars, {} of them with joiners; {} candidates, {} joined\n",
                                title, t.wars, t.wars_with_joiners, t.candidates, t.joins);
  const char *bold = color ? "\x1b[1m" : "", *plain = color ? "\x1b[0m" : "";
  out += fmt::format("{0}{2:{3}}  {4:^25}  {5:^25}{1}\n", bold, plain, "", width + 3, "all wars",
                     "without the World Wars");
  out += fmt::format("{0}{2:{3}}  {4:>2}  {5:>6} {6:>8} {7:>8}   {5:>6} {6:>8} {7:>8}{1}\n", bold,
                     plain, "Model", width - 1, "k", "AUC", "Brier", "log");
  for (const ModelRow& row : t.rows) {
    out += fmt::format("{:{}} {:>2}", row.model, width, row.parameters);
    for (const ModelScore* s : {&row.all, &row.without_world_wars}) {
      out += fmt::format("  {:>6} {:>8} {:>8} ", figure(s->auc, 3), figure(s->brier, 5),
                         figure(s->log, 4));
    }
    out += '\n';
  }
  return out;
}

std::string share_text(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.1f} %", 100.0 * value);
}

/// How reliable alliances come out, beside what was published.
std::string reliability_table(const ReliabilityTable& t, const BacktestOptions& options,
                              bool color) {
  std::size_t width = 0;
  for (const ReliabilityCoding& c : reliability_coding()) width = std::max(width, c.name.size());
  const char *bold = color ? "\x1b[1m" : "", *plain = color ? "\x1b[0m" : "";
  std::string out = fmt::format("Reliability of alliances in the wars up to {}, run {}\n",
                                options.train_until, counted(options.runs, "time"));
  out += fmt::format("{}{:{}}  {:>6} {:>9}  {:>17}  {:>11}  {}{}\n", bold, "Coding", width, "cases",
                     "simulated", "90 % of histories", "published", "source", plain);
  for (std::size_t i = 0; i < reliability_codings; ++i) {
    const ReliabilityCoding& c = reliability_coding()[i];
    const std::string published =
        c.low == c.high ? share_text(c.low)
                        : fmt::format("{:.0f}-{:.0f} %", 100.0 * c.low, 100.0 * c.high);
    out += fmt::format("{:{}}  {:>6.1f} {:>9}  {:>17}  {:>11}  {}\n", c.name, width, t[i].cases,
                       share_text(t[i].rate),
                       fmt::format("{} to {}", share_text(t[i].low), share_text(t[i].high)),
                       published, c.source);
  }
  return out;
}

std::string describe_model(const JoiningParameters& p) {
  return fmt::format(
      "Calibrated: a pact's terms apply with probability {:.3f}; joining "
      "unasked has the log hazard {:.2f} - {:.2f} ln(1 + km/500) + {:.2f} (affinity to the side - "
      "to its enemy), and {:.0f} times the hazard in a general war, which one with a major power "
      "in it from the start becomes with probability {:.3f}.\n",
      1.0 / (1.0 + std::exp(-p.covered)), p.intervention.level, p.intervention.distance,
      p.will.preference, p.general.factor, p.general.probability);
}

std::string war_line(const WarForecast& war) {
  std::vector<const CandidateForecast*> ranked;
  for (const CandidateForecast& c : war.candidates) ranked.push_back(&c);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto* a, const auto* b) { return a->probability > b->probability; });
  std::string out = fmt::format("{} {}:", war.year, war.name);
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    if (i >= 8 && !ranked[i]->joined) continue;
    out += fmt::format(" {}{} {:.3f}{}", ranked[i]->joined ? "*" : "", ranked[i]->state,
                       ranked[i]->probability, i >= 8 ? fmt::format(" (rank {})", i + 1) : "");
  }
  return out + "\n";
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json score_json(const ModelScore& s) {
  return {{"auc", number(s.auc)}, {"brier", number(s.brier)}, {"log", number(s.log)}};
}

Json difference_json(const ModelDifference& d) {
  return {{"mean", number(d.mean)}, {"low", number(d.low)}, {"high", number(d.high)}};
}

Json table_json(const ScoreTable& t) {
  Json models = Json::array();
  for (const ModelRow& row : t.rows) {
    models.push_back({{"model", row.model},
                      {"parameters", row.parameters},
                      {"all", score_json(row.all)},
                      {"without_world_wars", score_json(row.without_world_wars)},
                      {"casus_less_this",
                       {{"auc", difference_json(row.auc)},
                        {"brier", difference_json(row.brier)},
                        {"log", difference_json(row.log)}}}});
  }
  return {{"wars", t.wars},
          {"wars_with_joiners", t.wars_with_joiners},
          {"candidates", t.candidates},
          {"joins", t.joins},
          {"models", std::move(models)}};
}

Json parameters_json(const JoiningParameters& p) {
  return {{"covered", p.covered},
          {"level", p.intervention.level},
          {"distance", p.intervention.distance},
          {"affinity", p.will.preference},
          {"general", p.general.probability},
          {"factor", p.general.factor}};
}

Json reliability_json(const ReliabilityTable& t) {
  Json out = Json::array();
  for (std::size_t i = 0; i < reliability_codings; ++i) {
    const ReliabilityCoding& c = reliability_coding()[i];
    out.push_back({{"coding", c.name},
                   {"counted", c.counted},
                   {"cases", t[i].cases},
                   {"rate", number(t[i].rate)},
                   {"low", number(t[i].low)},
                   {"high", number(t[i].high)},
                   {"published", {c.low, c.high}},
                   {"source", c.source}});
  }
  return out;
}

Json result_json(const WarBacktest& b) {
  Json wars = Json::array();
  for (const WarForecast& war : b.wars) {
    Json candidates = Json::array();
    for (const CandidateForecast& c : war.candidates) {
      candidates.push_back({{"state", c.state},
                            {"joined", c.joined},
                            {"probability", c.probability},
                            {"obligation", c.obligation},
                            {"intervention", c.intervention},
                            {"cascade", c.cascade},
                            {"frequency", c.frequency}});
    }
    wars.push_back({{"id", war.id},
                    {"name", war.name},
                    {"year", war.year},
                    {"world_war", war.world_war},
                    {"sides_known", war.sides_known},
                    {"parameters", parameters_json(war.parameters)},
                    {"candidates", std::move(candidates)}});
  }
  return {{"train_until", b.options.train_until},
          {"test_from", b.options.test_from},
          {"runs", b.options.runs},
          {"seed", b.options.seed},
          {"parameters", parameters_json(b.parameters)},
          {"left_out", table_json(b.left_out)},
          {"later", table_json(b.later)},
          {"reliability", reliability_json(b.reliability)},
          {"wars", std::move(wars)}};
}

void print(const WarBacktest& b, const Common& common) {
  const bool color = common.color_on(STDOUT_FILENO);
  say_result(
      score_table(fmt::format("Up to {}, each war forecast from the others", b.options.train_until),
                  b.left_out, color));
  if (b.later.wars > 0) {
    say_result("\n" + score_table(fmt::format("From {}, forecast from the wars up to {}",
                                              b.options.test_from, b.options.train_until),
                                  b.later, color));
  }
  say_result("\n" + reliability_table(b.reliability, b.options, color));
  if (common.quiet) return;
  say_result("\n" + describe_model(b.parameters) +
             "AUC: mean within-war area under the ROC curve. Brier, log: lower is better. "
             "k: parameters.\n");
  const auto unknown = std::count_if(b.wars.begin(), b.wars.end(),
                                     [](const WarForecast& w) { return !w.sides_known; });
  if (unknown > 0) {
    say(fmt::format("{}: the tables do not tell who the original belligerents were\n",
                    counted(static_cast<std::size_t>(unknown), "war")));
  }
  if (common.verbose) {
    say_result("\nMost likely joiners (COW codes; * joined):\n");
    for (const WarForecast& war : b.wars) say_result(war_line(war));
  }
}

int backtest_who_joins(BacktestSettings settings, const Common& common) {
  BacktestOptions& options = settings.options;
  if (!settings.test_from_given) options.test_from = options.train_until + 1;
  if (options.test_from <= options.train_until) {
    throw UsageError(
        fmt::format("--test-from {} must be later than --train-until {}: a war that is "
                    "calibrated on is no test",
                    options.test_from, options.train_until));
  }
  const CowTables tables = load_cow_tables(settings.folder);
  const auto training = std::count_if(tables.wars.begin(), tables.wars.end(), [&](const CowWar& w) {
    return w.year <= options.train_until;
  });
  if (training < 2) {
    throw UsageError(
        fmt::format("--train-until {}: the tables hold {} that began by then; leaving "
                    "one out needs two",
                    options.train_until, counted(static_cast<std::size_t>(training), "war")));
  }
  const std::unique_ptr<Executor> executor = tbb_executor(settings.threads);
  const WarBacktest result = backtest_wars(tables, options, *executor);
  if (common.json) {
    say_result(result_json(result).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  } else {
    print(result, common);
  }
  if (!settings.html.empty()) write_page(settings.html, war_page(result, common), common.quiet);
  return exit_ok;
}

}  // namespace

void add_backtest_wars(CLI::App& backtest, Common& common, Action& action) {
  auto settings = std::make_shared<BacktestSettings>();
  BacktestSettings& s = *settings;
  CLI::App& command = *backtest.add_subcommand("wars", "Who joins an inter-state war?");
  command.add_option("DATA", s.folder, "Folder with the tables")->required();
  command.add_option("-n,--runs", s.options.runs, "Runs of the ensemble of each war (1000)")
      ->check(CLI::Range(1U, 1U << 24U))
      ->type_name("RUNS");
  command.add_option("--seed", s.options.seed, "Seed of all random draws (1)")->type_name("N");
  command.add_option("-j,--threads", s.threads, "Workers (0, the default: all cores)")
      ->check(CLI::Range(0U, 4096U))
      ->type_name("N");
  command
      .add_option("--train-until", s.options.train_until,
                  "Calibrate on wars that began by this year (1945)")
      ->type_name("YEAR");
  CLI::Option* from = command
                          .add_option("--test-from", s.options.test_from,
                                      "Score wars from this year on (the year after)")
                          ->type_name("YEAR");
  add_html_option(command, s.html, "Write a page to look at as well, complete in one file");
  command.add_flag("--json", common.json, "Print JSON, with the forecast of every candidate");
  add_common(command, common);
  command.footer(backtest_examples);
  command.callback([settings, from, &common, &action] {
    settings->test_from_given = from->count() > 0;
    action = [settings, &common] { return backtest_who_joins(*settings, common); };
  });
}

void add_backtest(CLI::App& program, Common& common, Action& action) {
  CLI::App& command = *program.add_subcommand("backtest", "Score forecasts against what happened");
  command.require_subcommand(1);
  command.footer(
      "'casus backtest wars --help' and 'casus backtest sahel --help' tell more; so does "
      "docs/backtest.md.");
  add_backtest_wars(command, common, action);
  add_backtest_sahel(command, common, action);
}

}  // namespace casus::cli
