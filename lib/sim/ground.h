#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "casus/world/hostile_rows.h"
#include "casus/world/world.h"

namespace casus {

/// The fight over a region's ground between its owner's side and armed groups: how often each
/// strikes, who wins, and what changes hands. Parameters of `insurgency`.
struct GroundRules {
  double attack_rate = 0.0;       ///< attacks on the state, per fighter and year
  double civilian_rate = 0.0;     ///< attacks on civilians, per fighter and year at most
  double rival_rate = 0.0;        ///< fights of two rival groups, per fighter and year
  double grievance_weight = 0.0;  ///< log change of attacks on the state from grievance 0 to 1
  double found_strength = 0.0;    ///< insurgents that half of the search finds
  double state_civilians = 0.0;  ///< share of operations on civilians where the state holds nothing
  double company = 0.0;          ///< people that strike together at most
  double post = 0.0;             ///< people in a post or camp
  double decisiveness = 0.0;     ///< exponent of the contest
  double taken = 0.0;            ///< share of a post's ground that falls with it
  double fuel_idle = 0.0;        ///< share of a force that stays in its posts without fuel
};

/// The owner's side in a region: garrison, guests and militias; and those who fight it there.
struct Defence {
  double people = 0.0;
  double power = 0.0;       ///< people x quality
  double ready = 0.0;       ///< people of the side that go out, by resolve, pay and fuel
  double insurgents = 0.0;  ///< people to be met
};
/// Is there an armed group in the region? Where there is none nobody asks for its defence.
bool fought_over(const World& world, RegionId region);
Defence defence_of(const World& world, RegionId region, const HostileRows& hostile,
                   const GroundRules& rules);

/// Does the presence fight for the region's owner? Rival groups are guests of nobody: they do not,
/// though they are not at war with it.
inline bool defends(const World& w, std::size_t presence, const HostileRows& hostile) {
  // Who holds ground of the owner's is an occupier, during a ceasefire too.
  return w.presences.role[presence] != Role::insurgent && !hostile[presence] &&
         w.presences.control[presence] <= 0.0;
}
/// Is it an insurgent that fights the region's owner?
inline bool guerrilla(const World& w, std::size_t presence, const HostileRows& hostile) {
  return w.presences.role[presence] == Role::insurgent && hostile[presence];
}

/// People of an armed group with whom the owner's side has to do there: as many as there are, times
/// the activity of the place, which moves their attacks and how often they are found alike.
double to_be_met(const World& world, std::size_t presence);

/// Attacks a year of a presence on the owner's side: in proportion to its fighters and to the
/// ground that is the state's.
double attacks_on_state(const World& world, std::size_t presence, const GroundRules& rules);
/// What grievance makes of that: one where it is .5.
double by_grievance(double grievance, const GroundRules& rules);
/// The same of each region: it hardly ever changes, and the power is slow.
class Grievances {
 public:
  /// The rules have changed.
  void forget() { known_.clear(); }
  void update(const World& world, const GroundRules& rules);
  double of(std::size_t region) const { return known_[region].factor; }

 private:
  struct Known {
    double grievance = std::numeric_limits<double>::quiet_NaN();
    double factor = 1.0;
  };
  std::vector<Known> known_;
};
/// Attacks on the owner's side where that is known.
double attacks_on_state(const World& world, std::size_t presence, const GroundRules& rules,
                        double by_grievance);
/// Attacks a year on civilians: where a group's hold is predominant and not full (Kalyvas & Kocher
/// 2009, doi:10.1017/S0022381609990193). That is said of villages, and a region has thousands:
/// those where it holds so lie along the edge of its ground, of which there is most where each side
/// holds half. 4 g c is at most 1.
double attacks_on_civilians(const World& world, std::size_t presence, const GroundRules& rules);
/// Operations a year of the owner's side in a region, by its initiative and by how many enemies
/// there are to be found.
double operations(const World& world, RegionId region, const Defence& d, const GroundRules& rules);

/// Chance that an attack of the presence on a post of the owner's side succeeds, and one of an
/// operation on a camp of the presence.
double attack_succeeds(const World& world, std::size_t presence, const Defence& d,
                       const GroundRules& rules);
double operation_succeeds(const World& world, std::size_t presence, const Defence& d,
                          const GroundRules& rules);

/// Share of the region that one successful attack or operation takes.
double ground_of_attack(const World& world, std::size_t presence, const Defence& d,
                        const GroundRules& rules);
double ground_of_operation(const World& world, std::size_t presence, const GroundRules& rules);

/// Sets the presence's resistance so that, with the forces that stand there, ground changes hands
/// at the rate of `trend` (share a year, to the group's gain), as far as a factor of e^4 either way
/// can bring it about.
void balance(World& world, std::size_t presence, const Defence& d, const GroundRules& rules,
             double trend);

}  // namespace casus
