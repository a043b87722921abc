#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "casus/law/resolve.h"
#include "casus/law/stages.h"
#include "law/battlefield.h"
#include "law/keys.h"

// What the rooms of a cascade have in common. Each is a class that can be read alone:
//   Resolver   resolver.h   days and waves: who is asked when
//   Tally      tally.h      acts of force that are weighed beside others
//   Examining  examining.h  an act before the pacts: who is obliged and able
//   Wrongs     wrongs.h     what an act breaks
//   Deciding   deciding.h   what each member does about its duties
//   Following  following.h  what follows: help, breaches, the acts of the next wave
//   Terms      terms.h      what is owed by a day, and whether it is there by then
// They speak through what stands here: candidates go from Examining to Deciding to Following, and
// what is said and remembered goes to the course.
namespace casus::law {

/// A promise to abstain that help above `allows` breaks.
struct BrokenPromise {
  PactId pact{};
  ArticleId article{};
  Abstention what = Abstention::force;
  Obligation allows = Obligation::none;
  ActorId to{};
  friend bool operator==(const BrokenPromise&, const BrokenPromise&) = default;
};

/// What a member has decided about one of its duties.
enum class Answer : std::uint8_t {
  open,     ///< nothing yet
  kept,     ///< it helps
  refused,  ///< it declines: a breach
  torn,     ///< it declines, being bound to the other side as well: a breach that is excused
  excused,  ///< it owes nothing after all
  merged,   ///< into the decision on another act of the conflict
};

/// Why a pact is looked at: a member was hit, or a member did it.
enum class Ground : std::uint8_t { defence, offence };

/// Of several pacts that oblige to the same help one carries it; the others are fulfilled by it.
enum class Carrier : std::uint8_t { no, yes };

/// A member that is obliged and able, on its way to a decision.
struct Candidate {
  std::uint32_t act = 0;
  std::uint32_t pact = 0;
  std::uint32_t slot = 0;
  const Clause* clause = nullptr;
  Coverage coverage;
  Owed owed;
  Ability ability;
  Willingness will;
  bool joins_war = false;  ///< there is one between beneficiary and adversary: its arms would fight
  ConflictKey conflict{};
  std::uint64_t member_key = 0;
  std::uint64_t beneficiary_key = 0;
  std::uint32_t verdict = no_index;  ///< able
  // The decision.
  Answer answer = Answer::open;
  std::vector<ActorId> others;  ///< further adversaries, of acts merged into this decision
  std::vector<BrokenPromise> broken;
  Reason reason = Reason::none;
  Obligation given = Obligation::none;
  double probability = 1.0;
  // How it was decided, for the record.
  DecisionKind asked = DecisionKind::honour;
  double drawn = -1.0;          ///< below zero: not by one draw
  double level_drawn = -1.0;    ///< the same of the level
  std::array<Term, 2> sides{};  ///< between which it chose
};

/// One resolution as it goes on.
class Course {
 public:
  Course(const PactIndex& pacts, const Facts& of_parties, const Settings& of_law, Replicate of_run,
         std::uint32_t at_step, DecisionMemory& known, const Stages& asked);
  Course(const Course&) = delete;
  Course& operator=(const Course&) = delete;

  std::uint32_t say(const Verdict& verdict);
  /// What was weighed, of a verdict that has been said; `begin`: its terms, at the end of those of
  /// the resolution.
  void weighed(std::uint32_t verdict, DecisionKind kind, double probability, double draw, bool yes,
               std::size_t begin);
  void weighed(std::uint32_t verdict, const Case& c, const Coverage& coverage,
               const Invocation& invocation);
  void weighed(std::uint32_t verdict, const Candidate& c);
  /// Takes back what was said since there were so many verdicts.
  void unsay(std::size_t mark);
  /// The members of a pact by name.
  const std::vector<std::uint32_t>& order(std::uint32_t pact);
  ActorId member(const Candidate& c) const { return index.pact(c.pact).members[c.slot].actor; }
  Case case_of(const Candidate& c) const {
    return {out.acts[c.act], who[c.act], c.pact, *c.clause};
  }
  double draw(Purpose purpose, const Candidate& c) const;
  /// Of two duties of a member in one conflict, which one is it readier to fulfil?
  bool readier(const Candidate& a, const Candidate& b) const;

  const PactIndex& index;
  const Facts& facts;
  const Settings& settings;
  Replicate replicate;
  std::uint32_t step;
  DecisionMemory& memory;
  const Stages& stages;
  Battlefield field;
  Context context;
  Resolution out;
  std::vector<Attribution> who;       ///< per act
  std::vector<std::uint32_t> cause;   ///< per act: verdict it follows from
  std::vector<Candidate> candidates;  ///< of the wave
  std::vector<Remembered> records;    ///< of the wave, applied at its end
  std::size_t first_commitment = 0;   ///< of the wave
  std::uint16_t wave = 0;             ///< of the day

 private:
  std::vector<std::vector<std::uint32_t>> order_;  ///< per pact
};

/// What a room works with: the course by the names that its functions have for it.
class Room {
 protected:
  explicit Room(Course& course)
      : course_(course),
        index_(course.index),
        facts_(course.facts),
        settings_(course.settings),
        memory_(course.memory),
        stages_(course.stages),
        field_(course.field),
        context_(course.context),
        out_(course.out),
        who_(course.who),
        cause_(course.cause),
        candidates_(course.candidates),
        records_(course.records) {}

  std::uint32_t say(const Verdict& verdict) { return course_.say(verdict); }
  template <class... What>
  void weighed(std::uint32_t verdict, const What&... what) {
    course_.weighed(verdict, what...);
  }
  void unsay(std::size_t mark) { course_.unsay(mark); }
  const std::vector<std::uint32_t>& order(std::uint32_t pact) { return course_.order(pact); }
  ActorId member(const Candidate& c) const { return course_.member(c); }
  Case case_of(const Candidate& c) const { return course_.case_of(c); }
  double draw(Purpose purpose, const Candidate& c) const { return course_.draw(purpose, c); }
  bool readier(const Candidate& a, const Candidate& b) const { return course_.readier(a, b); }

  Course& course_;
  const PactIndex& index_;
  const Facts& facts_;
  const Settings& settings_;
  DecisionMemory& memory_;
  const Stages& stages_;
  Battlefield& field_;
  const Context& context_;
  Resolution& out_;
  std::vector<Attribution>& who_;
  std::vector<std::uint32_t>& cause_;
  std::vector<Candidate>& candidates_;
  std::vector<Remembered>& records_;
};

/// Is it an act against somebody, which a pact could answer?
bool against_somebody(const Act& act);
/// Does it take part in a fight, if only by bringing forces to it?
bool takes_part(const Act& act);
/// How grave a broken promise of help, or help that breaks one, is: [0, 1].
inline double gravity(Obligation level) {
  return static_cast<double>(level) / static_cast<double>(Obligation::war);
}

/// When, and in which conflict, something is done.
struct Moment {
  Date date{};
  ConflictKey conflict{};
};
/// Do the abstentions of a clause bind the member in `slot` towards `other` then (roles,
/// exemptions, reservations, dates, conflict)?
bool promised(const PactIndex& index, const Membership& member, const Member& other,
              const Clause& clause, const Moment& then);
/// Does the first pact prevail over the second (+1), yield to it (-1), or neither (0)? What a pact
/// says of itself first, then the special over the general.
int precedence(const Pact& a, const Pact& b);
/// The pact under which the victim of an act short of force has wronged its author in this
/// conflict, so that the act may be a countermeasure.
std::optional<std::uint32_t> breach_answered(const Act& act, const Attribution& who,
                                             const Context& context);
/// Is an answer in defence more than the doctrine allows (Doctrines::proportion)? `who`: who did
/// it, to whom, in which conflict, and as what.
bool goes_too_far(const Act& act, const Attribution& who, const Context& context);
/// Is `party` one that the article means?
bool means(const Adversary& by, ActorId party, const Facts& facts);
/// Does the later of two pacts replace the earlier one (Vienna Convention on the Law of Treaties,
/// article 30(3): all parties to the earlier are parties to the later)? +1: a replaces b.
int later(const Pact& a, const Pact& b, Date date);

}  // namespace casus::law
