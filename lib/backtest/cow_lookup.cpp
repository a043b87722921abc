#include <algorithm>
#include <tuple>
#include <utility>

#include "casus/backtest/cow.h"

namespace casus {

std::optional<double> capability(const CowTables& tables, int state, int year) {
  const auto at = std::lower_bound(tables.capabilities.begin(), tables.capabilities.end(),
                                   std::pair(state, year),
                                   [](const CowCapability& c, const std::pair<int, int>& key) {
                                     return std::pair(c.code, c.year) < key;
                                   });
  if (at == tables.capabilities.end() || at->code != state || at->year != year) return {};
  return at->share;
}

const CowAlliance* alliance(const CowTables& tables, int a, int b, int year) {
  const std::tuple key(std::min(a, b), std::max(a, b), year);
  const auto at = std::lower_bound(tables.alliances.begin(), tables.alliances.end(), key,
                                   [](const CowAlliance& row, const auto& k) {
                                     return std::tie(row.first, row.second, row.year) < k;
                                   });
  return at != tables.alliances.end() && std::tie(at->first, at->second, at->year) == key ? &*at
                                                                                          : nullptr;
}

std::optional<int> defended_since(const CowTables& tables, int a, int b, int year) {
  std::optional<int> since;
  for (int y = year;; --y) {
    const CowAlliance* pact = alliance(tables, a, b, y);
    if (!pact || !pact->defence) return since;
    since = y;
  }
}

bool land_border(const CowTables& tables, int a, int b, Date date) {
  const std::pair key(std::min(a, b), std::max(a, b));
  auto at = std::lower_bound(tables.borders.begin(), tables.borders.end(), key,
                             [](const CowBorder& row, const std::pair<int, int>& k) {
                               return std::pair(row.first, row.second) < k;
                             });
  for (; at != tables.borders.end() && std::pair(at->first, at->second) == key; ++at) {
    if (at->from <= date && date <= at->until) return true;
  }
  return false;
}

std::vector<const CowState*> states_in(const CowTables& tables, int year) {
  const Date first = std::chrono::year(year) / 1 / 1, last = std::chrono::year(year) / 12 / 31;
  std::vector<const CowState*> out;
  for (const CowState& s : tables.states) {
    if (s.from <= last && first <= s.until && (out.empty() || out.back()->code != s.code)) {
      out.push_back(&s);
    }
  }
  return out;
}

}  // namespace casus
