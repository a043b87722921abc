#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "casus/casebook/opinion.h"

namespace casus::casebook {
namespace {

using law::Stage;
using law::Verdict;

std::string wrapped(const std::string& text, const std::string& indent, std::size_t width) {
  std::string out, line;
  std::size_t at = 0;
  const auto flush = [&] {
    if (!line.empty()) out += indent + line + "\n";
    line.clear();
  };
  while (at < text.size()) {
    std::size_t end = text.find_first_of(" \n", at);
    if (end == std::string::npos) end = text.size();
    const std::string word = text.substr(at, end - at);
    if (!word.empty()) {
      if (line.size() + word.size() + 1 + indent.size() > width) flush();
      line += (line.empty() ? "" : " ") + word;
    }
    at = end + 1;
  }
  flush();
  return out;
}

class Writer {
 public:
  Writer(const LegalCase& c, const Opinion& opinion) : case_(c), opinion_(opinion) {}

  std::vector<OpinionLine> run() {
    line(Kind::title, fmt::format("{}: {}", case_.name, case_.title), 0);
    if (!case_.instrument.empty()) line(Kind::instrument, case_.instrument, 2);
    long_line(Kind::situation, case_.situation, 2);
    for (std::size_t i = 0; i < opinion_.steps.size(); ++i) step(i);
    line(Kind::expected, opinion_.as_expected() ? "As expected." : "Not as expected:", 2, true);
    for (const Diagnostic& d : opinion_.differences()) {
      line(Kind::difference,
           fmt::format("{}:{}:{}: {} [{}]", d.where.file, d.where.line, d.where.column, d.message,
                       d.code),
           2);
    }
    return std::move(lines_);
  }

 private:
  using Kind = OpinionLine::Kind;

  OpinionLine& line(Kind kind, std::string text, unsigned indent, bool apart = false) {
    lines_.push_back({kind, std::move(text), indent, apart, false, true, false});
    return lines_.back();
  }
  void long_line(Kind kind, std::string text, unsigned indent, bool apart = false) {
    line(kind, std::move(text), indent, apart).wrapped = true;
  }
  void step(std::size_t i) {
    step_ = &case_.steps[i];
    out_ = &opinion_.steps[i];
    if (opinion_.steps.size() > 1) {
      line(Kind::step,
           fmt::format("Step {}{}{}", i + 1, step_->title.empty() ? "" : ": ", step_->title), 2,
           true);
    }
    for (std::size_t c = 0; c < step_->changes.size(); ++c) change(c);
    const law::Resolution& r = out_->resolution;
    std::vector<std::uint32_t> due;  // breaches by a term that ran out, in the order of their days
    for (std::uint32_t b = 0; b < r.breaches.size(); ++b) {
      if (r.breaches[b].act == law::no_index) due.push_back(b);
    }
    auto next = due.begin();
    for (const std::uint32_t a : by_date(r)) {
      while (next != due.end() && r.breaches[*next].date <= r.acts[a].date) term(*next++);
      act(a);
    }
    while (next != due.end()) term(*next++);
    for (std::uint32_t c = 0; c < r.conflicts.size(); ++c) conflict(c);
    for (std::uint32_t b = 0; b < r.breaches.size(); ++b) breach(b);
    if (!r.acts.empty()) long_line(Kind::answer, answer(), 2, true);
    std::vector<std::string> pairs;
    for (const auto& [a, b] : out_->at_war) {
      pairs.push_back(fmt::format("{} and {}", party(a), party(b)));
    }
    line(Kind::at_war,
         fmt::format("At war in the end: {}.",
                     pairs.empty() ? "nobody" : fmt::format("{}", fmt::join(pairs, ", "))),
         2, true);
  }

  /// Acts as they followed on each other; those of one day in the order of the resolution.
  static std::vector<std::uint32_t> by_date(const law::Resolution& r) {
    std::vector<std::uint32_t> order(r.acts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return r.acts[a].date < r.acts[b].date;
    });
    return order;
  }

  /// The verdicts on an act as they are read: what is asked of the act itself, then pact by pact
  /// what is asked of it and of each member, every block in the order of the stages.
  std::vector<std::uint32_t> as_read(std::uint32_t act) const {
    const auto& verdicts = out_->resolution.verdicts;
    std::vector<std::uint32_t> order;
    std::vector<PactId> pacts;  // in the order in which they were looked at
    for (std::uint32_t i = 0; i < verdicts.size(); ++i) {
      if (verdicts[i].act != act) continue;
      order.push_back(i);
      if (std::find(pacts.begin(), pacts.end(), verdicts[i].pact) == pacts.end()) {
        pacts.push_back(verdicts[i].pact);
      }
    }
    const auto block = [&](std::uint32_t i) {
      const Verdict& v = verdicts[i];
      const auto pact = std::find(pacts.begin(), pacts.end(), v.pact) - pacts.begin();
      const bool of_member = v.pact.valid() && v.member.valid();
      return std::tuple(v.pact.valid() ? pact + 1 : 0, of_member,
                        of_member ? party(v.member) : std::string());
    };
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const auto x = block(a), y = block(b);
      if (x != y) return x < y;
      // Articles are tried one by one: of a pact their order is that of the law.
      return std::get<1>(x) && step_of(verdicts[a]) < step_of(verdicts[b]);
    });
    return order;
  }

  /// What was owed and is not, because something else prevails.
  static bool overtaken(const Verdict& v) {
    return !v.yes && (v.reason == law::Reason::lower_precedence ||
                      v.reason == law::Reason::yields_to_abstention);
  }

  /// A duty that another overtakes was there, and was within reach, before that.
  static Stage step_of(const Verdict& v) {
    return v.stage == Stage::obliged && overtaken(v) ? Stage::honoured : v.stage;
  }

  /// One sentence that answers: who owes what, or why nobody owes arms.
  std::string answer() const {
    const auto& verdicts = out_->resolution.verdicts;
    std::map<std::pair<std::string, std::string>, std::uint32_t> owed;  // the most, by whom to whom
    const Verdict* refusal = nullptr;  // the one that came furthest
    std::set<std::tuple<std::uint32_t, std::size_t, std::size_t>> undone;  // act, pact, member
    for (const Verdict& v : verdicts) {
      if (overtaken(v)) undone.emplace(v.act, v.pact.row(), v.member.row());
    }
    for (std::uint32_t i = 0; i < verdicts.size(); ++i) {
      const Verdict& v = verdicts[i];
      if (!v.pact.valid()) continue;
      if (v.stage == Stage::obliged && v.yes && v.towards.valid()) {
        if (undone.contains({v.act, v.pact.row(), v.member.row()})) continue;
        const auto [most, first] = owed.try_emplace({party(v.member), party(v.towards)}, i);
        if (!first && v.level > verdicts[most->second].level) most->second = i;
      } else if (!v.yes && (v.stage <= Stage::obliged || overtaken(v)) &&
                 (refusal == nullptr || step_of(v) > step_of(*refusal))) {
        refusal = &v;
      }
    }
    std::vector<std::string> debts;
    bool arms = false;
    for (const auto& [parties, i] : owed) {
      const Verdict& v = verdicts[i];
      arms |= law::armed(v.level);
      debts.push_back(fmt::format("{} owes {} {} under {}", parties.first, parties.second,
                                  name(v.level), source(v.pact, v.article)));
    }
    if (arms) return fmt::format("In sum: {}.", fmt::join(debts, "; "));
    if (!debts.empty()) return fmt::format("Nobody owes arms: {}.", fmt::join(debts, "; "));
    if (refusal == nullptr) return "Nobody owes arms, because no article asks for help over this.";
    if (step_of(*refusal) >= Stage::obliged && refusal->member.valid()) {
      return fmt::format("Nobody owes arms: {} does not under {}, because {}.",
                         party(refusal->member), source(refusal->pact, refusal->article),
                         in_words(refusal->reason));
    }
    return fmt::format("Nobody owes arms, because under {} {}.",
                       source(refusal->pact, refusal->article), in_words(refusal->reason));
  }

  void change(std::size_t i) {
    const ChangeSpec& c = step_->changes[i];
    const law::Change& done = out_->changes[i];
    static constexpr std::string_view what[] = {"gives notice of withdrawal",
                                                "takes its notice back",
                                                "is suspended",
                                                "is reinstated",
                                                "asks to accede",
                                                "is admitted",
                                                "is expelled",
                                                "the pact is ended",
                                                "an article is extended",
                                                "hands its place to a successor",
                                                "an article is suspended",
                                                "an article is taken up again"};
    line(Kind::change,
         fmt::format("{}, {}: {}{} ({}). {}: {}, from {}.", to_string(c.date), title(c.pact),
                     c.of.valid() ? party(c.of) + " " : "", what[static_cast<std::size_t>(c.kind)],
                     name(done.reason), done.done ? "Done" : "Refused", in_words(done.reason),
                     to_string(done.effective)),
         2, true);
  }

  void act(std::uint32_t a) {
    const law::Act& act = out_->resolution.acts[a];
    std::string title;
    for (std::size_t i = 0; i < out_->acts.size(); ++i) {
      if (out_->acts[i] == a) title = step_->acts[i].name;
    }
    line(Kind::act,
         fmt::format("{}{}{}: {}{}{}{}", title.empty() ? "Answer" : "Act", title.empty() ? "" : " ",
                     title, name(act.kind),
                     act.author.valid() ? " by " + party(act.author) : " by an unknown author",
                     act.victim.valid() ? " against " + party(act.victim) : "",
                     fmt::format(", {}, {}", place(act.place), to_string(act.date))),
         2, true);
    pact_ = PactId();
    member_ = ActorId();
    for (const std::uint32_t i : as_read(a)) verdict(i);
  }

  /// A day on which nobody need have done anything.
  void term(std::uint32_t i) {
    const law::Breach& b = out_->resolution.breaches[i];
    line(Kind::act,
         fmt::format("Term: the time for {} to help {} has run out, {}", party(b.member),
                     party(b.towards), to_string(b.date)),
         2, true);
    pact_ = PactId();
    member_ = ActorId();
    verdict(b.verdict);
  }

  void verdict(std::uint32_t i) {
    const Verdict& v = out_->resolution.verdicts[i];
    const bool of_member = v.pact.valid() && v.member.valid();
    if (v.pact.valid() && v.pact != pact_) {
      line(Kind::pact, fmt::format("Under {}:", title(v.pact)), 4);
      member_ = ActorId();
    }
    pact_ = v.pact;
    if (of_member && v.member != member_) line(Kind::member, party(v.member), 6);
    member_ = of_member ? v.member : ActorId();
    const bool contested =
        std::find(out_->contested.begin(), out_->contested.end(), i) != out_->contested.end();
    const unsigned indent = of_member ? 8 : v.pact.valid() ? 6 : 4;
    OpinionLine& said = line(Kind::verdict, sentence(v), indent);
    said.yes = v.yes;
    said.contested = contested;
    if (v.stage == Stage::covered || v.stage == Stage::consequence) words_of(v, indent + 2);
    whys(Why::Of::verdict, i, indent + 2);
  }

  /// The sentences with which the case expects it.
  void whys(Why::Of of, std::uint32_t i, unsigned indent) {
    for (const Why& w : out_->whys) {
      if (w.of == of && w.index == i) long_line(Kind::why, "Expected because: " + w.text, indent);
    }
  }

  /// The words of the article that a verdict names, where they are first needed.
  void words_of(const Verdict& v, unsigned indent) {
    if (!v.article.valid()) return;
    const law::Article& article = pact(v.pact).articles[v.article.row()];
    const auto key = std::pair(v.pact.row(), v.article.row());
    if (article.text.empty() || std::find(read_.begin(), read_.end(), key) != read_.end()) return;
    read_.push_back(key);
    long_line(Kind::words, fmt::format("Article {}: {}", article.id, article.text), indent);
  }

  std::string sentence(const Verdict& v) const {
    std::string text(name(v.stage));
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
    if (v.stage == Stage::obliged && overtaken(v)) text = "In the end obliged";
    if (v.stage != Stage::consequence) text += v.yes ? ": yes" : ": no";
    if (v.stage == Stage::consequence) text += ":";
    if (v.stage == Stage::attributed && v.member.valid()) text += ", to " + party(v.member);
    if (v.level != law::Obligation::none && v.stage != Stage::covered) {
      text += fmt::format("{} {}", v.stage == Stage::consequence ? "" : ",", name(v.level));
    }
    if (v.article.valid() && (v.stage == Stage::covered || v.stage == Stage::consequence)) {
      const bool first = v.stage == Stage::consequence && v.level == law::Obligation::none;
      text +=
          fmt::format("{} article {}", first ? "" : ",", pact(v.pact).articles[v.article.row()].id);
    }
    // A consequence that names neither help nor article has nothing before its reason.
    text += fmt::format("{} {} ({})", text.ends_with(':') ? "" : ";", in_words(v.reason),
                        name(v.reason));
    if (v.stage == Stage::honoured) {
      text += fmt::format(", probability {:.3f} (model)", v.probability);
    }
    if (v.stage == Stage::consequence && v.yes && v.delay_days > 0.0) {
      text += fmt::format(", after some {:.0f} days (model)", std::ceil(v.delay_days));
    }
    return text + ".";
  }

  /// What came of it. Who keeps a promise to abstain takes nobody's side by it.
  std::string outcome(const law::Conflict& c) const {
    if (!c.chosen.valid()) return "it sides with nobody";
    const auto& verdicts = out_->resolution.verdicts;
    const bool abstains = c.kind == law::ConflictKind::help_or_abstain &&
                          std::none_of(verdicts.begin(), verdicts.end(), [&](const Verdict& v) {
                            return v.act == c.act && v.member == c.member &&
                                   v.towards == c.chosen && v.stage == Stage::obliged && v.yes;
                          });
    return fmt::format(
        fmt::runtime(abstains ? "it stands aside, as it promised {}" : "it sides with {}"),
        party(c.chosen));
  }

  void conflict(std::uint32_t i) {
    const law::Conflict& c = out_->resolution.conflicts[i];
    static constexpr std::string_view how[] = {
        "one prevails over the other", "the partner's aggression ends the promise",
        "the greater help fulfils both", "the member chooses"};
    // Who attacks an ally for nobody's sake has no duty on the other side.
    if (c.kind == law::ConflictKind::members_at_war && c.chosen == c.member) {
      line(Kind::conflict,
           fmt::format("Members of {} at war ({}): {} has attacked the other.", source(c.first, {}),
                       conflict_names()[static_cast<std::size_t>(c.kind)], party(c.member)),
           2, true);
      whys(Why::Of::conflict, i, 4);
      return;
    }
    const bool one = c.first == c.second && c.first_article == c.second_article;
    line(Kind::conflict,
         fmt::format("Conflict of obligations of {} ({}): {}{}{}. Decided by {}: {}; {}.",
                     party(c.member), conflict_names()[static_cast<std::size_t>(c.kind)],
                     source(c.first, c.first_article), one ? "" : " and ",
                     one ? "" : source(c.second, c.second_article),
                     decision_names()[static_cast<std::size_t>(c.decided_by)],
                     how[static_cast<std::size_t>(c.decided_by)], outcome(c)),
         2, true);
    whys(Why::Of::conflict, i, 4);
  }

  void breach(std::uint32_t i) {
    const law::Breach& b = out_->resolution.breaches[i];
    line(Kind::breach,
         fmt::format("Breach by {} ({}) of {} towards {}{}{}.", party(b.member),
                     breach_names()[static_cast<std::size_t>(b.kind)], source(b.pact, b.article),
                     party(b.towards), b.act == law::no_index ? ", on " + to_string(b.date) : "",
                     b.excused ? ", excused by a conflict of obligations" : ""),
         2, true);
    whys(Why::Of::breach, i, 4);
  }

  const std::string& party(ActorId a) const { return step_->situation.parties[a.row()].title; }
  std::string place(const law::Place& p) const {
    if (p.region.valid()) return "at " + step_->situation.places[p.region.row()].title;
    return p.sovereign.valid() ? "in " + party(p.sovereign) : "nowhere in particular";
  }
  const law::Pact& pact(PactId p) const { return out_->pacts[p.row()]; }
  std::string title(PactId p) const {
    return pact(p).title == pact(p).id ? pact(p).id
                                       : fmt::format("{} ({})", pact(p).title, pact(p).id);
  }
  std::string source(PactId p, ArticleId article) const {
    if (!article.valid()) return pact(p).title;
    return fmt::format("{}, article {}", pact(p).title, pact(p).articles[article.row()].id);
  }

  const LegalCase& case_;
  const Opinion& opinion_;
  std::vector<OpinionLine> lines_;
  const Step* step_ = nullptr;
  const StepOpinion* out_ = nullptr;
  PactId pact_;
  ActorId member_;
  std::vector<std::pair<std::size_t, std::size_t>> read_;  ///< articles whose words were printed
};

}  // namespace

std::vector<OpinionLine> opinion_lines(const LegalCase& c, const Opinion& opinion) {
  return Writer(c, opinion).run();
}

std::string write_opinion(const LegalCase& c, const Opinion& opinion) {
  std::string text;
  for (const OpinionLine& line : opinion_lines(c, opinion)) {
    std::string indent(line.indent, ' ');
    if (line.contested) indent.replace(2, 1, "!");
    if (line.apart) text += '\n';
    text += line.wrapped ? wrapped(line.text, indent, 100) : indent + line.text + "\n";
  }
  return text;
}

}  // namespace casus::casebook
