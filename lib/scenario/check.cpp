#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "scenario/decode.h"
#include "scenario/sections.h"
#include "scenario/tables.h"
#include "text/read_sections.h"

// What no single value shows.
namespace casus::scenario {
namespace {

/// The most people a prior can be expected to mean: its upper end, or three spreads above its
/// middle.
double upper_end(const Number& n) {
  switch (n.shape) {
    case Number::Shape::uniform:
      return n.b;
    case Number::Shape::triangular:
      return n.c;
    case Number::Shape::normal:
      return n.a + 3.0 * n.b;
    case Number::Shape::lognormal:
      return n.a * std::exp(3.0 * n.b);
    case Number::Shape::beta:
      return 1.0;
    case Number::Shape::rows:
      return *std::max_element(n.rows->values.begin(), n.rows->values.end());
    case Number::Shape::constant:
      break;
  }
  return n.a;
}

/// The least: the other way round.
double lower_end(const Number& n) {
  switch (n.shape) {
    case Number::Shape::normal:
      return std::max(n.low, n.a - 3.0 * n.b);
    case Number::Shape::lognormal:
      return n.a * std::exp(-3.0 * n.b);
    case Number::Shape::beta:
      return 0.0;
    case Number::Shape::rows:
      return *std::min_element(n.rows->values.begin(), n.rows->values.end());
    default:
      return n.a;
  }
}

void check_forces(Decoder& d, const Node& root, const ScenarioData& data) {
  std::vector<double> placed(data.actors.size(), 0.0);
  for (const PresenceSpec& p : data.presence) placed[p.actor.row()] += lower_end(p.strength);
  for (std::size_t a = 0; a < data.actors.size(); ++a) {
    const ActorSpec& actor = data.actors[a];
    const double most = upper_end(actor.forces);
    if (placed[a] <= most * (1.0 + 1e-9)) continue;
    const Entry* entry = entry_of(section_of(root, "actors"), a, actor.name);
    const Entry* forces = entry == nullptr ? nullptr : entry->value.find("forces");
    if (forces == nullptr || d.failed.contains("actors." + actor.name + ".forces")) continue;
    Diagnostic& p = d.problems.add(
        "E0405", forces->value.at, "actors." + actor.name + ".forces",
        fmt::format("'{}' has {} people placed in regions and no more than {} in all", actor.name,
                    placed[a], most));
    if (const Entry* presence = root.find("presence")) {
      for (const Entry& region : presence->value.entries) {
        if (const Entry* e = region.value.find(actor.name)) {
          d.problems.note(p, e->key_at, fmt::format("placed here in '{}'", region.key));
        }
      }
    }
  }
}

void check_capitals(Decoder& d, const Node& root, const ScenarioData& data) {
  for (std::size_t a = 0; a < data.actors.size(); ++a) {
    const ActorSpec& actor = data.actors[a];
    if (actor.kind != ActorKind::state) continue;
    const Entry* entry = entry_of(section_of(root, "actors"), a, actor.name);
    if (entry == nullptr || !entry->value.is_map()) continue;
    const Entry* capital = entry->value.find("capital");
    const auto& owned = d.regions_of[a];
    if (capital == nullptr && !owned.empty()) {
      d.fail("E0202", entry->key_at, "actors." + actor.name + ".capital",
             fmt::format("'{}' owns regions and has no 'capital'", actor.name),
             fmt::format("for example capital: {}", d.regions.names[owned.front().row()]));
    } else if (capital != nullptr && actor.capital.valid() &&
               data.regions[actor.capital.row()].owner.valid() &&
               std::find(owned.begin(), owned.end(), actor.capital) == owned.end()) {
      Diagnostic& p = d.problems.add(
          "E0408", capital->value.at, "actors." + actor.name + ".capital",
          fmt::format("the capital '{}' is not a region of '{}'", capital->value.text, actor.name));
      d.problems.note(p, d.regions.at[actor.capital.row()], "it is defined here");
    }
  }
}

/// Displaced people are of their region, and live in one that touches it.
void check_displaced(Decoder& d, const Node& root, const ScenarioData& data) {
  for (std::size_t r = 0; r < data.regions.size(); ++r) {
    const RegionSpec& region = data.regions[r];
    const Entry* entry = entry_of(section_of(root, "regions"), r, region.name);
    const Entry* displaced = entry == nullptr ? nullptr : entry->value.find("displaced");
    const std::string path = "regions." + region.name + ".displaced";
    if (displaced == nullptr || d.failed.contains(path)) continue;
    const double most = upper_end(region.displaced);
    if (most > 0.0 && region.neighbours.empty()) {
      d.fail("E0409", displaced->value.at, path,
             fmt::format("'{}' has displaced people and no neighbour where they could live",
                         region.name),
             "give it 'neighbours', or leave 'displaced' out");
      continue;
    }
    const Entry* people = entry->value.find("population");
    const double least = lower_end(region.population);
    if (people == nullptr || most <= least ||
        d.failed.contains("regions." + region.name + ".population")) {
      continue;
    }
    Diagnostic& p =
        d.problems.add("E0409", displaced->value.at, path,
                       fmt::format("as many as {} of '{}' may be displaced, of as few as {} people",
                                   most, region.name, least),
                       "'population' counts the displaced as well");
    d.problems.note(p, people->value.at, "the people are given here");
  }
}

/// Who is at war with a state at the start: those of its wars, and insurgents with whose soil they
/// stand on, as make_world has it.
std::set<std::pair<ActorId, ActorId>> enemies_of_states(const ScenarioData& data) {
  std::set<std::pair<ActorId, ActorId>> enemies;
  for (const PresenceSpec& p : data.presence) {
    if (p.role == Role::insurgent) enemies.emplace(p.actor, data.regions[p.region.row()].owner);
  }
  for (const WarSpec& war : data.wars) {
    for (const ActorId a : war.side_a) {
      for (const ActorId b : war.side_b) {
        enemies.emplace(a, b);
        enemies.emplace(b, a);
      }
    }
  }
  return enemies;
}

/// What its owner does not hold of a region somebody must hold.
void check_control(Decoder& d, const Node& root, const ScenarioData& data) {
  if (!d.failed.empty()) return;  // who stands where, and at war with whom, may be among it
  const auto said = [](const RegionSpec& region) {
    return region.given.says(&RegionTable::control) &&
           lower_end(region[&RegionTable::control]) < 1.0;
  };
  if (std::none_of(data.regions.begin(), data.regions.end(), said)) return;
  const auto enemies = enemies_of_states(data);
  std::vector<bool> contested(data.regions.size());
  for (const PresenceSpec& p : data.presence) {
    const std::pair pair(p.actor, data.regions[p.region.row()].owner);
    if (pair.first != pair.second && upper_end(p.strength) > 0.0 && enemies.contains(pair)) {
      contested[p.region.row()] = true;
    }
  }
  for (std::size_t r = 0; r < data.regions.size(); ++r) {
    const RegionSpec& region = data.regions[r];
    if (contested[r] || !said(region)) continue;
    const Entry* entry = entry_of(section_of(root, "regions"), r, region.name);
    const Entry* control = entry == nullptr ? nullptr : entry->value.find("control");
    d.fail("E0411", control == nullptr ? root.at : control->value.at,
           "regions." + region.name + ".control",
           fmt::format("nobody stands in '{}' who could hold what its owner does not", region.name),
           "place an enemy of its owner there under 'presence', or leave 'control' out");
  }
}

/// One measure twice would be one draw twice, and a mechanism does not double a measure either.
void check_measures(Decoder& d, const Node& root, const ScenarioData& data) {
  const Entry* measures = root.find("measures");
  if (measures == nullptr || measures->value.items.size() != data.measures.size()) return;
  std::map<std::tuple<MeasureKind, ActorId, PactId, ActorId>, Position> seen;
  for (std::size_t i = 0; i < data.measures.size(); ++i) {
    const MeasureSpec& m = data.measures[i];
    const Position& at = measures->value.items[i].at;
    if (!m.on.valid() || (!m.by.valid() && !m.organisation.valid())) continue;
    const auto [first, added] = seen.emplace(std::tuple(m.kind, m.by, m.organisation, m.on), at);
    if (added) continue;
    Diagnostic& p = d.problems.add("E0102", at, fmt::format("measures.{}", i),
                                   "the same measure by the same on the same is given twice",
                                   "give one with the sum of both");
    d.problems.note(p, first->second, "the other is here");
  }
}

/// Two items that set one thing on one day would leave it to their order what it becomes.
void check_timeline_sets(Decoder& d, const Node& root, const ScenarioData& data) {
  const Entry* timeline = root.find("timeline");
  if (timeline == nullptr || timeline->value.items.size() != data.timeline.size()) return;
  std::map<std::pair<std::uint32_t, std::string>, std::pair<double, Position>> seen;
  for (std::size_t i = 0; i < data.timeline.size(); ++i) {
    const TimelineSpec& item = data.timeline[i];
    if (!item.at || item.when) continue;
    for (const Assignment& a : item.set) {
      const Position& at = timeline->value.items[i].at;
      const auto [first, added] =
          seen.emplace(std::pair(data.clock.step_at(*item.at), a.ref.path), std::pair(a.value, at));
      if (added || first->second.first == a.value) continue;
      Diagnostic& p = d.problems.add("E0102", at, fmt::format("timeline.{}.set", i),
                                     fmt::format("'{}' is set to {} and to {} in one step",
                                                 a.ref.path, first->second.first, a.value));
      d.problems.note(p, first->second.second, "the other is here");
    }
  }
}

/// What is in force at the start cannot have begun after it.
void check_since(Decoder& d, const ScenarioData& data, const Node& entry, const std::string& path,
                 Date since) {
  const Entry* e = entry.find("since");
  if (e == nullptr || data.clock.start == Date{} || since <= data.clock.start) return;
  d.fail("E0403", e->value.at, path + ".since",
         fmt::format("{} is after the start of the run, {}", to_string(since),
                     to_string(data.clock.start)),
         "use the timeline for what comes later");
}

void check_dates(Decoder& d, const Node& root, const ScenarioData& data) {
  for (std::size_t i = 0; i < data.wars.size(); ++i) {
    const WarSpec& war = data.wars[i];
    check_since(d, data, entry_of(section_of(root, "wars"), i, war.name)->value, "wars." + war.name,
                war.since);
  }
  for (std::size_t i = 0; i < data.crises.size(); ++i) {
    const CrisisSpec& crisis = data.crises[i];
    const std::string path = "crises." + crisis.name;
    const Node& node = entry_of(section_of(root, "crises"), i, crisis.name)->value;
    check_since(d, data, node, path, crisis.since);
    const Entry* deadline = node.find("deadline");
    if (deadline != nullptr && crisis.deadline && *crisis.deadline < crisis.since) {
      d.fail("E0403", deadline->value.at, path + ".deadline", "the deadline is before 'since'");
    }
    if (deadline == nullptr && crisis.stage == CrisisStage::ultimatum) {
      d.fail("E0202", node.at, path, "an ultimatum needs a 'deadline'");
    }
    if (deadline != nullptr && crisis.stage == CrisisStage::dispute) {
      d.fail("E0203", deadline->key_at, path + ".deadline", "a dispute has no deadline",
             "write stage: ultimatum");
    }
    if (crisis.challenger.valid() && crisis.challenger == crisis.target) {
      d.fail("E0402", node.find("target")->value.at, path, "the challenger is its own target");
    }
  }
  const Entry* measures = root.find("measures");
  for (std::size_t i = 0; measures != nullptr && i < data.measures.size(); ++i) {
    const MeasureSpec& measure = data.measures[i];
    const Node& node = measures->value.items[i];
    check_since(d, data, node, fmt::format("measures.{}", i), measure.since);
    if (measure.by.valid() && measure.by == measure.on) {
      d.fail("E0402", node.find("against")->value.at, fmt::format("measures.{}", i),
             "it is aimed at its own author");
    }
  }
  for (std::size_t a = 0; a < data.actors.size(); ++a) {
    const ActorSpec& actor = data.actors[a];
    if (!actor.last_coup || data.clock.start == Date{} || *actor.last_coup <= data.clock.start) {
      continue;
    }
    const Entry* e = entry_of(section_of(root, "actors"), a, actor.name)->value.find("last_coup");
    if (e == nullptr) continue;
    d.fail("E0403", e->value.at, "actors." + actor.name + ".last_coup",
           fmt::format("{} is after the start of the run, {}", to_string(*actor.last_coup),
                       to_string(data.clock.start)));
  }
}

void check_sponsors(Decoder& d, const Node& root, const ScenarioData& data) {
  for (std::size_t a = 0; a < data.actors.size(); ++a) {
    const ActorSpec& actor = data.actors[a];
    if (actor.sponsor.valid() || actor[&ActorTable::sponsor_evidence] == Number(0.0)) continue;
    const Entry* entry = entry_of(section_of(root, "actors"), a, actor.name);
    const Entry* e = entry->value.find("sponsor_evidence");
    if (e == nullptr || entry->value.find("sponsor") != nullptr) continue;
    d.fail("E0203", e->key_at, "actors." + actor.name + ".sponsor_evidence",
           "'sponsor_evidence' has no effect without a 'sponsor'");
  }
}

}  // namespace

void complete_borders(Decoder& d, const Node* section, ScenarioData& data) {
  if (section == nullptr || !section->is_map()) return;
  // As written, before the missing halves are filled in.
  const auto written = [&](std::size_t region, RegionId to) -> const Entry* {
    const Entry* entry = entry_of(section, region, data.regions[region].name);
    const Entry* list = entry == nullptr ? nullptr : entry->value.find("neighbours");
    return list == nullptr ? nullptr : list->value.find(data.regions[to.row()].name);
  };
  const auto find = [&](std::size_t region, RegionId to) {
    auto& list = data.regions[region].neighbours;
    return std::find_if(list.begin(), list.end(), [&](const Border& b) { return b.to == to; });
  };
  for (std::size_t r = 0; r < data.regions.size(); ++r) {
    const std::vector<Border> mine = data.regions[r].neighbours;
    for (const Border& border : mine) {
      const std::size_t other = border.to.row();
      if (other >= data.regions.size()) continue;
      const Entry* here = written(r, border.to);
      const std::string path = "regions." + data.regions[r].name + ".neighbours";
      if (other == r) {
        d.fail("E0402", here->key_at, path,
               fmt::format("'{}' is its own neighbour", data.regions[r].name));
        continue;
      }
      const auto back = find(other, RegionId(r));
      if (back == data.regions[other].neighbours.end()) {
        data.regions[other].neighbours.push_back({RegionId(r), border.km});
        continue;
      }
      const Entry* there = written(other, RegionId(r));
      if (back->km == border.km || there == nullptr || here == nullptr || other < r) continue;
      Diagnostic& p = d.problems.add(
          "E0401", there->value.at, path,
          fmt::format("the border between '{}' and '{}' is given as {} km and {} km",
                      data.regions[r].name, data.regions[other].name, border.km, back->km),
          "give it on one side only");
      d.problems.note(p, here->value.at, "given first here");
    }
  }
  for (RegionSpec& region : data.regions) {
    std::sort(region.neighbours.begin(), region.neighbours.end(),
              [](const Border& a, const Border& b) { return a.to < b.to; });
  }
}

void check_consistency(Decoder& d, const Node& root, ScenarioData& data) {
  check_forces(d, root, data);
  check_capitals(d, root, data);
  check_dates(d, root, data);
  check_sponsors(d, root, data);
  check_displaced(d, root, data);
  check_control(d, root, data);
  check_measures(d, root, data);
  check_timeline_sets(d, root, data);
}

void check_timeline_item(Decoder& d, const Node& item, const TimelineSpec& spec) {
  if (!spec.at && !spec.when) {
    d.fail("E0202", item.at, "timeline", "it needs a day, 'at', or a condition, 'when'");
  }
  if (spec.set.empty() && !spec.emit && !spec.deploy && !spec.withdraw && !spec.ceasefire) {
    d.fail("E0202", item.at, "timeline", "nothing happens",
           "give it one of set, emit, deploy, withdraw, ceasefire");
  }
  if (spec.at && item.find("once") != nullptr && !spec.when) {
    d.fail("E0203", item.find("once")->key_at, "timeline",
           "'once' has no effect on what happens on a day");
  }
  if (spec.withdraw && spec.withdraw->region.valid() == spec.withdraw->host.valid()) {
    d.fail("E0202", item.find("withdraw")->key_at, "timeline.withdraw",
           "it needs one of 'region' and 'host'");
  }
}

void check_outcome(Decoder& d, const Entry& entry, OutcomeSpec& spec, bool good) {
  const std::string path = "outcomes." + entry.key;
  const Entry* form = nullptr;
  for (const OutcomeForm& f : outcome_forms()) {
    const Entry* e = entry.value.find(f.name);
    if (e == nullptr) continue;
    if (form != nullptr) {
      d.fail("E0203", e->key_at, path,
             fmt::format("an outcome has one form; this has '{}' and '{}'", form->key, e->key));
      return;
    }
    form = e;
  }
  if (form == nullptr) {
    std::vector<std::string_view> names;
    for (const OutcomeForm& f : outcome_forms()) names.push_back(f.name);
    d.fail("E0202", entry.key_at, path, fmt::format("it needs one of {}", fmt::join(names, ", ")));
    return;
  }
  if (!good) return;
  const auto useless = [&](std::initializer_list<std::string_view> keys, std::string_view where) {
    for (const std::string_view key : keys) {
      if (const Entry* e = entry.value.find(key)) {
        d.fail("E0203", e->key_at, path + "." + std::string(key),
               fmt::format("'{}' has no effect on {}", key, where));
      }
    }
  };
  const OutcomeForm& about = outcome_form(spec.form);
  if (about.needs_whole && spec.of.empty()) {
    d.fail("E0202", form->key_at, path, "key 'of' is missing", "for example of: [honour, breach]");
  }
  if (!about.needs_whole) useless({"of"}, fmt::format("the form '{}'", form->key));
  if (about.of != OutcomeForm::Of::events) {
    const auto columns = outcome_columns(d.tables.columns);
    const auto column = std::find_if(columns.begin(), columns.end(),
                                     [&](const auto* c) { return c->info->name == spec.what; });
    if (column == columns.end()) return;
    const ColumnInfo& info = *(*column)->info;
    const std::string what = fmt::format("'{}: {}'", form->key, spec.what);
    if ((*column)->table == PathRef::Table::actor) {
      useless({"against", "within", "at_least", "where"}, what);
      if (!spec.pact.empty()) {
        d.fail("E0301", entry.value.find("by")->value.at, path + ".by",
               fmt::format("{} is of actors, not of pacts", what));
      }
    } else if (!info.in_events || about.of == OutcomeForm::Of::columns) {
      useless({"by", "against", "within", "at_least"}, what);
    }
    if (spec.unit.empty()) spec.unit = unit_name(info.unit);
  } else if (spec.unit.empty()) {
    spec.unit = about.unit;
  }
}

}  // namespace casus::scenario
