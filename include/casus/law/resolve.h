#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "casus/core/export.h"
#include "casus/core/random.h"
#include "casus/core/weighed.h"
#include "casus/law/act.h"
#include "casus/law/facts.h"
#include "casus/law/memory.h"
#include "casus/law/pact.h"
#include "casus/law/pact_index.h"
#include "casus/law/settings.h"

namespace casus::law {

struct Stages;

inline constexpr std::uint32_t no_index = 0xffffffffU;

/// One answer of one stage. `yes` is the answer to the stage's question.
struct Verdict {
  Stage stage = Stage::attributed;
  bool yes = false;
  Reason reason = Reason::none;
  Obligation level = Obligation::none;  ///< owed, within reach, or given
  ArticleId article{};                  ///< of the pact, that decides
  std::uint16_t wave = 0;
  std::uint32_t act = no_index;    ///< index into Resolution::acts; none: over a term that ran out
  std::uint32_t cause = no_index;  ///< index of the verdict this one follows from
  PactId pact{};                   ///< row of the pacts given
  ActorId member{};                ///< none where the stage asks about the act or the pact
  ActorId towards{};               ///< victim, beneficiary, or sponsor
  double probability = 1.0;        ///< of `yes`, before the draw
  double delay_days = 0.0;         ///< honoured: until help arrives
};

/// What was weighed in a draw that decided a verdict.
struct Weighed {
  std::uint32_t verdict = no_index;
  DecisionKind kind{};
  bool yes = false;
  double probability = 1.0;
  double draw = -1.0;  ///< yes if it is less than the probability; below zero: not one draw
  std::uint32_t term_begin = 0, term_count = 0;  ///< of Resolution::terms
};

/// What armed help does when it comes.
enum class Footing : std::uint8_t {
  none,     ///< it is not armed, or is against those who took power
  guards,   ///< stands on the soil of who asked for it: nobody fights yet
  fights,   ///< enters a war
  attacks,  ///< goes to war where nobody fights yet
};

/// Help that will be given.
struct Commitment {
  ActorId member{};
  ActorId beneficiary{};
  ActorId against{};
  Obligation level = Obligation::none;
  Place place{};
  PactId pact{};
  ArticleId article{};
  std::uint32_t act = no_index;      ///< that is answered
  std::uint32_t verdict = no_index;  ///< the honoured verdict
  ConflictKey conflict{};
  double delay_days = 0.0;
  double people = 0.0;  ///< that can be sent; 0 against further attackers
  Footing footing = Footing::none;
  bool enforcement = false;  ///< against those who took power in the beneficiary
  bool pending = false;      ///< arrives after Settings::horizon_days; no wave was begun
};

/// What of a commitment is state: everything (archive.h).
CASUS_API void archive(Archive& a, Commitment& commitment);

enum class BreachKind : std::uint8_t { help_refused, abstention_broken, member_attacked };

struct Breach {
  BreachKind kind = BreachKind::help_refused;
  ActorId member{};  ///< who broke it
  ActorId towards{};
  PactId pact{};
  ArticleId article{};  ///< none: good faith, no article names it
  Date date{};          ///< when it was broken: the day of the act, or the day after the term
  std::uint32_t act = no_index;  ///< none: a term has run out
  std::uint32_t verdict = no_index;
  EventId event{};  ///< where a term has run out: of the act over which help was owed
  Obligation level = Obligation::none;  ///< that was owed
  Abstention abstention = Abstention::force;
  double weight = 0.0;   ///< [0, 1], how grave
  bool excused = false;  ///< a conflict of obligations left no lawful way
};

enum class ConflictKind : std::uint8_t {
  both_sides,       ///< owes help to two parties that fight each other
  help_or_abstain,  ///< owes help against a party it promised not to fight
  two_pacts,        ///< two pacts with the same beneficiary give different answers
  members_at_war,   ///< two members of one pact fight each other; left to the members
};
enum class Decision : std::uint8_t {
  precedence,  ///< one pact prevails over the other
  release,     ///< the party it was promised to has attacked, which ends the promise
  cumulation,  ///< the greater help fulfils both
  choice,      ///< the law has no answer: the member chose
};

/// A conflict of obligations, and how it was decided.
struct Conflict {
  ConflictKind kind = ConflictKind::both_sides;
  Decision decided_by = Decision::choice;
  ActorId member{};
  PactId first{};
  PactId second{};
  ArticleId first_article{};
  ArticleId second_article{};
  std::uint32_t act = no_index;
  ActorId chosen{};  ///< whom the member sided with; none: nobody
};

struct CASUS_API Resolution {
  std::vector<Act> acts;          ///< those given in the order of their content, then new ones
  std::vector<Verdict> verdicts;  ///< each after its cause
  std::vector<Weighed> weighed;   ///< in the order of verdicts, if anything was drawn
  std::vector<Term> terms;        ///< of what was weighed
  std::vector<Commitment> commitments;
  std::vector<Breach> breaches;
  std::vector<Conflict> conflicts;
  std::vector<Fight> fights;  ///< that acts and armed help have begun or gone on with
  std::vector<Side> sides;    ///< that parties have taken by force
  std::uint32_t waves = 0;    ///< of the longest cascade
  /// Of members: in each wave one for every pact and conflict over which something is asked of one.
  /// It is asked once for each who is to be helped, and again for the same for more than before,
  /// when a threat has become war, when another enemy enters, and when it reconsiders.
  std::uint32_t decisions = 0;
  std::uint64_t hash(const PactIndex& index, const Facts& facts) const;
};

/// Decides what follows from `acts`: attributed, covered, invoked, obliged, able, honoured,
/// consequence. Before the acts of a day, and before Facts::today(), it looks at the terms that
/// have run out by then (Debt), also if there are no acts. Acts of one day are simultaneous and are
/// answered in waves from one snapshot; those of a later day see what came of the earlier ones, as
/// if they were resolved by a later call. Force on the soil of a third state that has not consented
/// is an act against that state too, and stands among the acts as one more of the same event. The
/// result depends on names and facts only, not on the order of acts, pacts, articles, members or
/// rows: input acts are sorted by content first. Linear in acts x pacts of the victim x members.
/// Throws ContractError for an act whose actors are not parties or whose numbers are outside their
/// ranges.
CASUS_API Resolution resolve(std::span<const Act> acts, const PactIndex& index, const Facts& facts,
                             const Settings& settings, Replicate replicate, std::uint32_t step,
                             DecisionMemory& memory);

/// As above with stages of the caller's own (stages.h): to test what each stage contributes.
CASUS_API Resolution resolve(std::span<const Act> acts, const PactIndex& index, const Facts& facts,
                             const Settings& settings, Replicate replicate, std::uint32_t step,
                             DecisionMemory& memory, const Stages& stages);

/// As above with the usual stages; builds the index on the way.
CASUS_API Resolution resolve(std::span<const Act> acts, std::span<const Pact> pacts,
                             const Facts& facts, const Settings& settings, Replicate replicate,
                             std::uint32_t step, DecisionMemory& memory);

/// The act by which a commitment that answers `cause` is carried out, as a later wave or a later
/// step sees it. Its event is none, its date that of the cause plus the delay.
CASUS_API Act act_of(const Commitment& commitment, const Act& cause, const Facts& facts,
                     const DecisionMemory* known = nullptr);

}  // namespace casus::law
