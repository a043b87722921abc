#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/treaties/gaps.h"
#include "casus/treaties/treaties.h"

namespace casus::treaties {

/// One change of one article, and what it does to what `gaps` finds.
struct Amendment {
  std::string pact, article;
  std::string key;              ///< of the article: "where", "when.act", "by", "procedure"
  std::string value;            ///< as it would be written
  std::string said{};           ///< to a reader
  std::vector<Finding> closes;  ///< found before and no more
  std::vector<Finding> opens;   ///< found after and not before
  /// Of what the treaty is asked about (act, author, place), what is covered by articles that owe
  /// arms; where none does, by those that owe the most.
  std::size_t covered_before = 0, covered_after = 0;
};

/// Tries every change of one key of one article to another word of the vocabulary, and keeps those
/// that close a gap. Those that open none first; of these those that close more, and then those
/// that cover less that was not covered before. A change of a treaty's dates, members or organs is
/// none.
CASUS_API std::vector<Amendment> draft(const Treaties& treaties,
                                       const std::vector<std::size_t>& pacts);

/// For readers, the best `most` of each gap.
CASUS_API std::string write(const Treaties& treaties, const std::vector<Amendment>& amendments,
                            std::size_t most = 3);

}  // namespace casus::treaties
