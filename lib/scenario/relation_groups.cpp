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

bool is_of_several(const Node& item) { return several_of(item) != nullptr; }

}  // namespace

void for_each_relation(const Node& item, const std::string& path, Problems& problems,
                       const std::function<void(const Node&)>& f) {
  const Entry* several = several_of(item);
  if (several == nullptr) return f(item);
  const Children<Node>& names = several->value.items;
  const bool two = several->key == "between";
  if (!several->value.is_list() || names.size() < 2 || (two && names.size() != 2)) {
    problems.add("E0210", several->value.at, fmt::format("{}.{}", path, several->key),
                 two ? "'between' takes two actors" : "'among' takes two actors or more");
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

std::size_t relation_count(const Node& list) {
  std::size_t count = 0;
  for (const Node& item : list.items) {
    const Entry* several = several_of(item);
    const std::size_t n = several == nullptr ? 0 : several->value.items.size();
    count += several == nullptr ? 1 : n * n - n;
  }
  return count;
}

void expand_relations(Node& list, const std::string& path, Problems& problems) {
  if (!list.is_list()) return;
  if (std::none_of(list.items.begin(), list.items.end(), is_of_several)) return;
  Children<Node> expanded;
  expanded.reserve(relation_count(list));
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
