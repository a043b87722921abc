#include "casus/classics/crises.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/rules/honour.h"

namespace casus::classics {

namespace {

constexpr Purpose costs{"cost of war of a state in a crisis"};
constexpr Purpose reliabilities{"reliability of an alliance"};

}  // namespace

CrisisStudy study_crises(double p, double cost_a, double cost_b_max, std::uint32_t crises,
                         std::uint64_t seed) {
  CASUS_EXPECTS(crises >= 1, fmt::format("{} crises are not >= 1", crises));
  CrisisStudy study;
  study.demand = rules::best_demand(p, cost_a, cost_b_max);
  std::uint32_t wars = 0, avoidable = 0;
  for (std::uint32_t i = 0; i < crises; ++i) {
    Stream stream({seed, i}, 0, costs, {});
    const rules::BargainingRange range =
        rules::bargaining_range(p, cost_a, cost_b_max * uniform(stream));
    const bool war = study.demand.share > range.high;
    wars += war ? 1 : 0;
    avoidable += war && range.low < range.high ? 1 : 0;
    study.gain += war ? range.low : study.demand.share;
  }
  study.wars = static_cast<double>(wars) / crises;
  study.gain /= crises;
  study.gain_of_caution = rules::bargaining_range(p, cost_a, 0.0).high;
  study.settlements_left = wars > 0 ? static_cast<double>(avoidable) / wars : 0.0;
  return study;
}

DeterrenceStudy study_deterrence(double p0, double p1, double cost, double status_quo,
                                 std::uint32_t alliances, std::uint64_t seed) {
  CASUS_EXPECTS(alliances >= 1, fmt::format("{} alliances are not >= 1", alliances));
  DeterrenceStudy study;
  const double threshold = rules::deterrence_threshold(p0, p1, cost, status_quo);
  study.expected_attacked = std::clamp(threshold, 0.0, 1.0);
  study.expected_fulfilled = threshold > 0.0 ? rules::observed_reliability(threshold)
                                             : std::numeric_limits<double>::quiet_NaN();
  std::uint32_t attacked = 0, fulfilled = 0;
  for (std::uint32_t i = 0; i < alliances; ++i) {
    Stream stream({seed, i}, 0, reliabilities, {});
    const double reliability = uniform(stream);
    study.reliability += reliability;
    if (!rules::attack_pays(p0, p1, reliability, cost, status_quo)) continue;
    ++attacked;
    fulfilled += chance(stream, reliability) ? 1 : 0;
  }
  study.attacked = static_cast<double>(attacked) / alliances;
  study.reliability /= alliances;
  study.fulfilled = attacked > 0 ? static_cast<double>(fulfilled) / attacked
                                 : std::numeric_limits<double>::quiet_NaN();
  return study;
}

}  // namespace casus::classics
