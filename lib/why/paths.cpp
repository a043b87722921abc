#include "casus/why/paths.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "why/signature.h"

namespace casus::why {

/// The ways of one outcome, told apart by their steps.
struct Ways {
  std::size_t runs = 0, failed = 0;
  std::map<std::vector<std::string>, CommonPath> found;

  void add(const std::vector<std::string>& steps, std::uint32_t run) {
    CommonPath& path = found[steps];
    path.example = path.runs++ == 0 ? run : std::min(path.example, run);
  }
  CommonPaths sorted() const {
    CommonPaths out;
    out.runs = runs;
    out.failed = failed;
    for (const auto& [steps, path] : found) out.happened += path.runs;
    out.paths.reserve(found.size());
    for (const auto& [steps, path] : found) {
      CommonPath& way = out.paths.emplace_back(path);
      way.steps = steps;
      way.share = proportion_estimate(way.runs, out.happened);
    }
    std::stable_sort(out.paths.begin(), out.paths.end(), [](const auto& a, const auto& b) {
      return a.runs != b.runs ? a.runs > b.runs : a.example < b.example;
    });
    return out;
  }
};

namespace {

/// A question that is the same in every run of a scenario: who, about whom, under which pact.
using Question = std::tuple<DecisionKind, ActorId, ActorId, PactId>;
Question question(const Decision& d) { return {d.kind, d.who, d.whom, d.pact}; }

/// What keeps the peace or takes back, or says only when something is asked: a yes to it brings
/// nothing else about.
bool calms(DecisionKind kind) {
  return kind == DecisionKind::settlement || kind == DecisionKind::relief ||
         kind == DecisionKind::peace || kind == DecisionKind::ceasefire ||
         kind == DecisionKind::renewal || kind == DecisionKind::review;
}

/// Who is a member.
bool of_membership(DecisionKind kind) {
  return kind == DecisionKind::exit || kind == DecisionKind::accession ||
         kind == DecisionKind::reinstatement || kind == DecisionKind::suspension;
}
bool of_membership(const OutcomeSpec& outcome) {
  return outcome.what == "exit_notice" || outcome.what == "exit" || outcome.what == "accession" ||
         outcome.what == "reinstatement" || outcome.what == "suspension";
}

bool born(const ScenarioData& s, const Decision& d) {
  const auto late = [&](ActorId a) { return a.valid() && a.row() >= s.actors.size(); };
  return late(d.who) || late(d.whom);
}

struct Answer {
  bool ok = false, happened = false;
  std::vector<std::string> steps;
  std::set<Question> led_to_it;
};

/// What each run says of the outcome, in the order of runs.
std::vector<Answer> ask(const Scenario& scenario, const Registry& registry, const Target& target,
                        const Runs& runs) {
  std::vector<Answer> answers(runs.runs);
  EnsembleOptions options;
  options.runs = runs.runs;
  options.first_run = runs.first;
  options.seed = runs.seed;
  options.executor = runs.executor;
  if (runs.on_run) options.on_progress = [&](const EnsembleProgress&) { runs.on_run(); };
  const auto one = [&](const RunSpec& asked) {
    RunSpec spec = asked;
    spec.keep_events = true;
    RunResult run = run_once(scenario, registry, spec);
    Answer& answer = answers[spec.run - runs.first];
    answer.ok = !run.failure;
    answer.happened = target.happened(run);
    if (answer.happened) {
      const Account account(scenario.data(), *run.events);
      const EventId event = target.event(account.log());
      if (event.valid()) {
        answer.steps = signature(account, event, runs.roles);
        for (const EventId id : account.chain(event)) {
          for (const Decision* d : account.decisions(id)) {
            if (d->yes && d->probability < 1.0 && !born(scenario.data(), *d)) {
              answer.led_to_it.insert(question(*d));
            }
          }
        }
      }
    }
    run.events.reset();
    return run;
  };
  run_each(one, options);
  return answers;
}

}  // namespace

CommonPaths common_paths(const Scenario& scenario, const Registry& registry,
                         const std::string& text, const Runs& runs) {
  const Target target(scenario.data(), text);
  Ways ways;
  const std::vector<Answer> answers = ask(scenario, registry, target, runs);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Answer& a = answers[i];
    ++(a.ok ? ways.runs : ways.failed);
    if (a.happened) ways.add(a.steps, runs.first + static_cast<std::uint32_t>(i));
  }
  return ways.sorted();
}

struct PathGatherer::State {
  Scenario scenario;
  std::vector<Target> targets;
  std::vector<Ways> ways;
};

PathGatherer::PathGatherer(const Scenario& scenario)
    : state_(std::make_unique<State>(State{scenario, {}, {}})) {
  for (const OutcomeSpec& o : state_->scenario->outcomes) {
    if (outcome_form(o.form).of == OutcomeForm::Of::events && o.form == OutcomeSpec::Form::ever) {
      state_->targets.emplace_back(state_->scenario.data(), o.name);
    }
  }
  state_->ways.resize(state_->targets.size());
}
PathGatherer::~PathGatherer() = default;

std::vector<RunWay> PathGatherer::find(const RunResult& run) const {
  std::vector<RunWay> ways;
  if (run.failure || !run.events) return ways;
  const Account account(state_->scenario.data(), *run.events);
  ways.reserve(state_->targets.size());
  for (const Target& target : state_->targets) {
    RunWay& way = ways.emplace_back();
    way.outcome = static_cast<std::uint32_t>(target.row());
    way.came = target.happened(run);
    if (!way.came) continue;
    const EventId event = target.event(account.log());
    if (event.valid()) way.steps = signature(account, event, false);
  }
  return ways;
}

void PathGatherer::add(const RunResult& run) {
  if (run.failure) {
    for (Ways& ways : state_->ways) ++ways.failed;
    return;
  }
  for (const RunWay& way : run.ways.empty() ? find(run) : run.ways) {
    for (std::size_t i = 0; i < state_->targets.size(); ++i) {
      if (state_->targets[i].row() != way.outcome) continue;
      ++state_->ways[i].runs;
      if (way.came) state_->ways[i].add(way.steps, run.spec.run);
    }
  }
}

std::vector<PathGatherer::Row> PathGatherer::finish() const {
  std::vector<Row> rows;
  rows.reserve(state_->targets.size());
  for (std::size_t i = 0; i < state_->targets.size(); ++i) {
    if (state_->ways[i].found.empty()) continue;
    rows.push_back({state_->targets[i].title(), state_->ways[i].sorted()});
  }
  return rows;
}

CloseCalls close_calls(const Account& run, const Scenario& scenario, const Registry& registry,
                       const std::string& text, const Runs& runs) {
  const Target target(scenario.data(), text);
  CloseCalls out;
  std::map<Question, std::size_t> ways;
  for (const Answer& a : ask(scenario, registry, target, runs)) {
    out.runs += a.ok ? 1 : 0;
    out.happened += a.happened ? 1 : 0;
    for (const Question& q : a.led_to_it) ++ways[q];
  }
  // What its authors were asked about whom it is against.
  const OutcomeSpec& o = target.outcome();
  const auto names = [](const auto& all, auto one) {
    return one.valid() && std::find(all.begin(), all.end(), one) != all.end();
  };
  const auto about_it = [&](const Decision& d) {
    if (calms(d.kind) || of_membership(d.kind) != of_membership(o)) return false;
    const bool by = (o.by.empty() && o.pact.empty()) || names(o.by, d.who) || names(o.pact, d.pact);
    return by && (o.against.empty() || names(o.against, d.whom));
  };
  // Of each question the no that came nearest.
  std::map<Question, const Decision*> nearest;
  const auto look_at = [&](const Decision& d) {
    if (d.yes || d.probability <= 0.0 || d.probability >= 1.0 || born(scenario.data(), d)) return;
    const bool way = ways.contains(question(d)) && d.kind != DecisionKind::review;
    if (!way && !about_it(d)) return;
    const Decision*& so_far = nearest[question(d)];
    if (so_far == nullptr || shortfall(d) < shortfall(*so_far)) so_far = &d;
  };
  for (const Decision& d : run.log().decisions().all()) look_at(d);
  const std::vector<Decision> noes = run.log().decisions().nearest();
  for (const Decision& d : noes) look_at(d);
  for (const auto& [q, d] : nearest) {
    const auto way = ways.find(q);
    out.calls.push_back({.told = tell(run, *d),
                         .date = to_string(scenario->clock.date(d->step)),
                         .shortfall = shortfall(*d),
                         .elsewhere = way == ways.end() ? 0 : way->second});
  }
  std::stable_sort(out.calls.begin(), out.calls.end(),
                   [](const auto& a, const auto& b) { return a.shortfall < b.shortfall; });
  return out;
}

}  // namespace casus::why
