#include "casus/scenario/given.h"

#include "casus/core/contracts.h"

namespace casus {
namespace {

template <class Table>
std::size_t find_row(std::vector<double> Table::*member) {
  const auto columns = columns_of<Table>();
  std::size_t row = 0;
  while (row < columns.size() && columns[row].numbers() != member) ++row;
  CASUS_EXPECTS(row < columns.size() && columns[row].info.given,
                "a column that no entry of a scenario gives");
  return row;
}

}  // namespace

template <>
std::size_t Given<RegionTable>::row_of(std::vector<double> RegionTable::*member) {
  return find_row(member);
}

template <>
std::size_t Given<ActorTable>::row_of(std::vector<double> ActorTable::*member) {
  return find_row(member);
}

template <>
std::size_t Given<PresenceTable>::row_of(std::vector<double> PresenceTable::*member) {
  return find_row(member);
}

}  // namespace casus
