#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/treaties/treaties.h"

namespace casus::treaties {

/// What is said otherwise. Empty before: it is new; empty after: it is gone.
struct TextChange {
  std::string part;  ///< "article 6", "member Togo", "organ council", "the treaty"
  std::string key;   ///< that says it; empty: the part as a whole
  std::string before, after;
};

/// Acts that are answered otherwise.
struct VerdictChange {
  std::string acts;    ///< "an invasion or a strike by a state outside, on members' soil"
  std::string before;  ///< "nobody is bound"
  std::string after;
};

struct Difference {
  std::vector<TextChange> text;
  std::vector<VerdictChange> verdicts;
  bool none() const { return text.empty() && verdicts.empty(); }
};

/// What changes from one treaty to the next: in words, and in what the law says of the same acts
/// under each. Names and titles of the treaties themselves do not count.
CASUS_API Difference diff(const Treaties& before, std::size_t pact_before, const Treaties& after,
                          std::size_t pact_after);

/// For readers; "They do not differ." where they do not.
CASUS_API std::string write(const Difference& difference);

}  // namespace casus::treaties
