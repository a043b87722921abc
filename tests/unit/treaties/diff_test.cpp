// What changed from one treaty to the next, and that nothing did.
#include "casus/treaties/diff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "casus/treaties/treaties.h"

namespace casus::treaties {
namespace {

namespace fs = std::filesystem;

const std::string old_treaty = R"(casus: casebook/1
parties: {aland: state, bland: state, cland: state, dland: state}
places: {home: aland, isle: {sovereign: aland, areas: [overseas]}, shore: bland, plain: cland}
pacts:
  pact:
    in_force: 2000-01-01
    members: {aland: {}, bland: {}, cland: {}}
    organs: {council: {decision: majority}}
    articles:
      "1": {when: {act: [invasion, strike]}, where: members, procedure: automatic,
            then: {assist: [aid, war]}}
      "2": {when: {act: [attack_on_forces]}, where: members, procedure: on_request,
            then: {assist: [troops]}}
)";

Treaties amended(const std::string& from = "", const std::string& to = "") {
  std::string text = old_treaty;
  if (!from.empty()) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  }
  return parse_treaties(text, "treaty.yaml", {});
}

Difference changed(const std::string& from, const std::string& to) {
  return diff(amended(), 0, amended(from, to), 0);
}

TEST(Diff, ATreatyDoesNotDifferFromItself) {
  for (const auto& e : fs::directory_iterator(std::string(CASUS_TEST_DATA) + "/treaties")) {
    if (e.path().extension() != ".yaml") continue;
    const Treaties t = load_treaties(e.path().string(), {});
    for (std::size_t row = 0; row < t.pacts.size(); ++row) {
      EXPECT_TRUE(diff(t, row, t, row).none()) << e.path() << write(diff(t, row, t, row));
    }
  }
  EXPECT_EQ(write(diff(amended(), 0, amended(), 0)), "  They do not differ.\n");
}

TEST(Diff, ANewNameIsNoDifference) {
  EXPECT_TRUE(changed("  pact:\n", "  covenant:\n    title: A covenant\n").none());
}

TEST(Diff, NorIsTheOrderOfTheFile) {
  EXPECT_TRUE(
      changed("{aland: {}, bland: {}, cland: {}}", "{cland: {}, aland: {}, bland: {}}").none());
  EXPECT_TRUE(
      changed("parties: {aland: state, bland: state", "parties: {bland: state, aland: state")
          .none());
}

TEST(Diff, AForwardStationIsProtectedNow) {
  const Difference d = changed("act: [attack_on_forces]}, where: members",
                               "act: [attack_on_forces]}, where: anywhere");
  ASSERT_EQ(d.text.size(), 1U);
  EXPECT_EQ(d.text[0].part, "article 2");
  EXPECT_EQ(d.text[0].key, "where");
  EXPECT_EQ(d.text[0].before, "It must happen on the territory of a member.");
  EXPECT_EQ(d.text[0].after, "It may happen anywhere.");
  ASSERT_EQ(d.verdicts.size(), 1U) << write(d);
  EXPECT_EQ(
      d.verdicts[0].acts,
      "an attack on the forces by a state outside, by an armed group or by an armed group that "
      "a state is shown to have sent, beyond any territory or on the soil of a state outside");
  EXPECT_EQ(d.verdicts[0].before, "nobody is bound");
  EXPECT_EQ(d.verdicts[0].after, "all others owe troops on request");
}

TEST(Diff, OnePlaceIsLeftOutNow) {
  const Difference d = changed("act: [invasion, strike]}, where: members",
                               "act: [invasion, strike]}, where: {scope: members, except: [isle]}");
  ASSERT_EQ(d.verdicts.size(), 1U) << write(d);
  EXPECT_TRUE(d.verdicts[0].acts.ends_with(", in isle")) << d.verdicts[0].acts;
  EXPECT_EQ(d.verdicts[0].before, "all others owe aid or war without request or decision");
  EXPECT_EQ(d.verdicts[0].after, "nobody is bound");
}

TEST(Diff, OneMemberIsExemptNow) {
  const Difference d = changed("procedure: on_request,", "procedure: on_request, exempt: [cland],");
  ASSERT_FALSE(d.verdicts.empty());
  for (const VerdictChange& v : d.verdicts) {
    EXPECT_EQ(v.before, "all others owe troops on request");
    EXPECT_EQ(v.after, "all others but cland owe troops on request");
  }
}

TEST(Diff, AnArticleIsGoneAndAnotherNew) {
  const std::string second = old_treaty.substr(old_treaty.find("      \"2\""));
  const Difference d = changed(second, "      \"3\": {then: {abstain: [force]}}\n");
  ASSERT_EQ(d.text.size(), 2U) << write(d);
  EXPECT_EQ(d.text[0].part, "article 2");
  EXPECT_EQ(d.text[0].after, "");
  EXPECT_EQ(d.text[1].part, "article 3");
  EXPECT_EQ(d.text[1].before, "");
  for (const VerdictChange& v : d.verdicts) EXPECT_EQ(v.after, "nobody is bound");
  EXPECT_FALSE(d.verdicts.empty());
}

// Words alone change no verdict.
TEST(Diff, AHeadingDecidesNothing) {
  const Difference d = changed("\"1\": {when", "\"1\": {title: Defence, when");
  EXPECT_EQ(d.text.size(), 1U);
  EXPECT_TRUE(d.verdicts.empty());
}

// Whom either treaty names, as an adversary, as one that is left out or as a victim, both are asked
// about.
std::string of_whom(const std::string& keys) {
  return R"(casus: casebook/1
parties: {aland: state, bland: state, cland: state, xland: state}
places: {home: aland, shore: bland, plain: cland, city: xland}
pacts:
  pact:
    in_force: 2000-01-01
    members: {aland: {}, bland: {}}
    articles:
      "1": {when: {act: [invasion]}, procedure: automatic, )" +
         keys + "then: {assist: [aid, war]}}\n";
}

Difference between(const std::string& before, const std::string& after) {
  const Treaties a = parse_treaties(of_whom(before), "before.yaml", {}),
                 b = parse_treaties(of_whom(after), "after.yaml", {});
  return diff(a, 0, b, 0);
}

bool speaks_of(const Difference& d, const std::string& what) {
  return std::any_of(d.verdicts.begin(), d.verdicts.end(), [&](const VerdictChange& v) {
    return v.acts.find(what) != std::string::npos;
  });
}

TEST(Diff, WhoIsLeftOutNowIsAskedAbout) {
  const Difference d = between("", "by: {except: [xland]}, ");
  ASSERT_EQ(d.verdicts.size(), 1U) << write(d);
  EXPECT_TRUE(speaks_of(d, "by xland")) << write(d);
  EXPECT_EQ(d.verdicts[0].after, "nobody is bound");
}

TEST(Diff, WhoWasNamedIsStillMeantWhereAnybodyIs) {
  const Difference d = between("by: {actors: [xland]}, ", "");
  EXPECT_FALSE(d.verdicts.empty());
  EXPECT_FALSE(speaks_of(d, "by xland")) << write(d);
}

TEST(Diff, WithWhomNoWarIsAskedNowIsAskedAbout) {
  const Difference d = between("", "unless_war_with: [xland], ");
  ASSERT_EQ(d.verdicts.size(), 1U) << write(d);
  EXPECT_TRUE(speaks_of(d, "by xland")) << write(d);
  EXPECT_NE(d.verdicts[0].after.find("owe aid without"), std::string::npos) << write(d);
}

TEST(Diff, AnOutsiderForWhoseSakeItIsNowIsAskedAbout) {
  const Difference d = between("victims: [aland, bland], ", "victims: [aland, bland, cland], ");
  ASSERT_FALSE(d.verdicts.empty()) << write(d);
  EXPECT_TRUE(speaks_of(d, "on the soil of cland")) << write(d);
}

TEST(Diff, APartyThatOnlyOneFileKnowsIsAskedAboutInBoth) {
  const std::string named = of_whom("by: {except: [xland]}, ");
  std::string without = of_whom("");
  without.replace(without.find(", xland: state"), 14, "");
  without.replace(without.find(", city: xland"), 13, "");
  const Difference d = diff(parse_treaties(without, "before.yaml", {}), 0,
                            parse_treaties(named, "after.yaml", {}), 0);
  ASSERT_EQ(d.verdicts.size(), 1U) << write(d);
  EXPECT_TRUE(speaks_of(d, "by xland")) << write(d);
}

// What is different one way is different the other way round.
TEST(Diff, GoesBothWays) {
  const std::vector<std::pair<std::string, std::string>> changes{
      {"procedure: automatic", "procedure: by_decision"},
      {"assist: [aid, war]", "assist: [aid]"},
      {"act: [invasion, strike]", "act: [invasion]"},
      {"cland: {}", "cland: {reservations: [\"1\"]}"},
      {"where: members", "where: anywhere"},
      {"in_force: 2000-01-01", "in_force: 2001-01-01"},
  };
  for (const auto& [from, to] : changes) {
    const Difference there = diff(amended(), 0, amended(from, to), 0);
    const Difference back = diff(amended(from, to), 0, amended(), 0);
    ASSERT_EQ(there.text.size(), back.text.size()) << from;
    ASSERT_EQ(there.verdicts.size(), back.verdicts.size()) << from;
    EXPECT_FALSE(there.none()) << from;
    std::vector<std::string> a, b;
    for (const VerdictChange& v : there.verdicts) a.push_back(v.acts + v.before + ">" + v.after);
    for (const VerdictChange& v : back.verdicts) b.push_back(v.acts + v.after + ">" + v.before);
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    EXPECT_EQ(a, b) << from;
  }
}

}  // namespace
}  // namespace casus::treaties
