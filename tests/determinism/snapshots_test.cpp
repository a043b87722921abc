// A run saved at some step, and loaded by another process.
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "../support/rumours.h"
#include "../support/shipped.h"
#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"
#include "casus/core/random.h"

namespace casus::test {
namespace {

std::string bytes_of(const Simulation& s) {
  std::ostringstream out;
  s.save(out);
  return out.str();
}

std::string contents(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Runs a program to its end and returns its exit code; -1 if it did not come to one.
int run_program(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t process = 0;
  if (posix_spawn(&process, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) {
    return -1;
  }
  int status = 0;
  if (waitpid(process, &status, 0) != process || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

/// A folder of this process's own, gone with it.
struct Folder {
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name) const { return path + "/" + name; }
  const std::string path =
      ::testing::TempDir() + "casus-snapshots-" + std::to_string(static_cast<long>(getpid()));
};

/// 2N = N + M, with the M in a process that knows the bytes alone. N is drawn, `saves` times; M
/// goes to the end, or `most` steps.
void expect_same_bytes_elsewhere(const std::string& name, const std::string& mechanisms,
                                 std::size_t saves, std::uint32_t most) {
  SCOPED_TRACE(name + " with " + mechanisms);
  const Registry registry = mechanisms == "standard" ? standard_registry() : with_rumours();
  const Scenario scenario = Scenario::load(shipped_file(name), registry.vocabulary());
  const std::uint32_t end = std::min(scenario->clock.steps(), most);
  Stream dice({8, 0}, 0, Purpose("day of the save"), {name_hash(name)});
  std::vector<std::uint32_t> days;
  for (std::size_t i = 0; i < saves; ++i) {
    days.push_back(static_cast<std::uint32_t>(uniform(dice) * static_cast<double>(end)));
  }
  const Folder folder;
  std::vector<std::string> words{CASUS_RESUME, shipped_file(name), mechanisms, std::to_string(end)};
  RunOptions options;
  options.seed = 5;
  options.run = 3;
  Simulation whole(scenario, registry, options);
  for (std::uint32_t step = 0; step < end; ++step) {
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (days[i] != step) continue;
      words.push_back(folder.file(std::to_string(i)));
      std::ofstream out(words.back(), std::ios::binary);
      whole.save(out);
      words.push_back(words.back() + "-on");
    }
    whole.step();
  }
  ASSERT_EQ(words.size(), 4 + 2 * days.size());
  ASSERT_EQ(run_program(words), 0);
  const std::string expected = bytes_of(whole);
  for (std::size_t i = 5; i < words.size(); i += 2) {
    EXPECT_TRUE(contents(words[i]) == expected)
        << "saved at one of the steps " << ::testing::PrintToString(days);
  }
}

// No scenario is left out: what can be loaded by itself is named, and every policy is found.
TEST(Shipped, AreAllNamed) {
  const std::string root = shipped_file("");
  std::vector<std::string> scenarios, policies;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string name = entry.path().string().substr(root.size());
    const std::string folder = entry.path().parent_path().filename().string();
    if (folder == "policies") {
      policies.push_back(name);
      continue;
    }
    if (folder == "data") continue;  // what scenarios include
    try {
      load(name);
      scenarios.push_back(name);
    } catch (const ScenarioError&) {  // a part of one
    }
  }
  std::sort(scenarios.begin(), scenarios.end());
  std::sort(policies.begin(), policies.end());
  EXPECT_EQ(scenarios, all_shipped());
  EXPECT_EQ(policies, shipped_policies());
}

class Snapshots : public ::testing::TestWithParam<std::string> {};

TEST_P(Snapshots, GoOnToTheSameBytesInAnotherProcess) {
  expect_same_bytes_elsewhere(GetParam(), "standard", 3, ~0U);
}

TEST_P(Snapshots, GoOnToTheSameBytesWithAMechanismOfOnesOwn) {
  expect_same_bytes_elsewhere(GetParam(), "rumours", 1, 120);
}

INSTANTIATE_TEST_SUITE_P(Shipped, Snapshots, ::testing::ValuesIn(all_shipped()), FileName());

TEST(SnapshotsOfPolicies, GoOnToTheSameBytesInAnotherProcess) {
  for (const std::string& name : shipped_policies()) {
    expect_same_bytes_elsewhere(name, "standard", 1, 60);
  }
}

// Without its memory the mechanism goes on otherwise, so that the tests above would notice.
TEST(SnapshotsOfOnesOwn, HoldAMemoryThatMatters) {
  const Registry registry = with_rumours();
  const Scenario scenario =
      Scenario::load(shipped_file("tutorial/three-states.yaml"), registry.vocabulary());
  Simulation one(scenario, registry);
  for (int i = 0; i < 40; ++i) one.step();
  std::size_t denials = 0;
  for (const Event& e : one.log().all()) denials += e.kind == EventKind::statement;
  EXPECT_GT(denials, 2U);
  Registry forgetful = standard_registry();
  forgetful.add(
      [] {
        struct Forgetful final : Mechanism {
          std::unique_ptr<Rumours> real = std::make_unique<Rumours>();
          const MechanismInfo& info() const override { return real->info(); }
          void configure(std::span<const double> values) override { real->configure(values); }
          void bind(const Columns& columns) override { real->bind(columns); }
          void step(StepContext& context) override { real->step(context); }
          void archive(Archive&) override {}
        };
        return std::make_unique<Forgetful>();
      },
      "perception");
  Simulation first(scenario, forgetful);
  for (int i = 0; i < 40; ++i) first.step();
  Simulation second(scenario, forgetful);
  second.restore(*first.save());
  for (int i = 0; i < 40; ++i) {
    first.step();
    second.step();
  }
  EXPECT_NE(first.hash(), second.hash());
}

/// Two that differ in what is asked and for how long, and in nothing of the world.
bool of_one_world(const std::string& a, const std::string& b) {
  const std::set<std::string> pair{"sahel/baseline.yaml", "sahel/validation.yaml"};
  return a == b || (pair.contains(a) && pair.contains(b));
}

TEST(SnapshotsOfOthers, AreRefusedByName) {
  std::map<std::string, std::string> saved;
  for (const std::string& name : all_shipped()) saved[name] = bytes_of(run_days(load(name), 2));
  for (const std::string& own : all_shipped()) {
    const Scenario scenario = load(own);
    for (const auto& [name, bytes] : saved) {
      SCOPED_TRACE("a run of " + name + " for " + own);
      std::istringstream in(bytes);
      if (of_one_world(name, own)) {
        EXPECT_NO_THROW(Simulation::load(scenario, standard_registry(), in));
        continue;
      }
      try {
        Simulation::load(scenario, standard_registry(), in);
        ADD_FAILURE() << "not refused";
      } catch (const ContractError& e) {
        const std::string text = e.what();
        const std::size_t at = text.find("which differ in ");
        ASSERT_NE(at, std::string::npos) << text;
        EXPECT_GT(text.size(), at + 20) << text;
      }
    }
    // And one with a mechanism more, and one with a mechanism less.
    const Registry more = with_rumours();
    const Scenario with = Scenario::load(shipped_file(own), more.vocabulary());
    const auto refused = [](const Scenario& s, const Registry& r, const std::string& bytes) {
      std::istringstream in(bytes);
      try {
        Simulation::load(s, r, in);
        ADD_FAILURE() << "not refused";
      } catch (const ContractError& e) {
        EXPECT_NE(std::string(e.what()).find("mechanisms.rumours"), std::string::npos) << e.what();
      }
    };
    refused(with, more, saved[own]);
    Simulation run(with, more);
    run.step();
    refused(scenario, standard_registry(), bytes_of(run));
  }
}

}  // namespace
}  // namespace casus::test
