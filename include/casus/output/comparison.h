#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/experiment/comparison.h"
#include "casus/output/csv.h"
#include "casus/output/results_folder.h"
#include "casus/output/row_schema.h"
#include "casus/study/series_quantiles.h"

namespace casus {

/// One row of comparison.csv: an outcome under one policy, beside the first policy.
struct ComparisonRow {
  const Comparison* comparison;
  const OutcomeComparison* outcome;
  std::size_t policy;
};
CASUS_API const RowSchema<ComparisonRow>& comparison_schema();

/// One row of answers.csv: what came of an outcome that a policy is about.
struct AnswerRow {
  const Comparison* comparison;
  const Answer* answer;
};
CASUS_API const RowSchema<AnswerRow>& answer_schema();

/// One row of pairs.csv: how honest the pairs of one policy are.
struct HonestyRow {
  const Comparison* comparison;
  std::size_t policy;
};
CASUS_API const RowSchema<HonestyRow>& honesty_schema();

/// The comparison as an aligned table, a block an outcome:
///
///                          value  difference   95 % interval   lower  higher  gain
///     Deaths
///       baseline           9,840
///       no-charter         9,212        -628   -1,010 - -246    64 %    36 %  x 8.1
///
/// and a sentence about the pairs of each policy. Ends with a newline.
CASUS_API std::string comparison_table(const Comparison& comparison, bool color = false);
/// What policies are about, a block a policy and a line an outcome:
///
///                                      baseline  value  difference   95 % interval
///     q04-wagner-leaves-mali: Wagner leaves Mali
///       State control in Mali              0.84   0.84      -0.003  -0.004 - -0.002  as expected
///
/// Empty where no policy says what it is about.
CASUS_API std::string answers_table(const Comparison& comparison, bool color = false);
/// The same as a JSON object, with the fields of comparison.csv, answers.csv and pairs.csv.
CASUS_API std::string comparison_json(const Comparison& comparison);

/// What a folder of compared runs says about how it came to be.
struct ComparisonInfo {
  std::string title;
  std::vector<std::string> arguments;
  std::uint64_t seed = 1;
  std::uint32_t first_run = 0;
  std::string design{};  ///< "sobol"; empty without one
  /// Scenarios and experiment as read, for their digests: name and contents.
  std::vector<std::pair<std::string, std::string>> inputs;
  std::string scenario{};  ///< what was asked for: the first scenario's file, or an experiment's
  /// Of each policy the quantiles of its series, and of what they differ from the first's world by
  /// world, empty for the first. None: the runs kept no series.
  std::vector<std::pair<SeriesQuantiles, SeriesQuantiles>> series{};
};

/// Worlds that are finished, in a folder whose comparison is not; see Journal.
inline constexpr const char* worlds_journal = "worlds.journal";
/// A digest of all that worlds depend on.
CASUS_API std::string digest_of_worlds(const std::vector<Policy>& policies,
                                       const ComparisonInfo& info,
                                       const std::vector<std::string>& more);
/// What a comparison that is being made was asked: the manifest says `running` and how to go on.
CASUS_API void begin_comparison(ResultsFolder& folder, const std::vector<Policy>& policies,
                                const ComparisonInfo& info);
/// Writes into a new folder what was compared:
///
///     manifest.json      what made it
///     policy-N.yaml      the scenario of each policy, N being its number
///     runs.csv           a row a run: policy, point, run, hashes, where it parted, outcomes
///     days.csv           a row a run: when what outcomes ask for first came
///     series.csv.gz      quantiles of the series by policy and date, where they were kept
///     failures.jsonl     a line a failed run, if there is any
///     points.csv         the values of a design, if there is one
///     summary.csv        a row an outcome and policy
///     comparison.csv     the paired differences
///     answers.csv        of what policies say they are about, if they do
///     pairs.csv          how honest the pairs are
///     datapackage.json   types and units of every table
///
/// An interrupted one keeps its journal, and takes the place of no complete results. Throws
/// OutputError as ResultsFolder does.
CASUS_API void write_comparison(ResultsFolder& folder, const std::vector<Policy>& policies,
                                const ComparedRuns& runs, const Comparison& comparison,
                                const ComparisonInfo& info);

}  // namespace casus
