#include <algorithm>
#include <cmath>
#include <utility>

#include "casus/core/calendar.h"
#include "casus/law/membership.h"
#include "casus/law/organ.h"
#include "casus/rules/hazard.h"
#include "sim/blocs.h"
#include "sim/law_queries.h"
#include "sim/mechanisms.h"
#include "sim/turns.h"
#include "sim/war_course.h"
#include "sim/warfare.h"

namespace casus {
namespace {

constexpr Purpose suspension_draw("suspension");
constexpr Purpose membership("membership");
constexpr Purpose bloc_membership("bloc_membership");
constexpr Purpose accession_draw("accession");
constexpr Purpose accession_turn("accession_turn");

struct DiplomacyParameters {
  PeaceRules peace;
  double exit_rate = 0.0;
  double accession_rate = 0.0;
  double reinstatement_rate = 0.0;
  double suspension = 0.0;
  double cold_affinity = 0.0;
  double coldness_alone = 0.0;
  double company_affinity = 0.0;
  double safe_wish = 0.0;
};

// Who stays in a pact is no daily question: it is asked so often, for so long a time.
constexpr double review_days = 10.0;

/// Where a step is longer than that, the question is asked once a step.
double between_reviews(const StepView& context) { return std::max(review_days, context.days()); }

/// Ceasefire and peace; accession, notice and withdrawal; suspension and reinstatement.
class Diplomacy final : public MechanismWith<Diplomacy, DiplomacyParameters> {
 public:
  static MechanismInfo about() {
    return {"diplomacy",
            "Ceasefires and peace, and who enters, leaves or is suspended from pacts.",
            "ends of civil conflicts: UCDP/PRIO, Gleditsch et al. 2002, "
            "doi:10.1177/0022343302039005007; exit: von Borzyskowski & Vabulas 2019, "
            "doi:10.1007/s11558-019-09352-2",
            {},
            {"relations.affinity"},
            {"regions.control", "actors.reserve", "presences.strength", "presences.control"}};
  }
  static const std::vector<Parameter<DiplomacyParameters>>& table();

  void begin(StepContext& context) override {
    const Date today = context.clock.date(context.step);
    for (std::size_t i = 0; i < context.world.pacts.size(); ++i) {
      const law::Pact& pact = context.world.pacts[i];
      for (const law::Member& m : pact.members) {
        const auto leaving = law::withdrawal_date(pact, m);
        if (leaving && *leaving > today) notices_.push_back({PactId(i), m.actor, *leaving, {}});
      }
    }
  }

  void step(StepContext& context) override {
    const std::size_t mark = context.log.size();
    review(context);
    // It changes nothing of which it logs no event.
    context.wrote = context.log.size() > mark;
  }

  void archive(Archive& a) override {
    a(notices_);
    a.aside(suspended_);
  }

 private:
  void review(StepContext& context) {
    courses_.run(context, p.peace);
    // Wars end before pacts are looked at: a peace of the day counts among the reasons to stay.
    suspensions(context);
    departures(context);
    if (std::fmod(context.day(), review_days) >= context.days()) return;
    states_.clear();
    const auto& t = context.world.actors;
    for (const std::uint32_t a : context.world.of_kind(ActorKind::state)) {
      if (t.alive[a] != 0) states_.emplace_back(a);
    }
    for (std::size_t i = 0; i < context.world.pacts.size(); ++i) memberships(context, PactId(i));
  }

  struct Notice {
    PactId pact;
    ActorId member;
    Date effective{};
    EventId event;

    void archive(Archive& a) { a(pact, member, effective, event); }
  };
  /// Why a suspension is lifted: because there is one.
  struct Suspended {
    PactId pact;
    ActorId member;
    EventId event;

    void archive(Archive& a) { a(pact, member, event); }
  };
  /// A yes that is still to be carried out.
  struct Willing {
    Decision decision;
    double rate = 0.0;
  };

  // --- pacts

  /// An organisation that answers coups suspends the member in which one succeeds.
  void suspensions(StepContext& context) {
    World& w = context.world;
    const Date today = context.clock.date(context.step);
    coups_.clear();
    for (const Event& e : context.log.since(context.step_mark)) {
      if (e.kind == EventKind::coup) coups_.emplace_back(e.whom.valid() ? e.whom : e.who, e.id);
    }
    // Two coups in one state on one day are one change of government.
    const auto same_state = [](const auto& x, const auto& y) { return x.first == y.first; };
    std::stable_sort(coups_.begin(), coups_.end(),
                     [](const auto& x, const auto& y) { return x.first < y.first; });
    coups_.erase(std::unique(coups_.begin(), coups_.end(), same_state), coups_.end());
    for (const auto& [state, event] : coups_) {
      for (std::size_t i = 0; i < w.pacts.size(); ++i) {
        const law::Pact& pact = w.pacts[i];
        if (!answers_coups(pact) || !law::is_member(pact, state, today)) continue;
        Stream stream =
            context.stream(suspension_draw, {pact.key.value, w.actors.key[state.row()].value});
        Decision d{.about = event,
                   .kind = DecisionKind::suspension,
                   .who = state,
                   .pact = PactId(i),
                   .probability = p.suspension,
                   .draw = uniform(stream)};
        d.yes = d.draw < d.probability;
        if (!d.yes) context.decided(d);
        if (!d.yes) continue;
        const auto suspend = [&, who = state](law::Pact& x) { return law::suspend(x, who, today); };
        if (!amend(w, PactId(i), suspend).done) continue;
        d.event = context.happened({.kind = EventKind::suspension, .who = state, .pact = PactId(i)},
                                   {event});
        context.decided(d);
        remember_suspension(PactId(i), state, d.event);
      }
    }
  }

  /// An operation of the law on a pact; if it is done, the pact takes its new form.
  template <class Operation>
  static law::Change amend(World& w, PactId id, Operation&& operation) {
    law::Pact pact = w.pacts[id.row()];
    const law::Change change = operation(pact);
    if (change.done) w.pacts.replace(id, std::move(pact));
    return change;
  }

  static bool answers_coups(const law::Pact& pact) {
    return !pact.organs.empty() &&
           std::any_of(pact.articles.begin(), pact.articles.end(), [](const law::Article& a) {
             return a.when.acts.contains(law::ActKind::coup);
           });
  }

  void departures(StepContext& context) {
    const Date today = context.clock.date(context.step);
    for (Notice& n : notices_) {
      if (!n.pact.valid() || n.effective > today) continue;
      context.happened({.kind = EventKind::exit, .who = n.member, .pact = n.pact}, {n.event});
      n.pact = {};
    }
    std::erase_if(notices_, [](const Notice& n) { return !n.pact.valid(); });
  }

  void memberships(StepContext& context, PactId id) {
    World& w = context.world;
    const law::Pact& pact = w.pacts[id.row()];
    const Date today = context.clock.date(context.step);
    if (!law::in_force(pact, today)) return;
    // All members look at the pact as it is: nobody leaves for the company of one who is named
    // before it and has left just now.
    leaving_.clear();
    returning_.clear();
    blocs_.look_at(w, id, today);
    const auto asks = [&](ActorId member, DecisionKind kind, double rate, double u, auto& who) {
      const double years = between_reviews(context) / days_per_year;
      const std::uint64_t question = mix(pact.key.value, w.actors.key[member.row()].value);
      if (context.passed_over(kind, u, rate, years, question)) return;
      const double chance = hazard_probability(rate, years);
      Decision d{.kind = kind,
                 .yes = u < chance,
                 .who = member,
                 .pact = id,
                 .probability = chance,
                 .draw = u};
      if (!d.yes) return context.declined(d, question);
      who.push_back({d, rate});
    };
    for (std::size_t slot = 0; slot < pact.members.size(); ++slot) {
      const law::Member& m = pact.members[slot];
      const law::Standing s = law::standing(pact, m, today);
      if (!s.member || w.actors.alive[m.actor.row()] == 0) continue;
      const double estranged = m.notice ? 0.0 : estrangement(context, id, m.actor);
      const PactId bloc = m.notice ? PactId{} : blocs_.of(slot);
      if (bloc.valid()) blocs_.add(bloc, m.actor, estranged);
      const bool suspended = s.reason == law::Reason::suspended;
      const bool may_leave = !bloc.valid() && estranged > 0.0;
      if (!suspended && !may_leave) continue;  // as most: nothing is asked of them
      Stream stream =
          context.stream(membership, {pact.key.value, w.actors.key[m.actor.row()].value});
      const double u_exit = uniform(stream);
      const double u_back = uniform(stream);
      if (suspended) {
        const double rate = p.reinstatement_rate * w.actors.legitimacy[m.actor.row()];
        asks(m.actor, DecisionKind::reinstatement, rate, u_back, returning_);
      }
      if (may_leave) asks(m.actor, DecisionKind::exit, p.exit_rate * estranged, u_exit, leaving_);
    }
    // Who have promised each other help in war decide together, by what estranges them on average,
    // and go on one day.
    for (const Bloc& b : blocs_.all()) {
      Stream stream =
          context.stream(bloc_membership, {pact.key.value, w.pacts[b.pact.row()].key.value});
      const double u = uniform(stream);
      const double rate = p.exit_rate * b.estranged / static_cast<double>(b.members.size());
      for (const ActorId member : b.members) asks(member, DecisionKind::exit, rate, u, leaving_);
    }
    for (Willing& x : returning_) {
      const ActorId member = x.decision.who;
      const auto lift = [&](law::Pact& y) { return law::lift_suspension(y, member, today); };
      if (!amend(w, id, lift).done) continue;
      x.decision.event =
          context.happened({.kind = EventKind::reinstatement, .who = member, .pact = id},
                           {suspension_of(id, member)});
      context.decided(x.decision, {{TermKind::rate, {}, x.rate}});
    }
    for (const Willing& x : leaving_) leave(context, id, x);
    accessions(context, id);
  }

  /// Calls `f` with the size and the event of each sanction and threat by the organisation.
  template <class F>
  static void pressed(const StepView& context, PactId id, ActorId member, F&& f) {
    for (const Measure& m : context.world.measures) {
      if (m.active && m.kind != MeasureKind::aid && m.organisation == id && m.on == member) {
        f(m.size, m.cause);
      }
    }
    for (const Crisis& c : context.world.crises) {
      const bool open = c.stage == Confrontation::ultimatum || c.stage == Confrontation::force;
      if (open && c.organisation == id && c.target == member) f(c.stake, c.cause);
    }
  }

  void remember_suspension(PactId pact, ActorId member, EventId event) {
    std::erase_if(suspended_,
                  [&](const Suspended& s) { return s.pact == pact && s.member == member; });
    suspended_.push_back({pact, member, event});
  }
  EventId suspension_of(PactId pact, ActorId member) const {
    for (const Suspended& s : suspended_) {
      if (s.pact == pact && s.member == member) return s.event;
    }
    return {};
  }

  /// Zero for a member among friends; grows with sanctions and threats by the organisation itself
  /// and with how ill the member thinks of the others.
  double estrangement(const StepView& context, PactId id, ActorId member) const {
    const World& w = context.world;
    double view = 0.0;
    double others = 0.0;
    double company = 0.0;
    for (const law::Member& m : w.pacts[id.row()].members) {
      if (m.actor == member) continue;
      const double affinity = w.relations.affinity(member, m.actor);
      view += affinity;
      others += 1.0;
      // Friends in the same position make leaving easier: they would leave together.
      if (m.notice && affinity > p.company_affinity) company += 1.0;
    }
    const double coldness = others > 0.0 ? std::max(0.0, p.cold_affinity - view / others) : 0.0;
    if (coldness == 0.0) return 0.0;
    double pressure = 0.0;
    pressed(context, id, member, [&](double size, EventId) { pressure += size; });
    return coldness * (p.coldness_alone + pressure) * (1.0 + company);
  }

  void leave(StepContext& context, PactId id, const Willing& x) {
    const ActorId member = x.decision.who;
    const law::Change change = amend(context.world, id, [&](law::Pact& pact) {
      return law::give_notice(pact, member, context.clock.date(context.step));
    });
    if (!change.done) return;
    std::vector<EventId> causes;
    pressed(context, id, member, [&](double, EventId cause) { causes.push_back(cause); });
    const EventId event =
        context.happened({.kind = EventKind::exit_notice, .who = member, .pact = id}, causes);
    Decision d = x.decision;
    d.event = event;
    context.decided(d, {{TermKind::rate, {}, x.rate}});
    notices_.push_back({id, member, change.effective, event});
  }

  /// How much a candidate wishes to be among the members and is welcome to all of them.
  struct Fit {
    double wish = 1.0, welcome = 1.0;

    bool good() const { return wish > 0.0 && welcome > 0.0; }
  };
  Fit fit(const World& w, ActorId candidate) const {
    Fit f;
    for (const ActorId m : members_) {
      f.wish = std::min(f.wish, w.relations.affinity(candidate, m));
      f.welcome = std::min(f.welcome, w.relations.affinity(m, candidate));
      if (!f.good()) break;  // one is enough
    }
    return f;
  }
  bool near_members(const World& w, ActorId candidate) const {
    return std::any_of(members_.begin(), members_.end(),
                       [&](ActorId m) { return neighbours(w, candidate, m); });
  }
  void look_at_members(const law::Pact& pact, Date today) {
    members_.clear();
    for (const law::Member& m : pact.members) {
      if (law::is_member(pact, m.actor, today)) members_.push_back(m.actor);
    }
  }

  /// States that feel threatened seek the protection of friends whose pact they may enter. Of
  /// several at once the order is drawn, and the later have to please the earlier too.
  void accessions(StepContext& context, PactId id) {
    World& w = context.world;
    const law::Pact& pact = w.pacts[id.row()];
    if (pact.accession == law::Accession::closed || pact.secret) return;
    const Date today = context.clock.date(context.step);
    look_at_members(pact, today);
    std::vector<Willing> candidates;
    std::vector<std::uint64_t> keys;
    for (const ActorId candidate : states_) {
      const std::size_t a = candidate.row();
      if (std::find(members_.begin(), members_.end(), candidate) != members_.end()) continue;
      const Fit f = fit(w, candidate);
      if (!f.good() || !near_members(w, candidate)) continue;
      const double rate =
          p.accession_rate * f.wish * f.welcome * (p.safe_wish + w.actors.threat[a]);
      Stream stream = context.stream(accession_draw, {pact.key.value, w.actors.key[a].value});
      Decision d{.kind = DecisionKind::accession,
                 .who = candidate,
                 .pact = id,
                 .probability = hazard_probability(rate, between_reviews(context) / days_per_year),
                 .draw = uniform(stream)};
      d.yes = d.draw < d.probability;
      const std::uint64_t question = mix(pact.key.value, w.actors.key[a].value);
      if (!d.yes) {
        context.declined(d, question);
        continue;
      }
      candidates.push_back({d, rate});
      keys.push_back(question);
    }
    for (const std::uint32_t i : drawn_order(context, accession_turn, keys)) {
      Decision& d = candidates[i].decision;
      look_at_members(pact, today);
      const Fit f = fit(w, d.who);
      if (!f.good()) continue;
      const auto accede = [&](law::Pact& x) { return law::accede(x, d.who, today, true); };
      if (!amend(w, id, accede).done) continue;
      d.event = context.happened({.kind = EventKind::accession, .who = d.who, .pact = id});
      context.decided(d, {{TermKind::rate, {}, candidates[i].rate},
                          {TermKind::view, {}, f.wish},
                          {TermKind::threat, d.who, w.actors.threat[d.who.row()]}});
    }
  }

  std::vector<Willing> leaving_, returning_;
  std::vector<ActorId> states_;   ///< that live
  std::vector<ActorId> members_;  ///< of the pact that candidates look at
  Blocs blocs_;
  WarCourses courses_;
  std::vector<Notice> notices_;
  std::vector<Suspended> suspended_;
  std::vector<std::pair<ActorId, EventId>> coups_;
};

const std::vector<Parameter<DiplomacyParameters>>& Diplomacy::table() {
  using P = DiplomacyParameters;
  static const std::vector<Parameter<P>> rows{
      {{"ceasefire_rate", Unit::per_year, 0.0, 10.0, 0.06,
        "Rate of ceasefires between sides of middling weariness", "calibrated"},
       inside(&P::peace, &PeaceRules::ceasefire_rate)},
      {{"ceasefire_days", Unit::days, 5.0, 2000.0, 180.0, "Length of a ceasefire that holds",
        "calibrated"},
       inside(&P::peace, &PeaceRules::ceasefire_days)},
      {{"civil_peace", Unit::none, 0.0, 10.0, 0.6,
        "Rate at which wars with groups end, relative to the published one",
        "hazard .156 a year, .103 internationalised: UCDP/PRIO, Gleditsch et al. 2002"},
       inside(&P::peace, &PeaceRules::civil_peace)},
      {{"interstate_peace", Unit::per_year, 0.0, 20.0, 0.9, "Rate at which wars between states end",
        "calibrated: median length of inter-state wars about a year, COW 4.0"},
       inside(&P::peace, &PeaceRules::interstate_peace)},
      {{"mediation", Unit::none, 1.0, 10.0, 2.0, "How many times likelier talks make an end",
        "calibrated: Beardsley 2008, doi:10.1177/0022002708316399, direction only"},
       inside(&P::peace, &PeaceRules::mediation)},
      {{"collapse_rate", Unit::per_year, 0.0, 20.0, 1.0,
        "Rate at which ceasefires between the unwearied collapse", "calibrated"},
       inside(&P::peace, &PeaceRules::collapse_rate)},
      {{"exit_rate", Unit::per_year, 0.0, 20.0, 1.0,
        "Rate at which a wholly estranged member, or the members of a bloc, give notice",
        "judged: Zimbabwe left the Commonwealth 21 months after it had been suspended, in December "
        "2003"},
       &P::exit_rate},
      {{"accession_rate", Unit::per_year, 0.0, 5.0, 0.2,
        "Rate at which a threatened friend of all members accedes", "calibrated"},
       &P::accession_rate},
      {{"reinstatement_rate", Unit::per_year, 0.0, 5.0, 0.2,
        "Rate at which the suspension of a fully legitimate member is lifted", "calibrated"},
       &P::reinstatement_rate},
      {{"suspension", Unit::none, 0.0, 1.0, 0.9,
        "Chance that an organisation that answers coups suspends the member",
        "calibrated: ECOWAS 2020-2023 suspended after each of five coups"},
       &P::suspension},
      {{"unwearied", Unit::none, 0.0, 2.0, 0.5,
        "What moves sides without weariness towards an end of the fighting; full weariness adds 1",
        "judged"},
       inside(&P::peace, &PeaceRules::unwearied)},
      {{"ceasefire_peace", Unit::none, 1.0, 20.0, 3.0,
        "How many times likelier peace is while a ceasefire holds",
        "judged: who no longer fights has begun to talk"},
       inside(&P::peace, &PeaceRules::ceasefire_peace)},
      {{"peace_affinity", Unit::none, 0.0, 1.0, 0.05,
        "Least affinity between those who have made peace",
        "judged: not friends, but no cause for the next war"},
       inside(&P::peace, &PeaceRules::peace_affinity)},
      {{"cold_affinity", Unit::none, 0.0, 1.0, 0.5,
        "Mean affinity to the other members below which a member grows cold", "judged"},
       &P::cold_affinity},
      {{"coldness_alone", Unit::none, 0.0, 0.5, 0.02,
        "What estranges a cold member without any pressure by its organisation",
        "judged: coldness alone takes decades to drive a member out, pressure and company take "
        "months"},
       &P::coldness_alone},
      {{"company_affinity", Unit::none, 0.0, 0.95, 0.5,
        "Affinity above which members that leave are company", "judged"},
       &P::company_affinity},
      {{"safe_wish", Unit::none, 0.0, 2.0, 0.2,
        "Wish of a state without threat for the protection of friends; full threat adds 1",
        "judged"},
       &P::safe_wish},
      {{"restitution", Unit::none, 0.0, 1.0, 0.7,
        "Chance that a peace between states gives back what armies have taken",
        "Zacher 2001, International Organization 55: of the territorial wars from 1946 to 2000 "
        "three "
        "in ten ended in a redistribution of land, from 1648 to 1945 eight in ten"},
       inside(&P::peace, &PeaceRules::restitution)},
  };
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_diplomacy() { return std::make_unique<Diplomacy>(); }

}  // namespace casus
