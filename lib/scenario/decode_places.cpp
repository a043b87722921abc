#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "scenario/decode.h"
#include "scenario/relation_groups.h"
#include "scenario/tables.h"
#include "text/read_sections.h"

// Who is where, and who sees whom how.
namespace casus::scenario {
namespace {

Role usual_role(const Decoder& d, const ScenarioData& data, ActorId actor, RegionId region) {
  if (d.kinds[actor.row()] == ActorKind::armed_group) {
    return data.actors[actor.row()].pro_state ? Role::garrison : Role::insurgent;
  }
  return data.regions[region.row()].owner == actor ? Role::garrison : Role::deployment;
}

}  // namespace

void read_presence(Decoder& d, const Node& root, ScenarioData& data) {
  const Node* node = section_of(root, "presence");
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::map, "presence")) return;
  std::size_t all = 0;
  for (const Entry& place : node->entries) all += place.value.entries.size();
  data.presence.reserve(all);
  // "jnim: 1200" is short for "jnim: {strength: 1200}"; so is a prior.
  Node written_out;
  written_out.kind = Node::Kind::map;
  written_out.entries.push_back({"strength", {}, {}});
  std::string path, at;
  for (const Entry& place : node->entries) {
    path = "presence.";
    path += place.key;
    const auto region = d.look_up(d.regions, scalar_node(place.key, place.key_at), path);
    if (place.value.is_null() && place.value.text.empty()) continue;
    if (!d.expect(place.value, Node::Kind::map, path)) continue;
    for (const Entry& e : place.value.entries) {
      at = path;
      at += '.';
      at += e.key;
      const auto actor = d.look_up(d.actors, scalar_node(e.key, e.key_at), at);
      PresenceSpec spec;
      const bool prior = e.value.is_map() && e.value.entries.size() == 1 &&
                         e.value.entries.front().value.is_list() &&
                         e.value.entries.front().key != "strength";
      const bool short_form = !e.value.is_map() || prior;
      if (short_form) {
        written_out.at = written_out.entries.front().key_at = e.value.at;
        written_out.entries.front().value = e.value;
      }
      const Node& fields = short_form ? written_out : e.value;
      if (!read_fields(d, fields, e.key_at, at, d.tables.presence(), spec) || !actor || !region ||
          *region >= data.regions.size() || *actor >= data.actors.size()) {
        continue;
      }
      spec.actor = ActorId(*actor);
      spec.region = RegionId(*region);
      if (fields.find("role") == nullptr) {
        spec.role = usual_role(d, data, spec.actor, spec.region);
      }
      data.presence.push_back(spec);
    }
  }
}

void read_resistance(Decoder& d, const Node& root, ScenarioData& data) {
  const Node* node = section_of(root, "resistance");
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::map, "resistance")) return;
  FieldInfo odds;
  odds.name = "resistance";
  odds.type = Type::number;
  odds.low = -4.0;
  odds.high = 4.0;
  std::map<std::pair<std::size_t, std::size_t>, PresenceSpec*> people;
  for (PresenceSpec& p : data.presence) people[{p.region.row(), p.actor.row()}] = &p;
  for (const Entry& place : node->entries) {
    const std::string path = "resistance." + place.key;
    const auto region = d.look_up(d.regions, scalar_node(place.key, place.key_at), path);
    if (!d.expect(place.value, Node::Kind::map, path)) continue;
    for (const Entry& e : place.value.entries) {
      const std::string at = path + "." + e.key;
      const auto actor = d.look_up(d.actors, scalar_node(e.key, e.key_at), at);
      double value = 0.0;
      if (!d.read(e.value, odds, at, value) || !actor || !region) continue;
      const auto spec = people.find({*region, *actor});
      if (spec == people.end()) {
        d.fail("E0405", e.key_at, at, fmt::format("'{}' has nobody in '{}'", e.key, place.key));
        continue;
      }
      spec->second->resistance = value;
    }
  }
}

void read_relations(Decoder& d, const Node& root, ScenarioData& data) {
  struct Written {
    ActorId from, to;
    std::uint32_t at = 0;  ///< index of the item
  };
  std::vector<Written> pairs;
  std::vector<Position> places;
  const auto read = [&](const Node& item, const std::string& path) {
    RelationSpec& r = data.relations.emplace_back();
    places.push_back(item.at);
    if (!read_fields(d, item, item.at, path, relation_fields(), r)) return;
    if (r.from == r.to) {
      d.fail("E0402", item.at, "relations", "an actor has no relation to itself");
    }
    pairs.push_back({r.from, r.to, static_cast<std::uint32_t>(places.size() - 1)});
  };
  const Node* list = section_of(root, "relations");
  if (list == nullptr || list->is_null() || !d.expect(*list, Node::Kind::list, "relations")) return;
  const auto count = relation_count(*list, "relations", d.problems);
  if (!count) return;
  data.relations.reserve(*count);
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const std::string path = fmt::format("relations.{}", i);
    for_each_relation(list->items[i], path, d.problems, [&](const Node& one) { read(one, path); });
  }
  const auto key = [&](const Written& w) {
    const Position& at = places[w.at];
    return std::tuple(w.from, w.to, at.file, at.line, at.column, w.at);
  };
  std::sort(pairs.begin(), pairs.end(),
            [&](const Written& x, const Written& y) { return key(x) < key(y); });
  for (std::size_t i = 1, first = 0; i < pairs.size(); ++i) {
    const Written& w = pairs[i];
    if (w.from != pairs[first].from || w.to != pairs[first].to) {
      first = i;
      continue;
    }
    Diagnostic& p =
        d.problems.add("E0102", places[w.at], "relations",
                       fmt::format("how '{}' sees '{}' is given twice",
                                   d.actors.names[w.from.row()], d.actors.names[w.to.row()]));
    d.problems.note(p, places[pairs[first].at], "first given here");
  }
  // The order of the file is that of names only where each relation is an item of its own.
  std::stable_sort(data.relations.begin(), data.relations.end(),
                   [](const RelationSpec& x, const RelationSpec& y) {
                     return std::tuple(x.from, x.to) < std::tuple(y.from, y.to);
                   });
}

}  // namespace casus::scenario
