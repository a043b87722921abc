#include "casus/core/addresses.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "casus/core/contracts.h"
#include "casus/core/ids.h"

namespace casus {
namespace {

/// "combat.cpp:120 (ambush)": the file's name without folders, which differ
/// between machines.
std::string text_of(SourcePlace place) {
  const std::string_view path = place.file;
  const std::size_t slash = path.rfind('/');
  return fmt::format("{}:{} ({})", path.substr(slash == std::string_view::npos ? 0 : slash + 1),
                     place.line, place.function);
}

bool same(const SourcePlace& a, const SourcePlace& b) {
  return a.line == b.line && std::string_view(a.function) == b.function &&
         std::string_view(a.file) == b.file;
}

}  // namespace

std::size_t AddressBook::slot(const Address& address) const {
  std::uint64_t h = 0;
  for (const std::uint32_t word : address) h = mix(h, word);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = h & mask;
  while (slots_[at] != 0 && entries_[slots_[at] - 1].address != address) at = (at + 1) & mask;
  return at;
}

void AddressBook::note(const Address& address, bool again, SourcePlace place) {
  const std::lock_guard lock(mutex_);
  if (2 * (entries_.size() + 1) > slots_.size()) {
    slots_.assign(std::max<std::size_t>(4096, 2 * slots_.size()), 0);
    entries_.reserve(slots_.size() / 2);
    for (std::uint32_t i = 0; i < entries_.size(); ++i) slots_[slot(entries_[i].address)] = i + 1;
  }
  const std::size_t at = slot(address);
  if (slots_[at] == 0) {
    entries_.push_back({address, place, again});
    slots_[at] = static_cast<std::uint32_t>(entries_.size());
    return;
  }
  const Entry& first = entries_[slots_[at] - 1];
  if (same(first.place, place)) {
    CASUS_EXPECTS(again && first.again,
                  fmt::format("{} makes the same stream twice in a step", text_of(place)));
    return;
  }
  // Which of the two came first may hang on threads; the message must not.
  std::string one = text_of(first.place);
  std::string other = text_of(place);
  if (other < one) std::swap(one, other);
  CASUS_EXPECTS(false, fmt::format("two decisions share their draws: {} and {}", one, other));
}

void AddressBook::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
  std::fill(slots_.begin(), slots_.end(), 0);
}

std::size_t AddressBook::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace casus
