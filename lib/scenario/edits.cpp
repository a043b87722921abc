#include "scenario/edits.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "scenario/remove.h"
#include "text/decoder.h"

namespace casus::scenario {
namespace {

constexpr std::array<std::string_view, 10> entry_sections{
    "regions",  "actors",     "pacts",    "wars",       "crises",
    "outcomes", "mechanisms", "presence", "resistance", "clock"};
constexpr std::array<std::string_view, 3> list_sections{"measures", "timeline", "relations"};

template <class Range>
bool contains(const Range& range, std::string_view word) {
  return std::find(std::begin(range), std::end(range), word) != std::end(range);
}

/// Where a path leads in the tree: the mapping that holds its last key.
struct Place {
  Node* parent = nullptr;
  std::string key;
  Entry* entry = nullptr;            ///< null: the key is not there
  std::size_t depth = 0;             ///< parts of the path
  std::string missing;               ///< the first part that is not there, if the parent is not
  std::vector<std::string> present;  ///< what is there instead
};

/// Follows a dotted path. A key may hold dots itself ("II.3"), so the longest that fits is taken.
Place follow(Node& root, std::string_view path) {
  Place place;
  Node* node = &root;
  while (true) {
    ++place.depth;
    Entry* found = nullptr;
    std::size_t end = path.size();
    for (;; end = path.rfind('.', end - 1)) {
      if (end == std::string_view::npos || end == 0) break;
      if ((found = node->find(path.substr(0, end))) != nullptr) break;
    }
    if (found == nullptr) {
      const std::size_t dot = path.find('.');
      if (dot != std::string_view::npos) {
        place.missing = path.substr(0, dot);
        for (const Entry& e : node->entries) place.present.push_back(e.key);
        return place;
      }
      place.parent = node;
      place.key = path;
      return place;
    }
    if (end == path.size()) {
      place.parent = node;
      place.key = path;
      place.entry = found;
      return place;
    }
    path.remove_prefix(end + 1);
    node = &found->value;
  }
}

/// "relations.mali.niger" in a list of relations.
struct RelationPath {
  std::string from, to;
};
std::optional<RelationPath> relation_path(std::string_view path) {
  constexpr std::string_view head = "relations.";
  if (!path.starts_with(head)) return std::nullopt;
  path.remove_prefix(head.size());
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos || path.find('.', dot + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  return RelationPath{std::string(path.substr(0, dot)), std::string(path.substr(dot + 1))};
}

bool has_text(const Node& node, std::string_view key, std::string_view text) {
  const Entry* e = node.find(key);
  return e != nullptr && e->value.is_scalar() && e->value.text == text;
}

/// What there is of the sections whose entries stand by themselves: names, or a number of items.
struct Inventory {
  std::array<std::vector<std::string>, 4> names;
  std::array<std::size_t, 2> items{};
};
constexpr std::array<std::string_view, 4> counted_entries{"regions", "pacts", "wars", "crises"};
constexpr std::array<std::string_view, 2> counted_items{"measures", "timeline"};

Inventory inventory(const Node& root) {
  Inventory all;
  for (std::size_t s = 0; s < counted_entries.size(); ++s) {
    const Entry* section = root.find(counted_entries[s]);
    if (section == nullptr) continue;
    for (const Entry& e : section->value.entries) all.names[s].push_back(e.key);
    std::sort(all.names[s].begin(), all.names[s].end());
  }
  for (std::size_t s = 0; s < counted_items.size(); ++s) {
    const Entry* section = root.find(counted_items[s]);
    if (section != nullptr) all.items[s] = section->value.items.size();
  }
  return all;
}

/// "2 regions (gao, kidal) and 1 entry of the timeline"; empty if nothing is missing.
std::string missing_of(const Inventory& before, const Inventory& after) {
  static constexpr std::array<std::array<std::string_view, 2>, 4> nouns{
      {{"region", "regions"}, {"pact", "pacts"}, {"war", "wars"}, {"crisis", "crises"}}};
  static constexpr std::array<std::array<std::string_view, 2>, 2> kinds{
      {{"measure", "measures"}, {"entry of the timeline", "entries of the timeline"}}};
  std::vector<std::string> parts;
  for (std::size_t s = 0; s < nouns.size(); ++s) {
    std::vector<std::string> gone;
    std::set_difference(before.names[s].begin(), before.names[s].end(), after.names[s].begin(),
                        after.names[s].end(), std::back_inserter(gone));
    if (gone.empty()) continue;
    constexpr std::size_t shown = 5;
    const std::size_t n = gone.size();
    if (n > shown) gone.resize(shown);
    parts.push_back(fmt::format("{} {} ({}{})", n, nouns[s][n == 1 ? 0 : 1], fmt::join(gone, ", "),
                                n > shown ? ", ..." : ""));
  }
  for (std::size_t s = 0; s < kinds.size(); ++s) {
    const std::size_t n = before.items[s] - after.items[s];
    if (n > 0) parts.push_back(fmt::format("{} {}", n, kinds[s][n == 1 ? 0 : 1]));
  }
  if (parts.size() < 2) return parts.empty() ? std::string() : parts.front();
  const std::string last = parts.back();
  parts.pop_back();
  return fmt::format("{} and {}", fmt::join(parts, ", "), last);
}

class Editor {
 public:
  Editor(Node& root, Problems& problems) : root_(root), problems_(problems) {}

  void set(const std::string& path, const Position& at, Node value) {
    if (const auto relation = relation_path(path)) return set_relation(*relation, std::move(value));
    Place place = follow(root_, path);
    if (place.parent == nullptr) {
      // A mechanism that has only defaults is not in the tree, nor is a usual reading of the law.
      if ((path.starts_with("mechanisms.") && place.depth <= 2) ||
          (path.starts_with("doctrines.") && place.depth <= 1)) {
        Node& parent = require(path.substr(0, path.rfind('.')), value.at);
        parent.entries.push_back(make_entry(path.substr(path.rfind('.') + 1), std::move(value)));
        return;
      }
      return nowhere(path, at, place);
    }
    if (is_whole(path, place)) {
      problems_.add("E0503", at, path,
                    fmt::format("'{}' is a whole section and cannot be set", path),
                    "set single values in it, or remove it and add another");
      return;
    }
    if (!place.parent->is_map()) return nowhere(path, at, place);
    // Two ways to say when a run ends: the one that is set takes the place of the other.
    if (path == "clock.end" || path == "clock.days") {
      const std::string_view other = path == "clock.end" ? "days" : "end";
      erase_if(place.parent->entries, [&](const Entry& e) { return e.key == other; });
      place.entry = place.parent->find(place.key);
    }
    if (place.entry != nullptr) {
      *place.entry = make_entry(place.key, std::move(value));
    } else {
      place.parent->entries.push_back(make_entry(place.key, std::move(value)));
    }
  }

  void remove(const std::string& path, const Position& at) {
    if (const auto relation = relation_path(path)) {
      Entry* list = root_.find("relations");
      const std::size_t gone =
          list == nullptr ? 0 : erase_if(list->value.items, [&](const Node& item) {
            return has_text(item, "from", relation->from) && has_text(item, "to", relation->to);
          });
      if (gone == 0) missing(path, at, {});
      return;
    }
    const Place place = follow(root_, path);
    if (place.entry == nullptr) {
      std::vector<std::string> names = place.present;
      if (place.parent != nullptr) {
        for (const Entry& e : place.parent->entries) names.push_back(e.key);
      }
      return missing(path, at, nearest(place.parent != nullptr ? place.key : place.missing, names));
    }
    erase_if(place.parent->entries, [&](const Entry& e) { return e.key == place.key; });
    const Inventory before = inventory(root_);
    remove_references(root_, path);
    const std::string gone = missing_of(before, inventory(root_));
    if (gone.empty()) return;
    problems_.remark(Severity::warning, "W0501", at, path,
                     fmt::format("with '{}' went {}", path, gone));
  }

  void add(const std::string& path, const Position& at, Node value) {
    if (contains(list_sections, path)) {
      Node& list = require(path, value.at);
      list.kind = Node::Kind::list;
      if (value.is_list()) {
        list.items.append(std::make_move_iterator(value.items.begin()),
                          std::make_move_iterator(value.items.end()));
      } else {
        list.items.push_back(std::move(value));
      }
      return;
    }
    Place place = follow(root_, path);
    if (place.parent == nullptr && place.depth == 1 && path.find('.') != std::string::npos &&
        (contains(entry_sections, place.missing) || place.missing == "sources")) {
      require(place.missing, value.at).kind = Node::Kind::map;
      place = follow(root_, path);
    }
    if (place.parent == nullptr || !place.parent->is_map()) return nowhere(path, at, place);
    if (place.entry != nullptr) {
      Diagnostic& d = problems_.add("E0502", at, path, fmt::format("'{}' is there already", path),
                                    "change it with 'set', or remove it first");
      problems_.note(d, place.entry->key_at, "given here");
      return;
    }
    place.parent->entries.push_back(make_entry(place.key, std::move(value)));
    forget_removal(path);
  }

  /// An act for the timeline, with the day or condition it needs beside the act's own keys.
  void emit(const Position& at, Node value) {
    if (!value.is_map()) {
      problems_.add("E0201", value.at.line > 0 ? value.at : at, "emit",
                    fmt::format("expected a mapping, found {}", kind_name(value)));
      return;
    }
    Node item;
    item.kind = Node::Kind::map;
    item.at = value.at;
    for (const std::string_view key : {"at", "when", "once", "title", "source"}) {
      if (Entry* e = value.find(key)) item.entries.push_back(*e);
      erase_if(value.entries, [&](const Entry& e) { return e.key == key; });
    }
    item.entries.push_back(make_entry("emit", std::move(value)));
    Node& list = require("timeline", item.at);
    list.kind = Node::Kind::list;
    list.items.push_back(std::move(item));
  }

 private:
  /// The mapping at a path of one or two parts, made if it is not there.
  Node& require(std::string_view path, const Position& at) {
    Node* node = &root_;
    while (!path.empty()) {
      const std::size_t dot = std::min(path.find('.'), path.size());
      const std::string_view key = path.substr(0, dot);
      path.remove_prefix(std::min(dot + 1, path.size()));
      Entry* entry = node->find(key);
      if (entry == nullptr) {
        Node made;
        made.kind = Node::Kind::map;
        made.at = at;
        node->entries.push_back(make_entry(std::string(key), std::move(made)));
        entry = &node->entries.back();
      }
      node = &entry->value;
    }
    return *node;
  }

  bool is_whole(std::string_view path, const Place& place) const {
    const std::string_view section = path.substr(0, path.find('.'));
    if (contains(list_sections, section)) return true;
    if (place.depth == 1) return section != "title" && section != "description";
    return place.depth == 2 && contains(entry_sections, section) && section != "clock";
  }

  void set_relation(const RelationPath& relation, Node value) {
    Node& list = require("relations", value.at);
    list.kind = Node::Kind::list;
    for (Node& item : list.items) {
      if (!has_text(item, "from", relation.from) || !has_text(item, "to", relation.to)) continue;
      erase_if(item.entries, [](const Entry& e) { return e.key == "affinity"; });
      item.entries.push_back(make_entry("affinity", std::move(value)));
      return;
    }
    Node item;
    item.kind = Node::Kind::map;
    item.at = value.at;
    item.entries.push_back(make_entry("from", scalar_node(relation.from, value.at)));
    item.entries.push_back(make_entry("to", scalar_node(relation.to, value.at)));
    item.entries.push_back(make_entry("affinity", std::move(value)));
    list.items.push_back(std::move(item));
  }

  void nowhere(const std::string& path, const Position& at, const Place& place) {
    const std::string near = nearest(place.missing, place.present);
    problems_.add(
        "E0307", at, path,
        place.missing.empty()
            ? fmt::format("the path '{}' leads nowhere", path)
            : fmt::format("the path '{}' leads nowhere: there is no '{}'", path, place.missing),
        did_you_mean(near));
  }

  void missing(const std::string& path, const Position& at, const std::string& near) {
    problems_.add("E0501", at, path, fmt::format("there is no '{}' to remove", path),
                  did_you_mean(near));
  }

  void forget_removal(const std::string& path) {
    Entry* removed = root_.find("removed");
    if (removed == nullptr) return;
    erase_if(removed->value.items, [&](const Node& item) { return item.text == path; });
  }

  Node& root_;
  Problems& problems_;
};

/// One edit of a policy file: {set: path, to: value}, {remove: path}, {add: path, value: ...} or
/// {emit: ...}.
void apply_edit(Editor& editor, const Node& edit, Problems& problems) {
  const auto expected = [&] {
    problems.add("E0201", edit.at, "edits", "expected an edit",
                 "{set: path, to: value}, {remove: path}, {add: path, value: ...} or {emit: ...}");
  };
  if (!edit.is_map() || edit.entries.empty()) return expected();
  const std::string& verb = edit.entries.front().key;
  const std::string_view second = verb == "set" ? "to" : verb == "add" ? "value" : "";
  for (const Entry& e : edit.entries) {
    if (e.key == verb || (!second.empty() && e.key == second)) continue;
    problems.add("E0203", e.key_at, "edits", fmt::format("unknown key '{}'", e.key));
    return;
  }
  const Entry& what = edit.entries.front();
  if (verb == "emit") return editor.emit(what.key_at, what.value);
  if (verb != "set" && verb != "add" && verb != "remove") return expected();
  if (!what.value.is_scalar()) {
    problems.add("E0201", what.value.at, "edits",
                 fmt::format("expected a path, found {}", kind_name(what.value)));
    return;
  }
  if (verb == "remove") return editor.remove(what.value.text, what.value.at);
  const Entry* value = edit.find(second);
  if (value == nullptr) {
    problems.add("E0202", what.key_at, "edits", fmt::format("key '{}' is missing", second));
    return;
  }
  if (verb == "set") return editor.set(what.value.text, what.value.at, value->value);
  editor.add(what.value.text, what.value.at, value->value);
}

}  // namespace

void apply_edits(Node& root, const std::vector<Node>& edits, Problems& problems) {
  Editor editor(root, problems);
  for (const Node& edit : edits) apply_edit(editor, edit, problems);
}

void apply_edits(Node& root, const std::vector<Edit>& edits, Sources& sources, Problems& problems) {
  static constexpr std::array<std::string_view, 4> verbs{"set", "remove", "add", "emit"};
  Editor editor(root, problems);
  for (const Edit& edit : edits) {
    const std::string_view verb = verbs[static_cast<std::size_t>(edit.kind)];
    const std::string name = edit.path.empty() ? fmt::format("edit '{}'", verb)
                                               : fmt::format("edit '{} {}'", verb, edit.path);
    const std::uint32_t file = sources.add(name, edit.yaml);
    if (!edit.where.file.empty()) sources.show_at(file, edit.where, edit.source_line);
    const Position at{file, 0, 0, 1};
    if (edit.kind == Edit::Kind::remove) {
      editor.remove(edit.path, at);
      continue;
    }
    Tree tree = parse_tree(sources, file, problems);
    if (!tree.complete) continue;
    switch (edit.kind) {
      case Edit::Kind::set:
        editor.set(edit.path, at, std::move(tree.root));
        break;
      case Edit::Kind::add:
        editor.add(edit.path, at, std::move(tree.root));
        break;
      default:
        editor.emit(at, std::move(tree.root));
        break;
    }
  }
}

std::set<std::string, std::less<>> removed_names(const Node& root) {
  std::set<std::string, std::less<>> names;
  if (const Entry* removed = root.find("removed")) {
    for (const Node& item : removed->value.items) names.insert(item.text);
  }
  return names;
}

}  // namespace casus::scenario
