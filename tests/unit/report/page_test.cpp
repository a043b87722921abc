#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "casus/core/contracts.h"
#include "casus/output/sha256.h"
#include "made_up.h"
#include "report/parts.h"

namespace casus {
namespace {

using Form = OutcomeSpec::Form;

bool has(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t i = text.find(from);
  if (i == std::string::npos) return {};
  const std::size_t begin = i + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

TEST(Page, AnswersFirst) {
  std::vector<double> values(100, 0.0);
  for (int i = 0; i < 6; ++i) values[static_cast<std::size_t>(i)] = 1.0;
  const std::string page = report_page(test::data_of(Form::ever, values));
  EXPECT_TRUE(has(page,
                  "A war begins: <strong>in 6 of 100 worlds</strong> <span "
                  "class=\"ci\">(2.8–12)</span>."));
  EXPECT_LT(page.find("id=\"answer\""), page.find("id=\"outcomes\""));
  EXPECT_LT(page.find("id=\"outcomes\""), page.find("id=\"trust\""));
  EXPECT_TRUE(has(page, "casus run two.yaml"));
  EXPECT_TRUE(has(page, "<dt>Seed</dt><dd>42</dd>"));
}

TEST(Page, NeverAndAlwaysAreNotZeroAndHundred) {
  EXPECT_TRUE(has(report_page(test::data_of(Form::ever, std::vector<double>(50, 0.0))),
                  "<strong>in none of 50 worlds</strong> <span class=\"ci\">(0–7.1)</span>"));
  EXPECT_TRUE(has(report_page(test::data_of(Form::ever, std::vector<double>(50, 1.0))),
                  "<strong>in every one of 50 worlds</strong>"));
}

TEST(Page, OneRunSaysThatItIsOne) {
  const std::string page = report_page(test::data_of(Form::sum, {7.0}));
  EXPECT_TRUE(has(page, "This is one world of many"));
  EXPECT_FALSE(has(page, "id=\"matters\"")) << "nothing converges";
}

TEST(Page, AnInertPolicyIsSaidToChangeNothing) {
  ReportData data = test::data_of(Form::ever, {0, 1, 1, 0});
  data.arms.push_back(test::arm_of("Idle", Form::ever, {0, 1, 1, 0}));
  EXPECT_TRUE(has(report_page(data),
                  "<strong>Idle changes nothing</strong>: all 4 worlds end alike to the last bit"));
}

TEST(Page, AComparisonBeginsWithWhatChanged) {
  ReportData data = test::data_of(Form::sum, {10, 20, 30, 40});
  data.outcomes[0].unit = "people";
  data.arms.push_back(test::arm_of("Aid", Form::sum, {5, 16, 24, 35}));
  const std::string answer = between(report_page(data), "id=\"answer\">", "</section>");
  EXPECT_TRUE(has(answer,
                  "<strong>With Aid: A war begins less</strong> – by 5 people (3.7–6.3). "
                  "The same 4 worlds were run with it and without it."))
      << answer;
  EXPECT_LT(answer.find("With Aid"), answer.find("In the baseline"));
}

TEST(Page, ChanceIsNotTakenForAnEffect) {
  ReportData data = test::data_of(Form::sum, {10, 20, 30, 40});
  data.arms.push_back(test::arm_of("Noise", Form::sum, {12, 17, 33, 39}));
  EXPECT_TRUE(has(report_page(data), "Noise changes nothing that can be told from chance"));
}

TEST(Page, FailuresAreSaidAndHowToSeeThem) {
  ReportData data = test::data_of(Form::sum, {1, 2, 3});
  data.arms[0].planned = data.arms[0].finished = 10;
  for (std::uint32_t run = 3; run < 10; ++run) {
    data.arms[0].failures.push_back({run, "strength became NaN", "casus replay x --run 3"});
  }
  const std::string page = report_page(data);
  EXPECT_TRUE(has(page, "<strong>7 of 10 runs failed</strong>"));
  EXPECT_TRUE(has(page, "casus replay x --run 3"));
  EXPECT_TRUE(has(page, "and 2 more"));
  data.arms[0].planned = 20;
  EXPECT_TRUE(has(report_page(data), "10 of 20 runs were made"));
}

TEST(Page, AnEnsembleOfFailuresHasNoAnswer) {
  ReportData data = test::data_of(Form::sum, {});
  data.arms[0].planned = data.arms[0].finished = 1;
  data.arms[0].failures.push_back({0, "it broke", ""});
  const std::string page = report_page(data);
  EXPECT_TRUE(has(page, "No run ended"));
  EXPECT_TRUE(has(page, "it broke"));
}

TEST(Page, HostileTextsStayTexts) {
  ReportData data = test::data_of(Form::sum, {1, 2});
  const std::string hostile = "</script><script>alert(1)</script>\u202E\x1b\"'";
  data.title = data.description = data.limits = hostile;
  data.outcomes[0].title = data.outcomes[0].unit = hostile;
  data.arms[0].failures.push_back({3, hostile, hostile});
  data.sources = {{hostile, hostile}};
  data.provenance.command = hostile;
  const std::string clean = report_page(test::data_of(Form::sum, {1, 2}));
  const std::string page = report_page(data);
  const auto count_of = [](const std::string& text, const std::string& what) {
    std::size_t n = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
      ++n;
    }
    return n;
  };
  EXPECT_EQ(count_of(page, "<script"), count_of(clean, "<script"));
  EXPECT_EQ(count_of(page, "</script"), count_of(clean, "</script"));
  EXPECT_FALSE(has(page, "\u202E"));
  EXPECT_FALSE(has(page, "\x1b"));
}

TEST(Page, ThePolicyNamesWhatIsInIt) {
  const std::string page = report_page(test::data_of(Form::sum, {1, 2}));
  const std::string policy =
      between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
  EXPECT_TRUE(has(policy, "default-src 'none'"));
  EXPECT_FALSE(has(policy, "unsafe"));
  EXPECT_FALSE(has(page, " style=\"")) << "the policy would block it";
  for (const char* fetch : {" src=", "href=\"http", "@import", "url("}) {
    EXPECT_FALSE(has(between(page, "<style>", "</style>"), fetch)) << fetch;
    EXPECT_FALSE(has(between(page, "<body>", "<script"), fetch)) << fetch;
  }
  // The hash of the style, recomputed: the first three bytes are the first four digits.
  const std::string hex = sha256(between(page, "<style>", "</style>"));
  const std::string base64 = between(policy, "style-src 'sha256-", "'");
  ASSERT_EQ(base64.size(), 44U);
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits, wanted;
  for (std::size_t i = 0; i < 43; ++i) {
    for (int b = 5; b >= 0; --b) bits += (digits.find(base64[i]) >> b & 1U) != 0 ? '1' : '0';
  }
  for (const char c : hex) {
    const int v = c <= '9' ? c - '0' : c - 'a' + 10;
    for (int b = 3; b >= 0; --b) wanted += (v >> b & 1) != 0 ? '1' : '0';
  }
  EXPECT_EQ(bits.substr(0, 256), wanted);
}

TEST(Page, TheDataAreJsonWithWhatTheTablesHave) {
  const ReportData data = test::data_of(Form::sum, {1.5, 2.5, 8.0});
  const auto json = nlohmann::json::parse(report::drawing_data(data));
  EXPECT_EQ(json["outcomes"][0]["arms"][0]["e"][0], 4.0);
  EXPECT_EQ(json["outcomes"][0]["arms"][0]["n"], 3);
  EXPECT_FALSE(json.contains("map"));
  EXPECT_FALSE(json.contains("logs"));
  EXPECT_TRUE(has(report_page(data), "<td class=n>4<td"));
}

TEST(Page, WaysAreToldTheCommonestFirst) {
  ReportData data = test::data_of(Form::ever, {0, 1, 1, 1});
  data.arms[0].logs.push_back({0, {}, ""});
  data.provenance.scenario_file = "two.yaml";
  EXPECT_TRUE(has(report_page(data), "casus explain two.yaml --outcome war --most-common"))
      << "where they are not known it is said how to know them";
  const std::vector<std::string> steps{"Arden threatens <Belmar>", "Belmar strikes"};
  ReportWays ways{"A war begins", 4, 3, {{steps, 2, {2.0 / 3.0, 0.2, 0.9, 3}, 1}}};
  for (std::uint32_t run = 2; run < 6; ++run) {
    ways.paths.push_back({{"way " + std::to_string(run)}, 1, {0.1, 0.0, 0.2, 3}, run});
  }
  data.arms[0].ways = {ways};
  const std::string page = report_page(data);
  EXPECT_TRUE(has(page, "A war begins: in 3 of 4 runs, in 5 ways"));
  EXPECT_TRUE(has(page,
                  "Arden threatens &lt;Belmar&gt; <span aria-label=\"leads to\">→</span> "
                  "Belmar strikes"));
  EXPECT_LT(page.find("Belmar strikes"), page.find("way 2"));
  EXPECT_FALSE(has(page, "way 4"));
  EXPECT_TRUE(has(page, "in 2 other ways"));
}

ReportData with_places() {
  ReportData data = test::data_of(Form::sum, {1, 2});
  data.places = {
      {"here", "Here", "arda", 5, 5, {{{{0, 0}, {10, 0}, {10, 10}, {0, 0}}}}, {}},
      {"edge", "Edge", "arda", 5, 60, {{{{9, 0}, {60, 1}, {70, 2}, {80, 3}, {9, 9}, {9, 0}}}}, {}},
      {"far", "Far", "belm", 50, 50, {{{{50, 50}, {60, 50}, {60, 60}, {50, 50}}}}, {}},
      {"bare", "Bare", "belm", 4, 4, {}, {}}};
  ReportSeries s;
  s.runs = 2;
  s.dates = {data.start, data.end};
  for (const ReportPlace& p : data.places) {
    s.columns.push_back({"region", p.name, "deaths", "people"});
    for (const double v : {0.0, 1234.0}) {
      for (std::size_t q = 0; q < ReportSeries::levels.size(); ++q) {
        s.values.push_back(p.name == "far" ? 0.0 : v);
      }
    }
  }
  data.arms[0].series = s;
  return data;
}

TEST(Page, AFrameSaysWhatOfTheMapIsLookedAt) {
  ReportData data = with_places();
  auto map = nlohmann::json::parse(report::drawing_data(data))["map"];
  EXPECT_EQ(map["places"].size(), 4U);
  EXPECT_FALSE(map.contains("frame"));
  EXPECT_EQ(map["values"][0][0][1][0], nlohmann::json({0, 1230}));
  EXPECT_EQ(map["values"][0][0][1][2], 0) << "what never changes is said once";
  data.map_frame = {0, 0, 11, 11};
  map = nlohmann::json::parse(report::drawing_data(data))["map"];
  ASSERT_EQ(map["places"].size(), 3U);
  EXPECT_EQ(map["places"][2]["title"], "Bare");
  EXPECT_EQ(map["frame"], nlohmann::json({0, 0, 11, 11}));
  // Points that only lead round outside are left out: 70, 2 lies between two others out there.
  EXPECT_EQ(map["places"][1]["rings"][0], nlohmann::json({9, 0, 60, 1, 80, 3, 9, 9, 9, 0}));
  EXPECT_TRUE(has(report_page(data), "1 region lies further off: see the figures."));
}

TEST(Page, AComparisonWithoutSeriesSaysWhy) {
  ReportData data = test::data_of(Form::sum, {10, 20});
  EXPECT_FALSE(has(report_page(data), "kept no series"));
  data.arms.push_back(test::arm_of("Policy", Form::sum, {13, 23}));
  EXPECT_TRUE(has(report_page(data), "kept no series"));
}

TEST(Page, NothingIsNoReport) {
  EXPECT_THROW(report_page(ReportData{}), ContractError);
  ReportData data = test::data_of(Form::sum, {1});
  data.outcomes.push_back(data.outcomes[0]);
  EXPECT_THROW(report_page(data), ContractError);
}

}  // namespace
}  // namespace casus
