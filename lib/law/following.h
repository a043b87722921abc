#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "law/course.h"
#include "law/terms.h"
#include "law/wrongs.h"

namespace casus::law {

/// What follows from what was decided (consequence.cpp): help that comes,
/// breaches, what is remembered, and the acts of the next wave.
class Following : Room {
 public:
  Following(Course& course, Wrongs& wrongs, Terms& terms)
      : Room(course), wrongs_(wrongs), terms_(terms) {}

  void apply();
  void next_wave();

 private:
  bool carries_rather(const Candidate& a, const Candidate& b) const;
  void put_on_record(Candidate& c, Carrier carrier);
  void give(Candidate& c, Verdict honoured, Carrier carrier);
  void break_promises(const Candidate& c, Verdict broken);
  void refuse(const Candidate& c, Verdict honoured);
  void help_refused(const Candidate& c, Verdict v, Obligation level, double weight);
  void fall_short(const Candidate& c, Verdict given);
  void extend_to_others(std::span<const Candidate> decision, std::size_t first);

  Wrongs& wrongs_;
  Terms& terms_;
};

}  // namespace casus::law
