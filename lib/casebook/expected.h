#pragma once

#include <optional>
#include <span>
#include <vector>

#include "casebook/case_decoder.h"

// Expectations as they are written, and the tables of their keys (casebook_expected_tables.cpp).
namespace casus::casebook {

/// An expectation and the parts of it that are read when the pact is known.
template <class T>
struct Item {
  T value{};
  const Node *act = nullptr, *pact = nullptr, *article = nullptr;
};

/// One entry of `verdicts` or `none`: several stages share their particulars.
struct VerdictRow {
  struct StageRow {
    law::Stage stage;
    bool yes;
    law::Reason reason;
    Position at;
  };
  std::vector<StageRow> stages;
  std::vector<ActorId> members;
  ActorId towards;
  std::optional<law::Obligation> level;
  std::optional<std::uint16_t> wave;
  std::optional<law::Stage> stage;  ///< of `none`
  std::string why;
};
using VerdictItem = Item<VerdictRow>;

struct ConflictRow {
  ExpectedConflict conflict;
  const Node *first = nullptr, *second = nullptr, *chosen = nullptr;
};

struct SelectorRow {
  ActorId by, against;
  std::optional<law::ActKind> kind;
};

std::span<const Field<VerdictItem>> verdict_fields();
std::span<const Field<VerdictItem>> none_fields();
std::span<const Field<Item<ExpectedCommitment>>> commitment_fields();
std::span<const Field<Item<ExpectedBreach>>> breach_fields();
std::span<const Field<ConflictRow>> conflict_fields();
std::span<const Field<Item<ExpectedVote>>> vote_rows();
std::span<const Field<Item<Foreseen>>> foreseen_fields();
std::span<const Field<SelectorRow>> selector_fields();

}  // namespace casus::casebook
