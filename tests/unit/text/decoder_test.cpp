// A format of its own, with names that the room does not know: what a decoder has to give.

#include "text/decoder.h"

#include <gtest/gtest.h>

#include "casus/core/diagnostics.h"
#include "text/fields.h"

namespace casus::text {
namespace {

constexpr std::string_view kinds[] = {"still", "moving"};

struct ShipId {
  std::size_t row = 99;
};

/// Reads what may name ships.
class Harbour : public Decoder {
 public:
  explicit Harbour(Problems& found) : Decoder(found, {"berth", kinds}) { ships.add("argo", {}); }
  NameTable ships{"ship", "E0301"};

  using Decoder::read;
  bool read(const Node& node, const FieldInfo&, const std::string& path, ShipId& out) {
    const auto row = look_up(ships, node, path);
    if (row) out.row = *row;
    return row.has_value();
  }
};

struct Berth {
  double length = 0.0;
  std::optional<double> depth;
  ShipId ship;
  double speed = 0.0;
};

std::span<const Field<Berth, Harbour>> berth_fields() {
  static const std::vector<Field<Berth, Harbour>> rows{
      field<&Berth::length, Harbour>(
          {.name = "length", .unit = Unit::km, .low = 0, .high = 10, .required = true}),
      field<&Berth::depth, Harbour>({.name = "depth", .type = Type::real, .low = 0, .high = 100}),
      field<&Berth::ship, Harbour>({.name = "ship", .type = Type::custom}),
      field<&Berth::speed, Harbour>({.name = "speed", .fallback = "3", .kinds = 2U}),
  };
  return rows;
}

struct DecoderTest : testing::Test {
  Sources sources;
  Problems problems{sources};
  Harbour harbour{problems};
  Berth berth;

  bool read(const std::string& text, unsigned kind = ~0U) {
    const std::uint32_t file = sources.add("harbour.yaml", text);
    const Tree tree = parse_tree(sources, file, problems);
    return read_fields(harbour, tree.root, tree.root.at, "berth", berth_fields(), berth, kind);
  }
  std::string complaint() {
    try {
      problems.throw_if_any();  // and gives them away
    } catch (const ScenarioError& e) {
      said = e.what();
    }
    return said;
  }
  std::string said;
};

TEST_F(DecoderTest, ReadsByTheTableOfAnotherFormat) {
  ASSERT_TRUE(read("length: 200 m\nship: argo\ndepth: 12\n")) << complaint();
  EXPECT_DOUBLE_EQ(berth.length, 0.2);
  EXPECT_EQ(berth.ship.row, 0U);
  EXPECT_EQ(berth.depth, 12.0);
  EXPECT_EQ(berth.speed, 3.0) << "the fallback";
}

TEST_F(DecoderTest, LeavesOutWhatIsNotGiven) {
  ASSERT_TRUE(read("length: 1\n")) << complaint();
  EXPECT_FALSE(berth.depth);
  EXPECT_EQ(berth.ship.row, 99U);
}

TEST_F(DecoderTest, NamesTheNearestOfItsOwnNames) {
  EXPECT_FALSE(read("length: 1\nship: arga\n"));
  EXPECT_NE(complaint().find("no ship 'arga'"), std::string::npos) << complaint();
  EXPECT_NE(complaint().find("did you mean 'argo'?"), std::string::npos) << complaint();
}

TEST_F(DecoderTest, ComplainsOfAKeyInTheTermsOfTheFormat) {
  EXPECT_FALSE(read("length: 1\nspeed: 4\n", 1U));
  EXPECT_NE(complaint().find("does not belong to this kind of berth"), std::string::npos);
  EXPECT_NE(complaint().find("'speed' is a key of kind moving"), std::string::npos) << complaint();
}

TEST_F(DecoderTest, ComplainsOfEverythingAtOnce) {
  EXPECT_FALSE(read("lenght: 1\ndepth: 200\n"));
  EXPECT_EQ(problems.size(), 2U) << "a misspelt key is not missing as well\n" << complaint();
}

}  // namespace
}  // namespace casus::text
