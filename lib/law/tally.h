#pragma once

#include "law/course.h"

namespace casus::law {

/// Acts of force that are weighed beside others: small ones that add up to an armed attack, and how
/// grave the attack was that an answer answers.
class Tally : Room {
 public:
  explicit Tally(Course& course) : Room(course) {}

  /// Makes a small act as grave as it and those before it are together.
  void add_up(Act& act);
  /// An armistice or a peace begins the count anew.
  void count_anew(const Act& act, const Attribution& who);
  void remember_force(const Act& act, const Attribution& who);
};

}  // namespace casus::law
