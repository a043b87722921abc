#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"

namespace casus {

/// Whose series are written down.
enum class Observed : std::uint8_t { world, states, armed_groups, externals, regions, presences };

constexpr unsigned observed_bit(Observed whose) { return 1U << static_cast<unsigned>(whose); }

/// What can be written down, and of whom; a column of a mechanism is one besides, by its name.
struct ObservedVariable {
  enum class What : std::uint8_t {
    deaths,
    civilian_deaths,
    attacks,
    displaced,
    control,
    wars,
    forces,
    abroad,
    legitimacy,
    resources,
    regions,
    strength,
  };
  What what{};
  std::string_view name, unit;
  unsigned of = 0;  ///< a bit for each kind of entity that has it
  std::string_view doc;
};

/// All of them, in the order in which the columns of an entity stand.
CASUS_API std::span<const ObservedVariable> observed_variables();
/// The words of `Observed` in scenarios, in its order.
CASUS_API std::span<const std::string_view> observed_words();

/// What is written down during a run: `observe` of a scenario. What is empty chooses nothing out.
struct ObserveSpec {
  /// More regions than these are not written down unasked: the series would be larger than what
  /// they are of.
  static constexpr std::size_t most_regions = 1000;

  double every_days = 30.0;            ///< between rows of the series
  std::vector<std::string> variables;  ///< empty: all
  std::vector<Observed> of;            ///< empty: all but presences
  std::vector<RegionId> regions;       ///< empty: all
  std::vector<ActorId> actors;         ///< empty: all
};

/// Degrees: longitude and latitude, as GeoJSON has them.
using GeoPoint = std::pair<double, double>;
/// A closed line, its first point given again at the end.
using GeoRing = std::vector<GeoPoint>;

/// Where a region is: `map` of a scenario. Of each polygon the outline and, behind it, its holes.
struct RegionOutline {
  RegionId region;
  std::vector<std::vector<GeoRing>> polygons;
};

/// A part of the world, in degrees: GeoJSON's `bbox`.
struct GeoBox {
  double west = 0.0, south = 0.0, east = 0.0, north = 0.0;
  bool empty() const { return !(west < east && south < north); }
};

}  // namespace casus
