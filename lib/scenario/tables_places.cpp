#include <fmt/format.h>

#include <algorithm>

#include "scenario/column_fields.h"
#include "scenario/tables.h"

namespace casus::scenario {
namespace {

/// [latitude, longitude] in degrees.
bool read_position(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                   RegionSpec& out) {
  if (!d.expect(node, Node::Kind::list, path)) return false;
  if (node.items.size() != 2) {
    return d.fail("E0210", node.at, path,
                  fmt::format("expected latitude and longitude, found {} items", node.items.size()),
                  "for example [16.27, -0.04]");
  }
  FieldInfo latitude = f, longitude = f;
  latitude.low = -90.0;
  latitude.high = 90.0;
  longitude.low = -180.0;
  longitude.high = 180.0;
  const bool first = d.read(node.items[0], latitude, path, out.latitude);
  return d.read(node.items[1], longitude, path, out.longitude) && first;
}

// km. Everything that goes over a border is shared out by its length, so regions that touch at all
// touch along some of it: a bridge along its width.
constexpr double shortest_border = 0.01;

/// A mapping of regions to the length of the border shared with each.
bool read_neighbours(Decoder& d, const Node& node, const FieldInfo& f, const std::string& path,
                     RegionSpec& out) {
  if (!d.expect(node, Node::Kind::map, path)) return false;
  FieldInfo length = f;
  length.unit = Unit::km;
  length.low = shortest_border;
  length.high = 20000.0;
  bool good = true;
  for (const Entry& entry : node.entries) {
    const std::string at = path + "." + entry.key;
    const auto row = d.look_up(d.regions, scalar_node(entry.key, entry.key_at), at);
    Border border;
    if (!d.read(entry.value, length, at, border.km) || !row) {
      good = false;
      continue;
    }
    border.to = RegionId(*row);
    out.neighbours.push_back(border);
  }
  return good;
}

Node write_position(const Encoder& e, const FieldInfo& f, const RegionSpec& in) {
  Node list;
  Encoder::add(list, e.write(f, in.latitude));
  Encoder::add(list, e.write(f, in.longitude));
  return list;
}

Node write_neighbours(const Encoder& e, const FieldInfo& f, const RegionSpec& in) {
  Node map;
  for (const Border& border : in.neighbours) {
    const Node to = border.to.valid() ? e.write(f, border.to) : scalar_node(Encoder::nobody, {});
    Encoder::add(map, to.text, e.write(f, border.km));
  }
  return map;
}

}  // namespace

std::vector<Field<RegionSpec>> region_fields(const Columns& columns) {
  return with_columns<RegionTable>(
      std::vector<Field<RegionSpec>>{
          field<&RegionSpec::title>({.name = "title", .doc = "Its name for readers."}),
          field<&RegionSpec::source>(
              {.name = "source",
               .type = Type::source,
               .doc = "Where the figures are from: a text, or keys of `sources`.",
               .example = "\"census2022: table 4\""}),
          field<&RegionSpec::owner>({.name = "owner",
                                     .required = true,
                                     .of_kinds = states,
                                     .doc = "The state whose territory it is.",
                                     .example = "mali"}),
          field<&RegionSpec::population>(
              {.name = "population",
               .unit = Unit::people,
               .low = 0,
               .high = 2e9,
               .required = true,
               .doc = "People of the region at the start, its displaced included.",
               .example = "772140"}),
          field<&RegionSpec::displaced>({.name = "displaced",
                                         .unit = Unit::people,
                                         .low = 0,
                                         .high = 1e9,
                                         .fallback = "0",
                                         .doc =
                                             "People of this region who live as displaced in its "
                                             "neighbours at the start, no more than it has "
                                             "people."}),
          {{.name = "at",
            .type = Type::custom,
            .required = true,
            .section = "position",
            .doc = "Latitude and longitude of its centre, degrees; south and west are negative.",
            .example = "[16.82, 0.15]"},
           read_position,
           write_position},
          field<&RegionSpec::areas>({.name = "areas",
                                     .doc = "Terms of geography that articles of pacts may use.",
                                     .example = "[liptako]"}),
          {{.name = "neighbours",
            .type = Type::custom,
            .section = "neighbours",
            .doc =
                "Regions it touches, with the length of the shared border. Giving a border on one "
                "side is enough; if both sides give it, they must agree. At least 10 m: islands "
                "joined by a bridge share its width, those joined by nothing no border.",
            .example = "{kidal: 812 km}"},
           read_neighbours,
           write_neighbours},
      },
      columns);
}

std::span<const std::string_view> role_words() {
  static constexpr std::string_view words[] = {"garrison", "deployment", "insurgent"};
  return words;
}

std::vector<Field<PresenceSpec>> presence_fields(const Columns& columns) {
  return with_columns<PresenceTable>(
      std::vector<Field<PresenceSpec>>{
          field<&PresenceSpec::strength>({.name = "strength",
                                          .unit = Unit::people,
                                          .low = 0,
                                          .high = 1e8,
                                          .required = true,
                                          .doc = "People under arms there.",
                                          .example = "1200"}),
          field<&PresenceSpec::role>(
              {.name = "role",
               .words = role_words(),
               .doc = "What they are there for. By itself: the owner and groups "
                      "on its side are a garrison, other armed groups are "
                      "insurgents, everybody else is a deployment.",
               .example = "deployment"}),
      },
      columns);
}

std::span<const Field<RelationSpec>> relation_fields() {
  static const std::vector<Field<RelationSpec>> rows{
      field<&RelationSpec::from>(
          {.name = "from", .required = true, .doc = "Who sees the other so.", .example = "mali"}),
      field<&RelationSpec::to>(
          {.name = "to", .required = true, .doc = "Who is seen so.", .example = "niger"}),
      field<&RelationSpec::affinity>({.name = "affinity",
                                      .low = -1,
                                      .high = 1,
                                      .fallback = "0",
                                      .doc = "From -1, an enemy, to 1, a friend."}),
      field<&RelationSpec::rivalry>({.name = "rivalry",
                                     .fallback = "false",
                                     .doc = "An old quarrel over territory, rank or succession."}),
      field<&RelationSpec::hosting>(
          {.name = "hosting", .fallback = "false", .doc = "`from` lets `to` stay on its soil."}),
  };
  return rows;
}

}  // namespace casus::scenario
