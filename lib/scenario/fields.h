#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "casus/core/units.h"
#include "scenario/decoder.h"
#include "scenario/field_info.h"

namespace casus::scenario {

/// A row of a section's table, bound to the member it fills.
template <class S>
struct Field {
  FieldInfo info;
  bool (*read)(Decoder&, const Node&, const FieldInfo&, const std::string& path, S& out);
};

namespace detail {
template <class T>
struct MemberOf;
template <class S, class T>
struct MemberOf<T S::*> {
  using Owner = S;
  using Value = T;
};
}  // namespace detail

/// The row of a member whose type says how it is read: `field<&RegionSpec::area>({...})`.
template <auto Member>
constexpr auto field(FieldInfo info) {
  using Owner = typename detail::MemberOf<decltype(Member)>::Owner;
  using Value = typename detail::MemberOf<decltype(Member)>::Value;
  if (info.type == Type::automatic) info.type = type_of<Value>();
  return Field<Owner>{info, [](Decoder& decoder, const Node& node, const FieldInfo& f,
                               const std::string& path, Owner& out) {
                        return decoder.read(node, f, path, out.*Member);
                      }};
}

/// Reads a mapping by its table: unknown keys, missing ones, defaults. `where` is what a missing
/// key is complained about at. `kind` chooses among fields that only some kinds of entry have.
template <class S>
bool read_fields(Decoder& decoder, const Node& node, const Position& where,
                 const std::string& path, std::span<const Field<S>> fields, S& out,
                 unsigned kind = ~0U) {
  if (!decoder.expect(node, Node::Kind::map, path)) return false;
  bool good = true;
  for (const Entry& entry : node.entries) {
    const Field<S>* found = nullptr;
    for (const Field<S>& f : fields) {
      if (f.info.name == entry.key) found = &f;
    }
    const std::string at = path.empty() ? entry.key : path + "." + entry.key;
    if (found == nullptr) {
      std::vector<std::string> names;
      for (const Field<S>& f : fields) {
        if ((f.info.kinds & kind) != 0) names.emplace_back(f.info.name);
      }
      decoder.unknown_key(entry, at, names);
      good = false;
    } else if ((found->info.kinds & kind) == 0) {
      decoder.misplaced_key(entry, at, found->info.kinds);
      good = false;
    } else if (entry.value.is_null() && entry.value.text.empty()) {
      decoder.fail("E0201", entry.key_at, at, "no value is given");
      good = false;
    } else {
      good = found->read(decoder, entry.value, found->info, at, out) && good;
    }
  }
  for (const Field<S>& f : fields) {
    if ((f.info.kinds & kind) == 0 || node.find(f.info.name) != nullptr) continue;
    const std::string at = path.empty() ? std::string(f.info.name) : path + "." + std::string(f.info.name);
    if (f.info.required) {
      decoder.missing_key(where, at, f.info);
      good = false;
    } else if (!f.info.fallback.empty()) {
      good = f.read(decoder, scalar_node(std::string(f.info.fallback), where), f.info, at, out) &&
             good;
    }
  }
  return good;
}

/// The rows without their readers, for what only prints them.
template <class S>
std::vector<FieldInfo> infos(std::span<const Field<S>> fields) {
  std::vector<FieldInfo> all;
  for (const Field<S>& f : fields) all.push_back(f.info);
  return all;
}

}  // namespace casus::scenario
