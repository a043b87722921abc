#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "casus/text/number.h"
#include "casus/world/columns.h"

namespace casus {

/// The numbers that an entry of a scenario gives for columns of `Table`. What it does not give has
/// the column's initial value, so an entry that says little is small.
template <class Table>
class Given {
 public:
  /// By row of columns_of<Table>().
  Number at(std::size_t column) const {
    for (const auto& [row, number] : said_) {
      if (row == column) return number;
    }
    return columns_of<Table>()[column].info.initial;
  }
  Number& at(std::size_t column) {
    for (auto& [row, number] : said_) {
      if (row == column) return number;
    }
    said_.emplace_back(static_cast<std::uint16_t>(column),
                       columns_of<Table>()[column].info.initial);
    return said_.back().second;
  }
  /// Does an entry say it?
  bool said(std::vector<double> Table::*member) const {
    const std::size_t column = row_of(member);
    return std::any_of(said_.begin(), said_.end(),
                       [&](const auto& entry) { return entry.first == column; });
  }
  /// By member: given[&ActorTable::quality]. Throws ContractError for one that no entry gives.
  Number operator[](std::vector<double> Table::*member) const { return at(row_of(member)); }
  Number& operator[](std::vector<double> Table::*member) { return at(row_of(member)); }

 private:
  static std::size_t row_of(std::vector<double> Table::*member);

  std::vector<std::pair<std::uint16_t, Number>> said_;
};

template <>
std::size_t Given<RegionTable>::row_of(std::vector<double> RegionTable::*member);
template <>
std::size_t Given<ActorTable>::row_of(std::vector<double> ActorTable::*member);

}  // namespace casus
