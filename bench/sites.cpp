#include "sites.h"

#include <algorithm>
#include <optional>

#include "casus/sim/mechanism.h"
#include "casus/study/synthetic.h"
#include "casus/text/limits.h"
#include "worlds.h"

namespace casus::bench {

const std::vector<Site>& sites() {
  // The made-up worlds show the same days, so that their costs a presence can be compared.
  static const std::vector<Site> all{{"sahel", 0, 30, 60, 40},
                                     {"presences:1000", 1000, 5, 5, 100},
                                     {"presences:10000", 10000, 5, 5, 20},
                                     {"presences:100000", 100000, 5, 5, 4},
                                     {"presences:1000000", 1000000, 5, 5, 2}};
  return all;
}

std::string text_of(const Site& site) {
  // A fifth as many groups as presences, 25 presences a region, and states as on a continent or, at
  // the largest, on the globe.
  SyntheticSize size;
  size.presences = site.presences;
  size.groups = site.presences / 5;
  size.regions = site.presences / 25;
  size.states = std::clamp<std::size_t>(size.regions / 20, 4, 200);
  return synthetic_scenario(size);
}

Scenario parse(const Site& site, const std::string& text) {
  ReadLimits limits;  // an entry takes at least four bytes, and a mebibyte allows 2^16 of them
  limits.megabytes = std::max(limits.megabytes, 1 + 4 * text.size() / (1 << 20));
  return Scenario::parse(text, site.name, standard_registry().vocabulary(), {}, limits);
}

Scenario load(const Site& site) {
  return site.presences == 0 ? shipped("sahel/baseline.yaml") : parse(site, text_of(site));
}

const Scenario& scenario_of(const Site& site) {
  static std::string name;
  static std::optional<Scenario> kept;
  if (name != site.name) {
    name.clear();
    kept.reset();
    kept = load(site);
    name = site.name;
  }
  return *kept;
}

}  // namespace casus::bench
