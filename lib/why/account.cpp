#include "casus/why/account.h"

#include <algorithm>
#include <array>

namespace casus::why {
namespace {

constexpr auto origins = std::to_array<std::string_view>(
    {"none", "start", "timeline", "chance", "circumstance", "unknown"});
static_assert(origins.size() == static_cast<std::size_t>(Origin::unknown) + 1);

}  // namespace

std::string_view name(Origin origin) { return origins[static_cast<std::size_t>(origin)]; }

Account::Account(const ScenarioData& scenario, const KeptEvents& events)
    : scenario_(&scenario), events_(&events) {
  const auto all = log().decisions().all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].event.valid()) by_event_.push_back(static_cast<std::uint32_t>(i));
  }
  std::stable_sort(by_event_.begin(), by_event_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return all[a].event < all[b].event; });
}

std::vector<const Decision*> Account::decisions(EventId event) const {
  const auto all = log().decisions().all();
  auto at = std::partition_point(by_event_.begin(), by_event_.end(),
                                 [&](std::uint32_t i) { return all[i].event < event; });
  std::vector<const Decision*> out;
  for (; at != by_event_.end() && all[*at].event == event; ++at) out.push_back(&all[*at]);
  return out;
}

Origin Account::origin(EventId id) const {
  const Event& e = log()[id];
  if (e.cause_count > 0) return Origin::none;
  if (e.kind == EventKind::starting_condition) return Origin::start;
  Origin found = Origin::unknown;
  for (const Decision* d : decisions(id)) {
    if (d->kind == DecisionKind::timeline) return Origin::timeline;
    found = d->kind == DecisionKind::circumstance ? Origin::circumstance : Origin::chance;
  }
  return found;
}

std::vector<EventId> Account::chain(EventId event) const {
  std::vector<EventId> found{event};
  // Causes are earlier than what they cause: the latest not yet looked at is next.
  std::vector<EventId> open{event};
  while (!open.empty()) {
    const EventId next = open.back();
    open.pop_back();
    for (const EventId cause : log().causes(log()[next])) {
      const auto at = std::lower_bound(found.begin(), found.end(), cause);
      if (at != found.end() && *at == cause) continue;
      found.insert(at, cause);
      open.push_back(cause);
    }
  }
  return found;
}

std::vector<EventId> Account::path(EventId event) const {
  std::vector<EventId> way{event};
  for (auto causes = log().causes(log()[event]); !causes.empty();
       causes = log().causes(log()[way.back()])) {
    way.push_back(causes.front());
  }
  std::reverse(way.begin(), way.end());
  return way;
}

std::vector<EventId> Account::without_origin() const {
  std::vector<EventId> out;
  for (const Event& e : log().all()) {
    if (origin(e.id) == Origin::unknown) out.push_back(e.id);
  }
  return out;
}

}  // namespace casus::why
