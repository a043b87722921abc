#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casus/law/pact_index.h"
#include "casus/treaties/treaties.h"

// The words in which treaties are spoken of.
namespace casus::treaties {

/// "a, b and c"; "" of nothing.
std::string listing(const std::vector<std::string>& items, std::string_view last = "and");

/// "an attack on the forces".
std::string_view act_phrase(law::ActKind kind);
/// "aid", "bases or transit", "troops".
std::string_view help_phrase(law::Obligation level);
/// "use force against", with whom it is not done to follow.
std::string_view abstention_phrase(law::Abstention what);
/// "states", "armed groups".
std::string_view kind_phrase(law::PartyKind kind);
/// "protectors" (of one: "protector").
std::string_view role_phrase(law::Role role, bool one);
/// "by decision of an organ".
std::string_view procedure_phrase(law::Procedure p);
/// "by unanimity".
std::string_view rule_phrase(law::DecisionRule rule);

/// Every member of a set, in its order, in words.
template <class E, class Phrase>
std::vector<std::string> spoken(law::EnumSet<E> set, Phrase phrase) {
  std::vector<std::string> out;
  const std::size_t n = law::names<E>().size();
  out.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (set.contains(static_cast<E>(i))) out.emplace_back(phrase(static_cast<E>(i)));
  }
  return out;
}

/// The names of what a treaty names.
class Speaker {
 public:
  explicit Speaker(const Treaties& treaties) : t_(treaties) {}

  std::string party(ActorId actor) const;
  /// By title, sorted.
  std::vector<std::string> parties(const std::vector<ActorId>& actors) const;
  std::string place(RegionKey key) const;
  /// Places and areas, sorted; those of areas as "the area liptako".
  std::vector<std::string> places(const std::vector<RegionKey>& regions, law::AreaSet areas) const;
  std::string conflict(law::ConflictKey key) const;
  std::string pact(PactKey key) const;
  const Treaties& treaties() const { return t_; }

 private:
  const Treaties& t_;
};

/// "3 months", "1 day".
std::string several(long long n, std::string_view noun);
/// A text in lines of at most `width` columns, each after `indent`.
std::string wrapped(std::string_view text, std::string_view indent, std::size_t width = 100);
/// A name of a file as a reader would write it, for what has no title: "united_kingdom" is the
/// United Kingdom.
std::string title_of(std::string_view name);
/// The same in small letters: "consultation on force".
std::string spaced(std::string name);
/// With a capital letter in front.
std::string sentence_case(std::string text);

}  // namespace casus::treaties
