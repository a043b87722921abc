#include "casus/core/whole_number.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace casus {
namespace {

TEST(WholeNumber, DigitsAlone) {
  EXPECT_EQ(read_whole("0").value, 0U);
  EXPECT_EQ(read_whole("42").value, 42U);
  EXPECT_EQ(read_whole("18446744073709551615").value, UINT64_MAX);
  EXPECT_TRUE(read_whole("42").problem.empty());
}

TEST(WholeNumber, EverythingElseIsRefusedWithWhatToWrite) {
  struct Refused {
    std::string text, problem, advice;
  };
  for (const Refused& r : {
           Refused{"", "no number is given", "write a whole number, as in 42"},
           {"-1", "'-1' is below 0", "write digits alone, as in 42"},
           {"18446744073709551616", "'18446744073709551616' is too large",
            "the largest is 18446744073709551615"},
           {"010", "'010' begins with a zero", "write 10"},
           {"00", "'00' begins with a zero", "write 0"},
           {" 5", "' 5' is not a whole number", "write 5"},
           {"5\t", "'5\t' is not a whole number", "write 5"},
           {"+3", "'+3' is not a whole number", "write 3"},
           {"1e3", "'1e3' is not a whole number", "write 1000"},
           {"1.0", "'1.0' is not a whole number", "write 1"},
           {"2,000,000", "'2,000,000' is not a whole number", "write 2000000"},
           {"2_000", "'2_000' is not a whole number", "write 2000"},
           {"0x10", "'0x10' is not a whole number", "write digits alone, as in 42"},
           {"1.5", "'1.5' is not a whole number", "write digits alone, as in 42"},
           {"nan", "'nan' is not a whole number", "write digits alone, as in 42"},
           {"inf", "'inf' is not a whole number", "write digits alone, as in 42"},
           {"many", "'many' is not a whole number", "write digits alone, as in 42"},
       }) {
    const WholeNumber got = read_whole(r.text);
    EXPECT_FALSE(got.value) << r.text;
    EXPECT_EQ(got.problem, r.problem);
    EXPECT_EQ(got.advice, r.advice) << r.text;
  }
}

TEST(WholeNumber, SeparatorsAreUnderstoodWhereTheyArePlain) {
  for (const std::string text : {"2,000,000", "2 000 000", "2'000'000", "2_000_000", "2.000.000",
                                 "2e6", "02000000", " 2000000"}) {
    EXPECT_EQ(how_to_write_number(text), "write 2000000") << text;
  }
  for (const std::string text : {"2000000", "2.000", "2,00", "2,0000", "2000,000", "1,000.000",
                                 ",000", "2,", "a", "", "-2,000"}) {
    EXPECT_EQ(how_to_write_number(text), text == "2.000" ? "write 2" : "") << text;
  }
}

}  // namespace
}  // namespace casus
