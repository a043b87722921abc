#include "casus/treaties/goals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace casus::treaties {
namespace {

Alteration change(std::string article, std::string key, std::string value) {
  return {std::move(article), std::move(key), std::move(value), {}};
}

/// Luck of a run, the same for every draft: uniform on [0, 1).
double luck(std::size_t run) {
  std::uint64_t x = (run + 1) * 0x9E3779B97F4A7C15ULL;
  x ^= x >> 31;
  x *= 0xBF58476D1CE4E5B9ULL;
  x ^= x >> 29;
  return static_cast<double>(x >> 11) / 9007199254740992.0;
}

/// A simulation of which the best draft is known: each change adds to the chance of help, and some
/// to that of being drawn into a war.
struct Made {
  std::size_t runs = 0;

  static double chance(const std::vector<Alteration>& changes) {
    double p = 0.2;
    for (const Alteration& c : changes) {
      p += c.value == "automatic" ? 0.35 : c.value == "anywhere" ? 0.3 : c.value == "war" ? 0.5 : 0;
    }
    return p;
  }
  static double entrapped(const std::vector<Alteration>& changes) {
    double p = 0.02;
    for (const Alteration& c : changes) p += c.value == "war" ? 0.4 : 0.01;
    return p;
  }
  Runs simulation() {
    return [this](const std::vector<Alteration>& changes, std::size_t first,
                  std::size_t count) -> std::optional<std::vector<std::vector<double>>> {
      if (std::any_of(changes.begin(), changes.end(),
                      [](const Alteration& c) { return c.value == "nonsense"; })) {
        return std::nullopt;
      }
      runs += count;
      std::vector<std::vector<double>> rows;
      for (std::size_t r = first; r < first + count; ++r) {
        rows.push_back({luck(2 * r) < chance(changes) ? 1.0 : 0.0,
                        luck(2 * r + 1) < entrapped(changes) ? 1.0 : 0.0});
      }
      return rows;
    };
  }
};

std::vector<std::vector<Alteration>> drafts() {
  std::vector<std::vector<Alteration>> out;
  for (const char* value : {"automatic", "on_request", "by_decision"}) {
    out.push_back({change("1", "procedure", value)});
  }
  for (const char* value : {"anywhere", "victim", "nonsense"}) {
    out.push_back({change("1", "where", value)});
  }
  out.push_back({change("1", "then.assist", "war")});
  for (int i = 0; i < 30; ++i) out.push_back({change("2", "when.act", std::to_string(i))});
  return out;
}

const std::vector<Goal> goals{{"help", true, 0.75}, {"entrapped", false, 0.1}};

TEST(Goals, AreReadAsTheyAreWritten) {
  const auto goal = goal_of(" help >= 0.8");
  ASSERT_TRUE(goal);
  EXPECT_EQ(goal->outcome, "help");
  EXPECT_TRUE(goal->at_least);
  EXPECT_EQ(goal->value, 0.8);
  EXPECT_EQ(in_words(*goal_of("war<=3")), "war at most 3");
  for (const char* wrong :
       {"help", "help=0.8", ">=1", "help>=", "help>=x", "help>=0.8x", "a>=nan"}) {
    EXPECT_FALSE(goal_of(wrong)) << wrong;
  }
}

// Two changes together reach what none reaches alone; the third that would is paid for elsewhere.
TEST(Goals, ThePlantedPairWins) {
  Made made;
  const Race r = race(drafts(), goals, made.simulation(), {.runs = 400});
  ASSERT_FALSE(r.best.empty());
  EXPECT_EQ(in_short(r.best.front().changes),
            "article 1, procedure: automatic; article 1, where: anywhere");
  EXPECT_EQ(r.best.front().short_of, 0.0);
  EXPECT_EQ(r.best.front().runs, 400U);
  EXPECT_EQ(r.impossible, 1U);
  EXPECT_EQ(r.made, made.runs);
  // Far fewer than all drafts and pairs with all runs.
  EXPECT_LT(r.made, 37U * 400U / 2U);
  // Pairs of runs share their luck, so that the difference is that of the chances.
  EXPECT_NEAR(r.best.front().difference[0], 0.65, 0.06);
  EXPECT_LT(r.best.front().half_width[0], 0.06);
}

TEST(Goals, AnIntervalSaysWhatItIsOf) {
  Made made;
  const Race r = race(drafts(), goals, made.simulation(), {.runs = 100});
  ASSERT_FALSE(r.best.empty());
  const std::string text = write(r, goals, [](const Tried&) { return std::string(); });
  EXPECT_NE(text.find("(95 % interval of "), std::string::npos) << text;
  EXPECT_NE(text.find(" pairs of runs: "), std::string::npos) << text;
}

// As tried by hand with all runs: no single change and no pair lacks less.
TEST(Goals, AgreeWithTryingEverything) {
  Made made;
  const Runs runs = made.simulation();
  const auto lacks = [&](const std::vector<Alteration>& changes) {
    const auto rows = runs(changes, 0, 400);
    if (!rows) return std::numeric_limits<double>::infinity();
    double help = 0.0, entrapped = 0.0;
    for (const auto& row : *rows) help += row[0] / 400.0, entrapped += row[1] / 400.0;
    return std::max(0.0, 0.75 - help) + std::max(0.0, entrapped - 0.1);
  };
  double least = lacks({});
  const auto all = drafts();
  for (std::size_t i = 0; i < all.size(); ++i) {
    least = std::min(least, lacks(all[i]));
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (all[i].front().article == all[j].front().article &&
          all[i].front().key == all[j].front().key) {
        continue;
      }
      least = std::min(least, lacks({all[i].front(), all[j].front()}));
    }
  }
  const Race r = race(all, goals, runs, {.runs = 400});
  ASSERT_FALSE(r.best.empty());
  EXPECT_EQ(r.best.front().short_of, least);
}

TEST(Goals, WhatIsReachedNeedsNoDraft) {
  Made made;
  const Race r = race(drafts(), {{"help", true, 0.1}}, made.simulation(), {.runs = 100});
  EXPECT_EQ(made.runs, 100U);
  EXPECT_TRUE(r.best.empty());
  EXPECT_NE(write(r, {{"help", true, 0.1}}, {}).find("Every goal is reached."), std::string::npos);
}

TEST(Goals, WhatComesNoNearerIsNotProposed) {
  Made made;
  const std::vector<std::vector<Alteration>> idle{{change("1", "where", "victim")}};
  const Race r = race(idle, {{"help", true, 0.9}}, made.simulation(), {.runs = 100});
  EXPECT_TRUE(r.best.empty());
  EXPECT_NE(write(r, {{"help", true, 0.9}}, {}).find("None comes nearer."), std::string::npos);
}

}  // namespace
}  // namespace casus::treaties
