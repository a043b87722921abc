#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/text/number.h"
#include "casus/world/columns.h"

namespace casus {

/// The numbers that an entry of a scenario gives for columns of `Table`. What it does not give has
/// the column's initial value, so an entry that says little is small.
template <class Table>
class Given {
 public:
  /// By row of columns_of<Table>(), the columns of every world.
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
  /// Does the entry give it?
  bool says(std::size_t column) const {
    return std::any_of(said_.begin(), said_.end(),
                       [&](const auto& s) { return s.first == column; });
  }
  /// By member.
  bool says(std::vector<double> Table::*member) const { return says(row_of(member)); }
  /// By member: given[&ActorTable::quality]. Throws ContractError for one that no entry gives.
  Number operator[](std::vector<double> Table::*member) const { return at(row_of(member)); }
  Number& operator[](std::vector<double> Table::*member) { return at(row_of(member)); }

  /// Columns that mechanisms own, by name and in its order; what is as at the start need not be
  /// there.
  const std::vector<std::pair<std::string, Number>>& own() const { return own_; }
  void set_own(std::string_view name, const Number& number) {
    const auto at = std::lower_bound(own_.begin(), own_.end(), name,
                                     [](const auto& a, std::string_view b) { return a.first < b; });
    if (at != own_.end() && at->first == name) {
      at->second = number;
    } else {
      own_.emplace(at, name, number);
    }
  }
  void replace_own(const Given& other) { own_ = other.own_; }
  /// What an entry gives for a column that a mechanism owns, or what it is at the start.
  Number of_own(const ColumnInfo& column) const {
    for (const auto& [name, number] : own_) {
      if (name == column.name) return number;
    }
    return column.initial;
  }

 private:
  static std::size_t row_of(std::vector<double> Table::*member);

  std::vector<std::pair<std::uint16_t, Number>> said_;
  std::vector<std::pair<std::string, Number>> own_;
};

template <>
CASUS_API std::size_t Given<RegionTable>::row_of(std::vector<double> RegionTable::*member);
template <>
CASUS_API std::size_t Given<ActorTable>::row_of(std::vector<double> ActorTable::*member);
template <>
CASUS_API std::size_t Given<PresenceTable>::row_of(std::vector<double> PresenceTable::*member);

}  // namespace casus
