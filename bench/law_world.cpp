#include "law_world.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "casus/core/random.h"

namespace casus::bench {
namespace {

using A = law::ActKind;
using O = law::Obligation;
using law::DecisionRule;
using law::Procedure;

/// Draws of one thing, addressed by its name.
class Dice {
 public:
  explicit Dice(const std::string& name)
      : stream_({2024, 0}, 0, Purpose("test"), {name_hash(name)}) {}
  double real(double low = 0.0, double high = 1.0) { return low + (high - low) * uniform(stream_); }
  bool maybe(double p) { return uniform(stream_) < p; }
  std::size_t below(std::size_t n) {
    return std::min(n - 1, static_cast<std::size_t>(uniform(stream_) * static_cast<double>(n)));
  }

 private:
  Stream stream_;
};

law::Article article(std::string id, law::ActSet acts, law::ObligationSet assist,
                     Procedure procedure) {
  law::Article a;
  a.id = std::move(id);
  a.when.acts = acts;
  a.when.where.scope = law::Scope::members;
  a.then.assist = assist;
  a.procedure = procedure;
  return a;
}

void add_articles(law::Pact& p, Dice& dice) {
  const law::ActSet attacks{A::invasion, A::strike, A::attack_on_forces, A::declaration_of_war};
  if (dice.maybe(0.7)) {
    const Procedure how[] = {Procedure::automatic, Procedure::on_request, Procedure::by_decision,
                             Procedure::request_and_decision};
    p.articles.push_back(
        article("defence", attacks, {O::aid, O::troops, O::war}, how[dice.below(4)]));
    p.articles.back().when.between_members = dice.maybe(0.2);
    p.articles.back().then.peaceful_first = dice.maybe(0.1);
    p.articles.back().then.jointly = dice.maybe(0.1);
    p.articles.back().when.unprovoked = dice.maybe(0.3);
  }
  if (dice.maybe(0.4)) {
    p.articles.push_back(article("insurgency",
                                 {A::rebellion, A::terrorist_attack, A::hosting_armed_groups},
                                 {O::aid, O::basing, O::troops}, Procedure::on_request));
  }
  if (dice.maybe(0.3)) {
    p.articles.push_back(article("order", {A::coup, A::coup_attempt},
                                 {O::mediation, O::sanction, O::troops}, Procedure::by_decision));
  }
  if (dice.maybe(0.6)) {
    p.articles.push_back(article("consultation",
                                 attacks | law::ActSet{A::threat, A::blockade, A::sanction},
                                 {O::consult, O::statement}, Procedure::automatic));
  }
  if (p.articles.empty() || dice.maybe(0.4)) {
    law::Article peace;
    peace.id = "peace";
    peace.then.abstain = {law::Abstention::force};
    if (dice.maybe(0.5)) peace.then.abstain.insert(law::Abstention::neutrality);
    peace.void_if_partner_attacks = dice.maybe(0.5);
    p.articles.push_back(peace);
  }
}

law::Pact make_pact(std::size_t number, const Size& size) {
  law::Pact p;
  p.id = "pact " + std::to_string(number);
  p.key = pact_key(p.id);
  Dice dice(p.id);
  p.in_force = RingFacts::start - std::chrono::days{1 + static_cast<int>(dice.below(20000))};
  p.military_institutions = static_cast<std::uint8_t>(dice.below(3));
  p.formality = static_cast<std::uint8_t>(dice.below(3));
  p.speciality = static_cast<std::uint8_t>(dice.below(2));
  // Most are small; members are neighbours, so that pacts overlap.
  const double u = dice.real();
  const std::size_t wanted =
      2 + static_cast<std::size_t>(u * u * static_cast<double>(size.members - 1));
  std::size_t at = dice.below(size.actors);
  for (; p.members.size() < wanted; at = (at + 1 + dice.below(3)) % size.actors) {
    if (at % 10 == 9) continue;  // an armed group signs nothing
    law::Member& m = p.members.emplace_back();
    m.actor = ActorId{at};
    m.weight = dice.real(0.5, 2.0);
    if (dice.maybe(0.05)) m.notice = RingFacts::start - std::chrono::days{dice.below(400)};
    if (dice.maybe(0.05)) m.suspensions.push_back({RingFacts::start - std::chrono::days{10}, {}});
  }
  add_articles(p, dice);
  if (dice.maybe(0.1)) {
    p.members.front().reservations.push_back({p.articles.front().id, O::aid});
  }
  law::Organ& organ = p.organs.emplace_back();
  const DecisionRule rules[] = {DecisionRule::consensus, DecisionRule::majority,
                                DecisionRule::two_thirds, DecisionRule::weighted};
  organ.rule = rules[dice.below(4)];
  organ.opinions_bind = dice.maybe(0.8);
  return p;
}

law::Act make_act(std::size_t number, const Size& size) {
  Dice dice("act " + std::to_string(number));
  law::Act a;
  a.date = RingFacts::start;
  const auto state = [](std::size_t row) { return ActorId{row % 10 == 9 ? row - 1 : row}; };
  const std::size_t at = size.one_war ? 0 : dice.below(size.actors);
  a.victim = state(at);
  a.author = state((at + 2 + dice.below(size.one_war ? size.actors - 4 : 30)) % size.actors);
  a.place.sovereign = a.victim;
  a.place.key = region_key("land " + std::to_string(at));
  a.severity = dice.real();
  const law::ActKind kinds[] = {
      A::invasion, A::strike,   A::strike, A::attack_on_forces, A::declaration_of_war,
      A::threat,   A::blockade, A::coup,   A::terrorist_attack, A::hosting_armed_groups,
      A::rebellion};
  a.kind = kinds[dice.below(size.one_war ? 4 : std::size(kinds))];
  if (size.one_war) a.conflict = law::conflict_key("the one war");
  if (a.kind == A::coup) a.author = a.victim;
  if (a.kind == A::terrorist_attack || a.kind == A::rebellion) {
    a.author = ActorId{std::min(a.victim.row() / 10 * 10 + 9, size.actors - 1)};
    a.sponsor = state((at + 2 + dice.below(30)) % size.actors);
    if (a.sponsor == a.victim) a.sponsor = {};
    a.sponsor_evidence = dice.real();
  }
  a.provocation = {dice.maybe(0.1), dice.real(), dice.maybe(0.3)};
  return a;
}

}  // namespace

RingFacts::RingFacts(std::size_t actors) {
  for (std::size_t i = 0; i < actors; ++i) {
    const std::string name = "actor " + std::to_string(i);
    Dice dice(name);
    Row r;
    r.party = {actor_key(name), i % 10 == 9 ? law::PartyKind::armed_group : law::PartyKind::state};
    r.ideal = dice.real(-1.0, 1.0);
    r.forces = std::exp(dice.real(7.0, 13.0));
    r.free = r.forces * dice.real();
    r.resolve = dice.real(0.4, 1.0);
    r.power_change = dice.real(-0.4, 0.4);
    r.fleet = dice.maybe(0.2);
    r.new_regime = dice.maybe(0.15);
    r.ousted = dice.maybe(0.02);
    rows_.push_back(r);
  }
  // Some neighbours are at war already; the first of the two began it.
  for (std::size_t i = 0; i + 1 < actors; i += 20) {
    rows_[i].enemy = static_cast<std::uint32_t>(i + 1);
    rows_[i + 1].enemy = static_cast<std::uint32_t>(i);
    rows_[i].began = true;
  }
}

LawWorld::LawWorld(const Size& size) : facts(size.actors) {
  for (std::size_t i = 0; i < size.pacts; ++i) pacts.push_back(make_pact(i, size));
  for (std::size_t i = 0; i < size.acts; ++i) acts.push_back(make_act(i, size));
  settings.honour.era = -1.9;
  settings.honour.affinity = 1.5;
  settings.honour.cost = 1.0;
  settings.honour.shared_threat = 1.0;
  settings.honour.war_weariness = 1.0;
  settings.vote.band = 0.3;
  settings.horizon_days = 365.0;  // help that comes within a year starts a further wave
}

}  // namespace casus::bench
