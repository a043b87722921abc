#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "casus/law/parameters.h"
#include "sim/mechanisms.h"

namespace casus::test {
namespace {

std::vector<std::string> listed() {
  std::vector<std::string> names;
#define CASUS_NAME(name) names.emplace_back(#name);
  CASUS_MECHANISMS(CASUS_NAME)
#undef CASUS_NAME
  return names;
}

/// The latest year that a text names; 0: none. Numbers of other lengths are no years.
int latest_year(const std::string& text) {
  int latest = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (end - i == 4) {
      const int year = std::stoi(text.substr(i, 4));
      if (year >= 1500 && year < 2100) latest = std::max(latest, year);
    }
    i = std::max(end, i + 1);
  }
  return latest;
}

// What a default was set on is no test of it. The shipped forecasts begin in 2023; a value that
// rests on what came later belongs to a scenario that begins later.
TEST(StandardRegistry, NoDefaultRestsOnWhatCameLater) {
  EXPECT_EQ(latest_year("announced 2024-01-28, doi:10.1080/03050620500294135, 1989"), 2024);
  std::size_t rows = 0;
  const auto look_at = [&](const std::string& of, const ParameterInfo& row) {
    ++rows;
    EXPECT_LE(latest_year(row.source), 2023) << of << "." << row.name << ": " << row.source;
    EXPECT_LE(latest_year(row.doc), 2023) << of << "." << row.name << ": " << row.doc;
  };
  for (const auto& mechanism : standard_registry().make()) {
    const MechanismInfo info = mechanism->info();
    for (const ParameterInfo& row : info.parameters) look_at(info.name, row);
  }
  for (const law::LawParameter& row : law::parameters()) look_at("law", row.info);
  EXPECT_GT(rows, 150U);
}

TEST(StandardRegistry, EveryMechanismIsCalledAsItsRowAndItsFile) {
  std::vector<std::string> called;
  for (const MechanismInfo& m : standard_registry().vocabulary()) called.push_back(m.name);
  EXPECT_EQ(called, listed());
  std::set<std::string> files;
  const std::string folder = std::string(CASUS_SOURCE_DIR) + "/lib/sim/mechanisms";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.insert(entry.path().stem().string());
  }
  EXPECT_EQ(files, std::set<std::string>(called.begin(), called.end()))
      << "a file of lib/sim/mechanisms without a row of CASUS_MECHANISMS, or the other way round";
}

// What is decided in a step is carried out in the same step.
TEST(StandardRegistry, WhoDecidesComesBeforeWhoCarriesItOut) {
  const std::vector<std::string> names = listed();
  const auto place = [&](std::string_view name) {
    const auto at = std::find(names.begin(), names.end(), name);
    EXPECT_NE(at, names.end()) << name;
    return at - names.begin();
  };
  EXPECT_EQ(place("timeline"), 0) << "what a scenario sets holds for the whole step";
  EXPECT_LT(place("insurgency"), place("combat")) << "attacks";
  for (const char* acts : {"timeline", "insurgency", "statecraft", "coups"}) {
    EXPECT_LT(place(acts), place("commitments")) << "the law answers the acts of the step";
  }
  EXPECT_LT(place("commitments"), place("combat")) << "help fights";
  EXPECT_LT(place("combat"), place("control")) << "who won holds the ground";
}

}  // namespace
}  // namespace casus::test
