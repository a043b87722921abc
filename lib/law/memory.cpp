#include "casus/law/memory.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace casus::law {
namespace {

std::uint64_t address(PactKey pact, ActorKey actor, ConflictKey conflict) {
  return mix(mix(pact.value, actor.value), conflict.value);
}
std::uint64_t address(const Remembered& e) { return address(e.pact, e.actor, e.conflict); }

}  // namespace

const Remembered* DecisionMemory::find(PactKey pact, ActorKey actor, ConflictKey conflict) const {
  if (entries_.empty()) return nullptr;
  const std::uint32_t row = rows_.find(address(pact, actor, conflict), [&](std::uint32_t i) {
    const Remembered& e = entries_[i];
    return e.pact == pact && e.actor == actor && e.conflict == conflict;
  });
  return row == RowIndex::none ? nullptr : &entries_[row];
}

void DecisionMemory::record(const Remembered& decision) {
  const std::uint32_t row = rows_.find_or_add(
      address(decision), entries_.size(), [&](std::size_t i) { return address(entries_[i]); },
      [&](std::uint32_t i) {
        const Remembered& e = entries_[i];
        return e.pact == decision.pact && e.actor == decision.actor &&
               e.conflict == decision.conflict;
      });
  if (row < entries_.size()) {
    Remembered& old = entries_[row];
    const Remembered before = old;
    old = decision;
    old.first = before.first;
    if (before.date == decision.date) {
      // Two questions of one day, for two beneficiaries: what was asked and given at most.
      old.owed = std::max(before.owed, decision.owed);
      old.given = std::max(before.given, decision.given);
      old.fighting = before.fighting || decision.fighting;
    }
    return;
  }
  entries_.push_back(decision);
  entries_.back().first = decision.date;
}

void DecisionMemory::index() {
  rows_.index(entries_.size(), [&](std::size_t i) { return address(entries_[i]); });
}

std::vector<Remembered> DecisionMemory::sorted() const {
  std::vector<Remembered> out = entries_;
  std::sort(out.begin(), out.end(), [](const Remembered& a, const Remembered& b) {
    return std::tie(a.pact, a.actor, a.conflict) < std::tie(b.pact, b.actor, b.conflict);
  });
  return out;
}

std::uint64_t DecisionMemory::hash() const {
  // A sum does not depend on the order of its terms.
  std::uint64_t sum = entries_.size();
  for (const Remembered& e : entries_) {
    std::uint64_t h = address(e);
    h = mix(h, static_cast<std::uint64_t>(e.date.time_since_epoch().count()));
    h = mix(h, static_cast<std::uint64_t>(e.first.time_since_epoch().count()));
    h = mix(h, static_cast<std::uint64_t>(e.owed) * 16 + static_cast<std::uint64_t>(e.given));
    h = mix(h, e.fighting ? 1 : 0);
    if (e.until) h = mix(h, static_cast<std::uint64_t>(e.until->time_since_epoch().count()));
    if (e.government != Claimant::unsaid) h = mix(h, 19 + static_cast<std::uint64_t>(e.government));
    if (e.withdrawn) h = mix(h, 17);
    if (e.tally > 0.0) h = mix(h, std::bit_cast<std::uint64_t>(e.tally));
    sum += mix(h, e.beneficiary.value);
  }
  return mix(sum);
}

void DecisionMemory::clear() {
  entries_.clear();
  rows_.clear();
}

}  // namespace casus::law
