#include "casus/core/diagnostics.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/core/contracts.h"

namespace casus {
namespace {

Diagnostic unknown_key() {
  Diagnostic d;
  d.code = "E0203";
  d.where = {"sahel.yaml", 31, 5, 7};
  d.path = "actors.jnim.strengh";
  d.message = "unknown key 'strengh'";
  d.suggestion = "did you mean 'strength'?";
  d.source_line = "    strengh: 5000";
  return d;
}

TEST(Errors, HaveACodeThatIsExplained) {
  const auto code = [](const auto& thrower) -> std::string {
    try {
      thrower();
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()), "");
      EXPECT_FALSE(explain_code(e.code()).empty()) << e.code();
      return e.code();
    }
    return "not thrown";
  };
  Diagnostic d;
  d.code = "E0203";
  EXPECT_EQ(code([&] { throw ScenarioError({d}); }), "E0203");
  EXPECT_EQ(code([] { CASUS_EXPECTS(1 > 2, "one"); }), "E0901");
  EXPECT_EQ(code([] { throw SimulationError("", "", "", "became nan [E0701]"); }), "E0701");
  EXPECT_EQ(code([] { throw SimulationError("", "", "", "an odd [thing]"); }), "E0700");
  EXPECT_EQ(code([] { throw SimulationError("", "", "", "x"); }), "E0700");
  // And they stay what they are in the standard's terms.
  EXPECT_THROW(throw ScenarioError({d}), std::runtime_error);
  EXPECT_THROW(throw ContractError("x"), std::logic_error);
  EXPECT_THROW(throw SimulationError("", "", "", "x"), std::exception);
}

TEST(Render, LineCaretAndSuggestion) {
  EXPECT_EQ(render(unknown_key()),
            "sahel.yaml:31:5: error: unknown key 'strengh' [E0203]\n"
            "   31 |     strengh: 5000\n"
            "      |     ^~~~~~~ did you mean 'strength'?");
}

TEST(Render, WithoutTheLineTheSuggestionFollowsTheCode) {
  Diagnostic d = unknown_key();
  d.source_line.clear();
  EXPECT_EQ(render(d),
            "sahel.yaml:31:5: error: unknown key 'strengh' [E0203]; did you mean 'strength'?");
}

TEST(Render, NotesAndSeveral) {
  Diagnostic d;
  d.severity = Severity::warning;
  d.code = "E0102";
  d.where = {"sahel.yaml", 58, 1, 4};
  d.message = "key 'mali' given twice";
  d.notes = {{{"sahel.yaml", 40, 1, 4}, "first given here"}, {{}, "the later one is ignored"}};
  EXPECT_EQ(render(std::vector{unknown_key(), d}),
            "sahel.yaml:31:5: error: unknown key 'strengh' [E0203]\n"
            "   31 |     strengh: 5000\n"
            "      |     ^~~~~~~ did you mean 'strength'?\n"
            "sahel.yaml:58:1: warning: key 'mali' given twice [E0102]\n"
            "sahel.yaml:40:1: note: first given here\n"
            "note: the later one is ignored");
}

TEST(Render, WhatIsUnknownIsLeftOut) {
  Diagnostic d = unknown_key();
  d.where = {};
  EXPECT_EQ(render(d),
            "error: actors.jnim.strengh: unknown key 'strengh' [E0203]; did you mean 'strength'?");
  d.where = {"patch.yaml", 0, 0, 1};
  d.path.clear();
  d.suggestion.clear();
  EXPECT_EQ(render(d), "patch.yaml: error: unknown key 'strengh' [E0203]");
  d.where = {"patch.yaml", 3, 0, 1};
  d.suggestion = "remove it";
  EXPECT_EQ(render(d),
            "patch.yaml:3: error: unknown key 'strengh' [E0203]; remove it\n"
            "    3 |     strengh: 5000");
}

TEST(Render, CaretStandsUnderItsWord) {
  Diagnostic d = unknown_key();
  d.suggestion.clear();
  d.source_line = "\tS\xc3\xa9gou: x";  // a tab, and a character of two bytes
  d.where = {"a.yaml", 2, 10, 1};
  EXPECT_EQ(render(d).substr(render(d).find('\n')),
            "\n    2 | \tS\xc3\xa9gou: x\n      | \t       ^");
  d.where = {"a.yaml", 2, 2, 6};  // underlining the two-byte character takes one '~'
  EXPECT_EQ(render(d).substr(render(d).rfind('|')), "| \t^~~~~");
  d.where = {"a.yaml", 2, 500, 50};  // beyond the end: the caret stands after the line
  EXPECT_EQ(render(d).substr(render(d).rfind('|')), "| \t        ^");
}

TEST(Render, LongLinesAreCutAroundTheCaret) {
  Diagnostic d = unknown_key();
  d.source_line = std::string(5000, 'a') + "BAD" + std::string(5000, 'z');
  d.where = {"a.yaml", 1, 5001, 3};
  d.suggestion.clear();
  const std::string text = render(d);
  EXPECT_LT(text.size(), 400U);
  const std::size_t line = text.find('\n') + 1;
  const std::size_t under = text.find('\n', line) + 1;
  EXPECT_EQ(text.find("BAD") - line, text.find('^') - under);
  EXPECT_NE(text.find("^~~"), std::string::npos);
}

TEST(Render, InputCannotDriveTheTerminal) {
  Diagnostic d = unknown_key();
  d.message = "unknown key '\x1b[2J\r\n'";
  d.source_line = "\x1b[31m\x07";
  d.where.file = "a\x1b.yaml";
  const std::string text = render(d);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST(Render, ColourAddsNothingButEscapes) {
  std::string text = render(unknown_key(), true);
  EXPECT_NE(text.find("\x1b[1;31merror:\x1b[0m"), std::string::npos);
  for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b')) {
    text.erase(at, text.find('m', at) - at + 1);
  }
  EXPECT_EQ(text, render(unknown_key()));
}

TEST(ScenarioError, SortsByFileAndPlaceAndRendersAll) {
  const auto at = [](const char* file, std::size_t line, std::size_t column) {
    Diagnostic d;
    d.where = {file, line, column, 1};
    d.message = "m";
    return d;
  };
  const ScenarioError error({at("main.yaml", 9, 1), at("a.yaml", 7, 1), at("main.yaml", 2, 8),
                             at("a.yaml", 1, 1), at("main.yaml", 2, 3)});
  EXPECT_STREQ(error.what(),
               "main.yaml:2:3: error: m\nmain.yaml:2:8: error: m\nmain.yaml:9:1: error: m\n"
               "a.yaml:1:1: error: m\na.yaml:7:1: error: m");
  EXPECT_EQ(error.diagnostics().size(), 5U);
  EXPECT_EQ(error.diagnostics()[3].where, (Location{"a.yaml", 1, 1, 1}));
  EXPECT_THROW(ScenarioError({}), ContractError);
}

TEST(SimulationError, SaysWhereAndWhen) {
  const SimulationError error("2024-03-01", "combat", "actor 'jnim'",
                              "strength became NaN [E0701]");
  EXPECT_STREQ(error.what(),
               "2024-03-01, mechanism 'combat', actor 'jnim': strength became NaN [E0701]");
  EXPECT_EQ(error.date, "2024-03-01");
  EXPECT_EQ(error.mechanism, "combat");
  EXPECT_EQ(error.subject, "actor 'jnim'");
  EXPECT_STREQ(SimulationError("2024-03-01", "", "", "too many").what(), "2024-03-01: too many");
}

TEST(ErrorCodes, AreOrderedUniqueAndExplained) {
  const auto codes = known_codes();
  EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end()));
  EXPECT_EQ(std::adjacent_find(codes.begin(), codes.end()), codes.end());
  for (const std::string_view code : codes) {
    EXPECT_EQ(code.size(), 5U);
    EXPECT_TRUE(code[0] == 'E' || code[0] == 'W') << code;  // warnings
    EXPECT_TRUE(std::all_of(code.begin() + 1, code.end(), [](char c) {
      return c >= '0' && c <= '9';
    })) << code;
    const std::string_view text = explain_code(code);
    EXPECT_GT(text.size(), 60U) << code;
    EXPECT_EQ(text.back(), '.') << code;
  }
  EXPECT_NE(explain_code("E0203").find("key"), std::string_view::npos);
  EXPECT_TRUE(explain_code("E9999").empty());
  EXPECT_TRUE(explain_code("").empty());
}

TEST(Nearest, FindsMisspellings) {
  const std::vector<std::string> names = {"strength", "morale", "jnim", "isgs", "mali", "niger"};
  EXPECT_EQ(nearest("strengh", names), "strength");
  EXPECT_EQ(nearest("jnmi", names), "jnim");  // a transposition is one edit
  EXPECT_EQ(nearest("Mali", names), "mali");
  EXPECT_EQ(nearest("stregnht", names), "strength");
  EXPECT_EQ(nearest("nigeria", names), "niger");
  EXPECT_EQ(nearest("mali", names), "mali");
}

TEST(Nearest, StaysSilentWhenNothingIsNear) {
  const std::vector<std::string> names = {"strength", "morale", "x"};
  EXPECT_EQ(nearest("cohesion", names), "");
  EXPECT_EQ(nearest("y", names), "");  // one edit, but nothing in common
  EXPECT_EQ(nearest("", names), "");
  EXPECT_EQ(nearest("strength", {}), "");
  EXPECT_EQ(nearest("stqqqth", names), "");  // four edits in seven characters
}

TEST(Nearest, TiesGoToTheFirstAndCloserOnesWin) {
  EXPECT_EQ(nearest("abcx", {"abcd", "abce"}), "abcd");
  EXPECT_EQ(nearest("abcx", {"abce", "abcd"}), "abce");
  EXPECT_EQ(nearest("abcdefgx", {"abcdexyz", "abcdefgh"}), "abcdefgh");
}

TEST(Contracts, CheckInEveryBuild) {
  const int workers = -3;
  EXPECT_NO_THROW(CASUS_EXPECTS(workers < 0, "workers"));
  try {
    CASUS_EXPECTS(workers > 0, "workers = -3, must be above 0");
    FAIL();
  } catch (const ContractError& error) {
    const std::string text = error.what();
    EXPECT_EQ(text.find("workers = -3, must be above 0"), 0U);
    EXPECT_NE(text.find("workers > 0"), std::string::npos);
    EXPECT_NE(text.find("diagnostics_test.cpp:"), std::string::npos);
  }
}

}  // namespace
}  // namespace casus
