// Couples Casus to another model, both ways: a climate model that this program owns gives every
// region a rainfall each month; a poor harvest makes people readier to side against the state and
// takes income from it, and violence keeps fields from being sown. Printed year by year beside the
// same run without the coupling.
//   coupled_climate FILE

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "casus/core/diagnostics.h"
#include "casus/run/simulation.h"

namespace {

/// Rainfall as a departure from the usual, in standard deviations: wet and dry spells last, and
/// neighbours share half of their weather. Any model could stand here; it knows nothing of Casus.
class Climate {
 public:
  explicit Climate(std::size_t regions) : rain_(regions, 0.0) {}
  void next_month() {
    const double common = draw();
    for (double& r : rain_) {
      r = 0.8 * r + 0.6 * std::sqrt(0.5) * (common + draw());
    }
  }
  double rain(std::size_t region) const { return rain_[region]; }

 private:
  /// Mean 0, variance 1. The engine is fixed by the standard, the distributions are not.
  double draw() {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(engine_()) * 0x1p-32;
    return sum;
  }
  std::mt19937 engine_{2023};
  std::vector<double> rain_;
};

/// What the coupling reads and writes, found by name once.
struct Links {
  struct Region {
    casus::PathRef grievance, violence, residents;
    double usual_grievance;
    std::size_t state;  ///< of `states`
  };
  struct State {
    casus::ActorId actor;
    casus::PathRef income;
    double usual_income;
    double regions;  ///< how many
  };
  std::vector<Region> regions;
  std::vector<State> states;

  explicit Links(const casus::Simulation& simulation) {
    for (const casus::RegionSpec& spec : simulation.scenario()->regions) {
      const std::string path = "regions." + spec.name + ".";
      Region r{simulation.resolve(path + "grievance"), simulation.resolve(path + "recent_violence"),
               simulation.resolve(path + "residents"), 0.0, state_of(simulation, spec.owner)};
      r.usual_grievance = simulation.get(r.grievance);
      states[r.state].regions += 1.0;
      regions.push_back(r);
    }
  }

 private:
  std::size_t state_of(const casus::Simulation& simulation, casus::ActorId owner) {
    for (std::size_t s = 0; s < states.size(); ++s) {
      if (states[s].actor == owner) return s;
    }
    const auto income = simulation.resolve("actors." + simulation.name(owner) + ".income");
    states.push_back({owner, income, simulation.get(income), 0.0});
    return states.size() - 1;
  }
};

/// Of the usual harvest, 1 being an ordinary year: rain makes it, violence among the people there
/// keeps them from the fields (half of it where one in a thousand has died of late).
double harvest(double rain, double deaths, double people) {
  const double sown = 1.0 / (1.0 + 1000.0 * deaths / std::max(people, 1.0));
  return sown * std::clamp(1.0 + 0.25 * rain, 0.2, 1.6);
}

/// A month passed: harvests are brought in, and their lack is felt. Returns the mean harvest.
double couple(casus::Simulation& simulation, const Links& links, const Climate& climate) {
  std::vector<double> total(links.states.size(), 0.0);
  for (std::size_t i = 0; i < links.regions.size(); ++i) {
    const Links::Region& r = links.regions[i];
    const double yield =
        harvest(climate.rain(i), simulation.get(r.violence), simulation.get(r.residents));
    total[r.state] += yield;
    const double lack = std::max(0.0, 1.0 - yield);
    simulation.set(r.grievance, r.usual_grievance + lack * (1.0 - r.usual_grievance));
  }
  // A state lives a fifth on its harvests; each of its regions counts alike.
  for (std::size_t s = 0; s < links.states.size(); ++s) {
    const Links::State& state = links.states[s];
    simulation.set(state.income, state.usual_income * (0.8 + 0.2 * total[s] / state.regions));
  }
  return std::accumulate(total.begin(), total.end(), 0.0) /
         static_cast<double>(links.regions.size());
}

double deaths(const casus::Simulation& simulation) {
  const auto column = simulation.column("regions.deaths");
  return std::accumulate(column.begin(), column.end(), 0.0);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: coupled_climate FILE\n");
    return 2;
  }
  try {
    const casus::Scenario scenario = casus::load_scenario(argv[1]);
    casus::Simulation coupled(scenario), alone(scenario);
    const Links links(coupled);
    Climate climate(links.regions.size());

    double next_month = 0.0, sum = 0.0;
    std::size_t months = 0;
    std::printf("%-12s %8s %14s %14s\n", "until", "harvest", "deaths coupled", "deaths alone");
    const auto print = [&] {
      std::printf("%-12s %8.2f %14.0f %14.0f\n", casus::to_string(coupled.date()).c_str(),
                  months > 0 ? sum / static_cast<double>(months) : 1.0, deaths(coupled),
                  deaths(alone));
    };
    while (!coupled.done()) {
      const double day = coupled.steps_done() * scenario->clock.days();
      if (day >= next_month) {
        if (months > 0 && months % 12 == 0) print();
        climate.next_month();
        sum += couple(coupled, links, climate);
        ++months;
        next_month += 30.4375;
      }
      coupled.step();
      alone.step();
    }
    print();
  } catch (const casus::ScenarioError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
  return 0;
}
