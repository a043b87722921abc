#include "casus/report/collect.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"
#include "casus/scenario/inputs.h"
#include "output/tables.h"
#include "report/frame.h"

namespace casus {
namespace {

using Form = OutcomeSpec::Form;

/// Promises of all runs, by rows of pact and member.
using Promises = std::map<std::pair<std::uint32_t, std::uint32_t>, ReportPromise>;

void add_promises(Promises& to, const ScenarioData& scenario,
                  const std::vector<PromiseCount>& counts) {
  for (const PromiseCount& c : counts) {
    ReportPromise& sum = to[{c.pact, c.member}];
    sum.obliged += c.obliged;
    sum.able += c.able;
    sum.honoured += c.honoured;
    sum.broken += c.broken;
    sum.conflicts += c.conflicts;
    if (c.obliged == 0 || c.article == PromiseCount::no_article) continue;
    sum.articles[scenario.pacts.at(c.pact).articles.at(c.article).id] += c.obliged;
  }
}

/// When what is asked for first happened, or how long it had not.
void add_times(const RunResult& run, std::span<const OutcomeSpec> outcomes, ReportArm& arm) {
  for (std::size_t row = 0; row < outcomes.size() && row < run.days.size(); ++row) {
    if (outcomes[row].form != Form::ever) continue;
    arm.times[row].push_back({run.days[row], run.outcomes[row].value > 0.0});
  }
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
  Scenario scenario;
  ResultsInfo info;
  std::vector<OutcomeSpec> outcomes;
  ReportArm arm;
  Promises promises;
  SeriesGatherer series;
  /// The logs of a few runs, so that they need not be made again.
  std::vector<std::pair<std::uint32_t, KeptEvents>> kept;
  std::size_t kept_size = 0;
  bool made_otherwise = false;  ///< a run that is made again comes out as another

  State(const Scenario& s, const ResultsInfo& i)
      : scenario(s),
        info(i),
        outcomes(all_outcomes(s.data(), i.outcomes)),
        series(s.data(), std::min(i.runs, most_series)) {
    const DrawnInputs drawn(s);
    for (const InputInfo& input : drawn.infos()) {
      arm.inputs.emplace_back(input.path, std::vector<double>{});
    }
    arm.values.resize(outcomes.size());
    arm.times.resize(outcomes.size());
    arm.planned = i.runs;
  }

  std::optional<KeptEvents> events_of(std::uint32_t run, const Registry& registry,
                                      const KeptLogs& stored);
};

ReportCollector::ReportCollector(const Scenario& scenario, const ResultsInfo& info)
    : state_(std::make_unique<State>(scenario, info)) {}
ReportCollector::~ReportCollector() = default;

bool ReportCollector::wants_series() const { return state_->series.wants_more(); }

void ReportCollector::add(const RunResult& run) {
  State& s = *state_;
  ReportArm& arm = s.arm;
  ++arm.finished;
  if (run.failure) {
    arm.failures.push_back({run.spec.run, run.failure->what, {}});
    return;
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
  add_times(run, s.outcomes, arm);
  if (run.promises) {
    ++arm.promise_runs;
    add_promises(s.promises, s.scenario.data(), *run.promises);
  }
  s.series.add(run.series);
  if (run.events && s.info.runs <= few_runs) {
    constexpr std::size_t most_events = 3'000'000;
    s.kept_size += run.events->log.all().size();
    if (s.kept_size <= most_events) s.kept.emplace_back(run.spec.run, *run.events);
  }
}

std::optional<KeptEvents> ReportCollector::State::events_of(std::uint32_t run,
                                                            const Registry& registry,
                                                            const KeptLogs& stored) {
  const auto there =
      std::find_if(kept.begin(), kept.end(), [run](const auto& k) { return k.first == run; });
  if (there != kept.end()) return there->second;
  if (stored) {
    if (std::optional<KeptEvents> log = stored(run)) return log;
  }
  RunResult told = run_once(scenario, registry, {info.seed, run, true});
  // Another build, or a program that acts in its runs, has others than the scenario alone here.
  const auto row = std::find(arm.runs.begin(), arm.runs.end(), run) - arm.runs.begin();
  const bool same = !told.failure && told.world_hash == arm.hashes[static_cast<std::size_t>(row)];
  if (same) return std::move(told.events);
  made_otherwise = true;
  return {};
}

void ReportCollector::tell(const Registry& registry, const KeptLogs& stored) {
  State& s = *state_;
  s.arm.logs.clear();
  for (ReportRun& told : runs_to_tell(s.outcomes, s.arm)) {
    const std::optional<KeptEvents> events = s.events_of(told.run, registry, stored);
    if (!events) continue;
    told.events = std::move(log_of(s.scenario.data(), told.run, *events).events);
    s.arm.logs.push_back(std::move(told));
  }
}

ReportData ReportCollector::finish(const std::string& folder) {
  State& s = *state_;
  ReportData data = report_frame(s.scenario, s.outcomes);
  ReportArm arm = std::move(s.arm);
  for (const auto& [key, promise] : s.promises) {
    ReportPromise p = promise;
    p.pact = s.scenario->pact_names.at(key.first);
    p.member = s.scenario->actors.at(key.second).name;
    arm.promises.push_back(std::move(p));
  }
  for (ReportFailure& f : arm.failures) f.replay = replay_command(folder, f.run);
  arm.series = s.series.quantiles();
  finish_arm(s.outcomes, arm);
  data.arms.push_back(std::move(arm));
  data.provenance = provenance_of(s.scenario, s.info, folder);
  const ReportArm& found = data.arms.front();
  if (!found.runs.empty() && found.promise_runs < found.runs.size()) {
    data.lacking.emplace_back(
        "when something first happened, and what became of promises: the results come from an "
        "earlier version, which did not write it down");
  }
  if (s.made_otherwise) {
    data.lacking.emplace_back(
        "three runs event by event: made again by this program, they come out otherwise; the one "
        "that made the results can tell them");
  }
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
      add_times(run, outcomes, arm);
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
