#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "casus/experiment/comparison.h"
#include "casus/experiment/sensitivity.h"
#include "casus/output/table.h"
#include "cli/commands.h"
#include "cli/comparing.h"
#include "cli/exit_codes.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

constexpr const char* shares_examples = R"(Examples:
  casus shares sahel.yaml --of pacts.aes.articles.5 --of pacts.aes.articles.6 -n 300
  casus shares sahel.yaml --of pacts.aes --of pacts.ecowas --only intervention

Every set of the parts is run, 2 to the power of their number, with the same luck. The share of a
part is what it adds, averaged over the orders in which parts can be added (Shapley); the shares add
up to what all of them do together.)";

struct SharesSettings {
  std::string file, until;
  std::vector<std::string> parts;
  CompareOptions options;
};

/// What the sets of parts bring about for an outcome, in the worlds in which each set has an
/// answer.
std::vector<std::vector<double>> effects_of(const ComparedRuns& runs, std::size_t outcome) {
  const std::size_t sets = runs.policies.size();
  std::vector<std::vector<double>> effects(sets);
  // Durations count up to where every run was watched, as in a comparison.
  const bool duration =
      outcome_form(runs.outcomes[outcome].form).statistic == Statistic::median_duration;
  double horizon = std::numeric_limits<double>::infinity();
  for (const WorldResult& world : runs.worlds) {
    for (const RunResult& run : world.runs) {
      if (run.failure) continue;
      const OutcomeValue& v = run.outcomes[outcome];
      if (v.status == OutcomeValue::Status::censored) horizon = std::min(horizon, v.value);
    }
  }
  for (const WorldResult& world : runs.worlds) {
    if (world.failed()) continue;
    const bool answered = std::all_of(world.runs.begin(), world.runs.end(), [&](const auto& run) {
      const auto status = run.outcomes[outcome].status;
      return status == OutcomeValue::Status::known ||
             (duration && status == OutcomeValue::Status::censored);
    });
    if (!answered) continue;
    // Policy p is without the parts in its bits, so that the first is the scenario as it is.
    for (std::size_t p = 0; p < sets; ++p) {
      const double value = world.runs[p].outcomes[outcome].value;
      effects[sets - 1 - p].push_back(duration ? std::min(value, horizon) : value);
    }
  }
  return effects;
}

std::string show(const std::vector<std::string>& parts, const ComparedRuns& runs,
                 double confidence) {
  std::string text;
  std::size_t width = std::string("together").size();
  for (const std::string& part : parts) width = std::max(width, part.size());
  for (std::size_t o = 0; o < runs.outcomes.size(); ++o) {
    const OutcomeSpec& outcome = runs.outcomes[o];
    const auto effects = effects_of(runs, o);
    if (effects.front().size() < 2) continue;
    const auto shares = shapley_shares(effects, parts.size(), confidence);
    const bool proportion = outcome_form(outcome.form).statistic == Statistic::proportion;
    const auto number = [&](double v) {
      return proportion ? fmt::format("{:+.1f} pp", 100.0 * v)
                        : (v > 0.0 ? "+" : "") + format_number(v);
    };
    std::vector<double> total;
    total.reserve(effects.front().size());
    for (std::size_t w = 0; w < effects.front().size(); ++w) {
      total.push_back(effects.back()[w] - effects.front()[w]);
    }
    const auto line = [&](const std::string& name, const Estimate& e) {
      text += fmt::format("  {:<{}}  {:>12}  {} to {}\n", name, width, number(e.value),
                          number(e.low), number(e.high));
    };
    text += fmt::format("{}{}\n", outcome.title.empty() ? outcome.name : outcome.title,
                        outcome.unit.empty() ? "" : fmt::format(" ({})", outcome.unit));
    for (std::size_t i = 0; i < parts.size(); ++i) line(parts[i], shares[i].share);
    line("together", mean_estimate(total, confidence));
  }
  return text;
}

Comparing plan(const SharesSettings& s, const Common& common) {
  constexpr std::size_t most = 8;
  if (s.parts.size() < 2 || s.parts.size() > most) {
    throw UsageError(fmt::format("shares: name 2 to {} parts with --of", most));
  }
  const Scenario base = common.load(s.file, parse_edits({}, {}, s.until));
  Comparing work;
  work.title = base->title;
  work.name = s.file;
  work.inputs = base.inputs();
  work.worlds.replicates = s.options.runs;
  for (std::size_t set = 0; set < std::size_t{1} << s.parts.size(); ++set) {
    std::vector<Edit> edits;
    std::string name;
    for (std::size_t i = 0; i < s.parts.size(); ++i) {
      if ((set >> i & 1U) == 0) continue;
      edits.push_back({Edit::Kind::remove, s.parts[i], ""});
      name += (name.empty() ? "without " : ", ") + s.parts[i];
    }
    if (edits.empty()) {
      work.worlds.policies.push_back({"baseline", base});
    } else {
      work.worlds.policies.push_back({name, base.with(edits)});
    }
  }
  const std::vector<std::string> parts = s.parts;
  const double confidence = s.options.confidence;
  work.show = [parts, confidence](const ComparedRuns& runs, const Comparison&) {
    return show(parts, runs, confidence);
  };
  return work;
}

}  // namespace

void add_shares(CLI::App& program, Common& common, Action& action) {
  auto settings = std::make_shared<SharesSettings>();
  SharesSettings& s = *settings;
  CLI::App& command = *program.add_subcommand(
      "shares", "Which of several articles, members or pacts does how much");
  command.add_option("FILE", s.file, "The scenario")->required()->type_name("");
  command.add_option("--of", s.parts, "A part of the scenario that can be removed; repeatable")
      ->required()
      ->type_name("PATH")
      ->allow_extra_args(false);
  command.add_option("--until", s.until, "End on this date instead")->type_name("DATE");
  add_compare_options(command, s.options, common);
  command.footer(shares_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] {
      return compare_and_report(plan(*settings, common), settings->options, common);
    };
  });
}

}  // namespace casus::cli
