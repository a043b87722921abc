#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "casus/core/export.h"
#include "casus/law/pact_index.h"
#include "casus/law/vocabulary.h"
#include "casus/scenario/scenario.h"
#include "casus/treaties/treaties.h"

/// What an article could say instead, in the words of the vocabulary.
namespace casus::treaties {

/// One key of one article said otherwise. It goes by names, so that it can be made in any file that
/// has the treaty.
struct Alteration {
  /// The row of a party, or none for one that a file does not have.
  using Party = std::function<ActorId(const std::string&)>;

  std::string article;
  std::string key;    ///< "where", "when.act", "then.assist"
  std::string value;  ///< as it would be written
  /// Says it in the article; the clause is what that says so far, with what it inherits. What it
  /// names and the file does not have stays out.
  std::function<void(law::Article&, const law::Clause&, const Party&)> make;
  std::size_t steps = 1;  ///< 2: two entries of one key, as to let bands in and leave a state out
  /// The article reaches further by it, or is set in motion otherwise: what may close a gap.
  bool mends = false;
  std::string said{};  ///< the value to a reader, "also armed groups"
};

/// What an article may come to speak of, besides what its treaty speaks of.
struct Subjects {
  /// Adversaries to name, to leave out or to fight nobody beside; members that owe nothing.
  std::vector<std::string> parties;
  law::ActSet acts{};
};

/// Every other word for one key of one article that owes help, each once.
CASUS_API std::vector<Alteration> alterations(const Treaties& treaties, std::size_t pact,
                                              const Subjects& subjects = {});

/// Finds parties by the names that they have in the file.
CASUS_API Alteration::Party parties_of(const Treaties& treaties);

/// The pact as it would be; an article that it does not have is passed over.
CASUS_API law::Pact altered(const law::Pact& pact, const law::PactIndex& index, std::size_t row,
                            const std::vector<Alteration>& changes, const Alteration::Party& party);

/// The same as edits of a scenario.
CASUS_API std::vector<Edit> edits_of(const std::string& pact,
                                     const std::vector<Alteration>& changes);

/// "article 6, where: anywhere"; several with "; " between them.
CASUS_API std::string in_short(const std::vector<Alteration>& changes);

}  // namespace casus::treaties
