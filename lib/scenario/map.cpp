#include "scenario/map.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "text/encoder.h"

namespace casus::scenario {
namespace {

using text::Encoder;

constexpr std::size_t fewest_points = 4;  ///< of a ring, the first again at the end among them

/// A key of a mapping that has to be there, of a certain kind; nullptr after a complaint.
const Node* child(Decoder& d, const Node& map, std::string_view key, Node::Kind kind,
                  const std::string& path) {
  const Entry* e = map.find(key);
  const std::string at = path + "." + std::string(key);
  if (e == nullptr) {
    d.fail("E0202", map.at, at, fmt::format("key '{}' is missing", key));
    return nullptr;
  }
  return d.expect(e->value, kind, at) ? &e->value : nullptr;
}

bool read_point(Decoder& d, const Node& node, const std::string& path, GeoPoint& out) {
  if (!d.expect(node, Node::Kind::list, path)) return false;
  // A third number would be a height.
  if (node.items.size() != 2 && node.items.size() != 3) {
    return d.fail("E0210", node.at, path, "a position is [longitude, latitude]");
  }
  const FieldInfo longitude{.name = "longitude", .low = -180, .high = 180};
  const FieldInfo latitude{.name = "latitude", .low = -90, .high = 90};
  return d.read(node.items[0], longitude, path, out.first) &&
         d.read(node.items[1], latitude, path, out.second);
}

bool read_ring(Decoder& d, const Node& node, const std::string& path, GeoRing& out) {
  if (!d.expect(node, Node::Kind::list, path)) return false;
  out.reserve(node.items.size());
  for (const Node& item : node.items) {
    GeoPoint point;
    if (!read_point(d, item, path, point)) return false;
    out.push_back(point);
  }
  if (out.size() < fewest_points || out.front() != out.back()) {
    return d.fail("E0210", node.at, path,
                  "an outline has at least four positions, and ends where it begins");
  }
  return true;
}

bool read_polygon(Decoder& d, const Node& node, const std::string& path,
                  std::vector<std::vector<GeoRing>>& out) {
  if (!d.expect(node, Node::Kind::list, path)) return false;
  std::vector<GeoRing> rings(node.items.size());
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (!read_ring(d, node.items[i], path, rings[i])) return false;
  }
  out.push_back(std::move(rings));
  return true;
}

bool read_geometry(Decoder& d, const Node& geometry, const std::string& path,
                   std::vector<std::vector<GeoRing>>& out) {
  const Node* type = child(d, geometry, "type", Node::Kind::scalar, path);
  if (type == nullptr) return false;
  const bool one = type->text == "Polygon";
  if (!one && type->text != "MultiPolygon") {
    return d.fail("E0208", type->at, path + ".type",
                  fmt::format("a region is a Polygon or a MultiPolygon, not '{}'", type->text));
  }
  const Node* coordinates = child(d, geometry, "coordinates", Node::Kind::list, path);
  if (coordinates == nullptr) return false;
  const std::string at = path + ".coordinates";
  if (one) return read_polygon(d, *coordinates, at, out);
  bool good = true;
  for (const Node& item : coordinates->items) good = read_polygon(d, item, at, out) && good;
  return good;
}

void read_feature(Decoder& d, const Node& feature, const std::string& path,
                  std::vector<RegionOutline>& out) {
  if (!d.expect(feature, Node::Kind::map, path)) return;
  const Node* properties = child(d, feature, "properties", Node::Kind::map, path);
  const Node* region = properties == nullptr ? nullptr
                                             : child(d, *properties, "region", Node::Kind::scalar,
                                                     path + ".properties");
  const Node* geometry = child(d, feature, "geometry", Node::Kind::map, path);
  RegionOutline outline;
  const bool drawn =
      geometry != nullptr && read_geometry(d, *geometry, path + ".geometry", outline.polygons);
  if (region == nullptr || d.removed.contains("regions." + region->text)) return;
  const auto row = d.look_up(d.regions, *region, path + ".properties.region");
  if (!row || !drawn) return;
  outline.region = RegionId(*row);
  out.push_back(std::move(outline));
}

/// `bbox` of a collection: west, south, east, north. A height would make it six numbers.
void read_frame(Decoder& d, const Node& map, GeoBox& out) {
  const Entry* e = map.find("bbox");
  if (e == nullptr || !d.expect(e->value, Node::Kind::list, "map.bbox")) return;
  if (e->value.items.size() != 4) {
    d.fail("E0210", e->value.at, "map.bbox", "a frame is [west, south, east, north]");
    return;
  }
  const FieldInfo longitude{.name = "longitude", .low = -180, .high = 180};
  const FieldInfo latitude{.name = "latitude", .low = -90, .high = 90};
  GeoBox box;
  const std::array<std::pair<const FieldInfo*, double*>, 4> sides{{{&longitude, &box.west},
                                                                   {&latitude, &box.south},
                                                                   {&longitude, &box.east},
                                                                   {&latitude, &box.north}}};
  bool good = true;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const std::string path = fmt::format("map.bbox.{}", i);
    good = d.read(e->value.items[i], *sides[i].first, path, *sides[i].second) && good;
  }
  if (!good) return;
  if (box.empty()) {
    d.fail("E0210", e->value.at, "map.bbox",
           "a frame goes from west to east and from south to north");
    return;
  }
  out = box;
}

Node word(std::string text) { return text::scalar_node(std::move(text), {}); }

Node write_ring(const Encoder& e, const GeoRing& ring) {
  Node list;
  for (const auto& [longitude, latitude] : ring) {
    Node point;
    Encoder::add(point, e.write(FieldInfo{}, longitude));
    Encoder::add(point, e.write(FieldInfo{}, latitude));
    Encoder::add(list, std::move(point));
  }
  return list;
}

}  // namespace

void read_map(Decoder& d, const Node& root, std::vector<RegionOutline>& out, GeoBox& frame) {
  const Entry* entry = root.find("map");
  if (entry == nullptr || !d.expect(entry->value, Node::Kind::map, "map")) return;
  const Node* type = child(d, entry->value, "type", Node::Kind::scalar, "map");
  if (type != nullptr && type->text != "FeatureCollection") {
    d.fail("E0208", type->at, "map.type",
           fmt::format("a map is a FeatureCollection, not '{}'", type->text));
    return;
  }
  const Node* features = child(d, entry->value, "features", Node::Kind::list, "map");
  read_frame(d, entry->value, frame);
  if (type == nullptr || features == nullptr) return;
  for (std::size_t i = 0; i < features->items.size(); ++i) {
    read_feature(d, features->items[i], fmt::format("map.features.{}", i), out);
  }
}

Node write_map(const Encoder& e, const std::vector<RegionOutline>& map, const GeoBox& frame) {
  if (map.empty()) return {};
  Node features;
  for (const RegionOutline& outline : map) {
    Node coordinates;
    for (const std::vector<GeoRing>& polygon : outline.polygons) {
      Node rings;
      for (const GeoRing& ring : polygon) Encoder::add(rings, write_ring(e, ring));
      Encoder::add(coordinates, std::move(rings));
    }
    Node properties, geometry, feature;
    Encoder::add(properties, "region", e.write(FieldInfo{}, outline.region));
    Encoder::add(geometry, "type", word("MultiPolygon"));
    Encoder::add(geometry, "coordinates", std::move(coordinates));
    Encoder::add(feature, "type", word("Feature"));
    Encoder::add(feature, "properties", std::move(properties));
    Encoder::add(feature, "geometry", std::move(geometry));
    Encoder::add(features, std::move(feature));
  }
  Node node;
  Encoder::add(node, "type", word("FeatureCollection"));
  if (!frame.empty()) {
    Node box;
    for (const double side : {frame.west, frame.south, frame.east, frame.north}) {
      Encoder::add(box, e.write(FieldInfo{}, side));
    }
    Encoder::add(node, "bbox", std::move(box));
  }
  Encoder::add(node, "features", std::move(features));
  return node;
}

}  // namespace casus::scenario
