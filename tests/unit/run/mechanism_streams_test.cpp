// What a mechanism of a user's draws is its own.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/run/simulation.h"

namespace casus::test {
namespace {

const char* const small = R"(casus: scenario/1
clock: {start: 2030-01-01, days: 5}
regions:
  here: {owner: arden, population: 1000, area: 10, at: [0, 0]}
actors:
  arden: {kind: state, capital: here, forces: 10, income: 1}
)";

/// A mechanism of any name that does one thing.
class Plugin final : public Mechanism {
 public:
  Plugin(std::string name, std::function<void(StepContext&)> f)
      : info_{std::move(name), "A test.", "", {}}, f_(std::move(f)) {}
  const MechanismInfo& info() const override { return info_; }
  void configure(std::span<const double>) override {}
  void step(StepContext& context) override { f_(context); }
  void archive(Archive&) override {}

 private:
  MechanismInfo info_;
  std::function<void(StepContext&)> f_;
};

void run(const std::vector<std::pair<std::string, std::function<void(StepContext&)>>>& plugins) {
  Registry registry = standard_registry();
  for (const auto& [name, f] : plugins) {
    registry.add([name = name, f = f] { return std::make_unique<Plugin>(name, f); });
  }
  Simulation(Scenario::parse(small, "small", registry.vocabulary()), registry).run();
}

TEST(MechanismStreams, TwoNeverShareTheirDraws) {
  std::map<std::string, std::vector<double>> drawn;
  const auto draws_of = [&](const char* name) {
    return [&drawn, name](StepContext& c) {
      Stream stream = c.stream(Purpose("custom"), {1});
      drawn[name].push_back(uniform(stream));
    };
  };
  run({{"first", draws_of("first")}, {"second", draws_of("second")}});
  ASSERT_EQ(drawn["first"].size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NE(drawn["first"][i], drawn["second"][i]);
  // And a mechanism draws the same whoever else is there.
  const auto before = drawn["second"];
  drawn.clear();
  run({{"second", draws_of("second")}});
  EXPECT_EQ(drawn["second"], before);
}

#ifdef CASUS_ENABLE_ASSERTS
TEST(MechanismStreams, ASecondDecisionAtAnAddressIsFound) {
  EXPECT_ANY_THROW(run({{"twin", [](StepContext& c) {
                           c.stream(Purpose("custom"), {1});
                           c.stream(Purpose("custom"), {1});
                         }}}));
  EXPECT_NO_THROW(run({{"twin", [](StepContext& c) {
                          c.stream(Purpose("custom"), {1});
                          c.stream(Purpose("custom"), {2});
                          c.stream(Purpose("other"), {1});
                        }}}));
}
#endif

}  // namespace
}  // namespace casus::test
