#pragma once

#include <chrono>
#include <string>

#include "casus/study/ensemble.h"
#include "cli/terminal.h"

namespace casus::cli {

/// "[#####-----] 50/100 runs  12/s  ETA 0:04"; the bar is left out if `bar_width` is 0.
std::string progress_text(const EnsembleProgress& progress, double seconds, unsigned bar_width);

/// Shows how far an ensemble is: one line that is redrawn on a terminal, a plain line now and then
/// elsewhere, nothing if so asked.
class ProgressLine {
 public:
  ProgressLine(ProgressMode mode, bool quiet);
  void update(const EnsembleProgress& progress);
  /// Says something above the line.
  void message(const std::string& text);
  /// Wipes the line.
  void end();

 private:
  using Time = std::chrono::steady_clock::time_point;
  enum class Style { none, plain, live } style_;
  Time start_, shown_;
  bool drawn_ = false;
};

}  // namespace casus::cli
