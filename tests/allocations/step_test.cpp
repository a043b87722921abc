// A step asks the system for memory only where the run itself grows.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <vector>

#include "../support/shipped.h"
#include "counting.h"

namespace casus::test {
namespace {

std::size_t rows(const World& w) {
  std::size_t n = w.actors.size() + w.presences.size() + w.crises.size() + w.measures.size();
  for (const War& war : w.wars) n += 1 + war.belligerents().size();
  return n;
}

/// Fighting, and what the ground makes of it. All else that is logged has been before the law,
/// whose answer is a list made for the occasion, or makes rows.
bool fighting(const Event& e) {
  return e.kind == EventKind::attack || e.kind == EventKind::operation ||
         e.kind == EventKind::battle || e.kind == EventKind::advance ||
         e.kind == EventKind::region_lost || e.kind == EventKind::region_regained;
}

std::size_t decided(const EventLog& log) {
  return log.decisions().all().size() + log.decisions().questions();
}

// Exempt are: steps in which a row is born, steps in which something but fighting is logged, steps
// in which a decision is put on record that no event says or a question is asked for the first
// time, and the day of the month on which groups weigh their efforts, which solves linear
// equations. The log is part of all others: it doubles its room when it is full, events and causes
// each; and so do the lists of a day (attacks, acts, those of them put before the law, shocks) on
// one that is fuller than all before. What a day's shocks are felt as, by all, by viewer and as
// moves of affinities, are three lists that one such day can outgrow at once.
TEST(Allocations, NoneInAStepOfFightingOnceWarmedUp) {
  constexpr std::uint32_t warm_up = 100;
  constexpr double review_days = 30.0;
  for (const char* name : {"sahel/baseline.yaml", "july-1914/baseline.yaml"}) {
    Simulation s(load(name));
    std::size_t fullest_at_first = 1;
    while (s.steps_done() < warm_up) {
      const std::size_t log_before = s.log().size();
      s.step();
      fullest_at_first = std::max(fullest_at_first, s.log().size() - log_before);
    }
    const std::size_t log_at_first = std::max<std::size_t>(1, s.log().size());
    std::size_t fullest = fullest_at_first;
    std::size_t quiet = 0;
    std::size_t in_quiet = 0;
    std::size_t most = 0;
    while (!s.done()) {
      const std::size_t rows_before = rows(s.world());
      const std::size_t log_before = s.log().size();
      const std::size_t decided_before = decided(s.log());
      const double day = s.steps_done() * s.scenario()->clock.days();
      const std::size_t before = allocations();
      s.step();
      const std::size_t made = allocations() - before;
      const auto logged = s.log().since(log_before);
      fullest = std::max(fullest, logged.size());
      const bool review = std::fmod(day, review_days) < s.scenario()->clock.days();
      if (review || rows(s.world()) != rows_before || decided(s.log()) != decided_before ||
          !std::all_of(logged.begin(), logged.end(), fighting)) {
        continue;
      }
      ++quiet;
      in_quiet += made;
      most = std::max(most, made);
    }
    const std::size_t allowed = 2 * std::bit_width(s.log().size() / log_at_first) +
                                4 * std::bit_width(fullest / fullest_at_first);
    EXPECT_LE(in_quiet, allowed) << name << ": of " << quiet << " steps, at most " << most;
    EXPECT_LE(most, 3U) << name;
    EXPECT_GT(quiet, 30U) << name;
  }
}

// The counter counts: a test of nothing would pass as well.
TEST(Allocations, AreCounted) {
  const std::size_t before = allocations();
  std::vector<double> x(100);
  EXPECT_EQ(x.size(), 100U);
  EXPECT_GE(allocations(), before + 1);
}

}  // namespace
}  // namespace casus::test
