#include "casus/world/event_kinds.h"

#include <algorithm>
#include <array>
#include <utility>

#include "casus/core/contracts.h"
#include "casus/core/diagnostics.h"

namespace casus {
namespace {

constexpr auto built_in_names = std::to_array<std::string_view>({
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
static_assert(built_in_names.size() == static_cast<std::size_t>(EventKind::advance) + 1);

}  // namespace

std::span<const std::string_view> event_kind_names() { return built_in_names; }

EventKinds::EventKinds(std::vector<OwnEvent> own) {
  if (own.empty()) return;
  std::sort(own.begin(), own.end(),
            [](const OwnEvent& a, const OwnEvent& b) { return a.name < b.name; });
  for (const OwnEvent& e : own) {
    CASUS_EXPECTS(is_name(e.name), "a kind of event's name is no name: '" + e.name + "'");
    const bool taken =
        std::find(built_in_names.begin(), built_in_names.end(), e.name) != built_in_names.end();
    CASUS_EXPECTS(!taken, "there is a kind of event '" + e.name + "' already");
    for (const OwnEvent& other : own) {
      CASUS_EXPECTS(&other == &e || own_event_kind(other.name) != own_event_kind(e.name),
                    "the kinds of event '" + other.name + "' and '" + e.name + "' are the same");
    }
  }
  own_ = std::make_shared<const std::vector<OwnEvent>>(std::move(own));
}

std::span<const OwnEvent> EventKinds::own() const {
  return own_ == nullptr ? std::span<const OwnEvent>() : std::span<const OwnEvent>(*own_);
}

bool EventKinds::knows(EventKind kind) const {
  if (!is_own(kind)) return static_cast<std::size_t>(kind) < built_in_names.size();
  const auto all = own();
  return std::any_of(all.begin(), all.end(),
                     [&](const OwnEvent& e) { return own_event_kind(e.name) == kind; });
}

std::string_view EventKinds::name(EventKind kind) const {
  CASUS_EXPECTS(knows(kind), "an event of a kind that no mechanism has declared");
  if (!is_own(kind)) return built_in_names[static_cast<std::size_t>(kind)];
  const auto all = own();
  return std::find_if(all.begin(), all.end(),
                      [&](const OwnEvent& e) { return own_event_kind(e.name) == kind; })
      ->name;
}

std::optional<EventKind> EventKinds::find(std::string_view name) const {
  const auto* found = std::find(built_in_names.begin(), built_in_names.end(), name);
  if (found != built_in_names.end()) return static_cast<EventKind>(found - built_in_names.begin());
  const EventKind kind = own_event_kind(name);
  return knows(kind) && this->name(kind) == name ? std::optional(kind) : std::nullopt;
}

std::vector<std::string_view> EventKinds::names() const {
  std::vector<std::string_view> all(built_in_names.begin(), built_in_names.end());
  for (const OwnEvent& e : own()) all.push_back(e.name);
  return all;
}

}  // namespace casus
