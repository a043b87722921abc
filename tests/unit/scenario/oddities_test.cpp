// What is legal and odd: warnings and notes, which stop nothing.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support.h"

namespace casus {
namespace {

/// "W0401 a.yaml:3: the message; the advice", of each warning and note.
std::vector<std::string> remarks(const std::string& text, const std::vector<Edit>& edits = {}) {
  const Scenario scenario = Scenario::parse(text, "a.yaml", test::vocabulary(), edits);
  std::vector<std::string> all;
  for (const Diagnostic& d : scenario.notes()) {
    EXPECT_EQ(d.severity, d.code[0] == 'W' ? Severity::warning : Severity::note);
    EXPECT_FALSE(explain_code(d.code).empty()) << d.code;
    std::string line = d.code + " ";
    if (d.where.line > 0) line += std::to_string(d.where.line) + ": ";
    line += d.message;
    if (!d.suggestion.empty()) line += "; " + d.suggestion;
    all.push_back(std::move(line));
  }
  return all;
}

std::vector<std::string> of(const std::string& from, const std::string& to) {
  return remarks(test::changed(from, to));
}

using Lines = std::vector<std::string>;

/// What follows from it is another matter.
Lines first(const Lines& all) { return {all.begin(), all.begin() + (all.empty() ? 0 : 1)}; }

Edit removing(const std::string& path) { return {Edit::Kind::remove, path, ""}; }

TEST(Oddities, ThereIsNothingToSayOfAnOrdinaryScenario) {
  EXPECT_EQ(remarks(test::small_world), Lines{});
}

TEST(Oddities, APactThatIsNeverInForce) {
  EXPECT_EQ(
      first(of("    in_force: 2023-09-16\n    members", "    in_force: 2024-09-15\n    members")),
      (Lines{"W0401 44: the pact 'charter' is not in force on any day of the run; the run ends "
             "on 2024-09-15"}));
  EXPECT_EQ(first(of("    in_force: 2023-09-16\n    members",
                     "    in_force: 2020-09-16\n    ended: 2023-09-16\n    members")),
            (Lines{"W0401 45: the pact 'charter' is not in force on any day of the run; the run "
                   "begins on 2023-09-16"}));
  // On a single day is enough.
  EXPECT_EQ(
      first(of("    in_force: 2023-09-16\n    members", "    in_force: 2024-09-14\n    members")),
      Lines{});
  EXPECT_EQ(of("    in_force: 2023-09-16\n    members",
               "    in_force: 2020-09-16\n    ended: 2023-09-17\n    members"),
            Lines{});
}

TEST(Oddities, TheTimelineBeforeTheStartAndAfterTheEnd) {
  EXPECT_EQ(of("at: 2024-01-01, emit", "at: 2020-01-01, emit"),
            (Lines{"W0402 65: an entry of the timeline is before the start of the run, 2023-09-16: "
                   "what it says is done on its first day"}));
  EXPECT_EQ(
      of("at: 2024-01-01, emit", "at: 2024-09-15, emit"),
      (Lines{"W0402 65: an entry of the timeline is after the end of the run, 2024-09-15, and "
             "never done"}));
  EXPECT_EQ(of("at: 2024-01-01, emit", "at: 2023-09-16, emit"), Lines{});
  EXPECT_EQ(of("at: 2024-01-01, emit", "at: 2024-09-14, emit"), Lines{});
  // A run that is cut short says so once.
  EXPECT_EQ(remarks(test::small_world, {{Edit::Kind::set, "clock.end", "2023-10-01"}}),
            (Lines{"W0402 62: 2 entries of the timeline are after the end of the run, 2023-10-01, "
                   "and never done"}));
}

TEST(Oddities, ADoctrineOnWhichNothingTurns) {
  const auto read = [](const std::string& path, const std::string& reading) {
    return remarks(test::small_world, {{Edit::Kind::set, path, reading}});
  };
  const Lines lines = read("doctrines.sponsors", "effective_control");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines.front().substr(0, 5), "W0405");
  EXPECT_NE(lines.front().find("'sponsors'"), std::string::npos) << lines.front();
  EXPECT_EQ(read("doctrines.foreign_soil", "unable_or_unwilling").size(), 1U);
  EXPECT_EQ(read("doctrines.regional_force", "council"), Lines{});
  EXPECT_EQ(read("doctrines.sponsors", "as_shown"), Lines{});
}

TEST(Oddities, NumbersOfInsurgentsSaidOfOthers) {
  const auto said = [](const std::string& path, const std::string& value) {
    return remarks(test::small_world, {{Edit::Kind::set, path, value}});
  };
  EXPECT_EQ(of("arland: 4000, front", "arland: {strength: 4000, activity: 2}, front"),
            (Lines{"W0406 35: the activity of 'arland' in 'north' moves nothing, as it is no "
                   "insurgent there; operations of a state follow actors.arland.initiative"}));
  EXPECT_EQ(said("presence.north.home_guard", "{strength: 500, activity: 2}").size(), 1U);
  EXPECT_EQ(said("presence.south.overseas", "{strength: 300, activity: 2}").size(), 1U);
  EXPECT_EQ(said("presence.north.front", "{strength: 500, activity: 2}"), Lines{});
  const Lines lines = said("actors.home_guard.civilian_targeting", "0.2");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines.front().substr(0, 5), "W0406");
  EXPECT_NE(lines.front().find("'civilian_targeting' of 'home_guard'"), std::string::npos);
  EXPECT_EQ(said("actors.home_guard.activity", "2").size(), 1U);
  EXPECT_EQ(said("actors.front.activity", "2"), Lines{});
  // A militia that is an insurgent somewhere fights as one there.
  EXPECT_EQ(of("home_guard: 500}", "home_guard: {strength: 500, role: insurgent, activity: 2}}"),
            Lines{});
}

TEST(Oddities, NoOutcomes) {
  std::string text = test::small_world;
  text.resize(text.find("outcomes:"));
  ASSERT_EQ(remarks(text).size(), 1U);
  EXPECT_EQ(remarks(text).front().substr(0, 5), "W0403");
}

TEST(Oddities, AnOutcomeThatCanNeverCount) {
  const auto never = [](const Lines& lines) {
    return std::count_if(lines.begin(), lines.end(),
                         [](const std::string& l) { return l.starts_with("W0404"); });
  };
  const Lines without = remarks(test::small_world, {removing("pacts.charter")});
  EXPECT_EQ(never(without), 2);  // intervention and kept
  const Lines late =
      of("    in_force: 2023-09-16\n    members", "    in_force: 2025-01-01\n    members");
  EXPECT_EQ(never(late), 2);
  EXPECT_EQ(late.back(),
            "W0404 73: the outcome 'kept' can never count anything: no pact named by 'by' is in "
            "force during the run");
  EXPECT_EQ(never(remarks(test::small_world, {removing("actors.front")})), 0);
}

TEST(Oddities, ARemovalThatTookOthersWithIt) {
  const Lines lines = remarks(test::small_world, {removing("actors.beland")});
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(
      lines.front(),
      "W0501 with 'actors.beland' went 1 region (west), 1 pact (charter), 1 crisis (demand), 1 "
      "measure and 1 entry of the timeline");
  // An actor's own presence and relations are no others.
  EXPECT_EQ(remarks(test::small_world, {removing("actors.home_guard")}), Lines{});
  EXPECT_EQ(remarks(test::small_world, {removing("crises.demand")}), Lines{});
}

TEST(Oddities, TheOlderSpellingOfWhomAMeasureMeets) {
  const Lines lines = of("by: overseas, against: arland", "by: overseas, on: arland");
  EXPECT_EQ(lines,
            (Lines{"E0117 59: 'on' is an older spelling, which other programs that read YAML "
                   "take for true; write against"}));
  const auto with = [](const std::string& text) {
    return Scenario::parse(text, "a.yaml", test::vocabulary()).resolved();
  };
  EXPECT_EQ(with(test::changed("by: overseas, against: arland", "by: overseas, on: arland")),
            with(test::small_world));
  EXPECT_NE(with(test::small_world).find("against: arland"), std::string::npos);
}

TEST(Oddities, WordsThatOthersTakeForTrueOrFalse) {
  EXPECT_EQ(of("title: The North", "title: No"),
            (Lines{"E0118 11: other programs that read YAML take 'No' for false; write \"No\", or "
                   "choose another name"}));
  EXPECT_EQ(of("title: The North", "title: \"No\""), Lines{});
  EXPECT_EQ(of("title: The North", "title: None"), Lines{});
  EXPECT_EQ(of("  coups: {enabled: false}", "  coups: {enabled: true}"), Lines{});
  // What is written out is read by everybody.
  const std::string resolved =
      Scenario::parse(test::changed("title: The North", "title: No"), "a.yaml", test::vocabulary())
          .resolved();
  EXPECT_NE(resolved.find("title: \"No\""), std::string::npos) << resolved;
  EXPECT_EQ(remarks(resolved), Lines{});
}

TEST(Oddities, CharactersThatCannotBeShown) {
  const std::string text = test::changed("title: A small world", "title: \"a\\e[2J\\u202eb\\0\"");
  EXPECT_EQ(remarks(text),
            (Lines{"W0106 2: the text holds characters that cannot be shown; they are read as '?'; "
                   "leave them out"}));
  EXPECT_EQ(Scenario::parse(text, "a.yaml", test::vocabulary())->title, "a?[2J?b?");
  const std::string article = test::changed("      \"5\":", "      \"5\\a\":");
  EXPECT_EQ(Scenario::parse(article, "a.yaml", test::vocabulary())->pacts[0].articles[0].id, "5?");
}

TEST(Oddities, ATitleIsOneLine) {
  const Scenario scenario =
      Scenario::parse(test::changed("title: A small world", "title: \"a\\n\\n  small\\n\""),
                      "a.yaml", test::vocabulary());
  EXPECT_EQ(scenario->title, "a small");
  EXPECT_EQ(scenario->description, "Two states, one armed group and a pact.\n");
}

}  // namespace
}  // namespace casus
