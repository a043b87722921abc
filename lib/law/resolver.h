#pragma once

#include <cstdint>
#include <span>

#include "law/course.h"
#include "law/deciding.h"
#include "law/examining.h"
#include "law/following.h"
#include "law/tally.h"
#include "law/terms.h"
#include "law/wrongs.h"

namespace casus::law {

/// One cascade: days one after the other, and of each its waves. Each wave examines every act,
/// decides for every member, and makes the acts of the next one (cascade.cpp).
class Resolver {
 public:
  Resolver(const PactIndex& index, const Facts& facts, const Settings& settings,
           Replicate replicate, std::uint32_t step, DecisionMemory& memory, const Stages& stages)
      : course_(index, facts, settings, replicate, step, memory, stages) {}
  Resolution run(std::span<const Act> acts);

 private:
  void cascade(std::uint32_t begin, std::uint32_t end);
  void remember_wave();

  Course course_;
  Tally tally_{course_};
  Wrongs wrongs_{course_};
  Terms terms_{course_};
  Examining examining_{course_, wrongs_};
  Deciding deciding_{course_};
  Following following_{course_, wrongs_, terms_};
};

}  // namespace casus::law
