#pragma once

#include <span>
#include <vector>

#include "law/course.h"

namespace casus::law {

/// What each member does about its duties: decision.cpp whether it helps, conflicts.cpp what where
/// two promises stand against each other. Reads the candidates of the wave and answers in them.
class Deciding : Room {
 public:
  explicit Deciding(Course& course) : Room(course) {}

  void decide();

 private:
  using Group = std::span<Candidate*>;
  /// What a member has promised the adversary.
  struct Promise {
    Membership where;
    const Clause* clause = nullptr;
    ActorId to{};
    Abstention what = Abstention::force;
    Obligation allows = Obligation::war;
    bool released = false;
    int order = 0;       ///< precedence of the duty to help over the promise
    double logit = 0.0;  ///< its weight
  };

  void decide_group(Group group);
  void once_per_pact(Group group);
  void choose_side(Group group);
  /// How much better it is disposed to whom it would help than to whom it would help against.
  double inclination(const Candidate& c) const;
  void decide_for(Group same_beneficiary);
  void two_pacts(Group same_beneficiary);
  /// What stands against giving up to `cap`.
  std::vector<Promise> promises(const Candidate& c, Obligation cap) const;
  void promises_to(const Candidate& c, Obligation cap, ActorId adversary,
                   std::vector<Promise>& out) const;
  bool abstention(Candidate& c, Obligation& cap);
  void honour(Candidate& c, Obligation cap);
  static void decline(Candidate& c, Reason reason, Answer how = Answer::refused);
  static void excuse(Candidate& c, Reason reason);
  bool goes(const Candidate& c) const;
  bool stays_at_home(const Candidate& joint) const;
  void act_jointly();
  void instead(Candidate& of);
  void decide_those_that_depend(std::vector<Candidate*> waiting);
  bool acts_too(const Candidate& c) const;
};

}  // namespace casus::law
