#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "casus/report/report.h"

namespace casus::report {

// What a page says beyond the data themselves. Everything is found here, so that sentences, tables
// and drawings cannot differ.

/// What one policy makes of an outcome, against the baseline, over the worlds that both have run.
struct Difference {
  std::size_t arm = 0, outcome = 0;
  /// Of a mean, or of the share of worlds in which it comes about.
  Estimate estimate{};
  bool of_worlds = false;  ///< a share of worlds
  bool certain = false;    ///< its interval leaves out nought
  double strength = 0.0;   ///< over half of its interval's width; 0 where there is none
};
/// In the order of outcomes.
std::vector<Difference> differences(const ReportData& data, std::size_t arm);
/// Pairs of worlds, and those of them that end alike to the bit.
struct Pairs {
  std::size_t all = 0, same = 0;
};
Pairs pairs_of(const ReportData& data, std::size_t arm);

/// The estimate as runs came in.
struct Convergence {
  std::vector<std::size_t> n;
  std::vector<Estimate> estimates;
};
Convergence convergence(const ReportData& data, std::size_t arm, std::size_t outcome);

/// When an outcome came, as a curve: of outcomes that ask when, and of those that ask whether where
/// it is known.
std::vector<Duration> durations(const ReportData& data, std::size_t arm, std::size_t outcome);

struct Histogram {
  double from = 0.0, width = 0.0;
  std::vector<std::size_t> counts;  ///< none: there is nothing to count
};
/// Of all policies in the same classes: [arm].
std::vector<Histogram> histograms(const ReportData& data, std::size_t outcome);

/// How an outcome goes with what differed between runs: Spearman's rank correlation, with the
/// interval by Fisher's transformation.
struct Influence {
  std::string input;
  Estimate rho{};
};
/// Of each outcome the strongest first; none without inputs.
std::vector<std::vector<Influence>> influences(const ReportData& data);

/// Events of a run that a reader would tell of, and what of them led to what.
struct Telling {
  std::vector<const ReportEvent*> events;
  std::vector<std::vector<std::uint32_t>> causes;  ///< of each, rows of `events`
  std::vector<std::string> lanes;                  ///< actors, whoever does most first
  double deaths = 0.0;
};
/// Of a told run: which it is, why it is told, and how many died.
std::string heading(const ReportRun& run, double deaths);
Telling telling(const ReportRun& run, std::size_t most = 45);

/// The states of which series are drawn, those with most deaths first, and the world before them;
/// as entities of columns.
std::vector<std::pair<std::string, std::string>> drawn_entities(const ReportSeries& series,
                                                                std::size_t most = 8);
/// The variables of states' territories that are drawn.
std::vector<std::string> drawn_variables(const ReportSeries& series, const std::string& kind);
/// The column of an entity and variable, or the number of columns.
std::size_t column_of(const ReportSeries& series, const std::string& kind,
                      const std::string& entity, const std::string& variable);
/// "civilian deaths": a variable for readers, from its name.
std::string spoken(std::string name);

}  // namespace casus::report
