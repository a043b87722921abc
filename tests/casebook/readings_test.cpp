#include "casus/casebook/readings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "casus/law/doctrines.h"
#include "corpus.h"

/// A case under every reading of what is contested.
namespace casus::casebook {
namespace {

Casebook book(const std::string& file) {
  return load(std::string(CASUS_SOURCE_DIR) + "/tests/casebook/doctrines/" + file, {});
}

const LegalCase& named(const Casebook& all, const std::string& name) {
  const auto found = std::find_if(all.cases.begin(), all.cases.end(),
                                  [&](const LegalCase& c) { return c.name == name; });
  EXPECT_NE(found, all.cases.end()) << name;
  return *found;
}

std::vector<std::size_t> every_question() {
  std::vector<std::size_t> all(law::questions().size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  return all;
}

std::set<std::string> turns_on(const Readings& r) {
  std::set<std::string> names;
  for (const std::size_t q : r.turns_on) names.emplace(law::questions()[q].name);
  return names;
}

bool has(const ReadAnswer& a, const std::string& part) {
  return std::any_of(a.follows.begin(), a.follows.end(),
                     [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

TEST(Readings, NigerTurnsOnWhoSpeaksForItAndOnTheCouncil) {
  const Casebook all = book("03-niger-2023.yaml");
  const Readings r = read_under(named(all, "lawful_at_the_presidents_request"), every_question());
  EXPECT_EQ(turns_on(r), (std::set<std::string>{"government", "regional_force"}));
  ASSERT_EQ(r.answers.size(), 3U);
  // As it is written nobody owes or breaks anything; then the allies owe, then the Charter is
  // broken.
  EXPECT_TRUE(r.answers[0].switches.empty());
  EXPECT_TRUE(r.answers[0].follows.empty());
  EXPECT_EQ(r.answers[1].switches.size(), 1U);
  EXPECT_TRUE(has(r.answers[1], "owes niger war"));
  EXPECT_FALSE(has(r.answers[1], "breaks"));
  EXPECT_EQ(r.answers[2].switches.size(), 2U);
  EXPECT_TRUE(has(r.answers[2], "nigeria breaks Charter of the United Nations, article 2.4"));
}

TEST(Readings, TheThreeOpinionsAreTheThreeAnswers) {
  const Casebook all = book("03-niger-2023.yaml");
  std::set<std::vector<std::string>> answers;
  for (const char* name : {"lawful_at_the_presidents_request", "unlawful_without_the_council",
                           "an_attack_to_the_alliance"}) {
    answers.insert(consequences(named(all, name)));
  }
  EXPECT_EQ(answers.size(), 3U);
}

TEST(Readings, AnAnswerIsTheSameWhereverOneBegins) {
  // The readings of a case lead to the same answers, whichever of them it is written under.
  const Casebook all = book("03-niger-2023.yaml");
  const auto set_of = [&](const char* name) {
    std::set<std::vector<std::string>> found;
    for (const ReadAnswer& a : read_under(named(all, name), every_question()).answers) {
      found.insert(a.follows);
    }
    return found;
  };
  EXPECT_EQ(set_of("lawful_at_the_presidents_request"), set_of("unlawful_without_the_council"));
}

TEST(Readings, ACaseWithoutAContestedQuestionTurnsOnNone) {
  const Casebook all = book("01-contested-questions.yaml");
  const Readings r = read_under(named(all, "not_imminent"), {4});
  EXPECT_TRUE(r.turns_on.empty());
  EXPECT_EQ(r.answers.size(), 1U);
}

TEST(Readings, QuestionsThatAreNotAskedStayAsTheCaseHasThem) {
  const Casebook all = book("01-contested-questions.yaml");
  const LegalCase& c = named(all, "forestalled_in_defence");
  const Readings r = read_under(c, {0});
  ASSERT_EQ(r.answers.size(), 1U);
  EXPECT_EQ(r.answers[0].follows, consequences(c));
}

TEST(Readings, EveryQuestionAndReadingIsExplained) {
  for (const law::Question& q : law::questions()) {
    EXPECT_FALSE(q.doc.empty()) << q.name;
    EXPECT_GE(q.readings.size(), 2U) << q.name;
    std::set<std::string_view> names;
    for (const law::Reading& r : q.readings) {
      EXPECT_TRUE(names.insert(r.name).second) << r.name;
      EXPECT_FALSE(r.doc.empty() || r.source.empty()) << r.name;
    }
    law::Doctrines d;
    EXPECT_EQ(q.get(d), 0);
    q.set(d, 1);
    EXPECT_EQ(q.get(d), 1);
    EXPECT_NE(d, law::Doctrines{});
  }
}

/// Cases that are there to notice when a question is no longer read as they say.
struct Doctrine {
  std::string_view question;
  std::vector<std::string> read_otherwise;  ///< fail where their reading is forgotten
  std::size_t reading;                      ///< read so in all cases that say nothing …
  std::vector<std::string> read_as_usual;   ///< … these fail
};

const std::vector<Doctrine>& doctrines() {
  static const std::vector<Doctrine> all{
      {"government",
       {"an_attack_to_the_alliance", "unlawful_without_the_council"},
       1,
       {"nobody_has_said_whom"}},
      {"sponsors",
       {"armed_and_paid_overall", "planned_together_effective", "unsigned_and_only_paid"},
       2,
       {"armed_and_paid"}},
      {"groups", {"a_group_attacks_states_only"}, 1, {"a_group_attacks"}},
      {"foreign_soil", {"a_hunt_where_the_host_cannot"}, 1, {"a_hunt_on_foreign_soil"}},
      {"anticipation", {"forestalled_in_defence"}, 1, {"forestalled"}},
      {"small_acts",
       {"pinpricks_together", "pinpricks_in_steps", "cables_cut_again_and_again"},
       1,
       {"pinpricks"}},
      {"regional_force",
       {"not_without_the_council", "arms_alone_without_the_council",
        "unlawful_without_the_council"},
       1,
       {"decided_by_the_authority"}},
      {"treaty_right", {"a_right_without_consent"}, 1, {"a_right_on_old_paper"}},
      {"proportion",
       {"war_for_a_skirmish_out_of_proportion", "too_far_over_steps", "beaten_back"},
       1,
       {"war_for_a_skirmish"}},
      {"proportion", {"ally_goes_too_far"}, 2, {"beaten_back_and_on"}},
  };
  return all;
}

const law::Question& question(std::string_view name) {
  for (const law::Question& q : law::questions()) {
    if (q.name == name) return q;
  }
  throw std::runtime_error("no question " + std::string(name));
}

TEST(Mutation, EveryDoctrineHasCases) {
  std::set<std::string_view> named;
  for (const Doctrine& d : doctrines()) named.insert(d.question);
  for (const law::Question& q : law::questions()) EXPECT_TRUE(named.contains(q.name)) << q.name;
}

TEST(Mutation, ADoctrineIsForgotten) {
  for (const Doctrine& d : doctrines()) {
    const law::Question& q = question(d.question);
    const std::set<std::string> names = failing({}, [&](LegalCase& c) {
      for (Step& step : c.steps) q.set(step.situation.settings.doctrines, 0);
    });
    for (const std::string& name : d.read_otherwise) {
      EXPECT_TRUE(names.contains(name)) << name << " did not notice that " << d.question
                                        << " is read as usual; " << names.size() << " others did";
    }
  }
}

TEST(Mutation, EveryReadingIsMissedWhereItIsForgotten) {
  for (const law::Question& q : law::questions()) {
    for (std::size_t reading = 1; reading < q.readings.size(); ++reading) {
      const std::set<std::string> names = failing({}, [&](LegalCase& c) {
        for (Step& step : c.steps) {
          law::Doctrines& read = step.situation.settings.doctrines;
          if (q.get(read) == reading) q.set(read, 0);
        }
      });
      EXPECT_FALSE(names.empty()) << q.name << ": " << q.readings[reading].name;
    }
  }
}

TEST(Mutation, ADoctrineIsAppliedUnasked) {
  for (const Doctrine& d : doctrines()) {
    const law::Question& q = question(d.question);
    const std::set<std::string> names = failing({}, [&](LegalCase& c) {
      for (Step& step : c.steps) {
        law::Doctrines& read = step.situation.settings.doctrines;
        if (q.get(read) == 0) q.set(read, static_cast<std::uint8_t>(d.reading));
      }
    });
    for (const std::string& name : d.read_as_usual) {
      EXPECT_TRUE(names.contains(name)) << name << " did not notice another reading of "
                                        << d.question << "; " << names.size() << " others did";
    }
  }
}

}  // namespace
}  // namespace casus::casebook
