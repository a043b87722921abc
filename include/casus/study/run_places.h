#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"

namespace casus {

/// Where an ensemble's runs are made if not in this process: other processes, other machines. The
/// results come back and are collected as if the runs had been made here, in their order, so where
/// a run was made is in no result.
class CASUS_API RunPlaces {
 public:
  virtual ~RunPlaces();
  /// How many runs can be made at once; at least 1.
  virtual unsigned places() const = 0;
  /// Makes one run as run_once() would. Called on up to places() threads at once. What it throws is
  /// that run's failure.
  virtual RunResult run(const Scenario& scenario, const RunSpec& spec) = 0;
};

/// A run's result as bytes that mean the same on every machine, and back. The bytes are for a
/// process of the same version: result_from() throws ContractError for any that are no result.
CASUS_API std::vector<std::uint8_t> bytes_of(const RunResult& result);
CASUS_API RunResult result_from(std::span<const std::uint8_t> bytes);

}  // namespace casus
