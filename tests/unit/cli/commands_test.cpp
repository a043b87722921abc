#include "cli/commands.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace casus::cli {
namespace {

std::set<std::string> listed() {
  std::set<std::string> names;
#define CASUS_NAME(name) names.insert(#name);
  CASUS_COMMANDS(CASUS_NAME)
#undef CASUS_NAME
  return names;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A command that is written and has no row would compile, and nobody could call it.
TEST(Commands, EveryOneThatIsDefinedHasARow) {
  std::set<std::string> defined;
  const std::regex definition(
      R"(\nvoid add_(\w+)\(CLI::App& program, Common& common, Action& action\))");
  const std::string folder = std::string(CASUS_SOURCE_DIR) + "/lib/cli";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.path().filename().string().starts_with("command_")) continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), definition), end; it != end; ++it) {
      defined.insert((*it)[1]);
    }
  }
  EXPECT_EQ(defined, listed());
}

}  // namespace
}  // namespace casus::cli
