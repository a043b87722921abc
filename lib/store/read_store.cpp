#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "casus/core/archive.h"
#include "casus/core/contracts.h"
#include "casus/store/run_store.h"
#include "store/blobs.h"
#include "store/store_state.h"

namespace casus {
namespace {

using store::Database;
using store::Statement;
using Kind = StoreError::Kind;

template <class Number>
Number parse(const std::string& text, int base, const std::string& path) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc() || stopped != end) {
    throw StoreError(Kind::damaged, path, fmt::format("'{}' is no number", text));
  }
  return value;
}

StoreHeader read_header(Database& database) {
  if (database.ask("PRAGMA application_id") != std::to_string(0x43415355)) {
    throw StoreError(Kind::damaged, database.path(), "holds no runs of casus");
  }
  if (const std::string format = database.ask("PRAGMA user_version");
      format != "1" && format != "2") {
    throw StoreError(Kind::damaged, database.path(),
                     fmt::format("has format {}; this program reads formats 1 and 2", format));
  }
  StoreHeader h;
  const auto about = [&](const char* key) {
    return database.ask(fmt::format("SELECT value FROM about WHERE key = '{}'", key));
  };
  h.seed = parse<std::uint64_t>(about("seed"), 10, database.path());
  h.scenario = about("scenario");
  h.build = about("build");
  h.policies.clear();
  for (Statement s(database, "SELECT name FROM policies ORDER BY policy"); s.step();) {
    h.policies.push_back(s.text(0));
  }
  for (Statement s(database, "SELECT name, title, unit, form FROM outcome_names ORDER BY outcome");
       s.step();) {
    h.outcomes.push_back({s.text(0), s.text(1), s.text(2), s.text(3)});
  }
  for (Statement s(database, "SELECT name, unit FROM input_names ORDER BY input"); s.step();) {
    h.inputs.push_back({s.text(0), s.text(1)});
  }
  for (Statement s(database,
                   "SELECT kind, entity, variable, unit FROM series_names ORDER BY position");
       s.step();) {
    h.series.push_back({s.text(0), s.text(1), s.text(2), s.text(3)});
  }
  if (database.ask("PRAGMA user_version") == "1") return h;
  // Pacts before the articles that are theirs.
  for (Statement s(database,
                   "SELECT kind, pact, name FROM promise_names ORDER BY kind = 'article', kind, "
                   "pact, row");
       s.step();) {
    const std::string kind = s.text(0);
    if (kind == "member") h.members.push_back(s.text(2));
    if (kind == "pact") h.pacts.push_back({s.text(2), {}});
    if (kind != "article") continue;
    if (s.integer(1) >= h.pacts.size()) {
      throw StoreError(Kind::damaged, database.path(), "has an article of no pact");
    }
    h.pacts[s.integer(1)].articles.push_back(s.text(2));
  }
  return h;
}

/// Those of format 1 do not say whether days and promises were looked at: they were not.
std::string run_columns(int format) {
  return fmt::format(
      "SELECT unit, policy, point, run, status, world_hash, events_hash, events, {} FROM runs",
      format >= 2 ? "recorded" : "0");
}

/// What belongs to one run in the other tables, found by its unit.
class Reading {
 public:
  Reading(const Database& database, const StoreHeader& header, int format)
      : database_(database),
        header_(header),
        outcomes_(database, fmt::format("SELECT value, censored, {} FROM outcomes WHERE unit = ? "
                                        "ORDER BY outcome",
                                        format >= 2 ? "day" : "NULL")),
        inputs_(database, "SELECT value FROM inputs WHERE unit = ? ORDER BY input"),
        failures_(database, "SELECT what, date, mechanism, subject FROM failures WHERE unit = ?") {
    if (format < 2) return;
    promises_.emplace(database,
                      "SELECT pact, member, article, obliged, able, honoured, broken, conflicts "
                      "FROM promises WHERE unit = ? ORDER BY pact, member, article");
    ways_.emplace(database,
                  "SELECT outcome, came, steps FROM ways WHERE unit = ? ORDER BY outcome");
  }

  StoredRun run(const Statement& row) {
    StoredRun stored;
    const auto small = [&](int column) {
      const std::uint64_t value = row.integer(column);
      if (value > 0xffffffffU) damaged(stored.key.unit);
      return static_cast<std::uint32_t>(value);
    };
    stored.key.unit = row.integer(0);
    stored.key.policy = small(1);
    stored.key.point = small(2);
    stored.key.run = small(3);
    RunResult& r = stored.result;
    r.spec = {header_.seed, stored.key.run, false};
    const std::string status = row.text(4);
    inputs_.put(stored.key.unit);
    while (inputs_.step()) r.inputs.push_back(inputs_.number(0));
    inputs_.reset();
    if (status == "ok") {
      const bool recorded = row.integer(8) != 0;
      r.world_hash = parse<std::uint64_t>(row.text(5), 16, database_.path());
      r.events_hash = parse<std::uint64_t>(row.text(6), 16, database_.path());
      r.event_count = row.integer(7);
      outcomes_.put(stored.key.unit);
      while (outcomes_.step()) {
        const double value = outcomes_.number(0);
        r.outcomes.push_back(outcomes_.integer(1) != 0 ? OutcomeValue::censored_at(value)
                                                       : OutcomeValue::of(value));
        if (recorded) r.days.push_back(outcomes_.number(2));
      }
      outcomes_.reset();
      if (recorded) r.promises = promises(stored.key.unit);
      if (ways_) r.ways = ways(stored.key.unit);
      if (r.outcomes.size() != header_.outcomes.size() ||
          r.inputs.size() != header_.inputs.size()) {
        damaged(stored.key.unit);
      }
      return stored;
    }
    failures_.put(stored.key.unit);
    if (status != "failed" || !failures_.step()) damaged(stored.key.unit);
    r.failure =
        RunFailure{failures_.text(0), failures_.text(1), failures_.text(2), failures_.text(3)};
    failures_.reset();
    return stored;
  }

 private:
  std::vector<PromiseCount> promises(std::uint64_t unit) {
    std::vector<PromiseCount> all;
    Statement& s = promises_.value();
    s.put(unit);
    while (s.step()) {
      const auto number = [&](int column) {
        const std::uint64_t value = s.integer(column);
        if (value > 0xffffffffU) damaged(unit);
        return static_cast<std::uint32_t>(value);
      };
      PromiseCount& p = all.emplace_back();
      p.pact = number(0);
      p.member = number(1);
      p.article = s.number(2) < 0.0 ? PromiseCount::no_article : number(2);
      p.obliged = number(3);
      p.able = number(4);
      p.honoured = number(5);
      p.broken = number(6);
      p.conflicts = number(7);
      const bool known = p.pact < header_.pacts.size() && p.member < header_.members.size() &&
                         (p.article == PromiseCount::no_article ||
                          p.article < header_.pacts[p.pact].articles.size());
      if (!known) damaged(unit);
    }
    s.reset();
    return all;
  }
  std::vector<RunWay> ways(std::uint64_t unit) {
    std::vector<RunWay> all;
    Statement& s = ways_.value();
    s.put(unit);
    while (s.step()) {
      if (s.integer(0) >= header_.outcomes.size()) damaged(unit);
      RunWay& way = all.emplace_back();
      way.outcome = static_cast<std::uint32_t>(s.integer(0));
      way.came = s.integer(1) != 0;
      const std::string text = s.text(2);
      for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        way.steps.push_back(text.substr(begin, end - begin));
        begin = end + 1;
      }
    }
    s.reset();
    return all;
  }

  [[noreturn]] void damaged(std::uint64_t unit) const {
    throw StoreError(Kind::damaged, database_.path(), fmt::format("run {} is not whole", unit));
  }

  const Database& database_;
  const StoreHeader& header_;
  Statement outcomes_, inputs_, failures_;
  std::optional<Statement> promises_, ways_;
};

}  // namespace

template <class F>
auto RunStore::State::reading(F&& f) const {
  try {
    return f();
  } catch (const ContractError& e) {
    throw StoreError(Kind::damaged, database.path(), e.what());
  }
}

RunStore RunStore::read(const std::string& path) {
  auto state = std::make_unique<State>(path, Database::Open::read);
  state->header = read_header(state->database);
  state->format = parse<int>(state->database.ask("PRAGMA user_version"), 10, path);
  return RunStore(std::move(state));
}

std::uint64_t RunStore::size() const {
  return parse<std::uint64_t>(state_->database.ask("SELECT count(*) FROM runs"), 10, path());
}

std::uint64_t RunStore::failed() const {
  return parse<std::uint64_t>(state_->database.ask("SELECT count(*) FROM failures"), 10, path());
}

std::vector<std::uint64_t> RunStore::units() const {
  std::vector<std::uint64_t> units;
  for (Statement s(state_->database, "SELECT unit FROM runs ORDER BY unit"); s.step();) {
    units.push_back(s.integer(0));
  }
  return units;
}

std::uint64_t RunStore::first_unit() const {
  const std::string unit = state_->database.ask("SELECT min(unit) FROM runs");
  return unit.empty() ? 0 : parse<std::uint64_t>(unit, 10, path());
}

std::vector<std::uint64_t> RunStore::units_with_events() const {
  std::vector<std::uint64_t> units;
  for (Statement s(state_->database, "SELECT unit FROM events ORDER BY unit"); s.step();) {
    units.push_back(s.integer(0));
  }
  return units;
}

void RunStore::each(const std::function<void(StoredRun&)>& call) const {
  Reading reading(state_->database, state_->header, state_->format);
  for (Statement rows(state_->database, run_columns(state_->format) + " ORDER BY unit");
       rows.step();) {
    StoredRun run = reading.run(rows);
    call(run);
  }
}

std::vector<std::vector<OutcomeValue>> RunStore::values(std::size_t outcome,
                                                        std::size_t count) const {
  CASUS_EXPECTS(outcome + count <= state_->header.outcomes.size(), "outcomes that nobody asked");
  std::vector<std::vector<OutcomeValue>> values(count);
  Statement rows(state_->database,
                 "SELECT outcome, value, censored FROM outcomes WHERE outcome >= ? AND outcome < ? "
                 "ORDER BY unit, outcome");
  rows.put(std::uint64_t{outcome});
  rows.put(std::uint64_t{outcome + count});
  while (rows.step()) {
    const double value = rows.number(1);
    values[rows.integer(0) - outcome].push_back(
        rows.integer(2) != 0 ? OutcomeValue::censored_at(value) : OutcomeValue::of(value));
  }
  const std::uint64_t ended = size() - failed();
  for (const std::vector<OutcomeValue>& of_one : values) {
    if (of_one.size() == ended) continue;
    throw StoreError(Kind::damaged, path(), "some run is not whole");
  }
  return values;
}

void RunStore::each_failure(
    const std::function<void(const RunKey&, const RunFailure&)>& call) const {
  for (Statement s(state_->database,
                   "SELECT unit, policy, point, run, what, date, mechanism, subject "
                   "FROM runs JOIN failures USING (unit) ORDER BY unit");
       s.step();) {
    const auto small = [&](int column) { return static_cast<std::uint32_t>(s.integer(column)); };
    call({s.integer(0), small(1), small(2), small(3)},
         {s.text(4), s.text(5), s.text(6), s.text(7)});
  }
}

std::optional<StoredRun> RunStore::find(std::uint64_t unit) const {
  Statement row(state_->database, run_columns(state_->format) + " WHERE unit = ?");
  row.put(unit);
  if (!row.step()) return {};
  return Reading(state_->database, state_->header, state_->format).run(row);
}

std::vector<Observation> RunStore::series(std::uint64_t unit) const {
  Statement row(state_->database, "SELECT packed FROM series WHERE unit = ?");
  row.put(unit);
  if (!row.step()) return {};
  const store::Bytes bytes = row.bytes(0);
  return state_->reading([&] { return store::unpack_series(bytes, state_->header.series.size()); });
}

std::optional<KeptEvents> RunStore::events(std::uint64_t unit, const ScenarioData& scenario) const {
  Statement row(state_->database, "SELECT packed FROM events WHERE unit = ?");
  row.put(unit);
  if (!row.step()) return {};
  const store::Bytes bytes = row.bytes(0);
  return state_->reading([&] {
    std::optional<KeptEvents> events = store::unpack_events(bytes);
    RowChecker rows;
    using Table = Archive::Table;
    rows.limit(Table::actors, events->actors.size());
    rows.limit(Table::regions, scenario.regions.size());
    rows.limit(Table::pacts, scenario.pacts.size());
    rows.limit(Table::wars, 0xffffffffU);  // numbers alone: no table of wars is looked up
    rows.limit(Table::events, events->log.size());
    events->archive(rows);
    return events;
  });
}

void RunStore::check() const {
  Statement statement(state_->database, "PRAGMA integrity_check(1)");
  if (!statement.step() || statement.text(0) != "ok") {
    throw StoreError(Kind::damaged, path(), "is not whole: " + statement.text(0));
  }
  each([&](StoredRun& run) { series(run.key.unit); });
}

void RunStore::expect(const StoreHeader& other) const {
  const StoreHeader& own = state_->header;
  std::string differ;
  const auto compare = [&](bool same, const std::string& what) {
    if (!same) differ += (differ.empty() ? "" : ", ") + what;
  };
  compare(own.scenario == other.scenario, "the scenario");
  compare(own.build == other.build,
          fmt::format("the build ('{}' and '{}')", own.build, other.build));
  compare(own.seed == other.seed, fmt::format("the seed ({} and {})", own.seed, other.seed));
  compare(own.policies == other.policies, "the policies");
  compare(own.outcomes == other.outcomes, "the outcomes");
  const auto same = [](const auto& a, const auto& b, auto of) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!(of(a[i]) == of(b[i]))) return false;
    }
    return true;
  };
  compare(
      same(own.inputs, other.inputs, [](const InputInfo& i) { return std::pair(i.path, i.unit); }),
      "the inputs");
  compare(same(own.series, other.series,
               [](const SeriesColumn& c) {
                 return std::pair(c.kind + '\n' + c.entity, c.variable + '\n' + c.unit);
               }),
          "what is observed");
  if (!differ.empty()) {
    throw StoreError(Kind::foreign, path(), "holds other runs: they differ in " + differ);
  }
}

}  // namespace casus
