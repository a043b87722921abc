#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "casus/core/diagnostics.h"
#include "casus/experiment/comparison.h"
#include "casus/experiment/sensitivity.h"
#include "casus/experiment/shares.h"
#include "casus/output/table.h"
#include "cli/commands.h"
#include "cli/comparing.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

constexpr const char* shares_examples = R"(Examples:
  casus shares sahel.yaml --of pacts.aes.articles.5 --of pacts.aes.articles.6 -n 300
  casus shares sahel.yaml --of pacts.aes --of pacts.ecowas --only intervention

  casus shares sahel.yaml --of pacts.a --of pacts.b [... up to 64] --only war --within 0.02

Every set of the parts is run, 2 to the power of their number, with the same luck. The share of a
part is what it adds, averaged over the orders in which parts can be added (Shapley); the shares add
up to what all of them do together. Of more than 8 parts, and with --sample, each world draws an
order and takes parts out in it and in its reverse, twice their number of runs; the intervals then
hold that luck, too.)";

// Of more parts than these orders are drawn.
constexpr std::size_t most_exhaustive = 8, most_parts = 64;

struct SharesSettings {
  std::string file, until;
  std::vector<std::string> parts;
  bool sample = false;
  std::optional<double> within;
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

/// The shares of one outcome, a line a part, and what the parts do together.
std::string told(const OutcomeSpec& outcome, const std::vector<std::string>& parts,
                 const std::vector<Estimate>& shares, const Estimate& together, double confidence) {
  std::size_t width = std::string("together").size();
  for (const std::string& part : parts) width = std::max(width, part.size());
  const bool proportion = outcome_form(outcome.form).statistic == Statistic::proportion;
  const auto number = [&](double v) {
    return proportion ? fmt::format("{:+.1f} pp", 100.0 * v)
                      : (v > 0.0 ? "+" : "") + format_number(v);
  };
  std::string text = fmt::format(
      "{}{}: shares with {:g} % intervals\n", outcome.title.empty() ? outcome.name : outcome.title,
      outcome.unit.empty() ? "" : fmt::format(" ({})", outcome.unit), 100.0 * confidence);
  const auto line = [&](const std::string& name, const Estimate& e) {
    text += fmt::format("  {:<{}}  {:>12}  {} to {}\n", name, width, number(e.value), number(e.low),
                        number(e.high));
  };
  for (std::size_t i = 0; i < parts.size(); ++i) line(parts[i], shares[i]);
  line("together", together);
  return text;
}

std::string show(const std::vector<std::string>& parts, const ComparedRuns& runs,
                 double confidence) {
  std::string text;
  for (std::size_t o = 0; o < runs.outcomes.size(); ++o) {
    const auto effects = effects_of(runs, o);
    if (effects.front().size() < 2) continue;
    std::vector<Estimate> shares;
    for (const ShapleyShare& s : shapley_shares(effects, parts.size(), confidence)) {
      shares.push_back(s.share);
    }
    std::vector<double> total;
    total.reserve(effects.front().size());
    for (std::size_t w = 0; w < effects.front().size(); ++w) {
      total.push_back(effects.back()[w] - effects.front()[w]);
    }
    text += told(runs.outcomes[o], parts, shares, mean_estimate(total, confidence), confidence);
  }
  return text;
}

/// By orders that are drawn.
int sampled(const SharesSettings& s, const Common& common) {
  const Scenario base = common.load(s.file, parse_edits({}, {}, s.until));
  for (const std::string& part : s.parts) {
    static_cast<void>(base.with({{Edit::Kind::remove, part, ""}}));
  }
  check_only(s.options.only, base, common);
  if (s.within && s.options.only.size() != 1) {
    throw UsageError("--within is in the unit of an outcome: name it, and it alone, with --only");
  }
  const Workers workers = parse_executor(s.options.executor, s.options.threads);
  const auto start = std::chrono::steady_clock::now();
  ProgressLine progress(s.options.progress, common.quiet);
  const Interrupt interrupt;
  SharesOptions how;
  how.worlds = s.options.runs;
  how.first_run = s.options.first_run;
  how.seed = s.options.seed;
  how.confidence = s.options.confidence;
  how.executor = workers.executor.get();
  how.outcomes = common.outcomes;
  how.only = s.options.only;
  how.half_width = s.within;
  how.on_progress = [&](const EnsembleProgress& p) { progress.update(p); };
  how.cancelled = [] { return Interrupt::signal() != 0; };
  if (!common.quiet) {
    say(fmt::format("{}: shares of {} by drawn orders, at most {} of {}, seed {}, {}\n",
                    base->title.empty() ? s.file : base->title, counted(s.parts.size(), "part"),
                    counted(how.worlds, "world"), counted(2 * s.parts.size(), "run"), how.seed,
                    counted(workers.executor->workers(), "worker")));
  }
  const SampledShares shares = sample_shares(base, s.parts, *common.registry, how);
  progress.end();
  if (shares.worlds < 2) {
    say("interrupted before there was anything to say\n");
    return exit_signal + Interrupt::signal();
  }
  if (common.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    const auto estimate = [](const Estimate& e) {
      return nlohmann::ordered_json{{"value", e.value}, {"low", e.low}, {"high", e.high}};
    };
    for (const SampledShares::OfOutcome& of : shares.outcomes) {
      nlohmann::ordered_json parts;
      for (std::size_t i = 0; i < s.parts.size(); ++i) parts[s.parts[i]] = estimate(of.shares[i]);
      json.push_back({{"outcome", of.outcome.name},
                      {"worlds", of.worlds},
                      {"shares", std::move(parts)},
                      {"together", estimate(of.together)}});
    }
    say_result(json.dump(2) + "\n");
  } else {
    for (const SampledShares::OfOutcome& of : shares.outcomes) {
      if (of.worlds < 2) continue;
      say_result(told(of.outcome, s.parts, of.shares, of.together, how.confidence));
    }
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (!common.quiet) {
    if (shares.stopped) {
      say(fmt::format("precise enough after {}\n", counted(shares.worlds, "world")));
    } else if (shares.cancelled) {
      say(fmt::format("interrupted after {} of {} worlds\n", shares.worlds, how.worlds));
    } else if (s.within) {
      say(fmt::format("not within {} after {}; give more with -n\n", *s.within,
                      counted(shares.worlds, "world")));
    }
    say(fmt::format("{} in {:.1f} s\n", counted(shares.runs, "run"), elapsed.count()));
  }
  if (shares.cancelled) return exit_signal + Interrupt::signal();
  return shares.failed > 0 ? exit_failed : exit_ok;
}

Comparing plan(const SharesSettings& s, const Common& common) {
  const Scenario base = common.load(s.file, parse_edits({}, {}, s.until));
  Comparing work;
  work.title = base->title;
  work.name = s.file;
  for (const auto& input : base.inputs()) work.inputs.emplace_back(input);
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

int share_out(const SharesSettings& s, const Common& common) {
  if (s.parts.size() < 2 || s.parts.size() > most_parts) {
    throw UsageError(fmt::format("shares: name 2 to {} parts with --of", most_parts));
  }
  std::vector<std::string> twice = s.parts;
  std::sort(twice.begin(), twice.end());
  const auto same = std::adjacent_find(twice.begin(), twice.end());
  if (same != twice.end()) throw UsageError(fmt::format("--of: '{}' is named twice", *same));
  if (s.sample || s.within || s.parts.size() > most_exhaustive) {
    if (!s.options.out.empty() || s.options.overwrite || !s.options.assertions.empty()) {
      throw UsageError(
          "shares: drawn orders are printed; --out, --overwrite and --assert are for "
          "8 parts or fewer, of which every set is run");
    }
    return sampled(s, common);
  }
  return compare_and_report(plan(s, common), s.options, common);
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
  command.add_flag("--sample", s.sample, "Draw orders of the parts, and do not run every set");
  command
      .add_option("--within", s.within,
                  "Draw orders until each share is known to this, more or less; -n at most")
      ->check(CLI::PositiveNumber.description(""))
      ->type_name("X");
  command.add_option("--until", s.until, "End on this date instead")->type_name("DATE");
  add_compare_options(command, s.options, common);
  command.footer(shares_examples);
  command.callback([settings, &common, &action] {
    action = [settings, &common] { return share_out(*settings, common); };
  });
}

}  // namespace casus::cli
