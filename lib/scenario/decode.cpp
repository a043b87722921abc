#include "scenario/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "scenario/edits.h"
#include "scenario/sections.h"
#include "scenario/tables.h"

namespace casus::scenario {
namespace {

const Node* section_of(const Node& root, std::string_view name) {
  const Entry* e = root.find(name);
  return e == nullptr ? nullptr : &e->value;
}

/// Collects the names of a section before anything refers to them.
void collect(Decoder& d, const Node& root, std::string_view section, NameTable& table) {
  const Node* node = section_of(root, section);
  if (node == nullptr || !node->is_map()) return;
  for (const Entry& e : node->entries) table.add(e.key, e.key_at);
  // Names are keys of random draws: two that hash to the same would share theirs.
  std::map<std::uint64_t, std::string> keys;
  for (const std::string& name : table.names) {
    const auto [first, added] = keys.emplace(name_hash(name), name);
    if (!added) {
      d.fail("E0309", table.at[*table.row(name)], std::string(section) + "." + name,
             fmt::format("the names '{}' and '{}' have the same key", first->second, name),
             "rename one of the two");
    }
  }
}

void collect_kinds_and_owners(Decoder& d, const Node& root) {
  d.kinds.assign(d.actors.names.size(), std::nullopt);
  d.regions_of.assign(d.actors.names.size(), {});
  const auto words = actor_kind_words();
  for (std::size_t a = 0; a < d.actors.names.size(); ++a) {
    const Entry* actor = section_of(root, "actors")->find(d.actors.names[a]);
    const Entry* kind = actor->value.find("kind");
    if (kind == nullptr) continue;
    const auto word = std::find(words.begin(), words.end(), kind->value.text);
    if (word != words.end()) d.kinds[a] = static_cast<ActorKind>(word - words.begin());
  }
  for (std::size_t r = 0; r < d.regions.names.size(); ++r) {
    const Entry* region = section_of(root, "regions")->find(d.regions.names[r]);
    const Entry* owner = region->value.find("owner");
    const auto row = owner == nullptr ? std::nullopt : d.actors.row(owner->value.text);
    if (row) d.regions_of[*row].emplace_back(r);
  }
}

/// Reads each entry of a mapping of names by a section's table.
template <class S, class Done>
void read_entries(Decoder& d, const Node& root, std::string_view section,
                  std::span<const Field<S>> fields, std::vector<S>& out, Done&& done) {
  const Node* node = section_of(root, section);
  const std::string name(section);
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::map, name)) return;
  for (const Entry& e : node->entries) {
    const std::string path = name + "." + e.key;
    d.check_name(e.key, e.key_at, path);
    S spec;
    spec.name = e.key;
    const bool good = read_fields(d, e.value, e.key_at, path, fields, spec);
    if (spec.title.empty()) spec.title = e.key;
    done(e, spec, good);
    out.push_back(std::move(spec));
  }
}

/// Reads each item of a list by a section's table.
template <class S, class Done>
void read_items(Decoder& d, const Node& root, std::string_view section,
                std::span<const Field<S>> fields, std::vector<S>& out, Done&& done) {
  const Node* node = section_of(root, section);
  const std::string name(section);
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::list, name)) return;
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const std::string path = fmt::format("{}.{}", name, i);
    S spec;
    const bool good = read_fields(d, node->items[i], node->items[i].at, path, fields, spec);
    done(node->items[i], spec, good);
    out.push_back(std::move(spec));
  }
}

constexpr std::size_t max_areas = 64;  ///< law::AreaSet has a bit for each

constexpr auto nothing = [](const auto&, auto&, bool) {};

void read_frame(Decoder& d, const Node& root, ScenarioData& data) {
  Node top;
  top.kind = Node::Kind::map;
  for (const Entry& e : root.entries) {
    if (e.key == "title" || e.key == "description") top.entries.push_back(e);
  }
  read_fields(d, top, root.at, "", title_fields(), data);
  if (const Node* observe = section_of(root, "observe")) {
    read_fields(d, *observe, root.find("observe")->key_at, "observe", observe_fields(), data);
  }
  const Entry* sources = root.find("sources");
  if (sources != nullptr && d.expect(sources->value, Node::Kind::map, "sources")) {
    for (const Entry& e : sources->value.entries) {
      const std::string path = "sources." + e.key;
      d.check_name(e.key, e.key_at, path);
      std::string text;
      if (d.read(e.value, FieldInfo{}, path, text)) data.sources.emplace_back(e.key, text);
    }
  }
}

void read_clock(Decoder& d, const Node& root, ScenarioData& data) {
  const Entry* entry = root.find("clock");
  if (entry == nullptr) {
    if (d.all_read) {
      d.fail("E0202", root.at, "clock", "key 'clock' is missing",
             "for example clock: {start: 2023-09-16, days: 730}");
    }
    return;
  }
  ClockSpec clock;
  if (!read_fields(d, entry->value, entry->key_at, "clock", clock_fields(), clock)) return;
  const Entry* end = entry->value.find("end");
  const Entry* days = entry->value.find("days");
  if ((end != nullptr) == (days != nullptr)) {
    d.fail("E0202", days != nullptr ? days->key_at : entry->key_at, "clock",
           "the clock needs one of 'end' and 'days'");
    return;
  }
  if (days != nullptr && std::floor(*clock.days) != *clock.days) {
    d.fail("E0204", days->value.at, "clock.days", "a run lasts whole days");
    return;
  }
  const double minutes = clock.step * 24.0 * 60.0;
  if (std::abs(minutes - std::round(minutes)) > 1e-6) {
    const Entry* step = entry->value.find("step");
    d.fail("E0204", step->value.at, "clock.step", "a step lasts whole minutes");
    return;
  }
  data.clock.start = clock.start;
  data.clock.end =
      clock.end ? *clock.end
                : clock.start + std::chrono::days(static_cast<std::int64_t>(*clock.days));
  data.clock.step = Minutes(static_cast<std::int64_t>(std::round(minutes)));
  if (data.clock.end <= data.clock.start) {
    Diagnostic& p = d.problems.add("E0403", end->value.at, "clock.end",
                                   "the run ends before it has begun");
    d.problems.note(p, entry->value.find("start")->value.at, "it begins here");
    data.clock.end = data.clock.start + std::chrono::days(1);
  }
}

void read_actors(Decoder& d, const Node& root, ScenarioData& data) {
  const Node* node = section_of(root, "actors");
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::map, "actors")) return;
  for (const Entry& e : node->entries) {
    const std::string path = "actors." + e.key;
    d.check_name(e.key, e.key_at, path);
    ActorSpec spec;
    spec.name = e.key;
    const auto kind = d.kinds[*d.actors.row(e.key)];
    // Without a kind nobody can say which keys belong; every key is taken then.
    const unsigned mask = kind ? 1U << static_cast<unsigned>(*kind) : ~0U;
    read_fields(d, e.value, e.key_at, path, actor_fields(), spec, mask);
    if (spec.title.empty()) spec.title = e.key;
    data.actors.push_back(std::move(spec));
  }
}

Role usual_role(const Decoder& d, const ScenarioData& data, ActorId actor, RegionId region) {
  if (d.kinds[actor.row()] == ActorKind::armed_group) {
    return data.actors[actor.row()].pro_state ? Role::garrison : Role::insurgent;
  }
  return data.regions[region.row()].owner == actor ? Role::garrison : Role::deployment;
}

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
        const bool prior = fields.is_map() && fields.entries.size() == 1 &&
                           fields.entries.front().value.is_list();
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
      data.presence.push_back(std::move(spec));
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

void read_mechanisms(Decoder& d, const Node& root, ScenarioData& data) {
  for (const MechanismInfo& info : d.vocabulary) {
    MechanismSpec spec;
    spec.name = info.name;
    for (const ParameterInfo& p : info.parameters) spec.values.emplace_back(p.fallback);
    data.mechanisms.push_back(std::move(spec));
  }
  const Node* node = section_of(root, "mechanisms");
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::map, "mechanisms")) return;
  std::vector<std::string> names;
  for (const MechanismInfo& info : d.vocabulary) names.push_back(info.name);
  const auto did_you_mean = [](const std::string& near) {
    return near.empty() ? std::string() : fmt::format("did you mean '{}'?", near);
  };
  for (const Entry& e : node->entries) {
    const std::string path = "mechanisms." + e.key;
    const auto found = std::find(names.begin(), names.end(), e.key);
    if (found == names.end()) {
      d.fail("E0306", e.key_at, path, fmt::format("no mechanism '{}'", e.key),
             did_you_mean(nearest(e.key, names)));
      continue;
    }
    if (e.value.is_null() && e.value.text.empty()) continue;
    if (e.value.is_scalar()) {
      d.fail("E0201", e.value.at, path,
             fmt::format("expected a mapping, found '{}'", e.value.text),
             "to switch a mechanism off write {enabled: false}");
      continue;
    }
    if (!d.expect(e.value, Node::Kind::map, path)) continue;
    const auto m = static_cast<std::size_t>(found - names.begin());
    const MechanismInfo& info = d.vocabulary[m];
    for (const Entry& value : e.value.entries) {
      const std::string at = path + "." + value.key;
      if (value.key == "enabled") {
        d.read(value.value, FieldInfo{}, at, data.mechanisms[m].enabled);
        continue;
      }
      std::vector<std::string> parameters{"enabled"};
      std::size_t p = 0;
      while (p < info.parameters.size() && info.parameters[p].name != value.key) ++p;
      if (p == info.parameters.size()) {
        for (const ParameterInfo& q : info.parameters) parameters.push_back(q.name);
        d.fail("E0306", value.key_at, at,
               fmt::format("mechanism '{}' has no parameter '{}'", info.name, value.key),
               did_you_mean(nearest(value.key, parameters)));
        continue;
      }
      d.read(value.value, parameter_field(info.parameters[p]), at, data.mechanisms[m].values[p]);
    }
  }
}

void read_outcomes(Decoder& d, const Node& root, ScenarioData& data) {
  read_entries(d, root, "outcomes", outcome_fields(), data.outcomes,
               [&](const Entry& e, OutcomeSpec& spec, bool good) {
                 if (e.value.is_map()) check_outcome(d, e, spec, good);
               });
}

void check_sections(Decoder& d, const Node& root) {
  std::vector<std::string> names;
  for (const SectionInfo& s : sections()) {
    if (s.top) names.emplace_back(s.name);
  }
  for (const Entry& e : root.entries) {
    if (e.key == "removed") continue;
    if (std::find(names.begin(), names.end(), e.key) == names.end()) {
      d.unknown_key(e, e.key, names);
    } else if (e.value.is_null() && e.value.text.empty()) {
      d.fail("E0404", e.key_at, e.key, fmt::format("'{}' has nothing in it", e.key),
             "remove the key, or give it an entry");
    }
  }
}

}  // namespace

ScenarioData decode(const Node& root, const Vocabulary& vocabulary, bool complete,
                    Problems& problems) {
  ScenarioData data;
  Decoder d(vocabulary, problems);
  d.all_read = complete;
  d.removed = removed_names(root);
  check_sections(d, root);
  collect(d, root, "regions", d.regions);
  collect(d, root, "actors", d.actors);
  collect(d, root, "pacts", d.pacts);
  collect(d, root, "sources", d.sources);
  collect_kinds_and_owners(d, root);
  for (const std::string& name : d.pacts.names) {
    if (const auto row = d.actors.row(name)) {
      Diagnostic& p = problems.add("E0309", d.pacts.at[*d.pacts.row(name)], "pacts." + name,
                                   fmt::format("'{}' names both a pact and an actor", name),
                                   "rename one of the two");
      problems.note(p, d.actors.at[*row], "the actor is defined here");
    }
  }
  read_frame(d, root, data);
  read_clock(d, root, data);
  read_entries(d, root, "regions", region_fields(), data.regions, nothing);
  read_actors(d, root, data);
  read_presence(d, root, data);
  read_relations(d, root, data);
  for (RegionSpec& r : data.regions) {
    for (const std::string& area : r.areas) {
      if (data.areas.names().size() >= max_areas && !data.areas.find(area)) {
        d.fail("E0210", d.regions.at[*d.regions.row(r.name)], "regions." + r.name + ".areas",
               fmt::format("regions have more than {} different areas", max_areas));
        break;
      }
      r.area_set = r.area_set | data.areas.intern(area);
    }
  }
  d.areas = &data.areas;
  for (const std::string_view section : {"wars", "crises"}) {
    if (const Node* node = section_of(root, section)) {
      for (const Entry& e : node->entries) d.conflicts.insert(e.key);
    }
  }
  if (const Node* pacts = section_of(root, "pacts"); pacts != nullptr && !pacts->is_null()) {
    if (d.expect(*pacts, Node::Kind::map, "pacts")) {
      for (const Entry& e : pacts->entries) {
        law::Pact pact;
        d.check_name(e.key, e.key_at, "pacts." + e.key);
        decode_pact(d, e, "pacts." + e.key, data, pact);
        data.pact_names.push_back(e.key);
        data.pacts.push_back(std::move(pact));
      }
    }
  }
  read_entries(d, root, "wars", war_fields(), data.wars, nothing);
  read_entries(d, root, "crises", crisis_fields(), data.crises, nothing);
  read_items(d, root, "measures", measure_fields(), data.measures, nothing);
  read_items(d, root, "timeline", timeline_fields(), data.timeline,
             [&](const Node& item, TimelineSpec& spec, bool good) {
               if (good) check_timeline_item(d, item, spec);
             });
  read_mechanisms(d, root, data);
  read_outcomes(d, root, data);
  complete_borders(d, section_of(root, "regions"), data);
  check_consistency(d, root, data);
  check_pacts(d, section_of(root, "pacts"), data);
  return data;
}

}  // namespace casus::scenario
