#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/law/pact.h"
#include "casus/rules/logit.h"
#include "casus/world/forces.h"
#include "sim/gate.h"
#include "sim/mechanisms.h"
#include "sim/turns.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose invitation("invitation");
constexpr Purpose guest_turn("guest_turn");
constexpr Purpose host_consent("host_consent");
constexpr Purpose renewal_draw("renewal");
constexpr Purpose first_term("first_term");

struct MandateParameters {
  double term = 0.0;
  double emergency = 0.0;
  double quiet = 0.0;
  double recall = 0.0;
  double surge = 0.0;
  double sustained_share = 0.0;
  double consent_rate = 0.0;
  double renewal = 0.0;
  double renewal_liking = 0.0;
  double deployment_rate = 0.0;
  double invitation_threat = 0.0;
  double first_share = 0.0;
};

/// Whoever has soldiers on another's soil and is not its enemy has a mandate: for a cause, until a
/// day, by the host's consent. When one of them ends they go home.
class Mandates final : public MechanismWith<Mandates, MandateParameters> {
 public:
  static MechanismInfo about() {
    return {"mandates",
            "Troops abroad: who asks them in, for how long, when they are sent home and how.",
            "willingness by liking of the two sides: fitted to joiners of wars 1823-1945 "
            "(candidates of the Correlates of War, Sarkees & Wayman 2010); 40 % of forces "
            "deployable and 8 % sustained: NATO's usability goals of 2004",
            {},
            {},
            {"regions.control", "actors.reserve", "actors.home_power", "presences.strength",
             "presences.control"}};
  }
  static const std::vector<Parameter<MandateParameters>>& table();

  void begin(StepContext& context) override {
    armies_abroad_ = {};
    // Those who stand abroad at the start are in the middle of a term.
    admit(context, {});
    for (Mandate& m : context.world.mandates) {
      Stream stream = context.stream(first_term, {m.key});
      m.until_day = uniform(stream) * p.term;
    }
  }

  void step(StepContext& context) override {
    context.wrote = false;
    // What a peace, or a host that opens its doors, has left without one.
    admit(context, {});
    for (std::size_t i = 0; i < context.world.mandates.size(); ++i) {
      if (context.world.mandates[i].active) review(context, i);
    }
    invite(context);
#ifdef CASUS_ENABLE_ASSERTS
    expect_mandates(context.world);
#endif
  }

  /// Each step begins from the world alone.
  void archive(Archive& a) override {
    if (a.reads()) armies_abroad_ = {};
  }

 private:
  /// Presences of states and outside powers on others' soil, by row. Who owns a region stays, so
  /// only presences that are new are looked at.
  struct ArmiesAbroad {
    std::vector<std::uint32_t> rows;
    std::size_t looked_at = 0;

    void update(const World& w) {
      for (; looked_at < w.presences.size(); ++looked_at) {
        const ActorId actor = w.presences.actor[looked_at];
        const ActorId owner = w.regions.owner[w.presences.region[looked_at].row()];
        // Groups need no mandate, and are most of those who stand on others' soil.
        if (actor == owner || w.actors.kind[actor.row()] == ActorKind::armed_group) continue;
        rows.push_back(static_cast<std::uint32_t>(looked_at));
      }
    }
  };

  // --- who has none yet

  void admit(StepContext& context, const Posting& posting) {
    World& w = context.world;
    armies_abroad_.update(w);
    for (const std::uint32_t i : armies_abroad_.rows) {
      const double people = w.presences.strength[i];
      if (people < 1.0) continue;
      const ActorId actor = w.presences.actor[i];
      const ActorId owner = w.regions.owner[w.presences.region[i].row()];
      // That they have one is found sooner than whether they need it.
      if (mandate_of(w, actor, owner) != nullptr) continue;
      if (needs_mandate(w, actor, owner)) post(context, actor, owner, people, posting);
    }
  }

  // --- a mandate, day by day

  void review(StepContext& context, std::size_t index) {
    World& w = context.world;
    Mandate& m = w.mandates[index];
    const double here = people_of(w, m);
    // Enemies ask nobody for leave, and who has nobody there needs none.
    if (here < 1.0 || !needs_mandate(w, m.sender, m.host)) {
      m.active = false;
      return;
    }
    if (m.leaving_days > 0.0) return leave(context, m, here);
    if (w.actors.alive[m.host.row()] != 0) {
      const Decision sent_away = expelled(context, m);
      if (sent_away.yes) return dismiss(context, m, here, EventKind::expulsion, sent_away);
    }
    const Decision stays = goes_on(context, m);
    if (!stays.yes) return dismiss(context, m, here, EventKind::withdrawal, stays);
    if (stays.drawn()) context.decided(stays, {{TermKind::view, m.host, liking(w, m)}});
    bring_back_what_is_too_much(context, m, here);
  }

  static double people_of(const World& w, const Mandate& m) {
    double people = 0.0;
    for (const auto row : w.presences_of(m.sender)) {
      if (w.regions.owner[w.presences.region[row].row()] == m.host) {
        people += w.presences.strength[row];
      }
    }
    return people;
  }

  /// A host sends away whom it likes less than an outside power with which the guest is at odds.
  Decision expelled(StepContext& context, const Mandate& m) const {
    const World& w = context.world;
    const double liked = w.relations.affinity(m.host, m.sender);
    double worse = -liked;
    for (const std::uint32_t row : w.of_kind(ActorKind::external)) {
      const ActorId x(row);
      const double more = w.relations.affinity(m.host, x) - liked;
      if (more <= worse || x == m.sender) continue;
      if (w.relations.affinity(x, m.sender) + w.relations.affinity(m.sender, x) < 0.0) worse = more;
    }
    Decision d{.about = m.cause,
               .kind = DecisionKind::expulsion,
               .who = m.host,
               .whom = m.sender,
               .pact = m.pact,
               .probability = 0.0};
    if (worse <= 0.0) return d;
    Stream stream = context.stream(host_consent, {m.key});
    const double rate = p.consent_rate * worse;
    d.draw = uniform(stream);
    if (context.passed_over(d.kind, d.draw, rate, context.years(), m.key)) return d;
    d.probability = hazard_probability(rate, context.years());
    d.yes = d.draw < d.probability;
    if (!d.yes) context.declined(d, m.key);
    return d;
  }

  /// Do they stay? A yes that nobody was asked for is not drawn.
  Decision goes_on(const StepView& context, Mandate& m) const {
    Decision d{.about = m.cause,
               .kind = DecisionKind::circumstance,
               .who = m.sender,
               .whom = m.host,
               .pact = m.pact};
    d.yes = may_stay(context, m);
    if (!d.yes || context.day() < m.until_day || emergency(context.world, m)) return d;
    Stream stream = context.stream(renewal_draw, {m.key});
    m.until_day = context.day() + p.term;
    d.kind = DecisionKind::renewal;
    d.probability = rules::logistic(p.renewal + p.renewal_liking * liking(context.world, m));
    d.draw = uniform(stream);
    d.yes = d.draw < d.probability;
    return d;
  }

  /// An attempted coup, or a war that is over: what is left to do is done in days.
  static bool emergency(const World& w, const Mandate& m) {
    return m.against.valid() && !fights(w, m.host, m.against);
  }

  bool may_stay(const StepView& context, Mandate& m) const {
    const World& w = context.world;
    const std::size_t sender = m.sender.row();
    if (w.actors.alive[sender] == 0 || w.actors.alive[m.host.row()] == 0) return false;
    // Who cannot pay brings them home.
    if (w.actors.arrears[sender] >= context.law.arrears_forces) return false;
    if (emergency(w, m)) return context.day() < m.posted_day + p.emergency;
    if (has_fallen_silent(context, m)) return false;
    if (m.pact.valid() &&
        !law::is_member(w.pacts[m.pact.row()], m.sender, context.clock.date(context.step))) {
      return false;
    }
    if (m.until_day <= 0.0) m.until_day = m.posted_day + p.term;
    return true;
  }

  /// An armed group that lives on is no reason to stay for ever.
  bool has_fallen_silent(const StepView& context, const Mandate& m) const {
    const World& w = context.world;
    if (!m.against.valid() || w.actors.kind[m.against.row()] != ActorKind::armed_group)
      return false;
    const WarId war = war_between(w, m.host, m.against);
    return war.valid() &&
           context.day() >= std::max(m.posted_day, w.wars[war.row()].fought_day) + p.quiet;
  }

  /// Of the host, less that of whom it fights; a threatened host is a reason to stay.
  static double liking(const World& w, const Mandate& m) {
    double x = w.relations.affinity(m.sender, m.host);
    if (m.against.valid()) x -= w.relations.affinity(m.sender, m.against);
    return x;
  }

  static bool fights(const World& w, ActorId host, ActorId against) {
    if (!against.valid() || against == host) return false;
    const auto wars = w.wars.of(host);
    return std::any_of(wars.begin(), wars.end(), [&](std::uint32_t row) {
      const War& war = w.wars[row];
      const int side = side_of(war, host);
      const int other = side_of(war, against);
      return war.state() != WarState::ended && side >= 0 && other >= 0 && side != other;
    });
  }

  // --- home

  void dismiss(StepContext& context, Mandate& m, double here, EventKind kind,
               Decision decision) const {
    World& w = context.world;
    const bool by_host = kind == EventKind::expulsion;
    decision.event = context.happened({.kind = kind,
                                       .who = by_host ? m.host : m.sender,
                                       .whom = by_host ? m.sender : m.host,
                                       .pact = m.pact,
                                       .size = here},
                                      {m.cause});
    context.decided(decision, {{TermKind::view, by_host ? m.sender : m.host, liking(w, m)},
                               {TermKind::arrears, m.sender, w.actors.arrears[m.sender.row()]}});
    m.leaving_days = p.recall;
    w.relations.set_hosting(m.host, m.sender, false);
    leave(context, m, here);
  }

  /// In even parts over the days that a recall takes.
  static void leave(StepContext& context, Mandate& m, double here) {
    const double share = std::min(1.0, context.days() / m.leaving_days);
    bring_home(context, m, here, share >= 1.0 ? here : here * share);
    m.leaving_days -= context.days();
    if (share >= 1.0) m.active = false;
  }

  static void bring_home(StepContext& context, const Mandate& m, double here, double people) {
    World& w = context.world;
    context.wrote = true;
    for (const auto row : w.presences_of(m.sender)) {
      if (w.regions.owner[w.presences.region[row].row()] != m.host) continue;
      const double strength = w.presences.strength[row];
      recall(w, row, people >= here ? strength : strength * people / here);
    }
  }

  /// What an army can keep up abroad is less than what it can send; and a ceiling can be lowered.
  void bring_back_what_is_too_much(StepContext& context, const Mandate& m, double here) const {
    World& w = context.world;
    const std::size_t a = m.sender.row();
    const double abroad = w.abroad(m.sender);
    double most = w.actors.deployment_ceiling[a];
    if (w.actors.kind[a] == ActorKind::state && context.day() >= m.begun_day + p.surge) {
      const double forces = w.forces(m.sender) + w.actors.home_power[a];
      most = std::min(most, p.sustained_share * forces);
    }
    if (abroad <= most) return;
    // Each host gives up its part, in the time of a recall.
    const double share = std::min(1.0, context.days() / p.recall) * (abroad - most) / abroad;
    bring_home(context, m, here, here * share);
  }

  // --- asked in

  struct Visit {
    ActorId host, guest;
    Decision decision;
  };

  void invite(StepContext& context) {
    const World& w = context.world;
    visits_.clear();
    keys_.clear();
    guests_.clear();
    powers_.clear();
    const auto states = w.of_kind(ActorKind::state), outside = w.of_kind(ActorKind::external);
    std::merge(states.begin(), states.end(), outside.begin(), outside.end(),
               std::back_inserter(powers_));
    for (const std::uint32_t g : powers_) {
      const double ceiling = w.actors.deployment_ceiling[g];
      const bool sends = w.actors.alive[g] != 0 && w.actors.appetite[g] != 0.0;
      // Who has not said how many it would keep abroad sends nobody unasked by a treaty, and who
      // keeps so many there already nobody more.
      if (sends && ceiling > 0.0 && ceiling < no_ceiling &&
          ceiling_left(w, ActorId(g)) >= context.law.smallest_contingent) {
        guests_.emplace_back(g);
      }
    }
    if (guests_.empty()) return;
    for (const std::uint32_t h : states) {
      if (w.actors.alive[h] == 0) continue;
      if (w.actors.threat[h] < p.invitation_threat || !w.actors.capital[h].valid()) continue;
      for (const ActorId guest : guests_) {
        if (guest == ActorId(h)) continue;
        const Decision d = agree(context, ActorId(h), guest);
        if (!d.yes) continue;
        visits_.push_back({ActorId(h), guest, d});
        keys_.push_back(question(w, ActorId(h), guest));
      }
    }
    // Hosts compete for what a guest can spare.
    for (const std::uint32_t i : turns_(context, guest_turn, keys_)) {
      come(context, visits_[i]);
    }
  }

  /// What stands for the two in the record, and in the lot that says whose turn it is.
  static std::uint64_t question(const World& w, ActorId host, ActorId guest) {
    return mix(w.actors.key[host.row()].value, w.actors.key[guest.row()].value);
  }

  /// A no is put on record.
  Decision agree(StepContext& context, ActorId host, ActorId guest) const {
    const World& w = context.world;
    Decision d{.kind = DecisionKind::invitation, .who = host, .whom = guest, .probability = 0.0};
    const double view = w.relations.affinity(host, guest);
    const double rate =
        p.deployment_rate * view * w.actors.threat[host.row()] * w.actors.appetite[guest.row()];
    if (rate <= 0.0 || w.relations.at_war(host, guest)) return d;
    if (mandate_of(w, guest, host) != nullptr) return d;
    Stream stream = context.stream(
        invitation, {w.actors.key[host.row()].value, w.actors.key[guest.row()].value});
    d.draw = uniform(stream);
    const std::uint64_t asked = question(w, host, guest);
    if (context.passed_over(d.kind, d.draw, rate, context.years(), asked)) return d;
    d.probability = hazard_probability(rate, context.years());
    d.yes = d.draw < d.probability;
    if (!d.yes) context.declined(d, asked);
    return d;
  }

  void come(StepContext& context, const Visit& v) const {
    World& w = context.world;
    const RegionId where = w.actors.capital[v.host.row()];
    // Another host may have taken what it had this step.
    const double people =
        std::min(p.first_share * ceiling_left(w, v.guest), may_send(context, v.guest, where));
    if (people < context.law.smallest_contingent) return;
    context.wrote = true;
    const double moved = deploy(w, v.guest, where, people, Role::deployment);
    if (moved <= 0.0) return;
    w.relations.set_hosting(v.host, v.guest, true);
    const EventId event = context.happened({.kind = EventKind::deployment,
                                            .who = v.guest,
                                            .whom = v.host,
                                            .where = where,
                                            .size = moved});
    Decision d = v.decision;
    d.event = event;
    context.decided(d, {{TermKind::view, v.guest, w.relations.affinity(v.host, v.guest)},
                        {TermKind::threat, v.host, w.actors.threat[v.host.row()]}});
    post(context, v.guest, v.host, moved, {.cause = event});
  }

  ArmiesAbroad armies_abroad_;
  std::vector<std::uint32_t> powers_;  ///< rows of states and of who is outside
  std::vector<ActorId> guests_;
  std::vector<Visit> visits_;
  std::vector<std::uint64_t> keys_;
  DrawnOrder turns_;
};

const std::vector<Parameter<MandateParameters>>& Mandates::table() {
  using P = MandateParameters;
  static const std::vector<Parameter<P>> rows{
      {{"term", Unit::days, 30.0, 1095.0, 365.0,
        "Days for which troops are sent or asked in, until it is decided anew",
        "judged: mandates of peace operations run for 3 to 12 months (Security Council, African "
        "Union, ECOWAS)"},
       &P::term},
      {{"emergency", Unit::days, 1.0, 365.0, 14.0,
        "Days that troops stay who came against somebody whom the host does not fight, or no "
        "longer",
        "judged: from 6 to 19 January 2022 in Kazakhstan"},
       &P::emergency},
      {{"quiet", Unit::days, 1.0, 3650.0, 180.0,
        "Days without an attack of the armed group against which troops came, after which they go "
        "home",
        "judged: half a year, the shorter of the terms for which missions are renewed; days in an "
        "uprising that is over"},
       &P::quiet},
      {{"recall", Unit::days, 1.0, 730.0, 120.0, "Days in which troops that are recalled go home",
        "judged: 7 days (Kazakhstan 2022) to half a year (the UN mission in Mali 2023)"},
       &P::recall},
      {{"surge", Unit::days, 0.0, 730.0, 90.0,
        "Days after which a state keeps no more abroad than it can sustain", "judged"},
       &P::surge},
      {{"sustained_share", Unit::none, 0.0, 1.0, 0.1,
        "Share of its forces that a state can keep abroad for long",
        "NATO's goal of 2004 and 2008: 40 to 50 % of land forces deployable, 8 to 10 % sustained"},
       &P::sustained_share},
      {{"consent_rate", Unit::per_year, 0.0, 50.0, 2.0,
        "Rate at which a host sends guests away, per unit by which it likes an outside power that "
        "is at odds with them better",
        "judged"},
       &P::consent_rate},
      {{"renewal", Unit::none, -5.0, 10.0, 1.0,
        "Log odds that a sender renews for a host that it neither likes nor dislikes", "judged"},
       &P::renewal},
      {{"renewal_liking", Unit::none, 0.0, 5.0, 1.46,
        "Log odds of renewing, per unit of liking of the host less that of its adversary",
        "fitted: who joins a war on whose side, candidates of the Correlates of War 1823-1945"},
       &P::renewal_liking},
      {{"deployment_rate", Unit::per_year, 0.0, 20.0, 2.0,
        "Rate at which a friend with full appetite sends troops to a host under full threat",
        "calibrated"},
       &P::deployment_rate},
      {{"invitation_threat", Unit::none, 0.0, 1.0, 0.2,
        "Threat from which a state asks a friend for troops", "judged"},
       &P::invitation_threat},
      {{"first_share", Unit::none, 0.05, 1.0, 0.5,
        "Share of what its ceiling leaves that a guest sends when it comes", "judged"},
       &P::first_share},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_mandates() { return std::make_unique<Mandates>(); }

}  // namespace casus
