#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "casus/core/random.h"

namespace casus {

/// A lethal event of the past, as far as its size goes.
struct SizedEvent {
  std::size_t camp = 0, region = 0;
  double deaths = 1.0;  ///< >= 1
};

/// Deaths of events to come: those of an event of the camp, times what the region's events are
/// larger or smaller than their camps' are elsewhere, times lognormal noise of mean 1, rounded at
/// random, at least 1. The region's factor is a ratio of mean sizes, each of at most `size_cut`
/// deaths, shrunk to 1 by `pseudo_events`; a camp with 20 events or fewer has those of all camps.
class EventSizePools {
 public:
  static constexpr double size_cut = 60.0, pseudo_events = 20.0;

  EventSizePools(std::span<const SizedEvent> events, std::size_t camps, std::size_t regions,
                 double log_sd);
  double draw(Stream& stream, std::size_t camp, std::size_t region) const;
  double region_factor(std::size_t region) const { return factor_[region]; }

 private:
  std::vector<std::vector<double>> pools_;  // by camp
  std::vector<double> factor_;              // by region
  double log_sd_;
};

}  // namespace casus
