#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/scenario/outcome_forms.h"
#include "casus/world/columns.h"
#include "support.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

const std::string folder = std::string(CASUS_TEST_DATA) + "/bad/";

std::vector<std::string> bad_files() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Diagnostic> diagnostics(const std::string& name) {
  try {
    Scenario::load(folder + name + ".yaml", test::vocabulary());
  } catch (const ScenarioError& e) {
    return e.diagnostics();
  }
  return {};
}

/// A list that grows with a table of the library stands in the files as a name in braces.
std::string with_lists(std::string text) {
  std::vector<std::string_view> forms;
  for (const OutcomeForm& form : outcome_forms()) forms.push_back(form.name);
  std::vector<std::string_view> settable;
  for (const PathColumn& c : path_columns()) {
    if (c.table == PathRef::Table::region && c.info->settable) settable.push_back(c.info->name);
  }
  const std::pair<std::string, const std::vector<std::string_view>&> lists[] = {
      {"{forms of outcomes}", forms}, {"{settable columns of regions}", settable}};
  for (const auto& [name, list] : lists) {
    const std::size_t at = text.find(name);
    if (at != std::string::npos)
      text.replace(at, name.size(), fmt::format("{}", fmt::join(list, ", ")));
  }
  return text;
}

class BadFile : public testing::TestWithParam<std::string> {};

// The whole message, with paths relative to the folder.
TEST_P(BadFile, IsExplainedInFull) {
  std::string message = render(diagnostics(GetParam()));
  ASSERT_FALSE(message.empty()) << "the file is valid";
  for (std::size_t at; (at = message.find(folder)) != std::string::npos;) {
    message.erase(at, folder.size());
  }
  EXPECT_EQ(message + "\n", with_lists(test::read_text(folder + GetParam() + ".txt")));
}

INSTANTIATE_TEST_SUITE_P(All, BadFile, testing::ValuesIn(bad_files()),
                         [](const auto& each) { return each.param; });

TEST(Diagnostics, EveryCodeOfLoadingHasABrokenFile) {
  std::set<std::string> shown;
  for (const std::string& name : bad_files()) {
    for (const Diagnostic& d : diagnostics(name)) shown.insert(d.code);
  }
  // The size of a file (E0104) is tested with files made on the spot; E0406 is not about scenarios,
  // E0320 and E0420 are about experiments, and those from E0110 on are about tables of data.
  for (const std::string_view code : known_codes()) {
    const bool tables = code >= "E0110" && code < "E0200";
    if (tables || code >= "E0600" || code == "E0104" || code == "E0406") continue;
    if (code == "E0320" || code == "E0420") continue;
    EXPECT_TRUE(shown.contains(std::string(code))) << code;
  }
}

TEST(Diagnostics, TenMistakesAreFoundInOnePass) {
  const auto found = diagnostics("ten_mistakes");
  ASSERT_EQ(found.size(), 10U);
  std::set<std::string> codes;
  for (const Diagnostic& d : found) {
    codes.insert(d.code);
    EXPECT_GT(d.where.line, 0U) << d.message;
    EXPECT_GT(d.where.column, 0U) << d.message;
    EXPECT_FALSE(d.source_line.empty()) << d.message;
  }
  EXPECT_EQ(codes, (std::set<std::string>{"E0102", "E0105", "E0201", "E0203", "E0204", "E0205",
                                          "E0206", "E0301", "E0302", "E0303"}));
}

TEST(Diagnostics, ABrokenFileLeavesTheOthersToBeChecked) {
  const fs::path scratch = fs::temp_directory_path() / "casus_scenario_broken";
  fs::create_directories(scratch);
  std::ofstream(scratch / "root.yaml") << "casus: scenario/1\ninclude: [broken.yaml, "
                                          "fine.yaml]\nclock: {start: 2023-09-16, days: 9}\n"
                                          "presence: {gao: {mali: 3}}\n";
  std::ofstream(scratch / "broken.yaml") << "casus: scenario/1\nactors: {mali: {kind: state\n";
  std::ofstream(scratch / "fine.yaml") << "casus: scenario/1\nobserve: {every: never}\n";
  std::vector<std::string> codes;
  try {
    Scenario::load((scratch / "root.yaml").string(), test::vocabulary());
  } catch (const ScenarioError& e) {
    for (const Diagnostic& d : e.diagnostics()) codes.push_back(d.code);
  }
  fs::remove_all(scratch);
  // Names that the broken file may define are not complained about.
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(codes, (std::vector<std::string>{"E0101", "E0211"}));
}

TEST(Diagnostics, WordsThatLookLikeOtherTypesStayText) {
  const std::string text = test::changed("title: The North", "title: no");
  EXPECT_EQ(test::region(Scenario::parse(text, "t.yaml", test::vocabulary()), "north").title, "no");
  const std::string null = test::changed("title: The North", "title: null");
  EXPECT_EQ(test::region(Scenario::parse(null, "t.yaml", test::vocabulary()), "north").title,
            "null");
  const std::string octal = test::changed("title: The North", "title: 012");
  EXPECT_EQ(test::region(Scenario::parse(octal, "t.yaml", test::vocabulary()), "north").title,
            "012");
}

TEST(Diagnostics, FlagsAreOnlyTrueAndFalse) {
  for (const std::string word : {"yes", "on", "True", "1", "y", "\"true\""}) {
    const std::string message =
        test::complaint(test::changed("pro_state: true", "pro_state: " + word));
    EXPECT_NE(message.find("expected true or false"), std::string::npos) << word;
  }
}

TEST(Diagnostics, AreLimitedInNumber) {
  std::string text = "casus: scenario/1\nclock: {start: 2023-09-16, days: 9}\nactors:\n";
  for (int i = 0; i < 3000; ++i) text += "  a" + std::to_string(i) + ": {kind: nothing}\n";
  try {
    Scenario::parse(text, "many.yaml", test::vocabulary());
    FAIL();
  } catch (const ScenarioError& e) {
    EXPECT_EQ(e.diagnostics().size(), 500U);
  }
}

}  // namespace
}  // namespace casus
