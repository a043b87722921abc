#include <fmt/format.h>

#include <map>
#include <utility>

#include "scenario/decode.h"
#include "scenario/read_sections.h"
#include "scenario/tables.h"

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
  for (const Entry& place : node->entries) {
    const std::string path = "presence." + place.key;
    const auto region = d.look_up(d.regions, scalar_node(place.key, place.key_at), path);
    if (place.value.is_null() && place.value.text.empty()) continue;
    if (!d.expect(place.value, Node::Kind::map, path)) continue;
    for (const Entry& e : place.value.entries) {
      const std::string at = path + "." + e.key;
      const auto actor = d.look_up(d.actors, scalar_node(e.key, e.key_at), at);
      PresenceSpec spec;
      Node fields = e.value;
      if (!fields.is_map() || fields.find("strength") == nullptr) {
        // "jnim: 1200" is short for "jnim: {strength: 1200}"; so is a prior.
        const bool prior =
            fields.is_map() && fields.entries.size() == 1 && fields.entries.front().value.is_list();
        if (!fields.is_map() || prior) {
          Node map;
          map.kind = Node::Kind::map;
          map.at = e.value.at;
          map.entries.push_back({"strength", e.value.at, e.value});
          fields = std::move(map);
        }
      }
      if (!read_fields(d, fields, e.key_at, at, presence_fields(), spec) || !actor || !region ||
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

void read_relations(Decoder& d, const Node& root, ScenarioData& data) {
  std::map<std::pair<ActorId, ActorId>, Position> seen;
  read_items(d, root, "relations", relation_fields(), data.relations,
             [&](const Node& item, RelationSpec& r, bool good) {
               if (!good) return;
               if (r.from == r.to) {
                 d.fail("E0402", item.at, "relations", "an actor has no relation to itself");
               }
               const auto [first, added] = seen.emplace(std::pair(r.from, r.to), item.at);
               if (added) return;
               Diagnostic& p = d.problems.add(
                   "E0102", item.at, "relations",
                   fmt::format("how '{}' sees '{}' is given twice", d.actors.names[r.from.row()],
                               d.actors.names[r.to.row()]));
               d.problems.note(p, first->second, "first given here");
             });
}

}  // namespace casus::scenario
