#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "../support/shipped.h"

namespace casus::test {
namespace {

std::string golden_file() { return std::string(CASUS_TEST_DATA) + "/golden.txt"; }

std::map<std::string, std::string> read_golden() {
  std::map<std::string, std::string> golden;
  std::ifstream in(golden_file());
  std::string name, value;
  while (in >> name >> value) golden[name] = value;
  return golden;
}

// One hash a scenario, the same in every kind of build. A change is a change of results: it goes
// under Results in the changelog, and ./dev golden --update writes the file anew.
TEST(Golden, WorldAndEventHashes) {
  std::map<std::string, std::string> now;
  for (const std::string& name : shipped()) {
    const Simulation s = run_days(load(name), 120);
    // Not Simulation::hash(), which moves with every parameter, used or not.
    now[name] = fmt::format("{:016x}-{:016x}", hash(s.world()), s.log().hash());
  }
  if (std::getenv("CASUS_UPDATE_GOLDEN") != nullptr) {
    std::ofstream out(golden_file());
    for (const auto& [name, value] : now) out << name << ' ' << value << '\n';
  }
  EXPECT_EQ(now, read_golden());
}

}  // namespace
}  // namespace casus::test
