#include "casebook/compare.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace casus::casebook {
namespace {

using law::Stage;
using law::Verdict;

/// Pairs expected things with those that are there, so that as many as possible are met: an
/// expectation that says little must not take what one that says more needs.
class Pairing {
 public:
  Pairing(std::size_t expected, std::size_t found,
          const std::function<bool(std::size_t, std::size_t)>& fits)
      : taken_by_(found, none), fits_(fits) {
    for (std::size_t e = 0; e < expected; ++e) {
      std::vector<bool> tried(found, false);
      if (!place(e, tried)) unmet_.push_back(e);
    }
  }
  const std::vector<std::size_t>& unmet() const { return unmet_; }
  /// What was found for an expectation, if it is met.
  std::optional<std::size_t> met_by(std::size_t expected) const {
    const auto it = std::find(taken_by_.begin(), taken_by_.end(), expected);
    if (it == taken_by_.end()) return std::nullopt;
    return static_cast<std::size_t>(it - taken_by_.begin());
  }
  std::vector<std::size_t> unexpected() const {
    std::vector<std::size_t> out;
    for (std::size_t f = 0; f < taken_by_.size(); ++f) {
      if (taken_by_[f] == none) out.push_back(f);
    }
    return out;
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  bool place(std::size_t e, std::vector<bool>& tried) {
    for (std::size_t f = 0; f < taken_by_.size(); ++f) {
      if (tried[f] || !fits_(e, f)) continue;
      tried[f] = true;
      if (taken_by_[f] == none || place(taken_by_[f], tried)) {
        taken_by_[f] = e;
        return true;
      }
    }
    return false;
  }
  std::vector<std::size_t> taken_by_;
  std::vector<std::size_t> unmet_;
  const std::function<bool(std::size_t, std::size_t)>& fits_;
};

template <class T>
bool unset_or(const std::optional<T>& expected, const T& found) {
  return !expected || *expected == found;
}
template <class Id>
bool unset_or(Id expected, Id found) {
  return !expected.valid() || expected == found;
}

class Comparison {
 public:
  Comparison(const Step& step, StepOpinion& opinion)
      : step_(step), out_(opinion), r_(opinion.resolution) {}

  void changes() {
    for (std::size_t i = 0; i < step_.changes.size(); ++i) {
      const ChangeSpec& spec = step_.changes[i];
      const law::Change& change = out_.changes[i];
      if (change.reason != spec.expect) {
        differ(spec.at, fmt::format("expected the change to be answered {}, found {}",
                                    name(spec.expect), name(change.reason)));
      } else if (spec.effective && change.effective != *spec.effective) {
        differ(spec.at, fmt::format("expected it to take effect on {}, found {}",
                                    to_string(*spec.effective), to_string(change.effective)));
      }
    }
  }

  void verdicts() {
    for (const ExpectedVerdict& e : step_.expected.verdicts) {
      std::vector<std::uint32_t> near;
      bool met = false;
      for (std::uint32_t i = 0; i < r_.verdicts.size() && !met; ++i) {
        const Verdict& v = r_.verdicts[i];
        if (!about(e, v)) continue;
        near.push_back(i);
        met = !e.absent && agrees(e, v);
        if (met) explain(Why::Of::verdict, i, e.why);
      }
      if (e.absent) met = near.empty();
      if (met) continue;
      std::vector<std::string> found;
      for (const std::uint32_t i : near) {
        found.push_back(describe(r_.verdicts[i]));
        out_.contested.push_back(i);
      }
      if (found.empty()) found.push_back(before(e));
      differ(e.at, fmt::format("expected {}; found {}", describe(e), fmt::join(found, "; ")),
             e.why);
    }
  }

  void commitments() {
    const auto& list = step_.expected.commitments;
    if (!list) return;
    listed(
        *list, r_.commitments.size(),
        [&](const ExpectedCommitment& e, std::size_t i) {
          const law::Commitment& c = r_.commitments[i];
          return unset_or(e.member, c.member) && unset_or(e.beneficiary, c.beneficiary) &&
                 unset_or(e.against, c.against) && unset_or(e.level, c.level) &&
                 unset_or(e.pact, c.pact) && unset_or(e.article, c.article) &&
                 (!e.act || means(*e.act, c.act)) && unset_or(e.enforcement, c.enforcement) &&
                 unset_or(e.pending, c.pending);
        },
        [&](const ExpectedCommitment& e) {
          return fmt::format("help of {}{}{}", party(e.member),
                             e.level ? fmt::format(" ({})", name(*e.level)) : "",
                             e.beneficiary.valid() ? " for " + party(e.beneficiary) : "");
        },
        [&](std::size_t i) {
          const law::Commitment& c = r_.commitments[i];
          return fmt::format("help of {} ({}) for {} against {} under {}", party(c.member),
                             name(c.level), party(c.beneficiary), party(c.against),
                             source(c.pact, c.article));
        },
        [&](std::size_t i, const std::string& why) {
          const law::Commitment& c = r_.commitments[i];
          for (std::uint32_t v = 0; v < r_.verdicts.size(); ++v) {
            const Verdict& of = r_.verdicts[v];
            if (of.stage == Stage::consequence && of.yes && of.act == c.act && of.pact == c.pact &&
                of.member == c.member && of.article == c.article) {
              return explain(Why::Of::verdict, v, why);
            }
          }
        });
  }

  void breaches() {
    const auto& list = step_.expected.breaches;
    if (!list) return;
    listed(
        *list, r_.breaches.size(),
        [&](const ExpectedBreach& e, std::size_t i) {
          const law::Breach& b = r_.breaches[i];
          return unset_or(e.member, b.member) && unset_or(e.towards, b.towards) &&
                 unset_or(e.pact, b.pact) && unset_or(e.article, b.article) &&
                 unset_or(e.kind, b.kind) && unset_or(e.level, b.level) &&
                 unset_or(e.abstention, b.abstention) && unset_or(e.excused, b.excused) &&
                 unset_or(e.date, b.date);
        },
        [&](const ExpectedBreach& e) {
          return fmt::format("a breach by {}{}{}", party(e.member),
                             e.kind ? fmt::format(" ({})", breach(*e.kind)) : "",
                             e.date ? " on " + to_string(*e.date) : "");
        },
        [&](std::size_t i) {
          const law::Breach& b = r_.breaches[i];
          return fmt::format("a breach by {} ({}) of {} towards {} on {}{}", party(b.member),
                             breach(b.kind), source(b.pact, b.article), party(b.towards),
                             to_string(b.date), b.excused ? ", excused" : "");
        },
        [&](std::size_t i, const std::string& why) { explain(Why::Of::breach, i, why); });
  }

  void conflicts() {
    const auto& list = step_.expected.conflicts;
    if (!list) return;
    listed(
        *list, r_.conflicts.size(),
        [&](const ExpectedConflict& e, std::size_t i) {
          const law::Conflict& c = r_.conflicts[i];
          return unset_or(e.member, c.member) && unset_or(e.kind, c.kind) &&
                 unset_or(e.decided_by, c.decided_by) && unset_or(e.first, c.first) &&
                 unset_or(e.second, c.second) && unset_or(e.chosen, c.chosen);
        },
        [&](const ExpectedConflict& e) {
          return fmt::format("a conflict of obligations of {}{}", party(e.member),
                             e.kind ? fmt::format(" ({})", conflict(*e.kind)) : "");
        },
        [&](std::size_t i) {
          const law::Conflict& c = r_.conflicts[i];
          return fmt::format("a conflict of obligations of {} ({}: {}, {}), decided by {}, for {}",
                             party(c.member), conflict(c.kind), pact(c.first), pact(c.second),
                             decision_names()[static_cast<std::size_t>(c.decided_by)],
                             c.chosen.valid() ? party(c.chosen) : "nobody");
        },
        [&](std::size_t i, const std::string& why) { explain(Why::Of::conflict, i, why); });
  }

  void at_war() {
    const auto& list = step_.expected.at_war;
    if (!list) return;
    listed(
        *list, out_.at_war.size(),
        [&](const std::pair<ActorId, ActorId>& e, std::size_t i) {
          return e == out_.at_war[i] || std::pair(e.second, e.first) == out_.at_war[i];
        },
        [&](const std::pair<ActorId, ActorId>& e) {
          return fmt::format("{} to be at war with {}", party(e.first), party(e.second));
        },
        [&](std::size_t i) {
          return fmt::format("{} at war with {}", party(out_.at_war[i].first),
                             party(out_.at_war[i].second));
        },
        [](std::size_t, const std::string&) {});
  }

  void nobody(const std::vector<std::pair<ActorId, ActorId>>& before) {
    for (const auto& [who, at] : step_.expected.nobody) {
      std::string found;
      for (const Verdict& v : r_.verdicts) {
        if (v.member == who && v.stage == Stage::obliged && v.yes && found.empty()) {
          found = describe(v);
        }
      }
      for (const law::Commitment& c : r_.commitments) {
        if (c.member == who && found.empty()) found = "its help";
      }
      for (const law::Breach& b : r_.breaches) {
        if (b.member == who && found.empty()) found = fmt::format("a breach ({})", breach(b.kind));
      }
      for (const auto& pair : out_.at_war) {
        if (pair.first != who && pair.second != who) continue;
        if (std::find(before.begin(), before.end(), pair) != before.end()) continue;
        if (found.empty()) {
          found = fmt::format("{} at war with {}", party(pair.first), party(pair.second));
        }
      }
      if (!found.empty()) {
        differ(at, fmt::format("expected {} to have nothing to do with it; found {}", party(who),
                               found));
      }
    }
  }

  void votes() {
    for (std::size_t i = 0; i < step_.expected.votes.size(); ++i) {
      const ExpectedVote& e = step_.expected.votes[i];
      const law::Vote& v = out_.votes[i];
      if (unset_or(e.reason, v.reason) && unset_or(e.in_favour, v.in_favour) &&
          unset_or(e.against, v.against) && unset_or(e.abstained, v.abstained) &&
          unset_or(e.absent, v.absent) && unset_or(e.not_entitled, v.not_entitled)) {
        continue;
      }
      differ(e.at,
             fmt::format("expected another vote on {}; found {}: {} in favour, {} against, "
                         "{} abstaining, {} absent, {} not entitled",
                         name(e.level), name(v.reason), v.in_favour, v.against, v.abstained,
                         v.absent, v.not_entitled),
             e.why);
    }
  }

  void foreseen() {
    for (std::size_t i = 0; i < step_.expected.foreseen.size(); ++i) {
      const Foreseen& f = step_.expected.foreseen[i];
      std::vector<std::string> expected, found;
      for (const ActorId a : f.members) expected.push_back(party(a));
      for (const ActorId a : out_.foreseen[i]) found.push_back(party(a));
      std::sort(expected.begin(), expected.end());
      std::sort(found.begin(), found.end());
      if (expected == found) continue;
      differ(f.at,
             fmt::format("expected these to be foreseen as helpers: {}; found {}", people(expected),
                         people(found)),
             f.why);
    }
  }

  void counts() {
    const auto one = [&](const auto& expected, std::uint32_t found, std::string_view what) {
      if (!expected || expected->first == found) return;
      differ(expected->second,
             fmt::format("expected {} {}, found {}", expected->first, what, found));
    };
    one(step_.expected.waves, r_.waves, "waves");
    one(step_.expected.decisions, r_.decisions, "decisions");
  }

 private:
  void explain(Why::Of of, std::size_t index, const std::string& why) {
    if (!why.empty()) out_.whys.push_back({of, static_cast<std::uint32_t>(index), why});
  }

  void differ(const Mark& at, std::string message, const std::string& why = {}) {
    if (!why.empty()) message += fmt::format(" (expected because: {})", why);
    Diagnostic d;
    d.code = "E0801";
    d.where = at.where;
    d.source_line = at.line;
    d.message = std::move(message);
    out_.differences.push_back(std::move(d));
  }

  /// `fits`: the expectation and what was found; `say` and `show`: the two in words; `met`: what is
  /// done with the sentence of an expectation that is met.
  template <class T, class Fits, class Say, class Show, class Met>
  void listed(const Listed<T>& list, std::size_t found, Fits fits, Say say, Show show, Met met) {
    const std::function<bool(std::size_t, std::size_t)> pair_fits =
        [&](std::size_t e, std::size_t f) { return fits(list.items[e], f); };
    const Pairing pairing(list.items.size(), found, pair_fits);
    for (const std::size_t e : pairing.unmet()) {
      const Mark* at = &list.at;
      if constexpr (requires { list.items[e].at; }) at = &list.items[e].at;
      std::string why;
      if constexpr (requires { list.items[e].why; }) why = list.items[e].why;
      differ(*at, fmt::format("expected {}, found none like it", say(list.items[e])), why);
    }
    if constexpr (requires { list.items[0].why; }) {
      for (std::size_t e = 0; e < list.items.size(); ++e) {
        if (const auto f = pairing.met_by(e)) met(*f, list.items[e].why);
      }
    }
    for (const std::size_t f : pairing.unexpected()) {
      differ(list.at, fmt::format("found {}, which is not expected", show(f)));
    }
  }

  bool means(const ActSelector& s, std::uint32_t act) const {
    if (act == law::no_index) return false;  // a term has run out
    const law::Act& a = r_.acts[act];
    // Also the same act as one against the state of the place.
    if (s.given) return a.event == EventId(*s.given);
    return unset_or(s.by, a.author) && unset_or(s.against, a.victim) && unset_or(s.kind, a.kind);
  }

  /// Is this verdict an answer to the question that the expectation is about?
  bool about(const ExpectedVerdict& e, const Verdict& v) const {
    return v.stage == e.stage && (!e.act || means(*e.act, v.act)) && unset_or(e.pact, v.pact) &&
           unset_or(e.member, v.member) && unset_or(e.towards, v.towards) &&
           unset_or(e.wave, v.wave) && (!e.absent || unset_or(e.article, v.article));
  }
  static bool agrees(const ExpectedVerdict& e, const Verdict& v) {
    return (e.stage == Stage::consequence || v.yes == e.yes) && unset_or(e.reason, v.reason) &&
           unset_or(e.article, v.article) && unset_or(e.level, v.level);
  }

  /// Where the questions ended, if they never came to this one.
  std::string before(const ExpectedVerdict& e) const {
    const Verdict* last = nullptr;
    for (const Verdict& v : r_.verdicts) {
      if (e.act && !means(*e.act, v.act)) continue;
      if (v.pact.valid() && !unset_or(e.pact, v.pact)) continue;
      if (v.stage < e.stage && (!last || v.stage >= last->stage) &&
          (!v.member.valid() || v.stage == Stage::attributed || unset_or(e.member, v.member))) {
        last = &v;
      }
    }
    return last == nullptr ? "no verdict at all" : "nothing after: " + describe(*last);
  }

  const std::string& party(ActorId a) const {
    static const std::string none = "nobody";
    return a.valid() ? step_.situation.parties[a.row()].name : none;
  }
  const std::string& pact(PactId p) const { return out_.pacts[p.row()].id; }
  std::string source(PactId p, ArticleId article) const {
    if (!p.valid()) return "no pact";
    if (!article.valid()) return pact(p);
    return fmt::format("{} article {}", pact(p), out_.pacts[p.row()].articles[article.row()].id);
  }
  static std::string_view breach(law::BreachKind k) {
    return breach_names()[static_cast<std::size_t>(k)];
  }
  static std::string_view conflict(law::ConflictKind k) {
    return conflict_names()[static_cast<std::size_t>(k)];
  }
  static std::string people(const std::vector<std::string>& names) {
    return names.empty() ? "nobody" : fmt::format("{}", fmt::join(names, ", "));
  }

  std::string describe(const Verdict& v) const {
    return phrase(v.stage, v.yes, false, v.reason, v.level, v.pact, v.article, v.member);
  }
  std::string describe(const ExpectedVerdict& e) const {
    return phrase(e.stage, e.yes, e.absent, e.reason, e.level, e.pact, e.article, e.member);
  }
  std::string phrase(Stage stage, bool yes, bool absent, std::optional<law::Reason> reason,
                     std::optional<law::Obligation> level, PactId p,
                     std::optional<ArticleId> article, ActorId member) const {
    std::string text = fmt::format("{}{}{}",
                                   absent                                ? "no question of "
                                   : !yes && stage != Stage::consequence ? "not_"
                                                                         : "",
                                   name(stage), reason ? fmt::format(": {}", name(*reason)) : "");
    if (level && *level != law::Obligation::none) text += fmt::format(", {}", name(*level));
    if (member.valid()) text += fmt::format(", {}", party(member));
    if (p.valid()) text += fmt::format(", {}", source(p, article.value_or(ArticleId{})));
    return "'" + text + "'";
  }

  const Step& step_;
  StepOpinion& out_;
  const law::Resolution& r_;
};

}  // namespace

void compare(const Step& step, const std::vector<std::pair<ActorId, ActorId>>& before,
             StepOpinion& opinion) {
  Comparison c(step, opinion);
  c.changes();
  c.verdicts();
  c.commitments();
  c.breaches();
  c.conflicts();
  c.at_war();
  c.nobody(before);
  c.votes();
  c.foreseen();
  c.counts();
}

}  // namespace casus::casebook
