#include "casus/treaties/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "casus/treaties/alteration.h"
#include "treaties/gaps.h"

// What a drafter could change to close a gap, and what else that would do.
namespace casus::treaties {
namespace {

using law::Pact;

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
    for (const Alteration& c : alterations(treaties, row)) {
      if (!c.mends) continue;
      Treaties changed = treaties;
      changed.pacts[row] = altered(pact, index, row, {c}, parties_of(treaties));
      const std::vector<Finding> after = gaps(changed, pacts);
      Amendment a{pact.id,
                  c.article,
                  c.key,
                  c.value,
                  c.said,
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
  std::sort(out.begin(), out.end(), [](const Amendment& a, const Amendment& b) {
    const auto rank = [](const Amendment& x) {
      const auto more = static_cast<std::ptrdiff_t>(x.covered_after) -
                        static_cast<std::ptrdiff_t>(x.covered_before);
      return std::tuple(x.pact, x.opens.size(), -static_cast<std::ptrdiff_t>(x.closes.size()), more,
                        x.article, x.key, x.said);
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
                      a.article, a.key, a.said, a.covered_after, a.covered_before,
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
