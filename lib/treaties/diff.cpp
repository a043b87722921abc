#include "casus/treaties/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "casus/law/membership.h"
#include "casus/treaties/sheet.h"
#include "treaties/gaps.h"

namespace casus::treaties {
namespace {

// Text. ---------------------------------------------------------------------------------------

std::string name_of(const Part& p) {
  switch (p.kind) {
    case Part::Kind::whole:
      return "the treaty";
    case Part::Kind::member:
      return "member " + p.title;
    case Part::Kind::organ:
      return "organ " + p.id;
    case Part::Kind::article:
      break;
  }
  return "article " + p.id;
}

/// What a part says, by key; several sentences of one key are one.
std::vector<std::pair<std::string, std::string>> lines_of(const Part& p) {
  std::vector<std::pair<std::string, std::string>> out;
  if (p.kind == Part::Kind::article && !p.title.empty()) out.emplace_back("title", p.title);
  if (!p.words.empty()) out.emplace_back("text", p.words);
  for (const Line& l : p.lines) {
    const auto same =
        std::find_if(out.begin(), out.end(), [&](const auto& line) { return line.first == l.key; });
    if (same == out.end()) {
      out.emplace_back(l.key, l.text);
    } else {
      same->second += " " + l.text;
    }
  }
  return out;
}

std::string whole(const Part& p) {
  std::string text;
  for (const auto& [key, line] : lines_of(p)) {
    text += (text.empty() ? "" : " ") + line;
    if (key == "title" && !text.ends_with('.')) text += '.';
  }
  return text;
}

const Part* find(const Sheet& sheet, const Part& like) {
  const auto it = std::find_if(sheet.parts.begin(), sheet.parts.end(), [&](const Part& p) {
    return p.kind == like.kind && p.id == like.id;
  });
  return it == sheet.parts.end() ? nullptr : &*it;
}

void changed(const Part& before, const Part& after, std::vector<TextChange>& out) {
  const auto old = lines_of(before), now = lines_of(after);
  const auto text = [](const auto& all, const std::string& key) {
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const auto& line) { return line.first == key; });
    return it == all.end() ? std::string() : it->second;
  };
  for (const auto& [key, line] : old) {
    if (text(now, key) != line) out.push_back({name_of(before), key, line, text(now, key)});
  }
  for (const auto& [key, line] : now) {
    if (text(old, key).empty()) out.push_back({name_of(after), key, "", line});
  }
}

std::vector<TextChange> text_changes(const Sheet& before, const Sheet& after) {
  std::vector<TextChange> out;
  for (const Part::Kind kind :
       {Part::Kind::whole, Part::Kind::member, Part::Kind::organ, Part::Kind::article}) {
    for (const Part& p : before.parts) {
      if (p.kind != kind) continue;
      const Part* now = find(after, p);
      if (now != nullptr) {
        changed(p, *now, out);
      } else {
        out.push_back({name_of(p), "", whole(p), ""});
      }
    }
    for (const Part& p : after.parts) {
      if (p.kind == kind && find(before, p) == nullptr) {
        out.push_back({name_of(p), "", "", whole(p)});
      }
    }
  }
  return out;
}

// Verdicts. -----------------------------------------------------------------------------------

/// A question as far as it is the same under both.
struct Question {
  law::ActKind act{};
  AuthorClass author{};
  PlaceClass place{};
  std::string named, where, victim;  ///< by name
  friend auto operator<=>(const Question&, const Question&) = default;
};

constexpr std::string_view nobody_bound = "nobody is bound";

/// One treaty before the questions.
class Side {
 public:
  Side(const Treaties& t, std::size_t row)
      : t_(t), speak_(t), date_(reading_day(t.pacts[row], t.date)), bench_(t, {t.pacts[row]}) {
    for (const law::Clause& c : bench_.index().clauses(0)) {
      if (c.then.assist.empty()) continue;
      range_.more = range_.more | c.when.acts;
      range_.offence |= c.when.member_as_author;
      for (const Frame& f : frames(bench_.pacts()[0], c, date_)) frames_.push_back(f);
    }
    range_.all = true;
    const Named named = named_in(t.pacts[row]);
    for (const ActorId a : named.adversaries) authors_.insert(t.parties[a.row()].name);
    for (const ActorId a : named.victims) victims_.insert(t.parties[a.row()].name);
  }

  const Range& range() const { return range_; }
  /// Whom it names, by name: the other is asked about them too.
  const std::set<std::string>& authors() const { return authors_; }
  const std::set<std::string>& victims() const { return victims_; }

  std::vector<ActorId> rows(const std::set<std::string>& names) const {
    std::vector<ActorId> out;
    for (std::size_t i = 0; i < t_.parties.size(); ++i) {
      if (names.contains(t_.parties[i].name)) out.emplace_back(i);
    }
    return out;
  }

  std::map<Question, std::string> answers(const Range& range) const {
    const std::vector<Cell> all = cells(t_, bench_, 0, date_, range);
    std::vector<std::vector<Ruling>> rulings(all.size());
    Bound bound;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const Frame& frame : frames_) {
        Ruling r = bench_.rule(all[i], frame, {}, 0);
        if (r.obliged.empty()) continue;
        for (const auto& [who, level] : r.obliged) bound[{r.article, level}].insert(who);
        rulings[i].push_back(std::move(r));
      }
    }
    std::map<Question, std::string> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::set<std::string> said;
      for (const Ruling& r : rulings[i]) said.insert(answer(all[i], r, bound));
      out.emplace(question(all[i]), said.empty() ? std::string(nobody_bound)
                                                 : listing({said.begin(), said.end()}, "or"));
    }
    return out;
  }

 private:
  /// Who is ever bound by an article to so much.
  using Bound = std::map<std::pair<ArticleId, law::Obligation>, std::set<ActorId>>;

  Question question(const Cell& cell) const {
    return {cell.act,
            cell.author_class,
            cell.place_class,
            cell.author_class == AuthorClass::named ? speak_.party(cell.author) : std::string(),
            cell.place_name.empty() ? std::string() : speak_.place(cell.place.key),
            cell.victim.row() < t_.parties.size() ? speak_.party(cell.victim) : std::string()};
  }

  /// Those whom the article binds, by what is the same whoever is hit: "all others but Guinea".
  std::string who(const Cell& cell, const std::vector<ActorId>& obliged,
                  const std::set<ActorId>& bound) const {
    for (const ActorId a : bound) {
      const bool party = a == cell.victim || a == cell.author;
      if (!party && std::find(obliged.begin(), obliged.end(), a) == obliged.end()) {
        return listing(speak_.parties(obliged));
      }
    }
    std::vector<ActorId> never;
    for (const law::Member& m : bench_.pacts()[0].members) {
      if (law::standing(bench_.pacts()[0], m, date_).member && !bound.contains(m.actor)) {
        never.push_back(m.actor);
      }
    }
    if (never.size() > bound.size() || bound.size() < 2) return listing(speak_.parties(obliged));
    return never.empty() ? "all others" : "all others but " + listing(speak_.parties(never));
  }

  std::string answer(const Cell& cell, const Ruling& r, const Bound& bound) const {
    const auto clauses = bench_.index().clauses(0);
    const law::Clause& c = *std::find_if(clauses.begin(), clauses.end(),
                                         [&](const auto& x) { return x.article == r.article; });
    std::map<law::Obligation, std::vector<ActorId>> by_level;
    for (const auto& [member, level] : r.obliged) by_level[level].push_back(member);
    std::vector<std::string> parts;
    for (const auto& [level, members] : by_level) {
      law::ObligationSet set;
      for (const std::string_view word : law::names<law::Obligation>()) {
        const law::Obligation o = *law::parse<law::Obligation>(word);
        if (o <= level && (c.then.assist.contains(o) || o == level)) set.insert(o);
      }
      set.erase(law::Obligation::none);
      const std::string debtors = who(cell, members, bound.at({r.article, level}));
      parts.push_back(
          fmt::format("{} {} {}", debtors,
                      debtors.starts_with("all others") || members.size() > 1 ? "owe" : "owes",
                      listing(spoken(set, help_phrase), "or")));
    }
    return fmt::format("{} {}", listing(parts), procedure_phrase(c.procedure));
  }

  const Treaties& t_;
  Speaker speak_;
  Date date_;
  Bench bench_;
  Range range_;
  std::set<std::string> authors_, victims_;
  std::vector<Frame> frames_;
};

/// Questions that are answered alike, put as shortly as they can be without saying more.
class Summary {
 public:
  explicit Summary(const std::set<Question>& asked) : asked_(asked) {}

  std::vector<std::string> phrases(const std::set<Question>& changed) const {
    // Each step joins what the one before left apart, and only what agrees in all the rest.
    std::map<std::pair<law::ActKind, std::string>, std::set<std::string>> places;
    std::map<std::tuple<law::ActKind, std::string, PlaceClass>, std::set<Question>> spots;
    for (const Question& q : changed) spots[{q.act, author(q), q.place}].insert(q);
    for (const auto& [key, questions] : spots) {
      const auto& [act, by, where] = key;
      places[{act, by}].insert(spot(act, by, where, questions));
    }
    std::map<std::pair<law::ActKind, std::set<std::string>>, std::set<std::string>> authors;
    for (const auto& [key, spots_of] : places) authors[{key.first, spots_of}].insert(key.second);
    std::map<std::pair<std::set<std::string>, std::set<std::string>>, law::ActSet> acts;
    for (const auto& [key, by] : authors) acts[{key.second, by}].insert(key.first);
    std::vector<std::string> out;
    out.reserve(acts.size());
    for (const auto& [key, kinds] : acts) {
      out.push_back(fmt::format("{} {}, {}", acts_phrase(kinds),
                                listing({key.second.begin(), key.second.end()}, "or"),
                                listing({key.first.begin(), key.first.end()}, "or")));
    }
    std::sort(out.begin(), out.end());
    return out;
  }

 private:
  static std::string author(const Question& q) {
    return q.author == AuthorClass::named ? "by " + q.named : std::string(author_phrase(q.author));
  }

  std::string spot(law::ActKind act, const std::string& by, PlaceClass where,
                   const std::set<Question>& changed) const {
    const auto all = static_cast<std::size_t>(std::count_if(
        asked_.begin(), asked_.end(),
        [&](const Question& q) { return q.act == act && author(q) == by && q.place == where; }));
    const std::string phrase = where == PlaceClass::own        ? "on the victim's soil"
                               : where == PlaceClass::member   ? "on the soil of another member"
                               : where == PlaceClass::outsider ? "on the soil of a state outside"
                                                               : "beyond any territory";
    if (all == changed.size()) return phrase;
    std::map<std::string, std::set<Question>> by_victim;
    for (const Question& q : changed) by_victim[q.victim].insert(q);
    std::vector<std::string> hit;
    std::set<std::string> places;
    for (const auto& [victim, spots] : by_victim) {
      const auto all_of = static_cast<std::size_t>(
          std::count_if(asked_.begin(), asked_.end(), [&, v = victim](const Question& q) {
            return q.act == act && author(q) == by && q.place == where && q.victim == v;
          }));
      if (spots.size() == all_of || where != PlaceClass::own) {
        hit.push_back(victim);
      } else {
        for (const Question& q : spots) places.insert(q.where);
      }
    }
    const std::string whole = listing(hit, "or");
    std::vector<std::string> names;
    if (!hit.empty() && where == PlaceClass::own) names.push_back("on the soil of " + whole);
    if (!hit.empty() && where != PlaceClass::own) {
      names.push_back(fmt::format("{} where {} is hit", phrase, whole));
    }
    if (!places.empty()) names.push_back("in " + listing({places.begin(), places.end()}, "or"));
    return listing(names, "or");
  }

  const std::set<Question>& asked_;
};

std::vector<VerdictChange> verdict_changes(const Side& a, const Side& b) {
  Range range = a.range();
  range.more = range.more | b.range().more;
  range.offence |= b.range().offence;
  std::set<std::string> authors = a.authors(), victims = a.victims();
  authors.insert(b.authors().begin(), b.authors().end());
  victims.insert(b.victims().begin(), b.victims().end());
  const auto asked_all = [&](const Side& side) {
    Range all = range;
    all.authors = side.rows(authors);
    all.victims = side.rows(victims);
    return side.answers(all);
  };
  const std::map<Question, std::string> before = asked_all(a), after = asked_all(b);
  std::set<Question> asked;
  for (const auto& [q, answer] : before) asked.insert(q);
  for (const auto& [q, answer] : after) asked.insert(q);
  const auto of = [](const std::map<Question, std::string>& answers, const Question& q) {
    const auto it = answers.find(q);
    return it == answers.end() ? std::string(nobody_bound) : it->second;
  };
  std::map<std::pair<std::string, std::string>, std::set<Question>> changed;
  for (const Question& q : asked) {
    std::pair<std::string, std::string> answers{of(before, q), of(after, q)};
    if (answers.first != answers.second) changed[answers].insert(q);
  }
  std::vector<VerdictChange> out;
  const Summary summary(asked);
  for (const auto& [answers, questions] : changed) {
    for (const std::string& acts : summary.phrases(questions)) {
      out.push_back({acts, answers.first, answers.second});
    }
  }
  return out;
}

}  // namespace

namespace {

/// The treaties with those parties of the others that they do not know, and with their titles: what
/// both speak of must be one, and be called alike.
Treaties in_company(Treaties t, const Treaties& others, bool titles) {
  for (const Signatory& s : others.parties) {
    const auto known = std::find_if(t.parties.begin(), t.parties.end(),
                                    [&](const Signatory& p) { return p.name == s.name; });
    if (known == t.parties.end()) {
      t.parties.push_back(s);
    } else if (titles) {
      known->title = s.title;
    }
  }
  for (const Territory& s : others.places) {
    for (Territory& p : t.places) {
      if (titles && p.name == s.name) p.title = s.title;
    }
  }
  return t;
}

}  // namespace

Difference diff(const Treaties& before, std::size_t pact_before, const Treaties& after,
                std::size_t pact_after) {
  const Treaties a = in_company(before, after, false), b = in_company(after, before, true);
  return {text_changes(sheet(a, pact_before), sheet(b, pact_after)),
          verdict_changes(Side(a, pact_before), Side(b, pact_after))};
}

std::string write(const Difference& d) {
  if (d.none()) return "  They do not differ.\n";
  std::string text;
  if (!d.text.empty()) text += "  In words\n";
  std::string part;
  for (const TextChange& c : d.text) {
    if (c.part != part) text += wrapped(sentence_case(c.part), "    ");
    part = c.part;
    if (c.before.empty()) {
      text += wrapped("new: " + c.after, "      ");
    } else if (c.after.empty()) {
      text += wrapped("gone: " + c.before, "      ");
    } else {
      text += wrapped("before: " + c.before, "      ");
      text += wrapped("now: " + c.after, "      ");
    }
  }
  if (!d.verdicts.empty()) text += "  In verdicts\n";
  for (const VerdictChange& v : d.verdicts) {
    std::string lines =
        wrapped(fmt::format("{}: before: {}; now: {}.", sentence_case(v.acts), v.before, v.after),
                "      ");
    lines[4] = '-';
    text += lines;
  }
  return text;
}

}  // namespace casus::treaties
