#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "casus/casebook/opinion.h"
#include "casus/law/parameters.h"

namespace casus::casebook {
namespace {

std::string read(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// What is wrong with a text, without the lines shown; empty if nothing is.
std::string problems(const std::string& text) {
  try {
    parse(text, "cases.yaml");
  } catch (const ScenarioError& e) {
    std::string all;
    for (const Diagnostic& d : e.diagnostics()) {
      all += d.where.file + ":" + std::to_string(d.where.line) + ":" +
             std::to_string(d.where.column) + ": " + d.message + " [" + d.code + "] " +
             d.suggestion + "\n";
    }
    return all;
  }
  return {};
}

const std::string head = R"(casus: casebook/1
chapter: coverage
parties: {aland: state, bland: state, cland: state}
places: {home: aland}
pacts:
  pact:
    in_force: 2000-01-01
    members: [aland, bland]
    articles: {"1": {when: {act: invasion}, procedure: automatic, then: {assist: [aid, war]}}}
cases:
  one:
    title: A title
    situation: A situation.
)";

const std::string attack =
    "    acts: {attack: {act: invasion, by: cland, against: aland, date: 2001-01-01}}\n";

/// The differences of the only case of a text.
std::vector<Diagnostic> differences(const std::string& text) {
  const Casebook book = parse(text, "cases.yaml");
  return decide(book.cases.at(0)).differences();
}

TEST(Format, TheExampleOfTheDescriptionIsAsItSays) {
  const std::string docs = read(std::string(CASUS_SOURCE_DIR) + "/docs/casebook.md");
  const std::size_t begin = docs.find("```yaml\n");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = docs.find("```", begin + 8);
  const Casebook book = parse(docs.substr(begin + 8, end - begin - 8), "example.yaml");
  ASSERT_EQ(book.cases.size(), 2U);
  for (const LegalCase& c : book.cases) {
    const Opinion opinion = decide(c);
    EXPECT_TRUE(opinion.as_expected()) << render(opinion.differences());
  }
  // The opinion is quoted word for word.
  const std::string opinion = write_opinion(book.cases[0], decide(book.cases[0]));
  EXPECT_NE(docs.find("```\n" + opinion + "```"), std::string::npos) << opinion;
}

TEST(Format, EveryFileOfTheDescriptionIsDecidedAsItSays) {
  const std::string docs = read(std::string(CASUS_SOURCE_DIR) + "/docs/casebook.md");
  const std::string begin = "```yaml\ncasus: casebook/1";
  std::size_t files = 0;
  for (std::size_t at = docs.find(begin); at != std::string::npos; at = docs.find(begin, at + 1)) {
    const std::size_t text = at + std::string("```yaml\n").size();
    const Casebook book = parse(docs.substr(text, docs.find("```", text) - text), "docs.yaml");
    for (const LegalCase& c : book.cases) {
      const Opinion opinion = decide(c);
      EXPECT_TRUE(opinion.as_expected()) << c.name << "\n" << render(opinion.differences());
    }
    ++files;
  }
  EXPECT_EQ(files, 2U);
}

TEST(Format, TheDescriptionExplainsEveryWord) {
  const std::string docs = read(std::string(CASUS_SOURCE_DIR) + "/docs/casebook.md");
  const auto explained = [&](std::string_view word) {
    EXPECT_NE(docs.find("`" + std::string(word) + "`"), std::string::npos) << word;
  };
  for (const auto word : law::names<law::Reason>()) {
    if (word != "none") explained(word);
  }
  for (const auto word : error_class_names()) explained(word);
  for (const auto word : chapter_names()) explained(word);
  for (const auto word : breach_names()) explained(word);
  for (const auto word : conflict_names()) explained(word);
  for (const auto word : decision_names()) explained(word);
  for (const auto word : law::names<law::ActKind>()) explained(word);
}

TEST(Format, EveryProblemIsToldAtOnceWithItsPlace) {
  const std::string text = R"(casus: casebook/1
titel: Bad
chapter: coverag
parties: {aland: state, bland: stat}
pacts:
  p:
    in_force: 2000-01-01
    members: [aland, blnd]
    articles: {"1": {when: {act: [invasion]}, then: {assist: [war]}}}
cases:
  one:
    title: x
    situation: y
    acts: {a: {act: invazion, by: bland, against: aland}}
    expect:
      verdicts: [{article: "2", covered: article_aplies, memmber: aland}]
      commitments: [{member: alnd}]
  two:
    title: x
)";
  EXPECT_EQ(problems(text),
            "cases.yaml:2:1: unknown key 'titel' [E0203] did you mean 'title'?\n"
            "cases.yaml:3:10: 'coverag' is not one of attribution, coverage, invocation, organs, "
            "obligations, conflicts, ability, honour, cascades, changes [E0208] did you mean "
            "'coverage'?\n"
            "cases.yaml:4:32: 'stat' is not one of state, armed_group, external, organisation "
            "[E0208] did you mean 'state'?\n"
            "cases.yaml:8:22: no party 'blnd' [E0301] did you mean 'bland' (cases.yaml:4)?\n"
            "cases.yaml:14:12: key 'date' is missing [E0202] give it here, or to the case for all "
            "its acts\n"
            "cases.yaml:14:21: 'invazion' is not one of invasion, strike, occupation, "
            "attack_on_forces, attack_on_peacekeepers, attack_on_vessels, rebellion, "
            "terrorist_attack, coup_attempt, coup, hosting_armed_groups, supporting_armed_groups, "
            "blockade, sanction, threat, declaration_of_war, mobilisation, airspace_violation, "
            "proxy_attack, withdrawal, consultation, statement, mediation, aid, basing, "
            "intervention, armistice, peace, authorisation, revocation, cyber_operation, sabotage, "
            "recognition [E0208] did you mean 'invasion'?\n"
            "cases.yaml:16:42: 'article_aplies' is not a reason that the law can give [E0208] did "
            "you mean 'article_applies'?\n"
            "cases.yaml:16:58: unknown key 'memmber' [E0203] did you mean 'member'?\n"
            "cases.yaml:17:30: no party 'alnd' [E0301] did you mean 'aland' (cases.yaml:4)?\n"
            "cases.yaml:18:3: key 'situation' is missing [E0202] for example situation: Cland "
            "bombs the capital of Aland.\n"
            "cases.yaml:18:3: key 'expect' is missing [E0202] a case says what follows, or has "
            "steps that do\n");
}

TEST(Format, NamesOfAnExpectationMustExist) {
  EXPECT_EQ(problems(head + attack + R"(    expect:
      verdicts:
        - {article: "3", covered: article_applies}
        - {act: atack, article: "1", covered: article_applies}
        - {pact: pakt, covered: article_applies}
        - {member: bland}
      conflicts: [{member: bland, chosen: noboddy}]
      at_war: [[aland, bland, cland]]
)"),
            "cases.yaml:17:21: pact 'pact' has no article '3' [E0304] \n"
            "cases.yaml:18:17: no act 'atack' in this step [E0307] did you mean 'attack'?\n"
            "cases.yaml:19:18: no pact 'pakt' [E0303] did you mean 'pact' (cases.yaml:6)?\n"
            "cases.yaml:20:11: no stage is named [E0202] for example covered: article_applies\n"
            "cases.yaml:21:43: no party 'noboddy' [E0301] \n"
            "cases.yaml:22:16: a war is between two parties, not 3 [E0210] for example [aland, "
            "cland]\n");
}

TEST(Format, FormsThatExcludeEachOther) {
  EXPECT_EQ(problems(head + attack + "    expect: {}\n    steps: [{expect: {}}]\n"),
            "cases.yaml:14:11: a case has 'steps', or 'changes', 'acts' and 'expect', not both "
            "[E0210] move them into a step\n"
            "cases.yaml:15:13: a case has 'steps', or 'changes', 'acts' and 'expect', not both "
            "[E0210] move them into a step\n");
  EXPECT_EQ(
      problems("casus: scenario/1\ncases: {}\n"),
      "cases.yaml:1:8: this is a scenario, and no file of cases [E0208] run it with: casus run "
      "cases.yaml; read its treaties with: casus law sheet cases.yaml\n");
  EXPECT_EQ(problems(head + "    steps:\n      - {expect: {}}\n      - {pacts: {}, expect: {}}\n"),
            "cases.yaml:16:10: a later step cannot write pacts anew [E0203] use 'changes', or "
            "give dates in the pact\n");
}

TEST(Format, AContradictoryPactIsRefused) {
  const std::string found =
      problems(head + "    pacts: {pact: {articles: {\"1\": {extends: \"9\"}}}}\n" + attack +
               "    expect: {}\n");
  EXPECT_NE(found.find("cases.yaml:14:46: pact 'pact' has no article '9' [E0304]"),
            std::string::npos)
      << found;
}

TEST(Format, ARecognitionSaysOfWhichGovernment) {
  const auto found = [](const std::string& more) {
    return problems(head +
                    "    acts: {word: {act: recognition, by: bland, against: aland, date: "
                    "2001-01-01" +
                    more + "}}\n    expect: {}\n");
  };
  EXPECT_EQ(found(", government: ousted"), "");
  EXPECT_NE(found("").find("key 'government' is missing [E0202]"), std::string::npos) << found("");
}

TEST(Format, AnArticleMayNameOnlyAreasThatAreKnown) {
  const std::string pact = "    pacts: {pact: {articles: {\"1\": {where: [home, north]}}}}\n";
  EXPECT_NE(problems(head + pact + attack + "    expect: {}\n").find("no region or area 'north'"),
            std::string::npos);
  EXPECT_EQ(problems(head + "    areas: [north]\n" + pact + attack + "    expect: {}\n"), "");
  std::string many = "    areas: [a0";
  for (int i = 1; i < 65; ++i) many += ", a" + std::to_string(i);
  EXPECT_EQ(problems(head + many + "]\n" + attack + "    expect: {}\n"),
            "cases.yaml:14:12: more than 64 areas [E0210] \n");
}

TEST(Format, ACaseChangesWhatItsFileSays) {
  // A list of members is changed by a mapping; other keys of the pact stay.
  const Casebook book =
      parse(head +
                "    pacts: {pact: {members: {bland: {reservations: [\"1\"]}, cland: {}}}}\n"
                "    parties: {cland: {forces: 5000}}\n" +
                attack + "    expect: {}\n",
            "cases.yaml");
  const LegalCase& c = book.cases.at(0);
  ASSERT_EQ(c.pacts.size(), 1U);
  ASSERT_EQ(c.pacts[0].members.size(), 3U);
  EXPECT_EQ(c.pacts[0].members[1].reservations.size(), 1U);
  EXPECT_EQ(c.pacts[0].articles.size(), 1U);
  EXPECT_EQ(c.steps[0].situation.parties[2].forces, 5000.0);
  EXPECT_EQ(c.steps[0].situation.parties[2].kind, law::PartyKind::state);
}

TEST(Format, RelationsOfAGroupAreThoseOfEachPair) {
  const auto pairs = [&](const std::string& relations) {
    const Casebook book = parse(
        head + "    relations: [" + relations + "]\n" + attack + "    expect: {}\n", "cases.yaml");
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (const Affinity& r : book.cases.at(0).steps.at(0).situation.relations) {
      EXPECT_EQ(r.value, 0.5);
      found.emplace_back(r.from.row(), r.to.row());
    }
    return found;
  };
  using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
  EXPECT_EQ(pairs("{from: aland, to: bland, affinity: 0.5}"), (Pairs{{0, 1}}));
  EXPECT_EQ(pairs("{between: [aland, bland], affinity: 0.5}"), (Pairs{{0, 1}, {1, 0}}));
  EXPECT_EQ(pairs("{among: [aland, bland, cland], affinity: 0.5}"),
            (Pairs{{0, 1}, {0, 2}, {1, 0}, {1, 2}, {2, 0}, {2, 1}}));
  EXPECT_EQ(problems(head + "    relations: [{between: [aland], affinity: 0.5}]\n" + attack +
                     "    expect: {}\n"),
            "cases.yaml:14:27: 'between' takes two actors [E0210] \n");
}

TEST(Format, AnExpectationThatIsNotMetIsShownWhereItStands) {
  const std::vector<Diagnostic> found = differences(head + attack + R"(    expect:
      verdicts:
        - {article: "1", covered: extension_applies}
        - {article: "1", member: bland, not_obliged: exempt}
      none: [{stage: able}]
      commitments: []
      breaches: [{member: bland}]
      at_war: [[bland, aland]]
      nobody: [cland]
      waves: 7
)");
  std::vector<std::string> lines;
  for (const Diagnostic& d : found) {
    EXPECT_EQ(d.code, "E0801");
    EXPECT_EQ(d.where.file, "cases.yaml");
    lines.push_back(std::to_string(d.where.line) + ":" + std::to_string(d.where.column) + ": " +
                    d.message);
  }
  const std::vector<std::string> expected{
      "17:35: expected 'covered: extension_applies, pact article 1'; found 'covered: "
      "article_applies, war, pact article 1'",
      "18:54: expected 'not_obliged: exempt, bland, pact article 1'; found 'obliged: bound, war, "
      "bland, pact article 1'",
      "19:14: expected 'no question of able, pact'; found 'able: within_means, war, bland, pact "
      "article "
      "1'",
      "20:20: found help of bland (war) for aland against cland under pact article 1, which is "
      "not expected",
      "21:18: expected a breach by bland, found none like it",
      "22:15: expected bland to be at war with aland, found none like it",
      "22:15: found aland at war with cland, which is not expected",
      "22:15: found bland at war with cland, which is not expected",
      "23:16: expected cland to have nothing to do with it; found aland at war with cland",
      "24:14: expected 7 waves, found 2"};
  EXPECT_EQ(lines, expected);
}

TEST(Format, TheRightAnswerForAnotherReasonIsADifference) {
  // Bland is not drawn in, as expected; but because nothing is listed, not because of the place.
  const std::vector<Diagnostic> found = differences(
      head + "    acts: {a: {act: threat, by: cland, against: aland, date: 2001-01-01}}\n" +
      "    expect: {verdicts: [{article: \"1\", not_covered: place_not_covered}], nobody: "
      "[bland]}\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "expected 'not_covered: place_not_covered, pact article 1'; found 'not_covered: "
            "act_not_listed, pact article 1'");
}

TEST(Format, AnotherArticleThanTheOneExpectedIsADifference) {
  const std::vector<Diagnostic> found = differences(
      head +
      "    pacts: {pact: {articles: {\"2\": {when: {act: threat}, then: {assist: [consult]}}}}}\n" +
      attack + "    expect: {verdicts: [{article: \"2\", covered: article_applies}]}\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].message.find("article 1"), std::string::npos);
}

/// The settings of the only case of a text, as the parameters of the law in the table's order.
std::vector<double> parameters_with(const std::string& settings) {
  Casebook book =
      parse(head + "    settings: " + settings + "\n" + attack + "    expect: {}\n", "cases.yaml");
  law::Settings& read = book.cases.at(0).steps.at(0).situation.settings;
  std::vector<double> all;
  for (const law::LawParameter& p : law::parameters()) all.push_back(p.member(read));
  return all;
}

TEST(Format, EveryParameterOfTheLawIsASettingAndOlderSpellingsAreStillRead) {
  const std::vector<double> usual = parameters_with("{}");
  std::size_t older = 0;
  for (std::size_t i = 0; i < usual.size(); ++i) {
    const law::LawParameter& p = law::parameters()[i];
    EXPECT_EQ(usual[i], p.case_value()) << p.info.name;
    EXPECT_EQ(p.case_value() == p.info.fallback || !p.of_scenarios,
              !p.single_case || p.single_case->why.empty())
        << p.info.name;
    std::vector<double> expected = usual;
    expected[i] = usual[i] == p.case_high() ? p.case_low() : p.case_high();
    const std::string value = std::to_string(expected[i]);
    EXPECT_EQ(parameters_with("{" + p.info.name + ": " + value + "}"), expected) << p.info.name;
    if (p.spelt_before.empty()) continue;
    ++older;
    const std::string name(p.spelt_before);
    const std::size_t dot = name.find('.');
    const std::string old =
        dot == std::string::npos
            ? "{" + name + ": " + value + "}"
            : "{" + name.substr(0, dot) + ": {" + name.substr(dot + 1) + ": " + value + "}}";
    EXPECT_EQ(parameters_with(old), expected) << old;
  }
  EXPECT_GE(older, 14U);
}

TEST(Format, ASettingHasOneSpellingAtATime) {
  const std::string text = head + "    settings: {cost: 5, honour: {cost: 3, neutrl: 1}}\n" +
                           attack + "    expect: {}\n";
  EXPECT_EQ(problems(text),
            "cases.yaml:14:34: unknown key 'honour.cost' [E0203] \n"
            "cases.yaml:14:43: unknown key 'honour.neutrl' [E0203] \n");
}

TEST(Format, MistakesOfSpellingAreAnsweredWithWhatWasMeant) {
  const auto expecting = [](const std::string& act, const std::string& expect) {
    return problems(head + "    acts: {attack: {act: invasion, by: cland, against: aland, " + act +
                    "date: 2001-01-01}}\n    expect: {" + expect + "}\n");
  };
  const auto answers = [](const std::string& found, const std::string& word) {
    EXPECT_NE(found.find("did you mean '" + word + "'"), std::string::npos) << found;
  };
  answers(expecting("", "verdicts: [{covered: article_aplies}]"), "article_applies");
  answers(expecting("", "verdicts: [{not_covered: place_not_coverd}]"), "place_not_covered");
  answers(expecting("where: hom, ", "verdicts: []"), "home");
  answers(expecting("where: blamd, ", "verdicts: []"), "bland");
  EXPECT_EQ(expecting("where: home, ", "verdicts: []"), "");
  answers(problems(head +
                   "    areas: [north_atlantic]\n    changes: [{change: extend, pact: pact, "
                   "article: \"1\", where: [north_atlantik], date: 2001-01-01}]\n" +
                   attack + "    expect: {verdicts: []}\n"),
          "north_atlantic");
}

TEST(Format, AColonInATextAsksForQuotes) {
  std::string text = head + attack + "    expect: {verdicts: []}\n";
  text.replace(text.find("A situation."), 12, "One thing: another.");
  const std::string found = problems(text);
  EXPECT_NE(
      found.find("a ':' does not belong here [E0101] if it is part of a text, put the text in "
                 "quotes"),
      std::string::npos)
      << found;
}

}  // namespace
}  // namespace casus::casebook
