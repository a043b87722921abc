#pragma once

#include <functional>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "casus/scenario/scenario.h"
#include "casus/scenario/treaty.h"
#include "casus/sim/mechanism.h"
#include "casus/study/own_outcome.h"
#include "casus/study/run_places.h"
#include "cli/terminal.h"

// The commands, in the order of the help. A new one is a row here and a file command_<name>.cpp
// that defines add_<name>().
#define CASUS_COMMANDS(ROW) \
  ROW(run)                  \
  ROW(compare)              \
  ROW(sweep)                \
  ROW(shares)               \
  ROW(analyze)              \
  ROW(calibrate)            \
  ROW(check)                \
  ROW(replay)               \
  ROW(explain)              \
  ROW(resume)               \
  ROW(status)               \
  ROW(verify)               \
  ROW(merge)                \
  ROW(export)               \
  ROW(slurm)                \
  ROW(new)                  \
  ROW(generate)             \
  ROW(balance)              \
  ROW(data)                 \
  ROW(backtest)             \
  ROW(report)               \
  ROW(docs)                 \
  ROW(paths)                \
  ROW(schema)               \
  ROW(law)

namespace CLI {
class App;
}

namespace casus::cli {

/// The command line asks for something that cannot be; the text says what and what to do instead.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Options that every command has.
struct Common {
  ColorMode color = ColorMode::automatic;
  bool quiet = false;
  bool verbose = false;
  bool json = false;
  ReadLimits limits;
  std::vector<std::string> arguments{};  ///< of the program, for the manifest
  const Registry* registry = nullptr;    ///< the program's mechanisms
  std::vector<OwnOutcome> outcomes;      ///< the program's
  RunPlaces* places = nullptr;           ///< where runs are made; none: here
  mutable std::set<std::string> said{};  ///< warnings, so that each is said once
  /// Results that were cut short and are gone on with, instead of taking a folder.
  struct Resumed {
    std::string folder, replaces;
    unsigned threads = 0;  ///< as the command that resumes says; 0: as the one that began
  };
  std::optional<Resumed> resumed{};

  /// Says what there is to warn of, unless told to be quiet.
  Scenario load(const std::string& file, const std::vector<Edit>& edits = {}) const;
  /// `limits`, with the folder in which included treaties are found.
  ReadLimits read_limits() const;
  bool color_on(int descriptor) const { return use_color(color, descriptor); }
};

/// Does what a command line said that was cut short, in the folder of its results.
int go_on_with(const std::vector<std::string>& arguments, const Common& common,
               const Common::Resumed& resumed);

/// What the command line chose to do: returns an exit code.
using Action = std::function<int()>;

/// Each adds a command to the program. Its callback leaves the command's action in `action`.
#define CASUS_DECLARE(name) void add_##name(CLI::App& program, Common& common, Action& action);
CASUS_COMMANDS(CASUS_DECLARE)
#undef CASUS_DECLARE

/// The kinds of `backtest`, which are commands of that command.
void add_backtest_wars(CLI::App& backtest, Common& common, Action& action);
void add_backtest_sahel(CLI::App& backtest, Common& common, Action& action);

/// The tools of `law`, which are commands of that command.
void add_law_sheet(CLI::App& law, Common& common, Action& action);
void add_law_gaps(CLI::App& law, Common& common, Action& action);
void add_law_draft(CLI::App& law, Common& common, Action& action);
void add_law_diff(CLI::App& law, Common& common, Action& action);

/// --color, -q and -v, in a group of their own.
void add_common(CLI::App& command, Common& common);

/// --read-limit, of commands that read scenarios.
void add_read_limit(CLI::App& command, Common& common);

/// "3 regions", "1 region": English is kinder to regular nouns.
std::string counted(std::size_t n, const std::string& noun);
/// "Sahel: 31 regions, 42 actors, 9 pacts; 2023-09-16 to 2025-09-15, 730 steps of 1 day"
std::string describe(const ScenarioData& scenario);
/// "North Atlantic Treaty: 1 pact, 32 parties, 6 articles"
std::string describe(const TreatyFile& treaty);
/// "results/sahel-baseline", of which results folders that nobody named are numbers 1, 2 ...
std::string results_stem(const std::string& scenario_file);
/// Where a results folder goes that nobody named: "results/sahel-baseline-2", the first free one.
std::string free_folder(const std::string& scenario_file);
/// The folder of the scenarios that come with the program: $CASUS_SCENARIOS, else beside the
/// installed program, else in the source tree. Empty if there is none.
std::string scenarios_folder();

}  // namespace casus::cli
