#include "scenario/files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "scenario/order.h"
#include "text/read_file.h"

namespace casus::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view scenario_format = "scenario/1", treaty_format = "treaty/1";

/// Files of ours that are no scenarios, and what to do with them instead.
struct OtherFormat {
  std::string_view begins, what, instead;
};
constexpr OtherFormat other_formats[] = {
    {"casebook/", "a file of cases", "have it decided: casus law"},
    {"experiment/", "an experiment", "compare its worlds: casus compare"},
    {"calibration/", "a calibration", "have its values found: casus calibrate"}};

bool is_treaty_text(const Node& root) {
  const Entry* format = root.find("casus");
  return format != nullptr && format->value.text == treaty_format;
}

/// The files of a folder, by name, as an include would call them.
void names_in(const fs::path& folder, const fs::path& as, std::vector<std::string>& names) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") {
      names.push_back((as / entry.path().filename()).lexically_normal().string());
    }
  }
}

class Reader {
 public:
  Reader(Sources& sources, Problems& problems, FileFormat format)
      : sources_(sources), problems_(problems), format_(format) {}

  /// `asked_at` is where the file was asked for; nothing for the first.
  void read(const std::string& name, const std::string* text,
            const std::optional<Position>& asked_at) {
    const std::string identity = identify(name);
    if (in_cycle(name, identity, asked_at)) return;
    if (!done_.insert(identity).second) return;  // two files may share a third
    if (chain_.size() >= max_include_depth) {
      complain("E0103", name, asked_at,
               fmt::format("files include each other deeper than {} levels", max_include_depth));
      return;
    }
    std::string contents;
    if (text != nullptr) {
      if (text->size() > left()) return too_large(name, asked_at, text->size());
      contents = *text;
    } else if (!load(name, asked_at, contents)) {
      return;
    }
    total_ += contents.size();
    const std::uint32_t file = sources_.add(name, std::move(contents));
    merged_.inputs.push_back(file);
    Tree tree = parse_tree(sources_, file, problems_);
    chain_.push_back({identity, name, asked_at});
    take(std::move(tree), name, file);
    chain_.pop_back();
  }

  void follow(const Entry& include, const std::string& name) {
    if (include.value.is_map() || include.value.is_null()) {
      problems_.add("E0201", include.value.at, "include",
                    fmt::format("expected a list of files, found {}", kind_name(include.value)));
      return;
    }
    std::vector<const Node*> items;
    if (include.value.is_list()) {
      for (const Node& item : include.value.items) items.push_back(&item);
    } else {
      items.push_back(&include.value);
    }
    for (const Node* item : items) {
      if (!item->is_scalar() || item->text.empty()) {
        problems_.add("E0201", item->at, "include",
                      fmt::format("expected the name of a file, found {}", kind_name(*item)));
      } else if (name.empty()) {
        complain("E0100", name, item->at, "a text that is no file can include nothing");
      } else if (const auto found = locate(*item, fs::path(name).parent_path())) {
        read(*found, nullptr, item->at);
      }
    }
  }

  Merged take_merged() {
    merged_.root.kind = Node::Kind::map;
    return std::move(merged_);
  }

 private:
  struct Link {
    std::string identity, name;
    std::optional<Position> asked_at;
  };

  /// Beside the including file, or else among what comes with Casus; nothing after a complaint.
  std::optional<std::string> locate(const Node& item, const fs::path& folder) {
    std::error_code error;
    const fs::path beside = (folder / item.text).lexically_normal();
    if (sources_.library().empty() || fs::path(item.text).is_absolute() ||
        fs::exists(beside, error)) {
      return beside.string();
    }
    const fs::path shipped = (fs::path(sources_.library()) / item.text).lexically_normal();
    if (fs::exists(shipped, error)) return shipped.string();
    const fs::path as = fs::path(item.text).parent_path();
    std::vector<std::string> names;
    names_in(beside.parent_path(), as, names);
    names_in(shipped.parent_path(), as, names);
    std::sort(names.begin(), names.end());
    const std::string near = nearest(item.text, names);
    complain("E0100", item.text, item.at,
             fmt::format("cannot read '{}': there is neither '{}' nor '{}'", item.text,
                         beside.string(), shipped.string()),
             near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    return std::nullopt;
  }

  static std::string identify(const std::string& name) {
    std::error_code error;
    const fs::path path = fs::weakly_canonical(name, error);
    return error || name.empty() ? name : path.string();
  }

  /// A problem of a whole file: shown where it was asked for, or at the file itself.
  void complain(std::string_view code, const std::string& name,
                const std::optional<Position>& asked_at, std::string message,
                std::string suggestion = {}) {
    merged_.complete = false;
    const Position at = asked_at ? *asked_at : Position{sources_.add(name, ""), 0, 0, 1};
    problems_.add(code, at, asked_at ? "include" : "", std::move(message), std::move(suggestion));
  }

  std::uintmax_t left() const { return sources_.max_bytes() - total_; }

  void too_large(const std::string& name, const std::optional<Position>& asked_at,
                 std::uintmax_t bytes) {
    const std::string more = total_ > 0 ? fmt::format(" after {} of other files", total_) : "";
    complain("E0104", name, asked_at,
             fmt::format("'{}' is too large: {} bytes{}, at most {} are read", name, bytes, more,
                         sources_.max_bytes()),
             sources_.how_to_raise());
  }

  bool in_cycle(const std::string& name, const std::string& identity,
                const std::optional<Position>& asked_at) {
    const auto first = std::find_if(chain_.begin(), chain_.end(),
                                    [&](const Link& link) { return link.identity == identity; });
    if (first == chain_.end()) return false;
    std::vector<std::string> names;
    for (auto link = first; link != chain_.end(); ++link) names.push_back(link->name);
    names.push_back(name);
    Diagnostic& d =
        problems_.add("E0105", *asked_at, "include",
                      fmt::format("'{}' includes itself: {}", name, fmt::join(names, " -> ")));
    for (auto link = std::next(first); link != chain_.end(); ++link) {
      problems_.note(d, *link->asked_at, fmt::format("'{}' is included here", link->name));
    }
    return true;
  }

  bool load(const std::string& name, const std::optional<Position>& asked_at,
            std::string& contents) {
    FileText file = read_file(name, left());
    if (file.text) {
      contents = std::move(*file.text);
      return true;
    }
    if (file.bytes > 0) {
      too_large(name, asked_at, file.bytes);
    } else {
      complain("E0100", name, asked_at, fmt::format("cannot read '{}': {}", name, file.refusal));
    }
    return false;
  }

  /// Includes first, so that a file stands over what it includes.
  void take(Tree tree, const std::string& name, std::uint32_t file) {
    Node& root = tree.root;
    if (!tree.complete) merged_.complete = false;
    if (tree.complete && !root.is_map()) {
      merged_.complete = false;
      problems_.add("E0201", root.at.line > 0 ? root.at : Position{file, 1, 1, 1}, "",
                    fmt::format("expected a mapping of sections, found {}", kind_name(root)));
    }
    if (const Entry* include = root.find("include")) follow(*include, name);
    if (!tree.complete || !root.is_map()) return;
    check_format(root, file);
    if (is_treaty_text(root)) take_treaty(root, file);
    if (Entry* edits = root.find("edits")) take_edits(edits->value);
    erase_if(root.entries, [](const Entry& e) {
      return e.key == "include" || e.key == "edits" || e.key == "casus";
    });
    Entry* map = root.find("map");
    if (map != nullptr && !read_map(map->value, name)) {
      erase_if(root.entries, [](const Entry& e) { return e.key == "map"; });
    }
    merge_sections(std::move(root));
  }

  /// The file of a map stands where it is named, as if it had been written there.
  bool read_map(Node& map, const std::string& name) {
    if (!map.is_scalar() || map.text.empty()) return true;
    if (name.empty()) {
      complain("E0100", name, map.at, "a text that is no file has no map");
      return false;
    }
    const auto found = locate(map, fs::path(name).parent_path());
    std::string contents;
    if (!found || !load(*found, map.at, contents)) return false;
    total_ += contents.size();
    const std::uint32_t file = sources_.add(*found, std::move(contents));
    merged_.inputs.push_back(file);
    Tree tree = parse_tree(sources_, file, problems_);
    if (!tree.complete) merged_.complete = false;
    map = std::move(tree.root);
    return tree.complete;
  }

  void check_format(const Node& root, std::uint32_t file) {
    const Entry* format = root.find("casus");
    const std::string_view wanted = format_ == FileFormat::treaty ? treaty_format : scenario_format;
    for (const OtherFormat& other : other_formats) {
      if (format == nullptr || !format->value.text.starts_with(other.begins)) continue;
      problems_.add("E0208", format->value.at, "casus",
                    fmt::format("this is {}, and no scenario", other.what),
                    fmt::format("{} {}", other.instead, chain_.back().name));
      problems_.throw_if_any();  // nothing else in it is as a scenario would have it
    }
    if (format == nullptr) {
      problems_.add("E0202", {file, 1, 1, 1}, "casus", "key 'casus' is missing",
                    fmt::format("begin the file with casus: {}", wanted));
    } else if (format->value.text == treaty_format && wanted != treaty_format &&
               chain_.size() < 2) {
      merged_.complete = false;  // what else is missing for a scenario is not the point
      problems_.add("E0208", format->value.at, "casus",
                    "this is a treaty, and no scenario by itself",
                    fmt::format("include it in one: include: {}",
                                fs::path(chain_.back().name).filename().string()));
    } else if (format->value.text != wanted && format->value.text != treaty_format) {
      problems_.add("E0208", format->value.at, "casus",
                    fmt::format("'{}' is not a format this version reads{}", format->value.text,
                                wanted == treaty_format ? " of treaties" : ""),
                    fmt::format("write {}", wanted));
    }
  }

  /// Its title is its own and not the scenario's; whom it names is for the scenario to have or not.
  void take_treaty(Node& root, std::uint32_t file) {
    Treaties& treaties = merged_.treaties;
    treaties.files.insert(file);
    const auto text = [&](std::string_view key) {
      const Entry* e = root.find(key);
      return e == nullptr ? std::string() : e->value.text;
    };
    treaties.title = text("title");
    treaties.description = text("description");
    const auto keys = treaty_keys();
    const std::vector<std::string> known(keys.begin(), keys.end());
    for (const Entry& e : root.entries) {
      if (std::find(known.begin(), known.end(), e.key) != known.end()) continue;
      const std::string near = nearest(e.key, known);
      problems_.add("E0203", e.key_at, e.key, fmt::format("a treaty has no key '{}'", e.key),
                    near.empty() ? fmt::format("it may have {}", fmt::join(known, ", "))
                                 : fmt::format("did you mean '{}'?", near));
    }
    if (const Entry* others = root.find("others")) {
      if (!others->value.is_list()) {
        problems_.add("E0201", others->value.at, "others",
                      fmt::format("expected a list of names, found {}", kind_name(others->value)));
      }
      for (const Node& item : others->value.items) treaties.others.insert(item.text);
    }
    erase_if(root.entries, [&](const Entry& e) {
      return e.key == "title" || e.key == "description" || e.key == "others" ||
             std::find(known.begin(), known.end(), e.key) == known.end();
    });
  }

  void take_edits(Node& edits) {
    if (!edits.is_list()) {
      problems_.add("E0201", edits.at, "edits",
                    fmt::format("expected a list of edits, found {}", kind_name(edits)));
      return;
    }
    for (Node& edit : edits.items) merged_.edits.push_back(std::move(edit));
  }

  void merge_sections(Node from) {
    Node& into = merged_.root;
    for (Entry& entry : from.entries) {
      Entry* there = into.find(entry.key);
      if (there == nullptr) {
        into.entries.push_back(std::move(entry));
      } else if (entry.key == "title" || entry.key == "description") {
        *there = std::move(entry);  // a policy has a name of its own
      } else if (there->value.is_list() && entry.value.is_list()) {
        for (Node& item : entry.value.items) there->value.items.push_back(std::move(item));
      } else {
        const std::string path = entry.key;
        merge(*there, std::move(entry), path);
      }
    }
  }

  void merge(Entry& into, Entry&& from, const std::string& path) {
    if (!into.value.is_map() || !from.value.is_map()) {
      // Two files may have the same publication under the same name.
      const bool source = path.starts_with("sources.") && into.value.is_scalar();
      if (source && from.value.is_scalar() && into.value.text == from.value.text) return;
      Diagnostic& d =
          problems_.add("E0109", from.key_at, path, fmt::format("'{}' is given in two files", path),
                        "remove one of them, or use an edit");
      problems_.note(d, into.key_at, "first given here");
      return;
    }
    // A look-up table, because both may have as many entries as there are actors.
    std::map<std::string, std::size_t, std::less<>> rows;
    for (std::size_t i = 0; i < into.value.entries.size(); ++i) {
      rows.emplace(into.value.entries[i].key, i);
    }
    for (Entry& entry : from.value.entries) {
      const auto there = rows.find(entry.key);
      if (there == rows.end()) {
        into.value.entries.push_back(std::move(entry));
      } else {
        const std::string deeper = path + "." + entry.key;
        merge(into.value.entries[there->second], std::move(entry), deeper);
      }
    }
  }

  Sources& sources_;
  Problems& problems_;
  const FileFormat format_;
  Merged merged_;
  std::vector<Link> chain_;
  std::set<std::string> done_;
  std::uintmax_t total_ = 0;
};

}  // namespace

Merged read_files(const std::string& name, const std::string* text, Sources& sources,
                  Problems& problems, FileFormat format) {
  Reader reader(sources, problems, format);
  reader.read(name, text, std::nullopt);
  return reader.take_merged();
}

IncludedTreaties read_included_treaties(const Entry& include, const std::string& name,
                                        Sources& sources, Problems& problems) {
  Reader reader(sources, problems, FileFormat::treaty);
  reader.follow(include, name);
  Merged merged = reader.take_merged();
  order_by_name(merged.root);
  return {std::move(merged.root), std::move(merged.treaties), merged.complete};
}

}  // namespace casus::scenario
