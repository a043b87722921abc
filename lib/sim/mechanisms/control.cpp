#include <algorithm>
#include <cmath>
#include <span>

#include "casus/core/calendar.h"
#include "casus/core/gather.h"
#include "casus/rules/contest.h"
#include "casus/world/forces.h"
#include "casus/world/hostile_rows.h"
#include "sim/campaigns.h"
#include "sim/ground.h"
#include "sim/mechanisms.h"

namespace casus {
namespace {

struct ControlParameters {
  double march = 0.0;
  double decisiveness = 0.0;
  double occupation = 0.0;
  double threshold = 0.0;
  double shock = 0.0;
  CampaignRules campaigns;
};

/// What the hold on each region means: an army that is superior takes ground day by day, one that
/// is not gives it back, and now and then a state sends a column to retake what armed groups
/// govern; a region whose owner has lost most of it is lost. Nothing else moves control here: the
/// ground of irregular war changes hands in the fights of `insurgency`.
class Control final : public MechanismWith<Control, ControlParameters> {
 public:
  static MechanismInfo about() {
    return {"control",
            "Armies take ground and give it back; regions are lost and regained.",
            "contest success function: Tullock 1980; control as a contested share: Kalyvas 2006",
            {},
            {"regions.control", "regions.campaign", "actors.legitimacy"},
            {"actors.reserve", "presences.strength", "presences.control"}};
  }
  static const std::vector<Parameter<ControlParameters>>& table() {
    using P = ControlParameters;
    static const std::vector<Parameter<P>> rows{
        {{"march", Unit::none, 0.1, 60.0, 15.0,
          "Kilometres a day that an army moves forward against no resistance",
          "judged: advances of 17 to 26 km a day in the Dupuy Institute's campaigns; Gao, Timbuktu "
          "and Kidal fell 15 to 19 days after Serval began"},
         &P::march},
        {{"decisiveness", Unit::none, 0.3, 3.0, 0.86,
          "Exponent of the contest of armies: at even strength nobody moves",
          "fitted to 672 division engagements 1904-1991 of the Dupuy Institute's database"},
         &P::decisiveness},
        {{"occupation", Unit::none, 0.0, 50.0, 5.0,
          "People of an army that hold the ground on which a thousand live; beyond what it has "
          "people for it takes none, and gives back",
          "judged: 2 to 20 in a thousand, Quinlivan 1995, Force Requirements in Stability "
          "Operations, Parameters 25; fewer are needed where people are disarmed and governed"},
         &P::occupation},
        {{"threshold", Unit::none, 0.05, 0.95, 0.5,
          "Share of a region below which it counts as lost by its owner", "convention"},
         &P::threshold},
        {{"shock", Unit::none, 0.0, 1.0, 0.15,
          "Share of its legitimacy that a state loses with a region, times the region's share of "
          "its people",
          "calibrated: the mutinies after Menaka in 2012 and Inata in 2021, direction only"},
         &P::shock},
        {{"campaign_rate", Unit::per_year, 0.0, 50.0, 0.5,
          "Rate at which a state with a region that armed groups govern begins a campaign to "
          "retake "
          "one",
          "judged: Serval in 2013 and Kidal in 2023 were Mali's in twelve years"},
         inside(&P::campaigns, &CampaignRules::rate)},
        {{"campaign_success", Unit::none, 0.05, 0.95, 0.6,
          "Least chance of winning there with which it begins one",
          "judged: as for offensives against states"},
         inside(&P::campaigns, &CampaignRules::success)},
        {{"campaign_hold", Unit::none, 0.0, 1.0, 0.5,
          "Share of a region that groups hold, from which they govern it and can be driven out; "
          "what "
          "they only haunt is left to operations",
          "judged: as for a region that counts as lost"},
         inside(&P::campaigns, &CampaignRules::hold)},
        {{"standing", Unit::none, 0.0, 2.0, 0.5,
          "Share of their power with which guerrillas count who stand against a column",
          "judged: they have neither its guns nor its vehicles, and most go"},
         inside(&P::campaigns, &CampaignRules::standing)},
    };
    return rows;
  }

  void configure(std::span<const double> values) override {
    MechanismWith::configure(values);
    p.campaigns.decisiveness = p.decisiveness;
  }

  void begin(StepContext& context) override {
    lost_.resize(context.world.regions.size());
    for (std::size_t r = 0; r < lost_.size(); ++r) {
      lost_[r] = context.world.regions.control[r] < p.threshold;
    }
  }

  void step(StepContext& context) override {
    World& w = context.world;
    hostile_.update(w, context.executor);
    fronts_.resize(w.regions.size());
    // A region owns its presences, so a block of regions writes to slots of its own.
    for_rows(
        context.executor, w.regions.size(),
        [&](std::size_t r) { fronts_[r] = look(context, RegionId(r)); }, 64, w.presences.size());
    for (std::size_t r = 0; r < w.regions.size(); ++r) {
      if (fronts_[r].moved != 0.0) move(context, RegionId(r), fronts_[r]);
      if (w.regions.campaign[r] <= 0.0) continue;
      advance_campaign(context, RegionId(r), hostile_, pace(context, RegionId(r)), p.campaigns);
    }
    campaigns_.launch(context, hostile_, p.campaigns);
    looked_around_ = false;
    turned_.gather(
        context.executor, w.regions.size(),
        [&](std::size_t r, auto& turned) {
          if (settle(w, RegionId(r))) turned.emplace_back(r);
        },
        64, w.presences.size());
    for (const RegionId r : turned_.all()) turn(context, r);
  }

  void archive(Archive& a) override { a(lost_); }

 private:
  /// Where an enemy's army stands, or has stood and holds ground.
  struct Front {
    double armies = 0.0;  ///< power, people x quality
    double people = 0.0;
    double held = 0.0;   ///< by enemy armies
    double moved = 0.0;  ///< share of the region that they take in the step; below 0: lose
  };

  bool enemy_army(const World& w, std::uint32_t row) const {
    return w.presences.role[row] != Role::insurgent && hostile_[row];
  }

  /// Share of a region that an army takes in the step against no resistance.
  double pace(const StepView& context, RegionId r) const {
    return p.march * context.days() / std::sqrt(context.world.regions.area[r.row()]);
  }

  Front look(const StepView& context, RegionId r) const {
    const World& w = context.world;
    Front front;
    if (!hostile_.any_in(r)) return front;
    for (const auto row : w.presences_in(r)) {
      if (!enemy_army(w, row)) continue;
      front.armies += field_power(w, row);
      front.people += w.presences.strength[row];
      front.held += w.presences.control[row];
    }
    if (front.armies <= 0.0 && front.held <= 0.0) return front;
    double defence = 0.0;
    for (const auto row : w.presences_in(r)) {
      if (defends(w, row, hostile_)) defence += field_power(w, row);
    }
    const double most = pace(context, r);
    // Ground that nobody contests is held by those who are enough for those who live on it.
    const double need = p.occupation / 1000.0 * w.regions.residents[r.row()];
    const double room = (need > front.people ? front.people / need : 1.0) - front.held;
    double reach = std::min(most, std::abs(room)) * (room < 0.0 ? -1.0 : 1.0);
    if (front.armies > 0.0 || defence > 0.0) {
      const double odds = rules::tullock(front.armies, defence, p.decisiveness);
      reach = std::min(reach, most * (2.0 * odds - 1.0));
    }
    if (front.armies <= 0.0) reach = std::min(reach, 0.0);
    front.moved = std::clamp(reach, -front.held, std::max(0.0, w.regions.control[r.row()]));
    return front;
  }

  void move(StepContext& context, RegionId r, const Front& front) {
    World& w = context.world;
    ActorId army;
    double most = -1.0;
    for (const auto row : w.presences_in(r)) {
      if (!enemy_army(w, row)) continue;
      const double x = front.moved > 0.0 ? field_power(w, row) : w.presences.control[row];
      const double part = x / (front.moved > 0.0 ? front.armies : front.held);
      w.presences.control[row] += front.moved * part;
      w.note(PresenceId(row));
      if (x > most) {
        most = x;
        army = w.presences.actor[row];
      }
    }
    w.regions.control[r.row()] -= front.moved;
    const ActorId owner = w.regions.owner[r.row()];
    const WarId war = war_between(w, army, owner);
    Event e{.kind = EventKind::advance,
            .who = front.moved > 0.0 ? army : owner,
            .whom = front.moved > 0.0 ? owner : army,
            .where = r,
            .ground = std::abs(front.moved)};
    e.war = war;
    context.happened_in(e, war.valid() ? w.wars[war.row()].cause : EventId{});
  }

  /// Has the region changed hands?
  bool settle(World& w, RegionId r) {
    double held = 0.0;
    for (const auto row : w.presences_in(r)) held += w.presences.control[row];
    // Shares are moved one by one; here they are made to add up again.
    w.regions.control[r.row()] = std::max(0.0, 1.0 - held);
    const bool lost = w.regions.control[r.row()] < p.threshold;
    if (lost == (lost_[r.row()] != 0)) return false;  // as on nearly all days
    lost_[r.row()] = lost;
    return true;
  }

  void turn(StepContext& context, RegionId r) {
    World& w = context.world;
    const bool lost = lost_[r.row()] != 0;
    look_around(context);
    if (lost) discredit(w, r);
    Event e{.kind = lost ? EventKind::region_lost : EventKind::region_regained,
            .who = lost ? holds_most(w, r) : w.regions.owner[r.row()],
            .whom = lost ? w.regions.owner[r.row()] : ActorId{},
            .where = r,
            .size = w.regions.control[r.row()]};
    // The last violence there is what decided it.
    context.happened_in(e, last_violence_[r.row()]);
  }

  /// Of those who are not its owner; none if nobody holds anything.
  static ActorId holds_most(const World& w, RegionId r) {
    ActorId strongest;
    double most = 0.0;
    for (const auto row : w.presences_in(r)) {
      if (w.presences.control[row] <= most) continue;
      most = w.presences.control[row];
      strongest = w.presences.actor[row];
    }
    return strongest;
  }

  /// What the change of a region's hands is told with, looked up once in a step that has one.
  void look_around(const StepView& context) {
    if (looked_around_) return;
    looked_around_ = true;
    const World& w = context.world;
    people_.assign(w.actors.size(), 0.0);
    for (std::size_t i = 0; i < w.regions.size(); ++i) {
      people_[w.regions.owner[i].row()] += w.regions.residents[i];
    }
    last_violence_.assign(w.regions.size(), {});
    for (const Event& e : context.log.since(context.step_mark)) {
      if (e.where.valid() && e.deaths > 0.0) last_violence_[e.where.row()] = e.id;
    }
  }

  /// Losing a region discredits those who lost it.
  void discredit(World& w, RegionId r) const {
    const ActorId owner = w.regions.owner[r.row()];
    const double people = people_[owner.row()];
    const double share = people > 0.0 ? w.regions.residents[r.row()] / people : 0.0;
    w.actors.legitimacy[owner.row()] *= 1.0 - p.shock * share;
  }

  HostileRows hostile_;
  Campaigns campaigns_;
  std::vector<Front> fronts_;
  Gathered<RegionId> turned_;  ///< regions that have changed hands in this step
  bool looked_around_ = false;
  std::vector<double> people_;          ///< who live at home, of each owner
  std::vector<EventId> last_violence_;  ///< of this step, in each region
  std::vector<std::uint8_t> lost_;
};

}  // namespace

std::unique_ptr<Mechanism> make_control() { return std::make_unique<Control>(); }

}  // namespace casus
