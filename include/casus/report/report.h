#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/core/calendar.h"
#include "casus/core/export.h"
#include "casus/scenario/observe.h"
#include "casus/study/outcome.h"
#include "casus/study/series_quantiles.h"
#include "casus/study/statistics.h"
#include "casus/study/summary.h"

namespace casus {

// What a report is made of, whoever has it: an ensemble in memory, a folder of results, several
// policies side by side. The page knows nothing else.

/// One outcome, as far as it is the same for every policy.
struct ReportOutcome {
  std::string name, title, unit;
  OutcomeSpec::Form form = OutcomeSpec::Form::ever;
  bool share = false;  ///< its values are shares of one, which readers want in per cent
};

using ReportSeries = SeriesQuantiles;

/// What became of a member's promises under a pact, counted over all runs.
struct ReportPromise {
  std::string pact, member;
  std::size_t obliged = 0, able = 0, honoured = 0, broken = 0, conflicts = 0;
  std::map<std::string, std::size_t> articles;  ///< by which it was obliged, and how often
};

/// An event with names for rows; what does not apply is empty.
struct ReportEvent {
  std::uint32_t id = 0;
  std::string date, kind, who, whom, where, pact, article, reason;
  double size = 0.0, deaths = 0.0;
  std::vector<std::uint32_t> causes;
};

/// One run, event by event.
struct ReportRun {
  std::uint32_t run = 0;
  std::vector<ReportEvent> events;
  std::string role{};  ///< why this one is told: "typical", "most deaths", "highest", "lowest"
  /// Of the highest and lowest: in what, and what it came to.
  std::string measure{};
  double value = 0.0;
};

/// A way in which something came about, and in how many runs.
struct ReportPath {
  std::vector<std::string> steps;  ///< what begins it first
  std::size_t runs = 0;
  Estimate share{};           ///< of the runs in which it came
  std::uint32_t example = 0;  ///< a run that went so
};
/// The ways of one outcome.
struct ReportWays {
  std::string title;
  std::size_t runs = 0, happened = 0;
  std::vector<ReportPath> paths;  ///< the commonest first
};

struct ReportFailure {
  std::uint32_t run = 0;
  std::string what, replay;
};

/// One policy: an ensemble of runs. Values are by outcome and then in the order of the runs that
/// ended.
struct ReportArm {
  std::string name, title;
  std::size_t planned = 0, finished = 0;
  bool interrupted = false;
  std::vector<std::uint32_t> runs;    ///< the runs that ended
  std::vector<std::uint64_t> hashes;  ///< of their worlds at the end
  std::vector<OutcomeSummary> summaries;
  std::vector<std::vector<OutcomeValue>> values;
  /// Of outcomes that ask whether something happens: when it first did; empty where it is not
  /// known.
  std::vector<std::vector<Duration>> times;
  ReportSeries series;
  /// Of a policy beside others: its series less the baseline's, world by world.
  ReportSeries change;
  std::vector<ReportPromise> promises;
  std::size_t promise_runs = 0;  ///< runs in which promises were looked at; 0: it is not known
  std::vector<ReportRun> logs;
  std::vector<ReportWays> ways;  ///< of outcomes that came, where events were kept
  std::vector<ReportFailure> failures;
  /// What differed between the runs: a value for each of `runs`.
  std::vector<std::pair<std::string, std::vector<double>>> inputs;
};

struct ReportPlace {
  std::string name, title, owner;
  double latitude = 0.0, longitude = 0.0;
  std::vector<std::vector<GeoRing>> polygons;  ///< none: drawn as a circle
  std::vector<std::uint32_t> neighbours;
};

/// How it came to be, and how it can be had again.
struct ReportProvenance {
  std::string version, compiler, build, folder, scenario_file, command, finished;
  std::uint64_t seed = 1;
  double seconds = 0.0;
  std::vector<std::pair<std::string, std::string>> inputs;  ///< files and their SHA-256
};

struct ReportData {
  std::string title, description, limits;
  Date start{}, end{};
  std::vector<ReportOutcome> outcomes;
  std::vector<ReportArm> arms;  ///< the baseline first; of a run there is one
  std::vector<ReportPlace> places;
  GeoBox map_frame;                           ///< what of them is looked at first; empty: all
  std::map<std::string, std::string> titles;  ///< of actors, regions and pacts by name
  std::vector<std::pair<std::string, std::string>> sources;
  ReportProvenance provenance;
  std::vector<std::string> lacking;  ///< what the results do not say, and why
};

/// Several policies as one report, the first being what the others are compared with: each a name
/// and a report of its own. Outcomes that not all of them have, by name and form, are left out.
/// Throws ContractError for none.
CASUS_API ReportData side_by_side(std::vector<std::pair<std::string, ReportData>> policies);

/// The page, complete in itself. Throws ContractError for data without an arm, or whose arms do not
/// have all outcomes.
CASUS_API std::string report_page(const ReportData& data);

/// Was the library built with the parts that draw? Without them a page has sentences and tables.
CASUS_API bool reports_have_charts();

}  // namespace casus
