#pragma once

#include "law/course.h"

namespace casus::law {

/// Acts of force that are weighed beside others: small ones that add up to an armed attack, and how
/// grave the attack was that an answer answers.
class Tally : Room {
 public:
  explicit Tally(Course& course) : Room(course) {}

  /// Makes each small act from `begin` to `end`, which are simultaneous, as grave as it and those
  /// before it are together.
  void add_up(std::uint32_t begin, std::uint32_t end);
  /// An armistice or a peace begins the count anew.
  void count_anew(const Act& act, const Attribution& who);
  /// Of the acts from `begin` to `end`, which are simultaneous: whose force is lawful, whose is so
  /// no longer, and who has answered lawful force. Before they are noted on the field.
  void weigh_lawful(std::uint32_t begin, std::uint32_t end);
  /// What two have settled is over, lawful or not.
  void settle_lawful(const Act& act, const Attribution& who);
  void remember_force(const Act& act, const Attribution& who);

 private:
  void keep_lawful(const Act& act, ActorId by, ActorId against, Obligation how);
};

}  // namespace casus::law
