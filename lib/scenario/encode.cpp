#include "scenario/encode.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "casus/core/contracts.h"
#include "scenario/map.h"
#include "scenario/pact_tables.h"
#include "scenario/sections.h"
#include "scenario/tables.h"
#include "text/write_fields.h"

namespace casus::scenario {
namespace {

class Writer {
 public:
  Writer(const ScenarioData& data, const Vocabulary& vocabulary, Problems& problems)
      : data_(data), vocabulary_(vocabulary), tables_(vocabulary), problems_(problems) {
    for (const RegionSpec& r : data.regions) e_.regions.push_back(r.name);
    for (const ActorSpec& a : data.actors) e_.actors.push_back(a.name);
    for (const law::Pact& p : data.pacts) e_.pacts.push_back(p.id);
    for (const WarSpec& w : data.wars) e_.conflicts.push_back(w.name);
    for (const CrisisSpec& c : data.crises) e_.conflicts.push_back(c.name);
    e_.areas = data.areas.names();
  }

  Node run() {
    Node root = write_fields(e_, title_fields(), data_);
    root.kind = Node::Kind::map;
    ClockSpec clock;
    clock.start = data_.clock.start;
    clock.end = data_.clock.end;
    clock.step = data_.clock.days();
    Encoder::add(root, "clock", write_fields(e_, clock_fields(), clock));
    Encoder::add(root, "observe", write_fields(e_, tables_.observe(), data_.observe));
    Encoder::add(root, "map", write_map(e_, data_.map, data_.map_frame));
    Encoder::add(root, "sources", sources());
    Encoder::add(root, "areas", areas());
    Encoder::add(root, "regions", entries("regions", data_.regions, tables_.regions()));
    Encoder::add(root, "actors", entries("actors", data_.actors, tables_.actors()));
    Encoder::add(root, "presence", presence());
    Encoder::add(root, "resistance", resistance());
    Encoder::add(root, "relations", items(data_.relations, relation_fields()));
    Encoder::add(root, "pacts", pacts());
    Encoder::add(root, "wars", entries("wars", data_.wars, war_fields()));
    Encoder::add(root, "crises", entries("crises", data_.crises, crisis_fields()));
    Encoder::add(root, "measures", items(data_.measures, measure_fields()));
    Encoder::add(root, "timeline", items(data_.timeline, timeline_fields()));
    Encoder::add(root, "mechanisms", mechanisms());
    Encoder::add(root, "outcomes", entries("outcomes", data_.outcomes, tables_.outcomes()));
    Encoder::add(root, "removed", removed());
    return root;
  }

 private:
  /// An entry of a mapping, a mapping itself even if it says nothing.
  void add_entry(Node& map, std::string_view section, const std::string& name, Node value) {
    if (map.find(name) != nullptr) {
      problems_.add("E0102", {}, fmt::format("{}.{}", section, name),
                    fmt::format("'{}' is there twice", name));
      return;
    }
    value.kind = Node::Kind::map;
    Encoder::add(map, name, std::move(value));
  }

  template <class S>
  Node entries(std::string_view section, const std::vector<S>& specs,
               std::span<const Field<S>> fields) {
    Node map;
    for (const S& spec : specs) {
      Node entry = write_fields(e_, fields, spec);
      if constexpr (requires { spec.given; }) add_unknown(entry, spec.given);
      add_entry(map, section, spec.name, std::move(entry));
    }
    return map;
  }

  /// Columns that none of the mechanisms owns: for the decoder to say so.
  template <class Table>
  void add_unknown(Node& entry, const Given<Table>& given) const {
    for (const auto& [name, number] : given.own()) {
      if (entry.find(name) == nullptr) Encoder::add(entry, name, e_.write(FieldInfo{}, number));
    }
  }
  template <class S>
  Node items(const std::vector<S>& specs, std::span<const Field<S>> fields) {
    Node list;
    for (const S& spec : specs) {
      Node item = write_fields(e_, fields, spec);
      item.kind = Node::Kind::map;
      Encoder::add(list, std::move(item));
    }
    return list;
  }

  Node sources() {
    Node map;
    for (const auto& [key, title] : data_.sources) {
      if (map.find(key) == nullptr) Encoder::add(map, key, scalar_node(title, {}, true));
    }
    return map;
  }

  /// Those that no region has.
  Node areas() const {
    Node list;
    for (const std::string& area : data_.areas.names()) {
      const bool of_region =
          std::any_of(data_.regions.begin(), data_.regions.end(), [&](const RegionSpec& r) {
            return std::find(r.areas.begin(), r.areas.end(), area) != r.areas.end();
          });
      if (!of_region) Encoder::add(list, scalar_node(area, {}));
    }
    return list;
  }

  Node presence() {
    Node map;
    for (const PresenceSpec& p : data_.presence) {
      const FieldInfo plain;
      Node region = e_.write(plain, p.region), actor = e_.write(plain, p.actor);
      if (region.is_null()) region = scalar_node(Encoder::nobody, {});
      if (actor.is_null()) actor = scalar_node(Encoder::nobody, {});
      Node entry = write_fields(e_, tables_.presence(), p);
      add_unknown(entry, p.given);
      add_entry(place_in(map, region.text), "presence." + region.text, actor.text,
                std::move(entry));
    }
    return map;
  }

  /// Of the presences that say it.
  Node resistance() {
    Node map;
    for (const PresenceSpec& p : data_.presence) {
      if (!p.resistance) continue;
      const FieldInfo plain;
      const Node region = e_.write(plain, p.region), actor = e_.write(plain, p.actor);
      Node& place = place_in(map, region.text);
      // A presence that is there twice is found where presences are read.
      if (place.find(actor.text) != nullptr) continue;
      Encoder::add(place, actor.text, e_.write(plain, *p.resistance));
    }
    return map;
  }

  static Node& place_in(Node& map, const std::string& region) {
    if (map.find(region) == nullptr) {
      Node fresh;
      fresh.kind = Node::Kind::map;
      Encoder::add(map, region, std::move(fresh));
    }
    return map.find(region)->value;
  }

  Node pacts() {
    Node map;
    for (std::size_t i = 0; i < data_.pacts.size(); ++i) {
      PactSpec spec;
      spec.pact = data_.pacts[i];
      if (i < data_.pact_sources.size()) spec.source = data_.pact_sources[i];
      add_entry(map, "pacts", spec.pact.id, write_fields(e_, pact_fields(), spec));
    }
    return map;
  }

  /// In a filter an id of nothing is of what was taken out of the scenario.
  Node removed() const {
    const auto none = [](const auto& ids) {
      return std::any_of(ids.begin(), ids.end(), [](auto id) { return !id.valid(); });
    };
    const bool any =
        std::any_of(data_.outcomes.begin(), data_.outcomes.end(), [&](const OutcomeSpec& o) {
          return none(o.by) || none(o.against) || none(o.pact) || none(o.regions);
        });
    Node list;
    if (!any) return list;
    for (const std::string_view section : {"actors", "regions"}) {
      Encoder::add(list, scalar_node(fmt::format("{}.{}", section, Encoder::nobody), {}));
    }
    Encoder::add(list, scalar_node(fmt::format("pacts.{}", Encoder::no_pact), {}));
    return list;
  }

  Node mechanisms() {
    Node map;
    for (const MechanismSpec& spec : data_.mechanisms) {
      const auto known = std::find_if(vocabulary_.begin(), vocabulary_.end(),
                                      [&](const auto& m) { return m.name == spec.name; });
      Node entry;
      entry.kind = Node::Kind::map;
      if (!spec.enabled) Encoder::add(entry, "enabled", e_.write(FieldInfo{}, false));
      if (known != vocabulary_.end() && !spec.values.empty()) {
        const auto& table = known->parameters;
        CASUS_EXPECTS(spec.values.size() == table.size(),
                      fmt::format("{} values for the {} parameters of '{}'", spec.values.size(),
                                  table.size(), spec.name));
        for (std::size_t i = 0; i < table.size(); ++i) {
          if (spec.values[i] == Number(table[i].fallback)) continue;
          Encoder::add(entry, table[i].name, e_.write(parameter_field(table[i]), spec.values[i]));
        }
      }
      if (known == vocabulary_.end() || !entry.entries.empty()) {
        add_entry(map, "mechanisms", spec.name, std::move(entry));
      }
    }
    return map;
  }

  const ScenarioData& data_;
  const Vocabulary& vocabulary_;
  const Tables tables_;
  Problems& problems_;
  Encoder e_;
};

}  // namespace

Node encode(const ScenarioData& data, const Vocabulary& vocabulary, Problems& problems) {
  return Writer(data, vocabulary, problems).run();
}

}  // namespace casus::scenario
