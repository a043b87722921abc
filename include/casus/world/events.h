#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/world/event_kinds.h"

namespace casus {

class Archive;

/// Something that happened. Plain data; what does not apply is none or zero.
struct Event {
  EventId id{};
  EventKind kind{};
  std::uint32_t step = 0;
  ActorId who{};   ///< the author
  ActorId whom{};  ///< the target or beneficiary
  RegionId where{};
  PactId pact{};
  ArticleId article{};       ///< of the pact
  std::uint16_t reason = 0;  ///< law::Reason for events of the law
  WarId war{};
  double size = 0.0;    ///< by kind: attacks, people, MUSD, level of help ...
  double deaths = 0.0;  ///< people killed, civilians included
  double civilian_deaths = 0.0;
  double group_deaths = 0.0;     ///< of them people of armed groups
  double reported_deaths = 0.0;  ///< that those who count from afar hear of; 0: of nothing
  double ground = 0.0;           ///< share of the region that its author took by it, [0, 1]
  std::uint32_t cause_begin = 0, cause_count = 0;
};

/// The log of one run: events in the order they happened, each with the events that caused it.
class CASUS_API EventLog {
 public:
  /// Appends and gives the event its id. Causes must be ids of this log.
  EventId add(Event event, std::initializer_list<EventId> causes = {});
  EventId add(Event event, std::span<const EventId> causes);
  void clear();

  std::span<const Event> all() const { return events_; }
  /// Those added since `mark`, an earlier size().
  std::span<const Event> since(std::size_t mark) const { return all().subspan(mark); }
  std::size_t size() const { return events_.size(); }
  const Event& operator[](EventId id) const { return events_[id.row()]; }
  Event& at(EventId id) { return events_[id.row()]; }
  std::span<const EventId> causes(const Event& e) const {
    return std::span(causes_).subspan(e.cause_begin, e.cause_count);
  }
  std::uint64_t hash() const;
  void archive(Archive& a);

 private:
  std::vector<Event> events_;
  std::vector<EventId> causes_;
};

}  // namespace casus
