#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/core/export.h"
#include "casus/scenario/inputs.h"
#include "casus/store/store_error.h"
#include "casus/study/ensemble.h"
#include "casus/study/series.h"

namespace casus {

/// Which run of a study: a plain ensemble is one policy at one point of a design, and its unit is
/// the run's number. A study of several makes every policy of a world before the next world, and
/// numbers its runs in that order.
struct RunKey {
  std::uint64_t unit = 0;  ///< the order in which runs are made; no two runs have one
  std::uint32_t policy = 0, point = 0;
  std::uint32_t run = 0;  ///< the replicate: with the seed it fixes every draw

  static RunKey plain(std::uint32_t run) { return {run, 0, 0, run}; }
  friend bool operator==(const RunKey&, const RunKey&) = default;
};

/// What a store says once of all its runs.
struct StoreHeader {
  struct Outcome {
    std::string name, title, unit, form;
    friend bool operator==(const Outcome&, const Outcome&) = default;
  };
  struct Pact {
    std::string name;
    std::vector<std::string> articles;
  };
  std::uint64_t seed = 1;
  std::string scenario;  ///< SHA-256 of the scenario that all runs are of, or of the experiment
  std::string build;     ///< what made them, as far as their bits depend on it
  std::vector<std::string> policies{""};  ///< names; that of a plain ensemble has none
  std::vector<Outcome> outcomes{};
  std::vector<InputInfo> inputs{};
  std::vector<SeriesColumn> series{};
  std::vector<Pact> pacts{};           ///< what rows of promises stand for
  std::vector<std::string> members{};  ///< likewise

  /// For the runs of a scenario, those that a program asks besides included.
  static StoreHeader of(const Scenario& scenario, const std::vector<OutcomeSpec>& outcomes,
                        std::uint64_t seed, std::string scenario_sha256, std::string build);
};

struct StoredRun {
  RunKey key;
  RunResult result;  ///< without series and events
};

/// The runs of a study in one SQLite file, which survives whatever happens to the program or the
/// machine: what is committed stays, and what is not is as if it had not been begun.
///
/// Numbers come back to the bit, but for those of the series, which are kept in single precision.
/// The tables, which any SQLite shell reads, are: about, policies, outcome_names, input_names,
/// series_names, promise_names; runs, outcomes, inputs, failures, promises, ways; series and events
/// (compressed).
///
/// Not for several threads at once. Every member throws StoreError.
class CASUS_API RunStore {
 public:
  /// A new file; one that is there, of whatever kind, is refused.
  static RunStore create(const std::string& path, const StoreHeader& header);
  /// To go on writing.
  static RunStore reopen(const std::string& path);
  /// To read, also while another program writes. What a program that died was in the midst of is
  /// undone.
  static RunStore read(const std::string& path);
  ~RunStore();
  RunStore(RunStore&&) noexcept;
  RunStore& operator=(RunStore&&) noexcept;

  const StoreHeader& header() const;
  /// Does the file have room for days, promises and ways? Those of earlier versions have none.
  bool keeps_records() const;
  const std::string& path() const;

  /// Adds a run and commits when it is time: at once where runs take long, and where they are quick
  /// when those that wait are worth some twenty commits, so that recording costs little and what a
  /// crash can take is never worth more than that.
  void add(const RunKey& key, const RunResult& run);
  /// All that was added is on the disk when this returns.
  void commit();
  /// Commits and leaves one file, without a journal beside it.
  void close();

  std::uint64_t size() const;    ///< runs, those added and not yet committed included
  std::uint64_t failed() const;  ///< of them
  std::vector<std::uint64_t> units() const;
  std::uint64_t first_unit() const;  ///< the least of them; 0 where there is none
  /// Calls with each run, by unit.
  void each(const std::function<void(StoredRun&)>& call) const;
  /// What runs answered to so many outcomes from this one on: for each outcome the values of the
  /// runs that ended well, by unit.
  std::vector<std::vector<OutcomeValue>> values(std::size_t outcome, std::size_t count) const;
  /// Calls with each run that failed, by unit: its key and why.
  void each_failure(const std::function<void(const RunKey&, const RunFailure&)>& call) const;
  std::optional<StoredRun> find(std::uint64_t unit) const;
  std::vector<Observation> series(std::uint64_t unit) const;
  /// None where the run did not keep its log. Ids are rows of what the log names and of `scenario`.
  std::optional<KeptEvents> events(std::uint64_t unit, const ScenarioData& scenario) const;
  std::vector<std::uint64_t> units_with_events() const;

  /// Adds all runs of another store of the same study; one that both have is an error.
  void take_from(const std::string& path);
  /// Throws if the file is not whole, or holds what no run leaves behind.
  void check() const;
  /// Throws StoreError (foreign) that says in what the headers differ.
  void expect(const StoreHeader& other) const;

 private:
  struct State;
  explicit RunStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Bytes that a run of so many numbers takes in a store, roughly: for saying beforehand how much
/// room will be needed.
CASUS_API std::uint64_t estimated_run_bytes(const StoreHeader& header, std::uint64_t observations);

}  // namespace casus
