#include <algorithm>

#include "casus/world/columns.h"

namespace casus {
namespace {

double displaced(const World& world, std::size_t row) {
  return world.regions.displaced_from(RegionId(row));
}

double combat_deaths(const World& world, std::size_t row) {
  return world.regions.deaths[row] - world.regions.civilian_deaths[row];
}

/// Of a region that everybody has left, as of one with a single inhabitant.
double deaths_per_100k(const World& world, std::size_t row) {
  return 1e5 * world.regions.deaths[row] / std::max(1.0, world.regions.residents[row]);
}

}  // namespace

// The order is that of the hash.
template <>
std::span<const Column<RegionTable>> columns_of() {
  using T = RegionTable;
  static const std::vector<Column<T>> rows{
      {{.name = "key"}, &T::key},
      {{.name = "owner"}, &T::owner},
      {{.name = "residents",
        .unit = Unit::people,
        .domain = Domain::nonnegative,
        .doc = "People living at home."},
       &T::residents},
      {{.name = "value",
        .domain = Domain::nonnegative,
        .low = 0,
        .high = 1000,
        .given = true,
        .settable = true,
        .initial = 1.0,
        .aggregate = Aggregate::mean,
        .doc = "Strategic value, 1 being an ordinary region."},
       &T::value},
      {{.name = "grievance",
        .domain = Domain::share,
        .low = 0,
        .high = 1,
        .given = true,
        .settable = true,
        .initial = 0.3,
        .aggregate = Aggregate::by_residents,
        .doc = "How ready people are to side against the state."},
       &T::grievance},
      {{.name = "terrain",
        .domain = Domain::share,
        .low = 0,
        .high = 1,
        .given = true,
        .settable = true,
        .initial = 0.3,
        .aggregate = Aggregate::mean,
        .doc = "How much the land favours those who hide: 0 open and watched, 1 mountains, forest "
               "or empty desert."},
       &T::terrain},
      {{.name = "control",
        .domain = Domain::share,
        .low = 0,
        .high = 1,
        .given = true,
        .initial = 1.0,
        .aggregate = Aggregate::by_residents,
        .doc = "Share held by the owner and its friends; its enemies hold the rest, by their "
               "strength. Where it is not given it follows the strengths that stand there."},
       &T::control},
      {{.name = "deaths",
        .unit = Unit::people,
        .domain = Domain::nonnegative,
        .in_events = EventSum{{}, [](const EventToll& t) { return t.deaths; }},
        .doc = "Deaths by violence so far."},
       &T::deaths},
      {{.name = "civilian_deaths",
        .unit = Unit::people,
        .domain = Domain::nonnegative,
        .in_events = EventSum{{}, [](const EventToll& t) { return t.civilian_deaths; }},
        .doc = "Deaths of civilians so far."},
       &T::civilian_deaths},
      {{.name = "recent_violence",
        .unit = Unit::people,
        .domain = Domain::nonnegative,
        .doc = "Deaths, fading with the memory of displacement."},
       &T::recent_violence},
      {{.name = "attacks",
        .domain = Domain::nonnegative,
        .in_events = EventSum{EventKind::attack, [](const EventToll& t) { return t.size; }},
        .doc = "Attacks by armed groups so far."},
       &T::attacks},
      {{.name = "campaign",
        .domain = Domain::share,
        .low = 0,
        .high = 1,
        .given = true,
        .settable = true,
        .initial = 0.0,
        .aggregate = Aggregate::mean,
        .doc = "1 while its owner's army is retaking it from armed groups, else 0."},
       &T::campaign},
      {{.name = "lethality",
        .domain = Domain::nonnegative,
        .low = 0.01,
        .high = 100,
        .given = true,
        .settable = true,
        .initial = 1.0,
        .aggregate = Aggregate::mean,
        .doc = "Deaths in an attack or an operation there, relative to elsewhere."},
       &T::lethality},
      {{.name = "border_displaced",
        .unit = Unit::people,
        .domain = Domain::nonnegative,
        .doc = "People living as displaced beyond a border."},
       &T::displaced,
       true},
      {{.name = "area",
        .unit = Unit::km2,
        .domain = Domain::nonnegative,
        .low = 0.1,
        .high = 2e7,
        .given = true,
        .required = true,
        .constant = true,
        .doc = "Land area.",
        .example = "101047"},
       &T::area},
      {{.name = "border_begin"}, &T::border_begin, true},
      {{.name = "border_to"}, &T::border_to, true},
      {{.name = "border_km", .unit = Unit::km, .domain = Domain::nonnegative}, &T::border_km, true},
      {{.name = "border_share", .domain = Domain::share}, &T::border_share, true},
      {{.name = "displaced",
        .unit = Unit::people,
        .domain = Domain::nonnegative,
        .doc = "People of the region living as displaced."},
       Derived{displaced, nullptr}},
      {{.name = "combat_deaths",
        .unit = Unit::people,
        .domain = Domain::nonnegative,
        .in_events = EventSum{{}, [](const EventToll& t) { return t.deaths - t.civilian_deaths; }},
        .doc = "Deaths of people under arms so far."},
       Derived{combat_deaths, nullptr}},
      {{.name = "deaths_per_100k",
        .domain = Domain::nonnegative,
        .aggregate = Aggregate::by_residents,
        .doc = "Deaths by violence so far for each 100,000 people living at home; of several "
               "regions, all their deaths over all their people."},
       Derived{deaths_per_100k, nullptr}},
  };
  return rows;
}

// The order is that of the hash.
template <>
std::span<const Column<PresenceTable>> columns_of() {
  using T = PresenceTable;
  static const std::vector<Column<T>> rows{
      {{.name = "actor"}, &T::actor},
      {{.name = "region"}, &T::region},
      {{.name = "role"}, &T::role},
      {{.name = "strength",
        .unit = Unit::people,
        .domain = Domain::nonnegative,
        .doc = "People under arms there."},
       &T::strength},
      {{.name = "control",
        .domain = Domain::share,
        .doc = "Share of the region held by a side hostile to its owner."},
       &T::control},
      {{.name = "excitation",
        .domain = Domain::nonnegative,
        .doc = "Further attacks to be expected, set off by past ones."},
       &T::excitation},
      {{.name = "resistance",
        .domain = Domain::real,
        .doc =
            "Log odds by which ground there is harder to take from the owner, and easier from the "
            "group. At the start it is what keeps the balance."},
       &T::resistance},
      {{.name = "activity",
        .domain = Domain::nonnegative,
        .low = 0,
        .high = 100,
        .given = true,
        .settable = true,
        .initial = 1.0,
        .doc = "Fights of an armed group's people there with the owner's side, for their number, "
               "relative to what they would have elsewhere."},
       &T::activity},
  };
  return rows;
}

}  // namespace casus
