#include "casus/law/act.h"

#include "casus/law/settings.h"

namespace casus::law {

bool armed_attack(const Act& act, const Settings& settings) {
  return uses_force(act.kind) && act.severity >= settings.armed_attack;
}

bool makes_war(const Act& act, const Settings& settings) {
  return armed_attack(act, settings) || act.kind == ActKind::declaration_of_war ||
         (act.kind == ActKind::intervention && !act.invited);
}

}  // namespace casus::law
