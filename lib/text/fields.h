#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "text/decoder.h"
#include "text/encoder.h"
#include "text/field_info.h"

namespace casus::text {

/// A row of a section's table, bound to the member it fills. `D` is the decoder that can read it:
/// it knows the names that such values may be.
template <class S, class D>
struct Field {
  FieldInfo info;
  bool (*read)(D&, const Node&, const FieldInfo&, const std::string& path, S& out);
  /// What a file would say of it; a null node: nothing. None for tables that are only read.
  Node (*write)(const Encoder&, const FieldInfo&, const S& in) = nullptr;
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
template <auto Member, class D>
constexpr auto field(FieldInfo info) {
  using Owner = typename detail::MemberOf<decltype(Member)>::Owner;
  using Value = typename detail::MemberOf<decltype(Member)>::Value;
  if (info.type == Type::automatic) info.type = type_of<Value>();
  Field<Owner, D> row{info,
                      [](D& decoder, const Node& node, const FieldInfo& f, const std::string& path,
                         Owner& out) { return decoder.read(node, f, path, out.*Member); }};
  if constexpr (requires(const Encoder& e, const Owner& in) { e.write(info, in.*Member); }) {
    row.write = [](const Encoder& e, const FieldInfo& f, const Owner& in) {
      return e.write(f, in.*Member);
    };
  }
  return row;
}

inline std::string join_path(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

/// Reads a mapping by its table: unknown keys, missing ones, defaults. `where` is what a missing
/// key is complained about at. `kind` chooses among fields that only some kinds of entry have.
template <class S, class D>
bool read_fields(std::type_identity_t<D>& decoder, const Node& node, const Position& where,
                 const std::string& path, std::span<const Field<S, D>> fields, S& out,
                 unsigned kind = ~0U) {
  if (!decoder.expect(node, Node::Kind::map, path)) return false;
  bool good = true;
  // The field of a key. Most mappings keep to the order of their table, so the search goes on where
  // the last one ended.
  std::size_t next = 0;
  const auto field_of = [&](const Entry& entry) {
    for (std::size_t n = fields.size(); n > 0; --n, ++next) {
      if (next == fields.size()) next = 0;
      if (fields[next].info.name == entry.key) return true;
    }
    return false;
  };
  std::vector<std::string> misspelt;  // a key that is there in a wrong spelling is not missing
  for (const Entry& entry : node.entries) {
    if (field_of(entry)) continue;
    std::vector<std::string> names;
    for (const Field<S, D>& f : fields) {
      if ((f.info.kinds & kind) != 0) names.emplace_back(f.info.name);
    }
    misspelt.push_back(decoder.unknown_key(entry, join_path(path, entry.key), names));
    good = false;
  }
  std::string at;  // the path of a field; one text for all of them
  // In the table's order, so that a row may look at what the rows above it have read.
  for (const Field<S, D>& f : fields) {
    const Entry* entry = node.find(f.info.name);
    const bool belongs = (f.info.kinds & kind) != 0;
    const bool usual = !f.info.fallback.empty() && !f.info.implicit;
    if (entry == nullptr && (!belongs || (!f.info.required && !usual))) continue;
    at = path;
    if (!at.empty()) at += '.';
    at += f.info.name;
    if (entry != nullptr && !belongs) {
      decoder.misplaced_key(*entry, at, f.info.kinds);
      good = false;
    } else if (entry != nullptr && entry->value.is_null() && entry->value.text.empty()) {
      good = decoder.fail("E0201", entry->key_at, at, "no value is given for '" + entry->key + "'");
    } else if (entry != nullptr) {
      good = f.read(decoder, entry->value, f.info, at, out) && good;
    } else if (f.info.required) {
      if (std::find(misspelt.begin(), misspelt.end(), f.info.name) == misspelt.end()) {
        decoder.missing_key(where, at, f.info);
      }
      good = false;
    } else {
      good = f.read(decoder, scalar_node(f.info.fallback, where), f.info, at, out) && good;
    }
  }
  return good;
}

/// The rows without their readers, for what only prints them.
template <class S, class D>
std::vector<FieldInfo> infos(std::span<const Field<S, D>> fields) {
  std::vector<FieldInfo> all;
  for (const Field<S, D>& f : fields) all.push_back(f.info);
  return all;
}

}  // namespace casus::text
