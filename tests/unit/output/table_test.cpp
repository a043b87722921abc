#include "casus/output/table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace casus {
namespace {

using Form = OutcomeSpec::Form;
using Status = OutcomeValue::Status;

OutcomeSummary make(Form form, const std::string& title, const std::vector<OutcomeValue>& values,
                    const std::string& unit = "") {
  OutcomeSpec spec;
  spec.name = "asked";
  spec.title = title;
  spec.form = form;
  spec.unit = unit;
  return summarise(spec, values);
}
OutcomeValue known(double v) { return {v, Status::known}; }

std::vector<OutcomeSummary> example() {
  std::vector<OutcomeValue> rare(200, known(0.0)), deaths, days, never(200), share(200);
  for (int i = 0; i < 7; ++i) rare[static_cast<std::size_t>(i)] = known(1.0);
  for (int i = 0; i < 200; ++i) deaths.push_back(known(8000.0 + 4.0 * i));
  for (int i = 0; i < 200; ++i) {
    days.push_back(i < 120 ? known(i + 1.0) : OutcomeValue{730.0, Status::censored});
  }
  for (auto& v : never) v = {730.0, Status::censored};
  for (std::size_t i = 0; i < 150; ++i) share[i] = known(i % 2 == 0 ? 0.25 : 0.75);
  return {make(Form::ever, "ECOWAS intervenes", rare),
          make(Form::sum, "Deaths in Côte d'Ivoire", deaths, "people"),
          make(Form::first, "First help", days, "days"), make(Form::first, "Peace", never, "days"),
          make(Form::share, "Obligations honoured", share)};
}

TEST(Table, IsAlignedAndSaysWhatItKnows) {
  EXPECT_EQ(outcome_table(example()),
            "Outcome                  estimate    95 % interval  runs\n"
            "ECOWAS intervenes           3.5 %      1.7 - 7.0 %   200\n"
            "Deaths in Côte d'Ivoire     8,398    8,366 - 8,430   200  people\n"
            "First help                    100         86 - 114   200  days (median), came in 120 "
            "of 200 runs\n"
            "Peace                       > 730            > 730   200  days (median), came in 0 of "
            "200 runs\n"
            "Obligations honoured       0.5000  0.4595 - 0.5405   150  no answer in 50 runs\n");
}

TEST(Table, ColourIsOptional) {
  const std::string text = outcome_table(example(), true);
  EXPECT_NE(text.find("\x1b[1mOutcome"), std::string::npos);
  EXPECT_EQ(outcome_table(example(), false).find('\x1b'), std::string::npos);
}

TEST(Table, WithoutRunsThereAreNoFigures) {
  const std::string text = outcome_table(std::vector<OutcomeSummary>{make(Form::ever, "X", {})});
  EXPECT_EQ(text,
            "Outcome  estimate  95 % interval  runs\n"
            "X               -              -     0\n");
}

TEST(Table, WidthIsThatOfTheTerminal) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("Côte"), 4U);
  EXPECT_EQ(display_width("Co\xcc\x82te"), 4U) << "a combining circumflex";
  EXPECT_EQ(display_width("西非"), 4U);
  EXPECT_EQ(display_width("مالي"), 4U);
  EXPECT_EQ(display_width("\xff\xc3"), 2U) << "no UTF-8, and no end of it";
}

TEST(Table, NumbersForPeople) {
  EXPECT_EQ(format_number(0.0), "0");
  EXPECT_EQ(format_number(-0.0), "0");
  EXPECT_EQ(format_number(41.0), "41");
  EXPECT_EQ(format_number(0.07134), "0.0713");
  EXPECT_EQ(format_number(3.14159), "3.142");
  EXPECT_EQ(format_number(31.4159), "31.42");
  EXPECT_EQ(format_number(314.159), "314.2");
  EXPECT_EQ(format_number(999.96), "1,000");
  EXPECT_EQ(format_number(8412.4), "8,412");
  EXPECT_EQ(format_number(-1234567.0), "-1,234,567");
  EXPECT_EQ(format_number(std::nan("")), "-");
}

TEST(Table, JsonHasNullsForWhatIsNotThere) {
  const auto json = nlohmann::json::parse(outcome_json(example()));
  ASSERT_EQ(json.size(), 5U);
  EXPECT_EQ(json[0].at("statistic"), "proportion");
  EXPECT_DOUBLE_EQ(json[0].at("estimate").get<double>(), 0.035);
  EXPECT_EQ(json[0].at("happened"), 7);
  EXPECT_EQ(json[1].at("unit"), "people");
  EXPECT_TRUE(json[1].at("happened").is_null());
  EXPECT_EQ(json[2].at("censored"), 80);
  EXPECT_TRUE(json[3].at("estimate").is_null()) << "not reached";
  EXPECT_EQ(json[4].at("undefined"), 50);
}

}  // namespace
}  // namespace casus
