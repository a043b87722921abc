#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/law/pact.h"
#include "casus/law/pact_index.h"

namespace casus {

class Archive;

/// The pacts of a run, with the index under which the law looks them up. Rows stay; a pact changes
/// by being replaced, and each change makes the index anew, so that it is never older than the
/// pacts.
class CASUS_API PactBook {
 public:
  PactBook() = default;
  /// `parties`: the number of actors. Throws ContractError as law::PactIndex does.
  PactBook(std::vector<law::Pact> pacts, std::size_t parties);
  PactBook(const PactBook& other);
  PactBook& operator=(const PactBook& other);
  PactBook(PactBook&&) = default;
  PactBook& operator=(PactBook&&) = default;
  ~PactBook() = default;

  std::size_t size() const { return pacts_.size(); }
  const law::Pact& operator[](std::size_t row) const { return pacts_[row]; }
  auto begin() const { return pacts_.begin(); }
  auto end() const { return pacts_.end(); }
  /// Valid until the next change.
  const law::PactIndex& index() const { return index_; }
  /// The number of changes so far: who keeps something derived from the pacts can tell its age.
  std::uint64_t revision() const { return revision_; }

  /// Puts `pact` in the place of the one in that row. Linear in the members and articles of all.
  void replace(PactId row, law::Pact pact);
  /// Makes room for actors born during the run, who are in no pact yet.
  void add_parties(std::size_t parties);
  /// The pacts; of the index only what it is made of.
  void archive(Archive& a, std::size_t parties);

 private:
  void make_index();

  std::vector<law::Pact> pacts_;
  std::size_t parties_ = 0;
  law::PactIndex index_{{}, 0};
  std::uint64_t revision_ = 0;
};

}  // namespace casus
