#include "casus/scenario/fingerprint.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "casus/core/archive.h"
#include "casus/law/doctrines.h"
#include "casus/world/columns.h"

// What a run depends on in each part of a scenario. A structure is taken apart into all its
// members, so that a new one does not compile before it has been thought of here.
namespace casus {

static void archive(Archive& a, Number& x) {
  auto& [shape, p, q, r, low, high, rows] = x;
  a(shape, p, q, r, low, high);
  if (rows == nullptr) return;
  NumberRows found = *rows;
  a(found.of, found.values);
}

static void archive(Archive& a, Border& x) {
  auto& [to, km] = x;
  a(to, km);
}

template <class Table>
static void archive(Archive& a, Given<Table>& x) {
  // What is not said is as the column has it at the start.
  const auto columns = columns_of<Table>();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!columns[c].info.given) continue;
    Number number = std::as_const(x).at(c);
    a(number);
  }
  for (auto [name, number] : x.own()) a(name, number);
}

static void archive(Archive& a, RegionSpec& x) {
  auto& [name, title, source, owner, population, displaced, latitude, longitude, given, areas,
         area_set, neighbours] = x;
  static_cast<void>(title), static_cast<void>(source), static_cast<void>(area_set);
  a(name, owner, population, displaced, latitude, longitude, given, areas, neighbours);
}

static void archive(Archive& a, ActorSpec& x) {
  auto& [name, title, source, kind, forces, given, regime, last_coup, capital, dependent_fuel,
         sponsor, pro_state] = x;
  static_cast<void>(title), static_cast<void>(source);
  a(name, kind, forces, given, regime, last_coup, capital, dependent_fuel, sponsor, pro_state);
}

static void archive(Archive& a, PresenceSpec& x) {
  auto& [actor, region, strength, role, given, resistance] = x;
  a(actor, region, strength, role, given, resistance);
}

static void archive(Archive& a, RelationSpec& x) {
  auto& [from, to, affinity, rivalry, hosting] = x;
  a(from, to, affinity, rivalry, hosting);
}

static void archive(Archive& a, WarSpec& x) {
  auto& [name, title, source, side_a, side_b, since, attacker] = x;
  static_cast<void>(title), static_cast<void>(source);
  a(name, side_a, side_b, since, attacker);
}

static void archive(Archive& a, CrisisSpec& x) {
  auto& [name, title, source, challenger, organisation, target, issue, stake, since, stage,
         deadline] = x;
  static_cast<void>(title), static_cast<void>(source);
  a(name, challenger, organisation, target, issue, stake, since, stage, deadline);
}

static void archive(Archive& a, MeasureSpec& x) {
  auto& [kind, by, organisation, on, size, since, source] = x;
  static_cast<void>(source);
  a(kind, by, organisation, on, size, since);
}

static void archive(Archive& a, PathRef& x) {
  auto& [table, column, row, row2, path] = x;
  static_cast<void>(row), static_cast<void>(row2), static_cast<void>(column);
  a(table, path);
}

static void archive(Archive& a, Condition::Term& x) {
  auto& [kind, ref, op, value, first, second, pact, negated] = x;
  a(kind, ref, op, value, first, second, pact, negated);
}

static void archive(Archive& a, Condition& x) {
  auto& [text, terms] = x;
  static_cast<void>(text);
  a(terms);
}

static void archive(Archive& a, Assignment& x) {
  auto& [ref, value] = x;
  a(ref, value);
}

static void archive(Archive& a, EmitSpec& x) {
  auto& [act, by, against, where, size, severity, invited, help_asked, government, imminent,
         repelled, asked_by, invited_by, posture] = x;
  a(act, by, against, where, size, severity, invited, help_asked);
  a.later(government, imminent, repelled, asked_by, invited_by, posture);
}

static void archive(Archive& a, MoveSpec& x) {
  auto& [actor, region, host, strength, over_days] = x;
  a(actor, region, host, strength, over_days);
}

static void archive(Archive& a, TruceSpec& x) {
  auto& [actor, with, lasts_days] = x;
  a(actor, with, lasts_days);
}

static void archive(Archive& a, TimelineSpec& x) {
  auto& [title, source, at, when, once, set, emit, deploy, withdraw, ceasefire] = x;
  static_cast<void>(title), static_cast<void>(source);
  a(at, when, once, set, emit, deploy, withdraw, ceasefire);
}

static void archive(Archive& a, MechanismSpec& x) {
  auto& [name, enabled, values] = x;
  a(name, enabled, values);
}

namespace {

template <class Items, class Path>
void add(Fingerprint& out, const char* section, const Items& items, Path&& path) {
  Digester order;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string name = path(i);
    order(name);
    out.emplace_back(fmt::format("{}.{}", section, name), digest_of(items[i]));
  }
  // Rows are positions: another order is another world.
  out.emplace_back(fmt::format("the list of {}", section), order.value());
}

}  // namespace

Fingerprint fingerprint(const ScenarioData& s) {
  Fingerprint out;
  const auto actor = [&](ActorId a) { return a.valid() ? s.actors[a.row()].name : std::string(); };
  const auto author = [&](ActorId a, PactId p) {
    return p.valid() ? s.pact_names[p.row()] : actor(a);
  };
  Digester clock;
  Date start = s.clock.start;
  Minutes step = s.clock.step;
  clock(start, step);
  out.emplace_back("clock", clock.value());
  add(out, "regions", s.regions, [&](std::size_t i) { return s.regions[i].name; });
  add(out, "actors", s.actors, [&](std::size_t i) { return s.actors[i].name; });
  add(out, "presence", s.presence, [&](std::size_t i) {
    return fmt::format("{}.{}", s.regions[s.presence[i].region.row()].name,
                       actor(s.presence[i].actor));
  });
  add(out, "relations", s.relations, [&](std::size_t i) {
    return fmt::format("{}.{}", actor(s.relations[i].from), actor(s.relations[i].to));
  });
  add(out, "pacts", s.pacts, [&](std::size_t i) { return s.pact_names[i]; });
  add(out, "wars", s.wars, [&](std::size_t i) { return s.wars[i].name; });
  add(out, "crises", s.crises, [&](std::size_t i) { return s.crises[i].name; });
  add(out, "measures", s.measures, [&](std::size_t i) {
    const MeasureSpec& m = s.measures[i];
    return fmt::format("{}.{}.{}", author(m.by, m.organisation), actor(m.on),
                       static_cast<int>(m.kind));
  });
  add(out, "timeline", s.timeline, [&](std::size_t i) {
    return s.timeline[i].title.empty() ? fmt::format("{}", i) : s.timeline[i].title;
  });
  Digester areas;
  std::vector<std::string> terms = s.areas.names();
  areas(terms);
  out.emplace_back("the list of areas", areas.value());
  if (!s.columns.own().empty() || !s.events.own().empty()) {
    Digester own;
    for (OwnColumn c : s.columns.own()) {
      own(c.table, c.info.name, c.info.unit, c.info.low, c.info.high, c.info.initial, c.info.kinds);
    }
    for (OwnEvent e : s.events.own()) own(e.name);
    out.emplace_back("the columns and events of mechanisms", own.value());
  }
  // Each that is not read as usual: what says nothing of doctrines keeps the parts it had.
  for (const law::Question& q : law::questions()) {
    std::uint8_t reading = q.get(s.doctrines);
    if (reading == 0) continue;
    Digester read;
    read(reading);
    out.emplace_back(fmt::format("doctrines.{}", q.name), read.value());
  }
  add(out, "mechanisms", s.mechanisms, [&](std::size_t i) { return s.mechanisms[i].name; });
  return out;
}

std::vector<std::string> differences(const Fingerprint& a, const Fingerprint& b) {
  std::multiset<std::pair<std::string, std::uint64_t>> in_a(a.begin(), a.end());
  std::multiset<std::pair<std::string, std::uint64_t>> in_b(b.begin(), b.end());
  std::vector<std::string> paths;
  const auto look = [&](const Fingerprint& of, const auto& other) {
    for (const auto& part : of) {
      const bool known = std::find(paths.begin(), paths.end(), part.first) != paths.end();
      if (!other.contains(part) && !known) paths.push_back(part.first);
    }
  };
  look(a, in_b);
  look(b, in_a);
  return paths;
}

std::string phrase(const std::vector<std::string>& paths) {
  constexpr std::size_t most = 5;
  if (paths.size() <= most) return fmt::format("{}", fmt::join(paths, ", "));
  return fmt::format("{} and {} more", fmt::join(paths.begin(), paths.begin() + most, ", "),
                     paths.size() - most);
}

}  // namespace casus
