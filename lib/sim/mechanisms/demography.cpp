#include <cmath>

#include "sim/mechanisms.h"

namespace casus {
namespace {

struct DemographyParameters {
  double growth = 0.0;
};

/// People are born, and die of other causes than violence.
class Demography final : public MechanismWith<Demography, DemographyParameters> {
 public:
  static MechanismInfo about() {
    return {"demography",
            "People are born, and die of other causes than violence.",
            "exponential growth",
            {},
            {"regions.residents"}};
  }
  static const std::vector<Parameter<DemographyParameters>>& table() {
    static const std::vector<Parameter<DemographyParameters>> rows{
        {{"growth", Unit::per_year, -0.05, 0.05, 0.03,
          "Births less deaths by other causes than violence, per head",
          "judged: countries of the central Sahel grow by two to four in a hundred a year"},
         &DemographyParameters::growth}};
    return rows;
  }

  void step(StepContext& context) override {
    const double grown = std::exp(p.growth * context.years());
    for (double& residents : context.world.regions.residents) residents *= grown;
  }
};

}  // namespace

std::unique_ptr<Mechanism> make_demography() { return std::make_unique<Demography>(); }

}  // namespace casus
