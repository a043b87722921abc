#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/diagnostics.h"
#include "casus/core/export.h"
#include "casus/experiment/paired.h"
#include "casus/scenario/scenario.h"
#include "casus/study/ensemble.h"
#include "casus/study/summary.h"

namespace casus {

/// What a policy is about: an outcome, and which way it is held to move it.
struct AboutOutcome {
  enum class Way : std::uint8_t { either, higher, lower };
  std::string outcome;
  Way way = Way::either;
};
/// "either", "higher", "lower": the words of `about` in experiment files.
CASUS_API std::span<const std::string_view> way_names();

/// The day from which a policy holds, and where that is said.
struct PolicyStart {
  Date date{};
  Location where{};
  std::string source_line{};
};

/// One of the worlds' variants: what is done otherwise, and the scenario in which it is.
struct Policy {
  std::string name;
  Scenario scenario;
  std::string title{};  ///< the question that it asks; empty: the scenario's title
  std::vector<AboutOutcome> about{};
  /// Up to that day its worlds are the first policy's; then they go on under its own scenario, as
  /// Simulation::fork says. None: from the start.
  std::optional<PolicyStart> from{};
};

/// Values of uncertain things that hold in one world, whatever the policy.
struct DesignPoint {
  std::vector<double> values;  ///< in the order of Worlds::paths
};

/// What is run: every world under every policy.
struct Worlds {
  std::vector<Policy> policies;    ///< the first is what the others are compared with
  std::vector<std::string> paths;  ///< of the uncertain things of a design; none without one
  std::vector<DesignPoint> points;
  /// Worlds of each point, or in all where there are no points. World w is replicate
  /// first_run + w % replicates of point w / replicates.
  std::size_t replicates = 200;
};

/// Until when worlds are made: looked at whenever a batch is complete, in the order of the worlds,
/// so that the number of worlds does not depend on the workers.
struct StopRule {
  std::string outcome;
  double half_width = 0.0;  ///< of the interval of each difference, or of the one estimate
  std::size_t batch = 200;
  std::size_t most = 20'000;  ///< worlds
};

/// How far two worlds of one luck were the same.
struct Parting {
  bool parted = false;  ///< some event differs
  bool same_outcomes = false;
  double day = std::numeric_limits<double>::quiet_NaN();
  EventKind kind{};  ///< of the event at which they parted
  /// Of the events from that day on, the share that both worlds have: same day, kind, author,
  /// target, place and pact. NaN if they did not part.
  double alike = std::numeric_limits<double>::quiet_NaN();
};

/// One world, under every policy.
struct WorldResult {
  std::uint32_t run = 0;  ///< the replicate
  std::size_t point = 0;
  std::vector<RunResult> runs;    ///< one a policy, without events, and without series unless asked
  std::vector<Parting> partings;  ///< from the first policy; the first is of itself
  bool failed() const;            ///< under some policy
};

/// The same as bytes, but for events: to be kept while others are made. Unpacking throws
/// ContractError for bytes that are none.
CASUS_API std::vector<std::uint8_t> pack_world(const WorldResult& world);
CASUS_API WorldResult unpack_world(std::span<const std::uint8_t> bytes);

struct ComparisonOptions {
  std::uint32_t first_run = 0;
  std::uint64_t seed = 1;
  double confidence = 0.95;
  Executor* executor = nullptr;  ///< shares out the worlds; none: TBB
  std::vector<OwnOutcome> outcomes{};
  std::vector<std::string> only{};  ///< names of the outcomes compared; empty: all
  std::vector<StopRule> stop{};     ///< at most one
  bool keep_series = false;         ///< of every run: what they take is the caller's to bear
  /// What policies are certain to have in common with the first, up to the first day for which
  /// their timelines differ, is made once. No result depends on it.
  bool share_past = true;
  /// A world that there is already, by its number; none: it has to be made. On several threads at
  /// once.
  std::function<std::optional<WorldResult>(std::size_t world)> there{};
  /// Called with each world that was made in order, on whatever thread, one at a time.
  std::function<void(const WorldResult&)> on_world{};
  std::function<void(const EnsembleProgress&)> on_progress{};  ///< counts runs
  std::function<bool()> cancelled{};                           ///< asked before each step
};

struct CASUS_API ComparedRuns {
  std::vector<std::string> policies, paths;
  std::vector<std::string> titles;               ///< of the policies
  std::vector<std::vector<AboutOutcome>> about;  ///< of each policy
  std::vector<DesignPoint> points;
  EventKinds events;                      ///< names of kinds
  std::vector<OutcomeSpec> outcomes;      ///< those that every policy has, in the first's order
  std::vector<std::string> not_compared;  ///< outcomes that some policy lacks or asks otherwise
  std::vector<WorldResult> worlds;
  std::size_t planned = 0;
  bool cancelled = false;
  bool stopped = false;  ///< by the rule

  std::size_t failed() const;
};

/// Throws ScenarioError for every policy that cannot hold from the day it says, as the first world
/// shows; makes that world up to the last such day.
CASUS_API void check_starts(const Worlds& worlds, const Registry& registry,
                            const ComparisonOptions& options = {});

/// Makes the runs, every policy of a world before the next world, so that whatever is there when it
/// ends early is balanced pairs. Throws ContractError for no policies, and ScenarioError where the
/// values of a point do not fit the scenario.
CASUS_API ComparedRuns run_worlds(const Worlds& worlds, const Registry& registry,
                                  const ComparisonOptions& options);

/// What one policy does to one outcome.
struct PolicyEffect {
  OutcomeSummary summary;   ///< of its runs
  PairedEffect effect;      ///< against the first policy; of the first itself nothing
  double p_adjusted = 1.0;  ///< Holm's, over the policies of this outcome
};

/// How honest the pairs of one policy are.
struct PairHonesty {
  std::size_t pairs = 0;        ///< in which both runs ended well
  std::size_t same = 0;         ///< in which every event and every outcome is the same
  std::size_t same_events = 0;  ///< in which every event is
  double median_day = std::numeric_limits<double>::quiet_NaN();  ///< of the first difference
  std::string first_kind;  ///< of event at which most of them part
  std::size_t first_kind_pairs = 0;
  double alike = 1.0;  ///< mean of Parting::alike; 1 where none parted
  bool inert() const { return pairs > 0 && same == pairs; }
};

struct OutcomeComparison {
  OutcomeSpec outcome;
  std::vector<PolicyEffect> policies;  ///< in order, the first included
};

/// The answer to what a policy is about. It is a question of its own, asked beforehand, so its
/// interval is not widened for the others.
struct Answer {
  enum class Verdict : std::uint8_t {
    moved,      ///< nothing was expected, and the interval leaves out 0
    expected,   ///< it moved the way it was held to
    contrary,   ///< it moved the other way
    not_shown,  ///< the interval does not leave out 0
  };
  std::size_t policy = 0, outcome = 0;  ///< rows of the comparison
  AboutOutcome::Way way = AboutOutcome::Way::either;
  PairedEffect effect;
  CASUS_API Verdict verdict() const;
};
/// "moved", "as expected", "the other way", "not shown"
CASUS_API std::string_view verdict_name(Answer::Verdict verdict);

struct Comparison {
  double confidence = 0.95;
  /// Of each interval of a difference, so that those of one outcome hold together (Bonferroni).
  double each = 0.95;
  std::vector<std::string> policies;
  std::vector<OutcomeComparison> outcomes;
  std::vector<PairHonesty> honesty;  ///< one a policy
  std::vector<std::string> titles;   ///< of the policies
  std::vector<Answer> answers;       ///< policy by policy, where they say what they are about
  std::size_t worlds = 0, failed = 0;
};

CASUS_API Comparison compare(const ComparedRuns& runs, double confidence = 0.95);

/// "deaths < 0.9*baseline", "no-charter.intervention >= 0.05": an expectation about estimates. The
/// outcome is that of the named policy, else of every one but the first.
struct Assertion {
  std::string text, policy, outcome;
  enum class Op : std::uint8_t { less, less_equal, greater, greater_equal } op = Op::less;
  double factor = 0.0;  ///< of the first policy's estimate
  double offset = 0.0;
};
/// What came of it under one policy.
struct AssertionResult {
  std::string policy;
  double found = 0.0, bound = 0.0;
  bool met = false;
};
/// Throws std::invalid_argument with what is wrong, names included.
CASUS_API Assertion parse_assertion(const std::string& text, const ComparedRuns& runs);
CASUS_API std::vector<AssertionResult> check(const Assertion& assertion,
                                             const Comparison& comparison);

}  // namespace casus
