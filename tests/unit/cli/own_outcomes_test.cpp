#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "../output/scratch.h"
#include "casus/cli/program.h"
#include "casus/run/simulation.h"

namespace casus {
namespace {

// What a program adds to the outcomes is in its results, and its runs are the same runs.
TEST(Program, AsksItsOwnOutcomesOfEveryRun) {
  const testing::Scratch scratch;
  OwnOutcome outcome;
  outcome.name = "richest";
  outcome.title = "What the richest has";
  outcome.unit = "MUSD";
  outcome.value = [](const Simulation& run) {
    double most = 0.0;
    for (const double m : run.column("actors.resources")) most = std::max(most, m);
    return OutcomeValue::of(most);
  };
  const std::string file = std::string(CASUS_SOURCE_DIR) + "/scenarios/tutorial/three-states.yaml";
  const auto table_of = [&](const std::vector<OwnOutcome>& outcomes, const char* name) {
    const std::string out = scratch.path(name);
    const char* words[] = {"own", "run", file.c_str(), "-n",      "2",
                           "-q",  "-o",  out.c_str(),  "--until", "2030-02-01"};
    EXPECT_EQ(program(10, words, standard_registry(), outcomes), 0);
    std::ifstream in(out + "/runs.csv");
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  };
  const std::string plain = table_of({}, "plain"), own = table_of({outcome}, "own");
  EXPECT_EQ(plain.find("richest"), std::string::npos);
  EXPECT_NE(own.find(",richest"), std::string::npos) << own;
  const std::string hashes = plain.substr(plain.find("\n0,"), 40);
  EXPECT_NE(own.find(hashes), std::string::npos) << "another outcome, and the same run";
}

}  // namespace
}  // namespace casus
