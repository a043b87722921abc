#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <utility>

#include "casus/core/calendar.h"
#include "casus/core/parameter.h"
#include "casus/core/row_index.h"
#include "casus/law/parameters.h"
#include "casus/law/resolve.h"
#include "sim/help.h"
#include "sim/law_log.h"
#include "sim/law_queries.h"
#include "sim/mechanisms.h"
#include "sim/world_facts.h"

namespace casus {
namespace {

constexpr Purpose gravest_lot("gravest");

struct CommitmentParameters {
  LawRules law;
  double reputation_memory = 0.0;
  double reputation_step = 0.0;
  double law_review = 0.0;
  double aid = 0.0;
  double sanction = 0.0;
  double mediation_days = 0.0;
  double coup_stake = 0.0;
};

/// The law, for every act of the step: was it the casus foederis, who is bound, who comes? Help
/// that was decided arrives after its delay and is then an act like any other.
class Commitments final : public MechanismWith<Commitments, CommitmentParameters> {
 public:
  static MechanismInfo about() {
    return {"commitments",
            "Pacts: attributed, covered, invoked, obliged, able, honoured, and what follows.",
            "vocabulary: ATOP, Leeds et al. 2002, doi:10.1080/03050620213653; fulfilment: Leeds & "
            "Anac 2005, doi:10.1080/03050620500294135",
            {},
            {"actors.reputation", "crises.stake", "measures.size"},
            {"actors.reserve", "actors.home_power", "presences.strength"}};
  }
  static const std::vector<Parameter<CommitmentParameters>>& table();

  void begin(StepContext& context) override { rules(context); }
  void attach(LawRules& rules) override { rules.memory = &memory_; }

  void step(StepContext& context) override {
    rules(context);
    fade_reputations(context);
    // What arrives today is among the acts that the law looks at today.
    arrivals(context);
    sift(context);
    if (acts_.empty() && !memory_.any_debt()) return;  // a term runs out on a quiet day as well
    const WorldFacts facts(context);
    const law::Resolution result =
        law::resolve(acts_, context.world.pacts.index(), facts, context.law.settings,
                     context.replicate, context.step, memory_);
    std::vector<law::Act> answers;
    for (const law::Commitment& c : result.commitments) {
      answers.push_back(law::act_of(c, result.acts[c.act], facts, &memory_));
    }
    log_verdicts(context, result, events_);
    enact(context, result, answers);
    open_crises(context, result, events_, p.coup_stake);
  }

  void archive(Archive& a) override {
    a(memory_, pending_, reported_, held_);
    if (!a.reads()) return;
    index_reported();
    held_at_.clear();  // made anew when it is asked for
  }

 private:
  /// Help under way.
  struct Pending {
    law::Commitment help;
    law::Act act;
    double due_day = 0.0;
    EventId cause;
    std::size_t place = 0;  ///< among the others, before they are sorted

    void archive(Archive& a) { a(help, act, due_day, cause); }
  };
  /// The last day on which a lasting insurgency was put before the law.
  struct Reported {
    std::uint64_t key = 0;
    std::uint64_t day = 0;

    void archive(Archive& a) { a(key, day); }
  };

  void rules(StepContext& context) {
    context.law = p.law;
    context.law.memory = &memory_;
    context.law.settings.doctrines = context.scenario.doctrines;
    context.law.settings.keep_weighed = true;  // the log of decisions has it
    // Help that takes longer than the step is an act of the day on which it arrives.
    context.law.settings.horizon_days = 0.5 * context.days();
  }

  /// An insurgency attacks every day and in many places; the law looks at it as often as decisions
  /// are reconsidered, and then at the gravest of the day's attacks: a day's, and not a step's, or
  /// the attacks of half a day would be half as grave.
  void sift(StepContext& context) {
    acts_.clear();
    for (const law::Act& act : context.acts) {
      if (lasting(act)) {
        hold(context.world, act);
      } else {
        acts_.push_back(act);
      }
    }
    if (held_.empty() || !day_ends(context)) return;
    const auto today = static_cast<std::uint64_t>(context.day());
    const double interval = std::clamp(p.law.settings.reconsider_days, 1.0, p.law_review);
    lasting_.clear();
    for (std::size_t i = 0; i < held_.size(); ++i) {
      lasting_.emplace_back(conflict_of(context.world, held_[i]), i);
    }
    std::sort(lasting_.begin(), lasting_.end());
    for (std::size_t i = 0; i < lasting_.size();) {
      const std::uint64_t conflict = lasting_[i].first;
      std::size_t gravest = lasting_[i].second;
      for (++i; i < lasting_.size() && lasting_[i].first == conflict; ++i) {
        if (graver(context, held_[lasting_[i].second], held_[gravest])) {
          gravest = lasting_[i].second;
        }
      }
      if (fresh(conflict, today, interval)) acts_.push_back(held_[gravest]);
    }
    held_.clear();
    held_at_.clear();
  }

  /// What was done in one conflict at one place since the day began is one act, of the latest
  /// event.
  void hold(const World& w, const law::Act& act) {
    const std::uint64_t conflict = conflict_of(w, act);
    const std::uint32_t row = held_at_.find_or_add(
        mix(conflict, act.place.key.value), held_.size(),
        [&](std::size_t i) { return mix(conflict_of(w, held_[i]), held_[i].place.key.value); },
        [&](std::uint32_t i) {
          return held_[i].place.key == act.place.key && conflict_of(w, held_[i]) == conflict;
        });
    if (row == held_.size()) {
      held_.push_back(act);
      return;
    }
    law::Act& same = held_[row];
    const double before = same.size;
    same = act;
    same.size += before;
  }

  /// Is the step the last that begins on its day?
  static bool day_ends(const StepView& context) {
    constexpr Minutes day{24 * 60};
    const auto day_of = [&](std::int64_t step) { return step * context.clock.step / day; };
    return day_of(std::int64_t{context.step} + 1) > day_of(context.step);
  }

  static bool lasting(const law::Act& act) {
    return act.kind == law::ActKind::rebellion || act.kind == law::ActKind::terrorist_attack;
  }

  static std::uint64_t conflict_of(const World& w, const law::Act& act) {
    return mix(mix(w.actors.key[act.author.row()].value, w.actors.key[act.victim.row()].value),
               static_cast<std::uint64_t>(act.kind));
  }

  /// Of equals the place is drawn, or the law would always look at the same one.
  static bool graver(const StepView& context, const law::Act& a, const law::Act& b) {
    if (a.size != b.size) return a.size > b.size;
    const auto lot = [&](const law::Act& act) {
      Stream stream = context.stream(
          gravest_lot, {conflict_of(context.world, act), act.place.key.value}, Stream::again);
      return std::pair(uniform(stream), act.place.key.value);
    };
    return lot(a) < lot(b);
  }

  bool fresh(std::uint64_t key, std::uint64_t today, double interval) {
    const std::uint32_t row = reported_at_.find_or_add(
        key, reported_.size(), [&](std::size_t i) { return reported_[i].key; },
        [&](std::uint32_t i) { return reported_[i].key == key; });
    if (row == reported_.size()) {
      reported_.push_back({key, today});
      return true;
    }
    Reported& r = reported_[row];
    if (static_cast<double>(today - r.day) < interval) return false;
    r.day = today;
    return true;
  }

  void index_reported() {
    reported_at_.index(reported_.size(), [&](std::size_t i) { return reported_[i].key; });
  }

  EventId event_of(const law::Resolution& result, std::uint32_t verdict, std::uint32_t act) const {
    if (verdict != law::no_index && events_[verdict].valid()) return events_[verdict];
    return act != law::no_index ? result.acts[act].event : EventId{};
  }

  // --- what follows

  void enact(StepContext& context, const law::Resolution& result,
             const std::vector<law::Act>& answers) {
    World& w = context.world;
    for (std::size_t i = 0; i < result.commitments.size(); ++i) {
      const law::Commitment& c = result.commitments[i];
      const EventId cause = event_of(result, c.verdict, c.act);
      // The record is of words kept, not of help arrived: others see the decision.
      credit(w, c.member, 1.0);
      pending_.push_back({c, answers[i], context.day() + c.delay_days, cause});
      // Of one wave with its act: it has been judged already.
      if (!c.pending) carry_out(context, pending_.size() - 1, true);
    }
    std::erase_if(pending_, [](const Pending& x) { return x.due_day < 0.0; });
    for (const law::Breach& b : result.breaches) breach(context, result, b);
    for (const law::Conflict& c : result.conflicts) log_conflict(context, result, c, events_);
  }

  /// A broken word costs reputation with all, and affinity with whom it was given to and his
  /// friends.
  void breach(StepContext& context, const law::Resolution& result, const law::Breach& b) {
    World& w = context.world;
    if (b.excused) return;
    credit(w, b.member, 0.0);
    // A refusal of help is in the log as the stage that said no, and a term that ran out as itself;
    // what was done is not yet.
    if (b.kind != law::BreachKind::help_refused) {
      Event e{.kind = EventKind::breach,
              .who = b.member,
              .whom = b.towards,
              .pact = b.pact,
              .article = b.article,
              .reason = static_cast<std::uint16_t>(law::Reason::abstention_broken),
              .size = b.weight};
      context.happened(e, {event_of(result, b.verdict, b.act)});
    }
  }

  void credit(World& w, ActorId member, double kept) const {
    double& r = w.actors.reputation[member.row()];
    r += p.reputation_step * (kept - r);
  }

  void fade_reputations(StepContext& context) const {
    const double share = 1.0 - std::exp2(-context.days() / p.reputation_memory);
    std::vector<double>& reputation = context.world.actors.reputation;
    for_rows(context.executor, reputation.size(),
             [&](std::size_t a) { reputation[a] += (0.5 - reputation[a]) * share; });
  }

  void arrivals(StepContext& context) {
    // By the time of arrival, which is drawn; what one member sends at one time, by whom it helps
    // and what it owes; and, where all are one, as before (std::stable_sort would ask for memory).
    for (std::size_t i = 0; i < pending_.size(); ++i) pending_[i].place = i;
    const auto rank = [&](const Pending& x) {
      const World& w = context.world;
      const auto key = [&](ActorId a) { return a.valid() ? w.actors.key[a.row()].value : 0; };
      return std::tuple(x.due_day, key(x.help.member), key(x.help.beneficiary), key(x.help.against),
                        x.help.conflict.value,
                        x.help.pact.valid() ? w.pacts[x.help.pact.row()].key.value : 0, x.place);
    };
    std::sort(pending_.begin(), pending_.end(),
              [&](const Pending& a, const Pending& b) { return rank(a) < rank(b); });
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      if (pending_[i].due_day < context.day() + context.days()) carry_out(context, i, false);
    }
    std::erase_if(pending_, [](const Pending& x) { return x.due_day < 0.0; });
  }

  /// `judged`: the law has looked at this help as an act already.
  void carry_out(StepContext& context, std::size_t i, bool judged) {
    const Pending x = pending_[i];
    pending_[i].due_day = -1.0;
    const std::size_t reported = context.acts.size();
    const EventId event =
        give_help(context, x.help, {p.aid, p.sanction, p.mediation_days}, x.act.invited, x.cause);
    if (judged || !event.valid()) return;
    // Force against usurpers has reported itself; what the law sees is the answer it foresaw.
    context.acts.resize(reported);
    law::Act act = x.act;
    act.event = event;
    act.date = context.clock.date(context.step);
    // Who goes to war before the other side has used force attacks, whatever it was asked for.
    if (context.log[event].kind == EventKind::war_begins) act.posture = law::Posture::attack;
    context.acts.push_back(act);
  }

  law::DecisionMemory memory_;
  std::vector<Pending> pending_;
  std::vector<Reported> reported_;
  RowIndex reported_at_;        ///< by key
  std::vector<law::Act> held_;  ///< acts of lasting conflicts since the day began
  RowIndex held_at_;            ///< by conflict and place
  /// The conflict of each, and its row there.
  std::vector<std::pair<std::uint64_t, std::size_t>> lasting_;
  std::vector<law::Act> acts_;
  std::vector<EventId> events_;
};

const std::vector<Parameter<CommitmentParameters>>& Commitments::table() {
  using P = CommitmentParameters;
  static const std::vector<Parameter<P>> rows = [] {
    std::vector<Parameter<P>> all;
    for (const law::LawParameter& row : law::parameters()) {
      if (!row.of_scenarios) continue;
      all.push_back(
          {row.info, [member = row.member](P& p) -> double& { return member(p.law.settings); }});
    }
    const std::vector<Parameter<P>> own{
        {{"request_coup", Unit::none, 0.0, 1.0, 0.3,
          "Probability that a government that has survived an attempted coup asks for help",
          "judged: the Gambia 1981, Lesotho 1998 and Guinea-Bissau 2022 did, Burkina Faso 2015, "
          "Niger 2021 and the Gambia 2022 did not, nor most others"},
         inside(&P::law, &LawRules::request_coup)},
        {{"request_threat", Unit::none, 0.0, 10.0, 3.0,
          "Log odds that a government asks for help against a rebellion, per unit of perceived "
          "threat",
          "calibrated"},
         inside(&P::law, &LawRules::request_threat)},
        {{"airlift_share", Unit::none, 0.0, 0.5, 0.02,
          "Share of its forces a state without overseas ceiling can fly out", "calibrated"},
         inside(&P::law, &LawRules::airlift_share)},
        {{"belief", Unit::none, 0.0, 6.0, 2.0,
          "Logit by which a member's record moves what others expect of it", "calibrated"},
         inside(&P::law, &LawRules::reputation)},
        {{"reputation_memory", Unit::days, 30.0, 10000.0, 1500.0, "Half-life of a member's record",
          "calibrated"},
         &P::reputation_memory},
        {{"aid", Unit::musd_per_year, 0.0, 5000.0, 20.0, "Money given where aid is owed",
          "calibrated"},
         &P::aid},
        {{"sanction", Unit::none, 0.0, 0.9, 0.2, "Share of income cut where a sanction is owed",
          "calibrated"},
         &P::sanction},
        {{"mediation_days", Unit::days, 0.0, 1000.0, 180.0, "How long good offices last",
          "calibrated"},
         &P::mediation_days},
        {{"coup_stake", Unit::none, 0.0, 1.0, 0.45,
          "What undoing a coup is worth to an organisation that answers coups, war's prize being 1",
          "calibrated: force in Gambia 2017, not in Mali, Guinea, Burkina Faso, Niger"},
         &P::coup_stake},
        {{"surge_share", Unit::none, 0.0, 1.0, LawRules{}.surge_share,
          "Share of its forces that a state can send abroad, by a border or where it is asked to",
          "judged; NATO's goal of 2004: 40 % of land forces deployable, of allies who had built "
          "them for it"},
         inside(&P::law, &LawRules::surge_share)},
        {{"distance_decay", Unit::none, 0.0, 5.0, LawRules{}.distance_decay,
          "Exponent by which that share falls with 1 + km/500 from the capital to a country that "
          "is no neighbour",
          "fitted: distance of joiners of wars 1823-1945, candidates of the Correlates of War"},
         inside(&P::law, &LawRules::distance_decay)},
        {{"mission_least", Unit::people, 0.0, 100000.0, LawRules{}.mission_least,
          "People of a mission against an armed group, at least: of one sender, or of a common "
          "force in all",
          "judged; 500 to 10,000 in ECOMIG, SAMIM, Serval, AFISMA and the CSTO's of 2022"},
         inside(&P::law, &LawRules::mission_least)},
        {{"mission_ratio", Unit::none, 0.0, 20.0, LawRules{}.mission_ratio,
          "People of such a mission for each of the adversary's in the place", "judged"},
         inside(&P::law, &LawRules::mission_ratio)},
        {{"garrison_free", Unit::none, 0.0, 1.0, LawRules{}.garrison_free,
          "Share of a garrison that can be sent away where control of the region is full",
          "judged"},
         inside(&P::law, &LawRules::garrison_free)},
        {{"garrison_sent", Unit::none, 0.0, 1.0, LawRules{}.garrison_sent,
          "Share of a garrison that is sent next door at most where the reserve lacks what an act "
          "calls for",
          "judged"},
         inside(&P::law, &LawRules::garrison_sent)},
        {{"entry_defence", Unit::people, 10.0, 1e5, LawRules{}.entry_defence,
          "Defenders that halve what draws an attacker to a region on the border",
          "judged: a battalion or two"},
         inside(&P::law, &LawRules::entry_defence)},
        {{"smallest_contingent", Unit::people, 1.0, 2000.0, LawRules{}.smallest_contingent,
          "Fewest people that are sent abroad",
          "judged: a platoon can look after itself, fewer are observers"},
         inside(&P::law, &LawRules::smallest_contingent)},
        {{"arrears_forces", Unit::none, 0.01, 1.0, LawRules{}.arrears_forces,
          "Arrears from which a state cannot pay for armed help", "judged"},
         inside(&P::law, &LawRules::arrears_forces)},
        {{"arrears_aid", Unit::none, 0.01, 1.0, LawRules{}.arrears_aid,
          "Arrears from which a state cannot pay for aid and bases",
          "judged: what is given away goes first"},
         inside(&P::law, &LawRules::arrears_aid)},
        {{"ultimatum", Unit::days, 0.0, 120.0, LawRules{}.ultimatum_days,
          "Time that the addressee of an ultimatum is given",
          "ECOWAS gave the junta of Niger a week on 30 July 2023; Austria-Hungary gave Serbia two "
          "days in 1914"},
         inside(&P::law, &LawRules::ultimatum_days)},
        {{"reputation_step", Unit::none, 0.01, 1.0, 0.25,
          "Share of the way to full trust, or to none, that a kept or a broken word takes a "
          "member's record",
          "judged: four or five broken words leave little"},
         &P::reputation_step},
        {{"law_review", Unit::days, 1.0, 365.0, 30.0,
          "Longest time between two looks of the law at an insurgency that lasts",
          "judged: sooner where decisions are reconsidered more often"},
         &P::law_review},
    };
    all.insert(all.end(), own.begin(), own.end());
    return all;
  }();
  return rows;
}

}  // namespace

std::unique_ptr<Mechanism> make_commitments() { return std::make_unique<Commitments>(); }

}  // namespace casus
