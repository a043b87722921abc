#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "casus/output/results.h"
#include "casus/why/but_for.h"
#include "casus/why/paths.h"
#include "casus/why/tell.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/progress.h"
#include "cli/run_options.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ExplainSettings {
  std::string target;
  std::vector<std::string> set, remove;
  std::uint64_t seed = 1;
  std::uint32_t run = 0;
  std::optional<std::uint32_t> event;
  std::string outcome, but_for;
  std::size_t runs = 0;
  std::string executor = "tbb";
  unsigned threads = 0;
  bool common = false, roles = false, close = false, all = false, dot = false;
};

constexpr const char* explain_examples = R"(Examples:
  casus explain july-1914.yaml --run 3                      what happened in run 3, and by which event
  casus explain july-1914.yaml --run 3 --outcome britain_in the chain of causes, to where it begins
  casus explain results/sahel-1 --run 17 --event 230        of one event of earlier results
  casus explain july-1914.yaml --outcome germany_in --but-for pacts.dual_alliance -n 400
                                                            the same runs without it
  casus explain july-1914.yaml --outcome britain_in --most-common -n 200
                                                            by which ways it comes about
  casus explain july-1914.yaml --run 3 --outcome italy_in --close
                                                            what came nearest to bringing it

An outcome that is a quantity is asked with a limit: --outcome 'deaths_mali>1000'.)";

std::string render_json(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// What is explained: a scenario, and which of its runs.
struct Subject {
  Scenario scenario;
  std::uint64_t seed;
  std::uint32_t run;
  std::optional<RecordedRun> recorded;  ///< of earlier results: what the run must come to again
};

Subject subject(const ExplainSettings& s, const Common& common) {
  std::error_code error;
  const auto edits = parse_edits(s.set, s.remove, "");
  if (!std::filesystem::is_directory(s.target, error)) {
    return {common.load(s.target, edits), s.seed, s.run, std::nullopt};
  }
  if (!edits.empty()) {
    throw UsageError("--set and --remove would make other runs than those in " + s.target +
                     "; give the scenario file instead");
  }
  const RecordedResults results = read_results(s.target);
  const auto found = std::find_if(results.runs.begin(), results.runs.end(),
                                  [&](const RecordedRun& r) { return r.run == s.run; });
  if (found == results.runs.end()) {
    throw UsageError(
        fmt::format("--run {}: {} holds {}", s.run, s.target, counted(results.runs.size(), "run")));
  }
  return {common.load(results.scenario_file), results.seed, s.run, *found};
}

why::Target target_of(const ScenarioData& scenario, const std::string& text) {
  try {
    return {scenario, text};
  } catch (const ContractError& e) {
    throw UsageError(fmt::format("--outcome {}: {}", text, e.what()));
  }
}

RunResult make_run(const Subject& subject, const Common& common) {
  RunResult run = run_once(subject.scenario, *common.registry, {subject.seed, subject.run, true});
  const bool same = !subject.recorded || run.failure ||
                    (run.world_hash == subject.recorded->world_hash &&
                     run.events_hash == subject.recorded->events_hash);
  if (!same) {
    say(
        fmt::format("run {} came out otherwise than recorded, so this explains another run; "
                    "'casus replay' says what differs\n",
                    subject.run));
  }
  return run;
}

/// What happened in the run, so that one knows what to ask about.
int overview(const Subject& subject, const RunResult& run, const Common& common) {
  const why::Account account(subject.scenario.data(), *run.events);
  Json rows = Json::array();
  std::string text = fmt::format("{}, run {}, seed {}: {}\n\n", subject.scenario->title,
                                 subject.run, subject.seed, counted(account.log().size(), "event"));
  std::size_t width = 0;
  for (const OutcomeSpec& o : subject.scenario->outcomes) width = std::max(width, o.name.size());
  for (const OutcomeSpec& o : subject.scenario->outcomes) {
    if (outcome_form(o.form).of != OutcomeForm::Of::events) continue;
    const why::Target target(subject.scenario.data(), o.name);
    const bool happened = target.happened(run);
    const EventId event = happened ? target.event(account.log()) : EventId{};
    const auto told =
        event.valid() ? std::optional(why::tell(account, event)) : std::optional<why::Told>();
    rows.push_back({{"outcome", o.name},
                    {"title", target.title()},
                    {"happened", happened},
                    {"event", event.valid() ? Json(event.row()) : Json(nullptr)}});
    text += fmt::format(
        "  {:{}}  {}\n", o.name, width,
        told ? fmt::format("{}  #{} {}", told->date, event.row(), told->text) : "did not happen");
  }
  text += "\nA chain of causes: --outcome NAME, or --event N.\n";
  say_result(common.json ? render_json({{"run", subject.run}, {"outcomes", std::move(rows)}})
                         : text);
  return exit_ok;
}

int chain(const Subject& subject, const ExplainSettings& s, const Common& common) {
  const RunResult run = make_run(subject, common);
  if (!run.events) throw UsageError(fmt::format("run {} failed: {}", s.run, run.failure->what));
  const why::Account account(subject.scenario.data(), *run.events);
  EventId event;
  if (s.event) {
    if (*s.event >= account.log().size()) {
      throw UsageError(fmt::format("--event {}: run {} has events 0 to {}", *s.event, s.run,
                                   account.log().size() - 1));
    }
    event = EventId(*s.event);
  } else if (s.outcome.empty()) {
    return overview(subject, run, common);
  } else {
    const why::Target target = target_of(subject.scenario.data(), s.outcome);
    if (!target.happened(run)) {
      say_result(common.json ? render_json({{"run", s.run}, {"happened", false}})
                             : fmt::format("In run {} it did not happen: {}. What came nearest "
                                           "to bringing it: --close.\n",
                                           s.run, target.title()));
      return exit_ok;
    }
    event = target.event(account.log());
    if (!event.valid()) {
      throw UsageError(fmt::format(
          "--outcome {}: what is so at the end has no event that made it so; see --but-for for "
          "what it depends on",
          s.outcome));
    }
  }
  say_result(s.dot         ? why::dot(account, event)
             : common.json ? why::json(account, event)
                           : why::write(account, event, s.all));
  return exit_ok;
}

std::string interval(const Estimate& e) {
  if (e.n == 0) return "no run to tell by";
  return fmt::format("{:.2f} [{:.2f}, {:.2f}]", e.value, e.low, e.high);
}

Json json_of(const Estimate& e) {
  if (e.n == 0) return nullptr;
  return {{"value", e.value}, {"low", e.low}, {"high", e.high}, {"n", e.n}};
}

/// The runs of an ensemble, with a line that says how far they are.
struct Asked {
  Asked(const Subject& subject, const ExplainSettings& s, const Common& common, std::size_t usually)
      : workers(parse_executor(s.executor, s.threads)),
        line(ProgressMode::automatic, common.quiet) {
    runs.runs = s.runs > 0 ? s.runs : usually;
    runs.seed = subject.seed;
    runs.executor = workers.executor.get();
    runs.on_run = [this] { line.update({runs.runs, ++done, 0}); };
  }
  Workers workers;
  ProgressLine line;
  std::size_t done = 0;
  why::Runs runs;
};

/// The run and its twin: where they part.
void say_parting(const Subject& subject, const Scenario& without, const Common& common, Json& json,
                 std::string& text) {
  const RunSpec spec{subject.seed, subject.run, true};
  const RunResult a = run_once(subject.scenario, *common.registry, spec);
  const RunResult b = run_once(without, *common.registry, spec);
  if (a.failure || b.failure) {
    text += fmt::format("Run {} failed.\n", subject.run);
    return;
  }
  const why::Divergence d =
      why::first_divergence({subject.scenario.data(), *a.events}, {without.data(), *b.events});
  json["parts"] = d.parts;
  if (!d.parts) {
    text +=
        fmt::format("Run {}: no effect; every event is the same in both worlds.\n", subject.run);
    return;
  }
  const std::string date = to_string(subject.scenario->clock.date(d.step));
  const auto told = [](const Scenario& scenario, const RunResult& run, EventId id) {
    if (!id.valid()) return std::string("no further event");
    const why::Told t = why::tell(why::Account(scenario.data(), *run.events), id);
    return fmt::format("{}  #{} {}", t.date, id.row(), t.text);
  };
  json["date"] = date;
  json["with"] = told(subject.scenario, a, d.with);
  json["without"] = told(without, b, d.without);
  text += fmt::format(
      "Run {}: the two worlds part on {}, after {} that both have.\n  with it:     {}\n"
      "  without it:  {}\n",
      subject.run, date, counted(d.common, "event"), told(subject.scenario, a, d.with),
      told(without, b, d.without));
}

int but_for(const Subject& subject, const ExplainSettings& s, const Common& common) {
  const Scenario without = subject.scenario.with({why::taking_away(s.but_for)});
  const bool set = s.but_for.find('=') != std::string::npos;
  std::string text =
      fmt::format("{}, {} {}\n\n", subject.scenario->title, set ? "with" : "without", s.but_for);
  Json json{{"but_for", s.but_for}, {"run", subject.run}};
  say_parting(subject, without, common, json, text);
  if (!s.outcome.empty()) {
    const why::Target target = target_of(subject.scenario.data(), s.outcome);
    static_cast<void>(target_of(without.data(), s.outcome));
    Asked asked(subject, s, common, 200);
    const why::ButFor p =
        why::but_for(subject.scenario, without, *common.registry, s.outcome, asked.runs);
    asked.line.end();
    text +=
        fmt::format("\n{}, in {} on the same luck{}:\n", target.title(), counted(p.runs, "pair"),
                    p.failed > 0 ? fmt::format(" ({} failed)", p.failed) : "");
    text += fmt::format("  in both worlds {}, only with it {}, only without it {}, in neither {}\n",
                        p.both, p.only_with, p.only_without, p.neither);
    text += fmt::format(
        "  in brackets 95 % intervals\n"
        "  necessary: of the runs in which it came about, the share that needed it   {}\n"
        "  sufficient: of those without it that stayed without it, the share that it\n"
        "    would have brought about                                                {}\n"
        "  both at once, of all runs                                                 {}\n",
        interval(p.necessity), interval(p.sufficiency), interval(p.necessary_and_sufficient));
    if (p.parted == 0) {
      text +=
          fmt::format("  no effect: every event is the same in all {}\n", counted(p.runs, "pair"));
    } else {
      text +=
          fmt::format("  {} of {} part, half of them by {}\n", p.parted, counted(p.runs, "pair"),
                      to_string(subject.scenario->clock.date(*p.median_step)));
    }
    json["outcome"] = s.outcome;
    json["pairs"] = {{"runs", p.runs},
                     {"failed", p.failed},
                     {"both", p.both},
                     {"only_with", p.only_with},
                     {"only_without", p.only_without},
                     {"neither", p.neither},
                     {"parted", p.parted}};
    json["necessity"] = json_of(p.necessity);
    json["sufficiency"] = json_of(p.sufficiency);
    json["necessary_and_sufficient"] = json_of(p.necessary_and_sufficient);
  }
  say_result(common.json ? render_json(json) : text);
  return exit_ok;
}

int most_common(const Subject& subject, const ExplainSettings& s, const Common& common) {
  const why::Target target = target_of(subject.scenario.data(), s.outcome);
  Asked asked(subject, s, common, 200);
  asked.runs.roles = s.roles;
  const why::CommonPaths found =
      why::common_paths(subject.scenario, *common.registry, s.outcome, asked.runs);
  asked.line.end();
  constexpr std::size_t shown = 8;
  std::string text =
      fmt::format("{}: it came about in {} of {}, in {}\n", target.title(), found.happened,
                  counted(found.runs, "run"),
                  found.paths.size() == 1 ? "one way" : fmt::format("{} ways", found.paths.size()));
  Json paths = Json::array();
  std::size_t rest = 0;
  for (std::size_t i = 0; i < found.paths.size(); ++i) {
    const why::CommonPath& p = found.paths[i];
    paths.push_back({{"steps", p.steps},
                     {"runs", p.runs},
                     {"share", json_of(p.share)},
                     {"example", p.example}});
    if (i >= shown && !s.all) {
      rest += p.runs;
      continue;
    }
    text += fmt::format("\n{:.0f} % ({}), as in run {}\n", 100.0 * p.share.value,
                        counted(p.runs, "run"), p.example);
    if (p.steps.empty()) text += "   what is so at the end has no event that made it so\n";
    for (const std::string& step : p.steps) text += fmt::format("   → {}\n", step);
  }
  if (rest > 0) {
    text += fmt::format("\nand {} in which {} went (--all)\n",
                        counted(found.paths.size() - shown, "other way"), counted(rest, "run"));
  }
  say_result(common.json ? render_json({{"outcome", s.outcome},
                                        {"runs", found.runs},
                                        {"happened", found.happened},
                                        {"paths", std::move(paths)}})
                         : text);
  return exit_ok;
}

int close(const Subject& subject, const ExplainSettings& s, const Common& common) {
  const why::Target target = target_of(subject.scenario.data(), s.outcome);
  const RunResult run = make_run(subject, common);
  if (!run.events) throw UsageError(fmt::format("run {} failed: {}", s.run, run.failure->what));
  if (target.happened(run)) {
    say_result(common.json ? render_json({{"run", s.run}, {"happened", true}})
                           : fmt::format("In run {} it happened: {}. How: without --close.\n",
                                         s.run, target.title()));
    return exit_ok;
  }
  const why::Account account(subject.scenario.data(), *run.events);
  Asked asked(subject, s, common, 100);
  const why::CloseCalls found =
      why::close_calls(account, subject.scenario, *common.registry, s.outcome, asked.runs);
  asked.line.end();
  constexpr std::size_t shown = 12;
  std::string text = fmt::format(
      "{}: not in run {}. It comes about in {} of {}; of the decisions\n"
      "by which it does, and of those of its authors, these were answered no here, the nearest "
      "first.\n",
      target.title(), s.run, found.happened, counted(found.runs, "run"));
  if (found.calls.empty())
    text += "\nNone of them was asked in this run: it did not come so far.\n";
  Json calls = Json::array();
  for (std::size_t i = 0; i < found.calls.size(); ++i) {
    const why::CloseCall& c = found.calls[i];
    const Decision& d = c.told.decision;
    calls.push_back({{"date", c.date},
                     {"decision", decision_info(d.kind).name},
                     {"who", d.who.valid() ? why::title(account, d.who) : c.told.pact},
                     {"whom", why::title(account, d.whom)},
                     {"probability", d.probability},
                     {"draw", d.drawn() ? Json(d.draw) : Json(nullptr)},
                     {"shortfall", c.shortfall},
                     {"asked", d.times},
                     {"runs", c.elsewhere}});
    if (i >= shown && !s.all) continue;
    std::vector<std::string> parties;
    for (const std::string& party : {d.who.valid() ? why::title(account, d.who) : c.told.pact,
                                     d.whom != d.who ? why::title(account, d.whom) : ""}) {
      if (!party.empty()) parties.push_back(party);
    }
    text +=
        fmt::format("\n{}  {}\n            {}\n", c.date, fmt::join(parties, " and "), c.told.text);
    text += fmt::format(
        "            {:.2f} short in log odds{}{}\n", c.shortfall,
        d.times > 1 ? fmt::format(", the nearest of {} times", d.times) : "",
        c.elsewhere > 0 ? fmt::format("; a yes led to it in {}", counted(c.elsewhere, "run")) : "");
  }
  say_result(common.json ? render_json({{"run", s.run},
                                        {"outcome", s.outcome},
                                        {"runs", found.runs},
                                        {"happened", found.happened},
                                        {"close", std::move(calls)}})
                         : text);
  return exit_ok;
}

int explain(const ExplainSettings& s, const Common& common) {
  const int modes =
      int{!s.but_for.empty()} + int{s.common} + int{s.close} + int{s.event.has_value()};
  if (modes > 1) throw UsageError("choose one of --event, --but-for, --most-common and --close");
  if ((s.common || s.close) && s.outcome.empty()) {
    throw UsageError("--most-common and --close are asked of an outcome: --outcome NAME");
  }
  if (s.event && !s.outcome.empty()) throw UsageError("choose one of --event and --outcome");
  if (s.dot && (modes > int{s.event.has_value()} || common.json)) {
    throw UsageError("--dot draws a chain of causes: with --event or --outcome alone");
  }
  const Subject what = subject(s, common);
  if (!s.but_for.empty()) return but_for(what, s, common);
  if (s.common) return most_common(what, s, common);
  if (s.close) return close(what, s, common);
  return chain(what, s, common);
}

}  // namespace

void add_explain(CLI::App& program, Common& common, Action& action) {
  auto s = std::make_shared<ExplainSettings>();
  CLI::App& command = *program.add_subcommand(
      "explain", "Why did it happen: chains of causes, decisions, twins, near misses");
  command.add_option("TARGET", s->target, "A scenario file or a results folder")
      ->required()
      ->type_name("");
  command.add_option("--run", s->run, "Number of the run (0)")->type_name("N");
  command.add_option("--seed", s->seed, "Seed, of a scenario file (1)")->type_name("N");
  command.add_option("--event", s->event, "Explain the event of this number")->type_name("N");
  command.add_option("--outcome", s->outcome, "Explain the event by which an outcome came about")
      ->type_name("NAME");
  command
      .add_option("--but-for", s->but_for,
                  "Compare with the same runs without it (pacts.aes) or with another value "
                  "(path=value)")
      ->type_name("PATH");
  command.add_flag("--most-common", s->common, "The ways in which the outcome comes about");
  command.add_flag("--roles", s->roles, "With --most-common: 'a state' for whichever state");
  command.add_flag("--close", s->close,
                   "What came nearest to bringing an outcome that did not come");
  command.add_option("-n,--runs", s->runs, "Runs to ask (200; --close 100)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{10'000'000}).description(""))
      ->type_name("N");
  command.add_flag("--all", s->all, "Leave nothing out of long chains and lists");
  command.add_flag("--dot", s->dot, "Draw the chain, for Graphviz");
  command.add_flag("--json", common.json, "Print JSON");
  command.add_option("--set", s->set, "Change a value of the scenario; repeatable")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command.add_option("--remove", s->remove, "Remove an entry of the scenario; repeatable")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command.add_option("-j,--threads", s->threads, "Workers (0, the default: all cores)")
      ->check(CLI::Range(0U, 4096U).description(""))
      ->type_name("N");
  add_read_limit(command, common);
  add_common(command, common);
  command.footer(explain_examples);
  command.callback(
      [s, &common, &action] { action = [s, &common] { return explain(*s, common); }; });
}

}  // namespace casus::cli
