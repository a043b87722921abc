#include <algorithm>
#include <cmath>
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

namespace {

/// First year of the unbroken run of years that includes `year` and in which they had such a pact.
template <class Wanted>
std::optional<int> since_when(const CowTables& tables, int a, int b, int year, Wanted wanted) {
  std::optional<int> since;
  for (int y = year;; --y) {
    const CowAlliance* pact = alliance(tables, a, b, y);
    if (!pact || !wanted(*pact)) return since;
    since = y;
  }
}

}  // namespace

std::optional<int> defended_since(const CowTables& tables, int a, int b, int year) {
  return since_when(tables, a, b, year, [](const CowAlliance& pact) { return pact.defence; });
}

std::optional<int> allied_since(const CowTables& tables, int a, int b, int year) {
  return since_when(tables, a, b, year, [](const CowAlliance&) { return true; });
}

bool institutions_changed(const CowTables& tables, int state, int since, int year) {
  constexpr double transition = 3.0;
  const auto after = [](int value, const CowRegime& r) { return value < r.year; };
  const auto [first, last] =
      std::equal_range(tables.regimes.begin(), tables.regimes.end(), CowRegime{state, 0, 0.0},
                       [](const CowRegime& a, const CowRegime& b) { return a.code < b.code; });
  if (first == last) return false;
  const auto next = std::upper_bound(first, last, since, after);
  const auto now = std::upper_bound(first, last, year, after);
  if (now == first || (now - 1)->year != year) return false;
  const CowRegime& then = next == first ? *first : *(next - 1);
  return std::abs((now - 1)->score - then.score) >= transition;
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
