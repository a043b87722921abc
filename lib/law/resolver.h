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

/// One cascade. Each wave: examine every act, decide for every member, apply.
class Resolver {
 public:
  Resolver(const PactIndex& index, const Facts& facts, const Settings& settings,
           Replicate replicate, std::uint32_t step, DecisionMemory& memory, const Stages& stages);
  Resolution run(std::span<const Act> acts);

 private:
  using Group = std::span<Candidate*>;
  /// What a member has promised the adversary.
  struct Promise {
    Membership where;
    const Clause* clause = nullptr;
    ActorId to{};
    Abstention what = Abstention::force;
    Obligation allows = Obligation::war;
    bool released = false;
    int order = 0;       ///< precedence of the duty to help over the promise
    double logit = 0.0;  ///< its weight
  };

  /// What somebody has done to a member of a pact to which it belongs.
  struct Wrong {
    ActorId by, to;
    AbstentionSet forbidden{};
    bool attack = false;  ///< an alliance is broken by it, though no article should name it
    bool war = false;     ///< the two are at war by it
  };
  /// What is named and put on record.
  struct Named {
    std::uint32_t act = 0, cause = 0, pact = 0;
    const Clause* clause = nullptr;  ///< nullptr: good faith
    Abstention what = Abstention::force;
    bool excused = false;
    double weight = 0.0;
    ActorKey memory{};  ///< where it is remembered; none: with the attacks of its author
  };

  // cascade.cpp: days, waves, and what each act is asked
  void cascade(std::uint32_t begin, std::uint32_t end);
  // small_acts.cpp: what is weighed together
  void add_up(Act& act);
  void count_anew(const Act& act, const Attribution& who);
  void remember_force(const Act& act, const Attribution& who);
  void examine(std::uint32_t act);
  void remember_wave();
  // consider.cpp: a pact's articles, one by one
  void consider(std::uint32_t act, std::uint32_t root, std::uint32_t pact, Ground ground);
  bool members(const Case& c, std::uint32_t act, const Coverage& coverage,
               const Invocation& invocation, std::uint32_t cause);
  void remember(const Case& c, const Coverage& coverage, const Invocation& invocation,
                Obligation asked);
  void remember_right(const Case& c, const Coverage& coverage, ActorId member);  // charter.cpp
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
  const std::vector<std::uint32_t>& order(std::uint32_t pact);
  ActorId member(const Candidate& c) const;
  Case case_of(const Candidate& c) const;

  // decision.cpp and conflicts.cpp: what each member does
  void decide();
  void decide_group(Group group);
  bool readier(const Candidate& a, const Candidate& b) const;
  void once_per_pact(Group group);
  void choose_side(Group group);
  void decide_for(Group same_beneficiary);
  void two_pacts(Group same_beneficiary);
  /// What stands against giving up to `cap`.
  std::vector<Promise> promises(const Candidate& c, Obligation cap) const;
  void promises_to(const Candidate& c, Obligation cap, ActorId adversary,
                   std::vector<Promise>& out) const;
  bool abstention(Candidate& c, Obligation& cap);
  void honour(Candidate& c, Obligation cap);
  static void decline(Candidate& c, Reason reason, Answer how = Answer::refused);
  static void excuse(Candidate& c, Reason reason);
  void act_jointly();
  void decide_those_that_depend(std::vector<Candidate*> waiting);
  bool acts_too(const Candidate& c) const;
  double draw(Purpose purpose, const Candidate& c) const;

  // breaches.cpp and consequence.cpp: what follows
  void breaches_by_act(std::uint32_t act, std::uint32_t cause);
  void breach_between(std::uint32_t act, std::uint32_t cause, const Wrong& wrong);
  void neutrality_broken(std::uint32_t act, std::uint32_t cause);
  void fights_ally(const Commitment& help, const Act& as);
  void separate_peace(std::uint32_t act, std::uint32_t cause);  // peace.cpp
  void council_acts(std::uint32_t act, std::uint32_t cause);    // charter.cpp
  void name_breach(const Wrong& wrong, const Named& named);
  bool named_before(PactKey pact, ActorId by, ConflictKey conflict) const;
  void apply();
  bool carries_rather(const Candidate& a, const Candidate& b) const;
  void put_on_record(Candidate& c, Carrier carrier);
  void give(Candidate& c, Verdict honoured, Carrier carrier);
  void break_promises(const Candidate& c, Verdict broken);
  void refuse(const Candidate& c, Verdict honoured);
  void help_refused(const Candidate& c, Verdict v, Obligation level, double weight);
  void fall_short(const Candidate& c, Verdict given);
  void come_late(const Candidate& c, const Verdict& given);
  void extend_to_others(std::span<const Candidate> decision, std::size_t first);
  void next_wave();

  const PactIndex& index_;
  const Facts& facts_;
  const Settings& settings_;
  Replicate replicate_;
  std::uint32_t step_;
  DecisionMemory& memory_;
  const Stages& stages_;
  Battlefield field_;
  Context context_;
  Resolution out_;
  std::vector<Attribution> who_;       ///< per act
  std::vector<std::uint32_t> cause_;   ///< per act: verdict it follows from
  std::vector<std::uint8_t> asked_;    ///< members of the pact that an article has meant
  std::vector<Candidate> candidates_;  ///< of the wave
  std::vector<Remembered> records_;    ///< of the wave, applied at its end
  std::size_t first_commitment_ = 0;   ///< of the wave
  std::vector<std::vector<std::uint32_t>> order_;  ///< per pact: members by name
  std::uint16_t wave_ = 0;                         ///< of the day
};

/// How grave a broken promise of help, or help that breaks one, is: [0, 1].
inline double gravity(Obligation level) {
  return static_cast<double>(level) / static_cast<double>(Obligation::war);
}

/// Do the abstentions of a clause bind the member in `slot` towards `other` on that day (roles,
/// exemptions, reservations, dates)?
bool promised(const PactIndex& index, const Membership& member, const Member& other,
              const Clause& clause, Date date);
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
