#include "scenario/remove.h"

#include <algorithm>
#include <string_view>

namespace casus::scenario {
namespace {

bool says(const Node& node, std::string_view name) { return node.is_scalar() && node.text == name; }

bool has(const Node& map, std::string_view key, std::string_view name) {
  const Entry* e = map.find(key);
  return e != nullptr && says(e->value, name);
}

bool has_any(const Node& map, std::initializer_list<std::string_view> keys, std::string_view name) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string_view key) { return has(map, key, name); });
}

template <class F>
void in_entries(Node& root, std::string_view section, F&& f) {
  if (Entry* e = root.find(section)) {
    for (Entry& entry : e->value.entries) f(entry);
  }
}

void drop_items(Node& root, std::string_view section, std::initializer_list<std::string_view> keys,
                std::string_view name) {
  if (Entry* e = root.find(section)) {
    erase_if(e->value.items, [&](const Node& item) { return has_any(item, keys, name); });
  }
}

void drop_entries(Node& root, std::string_view section,
                  std::initializer_list<std::string_view> keys, std::string_view name) {
  if (Entry* e = root.find(section)) {
    erase_if(e->value.entries,
             [&](const Entry& entry) { return has_any(entry.value, keys, name); });
  }
}

/// Takes a name out of a list of names or the keys of a mapping, however deep.
void drop_name(Node& node, std::string_view name) {
  erase_if(node.items, [&](const Node& item) { return says(item, name); });
  erase_if(node.entries, [&](const Entry& entry) { return entry.key == name; });
  for (Node& item : node.items) drop_name(item, name);
  for (Entry& entry : node.entries) drop_name(entry.value, name);
}

/// An article or organ may name actors and regions; without the name it says less, not nothing.
void drop_from_pact(Node& pact, std::string_view name) {
  for (Entry& part : pact.entries) {
    if (part.key == "title" || part.key == "source") continue;
    drop_name(part.value, name);
    for (Entry& inner : part.value.entries) {
      erase_if(inner.value.entries, [&](const Entry& e) {
        return says(e.value, name) && (e.key == "chair" || e.key == "by");
      });
    }
  }
}

void drop_from_timeline(Node& root, std::string_view section, std::string_view name) {
  Entry* timeline = root.find("timeline");
  if (timeline == nullptr) return;
  const std::string dotted = "." + std::string(name) + ".";
  const std::string direct = std::string(section) + dotted;
  for (Node& item : timeline->value.items) {
    if (Entry* set = item.find("set")) {
      erase_if(set->value.entries, [&](const Entry& e) {
        const bool relation = section == "actors" && e.key.starts_with("relations.") &&
                              (e.key + ".").find(dotted) != std::string::npos;
        return e.key.starts_with(direct) || relation;
      });
    }
    erase_if(item.entries, [&](const Entry& e) {
      if (e.key != "emit" && e.key != "deploy" && e.key != "withdraw" && e.key != "ceasefire") {
        return e.key == "set" && e.value.entries.empty();
      }
      return has_any(e.value, {"by", "against", "actor", "with", "host", "region", "where"}, name);
    });
  }
  erase_if(timeline->value.items, [](const Node& item) {
    return item.is_map() && item.find("set") == nullptr && item.find("emit") == nullptr &&
           item.find("deploy") == nullptr && item.find("withdraw") == nullptr &&
           item.find("ceasefire") == nullptr;
  });
}

void drop_wars(Node& root, std::string_view name) {
  Entry* wars = root.find("wars");
  if (wars == nullptr) return;
  for (Entry& war : wars->value.entries) {
    if (Entry* sides = war.value.find("sides")) {
      Entry* attacker = war.value.find("attacker");
      for (Node& side : sides->value.items) {
        const std::size_t before = side.items.size();
        if (says(side, name)) {
          side.kind = Node::Kind::list;
          side.quoted = false;
          side.text.clear();
        }
        drop_name(side, name);
        // Its side attacked first all the same.
        const bool of_side = side.items.size() < before && !side.items.empty();
        if (of_side && attacker != nullptr && says(attacker->value, name)) {
          attacker->value.text = side.items.front().text;
        }
      }
    }
  }
  erase_if(wars->value.entries, [](const Entry& war) {
    const Entry* sides = war.value.find("sides");
    return sides != nullptr &&
           std::any_of(sides->value.items.begin(), sides->value.items.end(),
                       [](const Node& side) { return side.is_list() && side.items.empty(); });
  });
}

/// Takes an actor out of all pacts; one that is left with a single member goes as well.
void drop_membership(Node& root, std::string_view name) {
  std::vector<std::string> ended;
  const auto size = [](const Entry& pact) {
    const Entry* members = pact.value.find("members");
    return members == nullptr ? 0 : members->value.items.size() + members->value.entries.size();
  };
  in_entries(root, "pacts", [&](Entry& pact) {
    const std::size_t before = size(pact);
    drop_from_pact(pact.value, name);
    if (size(pact) < before && size(pact) < 2) ended.push_back(pact.key);
  });
  for (const std::string& pact : ended) {
    erase_if(root.find("pacts")->value.entries, [&](const Entry& e) { return e.key == pact; });
    remove_references(root, "pacts." + pact);
  }
}

void remember(Node& root, const std::string& path) {
  Entry* removed = root.find("removed");
  if (removed == nullptr) {
    Entry made;
    made.key = "removed";
    made.value.kind = Node::Kind::list;
    root.entries.push_back(std::move(made));
    removed = &root.entries.back();
  }
  removed->value.items.push_back(scalar_node(path, {}));
}

}  // namespace

void remove_references(Node& root, const std::string& path) {
  const std::size_t dot = path.find('.');
  if (dot == std::string::npos) return;
  const std::string section = path.substr(0, dot), name = path.substr(dot + 1);
  if (section == "pacts") {
    in_entries(root, "pacts", [&](Entry& pact) {
      if (Entry* e = pact.value.find("yields_to")) drop_name(e->value, name);
    });
    drop_items(root, "measures", {"by"}, name);
    drop_entries(root, "crises", {"challenger"}, name);
  } else if (section == "presence") {
    const std::size_t second = name.find('.');
    Entry* kept = root.find("resistance");
    if (kept != nullptr && second != std::string::npos) {
      if (Entry* region = kept->value.find(name.substr(0, second))) {
        drop_name(region->value, name.substr(second + 1));
      }
    }
  } else if (section == "actors") {
    for (const char* by_region : {"presence", "resistance"}) {
      in_entries(root, by_region, [&](Entry& region) { drop_name(region.value, name); });
    }
    drop_items(root, "relations", {"from", "to"}, name);
    drop_items(root, "measures", {"by", "against"}, name);
    drop_entries(root, "crises", {"challenger", "target"}, name);
    std::vector<std::string> owned;
    in_entries(root, "regions", [&](Entry& region) {
      if (has(region.value, "owner", name)) owned.push_back(region.key);
    });
    drop_entries(root, "regions", {"owner"}, name);
    for (const std::string& region : owned) remove_references(root, "regions." + region);
    drop_wars(root, name);
    drop_membership(root, name);
    in_entries(root, "actors", [&](Entry& actor) {
      if (!has(actor.value, "sponsor", name)) return;
      erase_if(actor.value.entries,
               [&](const Entry& e) { return e.key == "sponsor" || e.key == "sponsor_evidence"; });
    });
    drop_from_timeline(root, section, name);
  } else if (section == "regions") {
    for (const char* by_region : {"presence", "resistance"}) {
      if (Entry* there = root.find(by_region)) {
        erase_if(there->value.entries, [&](const Entry& e) { return e.key == name; });
      }
    }
    in_entries(root, "regions", [&](Entry& region) {
      if (Entry* e = region.value.find("neighbours")) drop_name(e->value, name);
    });
    in_entries(root, "pacts", [&](Entry& pact) { drop_from_pact(pact.value, name); });
    drop_from_timeline(root, section, name);
  } else {
    return;
  }
  remember(root, path);
}

}  // namespace casus::scenario
