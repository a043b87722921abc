#include "casus/store/run_store.h"

#include <fmt/format.h>

#include <utility>

#include "casus/core/contracts.h"
#include "casus/scenario/outcome_forms.h"
#include "store/blobs.h"
#include "store/store_state.h"

namespace casus {
namespace {

using store::Database;
using store::Statement;

// Numbers stand in columns without a type: one of type REAL would be kept as a whole number where
// it is one, and a negative zero would lose its sign.
constexpr const char* tables = R"(
CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE policies(policy INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE outcome_names(outcome INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL,
  unit TEXT NOT NULL, form TEXT NOT NULL);
CREATE TABLE input_names(input INTEGER PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL);
CREATE TABLE series_names(position INTEGER PRIMARY KEY, kind TEXT NOT NULL, entity TEXT NOT NULL,
  variable TEXT NOT NULL, unit TEXT NOT NULL);
CREATE TABLE runs(unit INTEGER PRIMARY KEY, policy INTEGER NOT NULL, point INTEGER NOT NULL,
  run INTEGER NOT NULL, status TEXT NOT NULL, world_hash TEXT, events_hash TEXT, events INTEGER,
  recorded INTEGER NOT NULL);
CREATE TABLE outcomes(unit INTEGER, outcome INTEGER, value, censored INTEGER NOT NULL, day,
  PRIMARY KEY(unit, outcome)) WITHOUT ROWID;
CREATE TABLE inputs(unit INTEGER, input INTEGER, value, PRIMARY KEY(unit, input)) WITHOUT ROWID;
CREATE TABLE failures(unit INTEGER PRIMARY KEY, what TEXT NOT NULL, date TEXT NOT NULL,
  mechanism TEXT NOT NULL, subject TEXT NOT NULL);
CREATE TABLE promise_names(kind TEXT, pact INTEGER, row INTEGER, name TEXT NOT NULL,
  PRIMARY KEY(kind, pact, row)) WITHOUT ROWID;
CREATE TABLE promises(unit INTEGER, pact INTEGER, member INTEGER, article INTEGER,
  obliged INTEGER NOT NULL, able INTEGER NOT NULL, honoured INTEGER NOT NULL,
  broken INTEGER NOT NULL, conflicts INTEGER NOT NULL,
  PRIMARY KEY(unit, pact, member, article)) WITHOUT ROWID;
CREATE TABLE ways(unit INTEGER, outcome INTEGER, came INTEGER NOT NULL, steps TEXT NOT NULL,
  PRIMARY KEY(unit, outcome)) WITHOUT ROWID;
CREATE TABLE series(unit INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE events(unit INTEGER PRIMARY KEY, packed BLOB NOT NULL);
)";

// "CASU", which `file` and SQLite see, and the version of the tables.
constexpr int application = 0x43415355, format = 2;

// A commit waits for the disk, so it may cost this share of the time at most, unless runs are so
// long that each is worth one. At a twentieth, one of two workers stood still for 3 % of its time.
constexpr double commit_share = 0.02;
// What waits is in memory and in the journal.
constexpr std::uint64_t most_waiting_bytes = 8U << 20U;

void write_header(Database& database, const StoreHeader& h) {
  Statement about(database, "INSERT INTO about VALUES(?, ?)");
  const auto say = [&](std::string_view key, const std::string& value) {
    about.put(key).put(std::string_view(value)).run();
  };
  say("seed", std::to_string(h.seed));
  say("scenario", h.scenario);
  say("build", h.build);
  Statement policy(database, "INSERT INTO policies VALUES(?, ?)");
  for (std::size_t i = 0; i < h.policies.size(); ++i) {
    policy.put(std::uint64_t{i}).put(std::string_view(h.policies[i])).run();
  }
  Statement outcome(database, "INSERT INTO outcome_names VALUES(?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < h.outcomes.size(); ++i) {
    const auto& o = h.outcomes[i];
    outcome.put(std::uint64_t{i}).put(std::string_view(o.name)).put(std::string_view(o.title));
    outcome.put(std::string_view(o.unit)).put(std::string_view(o.form)).run();
  }
  Statement input(database, "INSERT INTO input_names VALUES(?, ?, ?)");
  for (std::size_t i = 0; i < h.inputs.size(); ++i) {
    input.put(std::uint64_t{i}).put(std::string_view(h.inputs[i].path));
    input.put(std::string_view(h.inputs[i].unit)).run();
  }
  Statement series(database, "INSERT INTO series_names VALUES(?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < h.series.size(); ++i) {
    const SeriesColumn& c = h.series[i];
    series.put(std::uint64_t{i}).put(std::string_view(c.kind)).put(std::string_view(c.entity));
    series.put(std::string_view(c.variable)).put(std::string_view(c.unit)).run();
  }
  Statement promise(database, "INSERT INTO promise_names VALUES(?, ?, ?, ?)");
  const auto name = [&](std::string_view kind, std::size_t pact, std::size_t row,
                        std::string_view text) {
    promise.put(kind).put(std::uint64_t{pact}).put(std::uint64_t{row}).put(text).run();
  };
  for (std::size_t p = 0; p < h.pacts.size(); ++p) {
    name("pact", p, 0, h.pacts[p].name);
    for (std::size_t a = 0; a < h.pacts[p].articles.size(); ++a) {
      name("article", p, a, h.pacts[p].articles[a]);
    }
  }
  for (std::size_t m = 0; m < h.members.size(); ++m) name("member", 0, m, h.members[m]);
}

/// What a table has in place of rows of articles where an event names none.
constexpr std::uint64_t no_article = PromiseCount::no_article;

void write_promises(const RunKey& key, const RunResult& run, Statement& promise, Statement& way) {
  for (const PromiseCount& p : run.promises.value_or(std::vector<PromiseCount>())) {
    promise.put(key.unit).put(std::uint64_t{p.pact}).put(std::uint64_t{p.member});
    if (p.article == no_article) {
      promise.put(std::int64_t{-1});
    } else {
      promise.put(std::uint64_t{p.article});
    }
    for (const std::uint32_t n : {p.obliged, p.able, p.honoured, p.broken, p.conflicts}) {
      promise.put(std::uint64_t{n});
    }
    promise.run();
  }
  for (const RunWay& w : run.ways) {
    std::string steps;
    for (const std::string& step : w.steps) steps += (steps.empty() ? "" : "\n") + step;
    way.put(key.unit).put(std::uint64_t{w.outcome}).put(std::uint64_t{w.came});
    way.put(std::string_view(steps)).run();
  }
}

std::string hash_text(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

}  // namespace

StoreHeader StoreHeader::of(const Scenario& scenario, const std::vector<OutcomeSpec>& outcomes,
                            std::uint64_t seed, std::string scenario_sha256, std::string build) {
  StoreHeader h;
  h.seed = seed;
  h.scenario = std::move(scenario_sha256);
  h.build = std::move(build);
  h.outcomes.reserve(outcomes.size());
  for (const OutcomeSpec& o : outcomes) {
    h.outcomes.push_back({o.name, o.title.empty() ? o.name : o.title, o.unit,
                          std::string(outcome_form(o.form).name)});
  }
  h.inputs = DrawnInputs(scenario).infos();
  h.series = SeriesObserver(scenario.data()).columns();
  h.pacts.reserve(scenario->pacts.size());
  for (std::size_t p = 0; p < scenario->pacts.size(); ++p) {
    Pact& pact = h.pacts.emplace_back(Pact{scenario->pact_names[p], {}});
    pact.articles.reserve(scenario->pacts[p].articles.size());
    for (const auto& article : scenario->pacts[p].articles) pact.articles.push_back(article.id);
  }
  h.members.reserve(scenario->actors.size());
  for (const ActorSpec& actor : scenario->actors) h.members.push_back(actor.name);
  return h;
}

RunStore::State::Writing::Writing(const Database& d)
    : run(d, "INSERT INTO runs VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      outcome(d, "INSERT INTO outcomes VALUES(?, ?, ?, ?, ?)"),
      input(d, "INSERT INTO inputs VALUES(?, ?, ?)"),
      failure(d, "INSERT INTO failures VALUES(?, ?, ?, ?, ?)"),
      promise(d, "INSERT INTO promises VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      way(d, "INSERT INTO ways VALUES(?, ?, ?, ?)"),
      series(d, "INSERT INTO series VALUES(?, ?)"),
      events(d, "INSERT INTO events VALUES(?, ?)") {}

RunStore::RunStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunStore::~RunStore() = default;
RunStore::RunStore(RunStore&&) noexcept = default;
RunStore& RunStore::operator=(RunStore&&) noexcept = default;

namespace {
/// A rollback journal that is emptied, and not removed, at each commit: with synchronous=EXTRA
/// every commit is on the disk when it returns, and no folder has to be synchronised for it.
void prepare_to_write(Database& database) {
  database.run("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA cache_size=-8000");
}
}  // namespace

RunStore RunStore::create(const std::string& path, const StoreHeader& header) {
  auto state = std::make_unique<State>(path, Database::Open::create);
  Database& database = state->database;
  database.run("PRAGMA page_size=8192");
  prepare_to_write(database);
  database.run("BEGIN IMMEDIATE");
  database.run(
      fmt::format("PRAGMA application_id={}; PRAGMA user_version={}", application, format));
  database.run(tables);
  write_header(database, header);
  database.run("COMMIT");
  state->header = header;
  state->format = format;
  return RunStore(std::move(state));
}

RunStore RunStore::reopen(const std::string& path) {
  RunStore store = read(path);
  if (store.state_->format != format) {
    throw StoreError(StoreError::Kind::foreign, path,
                     fmt::format("has format {}; this program reads it, and writes format {}",
                                 store.state_->format, format));
  }
  prepare_to_write(store.state_->database);
  return store;
}

const StoreHeader& RunStore::header() const { return state_->header; }
bool RunStore::keeps_records() const { return state_->format >= 2; }
const std::string& RunStore::path() const { return state_->database.path(); }

void RunStore::State::begin() {
  if (open) return;
  database.run("BEGIN IMMEDIATE");
  open = true;
}

bool RunStore::State::due() const {
  if (commit_cost.count() <= 0.0 || waiting_bytes > most_waiting_bytes) return true;
  const std::chrono::duration<double> since = Clock::now() - begun;
  // What those that wait took to make, as runs go on average.
  const double worth = since.count() / static_cast<double>(added) * static_cast<double>(waiting);
  return commit_cost.count() <= commit_share * worth;
}

void RunStore::State::commit() {
  if (!open) return;
  const Clock::time_point start = Clock::now();
  database.run("COMMIT");
  commit_cost = Clock::now() - start;
  open = false;
  waiting = waiting_bytes = 0;
}

void RunStore::add(const RunKey& key, const RunResult& run) {
  State& s = *state_;
  const StoreHeader& h = s.header;
  CASUS_EXPECTS(run.failure || run.outcomes.size() == h.outcomes.size(),
                fmt::format("{} outcomes of a run for {}", run.outcomes.size(), h.outcomes.size()));
  CASUS_EXPECTS(run.failure || run.inputs.size() == h.inputs.size(),
                fmt::format("{} inputs of a run for {}", run.inputs.size(), h.inputs.size()));
  const bool recorded = !run.failure && run.promises;
  store::Bytes series, events;
  if (!run.series.empty()) series = s.packer.series(run.series, h.series.size());
  if (run.events) events = s.packer.events(*run.events);
  try {
    s.begin();
    if (!s.writing) s.writing.emplace(s.database);
    State::Writing& w = *s.writing;
    w.run.put(key.unit).put(std::uint64_t{key.policy}).put(std::uint64_t{key.point});
    w.run.put(std::uint64_t{key.run}).put(std::string_view(run.failure ? "failed" : "ok"));
    if (!run.failure) {
      w.run.put(std::string_view(hash_text(run.world_hash)));
      w.run.put(std::string_view(hash_text(run.events_hash))).put(std::uint64_t{run.event_count});
    } else {
      w.run.skip(3);
    }
    w.run.put(std::uint64_t{recorded}).run();
    for (std::size_t i = 0; !run.failure && i < run.outcomes.size(); ++i) {
      const OutcomeValue& o = run.outcomes[i];
      w.outcome.put(key.unit).put(std::uint64_t{i}).put(o.value);
      w.outcome.put(std::uint64_t{o.status == OutcomeValue::Status::censored});
      w.outcome.put(i < run.days.size() ? run.days[i] : OutcomeValue{}.value).run();
    }
    if (!run.failure) write_promises(key, run, w.promise, w.way);
    for (std::size_t i = 0; i < run.inputs.size(); ++i) {
      w.input.put(key.unit).put(std::uint64_t{i}).put(run.inputs[i]).run();
    }
    if (run.failure) {
      const RunFailure& f = *run.failure;
      w.failure.put(key.unit).put(std::string_view(f.what)).put(std::string_view(f.date));
      w.failure.put(std::string_view(f.mechanism)).put(std::string_view(f.subject)).run();
    }
    if (!series.empty()) w.series.put(key.unit).put(series).run();
    if (!events.empty()) w.events.put(key.unit).put(events).run();
    ++s.added;
    ++s.waiting;
    s.waiting_bytes += series.size() + events.size();
    if (s.due()) s.commit();
  } catch (...) {
    s.writing.reset();
    s.database.roll_back();
    s.open = false;
    s.waiting = s.waiting_bytes = 0;
    throw;
  }
}

void RunStore::commit() {
  try {
    state_->commit();
  } catch (...) {
    state_->writing.reset();
    state_->database.roll_back();
    state_->open = false;
    throw;
  }
}

void RunStore::close() {
  commit();
  state_->writing.reset();
  state_->database.run("PRAGMA journal_mode=DELETE");
}

void RunStore::take_from(const std::string& path) {
  commit();
  State& s = *state_;
  const RunStore other = read(path);
  expect(other.header());
  if (other.state_->format != s.format) {
    throw StoreError(StoreError::Kind::foreign, path,
                     fmt::format("has format {} and not {}", other.state_->format, s.format));
  }
  {
    Statement attach(s.database, "ATTACH ? AS part");
    attach.put(std::string_view(path)).run();
  }
  try {
    const std::string both = s.database.ask(
        "SELECT count(*) || ', the first of them ' || min(unit) FROM part.runs "
        "WHERE unit IN (SELECT unit FROM main.runs)");
    if (both.rfind("0,", 0) != 0 && !both.empty()) {
      throw StoreError(StoreError::Kind::foreign, path, "has runs that another part has: " + both);
    }
    s.database.run("BEGIN IMMEDIATE");
    for (const char* table :
         {"runs", "outcomes", "inputs", "failures", "promises", "ways", "series", "events"}) {
      s.database.run(
          fmt::format("INSERT INTO main.{0} SELECT * FROM part.{0} ORDER BY unit", table));
    }
    s.database.run("COMMIT");
    s.database.run("DETACH part");
  } catch (...) {
    s.database.roll_back();
    throw;
  }
}

std::uint64_t estimated_run_bytes(const StoreHeader& header, std::uint64_t observations) {
  // Of series about two of four bytes are left when they are packed.
  constexpr std::uint64_t row = 120, number = 16;
  return row + number * (header.outcomes.size() + header.inputs.size()) +
         2 * observations * header.series.size();
}

}  // namespace casus
