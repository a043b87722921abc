#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support.h"

namespace casus {
namespace {

const std::string square = "[[0, 0], [1, 0], [1, 1], [0, 0]]";

std::string feature(const std::string& region, const std::string& geometry) {
  return R"({"type": "Feature", "properties": {"region": ")" + region +
         R"(", "name": "whatever"}, "geometry": )" + geometry + "}";
}

std::string with_map(const std::string& features) {
  return test::small_world + std::string(R"(
map: {"type": "FeatureCollection", "features": [)") +
         features + "]}\n";
}

std::string code_of(const std::string& features) {
  try {
    Scenario::parse(with_map(features), "m.yaml", test::vocabulary());
  } catch (const ScenarioError& e) {
    return e.diagnostics().at(0).code;
  }
  return "none";
}

TEST(Map, OutlinesAreOfRegions) {
  const Scenario s = Scenario::parse(
      with_map(feature("south", R"({"type": "Polygon", "coordinates": [)" + square + "]}") + ", " +
               feature("north", R"({"type": "MultiPolygon", "coordinates": [[)" + square + "], [" +
                                    square + ", " + square + "]]}")),
      "m.yaml", test::vocabulary());
  ASSERT_EQ(s->map.size(), 2U);
  for (const RegionOutline& outline : s->map) {
    const bool north = s->regions[outline.region.row()].name == "north";
    EXPECT_EQ(outline.polygons.size(), north ? 2U : 1U);
    EXPECT_EQ(outline.polygons.back().size(), north ? 2U : 1U) << "an outline and its hole";
    EXPECT_EQ(outline.polygons[0][0][1], (GeoPoint{1.0, 0.0}));
  }
  // Written out, it needs no other file.
  const Scenario again = Scenario::parse(s.resolved(), "r.yaml", test::vocabulary());
  ASSERT_EQ(again->map.size(), 2U);
  EXPECT_EQ(again->map[1].polygons, s->map[1].polygons);
  const Scenario made = Scenario::make(s.data(), test::vocabulary());
  EXPECT_EQ(made->map[0].polygons, s->map[0].polygons);
}

TEST(Map, AFrameIsWhatIsLookedAtFirst) {
  const auto read = [](const std::string& box) {
    return Scenario::parse(
        test::small_world + std::string(R"(
map: {"type": "FeatureCollection", "bbox": )") +
            box + R"(, "features": [)" +
            feature("south", R"({"type": "Polygon", "coordinates": [)" + square + "]}") + "]}\n",
        "m.yaml", test::vocabulary());
  };
  const Scenario s = read("[-12.5, 4, 16, 25]");
  EXPECT_EQ(s->map_frame.west, -12.5);
  EXPECT_EQ(s->map_frame.north, 25.0);
  const Scenario again = Scenario::parse(s.resolved(), "r.yaml", test::vocabulary());
  EXPECT_EQ(again->map_frame.south, 4.0);
  EXPECT_EQ(again->map_frame.east, 16.0);
  for (const char* wrong :
       {"[1, 2, 3]", "[16, 4, -12, 25]", "[1, 2, 1, 3]", "[1, 2, 3, 95]", "[1, 2, x, 3]", "7"}) {
    EXPECT_THROW(read(wrong), ScenarioError) << wrong;
  }
}

TEST(Map, MistakesHaveCodes) {
  const std::string polygon = R"({"type": "Polygon", "coordinates": [)";
  EXPECT_EQ(code_of(feature("south", polygon + square + "]}")), "none");
  EXPECT_EQ(code_of(feature("sooth", polygon + square + "]}")), "E0302");
  EXPECT_EQ(code_of(feature("south", R"({"type": "Point", "coordinates": [0, 0]})")), "E0208");
  EXPECT_EQ(code_of(feature("south", polygon + "[[0, 0], [1, 0], [0, 0]]]}")), "E0210");
  EXPECT_EQ(code_of(feature("south", polygon + "[[0, 0], [1, 0], [1, 1], [0, 1]]]}")), "E0210")
      << "open";
  EXPECT_EQ(code_of(feature("south", polygon + "[[0, 91], [1, 0], [1, 1], [0, 91]]]}")), "E0204");
  EXPECT_EQ(code_of(feature("south", polygon + "[[x, 0], [1, 0], [1, 1], [x, 0]]]}")), "E0201");
  EXPECT_EQ(
      code_of(R"({"type": "Feature", "properties": {}, "geometry": )" + polygon + square + "]}}"),
      "E0202");
}

TEST(Map, AFileStandsWhereItIsNamed) {
  const auto folder = std::filesystem::temp_directory_path() / "casus-map-test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "map.geojson")
      << R"({"type":"FeatureCollection","features":[)"
      << feature("west", R"({"type":"Polygon","coordinates":[)" + square + "]}") << "]}";
  std::ofstream(folder / "w.yaml") << test::small_world << "\nmap: map.geojson\n";
  const Scenario s = Scenario::load((folder / "w.yaml").string(), test::vocabulary());
  EXPECT_EQ(s->map.size(), 1U);
  EXPECT_EQ(s.inputs().size(), 2U) << "what a map says is an input like any other";
  std::filesystem::remove(folder / "map.geojson");
  try {
    Scenario::load((folder / "w.yaml").string(), test::vocabulary());
    ADD_FAILURE() << "a map that is not there";
  } catch (const ScenarioError& e) {
    EXPECT_EQ(e.diagnostics().at(0).code, "E0100");
    EXPECT_EQ(e.diagnostics().size(), 1U);
  }
  std::filesystem::remove_all(folder);
  EXPECT_THROW(Scenario::parse(test::small_world + std::string("\nmap: a.geojson\n"), "",
                               test::vocabulary()),
               ScenarioError);
}

TEST(Observe, ChoosesWhatAndOfWhom) {
  const Scenario s = Scenario::parse(
      test::changed("observe: {every: 1 month}",
                    "observe: {every: 10 days, variables: [deaths, strength], of: [regions, "
                    "presences], regions: [arland], actors: [front]}"),
      "o.yaml", test::vocabulary());
  EXPECT_EQ(s->observe.every_days, 10.0);
  EXPECT_EQ(s->observe.variables, (std::vector<std::string>{"deaths", "strength"}));
  EXPECT_EQ(s->observe.of, (std::vector<Observed>{Observed::presences, Observed::regions}))
      << "in the order of names";
  EXPECT_EQ(s->observe.regions.size(), 2U) << "a state stands for its own";
  EXPECT_EQ(s->observe.actors.size(), 1U);
  const Scenario again = Scenario::parse(s.resolved(), "r.yaml", test::vocabulary());
  EXPECT_EQ(again->observe.of, s->observe.of);
  const Scenario made = Scenario::make(s.data(), test::vocabulary());
  EXPECT_EQ(made->observe.regions, s->observe.regions);
  EXPECT_EQ(made->observe.variables, s->observe.variables);
}

TEST(Observe, KeysAndWordsAreStrict) {
  for (const char* wrong :
       {"observe: {evry: 1 month}", "observe: {variables: [deths]}", "observe: {of: [planets]}",
        "observe: {regions: [atlantis]}", "observe: {actors: [nobody]}"}) {
    EXPECT_THROW(Scenario::parse(test::changed("observe: {every: 1 month}", wrong), "o.yaml",
                                 test::vocabulary()),
                 ScenarioError)
        << wrong;
  }
}

}  // namespace
}  // namespace casus
