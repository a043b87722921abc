#include "casus/backtest/conflict_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace casus {
namespace {

/// UCDP's names (its actor dataset) of those who became JNIM in March 2017, or joined it since.
constexpr std::array<std::string_view, 9> of_jnim = {
    "JNIM",         "AQIM", "Ansar Dine",     "MUJAO",
    "al-Murabitun", "FLM",  "Ansaroul Islam", "Signed-in-Blood Battalion",
    "GSPC"};
/// "IS" is the Islamic State in whichever province; "JAS" Boko Haram before and beside it.
constexpr std::array<std::string_view, 3> of_islamic_state = {"IS", "JAS", "ISGS"};

template <class Names>
bool any_member(std::string_view side, const Names& names) {
  constexpr std::string_view separator = ", ";
  while (true) {
    const std::size_t end = std::min(side.find(separator), side.size());
    if (std::find(names.begin(), names.end(), side.substr(0, end)) != names.end()) return true;
    if (end == side.size()) return false;
    side.remove_prefix(end + separator.size());
  }
}

}  // namespace

Month month_of(Date date) {
  const std::chrono::year_month_day day{date};
  return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month())) -
         1;
}

Date first_day(Month month) {
  return std::chrono::year(month / 12) / std::chrono::month(static_cast<unsigned>(month % 12) + 1) /
         1;
}

std::string month_name(Month month) {
  return fmt::format("{:04}-{:02}", month / 12, month % 12 + 1);
}

std::optional<Month> parse_month(std::string_view text) {
  const std::optional<Date> day = parse_date(std::string(text) + "-01");
  return day ? std::optional<Month>(month_of(*day)) : std::nullopt;
}

Camp camp_of(std::string_view side) {
  if (side.starts_with("Government of ")) return Camp::state;
  if (side == "Civilians") return Camp::civilians;
  if (any_member(side, of_islamic_state)) return Camp::islamic_state;
  return any_member(side, of_jnim) ? Camp::jnim : Camp::other;
}

ConflictRecord ConflictRecord::before(Month origin) const {
  ConflictRecord out;
  out.regions = regions;
  out.neighbours = neighbours;
  out.from = std::min(from, origin);
  out.until = std::min(until, origin);
  const Date day = first_day(origin);
  for (const ConflictEvent& e : events) {
    if (e.last < day) out.events.push_back(e);
  }
  out.deaths.reserve(regions.size() * out.months());
  for (std::size_t r = 0; r < regions.size(); ++r) {
    for (Month m = out.from; m < out.until; ++m) out.deaths.push_back(deaths_in(r, m));
  }
  return out;
}

}  // namespace casus
