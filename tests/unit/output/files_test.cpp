#include "casus/output/files.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "casus/core/contracts.h"
#include "casus/core/random.h"
#include "scratch.h"

namespace casus {
namespace {

// FIPS 180-4 examples and the NIST CAVP vectors SHA256ShortMsg and SHA256LongMsg.
TEST(Sha256, PublishedVectors) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256("\xd3"), "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
  EXPECT_EQ(sha256(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesMakeTheSameDigest) {
  const std::string text(1000, 'x');
  for (const std::size_t cut : {0U, 1U, 63U, 64U, 65U, 999U, 1000U}) {
    Sha256 digest;
    digest.add(std::string_view(text).substr(0, cut));
    digest.add(std::string_view(text).substr(cut));
    EXPECT_EQ(digest.finish(), sha256(text)) << cut;
    EXPECT_THROW(digest.add("more"), ContractError);
  }
}

TEST(OutputFile, DigestsWhatItWrites) {
  const testing::Scratch scratch;
  std::string all;
  OutputFile file(scratch.path("a.txt"));
  for (int i = 0; i < 30000; ++i) {
    const std::string line = std::to_string(i) + "\n";
    all += line;
    file.write(line);
  }
  const FileDigest digest = file.close();
  EXPECT_EQ(digest.name, "a.txt");
  EXPECT_EQ(digest.bytes, all.size());
  EXPECT_EQ(digest.sha256, sha256(all));
  EXPECT_EQ(read_file(scratch.path("a.txt")), all);
}

TEST(OutputFile, SaysWhatCannotBeWritten) {
  const testing::Scratch scratch;
  try {
    OutputFile file(scratch.path("nowhere/a.txt"));
    FAIL() << "there is no such folder";
  } catch (const OutputError& e) {
    EXPECT_EQ(e.diagnostic().code, "E0602");
    EXPECT_EQ(std::string(e.what()), scratch.path("nowhere/a.txt") +
                                         ": error: cannot be written: No such file or directory "
                                         "[E0602]");
  }
}

TEST(OutputFile, AFullDiskIsAnError) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  OutputFile file("/dev/full");
  const auto fill = [&] {
    file.write("something");
    file.close();
  };
  EXPECT_THROW(fill(), OutputError);
}

TEST(WriteAtomically, ReplacesAndLeavesNothingBehind) {
  const testing::Scratch scratch;
  write_atomically(scratch.path("a.txt"), "one");
  write_atomically(scratch.path("a.txt"), "two");
  EXPECT_EQ(read_file(scratch.path("a.txt")), "two");
  EXPECT_EQ(scratch.entries(), (std::vector<std::string>{"a.txt"}));
  std::filesystem::create_directory(scratch.path("folder"));
  EXPECT_THROW(write_atomically(scratch.path("folder"), "x"), OutputError);
  EXPECT_EQ(scratch.entries(), (std::vector<std::string>{"a.txt", "folder"}));
}

TEST(ReadFile, SaysWhatCannotBeRead) {
  const testing::Scratch scratch;
  EXPECT_THROW(read_file(scratch.path("missing")), OutputError);
}

}  // namespace
}  // namespace casus
