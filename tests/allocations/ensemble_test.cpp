// An ensemble that writes as it goes needs memory for a few runs, however many it makes.
#include "casus/study/ensemble.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "../support/shipped.h"
#include "casus/output/results.h"
#include "counting.h"

namespace casus::test {
namespace {

namespace fs = std::filesystem;

struct Need {
  std::size_t made = ~std::size_t{0};  ///< bytes at least, after one of the last fifty runs
  std::size_t making = 0;              ///< bytes at most, while runs are made
  std::size_t writing = 0;             ///< and while tables are
};

/// What so many runs need beyond what there is before them. One worker, so that how many runs wait
/// for their turn is not a matter of luck.
Need need(const Scenario& scenario, std::size_t runs) {
  const std::string folder =
      (fs::temp_directory_path() / ("casus-memory-" + std::to_string(::getpid()))).string();
  fs::remove_all(folder);
  Need most;
  {
    const std::size_t before = live_bytes();
    ResultsInfo info;
    info.scenario_file = "small.yaml";
    info.runs = runs;
    ResultsWriter writer(folder, scenario, info);
    EnsembleOptions options;
    options.runs = runs;
    const auto serial = serial_executor();
    options.executor = serial.get();
    options.inner = serial.get();
    options.keep_results = false;
    std::size_t handed_on = 0;
    options.on_result = [&](RunResult& run) {
      writer.add(run);
      if (++handed_on + 50 > runs) most.made = std::min(most.made, live_bytes() - before);
    };
    forget_peak();
    const EnsembleResult ended = run_ensemble(scenario, standard_registry(), options);
    most.making = peak_bytes() - before;
    EXPECT_TRUE(ended.runs.empty());
    EXPECT_EQ(ended.finished, runs);
    forget_peak();
    writer.finish(ended, writer.summaries());
    most.writing = peak_bytes() - before;
    EXPECT_EQ(read_results(folder).runs.size(), runs);
  }
  fs::remove_all(folder);
  return most;
}

TEST(Memory, DoesNotGrowWithTheNumberOfRuns) {
  // Short runs, many of them.
  const Scenario s = load("tutorial/three-states.yaml", {{Edit::Kind::set, "clock.days", "20"}});
  need(s, 50);  // what is made once stays
  const Need few = need(s, 100), many = need(s, 1100);
  EXPECT_GT(few.making, 10'000U) << "nothing is counted";
  // A run has some 25 kB of its own, and some have more than others, hence the least after many.
  // What is kept of each would show a thousandfold: even a byte.
  EXPECT_LT(many.made, few.made + 1000U);
  EXPECT_LT(many.making, few.making + few.making / 20U);
  // Quantiles need all values of an outcome: 16 bytes, sorted copies of one outcome besides. The
  // runs themselves would take ten times that.
  const std::size_t values = 16 * s->outcomes.size() + 3 * 16;
  EXPECT_LT(many.writing, std::max(few.writing, many.making) + 1000U * 2U * values);
}

}  // namespace
}  // namespace casus::test
