#include "report/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace casus::report {
namespace {

TEST(ReportText, WhatCouldEndItsPlaceIsEscaped) {
  EXPECT_EQ(html("</script><b a=\"1\" c='2'>&"),
            "&lt;/script&gt;&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
  EXPECT_EQ(escaped("</script>\"\\\n&", Into::json), "\\u003c/script\\u003e\\\"\\\\\\n\\u0026");
}

TEST(ReportText, ControlsAndTurnsOfDirectionAreReplaced) {
  const std::string nothing = "\xEF\xBF\xBD";
  EXPECT_EQ(html(std::string("a\0b", 3)), "a" + nothing + "b");
  EXPECT_EQ(html("a\x1b[31m"), "a" + nothing + "[31m");
  for (const char* turn : {"\u202E", "\u2066", "\u200F", "\u061C", "\u2028", "\uFEFF", "\u0085"}) {
    EXPECT_EQ(html(turn), nothing);
    EXPECT_EQ(escaped(turn, Into::json), nothing);
  }
  EXPECT_EQ(html("line\nand\ttab"), "line\nand\ttab");
  EXPECT_EQ(html("Ménaka – नेपाल 🙂"), "Ménaka – नेपाल 🙂");
}

TEST(ReportText, WhatIsNoUtf8IsReplacedByteForByte) {
  const std::string nothing = "\xEF\xBF\xBD";
  EXPECT_EQ(html("\xC3"), nothing) << "cut off";
  EXPECT_EQ(html("\xC0\xBC"), nothing + nothing) << "an overlong '<'";
  EXPECT_EQ(html("\xED\xA0\x80"), nothing + nothing + nothing) << "half a surrogate pair";
  EXPECT_EQ(html("\xF5x"), nothing + "x");
}

TEST(ReportText, JsonSetsItsCommas) {
  Json j;
  j.object().key("a").array().number(1).number(0.25).text("x").close();
  j.key("b").object().key("c").flag(true).close();
  j.key("d").number(std::numeric_limits<double>::quiet_NaN()).close();
  EXPECT_EQ(j.str(), R"({"a":[1,0.25,"x"],"b":{"c":true},"d":null})");
}

TEST(ReportText, NumbersForReaders) {
  EXPECT_EQ(percent(0.062), "6.2");
  EXPECT_EQ(percent(0.06), "6");
  EXPECT_EQ(percent(0.4567), "46");
  EXPECT_EQ(percent(0.4567, 0.01), "45.7");
  EXPECT_EQ(percent(-0.5), "−50");
  EXPECT_EQ(number(-1234.0), "−1,234");
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "–");
  EXPECT_EQ(count(1, "run"), "1 run");
  EXPECT_EQ(count(1234567, "run"), "1,234,567 runs");
  EXPECT_EQ(long_date(*parse_date("2023-09-16")), "16 September 2023");
}

}  // namespace
}  // namespace casus::report
