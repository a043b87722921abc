#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "casus/law/membership.h"
#include "treaties/gaps.h"

// Members that would be bound to both sides, of one treaty or of two.
namespace casus::treaties {
namespace {

using law::Conflict;
using law::ConflictKind;

/// Two pacts, or one with itself, that bind the same member against each other.
struct Bind {
  ConflictKind kind = ConflictKind::both_sides;
  std::string pact;
  std::string other;  ///< of two that promise; allies are named together
  friend auto operator<=>(const Bind&, const Bind&) = default;
};

struct Seen {
  std::set<std::string> articles, other_articles;  ///< that an ally is not attacked goes without
  std::map<std::string, std::set<std::string>> members;  ///< and the further pacts of each
  std::pair<std::string, std::string> example;           ///< who, and when
};

class Binds {
 public:
  Binds(const Treaties& t, const std::vector<std::size_t>& rows)
      : t_(t), speak_(t), bench_(t, chosen(t, rows)) {}

  void run(std::vector<Finding>& out) {
    const std::vector<ActorId> parties = members();
    for (const ActorId victim : parties) {
      for (const ActorId author : parties) {
        if (author == victim) continue;
        for (const law::ActKind act :
             {law::ActKind::invasion, law::ActKind::strike, law::ActKind::attack_on_forces}) {
          ask(act, author, victim);
        }
      }
    }
    for (const auto& [bind, seen] : found_) {
      std::set<std::string> others;
      for (const auto& [member, pacts] : seen.members) others.insert(pacts.begin(), pacts.end());
      if (!bind.other.empty()) others = {bind.other};
      out.push_back({Fault::both_sides,
                     bind.pact,
                     {others.begin(), others.end()},
                     articles(seen),
                     text(bind, seen)});
    }
  }

 private:
  static std::vector<law::Pact> chosen(const Treaties& t, const std::vector<std::size_t>& rows) {
    std::vector<law::Pact> out;
    out.reserve(rows.size());
    for (const std::size_t row : rows) out.push_back(t.pacts[row]);
    return out;
  }

  /// Members of the pacts on that day, by name.
  std::vector<ActorId> members() const {
    std::set<std::pair<std::string, ActorId>> all;
    for (const law::Pact& p : bench_.pacts()) {
      for (const law::Member& m : p.members) {
        if (law::standing(p, m, t_.date).member)
          all.emplace(t_.parties[m.actor.row()].name, m.actor);
      }
    }
    std::vector<ActorId> out;
    out.reserve(all.size());
    for (const auto& [name, actor] : all) out.push_back(actor);
    return out;
  }

  /// Its places, those first that most treaties reach; one without a name if the file has none.
  std::vector<law::Place> soil(ActorId of) const {
    std::map<std::string, law::Place> by_name;
    std::set<std::string> seen;
    for (const Territory& p : t_.places) {
      if (p.place.sovereign == of) by_name.emplace(p.name, p.place);
    }
    std::vector<law::Place> out;
    for (const auto& [name, place] : by_name) {
      std::string shades;
      for (std::size_t p = 0; p < bench_.pacts().size(); ++p) {
        shades += shade(bench_, p, t_.date, place);
      }
      if (seen.insert(shades).second) out.push_back(place);
    }
    if (out.empty()) out.push_back({{}, {}, of, {}});
    return out;
  }

  void ask(law::ActKind act, ActorId author, ActorId victim) {
    Cell cell;
    cell.act = act;
    cell.author = author;
    cell.victim = victim;
    for (const law::Place& place : soil(victim)) {
      cell.place = place;
      const law::Resolution r = bench_.resolve(cell, {t_.date, {}, 0}, {});
      for (const Conflict& c : r.conflicts) note(cell, c, r);
    }
  }

  const std::string& pact(PactId p) const { return bench_.pacts()[p.row()].id; }
  std::string article(PactId p, ArticleId a) const {
    return a.valid() ? bench_.pacts()[p.row()].articles[a.row()].id : std::string();
  }

  void note(const Cell& cell, const Conflict& c, const law::Resolution& r) {
    // What the law itself decides is no gap; what a greater help fulfils neither.
    if (c.decided_by != law::Decision::choice || c.kind == ConflictKind::two_pacts) return;
    Bind bind{c.kind, pact(c.first), pact(c.second)};
    std::string first = article(c.first, c.first_article),
                second = article(c.second, c.second_article);
    if (c.kind == ConflictKind::members_at_war) {
      // Who attacks its ally breaks its word; who is called against it is bound to both.
      if (c.member == cell.author) return;
      const auto help = std::find_if(
          r.commitments.begin(), r.commitments.end(), [&](const law::Commitment& given) {
            return given.member == c.member && given.against == cell.author;
          });
      if (help == r.commitments.end()) return;
      bind.pact = pact(help->pact);
      bind.other.clear();
      first = article(help->pact, help->article);
    } else if (c.kind == ConflictKind::both_sides &&
               std::tie(bind.other, second) < std::tie(bind.pact, first)) {
      std::swap(bind.pact, bind.other);
      std::swap(first, second);
    }
    Seen& seen = found_[bind];
    std::pair<std::string, std::string> example{
        speak_.party(c.member),
        fmt::format("if {} attacks {}", speak_.party(cell.author), speak_.party(cell.victim))};
    seen.members[example.first].insert(pact(c.second));
    if (seen.example.first.empty() || example < seen.example) seen.example = std::move(example);
    if (!first.empty()) seen.articles.insert(first);
    if (!second.empty() && !bind.other.empty()) seen.other_articles.insert(second);
  }

  static std::vector<std::string> articles(const Seen& s) {
    std::vector<std::string> out(s.articles.begin(), s.articles.end());
    out.insert(out.end(), s.other_articles.begin(), s.other_articles.end());
    return out;
  }

  static std::string under(const std::string& pact, const std::set<std::string>& articles) {
    return articles.empty() ? pact : fmt::format("{}, {}", pact, articles_phrase(articles));
  }

  /// "Burkina Faso and Niger", or with the pacts of each: "Mali (mali_russia)".
  static std::string who(const Seen& seen, bool with_pacts) {
    constexpr std::size_t most = 6;
    if (seen.members.size() > most) return fmt::format("{} members", seen.members.size());
    std::vector<std::string> names;
    names.reserve(seen.members.size());
    for (const auto& [member, pacts] : seen.members) {
      names.push_back(with_pacts
                          ? fmt::format("{} ({})", member, listing({pacts.begin(), pacts.end()}))
                          : member);
    }
    return listing(names);
  }

  static std::string text(const Bind& b, const Seen& seen) {
    const std::string first = under(b.pact, seen.articles);
    const std::string example =
        (seen.members.size() > 1 ? seen.example.first + ", " : "") + seen.example.second;
    if (b.kind == ConflictKind::members_at_war) {
      return fmt::format(
          "Arms under {} would be owed against an ally under another pact by {}; for "
          "example {}.",
          first, who(seen, true), example);
    }
    const std::string second = under(b.other, seen.other_articles);
    if (b.kind == ConflictKind::help_or_abstain) {
      return fmt::format(
          "Help under {} would be owed against a party to which {} promises "
          "non-aggression or neutrality, by {}; for example {}.",
          first, second, who(seen, false), example);
    }
    return fmt::format(
        "Help to one side under {} and to the other under {} would be owed by {}; "
        "for example {}.",
        first, second, who(seen, false), example);
  }

  const Treaties& t_;
  Speaker speak_;
  Bench bench_;
  std::map<Bind, Seen> found_;
};

}  // namespace

void find_both_sides(const Treaties& treaties, const std::vector<std::size_t>& pacts,
                     std::vector<Finding>& out) {
  Binds(treaties, pacts).run(out);
}

}  // namespace casus::treaties
