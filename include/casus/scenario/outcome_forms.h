#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "casus/core/export.h"

// The forms of outcomes. A new one is a row here and its answer in lib/study/outcome.cpp, without
// which that file does not compile. The rest of a row is members of OutcomeForm.
#define CASUS_OUTCOME_FORMS(FORM)                                                             \
  FORM(ever, .doc = "Does such an event happen? Given several kinds, one of any of them.",    \
       .example = "intervention", .whole_number = true, .statistic = Statistic::proportion,   \
       .low = 0, .high = 1, .note = " (1: it happened, 0: not)")                              \
  FORM(count, .doc = "How many such events happen.", .example = "coup", .whole_number = true) \
  FORM(first, .doc = "Days from the start to the first such event; censored if none comes.",  \
       .example = "honour", .statistic = Statistic::median_duration, .unit = "days",          \
       .note =                                                                                \
           ": days from the start until it happened, or, where {happened} is 0, for which "   \
           "the run was watched without it")                                                  \
  FORM(sum, .doc = "A total over the regions of `where` at the end of the run.",              \
       .example = "deaths", .of = Of::totals)                                                 \
  FORM(final,                                                                                 \
       .doc =                                                                                 \
           "A column at the end of the run: of the regions of `where`, or of the actors of "  \
           "`by`; a total, or a mean where a total means nothing.",                           \
       .example = "control", .of = Of::columns)                                               \
  FORM(share, .doc = "The share of such events among those of the kinds `of`.",               \
       .example = "honour", .needs_whole = true, .low = 0, .high = 1,                         \
       .note = " (empty: a share of nothing)")                                                \
  FORM(last, .doc = "Days from the start to the last such event; no value if none comes.",    \
       .example = "attack", .low = 0, .unit = "days",                                         \
       .note = ": days from the start (empty: none)")

namespace casus {

/// How the runs of an ensemble are summed up.
enum class Statistic : std::uint8_t {
  proportion,       ///< of runs in which it happened; Wilson's interval
  mean,             ///< over runs; Student's interval
  median_duration,  ///< Kaplan and Meier, because runs end before everything has happened
};

/// What is said of a form of outcome, once: its key in scenarios, what it is of, its values, how
/// tables describe it and how ensembles sum it up. What it answers is in study/outcome.cpp.
struct OutcomeForm {
#define CASUS_NAME(name, ...) name,
  enum class Form : std::uint8_t { CASUS_OUTCOME_FORMS(CASUS_NAME) };
#undef CASUS_NAME
  /// What the key's value names.
  enum class Of : std::uint8_t {
    events,   ///< a kind of event
    totals,   ///< a column that adds up over regions
    columns,  ///< any column of regions or actors
  };
  Form form{};
  std::string_view name{};     ///< of the key
  std::string_view doc{};      ///< of the key
  std::string_view example{};  ///< of its value
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
CASUS_API std::span<const OutcomeForm> outcome_forms();
CASUS_API const OutcomeForm& outcome_form(OutcomeForm::Form form);

}  // namespace casus
