#include "casus/output/export.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <utility>

#include "casus/core/contracts.h"
#include "output/export_forms.h"
#include "output/manifest.h"
#include "output/tables.h"

namespace casus {
namespace {

struct FormRow {
  ExportForm form;
  void (*write)(Exporter&);
};

const std::array<FormRow, 6>& form_rows() {
  static const std::array<FormRow, 6> rows{{
      {{"csv",
        "series.csv.gz (run, date, kind, entity, variable, value) and events.csv.gz, packed by "
        "gzip."},
       export_csv},
      {{"jsonl", "events.jsonl: one JSON object an event, with the names of all it refers to."},
       export_jsonl},
      {{"npy",
        "series.npy (run x time x column), outcomes.npy and inputs.npy (run x column), for NumPy; "
        "axes.json names what stands along each axis."},
       export_npy},
      {{"netcdf",
        "results.nc: the same in one netCDF-4 file, with units, for xarray, R and others."},
       export_netcdf},
      {{"flee",
        "conflicts-RUN.csv for the migration model Flee: a row a day, a column a region, 1 from "
        "the "
        "first attack in it to the last one."},
       export_flee},
      {{"views",
        "draws.csv, as forecasts of the ViEWS project are given: deaths by month (1 is January "
        "1980), region and draw, a draw being a run."},
       export_views},
  }};
  return rows;
}

}  // namespace

std::span<const ExportForm> export_forms() {
  static const std::vector<ExportForm> forms = [] {
    std::vector<ExportForm> all;
    for (const FormRow& row : form_rows()) all.push_back(row.form);
    return all;
  }();
  return forms;
}

std::size_t Exporter::each_log(const std::function<void(std::uint32_t, const KeptEvents&)>& call,
                               bool of_all_by_itself) const {
  std::size_t n = 0;
  for (const RecordedRun& run : results.runs) {
    if (options.events && !options.events(run.run)) continue;
    std::optional<KeptEvents> events = store.events(run.run, scenario.data());
    if (!events && (options.events || of_all_by_itself)) {
      RunResult again = run_once(scenario, registry, {results.seed, run.run, true});
      const bool same = run.ok ? !again.failure && again.events_hash == run.events_hash
                               : again.failure.has_value();
      if (!same) {
        throw OutputError("E0605", results.folder,
                          fmt::format("run {} came out differently when it was made again; '{}' "
                                      "says how",
                                      run.run, replay_command(results.folder, run.run)));
      }
      events = std::move(again.events);
    }
    if (!events) continue;
    call(run.run, *events);
    ++n;
  }
  return n;
}

std::vector<FileDigest> export_results(const RecordedResults& results, const Scenario& scenario,
                                       const Registry& registry, const ExportOptions& options) {
  const FormRow* chosen = nullptr;
  for (const FormRow& row : form_rows()) {
    if (row.form.name == options.form) chosen = &row;
  }
  CASUS_EXPECTS(chosen != nullptr, fmt::format("no form of export '{}'", options.form));
  try {
    const RunStore store =
        RunStore::read((std::filesystem::path(results.folder) / store_file).string());
    ResultsFolder folder(options.out, false);
    Exporter exporter{results, scenario, registry, options, store, folder};
    chosen->write(exporter);
    folder.publish();
    return std::move(exporter.written);
  } catch (const StoreError& e) {
    throw OutputError(e.code(), e.path(), std::string(e.what()).substr(e.path().size() + 2));
  }
}

void export_csv(Exporter& e) {
  const ScenarioData& data = e.scenario.data();
  const StoreHeader& header = e.store.header();
  CsvWriter series(e.folder.path("series.csv.gz"), series_schema().fields(),
                   OutputFile::Packing::gzip);
  for (const RecordedRun& run : e.results.runs) {
    RunResult one;
    one.spec.run = run.run;
    one.series = e.store.series(run.run);
    write_series(series, data, header.series, one);
  }
  e.keep(series.close());
  CsvWriter events(e.folder.path("events.csv.gz"), event_schema().fields(),
                   OutputFile::Packing::gzip);
  const std::size_t n = e.each_log(
      [&](std::uint32_t run, const KeptEvents& log) { write_event_rows(events, data, run, log); });
  const FileDigest file = events.close();
  if (n > 0) {
    e.keep(file);
  } else {
    std::filesystem::remove(e.folder.path("events.csv.gz"));
  }
}

}  // namespace casus
