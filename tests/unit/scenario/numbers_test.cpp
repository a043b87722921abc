// How numbers and lengths are written, and what is said of those that are written otherwise.

#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace casus {
namespace {

Scenario with(const std::string& from, const std::string& to) {
  return Scenario::parse(test::changed(from, to), "a.yaml", test::vocabulary());
}
std::string said(const std::string& from, const std::string& to) {
  return test::complaint(test::changed(from, to));
}
testing::AssertionResult has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "'" << part << "' is not in:\n" << text;
}

TEST(Amounts, MayBeCountedInThousandsAndMillions) {
  for (const std::string people : {"1.3 million people", "1.3 million", "1300 thousand", "1300000",
                                   "0.0013 billion people", "1.3 Million"}) {
    const Scenario s = with("population: 500000", "population: " + people);
    EXPECT_DOUBLE_EQ(test::region(s, "north").population.a, 1.3e6) << people;
  }
  EXPECT_DOUBLE_EQ(test::region(with("area: 40000 km2", "area: 40 thousand km2"), "north")
                       .given[&RegionTable::area]
                       .a,
                   40000);
}

TEST(Amounts, SayWhatToWrite) {
  const auto population = [](const std::string& n) {
    return said("population: 500000", "population: " + n);
  };
  EXPECT_TRUE(has(population("500k"), "write 500 thousand people"));
  EXPECT_TRUE(has(population("1.3M"), "write 1.3 million people"));
  EXPECT_TRUE(has(population("1.3 mio"), "write 1.3 million people"));
  EXPECT_TRUE(has(population("500 000"), "write 500000"));
  EXPECT_TRUE(has(population("500'000"), "write 500000"));
  EXPECT_TRUE(has(population("1.500.000"), "write 1500000"));
  EXPECT_TRUE(has(population("500,000"), "write 500000"));
  EXPECT_TRUE(
      has(said("income: 30 MUSD/month", "income: 1.3 million"), "write 1.3 million USD/year"));
  EXPECT_TRUE(has(said("income: 30 MUSD/month", "income: 850 MUSD"), "write 850 MUSD/year"));
  EXPECT_TRUE(has(said("value: 3}", "value: 3k}"), "write 3000"));
}

TEST(Amounts, CommasBetweenBracketsAreOneMistake) {
  const std::string text = said("population: 2 million people", "population: 2,000,000");
  EXPECT_TRUE(has(text, "'000' is no key"));
  EXPECT_TRUE(has(text, "a number is written without commas"));
  EXPECT_EQ(text.find("given twice"), std::string::npos) << text;
  EXPECT_EQ(text.find("E0102"), std::string::npos) << text;
  // Two keys of digits that have values are two keys.
  EXPECT_TRUE(has(said("income: 30 MUSD/month", "income: 850 MUSD"), "write 850 MUSD/year"));
  EXPECT_TRUE(has(said("value: 3}", "\"000\": 1, \"000\": 2}"), "given twice"));
}

TEST(Lengths, AreSaidInWords) {
  EXPECT_TRUE(has(said("step: 12 hours", "step: 0 days"), "0 days is below the limit 1 hour"));
  EXPECT_TRUE(has(said("step: 12 hours", "step: 0"), "has no unit of time"));
  EXPECT_TRUE(
      has(said("step: 12 hours", "step: 36 hours"), "a step of 1.5 days is longer than a day"));
  EXPECT_TRUE(has(said("step: 12 hours", "step: 1e9 years"), "E0410"));
  EXPECT_EQ(with("step: 12 hours", "step: 24 hours")->clock.step, Minutes(24 * 60));
}

TEST(Lengths, OfARunMayBeMonthsAndYears) {
  const auto days = [](const std::string& length) {
    const Scenario s = with("end: 2024-09-15", "days: " + length);
    return days_between(s->clock.start, s->clock.end);
  };
  EXPECT_EQ(days("730"), 730);
  EXPECT_EQ(days("2 years"), 730);  // 730.5
  EXPECT_EQ(days("4 years"), 1461);
  EXPECT_EQ(days("18 months"), 547);  // 547.875
  EXPECT_EQ(days("10 weeks"), 70);
  EXPECT_EQ(days("48 hours"), 2);
  EXPECT_TRUE(has(said("end: 2024-09-15", "days: 36 hours"), "a run lasts whole days"));
  EXPECT_TRUE(has(said("end: 2024-09-15", "days: 1.5"), "a run lasts whole days"));
  EXPECT_TRUE(has(said("end: 2024-09-15", "days: 0.001 years"), "is below the limit"));
}

TEST(FilesOfAnotherKind, SayWhatToCall) {
  const std::string text = test::complaint("casus: casebook/1\nchapter: war\ncases: {}\n");
  EXPECT_TRUE(has(text, "this is a file of cases, and no scenario"));
  EXPECT_TRUE(has(text, "casus law test.yaml"));
  EXPECT_EQ(text.find("chapter'"), std::string::npos) << text;
}

TEST(Rows, AreReadWrittenAndDrawnByTheRow) {
  const std::string rows = "{rows: {of: found, values: [40 %, 0.5, 0.9]}}";
  const Scenario s = with("grievance: {beta: [4, 6]}", "grievance: " + rows);
  const Number number = test::region(s, "north").given[&RegionTable::grievance];
  EXPECT_EQ(number, Number(NumberRows{"found", {0.4, 0.5, 0.9}}));
  const Scenario again = Scenario::parse(s.resolved(), "again.yaml", test::vocabulary());
  EXPECT_EQ(test::region(again, "north").given[&RegionTable::grievance], number);
  const Scenario made = Scenario::make(s.data(), test::vocabulary());
  EXPECT_EQ(test::region(made, "north").given[&RegionTable::grievance], number);
}

TEST(Rows, ThatDoNotFitAreSaid) {
  const auto grievance = [](const std::string& n) {
    return said("grievance: {beta: [4, 6]}", "grievance: " + n);
  };
  EXPECT_TRUE(has(grievance("{rows: [1, 2]}"), "rows: {of: name, values: [1, 2, ...]}"));
  EXPECT_TRUE(has(grievance("{rows: {of: a, values: []}}"), "'rows' takes a name and values"));
  EXPECT_TRUE(has(grievance("{rows: {of: a, values: [0.1, 1.5]}}"), "the row's 1.5 is above"));
  EXPECT_TRUE(has(grievance("{rows: {of: a, values: [0.1, x]}}"), "E0201"));
  EXPECT_TRUE(has(grievance("{row: {of: a, values: [0.1]}}"), "did you mean 'rows'?"));
  // Two numbers of one name with as many rows go together, with more of one they do not.
  const auto both = [](const std::string& rows) {
    std::string text =
        test::changed("population: 500000", "population: {rows: {of: a, values: [1, 2]}}");
    const std::string south = "population: 2 million people";
    return test::complaint(text.replace(text.find(south), south.size(),
                                        "population: {rows: {of: a, values: " + rows + "}}"));
  };
  EXPECT_EQ(both("[1, 2]").find("numbers of one name"), std::string::npos);
  EXPECT_TRUE(has(both("[1, 2, 3]"), "3 values where another number of 'a' has 2"));
}

}  // namespace
}  // namespace casus
