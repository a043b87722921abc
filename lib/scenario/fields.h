#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  return Field<Owner>{
      info, [](Decoder& decoder, const Node& node, const FieldInfo& f, const std::string& path,
               Owner& out) { return decoder.read(node, f, path, out.*Member); }};
}

inline std::string join_path(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

/// Reads a mapping by its table: unknown keys, missing ones, defaults. `where` is what a missing
/// key is complained about at. `kind` chooses among fields that only some kinds of entry have.
template <class S>
bool read_fields(Decoder& decoder, const Node& node, const Position& where, const std::string& path,
                 std::span<const Field<S>> fields, S& out, unsigned kind = ~0U) {
  if (!decoder.expect(node, Node::Kind::map, path)) return false;
  bool good = true;
  std::vector<std::string> misspelt;  // a key that is there in a wrong spelling is not missing
  for (const Entry& entry : node.entries) {
    const auto known = [&](const Field<S>& f) { return f.info.name == entry.key; };
    if (std::any_of(fields.begin(), fields.end(), known)) continue;
    std::vector<std::string> names;
    for (const Field<S>& f : fields) {
      if ((f.info.kinds & kind) != 0) names.emplace_back(f.info.name);
    }
    misspelt.push_back(decoder.unknown_key(entry, join_path(path, entry.key), names));
    good = false;
  }
  // In the table's order, so that a row may look at what the rows above it have read.
  for (const Field<S>& f : fields) {
    const std::string at = join_path(path, f.info.name);
    const Entry* entry = node.find(f.info.name);
    const bool belongs = (f.info.kinds & kind) != 0;
    if (entry != nullptr && !belongs) {
      decoder.misplaced_key(*entry, at, f.info.kinds);
      good = false;
    } else if (entry != nullptr && entry->value.is_null() && entry->value.text.empty()) {
      good = decoder.fail("E0201", entry->key_at, at, "no value is given for '" + entry->key + "'");
    } else if (entry != nullptr) {
      good = f.read(decoder, entry->value, f.info, at, out) && good;
    } else if (f.info.required && belongs) {
      if (std::find(misspelt.begin(), misspelt.end(), f.info.name) == misspelt.end()) {
        decoder.missing_key(where, at, f.info);
      }
      good = false;
    } else if (!f.info.fallback.empty() && !f.info.implicit && belongs) {
      good = f.read(decoder, scalar_node(f.info.fallback, where), f.info, at, out) && good;
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
