#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "casus/output/csv.h"
#include "casus/output/results.h"
#include "casus/study/series.h"
#include "casus/study/summary.h"

// Results of a small scenario, as the tests of folders and tables want them.
namespace casus::some {

using Rows = std::vector<std::vector<std::string>>;

inline constexpr const char* yaml = R"(casus: scenario/1
title: "Small, but with a comma"
clock: {start: 2023-09-16, days: 60}
regions:
  north: {title: North, owner: mali, population: 1000, area: 10 km2, at: [16, 0]}
actors:
  mali: {kind: state, title: Mali, forces: 100, capital: north}
  jnim: {kind: armed_group, title: JNIM, forces: 50}
outcomes:
  attacked: {title: Attacked, ever: attack}
  first_coup: {title: First coup, first: coup}
  kept: {title: Honoured, share: honour, of: [honour, breach]}
)";

inline Scenario scenario() { return Scenario::parse(yaml, "small.yaml", {}); }

inline RunResult make_run(std::uint32_t run) {
  const SeriesObserver observer(scenario().data());
  RunResult result;
  result.spec = {7, run, false};
  result.world_hash = 0xabc0 + run;
  result.events_hash = 0x1;
  result.event_count = 3;
  result.outcomes = {
      {1.0, OutcomeValue::Status::known}, {60.0, OutcomeValue::Status::censored}, {}};
  result.series = {{0, std::vector<double>(observer.columns().size(), 0.5)},
                   {60, std::vector<double>(observer.columns().size(), run + 0.1)}};
  return result;
}

inline RunResult failed_run(std::uint32_t run) {
  RunResult result;
  result.spec = {7, run, false};
  result.failure = RunFailure{"2023-10-01, mechanism 'combat': strength became NaN [E0701]",
                              "2023-10-01", "combat", ""};
  return result;
}

inline KeptEvents make_events() {
  KeptEvents events;
  events.actors = {"mali", "jnim", "jnim_1"};
  Event attack;
  attack.kind = EventKind::attack;
  attack.step = 3;
  attack.who = ActorId(1);
  attack.whom = ActorId(0);
  attack.where = RegionId(0);
  attack.size = 2.0;
  attack.deaths = 4.5;
  attack.civilian_deaths = 1.0;
  attack.group_deaths = 2.5;
  attack.reported_deaths = 5.25;
  const EventId first = events.log.add(attack);
  Event split;
  split.kind = EventKind::split;
  split.step = 4;
  split.who = ActorId(1);
  split.whom = ActorId(2);
  const EventId second = events.log.add(split, {first});
  Event coup;
  coup.kind = EventKind::coup;
  coup.step = 5;
  coup.who = ActorId(0);
  events.log.add(coup, {first, second});
  return events;
}

inline ResultsInfo info(std::size_t runs, bool overwrite = false) {
  return {"small.yaml", {"casus", "run", "small.yaml"}, 7, 0, runs, overwrite};
}

/// A folder with the runs given, written the way a program writes it.
inline EnsembleResult write(const std::string& folder, std::vector<RunResult> runs,
                            bool overwrite = false) {
  const Scenario s = scenario();
  ResultsWriter writer(folder, s, info(runs.size(), overwrite));
  EnsembleResult result;
  result.planned = runs.size();
  for (RunResult& run : runs) {
    writer.add(run);
    result.runs.push_back(std::move(run));
  }
  writer.finish(result, summarise(s->outcomes, result));
  return result;
}

inline Rows table(const std::string& path) { return parse_csv(read_file(path), path); }

inline std::string code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const OutputError& e) {
    return e.diagnostic().code;
  }
  return "no error";
}

}  // namespace casus::some
