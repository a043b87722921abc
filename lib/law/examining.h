#pragma once

#include <cstdint>
#include <vector>

#include "law/course.h"
#include "law/wrongs.h"

namespace casus::law {

/// An act before the pacts: who did it, what it breaks, which articles cover it, who is obliged and
/// able. examine.cpp asks of whom and what; consider.cpp tries the articles of a pact one by one;
/// charter.cpp has the acts of the Security Council and what treaties give a right to.
class Examining : Room {
 public:
  Examining(Course& course, Wrongs& wrongs) : Room(course), wrongs_(wrongs) {}

  void examine(std::uint32_t act);

 private:
  void consider(std::uint32_t act, std::uint32_t root, std::uint32_t pact, Ground ground);
  bool settled_for(const Clause& clause) const;
  bool asks_more(std::uint32_t pact, const Clause& after, const Act& act, Ground ground) const;
  bool may_come_to_nothing(const Case& c, const Coverage& coverage, std::uint32_t slot) const;
  void may_do(const Case& c, std::uint32_t act, const Coverage& coverage,
              const Invocation& invocation, std::uint32_t cause);
  void members(const Case& c, std::uint32_t act, const Coverage& coverage,
               const Invocation& invocation, std::uint32_t cause, bool more);
  void remember(const Case& c, const Coverage& coverage, const Invocation& invocation,
                Obligation asked);
  void remember_right(const Case& c, const Coverage& coverage, ActorId member, Obligation most);
  void council_acts(std::uint32_t act, std::uint32_t cause);

  Wrongs& wrongs_;
  /// Of each member of the pact the most that an article has asked of it, and it is able to; all
  /// that there is, if no article can ask for anything.
  std::vector<Obligation> asked_;
};

}  // namespace casus::law
