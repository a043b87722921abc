#include "scenario/relation_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace casus::scenario {

using namespace text;

namespace {

/// Whom an item is between or among; nullptr of one that is from one to another.
const Entry* several_of(const Node& item) {
  const Entry* several = item.find("between");
  return several != nullptr ? several : item.find("among");
}

/// Two of `between`, two or more of `among`.
bool is_right(const Entry& several) {
  const std::size_t n = several.value.items.size();
  return several.value.is_list() && n >= 2 && (several.key == "among" || n == 2);
}

bool is_of_several(const Node& item) { return several_of(item) != nullptr; }

}  // namespace

void for_each_relation(const Node& item, const std::string& path, Problems& problems,
                       const std::function<void(const Node&)>& f) {
  const Entry* several = several_of(item);
  if (several == nullptr) return f(item);
  const Children<Node>& names = several->value.items;
  if (!is_right(*several)) {
    problems.add("E0210", several->value.at, fmt::format("{}.{}", path, several->key),
                 several->key == "between" ? "'between' takes two actors"
                                           : "'among' takes two actors or more");
    return;
  }
  Node one;
  one.kind = Node::Kind::map;
  one.at = item.at;
  one.entries.push_back(make_entry("from", {}));
  one.entries.push_back(make_entry("to", {}));
  for (const Entry& e : item.entries) {
    if (&e != several) one.entries.push_back(e);
  }
  for (const Node& from : names) {
    for (const Node& to : names) {
      if (&from == &to) continue;
      one.entries[0] = make_entry("from", from);
      one.entries[1] = make_entry("to", to);
      f(one);
    }
  }
}

std::optional<std::size_t> relation_count(const Node& list, const std::string& path,
                                          Problems& problems) {
  const std::size_t most = problems.sources().max_entries();
  std::size_t count = 0;
  for (const Node& item : list.items) {
    const Entry* several = several_of(item);
    if (several == nullptr) {
      ++count;
    } else if (is_right(*several)) {
      const std::size_t n = several->value.items.size();
      count += n * (n - 1);
      if (count > most) {
        problems.add("E0104", several->value.at, fmt::format("{}.{}", path, several->key),
                     fmt::format("more than {} relations", most),
                     problems.sources().how_to_raise());
        return std::nullopt;
      }
    }
  }
  return count;
}

void expand_relations(Node& list, const std::string& path, Problems& problems) {
  if (!list.is_list()) return;
  if (std::none_of(list.items.begin(), list.items.end(), is_of_several)) return;
  const auto count = relation_count(list, path, problems);
  if (!count) return;
  Children<Node> expanded;
  expanded.reserve(*count);
  for (Node& item : list.items) {
    if (is_of_several(item)) {
      for_each_relation(item, path, problems, [&](const Node& one) { expanded.push_back(one); });
      item = {};  // what is written out need not wait for the rest
    } else {
      expanded.push_back(std::move(item));
    }
  }
  list.items = std::move(expanded);
}

}  // namespace casus::scenario
