#include "casus/core/addresses.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "casus/core/contracts.h"

namespace casus {
namespace {

/// "combat.cpp:120 (double casus::Combat::ambush())": the file's name without folders, which differ
/// between machines.
std::string text_of(std::source_location place) {
  const std::string_view path = place.file_name();
  const std::size_t slash = path.rfind('/');
  return fmt::format("{}:{} ({})", path.substr(slash == std::string_view::npos ? 0 : slash + 1),
                     place.line(), place.function_name());
}

bool same(const std::source_location& a, const std::source_location& b) {
  return a.line() == b.line() && a.column() == b.column() &&
         std::string_view(a.file_name()) == b.file_name();
}

}  // namespace

void AddressBook::note(const Address& address, bool again, std::source_location place) {
  const std::lock_guard lock(mutex_);
  const auto [entry, added] = entries_.try_emplace(address, Entry{place, again});
  if (added) return;
  const Entry& first = entry->second;
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
}

std::size_t AddressBook::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace casus
