#include "casus/world/event_kinds.h"

#include <algorithm>

namespace casus {
namespace {

constexpr auto names = std::to_array<std::string_view>({
    "starting_condition",
    "attack",
    "operation",
    "battle",
    "coup_attempt",
    "coup",
    "threat",
    "ultimatum",
    "sanction",
    "sanction_lifted",
    "intervention",
    "invasion",
    "occupation",
    "strike",
    "deployment",
    "withdrawal",
    "expulsion",
    "covered",
    "invoked",
    "obliged",
    "able",
    "honour",
    "breach",
    "conflict_of_obligation",
    "statement",
    "aid",
    "mediation",
    "blockade",
    "mobilisation",
    "war_begins",
    "joins_war",
    "war_ends",
    "ceasefire",
    "peace",
    "accession",
    "exit_notice",
    "exit",
    "suspension",
    "reinstatement",
    "region_lost",
    "region_regained",
    "split",
    "merge",
    "intervention_vote",
    "consultation",
    "hostile_act",
    "law_no",
    "war_resumes",
    "disbanded",
    "advance",
});
static_assert(names.size() == static_cast<std::size_t>(EventKind::advance) + 1);

}  // namespace

std::span<const std::string_view> event_kind_names() { return names; }

std::string_view event_kind_name(EventKind kind) { return names[static_cast<std::size_t>(kind)]; }

std::optional<EventKind> parse_event_kind(std::string_view name) {
  const auto* found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<EventKind>(found - names.begin());
}

}  // namespace casus
