// Members of an organisation who decide together whether to stay in it.
#include "sim/blocs.h"

#include <vector>

#include "organisations.h"

namespace casus::test {
namespace {

/// Six states in an organisation, the first three of them under its sanctions to different degrees
/// and, if `allied`, in a defence pact of their own.
ScenarioData with_bloc(bool allied, std::size_t bloc = 3) {
  ScenarioData s = pairs(3);
  law::Pact p = pact_of({ActorId(0), ActorId(1), ActorId(2), ActorId(3), ActorId(4), ActorId(5)});
  p.organs.emplace_back();
  p.organs.back().id = "summit";
  s.pacts = {p};
  s.pact_names = {"pact"};
  if (allied) {
    law::Pact inner = pact_of({}, "inner");
    for (std::size_t a = 0; a < bloc; ++a) {
      inner.members.emplace_back();
      inner.members.back().actor = ActorId(a);
    }
    inner.articles.emplace_back();
    inner.articles.back().id = "defence";
    inner.articles.back().when.acts = {law::ActKind::invasion};
    inner.articles.back().then.assist = {law::Obligation::war};
    s.pacts.push_back(inner);
    s.pact_names.emplace_back("inner");
  }
  for (std::size_t a = 0; a < 6; ++a) {
    for (std::size_t b = 0; b < 6; ++b) {
      if (a != b) s.relations.push_back({ActorId(a), ActorId(b), a < 3 && b >= 3 ? -0.5 : 0.5});
    }
  }
  MeasureSpec m;
  m.organisation = PactId(0);
  for (std::size_t a = 0; a < 3; ++a) {
    m.on = ActorId(a);
    m.size = 0.1 + 0.3 * static_cast<double>(a);
    s.measures.push_back(m);
  }
  return s;
}

/// The steps of the notices to the organisation.
std::vector<std::uint64_t> notices(ScenarioData s, std::uint32_t run) {
  Sandbox box(std::move(s), serial_executor(), run);
  const auto mechanism = diplomacy_with({{"exit_rate", 3.0}});
  box.run(*mechanism, 700.0);
  std::vector<std::uint64_t> steps;
  for (const Event& e : box.log.all()) {
    if (e.kind == EventKind::exit_notice) steps.push_back(e.step);
  }
  return steps;
}

TEST(Blocs, ABlocLeavesOnOneDay) {
  std::size_t gone = 0, apart = 0;
  for (std::uint32_t run = 0; run < 40; ++run) {
    const auto together = notices(with_bloc(true), run);
    ASSERT_TRUE(together.empty() || together.size() == 3U) << together.size();
    if (!together.empty()) {
      ++gone;
      EXPECT_EQ(together.front(), together.back());
    }
    const auto alone = notices(with_bloc(false), run);
    if (alone.size() > 1 && alone.front() != alone.back()) ++apart;
  }
  EXPECT_GT(gone, 20U);
  EXPECT_GT(apart, 10U);
}

TEST(Blocs, OnlyAFewOfAnOrganisationAreABloc) {
  const Date today = *parse_date("2024-01-01");
  const auto blocs = [&](const ScenarioData& s) {
    Sandbox box(s);
    std::vector<bool> in;
    Blocs found;
    found.look_at(box.world, PactId(0), today);
    for (std::size_t slot = 0; slot < box.world.pacts[0].members.size(); ++slot) {
      in.push_back(found.of(slot).valid());
    }
    return in;
  };
  using In = std::vector<bool>;
  EXPECT_EQ(blocs(with_bloc(true)), (In{true, true, true, false, false, false}));
  EXPECT_EQ(blocs(with_bloc(false)), In(6, false));
  EXPECT_EQ(blocs(with_bloc(true, 4)), In(6, false)) << "most of the organisation";
  ScenarioData s = with_bloc(true);
  s.pacts[1].declaration = true;
  EXPECT_EQ(blocs(s), In(6, false)) << "words";
  s = with_bloc(true);
  s.pacts[1].articles[0].then.assist = {law::Obligation::consult};
  EXPECT_EQ(blocs(s), In(6, false)) << "no help in war";
  s = with_bloc(true);
  s.pacts[0].organs.clear();
  EXPECT_EQ(blocs(s), In(6, false)) << "no organisation";
}

}  // namespace
}  // namespace casus::test
