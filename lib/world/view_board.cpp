#include "casus/world/view_board.h"

#include <algorithm>
#include <utility>

namespace casus {
namespace {

std::size_t words(std::size_t actors) { return (actors + 63) / 64; }

}  // namespace

void ViewBoard::grow() {
  row_of_.push_back(none);
  for (Row& row : rows_) {
    row.bits.resize(words(row_of_.size()), 0);
    row.before.resize(row.bits.size(), static_cast<std::uint32_t>(row.numbers.size()));
  }
}

void ViewBoard::add_rows(std::span<const std::uint32_t> viewers) {
  if (viewers.empty()) return;
  std::vector<std::uint32_t> all(viewers_.size() + viewers.size());
  std::merge(viewers_.begin(), viewers_.end(), viewers.begin(), viewers.end(), all.begin());
  std::vector<Row> rows(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::uint32_t& row = row_of_[all[i]];
    if (row != none) {
      rows[i] = std::move(rows_[row]);
    } else {
      rows[i].bits.assign(words(row_of_.size()), 0);
      rows[i].before.assign(words(row_of_.size()), 0);
    }
    row = static_cast<std::uint32_t>(i);
  }
  viewers_ = std::move(all);
  rows_ = std::move(rows);
}

void ViewBoard::add(ActorId viewer, std::span<const std::uint32_t> seen) {
  if (seen.empty()) return;
  Row& row = rows_[row_of_[viewer.row()]];
  std::vector<double>& numbers = row.numbers;
  const std::size_t had = numbers.size();
  // An eighth more than is needed, as long rows are where the memory goes.
  if (numbers.capacity() < had + seen.size()) numbers.reserve(had + seen.size() + had / 8);
  numbers.resize(had + seen.size());
  // From the back, so that what is moved makes room: behind the last one added stay the numbers of
  // those who come after it, and so on.
  std::size_t end = had;
  for (std::size_t i = seen.size(); i-- > 0;) {
    const std::size_t w = seen[i] / 64;
    const std::uint64_t below = (std::uint64_t{1} << (seen[i] % 64)) - 1;
    // Bits of those added are set only afterwards, so this counts the numbers there were.
    const std::size_t at =
        row.before[w] + static_cast<std::size_t>(std::popcount(row.bits[w] & below));
    std::move_backward(numbers.begin() + static_cast<std::ptrdiff_t>(at),
                       numbers.begin() + static_cast<std::ptrdiff_t>(end),
                       numbers.begin() + static_cast<std::ptrdiff_t>(end + i + 1));
    numbers[at + i] = 0.0;
    end = at;
  }
  for (const std::uint32_t to : seen) row.bits[to / 64] |= std::uint64_t{1} << (to % 64);
  std::uint32_t before = 0;
  for (std::size_t w = 0; w < row.bits.size(); ++w) {
    row.before[w] = before;
    before += static_cast<std::uint32_t>(std::popcount(row.bits[w]));
  }
}

std::size_t ViewBoard::bytes() const {
  const auto of = [](const auto& v) { return v.capacity() * sizeof(v[0]); };
  std::size_t n = of(row_of_) + of(viewers_) + of(rows_);
  for (const Row& row : rows_) n += of(row.bits) + of(row.before) + of(row.numbers);
  return n;
}

}  // namespace casus
