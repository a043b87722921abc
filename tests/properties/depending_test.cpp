// Who helps only if others help: with whom it begins decides, and those who wait for each other
// wait.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

#include "casus/casebook/opinion.h"
#include "casus/core/calendar.h"

namespace casus::casebook {
namespace {

constexpr std::size_t guarantors = 5;
constexpr std::size_t nobody = guarantors;

std::string name_of(std::size_t i) {
  return std::string("guarantor_") + static_cast<char>('a' + i);
}

/// Each guarantor has a treaty of its own with the victim, which may depend on one other.
LegalCase guaranteed(const std::array<std::size_t, guarantors>& waits_for) {
  std::string parties = "parties: {victim: state, xland: state", pacts = "pacts:\n";
  for (std::size_t i = 0; i < guarantors; ++i) {
    parties += fmt::format(", {}: state", name_of(i));
    pacts += fmt::format(
        "  pact_{}: {{in_force: 1990-01-01, members: [victim, {}], articles: {{\"1\": {{when: "
        "{{act: "
        "invasion}}, where: victim, procedure: automatic{}, then: {{assist: [war]}}}}}}}}\n",
        static_cast<char>('a' + i), name_of(i),
        waits_for[i] == nobody ? "" : ", if_also: " + name_of(waits_for[i]));
  }
  return parse("casus: casebook/1\nchapter: obligations\n" + parties + "}\n" + pacts +
                   "cases:\n  one:\n    title: t\n    situation: s\n    acts: {a: {act: invasion, "
                   "by: "
                   "xland, against: victim, date: 2000-01-01}}\n    expect: {breaches: []}\n",
               "depending.yaml")
      .cases.at(0);
}

TEST(Depending, AChainHelpsExactlyIfItBeginsSomewhere) {
  EXPECT_TRUE(rc::check("chains", [] {
    std::array<std::size_t, guarantors> waits_for{};
    for (std::size_t i = 0; i < guarantors; ++i) {
      waits_for[i] = *rc::gen::inRange<std::size_t>(0, guarantors + 1);
      if (waits_for[i] == i) waits_for[i] = nobody;
    }
    const LegalCase c = guaranteed(waits_for);
    const StepOpinion s = decide(c).steps[0];
    RC_ASSERT(s.resolution.breaches.empty());
    for (std::size_t i = 0; i < guarantors; ++i) {
      std::size_t at =
          i;  // follows whom it waits for: to one that waits for nobody, or in a circle
      for (std::size_t n = 0; n < guarantors && at != nobody; ++n) at = waits_for[at];
      bool helps = false;
      for (const law::Commitment& h : s.resolution.commitments) {
        helps |= c.steps[0].situation.parties[h.member.row()].name == name_of(i);
      }
      RC_ASSERT(helps == (at == nobody));
    }
  }));
}

TEST(Terms, HelpIsABreachExactlyIfItComesAfterTheTerm) {
  EXPECT_TRUE(rc::check("late", [] {
    const int term = *rc::gen::inRange(1, 60), comes = *rc::gen::inRange(0, 60);
    const int peace = *rc::gen::inRange(1, 80), looked_at = *rc::gen::inRange(0, 80);
    const auto day = [](int n) {
      return to_string(*parse_date("2000-01-01") + std::chrono::days{n});
    };
    const std::string quiet =
        fmt::format("      - {{date: {}, expect: {{waves: 0}}}}\n", day(looked_at));
    const std::string made = fmt::format(
        "      - acts: {{p: {{act: peace, by: victim, against: xland, date: {}}}}}\n", day(peace));
    const std::string text = fmt::format(
        "casus: casebook/1\nchapter: honour\nparties:\n  victim: state\n  xland: state\n"
        "  helper: {{comes_after: {} days}}\n"
        "pacts: {{p: {{in_force: 1990-01-01, members: [victim, helper], articles: {{\"1\": {{when: "
        "{{act: "
        "invasion}}, procedure: automatic, within: {} days, then: {{assist: [troops]}}}}}}}}}}\n"
        "cases:\n  one:\n    title: t\n    situation: s\n    steps:\n"
        "      - acts: {{a: {{act: invasion, by: xland, against: victim, date: 2000-01-01}}}}\n{}{}"
        "      - {{date: 2000-12-31, expect: {{waves: 0}}}}\n",
        comes, term, looked_at < peace ? quiet + made : made, looked_at < peace ? "" : quiet);
    const Opinion opinion = decide(parse(text, "terms.yaml").cases.at(0));
    RC_ASSERT(opinion.steps[0].resolution.commitments.size() == 1U);
    RC_ASSERT(opinion.steps[0].resolution.breaches.empty());
    // Where it is found: on the first day after the term that is looked at.
    const std::size_t found = looked_at < peace ? (looked_at > term ? 1 : 2) : 1;
    for (std::size_t i = 1; i < opinion.steps.size(); ++i) {
      const auto& breaches = opinion.steps[i].resolution.breaches;
      RC_ASSERT(breaches.size() == (comes > term && peace > term && i == found ? 1U : 0U));
      for (const law::Breach& b : breaches) {
        RC_ASSERT(to_string(b.date) == day(term + 1));
        RC_ASSERT(b.weight > 0.0 && b.weight <= 1.0);
      }
    }
  }));
}

}  // namespace
}  // namespace casus::casebook
