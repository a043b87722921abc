#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/study/ensemble.h"
#include "casus/study/statistics.h"
#include "casus/why/target.h"
#include "casus/why/tell.h"

namespace casus::why {

/// A way in which an outcome comes about, and in how many runs.
struct CommonPath {
  std::vector<std::string> steps;  ///< "Germany invades Belgium", what begins it first
  std::size_t runs = 0;
  Estimate share{};           ///< of the runs in which the outcome came
  std::uint32_t example = 0;  ///< the first such run
};

struct CommonPaths {
  std::size_t runs = 0, failed = 0;
  std::size_t happened = 0;
  std::vector<CommonPath> paths;  ///< the commonest first
};
/// How it came about, run by run: the way back by the first cause of each event, without places,
/// sizes and days, without what the law thinks in between, and a series told once.
CASUS_API CommonPaths common_paths(const Scenario& scenario, const Registry& registry,
                                   const std::string& target, const Runs& runs);

/// The same of every outcome that events make, from runs that are made anyway and keep their
/// events, or of which it was found out before; the order in which runs come is of no matter.
class CASUS_API PathGatherer {
 public:
  struct Row {
    std::string title;
    CommonPaths found;
  };
  explicit PathGatherer(const Scenario& scenario);
  ~PathGatherer();
  PathGatherer(const PathGatherer&) = delete;
  PathGatherer& operator=(const PathGatherer&) = delete;
  /// How each outcome came about in a run that keeps its events: RunResult::ways. May be asked for
  /// several runs at once.
  std::vector<RunWay> find(const RunResult& run) const;
  /// By its ways where it has them, or else by its events. A run with neither says nothing, unless
  /// it failed.
  void add(const RunResult& run);
  /// In the order of the scenario's outcomes; those that came in no run are left out.
  std::vector<Row> finish() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A decision by which it would have come about.
struct CloseCall {
  ToldDecision told;
  std::string date;
  double shortfall = 0.0;     ///< in log odds, see casus::shortfall
  std::size_t elsewhere = 0;  ///< runs in which a yes to the same question led to it
};
struct CloseCalls {
  std::size_t runs = 0, happened = 0;  ///< that were asked how it comes about, and in which it came
  std::vector<CloseCall> calls;        ///< the nearest first
};
/// What came nearest to bringing an outcome that did not come: of the questions a yes to which led
/// to it in other runs, and of what its authors were asked about whom it is against, those that
/// were answered no here, by how much likelier they would have had to be.
CASUS_API CloseCalls close_calls(const Account& run, const Scenario& scenario,
                                 const Registry& registry, const std::string& target,
                                 const Runs& runs);

}  // namespace casus::why
