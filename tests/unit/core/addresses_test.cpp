#include "casus/core/addresses.h"

#include <gtest/gtest.h>

#include <string>

#include "casus/core/contracts.h"
#include "casus/core/random.h"

namespace casus::test {
namespace {

constexpr AddressBook::Address here{1, 2, 3, 4, 5, 6}, there{1, 2, 3, 4, 5, 7};

std::string complaint(AddressBook& book, bool again, SourcePlace place) {
  try {
    book.note(here, again, place);
  } catch (const ContractError& e) {
    return e.what();
  }
  return {};
}

TEST(AddressBook, TwoPlacesAtOneAddressAreNamedBothInAnyOrder) {
  const auto one = SourcePlace::current();
  const auto other = SourcePlace::current();
  std::string messages[2];
  for (const bool turned : {false, true}) {
    AddressBook book;
    book.note(here, false, turned ? other : one);
    messages[turned ? 1 : 0] = complaint(book, false, turned ? one : other);
  }
  EXPECT_EQ(messages[0], messages[1]);
  for (const auto& place : {one, other}) {
    EXPECT_NE(messages[0].find("addresses_test.cpp:" + std::to_string(place.line)),
              std::string::npos)
        << messages[0];
  }
  // That a place reads again excuses what it did itself, not another.
  AddressBook book;
  book.note(here, true, one);
  EXPECT_FALSE(complaint(book, true, other).empty());
}

TEST(AddressBook, OnePlaceTwiceHasToSayThatItReadsAgain) {
  const auto place = SourcePlace::current();
  AddressBook book;
  book.note(here, false, place);
  book.note(there, false, place);
  EXPECT_FALSE(complaint(book, false, place).empty());
  EXPECT_FALSE(complaint(book, true, place).empty()) << "the first did not say so";
  EXPECT_EQ(book.size(), 2U);
  book.clear();
  EXPECT_EQ(book.size(), 0U);
  book.note(here, true, place);
  EXPECT_EQ(complaint(book, true, place), "");
}

#ifdef CASUS_ENABLE_ASSERTS
TEST(AddressBook, StreamsNoteTheirAddressAndPlace) {
  AddressBook book;
  const Replicate replicate{1, 2, &book};
  Stream(replicate, 3, Purpose("a"), {4});
  Stream(replicate, 3, Purpose("b"), {4});
  Stream(replicate, 4, Purpose("a"), {4});
  Stream(replicate, 3, Purpose("a"), {5});
  EXPECT_EQ(book.size(), 4U);
  EXPECT_THROW(Stream(replicate, 3, Purpose("a"), {4}), ContractError);
  const auto ask = [&] { return Stream(replicate, 9, Purpose("a"), {4}, Stream::again)(); };
  EXPECT_EQ(ask(), ask());
  Stream(Replicate{1, 2}, 3, Purpose("a"), {4});  // nobody keeps a book of this one
}
#endif

TEST(Purpose, IsItsNameAndTheMechanisms) {
  static_assert(Purpose("a").key != Purpose("b").key);
  static_assert(Purpose("a").by(1).key != Purpose("a").by(2).key);
  static_assert(Purpose("a").by(1).key != Purpose("a").key);
  // A name used as a key is not the purpose of that name.
  EXPECT_NE(Purpose("a").key, name_hash("a"));
}

}  // namespace
}  // namespace casus::test
