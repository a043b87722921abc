#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "casus/casebook/casebook.h"
#include "casus/core/diagnostics.h"
#include "casus/study/ensemble.h"
#include "casus/treaties/draft.h"
#include "casus/treaties/goals.h"
#include "casus/treaties/wishes.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/treaty_options.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* draft_examples = R"(Examples:
  casus law draft scenarios/treaties/rio.yaml                what would close each gap of a treaty
  casus law draft scenarios/sahel/baseline.yaml --pact aes
  casus law draft my-draft.yaml --json
  casus law draft scenarios/treaties/aes.yaml --wants wishes.yaml --pact aes
                                             the smallest change that decides these cases as they want
  casus law draft scenarios/sahel/baseline.yaml --pact aes --goal 'troops_for_each_other>=4'
                                             that brings outcomes of the scenario there

By itself every change of one key of one article to another word is tried, and what 'casus law gaps'
finds before and after is compared. Changes that open no other gap come first.
With --wants every draft of up to --changes changes is put to all cases of a file; what they expect is
what is wanted. With --goal drafts are simulated, all under the same luck; with both, those drafts that
meet every wish.)";

struct DraftOptions {
  TreatyOptions treaty;
  std::size_t most = 3;
  std::size_t changes = 2;
  std::string wants;
  std::vector<std::string> goals, named;
  std::size_t runs = 100;
  std::uint64_t seed = 1;
};

Json findings(const std::vector<treaties::Finding>& all) {
  Json out = Json::array();
  for (const treaties::Finding& f : all) {
    out.push_back({{"fault", treaties::name(f.fault)}, {"pact", f.pact}, {"text", f.text}});
  }
  return out;
}

Json changes_json(const std::string& pact, const std::vector<treaties::Alteration>& changes) {
  Json out = Json::array();
  for (const Edit& e : treaties::edits_of(pact, changes)) {
    out.push_back({{"set", e.path}, {"to", e.yaml}});
  }
  return out;
}

Json proposal_json(const std::string& pact, const treaties::Proposal& p) {
  Json words = Json::array(), verdicts = Json::array(), left = Json::array();
  for (const treaties::Unmet& u : p.unmet) left.push_back({{"wish", u.wish}, {"but", u.otherwise}});
  for (const treaties::TextChange& t : p.difference.text) {
    words.push_back({{"part", t.part}, {"key", t.key}, {"before", t.before}, {"after", t.after}});
  }
  for (const treaties::VerdictChange& v : p.difference.verdicts) {
    verdicts.push_back({{"acts", v.acts}, {"before", v.before}, {"after", v.after}});
  }
  return {{"changes", changes_json(pact, p.changes)},
          {"unmet", left},
          {"moved", p.moved},
          {"words", words},
          {"verdicts", verdicts}};
}

treaties::Search wished(const DraftOptions& options, const treaties::Treaties& all,
                        const std::string& pact, std::size_t keep, const Common& common) {
  const casebook::Casebook wishes = casebook::load(options.wants, common.read_limits());
  const bool known = std::any_of(wishes.cases.begin(), wishes.cases.end(), [&](const auto& c) {
    return std::any_of(c.pacts.begin(), c.pacts.end(),
                       [&](const law::Pact& p) { return p.id == pact; });
  });
  if (!known) {
    throw UsageError(fmt::format("no case of '{}' has a pact '{}'", options.wants, pact));
  }
  return treaties::search(wishes, all, pact, {options.changes, keep, options.named});
}

std::vector<treaties::Goal> goals_of(const DraftOptions& options, const Scenario& scenario) {
  std::vector<std::string> names;
  for (const OutcomeSpec& o : scenario->outcomes) {
    if (o.form != OutcomeForm::Form::first) names.push_back(o.name);
  }
  std::vector<treaties::Goal> goals;
  for (const std::string& text : options.goals) {
    const auto goal = treaties::goal_of(text);
    if (!goal) {
      throw UsageError(
          fmt::format("--goal '{}' is not of the form OUTCOME>=NUMBER or "
                      "OUTCOME<=NUMBER",
                      text));
    }
    if (std::find(names.begin(), names.end(), goal->outcome) == names.end()) {
      const std::string near = nearest(goal->outcome, names);
      throw UsageError(
          fmt::format("the scenario has no outcome '{}' with a mean{}", goal->outcome,
                      near.empty() ? std::string() : fmt::format("; did you mean '{}'?", near)));
    }
    goals.push_back(*goal);
  }
  return goals;
}

/// The outcomes of runs of the scenario under a draft; a run that fails fails the command.
treaties::Runs drafting_runs(const Scenario& scenario, const std::string& pact,
                             const std::vector<treaties::Goal>& goals, const DraftOptions& options,
                             const Common& common) {
  return [&scenario, pact, &goals, &options, &common](
             const std::vector<treaties::Alteration>& changes, std::size_t first,
             std::size_t count) -> std::optional<std::vector<std::vector<double>>> {
    std::optional<Scenario> draft;
    try {
      draft = scenario.with(treaties::edits_of(pact, changes));
    } catch (const ScenarioError&) {
      return std::nullopt;
    }
    EnsembleOptions ensemble;
    ensemble.runs = count;
    ensemble.first_run = static_cast<std::uint32_t>(first);
    ensemble.seed = options.seed;
    ensemble.on_failure = OnFailure::stop;
    const EnsembleResult result = run_ensemble(*draft, *common.registry, ensemble);
    std::vector<std::vector<double>> rows;
    rows.reserve(result.runs.size());
    for (const RunResult& run : result.runs) {
      if (run.failure) throw std::runtime_error(run.failure->what);
      std::vector<double> row;
      for (const treaties::Goal& goal : goals) {
        const auto at = std::find_if(result.outcomes.begin(), result.outcomes.end(),
                                     [&](const OutcomeSpec& o) { return o.name == goal.outcome; });
        const OutcomeValue& value =
            run.outcomes[static_cast<std::size_t>(at - result.outcomes.begin())];
        if (value.status != OutcomeValue::Status::known) {
          throw UsageError(
              fmt::format("--goal: '{}' has no value in run {}; a goal needs an outcome that every "
                          "run has",
                          goal.outcome, run.spec.run));
        }
        row.push_back(value.value);
      }
      rows.push_back(std::move(row));
    }
    return rows;
  };
}

int simulated(const DraftOptions& options, const treaties::Treaties& all, std::size_t row,
              const Common& common) {
  const std::string& pact = all.pacts[row].id;
  const Scenario scenario = common.load(options.treaty.file);
  const std::vector<treaties::Goal> goals = goals_of(options, scenario);
  std::vector<std::vector<treaties::Alteration>> drafts;
  if (options.wants.empty()) {
    for (treaties::Alteration& a : treaties::alterations(all, row, {options.named})) {
      drafts.push_back({std::move(a)});
    }
  } else {
    constexpr std::size_t enough = 200;
    const treaties::Search found = wished(options, all, pact, enough, common);
    for (const treaties::Proposal& p : found.proposals) {
      if (p.unmet.empty()) drafts.push_back(p.changes);
    }
    if (drafts.empty()) {
      say_result(treaties::write(found, pact));
      return exit_ok;
    }
  }
  treaties::RaceOptions race{options.runs, options.wants.empty() ? options.changes : 1,
                             options.most};
  const treaties::Race result =
      treaties::race(drafts, goals, drafting_runs(scenario, pact, goals, options, common), race);
  if (!common.json) {
    say_result(treaties::write(result, goals, [&](const treaties::Tried& t) {
      return treaties::write(treaties::explain(all, pact, t.changes, options.named), pact);
    }));
    return exit_ok;
  }
  const auto tried = [&](const treaties::Tried& t) {
    Json outcomes = Json::array();
    for (std::size_t g = 0; g < goals.size(); ++g) {
      outcomes.push_back({{"outcome", goals[g].outcome},
                          {"mean", t.means[g]},
                          {"difference", t.difference[g]},
                          {"half_width", t.half_width[g]}});
    }
    return Json{{"runs", t.runs}, {"short_of", t.short_of}, {"outcomes", outcomes}};
  };
  Json best = Json::array();
  for (const treaties::Tried& t : result.best) {
    Json one = tried(t);
    one["proposal"] = proposal_json(pact, treaties::explain(all, pact, t.changes, options.named));
    best.push_back(std::move(one));
  }
  say_result(Json{{"file", all.file},
                  {"pact", pact},
                  {"before", tried(result.before)},
                  {"drafts", result.drafts},
                  {"runs", result.made},
                  {"best", std::move(best)}}
                 .dump(2, ' ', false, Json::error_handler_t::replace) +
             "\n");
  return exit_ok;
}

int as_wished(const DraftOptions& options, const treaties::Treaties& all, std::size_t row,
              const Common& common) {
  const std::string& pact = all.pacts[row].id;
  const treaties::Search found = wished(options, all, pact, options.most, common);
  if (!common.json) {
    say_result(treaties::write(found, pact));
    return exit_ok;
  }
  Json before = Json::array(), proposals = Json::array();
  for (const treaties::Unmet& u : found.before) {
    before.push_back({{"wish", u.wish}, {"but", u.otherwise}});
  }
  for (const treaties::Proposal& p : found.proposals) proposals.push_back(proposal_json(pact, p));
  say_result(Json{{"file", all.file},
                  {"pact", pact},
                  {"wishes", found.wishes},
                  {"unmet", before},
                  {"drafts", found.tried},
                  {"proposals", std::move(proposals)}}
                 .dump(2, ' ', false, Json::error_handler_t::replace) +
             "\n");
  return exit_ok;
}

int law_draft(const DraftOptions& options, const Common& common) {
  const treaties::Treaties all = options.treaty.load(common);
  if (!options.wants.empty() || !options.goals.empty()) {
    if (options.treaty.pacts.size() > 1)
      throw UsageError("one treaty is drafted at a time: --pact");
    const std::size_t row = one_pact(
        all, options.treaty.pacts.empty() ? std::string() : options.treaty.pacts.front(), "--pact");
    return options.goals.empty() ? as_wished(options, all, row, common)
                                 : simulated(options, all, row, common);
  }
  const std::vector<treaties::Amendment> found = treaties::draft(all, options.treaty.chosen(all));
  if (!common.json) {
    say_result(treaties::write(all, found, options.most));
    return exit_ok;
  }
  Json amendments = Json::array();
  for (const treaties::Amendment& a : found) {
    amendments.push_back({{"pact", a.pact},
                          {"article", a.article},
                          {"key", a.key},
                          {"value", a.value},
                          {"covered_before", a.covered_before},
                          {"covered_after", a.covered_after},
                          {"closes", findings(a.closes)},
                          {"opens", findings(a.opens)}});
  }
  say_result(Json{{"file", all.file}, {"amendments", std::move(amendments)}}.dump(
                 2, ' ', false, Json::error_handler_t::replace) +
             "\n");
  return exit_ok;
}

}  // namespace

void add_law_draft(CLI::App& law, Common& common, Action& action) {
  auto options = std::make_shared<DraftOptions>();
  CLI::App& command = *law.add_subcommand(
      "draft", "What change of an article would close a gap, or bring about what is wanted");
  options->treaty.add(command);
  command
      .add_option("--most", options->most, "How many changes are printed for each gap, or drafts")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command
      .add_option("--wants", options->wants,
                  "Cases that the treaty, which they name the same, should decide as they expect")
      ->type_name("CASES");
  command
      .add_option("--goal", options->goals,
                  "What an outcome of the scenario should come to (repeatable)")
      ->type_name("OUTCOME>=NUMBER");
  command.add_option("--changes", options->changes, "With --wants or --goal: changes at once")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
  command
      .add_option("--name", options->named, "A party that an article may come to name (repeatable)")
      ->type_name("PARTY");
  command.add_option("-n,--runs", options->runs, "With --goal: runs of those that come to the end")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command.add_option("--seed", options->seed, "With --goal: of the runs")->capture_default_str();
  command.add_flag("--json", common.json, "Print JSON on the standard output");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(draft_examples);
  command.callback([options, &common, &action] {
    action = [options, &common] { return law_draft(*options, common); };
  });
}

}  // namespace casus::cli
