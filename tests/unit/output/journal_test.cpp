#include "casus/output/journal.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "casus/output/files.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

class Journals : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(::testing::TempDir()) /
        (std::string("journal-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string path() const { return (folder_ / "parts.journal").string(); }
  /// With three parts, the second of them empty.
  void write() const {
    Journal journal(path(), "this work");
    for (const Journal::Bytes& part : parts_) journal.add(part);
  }
  fs::path folder_;
  const std::vector<Journal::Bytes> parts_{{1, 2, 3}, {}, Journal::Bytes(5000, 7)};
};

TEST_F(Journals, GiveBackWhatWasAddedAndGoOn) {
  write();
  EXPECT_EQ(Journal::count(path()), 3U);
  {
    Journal again(path(), "this work");
    EXPECT_EQ(again.found(), parts_);
    again.add(Journal::Bytes{9});
    EXPECT_EQ(Journal::count(path()), 4U) << "somebody looks while it is written";
  }
  EXPECT_EQ(Journal(path(), "this work").found().size(), 4U);
  EXPECT_EQ(Journal::count(path() + "x"), 0U);
}

// Wherever a crash cuts it off, what is whole before it is there, and it can be gone on with.
TEST_F(Journals, LeaveOutWhatACrashToreOff) {
  write();
  const std::string whole = read_file(path());
  for (std::size_t size = 0; size < whole.size(); size += size < 120 ? 1 : 611) {
    std::ofstream(path(), std::ios::binary | std::ios::trunc) << whole.substr(0, size);
    std::size_t found = 0;
    {
      Journal torn(path(), "this work");
      found = torn.found().size();
      EXPECT_LT(found, 3U) << size;
      for (std::size_t i = 0; i < found; ++i) EXPECT_EQ(torn.found()[i], parts_[i]);
      for (std::size_t i = found; i < 3; ++i) torn.add(parts_[i]);
    }
    EXPECT_EQ(read_file(path()), whole) << size;
  }
}

TEST_F(Journals, TakeNoDamagedPart) {
  write();
  std::string bytes = read_file(path());
  bytes[bytes.size() - 100] ^= 1;
  std::ofstream(path(), std::ios::binary | std::ios::trunc) << bytes;
  EXPECT_EQ(Journal(path(), "this work").found().size(), 2U);
}

TEST_F(Journals, OfOtherWorkAndOtherFilesAreRefused) {
  write();
  const std::string whole = read_file(path());
  const auto code = [&](const std::string& about) {
    try {
      Journal journal(path(), about);
      return std::string("none");
    } catch (const OutputError& e) {
      return e.diagnostic().code;
    }
  };
  EXPECT_EQ(code("other work"), "E0605");
  EXPECT_EQ(read_file(path()), whole) << "and not touched";
  std::ofstream(path(), std::ios::binary | std::ios::trunc) << "somebody's notes";
  EXPECT_EQ(code("this work"), "E0603");
  EXPECT_EQ(read_file(path()), "somebody's notes");
  fs::remove(path());
  ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
  EXPECT_EQ(code("this work"), "E0603") << "a pipe has no end";
}

TEST_F(Journals, FilesOfResultsAreOrdinaryOnes) {
  ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
  for (const std::string& name : {path(), std::string("/dev/zero"), folder_.string()}) {
    try {
      read_file(name);
      ADD_FAILURE() << name;
    } catch (const OutputError& e) {
      EXPECT_EQ(e.diagnostic().code, "E0603");
    }
  }
}

}  // namespace
}  // namespace casus
