#include "cli/treaty_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "casus/core/diagnostics.h"

namespace casus::cli {
namespace {

std::size_t row_of(const treaties::Treaties& all, const std::string& name) {
  std::vector<std::string> names;
  for (std::size_t row = 0; row < all.pacts.size(); ++row) {
    if (all.pacts[row].id == name) return row;
    names.push_back(all.pacts[row].id);
  }
  std::sort(names.begin(), names.end());
  const std::string near = nearest(name, names);
  throw UsageError(fmt::format("'{}' has no pact '{}'; {}", all.file, name,
                               near.empty() ? fmt::format("it has {}", fmt::join(names, ", "))
                                            : fmt::format("did you mean '{}'?", near)));
}

}  // namespace

void TreatyOptions::add(CLI::App& command) {
  command.add_option("FILE", file, "A scenario, a file of cases, or a treaty")->required();
  command.add_option("--pact", pacts, "Only this one (repeatable)")->type_name("NAME");
  command.add_option("--case", of_case, "As this case of the file has it")->type_name("NAME");
}

treaties::Treaties TreatyOptions::load(const Common& common) const {
  treaties::Treaties all =
      treaties::load_treaties(file, common.registry->vocabulary(), common.read_limits(), of_case);
  if (all.pacts.empty()) throw UsageError(fmt::format("'{}' has no pact", file));
  return all;
}

std::vector<std::size_t> TreatyOptions::chosen(const treaties::Treaties& all) const {
  if (pacts.empty()) return treaties::by_name(all.pacts);
  std::vector<std::size_t> rows;
  rows.reserve(pacts.size());
  for (const std::string& name : pacts) rows.push_back(row_of(all, name));
  return rows;
}

std::size_t one_pact(const treaties::Treaties& all, const std::string& name,
                     const std::string& option) {
  if (!name.empty()) return row_of(all, name);
  if (all.pacts.size() == 1) return 0;
  throw UsageError(fmt::format("'{}' has {}: choose one with {}", all.file,
                               counted(all.pacts.size(), "pact"), option));
}

}  // namespace casus::cli
