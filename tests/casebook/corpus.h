#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "casus/casebook/opinion.h"

/// The cases of the casebook, and which of them come out otherwise when something is broken.
namespace casus::casebook {

inline const std::vector<LegalCase>& cases() {
  static const std::vector<LegalCase> all = [] {
    std::vector<LegalCase> found;
    for (const std::string& file :
         find_files({std::string(CASUS_SOURCE_DIR) + "/tests/casebook"})) {
      try {
        Casebook book = load(file, {.library = std::string(CASUS_SOURCE_DIR) + "/scenarios"});
        std::move(book.cases.begin(), book.cases.end(), std::back_inserter(found));
      } catch (const ScenarioError&) {
        continue;  // the test of that file says what is wrong with it
      }
    }
    return found;
  }();
  return all;
}

/// Names of the cases that come out otherwise than expected.
inline std::set<std::string> failing(const law::Stages& stages,
                                     const std::function<void(LegalCase&)>& change = {}) {
  std::set<std::string> names;
  for (LegalCase c : cases()) {
    if (change) change(c);
    if (!decide(c, stages).as_expected()) names.insert(c.name);
  }
  return names;
}

/// Those that are there to notice do.
inline void expect_noticed(const law::Stages& stages, const std::vector<std::string>& by) {
  const std::set<std::string> names = failing(stages);
  for (const std::string& name : by) {
    EXPECT_TRUE(names.contains(name))
        << name << " did not notice; " << names.size() << " others did";
  }
}

}  // namespace casus::casebook
