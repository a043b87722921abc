#include "casus/law/act.h"

#include "casus/law/facts.h"
#include "casus/law/settings.h"

namespace casus::law {

bool armed_attack(const Act& act, const Settings& settings) {
  return uses_force(act.kind) && act.severity >= settings.armed_attack;
}

bool makes_war(const Act& act, const Settings& settings) {
  return armed_attack(act, settings) || act.kind == ActKind::declaration_of_war ||
         (act.kind == ActKind::intervention && !act.invited);
}

bool first_force(const Act& act, const Settings& settings) {
  return makes_war(act, settings) ||
         (act.kind == ActKind::blockade && act.severity >= settings.armed_attack);
}

bool of_council(const Act& act) {
  return act.kind == ActKind::authorisation || act.kind == ActKind::revocation;
}

bool settles(const Act& act) {
  return act.kind == ActKind::armistice || act.kind == ActKind::peace;
}

std::optional<Act> trespass(const Act& act, const Facts& facts, const Settings& settings,
                            bool defends) {
  const ActorId soil = act.place.sovereign;
  // Fire on territory, and forces that enter it, concern whose it is; so does a hunt for a band. An
  // attack on a state's forces abroad is one on that state alone.
  const bool force = act.kind == ActKind::strike || act.kind == ActKind::invasion ||
                     act.kind == ActKind::occupation || act.kind == ActKind::intervention ||
                     (uses_force(act.kind) && act.victim.valid() &&
                      facts.party(act.victim).kind == PartyKind::armed_group);
  if (act.invited || !force || !soil.valid() || !act.author.valid() || !act.victim.valid() ||
      soil == act.victim || soil == act.author || soil == act.on_behalf_of ||
      facts.party(act.author).kind == PartyKind::armed_group) {
    return std::nullopt;
  }
  const bool hunt = facts.party(act.victim).kind == PartyKind::armed_group;
  if (hunt && act.host_unable && defends &&
      settings.doctrines.foreign_soil == ForeignSoil::unable_or_unwilling) {
    return std::nullopt;
  }
  Act other = act;
  other.victim = soil;
  other.provocation = {};
  return other;
}

}  // namespace casus::law
