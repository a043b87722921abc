#include "text/read_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace casus::text {
namespace {

struct ReadFile : testing::Test {
  // Tests of one program run at the same time, each in a process of its own.
  std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / ("casus-read-file-" + std::to_string(getpid()));
  std::string file = (folder / "a.yaml").string();

  void SetUp() override {
    std::filesystem::create_directories(folder);
    std::ofstream(file) << "12345";
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
};

TEST_F(ReadFile, GivesTheContents) {
  const FileText read = read_file(file, 5);
  EXPECT_EQ(read.text, "12345");
  EXPECT_TRUE(read.refusal.empty());
}

TEST_F(ReadFile, GivesTheBeginning) {
  EXPECT_EQ(read_file(file, 5, 2).text, "12");
  EXPECT_EQ(read_file(file, 5, 6).text, "12345");
  EXPECT_FALSE(read_file(file, 4, 2).text);
}

TEST_F(ReadFile, SaysHowLargeAFileIsThatIsTooLarge) {
  const FileText read = read_file(file, 4);
  EXPECT_FALSE(read.text);
  EXPECT_EQ(read.bytes, 5U);
  EXPECT_EQ(read.refusal, "it is too large");
}

TEST_F(ReadFile, SaysWhatStandsInTheWay) {
  EXPECT_EQ(read_file(folder.string(), 100).refusal, "it is a folder");
  EXPECT_EQ(read_file(file + ".gone", 100).refusal, "no such file");
  EXPECT_EQ(read_file("/dev/null", 100).refusal, "it is not an ordinary file");
  EXPECT_EQ(read_file(file + "/b", 100).refusal, "no such file");
  EXPECT_EQ(read_file("", 100).refusal, "no such file");
}

TEST_F(ReadFile, DoesNotWaitForAPipe) {
  const std::string pipe = (folder / "pipe").string();
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(read_file(pipe, 100).refusal, "it is not an ordinary file");
}

}  // namespace
}  // namespace casus::text
