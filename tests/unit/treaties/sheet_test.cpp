// A treaty in sentences: whatever its file says stands there, and nothing that it does not say.
#include "casus/treaties/sheet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "casus/law/vocabulary.h"
#include "casus/treaties/treaties.h"
#include "scenario/pact_tables.h"
#include "treaties/phrases.h"

namespace casus::treaties {
namespace {

const std::string base = R"(casus: casebook/1
parties: {aland: state, bland: state, cland: state, dland: state, eland: state, band: armed_group}
places: {home: aland, isle: {sovereign: aland, areas: [overseas]}, far: bland}
areas: [tropics]
disputes: [quarrel]
pacts:
  pact:
    in_force: 2000-01-01
    articles:
      "1": {when: {act: [invasion]<W>}, then: {assist: [aid, troops]<T>}<A>}
      "2": {then: {abstain: [force]}}
      "3": {extends: "1"<E>}
    members: {aland: {}, bland: {<M>}, cland: {}}
    organs: {council: {decision: majority<O>}, court: {decision: chair, chair: aland}}
    depth: {<D>}
    withdrawal: {<N>}
    suspension: {<S>}
    <P>
  other: {in_force: 2000-01-01, members: [aland, dland], articles: {"1": {then: {abstain: [force]}}}}
)";

Treaties with(const std::string& from, const std::string& to) {
  std::string text = base;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  for (const char* mark : {"<W>", "<T>", "<A>", "<E>", "<M>", "<O>", "<D>", "<N>", "<S>", "<P>"}) {
    const std::size_t left = text.find(mark);
    if (left != std::string::npos) text.erase(left, 3);
  }
  return parse_treaties(text, "treaty.yaml", {});
}

std::string text_of(const Treaties& t) { return write(sheet(t, 0)); }

struct Sample {
  std::string table, key, from, to;
};

// One change for every key that a pact can have.
const std::vector<Sample>& samples() {
  static const std::vector<Sample> all{
      {"pact", "title", "<P>", "title: A title"},
      {"pact", "signed", "<P>", "signed: 1999-01-01"},
      {"pact", "in_force", "in_force: 2000-01-01\n    art", "in_force: 2001-01-01\n    art"},
      {"pact", "expires", "<P>", "expires: 2020-01-01"},
      {"pact", "renews", "<P>", "{expires: 2020-01-01, renews: 5}"},
      {"pact", "ended", "<P>", "ended: 2011-01-01"},
      {"pact", "secret", "<P>", "secret: true"},
      {"pact", "known_to", "<P>", "{secret: true, known_to: [dland]}"},
      {"pact", "declaration", "<P>", "declaration: true"},
      {"pact", "original_targets", "<P>", "original_targets: [dland]"},
      {"pact", "yields_to", "<P>", "yields_to: [other]"},
      {"pact", "speciality", "<P>", "speciality: 3"},
      {"pact", "accession", "<P>", "accession: open"},
      {"pact", "invited", "<P>", "{accession: invited, invited: [dland]}"},
      {"pact", "decision",
       "organs: {council: {decision: majority<O>}, court: {decision: chair, "
       "chair: aland}}",
       "decision: consensus"},
      {"pact", "withdrawal", "<N>", "notice: 6 months"},
      {"pact", "depth", "<D>", "formality: 2"},
      {"pact", "suspension", "<S>", "loses_vote: false"},
      {"pact", "members", "cland: {}}", "cland: {}, dland: {}}"},
      {"pact", "organs", "court: {", "second: {decision: majority}, court: {"},
      {"pact", "articles", "\"2\": {then: {abstain: [force]}}\n", "\n"},
      {"withdrawal", "allowed", "<N>", "allowed: false"},
      {"withdrawal", "notice", "<N>", "notice: 40 days"},
      {"withdrawal", "before_term_months", "<N>", "before_term_months: 12"},
      {"depth", "military_institutions", "<D>", "military_institutions: 1"},
      {"depth", "formality", "<D>", "formality: 1"},
      {"suspension", "loses_vote", "<S>", "loses_vote: false"},
      {"suspension", "loses_protection", "<S>", "loses_protection: true"},
      {"suspension", "loses_duties", "<S>", "loses_duties: false"},
      {"member", "joined", "<M>", "joined: 2003-01-01"},
      {"member", "notice", "<M>", "notice: 2004-01-01"},
      {"member", "left", "<M>", "left: 2005-01-01"},
      {"member", "role", "<M>", "role: protector"},
      {"member", "weight", "<M>", "weight: 2"},
      {"member", "contribution", "<M>", "contribution: 500"},
      {"member", "consent", "<M>", "consent: parliament"},
      {"member", "continues", "<M>", "continues: 1995-01-01"},
      {"member", "suspended", "<M>", "suspended: [2006-01-01]"},
      {"member", "reservations", "<M>", "reservations: [\"1\"]"},
      {"suspended", "from", "<M>", "suspended: [{from: 2006-02-01}]"},
      {"suspended", "until", "<M>", "suspended: [{from: 2006-01-01, until: 2007-01-01}]"},
      {"organ", "decision", "decision: majority", "decision: two_thirds"},
      {"organ", "threshold", "decision: majority", "decision: weighted, threshold: 0.7"},
      {"organ", "quorum", "<O>", ", quorum: 0.6"},
      {"organ", "veto", "<O>", ", veto: [aland]"},
      {"organ", "chair", "<O>", ", chair: aland"},
      {"organ", "competence", "<O>", ", competence: [aid]"},
      {"organ", "parties_vote", "<O>", ", parties_vote: false"},
      {"organ", "opinions_bind", "<O>", ", opinions_bind: false"},
      {"organ", "force", "<O>", ", force: {strength: 100, readiness: 3 days}"},
      {"force", "strength", "<O>", ", force: {strength: 200, readiness: 3 days}"},
      {"force", "readiness", "<O>", ", force: {strength: 100, readiness: 4 days}"},
      {"article", "title", "<A>", ", title: Defence"},
      {"article", "text", "<A>", ", text: The words"},
      {"article", "seen", "<A>", ", seen: A commentator"},
      {"article", "among", "<A>", ", among: [aland, bland]"},
      {"article", "secret", "<A>", ", secret: true"},
      {"article", "suspended", "<A>", ", suspended: [2006-01-01]"},
      {"article", "extends", "\"3\": {extends: \"1\"<E>}", "\"3\": {extends: \"2\"<E>}"},
      {"article", "when", "<W>", ", unprovoked: true"},
      {"article", "by", "<A>", ", by: [dland]"},
      {"article", "where", "<A>", ", where: anywhere"},
      {"article", "then", "<T>", ", abstain: [threat]"},
      {"article", "peaceful_first", "<A>", ", peaceful_first: true"},
      {"article", "jointly", "<A>", ", jointly: true"},
      {"article", "procedure", "<A>", ", procedure: automatic"},
      {"article", "requester", "<A>", ", requester: incumbent"},
      {"article", "organ", "<A>", ", procedure: by_decision, organ: court"},
      {"article", "owed_by", "<A>", ", owed_by: [party]"},
      {"article", "owed_to", "<A>", ", owed_to: [party]"},
      {"article", "exempt", "<A>", ", exempt: [cland]"},
      {"article", "discretion", "<A>", ", discretion: as_deemed_necessary"},
      {"article", "within", "<A>", ", within: 30 days"},
      {"article", "at_least", "<A>", ", at_least: 5000"},
      {"article", "victims", "<A>", ", victims: [dland]"},
      {"article", "if_also", "<A>", ", if_also: [cland]"},
      {"article", "unless_war_with", "<A>", ", unless_war_with: [dland]"},
      {"article", "consent", "<A>", ", consent: parliament"},
      {"article", "void_if_partner_attacks", "<A>", ", void_if_partner_attacks: true"},
      {"when", "act", "act: [invasion]", "act: [invasion, strike]"},
      {"when", "from", "<W>", ", from: 2002-01-01"},
      {"when", "until", "<W>", ", until: 2009-01-01"},
      {"when", "conflict", "<W>", ", conflict: quarrel"},
      {"when", "min_adversaries", "<W>", ", min_adversaries: 2"},
      {"when", "max_adversaries", "<W>", ", max_adversaries: 2"},
      {"when", "min_severity", "<W>", ", min_severity: 0.4"},
      {"when", "min_evidence", "<W>", ", min_evidence: 0.7"},
      {"when", "after_demand", "<W>", ", after_demand: true"},
      {"when", "unprovoked", "<W>", ", unprovoked: true"},
      {"when", "lawful_government", "<W>", ", lawful_government: true"},
      {"when", "between_members", "<W>", ", between_members: true"},
      {"when", "counts_responses", "<W>", ", counts_responses: true"},
      {"when", "joined_wars", "<W>", ", joined_wars: true"},
      {"when", "ongoing_wars", "<W>", ", ongoing_wars: true"},
      {"when", "until_council", "<W>", ", until_council: true"},
      {"when", "member_as_author", "<W>", ", member_as_author: true"},
      {"then", "assist", "assist: [aid, troops]", "assist: [aid, war]"},
      {"then", "may", "<T>", ", may: [war]"},
      {"then", "abstain", "<T>", ", abstain: [threat]"},
      {"by", "kind", "<A>", ", by: {kind: armed_group}"},
      {"by", "actors", "<A>", ", by: {actors: [dland, eland]}"},
      {"by", "members", "<A>", ", by: {members: true}"},
      {"by", "except", "<A>", ", by: {except: [dland]}"},
      {"where", "scope", "<A>", ", where: {scope: victim, regions: [home]}"},
      {"where", "regions", "<A>", ", where: {regions: [home, overseas]}"},
      {"where", "except", "<A>", ", where: {scope: members, except: [isle, tropics]}"},
  };
  return all;
}

/// `{a: 1, b: 2}` at the place of a key is two keys.
std::string flat(const std::string& to) {
  if (!to.starts_with("{")) return to;
  std::string out = to.substr(1, to.size() - 2);
  const std::size_t comma = out.find(", ");
  return out.replace(comma, 2, "\n    ");
}

TEST(Sheet, EveryKeyOfAPactHasASample) {
  std::set<std::pair<std::string, std::string>> sampled;
  for (const Sample& s : samples()) sampled.emplace(s.table, s.key);
  const auto all_of = [&](const std::string& table, const std::vector<text::FieldInfo>& fields) {
    for (const text::FieldInfo& f : fields) {
      if (f.name == "source") continue;  // where the treaty is printed: no part of it
      EXPECT_TRUE(sampled.contains({table, std::string(f.name)})) << table << "." << f.name;
    }
  };
  all_of("pact", infos(scenario::pact_fields()));
  all_of("withdrawal", infos(scenario::withdrawal_fields()));
  all_of("depth", infos(scenario::depth_fields()));
  all_of("suspension", infos(scenario::suspension_fields()));
  all_of("member", infos(scenario::member_fields()));
  all_of("suspended", infos(scenario::suspended_fields()));
  all_of("organ", infos(scenario::organ_fields()));
  all_of("force", infos(scenario::force_fields()));
  all_of("article", infos(scenario::article_fields()));
  all_of("when", infos(scenario::when_fields()));
  all_of("then", infos(scenario::then_fields()));
  all_of("by", infos(scenario::adversary_fields()));
  all_of("where", infos(scenario::geography_fields()));
}

TEST(Sheet, WhateverIsSaidIsRead) {
  const std::string before = text_of(with("<P>", ""));
  std::set<std::string> sheets;
  for (const Sample& s : samples()) {
    const std::string after = text_of(with(s.from, flat(s.to)));
    EXPECT_NE(before, after) << s.table << "." << s.key;
    sheets.insert(after);
  }
  // Samples of a section and of its first key may be one change; no other two read alike.
  EXPECT_GE(sheets.size() + 8, samples().size());
}

// What an article that extends another says for itself is read as well, and what it takes from the
// other stands in its own sentences.
TEST(Sheet, AnExtensionIsReadWithWhatItTakesFromTheOther) {
  const std::string before = text_of(with("<E>", ""));
  for (const Sample& s : samples()) {
    if (s.table != "article" || s.from != "<A>") continue;
    EXPECT_NE(before, text_of(with("<E>", s.to))) << s.key;
  }
  const Treaties t = with("<W>", ", after_demand: true");
  const Sheet read = sheet(t, 0);
  for (const Part& p : read.parts) {
    if (p.kind != Part::Kind::article || p.id != "3") continue;
    EXPECT_TRUE(std::any_of(p.lines.begin(), p.lines.end(),
                            [](const Line& l) { return l.key == "when.after_demand"; }));
  }
}

TEST(Sheet, OwesWhatIsOwedAndNoMore) {
  Treaties t = with("<P>", "");
  const auto line = [&](const std::string& key) {
    for (const Part& p : sheet(t, 0).parts) {
      for (const Line& l : p.lines) {
        if (p.kind == Part::Kind::article && p.id == "1" && l.key == key) return l.text;
      }
    }
    return std::string();
  };
  law::Article& article = *std::find_if(t.pacts[0].articles.begin(), t.pacts[0].articles.end(),
                                        [](const law::Article& a) { return a.id == "1"; });
  for (unsigned bits = 1; bits < 256; ++bits) {
    article.then.assist = {};
    std::vector<std::string> owed;
    for (unsigned i = 1; i <= 8; ++i) {
      if ((bits >> (i - 1) & 1U) == 0) continue;
      article.then.assist.insert(static_cast<law::Obligation>(i));
      owed.emplace_back(help_phrase(static_cast<law::Obligation>(i)));
    }
    EXPECT_EQ(line("then.assist"), "Every other member owes the victim " + listing(owed, "or") +
                                       (owed.size() > 1 ? ", and may choose among them." : "."));
  }
  for (unsigned bits = 1; bits < 256; ++bits) {
    article.then.abstain = {};
    std::vector<std::string> barred;
    for (unsigned i = 0; i < 8; ++i) {
      if ((bits >> i & 1U) == 0) continue;
      article.then.abstain.insert(static_cast<law::Abstention>(i));
      barred.emplace_back(abstention_phrase(static_cast<law::Abstention>(i)));
    }
    EXPECT_EQ(line("then.abstain"),
              "Towards another member no member may " + listing(barred, "or") + ".");
  }
  article.then = {};
  EXPECT_EQ(line("then.assist"), "");
  EXPECT_EQ(line("then.abstain"), "");
}

TEST(Sheet, DoesNotDependOnTheOrderOfTheFile) {
  const std::string one = text_of(with("<P>", ""));
  std::string text = base;
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>("{aland: {}, bland: {<M>}, cland: {}}",
                                            "{cland: {}, bland: {}, aland: {}}"),
        {"aland: state, bland: state, cland: state", "cland: state, bland: state, aland: state"}}) {
    text.replace(text.find(from), from.size(), to);
  }
  for (const char* mark : {"<W>", "<T>", "<A>", "<E>", "<O>", "<D>", "<N>", "<S>", "<P>"}) {
    text.erase(text.find(mark), 3);
  }
  EXPECT_EQ(one, text_of(parse_treaties(text, "treaty.yaml", {})));
}

// Every sentence is one: a capital letter, a full stop, no gap where a part is missing.
TEST(Sheet, GrammarHoldsWhateverIsMissing) {
  for (const Sample& s : samples()) {
    for (const Part& p : sheet(with(s.from, flat(s.to)), 0).parts) {
      for (const Line& l : p.lines) {
        EXPECT_TRUE(l.text.front() >= 'A' && l.text.front() <= 'Z') << l.text;
        EXPECT_TRUE(l.text.ends_with('.')) << l.text;
        for (const char* bad :
             {"  ", " .", " ,", "..", ",.", ",,", "( ", "nobody", "of .", "does not know"}) {
          EXPECT_EQ(l.text.find(bad), std::string::npos) << l.text;
        }
      }
    }
  }
}

TEST(Sheet, LinesAreAHundredColumnsAtMost) {
  const std::string text = text_of(with("<A>", ", title: A title"));
  std::size_t at = 0;
  for (std::size_t end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    EXPECT_LE(end - at, 100U);
  }
}

}  // namespace
}  // namespace casus::treaties
