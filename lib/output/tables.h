#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "casus/output/csv.h"
#include "casus/output/row_schema.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"
#include "casus/study/series.h"
#include "casus/study/summary.h"

namespace casus {

// The tables of a results folder. A schema is at once the header, the way a row is written and the
// description in datapackage.json.

std::string hash_text(std::uint64_t hash);  ///< 16 hexadecimal digits
std::string_view form_name(OutcomeSpec::Form form);
std::string_view statistic_name(Statistic statistic);

/// runs.csv: a run and its outcomes. Of a run that failed, only which and that.
RowSchema<RunResult> run_schema(std::span<const OutcomeSpec> outcomes);

/// inputs.csv: what each run drew, failed ones included.
RowSchema<RunResult> input_schema(std::span<const InputInfo> inputs);

/// series.csv: one value of one observation.
struct SeriesRow {
  std::uint32_t run;
  std::string_view date;
  const SeriesColumn* column;
  double value;
};
const RowSchema<SeriesRow>& series_schema();
void write_series(CsvWriter& table, const ScenarioData& scenario,
                  std::span<const SeriesColumn> columns, const RunResult& run);

/// An event with names for rows; what does not apply is empty.
struct EventText {
  std::string date, kind, who, whom, where, pact, article, reason;
  std::string causes;  ///< ids, separated by ';'
};
EventText event_text(const ScenarioData& scenario, const KeptEvents& events, const Event& event);

/// events.csv: one event of one run.
struct EventRow {
  std::uint32_t run;
  const Event* event;
  EventText text;
};
const RowSchema<EventRow>& event_schema();
void write_event_rows(CsvWriter& table, const ScenarioData& scenario, std::uint32_t run,
                      const KeptEvents& events);

/// summary.csv: what the ensemble says about one outcome.
const RowSchema<OutcomeSummary>& summary_schema();

/// datapackage.json for tables that are complete.
struct WrittenTable {
  FileDigest file;
  std::string title;
  std::vector<CsvField> fields;
};
std::string datapackage(const ScenarioData& scenario, std::span<const WrittenTable> tables);

}  // namespace casus
