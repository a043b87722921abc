#pragma once

#include "casus/core/gather.h"
#include "casus/sim/mechanism.h"
#include "casus/world/hostile_rows.h"

namespace casus {

/// How a state retakes what armed groups govern.
struct CampaignRules {
  double rate = 0.0;          ///< a year, at which a state begins one
  double success = 0.0;       ///< least chance of winning there
  double hold = 0.0;          ///< share of a region from which groups govern it
  double standing = 0.0;      ///< share of guerrillas' power that counts against a column
  double decisiveness = 0.0;  ///< of the contest
};

/// Chance that the owner's side wins against the guerrillas that stand in a region, when `more`
/// power joins it.
double campaign_succeeds(const World& world, RegionId region, const HostileRows& hostile,
                         double more, const CampaignRules& rules);

/// States begin campaigns: each in the region of greatest value, people and ground governed by
/// groups where it would win with its reserve, which goes there and stays.
class Campaigns {
 public:
  void launch(StepContext& context, const HostileRows& hostile, const CampaignRules& rules);

 private:
  Gathered<RegionId> governed_;  ///< regions that groups govern
};

/// A campaign under way takes `reach` of the region for a force without resistance; it is over
/// when nothing is left to take or it no longer wins.
void advance_campaign(StepContext& context, RegionId region, const HostileRows& hostile,
                      double reach, const CampaignRules& rules);

}  // namespace casus
