// Whose request binds whom: what each member recognises decides for it, and for nobody else.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <cstddef>
#include <string>

#include "casus/casebook/opinion.h"

namespace casus::casebook {
namespace {

constexpr std::size_t members = 4;
using Views = std::array<law::Claimant, members>;

LegalCase attacked(const Views& views, law::Claimant asks) {
  std::string text =
      "casus: casebook/1\nchapter: invocation\nparties:\n  xland: state\n"
      "  victim: {ousted: true}\n";
  std::string names = "victim";
  for (std::size_t i = 0; i < members; ++i) {
    const std::string name = std::string("member_") + static_cast<char>('a' + i);
    text += fmt::format("  {}: {{recognises: {{victim: {}}}}}\n", name, law::name(views[i]));
    names += ", " + name;
  }
  text += fmt::format(
      "pacts:\n  p:\n    in_force: 1990-01-01\n    members: [{}]\n    articles:\n      \"1\": "
      "{{when: "
      "{{act: invasion}}, procedure: on_request, requester: recognised, then: {{assist: [war]}}}}\n"
      "cases:\n  one:\n    title: t\n    situation: s\n    acts: {{a: {{act: invasion, by: xland, "
      "against: victim, date: 2000-01-01, asked_by: {}}}}}\n    expect: {{breaches: []}}\n",
      names, law::name(asks));
  return parse(text, "recognition.yaml").cases.at(0);
}

TEST(Recognition, EachMemberIsBoundByTheRequestOfWhomItRecognises) {
  EXPECT_TRUE(rc::check("bound", [] {
    Views views{};
    for (law::Claimant& v : views) v = static_cast<law::Claimant>(*rc::gen::inRange(0, 3));
    const auto asks = static_cast<law::Claimant>(*rc::gen::inRange(1, 3));
    const LegalCase c = attacked(views, asks);
    const StepOpinion s = decide(c).steps[0];
    std::size_t looked_at = 0;
    for (const law::Verdict& v : s.resolution.verdicts) {
      if (v.stage != law::Stage::obliged) continue;
      const std::string& name = c.steps[0].situation.parties[v.member.row()].name;
      const law::Claimant view = views[static_cast<std::size_t>(name.back() - 'a')];
      RC_ASSERT(v.yes == (view == law::Claimant::unsaid || view == asks));
      ++looked_at;
    }
    RC_ASSERT(looked_at == members);
    RC_ASSERT(s.resolution.breaches.empty());
  }));
}

}  // namespace
}  // namespace casus::casebook
