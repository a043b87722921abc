#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/ids.h"
#include "casus/text/number.h"
#include "text/field_info.h"
#include "text/tree.h"

namespace casus::text {

/// Writes values as a file would say them: Decoder the other way round. What says nothing (an empty
/// list, an id of nothing, what is unset) becomes a node that is null, and its key is left out.
class Encoder {
 public:
  // Names by row. A row that is not there gets a name that nobody has, for the decoder to complain
  // about.
  std::vector<std::string> regions, actors, pacts;
  std::vector<std::string> areas;      ///< by bit
  std::vector<std::string> conflicts;  ///< wars and crises

  Node write(const FieldInfo& f, const std::string& text) const;
  Node write(const FieldInfo& f, bool value) const;
  Node write(const FieldInfo& f, double value) const;
  Node write(const FieldInfo& f, const Number& value) const;
  Node write(const FieldInfo& f, Date value) const;
  Node write(const FieldInfo& f, const std::vector<std::string>& texts) const;
  Node write(const FieldInfo& f, RegionId id) const { return name(regions, id, f); }
  Node write(const FieldInfo& f, ActorId id) const { return name(actors, id, f); }
  Node write(const FieldInfo& f, PactId id) const { return name(pacts, id, f); }

  /// One of the field's words, which are in the enumeration's order.
  template <class E, std::enable_if_t<std::is_enum_v<E>, int> = 0>
  Node write(const FieldInfo& f, E value) const {
    const auto word = static_cast<std::size_t>(value);
    return word < f.words.size() ? scalar_node(std::string(f.words[word]), {}) : Node();
  }
  template <class I, std::enable_if_t<std::is_integral_v<I> && !std::is_same_v<I, bool>, int> = 0>
  Node write(const FieldInfo& f, I value) const {
    return write(f, static_cast<double>(value));
  }
  /// A set of the field's words.
  template <WordSet W>
  Node write(const FieldInfo& f, const W& set) const {
    Node list;
    for (std::size_t i = 0; i < f.words.size(); ++i) {
      const auto word = static_cast<typename W::value_type>(i);
      if (set.contains(word)) add(list, write(f, word));
    }
    return list;
  }
  template <class Tag>
  Node write(const FieldInfo& f, const std::vector<Id<Tag>>& ids) const {
    Node list;
    for (const Id<Tag> id : ids) add(list, id.valid() ? write(f, id) : scalar_node(nobody, {}));
    return list;
  }

  template <class T>
  Node write(const FieldInfo& f, const std::optional<T>& value) const {
    return value ? write(f, *value) : Node();
  }

  /// Adds an item to a list, which it makes of a null node; a null item is none.
  static void add(Node& list, Node item);
  /// The same for an entry of a mapping.
  static void add(Node& map, std::string key, Node value);
  /// The name of what was taken out, which filters may still name.
  static constexpr const char* nobody = "(nobody)";
  static constexpr const char* no_pact = "(no pact)";

 private:
  template <class Tag>
  static Node name(const std::vector<std::string>& names, Id<Tag> id, const FieldInfo&) {
    if (!id.valid()) return {};
    if (id.row() < names.size()) return scalar_node(names[id.row()], {});
    return scalar_node("(row " + std::to_string(id.row()) + ")", {});
  }
};

}  // namespace casus::text
