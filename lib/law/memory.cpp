#include "casus/law/memory.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace casus::law {
namespace {

std::uint64_t address(PactKey pact, ActorKey actor, ConflictKey conflict) {
  return mix(mix(pact.value, actor.value), conflict.value);
}

}  // namespace

std::size_t DecisionMemory::slot(PactKey pact, ActorKey actor, ConflictKey conflict) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = address(pact, actor, conflict) & mask;
  while (table_[at] != 0) {
    const Remembered& e = entries_[table_[at] - 1];
    if (e.pact == pact && e.actor == actor && e.conflict == conflict) break;
    at = (at + 1) & mask;
  }
  return at;
}

const Remembered* DecisionMemory::find(PactKey pact, ActorKey actor, ConflictKey conflict) const {
  if (table_.empty()) return nullptr;
  const std::uint32_t i = table_[slot(pact, actor, conflict)];
  return i == 0 ? nullptr : &entries_[i - 1];
}

void DecisionMemory::grow() {
  // At least as large as what it has to hold: memory that was read comes all at once.
  std::size_t size = std::max<std::size_t>(64, 2 * table_.size());
  while (size < 2 * (entries_.size() + 1)) size *= 2;
  table_.assign(size, 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Remembered& e = entries_[i];
    table_[slot(e.pact, e.actor, e.conflict)] = static_cast<std::uint32_t>(i + 1);
  }
}

void DecisionMemory::record(const Remembered& decision) {
  if (2 * (entries_.size() + 1) > table_.size()) grow();
  std::uint32_t& at = table_[slot(decision.pact, decision.actor, decision.conflict)];
  if (at != 0) {
    Remembered& old = entries_[at - 1];
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
  at = static_cast<std::uint32_t>(entries_.size());
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
    std::uint64_t h = address(e.pact, e.actor, e.conflict);
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
  table_.clear();
}

}  // namespace casus::law
