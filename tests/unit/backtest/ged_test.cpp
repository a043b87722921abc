#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "casus/backtest/conflict_record.h"
#include "casus/core/diagnostics.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

const std::string ged_columns =
    "id,year,type_of_violence,side_a,side_b,adm_1,country,date_start,date_end,deaths_a,deaths_b,"
    "deaths_civilians,deaths_unknown,best\n";

std::map<std::string, std::string> sound_tables() {
  return {
      {"regions_core.csv",
       "iso3,region,neighbours\n"
       "MLI,Ségou,MLI:Gao;GIN:Mali\nMLI,Gao,MLI:Ségou;BFA:Centre-Nord\n"
       "BFA,Centre-Nord,MLI:Gao\n"},
      {"GEDEvent_v25.csv",
       ged_columns +
           "3,2019,1,Government of Mali,JNIM,Segou region,Mali,2019-05-03,2019-05-04,1,2,3,4,10\n"
           "1,2019,3,IS,Civilians,Gao region,Mali,2019-04-30 00:00:00.000,"
           "2019-05-01 00:00:00.000,0,0,5,0,5\n"
           "2,2019,2,\"Dozos (Mali), GATIA\",AQIM,Centre Nord region,Burkina Faso,2019-06-01,"
           "2019-06-01,0,0,0,0,0\n"
           "4,2019,1,Government of Togo,JNIM,Savanes,Togo,2019-07-01,2019-07-01,1,0,0,0,1\n"
           "5,2019,1,Government of Mali,JNIM,,Mali,2019-05-09,2019-05-09,2,0,0,0,2\n"}};
}

class GedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "casus-ged-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  ConflictRecord load(const std::map<std::string, std::string>& files) {
    fs::remove_all(folder_ / "sahel");
    fs::create_directories(folder_ / "sahel");
    for (const auto& [name, text] : files) std::ofstream(folder_ / "sahel" / name) << text;
    return load_conflict_record(folder_.string());
  }
  /// The diagnostics of tables that do not load: "file:line:column code message".
  std::string complaints(const std::map<std::string, std::string>& files) {
    try {
      load(files);
    } catch (const ScenarioError& e) {
      std::string out;
      for (const Diagnostic& d : e.diagnostics()) {
        out += fs::path(d.where.file).filename().string() + ":" + std::to_string(d.where.line) +
               ":" + std::to_string(d.where.column) + " " + d.code + " " + d.message + "\n";
      }
      return out;
    }
    return "";
  }
  /// The same, after a text of the events is replaced.
  std::string complaint(const std::string& text, const std::string& by) {
    auto files = sound_tables();
    std::string& table = files["GEDEvent_v25.csv"];
    const std::size_t at = table.find(text);
    EXPECT_NE(at, std::string::npos) << text;
    table.replace(at, text.size(), by);
    return complaints(files);
  }

  fs::path folder_;
};

TEST_F(GedTest, ReadsEventsIntoRegionsAndMonths) {
  const ConflictRecord r = load(sound_tables());
  ASSERT_EQ(r.regions.size(), 3U);
  EXPECT_EQ(r.regions[0].name, "BFA:Centre-Nord");
  EXPECT_EQ(r.regions[2].name, "MLI:Ségou");
  EXPECT_EQ(r.neighbours, (rules::Neighbours{{1}, {0, 2}, {1}}));
  ASSERT_EQ(r.events.size(), 3U);
  EXPECT_EQ(r.events[0].id, 1U);
  EXPECT_EQ(r.events[0].last, *parse_date("2019-05-01"));
  EXPECT_EQ(r.events[0].type, Violence::one_sided);
  EXPECT_EQ(r.events[0].a, Camp::islamic_state);
  EXPECT_EQ(r.events[0].b, Camp::civilians);
  EXPECT_EQ(r.events[1].a, Camp::state);
  EXPECT_EQ(r.events[1].region, 2U);
  EXPECT_EQ(r.events[2].a, Camp::other);
  EXPECT_EQ(r.events[2].b, Camp::jnim);
  EXPECT_EQ(month_name(r.from), "2019-04");
  EXPECT_EQ(month_name(r.until), "2019-08");  // of the last event anywhere
  EXPECT_EQ(r.deaths_in(1, *parse_month("2019-04")), 5.0);
  EXPECT_EQ(r.deaths_in(2, *parse_month("2019-05")), 10.0);
  EXPECT_EQ(r.deaths_in(2, *parse_month("2019-07")), 0.0);
  ASSERT_EQ(r.notes.size(), 1U);
  EXPECT_EQ(r.notes[0], "1 events (2 deaths) are in no region and left out");
}

TEST_F(GedTest, TheOrderOfRowsAndFilesIsNothing) {
  auto files = sound_tables();
  const ConflictRecord a = load(files);
  std::string& table = files["GEDEvent_v25.csv"];
  const std::size_t first = table.find('\n') + 1, second = table.find('\n', first) + 1;
  const std::string row = table.substr(first, second - first);
  table.erase(first, second - first);
  files["a_second_ged.csv"] = ged_columns + row;
  files["regions_core.csv"] =
      "region,neighbours,iso3\nCentre-Nord,MLI:Gao,BFA\nGao,BFA:Centre-Nord;MLI:Ségou,MLI\n"
      "Ségou,MLI:Gao,MLI\n";
  const ConflictRecord b = load(files);
  ASSERT_EQ(a.events.size(), b.events.size());
  for (std::size_t i = 0; i < a.events.size(); ++i) EXPECT_EQ(a.events[i].id, b.events[i].id);
  EXPECT_EQ(a.deaths, b.deaths);
  EXPECT_EQ(a.neighbours, b.neighbours);
}

TEST_F(GedTest, ATableOfMonthsIsTakenWhereItReaches) {
  auto files = sound_tables();
  // An event near a border is counted elsewhere; the total of Mali does not agree in May.
  files["ucdp_region_month.csv"] =
      "iso3,region,month,best\nMLI,Ségou,2019-04,5\nMLI,unlocated,2019-05,2\nMLI,Gao,2019-05,9\n";
  const ConflictRecord r = load(files);
  EXPECT_EQ(r.deaths_in(2, *parse_month("2019-04")), 5.0);
  EXPECT_EQ(r.deaths_in(1, *parse_month("2019-04")), 0.0);
  EXPECT_EQ(r.deaths_in(1, *parse_month("2019-05")), 9.0);
  EXPECT_EQ(r.deaths_in(2, *parse_month("2019-05")), 0.0);
  ASSERT_EQ(r.notes.size(), 2U);
  EXPECT_EQ(r.notes[0],
            "events and the table of months give different deaths for 1 months of countries "
            "(MLI 2019-05: 12 and 11)");
  files["ucdp_region_month.csv"] =
      "iso3,region,month,best\nMLI,Kidal,2019-04,5\nMLI,Gao,2019-13,1\n"
      "MLI,Gao,2019-04,1\nMLI,Gao,2019-04,1\n";
  EXPECT_EQ(complaints(files),
            "ucdp_region_month.csv:2:5 E0302 no region MLI:Kidal in the table of regions\n"
            "ucdp_region_month.csv:3:9 E0207 a month is written as in 2021-09\n"
            "ucdp_region_month.csv:5:9 E0114 MLI:Gao 2019-04 is given twice\n");
}

TEST_F(GedTest, NamesWhatIsBrokenWithItsPlace) {
  EXPECT_EQ(complaint("2019-05-04", "2019-05-02"),
            "GEDEvent_v25.csv:2:63 E0114 the event ends before it begins\n");
  EXPECT_EQ(complaint("3,2019,1", "3,2018,1"),
            "GEDEvent_v25.csv:2:3 E0114 the event has another year than its dates\n");
  EXPECT_EQ(complaint(",1,2,3,4,10", ",1,2,3,4,11"),
            "GEDEvent_v25.csv:2:82 E0114 the deaths of both sides, civilians and unknown are 10 "
            "together\n");
  EXPECT_EQ(complaint("2019-05-03", "3 May"),
            "GEDEvent_v25.csv:2:52 E0207 column 'date_start' needs a date\n");
  EXPECT_EQ(complaint(",1,2,3,4,10", ",1,2,3,-4,10"),
            "GEDEvent_v25.csv:2:80 E0204 -4 is outside 0 to 1000000\n");
  EXPECT_EQ(complaint("3,2019,1", "3,2019,4"), "GEDEvent_v25.csv:2:8 E0204 4 is outside 1 to 3\n");
  EXPECT_EQ(complaint(",1,2,3,4,10", ",1,2,3,4"),
            "GEDEvent_v25.csv:2:1 E0112 the row has 13 cells where the header has 14\n");
  EXPECT_EQ(complaint("deaths_civilians", "deaths_civilian"),
            "GEDEvent_v25.csv:1:1 E0111 the table has no column 'deaths_civilians'\n");
  EXPECT_EQ(complaint("Segou region", "S\xe9gou region"),
            "GEDEvent_v25.csv:2:35 E0106 not UTF-8 text\n");
  EXPECT_EQ(complaint("Segou region", "\"Segou region"),
            "GEDEvent_v25.csv:2:34 E0112 the quote is not closed\n");
}

TEST_F(GedTest, AnEventGivenTwiceMustBeTheSame) {
  auto files = sound_tables();
  const std::string twice =
      "1,2019,3,IS,Civilians,Gao region,Mali,2019-04-30,2019-05-01,0,0,5,0,5\n";
  files["b_ged.csv"] = ged_columns + twice;
  EXPECT_EQ(load(files).events.size(), 3U);
  files["b_ged.csv"] =
      ged_columns + "1,2019,3,IS,Civilians,Gao region,Mali,2019-04-30,2019-05-01,0,0,6,0,6\n";
  EXPECT_EQ(complaints(files), "b_ged.csv:2:1 E0114 event 1 is given twice, and differently\n");
  files["b_ged.csv"] =
      ged_columns + "1,2019,3,IS,Civilians,,Mali,2019-04-30,2019-05-01,0,0,5,0,5\n";
  EXPECT_EQ(complaints(files), "b_ged.csv:2:1 E0114 event 1 is given twice, and differently\n");
}

TEST_F(GedTest, QuotedCellsMaySpanLines) {
  auto files = sound_tables();
  std::string& table = files["GEDEvent_v25.csv"];
  table = "source," + ged_columns +
          "\"Reuters, \"\"Mali:\n12 dead\"\"\n\",7,2019,1,Government of Mali,JNIM,Gao region,Mali,"
          "2019-05-03,2019-05-03,1,0,0,0,1\n"
          "x,8,2019,1,Government of Mali,JNIM,Gao region,Mali,2019-05-03,2019-05-03,1,0,0,0,1\n";
  EXPECT_EQ(load(files).events.size(), 2U);
  const std::string sound = table;
  table.replace(table.find(",7,2019"), 7, ",7,1066");
  EXPECT_EQ(complaints(files), "GEDEvent_v25.csv:4:5 E0204 1066 is outside 1900 to 9999\n");
  table = sound;
  table.replace(table.find("x,8,2019"), 8, "x,8,1066");
  EXPECT_EQ(complaints(files), "GEDEvent_v25.csv:5:5 E0204 1066 is outside 1900 to 9999\n");
}

TEST_F(GedTest, RegionsThatDoNotFitAreNamed) {
  auto files = sound_tables();
  files["regions_core.csv"] =
      "iso3,region,neighbours\nMLI,Gao,MLI:Ségou\nMLI,Ségou,\nMLI,Gao,\nTCD,Lac,\n";
  EXPECT_EQ(
      complaints(files),
      "regions_core.csv:0:0 E0114 MLI:Gao has the neighbour MLI:Ségou, which does not have it\n"
      "regions_core.csv:4:5 E0114 MLI:Gao is given twice\n"
      "regions_core.csv:5:1 E0208 the countries are BFA, MLI and NER\n");
  files = sound_tables();
  files["GEDEvent_v25.csv"].replace(files["GEDEvent_v25.csv"].find("Segou region"), 12,
                                    "Taoudenit");
  EXPECT_EQ(load(files).notes.back(),
            "1 of them in Taoudenit (MLI), which the table of regions lacks");
}

TEST_F(GedTest, MissingTablesAreNamed) {
  EXPECT_EQ(complaints({{"regions.csv", "iso3,region,neighbours\n"}}),
            "sahel:0:0 E0110 the folder has no table *ged*.csv\n");
  EXPECT_NE(complaints({{"ged.csv", ged_columns}}).find("0 tables regions*.csv"),
            std::string::npos);
  EXPECT_THROW(load_conflict_record((folder_ / "nowhere").string()), ScenarioError);
}

TEST(ConflictRecord, BeforeAMonthKnowsWhatWasOver) {
  ConflictRecord r;
  r.regions = {{"MLI:Gao", "MLI"}};
  r.neighbours = {{}};
  r.from = *parse_month("2019-01");
  r.until = *parse_month("2019-05");
  r.deaths = {1, 2, 3, 4};
  const auto event = [](const char* first, const char* last) {
    ConflictEvent e;
    e.first = *parse_date(first);
    e.last = *parse_date(last);
    return e;
  };
  r.events = {event("2019-01-05", "2019-01-05"), event("2019-02-27", "2019-02-28"),
              event("2019-02-27", "2019-03-01"), event("2019-03-01", "2019-03-01")};
  const ConflictRecord known = r.before(*parse_month("2019-03"));
  EXPECT_EQ(known.events.size(), 2U);
  EXPECT_EQ(known.deaths, (std::vector<double>{1, 2}));
  EXPECT_EQ(known.until, *parse_month("2019-03"));
}

TEST(Month, NamesAndNumbersAgree) {
  const Month m = *parse_month("2021-09");
  EXPECT_EQ(month_name(m), "2021-09");
  EXPECT_EQ(month_name(m + 4), "2022-01");
  EXPECT_EQ(month_of(*parse_date("2021-09-30")), m);
  EXPECT_EQ(to_string(first_day(m)), "2021-09-01");
  EXPECT_FALSE(parse_month("2021-13"));
  EXPECT_FALSE(parse_month("2021"));
}

}  // namespace
}  // namespace casus
