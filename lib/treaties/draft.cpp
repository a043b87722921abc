#include "casus/treaties/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "treaties/gaps.h"

// What a drafter could change to close a gap, and what else that would do.
namespace casus::treaties {
namespace {

using law::ActKind;
using law::Article;
using law::Pact;
using law::Procedure;
using law::Scope;

bool same(const Finding& a, const Finding& b) {
  return std::tie(a.fault, a.pact, a.others, a.articles, a.text) ==
         std::tie(b.fault, b.pact, b.others, b.articles, b.text);
}

std::vector<Finding> without(const std::vector<Finding>& all, const std::vector<Finding>& less) {
  std::vector<Finding> out;
  for (const Finding& f : all) {
    const bool there =
        std::any_of(less.begin(), less.end(), [&](const Finding& other) { return same(f, other); });
    if (!there) out.push_back(f);
  }
  return out;
}

struct Change {
  std::string key, value;
  Article article;
};

/// Every other word that the article could say in one of its keys.
class Alternatives {
 public:
  Alternatives(const Pact& pact, const law::Clause& clause)
      : article_(pact.articles[clause.article.row()]), clause_(clause) {
    for (const Article& a : pact.articles) {
      if (!a.then.assist.empty()) listed_ = listed_ | a.when.acts;
    }
  }

  std::vector<Change> all() {
    acts();
    places();
    authors();
    procedures();
    flags();
    return std::move(out_);
  }

 private:
  template <class F>
  void change(std::string key, std::string value, F&& edit) {
    Change c{std::move(key), std::move(value), article_};
    edit(c.article);
    out_.push_back(std::move(c));
  }

  /// Acts of which the treaty speaks elsewhere.
  void acts() {
    for (std::size_t i = 0; i < law::names<ActKind>().size(); ++i) {
      const auto kind = static_cast<ActKind>(i);
      if (!listed_.contains(kind) || clause_.when.acts.contains(kind)) continue;
      change("when.act", fmt::format("also {}", name(kind)), [&](Article& a) {
        a.when.acts = clause_.when.acts;
        a.when.acts.insert(kind);
      });
    }
  }

  void places() {
    const law::Geography& where = clause_.when.where;
    const bool narrowed = where.areas.any() || !where.regions.empty();
    for (const Scope scope : {Scope::victim, Scope::members, Scope::anywhere}) {
      if (scope == where.scope && !narrowed) continue;
      change("where", std::string(name(scope)), [&](Article& a) {
        a.when.where = {};
        a.when.where.scope = scope;
      });
    }
    if (where.excluded.any() || !where.excluded_regions.empty()) {
      change("where.except", "nothing", [&](Article& a) {
        a.when.where = where;
        a.when.where.excluded = {};
        a.when.where.excluded_regions.clear();
      });
    }
  }

  void authors() {
    const law::Adversary& by = clause_.when.by;
    for (std::size_t i = 0; i < law::names<law::PartyKind>().size(); ++i) {
      const auto kind = static_cast<law::PartyKind>(i);
      const bool anybody = by.kinds.empty() && by.named.empty();
      if (anybody || by.kinds.contains(kind)) continue;
      change("by", fmt::format("also {}", kind_phrase(kind)), [&](Article& a) {
        a.when.by = by;
        a.when.by.kinds.insert(kind);
      });
    }
    if (!by.excluded.empty()) {
      change("by.except", "nobody", [&](Article& a) {
        a.when.by = by;
        a.when.by.excluded.clear();
      });
    }
    if (clause_.when.min_evidence > 0.0) {
      change("when.min_evidence", "0", [](Article& a) { a.when.min_evidence = 0.0; });
    }
  }

  void procedures() {
    for (const Procedure p : {Procedure::automatic, Procedure::on_request, Procedure::by_decision,
                              Procedure::request_and_decision}) {
      if (p == clause_.procedure) continue;
      const bool decides = p == Procedure::by_decision || p == Procedure::request_and_decision;
      if (decides && !clause_.organ.valid()) continue;
      change("procedure", std::string(name(p)), [&](Article& a) { a.procedure = p; });
    }
    if (clause_.requester != law::Requester::either) {
      change("requester", "either", [](Article& a) { a.requester = law::Requester::either; });
    }
  }

  void flags() {
    if (!clause_.when.between_members) {
      change("when.between_members", "true", [](Article& a) { a.when.between_members = true; });
    }
    if (clause_.then.peaceful_first) {
      change("peaceful_first", "false", [](Article& a) { a.then.peaceful_first = false; });
    }
  }

  const Article& article_;
  const law::Clause& clause_;
  law::ActSet listed_;
  std::vector<Change> out_;
};

/// How much of what a treaty is asked about it answers at all, and with the most that it knows.
struct Reach {
  std::size_t at_all = 0, most = 0;
};

Reach reach_of(const Treaties& t, std::size_t pact) {
  const Survey survey(t, pact);
  law::Obligation most = law::Obligation::none;
  for (const law::Clause* c : survey.clauses()) most = std::max(most, highest(c->then.assist));
  if (law::armed(most)) most = law::Obligation::troops;
  Reach out;
  for (std::size_t i = 0; i < survey.cells().size(); ++i) {
    bool at_all = false, fully = false;
    for (std::size_t c = 0; c < survey.clauses().size(); ++c) {
      if (!survey.solo(c, i).covered) continue;
      at_all = true;
      fully |= highest(survey.clauses()[c]->then.assist) >= most;
    }
    out.at_all += at_all ? 1 : 0;
    out.most += fully ? 1 : 0;
  }
  return out;
}

}  // namespace

std::vector<Amendment> draft(const Treaties& treaties, const std::vector<std::size_t>& pacts) {
  std::vector<Amendment> out;
  const std::vector<Finding> before = gaps(treaties, pacts);
  if (before.empty()) return out;
  for (const std::size_t row : pacts) {
    const Pact& pact = treaties.pacts[row];
    const bool faulty = std::any_of(before.begin(), before.end(),
                                    [&](const Finding& f) { return f.pact == pact.id; });
    if (!faulty) continue;
    const Reach before_reach = reach_of(treaties, row);
    const law::PactIndex index(treaties.pacts, treaties.parties.size());
    for (const law::Clause& clause : index.clauses(row)) {
      if (clause.then.assist.empty() || clause.when.acts.empty()) continue;
      const std::size_t at = clause.article.row();
      for (Change& c : Alternatives(pact, clause).all()) {
        Treaties changed = treaties;
        changed.pacts[row].articles[at] = std::move(c.article);
        const std::vector<Finding> after = gaps(changed, pacts);
        Amendment a{pact.id,
                    pact.articles[at].id,
                    c.key,
                    c.value,
                    without(before, after),
                    without(after, before),
                    before_reach.most,
                    0};
        if (a.closes.empty()) continue;
        // What closes a gap by answering less is no answer.
        const Reach reach = reach_of(changed, row);
        if (reach.at_all < before_reach.at_all || reach.most < before_reach.most) continue;
        a.covered_after = reach.most;
        out.push_back(std::move(a));
      }
    }
  }
  std::sort(out.begin(), out.end(), [](const Amendment& a, const Amendment& b) {
    const auto rank = [](const Amendment& x) {
      const auto more = static_cast<std::ptrdiff_t>(x.covered_after) -
                        static_cast<std::ptrdiff_t>(x.covered_before);
      return std::tuple(x.pact, x.opens.size(), -static_cast<std::ptrdiff_t>(x.closes.size()), more,
                        x.article, x.key, x.value);
    };
    return rank(a) < rank(b);
  });
  return out;
}

std::string write(const Treaties& treaties, const std::vector<Amendment>& amendments,
                  std::size_t most) {
  if (amendments.empty()) return "No gap was found that a change of one article closes.\n";
  // By gap, in the order in which gaps are reported.
  std::map<std::tuple<std::string, Fault, std::string>, std::vector<const Amendment*>> by_gap;
  for (const Amendment& a : amendments) {
    for (const Finding& f : a.closes) by_gap[{f.pact, f.fault, f.text}].push_back(&a);
  }
  std::string text, pact;
  for (const auto& [gap, all] : by_gap) {
    const auto& [id, fault, what] = gap;
    if (id != pact) {
      const auto found = std::find_if(treaties.pacts.begin(), treaties.pacts.end(),
                                      [&, &id = id](const Pact& p) { return p.id == id; });
      const std::string& title = found->title.empty() ? found->id : found->title;
      text += (text.empty() ? "" : "\n") + fmt::format("{} ({})\n", title, id);
      pact = id;
    }
    text += wrapped(what, "  ");
    for (std::size_t i = 0; i < all.size() && i < most; ++i) {
      const Amendment& a = *all[i];
      std::string lines = wrapped(
          fmt::format("Article {}, {}: {}. The most is owed in {} of the situations asked about, "
                      "before in {}{}.",
                      a.article, a.key, a.value, a.covered_after, a.covered_before,
                      a.closes.size() > 1 ? fmt::format("; closes {} more", a.closes.size() - 1)
                                          : std::string()),
          "      ");
      lines[4] = '-';
      text += lines;
      for (const Finding& f : a.opens) text += wrapped("But then: " + f.text, "        ");
    }
    if (all.size() > most) text += fmt::format("      … and {} further\n", all.size() - most);
  }
  return text;
}

}  // namespace casus::treaties
