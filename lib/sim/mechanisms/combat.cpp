#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/gather.h"
#include "casus/rules/attrition.h"
#include "casus/rules/contest.h"
#include "casus/rules/sizes.h"
#include "casus/world/forces.h"
#include "casus/world/hostile_rows.h"
#include "sim/acts.h"
#include "sim/ground.h"
#include "sim/mechanisms.h"
#include "sim/turns.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose attack_turn("attack_turn");
constexpr Purpose attack_size("attack_size");
constexpr Purpose operation_course("operation_course");
constexpr Purpose battle_course("battle_course");

struct CombatParameters {
  double size_median = 0.0;
  double size_exponent = 0.0;
  double size_maximum = 0.0;
  double ambush_advantage = 0.0;
  double operation_lethality = 0.0;
  double rival_lethality = 0.0;
  double lethality = 0.0;
  double concentration = 0.0;
  double defence = 0.0;
  double noise = 0.0;
  double decisiveness = 0.0;
  double decision_days = 0.0;
  double civilian_share = 0.0;
  double size_tail = 0.0;
  double most_lost = 0.0;
  double concealment = 0.0;
  double return_fire = 0.0;
};

/// In each region the sides present fight: insurgent attacks are fought out, the state's side
/// mounts operations, and the armies of states at war meet in the field.
class Combat final : public MechanismWith<Combat, CombatParameters> {
 public:
  static MechanismInfo about() {
    return {"combat",
            "Losses of the sides that fight in a region, and harm to civilians.",
            "Lanchester 1916; Deitchman 1962, doi:10.1287/opre.10.6.818; event sizes: Bohorquez et "
            "al. 2009, doi:10.1038/nature08631",
            {},
            {"regions.residents", "regions.deaths", "regions.civilian_deaths",
             "regions.recent_violence", "wars.deaths"},
            {"regions.control", "actors.reserve", "actors.home_power", "actors.losses",
             "actors.recent_losses", "presences.strength", "presences.control"}};
  }
  static const std::vector<Parameter<CombatParameters>>& table();

  void configure(std::span<const double> values) override {
    MechanismWith::configure(values);
    // Two and a half medians leave the body of the distribution room below its tail.
    const double tail_from = std::max(p.size_tail, 2.5 * p.size_median);
    sizes_ = rules::EventSizes(p.size_median, p.size_exponent, tail_from,
                               std::max(p.size_maximum, tail_from));
  }

  void step(StepContext& context) override {
    World& w = context.world;
    hostile_.update(w, context.executor);
    // What was decided on the world as it was before anybody fought today comes first.
    fight_attacks(context);
    for (const Operation& operation : context.operations) operate(context, operation);
    battles_.resize(w.regions.size());
    for_rows(
        context.executor, w.regions.size(), [&](std::size_t r) { decide(context, r); }, 16,
        w.presences.size());
    // What happens in one region touches nobody in another, until armies give way: they do so when
    // every battle has been fought, so that none fights twice in a step or finds the region that
    // it falls back to changed by those before it.
    for (std::size_t r = 0; r < battles_.size(); ++r) {
      if (battles_[r].armies) fight_battle(context, RegionId(r), battles_[r]);
    }
    retreat_all(context.world);
  }

  /// Each step begins from the world alone.
  void archive(Archive&) override {}

 private:
  struct Battle {
    double friendly = 0.0;  ///< fighting strength, people x quality
    bool armies = false;
    double defender_loss = 0.0, attacker_loss = 0.0;  ///< shares of strength
    bool defender_retreats = false, attacker_retreats = false;
  };

  struct Retreat {
    std::uint32_t from = 0;  ///< row of the presence
    RegionId to;             ///< none: into the reserve
    double people = 0.0;
    Role role = Role::garrison;
  };

  /// Of an attack.
  struct Aim {
    WarId war;                         ///< between the two, or none
    std::size_t begin = 0, count = 0;  ///< of whom it is meant for, among those of all
  };

  // Guerrillas and armies are fought differently: who hides is searched for, who stands is met.
  enum class Side { friendly, guerrilla, army };

  /// On which side a presence stands in its region's fighting.
  Side side(const World& w, std::uint32_t row) const {
    if (!hostile_[row]) return Side::friendly;
    return w.presences.role[row] == Role::insurgent ? Side::guerrilla : Side::army;
  }

  static double weight(const World& w, std::uint32_t row) { return field_power(w, row); }

  // --- insurgent attacks

  /// Whom attacks are on, and in which war: no attack changes that, so it is found for all at once.
  void aim(const StepView& context, const std::vector<Attack>& attacks) {
    const World& w = context.world;
    aims_.resize(attacks.size());
    meant_.gather(
        context.executor, attacks.size(),
        [&](std::size_t i, auto& meant) {
          const Attack& attack = attacks[i];
          const RegionId r = w.presences.region[attack.by.row()];
          const ActorId owner = w.regions.owner[r.row()];
          const ActorId on = attack.target.valid() ? attack.target : owner;
          const std::size_t before = meant.size();
          for (const auto row : w.presences_in(r)) {
            if (!attack.target.valid()) break;
            if (w.presences.actor[row] == on || (on == owner && defends(w, row, hostile_))) {
              meant.push_back(row);
            }
          }
          aims_[i] = {war_of(w, w.presences.actor[attack.by.row()], on), 0, meant.size() - before};
        },
        16, w.presences.size());
    std::size_t begin = 0;
    for (Aim& aim : aims_) {
      aim.begin = begin;
      begin += aim.count;
    }
  }

  void fight_attacks(StepContext& context) {
    World& w = context.world;
    aim(context, context.attacks);
    // Attacks on the same people thin them out one after the other; whose comes first is drawn.
    turn_keys_.clear();
    for (const Attack& attack : context.attacks) turn_keys_.push_back(attack_key(w, attack));
    for (const std::uint32_t i : turns_(context, attack_turn, turn_keys_)) {
      const Attack& attack = context.attacks[i];
      const std::size_t by = attack.by.row();
      const RegionId r = w.presences.region[by];
      // One stream for all attacks of a group in a region on one target: their sizes are one
      // sample.
      Stream stream = context.stream(attack_size, {turn_keys_[i]});
      double deaths = 0.0;
      double civilians = 0.0;
      double of_groups = 0.0;
      const bool rivals = attack.target.valid() && attack.target != w.regions.owner[r.row()];
      const double scale = w.regions.lethality[r.row()] * (rivals ? p.rival_lethality : 1.0);
      for (std::uint32_t k = 0; k < attack.count; ++k) {
        const double size = static_cast<double>(sizes_.quantile(uniform(stream))) * scale;
        if (!attack.target.valid()) {
          const double n = std::min(size, w.regions.residents[r.row()]);
          kill_civilians(w, r, n);
          civilians += n;
          deaths += n;
        } else {
          deaths += ambush(w, by, aims_[i], size, of_groups);
        }
      }
      Event& e = context.log.at(attack.event);
      e.deaths += deaths;
      e.civilian_deaths += civilians;
      e.group_deaths += of_groups;
      const WarId war = aims_[i].war;
      if (!war.valid()) continue;
      w.wars[war.row()].deaths += deaths;
      w.wars[war.row()].fought_day = context.day();
    }
  }

  static std::uint64_t attack_key(const World& w, const Attack& a) {
    const std::uint64_t target = a.target.valid() ? w.actors.key[a.target.row()].value : 0;
    return mix(mix(w.actors.key[w.presences.actor[a.by.row()].row()].value,
                   w.regions.key[w.presences.region[a.by.row()].row()].value),
               target);
  }

  /// The attacker chose place and time: it loses less than its share of the fighting strength.
  double ambush(World& w, std::size_t by, const Aim& aim, double size, double& of_groups) {
    const double attackers = weight(w, static_cast<std::uint32_t>(by));
    victims_.clear();
    double defenders = 0.0;
    for (const auto row : std::span(meant_.all()).subspan(aim.begin, aim.count)) {
      if (w.presences.strength[row] <= 0.0) continue;
      victims_.push_back(row);
      defenders += weight(w, row);
    }
    if (victims_.empty()) return 0.0;
    // By the root of the ratio: an ambush meets a patrol, and a patrol is no tenth of ten times the
    // garrison.
    const double odds = p.ambush_advantage * std::sqrt(attackers / std::max(defenders, 1.0));
    const double on_attacker = size / (1.0 + odds);
    const double lost = std::min(on_attacker, p.most_lost * w.presences.strength[by]);
    kill(w, by, lost);
    double deaths = lost;
    of_groups += lost;
    for (const auto row : victims_) {
      // Everybody on the owner's side bears its part, so that guests bleed with their hosts.
      const double share = defenders > 0.0 ? weight(w, row) / defenders : 0.0;
      const double n =
          std::min((size - on_attacker) * share, p.most_lost * w.presences.strength[row]);
      kill(w, row, n);
      deaths += n;
      if (w.presences.role[row] == Role::insurgent) of_groups += n;
    }
    return deaths;
  }

  // --- decided in parallel, region by region

  void decide(const StepView& context, std::size_t r) {
    const World& w = context.world;
    Battle& b = battles_[r];
    b = {};
    const RegionId region(r);
    if (!hostile_.any_in(region)) return;
    double armies = 0.0;
    for (const auto row : w.presences_in(region)) {
      if (side(w, row) == Side::army) armies += weight(w, row);
    }
    b.armies = armies > 0.0;
    if (!b.armies) return;
    for (const auto row : w.presences_in(region)) {
      if (defends(w, row, hostile_)) b.friendly += weight(w, row);
    }
    decide_battle(context, region, armies, b);
  }

  void decide_battle(const StepView& context, RegionId region, double armies, Battle& b) const {
    const World& w = context.world;
    const auto key = w.regions.key[region.row()].value;
    Stream stream = context.stream(battle_course, {key});
    // The noise has mean 1, and a step of any length the same variance per day.
    const double sd = p.noise / std::sqrt(context.days());
    const double intensity = std::exp(sd * normal(stream) - 0.5 * sd * sd);
    const double rate = p.lethality * intensity;
    if (b.friendly > 0.0) {
      const double defence = 1.0 + p.defence * w.regions.terrain[region.row()];
      // Scale by a reference of 10,000 so that the rate means the same for every exponent.
      const double scale = std::pow(10000.0, -p.concentration);
      const auto after = rules::mixed_step({b.friendly, armies}, rate * defence * scale,
                                           rate * scale, p.concentration, context.days());
      b.defender_loss = 1.0 - after.a / b.friendly;
      b.attacker_loss = 1.0 - after.b / armies;
    }
    // Who is losing gives way, at each decision of the battle with the chance that it is lost.
    const double defended = rules::tullock(b.friendly, armies, p.decisiveness);
    const double won = std::max(defended, 1.0 - defended);
    const double decisions = context.days() / p.decision_days;
    const bool decided = uniform(stream) < 1.0 - std::pow(1.0 - won, decisions);
    b.defender_retreats = decided && b.friendly > 0.0 && defended < 0.5;
    b.attacker_retreats = decided && b.friendly > 0.0 && defended > 0.5;
  }

  // --- applied in region order

  void operate(StepContext& context, const Operation& operation) {
    World& w = context.world;
    const RegionId r = operation.where;
    const std::uint64_t on =
        operation.on.valid() ? w.actors.key[w.presences.actor[operation.on.row()].row()].value : 0;
    Stream stream = context.stream(operation_course, {w.regions.key[r.row()].value, on});
    double deaths = 0.0;
    double civilians = 0.0;
    double of_groups = 0.0;
    for (std::uint32_t k = 0; k < operation.count; ++k) {
      const double size = static_cast<double>(sizes_.quantile(uniform(stream))) *
                          p.operation_lethality * w.regions.lethality[r.row()];
      if (operation.on.valid()) {
        deaths += sweep(w, r, operation.on.row(), size, of_groups);
      } else {
        const double n = std::min(size, w.regions.residents[r.row()]);
        kill_civilians(w, r, n);
        civilians += n;
        deaths += n;
      }
    }
    Event& e = context.log.at(operation.event);
    e.deaths += deaths;
    e.civilian_deaths += civilians;
    e.group_deaths += of_groups;
    if (operation.on.valid()) {
      const WarId war = war_of(w, e.whom, e.who);
      if (war.valid()) w.wars[war.row()].deaths += deaths;
    }
  }

  /// A sweep meets one group, with Deitchman's exchange: area fire on those who hide, aimed fire
  /// back. Difficult terrain hides more.
  double sweep(World& w, RegionId r, std::size_t met, double size, double& of_groups) {
    const double hidden = p.concealment * w.regions.terrain[r.row()];
    const double killed = std::min(size * (1.0 - hidden), p.most_lost * w.presences.strength[met]);
    kill(w, met, killed);
    of_groups += killed;
    double friendly = 0.0;
    for (const auto row : w.presences_in(r)) {
      if (defends(w, row, hostile_)) friendly += w.presences.strength[row];
    }
    const double back = std::min(p.return_fire * size * (1.0 + hidden), p.most_lost * friendly);
    for (const auto row : w.presences_in(r)) {
      if (!defends(w, row, hostile_) || w.presences.strength[row] <= 0.0) continue;
      kill(w, row,
           std::min(back * w.presences.strength[row] / friendly, w.presences.strength[row]));
    }
    return killed + back;
  }

  void fight_battle(StepContext& context, RegionId r, const Battle& b) {
    World& w = context.world;
    double deaths = 0.0;
    ActorId attacker;
    double strongest = 0.0;
    for (const auto row : w.presences_in(r)) {
      const Side s = side(w, row);
      const bool army = s == Side::army;
      if (!army && !defends(w, row, hostile_)) continue;
      if (army && weight(w, row) > strongest) {
        strongest = weight(w, row);
        attacker = w.presences.actor[row];
      }
      const double n = w.presences.strength[row] * (army ? b.attacker_loss : b.defender_loss);
      kill(w, row, n);
      deaths += n;
    }
    const double civilians = std::min(p.civilian_share * deaths, w.regions.residents[r.row()]);
    kill_civilians(w, r, civilians);
    deaths += civilians;
    Event e{.kind = EventKind::battle,
            .who = attacker,
            .whom = w.regions.owner[r.row()],
            .where = r,
            .size = b.defender_retreats   ? 1.0
                    : b.attacker_retreats ? -1.0
                                          : 0.0,
            .deaths = deaths,
            .civilian_deaths = civilians};
    EventId cause;
    const WarId war = attacker.valid() ? war_between(w, attacker, e.whom) : WarId{};
    if (war.valid()) {
      cause = w.wars[war.row()].cause;
      e.war = war;
      w.wars[war.row()].deaths += deaths;
      w.wars[war.row()].fought_day = context.day();
    }
    context.happened_in(e, cause);
  }

  /// All choose where to on the map as the battles have left it, then all leave, then all arrive.
  void retreat_all(World& w) {
    retreats_.clear();
    for (std::size_t r = 0; r < battles_.size(); ++r) {
      const Battle& b = battles_[r];
      if (!b.attacker_retreats && !b.defender_retreats) continue;
      for (const auto row : w.presences_in(RegionId(r))) {
        const bool army = side(w, row) == Side::army;
        const bool goes =
            army ? b.attacker_retreats : (b.defender_retreats && defends(w, row, hostile_));
        if (!goes || w.presences.strength[row] <= 0.0) continue;
        retreats_.push_back({row, refuge(w, w.presences.actor[row], RegionId(r)),
                             w.presences.strength[row], w.presences.role[row]});
      }
    }
    for (const Retreat& x : retreats_) recall(w, x.from, x.people);
    for (const Retreat& x : retreats_) {
      if (x.to.valid()) deploy(w, w.presences.actor[x.from], x.to, x.people, x.role);
    }
  }

  static WarId war_of(const World& w, ActorId a, ActorId b) {
    return a != b ? war_between(w, a, b) : WarId();
  }

  rules::EventSizes sizes_;
  HostileRows hostile_;
  std::vector<Battle> battles_;
  std::vector<Retreat> retreats_;
  std::vector<Aim> aims_;          ///< of the step's attacks
  Gathered<std::uint32_t> meant_;  ///< by them, rows of presences
  std::vector<std::uint32_t> victims_;
  std::vector<std::uint64_t> turn_keys_;  ///< of the step's attacks
  DrawnOrder turns_;
};

const std::vector<Parameter<CombatParameters>>& Combat::table() {
  using P = CombatParameters;
  static const std::vector<Parameter<P>> rows{
      {{"size_median", Unit::people, 1.0, 50.0, 4.0, "Median deaths in an attack or operation",
        "UCDP GED 25.1, Mali, Burkina Faso, Niger 2017-2023: median 4"},
       &P::size_median},
      {{"size_exponent", Unit::none, 1.5, 4.0, 2.4, "Exponent of the tail of deaths per event",
        "UCDP GED 25.1, above 10 deaths: 2.4; 2.5 everywhere: Bohorquez et al. 2009"},
       &P::size_exponent},
      {{"size_maximum", Unit::people, 50.0, 5000.0, 300.0, "Most deaths in one event",
        "calibrated: the largest event of UCDP GED in the three states has some 200"},
       &P::size_maximum},
      {{"ambush_advantage", Unit::none, 0.1, 20.0, 2.5,
        "Odds of a death falling on the attacked, at equal fighting strength",
        "calibrated: shares of deaths_a and deaths_b in UCDP GED state-based events to 2023-08"},
       &P::ambush_advantage},
      {{"operation_lethality", Unit::none, 0.1, 5.0, 1.0,
        "Deaths in an operation relative to an attack", "calibrated"},
       &P::operation_lethality},
      {{"rival_lethality", Unit::none, 0.1, 10.0, 2.5,
        "Deaths in a fight of two armed groups relative to an attack",
        "UCDP GED 25.1, Mali, Burkina Faso, Niger, 2019-01 to 2023-08: the median of 82 between "
        "JNIM and IS is 10 and that of all events 4"},
       &P::rival_lethality},
      {{"lethality", Unit::per_day, 1e-5, 0.02, 1.5e-3,
        "Deaths a day per enemy soldier in battles between armies, at strength 10,000",
        "calibrated: France 1914, some 300,000 dead of 2 million in the field in five months"},
       &P::lethality},
      {{"concentration", Unit::none, 0.0, 1.0, 0.5,
        "Exponent between Lanchester's square (0) and linear (1) law",
        "Hartley 2001, Topics in Operations Research"},
       &P::concentration},
      {{"defence", Unit::none, 0.0, 4.0, 1.0, "Extra effect of the defender's fire in full terrain",
        "calibrated"},
       &P::defence},
      {{"noise", Unit::none, 0.0, 1.0, 0.4, "Log standard deviation of a day's intensity of battle",
        "calibrated"},
       &P::noise},
      {{"decisiveness", Unit::none, 0.3, 3.0, 0.86,
        "Exponent of the contest that says which army is losing and how surely",
        "fitted to 672 division engagements 1904-1991 of the Dupuy Institute's database"},
       &P::decisiveness},
      {{"decision_days", Unit::days, 0.5, 365.0, 5.0,
        "Days of battle until an army that is losing decides whether to give way, with the chance "
        "that the battle is lost",
        "judged: Tannenberg took five days, the Marne seven, the battles of 1967 one to three"},
       &P::decision_days},
      {{"civilian_share", Unit::none, 0.0, 0.5, 0.05,
        "Civilians killed in battles of armies, per soldier",
        "judged, between .01 and .5: in Karabakh in 2020 .025 (185 beside 7,272 soldiers); 6,500 "
        "in "
        "Belgium and France from August to November 1914"},
       &P::civilian_share},
      {{"size_tail", Unit::people, 5.0, 50.0, 10.0,
        "Deaths in an attack or operation from which the tail of sizes begins",
        "UCDP GED 25.1, Mali, Burkina Faso, Niger 2017-2023: the tail is fitted above 10 deaths"},
       &P::size_tail},
      {{"most_lost", Unit::none, 0.01, 1.0, 0.1,
        "Share of those present that a side loses at most in one attack or operation",
        "judged: who can withdraws before it is worse"},
       &P::most_lost},
      {{"concealment", Unit::none, 0.0, 1.0, 0.5,
        "Share of an operation's effect that the most difficult terrain takes; it adds as much to "
        "the losses",
        "direction: Fearon & Laitin 2003, doi:10.1017/S0003055403000534; value judged"},
       &P::concealment},
      {{"return_fire", Unit::none, 0.0, 2.0, 0.25,
        "Deaths on the state's side in an operation, per death that it could cause in open country",
        "direction: Deitchman 1962, who hides aims at who seeks him; value judged"},
       &P::return_fire},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_combat() { return std::make_unique<Combat>(); }

}  // namespace casus
