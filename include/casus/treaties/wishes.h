#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "casus/casebook/casebook.h"
#include "casus/core/export.h"
#include "casus/treaties/alteration.h"
#include "casus/treaties/diff.h"
#include "casus/treaties/treaties.h"

/// Drafting for a purpose: what a treaty should come to is written as cases of the casebook, and as
/// bounds on the outcomes of a scenario; the smallest change that reaches it is looked for.
namespace casus::treaties {

/// What one case wants and the treaty does otherwise.
struct Unmet {
  std::string wish;       ///< name of the case
  std::string otherwise;  ///< "expected 'obliged: bound, niger'; found …"
};

struct Proposal {
  std::vector<Alteration> changes;
  std::vector<Unmet> unmet;
  /// Of the questions put to the treaty (every hostile act, by each sort of author, at each sort of
  /// place; help asked and voted for, and neither): to how many the law gives another answer. The
  /// fewer, the less else has changed.
  std::size_t moved = 0;
  std::size_t asked = 0;  ///< how many questions there are
  Difference difference;  ///< against the treaty as it stands
};

struct SearchOptions {
  std::size_t most_changes = 2;  ///< of keys, at once; 1 to 3
  std::size_t keep = 5;          ///< proposals
  /// Parties, besides those of the cases, that an article may come to name.
  std::vector<std::string> named{};
};

struct Search {
  std::vector<Unmet> before;        ///< of the treaty as it stands
  std::size_t wishes = 0;           ///< how many there are
  std::size_t words = 0;            ///< single changes that the vocabulary has
  std::size_t tried = 0;            ///< drafts
  std::vector<Proposal> proposals;  ///< best first; none: nothing is better than what stands
};

/// Decides every case under every draft of up to so many changes of the pact: all of one change,
/// and those of more only if none of fewer meets every wish. So no smaller change does, in this
/// vocabulary. Of those of a size those that leave fewer wishes unmet come first, then those of
/// fewer steps, then those that move less else. `treaty`: the file's treaties, see load_treaties.
/// Throws ContractError for a pact that no case has.
CASUS_API Search search(const casebook::Casebook& wishes, const Treaties& treaty,
                        const std::string& pact, const SearchOptions& options = {});

/// For readers: what was wished, and of each proposal what it says, which wishes it leaves, and
/// what else it does.
CASUS_API std::string write(const Search& search, const std::string& pact);

/// What a proposal does to a treaty, for one that was found elsewhere; `named`: parties by name
/// that it may name, each of which the treaty is asked about.
CASUS_API Proposal explain(const Treaties& treaty, const std::string& pact,
                           std::vector<Alteration> changes,
                           const std::vector<std::string>& named = {});
CASUS_API std::string write(const Proposal& proposal, const std::string& pact);

}  // namespace casus::treaties
