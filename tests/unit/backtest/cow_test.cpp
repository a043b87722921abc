#include "casus/backtest/cow.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "casus/core/diagnostics.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

const std::string candidate_columns =
    "wid,y0,c,join,side,defA,defB,offA,offB,nagA,nagB,land,sea,dist,cinc,maj,rivA,rivB,cA,cB,"
    "majwar,norig\n";

/// Small sound tables, which a test spoils before they are written.
std::map<std::string, std::string> sound() {
  return {{"cow_states.csv",
           "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
           "BBB,20,\"Beta, the second\",1816,1,1,1900,12,31,2016\n"
           "AAA,10,Alpha,1816,1,1,1850,6,30,2016\nAAA,10,Alpha,1860,1,1,1900,12,31,2016\n"
           "CCC,30,Gamma,1816,1,1,1900,12,31,2016\n"},
          {"cow_nmc.csv", "ccode,year,milex,cinc\n10,1840,-9,0.125\n20,1840,5,-9\n30,1840,,0.5\n"},
          {"cow_alliance.csv",
           "ccode1,ccode2,year,cow_defense,cow_neutral,cow_nonagg,cow_entente\n"
           "20,10,1838,1,0,0,0\n10,20,1839,0,1,0,0\n20,10,1839,1,0,0,0\n10,20,1840,1,0,0,1\n"
           "10,30,1840,0,0,1,0\n"},
          {"cow_contdir.csv",
           "ccode1,ccode2,conttype,stdate,enddate\n10,20,1,1816-01-01,1845-05-31\n"
           "20,30,4,1816-01-01,1900-12-31\n"},
          {"wars.csv", "wid,name,y0,norig,njoin\n1,First,1840,2,1\n"},
          {"candidates.csv", candidate_columns + "1,1840,30,1,B,False,True,False,False,False,True,"
                                                 "True,False,,0.5,True,True,False,0.1,0.2,"
                                                 "False,2\n"
                                                 "1,1840,20,0,,False,False,False,False,False,False,"
                                                 "False,True,12.5,,False,False,False,0.1,"
                                                 "0.2,False,2\n"}};
}

class CowTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "casus-cow-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  CowTables load(const std::map<std::string, std::string>& files, const std::string& in = "") {
    fs::create_directories(folder_ / in);
    for (const auto& [name, text] : files) std::ofstream(folder_ / in / name) << text;
    return load_cow_tables(folder_.string());
  }
  /// The diagnostics of tables that do not load, with the folder's name taken out.
  std::string problems(const std::map<std::string, std::string>& files) {
    try {
      load(files);
    } catch (const ScenarioError& e) {
      std::string text;
      for (Diagnostic d : e.diagnostics()) {
        d.source_line.clear();
        text += render(d) + "\n";
      }
      const std::string prefix = folder_.string() + "/";
      for (std::size_t at; (at = text.find(prefix)) != std::string::npos;) {
        text.erase(at, prefix.size());
      }
      return text;
    }
    return "";
  }
  fs::path folder_;
};

TEST_F(CowTest, ReadsEveryTable) {
  const CowTables t = load(sound());
  ASSERT_EQ(t.states.size(), 4U);
  EXPECT_EQ(t.states[0].code, 10);
  EXPECT_EQ(t.states[2].name, "Beta, the second");
  EXPECT_EQ(t.capabilities.size(), 2U);
  ASSERT_EQ(t.wars.size(), 1U);
  const CowWar& war = t.wars[0];
  EXPECT_EQ(war.name, "First");
  EXPECT_EQ(war.originals, 2);
  EXPECT_DOUBLE_EQ(war.capability_b, 0.2);
  ASSERT_EQ(war.candidates.size(), 2U);
  EXPECT_EQ(war.candidates[0].state, 20);
  EXPECT_EQ(war.candidates[0].distance_km, 12.5);
  EXPECT_FALSE(war.candidates[0].capability.has_value());
  EXPECT_TRUE(war.candidates[0].sea_border);
  const WarCandidate& c = war.candidates[1];
  EXPECT_TRUE(c.joined && c.major_power && c.land_border);
  EXPECT_EQ(c.side, WarSide::b);
  EXPECT_EQ(c.a, (CandidateTies{false, false, false, true}));
  EXPECT_EQ(c.b, (CandidateTies{true, false, true, false}));
  EXPECT_FALSE(c.distance_km.has_value());
}

TEST_F(CowTest, LooksUpInEitherOrder) {
  const CowTables t = load(sound());
  EXPECT_EQ(capability(t, 10, 1840), 0.125);
  EXPECT_FALSE(capability(t, 20, 1840).has_value());
  EXPECT_FALSE(capability(t, 10, 1841).has_value());
  ASSERT_NE(alliance(t, 20, 10, 1839), nullptr);
  EXPECT_TRUE(alliance(t, 10, 20, 1839)->defence);
  EXPECT_TRUE(alliance(t, 10, 20, 1839)->looser);
  EXPECT_EQ(alliance(t, 20, 30, 1840), nullptr);
  EXPECT_EQ(defended_since(t, 20, 10, 1840), 1838);
  EXPECT_FALSE(defended_since(t, 10, 30, 1840).has_value());
  EXPECT_TRUE(land_border(t, 20, 10, *parse_date("1845-05-31")));
  EXPECT_FALSE(land_border(t, 10, 20, *parse_date("1845-06-01")));
  EXPECT_FALSE(land_border(t, 20, 30, *parse_date("1840-01-01")));
}

TEST_F(CowTest, KnowsWhenAnyPactBegan) {
  auto files = sound();
  files["cow_alliance.csv"] += "20,30,1837,0,0,0,1\n20,30,1838,1,0,0,0\n20,30,1840,0,1,0,0\n";
  const CowTables t = load(files);
  EXPECT_EQ(allied_since(t, 30, 20, 1838), 1837);
  EXPECT_EQ(defended_since(t, 30, 20, 1838), 1838);
  EXPECT_EQ(allied_since(t, 20, 30, 1840), 1840);
  EXPECT_FALSE(allied_since(t, 20, 30, 1839).has_value());
}

/// The sound tables with regimes of state 30: in the years of four wars.
std::map<std::string, std::string> with_regimes() {
  auto files = sound();
  std::string& text = files["candidates.csv"];
  text = candidate_columns.substr(0, candidate_columns.size() - 1) + ",pol\n";
  const std::string rest =
      ",30,0,,False,False,False,False,False,False,True,False,,0.5,False,False,"
      "False,0.1,0.2,False,2,";
  text +=
      "1,1840" + rest + "-9\n2,1844" + rest + "-7.0\n3,1846" + rest + "\n4,1850" + rest + "-6\n";
  text += "5,1850" + rest + "-6\n";
  files["wars.csv"] += "2,B,1844,2,0\n3,C,1846,2,0\n4,D,1850,2,0\n5,E,1850,2,0\n";
  return files;
}

TEST_F(CowTest, ThreePointsOfRegimeAreAnotherRegime) {
  const CowTables t = load(with_regimes());
  ASSERT_EQ(t.regimes.size(), 3U);  // -9 and -7 are scores here, and no missing values
  EXPECT_EQ(t.regimes[0], (CowRegime{30, 1840, -9.0}));
  EXPECT_TRUE(institutions_changed(t, 30, 1840, 1850));
  EXPECT_TRUE(institutions_changed(t, 30, 1843, 1850));   // as in 1840
  EXPECT_TRUE(institutions_changed(t, 30, 1830, 1850));   // nothing earlier is on record
  EXPECT_FALSE(institutions_changed(t, 30, 1844, 1850));  // one point
  EXPECT_FALSE(institutions_changed(t, 30, 1840, 1844));  // two
  EXPECT_FALSE(institutions_changed(t, 30, 1840, 1846));  // unknown
  EXPECT_FALSE(institutions_changed(t, 10, 1840, 1850));
  EXPECT_TRUE(load(sound()).regimes.empty());
}

TEST_F(CowTest, ARegimeIsOneInAYear) {
  auto files = with_regimes();
  std::string& text = files["candidates.csv"];
  text.replace(text.rfind("-6"), 2, "-5");
  EXPECT_NE(problems(files).find("the regime of state 30 in 1850 was given before as -6"),
            std::string::npos)
      << problems(files);
  text.replace(text.rfind("-5"), 2, "11");
  EXPECT_NE(problems(files).find("11 is outside -10 to 10"), std::string::npos);
}

TEST_F(CowTest, StatesComeAndGo) {
  const CowTables t = load(sound());
  EXPECT_EQ(states_in(t, 1850).size(), 3U);
  EXPECT_EQ(states_in(t, 1855).size(), 2U);
  EXPECT_EQ(states_in(t, 1815).size(), 0U);
}

TEST_F(CowTest, AcceptsTheFolderAboveAndTheFormsOfSpreadsheets) {
  auto files = sound();
  for (auto& [name, text] : files) {
    std::string crlf = "\xef\xbb\xbf";
    for (const char c : text) crlf += c == '\n' ? "\r\n" : std::string(1, c);
    text = crlf + "\r\n";
  }
  EXPECT_EQ(load(files, "wars").wars.size(), 1U);
}

TEST_F(CowTest, TakesAWarOfTwoFilesOnce) {
  auto files = sound();
  files["candidates_later.csv"] =
      files["candidates.csv"] +
      "2,1890,30,0,,False,False,False,False,False,False,True,False,,0.5,True,False,False,0.1,0.2,"
      "False,2\n";
  files["wars_later.csv"] = files["wars.csv"] + "2,Second,1890,2,0\n";
  const CowTables t = load(files);
  ASSERT_EQ(t.wars.size(), 2U);
  EXPECT_EQ(t.wars[0].candidates.size(), 2U);
  EXPECT_EQ(t.wars[1].name, "Second");
}

TEST_F(CowTest, NamesEveryMissingTable) {
  auto files = sound();
  files.erase("cow_nmc.csv");
  files.erase("candidates.csv");
  const std::string text = problems(files);
  EXPECT_NE(text.find("the folder has no table cow_nmc.csv [E0110]"), std::string::npos) << text;
  EXPECT_NE(text.find("the folder has no table candidates*.csv [E0110]"), std::string::npos);
  EXPECT_THROW(load_cow_tables("/no/such/folder"), ScenarioError);
}

TEST_F(CowTest, SaysWhereACellIsWrong) {
  const std::vector<std::tuple<std::string, std::string, std::string, std::string>> spoiled{
      {"cow_nmc.csv", "30,1840,,0.5", "30,1840,,half", "cow_nmc.csv:4:10: error: column 'cinc'"},
      {"cow_nmc.csv", "30,1840,,0.5", "30,1840,,1.5", "cow_nmc.csv:4:10: error: 1.5 is outside"},
      {"cow_nmc.csv", "30,1840,,0.5", "30,1840,0.5", "cow_nmc.csv:4:1: error: the row has 3 cells"},
      {"cow_nmc.csv", "ccode,year", "ccode,yaer",
       "cow_nmc.csv:1:1: error: the table has no column 'year' [E0111]"},
      {"cow_nmc.csv", "30,1840", "thirty,1840", "cow_nmc.csv:4:1: error: column 'ccode' needs"},
      {"cow_states.csv", "1850,6,30", "1850,6,31", "cow_states.csv:3:30: error: there is no such"},
      {"cow_states.csv", "1850,6,30", "1810,6,30", "cow_states.csv:3:23: error: the spell ends"},
      {"cow_states.csv", "second\"", "second", "cow_states.csv:2:8: error: the quote is not"},
      {"cow_alliance.csv", "1839,0,1", "1839,0,2", "cow_alliance.csv:3:14: error: column 'cow_neu"},
      {"cow_alliance.csv", "10,30", "10,10", "cow_alliance.csv:6:4: error: a state is allied with"},
      {"cow_contdir.csv", "1845-05-31", "31 May 1845", "cow_contdir.csv:2:20: error: column 'endd"},
      {"candidates.csv", "20,0,,False", "20,0,A,False",
       "candidates.csv:3:13: error: a side is giv"},
      {"candidates.csv", "20,0,,False", "20,yes,,False", "candidates.csv:3:11: error: column 'joi"},
      {"candidates.csv", "1,1840,20,0", "1,1841,20,0",
       "candidates.csv:3:3: error: war 1 begins in 1840 by the tables"},
      {"candidates.csv", "12.5,,False,False,False,0.1", "12.5,,False,False,False,0.3",
       "candidates.csv:3:1: error: the rows of war 1"},
      {"candidates.csv", "1,1840,20,0", "1,1840,30,0",
       "candidates.csv:3:8: error: state 30 is give"},
      {"candidates.csv", "1,1840", "7,1840", "candidates.csv:2:1: error: no war 7 in the tables"},
      {"candidates.csv", "1,1840,20,0", "1,1840,40,0", "candidates.csv:3:8: error: no state 40 in"},
      {"candidates.csv", "30,1,B", "30,1,C", "candidates.csv:2:13: error: a side is A, B, ?"},
      {"cow_nmc.csv", "30,1840,,0.5", "10,1840,,0.5",
       "cow_nmc.csv:4:4: error: state 10 is given twice for 1840, before on line 2"},
      {"cow_nmc.csv", "30,1840,,0.5", "31,1840,,0.5", "cow_nmc.csv:4:1: error: no state 31 in"},
      {"cow_nmc.csv", "milex,cinc", "cinc,cinc", "cow_nmc.csv:1:1: error: the table has two colu"},
      {"cow_nmc.csv", "30,1840,,0.5", "30,1840,\xe9,0.5", "cow_nmc.csv:4:9: error: not UTF-8"},
      {"cow_states.csv", "Alpha,1860,1,1", "Alpha,1850,6,30",
       "cow_states.csv:4:24: error: the spell overlaps with that of line 3"},
      {"cow_alliance.csv", "10,30", "10,33", "cow_alliance.csv:6:4: error: no state 33 in"},
      {"cow_contdir.csv", "1845-05-31", "1815-05-31",
       "cow_contdir.csv:2:20: error: the spell ends"},
      {"cow_contdir.csv", "20,30,4,", "10,20,1,",
       "cow_contdir.csv:3:20: error: the spell overlaps"},
      {"cow_contdir.csv", "20,30,4,", "20,20,4,", "cow_contdir.csv:3:4: error: a state borders on"},
      {"wars.csv", "1840,2,1", "1841,2,1",
       "candidates.csv:2:3: error: war 1 begins in 1841 by the tables"},
      {"wars.csv", "1840,2,1", "1840,3,1",
       "candidates.csv:2:95: error: war 1 has 3 original parties by"},
      {"wars.csv", "1840,2,1\n", "1840,2,1\n1,First,1840,2,1\n",
       "wars.csv:3:1: error: war 1 is given twice, before on line 2"},
      {"wars.csv", "1840,2,1\n", "1840,2,1\n1,Other,1840,2,1\n",
       "wars.csv:3:1: error: war 1 was giv"},
  };
  for (const auto& [file, from, to, expected] : spoiled) {
    auto files = sound();
    std::string& text = files[file];
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << file << ": " << from;
    text.replace(at, from.size(), to);
    const std::string found = problems(files);
    EXPECT_NE(found.find(expected), std::string::npos) << "expected " << expected << "\n" << found;
  }
}

TEST_F(CowTest, AStateTwiceInAFileIsAMistakeThoughTheRowsAgree) {
  auto files = sound();
  std::string& text = files["candidates.csv"];
  const std::string last = text.substr(text.rfind("1,1840"));
  text += last;
  EXPECT_NE(problems(files).find("candidates.csv:4:8: error: state 20 is given twice for war 1, "
                                 "before on line 3"),
            std::string::npos);
}

TEST_F(CowTest, ACandidateWasAStateThen) {
  auto files = sound();
  for (const char* file : {"wars.csv", "candidates.csv"}) {
    std::string& text = files[file];
    for (std::size_t at; (at = text.find("1840")) != std::string::npos;) {
      text.replace(at, 4, "1855");
    }
  }
  std::string& text = files["candidates.csv"];
  text.replace(text.find("1855,20,0"), 9, "1855,10,0");
  EXPECT_NE(problems(files).find("candidates.csv:3:8: error: state 10 was not in the state system "
                                 "in 1855, by cow_states.csv"),
            std::string::npos);
}

TEST_F(CowTest, MistakesOfSeveralTablesAreNamedTogether) {
  auto files = sound();
  files["cow_nmc.csv"] += "30,1840,,0.5\n";
  files["wars.csv"] += "1,First,1840,2,1\n";
  files["candidates.csv"] += files["candidates.csv"].substr(candidate_columns.size());
  const std::string text = problems(files);
  EXPECT_NE(text.find("cow_nmc.csv:5:4"), std::string::npos) << text;
  EXPECT_NE(text.find("wars.csv:3:1"), std::string::npos) << text;
  EXPECT_NE(text.find("candidates.csv:4:8"), std::string::npos) << text;
  EXPECT_NE(text.find("candidates.csv:5:8"), std::string::npos) << text;
}

TEST_F(CowTest, TheTableOfAlliancesMayBeAbsent) {
  auto files = sound();
  files.erase("cow_alliance.csv");
  const CowTables t = load(files);
  EXPECT_TRUE(t.alliances.empty());
  EXPECT_EQ(t.wars.size(), 1U);
}

TEST_F(CowTest, StopsAfterTwentyProblemsOfAFile) {
  auto files = sound();
  for (int i = 0; i < 100; ++i) files["cow_nmc.csv"] += "x,1840,,0.5\n";
  const std::string text = problems(files);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 20) << text;
}

}  // namespace
}  // namespace casus
