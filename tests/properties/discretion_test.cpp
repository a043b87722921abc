// Discretion can only make it easier to keep one's word, and "all means" only harder; neither moves
// what is given.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <cstddef>
#include <string>

#include "casus/casebook/opinion.h"

namespace casus::casebook {
namespace {

law::Resolution under(const std::string& discretion, double willing, const std::string& affords) {
  const std::string text = fmt::format(
      "casus: casebook/1\nchapter: honour\nparties:\n  aland: state\n  xland: state\n"
      "  bland: {{willing: {}, affords: {}}}\n"
      "pacts: {{p: {{in_force: 1990-01-01, members: [aland, bland],\n"
      "  articles: {{\"1\": {{when: {{act: invasion}}, procedure: automatic, discretion: {},\n"
      "    then: {{assist: [consult, aid, troops, war]}}}}}}}}}}\n"
      "cases:\n  one:\n    title: t\n    situation: s\n"
      "    acts: {{a: {{act: invasion, by: xland, against: aland, date: 2000-01-01}}}}\n"
      "    expect: {{waves: 1}}\n",
      willing, affords, discretion);
  return decide(parse(text, "discretion.yaml").cases.at(0)).steps[0].resolution;
}

TEST(Discretion, MovesWhatIsBrokenAndNotWhatIsGiven) {
  EXPECT_TRUE(rc::check("breaches", [] {
    const double willing = *rc::gen::inRange(-60, 10) / 10.0;
    const std::string affords =
        *rc::gen::element(std::string("consult"), std::string("aid"), std::string("war"));
    const std::array<law::Resolution, 3> r{under("as_deemed_necessary", willing, affords),
                                           under("unsaid", willing, affords),
                                           under("all_means", willing, affords)};
    for (std::size_t i = 1; i < r.size(); ++i) {
      RC_ASSERT(r[i - 1].breaches.size() <= r[i].breaches.size());
      RC_ASSERT(r[i].commitments.size() == r[0].commitments.size());
      if (!r[0].commitments.empty()) {
        RC_ASSERT(r[i].commitments[0].level == r[0].commitments[0].level);
      }
    }
  }));
}

}  // namespace
}  // namespace casus::casebook
