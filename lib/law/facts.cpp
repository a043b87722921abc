#include "casus/law/facts.h"

#include "casus/law/settings.h"

namespace casus::law {

bool lapsed(const Hostility& h, Date date, const Settings& settings) {
  return h.last_force &&
         static_cast<double>(days_between(*h.last_force, date)) > settings.answer_days;
}

double Facts::affinity(ActorId, ActorId) const { return 0.0; }
Hostility Facts::hostility(ActorId, ActorId) const { return {}; }
std::size_t Facts::state_enemies(ActorId) const { return 0; }
std::size_t Facts::state_attackers(ActorId actor) const { return state_enemies(actor); }
std::optional<Date> Facts::war_since(ActorId, ConflictKey) const { return std::nullopt; }
int Facts::side(ActorId, ConflictKey) const { return 0; }
Government Facts::government(ActorId) const { return {}; }
Claimant Facts::recognises(ActorId, ActorId) const { return Claimant::unsaid; }
Place Facts::territory(ActorId state) const {
  Place place;
  place.sovereign = state;
  return place;
}
double Facts::forces(ActorId) const { return 10000.0; }
double Facts::free_forces(ActorId actor) const { return forces(actor); }
bool Facts::affords(ActorId, Obligation) const { return true; }
Reach Facts::reach(ActorId, const Place&, ActorId) const { return {}; }
double Facts::power_change(ActorId, PactId, Date) const { return 0.0; }
bool Facts::institutional_change(ActorId, PactId, Date) const { return false; }
double Facts::resolve(ActorId) const { return 1.0; }
double Facts::cost(ActorId, const Act&, Obligation) const { return 0.0; }
double Facts::shared_threat(ActorId, ActorId, ActorId) const { return 0.0; }
std::optional<Date> Facts::today() const { return std::nullopt; }
std::optional<double> Facts::comes_after(ActorId) const { return std::nullopt; }
bool Facts::parliament_consents(ActorId) const { return true; }
double Facts::request_probability(ActorId, const Act&, PactId) const { return 1.0; }
bool Facts::attends(ActorId, PactId) const { return true; }
double Facts::vote_bias(ActorId, PactId, ActorId, ActorId, Obligation) const { return 0.0; }
double Facts::honour_bias(ActorId, const Act&, PactId) const { return 0.0; }
double Facts::reputation(ActorId, ActorId) const { return 0.0; }

}  // namespace casus::law
