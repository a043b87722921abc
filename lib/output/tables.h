#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "casus/output/csv.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"
#include "casus/study/series.h"
#include "casus/study/summary.h"

namespace casus {

// The tables of a results folder: the fields of each, and how a row is written. The fields are at
// once the header and the description in datapackage.json.

std::string hash_text(std::uint64_t hash);  ///< 16 hexadecimal digits
std::string_view form_name(OutcomeSpec::Form form);
std::string_view statistic_name(OutcomeSummary::Statistic statistic);

std::vector<CsvField> run_fields(const ScenarioData& scenario);
void write_run(CsvWriter& table, const ScenarioData& scenario, const RunResult& run);

std::vector<CsvField> series_fields();
void write_series(CsvWriter& table, const ScenarioData& scenario,
                  std::span<const SeriesColumn> columns, const RunResult& run);

/// An event with names for rows; what does not apply is empty.
struct EventText {
  std::string date, kind, who, whom, where, pact, article, reason;
  std::string causes;  ///< ids, separated by ';'
};
EventText event_text(const ScenarioData& scenario, const KeptEvents& events, const Event& event);

std::vector<CsvField> event_fields();
void write_event_rows(CsvWriter& table, const ScenarioData& scenario, std::uint32_t run,
                      const KeptEvents& events);

std::vector<CsvField> summary_fields();
void write_summary(CsvWriter& table, const OutcomeSummary& summary);

/// datapackage.json for tables that are complete.
struct WrittenTable {
  FileDigest file;
  std::string title;
  std::vector<CsvField> fields;
};
std::string datapackage(const ScenarioData& scenario, std::span<const WrittenTable> tables);

}  // namespace casus
