#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"
#include "casus/core/export.h"
#include "casus/core/ids.h"
#include "casus/law/act.h"
#include "casus/law/facts.h"
#include "casus/law/pact.h"
#include "casus/law/resolve.h"
#include "casus/law/settings.h"
#include "casus/text/limits.h"

/// Cases of the law of pacts as data: a situation, what happens, and what is expected to follow,
/// stage by stage. The format is described in docs/casebook.md.
namespace casus::casebook {

enum class Chapter : std::uint8_t {
  attribution,
  coverage,
  invocation,
  organs,
  obligations,
  conflicts,
  ability,
  honour,
  cascades,
  changes,
};
CASUS_API std::span<const std::string_view> chapter_names();
/// The kinds of mistake that earlier games and models made, and that cases guard against.
CASUS_API std::span<const std::string_view> error_class_names();
CASUS_API std::span<const std::string_view> breach_names();    ///< of law::BreachKind
CASUS_API std::span<const std::string_view> conflict_names();  ///< of law::ConflictKind
CASUS_API std::span<const std::string_view> decision_names();  ///< of law::Decision

struct PartyFacts {
  std::string name, title;
  law::PartyKind kind = law::PartyKind::state;
  double forces = 10000.0;            ///< people
  std::optional<double> free_forces;  ///< people; unset: all
  law::Obligation affords = law::Obligation::war;
  double resolve = 1.0;
  std::optional<bool> ousted{};  ///< unset: since a coup among the acts, if there is one
  bool can_ask = true;
  double asks = 1.0;  ///< probability
  std::vector<std::pair<PactId, double>> asks_under;
  std::vector<std::pair<ActorId, law::Claimant>> recognises;  ///< where there are two governments
  std::optional<double> comes_after;  ///< days; unset: as the settings have it
  bool parliament_consents = true;    ///< to arms, where it is asked
  double power_change = 0.0;
  bool institutional_change = false;
  double willing = 0.0;  ///< logit
  double cost = 0.0;     ///< of armed help
  std::vector<std::pair<ActorId, double>> threatened_by;
};

struct PlaceFacts {
  std::string name, title;
  law::Place place;
};

struct WarFacts {
  std::string name, title;
  std::vector<ActorId> attackers, defenders, joined;
  Date since{};
};

struct Affinity {
  ActorId from, to;
  double value = 0.0;
};

struct RouteRule {
  std::vector<ActorId> of;
  std::optional<RegionKey> place;  ///< unset, like `party`: anywhere
  ActorId party;                   ///< any territory of this one
  law::Reach reach;
};

struct VoteRule {
  enum class Kind : std::uint8_t { in_favour, against, abstains, absent, up_to };
  PactId pact;
  ActorId member;  ///< none: all that are not named
  Kind kind = Kind::in_favour;
  law::Obligation up_to = law::Obligation::none;
};

/// What a step takes for given.
struct Situation {
  std::vector<PartyFacts> parties;  ///< ActorId is a row of this
  std::vector<PlaceFacts> places;
  std::vector<WarFacts> wars;
  std::vector<Affinity> relations;
  std::vector<RouteRule> routes;
  std::vector<VoteRule> votes;
  law::Settings settings;
  std::optional<Date> today;  ///< of a step without acts: the day on which it is looked at
};

/// Where something is written, for messages.
struct Mark {
  Location where;
  std::string line;
};

struct CaseAct {
  std::string name;
  law::Act act;
};

/// Something done to a pact.
struct ChangeSpec {
  enum class Kind : std::uint8_t {
    notice,
    notice_withdrawn,
    suspend,
    reinstate,
    accede,
    admit,
    expel,
    end,
    extend,
    succeed,
    suspend_article,
    resume_article,
  };
  Kind kind = Kind::notice;
  ActorId of;
  ActorId by;  ///< of a succession: who takes its place
  PactId pact;
  Date date{};
  std::optional<Date> until;
  law::Role role = law::Role::party;
  std::string article;
  law::Geography where;
  law::Reason expect = law::Reason::accepted;
  std::optional<Date> effective;
  Mark at;
};

/// Which act is meant: one of the step, or any that fits.
struct ActSelector {
  std::optional<std::size_t> given;  ///< index into Step::acts
  ActorId by, against;
  std::optional<law::ActKind> kind;
};

struct ExpectedVerdict {
  law::Stage stage = law::Stage::attributed;
  bool absent = false;  ///< there is no such verdict at all
  bool yes = true;
  std::optional<law::Reason> reason;
  std::optional<ActSelector> act;
  PactId pact;
  std::optional<ArticleId> article;
  ActorId member, towards;
  std::optional<law::Obligation> level;
  std::optional<std::uint16_t> wave;
  std::string why;  ///< a sentence for readers
  Mark at;
};

struct ExpectedCommitment {
  ActorId member, beneficiary, against;
  std::optional<law::Obligation> level;
  PactId pact;
  std::optional<ArticleId> article;
  std::optional<ActSelector> act;
  std::optional<bool> enforcement, pending;
  std::string why;  ///< a sentence for readers
  Mark at;
};

struct ExpectedBreach {
  ActorId member, towards;
  PactId pact;
  std::optional<ArticleId> article;
  std::optional<law::BreachKind> kind;
  std::optional<law::Obligation> level;
  std::optional<law::Abstention> abstention;
  std::optional<bool> excused;
  std::optional<Date> date;
  std::string why;  ///< a sentence for readers
  Mark at;
};

struct ExpectedConflict {
  ActorId member;
  std::optional<law::ConflictKind> kind;
  std::optional<law::Decision> decided_by;
  PactId first, second;
  std::optional<ActorId> chosen;  ///< of none: nobody
  std::string why;                ///< a sentence for readers
  Mark at;
};

struct ExpectedVote {
  PactId pact;
  std::string organ;  ///< empty: that of the article
  std::optional<ArticleId> article;
  std::optional<ActSelector> act;
  law::Obligation level = law::Obligation::none;
  std::optional<law::Reason> reason;
  std::optional<std::uint32_t> in_favour, against, abstained, absent, not_entitled;
  std::string why;  ///< a sentence for readers
  Mark at;
};

struct Foreseen {
  std::optional<ActSelector> act;
  ActorId observer;
  std::vector<ActorId> members;
  std::string why;  ///< a sentence for readers
  Mark at;
};

/// A list that is complete: what it leaves out must not happen.
template <class T>
struct Listed {
  Mark at;
  std::vector<T> items;
};

struct Expected {
  std::vector<ExpectedVerdict> verdicts;
  std::optional<Listed<ExpectedCommitment>> commitments;
  std::optional<Listed<ExpectedBreach>> breaches;
  std::optional<Listed<ExpectedConflict>> conflicts;
  std::optional<Listed<std::pair<ActorId, ActorId>>> at_war;
  std::vector<ExpectedVote> votes;
  std::vector<Foreseen> foreseen;
  std::vector<std::pair<ActorId, Mark>> nobody;
  std::optional<std::pair<std::uint32_t, Mark>> waves, decisions;
};

struct Step {
  std::string title;
  Situation situation;
  std::vector<ChangeSpec> changes;
  std::vector<CaseAct> acts;
  Expected expected;
  Mark at;
};

struct LegalCase {
  std::string name, title, situation, source, instrument;
  Chapter chapter = Chapter::attribution;
  std::vector<std::string> errors;  ///< classes of error it guards against
  law::AreaNames areas;
  std::vector<law::Pact> pacts;
  std::vector<Step> steps;  ///< at least one
  Mark at;
};

struct Casebook {
  std::string file, title, description;
  std::vector<LegalCase> cases;
};

/// Reads a file of cases and the treaties that it includes. Throws ScenarioError with every problem
/// found.
CASUS_API Casebook load(const std::string& file, const ReadLimits& limits = {});
/// The same from text; `name` stands for the file in messages, includes are relative to it.
CASUS_API Casebook parse(const std::string& text, const std::string& name,
                         const ReadLimits& limits = {});
/// The files of cases among `paths`: files as they are, folders searched for *.yaml, in the order
/// of names. Throws ScenarioError for a path that is not there.
CASUS_API std::vector<std::string> find_files(const std::vector<std::string>& paths);
}  // namespace casus::casebook
