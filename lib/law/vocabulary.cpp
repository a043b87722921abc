#include "casus/law/vocabulary.h"

#include <array>
#include <bit>
#include <string>

#include "casus/core/contracts.h"
#include "casus/law/pact.h"

namespace casus::law {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array act_names = std::to_array<std::string_view>({"invasion",
                                                                  "strike",
                                                                  "occupation",
                                                                  "attack_on_forces",
                                                                  "attack_on_peacekeepers",
                                                                  "attack_on_vessels",
                                                                  "rebellion",
                                                                  "terrorist_attack",
                                                                  "coup_attempt",
                                                                  "coup",
                                                                  "hosting_armed_groups",
                                                                  "supporting_armed_groups",
                                                                  "blockade",
                                                                  "sanction",
                                                                  "threat",
                                                                  "declaration_of_war",
                                                                  "mobilisation",
                                                                  "airspace_violation",
                                                                  "proxy_attack",
                                                                  "withdrawal",
                                                                  "consultation",
                                                                  "statement",
                                                                  "mediation",
                                                                  "aid",
                                                                  "basing",
                                                                  "intervention",
                                                                  "armistice",
                                                                  "peace",
                                                                  "authorisation",
                                                                  "revocation",
                                                                  "cyber_operation",
                                                                  "sabotage",
                                                                  "recognition"});
constexpr std::array obligation_names = std::to_array<std::string_view>(
    {"none", "consult", "statement", "mediation", "sanction", "aid", "basing", "troops", "war"});
constexpr std::array abstention_names =
    std::to_array<std::string_view>({"force", "neutrality", "hosting", "supporting", "blockade",
                                     "sanction", "threat", "separate_peace"});
constexpr std::array party_names =
    std::to_array<std::string_view>({"state", "armed_group", "external", "organisation"});
constexpr std::array posture_names =
    std::to_array<std::string_view>({"unknown", "attack", "self_defence", "collective_defence",
                                     "enforcement", "authorised", "countermeasure"});
constexpr std::array stage_names = std::to_array<std::string_view>(
    {"attributed", "covered", "invoked", "obliged", "able", "honoured", "consequence"});
constexpr std::array rule_names = std::to_array<std::string_view>(
    {"unanimity", "consensus", "majority", "two_thirds", "weighted", "chair"});
constexpr std::array procedure_names = std::to_array<std::string_view>(
    {"inherit", "automatic", "on_request", "by_decision", "request_and_decision"});
constexpr std::array requester_names =
    std::to_array<std::string_view>({"in_office", "incumbent", "either", "recognised"});
constexpr std::array claimant_names =
    std::to_array<std::string_view>({"unsaid", "in_office", "ousted"});
constexpr std::array role_names =
    std::to_array<std::string_view>({"party", "protector", "protected_party"});
constexpr std::array scope_names =
    std::to_array<std::string_view>({"inherit", "anywhere", "members", "victim", "listed"});
constexpr std::array route_names =
    std::to_array<std::string_view>({"none", "present", "border", "transit", "sealift", "airlift"});
constexpr std::array accession_names =
    std::to_array<std::string_view>({"closed", "open", "invited", "by_decision"});
// clang-format off
constexpr std::array reason_names = std::to_array<std::string_view>(
    {"none", "author_known", "author_unknown", "no_victim", "evidence_sufficient",
     "evidence_insufficient", "article_applies", "extension_applies", "act_not_listed",
     "defensive_act", "author_is_member", "author_not_member", "adversary_not_listed",
     "adversary_excluded", "sponsor_not_proven", "place_not_covered", "place_excluded",
     "not_in_force", "victim_not_member", "victim_suspended", "victim_has_left", "victim_role",
     "war_began_before_pact", "before_start_date", "after_end_date", "other_conflict",
     "too_few_adversaries", "too_many_adversaries", "no_demand_made", "victim_provoked",
     "victim_joined_war", "not_severe_enough", "against_usurper", "own_act", "automatic", "requested",
     "not_requested", "government_cannot_ask", "usurper_cannot_ask", "adopted", "rejected",
     "vetoed", "no_quorum", "chair_refused", "objection", "decided_earlier", "outside_competence",
     "bound", "bound_during_notice", "reserved", "exempt", "not_yet_member", "has_left",
     "suspended", "role_owes_nothing", "is_the_adversary", "at_war_with_beneficiary",
     "on_other_side", "already_decided", "already_at_war", "peaceful_means_first",
     "lower_precedence", "not_bound_by_decision", "yields_to_abstention", "within_means",
     "no_free_forces", "no_route", "transit_refused", "lift_limit", "no_resources", "not_a_state",
     "not_joint", "kept", "kept_in_part", "declined", "chose_other_side", "chose_neither",
     "help_given", "help_pending", "help_refused", "abstention_broken", "member_attacked",
     "depth_limit", "accepted", "already_member", "not_a_member", "accession_closed",
     "not_invited", "needs_decision", "withdrawal_forbidden", "already_given_notice",
     "no_notice_given", "not_suspended", "already_suspended", "already_ended", "no_such_article",
     "occupation_goes_on", "asker_not_recognised", "consent_recognised", "authorised", "council_has_acted", "authorisation_ended", "parliament_refuses", "victim_not_listed", "under_a_right", "right_not_duty", "would_mean_war", "others_do_not_act", "kept_late", "kept_short",
     "control_insufficient", "no_state_behind_it", "article_suspended", "adversary_not_member",
     "not_of_the_protocol", "request_withdrawn", "needs_authorisation", "outside_the_protocol",
     "too_late_to_denounce", "breach_answered", "out_of_proportion", "term_run_out"});
constexpr std::array discretion_names =
    std::to_array<std::string_view>({"unsaid", "as_deemed_necessary", "all_means"});
constexpr std::array control_names =
    std::to_array<std::string_view>({"unsaid", "support", "overall", "direction"});
constexpr std::array assent_names = std::to_array<std::string_view>({"none", "parliament"});
// clang-format on

// A name too few or too many would shift every later one.
static_assert(act_names.size() == static_cast<std::size_t>(ActKind::recognition) + 1);
static_assert(obligation_names.size() == static_cast<std::size_t>(Obligation::war) + 1);
static_assert(abstention_names.size() == static_cast<std::size_t>(Abstention::separate_peace) + 1);
static_assert(reason_names.size() == static_cast<std::size_t>(Reason::term_run_out) + 1);
static_assert(requester_names.size() == static_cast<std::size_t>(Requester::recognised) + 1);
static_assert(posture_names.size() == static_cast<std::size_t>(Posture::countermeasure) + 1);
static_assert(stage_names.size() == static_cast<std::size_t>(Stage::consequence) + 1);
static_assert(rule_names.size() == static_cast<std::size_t>(DecisionRule::chair) + 1);
static_assert(procedure_names.size() ==
              static_cast<std::size_t>(Procedure::request_and_decision) + 1);
static_assert(scope_names.size() == static_cast<std::size_t>(Scope::listed) + 1);
static_assert(route_names.size() == static_cast<std::size_t>(Route::airlift) + 1);

}  // namespace

#define CASUS_LAW_NAMES(E, table)                                                     \
  template <>                                                                         \
  Names names<E>() {                                                                  \
    return table;                                                                     \
  }                                                                                   \
  template <>                                                                         \
  std::string_view name<E>(E value) {                                                 \
    const auto i = static_cast<std::size_t>(value);                                   \
    CASUS_EXPECTS(i < table.size(), "no " #E " has the number " + std::to_string(i)); \
    return table[i];                                                                  \
  }                                                                                   \
  template <>                                                                         \
  std::optional<E> parse<E>(std::string_view text) {                                  \
    for (std::size_t i = 0; i < table.size(); ++i) {                                  \
      if (table[i] == text) return static_cast<E>(i);                                 \
    }                                                                                 \
    return std::nullopt;                                                              \
  }

CASUS_LAW_NAMES(ActKind, act_names)
CASUS_LAW_NAMES(Obligation, obligation_names)
CASUS_LAW_NAMES(Abstention, abstention_names)
CASUS_LAW_NAMES(PartyKind, party_names)
CASUS_LAW_NAMES(Posture, posture_names)
CASUS_LAW_NAMES(Stage, stage_names)
CASUS_LAW_NAMES(DecisionRule, rule_names)
CASUS_LAW_NAMES(Procedure, procedure_names)
CASUS_LAW_NAMES(Requester, requester_names)
CASUS_LAW_NAMES(Claimant, claimant_names)
CASUS_LAW_NAMES(Discretion, discretion_names)
CASUS_LAW_NAMES(Assent, assent_names)
CASUS_LAW_NAMES(Control, control_names)
CASUS_LAW_NAMES(Role, role_names)
CASUS_LAW_NAMES(Scope, scope_names)
CASUS_LAW_NAMES(Route, route_names)
CASUS_LAW_NAMES(Accession, accession_names)
CASUS_LAW_NAMES(Reason, reason_names)
#undef CASUS_LAW_NAMES

std::string_view reason_name(Reason reason) { return name(reason); }

Obligation highest(ObligationSet set) {
  return set.empty() ? Obligation::none
                     : static_cast<Obligation>(63 - std::countl_zero(set.bits()));
}

Obligation lowest(ObligationSet set) {
  return set.empty() ? Obligation::none : static_cast<Obligation>(std::countr_zero(set.bits()));
}

Obligation highest_up_to(ObligationSet set, Obligation cap) {
  for (int i = static_cast<int>(cap); i > 0; --i) {
    if (set.contains(static_cast<Obligation>(i))) return static_cast<Obligation>(i);
  }
  return Obligation::none;
}

bool uses_force(ActKind kind) {
  switch (kind) {
    case ActKind::invasion:
    case ActKind::strike:
    case ActKind::occupation:
    case ActKind::attack_on_forces:
    case ActKind::attack_on_peacekeepers:
    case ActKind::attack_on_vessels:
    case ActKind::rebellion:
    case ActKind::terrorist_attack:
    case ActKind::proxy_attack:
    case ActKind::cyber_operation:
    case ActKind::sabotage:
      return true;
    default:
      return false;
  }
}

bool hostile(ActKind kind) {
  return kind <= ActKind::proxy_attack || kind == ActKind::cyber_operation ||
         kind == ActKind::sabotage;
}

bool internal(ActKind kind) {
  return kind == ActKind::rebellion || kind == ActKind::coup || kind == ActKind::coup_attempt;
}

AreaSet AreaNames::intern(std::string_view name) {
  if (const auto known = find(name)) return *known;
  CASUS_EXPECTS(names_.size() < most,
                "more than 64 geographical terms, the last is '" + std::string(name) + "'");
  names_.emplace_back(name);
  return {std::uint64_t{1} << (names_.size() - 1)};
}

std::optional<AreaSet> AreaNames::find(std::string_view name) const {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) return AreaSet{std::uint64_t{1} << i};
  }
  return std::nullopt;
}

}  // namespace casus::law
