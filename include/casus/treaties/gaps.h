#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "casus/core/export.h"
#include "casus/treaties/treaties.h"

namespace casus::treaties {

/// What can be wrong with a treaty, or between two.
enum class Fault : std::uint8_t {
  between,     ///< falls between the articles: what the treaty is about elsewhere, nothing covers
  both_sides,  ///< a member would be bound to both sides
  disagree,    ///< two articles of one treaty give different answers
  dead,        ///< an article that never decides anything
  procedure,   ///< a procedure that can never be satisfied
};
/// "between", "both_sides", "disagree", "dead", "procedure".
CASUS_API std::string_view name(Fault fault);

struct Finding {
  Fault fault = Fault::between;
  std::string pact;                   ///< its name
  std::vector<std::string> others;    ///< further pacts, of both_sides
  std::vector<std::string> articles;  ///< concerned, of `pact`, then those of a single further one
  std::string text;                   ///< one or two sentences
  std::vector<std::string> seen{};    ///< who saw it too, as the articles concerned say (`seen`)
};

/// Puts every hostile act, by a member, an outside state, an external power, an armed group and who
/// is named, against members of every kind, on their soil and abroad, asked for help or not, to the
/// law, and reports what the treaty leaves open. Nothing is found where it leaves nothing open. In
/// the order of pacts by name, of faults and of articles.
CASUS_API std::vector<Finding> gaps(const Treaties& treaties,
                                    const std::vector<std::size_t>& pacts);

/// For readers, by pact; "No gap was found." where there is none.
CASUS_API std::string write(const Treaties& treaties, const std::vector<Finding>& findings);

}  // namespace casus::treaties
