#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "treaties/gaps.h"

namespace casus::treaties {
namespace {

/// How far it went.
int reached(const Solo& s) { return s.obliged ? 3 : s.invoked ? 2 : s.covered ? 1 : 0; }

}  // namespace

Survey::Survey(const Treaties& treaties, std::size_t pact)
    : t_(treaties),
      date_(reading_day(treaties.pacts[pact], treaties.date)),
      whole_(treaties, {treaties.pacts[pact]}),
      cells_(treaties::cells(treaties, whole_, 0, date_)) {
  for (const law::Clause& c : whole_.index().clauses(0)) {
    if (c.then.assist.empty() || asked_acts(c.when.acts).empty()) continue;
    clauses_.push_back(&c);
    alone_.push_back(std::make_unique<Bench>(
        treaties, std::vector<law::Pact>{alone(this->pact(), 0, whole_.index(), c)}));
  }
  solo_.resize(clauses_.size());
  for (std::size_t c = 0; c < clauses_.size(); ++c) {
    solo_[c].reserve(cells_.size());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      solo_[c].push_back(about(c, i) ? ask(c, cells_[i], {})
                                     : Solo{.reason = law::Reason::act_not_listed});
    }
  }
}

Solo Survey::ask(std::size_t clause, const Cell& cell, const Conduct& conduct) const {
  Solo best;
  bool first = true;
  for (const Frame& frame : frames(pact(), *clauses_[clause], date_)) {
    const Ruling r = alone_[clause]->rule(cell, frame, conduct, 0);
    Solo s{r.covered, r.invoked, !r.obliged.empty(), r.reason, r.free, frame};
    if (first || reached(s) > reached(best)) best = s;
    first = false;
  }
  return best;
}

bool Survey::covered(std::size_t cell) const {
  return std::any_of(solo_.begin(), solo_.end(),
                     [&](const std::vector<Solo>& s) { return s[cell].covered; });
}

const std::string& Survey::id(std::size_t clause) const {
  return pact().articles[clauses_[clause]->article.row()].id;
}

std::string articles_phrase(const std::set<std::string>& ids) {
  return fmt::format("article{} {}", ids.size() == 1 ? "" : "s",
                     listing({ids.begin(), ids.end()}, "and"));
}

std::string acts_phrase(law::ActSet acts) { return listing(spoken(acts, act_phrase), "or"); }

std::string_view author_phrase(AuthorClass author) {
  switch (author) {
    case AuthorClass::member:
      return "by another member";
    case AuthorClass::state:
      return "by a state outside";
    case AuthorClass::external:
      return "by a power from outside the region";
    case AuthorClass::band:
      return "by an armed group";
    case AuthorClass::sent:
      return "by an armed group that a state is shown to have sent";
    case AuthorClass::own:
      return "by its own army";
    case AuthorClass::named:
      return "by those it names";
  }
  return "";
}

std::string_view name(Fault fault) {
  static constexpr std::string_view words[] = {"between", "both_sides", "disagree", "dead",
                                               "procedure"};
  return words[static_cast<std::size_t>(fault)];
}

namespace {

std::string heading(const Treaties& t, const std::string& pact) {
  for (const law::Pact& p : t.pacts) {
    if (p.id != pact) continue;
    return p.title.empty() || p.title == p.id ? p.id : fmt::format("{} ({})", p.title, p.id);
  }
  return pact;
}

/// Does its treaty say of any article who wrote of it, so that silence says something?
bool sourced(const Treaties& t, const Finding& f) {
  return std::any_of(t.pacts.begin(), t.pacts.end(), [&](const law::Pact& pact) {
    return pact.id == f.pact && std::any_of(pact.articles.begin(), pact.articles.end(),
                                            [](const auto& a) { return !a.seen.empty(); });
  });
}

std::string_view heading(Fault fault) {
  switch (fault) {
    case Fault::between:
      return "Between the articles";
    case Fault::both_sides:
      return "Bound to both sides";
    case Fault::disagree:
      return "Articles that disagree";
    case Fault::dead:
      return "Articles that never decide anything";
    case Fault::procedure:
      return "Procedures that cannot be satisfied";
  }
  return "";
}

}  // namespace

namespace {

/// What the articles concerned say of who saw it too; each once.
std::vector<std::string> seen_by(const Treaties& t, const Finding& f) {
  std::vector<std::string> seen;
  if (f.fault != Fault::between && f.fault != Fault::both_sides) return seen;
  for (const law::Pact& pact : t.pacts) {
    if (pact.id != f.pact) continue;
    for (const law::Article& a : pact.articles) {
      const bool concerned =
          std::find(f.articles.begin(), f.articles.end(), a.id) != f.articles.end();
      if (concerned && !a.seen.empty() &&
          std::find(seen.begin(), seen.end(), a.seen) == seen.end()) {
        seen.push_back(a.seen);
      }
    }
  }
  return seen;
}

}  // namespace

std::vector<Finding> gaps(const Treaties& treaties, const std::vector<std::size_t>& pacts) {
  std::vector<Finding> all;
  for (const std::size_t pact : pacts) {
    const Survey survey(treaties, pact);
    find_between(survey, all);
    find_disagreements(survey, all);
    find_dead(survey, all);
    find_procedures(survey, all);
  }
  find_both_sides(treaties, pacts, all);
  for (Finding& f : all) f.seen = seen_by(treaties, f);
  std::sort(all.begin(), all.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.pact, a.fault, a.others, a.articles, a.text) <
           std::tie(b.pact, b.fault, b.others, b.articles, b.text);
  });
  return all;
}

std::string write(const Treaties& treaties, const std::vector<Finding>& findings) {
  if (findings.empty()) return "No gap was found.\n";
  std::string text, pact;
  const Fault* fault = nullptr;
  for (const Finding& f : findings) {
    if (f.pact != pact) {
      text += (text.empty() ? "" : "\n") + wrapped(heading(treaties, f.pact), "");
      fault = nullptr;
      pact = f.pact;
    }
    if (fault == nullptr || *fault != f.fault) text += fmt::format("  {}\n", heading(f.fault));
    fault = &f.fault;
    std::string lines = wrapped(f.text, "      ");
    lines[4] = '-';
    text += lines;
    for (const std::string& s : f.seen) text += wrapped("Seen by: " + s, "        ");
    if (f.seen.empty() && sourced(treaties, f)) {
      text += "        Seen by: nobody of whom the file knows.\n";
    }
  }
  return text;
}

}  // namespace casus::treaties
