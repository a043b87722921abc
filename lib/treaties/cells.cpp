#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "casus/law/membership.h"
#include "treaties/bench.h"

// Which acts, by whom, against whom and where, a treaty is asked about.
namespace casus::treaties {
namespace {

using law::ActKind;

enum class Nature { group_only, own_army, anybody, by_states };

Nature nature(ActKind kind) {
  switch (kind) {
    case ActKind::rebellion:
    case ActKind::terrorist_attack:
      return Nature::group_only;
    case ActKind::coup:
    case ActKind::coup_attempt:
      return Nature::own_army;
    case ActKind::invasion:
    case ActKind::strike:
    case ActKind::occupation:
    case ActKind::attack_on_forces:
    case ActKind::attack_on_peacekeepers:
    case ActKind::attack_on_vessels:
    case ActKind::cyber_operation:
    case ActKind::sabotage:
      return Nature::anybody;
    default:
      return Nature::by_states;
  }
}

bool done_at_home(ActKind kind) { return kind != ActKind::attack_on_peacekeepers; }
bool done_abroad(ActKind kind) {
  return kind == ActKind::attack_on_forces || kind == ActKind::attack_on_vessels ||
         kind == ActKind::attack_on_peacekeepers;
}
/// Strikes those whom it is aimed at wherever they are: embassies, citizens, pipelines, cables.
bool follows_its_target(ActKind kind) {
  return kind == ActKind::strike || kind == ActKind::terrorist_attack ||
         kind == ActKind::cyber_operation || kind == ActKind::sabotage;
}
/// Peacekeepers stand on somebody's soil, and ships do not.
bool done_on_soil(ActKind kind) { return kind != ActKind::attack_on_vessels; }
bool done_at_sea(ActKind kind) { return kind != ActKind::attack_on_peacekeepers; }

bool has(const std::vector<ActorId>& list, ActorId a) {
  return std::find(list.begin(), list.end(), a) != list.end();
}

class Enumerator {
 public:
  Enumerator(const Treaties& t, const Bench& bench, std::size_t pact, Date date, const Range& range)
      : t_(t),
        bench_(bench),
        pact_(bench.pacts()[pact]),
        row_(pact),
        date_(date),
        acts_(range.more),
        offence_(range.offence),
        all_(range.all),
        abroad_(range.abroad) {
    for (const law::Clause& c : bench.index().clauses(pact)) {
      if (c.then.assist.empty()) continue;
      acts_ = acts_ | c.when.acts;
      for (const ActorId a : c.when.by.named) {
        if (!has(named_, a)) named_.push_back(a);
      }
      offence_ |= c.when.member_as_author;
    }
    for (const ActorId a : range.authors) {
      if (!has(named_, a)) named_.push_back(a);
    }
    sort(named_);
    members_ = standing_members();
    for (const ActorId a : range.victims) {
      if (!has(members_, a) && !has(others_, a)) others_.push_back(a);
    }
    sort(others_);
  }

  std::vector<Cell> run() {
    const std::vector<ActorId> victims = all_ ? members_ : kinds_of(members_, false);
    for (const ActKind act : asked_acts(acts_)) {
      for (const ActorId victim : victims) against(act, victim);
      for (const ActorId victim : others_) against(act, victim);
      if (offence_) offences(act);
    }
    return std::move(out_);
  }

 private:
  void sort(std::vector<ActorId>& parties) const {
    std::sort(parties.begin(), parties.end(), [this](ActorId a, ActorId b) {
      return t_.parties[a.row()].name < t_.parties[b.row()].name;
    });
  }

  std::vector<ActorId> standing_members() const {
    std::vector<ActorId> all;
    for (const law::Member& m : pact_.members) {
      if (law::standing(pact_, m, date_).member) all.push_back(m.actor);
    }
    sort(all);
    return all;
  }

  std::string shade(const law::Place& place) const {
    return treaties::shade(bench_, row_, date_, place);
  }

  /// The places of a party, one of each shade; one without a name if the file has none.
  std::vector<std::pair<law::Place, std::string>> soil(ActorId of) const {
    std::vector<std::pair<law::Place, std::string>> all;
    std::vector<const Territory*> places;
    for (const Territory& p : t_.places) {
      if (p.place.sovereign == of) places.push_back(&p);
    }
    std::sort(places.begin(), places.end(),
              [](const Territory* a, const Territory* b) { return a->name < b->name; });
    std::set<std::string> seen;
    for (const Territory* p : places) {
      if (all_ || seen.insert(shade(p->place)).second) all.emplace_back(p->place, p->name);
    }
    if (all.empty()) all.emplace_back(law::Place{{}, {}, of, {}}, "");
    return all;
  }

  /// One member of each kind that matters: role, standing, soil. With `office`, whoever has a veto
  /// or a chair is a kind by itself.
  std::vector<ActorId> kinds_of(const std::vector<ActorId>& members, bool office) const {
    std::set<std::string> seen;
    std::vector<ActorId> out;
    for (const ActorId a : members) {
      const law::Member& m = *law::find_member(pact_, a);
      const law::Standing s = law::standing(pact_, m, date_);
      std::string kind{static_cast<char>('0' + static_cast<int>(m.role)),
                       s.protected_by ? 'p' : '-', s.votes ? 'v' : '-', s.bound ? 'b' : '-'};
      for (const auto& [place, name] : soil(a)) kind += shade(place) + '/';
      for (const law::Organ& o : pact_.organs) {
        const bool apart = o.chair == a || (office && has(o.veto, a));
        kind += apart ? t_.parties[a.row()].name : "";
      }
      if (seen.insert(kind).second) out.push_back(a);
    }
    return out;
  }

  void add(ActKind act, AuthorClass by, ActorId author, ActorId sponsor, ActorId victim) {
    const auto at = [&](PlaceClass where, const law::Place& place, const std::string& name) {
      out_.push_back({act, by, author, sponsor, victim, where, place, name});
    };
    if (done_at_home(act)) {
      for (const auto& [place, name] : soil(victim)) at(PlaceClass::own, place, name);
    }
    if (!done_abroad(act) && !(abroad_ && follows_its_target(act))) return;
    if (done_on_soil(act)) {
      for (const ActorId host : members_) {
        if (host == victim || host == author) continue;
        const auto place = soil(host).front();
        at(PlaceClass::member, place.first, place.second);
        break;
      }
      at(PlaceClass::outsider, {{}, {}, bench_.state(), {}}, "");
    }
    if (!done_at_sea(act)) return;
    at(PlaceClass::nobodys, {}, "");
    for (const auto& [place, name] : soil(ActorId{})) {
      if (!name.empty()) at(PlaceClass::nobodys, place, name);
    }
  }

  void against(ActKind act, ActorId victim) {
    const Nature n = nature(act);
    const ActorId none;
    if (n == Nature::own_army) {
      add(act, AuthorClass::own, victim, none, victim);
      return;
    }
    if (n == Nature::group_only || n == Nature::anybody) {
      add(act, AuthorClass::band, bench_.band(), none, victim);
      add(act, AuthorClass::sent, bench_.band(), bench_.state(), victim);
    }
    if (n == Nature::anybody || n == Nature::by_states) {
      add(act, AuthorClass::state, bench_.state(), none, victim);
      const bool known = std::any_of(t_.parties.begin(), t_.parties.end(), [](const Signatory& p) {
        return p.kind == law::PartyKind::external;
      });
      if (known) add(act, AuthorClass::external, bench_.external(), none, victim);
      std::vector<ActorId> authors;
      if (!all_) authors = kinds_of(members_, true);
      // The victim itself may be who stands for a kind; and where all members are asked about, two
      // act in turn, so that nobody is looked at as an author alone.
      std::size_t more = all_ ? 2 : 1;
      for (const ActorId a : members_) {
        if (a == victim || more == 0) continue;
        --more;
        if (!has(authors, a)) authors.push_back(a);
      }
      for (const ActorId author : authors) {
        if (author != victim) add(act, AuthorClass::member, author, none, victim);
      }
    }
    for (const ActorId author : named_) {
      const bool band = t_.parties[author.row()].kind == law::PartyKind::armed_group;
      if (author == victim || (n == Nature::group_only && !band) ||
          (n == Nature::by_states && band)) {
        continue;
      }
      add(act, AuthorClass::named, author, none, victim);
    }
  }

  /// Acts of a member itself that call the others.
  void offences(ActKind act) {
    if (nature(act) == Nature::own_army || nature(act) == Nature::group_only) return;
    for (const ActorId author : all_ ? members_ : kinds_of(members_, false)) {
      add(act, AuthorClass::member, author, {}, bench_.state());
      for (const ActorId victim : named_) {
        if (!has(members_, victim)) add(act, AuthorClass::member, author, {}, victim);
      }
    }
  }

  const Treaties& t_;
  const Bench& bench_;
  const law::Pact& pact_;
  std::size_t row_;
  Date date_;
  law::ActSet acts_;
  std::vector<ActorId> named_, members_;
  std::vector<ActorId> others_;  ///< victims that are no members
  bool offence_ = false, all_ = false, abroad_ = false;
  std::vector<Cell> out_;
};

}  // namespace

Named named_in(const law::Pact& pact) {
  Named out;
  const auto add = [](std::vector<ActorId>& to, const std::vector<ActorId>& from) {
    for (const ActorId a : from) {
      if (!has(to, a)) to.push_back(a);
    }
  };
  for (const law::Article& a : pact.articles) {
    add(out.adversaries, a.when.by.named);
    add(out.adversaries, a.when.by.excluded);
    add(out.adversaries, a.unless_war_with);
    for (const ActorId victim : a.when.victims) {
      if (law::find_member(pact, victim) == nullptr) add(out.victims, {victim});
    }
  }
  return out;
}

std::string shade(const Bench& bench, std::size_t pact, Date date, const law::Place& place) {
  std::string out;
  for (const law::Clause& c : bench.index().clauses(pact)) {
    const law::Geography g = law::on(c.when.where, date);
    const auto among = [&](const std::vector<RegionKey>& keys) {
      return place.key.value != 0 && std::find(keys.begin(), keys.end(), place.key) != keys.end();
    };
    out += among(g.regions) || g.areas.meets(place.areas) ? 'i' : '-';
    out += among(g.excluded_regions) || g.excluded.meets(place.areas) ? 'x' : '-';
  }
  return out;
}

std::vector<ActKind> asked_acts(law::ActSet acts) {
  std::vector<ActKind> out;
  for (std::size_t i = 0; i < law::names<ActKind>().size(); ++i) {
    const auto kind = static_cast<ActKind>(i);
    if (acts.contains(kind) && law::hostile(kind)) out.push_back(kind);
  }
  return out;
}

std::vector<Cell> cells(const Treaties& treaties, const Bench& bench, std::size_t pact, Date date,
                        const Range& range) {
  return Enumerator(treaties, bench, pact, date, range).run();
}

std::vector<Frame> frames(const law::Pact& pact, const law::Clause& clause, Date date) {
  const law::Conditions& w = clause.when;
  // A day on which the article counts, if there is one while the pact is in force.
  Date day = date;
  if (w.from && day < *w.from) day = *w.from;
  if (w.until && day >= *w.until) day = *w.until - std::chrono::days(1);
  if (!in_force(pact, day) || (w.from && day < *w.from)) day = date;
  Frame frame{day, w.conflict.value_or(law::ConflictKey{}), 0};
  if (w.min_adversaries == 0) return {frame};
  std::vector<Frame> out;
  for (const std::size_t n :
       {std::size_t{w.min_adversaries}, std::size_t{w.min_adversaries} - 1U}) {
    frame.attackers = n;
    out.push_back(frame);
  }
  return out;
}

}  // namespace casus::treaties
