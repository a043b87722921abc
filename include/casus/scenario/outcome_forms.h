#pragma once

#include <limits>
#include <span>
#include <string_view>

#include "casus/scenario/scenario.h"

namespace casus {

/// How the runs of an ensemble are summed up.
enum class Statistic {
  proportion,       ///< of runs in which it happened; Wilson's interval
  mean,             ///< over runs; Student's interval
  median_duration,  ///< Kaplan and Meier, because runs end before everything has happened
};

/// What is said of a form of outcome, once: its key in scenarios, what it is of, its values, how
/// tables describe it and how ensembles sum it up. What it answers is in study/outcome.cpp.
struct OutcomeForm {
  /// What the key's value names.
  enum class Of {
    events,   ///< a kind of event
    totals,   ///< a column that adds up over regions
    columns,  ///< any column of regions or actors
  };
  OutcomeSpec::Form form;
  std::string_view name;
  std::string_view doc;      ///< of the key
  std::string_view example;  ///< of its value
  Of of = Of::events;
  bool needs_whole = false;   ///< `of` must say what it is a share of
  bool whole_number = false;  ///< its values are 0, 1, 2 ...
  Statistic statistic = Statistic::mean;
  double low = -std::numeric_limits<double>::infinity();  ///< no value, and no interval, is beyond
  double high = std::numeric_limits<double>::infinity();
  std::string_view unit{};  ///< where the outcome gives none and is of no column
  /// Goes behind the title in descriptions of tables; {happened} is the name of the column that
  /// says whether it came about.
  std::string_view note{};
};

/// All forms, in the order of the enumeration.
std::span<const OutcomeForm> outcome_forms();
const OutcomeForm& outcome_form(OutcomeSpec::Form form);

}  // namespace casus
