#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "casus/output/export.h"
#include "casus/output/results_folder.h"
#include "casus/store/run_store.h"

namespace casus {

/// What every form of export works with.
struct Exporter {
  const RecordedResults& results;
  const Scenario& scenario;
  const Registry& registry;
  const ExportOptions& options;
  const RunStore& store;
  ResultsFolder& folder;
  std::vector<FileDigest> written{};

  void keep(FileDigest file) { written.push_back(std::move(file)); }
  /// Calls with the events of each run that is wanted, by run. Returns how many there were.
  std::size_t each_log(const std::function<void(std::uint32_t run, const KeptEvents&)>& call,
                       bool of_all_by_itself = false) const;
};

void export_csv(Exporter& e);
void export_jsonl(Exporter& e);
void export_npy(Exporter& e);
void export_netcdf(Exporter& e);
void export_flee(Exporter& e);
void export_views(Exporter& e);

}  // namespace casus
