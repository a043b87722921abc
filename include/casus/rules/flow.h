#pragma once

#include "casus/core/export.h"

/// Where displaced people go.

namespace casus::rules {

/// A place as seen by those who leave another.
struct Destination {
  double population = 0.0;   ///< people, >= 0
  double safety = 1.0;       ///< [0, 1], 0: as dangerous as it gets
  double border_km = 0.0;    ///< length of the common border, >= 0
  double distance_km = 1.0;  ///< between the centres, > 0
};

/// Exponents of the gravity law of migration (Zipf 1946, doi:10.2307/2087063), all >= 0; the
/// defaults are our choice: distance as in Flee (Suleimenova, Bell & Groen 2017,
/// doi:10.1038/s41598-017-13828-9), where the draw of a place falls with its distance.
struct FlowParameters {
  double population = 0.5;
  double safety = 1.0;
  double border = 0.5;  ///< 0: borders do not matter, and people may go where there is none
  double distance = 1.0;
};

/// population^. safety^. border_km^. / distance_km^. : the relative draw of a place, >= 0.
CASUS_API double destination_weight(const Destination& place, const FlowParameters& parameters);

}  // namespace casus::rules
