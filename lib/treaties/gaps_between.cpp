#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "casus/law/membership.h"
#include "treaties/gaps.h"

// What a treaty is about in one place, or by one author, and in another not.
namespace casus::treaties {
namespace {

using law::ActKind;
using law::Reason;

bool of_place(Reason r) { return r == Reason::place_not_covered || r == Reason::place_excluded; }
bool of_author(Reason r) {
  return r == Reason::adversary_not_listed || r == Reason::adversary_excluded ||
         r == Reason::sponsor_not_proven;
}
/// Those that the question is put for: members are against members on purpose, and who is named is.
bool general(AuthorClass c) {
  return c == AuthorClass::state || c == AuthorClass::external || c == AuthorClass::band;
}

class Between {
 public:
  Between(const Survey& s, std::vector<Finding>& out) : s_(s), speak_(s.treaties()), out_(out) {}

  void run() {
    places();
    authors();
    listed_for_nothing();
    obliges_nobody();
    silenced();
  }

 private:
  void add(const std::set<std::string>& articles, std::string text) {
    out_.push_back({Fault::between,
                    s_.pact().id,
                    {},
                    {articles.begin(), articles.end()},
                    sentence_case(std::move(text))});
  }

  std::set<std::string> about(ActKind act) const {
    std::set<std::string> ids;
    for (std::size_t c = 0; c < s_.clauses().size(); ++c) {
      if (matters(c, act)) ids.insert(s_.id(c));
    }
    return ids;
  }
  std::set<std::string> about(law::ActSet acts) const {
    std::set<std::string> ids;
    for (const ActKind act : asked_acts(acts)) ids.merge(about(act));
    return ids;
  }

  /// The articles of whose reach we ask: where some owe arms for an act, it is theirs.
  bool matters(std::size_t clause, ActKind act) const {
    return s_.clauses()[clause]->when.acts.contains(act) && (armed(clause) || !arms_for(act));
  }
  bool armed(std::size_t clause) const {
    return law::armed(highest(s_.clauses()[clause]->then.assist));
  }
  bool arms_for(ActKind act) const {
    for (std::size_t c = 0; c < s_.clauses().size(); ++c) {
      if (s_.clauses()[c]->when.acts.contains(act) && armed(c)) return true;
    }
    return false;
  }

  bool covered(std::size_t cell) const {
    for (std::size_t c = 0; c < s_.clauses().size(); ++c) {
      if (matters(c, s_.cells()[cell].act) && s_.solo(c, cell).covered) return true;
    }
    return false;
  }

  /// Some article that matters gives a reason of that kind.
  template <class Kind>
  bool because(std::size_t cell, Kind kind) const {
    for (std::size_t c = 0; c < s_.clauses().size(); ++c) {
      if (matters(c, s_.cells()[cell].act) && kind(s_.solo(c, cell).reason)) return true;
    }
    return false;
  }

  /// "; what remains is aid under article 3": of lesser articles that cover it all the same.
  std::string remains(const std::set<std::size_t>& cells) const {
    std::set<std::string> articles;
    law::ObligationSet help;
    for (const std::size_t i : cells) {
      for (std::size_t c = 0; c < s_.clauses().size(); ++c) {
        if (!s_.solo(c, i).covered) continue;
        articles.insert(s_.id(c));
        help = help | s_.clauses()[c]->then.assist;
      }
    }
    if (articles.empty()) return "";
    return fmt::format("; what remains is {} under {}", listing(spoken(help, help_phrase), "or"),
                       articles_phrase(articles));
  }

  // Places. -----------------------------------------------------------------------------------

  /// A place as far as it is the same question: of members' soil its shade, else its class.
  std::string spot(const Cell& cell) const {
    return fmt::format("{}{}", static_cast<int>(cell.place_class),
                       cell.place_class == PlaceClass::own || !cell.place_name.empty()
                           ? treaties::shade(s_.whole(), 0, s_.date(), cell.place)
                           : "");
  }

  void places() {
    std::map<ActKind, std::map<std::string, std::vector<std::size_t>>> asked;
    for (std::size_t i = 0; i < s_.cells().size(); ++i) {
      const Cell& cell = s_.cells()[i];
      if (cell.author_class != AuthorClass::member) asked[cell.act][spot(cell)].push_back(i);
    }
    std::map<std::vector<std::string>, law::ActSet> gaps;  // the spots that are open, and for what
    std::map<std::vector<std::string>, std::set<std::size_t>> open_cells;
    std::map<std::string, Cell> example;
    for (const auto& [act, spots] : asked) {
      std::vector<std::string> open;
      std::set<std::size_t> in_open;
      bool somewhere = false;
      for (const auto& [where, cells] : spots) {
        const bool any =
            std::any_of(cells.begin(), cells.end(), [&](std::size_t i) { return covered(i); });
        somewhere |= any;
        if (!any && std::any_of(cells.begin(), cells.end(),
                                [&](std::size_t i) { return because(i, of_place); })) {
          open.push_back(where);
          in_open.insert(cells.begin(), cells.end());
          example.emplace(where, s_.cells()[cells.front()]);
        }
      }
      if (!somewhere || open.empty()) continue;
      gaps[open].insert(act);
      open_cells[open].merge(in_open);
    }
    for (const auto& [open, acts] : gaps) {
      std::set<std::string> phrases;
      std::set<std::string> shades;
      for (const std::string& where : open) {
        const Cell& cell = example.at(where);
        if (cell.place_class == PlaceClass::own) {
          shades.insert(where.substr(1));
        } else {
          phrases.insert(abroad(cell));
        }
      }
      std::vector<std::string> all(phrases.begin(), phrases.end());
      if (!shades.empty()) all.insert(all.begin(), soil(shades, acts));
      const std::set<std::string> articles = about(acts);
      add(articles,
          fmt::format("{} {}: {} {} not reach there{}.", acts_phrase(acts), listing(all, "or"),
                      articles_phrase(articles), articles.size() == 1 ? "does" : "do",
                      remains(open_cells.at(open))));
    }
  }

  std::string abroad(const Cell& cell) const {
    switch (cell.place_class) {
      case PlaceClass::member:
        return "on the soil of another member";
      case PlaceClass::outsider:
        return "on the soil of a state outside";
      default:
        break;
    }
    if (cell.place_name.empty()) return "at sea or in the air beyond any territory";
    return "in " + speak_.place(cell.place.key);
  }

  /// Members' places of these shades by name, or as what is outside those that are listed.
  std::string soil(const std::set<std::string>& shades, law::ActSet acts) const {
    std::set<std::string> names;
    for (const Territory& p : s_.treaties().places) {
      const law::Member* m = law::find_member(s_.pact(), p.place.sovereign);
      if (m == nullptr || !law::standing(s_.pact(), *m, s_.date()).protected_by) continue;
      if (shades.contains(treaties::shade(s_.whole(), 0, s_.date(), p.place)))
        names.insert(p.title);
    }
    constexpr std::size_t most = 4;
    if (!names.empty() && names.size() <= most) {
      return "in " + listing({names.begin(), names.end()}, "or");
    }
    std::vector<RegionKey> regions;
    law::AreaSet areas;
    for (const law::Clause* c : s_.clauses()) {
      if ((c->when.acts & acts).empty()) continue;
      const law::Geography g = law::on(c->when.where, s_.date());
      regions.insert(regions.end(), g.regions.begin(), g.regions.end());
      areas = areas | g.areas;
    }
    std::sort(regions.begin(), regions.end());
    regions.erase(std::unique(regions.begin(), regions.end()), regions.end());
    const std::vector<std::string> inside = speak_.places(regions, areas);
    if (inside.empty()) return "on members' own soil";
    return inside.size() <= most
               ? fmt::format("on members' soil outside {}", listing(inside, "and"))
               : fmt::format("on members' soil outside the {} places listed", inside.size());
  }

  // Authors. ----------------------------------------------------------------------------------

  void authors() {
    using Spot = std::tuple<ActKind, ActorId, std::string>;  // act, victim, place
    std::map<Spot, std::map<AuthorClass, std::size_t>> asked;
    for (std::size_t i = 0; i < s_.cells().size(); ++i) {
      const Cell& cell = s_.cells()[i];
      if (general(cell.author_class) || cell.author_class == AuthorClass::sent) {
        asked[{cell.act, cell.victim, spot(cell) + cell.place_name}].emplace(cell.author_class, i);
      }
    }
    std::map<std::pair<AuthorClass, bool>, law::ActSet> gaps;  // by whom, unless sent
    std::map<std::pair<AuthorClass, bool>, std::set<std::size_t>> open_cells;
    for (const auto& [where, by] : asked) {
      const bool some = std::any_of(by.begin(), by.end(), [&](const auto& b) {
        return general(b.first) && covered(b.second);
      });
      const auto sent = by.find(AuthorClass::sent);
      for (const auto& [author, cell] : by) {
        if (!some || !general(author) || covered(cell) || !because(cell, of_author)) continue;
        const bool through =
            author == AuthorClass::band && sent != by.end() && covered(sent->second);
        gaps[{author, through}].insert(std::get<0>(where));
        open_cells[{author, through}].insert(cell);
      }
    }
    for (const auto& [who, acts] : gaps) {
      const std::set<std::string> articles = about(acts);
      add(articles, fmt::format("{} {}: {} {} for the acts of others{}{}.", acts_phrase(acts),
                                author_phrase(who.first), articles_phrase(articles),
                                articles.size() == 1 ? "is" : "are",
                                who.second ? ", unless a state is shown to have sent it" : "",
                                remains(open_cells.at(who))));
    }
  }

  // Acts and articles that lead to nothing. -----------------------------------------------------

  /// An act that an article lists and that it never covers, though it covers others.
  void listed_for_nothing() {
    for (std::size_t c = 0; c < s_.clauses().size(); ++c) {
      std::map<ActKind, std::pair<bool, Reason>> acts;
      bool live = false;
      for (std::size_t i = 0; i < s_.cells().size(); ++i) {
        if (!s_.about(c, i)) continue;
        const Solo& solo = s_.solo(c, i);
        auto& [covered, reason] = acts[s_.cells()[i].act];
        covered |= solo.covered;
        // The reason is that of an author for whom the question is put.
        if (reason == Reason::none || general(s_.cells()[i].author_class)) reason = solo.reason;
        live |= solo.covered;
      }
      std::map<Reason, law::ActSet> never;
      for (const auto& [act, answer] : acts) {
        if (live && !answer.first) never[answer.second].insert(act);
      }
      for (const auto& [reason, listed] : never) {
        add({s_.id(c)}, fmt::format("{}: article {} lists it and can never cover it; {}.",
                                    acts_phrase(listed), s_.id(c),
                                    of_place(reason)    ? "where it can happen is outside its reach"
                                    : of_author(reason) ? "it is for the acts of others"
                                                        : "its other conditions rule that out"));
      }
    }
  }

  /// Articles that apply, and under which nobody owes anything.
  void obliges_nobody() {
    for (std::size_t c = 0; c < s_.clauses().size(); ++c) {
      std::set<std::string> victims, helped;
      std::set<std::string> whys;
      for (std::size_t i = 0; i < s_.cells().size(); ++i) {
        const Solo& solo = s_.solo(c, i);
        if (!solo.invoked) continue;
        const ActorId helps =
            s_.clauses()[c]->when.member_as_author ? s_.cells()[i].author : s_.cells()[i].victim;
        const std::string victim = speak_.party(helps);
        if (solo.obliged) {
          helped.insert(victim);
          continue;
        }
        std::set<std::string> why;
        for (const auto& [who, reason] : solo.free) {
          if (reason == Reason::exempt) why.insert("it exempts " + speak_.party(who));
          if (reason == Reason::reserved) why.insert(speak_.party(who) + " has reserved itself");
          if (reason == Reason::role_owes_nothing) {
            why.insert(speak_.party(who) + " owes nothing in its role");
          }
        }
        if (why.empty()) continue;
        victims.insert(victim);
        whys.merge(why);
      }
      std::erase_if(victims, [&](const std::string& v) { return helped.contains(v); });
      if (victims.empty()) continue;
      add({s_.id(c)},
          fmt::format("Article {} applies{} and obliges nobody: {}.", s_.id(c),
                      helped.empty() ? ""
                                     : fmt::format(" where {} is hit",
                                                   listing({victims.begin(), victims.end()}, "or")),
                      listing({whys.begin(), whys.end()})));
    }
  }

  /// After a coup the government that was removed may be unable to ask.
  void silenced() {
    std::map<ActKind, std::set<std::string>> dumb;
    for (std::size_t i = 0; i < s_.cells().size(); ++i) {
      const Cell& cell = s_.cells()[i];
      if (cell.act != ActKind::coup) continue;
      std::set<std::string> asked;
      bool otherwise = false;
      for (std::size_t c = 0; c < s_.clauses().size(); ++c) {
        if (!s_.solo(c, i).obliged) continue;
        const Solo mute = s_.ask(c, cell, {.can_ask = false});
        otherwise |= mute.obliged;
        if (!mute.invoked) asked.insert(s_.id(c));
      }
      if (!otherwise && !asked.empty()) dumb[cell.act].merge(asked);
    }
    for (const auto& [act, articles] : dumb) {
      add(articles, fmt::format("{} after which the government that was removed cannot make itself "
                                "heard: under {} nobody else can ask.",
                                act_phrase(act), articles_phrase(articles)));
    }
  }

  const Survey& s_;
  Speaker speak_;
  std::vector<Finding>& out_;
};

}  // namespace

void find_between(const Survey& survey, std::vector<Finding>& out) { Between(survey, out).run(); }

}  // namespace casus::treaties
