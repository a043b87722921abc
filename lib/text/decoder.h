#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"
#include "casus/text/number.h"
#include "text/field_info.h"
#include "text/tree.h"

namespace casus::text {

/// The names of one section, by row, and where each is defined.
struct NameTable {
  std::string_view what;  ///< "actor"
  std::string_view code;  ///< of the complaint about an unknown one
  std::vector<std::string> names{};
  std::vector<Position> at{};
  /// Open addressing by name_hash: row + 1, 0 where a slot is free; at most half full.
  std::vector<std::uint32_t> slots{};

  void add(const std::string& name, const Position& where);
  std::optional<std::size_t> row(std::string_view name) const;
};

/// "did you mean 'mali'?"; nothing for no name.
std::string did_you_mean(const std::string& name);

/// Kinds of entry whose keys differ, for messages: "actor", and the words of FieldInfo::kinds.
struct EntryKinds {
  std::string_view noun{};
  std::span<const std::string_view> words{};
  /// "state or external": the kinds of a set.
  std::string list(unsigned kinds, std::string_view joint) const;
};

/// Reads values by the type expected. Each reader returns false after adding a problem, and then
/// leaves `out` as it was. What values may name besides sources is for a decoder derived from this
/// one to know; a Field says which decoder it needs.
class Decoder {
 public:
  explicit Decoder(Problems& found, EntryKinds kinds_of_entries = {})
      : problems(found), entry_kinds(kinds_of_entries) {}

  Problems& problems;
  EntryKinds entry_kinds;
  NameTable sources{"source", "E0305"};
  /// False after a file could not be read: then an unknown name proves nothing.
  bool all_read = true;
  /// What an unknown key may be that is near none of the known ones.
  std::string_view unknown_hint{};
  /// What runs have columns of and no file says.
  std::set<std::string, std::less<>> follows{};
  /// Paths complained about: what was not read is not compared with anything either.
  std::set<std::string, std::less<>> failed;
  /// How many rows the numbers of each name have, by the first that was read.
  std::map<std::string, std::size_t, std::less<>> row_counts;

  // Complaints.
  bool fail(std::string_view code, const Position& at, const std::string& path, std::string message,
            std::string suggestion = {});
  bool expect(const Node& node, Node::Kind kind, const std::string& path);
  /// Gives the key that was probably meant, or nothing.
  std::string unknown_key(const Entry& entry, const std::string& path,
                          const std::vector<std::string>& names);
  void misplaced_key(const Entry& entry, const std::string& path, unsigned kinds_with_it);
  void missing_key(const Position& at, const std::string& path, const FieldInfo& field);
  bool check_name(const std::string& name, const Position& at, const std::string& path);

  // Values.
  bool read(const Node& node, const FieldInfo& f, const std::string& path, std::string& out);
  bool read(const Node& node, const FieldInfo& f, const std::string& path, bool& out);
  /// A number of the field's unit and range, or a length of time in days for Type::duration.
  bool read(const Node& node, const FieldInfo& f, const std::string& path, double& out);
  bool read(const Node& node, const FieldInfo& f, const std::string& path, Number& out);
  bool read(const Node& node, const FieldInfo& f, const std::string& path, Date& out);
  /// A list of names made up by the author, or of the field's words.
  bool read(const Node& node, const FieldInfo& f, const std::string& path,
            std::vector<std::string>& out);

  template <class T>
  bool read(const Node& node, const FieldInfo& f, const std::string& path, std::optional<T>& out) {
    T value{};
    if (!read(node, f, path, value)) return false;
    out = value;
    return true;
  }
  /// One of the field's words, which are in the enumeration's order.
  template <class E, std::enable_if_t<std::is_enum_v<E>, int> = 0>
  bool read(const Node& node, const FieldInfo& f, const std::string& path, E& out) {
    const auto index = read_word(node, f, path);
    if (!index) return false;
    out = static_cast<E>(*index);
    return true;
  }
  template <class E, std::enable_if_t<std::is_enum_v<E>, int> = 0>
  bool read(const Node& node, const FieldInfo& f, const std::string& path, std::vector<E>& out) {
    std::vector<E> values;
    for (const Node* item : items(node)) {
      const auto index = read_word(*item, f, path);
      if (!index) return false;
      values.push_back(static_cast<E>(*index));
    }
    out = std::move(values);
    return true;
  }

  /// A set of the field's words.
  template <WordSet W>
  bool read(const Node& node, const FieldInfo& f, const std::string& path, W& out) {
    std::vector<typename W::value_type> values;
    if (!read(node, f, path, values)) return false;
    out = {};
    for (const auto value : values) out.insert(value);
    return true;
  }
  /// A whole number in the field's range.
  template <class I, std::enable_if_t<std::is_integral_v<I> && !std::is_same_v<I, bool>, int> = 0>
  bool read(const Node& node, const FieldInfo& f, const std::string& path, I& out) {
    double value = 0.0;
    if (!read(node, f, path, value)) return false;
    if (value != static_cast<double>(static_cast<I>(value))) {
      return fail("E0201", node.at, path, "expected a whole number, found " + node.text);
    }
    out = static_cast<I>(value);
    return true;
  }

  std::optional<std::size_t> read_word(const Node& node, const FieldInfo& f,
                                       const std::string& path);
  /// The row of a name, or nothing after a complaint.
  std::optional<std::size_t> look_up(const NameTable& table, const Node& node,
                                     const std::string& path);
  /// Complains about a name that is in none of the tables; false.
  bool unknown_name(std::initializer_list<const NameTable*> tables, const Node& node,
                    const std::string& path);

  /// The items of a list; a single value stands for a list of one.
  static std::vector<const Node*> items(const Node& node);

 private:
  std::optional<double> read_value(const Node& node, const FieldInfo& f, const std::string& path);
  bool read_prior(const Node& node, const FieldInfo& f, const std::string& path, Number& out);
  bool read_rows(const Entry& entry, const FieldInfo& f, const std::string& path, Number& out);
  bool check_range(double value, const FieldInfo& f, const Node& node, const std::string& path,
                   std::string_view prefix);
  bool check_source(const std::string& text, const Node& node, const std::string& path);
  std::string nearest_with_place(std::initializer_list<const NameTable*> tables,
                                 const std::string& name) const;
};

}  // namespace casus::text
