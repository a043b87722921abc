#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"

/// Violence that feeds on itself, in weekly counts of events by camp and region: a discrete Hawkes
/// process (Hawkes 1971, doi:10.1093/biomet/58.1.83) with two memories of its own past, spread over
/// borders, local susceptibility, and gamma noise (see docs/backtest.md).

namespace casus::rules {

/// Who touches whom: for each region the rows of its neighbours.
using Neighbours = std::vector<std::vector<std::uint32_t>>;

/// Counts by camp, region and week, in this order, the week running fastest.
struct WeeklyCounts {
  std::size_t camps = 0, regions = 0, weeks = 0;
  std::vector<double> counts;
  double& at(std::size_t camp, std::size_t region, std::size_t week) {
    return counts[(camp * regions + region) * weeks + week];
  }
  double at(std::size_t camp, std::size_t region, std::size_t week) const {
    return counts[(camp * regions + region) * weeks + week];
  }
};

/// What a camp's rate in a region rests on: mean weekly counts, remembered exponentially.
struct ExcitationTerms {
  double border = 0.0;  ///< of its neighbours, over `border_weeks`
  double month = 0.0;   ///< its own, over `month_weeks`
  double year = 0.0;    ///< its own, over `year_weeks`
};

inline constexpr double month_weeks = 4.0, year_weeks = 52.0, border_weeks = 13.0;

/// The memories of all camps and regions, a week at a time: M <- e^(-1/tau) M + (1 - e^(-1/tau)) N.
/// They begin at zero.
class CASUS_API ExcitationMemory {
 public:
  /// `neighbours` must outlive it.
  ExcitationMemory(std::size_t camps, const Neighbours& neighbours);
  /// `counts`: of the week, camp by camp.
  void add_week(std::span<const double> counts);
  ExcitationTerms terms(std::size_t camp, std::size_t region) const;

 private:
  std::size_t regions_;
  const Neighbours* neighbours_;
  std::vector<double> month_, year_, border_, near_;
};

/// The parameters of a camp, per week.
struct Excitation {
  double background = 0.0025;  ///< events that come of nothing, >= 0
  double border = 0.15;        ///< events that follow from one next door, >= 0
  double month = 0.4;          ///< and from one of one's own, by the short memory
  double year = 0.6;           ///< and by the long one
  double shape = 1.0;          ///< of the gamma noise of mean 1, > 0: small for bursts and lulls

  double branching() const { return border + month + year; }
  /// Expected events in a week. Susceptibility multiplies what comes from outside: where resistance
  /// is strong, neither strangers nor neighbours gain a foothold.
  double rate(double susceptibility, const ExcitationTerms& t) const {
    return susceptibility * (background + border * t.border) + month * t.month + year * t.year;
  }
};

/// The same with border, month and year scaled so that an event has at most `most` successors.
/// Above 1 the process grows until something else stops it; likelihood alone, on years of growth,
/// ends where long runs explode.
CASUS_API Excitation capped(Excitation excitation, double most);

struct ExcitationFit {
  std::vector<Excitation> camps;
  std::vector<double> susceptibility;  ///< by camp and region
  double log_likelihood = 0.0;         ///< of the weeks that were fitted
};

struct ExcitationSettings {
  std::size_t burn_in = 104;               ///< first weeks, which only fill the memories
  std::size_t susceptibility_weeks = 260;  ///< last weeks that susceptibility is estimated from
  double prior_events = 1.0;               ///< by which it is shrunk to 1, > 0
  int rounds = 3;                          ///< of parameters, then susceptibility, >= 1
  int steps = 300;                         ///< of expectation-maximisation in a round, >= 1
};

/// Maximum likelihood by expectation-maximisation: each event is shared among the terms of its rate
/// (the branching representation of a Hawkes process; Veen & Schoenberg 2008,
/// doi:10.1198/016214508000000148), given the expected gamma factor of its week. The camps share
/// `month` and `year`; background, border and shape are their own. Then each region's
/// susceptibility is the events that are no echo of its own past (declustered: Zhuang, Ogata &
/// Vere-Jones 2002, doi:10.1198/016214502760046925) over those expected, both with `prior_events`
/// added; and so on for some rounds. Requires more weeks than the burn-in.
CASUS_API ExcitationFit fit_excitation(const WeeklyCounts& counts, const Neighbours& neighbours,
                                       const ExcitationSettings& settings = {});

}  // namespace casus::rules
