#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "casus/core/archive.h"
#include "casus/core/calendar.h"
#include "casus/core/executor.h"
#include "casus/core/export.h"
#include "casus/core/parameter.h"
#include "casus/core/random.h"
#include "casus/core/source_place.h"
#include "casus/law/act.h"
#include "casus/law/memory.h"
#include "casus/law/settings.h"
#include "casus/scenario/scenario.h"
#include "casus/world/events.h"
#include "casus/world/own_column.h"
#include "casus/world/world.h"

namespace casus {

/// What one insurgent presence does in a step; decided by `insurgency`, fought out by `combat`.
struct Attack {
  PresenceId by;
  ActorId target;           ///< a state or a rival group; none: civilians
  std::uint32_t count = 0;  ///< attacks, >= 1
  EventId event;            ///< its place in the log; combat fills in the deaths
};

/// What the state's side does against an armed group in a region in a step; decided by
/// `insurgency`, its dead counted by `combat`.
struct Operation {
  RegionId where;
  PresenceId on;            ///< the group's; none: civilians
  std::uint32_t count = 0;  ///< operations, >= 1
  EventId event;            ///< its place in the log; combat fills in the deaths
};

/// The rules of the law in force in a run, and what states are able to: parameters of
/// `commitments`, which sets them, and which whoever weighs the law's answers in advance reads too.
struct LawRules {
  law::Settings settings;
  double request_coup = 0.0;      ///< probability of asking for help after an attempted coup
  double request_threat = 0.0;    ///< log odds of asking for help per unit of perceived threat
  double reputation = 0.0;        ///< logit by which a full record moves belief, around one half
  double airlift_share = 0.0;     ///< of its forces, that a state without a ceiling can fly out
  double surge_share = 0.25;      ///< of its forces, that a state can send abroad
  double distance_decay = 1.38;   ///< of that share with 1 + km/500 off its borders, exponent
  double mission_least = 1000.0;  ///< people that a mission without a pledge has at least
  double mission_ratio = 2.0;     ///< people of a mission for each of the adversary's in the place
  double garrison_free = 0.5;     ///< of a garrison where control is full, that can be sent away
  double garrison_sent = 0.5;     ///< of a garrison beside the place, that goes where reserves lack
  double entry_defence = 1000.0;  ///< people that halve what draws an attacker into a region
  double smallest_contingent = 50.0;  ///< people; fewer are not sent
  double arrears_forces = 0.5;        ///< from which a state cannot pay for armed help
  double arrears_aid = 0.25;          ///< from which it cannot pay for aid and bases
  double ultimatum_days = 7.0;        ///< that the addressee of an ultimatum is given
  /// What has been recognised and authorised so far; nothing before the first step. Not state: it
  /// is `commitments`'s, which keeps it.
  const law::DecisionMemory* memory = nullptr;
};

/// What of the rules is state: everything (archive.h).
CASUS_API void archive(Archive& a, LawRules& rules);

/// What a mechanism sees while it decides: the world as it is, and nothing to change it by. Decide
/// for all agents from a view, in parallel, into slots of your own.
struct StepView {
  const World& world;
  const EventLog& log;
  Executor& executor;
  const ScenarioData& scenario;
  const Clock& clock;
  Replicate replicate;
  RunAddress address;  ///< of the replicate's draws
  std::uint32_t step = 0;
  std::size_t step_mark = 0;  ///< log size at the beginning of the step
  const LawRules& law;
  const std::vector<std::vector<double>>& parameters;  ///< of each mechanism
  std::uint64_t mechanism = 0;  ///< hash of the running one's name: two never share their draws
  // Of the clock's, which divides to find them: this is asked for each row.
  double step_days = clock.days();
  double step_years = clock.years();

  double days() const { return step_days; }
  double years() const { return step_years; }
  double day() const { return static_cast<double>(step) * step_days; }  ///< since the start
  /// The draws of a decision of the running mechanism in this step.
  Stream stream(Purpose purpose, std::initializer_list<std::uint64_t> keys,
                Stream::Reading reading = Stream::once,
                SourcePlace place = SourcePlace::current()) const {
    return Stream(address, step, purpose.by(mechanism), keys, reading, place);
  }
  /// The same for a decision that is taken once in a longer period, given by its number.
  Stream stream_of(std::uint32_t period, Purpose purpose, std::initializer_list<std::uint64_t> keys,
                   Stream::Reading reading = Stream::once,
                   SourcePlace place = SourcePlace::current()) const {
    return Stream(address, period, purpose.by(mechanism), keys, reading, place);
  }
};

/// What a step changes, and hands from mechanism to mechanism.
struct StepState {
  World& world;
  EventLog& log;
  std::vector<Attack>& attacks;        ///< from insurgency to combat
  std::vector<Operation>& operations;  ///< the same
  std::vector<law::Act>& acts;         ///< to commitments: hostile and friendly acts of this step
  LawRules& law;
  std::vector<std::vector<double>>& parameters;  ///< of each mechanism; timeline may change them
  std::vector<std::uint8_t>& changed;            ///< mechanisms whose parameters have changed
};

/// A view that also changes things: for the serial part of a step, in an order fixed by keys or
/// rows.
struct StepContext : StepView {
  StepContext(StepState s, Executor& executor_, const ScenarioData& scenario_, Replicate replicate_,
              std::uint32_t step_)
      : StepView{s.world,
                 s.log,
                 executor_,
                 scenario_,
                 scenario_.clock,
                 replicate_,
                 RunAddress(replicate_),
                 step_,
                 s.log.size(),
                 s.law,
                 s.parameters,
                 0},
        world(s.world),
        log(s.log),
        attacks(s.attacks),
        operations(s.operations),
        acts(s.acts),
        law(s.law),
        parameters(s.parameters),
        changed(s.changed) {}

  // Where the view has the same name, this one may be changed.
  World& world;
  EventLog& log;
  std::vector<Attack>& attacks;
  std::vector<Operation>& operations;
  std::vector<law::Act>& acts;
  LawRules& law;
  std::vector<std::vector<double>>& parameters;
  std::vector<std::uint8_t>& changed;
  /// Cleared by a mechanism that has changed no column in this step, where it would be dear to look
  /// at all that it may write. Builds with internal checks find out whether that is so.
  bool wrote = true;

  /// Logs an event of this step. Causes must be events of the log; those that are none are left
  /// out.
  EventId happened(Event event, std::span<const EventId> causes) {
    event.step = step;
    return log.add(event, causes);
  }
  EventId happened(Event event, std::initializer_list<EventId> causes = {}) {
    return happened(event, std::span(causes.begin(), causes.size()));
  }

  /// Puts on record what was weighed in a decision of this step that an event says or that is taken
  /// seldom.
  void decided(Decision decision, std::span<const Term> terms) {
    decision.step = step;
    log.decisions().add(decision, terms);
  }
  void decided(Decision decision, std::initializer_list<Term> terms = {}) {
    decided(decision, std::span(terms.begin(), terms.size()));
  }
  /// All that was logged since `mark` and has no cause is the timeline's or a program's.
  CASUS_API void from_outside(std::size_t mark);
  /// Logs an event of a known cause; without one the world as it is made it so. So every chain of
  /// causes ends in what is no event: the timeline, a draw, or what the world has come to.
  CASUS_API EventId happened_in(Event event, EventId cause);
  /// The no to a question that is asked again and again: the nearest stays.
  void declined(const Decision& decision, std::uint64_t question) {
    std::uint32_t place = 0;
    declined(decision, question, place);
  }
  /// The same with the place where it was found last time (DecisionLog::declined).
  void declined(Decision decision, std::uint64_t question, std::uint32_t& place) {
    if (decision.probability <= 0.0) return;  // it was no question
    decision.step = step;
    log.decisions().declined(decision, mix(question, static_cast<std::uint64_t>(decision.kind)),
                             place);
  }
  /// The same for a question that was asked before, else nothing and the answer is no: of several
  /// at once, as passed_over() may be.
  bool declined_again(Decision decision, std::uint64_t question, std::uint32_t& place) {
    decision.step = step;
    return log.decisions().declined_again(
        decision, mix(question, static_cast<std::uint64_t>(decision.kind)), place);
  }
  /// The same of a hazard, before its probability is found out, which costs more than all else of a
  /// question that is asked every day: true if the answer is no, and on record as far as it has to
  /// be. May be asked for several questions at once (DecisionLog::counted).
  bool passed_over(DecisionKind kind, double draw, double rate, double duration,
                   std::uint64_t question, std::uint32_t& place) {
    const double most = most_of_hazard(rate, duration);
    if (most <= 0.0) return true;  // it was no question
    return log.decisions().counted(draw, most, mix(question, static_cast<std::uint64_t>(kind)),
                                   place);
  }
  bool passed_over(DecisionKind kind, double draw, double rate, double duration,
                   std::uint64_t question) {
    std::uint32_t place = ~0U;
    return passed_over(kind, draw, rate, duration, question, place);
  }
};

/// One mechanism of the step. It owns its parameters and whatever memory it keeps between steps.
class CASUS_API Mechanism {
 public:
  virtual ~Mechanism() = default;
  virtual const MechanismInfo& info() const = 0;
  /// Values in the order of info().parameters, within their ranges.
  virtual void configure(std::span<const double> values) = 0;
  /// The columns of the run, before anything else of it: to find those of one's own (ColumnOf).
  virtual void bind(const Columns& columns) { static_cast<void>(columns); }
  /// Called once before the first step.
  virtual void begin(StepContext&) {}
  virtual void step(StepContext& context) = 0;
  /// Names what it keeps from step to step: all that influences results and neither follows from
  /// its parameters nor from the world. It is copied, hashed and saved by this.
  virtual void archive(Archive& a) = 0;
  /// Its memory was read (archive), where others may look at it through the rules of the law.
  virtual void attach(LawRules& rules) { static_cast<void>(rules); }
  /// The scenario was edited in mid-run (Simulation::fork): entry i of its timeline stood at
  /// `timeline[i]` before, or is a new one. For memory that goes by those rows.
  virtual void edited(std::span<const std::size_t> timeline) { static_cast<void>(timeline); }
  static constexpr std::size_t new_entry = ~std::size_t{0};
  std::uint64_t hash() const { return digest_of(*this); }
};

/// A column that a mechanism owns, as it is declared: its row, and the member that holds on to it.
template <class Self>
struct MechanismColumn {
  ColumnInfo info;
  std::variant<RegionColumn Self::*, ActorColumn Self::*, PresenceColumn Self::*> member;
};

/// Base of mechanisms with a struct of parameters: `Self::table()` returns the rows,
/// `Self::about()` the name, doc and source. A mechanism that owns columns has besides
/// `static std::vector<MechanismColumn<Self>> columns()`.
template <class Self, class P>
class MechanismWith : public Mechanism {
 public:
  const MechanismInfo& info() const override {
    static const MechanismInfo made = [] {
      MechanismInfo i = Self::about();
      for (const auto& row : Self::table()) i.parameters.push_back(row.info);
      if constexpr (requires { Self::columns(); }) {
        for (const MechanismColumn<Self>& row : Self::columns()) {
          const auto table = std::visit([](auto m) { return table_of(m); }, row.member);
          i.columns.push_back({table, row.info});
        }
      }
      return i;
    }();
    return made;
  }
  void configure(std::span<const double> values) override { fill<P>(Self::table(), values, p); }
  void bind(const Columns& columns) override {
    if constexpr (requires { Self::columns(); }) {
      for (const MechanismColumn<Self>& row : Self::columns()) {
        std::visit([&](auto m) { (static_cast<Self&>(*this).*m).bind(columns, row.info.name); },
                   row.member);
      }
    } else {
      static_cast<void>(columns);
    }
  }
  /// Nothing, for a mechanism that has no members of its own; one that has says which of them are
  /// memory, if only that none is.
  void archive(Archive&) override {
    constexpr bool says =
        !std::is_same_v<decltype(&Self::archive), void (MechanismWith::*)(Archive&)>;
    static_assert(says || sizeof(Self) == sizeof(MechanismWith),
                  "a mechanism with members of its own overrides archive(Archive&)");
  }

 protected:
  P p{};

 private:
  template <class Handle>
  static ColumnTable table_of(Handle Self::*) {
    return Handle::table;
  }
};

/// The mechanisms of the step by name, in order. A value: programs copy it and add their own.
class CASUS_API Registry {
 public:
  using Factory = std::function<std::unique_ptr<Mechanism>()>;
  /// Appends, or inserts before the named one. Throws ContractError for a name already taken, and
  /// for columns and kinds of event that do not fit, or that another mechanism owns.
  void add(Factory factory, std::string_view before = {});
  /// Puts another mechanism of the same name in the place of the registered one, or takes one out.
  /// Throws ContractError for a name that is not registered.
  void replace(Factory factory);
  void remove(std::string_view name);
  /// New mechanisms, in order, not yet configured.
  std::vector<std::unique_ptr<Mechanism>> make() const;
  /// Their parameter tables, in the same order: what a scenario may configure.
  Vocabulary vocabulary() const;

 private:
  struct Entry {
    std::string name;
    Factory factory;
  };
  std::size_t place(std::string_view name) const;
  std::vector<Entry> entries_;
};

/// The mechanisms that come with the library, in the order of the step. Registry::vocabulary()
/// names them, and so does `casus docs`.
CASUS_API Registry standard_registry();
/// Is it one of them? Builds with internal checks have been through those.
CASUS_API bool is_standard_mechanism(std::string_view name);

}  // namespace casus
