#include "casus/treaties/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "casus/law/membership.h"
#include "treaties/sheet_parts.h"

namespace casus::treaties {
namespace {

using law::Member;
using law::Organ;
using law::Pact;

/// Articles in the order of a treaty: 10 comes after 9, and numbers before letters.
bool before(const Part& a, const Part& b) {
  const auto number = [](const std::string& id) {
    std::size_t n = 0, digits = 0;
    while (digits < id.size() && digits < 9 && id[digits] >= '0' && id[digits] <= '9') {
      n = n * 10 + static_cast<std::size_t>(id[digits++] - '0');
    }
    return std::pair(digits == 0, n);
  };
  return std::pair(number(a.id), a.id) < std::pair(number(b.id), b.id);
}

class PactReader {
 public:
  PactReader(const Speaker& speaker, const Pact& pact) : speak_(speaker), pact_(pact) {}

  Part whole() {
    Part out;
    part_ = &out;
    dates();
    if (pact_.secret) say("secret", "It is secret.");
    if (!pact_.known_to.empty()) {
      const auto names = speak_.parties(pact_.known_to);
      say("known_to", fmt::format("Besides its members {} {} of it.", listing(names),
                                  names.size() == 1 ? "knows" : "know"));
    }
    if (pact_.declaration) say("declaration", "It was promised in a statement, and not signed.");
    if (!pact_.original_targets.empty()) {
      say("original_targets",
          fmt::format("It was made against {}.", listing(speak_.parties(pact_.original_targets))));
    }
    joining();
    suspension();
    order();
    return out;
  }

  Part member(const Member& m) {
    Part out;
    part_ = &out;
    out.kind = Part::Kind::member;
    out.id = m.actor.row() < speak_.treaties().parties.size()
                 ? speak_.treaties().parties[m.actor.row()].name
                 : "";
    out.title = speak_.party(m.actor);
    say("joined", m.joined ? fmt::format("Joined on {}.", to_string(*m.joined))
                           : std::string("An original party."));
    if (m.continues) {
      say("continues", fmt::format("It took the place of one that had been bound since {}.",
                                   to_string(*m.continues)));
    }
    if (m.role != law::Role::party) {
      say("role", fmt::format("Its role is that of a {}.", role_phrase(m.role, true)));
    }
    if (m.notice) {
      const auto end = withdrawal_date(pact_, m);
      say("notice", fmt::format("It gave notice on {}{}.", to_string(*m.notice),
                                end ? fmt::format(" and is free from {} on", to_string(*end))
                                    : std::string()));
    }
    if (m.left) say("left", fmt::format("It is no member from {} on.", to_string(*m.left)));
    for (const law::Suspension& s : m.suspensions) {
      say("suspended", s.until ? fmt::format("It is suspended from {} until the day before {}.",
                                             to_string(s.from), to_string(*s.until))
                               : fmt::format("It is suspended from {} on.", to_string(s.from)));
    }
    for (const law::Reservation& r : m.reservations) {
      say("reservations",
          r.up_to == law::Obligation::none
              ? fmt::format("By its reservation article {} does not bind it.", r.article)
              : fmt::format("By its reservation article {} binds it to no more than {}.", r.article,
                            help_phrase(r.up_to)));
    }
    if (m.weight != 1.0) say("weight", fmt::format("Its vote weighs {}.", m.weight));
    if (m.consent == law::Assent::parliament) {
      say("consent", "It sends arms only if its parliament agrees.");
    }
    if (m.contribution != 0.0) {
      say("contribution", fmt::format("It has pledged {} people.", m.contribution));
    }
    return out;
  }

  Part organ(const Organ& o) {
    Part out;
    part_ = &out;
    out.kind = Part::Kind::organ;
    out.id = o.id;
    out.title = sentence_case(spaced(o.id));
    say("decision", fmt::format("It decides {}.", rule_phrase(o.rule)));
    if (o.rule == law::DecisionRule::weighted || o.threshold != 0.5) {
      say("threshold", fmt::format("The share of the weight that it asks for is {}.", o.threshold));
    }
    if (o.chair.valid()) say("chair", fmt::format("Its chair is {}.", speak_.party(o.chair)));
    if (o.quorum != 0.0) {
      say("quorum", fmt::format("The share of members that must attend is {}.", o.quorum));
    }
    if (!o.veto.empty()) {
      say("veto", fmt::format("A vote against by {} defeats anything.",
                              listing(speak_.parties(o.veto), "or")));
    }
    if (!o.competence.empty()) {
      say("competence", fmt::format("It may decide on no more than {}.",
                                    listing(spoken(o.competence, help_phrase))));
    }
    if (!o.parties_vote) say("parties_vote", "Parties to the dispute do not vote.");
    if (!o.opinions_bind) say("opinions_bind", "Who did not vote for it owes nothing.");
    if (o.force) {
      say("force", fmt::format("It disposes of a force of {} people besides what members pledge, "
                               "ready after {}.",
                               o.force->strength, days(o.force->readiness_days)));
    }
    return out;
  }

 private:
  void say(std::string key, std::string text) {
    part_->lines.push_back({std::move(key), std::move(text)});
  }

  static std::string days(double n) { return fmt::format("{} {}", n, n == 1.0 ? "day" : "days"); }

  void dates() {
    if (pact_.signed_on) say("signed", fmt::format("Signed on {}.", to_string(*pact_.signed_on)));
    say("in_force", fmt::format("In force from {}.", to_string(pact_.in_force)));
    if (pact_.expires) {
      say("expires", fmt::format("It runs until the day before {}.", to_string(*pact_.expires)));
    }
    if (pact_.term_years != 0) {
      say("renews",
          fmt::format("Then it renews itself by {} at a time.", several(pact_.term_years, "year")));
    }
    if (pact_.ended) say("ended", fmt::format("It ended on {}.", to_string(*pact_.ended)));
    std::string notice;
    if (pact_.notice_months != 0) notice = several(pact_.notice_months, "month");
    if (pact_.notice_days != 0) {
      notice += (notice.empty() ? "" : " and ") + several(pact_.notice_days, "day");
    }
    std::string leaving =
        pact_.withdrawal_allowed ? "A member can withdraw" : "No member can withdraw";
    if (!notice.empty()) {
      leaving +=
          fmt::format("{} with notice of {}", pact_.withdrawal_allowed ? "" : ", not even", notice);
    } else if (pact_.withdrawal_allowed) {
      leaving += " at once";
    }
    if (pact_.denounce_months > 0) {
      leaving += fmt::format(", for the end of a term, {} before it at the latest",
                             several(pact_.denounce_months, "month"));
    }
    say("withdrawal", leaving + ".");
  }

  void joining() {
    static constexpr std::string_view how[] = {"Nobody can join.", "Any state can join.",
                                               "Who is invited can join.",
                                               "Others can join if the members decide so."};
    say("accession", std::string(how[static_cast<std::size_t>(pact_.accession)]));
    if (!pact_.invited.empty()) {
      say("invited", fmt::format("Those invited are {}.", listing(speak_.parties(pact_.invited))));
    }
  }

  void suspension() {
    const law::SuspensionRule& s = pact_.suspension;
    say("suspension",
        fmt::format("A suspended member {}, {} and {}.", s.loses_vote ? "has no vote" : "votes",
                    s.loses_protection ? "can claim nothing" : "keeps its protection",
                    s.loses_duties ? "owes nothing" : "still owes what it owed"));
  }

  void order() {
    std::vector<std::string> above;
    above.reserve(pact_.yields_to.size());
    for (const PactKey key : pact_.yields_to) above.push_back(speak_.pact(key));
    std::sort(above.begin(), above.end());
    if (!above.empty()) {
      say("yields_to",
          fmt::format("What is owed under {} prevails over it.", listing(above, "or")));
    }
    if (pact_.speciality != 0) {
      say("speciality", fmt::format("Of two that contradict each other the more special prevails; "
                                    "its rank is {}, where 0 is general.",
                                    pact_.speciality));
    }
    if (pact_.military_institutions != 0 || pact_.formality != 0) {
      say("depth", fmt::format("Its military institutions are coded {} of 2 and its formality {} "
                               "of 2, as in the ATOP data.",
                               pact_.military_institutions, pact_.formality));
    }
  }

  const Speaker& speak_;
  const Pact& pact_;
  Part* part_ = nullptr;
};

void add(std::string& text, std::string_view title, const Sheet& sheet, Part::Kind kind) {
  bool first = true;
  for (const Part& p : sheet.parts) {
    if (p.kind != kind) continue;
    if (first) text += fmt::format("\n  {}\n", title);
    first = false;
    if (kind == Part::Kind::article) {
      text += wrapped(heading(p), "    ");
      if (!p.words.empty()) text += wrapped("Its words: " + p.words, "      ");
      text += wrapped(said(p), "      ");
    } else {
      text += wrapped(fmt::format("{}: {}", p.title, said(p)), "    ");
    }
  }
}

}  // namespace

Sheet sheet(const Treaties& treaties, std::size_t row) {
  const Pact& pact = treaties.pacts[row];
  const law::PactIndex index(treaties.pacts, treaties.parties.size());
  const Speaker speaker(treaties);
  PactReader reader(speaker, pact);
  Sheet out{pact.id, pact.title.empty() ? pact.id : pact.title, {reader.whole()}};
  out.parts.reserve(1 + pact.members.size() + pact.organs.size() + pact.articles.size());
  for (const Member& m : pact.members) out.parts.push_back(reader.member(m));
  const auto members = static_cast<std::ptrdiff_t>(pact.members.size());
  std::sort(out.parts.begin() + 1, out.parts.begin() + 1 + members,
            [](const Part& a, const Part& b) { return a.id < b.id; });
  for (const Organ& o : pact.organs) out.parts.push_back(reader.organ(o));
  const auto articles = static_cast<std::ptrdiff_t>(out.parts.size());
  for (const law::Clause& c : index.clauses(row)) {
    out.parts.push_back(article_part(speaker, pact, c));
  }
  std::sort(out.parts.begin() + articles, out.parts.end(), before);
  return out;
}

namespace {

/// The sentence of the treaty that an article's words cite: what stands before the first colon.
std::string cited(const std::string& words) {
  const std::size_t colon = words.find(':');
  return colon == std::string::npos ? std::string() : words.substr(0, colon);
}

}  // namespace

std::string said(const Part& part) {
  std::string text;
  for (const Line& line : part.lines) text += (text.empty() ? "" : " ") + line.text;
  return text;
}

std::string heading(const Part& article) {
  return fmt::format("Article {}{}{}", article.id, article.title.empty() ? "" : ". ",
                     article.title);
}

std::vector<Line> concordance(const Sheet& sheet) {
  std::vector<std::pair<std::string, std::vector<std::string>>> rows;
  std::vector<std::string> own;
  for (const Part& p : sheet.parts) {
    if (p.kind != Part::Kind::article) continue;
    const std::string sentence = cited(p.words);
    if (sentence.empty()) {
      own.push_back(p.id);
      continue;
    }
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.first == sentence; });
    if (row == rows.end()) {
      rows.push_back({sentence, {p.id}});
    } else {
      row->second.push_back(p.id);
    }
  }
  std::vector<Line> lines;
  lines.reserve(rows.size() + 1);
  for (const auto& [sentence, ids] : rows) lines.push_back({sentence, listing(ids, "and")});
  if (!rows.empty() && !own.empty()) lines.push_back({"", listing(own, "and")});
  return lines;
}

std::string write(const Sheet& sheet) {
  std::string text = sheet.title;
  if (sheet.title != sheet.id) text += fmt::format(" ({})", sheet.id);
  text += '\n';
  for (const Part& p : sheet.parts) {
    if (p.kind == Part::Kind::whole) text += wrapped(said(p), "  ");
  }
  add(text, "Members", sheet, Part::Kind::member);
  add(text, "Organs", sheet, Part::Kind::organ);
  add(text, "Articles", sheet, Part::Kind::article);
  const std::vector<Line> sentences = concordance(sheet);
  if (!sentences.empty()) text += "\n  Which sentence became which article\n";
  for (const Line& line : sentences) {
    text += wrapped(fmt::format("{}: {}", line.key.empty() ? no_sentence : line.key, line.text),
                    "    ");
  }
  return text;
}

}  // namespace casus::treaties
