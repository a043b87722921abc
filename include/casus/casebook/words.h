#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/law/vocabulary.h"

/// What the words of treaties and of cases mean, each in one sentence. The reference is printed
/// from here, and the tables of docs/casebook.md say the same.
namespace casus::casebook {

/// With which answers a reason can go.
enum class Answer : std::uint8_t { yes, no, either };
CASUS_API std::string_view answer_word(Answer answer);  ///< "yes", "no", "±"

struct ReasonWords {
  law::Reason reason = law::Reason::none;
  law::EnumSet<law::Stage> stages{};  ///< that give it; none: changes of a pact
  Answer answer = Answer::no;
  std::string_view clause;    ///< that can follow "because"
  std::string_view sentence;  ///< what it means
};

/// All of them, in the order of the enumeration.
CASUS_API std::span<const ReasonWords> reason_words();

/// A word and what it means.
struct Word {
  std::string_view name;
  std::string_view sentence;
};

/// The words of one kind, in the order of their values: "acts", "obligations", "abstentions",
/// "procedures", "rules", "requesters", "roles", "parties", "postures", "accessions", "places",
/// "discretions", "consents", "controls", "governments", "stages".
struct Words {
  std::string_view kind;
  std::string_view doc;  ///< where such a word stands
  std::vector<Word> words;
};
CASUS_API std::span<const Words> all_words();

/// The page of the reference of cases: "" is the whole of it; "reasons", "acts" and the other kinds
/// of words; a section ("pact", "party", "act", "expect", …); or a word or key. Plain text. Empty
/// if there is no such page.
CASUS_API std::string case_reference(std::string_view page);
/// Every page there is, words and keys apart.
CASUS_API std::vector<std::string> case_pages();
/// Every word and key that has an explanation of its own, in the order of names.
CASUS_API std::vector<std::string> case_words();

}  // namespace casus::casebook
