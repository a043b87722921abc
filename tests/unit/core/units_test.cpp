#include "casus/core/units.h"

#include <gtest/gtest.h>

#include <cmath>

namespace casus {
namespace {

const std::vector<Unit> all_units = {
    Unit::none, Unit::days,         Unit::per_day,    Unit::per_year,      Unit::people,
    Unit::km,   Unit::km2,          Unit::musd,       Unit::musd_per_year, Unit::people_per_day,
    Unit::usd,  Unit::musd_per_day, Unit::usd_per_day};

struct Case {
  const char* text;
  Unit unit;
  double factor;
};

TEST(UnitFactor, Converts) {
  const Case cases[] = {
      {"", Unit::km, 1.0},
      {"%", Unit::none, 0.01},
      {"days", Unit::days, 1.0},
      {"12 hours", Unit::none, -1.0},
      {"hours", Unit::days, 1.0 / 24.0},
      {"week", Unit::days, 7.0},
      {"months", Unit::days, 30.4375},
      {"years", Unit::days, 365.25},
      {"1/year", Unit::per_year, 1.0},
      {"/year", Unit::per_year, 1.0},
      {"per year", Unit::per_year, 1.0},
      {" Per  Year ", Unit::per_year, 1.0},
      {"/month", Unit::per_year, 12.0},
      {"/day", Unit::per_year, 365.25},
      {"1/year", Unit::per_day, 1.0 / 365.25},
      {"/week", Unit::per_day, 1.0 / 7.0},
      {"% per year", Unit::per_year, 0.01},
      {"troops", Unit::people, 1.0},
      {"fighters", Unit::people, 1.0},
      {"persons", Unit::people, 1.0},
      {"billion people", Unit::people, 1e9},
      {"million", Unit::people, 1e6},
      {"thousand fighters", Unit::people, 1e3},
      {"thousand/day", Unit::people_per_day, 1e3},
      {"thousand km2", Unit::km2, 1e3},
      {"thousand USD/year", Unit::usd_per_day, 1e3 / 365.25},
      {"million people", Unit::people, 1e6},
      {"people/week", Unit::people_per_day, 1.0 / 7.0},
      {"m", Unit::km, 1e-3},
      {"mi", Unit::km, 1.609344},
      {"km\xc2\xb2", Unit::km2, 1.0},
      {"ha", Unit::km2, 0.01},
      {"MUSD", Unit::musd, 1.0},
      {"M USD", Unit::musd, 1.0},
      {"million USD", Unit::musd, 1.0},
      {"BUSD", Unit::musd, 1e3},
      {"USD", Unit::musd, 1e-6},
      {"MUSD", Unit::usd, 1e6},
      {"USD", Unit::usd, 1.0},
      {"MUSD/month", Unit::musd_per_year, 12.0},
      {"BUSD per year", Unit::musd_per_year, 1e3},
      {"MUSD/year", Unit::musd_per_day, 1.0 / 365.25},
      {"USD/day", Unit::usd_per_day, 1.0},
      {"USD/week", Unit::usd_per_day, 1.0 / 7.0},
  };
  for (const Case& c : cases) {
    const auto factor = unit_factor(c.text, c.unit);
    if (c.factor < 0.0) {
      EXPECT_FALSE(factor) << c.text;
      continue;
    }
    ASSERT_TRUE(factor) << c.text;
    EXPECT_NEAR(*factor / c.factor, 1.0, 1e-15) << c.text;
  }
}

TEST(UnitFactor, RefusesUnknownWordsAndOtherDimensions) {
  const Case cases[] = {
      {"km", Unit::km2, 0},
      {"km2", Unit::km, 0},
      {"days", Unit::km, 0},
      {"people", Unit::musd, 0},
      {"/day", Unit::days, 0},
      {"days", Unit::per_day, 0},
      {"people/day", Unit::people, 0},
      {"people", Unit::people_per_day, 0},
      {"MUSD/km", Unit::musd_per_year, 0},
      {"/day/day", Unit::per_day, 0},
      {"parsec", Unit::km, 0},
      {"%", Unit::km, 0},
      {"%", Unit::days, 0},
      {"/", Unit::per_day, 0},
      {"year", Unit::per_year, 0},
      {"peopleperday", Unit::people, 0},
      {"/year", Unit::none, 0},
      {"people/day", Unit::per_day, 0},
      {"1/year", Unit::musd_per_year, 0},
      {"million", Unit::musd, 0},
      {"million", Unit::none, 0},
      {"million MUSD", Unit::musd, 0},
      {"million km", Unit::km, 0},
      {"million days", Unit::days, 0},
      {"million thousand people", Unit::people, 0},
  };
  for (const Case& c : cases) EXPECT_FALSE(unit_factor(c.text, c.unit)) << c.text;
}

TEST(Units, NameAndSpellingsAreAcceptedByTheirOwnUnit) {
  for (const Unit unit : all_units) {
    EXPECT_EQ(unit_factor(unit_name(unit), unit), 1.0) << unit_name(unit);
    EXPECT_FALSE(unit_spellings(unit).empty()) << unit_name(unit);
    for (const std::string& spelling : unit_spellings(unit)) {
      EXPECT_FALSE(spelling.empty());
      EXPECT_TRUE(unit_factor(spelling, unit)) << spelling;
    }
  }
  EXPECT_EQ(unit_name(Unit::per_day), "1/day");
  EXPECT_EQ(unit_name(Unit::none), "");
}

TEST(SplitQuantity, SplitsNumberAndUnit) {
  const struct {
    const char* text;
    double value;
    const char* unit;
  } cases[] = {
      {"12 MUSD/month", 12.0, "MUSD/month"},
      {"5000", 5000.0, ""},
      {"  3.5 people ", 3.5, "people"},
      {"0.2 /year", 0.2, "/year"},
      {"0.2/year", 0.2, "/year"},
      {"12%", 12.0, "%"},
      {"5d", 5.0, "d"},
      {"1e5 troops", 1e5, "troops"},
      {"-4 km", -4.0, "km"},
      {"+4", 4.0, ""},
      {".5 km", 0.5, "km"},
      {"2.", 2.0, ""},
      {"012", 12.0, ""},
      {"0.3 1/year", 0.3, "1/year"},
      {"1e-400", 0.0, ""},
      {"30 M USD per month", 30.0, "M USD per month"},
  };
  for (const auto& c : cases) {
    const auto split = split_quantity(c.text);
    ASSERT_TRUE(split) << c.text;
    EXPECT_EQ(split->first, c.value) << c.text;
    EXPECT_EQ(split->second, c.unit) << c.text;
  }
}

TEST(SplitQuantity, RefusesWhatIsNotAQuantity) {
  for (const char* text :
       {"",         " ",       "people", "1_000",  "1,000", "1.2.3", "2023-09-16", "0x10",
        "infantry", "nano",    "info",   "nan(1)", "--5",   "+-5",   "- 5",        ".",
        "-",        ".people", "e5",     "1:30",   "\"5\"", ".infra"}) {
    EXPECT_FALSE(split_quantity(text)) << text;
  }
}

TEST(SplitQuantity, ShowsWhatIsNotFinite) {
  for (const char* text : {"nan", ".nan", "NaN", ".NAN", "-nan", "nan people"}) {
    ASSERT_TRUE(split_quantity(text)) << text;
    EXPECT_TRUE(std::isnan(split_quantity(text)->first)) << text;
  }
  for (const char* text : {"inf", ".inf", "+.inf", "Infinity", ".Inf km", "1e999", "1e+999"}) {
    ASSERT_TRUE(split_quantity(text)) << text;
    EXPECT_EQ(split_quantity(text)->first, HUGE_VAL) << text;
  }
  EXPECT_EQ(split_quantity("-.inf")->first, -HUGE_VAL);
  EXPECT_EQ(split_quantity("-1e999 km")->first, -HUGE_VAL);
  EXPECT_EQ(split_quantity("-1e999 km")->second, "km");
  EXPECT_EQ(split_quantity(std::string(400, '9'))->first, HUGE_VAL);
  EXPECT_EQ(split_quantity("0." + std::string(400, '0') + "1")->first, 0.0);
}

}  // namespace
}  // namespace casus
