#include "run/undeclared_writes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "casus/core/contracts.h"
#include "run/guard_table.h"

namespace casus {

void UndeclaredWrites::watch(const World& world) {
  before_.clear();
  sizes_.clear();
  for_guards(world.columns, [&](std::size_t, const Guard& guard) {
    const std::size_t begin = before_.size();
    for_values(world, guard, [&](std::span<const double> values) {
      before_.insert(before_.end(), values.begin(), values.end());
    });
    sizes_.push_back(before_.size() - begin);
  });
}

namespace {

/// Which rows of the table of a guard were noted; those born since are left out.
void mark_noted(const World& w, const Guard& g, std::vector<std::uint8_t>& marks) {
  const auto mark = [&](std::size_t row) {
    if (row < marks.size()) marks[row] = 1;
  };
  for (const std::uint32_t p : w.noted_presences.all()) {
    mark(g.presence != nullptr ? p
         : g.actor != nullptr  ? w.presences.actor[p].row()
                               : w.presences.region[p].row());
  }
  if (g.actor == nullptr) return;
  for (const std::uint32_t a : w.noted_actors.all()) mark(a);
}

}  // namespace

void UndeclaredWrites::expect_none(const World& world, std::string_view mechanism,
                                   const ColumnSet& written, const ColumnSet& noted) {
  const double* before = before_.data();
  std::size_t column = 0;
  for_guards(world.columns, [&](std::size_t i, const Guard& guard) {
    std::size_t left = sizes_[column++];
    if (written[i]) {
      before += left;
      return;
    }
    if (noted[i]) {
      noted_.assign(left, 0);
      mark_noted(world, guard, noted_);
      for_values(world, guard, [&](std::span<const double> values) {
        for (std::size_t row = 0; row < left; ++row) {
          const bool same = std::memcmp(before + row, values.data() + row, sizeof(double)) == 0;
          CASUS_EXPECTS(same || noted_[row] != 0,
                        fmt::format("mechanism '{}' writes row {} of {} and does not note it",
                                    mechanism, row, guard.name));
        }
      });
      before += left;
      return;
    }
    // Rows that were added are no writes: they have the values of a parent, or none.
    for_values(world, guard, [&](std::span<const double> values) {
      const std::size_t n = std::min(left, values.size());
      // Bit by bit: a NaN differs from itself.
      const bool same = n == 0 || std::memcmp(before, values.data(), n * sizeof(double)) == 0;
      CASUS_EXPECTS(
          same, fmt::format("mechanism '{}' writes {} and does not say so", mechanism, guard.name));
      before += n;
      left -= n;
    });
    CASUS_EXPECTS(left == 0,
                  fmt::format("mechanism '{}' removes rows of {}", mechanism, guard.name));
  });
}

}  // namespace casus
