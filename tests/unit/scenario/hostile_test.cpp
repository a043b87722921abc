#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <functional>

#include "casus/core/contracts.h"
#include "casus/core/ids.h"
#include "support.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

const std::string head = "casus: scenario/1\nclock: {start: 2023-09-16, days: 9}\n";

std::string repeat(const std::string& text, std::size_t n) {
  std::string all;
  all.reserve(text.size() * n);
  for (std::size_t i = 0; i < n; ++i) all += text;
  return all;
}

std::string first_code(const std::string& text) {
  try {
    Scenario::parse(text, "hostile.yaml", test::vocabulary());
  } catch (const ScenarioError& e) {
    return e.diagnostics().front().code;
  }
  return "valid";
}

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

struct Hostile {
  const char* name;
  std::string text;
  const char* code;
};

std::string many_actors(std::size_t n) {
  std::string text = head + "actors:\n";
  for (std::size_t i = 0; i < n; ++i) {
    text += "  a" + std::to_string(i) + ": {kind: state, forces: 1}\n";
  }
  return text;
}

std::vector<Hostile> hostile_texts() {
  std::string indented = "a:\n";
  for (std::size_t i = 1; i < 4000; ++i) indented += std::string(i, ' ') + "a:\n";
  return {
      {"brackets", head + "regions: " + repeat("[", 100'000), "E0103"},
      {"braces", head + "regions: " + repeat("{a: ", 100'000), "E0103"},
      {"dashes", repeat("- ", 100'000) + "a", "E0103"},
      {"questions", repeat("? ", 100'000) + "a", "E0103"},
      {"indentation", indented, "E0103"},
      {"block_of_brackets", head + "description: |\n  " + repeat("[", 100'000) + "\n", "E0103"},
      {"quoted_brackets_behind_a_quote",
       head + "description: it's\nregions: " + repeat("[", 200'000), "E0103"},
      {"wide_list", head + "regions: [" + repeat("[],", 2'000'000) + "]", "E0104"},
      {"wide_mapping", head + "regions: {" + repeat("a: 1,", 1'000'000) + "}", "E0104"},
      {"many_lines", head + repeat("a: 1\n", 5'000'000), "E0104"},
      {"long_key", repeat("a", 7'000'000) + ": 1\n", "E0101"},
      {"many_names", many_actors(50'000), "valid"},
      {"spaces", head + repeat("\n", 8'000'000), "valid"},
      {"comment", head + repeat("#\n", 4'000'000), "valid"},
      {"open_quote", head + "title: \"" + repeat("x", 4'000'000), "E0101"},
      {"colons", head + "a" + repeat(": ", 100'000), "E0101"},
      {"quotes", head + repeat("\"a\" ", 100'000), "E0101"},
      {"aliases", head + "a: &a [x]\n" + repeat("b: *a\n", 1000), "E0107"},
      {"nothing", "", "E0108"},
      {"nul", std::string(1000, '\0'), "E0106"},
  };
}

TEST(Hostile, InputEndsInAClearErrorSoonSlow) {
  for (const Hostile& h : hostile_texts()) {
    std::string code;
    const double seconds = seconds_of([&] { code = first_code(h.text); });
    EXPECT_EQ(code, h.code) << h.name;
    EXPECT_LT(seconds, 2.0) << h.name;
  }
  EXPECT_LT(peak_megabytes(), 500.0);
}

TEST(Hostile, AHundredMegabytesAreNotRead) {
  const fs::path path = fs::temp_directory_path() / "casus_scenario_large.yaml";
  std::ofstream(path) << head;
  fs::resize_file(path, 100 << 20);
  std::string message;
  const double seconds = seconds_of([&] {
    try {
      Scenario::load(path.string(), test::vocabulary());
    } catch (const ScenarioError& e) {
      message = e.what();
    }
  });
  fs::remove(path);
  EXPECT_EQ(message, path.string() + ": error: '" + path.string() +
                         "' is too large: 104857600 bytes, at most 67108864 are read [E0104]; "
                         "read more with --read-limit 128 (ReadLimits of the library)");
  EXPECT_LT(seconds, 0.5);
}

TEST(Hostile, LimitsCanBeRaised) {
  const auto code = [](const std::string& text, std::size_t megabytes) -> std::string {
    try {
      Scenario::parse(text, "large.yaml", test::vocabulary(), {}, {megabytes});
    } catch (const ScenarioError& e) {
      return e.diagnostics().front().code;
    }
    return "valid";
  };
  const std::string long_text = head + "description: " + repeat("x", 1'500'000) + "\n";
  EXPECT_EQ(code(long_text, 1), "E0104");
  EXPECT_EQ(code(long_text, 2), "valid");
  std::string many_entries = head + "sources:\n";
  for (int i = 0; i < 70'000; ++i) many_entries += "  s" + std::to_string(i) + ": x\n";
  EXPECT_EQ(code(many_entries, 1), "E0104");
  EXPECT_EQ(code(many_entries, 2), "valid");
  EXPECT_THROW(code(head, 0), ContractError);
}

TEST(Hostile, DevicesAreNotRead) {
  try {
    Scenario::load("/dev/zero", test::vocabulary());
    FAIL();
  } catch (const ScenarioError& e) {
    EXPECT_EQ(e.diagnostics().front().code, "E0100");
  }
}

TEST(Hostile, TextWithoutAFolderReadsNoFile) {
  const std::string text = "casus: scenario/1\ninclude: /etc/hostname\n";
  try {
    Scenario::parse(text, "", test::vocabulary());
    FAIL();
  } catch (const ScenarioError& e) {
    EXPECT_EQ(e.diagnostics().front().code, "E0100");
  }
}

TEST(Hostile, IncludesAreLimitedInDepth) {
  const fs::path scratch = fs::temp_directory_path() / "casus_scenario_depth";
  fs::create_directories(scratch);
  for (int i = 0; i < 40; ++i) {
    std::ofstream(scratch / (std::to_string(i) + ".yaml"))
        << "casus: scenario/1\ninclude: " << i + 1 << ".yaml\n";
  }
  std::string message;
  try {
    Scenario::load((scratch / "0.yaml").string(), test::vocabulary());
  } catch (const ScenarioError& e) {
    message = e.what();
  }
  fs::remove_all(scratch);
  EXPECT_NE(message.find("files include each other deeper than 16 levels [E0103]"),
            std::string::npos)
      << message;
}

// Every byte of a valid file, cut off or changed at an address of its own: an answer, never a
// crash.
TEST(Hostile, CutAndMutatedFilesGetAnAnswerSlow) {
  const std::string whole = test::small_world;
  for (std::size_t n = 0; n < whole.size(); n += 7) first_code(whole.substr(0, n));
  std::uint64_t state = 1;
  const auto next = [&](std::size_t n) {
    state = mix(state + 1);
    return static_cast<std::size_t>(state % n);
  };
  const std::string marks = "{}[]:,-?&*!|>'\"%#\n \t0aA~\x80\xff";
  std::size_t broken = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string text = whole;
    for (std::size_t k = next(4) + 1; k > 0; --k) {
      const std::size_t at = next(text.size());
      switch (next(3)) {
        case 0:
          text[at] = marks[next(marks.size())];
          break;
        case 1:
          text.erase(at, next(20));
          break;
        default:
          text.insert(at, text.substr(next(text.size()), next(40)));
          break;
      }
    }
    broken += first_code(text) == "valid" ? 0 : 1;
  }
  EXPECT_GT(broken, 700U);
}

}  // namespace
}  // namespace casus
