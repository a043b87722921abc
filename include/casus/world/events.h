#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/world/decisions.h"
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

/// The log of one run: events in the order they happened, each with the events that caused it. A
/// long run may let go of those that are long past: then they count, and are in the hash, and that
/// is all.
class CASUS_API EventLog {
 public:
  /// Appends and gives the event its id. Causes must be ids of this log.
  EventId add(Event event, std::initializer_list<EventId> causes = {});
  EventId add(Event event, std::span<const EventId> causes);
  void clear();

  /// Lets go of all that happened before step `step`.
  void let_go(std::uint32_t step);
  /// How many it has let go of; size() counts them.
  std::size_t gone() const { return gone_; }

  /// Those it still has.
  std::span<const Event> kept() const { return events_; }
  /// All there were, for who needs every one of them: a log that has let go of some has no such
  /// answer (ContractError).
  std::span<const Event> all() const;
  /// Those added since `mark`, an earlier size().
  std::span<const Event> since(std::size_t mark) const {
    return kept().subspan(row(mark, events_.size() + 1));
  }
  std::size_t size() const { return gone_ + events_.size(); }
  const Event& operator[](EventId id) const { return events_[row(id.row(), events_.size())]; }
  Event& at(EventId id) { return events_[row(id.row(), events_.size())]; }
  std::span<const EventId> causes(const Event& e) const {
    return std::span(causes_).subspan(e.cause_begin - causes_gone_, e.cause_count);
  }
  /// Of the events; what was weighed follows from what they follow from, and is not in it.
  std::uint64_t hash() const;
  void archive(Archive& a);

  /// What was weighed in the decisions that the events say.
  DecisionLog& decisions() { return decisions_; }
  const DecisionLog& decisions() const { return decisions_; }

 private:
  /// Of an event among those kept, of which there are less than `end`.
  std::size_t row(std::size_t id, std::size_t end) const {
    if (id - gone_ >= end) not_kept(id);
    return id - gone_;
  }
  [[noreturn]] void not_kept(std::size_t id) const;
  std::uint64_t hash_on(std::uint64_t h, std::span<const Event> events) const;

  std::vector<Event> events_;
  std::vector<EventId> causes_;
  std::uint64_t gone_ = 0, causes_gone_ = 0;
  std::uint64_t gone_hash_ = 0;  ///< of those gone
  DecisionLog decisions_;
};

}  // namespace casus
