#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "casus/scenario/fingerprint.h"
#include "casus/study/branches.h"
#include "casus/study/series.h"

namespace casus {
namespace {

constexpr std::uint32_t no_step = std::numeric_limits<std::uint32_t>::max();

bool of_timeline(std::string_view path) {
  return path.rfind("timeline.", 0) == 0 || path == "the list of timeline";
}

/// Digests of the timeline's entries, and whether all else is the same.
struct Entries {
  std::vector<std::uint64_t> a, b;
  bool else_same = true;
};

Entries entries_of(const ScenarioData& a, const ScenarioData& b) {
  Entries entries;
  Fingerprint others[2];
  const ScenarioData* both[] = {&a, &b};
  for (std::size_t i = 0; i < 2; ++i) {
    for (auto& [path, digest] : fingerprint(*both[i])) {
      if (path.rfind("timeline.", 0) == 0) {
        (i == 0 ? entries.a : entries.b).push_back(digest);
      } else if (!of_timeline(path)) {
        others[i].emplace_back(path, digest);
      }
    }
  }
  entries.else_same = others[0] == others[1];
  return entries;
}

/// When an entry may first do something.
std::uint32_t begins(const ScenarioData& scenario, const TimelineSpec& entry) {
  return entry.at ? scenario.clock.step_at(*entry.at) : 0;
}

bool same_series(const ScenarioData& a, const ScenarioData& b) {
  const SeriesObserver x(a), y(b);
  const auto same = [](const SeriesColumn& c, const SeriesColumn& d) {
    return c.kind == d.kind && c.entity == d.entity && c.variable == d.variable && c.unit == d.unit;
  };
  if (!std::equal(x.columns().begin(), x.columns().end(), y.columns().begin(), y.columns().end(),
                  same)) {
    return false;
  }
  for (std::uint32_t step = 0; step <= a.clock.steps(); ++step) {
    if (x.due(step) != y.due(step)) return false;
  }
  return true;
}

}  // namespace

std::uint32_t shared_steps(const ScenarioData& a, const ScenarioData& b) {
  if (a.clock.start != b.clock.start || a.clock.step != b.clock.step ||
      a.clock.steps() != b.clock.steps()) {
    return 0;
  }
  const Entries entries = entries_of(a, b);
  if (!entries.else_same || !same_series(a, b)) return 0;
  // Each entry of one is matched with the first like it of the other, as a fork does.
  std::uint32_t first = no_step;
  std::vector<std::uint8_t> matched(entries.a.size(), 0);
  std::size_t next = 0;  // where the next one stands at the earliest
  for (std::size_t j = 0; j < entries.b.size(); ++j) {
    std::size_t i = 0;
    while (i < entries.a.size() && (matched[i] != 0 || entries.a[i] != entries.b[j])) ++i;
    if (i == entries.a.size()) {
      first = std::min(first, begins(b, b.timeline[j]));
      continue;
    }
    // What is due on one day is done in this order.
    if (i < next) return 0;
    next = i + 1;
    matched[i] = 1;
  }
  for (std::size_t i = 0; i < entries.a.size(); ++i) {
    if (matched[i] == 0) first = std::min(first, begins(a, a.timeline[i]));
  }
  return std::min(first, a.clock.steps());
}

}  // namespace casus
