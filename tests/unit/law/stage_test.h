#pragma once

#include <gtest/gtest.h>

#include "small_world.h"

namespace casus::law {

/// Each stage alone: a to e, and a pact of mutual defence among b, c and d.
struct StageTest : testing::Test, Court {
  ActorId a = world["a"], b = world["b"], c = world["c"], d = world["d"], e = world["e"];
  AreaNames areas;

  void SetUp() override {
    pacts = {pact("bcd", {b, c, d})};
    pacts[0].articles = {defence()};
  }
  Conditions& when() { return pacts[0].articles[0].when; }
  Article& article() { return pacts[0].articles[0]; }
  Reason covered(const Act& act) {
    memory.clear();
    decide({act});
    return why(Stage::covered);
  }
};

}  // namespace casus::law
