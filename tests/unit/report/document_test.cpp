#include "casus/report/document.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "casus/report/report.h"

namespace casus {
namespace {

using Block = DocumentBlock::Kind;

bool holds(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}
std::size_t count_of_text(const std::string& page, const std::string& text) {
  std::size_t n = 0;
  for (std::size_t at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++n;
  return n;
}

Document opinion() {
  Document d;
  d.title = "An <b>opinion</b>";
  d.add(Block::section, "attack: An attack", "attack");
  d.add(Block::lead, "Bland owes Aland war.");
  d.add(Block::item, "Under a pact:");
  d.add(Block::item, "Covered", "✓", 1);
  d.add(Block::quote, "Article 1: <script>");
  d.add(Block::item, "Obliged", "✓", 2);
  d.add(Block::item, "Under another:");
  d.add(Block::section, "reply: The reply", "reply");
  d.add(Block::paragraph, "Nothing.");
  return d;
}

TEST(Document, ListsAreOpenedAndClosed) {
  const std::string page = document_page(opinion());
  EXPECT_EQ(count_of_text(page, "<ul"), 3U);
  EXPECT_EQ(count_of_text(page, "</ul>"), 3U);
  EXPECT_EQ(count_of_text(page, "<li>"), count_of_text(page, "</li>"));
  EXPECT_EQ(count_of_text(page, "<section"), 2U);
  EXPECT_EQ(count_of_text(page, "</section>"), 2U);
  EXPECT_TRUE(holds(page, "<li><strong>✓</strong> Covered<blockquote>Article 1: &lt;script"));
  EXPECT_TRUE(holds(page, "href=\"#part-2\">reply</a>"));
}

TEST(Document, NothingOfATextIsMarkup) {
  const std::string page = document_page(opinion());
  EXPECT_FALSE(holds(page, "<b>opinion"));
  EXPECT_TRUE(holds(page, "<title>An &lt;b&gt;opinion&lt;/b&gt;</title>"));
}

TEST(Document, WithoutAChartThereIsNoScript) {
  const std::string page = document_page(opinion());
  EXPECT_FALSE(holds(page, "<script"));
  EXPECT_TRUE(holds(page, "script-src 'none'"));
  EXPECT_FALSE(holds(page, "unsafe"));
}

TEST(Document, AChartIsDrawnFromWhatItsTableSays) {
  Document d;
  d.title = "Scores";
  DocumentChart chart;
  chart.id = "f-log";
  chart.title = "Log";
  chart.zero = true;
  chart.marks = {{"rival", "-0.2", -0.2, -0.3, std::nan(""), true}};
  chart.table = {"t-log", {"Rival", "Difference"}, 1, {{{"rival"}, {"-0.200", -0.2}}}};
  d.add(std::move(chart));
  const std::string page = document_page(d);
  EXPECT_TRUE(holds(page, "data-chart=\"marks\""));
  EXPECT_TRUE(holds(page, "<td class=n data-v=-0.2>-0.200"));
  if (!reports_have_charts()) return;
  const std::string tag = "id=\"data\">";
  const std::size_t from = page.find(tag) + tag.size();
  const auto json = nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
  const auto& mark = json.at("figures").at("f-log").at("marks").at(0);
  EXPECT_EQ(mark.at("e").at(0), -0.2);
  EXPECT_TRUE(mark.at("e").at(2).is_null());
  EXPECT_TRUE(mark.at("ours"));
}

}  // namespace
}  // namespace casus
