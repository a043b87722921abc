#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

namespace casus::bench {

/// One table of all benchmarks: the time of a unit (report.h) and of its parts, the rate, and the
/// hash of the state that came out.
class Table final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

  bool any_failed() const { return failed_; }

 private:
  void row(const Run& run);

  std::size_t width_ = 0;
  double units_ = 1.0, parts_ = 0.0;  ///< of the benchmark whose rows are being written
  bool failed_ = false;
};

}  // namespace casus::bench
