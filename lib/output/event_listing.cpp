#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "casus/output/table.h"
#include "output/tables.h"

namespace casus {
namespace {

constexpr std::size_t column_count = 9;
using Row = std::array<std::string, column_count>;

std::string joined(const std::string& a, const std::string& between, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + between + b;
}

Row make_row(const ScenarioData& scenario, const KeptEvents& events, const Event& e) {
  const EventText text = event_text(scenario, events, e);
  return {std::to_string(e.id.row()),
          text.date,
          text.kind,
          joined(text.who, " > ", text.whom),
          text.where,
          joined(joined(text.pact, " ", text.article), ": ", text.reason),
          e.size == 0.0 ? std::string() : format_number(e.size),
          e.deaths == 0.0 ? std::string() : format_number(e.deaths),
          text.causes};
}

constexpr std::array<bool, column_count> numeric{true,  false, false, false, false,
                                                 false, true,  true,  false};

}  // namespace

std::string event_listing(const Scenario& scenario, const KeptEvents& events, bool color) {
  std::vector<Row> rows{
      {"id", "date", "event", "who > whom", "where", "pact", "size", "deaths", "because of"}};
  for (const Event& e : events.log.all()) rows.push_back(make_row(scenario.data(), events, e));
  std::array<std::size_t, column_count> width{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < column_count; ++i) {
      width[i] = std::max(width[i], display_width(row[i]));
    }
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < column_count; ++i) {
      const std::string pad(width[i] - display_width(row[i]), ' ');
      if (i > 0) line += "  ";
      line += numeric[i] ? pad + row[i] : row[i] + pad;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += color && &row == &rows.front() ? "\x1b[1m" + line + "\x1b[0m\n" : line + "\n";
  }
  return text;
}

}  // namespace casus
