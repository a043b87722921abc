#include "casus/law/memory.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

namespace casus::law {
namespace {

std::uint64_t address(PactKey pact, ActorKey actor, ConflictKey conflict) {
  return mix(mix(pact.value, actor.value), conflict.value);
}
std::uint64_t address(const Remembered& e) { return address(e.pact, e.actor, e.conflict); }

auto promise(const Debt& d) {
  return std::tie(d.member, d.beneficiary, d.pact, d.article, d.conflict, d.level);
}

std::uint64_t address(const Debt& d) {
  std::uint64_t h = mix(mix(d.member.value, d.beneficiary.value), mix(d.pact.value, d.article));
  return mix(mix(h, d.conflict.value), static_cast<std::uint64_t>(d.level));
}

std::uint64_t digest(const Debt& d) {
  const auto day = [](Date date) {
    return static_cast<std::uint64_t>(date.time_since_epoch().count());
  };
  std::uint64_t h = mix(address(d), static_cast<std::uint64_t>(d.cause));
  h = mix(mix(mix(h, day(d.decided)), day(d.since)), day(d.due));
  h = d.arrives ? mix(h, day(*d.arrives)) : mix(h);
  for (const ActorKey& other : d.against) h = mix(h, other.value);
  return mix(h, (d.stayed ? 2 : 0) + (d.broken ? 1 : 0));
}

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

void DecisionMemory::owe(const Debt& debt) {
  const std::uint32_t row = debt_rows_.find_or_add(
      address(debt), debts_.size(), [&](std::size_t i) { return address(debts_[i]); },
      [&](std::uint32_t i) { return promise(debts_[i]) == promise(debt); });
  if (row == debts_.size()) debts_.push_back(debt);
}

std::vector<Debt> DecisionMemory::debts() const {
  std::vector<Debt> out = debts_;
  std::sort(out.begin(), out.end(), [](const Debt& a, const Debt& b) {
    return a.due != b.due ? a.due < b.due : promise(a) < promise(b);
  });
  return out;
}

void DecisionMemory::keep(std::vector<Debt> left) {
  debts_ = std::move(left);
  debt_rows_.index(debts_.size(), [&](std::size_t i) { return address(debts_[i]); });
}

void DecisionMemory::index() {
  rows_.index(entries_.size(), [&](std::size_t i) { return address(entries_[i]); });
  debt_rows_.index(debts_.size(), [&](std::size_t i) { return address(debts_[i]); });
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
  for (const Debt& d : debts_) sum += digest(d);
  return mix(sum);
}

void DecisionMemory::clear() {
  entries_.clear();
  rows_.clear();
  debts_.clear();
  debt_rows_.clear();
}

}  // namespace casus::law
