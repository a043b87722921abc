#include "casus/rules/willingness.h"

namespace casus::rules {

WillParts will_parts(const WillInputs& inputs, const WillWeights& weights) {
  return {weights.preference * inputs.preference, weights.shared_threat * inputs.shared_threat,
          -weights.cost * inputs.cost, -weights.weariness * inputs.weariness};
}

double will(const WillInputs& inputs, const WillWeights& weights) {
  const WillParts parts = will_parts(inputs, weights);
  return parts.preference + parts.shared_threat + parts.cost + parts.weariness;
}

double era_of_honour(int year, double since) { return year <= last_year_without_era ? 0.0 : since; }

}  // namespace casus::rules
