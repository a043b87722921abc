// Gaps that were planted are found, as they are, and nothing else is.
#include "casus/treaties/gaps.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "casus/treaties/treaties.h"

namespace casus::treaties {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Of each sort ("between", …, "clean") its treaties.
std::vector<fs::path> planted() {
  std::vector<fs::path> files;
  for (const auto& e : fs::directory_iterator(std::string(CASUS_TEST_DATA) + "/treaties")) {
    if (e.path().extension() == ".yaml") files.push_back(e.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string sort_of(const fs::path& file) {
  const std::string stem = file.stem().string();
  return stem.substr(0, stem.find('-'));
}

std::vector<Finding> found(const Treaties& t) { return gaps(t, by_name(t.pacts)); }

TEST(Gaps, PlantedOnesAreFoundAndNothingElse) {
  std::map<std::string, int> sorts;
  for (const fs::path& file : planted()) {
    const Treaties t = load_treaties(file.string(), {});
    const std::vector<Finding> all = found(t);
    const std::string sort = sort_of(file);
    ++sorts[sort];
    EXPECT_EQ(all.empty(), sort == "clean") << file;
    for (const Finding& f : all) EXPECT_EQ(name(f.fault), sort) << file << ": " << f.text;
    fs::path expected = file;
    EXPECT_EQ(write(t, all), read(expected.replace_extension(".txt"))) << file;
  }
  EXPECT_GE(sorts["clean"], 5);
  for (const char* sort : {"between", "both_sides", "disagree", "dead", "procedure"}) {
    EXPECT_GE(sorts[sort], 4) << sort;
  }
}

// What stands first in a file means nothing.
TEST(Gaps, DoNotDependOnTheOrderOfTheFile) {
  for (const fs::path& file : planted()) {
    Treaties t = load_treaties(file.string(), {});
    const std::string before = write(t, found(t));
    std::reverse(t.pacts.begin(), t.pacts.end());
    std::reverse(t.places.begin(), t.places.end());
    for (std::size_t i = 0; i < t.places.size(); ++i) t.places[i].place.region = RegionId(i);
    for (law::Pact& p : t.pacts) {
      std::reverse(p.articles.begin(), p.articles.end());
      std::reverse(p.members.begin(), p.members.end());
    }
    EXPECT_EQ(write(t, found(t)), before) << file;
  }
}

// Two treaties that do not touch each other have the gaps of each.
TEST(Gaps, OfOneTreatyAreThoseItHasBesideOthers) {
  for (const fs::path& file : planted()) {
    const Treaties t = load_treaties(file.string(), {});
    for (const std::size_t row : by_name(t.pacts)) {
      std::vector<std::string> alone, beside;
      for (const Finding& f : gaps(t, {row})) {
        if (f.others.empty()) alone.push_back(f.text);
      }
      for (const Finding& f : found(t)) {
        if (f.pact == t.pacts[row].id && f.others.empty()) beside.push_back(f.text);
      }
      EXPECT_EQ(alone, beside) << file;
    }
  }
}

TEST(Gaps, AreSentences) {
  for (const fs::path& file : planted()) {
    for (const Finding& f : found(load_treaties(file.string(), {}))) {
      EXPECT_TRUE(f.text.front() >= 'A' && f.text.front() <= 'Z') << f.text;
      EXPECT_TRUE(f.text.ends_with('.')) << f.text;
      for (const char* bad : {"  ", " .", " ,", "..", "()", ": ."}) {
        EXPECT_EQ(f.text.find(bad), std::string::npos) << f.text;
      }
      EXPECT_FALSE(f.articles.empty()) << f.text;
    }
  }
}

}  // namespace
}  // namespace casus::treaties
