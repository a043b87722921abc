#pragma once

#include <memory>
#include <string>

#include "casus/run/simulation.h"

/// A world of three dice, of which all there is can be counted out.
namespace casus::test {

struct DiceParameters {
  double spark = 0.0;
};

/// Is there a fire? A storm lights it, or the spark does if it falls on dry ground; and where there
/// is a spark there may be a watchman.
constexpr bool burns(bool spark, int ground, int storm, int watch) {
  return (storm == 0 || (spark && ground < 2)) && !(spark && watch == 0);
}

class Dice final : public MechanismWith<Dice, DiceParameters> {
 public:
  static MechanismInfo about() {
    MechanismInfo info{"dice", "Three dice, thrown once.", "made up for a test", {}};
    info.events = {{"smoke", "Something smokes."}, {"fire", "There is a fire."}};
    return info;
  }
  static const std::vector<Parameter<DiceParameters>>& table() {
    using P = DiceParameters;
    static const std::vector<Parameter<P>> rows{
        {{"spark", Unit::none, 0.0, 1.0, 1.0, "Is there a spark?", "judged"}, &P::spark}};
    return rows;
  }
  static std::vector<MechanismColumn<Dice>> columns() { return {}; }

  void step(StepContext& c) override {
    if (c.step != 3) return;
    const auto die = [&](const char* what) {
      Stream stream = c.stream(Purpose(what), {1});
      return static_cast<int>(6.0 * uniform(stream));
    };
    const int ground = die("ground"), storm = die("storm"), watch = die("watch");
    if (!burns(p.spark > 0.5, ground, storm, watch)) return;
    const ActorId arden(0), belmar(1);
    const EventId smoke =
        c.happened({.kind = own_event_kind("smoke"), .who = storm == 0 ? belmar : arden});
    c.happened({.kind = own_event_kind("fire"), .who = arden}, {smoke});
  }
  void archive(Archive&) override {}
};

inline Registry dice_registry() {
  Registry registry = standard_registry();
  registry.add([] { return std::make_unique<Dice>(); });
  return registry;
}

inline Scenario dice_scenario(const std::string& rest = "") {
  return Scenario::parse(R"(casus: scenario/1
title: Dice
clock: {start: 2030-01-01, days: 6}
regions:
  plain: {owner: arden, population: 2000000, area: 20000, at: [10, 0], neighbours: {coast: 200}}
  coast: {owner: belmar, population: 3000000, area: 40000, at: [10, -2]}
actors:
  arden: {kind: state, capital: plain, forces: 10000, income: 200}
  belmar: {kind: state, capital: coast, forces: 15000, income: 300}
presence:
  plain: {arden: 5000}
  coast: {belmar: 9000}
outcomes:
  fire: {ever: fire}
  fires: {count: fire}
  control: {final: control}
)" + rest,
                         "dice.yaml", dice_registry().vocabulary());
}

}  // namespace casus::test
