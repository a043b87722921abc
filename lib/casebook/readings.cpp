#include "casus/casebook/readings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "casus/casebook/opinion.h"

namespace casus::casebook {
namespace {

using law::Question;
using law::Stage;

/// What one step comes to.
class Consequences {
 public:
  Consequences(const Step& step, const StepOpinion& out, std::string_view prefix)
      : step_(step), out_(out), prefix_(prefix) {}

  void add_to(std::set<std::string>& lines) const {
    const auto say = [&](const std::string& line) { lines.insert(std::string(prefix_) + line); };
    for (const law::Verdict& v : out_.resolution.verdicts) {
      if (v.stage != Stage::obliged || !v.yes || !v.towards.valid()) continue;
      say(fmt::format("{} owes {} {} ({})", party(v.member), party(v.towards), name(v.level),
                      source(v.pact, v.article)));
    }
    for (const law::Commitment& c : out_.resolution.commitments) {
      say(fmt::format(
          "{} gives {} {}{}", party(c.member), party(c.beneficiary), name(c.level),
          c.against.valid() && c.against != c.beneficiary ? " against " + party(c.against) : ""));
    }
    for (const law::Breach& b : out_.resolution.breaches) {
      say(fmt::format("{} breaks {} towards {}{}", party(b.member), source(b.pact, b.article),
                      party(b.towards), b.excused ? ", excused" : ""));
    }
    for (const auto& [a, b] : out_.at_war) {
      say(fmt::format("{} and {} are at war", party(a), party(b)));
    }
  }

 private:
  const std::string& party(ActorId a) const { return step_.situation.parties[a.row()].title; }
  std::string source(PactId p, ArticleId article) const {
    const law::Pact& pact = out_.pacts[p.row()];
    return article.valid()
               ? fmt::format("{}, article {}", pact.title, pact.articles[article.row()].id)
               : pact.title;
  }

  const Step& step_;
  const StepOpinion& out_;
  std::string_view prefix_;
};

std::uint8_t reading_of(const LegalCase& c, const Question& q) {
  return q.get(c.steps.front().situation.settings.doctrines);
}

std::string named(const Switch& s) {
  const Question& q = law::questions()[s.question];
  return fmt::format("{}: {}", q.name, q.readings[s.reading].name);
}

std::string all_of(const std::vector<Switch>& switches) {
  std::vector<std::string> names;
  names.reserve(switches.size());
  for (const Switch& s : switches) names.push_back(named(s));
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::vector<std::string> consequences(const LegalCase& c) {
  const Opinion opinion = decide(c);
  std::set<std::string> lines;
  for (std::size_t i = 0; i < c.steps.size(); ++i) {
    const std::string prefix = c.steps.size() > 1 ? fmt::format("step {}: ", i + 1) : "";
    Consequences(c.steps[i], opinion.steps[i], prefix).add_to(lines);
  }
  return {lines.begin(), lines.end()};
}

Readings read_under(const LegalCase& c, const std::vector<std::size_t>& questions) {
  Readings out;
  if (c.steps.empty()) return out;
  const auto all = law::questions();
  LegalCase read = c;
  // Every combination is a number with a digit for each question.
  std::vector<std::size_t> place(questions.size());
  std::size_t combinations = 1;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    place[i] = combinations;
    combinations *= all[questions[i]].readings.size();
  }
  const auto digit = [&](std::size_t combination, std::size_t i) {
    return combination / place[i] % all[questions[i]].readings.size();
  };
  std::vector<std::size_t> answer_of(combinations);
  std::map<std::vector<std::string>, std::size_t> known;
  std::vector<ReadAnswer> answers;
  for (std::size_t n = 0; n < combinations; ++n) {
    std::vector<Switch> switches;
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const std::size_t reading = digit(n, i);
      for (Step& step : read.steps) {
        all[questions[i]].set(step.situation.settings.doctrines,
                              static_cast<std::uint8_t>(reading));
      }
      if (reading != reading_of(c, all[questions[i]])) switches.push_back({questions[i], reading});
    }
    std::vector<std::string> follows = consequences(read);
    const auto [at, added] = known.try_emplace(follows, answers.size());
    answer_of[n] = at->second;
    if (added) {
      answers.push_back({std::move(switches), std::move(follows)});
    } else if (switches.size() < answers[at->second].switches.size()) {
      answers[at->second].switches = std::move(switches);
    }
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const std::size_t readings = all[questions[i]].readings.size();
    bool turns = false;
    for (std::size_t n = 0; n < combinations && !turns; ++n) {
      turns = digit(n, i) + 1 < readings && answer_of[n] != answer_of[n + place[i]];
    }
    if (turns) out.turns_on.push_back(questions[i]);
  }
  std::stable_sort(answers.begin(), answers.end(), [](const ReadAnswer& a, const ReadAnswer& b) {
    return a.switches.size() < b.switches.size();
  });
  out.answers = std::move(answers);
  return out;
}

std::string write_readings(const LegalCase& c, const Readings& readings) {
  std::string text = fmt::format("{}: {}\n", c.name, c.title);
  if (readings.turns_on.empty()) {
    return text + "  Every reading leads to the same answer.\n";
  }
  std::vector<std::string_view> questions;
  for (const std::size_t q : readings.turns_on) questions.push_back(law::questions()[q].name);
  text += fmt::format("  Turns on: {}.\n", fmt::join(questions, ", "));
  const std::vector<std::string>& first = readings.answers.front().follows;
  const auto contains = [](const std::vector<std::string>& lines, const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  };
  for (const ReadAnswer& a : readings.answers) {
    if (a.switches.empty()) {
      text += "\n  As the case is written:\n";
      for (const std::string& line : a.follows) text += fmt::format("      {}\n", line);
      if (a.follows.empty()) text += "      nobody owes, gives or breaks anything\n";
      continue;
    }
    text += fmt::format("\n  With {}:\n", all_of(a.switches));
    for (const std::string& line : a.follows) {
      if (!contains(first, line)) text += fmt::format("    + {}\n", line);
    }
    for (const std::string& line : first) {
      if (!contains(a.follows, line)) text += fmt::format("    - {}\n", line);
    }
    for (const Switch& s : a.switches) {
      const law::Reading& r = law::questions()[s.question].readings[s.reading];
      text += fmt::format("      {}: {} ({})\n", r.name, r.doc, r.source);
    }
  }
  return text;
}

}  // namespace casus::casebook
