#include "casus/scenario/reference.h"

#include <gtest/gtest.h>

#include <sstream>

#include "casus/scenario/schema.h"
#include "casus/world/event_kinds.h"
#include "support.h"

namespace casus {
namespace {

const Vocabulary& v() { return test::vocabulary(); }

TEST(Reference, APageForEveryKeyAndParameter) {
  const auto pages = reference_pages(v());
  EXPECT_GT(pages.size(), 150U);
  for (const std::string& page : pages) {
    EXPECT_TRUE(has_reference(v(), page)) << page;
    const std::string text = reference(v(), page);
    EXPECT_GT(text.size(), 2 * page.size() + 10) << page << " says nothing";
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
  }
  EXPECT_NE(reference(v(), "").find("mechanisms.insurgency"), std::string::npos);
}

TEST(Reference, OfAParameter) {
  const std::string page =
      "mechanisms.insurgency.attack_rate\n---------------------------------\n"
      "Attacks a fighter makes.\n  unit      1/year\n  range     0 to 10\n  default   0.4\n"
      "  source    Author 2000\n";
  EXPECT_EQ(reference(v(), "mechanisms.insurgency.attack_rate"), page);
  EXPECT_EQ(reference(v(), "insurgency.attack_rate"), page);
}

TEST(Reference, OfAKeyAndACode) {
  EXPECT_EQ(
      reference(v(), "actors.last_coup"),
      "actors.last_coup\n----------------\nThe day of the last coup or attempt; unset: never.\n"
      "  takes     a date\n  kinds     state\n  example   2021-05-24\n");
  EXPECT_NE(reference(v(), "E0203").find("The key is not one that this section knows"),
            std::string::npos);
}

TEST(Reference, NamesTheNearestPages) {
  EXPECT_FALSE(has_reference(v(), "actors.forcs"));
  EXPECT_EQ(reference(v(), "actors.forcs"),
            "There is no page 'actors.forcs'.\nDid you mean actors.forces?\n");
  EXPECT_EQ(reference(v(), "attack_rate"),
            "There is no page 'attack_rate'.\nDid you mean mechanisms.insurgency.attack_rate?\n");
  EXPECT_EQ(reference(v(), "population"),
            "There is no page 'population'.\nDid you mean regions.population?\n");
}

TEST(Schema, KnowsSectionsParametersAndWords) {
  const std::string schema = json_schema(v());
  for (const char* word :
       {"http://json-schema.org/draft-07/schema#", "\"attack_rate\"", "\"armed_group\"",
        "\"coup_attempt\"", "\"military_institutions\"", "\"civilian_targeting\"",
        "\"peaceful_first\"", "\"attack_on_forces\""}) {
    EXPECT_NE(schema.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(schema, json_schema(v()));
  EXPECT_EQ(schema.find("null,\n"), std::string::npos);
}

TEST(EventKinds, HaveNamesThatReadBack) {
  for (std::size_t k = 0; k < event_kind_names().size(); ++k) {
    const auto kind = static_cast<EventKind>(k);
    EXPECT_EQ(EventKinds().name(kind), event_kind_names()[k]);
    EXPECT_EQ(EventKinds().find(EventKinds().name(kind)), kind);
  }
  EXPECT_EQ(EventKinds().name(EventKind::coup), "coup");
  EXPECT_EQ(EventKinds().name(EventKind::merge), "merge");
  EXPECT_FALSE(EventKinds().find("cuop").has_value());
  EXPECT_FALSE(EventKinds().find("").has_value());
}

}  // namespace
}  // namespace casus
