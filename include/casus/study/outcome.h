#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/scenario.h"
#include "casus/world/events.h"
#include "casus/world/world.h"

namespace casus {

/// What one run says about one outcome.
struct OutcomeValue {
  enum class Status : std::uint8_t {
    known,
    censored,   ///< `first`: it had not come by `value`, the days for which the run was watched
    undefined,  ///< there is no answer, such as a share of nothing; `value` is NaN
  };
  double value = std::numeric_limits<double>::quiet_NaN();
  Status status = Status::undefined;

  /// `value`, or no answer if it is NaN.
  static OutcomeValue of(double value) {
    return {value, value == value ? Status::known : Status::undefined};
  }
  /// What had not come after so many days.
  static OutcomeValue censored_at(double days) { return {days, Status::censored}; }
  friend bool operator==(const OutcomeValue&, const OutcomeValue&) = default;
};

/// The outcomes of a scenario, ready to be asked of any of its runs. Filters are resolved once:
/// one pass over a log answers for all outcomes.
///
/// - ever, count, first, share look at events. An event is one `by` somebody if its author is among
///   the actors named, or it was done under one of the pacts named; it is `within` a time if its
///   step begins before that time has passed; `at_least` compares its size. Actors born during a
///   run are in no filter that names actors.
/// - sum is a total over regions at the end of the run, or, where filters choose among events, the
///   total of the events chosen: deaths, civilian_deaths, combat_deaths, attacks; displaced is
///   always what it is at the end.
/// - final is a state at the end: control is the mean of the regions weighted by residents, forces
///   and resources add up over the actors, legitimacy is their mean.
class CASUS_API OutcomeSet {
 public:
  /// Throws ContractError for an outcome that asks for a column there is none of, or filters a
  /// column that cannot be filtered.
  explicit OutcomeSet(const ScenarioData& scenario);
  ~OutcomeSet();
  OutcomeSet(OutcomeSet&&) noexcept;
  OutcomeSet& operator=(OutcomeSet&&) noexcept;

  std::size_t size() const;
  /// One value an outcome, in the scenario's order. `log` and `world` are those of a finished run.
  /// May be called for several runs at once.
  std::vector<OutcomeValue> evaluate(const EventLog& log, const World& world) const;
  /// The same, and of each outcome that asks whether something happens the day on which it first
  /// did, or up to which it had not; NaN of the others.
  std::vector<OutcomeValue> evaluate(const EventLog& log, const World& world,
                                     std::vector<double>& days) const;
  /// The events that an outcome counts, or whose toll it adds up, in their order; none for what is
  /// asked of the state at the end.
  std::vector<EventId> events(std::size_t outcome, const EventLog& log) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace casus
