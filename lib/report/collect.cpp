#include "casus/report/collect.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"
#include "casus/scenario/inputs.h"
#include "output/tables.h"
#include "report/frame.h"

namespace casus {
namespace {

using Form = OutcomeSpec::Form;

/// Promises of one run, or of all, by pact and member.
using Promises = std::map<std::pair<PactId, ActorId>, ReportPromise>;

void count_promise(Promises& promises, const ScenarioData& scenario, const Event& e) {
  if (!e.pact.valid() || !e.who.valid() || e.who.row() >= scenario.actors.size()) return;
  const bool of_promises = e.kind == EventKind::obliged || e.kind == EventKind::able ||
                           e.kind == EventKind::honour || e.kind == EventKind::breach ||
                           e.kind == EventKind::conflict_of_obligation;
  if (!of_promises) return;
  ReportPromise& p = promises[{e.pact, e.who}];
  switch (e.kind) {
    case EventKind::obliged:
      ++p.obliged;
      if (e.article.valid()) {
        ++p.articles[scenario.pacts.at(e.pact.row()).articles[e.article.row()].id];
      }
      break;
    case EventKind::able:
      ++p.able;
      break;
    case EventKind::honour:
      ++p.honoured;
      break;
    case EventKind::breach:
      ++p.broken;
      break;
    default:
      ++p.conflicts;
      break;
  }
}

void add_promises(Promises& to, const Promises& from) {
  for (const auto& [key, p] : from) {
    ReportPromise& sum = to[key];
    sum.obliged += p.obliged;
    sum.able += p.able;
    sum.honoured += p.honoured;
    sum.broken += p.broken;
    sum.conflicts += p.conflicts;
    for (const auto& [article, n] : p.articles) sum.articles[article] += n;
  }
}

/// A scenario that asks when, where this one asks whether.
ScenarioData asking_when(const ScenarioData& scenario) {
  ScenarioData when = scenario;
  std::erase_if(when.outcomes, [](const OutcomeSpec& o) { return o.form != Form::ever; });
  for (OutcomeSpec& o : when.outcomes) o.form = Form::first;
  return when;
}

}  // namespace

ReportRun log_of(const ScenarioData& scenario, std::uint32_t run, const KeptEvents& kept) {
  ReportRun log{run, {}, {}};
  log.events.reserve(kept.log.all().size());
  for (const Event& e : kept.log.all()) {
    EventText text = event_text(scenario, kept, e);
    ReportEvent event;
    event.id = static_cast<std::uint32_t>(e.id.row());
    event.date = std::move(text.date);
    event.kind = std::move(text.kind);
    event.who = std::move(text.who);
    event.whom = std::move(text.whom);
    event.where = std::move(text.where);
    event.pact = std::move(text.pact);
    event.article = std::move(text.article);
    event.reason = std::move(text.reason);
    event.size = e.size;
    event.deaths = e.deaths;
    for (const EventId cause : kept.log.causes(e)) {
      event.causes.push_back(static_cast<std::uint32_t>(cause.row()));
    }
    log.events.push_back(std::move(event));
  }
  return log;
}

struct ReportCollector::State {
  /// What is seen of a run while it lasts.
  struct Slot {
    EventLog first;  ///< events of kinds that outcomes ask for
    Promises promises;
  };

  Scenario scenario;
  ResultsInfo info;
  std::vector<OutcomeSpec> outcomes;
  std::vector<std::size_t> asked_when;  ///< of each outcome of `when`, its row among `outcomes`
  ScenarioData when_data;
  OutcomeSet when;
  std::set<EventKind> kinds;
  std::vector<std::unique_ptr<Slot>> slots;
  ReportArm arm;
  Promises promises;
  SeriesGatherer series;
  /// The logs of a few runs, so that they need not be made again.
  std::vector<std::pair<std::uint32_t, KeptEvents>> kept;
  std::size_t kept_size = 0;

  State(const Scenario& s, const ResultsInfo& i)
      : scenario(s),
        info(i),
        outcomes(all_outcomes(s.data(), i.outcomes)),
        when_data(asking_when(s.data())),
        when(when_data),
        slots(i.runs),
        series(s.data(), std::min(i.runs, most_series)) {
    for (std::size_t row = 0; row < s->outcomes.size(); ++row) {
      if (s->outcomes[row].form == Form::ever) asked_when.push_back(row);
    }
    for (const OutcomeSpec& o : when_data.outcomes) {
      if (const auto kind = when_data.events.find(o.what)) kinds.insert(*kind);
      for (const std::string& also : o.also) {
        if (const auto kind = when_data.events.find(also)) kinds.insert(*kind);
      }
    }
    const DrawnInputs drawn(s);
    for (const InputInfo& input : drawn.infos()) {
      arm.inputs.emplace_back(input.path, std::vector<double>{});
    }
    arm.values.resize(outcomes.size());
    arm.times.resize(outcomes.size());
    arm.planned = i.runs;
  }

  void see(Slot& slot, const Event& e) const {
    count_promise(slot.promises, scenario.data(), e);
    if (kinds.contains(e.kind)) {
      Event copy = e;
      copy.cause_begin = copy.cause_count = 0;
      slot.first.add(copy);
    }
  }
};

ReportCollector::ReportCollector(const Scenario& scenario, const ResultsInfo& info)
    : state_(std::make_unique<State>(scenario, info)) {}
ReportCollector::~ReportCollector() = default;

void ReportCollector::watch(Simulation& simulation, const RunSpec& spec) {
  const std::size_t at = spec.run - state_->info.first_run;
  CASUS_EXPECTS(at < state_->slots.size(), fmt::format("run {} is not one of these", spec.run));
  // A run has a slot of its own, so runs on several threads do not meet.
  state_->slots[at] = std::make_unique<State::Slot>();
  State::Slot* slot = state_->slots[at].get();
  const State* state = state_.get();
  simulation.on_event([state, slot](const Event& e) { state->see(*slot, e); },
                      Simulation::From::start);
}

void ReportCollector::add(const RunResult& run) {
  State& s = *state_;
  ReportArm& arm = s.arm;
  ++arm.finished;
  const std::size_t at = run.spec.run - s.info.first_run;
  std::unique_ptr<State::Slot> slot;
  if (at < s.slots.size()) slot = std::move(s.slots[at]);
  if (run.failure) {
    arm.failures.push_back({run.spec.run, run.failure->what, {}});
    return;
  }
  if (!slot && run.events) {
    slot = std::make_unique<State::Slot>();
    for (const Event& e : run.events->log.all()) s.see(*slot, e);
  }
  CASUS_EXPECTS(
      run.outcomes.size() == s.outcomes.size(),
      fmt::format("a run with {} outcomes of {}", run.outcomes.size(), s.outcomes.size()));
  arm.runs.push_back(run.spec.run);
  arm.hashes.push_back(run.world_hash);
  // There may be more inputs than outcomes by far, and correlations of thousands of runs are as
  // good to look at as those of all.
  for (std::size_t i = 0; i < arm.inputs.size() && arm.runs.size() <= most_series; ++i) {
    arm.inputs[i].second.push_back(
        i < run.inputs.size() ? run.inputs[i] : std::numeric_limits<double>::quiet_NaN());
  }
  for (std::size_t row = 0; row < s.outcomes.size(); ++row) {
    arm.values[row].push_back(run.outcomes[row]);
  }
  if (slot) {
    ++arm.promise_runs;
    add_promises(s.promises, slot->promises);
    const auto values = s.when.evaluate(slot->first, World{});
    for (std::size_t i = 0; i < values.size(); ++i) {
      arm.times[s.asked_when[i]].push_back(
          {values[i].value, values[i].status == OutcomeValue::Status::known});
    }
  }
  s.series.add(run.series);
  if (run.events && s.info.runs <= few_runs) {
    constexpr std::size_t most_events = 3'000'000;
    s.kept_size += run.events->log.all().size();
    if (s.kept_size <= most_events) s.kept.emplace_back(run.spec.run, *run.events);
  }
}

void ReportCollector::tell(const Registry& registry) {
  State& s = *state_;
  s.arm.logs.clear();
  for (const auto& [run, role] : runs_to_tell(s.outcomes, s.arm)) {
    const auto kept = std::find_if(s.kept.begin(), s.kept.end(),
                                   [run = run](const auto& k) { return k.first == run; });
    if (kept != s.kept.end()) {
      s.arm.logs.push_back(log_of(s.scenario.data(), run, kept->second));
    } else {
      const RunResult told = run_once(s.scenario, registry, {s.info.seed, run, true});
      // A program that acts in its runs has others than the scenario alone.
      const auto row = std::find(s.arm.runs.begin(), s.arm.runs.end(), run) - s.arm.runs.begin();
      const bool same =
          !told.failure && told.world_hash == s.arm.hashes[static_cast<std::size_t>(row)];
      if (!told.events || !same) continue;
      s.arm.logs.push_back(log_of(s.scenario.data(), run, *told.events));
    }
    s.arm.logs.back().role = role;
  }
}

ReportData ReportCollector::finish(const std::string& folder) {
  State& s = *state_;
  ReportData data = report_frame(s.scenario, s.outcomes);
  ReportArm arm = std::move(s.arm);
  for (const auto& [key, promise] : s.promises) {
    ReportPromise p = promise;
    p.pact = s.scenario->pact_names.at(key.first.row());
    p.member = s.scenario->actors.at(key.second.row()).name;
    arm.promises.push_back(std::move(p));
  }
  for (ReportFailure& f : arm.failures) f.replay = replay_command(folder, f.run);
  arm.series = s.series.quantiles();
  finish_arm(s.outcomes, arm);
  data.arms.push_back(std::move(arm));
  data.provenance = provenance_of(s.scenario, s.info, folder);
  return data;
}

ReportData report_of_policies(const Scenario& baseline, std::span<const OutcomeSpec> outcomes,
                              std::span<const PolicyRuns> policies, const ResultsInfo& info,
                              const std::string& folder) {
  CASUS_EXPECTS(!policies.empty(), "a comparison of nothing");
  ReportData data = report_frame(baseline, outcomes);
  data.arms.reserve(policies.size());
  std::vector<SeriesGatherer> series;
  series.reserve(policies.size());
  const bool drawn = std::all_of(policies.begin(), policies.end(),
                                 [](const PolicyRuns& p) { return p.scenario != nullptr; });
  for (const PolicyRuns& policy : policies) {
    if (drawn) series.emplace_back(policy.scenario->data(), policy.runs.size());
    ReportArm& arm = data.arms.emplace_back();
    arm.name = arm.title = policy.name;
    arm.planned = arm.finished = policy.runs.size();
    arm.values.resize(outcomes.size());
    arm.times.resize(outcomes.size());
    // A design has the same replicate at each of its points, so that worlds are told by their
    // place.
    for (std::size_t world = 0; world < policy.runs.size(); ++world) {
      const RunResult& run = *policy.runs[world];
      if (run.failure) {
        arm.failures.push_back({run.spec.run, run.failure->what, {}});
        continue;
      }
      CASUS_EXPECTS(run.outcomes.size() == outcomes.size(), "a run with other outcomes");
      arm.runs.push_back(static_cast<std::uint32_t>(world));
      arm.hashes.push_back(mix(run.world_hash, run.events_hash));
      for (std::size_t row = 0; row < outcomes.size(); ++row) {
        arm.values[row].push_back(run.outcomes[row]);
      }
      if (drawn) series.back().add(run.series, static_cast<std::uint32_t>(world));
    }
    if (drawn) {
      arm.series = series.back().quantiles();
      if (series.size() > 1) arm.change = series.back().less(series.front());
    }
    finish_arm(outcomes, arm);
  }
  data.provenance = provenance_of(baseline, info, folder);
  return data;
}

}  // namespace casus
