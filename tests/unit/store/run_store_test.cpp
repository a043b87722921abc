#include "casus/store/run_store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>

#include "casus/core/contracts.h"
#include "store/blobs.h"

namespace casus {
namespace {

namespace fs = std::filesystem;
using Status = OutcomeValue::Status;

class Store : public ::testing::Test {
 protected:
  Store() {
    std::string name = (fs::temp_directory_path() / "casus-store-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw fs::filesystem_error("mkdtemp", {});
    folder_ = name;
  }
  ~Store() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  static StoreHeader header() {
    StoreHeader h;
    h.seed = 0xffffffffffffffffULL;
    h.scenario = "abc";
    h.build = "this one";
    h.outcomes = {{"deaths", "Deaths", "people", "sum"}, {"coup", "Coup", "days", "first"}};
    h.inputs = {{"actors.jnim.forces", "people"}};
    h.series = {{"world", "all", "deaths", "people"}, {"world", "all", "wars", ""}};
    h.pacts = {{"charter", {"1", "6"}}, {"league", {}}};
    h.members = {"mali", "niger"};
    return h;
  }
  static RunResult run(std::uint32_t r) {
    RunResult result;
    result.spec.run = r;
    result.outcomes = {OutcomeValue::of(r + 0.1), OutcomeValue::censored_at(60.0)};
    result.inputs = {1000.0 / (r + 1)};
    result.world_hash = 0xfedcba9876543210ULL + r;
    result.events_hash = r;
    result.event_count = 7;
    result.series = {{0, {0.0, 1.0}}, {30, {r + 0.5, 1.0}}};
    return result;
  }
  static StoreError::Kind kind_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const StoreError& e) {
      return e.kind();
    }
    ADD_FAILURE() << "no error";
    return StoreError::Kind::io;
  }

 private:
  fs::path folder_;
};

TEST_F(Store, WhatGoesInComesOut) {
  {
    RunStore store = RunStore::create(path("s"), header());
    for (const std::uint32_t r : {3U, 0U, 1U}) store.add(RunKey::plain(r), run(r));
    store.close();
  }
  EXPECT_FALSE(fs::exists(path("s-journal")));
  const RunStore store = RunStore::read(path("s"));
  EXPECT_EQ(store.header().seed, 0xffffffffffffffffULL);
  store.expect(header());
  EXPECT_EQ(store.units(), (std::vector<std::uint64_t>{0, 1, 3})) << "by unit";
  std::vector<std::uint32_t> seen;
  store.each([&](const StoredRun& stored) {
    const std::uint32_t r = stored.key.run;
    seen.push_back(r);
    EXPECT_EQ(stored.key, RunKey::plain(r));
    EXPECT_EQ(stored.result.outcomes, run(r).outcomes);
    EXPECT_EQ(stored.result.inputs, run(r).inputs);
    EXPECT_EQ(stored.result.world_hash, run(r).world_hash);
    EXPECT_EQ(stored.result.event_count, 7U);
    const std::vector<Observation> series = store.series(r);
    ASSERT_EQ(series.size(), 2U);
    EXPECT_EQ(series[1].values, (std::vector<double>{r + 0.5, 1.0}));
  });
  EXPECT_EQ(seen, (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_FALSE(store.find(2).has_value());
  EXPECT_EQ(store.find(3)->result.outcomes[0].value, 3.1);
  store.check();
}

TEST_F(Store, RecordsComeBack) {
  std::vector<RunResult> runs{run(0), run(1), run(2)};
  runs[0].days = {0.1, std::numeric_limits<double>::quiet_NaN()};
  runs[0].promises = {{{0, 1, 1, 3, 2, 1, 1, 0}, {1, 0, PromiseCount::no_article, 0, 0, 0, 0, 4}}};
  runs[0].ways = {{0, true, {"a begins", "b follows"}}, {1, false, {}}};
  runs[1].days = runs[0].days;
  runs[1].promises.emplace();  // looked at, and there were none
  {
    RunStore store = RunStore::create(path("s"), header());
    for (std::uint32_t r = 0; r < 3; ++r) store.add(RunKey::plain(r), runs[r]);
    store.close();
  }
  RunStore whole = RunStore::create(path("whole"), header());
  whole.take_from(path("s"));
  whole.close();
  for (const char* name : {"s", "whole"}) {
    const RunStore store = RunStore::read(path(name));
    EXPECT_TRUE(store.keeps_records());
    ASSERT_EQ(store.header().pacts.size(), 2U);
    EXPECT_EQ(store.header().pacts[0].name, "charter");
    EXPECT_EQ(store.header().pacts[0].articles, (std::vector<std::string>{"1", "6"}));
    EXPECT_EQ(store.header().members, header().members);
    const RunResult first = store.find(0)->result, second = store.find(1)->result;
    ASSERT_EQ(first.days.size(), 2U);
    EXPECT_EQ(first.days[0], 0.1);
    EXPECT_TRUE(std::isnan(first.days[1]));
    EXPECT_EQ(first.promises, runs[0].promises);
    ASSERT_EQ(first.ways.size(), 2U);
    EXPECT_TRUE(first.ways[0].came);
    EXPECT_EQ(first.ways[0].steps, runs[0].ways[0].steps);
    EXPECT_FALSE(first.ways[1].came);
    EXPECT_EQ(second.promises, runs[1].promises);
    EXPECT_FALSE(store.find(2)->result.promises.has_value()) << "nobody looked";
    EXPECT_TRUE(store.find(2)->result.days.empty());
  }
}

TEST_F(Store, ARecordOfWhatTheHeaderDoesNotNameIsDamage) {
  RunResult odd = run(0);
  odd.days = {1.0, 2.0};
  odd.promises = {{{0, 7, 0, 1, 1, 1, 0, 0}}};
  RunStore store = RunStore::create(path("s"), header());
  store.add(RunKey::plain(0), odd);
  store.close();
  EXPECT_EQ(kind_of([&] { RunStore::read(path("s")).find(0); }), StoreError::Kind::damaged);
}

TEST_F(Store, NumbersComeBackToTheBit) {
  const double odd[] = {-0.0,
                        0.0,
                        1.0,
                        -3.0,
                        1e300,
                        5e-324,
                        0.1,
                        9007199254740993.0,
                        std::numeric_limits<double>::infinity(),
                        -std::numeric_limits<double>::infinity(),
                        std::numeric_limits<double>::max()};
  RunStore store = RunStore::create(path("s"), header());
  std::uint32_t r = 0;
  for (const double value : odd) {
    RunResult result = run(r);
    result.outcomes[0] = {value, Status::known};
    result.inputs[0] = value;
    store.add(RunKey::plain(r++), result);
  }
  RunResult none = run(r);
  none.outcomes[0] = {};
  store.add(RunKey::plain(r), none);
  store.close();
  const RunStore again = RunStore::read(path("s"));
  for (std::uint32_t i = 0; i < r; ++i) {
    const StoredRun stored = again.find(i).value();
    EXPECT_EQ(std::bit_cast<std::uint64_t>(stored.result.outcomes[0].value),
              std::bit_cast<std::uint64_t>(odd[i]))
        << odd[i];
    EXPECT_EQ(std::bit_cast<std::uint64_t>(stored.result.inputs[0]),
              std::bit_cast<std::uint64_t>(odd[i]));
  }
  EXPECT_EQ(again.find(r)->result.outcomes[0].status, Status::undefined);
  EXPECT_TRUE(std::isnan(again.find(r)->result.outcomes[0].value));
}

TEST_F(Store, AFailedRunHasItsReasonAndItsInputs) {
  RunStore store = RunStore::create(path("s"), header());
  RunResult failed;
  failed.failure = RunFailure{"it broke", "2023-10-01", "combat", "actor 'jnim'"};
  failed.inputs = {4.0};
  store.add(RunKey::plain(0), failed);
  EXPECT_EQ(store.failed(), 1U);
  const StoredRun stored = store.find(0).value();
  ASSERT_TRUE(stored.result.failure.has_value());
  EXPECT_EQ(stored.result.failure->what, "it broke");
  EXPECT_EQ(stored.result.failure->subject, "actor 'jnim'");
  EXPECT_EQ(stored.result.inputs, failed.inputs);
  EXPECT_TRUE(store.series(0).empty());
}

TEST_F(Store, StudiesOfSeveralPoliciesFit) {
  StoreHeader h = header();
  h.policies = {"baseline", "without"};
  RunStore store = RunStore::create(path("s"), h);
  for (std::uint32_t unit = 0; unit < 8; ++unit) {
    store.add({unit, unit % 2, unit / 4, unit / 2 % 2}, run(unit));
  }
  EXPECT_EQ(store.find(5)->key, (RunKey{5, 1, 1, 0}));
  EXPECT_EQ(RunStore::read((store.close(), path("s"))).header().policies, h.policies);
}

TEST_F(Store, WhatIsNotCommittedIsAsIfItHadNotBeen) {
  const pid_t child = fork();
  if (child == 0) {
    RunStore store = RunStore::create(path("s"), header());
    for (std::uint32_t r = 0; r < 10; ++r) store.add(RunKey::plain(r), run(r));
    store.commit();
    for (std::uint32_t r = 10; r < 15; ++r) store.add(RunKey::plain(r), run(r));
    _exit(0);  // as if killed: nothing is closed
  }
  ASSERT_GT(child, 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  RunStore store = RunStore::reopen(path("s"));
  store.check();
  const std::vector<std::uint64_t> units = store.units();
  ASSERT_GE(units.size(), 10U);
  for (std::uint64_t i = 0; i < units.size(); ++i) EXPECT_EQ(units[i], i) << "in order";
  for (std::uint32_t r = static_cast<std::uint32_t>(units.size()); r < 15; ++r) {
    store.add(RunKey::plain(r), run(r));
  }
  store.close();
  EXPECT_EQ(RunStore::read(path("s")).size(), 15U);
}

TEST_F(Store, ReadersMayLookWhileAnotherWrites) {
  RunStore writer = RunStore::create(path("s"), header());
  writer.add(RunKey::plain(0), run(0));
  writer.commit();
  const RunStore reader = RunStore::read(path("s"));
  EXPECT_EQ(reader.size(), 1U);
  writer.add(RunKey::plain(1), run(1));
  writer.commit();
  EXPECT_EQ(reader.size(), 2U);
}

TEST_F(Store, GoesOnWhereItStopped) {
  {
    RunStore store = RunStore::create(path("s"), header());
    store.add(RunKey::plain(0), run(0));
    store.close();
  }
  RunStore store = RunStore::reopen(path("s"));
  store.add(RunKey::plain(1), run(1));
  store.close();
  EXPECT_EQ(RunStore::read(path("s")).size(), 2U);
}

TEST_F(Store, APartIsTakenOnceAndOnlyOfTheSameStudy) {
  RunStore whole = RunStore::create(path("whole"), header());
  {
    RunStore part = RunStore::create(path("part"), header());
    part.add(RunKey::plain(4), run(4));
    part.close();
    StoreHeader other = header();
    other.build = "another";
    other.seed = 3;
    RunStore foreign = RunStore::create(path("foreign"), other);
    foreign.close();
  }
  whole.take_from(path("part"));
  EXPECT_EQ(whole.find(4)->result.outcomes, run(4).outcomes);
  EXPECT_EQ(kind_of([&] { whole.take_from(path("part")); }), StoreError::Kind::foreign);
  try {
    whole.take_from(path("foreign"));
    FAIL() << "taken";
  } catch (const StoreError& e) {
    EXPECT_NE(std::string(e.what()).find("the build ('this one' and 'another'), the seed"),
              std::string::npos)
        << e.what();
    EXPECT_EQ(e.code(), "E0605");
  }
  EXPECT_EQ(whole.size(), 1U);
}

TEST_F(Store, NothingThatIsThereIsOpenedAsNew) {
  std::ofstream(path("file")) << "years of work";
  fs::create_symlink(path("nowhere"), path("link"));
  EXPECT_EQ(kind_of([&] { RunStore::create(path("file"), header()); }), StoreError::Kind::io);
  EXPECT_EQ(kind_of([&] { RunStore::create(path("link"), header()); }), StoreError::Kind::io);
  EXPECT_FALSE(fs::exists(path("nowhere")));
  EXPECT_EQ(kind_of([&] { RunStore::read(path("file")); }), StoreError::Kind::damaged);
  EXPECT_EQ(kind_of([&] { RunStore::read(path("missing")); }), StoreError::Kind::io);
}

TEST_F(Store, ForeignAndDamagedFilesAreSaidToBe) {
  {
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(path("other").c_str(), &other), SQLITE_OK);
    sqlite3_exec(other, "CREATE TABLE runs(unit)", nullptr, nullptr, nullptr);
    sqlite3_close(other);
  }
  EXPECT_EQ(kind_of([&] { RunStore::read(path("other")); }), StoreError::Kind::damaged);
  {
    RunStore store = RunStore::create(path("s"), header());
    store.add(RunKey::plain(0), run(0));
    store.close();
    sqlite3* file = nullptr;
    ASSERT_EQ(sqlite3_open(path("s").c_str(), &file), SQLITE_OK);
    sqlite3_exec(file, "DELETE FROM outcomes WHERE outcome = 1", nullptr, nullptr, nullptr);
    sqlite3_close(file);
  }
  EXPECT_EQ(kind_of([&] { RunStore::read(path("s")).check(); }), StoreError::Kind::damaged);
}

TEST(Blobs, SeriesKeepSinglePrecision) {
  std::vector<Observation> series;
  for (std::uint32_t i = 0; i < 25; ++i) series.push_back({i * 30, {i * 0.1, -1.0, NAN, 1e30}});
  store::Packer packer;
  const store::Bytes packed = packer.series(series, 4);
  const auto again = store::unpack_series(packed, 4);
  ASSERT_EQ(again.size(), 25U);
  for (std::size_t i = 0; i < 25; ++i) {
    EXPECT_EQ(again[i].step, i * 30);
    EXPECT_EQ(again[i].values[0],
              static_cast<double>(static_cast<float>(static_cast<double>(i) * 0.1)));
    EXPECT_TRUE(std::isnan(again[i].values[2]));
  }
  EXPECT_TRUE(store::unpack_series(packer.series({}, 4), 4).empty());
  EXPECT_EQ(packer.series(series, 4), packed) << "what was packed before leaves no trace";
}

TEST(Blobs, DamageIsSeenAndCostsNothing) {
  store::Bytes bytes = store::Packer().series(std::vector<Observation>{{0, {1.0, 2.0}}}, 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    store::Bytes changed = bytes;
    changed.resize(i);
    EXPECT_THROW(store::unpack_series(changed, 2), ContractError) << i;
  }
  EXPECT_THROW(store::unpack_series(bytes, 3), ContractError);
  for (std::size_t i = 1; i < 9; ++i) bytes[i] = 0x7f;  // a length of 2^62
  EXPECT_THROW(store::unpack_series(bytes, 2), ContractError);
  EXPECT_THROW(store::unpack_events(bytes), ContractError);
}

}  // namespace
}  // namespace casus
