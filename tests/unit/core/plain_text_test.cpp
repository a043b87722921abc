#include "casus/core/plain_text.h"

#include <gtest/gtest.h>

#include <string>

namespace casus {
namespace {

TEST(PlainText, KeepsWhatMayBeShown) {
  for (const std::string text :
       {"", "plain", "two\nlines\tand a tab", "Côte d'Ivoire", "Україна", "Ελλάδα", "العربية",
        "\xe2\x80\x8f\xd7\xa9", "日本", "\xf0\x9f\x95\x8a", "\xe2\x80\x9cquoted\xe2\x80\x9d"}) {
    EXPECT_TRUE(is_plain_text(text)) << text;
    EXPECT_EQ(plain_text(text), text);
  }
}

TEST(PlainText, WhatATerminalObeysIsAQuestionMark) {
  EXPECT_EQ(plain_text("\x1b[2J\x1b]0;title\a"), "?[2J?]0;title?");
  EXPECT_EQ(plain_text("back\b\rspace\x7f"), "back??space?");
  EXPECT_EQ(plain_text(std::string_view("nul\0", 4)), "nul?");
  EXPECT_EQ(plain_text("csi\xc2\x9bm"), "csi?m");
}

TEST(PlainText, NothingTurnsTheDirectionOfReading) {
  for (const std::string turn :
       {"\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac",
        "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa7", "\xe2\x81\xa8",
        "\xe2\x81\xa9", "\xef\xbb\xbf", "\xf3\xa0\x81\xa1"}) {
    EXPECT_FALSE(is_plain_text(turn));
    EXPECT_EQ(plain_text("a" + turn + "b"), "a?b");
  }
}

TEST(PlainText, BytesThatAreNoTextAreQuestionMarks) {
  EXPECT_EQ(plain_text("\xff\xfe"), "??");
  EXPECT_EQ(plain_text("\xc3"), "?");
  EXPECT_EQ(plain_text("\xe2\x82"), "??");
  EXPECT_EQ(plain_text("\xed\xa0\x80"), "???");  // half of a pair
}

TEST(PlainText, OneLine) {
  EXPECT_EQ(plain_line("a title\n"), "a title");
  EXPECT_EQ(plain_line("\n a \n\n  title \n"), "a title");
  EXPECT_EQ(plain_line("no line end "), "no line end ");
  EXPECT_EQ(plain_line("\n"), "");
}

}  // namespace
}  // namespace casus
