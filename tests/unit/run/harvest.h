#pragma once

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "casus/run/simulation.h"

/// A mechanism that owns columns of every table and a kind of event, and a land for it.
namespace casus::test {

inline const char* const harvest_land = R"(casus: scenario/1
title: Harvests
clock: {start: 2030-01-01, days: 60}
observe: {every: 20 days}
regions:
  plain: {owner: arden, population: 2000000, area: 20000, at: [10, 0], rainfall: 0.2,
    neighbours: {hills: 150, coast: 200}}
  hills: {owner: arden, population: 500000, area: 15000, at: [11, 0], grievance: 0.7}
  coast: {owner: belmar, population: 3000000, area: 40000, at: [10, -2],
    rainfall: {uniform: [0.8, 1.2]}}
actors:
  arden: {kind: state, capital: plain, forces: 10000, income: 200, stores: 30}
  belmar: {kind: state, capital: coast, forces: 15000, income: 300}
  hillmen: {kind: armed_group, forces: {triangular: [800, 1200, 2000]}, income: 3, cohesion: 0.1}
presence:
  plain: {arden: {strength: 5000, training: 0.25}}
  hills: {arden: 2000, hillmen: 1000}
  coast: {belmar: 9000}
outcomes:
  hunger: {final: hardship, by: [arden]}
  rain: {final: rainfall}
  lost: {sum: lost_crops}
  failures: {count: harvest_failed}
  early: {first: harvest_failed, against: [arden]}
  lost_at_once: {sum: lost_crops, within: 10 days}
  lost_by_events: {sum: lost_crops, within: 60 days}
)";

struct HarvestParameters {
  double effect = 0.0;
  double breaks = 0.0;
};

/// Rain wanders; where it is too dry the harvest fails, and the state bears it.
class Harvest final : public MechanismWith<Harvest, HarvestParameters> {
 public:
  static MechanismInfo about() {
    MechanismInfo info{"harvest", "Rain and what grows.", "made up for a test", {}};
    info.writes = {"regions.grievance"};
    info.events = {{"harvest_failed", "A harvest fails; size: how dry it was."}};
    return info;
  }
  static const std::vector<Parameter<HarvestParameters>>& table() {
    using P = HarvestParameters;
    static const std::vector<Parameter<P>> rows{
        {{"effect", Unit::per_year, 0.0, 10.0, 2.0, "Hardship by dryness", "judged"}, &P::effect},
        {{"breaks", Unit::days, 0.0, 1e6, 1e6, "When it goes wrong", "judged"}, &P::breaks}};
    return rows;
  }
  static std::vector<MechanismColumn<Harvest>> columns() {
    return {
        {{.name = "rainfall",
          .domain = Domain::nonnegative,
          .low = 0,
          .high = 10,
          .given = true,
          .settable = true,
          .initial = 1.0,
          .aggregate = Aggregate::mean,
          .doc = "Rain, 1 being an ordinary year's.",
          .source = "judged: for a test"},
         &Harvest::rainfall_},
        {{.name = "lost_crops",
          .domain = Domain::nonnegative,
          .in_events =
              EventSum{own_event_kind("harvest_failed"), [](const EventToll& t) { return t.size; }},
          .doc = "Crops lost so far."},
         &Harvest::lost_},
        {{.name = "hardship",
          .domain = Domain::nonnegative,
          .kinds = kind_bit(ActorKind::state),
          .doc = "What a state has to bear."},
         &Harvest::hardship_},
        {{.name = "stores",
          .unit = Unit::days,
          .domain = Domain::nonnegative,
          .low = 0,
          .high = 365,
          .given = true,
          .settable = true,
          .initial = 10.0,
          .kinds = kind_bit(ActorKind::state),
          .doc = "Days that the stores last."},
         &Harvest::stores_},
        {{.name = "training",
          .domain = Domain::share,
          .low = 0,
          .high = 1,
          .given = true,
          .settable = true,
          .initial = 0.5,
          .aggregate = Aggregate::mean,
          .doc = "How well they are trained."},
         &Harvest::training_},
    };
  }

  void step(StepContext& c) override {
    // Decided in parallel, into slots; changed afterwards, in the order of rows.
    const StepView& view = c;
    const auto before = rainfall_.in(view.world);
    std::vector<double> after(before.size());
    for_each(c.executor, before.size(), [&](std::size_t r) {
      Stream draws = view.stream(Purpose("rain"), {view.world.regions.key[r].value});
      after[r] = std::clamp(before[r] * (0.95 + 0.1 * uniform(draws)), 0.0, 10.0);
    });
    std::copy(after.begin(), after.end(), rainfall_.in(c.world).begin());
    const auto hardship = hardship_.in(c.world);
    const auto lost = lost_.in(c.world);
    for (std::size_t r = 0; r < after.size(); ++r) {
      if (after[r] >= 0.5) continue;
      const ActorId owner = c.world.regions.owner[r];
      hardship[owner.row()] += p.effect * (0.5 - after[r]) * c.years();
      double& grievance = c.world.regions.grievance[r];
      grievance += 0.1 * c.years() * (1.0 - grievance);
      if (c.step % 10 != 5) continue;
      lost[r] += 0.5 - after[r];
      c.happened({.kind = own_event_kind("harvest_failed"),
                  .whom = owner,
                  .where = RegionId(r),
                  .size = 0.5 - after[r]});
    }
    for (double& t : training_.in(c.world)) t = std::min(1.0, t + 0.1 * c.years());
    if (c.day() >= p.breaks) hardship[0] = std::numeric_limits<double>::quiet_NaN();
  }
  void archive(Archive&) override {}  // all of it is in its columns

 private:
  RegionColumn rainfall_, lost_;
  ActorColumn hardship_, stores_;
  PresenceColumn training_;
};

inline Registry harvest_registry() {
  Registry registry = standard_registry();
  registry.add([] { return std::make_unique<Harvest>(); }, "economy");
  return registry;
}

inline Scenario harvest_scenario(const std::vector<Edit>& edits = {},
                                 const std::string& text = harvest_land) {
  return Scenario::parse(text, "harvest.yaml", harvest_registry().vocabulary(), edits);
}

}  // namespace casus::test
