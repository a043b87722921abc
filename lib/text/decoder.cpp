#include "text/decoder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace casus::text {

std::string did_you_mean(const std::string& name) {
  return name.empty() ? std::string() : fmt::format("did you mean '{}'?", name);
}

std::string EntryKinds::list(unsigned kinds, std::string_view joint) const {
  std::vector<std::string_view> listed;
  for (std::size_t k = 0; k < words.size(); ++k) {
    if ((kinds >> k & 1U) != 0) listed.push_back(words[k]);
  }
  return fmt::format("{}", fmt::join(listed, joint));
}

namespace {

/// The slot of a name, or the free one where it belongs.
std::size_t slot_of(const NameTable& table, std::string_view name) {
  const std::size_t mask = table.slots.size() - 1;
  std::size_t i = name_hash(name) & mask;
  while (table.slots[i] != 0 && table.names[table.slots[i] - 1] != name) i = (i + 1) & mask;
  return i;
}

}  // namespace

void NameTable::add(const std::string& name, const Position& where) {
  if (row(name)) return;
  names.push_back(name);
  at.push_back(where);
  if (2 * names.size() > slots.size()) {
    slots.assign(std::max<std::size_t>(16, 2 * slots.size()), 0);
    for (std::uint32_t r = 0; r < names.size(); ++r) slots[slot_of(*this, names[r])] = r + 1;
  } else {
    slots[slot_of(*this, name)] = static_cast<std::uint32_t>(names.size());
  }
}

std::optional<std::size_t> NameTable::row(std::string_view name) const {
  const std::uint32_t found = slots.empty() ? 0 : slots[slot_of(*this, name)];
  return found == 0 ? std::nullopt : std::optional<std::size_t>(found - 1);
}

std::vector<const Node*> Decoder::items(const Node& node) {
  std::vector<const Node*> all;
  if (!node.is_list()) {
    all.push_back(&node);
  } else {
    for (const Node& item : node.items) all.push_back(&item);
  }
  return all;
}

bool Decoder::fail(std::string_view code, const Position& at, const std::string& path,
                   std::string message, std::string suggestion) {
  failed.insert(path);
  problems.add(code, at, path, std::move(message), std::move(suggestion));
  return false;
}

bool Decoder::expect(const Node& node, Node::Kind kind, const std::string& path) {
  if (node.kind == kind) return true;
  Node wanted;
  wanted.kind = kind;
  return fail("E0201", node.at, path,
              fmt::format("expected {}, found {}", kind_name(wanted), kind_name(node)));
}

std::string Decoder::unknown_key(const Entry& entry, const std::string& path,
                                 const std::vector<std::string>& names) {
  // "2,000,000" between brackets is a 2 and two keys.
  const bool digits = entry.key.size() == 3 && entry.value.is_null() && entry.value.text.empty() &&
                      entry.key.find_first_not_of("0123456789") == std::string::npos;
  if (digits) {
    fail("E0203", entry.key_at, path, fmt::format("'{}' is no key", entry.key),
         "a number is written without commas, as in 2000000");
    return {};
  }
  if (follows.contains(entry.key)) {
    fail("E0203", entry.key_at, path, fmt::format("'{}' is read only", entry.key),
         "it follows from the rest; 'casus paths' shows it");
    return {};
  }
  // Nobody reads what is meant by a key that is not shown, and looking for it takes long.
  std::string near = problems.full() ? std::string() : nearest(entry.key, names);
  fail("E0203", entry.key_at, path, fmt::format("unknown key '{}'", entry.key),
       near.empty() ? std::string(unknown_hint) : did_you_mean(near));
  return near;
}

void Decoder::misplaced_key(const Entry& entry, const std::string& path, unsigned kinds_with_it) {
  Diagnostic& d = problems.add(
      "E0203", entry.key_at, path,
      fmt::format("key '{}' does not belong to this kind of {}", entry.key, entry_kinds.noun));
  problems.note(
      d, entry.key_at,
      fmt::format("'{}' is a key of kind {}", entry.key, entry_kinds.list(kinds_with_it, " and ")));
}

void Decoder::missing_key(const Position& at, const std::string& path, const FieldInfo& field) {
  fail("E0202", at, path, fmt::format("key '{}' is missing", field.name),
       field.example.empty() ? std::string()
                             : fmt::format("for example {}: {}", field.name, field.example));
}

bool Decoder::check_name(const std::string& name, const Position& at, const std::string& path) {
  if (is_name(name)) return true;
  return fail("E0201", at, path, fmt::format("'{}' is not a name", name),
              "use lower-case letters, digits and underscores, a letter first");
}

std::string Decoder::nearest_with_place(std::initializer_list<const NameTable*> tables,
                                        const std::string& name) const {
  std::vector<std::string> names;
  for (const NameTable* table : tables) {
    names.insert(names.end(), table->names.begin(), table->names.end());
  }
  const std::string near = nearest(name, names);
  for (const NameTable* table : tables) {
    const auto row = table->row(near);
    if (!row) continue;
    const Position& where = table->at[*row];
    if (where.line == 0) break;
    return fmt::format("did you mean '{}' ({})?", near, problems.sources().place(where));
  }
  return did_you_mean(near);
}

bool Decoder::unknown_name(std::initializer_list<const NameTable*> tables, const Node& node,
                           const std::string& path) {
  if (!all_read) return false;
  if (problems.full()) return fail((*tables.begin())->code, node.at, path, "unknown name");
  std::string what;
  for (const NameTable* table : tables) {
    if (!what.empty()) what += " or ";
    what += table->what;
  }
  return fail((*tables.begin())->code, node.at, path, fmt::format("no {} '{}'", what, node.text),
              nearest_with_place(tables, node.text));
}

bool Decoder::read(const Node& node, const FieldInfo& f, const std::string& path,
                   std::string& out) {
  if (!node.is_scalar() && !(node.is_null() && !node.text.empty())) {
    return fail("E0201", node.at, path, fmt::format("expected a text, found {}", kind_name(node)));
  }
  if (f.type == Type::source && !check_source(node.text, node, path)) return false;
  out = f.lines ? node.text : plain_line(node.text);
  return true;
}

bool Decoder::check_source(const std::string& text, const Node& node, const std::string& path) {
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    std::string part = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t colon = part.find(':');
    if (colon != std::string::npos && part.compare(colon, 3, "://") == 0) continue;
    part.resize(std::min(colon, part.size()));
    while (!part.empty() && part.front() == ' ') part.erase(0, 1);
    while (!part.empty() && part.back() == ' ') part.pop_back();
    if (!is_name(part) || sources.row(part) || !all_read) continue;
    return fail("E0305", node.at, path, fmt::format("no source '{}'", part),
                nearest_with_place({&sources}, part));
  }
  return true;
}

bool Decoder::read(const Node& node, const FieldInfo&, const std::string& path, bool& out) {
  if (node.is_scalar() && !node.quoted && (node.text == "true" || node.text == "false")) {
    out = node.text == "true";
    return true;
  }
  if (!node.is_scalar()) {
    return fail("E0201", node.at, path,
                fmt::format("expected true or false, found {}", kind_name(node)));
  }
  std::string word = node.text;
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  std::string suggestion;
  if (word == "yes" || word == "on" || word == "y" || word == "true" || word == "1") {
    suggestion = "write true";
  } else if (word == "no" || word == "off" || word == "n" || word == "false" || word == "0") {
    suggestion = "write false";
  }
  return fail("E0201", node.at, path, fmt::format("expected true or false, found '{}'", node.text),
              suggestion);
}

bool Decoder::read(const Node& node, const FieldInfo&, const std::string& path, Date& out) {
  if (!node.is_scalar()) {
    return fail("E0207", node.at, path, fmt::format("expected a date, found {}", kind_name(node)));
  }
  const auto date = parse_date(node.text);
  if (!date) {
    return fail("E0207", node.at, path, fmt::format("'{}' is not a date", node.text),
                "write year-month-day, as in 2023-09-16");
  }
  out = *date;
  return true;
}

std::optional<std::size_t> Decoder::read_word(const Node& node, const FieldInfo& f,
                                              const std::string& path) {
  if (!node.is_scalar()) {
    fail("E0208", node.at, path,
         fmt::format("expected one of {}; found {}", fmt::join(f.words, ", "), kind_name(node)));
    return std::nullopt;
  }
  const auto found = std::find(f.words.begin(), f.words.end(), node.text);
  if (found != f.words.end()) return static_cast<std::size_t>(found - f.words.begin());
  const std::vector<std::string> words(f.words.begin(), f.words.end());
  fail("E0208", node.at, path,
       fmt::format("'{}' is not one of {}", node.text, fmt::join(words, ", ")),
       did_you_mean(nearest(node.text, words)));
  return std::nullopt;
}

std::optional<std::size_t> Decoder::look_up(const NameTable& table, const Node& node,
                                            const std::string& path) {
  if (!node.is_scalar()) {
    fail("E0201", node.at, path,
         fmt::format("expected the name of {} {}, found {}", table.what == "actor" ? "an" : "a",
                     table.what, kind_name(node)));
    return std::nullopt;
  }
  const auto row = table.row(node.text);
  if (!row) unknown_name({&table}, node, path);
  return row;
}

bool Decoder::read(const Node& node, const FieldInfo& f, const std::string& path,
                   std::vector<std::string>& out) {
  std::vector<std::string> values;
  bool good = true;
  for (const Node* item : items(node)) {
    if (!f.words.empty()) {
      good = read_word(*item, f, path).has_value() && good;
    } else if (!item->is_scalar()) {
      good =
          fail("E0201", item->at, path, fmt::format("expected a name, found {}", kind_name(*item)));
    } else {
      good = check_name(item->text, item->at, path) && good;
    }
    values.push_back(item->text);
  }
  if (good) out = std::move(values);
  return good;
}

}  // namespace casus::text
