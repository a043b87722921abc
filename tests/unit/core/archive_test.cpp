#include "casus/core/archive.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/contracts.h"

namespace casus::test {

enum class Colour : std::uint8_t { red, green };

struct Part {
  std::string name;
  std::vector<double> values;
};
static void archive(Archive& a, Part& x) { a(x.name, x.values); }

/// Something of every kind.
class Thing {
 public:
  bool flag = true;
  std::int16_t small = -3;
  Colour colour = Colour::green;
  double number = 0.1;
  ActorId who{7};
  RegionId nowhere;
  ActorKey key = actor_key("mali");
  Date day = Date(std::chrono::days(19000));
  Minutes step{720};
  std::optional<Date> maybe = Date(std::chrono::days(-5));
  std::optional<bool> unsaid;
  std::array<double, 2> both{1.0, -0.0};
  std::pair<EventId, std::uint32_t> pair{EventId(3), 4U};
  std::vector<Part> parts{{"first", {1.0, 2.0}}, {"", {}}};
  std::vector<ActorId> actors{ActorId(1), ActorId()};

  void archive(Archive& a) {
    a(flag, small, colour, number, who, nowhere, key, day, step, maybe, unsaid, both, pair, parts,
      actors);
  }
};

std::vector<std::uint8_t> written(Thing thing) {
  Writer writer;
  writer(thing);
  return writer.take();
}

TEST(Archive, WhatIsWrittenIsRead) {
  const auto bytes = written({});
  Thing read;
  read.flag = false, read.small = 0, read.colour = Colour::red, read.number = 0.0;
  read.who = {}, read.nowhere = RegionId(3), read.key = {}, read.day = {}, read.step = {};
  read.maybe.reset(), read.unsaid = true, read.both = {}, read.pair = {};
  read.parts.assign(5, {"x", {3.0}}), read.actors.clear();
  Reader reader(bytes);
  reader(read);
  EXPECT_EQ(reader.left(), 0U);
  EXPECT_EQ(written(read), bytes);
  const Thing as_made;
  EXPECT_EQ(read.who, as_made.who);
  EXPECT_FALSE(read.nowhere.valid());
  EXPECT_EQ(read.maybe, as_made.maybe);
  EXPECT_FALSE(read.unsaid.has_value());
  ASSERT_EQ(read.parts.size(), 2U);
  EXPECT_EQ(read.parts[0].values, as_made.parts[0].values);
  EXPECT_TRUE(std::signbit(read.both[1]));
}

TEST(Archive, TheBytesAreLittleEndianWithoutPadding) {
  std::uint32_t word = 0x01020304;
  double one = 1.0;
  std::string text = "ab";
  Writer writer;
  writer(word, one, text);
  EXPECT_EQ(writer.bytes(), (std::vector<std::uint8_t>{4,    3, 2, 1, 0, 0, 0, 0, 0, 0,   0xf0,
                                                       0x3f, 2, 0, 0, 0, 0, 0, 0, 0, 'a', 'b'}));
}

TEST(Archive, BytesThatEndTooEarlyAreRefused) {
  const auto bytes = written({});
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    Thing thing;
    Reader reader(std::span<const std::uint8_t>{bytes.data(), n});
    EXPECT_THROW(reader(thing), ContractError) << n << " bytes";
  }
}

TEST(Archive, ALengthThatLiesCostsNoMemory) {
  for (const std::uint64_t lie : {std::uint64_t{9}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
    Writer writer;
    std::uint64_t length = lie;
    writer(length, length);
    std::vector<double> numbers;
    EXPECT_THROW(Reader{writer.bytes()}(numbers), ContractError);
    EXPECT_LE(numbers.capacity(), 2U);
    std::vector<Part> parts;
    EXPECT_THROW(Reader{writer.bytes()}(parts), ContractError);
    EXPECT_LE(parts.capacity(), 16U);
    std::string text;
    EXPECT_THROW(Reader{writer.bytes()}(text), ContractError);
    EXPECT_LE(text.capacity(), 16U);
  }
}

TEST(Archive, TheDigestSeesEveryField) {
  const auto with = [](auto change) {
    Thing thing;
    change(thing);
    return digest_of(thing);
  };
  const std::uint64_t plain = digest_of(Thing{});
  EXPECT_EQ(with([](Thing&) {}), plain);
  EXPECT_NE(with([](Thing& t) { t.flag = false; }), plain);
  EXPECT_NE(with([](Thing& t) { t.small = -4; }), plain);
  EXPECT_NE(with([](Thing& t) { t.colour = Colour::red; }), plain);
  EXPECT_NE(with([](Thing& t) { t.both[1] = 0.0; }), plain) << "the sign of zero is a bit too";
  EXPECT_NE(with([](Thing& t) { t.unsaid = false; }), plain);
  EXPECT_NE(with([](Thing& t) { t.maybe.reset(); }), plain);
  EXPECT_NE(with([](Thing& t) { t.parts.pop_back(); }), plain);
  EXPECT_NE(with([](Thing& t) { std::swap(t.parts[0], t.parts[1]); }), plain);
  EXPECT_NE(with([](Thing& t) { t.pair.second = 5; }), plain);
  struct Nothing {
    void archive(Archive&) {}
  };
  EXPECT_EQ(digest_of(Nothing{}), 0U);
}

TEST(Archive, TheLayoutIsThatOfTheTypeAndNotOfTheValue) {
  const auto layout = [](auto thing) {
    LayoutDigester digester;
    digester(thing);
    return digester.value();
  };
  Thing other;
  other.parts.clear(), other.actors.clear(), other.maybe.reset(), other.number = 5.0;
  EXPECT_EQ(layout(other), layout(Thing{}));
  EXPECT_EQ(layout(std::vector<double>{}), layout(std::vector<double>{1.0, 2.0}));
  EXPECT_NE(layout(std::vector<double>{}), layout(std::vector<std::uint32_t>{}));
  EXPECT_NE(layout(std::vector<double>{}), layout(1.0));
  EXPECT_NE(layout(std::vector<Part>{}), layout(std::vector<std::string>{}));
  EXPECT_NE(layout(std::optional<double>{}), layout(1.0));
}

TEST(Archive, IdsThatAreNoRowsAreFound) {
  RowChecker rows;
  rows.limit(Archive::Table::actors, 8);
  rows.limit(Archive::Table::events, 4);
  Thing thing;
  EXPECT_NO_THROW(rows(thing));
  thing.actors[0] = ActorId(8);
  try {
    rows(thing);
    FAIL();
  } catch (const ContractError& e) {
    EXPECT_NE(std::string(e.what()).find("row 8 of 8 actors"), std::string::npos) << e.what();
  }
  thing.actors.clear();
  thing.pair.first = EventId(4);
  EXPECT_THROW(rows(thing), ContractError);
}

}  // namespace casus::test
