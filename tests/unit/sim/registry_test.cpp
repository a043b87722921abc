#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

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
