#include "casus/output/csv.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "scratch.h"

namespace casus {
namespace {

using Rows = std::vector<std::vector<std::string>>;

TEST(Csv, QuotesWhatNeedsIt) {
  EXPECT_EQ(csv_cell("plain text"), "plain text");
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"so\""), "\"say \"\"so\"\"\"");
  EXPECT_EQ(csv_cell("Côte d'Ivoire"), "Côte d'Ivoire");
}

TEST(Csv, CellsAreOneLineThatNobodyObeys) {
  EXPECT_EQ(csv_cell("two\r\n lines\n"), "two? lines");
  EXPECT_EQ(csv_cell("a\tb"), "a b");
  EXPECT_EQ(csv_cell("\x1b[2J\xc2\x9b\xe2\x80\xae!"),
            "?[2J?"
            "?!");
  EXPECT_EQ(csv_cell(std::string_view("a\0b", 3)), "a?b");
  EXPECT_EQ(csv_cell("\xff"), "?");
}

TEST(Csv, NoCellIsAFormula) {
  for (const std::string text : {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", " =x", "\t=x"}) {
    EXPECT_EQ(csv_cell(text).front(), '\'') << text;
  }
  EXPECT_EQ(csv_cell("=a,\"b\""), "\"'=a,\"\"b\"\"\"");
  for (const std::string number : {"-2", "-1.5e300", "+3", "0"})
    EXPECT_EQ(csv_cell(number), number);
  EXPECT_EQ(csv_cell("a=b"), "a=b");
}

TEST(Csv, ATableOfEveryType) {
  const testing::Scratch scratch;
  CsvWriter table(scratch.path("t.csv"), {{"name", "string", "", ""},
                                          {"a,b", "integer", "", ""},
                                          {"x", "number", "people", ""},
                                          {"y", "number", "", ""}});
  table.text("one, two").integer(18446744073709551615U).number(0.1).empty().end_row();
  table.text("").integer(0).number(-1.5e300).number(5.0).end_row();
  table.close();
  EXPECT_EQ(read_file(scratch.path("t.csv")),
            "name,\"a,b\",x,y\n"
            "\"one, two\",18446744073709551615,0.1,\n"
            ",0,-1.5e+300,5\n");
}

TEST(Csv, WhatIsNoNumberIsEmpty) {
  const testing::Scratch scratch;
  CsvWriter table(scratch.path("t.csv"), {{"x", "number", "", ""}, {"y", "number", "", ""}});
  table.number(std::numeric_limits<double>::quiet_NaN());
  table.number(std::numeric_limits<double>::infinity());
  table.end_row();
  table.close();
  EXPECT_EQ(read_file(scratch.path("t.csv")), "x,y\n,\n");
}

TEST(Csv, ARowOfTheWrongLengthIsRefused) {
  const testing::Scratch scratch;
  CsvWriter table(scratch.path("t.csv"), {{"x", "number", "", ""}, {"y", "number", "", ""}});
  table.number(1.0);
  EXPECT_THROW(table.end_row(), ContractError);
  table.number(2.0).number(3.0);
  EXPECT_THROW(table.end_row(), ContractError);
}

TEST(Csv, NumbersReadBackToTheSameBits) {
  const testing::Scratch scratch;
  std::vector<double> values{0.1, 1.0 / 3.0, 5e-324, 1.7976931348623157e308, 123456789.123456789};
  for (std::uint64_t i = 0; i < 500; ++i) {
    Stream stream({1, 0}, 0, Purpose("test"), {i});
    values.push_back(lognormal(stream, 1.0, 20.0));
  }
  CsvWriter table(scratch.path("t.csv"), {{"x", "number", "", ""}});
  for (const double v : values) table.number(v).end_row();
  table.close();
  const Rows rows = parse_csv(read_file(scratch.path("t.csv")), "t.csv");
  ASSERT_EQ(rows.size(), values.size() + 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(std::strtod(rows[i + 1][0].c_str(), nullptr), values[i]);
  }
}

TEST(Csv, ReadsWhatItWrites) {
  const Rows rows{{"a", "b"}, {"1,\"2\"", "x y"}, {"", "\""}};
  std::string text;
  for (const auto& row : rows) text += csv_cell(row[0]) + "," + csv_cell(row[1]) + "\n";
  EXPECT_EQ(parse_csv(text, "t.csv"), rows);
  // Others may write cells of several lines.
  EXPECT_EQ(parse_csv("a\n\"x\ny\"\n", "t.csv"), (Rows{{"a"}, {"x\ny"}}));
}

TEST(Csv, ReadsOtherLineEndsAndALastLineWithoutOne) {
  EXPECT_EQ(parse_csv("a,b\r\n1,\r\n", "t"), (Rows{{"a", "b"}, {"1", ""}}));
  EXPECT_EQ(parse_csv("a\n1", "t"), (Rows{{"a"}, {"1"}}));
  EXPECT_EQ(parse_csv("a\n\"\"", "t"), (Rows{{"a"}, {""}}));
  EXPECT_TRUE(parse_csv("", "t").empty());
}

TEST(Csv, SaysWhatIsBroken) {
  EXPECT_THROW(parse_csv("a,b\n1\n", "t"), OutputError);
  EXPECT_THROW(parse_csv("a\n\"open\n", "t"), OutputError);
}

}  // namespace
}  // namespace casus
