#pragma once

#include <cstddef>

#include "casus/backtest/region_forecast.h"
#include "casus/core/export.h"

namespace casus {

/// The forecaster of docs/backtest.md: self-exciting weekly counts of lethal events
/// (rules::fit_excitation), whose sizes are those of recent events. All of it is fitted on what is
/// known; what stands here is judged, and the same at every origin.
struct ExcitationForecastSettings {
  rules::ExcitationSettings fit{};
  std::size_t camps = 2;  ///< 2: fights and killings of the Islamic State, all others; 1: all
  double most_branching = 1.10;  ///< successors of an event at most
  double shock_sd = 0.2;         ///< of the log rate, common to a country
  double shock_weeks = 8.0;      ///< its memory
  double most_weekly = 40.0;     ///< events expected of a camp in a region and week at most
  int pool_months = 24;          ///< of the events whose sizes are drawn from
  double size_sd = 0.6;          ///< log standard deviation of a size around the event drawn
};

/// Needs `months_back` of the forecaster on record: the memories' beginning and a year to fit.
CASUS_API Forecaster excitation_forecaster(const ExcitationForecastSettings& settings = {});

}  // namespace casus
