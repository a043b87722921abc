#include "casus/treaties/alteration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "treaties/gaps.h"
#include "treaties/phrases.h"

namespace casus::treaties {
namespace {

using law::ActKind;
using law::Article;
using law::Clause;
using law::Obligation;
using law::Procedure;
using law::Scope;
using Party = Alteration::Party;

template <class E>
std::string list_of(law::EnumSet<E> set) {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < law::names<E>().size(); ++i) {
    if (set.contains(static_cast<E>(i))) words.push_back(law::names<E>()[i]);
  }
  return fmt::format("[{}]", fmt::join(words, ", "));
}

/// Whom an article means, by name.
struct Meant {
  law::PartySet kinds{};
  std::vector<std::string> named, excluded;
  bool members = false;

  std::string value() const {
    std::vector<std::string> keys;
    if (!kinds.empty()) keys.push_back("kind: " + list_of(kinds));
    if (!named.empty()) keys.push_back(fmt::format("actors: [{}]", fmt::join(named, ", ")));
    if (!excluded.empty()) keys.push_back(fmt::format("except: [{}]", fmt::join(excluded, ", ")));
    if (members) keys.emplace_back("members: true");
    return fmt::format("{{{}}}", fmt::join(keys, ", "));
  }
  law::Adversary in(const Party& party) const {
    law::Adversary out{.kinds = kinds, .members = members};
    for (const std::string& n : named) {
      if (const ActorId a = party(n); a.valid()) out.named.push_back(a);
    }
    for (const std::string& n : excluded) {
      if (const ActorId a = party(n); a.valid()) out.excluded.push_back(a);
    }
    return out;
  }
};

std::vector<ActorId> rows(const std::vector<std::string>& names, const Party& party) {
  std::vector<ActorId> out;
  for (const std::string& n : names) {
    if (const ActorId a = party(n); a.valid()) out.push_back(a);
  }
  return out;
}

/// Every other word that an article could say in one of its keys.
class Rewordings {
 public:
  Rewordings(const Treaties& t, const law::Pact& pact, const Clause& clause,
             const std::vector<std::string>& meant, law::ActSet acts, std::vector<Alteration>& out)
      : t_(t), pact_(pact), clause_(clause), meant_(meant), out_(out), spoken_of_(acts) {
    for (const Article& a : pact.articles) {
      if (!a.then.assist.empty()) spoken_of_ = spoken_of_ | a.when.acts;
    }
  }

  void all() {
    acts();
    places();
    authors();
    procedures();
    help();
    members();
    conditions();
  }

 private:
  template <class F>
  void add(std::string key, std::string value, F make) {
    out_.push_back({pact_.articles[clause_.article.row()].id, std::move(key), std::move(value),
                    std::move(make)});
    out_.back().said = out_.back().value;
  }
  /// What was added last may close a gap.
  void mends(std::string said = {}) {
    out_.back().mends = true;
    if (!said.empty()) out_.back().said = std::move(said);
  }

  std::vector<std::string> named(const std::vector<ActorId>& actors) const {
    std::vector<std::string> out;
    out.reserve(actors.size());
    for (const ActorId a : actors) out.push_back(t_.parties[a.row()].name);
    return out;
  }

  /// Acts of which the treaty speaks elsewhere or that are meant, and one less.
  void acts() {
    for (std::size_t i = 0; i < law::names<ActKind>().size(); ++i) {
      const auto kind = static_cast<ActKind>(i);
      law::ActSet acts = clause_.when.acts;
      const bool less = acts.contains(kind);
      if (less) {
        acts.erase(kind);
      } else if (spoken_of_.contains(kind)) {
        acts.insert(kind);
      }
      if (acts == clause_.when.acts || acts.empty()) continue;
      add("when.act", list_of(acts),
          [acts](Article& a, const Clause&, const Party&) { a.when.acts = acts; });
      if (!less) mends(fmt::format("also {}", name(kind)));
    }
  }

  void places() {
    const law::Geography& where = clause_.when.where;
    const bool narrowed = where.areas.any() || !where.regions.empty();
    const bool but = where.excluded.any() || !where.excluded_regions.empty();
    for (const Scope scope : {Scope::victim, Scope::members, Scope::anywhere}) {
      if (scope == where.scope && !narrowed && !but) continue;
      add("where", std::string(name(scope)), [scope](Article& a, const Clause&, const Party&) {
        a.when.where = {};
        a.when.where.scope = scope;
      });
      if (scope != where.scope || narrowed) mends();
    }
    if (!but || !(narrowed || where.scope == Scope::listed)) return;
    add("where.except", "[]", [](Article& a, const Clause& clause, const Party&) {
      a.when.where = clause.when.where;
      a.when.where.excluded = {};
      a.when.where.excluded_regions.clear();
    });
    mends("nothing");
  }

  /// One step away from whom the article means, or two: "by" is one key with several lists, and to
  /// let bands in and leave one state out is still one clause said otherwise.
  void authors() {
    const law::Adversary& now = clause_.when.by;
    const Meant as_it_is{now.kinds, named(now.named), named(now.excluded), now.members};
    std::set<std::string> seen{as_it_is.value()};
    const auto by = [&](const Meant& meant, std::size_t steps) {
      if (!seen.insert(meant.value()).second) return false;
      add("by", meant.value(),
          [meant](Article& a, const Clause&, const Party& party) { a.when.by = meant.in(party); });
      out_.back().steps = steps;
      return true;
    };
    const std::vector<Step> once = steps(as_it_is);
    for (const Step& one : once) {
      if (by(one.to, 1) && !one.wider.empty()) mends(one.wider);
    }
    for (const Step& one : once) {
      for (const Step& two : steps(one.to)) by(two.to, 2);
    }
    if (clause_.when.min_evidence > 0.0) {
      number("when.min_evidence", 0.0, &law::Conditions::min_evidence);
      mends();
    } else {
      number("when.min_evidence", 0.5, &law::Conditions::min_evidence);
    }
  }
  struct Step {
    Meant to;
    std::string wider;  ///< whom it lets in, to a reader; empty: nobody
  };
  std::vector<Step> steps(const Meant& from) const {
    std::vector<Step> out;
    const auto step = [&](auto&& change, std::string wider = {}) {
      out.push_back({from, std::move(wider)});
      change(out.back().to);
    };
    const bool anybody = from.kinds.empty() && from.named.empty();
    for (std::size_t i = 0; i < law::names<law::PartyKind>().size(); ++i) {
      const auto kind = static_cast<law::PartyKind>(i);
      if (!from.kinds.contains(kind)) {
        step([kind](Meant& m) { m.kinds.insert(kind); },
             anybody ? std::string() : fmt::format("also {}", kind_phrase(kind)));
      } else if (from.kinds != law::PartySet{kind}) {
        step([kind](Meant& m) { m.kinds.erase(kind); });
      }
    }
    if (anybody) {
      step([](Meant& m) { m.kinds = {law::PartyKind::state, law::PartyKind::external}; });
    }
    if (!from.excluded.empty()) {
      step([](Meant& m) { m.excluded.clear(); }, "leaves nobody out");
    }
    // Sorted, so that two steps come to one value whichever is first.
    const auto put = [](std::vector<std::string>& list, const std::string& party) {
      list.push_back(party);
      std::sort(list.begin(), list.end());
    };
    for (const std::string& party : meant_) {
      const auto has = [&](const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), party) != list.end();
      };
      if (is_member(party) || has(from.excluded) || has(from.named)) continue;
      step([&](Meant& m) { put(m.excluded, party); });
      step([&](Meant& m) { put(m.named, party); });
    }
    return out;
  }
  bool is_member(const std::string& name) const {
    return std::any_of(pact_.members.begin(), pact_.members.end(), [&](const law::Member& m) {
      return t_.parties[m.actor.row()].name == name;
    });
  }

  void procedures() {
    for (const Procedure p : {Procedure::automatic, Procedure::on_request, Procedure::by_decision,
                              Procedure::request_and_decision}) {
      if (p == clause_.procedure) continue;
      const bool decides = p == Procedure::by_decision || p == Procedure::request_and_decision;
      if (decides && !clause_.organ.valid()) continue;
      add("procedure", std::string(name(p)),
          [p](Article& a, const Clause&, const Party&) { a.procedure = p; });
      mends();
    }
    for (const law::Requester r : {law::Requester::either, law::Requester::recognised}) {
      if (r == clause_.requester) continue;
      add("requester", std::string(name(r)),
          [r](Article& a, const Clause&, const Party&) { a.requester = r; });
      if (r == law::Requester::either) mends();
    }
  }

  /// One kind of help more or less.
  void help() {
    for (std::size_t i = 1; i < law::names<Obligation>().size(); ++i) {
      const auto level = static_cast<Obligation>(i);
      law::ObligationSet assist = clause_.then.assist;
      if (assist.contains(level)) {
        assist.erase(level);
      } else {
        assist.insert(level);
      }
      if (assist.empty()) continue;
      add("then.assist", list_of(assist),
          [assist](Article& a, const Clause&, const Party&) { a.then.assist = assist; });
    }
    if (clause_.then.peaceful_first) {
      add("peaceful_first", "false",
          [](Article& a, const Clause&, const Party&) { a.then.peaceful_first = false; });
      mends();
    }
  }

  void members() {
    for (const std::string& party : meant_) {
      if (is_member(party)) {
        names("exempt", clause_.exempt, party, &Article::exempt);
      } else {
        names("unless_war_with", clause_.unless_war_with, party, &Article::unless_war_with);
      }
    }
  }
  void names(std::string key, const std::vector<ActorId>& now, const std::string& more,
             std::vector<ActorId> Article::*member) {
    std::vector<std::string> all = named(now);
    if (std::find(all.begin(), all.end(), more) != all.end()) return;
    all.push_back(more);
    add(std::move(key), fmt::format("[{}]", fmt::join(all, ", ")),
        [all, member](Article& a, const Clause&, const Party& party) {
          a.*member = rows(all, party);
        });
  }

  void conditions() {
    for (const auto& [key, member] :
         {std::pair{"when.between_members", &law::Conditions::between_members},
          std::pair{"when.ongoing_wars", &law::Conditions::ongoing_wars},
          std::pair{"when.joined_wars", &law::Conditions::joined_wars},
          std::pair{"when.unprovoked", &law::Conditions::unprovoked},
          std::pair{"when.lawful_government", &law::Conditions::lawful_government}}) {
      const bool now = clause_.when.*member;
      add(key, now ? "false" : "true",
          [now, member = member](Article& a, const Clause&, const Party&) {
            a.when.*member = !now;
          });
      if (member == &law::Conditions::between_members && !now) mends();
    }
  }
  void number(std::string key, double value, double law::Conditions::*member) {
    add(std::move(key), fmt::format("{}", value),
        [value, member](Article& a, const Clause&, const Party&) { a.when.*member = value; });
  }

  const Treaties& t_;
  const law::Pact& pact_;
  const Clause& clause_;
  const std::vector<std::string>& meant_;
  std::vector<Alteration>& out_;
  law::ActSet spoken_of_;
};

}  // namespace

std::vector<Alteration> alterations(const Treaties& treaties, std::size_t pact,
                                    const Subjects& subjects) {
  const std::set<std::string> once(subjects.parties.begin(), subjects.parties.end());
  const std::vector<std::string> names(once.begin(), once.end());
  const law::PactIndex index(treaties.pacts, treaties.parties.size());
  std::vector<Alteration> out;
  for (const Clause& clause : index.clauses(pact)) {
    if (clause.then.assist.empty() || clause.when.acts.empty()) continue;
    Rewordings(treaties, treaties.pacts[pact], clause, names, subjects.acts, out).all();
  }
  return out;
}

Alteration::Party parties_of(const Treaties& treaties) {
  return [&treaties](const std::string& name) {
    const auto it = std::find_if(treaties.parties.begin(), treaties.parties.end(),
                                 [&](const Signatory& p) { return p.name == name; });
    return it == treaties.parties.end() ? ActorId{} : ActorId(it - treaties.parties.begin());
  };
}

law::Pact altered(const law::Pact& pact, const law::PactIndex& index, std::size_t row,
                  const std::vector<Alteration>& changes, const Alteration::Party& party) {
  law::Pact out = pact;
  for (const Alteration& c : changes) {
    for (const Clause& clause : index.clauses(row)) {
      Article& a = out.articles[clause.article.row()];
      if (a.id == c.article) c.make(a, clause, party);
    }
  }
  return out;
}

std::vector<Edit> edits_of(const std::string& pact, const std::vector<Alteration>& changes) {
  std::vector<Edit> out;
  out.reserve(changes.size());
  for (const Alteration& c : changes) {
    out.push_back(
        {Edit::Kind::set, fmt::format("pacts.{}.articles.{}.{}", pact, c.article, c.key), c.value});
  }
  return out;
}

std::string in_short(const std::vector<Alteration>& changes) {
  std::string text;
  for (const Alteration& c : changes) {
    text +=
        fmt::format("{}article {}, {}: {}", text.empty() ? "" : "; ", c.article, c.key, c.value);
  }
  return text;
}

}  // namespace casus::treaties
