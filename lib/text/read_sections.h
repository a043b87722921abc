#pragma once

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/fields.h"

namespace casus::text {

inline const Node* section_of(const Node& root, std::string_view name) {
  const Entry* e = root.find(name);
  return e == nullptr ? nullptr : &e->value;
}

/// The entry of a section by its row. Rows are in the order of entries, so it need not be looked
/// for; nullptr if there is none of this name.
inline const Entry* entry_of(const Node* section, std::size_t row, std::string_view name) {
  if (section == nullptr) return nullptr;
  const auto& entries = section->entries;
  return row < entries.size() && entries[row].key == name ? &entries[row] : section->find(name);
}

/// Reads each entry of a mapping of names by a section's table.
template <class S, class D, class Done>
void read_entries(std::type_identity_t<D>& d, const Node& root, std::string_view section,
                  std::span<const Field<S, D>> fields, std::vector<S>& out, Done&& done) {
  const Node* node = section_of(root, section);
  const std::string name(section);
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::map, name)) return;
  out.reserve(out.size() + node->entries.size());
  for (const Entry& e : node->entries) {
    const std::string path = name + "." + e.key;
    d.check_name(e.key, e.key_at, path);
    S spec;
    spec.name = e.key;
    const bool good = read_fields(d, e.value, e.key_at, path, fields, spec);
    if (spec.title.empty()) spec.title = e.key;
    done(e, spec, good);
    out.push_back(std::move(spec));
  }
}

/// Reads each item of a list by a section's table.
template <class S, class D, class Done>
void read_items(std::type_identity_t<D>& d, const Node& root, std::string_view section,
                std::span<const Field<S, D>> fields, std::vector<S>& out, Done&& done) {
  const Node* node = section_of(root, section);
  const std::string name(section);
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::list, name)) return;
  out.reserve(out.size() + node->items.size());
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const std::string path = fmt::format("{}.{}", name, i);
    S spec;
    const bool good = read_fields(d, node->items[i], node->items[i].at, path, fields, spec);
    done(node->items[i], spec, good);
    out.push_back(std::move(spec));
  }
}

/// For sections whose entries need no more than their table says.
inline constexpr auto nothing = [](const auto&, auto&, bool) {};

}  // namespace casus::text
