// What holds of every armistice and every peace, whoever fought whom before.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "casus/casebook/opinion.h"

namespace casus::casebook {
namespace {

/// Wars between some of `n` states, each begun by one side.
struct Wars {
  int n = 2;
  std::vector<std::pair<int, int>> begun;  ///< by the first against the second
};

Wars some_wars() {
  Wars w;
  w.n = *rc::gen::inRange(2, 6);
  for (int a = 0; a < w.n; ++a) {
    for (int b = a + 1; b < w.n; ++b) {
      switch (*rc::gen::inRange(0, 3)) {
        case 1:
          w.begun.emplace_back(a, b);
          break;
        case 2:
          w.begun.emplace_back(b, a);
          break;
        default:
          break;
      }
    }
  }
  return w;
}

std::string name_of(int state) { return std::string("state_") + static_cast<char>('a' + state); }

std::string act(const std::string& name, const std::string& kind, int by, int against,
                const std::string& date) {
  return fmt::format("      {}: {{act: {}, by: {}, against: {}, date: {}}}\n", name, kind,
                     name_of(by), name_of(against), date);
}

/// A case in which those wars are fought, and `acts` follow.
LegalCase fought(const Wars& w, const std::string& acts) {
  std::string text = "casus: casebook/1\nchapter: cascades\nparties: {";
  for (int i = 0; i < w.n; ++i) text += fmt::format("{}{}: state", i == 0 ? "" : ", ", name_of(i));
  text += "}\nwars:\n  none: {attackers: [], defenders: [], since: 1980-01-01}\n";
  for (std::size_t i = 0; i < w.begun.size(); ++i) {
    text += fmt::format("  war_{}: {{attackers: [{}], defenders: [{}], since: 1990-01-01}}\n", i,
                        name_of(w.begun[i].first), name_of(w.begun[i].second));
  }
  text += "cases:\n  one:\n    title: t\n    situation: s\n    acts:\n" + acts +
          "    expect: {breaches: []}\n";
  return parse(text, "peace.yaml").cases.at(0);
}

std::string stopped(const Wars& w, const std::string& how) {
  std::string acts = act("first", "statement", 0, 1, "1990-01-01");
  for (std::size_t i = 0; i < w.begun.size(); ++i) {
    // Either of the two may be the one that is named first.
    const bool turned = *rc::gen::arbitrary<bool>();
    const auto [a, b] = w.begun[i];
    acts += act(fmt::format("stop_{}", i), how, turned ? b : a, turned ? a : b, "1995-01-01");
  }
  return acts;
}

template <class F>
void holds(const char* what, F&& property) {
  EXPECT_TRUE(rc::check(what, std::forward<F>(property)));
}

TEST(Peace, EndsEveryWarAndAnArmisticeNone) {
  holds("who is at war", [] {
    const Wars w = some_wars();
    RC_ASSERT(decide(fought(w, stopped(w, "peace"))).steps[0].at_war.empty());
    RC_ASSERT(decide(fought(w, stopped(w, "armistice"))).steps[0].at_war.size() == w.begun.size());
  });
}

TEST(Peace, WhoUsesForceAfterItAttacksWhoeverBeganBefore) {
  holds("who attacks", [] {
    const Wars w = some_wars();
    const int by = *rc::gen::inRange(0, w.n);
    const int on = (by + *rc::gen::inRange(1, w.n)) % w.n;
    const std::string how = *rc::gen::element(std::string("armistice"), std::string("peace"));
    const Opinion o =
        decide(fought(w, stopped(w, how) + act("blow", "strike", by, on, "2000-01-01") +
                             act("answer", "strike", on, by, "2000-01-02")));
    const StepOpinion& s = o.steps[0];
    const law::Act& blow = s.resolution.acts[s.acts[s.acts.size() - 2]];
    const law::Act& answer = s.resolution.acts[s.acts.back()];
    RC_ASSERT(blow.posture == law::Posture::attack);
    RC_ASSERT(answer.posture == law::Posture::self_defence);
    RC_ASSERT(answer.conflict == blow.conflict);
    RC_ASSERT(blow.war_begun == blow.date);
    const ActorId x(static_cast<std::size_t>(by)), y(static_cast<std::size_t>(on));
    const std::pair both(std::min(x, y), std::max(x, y));
    RC_ASSERT(std::find(s.at_war.begin(), s.at_war.end(), both) != s.at_war.end());
  });
}

}  // namespace
}  // namespace casus::casebook
