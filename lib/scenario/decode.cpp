#include "scenario/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "casus/world/columns.h"
#include "scenario/edits.h"
#include "scenario/map.h"
#include "scenario/pact_tables.h"
#include "scenario/sections.h"
#include "scenario/tables.h"
#include "text/read_sections.h"

namespace casus::scenario {
namespace {

/// Collects the names of a section before anything refers to them.
void collect(Decoder& d, const Node& root, std::string_view section, NameTable& table) {
  const Node* node = section_of(root, section);
  if (node == nullptr || !node->is_map()) return;
  for (const Entry& e : node->entries) table.add(e.key, e.key_at);
  // Names are keys of random draws: two that hash to the same would share theirs.
  std::vector<std::pair<std::uint64_t, std::size_t>> keys;
  for (std::size_t row = 0; row < table.names.size(); ++row) {
    keys.emplace_back(name_hash(table.names[row]), row);
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].first != keys[i - 1].first) continue;
    const std::string& name = table.names[keys[i].second];
    d.fail("E0309", table.at[keys[i].second], std::string(section) + "." + name,
           fmt::format("the names '{}' and '{}' have the same key", table.names[keys[i - 1].second],
                       name),
           "rename one of the two");
  }
}

void collect_kinds_and_owners(Decoder& d, const Node& root) {
  d.note_kinds(section_of(root, "actors"), std::nullopt);
  d.regions_of.assign(d.actors.names.size(), {});
  for (std::size_t r = 0; r < d.regions.names.size(); ++r) {
    const Entry* region = entry_of(section_of(root, "regions"), r, d.regions.names[r]);
    const Entry* owner = region->value.find("owner");
    const auto row = owner == nullptr ? std::nullopt : d.actors.row(owner->value.text);
    if (row) d.regions_of[*row].emplace_back(r);
  }
}

void read_frame(Decoder& d, const Node& root, ScenarioData& data) {
  Node top;
  top.kind = Node::Kind::map;
  for (const Entry& e : root.entries) {
    if (e.key == "title" || e.key == "description" || e.key == "limits") {
      top.entries.push_back(e);
    }
  }
  read_fields(d, top, root.at, "", title_fields(), data);
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

void read_observe(Decoder& d, const Node& root, ScenarioData& data) {
  if (const Node* observe = section_of(root, "observe")) {
    read_fields(d, *observe, root.find("observe")->key_at, "observe", d.tables.observe(),
                data.observe);
  }
}

void read_doctrines(Decoder& d, const Node& root, ScenarioData& data) {
  if (const Node* doctrines = section_of(root, "doctrines")) {
    read_fields(d, *doctrines, root.find("doctrines")->key_at, "doctrines", doctrine_fields(),
                data.doctrines);
  }
}

/// Terms that no region need have; after those of the regions, so that these keep their bits.
void read_area_terms(Decoder& d, const Node& root) {
  const Entry* areas = root.find("areas");
  if (areas == nullptr) return;
  std::vector<std::string> names;
  if (!d.read(areas->value, FieldInfo{}, "areas", names)) return;
  for (const std::string& name : names) {
    if (d.intern_area(name)) continue;
    d.fail("E0210", areas->key_at, "areas",
           fmt::format("there are more than {} different areas", law::AreaNames::most));
    return;
  }
}

/// "2 years", "18 months".
bool has_long_unit(std::string_view text) {
  const auto quantity = split_quantity(text);
  const auto factor = quantity ? unit_factor(quantity->second, Unit::days) : std::nullopt;
  return factor && *factor > 7.0;
}

/// Steps of two days still leave the Sahel as it is, but not July 1914 or the Six-Day War; half a
/// day moves none of them (docs/validation.md).
constexpr double longest_step_days = 1.0;

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
  // Months and years are no whole days.
  if (days != nullptr && has_long_unit(days->value.text)) *clock.days = std::floor(*clock.days);
  if (days != nullptr && std::floor(*clock.days) != *clock.days) {
    d.fail("E0204", days->value.at, "clock.days", "a run lasts whole days");
    return;
  }
  if (clock.step > longest_step_days) {
    d.fail(
        "E0410", entry->value.find("step")->value.at, "clock.step",
        fmt::format("a step of {:g} days is longer than a day, beyond which results depend on it",
                    clock.step),
        "for example step: 1 day");
    clock.step = longest_step_days;
  }
  const double minutes = clock.step * 24.0 * 60.0;
  if (std::abs(minutes - std::round(minutes)) > 1e-6) {
    const Entry* step = entry->value.find("step");
    d.fail("E0204", step->value.at, "clock.step", "a step lasts whole minutes");
    return;
  }
  data.clock.start = clock.start;
  data.clock.end = clock.end
                       ? *clock.end
                       : clock.start + std::chrono::days(static_cast<std::int64_t>(*clock.days));
  data.clock.step = Minutes(static_cast<std::int64_t>(std::round(minutes)));
  if (data.clock.end <= data.clock.start) {
    Diagnostic& p =
        d.problems.add("E0403", end->value.at, "clock.end", "the run ends before it has begun");
    d.problems.note(p, entry->value.find("start")->value.at, "it begins here");
    data.clock.end = data.clock.start + std::chrono::days(1);
  }
}

void read_actors(Decoder& d, const Node& root, ScenarioData& data) {
  const Node* node = section_of(root, "actors");
  if (node == nullptr || node->is_null() || !d.expect(*node, Node::Kind::map, "actors")) return;
  data.actors.reserve(node->entries.size());
  for (const Entry& e : node->entries) {
    const std::string path = "actors." + e.key;
    d.check_name(e.key, e.key_at, path);
    ActorSpec spec;
    spec.name = e.key;
    const auto kind = d.kinds[*d.actors.row(e.key)];
    // Without a kind nobody can say which keys belong; every key is taken then.
    const unsigned mask = kind ? 1U << static_cast<unsigned>(*kind) : ~0U;
    read_fields(d, e.value, e.key_at, path, d.tables.actors(), spec, mask);
    if (spec.title.empty()) spec.title = e.key;
    data.actors.push_back(std::move(spec));
  }
}

/// Outcomes are columns of tables of runs, beside those that every run has (Output.NoOutcome…).
void check_outcome_names(Decoder& d, const Node* outcomes) {
  static constexpr std::array<std::string_view, 6> taken{"run",        "seed",        "status",
                                                         "world_hash", "events_hash", "events"};
  if (outcomes == nullptr) return;
  for (const Entry& e : outcomes->entries) {
    constexpr std::string_view ending = "_happened";
    const bool reserved = std::find(taken.begin(), taken.end(), e.key) != taken.end();
    const bool beside = e.key.ends_with(ending) &&
                        outcomes->find(e.key.substr(0, e.key.size() - ending.size())) != nullptr;
    if (!reserved && !beside) continue;
    d.fail("E0311", e.key_at, "outcomes." + e.key,
           fmt::format("tables of runs have a column '{}' of their own", e.key),
           "choose another name");
  }
}

void read_outcomes(Decoder& d, const Node& root, ScenarioData& data) {
  read_entries(d, root, "outcomes", d.tables.outcomes(), data.outcomes,
               [&](const Entry& e, OutcomeSpec& spec, bool good) {
                 if (e.value.is_map()) check_outcome(d, e, spec, good);
               });
  check_outcome_names(d, section_of(root, "outcomes"));
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

/// Columns that no file gives.
template <class Table>
std::set<std::string, std::less<>> not_given() {
  std::set<std::string, std::less<>> names;
  for (const Column<Table>& column : columns_of<Table>()) {
    if (!column.info.given) names.emplace(column.info.name);
  }
  return names;
}

}  // namespace

ScenarioData decode(const Node& root, const Vocabulary& vocabulary, bool complete,
                    Problems& problems) {
  ScenarioData data;
  const Tables tables(vocabulary);
  Decoder d(vocabulary, tables, problems);
  data.columns = tables.columns;
  data.events = tables.events;
  d.all_read = complete;
  d.areas = &data.areas;
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
  read_observe(d, root, data);
  read_doctrines(d, root, data);
  read_map(d, root, data.map, data.map_frame);
  d.unknown_hint = "if a mechanism owns it, use a program that has that mechanism";
  d.follows = not_given<RegionTable>();
  read_entries(d, root, "regions", tables.regions(), data.regions, nothing);
  d.follows = not_given<ActorTable>();
  read_actors(d, root, data);
  d.follows = not_given<PresenceTable>();
  read_presence(d, root, data);
  d.unknown_hint = {};
  d.follows.clear();
  read_resistance(d, root, data);
  read_relations(d, root, data);
  for (RegionSpec& r : data.regions) {
    for (const std::string& area : r.areas) {
      const auto known = d.intern_area(area);
      if (!known) {
        d.fail("E0210", d.regions.at[*d.regions.row(r.name)], "regions." + r.name + ".areas",
               fmt::format("regions have more than {} different areas", law::AreaNames::most));
        break;
      }
      r.area_set = r.area_set | *known;
    }
  }
  read_area_terms(d, root);
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
        decode_pact(d, e, "pacts." + e.key, data.pact_sources.emplace_back(), pact);
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
  check_pacts(d, section_of(root, "pacts"), data.pacts);
  return data;
}

}  // namespace casus::scenario
