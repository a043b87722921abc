#include "casus/world/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "casus/core/contracts.h"

namespace casus {

EventId EventLog::add(Event event, std::initializer_list<EventId> causes) {
  return add(event, std::span(causes.begin(), causes.size()));
}

EventId EventLog::add(Event event, std::span<const EventId> causes) {
  event.id = EventId(size());
  event.cause_begin = static_cast<std::uint32_t>(causes_gone_ + causes_.size());
  for (const EventId cause : causes) {
    if (!cause.valid()) continue;
    CASUS_EXPECTS(cause < event.id, "an event is caused by earlier ones");
    causes_.push_back(cause);
  }
  event.cause_count = static_cast<std::uint32_t>(causes_gone_ + causes_.size()) - event.cause_begin;
  events_.push_back(event);
  return event.id;
}

void EventLog::clear() { *this = EventLog(); }

std::span<const Event> EventLog::all() const {
  CASUS_EXPECTS(gone_ == 0, fmt::format("the log has let go of its first {} events", gone_));
  return events_;
}

void EventLog::not_kept(std::size_t id) const {
  CASUS_EXPECTS(id >= gone_,
                fmt::format("event {}: the log has let go of the first {}", id, gone_));
  CASUS_EXPECTS(id < size(), fmt::format("event {}: the log has {}", id, size()));
  throw ContractError("no such event");
}

void EventLog::let_go(std::uint32_t step) {
  decisions_.let_go(step);
  const auto kept = std::partition_point(events_.begin(), events_.end(),
                                         [&](const Event& e) { return e.step < step; });
  const std::size_t n = static_cast<std::size_t>(kept - events_.begin());
  if (n == 0) return;
  gone_hash_ = hash_on(gone_hash_, std::span(events_).first(n));
  const Event& last = events_[n - 1];
  const std::size_t causes = last.cause_begin + last.cause_count - causes_gone_;
  events_.erase(events_.begin(), kept);
  causes_.erase(causes_.begin(), causes_.begin() + static_cast<std::ptrdiff_t>(causes));
  gone_ += n;
  causes_gone_ += causes;
}

std::uint64_t EventLog::hash() const { return hash_on(gone_hash_, events_); }

/// Goes on from the hash of the events before these.
std::uint64_t EventLog::hash_on(std::uint64_t h, std::span<const Event> events) const {
  const auto id = [](auto i) -> std::uint64_t {
    return i.valid() ? static_cast<std::uint64_t>(i.row()) : ~std::uint64_t{0};
  };
  for (const Event& e : events) {
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
