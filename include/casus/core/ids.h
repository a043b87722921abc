#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace casus {

/// A row in a table: an index with a type, so that an actor cannot be passed for a region.
/// A default-constructed id is "none". Rows are never removed during a run.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t row) : row_(static_cast<std::uint32_t>(row)) {}

  constexpr std::size_t row() const { return row_; }
  constexpr bool valid() const { return row_ != none; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t row_ = none;
};

using ActorId = Id<struct ActorTag>;
using RegionId = Id<struct RegionTag>;
using PactId = Id<struct PactTag>;
using WarId = Id<struct WarTag>;
using EventId = Id<struct EventTag>;
using ArticleId = Id<struct ArticleTag>;  ///< of one pact
using OrganId = Id<struct OrganTag>;      ///< of one pact

/// An identity that comes from a name instead of a row: inserting an actor moves every row and no
/// key. Random draws are addressed by keys. 64 bits; scenario loading rejects collisions.
template <class Tag>
struct NameKey {
  std::uint64_t value = 0;
  friend constexpr auto operator<=>(NameKey, NameKey) = default;
};

using ActorKey = NameKey<ActorTag>;
using RegionKey = NameKey<RegionTag>;
using PactKey = NameKey<PactTag>;

/// Finaliser of SplitMix64 (Steele, Lea & Flood 2014): a bijection that spreads every input bit.
constexpr std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// Combines two words; not symmetric, so (a, b) and (b, a) are different addresses. Always inline:
/// a decision needs four of them, and a compiler that is asked to keep a function small calls them.
[[gnu::always_inline]] constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  return mix(a + 0x9e3779b97f4a7c15ULL + mix(b + 0x632be59bd9b4e019ULL));
}

/// FNV-1a, then `mix`: the key of a name, the same on every platform.
constexpr std::uint64_t name_hash(std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : name) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ULL;
  }
  return mix(h);
}

/// The key of a name of some kind: a region and an actor of one name have different ones.
constexpr std::uint64_t name_hash(std::string_view kind, std::string_view name) {
  return mix(name_hash(kind), name_hash(name));
}

constexpr ActorKey actor_key(std::string_view name) { return {name_hash("actor", name)}; }
constexpr RegionKey region_key(std::string_view name) { return {name_hash("region", name)}; }
constexpr PactKey pact_key(std::string_view name) { return {name_hash("pact", name)}; }

/// The key of an actor born during a run: a function of its parent, the step and its ordinal among
/// the parent's births of that step, never of the row it lands in.
constexpr ActorKey born_key(ActorKey parent, std::uint64_t step, std::uint32_t ordinal) {
  return {mix(mix(parent.value, step), ordinal)};
}

}  // namespace casus
