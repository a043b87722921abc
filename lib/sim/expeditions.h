#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/sim/mechanism.h"

namespace casus {

/// The parts of statecraft that move armies.

struct GuestRules {
  double deployment_rate = 0.0;     ///< a year
  double expulsion_rate = 0.0;      ///< a year
  double return_rate = 0.0;         ///< a year
  double expulsion_affinity = 0.0;  ///< a host's view of a guest from which it wants it gone
  double invitation_threat = 0.0;   ///< from which a state asks for foreign troops
  double first_share = 0.0;         ///< of what its ceiling leaves, that a guest sends
};

/// Who may stand as a guest on whose soil, and how many do: looked at once for all pairs.
class GuestTable {
 public:
  void look(const World& world);
  /// The guest's own column again, after it has moved.
  void look(const World& world, std::size_t guest);

  const std::vector<ActorId>& hosts() const { return hosts_; }    ///< states
  const std::vector<ActorId>& guests() const { return guests_; }  ///< who may send forces abroad
  /// People of a guest on a host's soil, by their places in the lists above.
  double here(std::size_t host, std::size_t guest) const {
    return here_[host * guests_.size() + guest];
  }

 private:
  std::vector<ActorId> hosts_, guests_;
  std::vector<std::uint32_t> place_;  ///< of each actor among the hosts
  std::vector<double> here_;
};

/// Foreign troops come where a threatened government asks a friend with an appetite, go when the
/// host no longer wants them, and go home by themselves where nothing threatens any more.
void move_guests(StepContext& context, const GuestRules& rules, GuestTable& table);

/// An organ has decided on force: each member that keeps its word sends what it pledged, or else
/// `contribution` of what it has free; `lead` goes first.
void send_expedition(StepContext& context, const Crisis& crisis, ActorId lead, double contribution,
                     EventId decision);

}  // namespace casus
