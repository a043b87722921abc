// The whole program `casus`, with a mechanism of one's own that owns a column and a kind of event,
// and with an outcome of one's own: scenarios may configure it and give its column, the reference
// and the schema describe both, runs step it and report.
//   own_program docs mechanisms.market
//   own_program run FILE --set actors.corvia.openness=0.9
// With a file alone it compares two policies by an ensemble of each.

#include <cstdio>
#include <memory>
#include <vector>

#include "casus/cli/program.h"
#include "casus/core/diagnostics.h"
#include "casus/output/table.h"
#include "casus/run/simulation.h"
#include "casus/study/ensemble.h"
#include "casus/study/summary.h"

namespace {

struct MarketParameters {
  double drift = 0.0;
  double crash = 0.0;
};

/// Incomes drift with prices, and fall when the market crashes: the more, the more open a state is.
class Market final : public casus::MechanismWith<Market, MarketParameters> {
 public:
  static constexpr casus::EventKind crashes = casus::own_event_kind("market_crash");

  static casus::MechanismInfo about() {
    casus::MechanismInfo info{
        "market", "Prices, and with them incomes, drift and crash.", "an example", {}};
    info.events = {{"market_crash", "Prices fall; size: the share of its income a state loses."}};
    return info;
  }
  static const std::vector<casus::Parameter<MarketParameters>>& table() {
    using P = MarketParameters;
    static const std::vector<casus::Parameter<P>> rows{
        {{"drift", casus::Unit::per_year, -0.5, 0.5, 0.02, "Growth of incomes", "an example"},
         &P::drift},
        {{"crash", casus::Unit::per_year, 0.0, 10.0, 0.5, "Crashes a year", "an example"},
         &P::crash}};
    return rows;
  }
  /// Declared once, as the world's own columns are: scenarios may give it for each state.
  static std::vector<casus::MechanismColumn<Market>> columns() {
    return {{{.name = "openness",
              .domain = casus::Domain::share,
              .low = 0,
              .high = 1,
              .given = true,
              .settable = true,
              .initial = 0.3,
              .kinds = casus::kind_bit(casus::ActorKind::state),
              .aggregate = casus::Aggregate::mean,
              .doc = "Share of its income that a state earns on the market.",
              .source = "an example"},
             &Market::openness_}};
  }

  void step(casus::StepContext& context) override {
    auto& actors = context.world.actors;
    const auto openness = openness_.in(context.world);
    casus::Stream draws = context.stream(casus::Purpose("crash"), {});
    const bool crash = casus::chance(draws, casus::hazard_probability(p.crash, context.years()));
    for (std::size_t a = 0; a < actors.size(); ++a) {
      if (actors.kind[a] != casus::ActorKind::state) continue;
      actors.income[a] *= 1.0 + p.drift * openness[a] * context.years();
      if (!crash) continue;
      const double lost = 0.5 * openness[a];
      actors.income[a] *= 1.0 - lost;
      context.happened({.kind = crashes, .who = casus::ActorId(a), .size = lost});
    }
  }
  void archive(casus::Archive&) override {}  // what it keeps is in its column

 private:
  casus::ActorColumn openness_;
};

/// What all actors together earn at the end.
casus::OwnOutcome earnings() {
  casus::OwnOutcome outcome;
  outcome.name = "earnings";
  outcome.title = "Income of all actors";
  outcome.unit = "MUSD/year";
  outcome.value = [](const casus::Simulation& run) {
    double all = 0.0;
    for (const double income : run.column("actors.income")) all += income;
    return casus::OutcomeValue::of(all);
  };
  return outcome;
}

int compare(const char* file, const casus::Registry& registry) {
  using casus::Edit;
  for (const char* openness : {"0", "0.8"}) {
    const casus::Scenario scenario = casus::Scenario::load(
        file, registry.vocabulary(),
        {{Edit::Kind::set, "actors.corvia.openness", openness},
         {Edit::Kind::add, "outcomes.crashes", "{title: Crashes, count: market_crash, by: corvia}"},
         {Edit::Kind::add, "outcomes.open", "{title: Openness, final: openness, by: corvia}"}});
    casus::EnsembleOptions options;
    options.runs = 20;
    options.outcomes = {earnings()};
    const casus::EnsembleResult result = run_ensemble(scenario, registry, options);
    if (result.failed() > 0) return 4;
    std::printf("Corvia's openness %s\n%s\n", openness,
                casus::outcome_table(casus::summarise(result.outcomes, result)).c_str());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  casus::Registry registry = casus::standard_registry();
  registry.add([] { return std::make_unique<Market>(); }, "economy");
  try {
    if (argc == 2 && argv[1][0] != '-') return compare(argv[1], registry);
  } catch (const casus::ScenarioError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
  return casus::program(argc, argv, registry, {earnings()});
}
