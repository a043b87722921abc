// The whole program `casus`, with a mechanism of one's own: its scenarios may configure it, its
// reference and schema describe it, its runs step it.
//   own_program check FILE
//   own_program docs mechanisms.market
// With a file alone it checks that.

#include <memory>
#include <vector>

#include "casus/cli/program.h"

namespace {

struct MarketParameters {
  double drift = 0.0;
};

/// Incomes grow or shrink at a steady rate.
class Market final : public casus::MechanismWith<Market, MarketParameters> {
 public:
  static casus::MechanismInfo about() {
    return {"market", "Prices, and with them incomes, drift.", "an example", {}};
  }
  static const std::vector<casus::Parameter<MarketParameters>>& table() {
    static const std::vector<casus::Parameter<MarketParameters>> rows{
        {{"drift", casus::Unit::per_year, -0.5, 0.5, 0.02, "Growth of incomes", "an example"},
         &MarketParameters::drift}};
    return rows;
  }
  void step(casus::StepContext& context) override {
    for (double& income : context.world.actors.income) income *= 1.0 + p.drift * context.years();
  }
};

}  // namespace

int main(int argc, char** argv) {
  casus::Registry registry = casus::standard_registry();
  registry.add([] { return std::make_unique<Market>(); }, "economy");
  if (argc == 2 && argv[1][0] != '-') {
    const char* words[] = {argv[0], "check", argv[1]};
    return casus::program(3, words, registry);
  }
  return casus::program(argc, argv, registry);
}
