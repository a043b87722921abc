#include "casus/treaties/wishes.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "casus/casebook/opinion.h"
#include "casus/core/contracts.h"
#include "treaties/bench.h"
#include "treaties/phrases.h"

namespace casus::treaties {
namespace {

std::size_t row_of(const std::vector<law::Pact>& pacts, const std::string& id) {
  const auto it =
      std::find_if(pacts.begin(), pacts.end(), [&](const law::Pact& p) { return p.id == id; });
  return static_cast<std::size_t>(it - pacts.begin());
}

/// A case, ready to be decided under one draft after the other.
class Wish {
 public:
  Wish(const casebook::LegalCase& c, std::size_t row)
      : name_(c.name),
        before_(c),
        now_(c),
        row_(row),
        index_(before_.pacts, before_.steps.front().situation.parties.size()) {}
  Wish(const Wish&) = delete;
  Wish& operator=(const Wish&) = delete;

  const std::string& name() const { return name_; }
  casebook::Opinion under(const std::vector<Alteration>& changes) {
    now_.pacts[row_] = altered(before_.pacts[row_], index_, row_, changes,
                               [&](const std::string& n) { return party(n); });
    return casebook::decide(now_);
  }
  std::vector<std::string> parties() const {
    std::vector<std::string> out;
    for (const casebook::PartyFacts& p : before_.steps.front().situation.parties) {
      out.push_back(p.name);
    }
    return out;
  }

 private:
  ActorId party(const std::string& n) const {
    const auto& parties = before_.steps.front().situation.parties;
    const auto it =
        std::find_if(parties.begin(), parties.end(), [&](const auto& p) { return p.name == n; });
    return it == parties.end() ? ActorId{} : ActorId(it - parties.begin());
  }

  std::string name_;
  casebook::LegalCase before_, now_;
  std::size_t row_;
  law::PactIndex index_;
};

/// The law's answers to everything that a treaty is asked about.
class Answers {
 public:
  /// `named`: parties that drafts may name; who acts is asked about each of them.
  Answers(const Treaties& t, std::size_t pact, const std::vector<std::string>& named)
      : t_(t),
        pact_(pact),
        date_(reading_day(t.pacts[pact], t.date)),
        index_(t.pacts, t.parties.size()) {
    const Bench bench(t, {t.pacts[pact]});
    law::ActSet every;
    for (std::size_t i = 0; i < law::names<law::ActKind>().size(); ++i) {
      every.insert(static_cast<law::ActKind>(i));
    }
    Named parties = named_in(t.pacts[pact]);
    for (std::size_t i = 0; i < t.parties.size(); ++i) {
      const bool may_be_named =
          std::find(named.begin(), named.end(), t.parties[i].name) != named.end();
      if (may_be_named && law::find_member(t.pacts[pact], ActorId(i)) == nullptr) {
        parties.adversaries.emplace_back(i);
      }
    }
    cells_ = cells(t, bench, 0, date_,
                   {.more = every,
                    .abroad = true,
                    .authors = std::move(parties.adversaries),
                    .victims = std::move(parties.victims)});
    before_ = of(bench);
  }

  law::Pact draft(const std::vector<Alteration>& changes) const {
    return altered(t_.pacts[pact_], index_, pact_, changes, parties_of(t_));
  }

  std::size_t asked() const { return before_.size(); }
  std::size_t moved(const std::vector<Alteration>& changes) const {
    const std::vector<Owed> now = of(Bench(t_, {draft(changes)}));
    std::size_t n = 0;
    for (std::size_t i = 0; i < now.size(); ++i) n += now[i] != before_[i] ? 1 : 0;
    return n;
  }

  Difference difference(const std::vector<Alteration>& changes) const {
    Treaties after = t_;
    after.pacts[pact_] = draft(changes);
    return diff(t_, pact_, after, pact_);
  }

 private:
  using Owed = std::vector<std::pair<ActorId, law::Obligation>>;

  std::vector<Owed> of(const Bench& bench) const {
    std::vector<Owed> out;
    out.reserve(2 * cells_.size());
    const Frame frame{.date = date_};
    // Asked for and voted for, and neither: a procedure is part of what a treaty answers.
    constexpr Conduct conducts[] = {{}, {.asks = false, .votes = law::Obligation::none}};
    for (const Cell& cell : cells_) {
      for (const Conduct& conduct : conducts) {
        Owed owed = bench.rule(cell, frame, conduct, 0).obliged;
        std::sort(owed.begin(), owed.end());
        out.push_back(std::move(owed));
      }
    }
    return out;
  }

  const Treaties& t_;
  std::size_t pact_;
  Date date_;
  law::PactIndex index_;
  std::vector<Cell> cells_;
  std::vector<Owed> before_;
};

std::vector<Unmet> unmet(std::vector<std::unique_ptr<Wish>>& wishes,
                         const std::vector<Alteration>& changes) {
  std::vector<Unmet> out;
  for (const auto& wish : wishes) {
    const casebook::Opinion opinion = wish->under(changes);
    if (opinion.as_expected()) continue;
    out.push_back({wish->name(), opinion.differences().front().message});
  }
  return out;
}

/// Every draft of exactly so many changes, no two of one key, in the order of the list.
class Drafts {
 public:
  Drafts(const std::vector<Alteration>& words, std::size_t changes)
      : words_(words), at_(changes, 0) {
    for (std::size_t i = 0; i < changes; ++i) at_[i] = i;
    done_ = changes > words.size();
    if (!done_ && clash()) next();
  }
  bool done() const { return done_; }
  std::vector<Alteration> get() const {
    std::vector<Alteration> out;
    out.reserve(at_.size());
    for (const std::size_t i : at_) out.push_back(words_[i]);
    return out;
  }
  void next() {
    do {
      std::size_t digit = at_.size();
      while (digit > 0 && at_[digit - 1] == words_.size() - (at_.size() - digit) - 1) --digit;
      if (digit == 0) {
        done_ = true;
        return;
      }
      ++at_[digit - 1];
      for (std::size_t i = digit; i < at_.size(); ++i) at_[i] = at_[i - 1] + 1;
    } while (clash());
  }

 private:
  bool clash() const {
    for (std::size_t i = 0; i < at_.size(); ++i) {
      for (std::size_t j = i + 1; j < at_.size(); ++j) {
        const Alteration &a = words_[at_[i]], &b = words_[at_[j]];
        if (a.article == b.article && a.key == b.key) return true;
      }
    }
    return false;
  }

  const std::vector<Alteration>& words_;
  std::vector<std::size_t> at_;
  bool done_ = false;
};

/// The treaties with all parties of the cases, so that they can be spoken of.
Treaties with_parties(Treaties t, const casebook::Casebook& wishes) {
  for (const casebook::LegalCase& c : wishes.cases) {
    for (const casebook::PartyFacts& p : c.steps.front().situation.parties) {
      const bool known = std::any_of(t.parties.begin(), t.parties.end(),
                                     [&](const Signatory& s) { return s.name == p.name; });
      if (!known) t.parties.push_back({p.name, p.title.empty() ? p.name : p.title, p.kind});
    }
  }
  return t;
}

/// Of the drafts that leave the fewest wishes unmet those that are looked at closely.
constexpr std::size_t most_weighed = 200;

std::size_t steps(const std::vector<Alteration>& changes) {
  std::size_t n = 0;
  for (const Alteration& c : changes) n += c.steps;
  return n;
}

std::string numbered(std::size_t n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

std::string verdicts_and_words(const Difference& d) {
  std::string text = write(d);
  std::string out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) out += "    " + text.substr(begin, end - begin);
    out += '\n';
    begin = end + 1;
  }
  return out;
}

}  // namespace

Search search(const casebook::Casebook& wishes, const Treaties& of_file, const std::string& pact,
              const SearchOptions& options) {
  CASUS_EXPECTS(options.most_changes >= 1 && options.most_changes <= 3,
                "a draft has one to three changes");
  const Treaties treaty = with_parties(of_file, wishes);
  std::vector<std::unique_ptr<Wish>> all;
  Subjects meant{options.named};
  for (const casebook::LegalCase& c : wishes.cases) {
    const std::size_t row = row_of(c.pacts, pact);
    if (row == c.pacts.size()) continue;
    all.push_back(std::make_unique<Wish>(c, row));
    for (std::string& name : all.back()->parties()) meant.parties.push_back(std::move(name));
    for (const casebook::Step& step : c.steps) {
      for (const casebook::CaseAct& a : step.acts) {
        if (law::hostile(a.act.kind)) meant.acts.insert(a.act.kind);
      }
    }
  }
  const std::size_t row = row_of(treaty.pacts, pact);
  CASUS_EXPECTS(!all.empty() && row < treaty.pacts.size(), "no case has the pact '" + pact + "'");

  Search out;
  out.wishes = all.size();
  out.before = unmet(all, {});
  if (out.before.empty()) return out;
  // What the treaty does not do yet is asked first: most drafts fail there.
  std::stable_partition(all.begin(), all.end(), [&](const std::unique_ptr<Wish>& w) {
    return std::any_of(out.before.begin(), out.before.end(),
                       [&](const Unmet& u) { return u.wish == w->name(); });
  });
  const std::vector<Alteration> words = alterations(treaty, row, meant);
  out.words = words.size();

  struct Draft {
    std::vector<Alteration> changes;
    std::size_t left = 0;
  };
  std::vector<Draft> best;
  std::size_t fewest = out.before.size() - 1;
  for (std::size_t n = 1; n <= options.most_changes; ++n) {
    for (Drafts drafts(words, n); !drafts.done(); drafts.next()) {
      ++out.tried;
      std::vector<Alteration> changes = drafts.get();
      std::size_t left = 0;
      for (const auto& wish : all) {
        left += wish->under(changes).as_expected() ? 0 : 1;
        if (left > fewest) break;
      }
      if (left > fewest) continue;
      if (left < fewest) best.clear();
      fewest = left;
      // More changes for as many wishes are no better.
      if (!best.empty() && best.front().changes.size() < n) continue;
      best.push_back({std::move(changes), left});
    }
    if (fewest == 0 && !best.empty()) break;
  }
  std::stable_sort(best.begin(), best.end(), [](const Draft& a, const Draft& b) {
    return steps(a.changes) < steps(b.changes);
  });
  if (best.size() > most_weighed) best.resize(most_weighed);
  const Answers answers(treaty, row, meant.parties);
  for (Draft& t : best) {
    Proposal p;
    p.moved = answers.moved(t.changes);
    p.asked = answers.asked();
    p.changes = std::move(t.changes);
    out.proposals.push_back(std::move(p));
  }
  std::stable_sort(out.proposals.begin(), out.proposals.end(),
                   [](const Proposal& a, const Proposal& b) {
                     return std::tuple(steps(a.changes), a.moved, in_short(a.changes)) <
                            std::tuple(steps(b.changes), b.moved, in_short(b.changes));
                   });
  if (out.proposals.size() > options.keep) out.proposals.resize(options.keep);
  for (Proposal& p : out.proposals) {
    p.unmet = unmet(all, p.changes);
    p.difference = answers.difference(p.changes);
  }
  return out;
}

Proposal explain(const Treaties& treaty, const std::string& pact, std::vector<Alteration> changes,
                 const std::vector<std::string>& named) {
  const std::size_t row = row_of(treaty.pacts, pact);
  CASUS_EXPECTS(row < treaty.pacts.size(), "there is no pact '" + pact + "'");
  const Answers answers(treaty, row, named);
  Proposal p;
  p.moved = answers.moved(changes);
  p.asked = answers.asked();
  p.difference = answers.difference(changes);
  p.changes = std::move(changes);
  return p;
}

std::string write(const Proposal& p, const std::string& pact) {
  std::string text;
  for (const Edit& e : edits_of(pact, p.changes)) {
    text += fmt::format("    - {{set: {}, to: {}}}\n", e.path, e.yaml);
  }
  text += fmt::format("    Of {} put to the treaty, {} another answer.\n",
                      numbered(p.asked, "question"),
                      p.moved == 0   ? "none has"
                      : p.moved == 1 ? "1 has"
                                     : fmt::format("{} have", p.moved));
  return text + verdicts_and_words(p.difference);
}

std::string write(const Search& s, const std::string& pact) {
  std::string text =
      fmt::format("{}, {} unmet as {} stands\n", numbered(s.wishes, "wish"), s.before.size(), pact);
  if (s.wishes != 1) text.replace(text.find("wishs"), 5, "wishes");
  for (const Unmet& u : s.before) text += wrapped(u.wish + ": " + u.otherwise, "  ");
  if (s.before.empty()) return text;
  text += fmt::format("{} of one key of one article considered, {} tried\n",
                      numbered(s.words, "change"), numbered(s.tried, "draft"));
  if (s.proposals.empty()) return text + "None meets a wish that was unmet.\n";
  for (std::size_t i = 0; i < s.proposals.size(); ++i) {
    const Proposal& p = s.proposals[i];
    text +=
        fmt::format("\n  {}. {}\n", i + 1, p.unmet.empty() ? "Every wish is met." : "Still unmet:");
    for (const Unmet& u : p.unmet) text += wrapped(u.wish + ": " + u.otherwise, "      ");
    text += write(p, pact);
  }
  return text;
}

}  // namespace casus::treaties
