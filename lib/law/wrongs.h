#pragma once

#include <cstdint>

#include "law/course.h"

namespace casus::law {

/// What an act breaks that its author has promised: breaches.cpp, and peace.cpp for a peace that is
/// made apart from allies.
class Wrongs : Room {
 public:
  explicit Wrongs(Course& course) : Room(course) {}

  void by_act(std::uint32_t act, std::uint32_t cause);
  void armed_only(std::uint32_t act, std::uint32_t cause);
  void neutrality_broken(std::uint32_t act, std::uint32_t cause);
  void separate_peace(std::uint32_t act, std::uint32_t cause);
  /// Help that makes war on an ally of another pact.
  void fights_ally(const Commitment& help, const Act& as);

 private:
  /// What somebody has done to a member of a pact to which it belongs.
  struct Wrong {
    ActorId by, to;
    AbstentionSet forbidden{};
    bool attack = false;  ///< an alliance is broken by it, though no article should name it
    bool war = false;     ///< the two are at war by it
  };
  /// What is named and put on record.
  struct Named {
    std::uint32_t act = 0, cause = 0, pact = 0;
    const Clause* clause = nullptr;  ///< nullptr: good faith
    Abstention what = Abstention::force;
    bool excused = false;
    double weight = 0.0;
    ActorKey memory{};  ///< where it is remembered; none: with the attacks of its author
  };

  void between(std::uint32_t act, std::uint32_t cause, const Wrong& wrong);
  void name_breach(const Wrong& wrong, const Named& named);
  /// Has this wrong of the one to the other, or force, been named in this quarrel?
  bool named_before(PactKey pact, const Wrong& wrong, Abstention what, std::uint32_t act) const;
};

}  // namespace casus::law
