#include "casus/output/results_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "casus/core/diagnostics.h"
#include "casus/output/results.h"
#include "casus/output/table.h"
#include "scratch.h"
#include "some_results.h"

namespace casus {
namespace {

namespace fs = std::filesystem;
using namespace some;

TEST(Results, WhatHasNoRunsLeavesNothing) {
  const testing::Scratch scratch;
  const Scenario s = scenario();
  {
    const ResultsWriter writer(scratch.path("deep/out"), s, info(2));
    EXPECT_EQ(read_results(scratch.path("deep/out")).state, "running") << "the manifest is first";
    EXPECT_EQ(code_of([&] { ResultsWriter(scratch.path("deep/out"), s, info(2)); }), "E0604");
    EXPECT_EQ(code_of([&] { ResultsWriter(scratch.path("deep/out"), s, info(2, true)); }), "E0604");
  }
  EXPECT_TRUE(scratch.entries("deep").empty());
}

TEST(Results, WhatHasRunsCanBeGoneOnWith) {
  const testing::Scratch scratch;
  const Scenario s = scenario();
  {
    ResultsWriter writer(scratch.path("cut"), s, info(3));
    for (const std::uint32_t r : {0U, 2U}) {
      RunResult run = make_run(r);
      writer.add(run);
    }
  }
  EXPECT_EQ(read_results(scratch.path("cut")).state, "failed");
  EXPECT_EQ(read_results(scratch.path("cut")).runs.size(), 2U);
  EXPECT_EQ(code_of([&] { write(scratch.path("cut"), {make_run(0)}); }), "E0601");
  EXPECT_EQ(code_of([&] { write(scratch.path("cut"), {make_run(0)}, true); }), "E0601");
  EXPECT_FALSE(verify_results(scratch.path("cut")).empty());
  const Scenario other = s.with({{Edit::Kind::set, "actors.jnim.forces", "51"}});
  EXPECT_EQ(code_of([&] { ResultsWriter::resume(scratch.path("cut"), other); }), "E0605");
  {
    ResultsWriter writer = ResultsWriter::resume(scratch.path("cut"), s);
    EXPECT_TRUE(writer.has(0) && !writer.has(1) && writer.has(2));
    RunResult run = make_run(1);
    writer.add(run);
    const EnsembleResult all = writer.recorded({});
    const std::vector<OutcomeSummary> summaries = writer.summaries();
    EXPECT_EQ(outcome_json(summaries), outcome_json(summarise(s->outcomes, all)))
        << "read a few outcomes at a time, or all runs at once";
    writer.finish(all, summaries);
  }
  write(scratch.path("whole"), {make_run(0), make_run(1), make_run(2)});
  for (const char* name : {"runs.csv", "summary.csv", "scenario.yaml", "datapackage.json"}) {
    EXPECT_EQ(read_file(scratch.path(std::string("cut/") + name)),
              read_file(scratch.path(std::string("whole/") + name)))
        << name;
  }
  EXPECT_EQ(verify_results(scratch.path("cut")), std::vector<std::string>{});
  EXPECT_EQ(seal_of(scratch.path("cut")), seal_of(scratch.path("whole")));
  EXPECT_EQ(code_of([&] { ResultsWriter::resume(scratch.path("nothing"), s); }), "E0603");
}

TEST(Results, HowTheyStandIsKnownWithoutTheirRuns) {
  const testing::Scratch scratch;
  ResultsWriter writer(scratch.path("cut"), scenario(), info(5));
  EXPECT_EQ(writer.standing().finished, 0U);
  EXPECT_EQ(writer.summaries().size(), scenario()->outcomes.size());
  for (RunResult run : {make_run(3), failed_run(1)}) writer.add(run);
  const ResultsWriter::Standing standing = writer.standing();
  EXPECT_EQ(standing.planned, 5U);
  EXPECT_EQ(standing.finished, 2U);
  EXPECT_EQ(standing.failed, 1U);
  EXPECT_EQ(standing.first, 1U);
  ASSERT_EQ(standing.failures.size(), 1U);
  EXPECT_EQ(standing.failures[0].first, 1U);
  EXPECT_EQ(standing.failures[0].second.what, failed_run(1).failure->what);
  EXPECT_EQ(writer.summaries().front().estimate.n, 1U) << "of those that ended well";
}

TEST(Results, PartsMakeAWholeInAnyOrder) {
  const testing::Scratch scratch;
  const Scenario s = scenario();
  for (std::uint32_t part = 1; part <= 2; ++part) {
    ResultsInfo about = info(2);
    about.first_run = 2 * (part - 1);
    about.shard = Shard{part, 2, 0, 4};
    ResultsWriter writer(scratch.path("part" + std::to_string(part)), s, about);
    for (std::uint32_t r = 0; r < 2; ++r) {
      RunResult run = part == 2 && r == 0 ? failed_run(2) : make_run(about.first_run + r);
      writer.add(run);
    }
    const EnsembleResult all = writer.recorded({});
    writer.finish(all, summarise(s->outcomes, all));
  }
  write(scratch.path("whole"), {make_run(0), make_run(1), failed_run(2), make_run(3)});
  const std::string one = scratch.path("part1"), two = scratch.path("part2");
  const std::vector<std::vector<std::string>> orders{{one, two}, {two, one}};
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const std::string out = scratch.path("merged" + std::to_string(i));
    ResultsWriter writer = ResultsWriter::merge(out, orders[i], s, {});
    const EnsembleResult all = writer.recorded({});
    writer.finish(all, summarise(s->outcomes, all));
    for (const char* name : {"runs.csv", "summary.csv"}) {
      EXPECT_EQ(read_file(out + "/" + name), read_file(scratch.path(std::string("whole/") + name)));
    }
    EXPECT_EQ(verify_results(out), std::vector<std::string>{});
  }
  EXPECT_EQ(code_of([&] {
              ResultsWriter::merge(scratch.path("twice"), {one, one}, s, {});
            }),
            "E0605");
}

TEST(Results, WhatIsNoFolderIsNoTarget) {
  const testing::Scratch scratch;
  fs::create_directory_symlink(scratch.path("nowhere"), scratch.path("dangling"));
  fs::create_directory(scratch.path("real"));
  fs::create_directory_symlink(scratch.path("real"), scratch.path("link"));
  ASSERT_EQ(mkfifo(scratch.path("pipe").c_str(), 0600), 0);
  write_atomically(scratch.path("file"), "x");
  for (const char* name : {"dangling", "link", "pipe", "file", "file/"}) {
    EXPECT_EQ(code_of([&] { write(scratch.path(name), {make_run(0)}, true); }), "E0601") << name;
  }
  EXPECT_TRUE(scratch.entries("real").empty());
}

TEST(Results, OverwritingKeepsWhatIsNotOurs) {
  const testing::Scratch scratch;
  write(scratch.path("out"), {make_run(0)});
  write_atomically(scratch.path("out/notes.txt"), "mine");
  EXPECT_EQ(verify_results(scratch.path("out")),
            (std::vector<std::string>{"notes.txt: is not in the manifest"}));
  write(scratch.path("out"), {make_run(1)}, true);
  EXPECT_EQ(read_file(scratch.path("out/notes.txt")), "mine");
  EXPECT_EQ(read_results(scratch.path("out")).runs.at(0).run, 1U);
  EXPECT_EQ(scratch.entries(), (std::vector<std::string>{"out"}));
}

TEST(Results, TheFirstFreeNumberIsTaken) {
  const testing::Scratch scratch;
  fs::create_directory(scratch.path("a-1"));
  fs::create_directory_symlink(scratch.path("nowhere"), scratch.path("a-2"));
  EXPECT_EQ(ResultsFolder::make_free(scratch.path("a")), scratch.path("a-3"));
  EXPECT_EQ(ResultsFolder::make_free(scratch.path("a")), scratch.path("a-4"));
}

TEST(Results, TamperingIsSeen) {
  const testing::Scratch scratch;
  write(scratch.path("out"), {make_run(0), make_run(1)});
  const std::string seal = seal_of(scratch.path("out"));
  for (const std::string& name : scratch.entries("out")) {
    if (name == "manifest.json") continue;
    const std::string text = read_file(scratch.path("out/" + name));
    std::string changed = text;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    write_atomically(scratch.path("out/" + name), changed);
    EXPECT_EQ(verify_results(scratch.path("out")).empty(), false) << name;
    write_atomically(scratch.path("out/" + name), text);
    EXPECT_EQ(verify_results(scratch.path("out")), std::vector<std::string>{}) << name;
  }
  EXPECT_EQ(seal_of(scratch.path("out")), seal);
  fs::remove(scratch.path("out/summary.csv"));
  EXPECT_EQ(verify_results(scratch.path("out")).size(), 1U);
}

TEST(Results, ARecordedScenarioIncludesNothing) {
  const testing::Scratch scratch;
  write(scratch.path("out"), {make_run(0)});
  write_atomically(scratch.path("secret.yaml"), "casus: scenario/1\ntitle: Secret\n");
  RecordedResults results = read_results(scratch.path("out"));
  const std::string text = read_file(results.scenario_file);
  write_atomically(results.scenario_file, text + "include: [../secret.yaml]\n");
  try {
    load_recorded(results, {});
    FAIL() << "it went outside its folder";
  } catch (const ScenarioError& e) {
    EXPECT_EQ(e.diagnostics().at(0).where.file, results.scenario_file);
  }
}

}  // namespace
}  // namespace casus
