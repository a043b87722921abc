// Treaties that are files of their own can be read like those of a scenario or of cases.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include "casus/treaties/diff.h"
#include "casus/treaties/gaps.h"
#include "casus/treaties/sheet.h"
#include "casus/treaties/treaties.h"

namespace casus::treaties {
namespace {

namespace fs = std::filesystem;

const std::string folder = std::string(CASUS_SOURCE_DIR) + "/scenarios/treaties/";

std::vector<std::string> gaps_of(const std::string& file, const std::string& pact) {
  const Treaties t = load_treaties(folder + file, {});
  std::vector<std::string> out;
  for (const Finding& f : gaps(t, by_name(t.pacts))) {
    if (f.pact == pact) out.push_back(f.text);
  }
  return out;
}

bool says(const std::vector<std::string>& texts, const std::string& words) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return text.find(words) != std::string::npos;
  });
}

TEST(TreatyFiles, AllThatAreShippedHaveASheetAndDoNotDifferFromThemselvesSlow) {
  std::size_t read = 0;
  for (const auto& e : fs::directory_iterator(folder)) {
    if (e.path().extension() != ".yaml") continue;
    const Treaties t = load_treaties(e.path().string(), {});
    ASSERT_FALSE(t.pacts.empty()) << e.path();
    for (std::size_t row = 0; row < t.pacts.size(); ++row) {
      const Sheet s = sheet(t, row);
      // The whole, every member and every article.
      EXPECT_GE(s.parts.size(), 1 + t.pacts[row].members.size() + t.pacts[row].articles.size());
      EXPECT_TRUE(diff(t, row, t, row).none()) << e.path();
      ++read;
    }
  }
  EXPECT_GE(read, 25U);
}

// A file of treaties has names and no titles; its sheet is for readers.
TEST(TreatyFiles, ASheetSpeaksOfStatesAndPlacesAsReadersDo) {
  const Treaties t = load_treaties(folder + "nato.yaml", {});
  const std::string text = write(sheet(t, 0));
  EXPECT_NE(text.find("United Kingdom: An original party."), std::string::npos);
  EXPECT_NE(text.find("Council: It decides by consensus."), std::string::npos);
  EXPECT_NE(text.find("the area North Atlantic Islands"), std::string::npos);
  for (const fs::directory_entry& e : fs::directory_iterator(folder)) {
    if (e.path().extension() != ".yaml") continue;
    const Treaties all = load_treaties(e.path().string(), {});
    for (std::size_t row = 0; row < all.pacts.size(); ++row) {
      const std::string sentences = write(sheet(all, row));
      // The first line has the identifier of the pact, for who goes on with other commands.
      const std::string words = sentences.substr(sentences.find('\n'));
      EXPECT_EQ(words.find('_'), std::string::npos)
          << e.path() << words.substr(words.find('_') - 20, 40);
    }
  }
}

// The table of a treaty in the README, from its head to the line without a bar.
std::string table_of(const std::string& treaty) {
  std::ifstream file(folder + "README.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::size_t begin = text.find("| " + treaty + " | here |");
  return begin == std::string::npos ? std::string()
                                    : text.substr(begin, text.find("\n\n", begin) - begin);
}

TEST(TreatyFiles, TheTablesSaySentenceBySentenceWhatBecameOfTwoTreaties) {
  for (const auto& [file, id, title, articles] :
       {std::tuple("nato.yaml", "nato", "North Atlantic Treaty", 14),
        std::tuple("aes.yaml", "aes", "Liptako-Gourma Charter", 8)}) {
    const std::string table = table_of(title);
    for (int n = 1; n <= articles; ++n) {
      const bool listed = table.find("\n| " + std::to_string(n) + ": ") != std::string::npos ||
                          table.find("\n| " + std::to_string(n) + ", ") != std::string::npos;
      EXPECT_TRUE(listed) << title << " " << n;
    }
    const Treaties t = load_treaties(folder + file, {});
    for (const law::Pact& p : t.pacts) {
      if (p.id != id) continue;
      for (const law::Article& a : p.articles) {
        EXPECT_NE(table.find("`" + a.id + "`"), std::string::npos) << title << " " << a.id;
      }
    }
  }
}

// Article 6 of the North Atlantic Treaty is why Hawaii and Ceuta are not covered by article 5.
TEST(TreatyFiles, TheNorthAtlanticTreatyHasTheGapOfItsArticle6) {
  const std::vector<std::string> found = gaps_of("nato.yaml", "nato");
  EXPECT_TRUE(says(found, "articles 5 and 6.1 do not reach there")) << found.size();
  EXPECT_TRUE(says(found, "consultation, aid or bases or transit under articles 3 and 4"));
}

TEST(TreatyFiles, ASoldierAbroadIsNotProtectedByTheCollectiveSecurityTreaty) {
  const std::vector<std::string> found = gaps_of("csto.yaml", "csto");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(says(found, "attack on the forces"));
}

// Between members the Rio Treaty has peaceful means, and against a group no article on arms.
TEST(TreatyFiles, TheRioTreatyOwesNoArmsAgainstAGroup) {
  EXPECT_TRUE(says(gaps_of("rio.yaml", "rio"),
                   "by an armed group: article 3 is for the acts of "
                   "others, unless a state is shown to have sent it"));
}

TEST(TreatyFiles, WhatTheConfederationChangesOfTheCharterIsNamed) {
  const Treaties t = load_treaties(folder + "aes.yaml", {});
  const auto row = [&](const std::string& id) {
    std::size_t i = 0;
    while (t.pacts.at(i).id != id) ++i;
    return i;
  };
  const Difference d = diff(t, row("aes"), t, row("aes_confederation"));
  EXPECT_FALSE(d.text.empty());
  EXPECT_FALSE(d.verdicts.empty());
}

}  // namespace
}  // namespace casus::treaties
