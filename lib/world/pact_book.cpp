#include "casus/world/pact_book.h"

#include <utility>

#include "casus/core/contracts.h"

namespace casus {

PactBook::PactBook(std::vector<law::Pact> pacts, std::size_t parties)
    : pacts_(std::move(pacts)), parties_(parties) {
  make_index();
}

// The index refers to the pacts it was made of, so a copy needs its own.
PactBook::PactBook(const PactBook& other)
    : pacts_(other.pacts_), parties_(other.parties_), revision_(other.revision_) {
  make_index();
}

PactBook& PactBook::operator=(const PactBook& other) { return *this = PactBook(other); }

void PactBook::replace(PactId row, law::Pact pact) {
  CASUS_EXPECTS(row.valid() && row.row() < pacts_.size(), "no pact in that row");
  pacts_[row.row()] = std::move(pact);
  make_index();
  ++revision_;
}

void PactBook::add_parties(std::size_t parties) {
  CASUS_EXPECTS(parties >= parties_, "actors are never removed");
  parties_ = parties;
  index_.add_parties(parties);
}

void PactBook::make_index() { index_ = law::PactIndex(pacts_, parties_); }

}  // namespace casus
