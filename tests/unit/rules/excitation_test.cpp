#include "casus/rules/excitation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "casus/rules/counts.h"

namespace casus::rules {
namespace {

constexpr Purpose excitation_draw("excitation test");

/// A ring, each region with the two beside it.
Neighbours ring(std::size_t regions) {
  Neighbours out(regions);
  for (std::size_t r = 0; r < regions; ++r) {
    out[r] = {static_cast<std::uint32_t>((r + 1) % regions),
              static_cast<std::uint32_t>((r + regions - 1) % regions)};
  }
  return out;
}

/// What the model says happens, from nothing.
WeeklyCounts simulate(const std::vector<Excitation>& camps, const Neighbours& neighbours,
                      const std::vector<double>& susceptibility, std::size_t weeks) {
  WeeklyCounts out{camps.size(), neighbours.size(), weeks, {}};
  out.counts.resize(out.camps * out.regions * weeks);
  ExcitationMemory memory(out.camps, neighbours);
  std::vector<double> week(out.camps * out.regions);
  for (std::size_t w = 0; w < weeks; ++w) {
    for (std::size_t c = 0; c < out.camps; ++c) {
      for (std::size_t r = 0; r < out.regions; ++r) {
        const std::size_t i = c * out.regions + r;
        Stream stream({1, 0}, static_cast<std::uint32_t>(w), excitation_draw, {c, r});
        const double rate = camps[c].rate(susceptibility[i], memory.terms(c, r));
        week[i] =
            static_cast<double>(NegativeBinomial(rate, camps[c].shape).quantile(uniform(stream)));
        out.at(c, r, w) = week[i];
      }
    }
    memory.add_week(week);
  }
  return out;
}

TEST(ExcitationMemory, FollowsItsRecursion) {
  const Neighbours pair = {{1}, {0}};
  ExcitationMemory memory(1, pair);
  for (int week = 0; week < 10; ++week) memory.add_week(std::vector<double>{1.0, 3.0});
  const ExcitationTerms t = memory.terms(0, 0);
  EXPECT_NEAR(t.month, 1.0 - std::exp(-10.0 / 4.0), 1e-12);
  EXPECT_NEAR(t.year, 1.0 - std::exp(-10.0 / 52.0), 1e-12);
  EXPECT_NEAR(t.border, 3.0 * (1.0 - std::exp(-10.0 / 13.0)), 1e-12);
  EXPECT_THROW(memory.add_week(std::vector<double>{1.0}), ContractError);
}

TEST(ExcitationMemory, ARegionWithoutNeighboursHasNoBorder) {
  const Neighbours alone = {{}};
  ExcitationMemory memory(2, alone);
  memory.add_week(std::vector<double>{5.0, 1.0});
  EXPECT_EQ(memory.terms(0, 0).border, 0.0);
  EXPECT_GT(memory.terms(0, 0).year, memory.terms(1, 0).year);
}

TEST(Excitation, SusceptibilityIsForWhatComesFromOutside) {
  const Excitation e{0.1, 0.2, 0.3, 0.4, 1.0};
  EXPECT_DOUBLE_EQ(e.rate(2.0, {1.0, 10.0, 100.0}), 2.0 * (0.1 + 0.2) + 3.0 + 40.0);
  EXPECT_DOUBLE_EQ(e.branching(), 0.9);
}

TEST(Excitation, IsCappedInProportion) {
  const Excitation e{0.1, 0.2, 0.4, 0.6, 1.0};
  const Excitation c = capped(e, 1.1);
  EXPECT_NEAR(c.branching(), 1.1, 1e-12);
  EXPECT_NEAR(c.border / c.year, e.border / e.year, 1e-12);
  EXPECT_EQ(c.background, e.background);
  EXPECT_EQ(capped(e, 2.0).year, e.year);
}

TEST(ExcitationFit, FindsPlantedParametersSlow) {
  const std::vector<Excitation> planted = {{0.04, 0.15, 0.3, 0.25, 1.2},
                                           {0.06, 0.05, 0.3, 0.25, 0.6}};
  const Neighbours neighbours = ring(30);
  const WeeklyCounts counts = simulate(planted, neighbours, std::vector<double>(60, 1.0), 1200);
  ExcitationSettings settings;
  settings.rounds = 1;  // of parameters; the susceptibility that follows is not of interest
  settings.steps = 1000;
  const ExcitationFit fit = fit_excitation(counts, neighbours, settings);
  ASSERT_EQ(fit.camps.size(), 2U);
  for (std::size_t c = 0; c < 2; ++c) {
    EXPECT_NEAR(fit.camps[c].background, planted[c].background, 0.012);
    EXPECT_NEAR(fit.camps[c].border, planted[c].border, 0.06);
    EXPECT_NEAR(fit.camps[c].month, 0.3, 0.05);
    EXPECT_NEAR(fit.camps[c].year, 0.25, 0.06);
    EXPECT_NEAR(fit.camps[c].shape, planted[c].shape, 0.17 * planted[c].shape);
  }
  EXPECT_EQ(fit.camps[0].month, fit.camps[1].month);
  EXPECT_EQ(fit.camps[0].year, fit.camps[1].year);
}

TEST(ExcitationFit, FindsWhereResistanceIsWeakSlow) {
  const Neighbours neighbours = ring(12);
  std::vector<double> planted(12, 0.3);
  for (std::size_t r = 0; r < 12; r += 3) planted[r] = 3.0;
  const WeeklyCounts counts = simulate({{0.05, 0.1, 0.2, 0.2, 1.0}}, neighbours, planted, 1500);
  ExcitationSettings settings;
  settings.rounds = 40;  // it is slow to part what is susceptible from what remembers
  settings.susceptibility_weeks = 1300;
  const ExcitationFit fit = fit_excitation(counts, neighbours, settings);
  for (std::size_t r = 0; r < 12; ++r) {
    EXPECT_NEAR(std::log(fit.susceptibility[r]), std::log(planted[r]), 0.75) << r;
  }
  EXPECT_NEAR(fit.camps[0].year, 0.2, 0.1);
  // Few rounds stop early on the way there.
  const ExcitationFit early = fit_excitation(counts, neighbours);
  EXPECT_GT(fit.log_likelihood, early.log_likelihood + 10.0);
  EXPECT_GT(early.susceptibility[0], early.susceptibility[1]);
}

TEST(ExcitationFit, IsAsLikelyAsTheTruth) {
  const std::vector<Excitation> planted = {{0.05, 0.1, 0.3, 0.4, 1.0}};
  const Neighbours neighbours = ring(6);
  const WeeklyCounts counts = simulate(planted, neighbours, std::vector<double>(6, 1.0), 400);
  ExcitationSettings settings;
  settings.rounds = 1;
  settings.steps = 1000;
  const ExcitationFit fit = fit_excitation(counts, neighbours, settings);
  double truth = 0.0, again = 0.0;
  ExcitationMemory memory(1, neighbours);
  std::vector<double> week(6);
  for (std::size_t w = 0; w < counts.weeks; ++w) {
    for (std::size_t r = 0; r < 6; ++r) {
      week[r] = counts.at(0, r, w);
      if (w < settings.burn_in) continue;
      const auto n = static_cast<std::uint64_t>(week[r]);
      const ExcitationTerms t = memory.terms(0, r);
      truth += NegativeBinomial(planted[0].rate(1.0, t), 1.0).log_probability(n);
      // The likelihood that is reported is that of the susceptibilities it ends with.
      again += NegativeBinomial(fit.camps[0].rate(fit.susceptibility[r], t), fit.camps[0].shape)
                   .log_probability(n);
    }
    memory.add_week(week);
  }
  EXPECT_NEAR(fit.log_likelihood, again, 1e-6);
  EXPECT_GT(fit.log_likelihood, truth - 1.0);
}

TEST(ExcitationFit, WithoutEventsNothingIsExpected) {
  WeeklyCounts none{1, 2, 200, std::vector<double>(400, 0.0)};
  const Neighbours pair = {{1}, {0}};
  const ExcitationFit fit = fit_excitation(none, pair);
  EXPECT_LT(fit.camps[0].rate(1.0, {0.0, 0.0, 0.0}), 1e-6);
  EXPECT_TRUE(std::isfinite(fit.log_likelihood));
}

TEST(ExcitationFit, SaysWhatItNeeds) {
  WeeklyCounts few{1, 1, 50, std::vector<double>(50, 0.0)};
  EXPECT_THROW(fit_excitation(few, {{}}), ContractError);
  EXPECT_THROW(fit_excitation(few, ring(3)), ContractError);
  ExcitationSettings settings;
  settings.burn_in = 10;
  settings.prior_events = 0.0;
  EXPECT_THROW(fit_excitation(few, {{}}, settings), ContractError);
}

}  // namespace
}  // namespace casus::rules
