#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "casus/backtest/conflict_inputs.h"
#include "casus/backtest/conflict_record.h"
#include "casus/backtest/cow.h"
#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"
#include "folder.h"

// Tables of the backtests are read or refused with a place; what is read can be looked things up
// in, and made into inputs of a scenario.
namespace {

void wars(const std::string& folder) {
  const casus::CowTables tables = casus::load_cow_tables(folder);
  for (const int year : {1816, 1850, 1914, 2010}) {
    const auto states = casus::states_in(tables, year);
    for (std::size_t i = 0; i < states.size() && i < 4; ++i) {
      const auto share = casus::capability(tables, states[i]->code, year);
      if (share && !(*share >= 0.0 && *share <= 1.0)) __builtin_trap();
      for (std::size_t j = 0; j < states.size() && j < 4; ++j) {
        casus::alliance(tables, states[i]->code, states[j]->code, year);
        casus::defended_since(tables, states[i]->code, states[j]->code, year);
      }
    }
  }
}

void conflict(const std::string& folder) {
  const casus::ConflictRecord record = casus::load_conflict_record(folder);
  const std::vector<casus::ConflictGroup> groups{{"jnim", casus::Camp::jnim, 6000.0, {}}};
  const casus::ConflictInputs inputs =
      casus::conflict_inputs(record, *casus::parse_date("2023-09-16"), groups);
  for (const casus::GroupInputs& group : inputs.groups) {
    if (!std::isfinite(group.activity) || !std::isfinite(group.people)) __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto files = casus::fuzz::files_of(std::string(data, data + size));
  const casus::fuzz::Folder folder("tables", files, "sahel");
  for (const auto read : {&wars, &conflict}) {
    try {
      read(folder.name());
    } catch (const casus::ScenarioError& e) {
      if (e.diagnostics().empty()) __builtin_trap();
    }
  }
  return 0;
}
