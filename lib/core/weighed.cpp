#include "casus/core/weighed.h"

#include <array>

#include "casus/core/contracts.h"

namespace casus {
namespace {

constexpr auto terms = std::to_array<TermInfo>({
#define ROW(name, unit, doc) {#name, unit, doc},
    CASUS_TERMS(ROW)
#undef ROW
});

constexpr auto decisions = std::to_array<DecisionInfo>({
#define ROW(name, doc) {#name, doc},
    CASUS_DECISIONS(ROW)
#undef ROW
});

}  // namespace

const TermInfo& term_info(TermKind kind) {
  CASUS_EXPECTS(static_cast<std::size_t>(kind) < terms.size(), "no kind of term");
  return terms[static_cast<std::size_t>(kind)];
}

std::size_t term_kinds() { return terms.size(); }

const DecisionInfo& decision_info(DecisionKind kind) {
  CASUS_EXPECTS(static_cast<std::size_t>(kind) < decisions.size(), "no kind of decision");
  return decisions[static_cast<std::size_t>(kind)];
}

std::size_t decision_kinds() { return decisions.size(); }

}  // namespace casus
