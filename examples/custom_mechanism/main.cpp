// Adds a mechanism of one's own to the step: a drought that comes at random and makes grievance
// grow where it strikes. It has a parameter table like the built-in ones, so a scenario can
// configure it and `unknown parameter` errors name it.
//   custom_mechanism FILE

#include <cstdio>
#include <memory>

#include "casus/core/calendar.h"
#include "casus/run/simulation.h"

namespace {

struct DroughtParameters {
  double onset = 0.0;
  double effect = 0.0;
};

class Drought final : public casus::MechanismWith<Drought, DroughtParameters> {
 public:
  static casus::MechanismInfo about() {
    return {"drought", "Droughts strike regions and raise grievance.", "an example", {}};
  }
  static const std::vector<casus::Parameter<DroughtParameters>>& table() {
    using P = DroughtParameters;
    static const std::vector<casus::Parameter<P>> rows{
        {{"onset", casus::Unit::per_year, 0.0, 5.0, 0.5, "Droughts a year in a region",
          "an example"},
         &P::onset},
        {{"effect", casus::Unit::none, 0.0, 1.0, 0.2,
          "Share of the room left by which a drought raises grievance", "an example"},
         &P::effect},
    };
    return rows;
  }

  void step(casus::StepContext& context) override {
    auto& regions = context.world.regions;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      // One stream per decision, addressed by the region's name-derived key: no other draw of the
      // run changes because this mechanism exists.
      casus::Stream stream = context.stream(casus::Purpose("onset"), {regions.key[r].value});
      if (casus::chance(stream, casus::hazard_probability(p.onset, context.years()))) {
        regions.grievance[r] += p.effect * (1.0 - regions.grievance[r]);
      }
    }
  }
};

double violence(const casus::Simulation& simulation) {
  double deaths = 0.0;
  for (const double d : simulation.column("regions.deaths")) deaths += d;
  return deaths;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: custom_mechanism FILE\n");
    return 2;
  }
  try {
    casus::Registry registry = casus::standard_registry();
    registry.add([] { return std::make_unique<Drought>(); }, "insurgency");

    const auto wet =
        casus::Scenario::load(argv[1], registry.vocabulary(),
                              {{casus::Edit::Kind::set, "mechanisms.drought.onset", "0 /year"}});
    const auto dry =
        casus::Scenario::load(argv[1], registry.vocabulary(),
                              {{casus::Edit::Kind::set, "mechanisms.drought.onset", "2 /year"}});
    casus::Simulation without(wet, registry);
    casus::Simulation with(dry, registry);
    without.run();
    with.run();
    std::printf("deaths without droughts %.0f, with droughts %.0f\n", violence(without),
                violence(with));
  } catch (const casus::ScenarioError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
  return 0;
}
