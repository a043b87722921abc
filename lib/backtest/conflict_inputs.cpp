#include "casus/backtest/conflict_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "casus/core/contracts.h"
#include "casus/study/statistics.h"

namespace casus {
namespace {

/// The same day some years earlier; of 29 February the 28th.
Date years_before(Date day, int years) {
  const std::chrono::year_month_day d{day};
  const std::chrono::year_month_day then = d - std::chrono::years(years);
  return then.ok() ? Date{then} : Date{then.year() / then.month() / std::chrono::last};
}

bool lethal_between(const ConflictEvent& e, Date from, Date before) {
  return e.deaths > 0.0 && e.first >= from && e.last < before;
}

/// Shares out whole people in proportion to events.
void share_out(GroupInputs& group) {
  const double people = std::floor(group.people);
  double left = people;
  std::vector<std::pair<double, std::size_t>> rests;
  for (std::size_t i = 0; i < group.places.size(); ++i) {
    const double share = people * group.places[i].events / group.events;
    group.places[i].people = std::floor(share);
    left -= group.places[i].people;
    rests.emplace_back(group.places[i].people - share, i);
  }
  std::sort(rests.begin(), rests.end());  // of equal ones the first region
  for (const auto& [rest, i] : rests) {
    if (left < 0.5) break;
    group.places[i].people += 1.0;
    left -= 1.0;
  }
}

GroupInputs group_inputs(const ConflictRecord& record, const ConflictInputs& in,
                         const ConflictGroup& group) {
  GroupInputs out;
  out.actor = group.actor;
  out.people = group.people;
  std::map<std::uint32_t, GroupInputs::Place> places;
  for (const ConflictEvent& e : record.events) {
    if (!lethal_between(e, in.year_before, in.day)) continue;
    if (e.a != group.camp && e.b != group.camp) continue;
    const std::string& name = record.regions[e.region].name;
    if (std::find(group.elsewhere.begin(), group.elsewhere.end(), name) != group.elsewhere.end()) {
      continue;
    }
    GroupInputs::Place& place = places[e.region];
    place.region = e.region;
    place.events += 1.0;
    place.deaths += e.deaths;
    out.events += 1.0;
    out.deaths += e.deaths;
  }
  for (const auto& [region, place] : places) out.places.push_back(place);
  if (out.events > 0.0) share_out(out);
  return out;
}

void add_sizes(const ConflictRecord& record, ConflictInputs& in) {
  std::vector<double> sizes;
  double logs = 0.0;
  for (const ConflictEvent& e : record.events) {
    if (!lethal_between(e, in.two_years_before, in.day)) continue;
    sizes.push_back(e.deaths);
    if (e.deaths < in.tail_from) continue;
    ++in.in_tail;
    // Deaths are whole: half of one is where the tail begins between two numbers.
    logs += std::log(e.deaths / (in.tail_from - 0.5));
  }
  in.sizes = sizes.size();
  if (in.sizes > 0) in.size_median = median(sizes);
  if (in.in_tail > 0) in.size_exponent = 1.0 + static_cast<double>(in.in_tail) / logs;
}

}  // namespace

ConflictInputs conflict_inputs(const ConflictRecord& record, Date day,
                               std::span<const ConflictGroup> groups) {
  CASUS_EXPECTS(!groups.empty(), "inputs of no group");
  ConflictInputs in;
  in.day = day;
  in.year_before = years_before(day, 1);
  in.two_years_before = years_before(day, 2);
  for (const ConflictGroup& group : groups) in.groups.push_back(group_inputs(record, in, group));
  const GroupInputs& first = in.groups.front();
  for (GroupInputs& group : in.groups) {
    CASUS_EXPECTS(group.people >= 1.0, fmt::format("'{}' has nobody", group.actor));
    if (first.events > 0.0) {
      group.activity = (group.events / group.people) / (first.events / first.people);
    }
  }
  add_sizes(record, in);
  return in;
}

}  // namespace casus
