// What the Security Council allows is lawful while it stands, for everybody, and at no other time.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>

#include "casus/casebook/opinion.h"

namespace casus::casebook {
namespace {

std::string day(int n) { return to_string(*parse_date("2000-01-01") + std::chrono::days(n)); }

TEST(Charter, ForceIsNoBreachExactlyWhileItIsAllowed) {
  EXPECT_TRUE(rc::check("allowed", [] {
    const int from = *rc::gen::inRange(0, 20), until = *rc::gen::inRange(0, 40);
    const int strike = *rc::gen::inRange(0, 40);
    const bool vetoed = *rc::gen::arbitrary<bool>(), council = *rc::gen::arbitrary<bool>();
    const bool arms = *rc::gen::arbitrary<bool>(), claimed = *rc::gen::arbitrary<bool>();
    const std::string text = fmt::format(
        "casus: casebook/1\nchapter: organs\nparties: {{un: organisation, aland: state, xland: "
        "state}}\n"
        "pacts: {{p: {{in_force: 1990-01-01, members: [aland, xland],\n"
        "  articles: {{\"1\": {{then: {{abstain: [force]}}}}}}}}}}\n"
        "cases:\n  one:\n    title: t\n    situation: s\n    acts:\n"
        "      r: {{act: authorisation, by: {}, against: xland, date: {}, until: {}, authorises: "
        "{}{}}}\n"
        "      s: {{act: strike, by: aland, against: xland, date: {}{}}}\n"
        "    expect: {{waves: 1}}\n",
        council ? "un" : "aland", day(from), day(until), arms ? "war" : "sanction",
        vetoed ? ", vetoed_by: xland" : "", day(strike), claimed ? ", posture: authorised" : "");
    const Opinion o = decide(parse(text, "charter.yaml").cases.at(0));
    const bool allowed = council && !vetoed && arms && from < strike && strike < until;
    RC_ASSERT(o.steps[0].resolution.breaches.empty() == allowed);
  }));
}

}  // namespace
}  // namespace casus::casebook
