#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/law/membership.h"
#include "casus/world/forces.h"
#include "casus/world/mandates.h"
#include "sim/gate.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

constexpr Purpose contingent_turn("contingent_turn");

struct PoolParameters {
  double meeting = 0.0;
  double battalion = 0.0;
};

/// Joint forces call themselves: once one is ready its organ meets, and places the members'
/// contingents where armed groups hold most people.
class Pools final : public MechanismWith<Pools, PoolParameters> {
 public:
  static MechanismInfo about() {
    return {"pools",
            "Joint forces: when they are ready, what each member brings, and where the organ that "
            "disposes of them places it.",
            "judged; what is placed by people and by ground is the rule by which a state chooses "
            "its campaigns (control)",
            {},
            {},
            {"regions.control", "actors.reserve", "actors.home_power", "presences.strength",
             "presences.control"}};
  }
  static const std::vector<Parameter<PoolParameters>>& table();

  void step(StepContext& context) override {
    const double day = context.day();
    context.wrote = std::fmod(day, p.meeting) < context.days();
    if (!context.wrote) return;
    for (std::size_t i = 0; i < context.world.pacts.size(); ++i) meet(context, PactId(i));
  }

  void archive(Archive& a) override { a(placed_); }

 private:
  /// People of a member that stand in a region for the joint force.
  struct Placed {
    PactId pact;
    ActorId member;
    RegionId region;
    double people = 0.0;

    void archive(Archive& a) { a(pact, member, region, people); }
  };
  struct Sector {
    RegionId region;
    double weight = 0.0;  ///< people in reach of groups
    double battalions = 0.0;
  };
  struct Contingent {
    ActorId member;
    double people = 0.0;
    double abroad = 0.0;     ///< people that it may keep on the others' soil
    std::vector<double> in;  ///< people, by sector
  };

  static double strength_of(const law::Pact& pact) {
    double most = 0.0;
    for (const law::Organ& organ : pact.organs) {
      if (organ.force) most = std::max(most, organ.force->strength);
    }
    return most;
  }

  static bool ready(const law::Pact& pact, Date today) {
    if (!law::in_force(pact, today)) return false;
    return std::any_of(pact.organs.begin(), pact.organs.end(), [&](const law::Organ& organ) {
      if (!organ.force || organ.force->strength <= 0.0) return false;
      return static_cast<double>(days_between(pact.in_force, today)) >= organ.force->readiness_days;
    });
  }

  void meet(StepContext& context, PactId id) {
    const law::Pact& pact = context.world.pacts[id.row()];
    const Date today = context.clock.date(context.step);
    contingents_.clear();
    sectors_.clear();
    if (ready(pact, today)) {
      gather(context, pact, today);
      if (!contingents_.empty()) look_for_sectors(context.world);
    }
    if (!contingents_.empty() && !sectors_.empty()) share_out(context, pact);
    move(context, id);
  }

  /// Who takes part, and with how many people: as its contribution to the organ's force says, else
  /// by its forces.
  void gather(const StepView& context, const law::Pact& pact, Date today) {
    const World& w = context.world;
    double contributions = 0.0;
    double forces = 0.0;
    for (const law::Member& m : pact.members) {
      const std::size_t a = m.actor.row();
      const bool takes_part = law::standing(pact, m, today).bound && w.actors.alive[a] != 0 &&
                              w.actors.arrears[a] < context.law.arrears_forces;
      if (!takes_part) continue;
      contingents_.push_back({m.actor, 0.0, 0.0, {}});
      contributions += m.contribution;
      forces += w.forces(m.actor);
    }
    const double all = strength_of(pact);
    for (Contingent& c : contingents_) {
      const auto is = [&](const law::Member& m) { return m.actor == c.member; };
      const auto m = std::find_if(pact.members.begin(), pact.members.end(), is);
      const double share = contributions > 0.0 ? m->contribution / contributions
                           : forces > 0.0      ? w.forces(c.member) / forces
                                               : 0.0;
      c.people = all * share;
      // Those of the joint force who are abroad already stand under the same ceiling.
      c.abroad = ceiling_left(w, c.member);
      for (const Placed& x : placed_) {
        if (x.member == c.member && w.regions.owner[x.region.row()] != c.member) {
          c.abroad += std::min(x.people, present(w, x));
        }
      }
    }
  }

  /// The members' regions in which armed groups hold ground.
  void look_for_sectors(const World& w) {
    for (std::size_t r = 0; r < w.regions.size(); ++r) {
      const ActorId owner = w.regions.owner[r];
      const bool of_a_member = std::any_of(contingents_.begin(), contingents_.end(),
                                           [&](const Contingent& c) { return c.member == owner; });
      if (!of_a_member) continue;
      double held = 0.0;
      for (const auto row : w.presences_in(RegionId(r))) {
        if (w.presences.role[row] != Role::insurgent) continue;
        if (w.relations.at_war(w.presences.actor[row], owner)) held += w.presences.control[row];
      }
      if (held > 0.0) sectors_.push_back({RegionId(r), held * w.regions.residents[r], 0.0});
    }
  }

  /// Battalion by battalion, each to the sector where it finds most people in reach of groups for
  /// each battalion there; the members take turns that are drawn. A member sends no more to others
  /// than its ceiling leaves, and the rest stands on its own soil.
  void share_out(const StepView& context, const law::Pact& pact) {
    const World& w = context.world;
    // Drawn once in a run, or contingents would change places at every meeting.
    std::vector<std::pair<double, std::size_t>> turns;
    std::vector<double> left;
    turns.reserve(contingents_.size());
    left.reserve(contingents_.size());
    for (std::size_t i = 0; i < contingents_.size(); ++i) {
      Contingent& c = contingents_[i];
      c.in.assign(sectors_.size(), 0.0);
      left.push_back(c.people);
      Stream lot = context.stream_of(
          0, contingent_turn, {pact.key.value, w.actors.key[c.member.row()].value}, Stream::again);
      turns.emplace_back(uniform(lot), i);
    }
    std::sort(turns.begin(), turns.end());
    for (bool more = true; more;) {
      more = false;
      for (const auto& [lot, i] : turns) {
        const double people = std::min(left[i], p.battalion);
        if (people < context.law.smallest_contingent) continue;
        const std::size_t best = best_sector(w, contingents_[i], people);
        if (best == sectors_.size()) continue;
        contingents_[i].in[best] += people;
        if (w.regions.owner[sectors_[best].region.row()] != contingents_[i].member) {
          contingents_[i].abroad -= people;
        }
        sectors_[best].battalions += people / p.battalion;
        left[i] -= people;
        more = true;
      }
    }
  }

  std::size_t best_sector(const World& w, const Contingent& c, double people) const {
    std::size_t best = sectors_.size();
    double most = 0.0;
    for (std::size_t s = 0; s < sectors_.size(); ++s) {
      const RegionId r = sectors_[s].region;
      const ActorId owner = w.regions.owner[r.row()];
      const bool goes =
          owner == c.member || (c.abroad >= people && !w.relations.at_war(owner, c.member) &&
                                !leaving(w, c.member, owner));
      if (!goes) continue;
      const double value = sectors_[s].weight / (sectors_[s].battalions + 1.0);
      const bool first =
          best == sectors_.size() || value > most ||
          (value == most && w.regions.key[r.row()] < w.regions.key[sectors_[best].region.row()]);
      if (first) {
        best = s;
        most = value;
      }
    }
    return best;
  }

  /// Who is on its way home is not sent back.
  static bool leaving(const World& w, ActorId sender, ActorId host) {
    const Mandate* m = mandate_of(w, sender, host);
    return m != nullptr && m->leaving_days > 0.0;
  }

  static double present(const World& w, const Placed& x) {
    const PresenceId there = w.find(x.member, x.region);
    return there.valid() ? w.presences.strength[there.row()] : 0.0;
  }

  /// What stands where it is not wanted any more goes to the reserve, and from there, with what
  /// quiet garrisons give, to where it is.
  void move(StepContext& context, PactId id) {
    World& w = context.world;
    for (Placed& x : placed_) {
      if (x.pact != id) continue;
      x.people = std::min(x.people, present(w, x));
      const double surplus = x.people - wanted(x.member, x.region);
      if (surplus < 1.0) continue;
      recall(w, w.find(x.member, x.region).row(), surplus);
      x.people -= surplus;
    }
    for (const Contingent& c : contingents_) {
      for (std::size_t s = 0; s < c.in.size(); ++s) {
        if (c.in[s] > 0.0) send(context, id, c.member, sectors_[s].region, c.in[s]);
      }
    }
    std::erase_if(placed_, [id](const Placed& x) { return x.pact == id && x.people < 1.0; });
  }

  double wanted(ActorId member, RegionId region) const {
    for (const Contingent& c : contingents_) {
      if (c.member != member) continue;
      for (std::size_t s = 0; s < c.in.size(); ++s) {
        if (sectors_[s].region == region) return c.in[s];
      }
    }
    return 0.0;
  }

  void send(StepContext& context, PactId id, ActorId member, RegionId where, double people) {
    World& w = context.world;
    const auto mine = [&](const Placed& x) {
      return x.pact == id && x.member == member && x.region == where;
    };
    auto at = std::find_if(placed_.begin(), placed_.end(), mine);
    double missing = people - (at == placed_.end() ? 0.0 : at->people);
    const ActorId host = w.regions.owner[where.row()];
    const bool abroad = host != member;
    // Another pool may have taken what its ceiling left.
    if (abroad) missing = std::min(missing, ceiling_left(w, member));
    if (missing < context.law.smallest_contingent) return;
    draw_from_garrisons(context, member, where, missing);
    const double moved =
        deploy(w, member, where, missing, abroad ? Role::deployment : Role::garrison);
    if (moved <= 0.0) return;
    if (at == placed_.end()) at = placed_.insert(at, {id, member, where, 0.0});
    at->people += moved;
    if (!abroad) return;
    w.relations.set_hosting(host, member, true);
    const EventId event = context.happened({.kind = EventKind::deployment,
                                            .who = member,
                                            .whom = host,
                                            .where = where,
                                            .pact = id,
                                            .size = moved});
    post(context, member, host, moved, {.pact = id, .cause = event, .until_day = no_day});
  }

  /// What the reserve lacks comes from the member's own garrisons, of each as much as may be sent
  /// away where the region is in hand.
  void draw_from_garrisons(StepContext& context, ActorId member, RegionId where,
                           double people) const {
    World& w = context.world;
    const double most = context.law.garrison_sent;
    double lacking = people - w.actors.reserve[member.row()];
    if (lacking <= 0.0) return;
    double free = 0.0;
    for (const auto row : w.presences_of(member)) free += most * free_of(w, member, where, row);
    if (free <= 0.0) return;
    const double share = std::min(1.0, lacking / free);
    for (const auto row : w.presences_of(member)) {
      recall(w, row, share * most * free_of(w, member, where, row));
    }
  }

  double free_of(const World& w, ActorId member, RegionId where, std::uint32_t row) const {
    const RegionId r = w.presences.region[row];
    if (r == where || w.regions.owner[r.row()] != member) return 0.0;
    const bool sector = std::any_of(sectors_.begin(), sectors_.end(), [r](const Sector& s) {
      return s.region == r && s.battalions > 0.0;
    });
    if (sector) return 0.0;
    return std::max(0.0, w.regions.control[r.row()]) * w.presences.strength[row];
  }

  std::vector<Placed> placed_;
  std::vector<Contingent> contingents_;
  std::vector<Sector> sectors_;
};

const std::vector<Parameter<PoolParameters>>& Pools::table() {
  using P = PoolParameters;
  static const std::vector<Parameter<P>> rows{
      {{"meeting", Unit::days, 1.0, 365.0, 30.0,
        "Days between the meetings at which an organ places its joint force", "judged"},
       &P::meeting},
      {{"battalion", Unit::people, 50.0, 5000.0, 500.0,
        "People that are placed together; a smaller rest is placed as it is",
        "judged: contingents of the Multinational Joint Task Force and of the G5 Sahel's force "
        "were "
        "counted in battalions of 500 to 750"},
       &P::battalion},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_pools() { return std::make_unique<Pools>(); }

}  // namespace casus
