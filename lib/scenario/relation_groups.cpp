#include "scenario/relation_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace casus::scenario {

using namespace text;

void expand_relations(Node& list, const std::string& path, Problems& problems) {
  if (!list.is_list()) return;
  const auto of_several = [](const Node& item) {
    return item.find("between") != nullptr || item.find("among") != nullptr;
  };
  const Children<Node>& given = list.items;
  if (std::none_of(given.begin(), given.end(), of_several)) return;
  Children<Node> expanded;
  expanded.reserve(given.size());
  for (Node& item : list.items) {
    const Entry* group = item.find("between");
    if (group == nullptr) group = item.find("among");
    if (group == nullptr) {
      expanded.push_back(std::move(item));
      continue;
    }
    const std::size_t n = group->value.items.size();
    if (!group->value.is_list() || n < 2 || (group->key == "between" && n != 2)) {
      problems.add("E0210", group->value.at, fmt::format("{}.{}", path, group->key),
                   group->key == "between" ? "'between' takes two actors"
                                           : "'among' takes two actors or more");
      continue;
    }
    const Children<Node> names = group->value.items;
    Children<Entry> rest;
    for (const Entry& e : item.entries) {
      if (e.key != group->key) rest.push_back(e);
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (i == j) continue;
        Node one;
        one.kind = Node::Kind::map;
        one.at = item.at;
        one.entries.reserve(2 + rest.size());
        one.entries.push_back(make_entry("from", names[i]));
        one.entries.push_back(make_entry("to", names[j]));
        one.entries.append(rest.begin(), rest.end());
        expanded.push_back(std::move(one));
      }
    }
    item = {};  // what is written out need not wait for the rest
  }
  list.items = std::move(expanded);
}

}  // namespace casus::scenario
