// Every decision has draws of its own.
#include <gtest/gtest.h>

#include <string>

#include "../support/shipped.h"

namespace casus::test {
namespace {

class Addresses : public ::testing::TestWithParam<std::string> {};

// Builds with internal checks keep a book of addresses in every simulation; a second decision at
// one stops the run with the names of both places.
TEST_P(Addresses, AreNotShared) {
#ifndef CASUS_ENABLE_ASSERTS
  GTEST_SKIP() << "this build keeps no book of addresses";
#endif
  const Scenario scenario = load(GetParam());
  for (std::uint32_t run = 0; run < 2; ++run) {
    RunOptions options;
    options.run = run;
    Simulation s(scenario, options);
    EXPECT_NO_THROW(s.run());
  }
}

INSTANTIATE_TEST_SUITE_P(Shipped, Addresses, ::testing::ValuesIn(shipped()), FileName());

}  // namespace
}  // namespace casus::test
