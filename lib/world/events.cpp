#include "casus/world/events.h"

#include <bit>

#include "casus/core/contracts.h"

namespace casus {

EventId EventLog::add(Event event, std::initializer_list<EventId> causes) {
  return add(event, std::span(causes.begin(), causes.size()));
}

EventId EventLog::add(Event event, std::span<const EventId> causes) {
  event.id = EventId(events_.size());
  event.cause_begin = static_cast<std::uint32_t>(causes_.size());
  for (const EventId cause : causes) {
    if (!cause.valid()) continue;
    CASUS_EXPECTS(cause < event.id, "an event is caused by earlier ones");
    causes_.push_back(cause);
  }
  event.cause_count = static_cast<std::uint32_t>(causes_.size()) - event.cause_begin;
  events_.push_back(event);
  return event.id;
}

void EventLog::clear() {
  events_.clear();
  causes_.clear();
}

std::uint64_t EventLog::hash() const {
  std::uint64_t h = 0;
  const auto id = [](auto i) -> std::uint64_t {
    return i.valid() ? static_cast<std::uint64_t>(i.row()) : ~std::uint64_t{0};
  };
  for (const Event& e : events_) {
    for (const std::uint64_t x :
         {static_cast<std::uint64_t>(e.kind), static_cast<std::uint64_t>(e.step), id(e.who),
          id(e.whom), id(e.where), id(e.pact),
          e.article.valid() ? e.article.row() : std::uint64_t{0xffff},
          static_cast<std::uint64_t>(e.reason), id(e.war), std::bit_cast<std::uint64_t>(e.size),
          std::bit_cast<std::uint64_t>(e.deaths), std::bit_cast<std::uint64_t>(e.civilian_deaths),
          std::bit_cast<std::uint64_t>(e.group_deaths),
          std::bit_cast<std::uint64_t>(e.reported_deaths),
          std::bit_cast<std::uint64_t>(e.ground)}) {
      h = mix(h, x);
    }
    for (const EventId cause : causes(e)) h = mix(h, id(cause));
  }
  return h;
}

}  // namespace casus
