#include "casus/output/results.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "casus/core/contracts.h"
#include "casus/output/table.h"
#include "casus/store/run_store.h"
#include "scratch.h"
#include "some_results.h"

namespace casus {
namespace {

namespace fs = std::filesystem;
using namespace some;
using Json = nlohmann::json;

TEST(Results, AFolderHoldsWhatItPromises) {
  const testing::Scratch scratch;
  write(scratch.path("out"), {make_run(0), make_run(1)});
  EXPECT_EQ(scratch.entries("out"),
            (std::vector<std::string>{"datapackage.json", "manifest.json", "runs.csv",
                                      "runs.sqlite", "scenario.yaml", "summary.csv"}));
  EXPECT_EQ(scratch.entries(), (std::vector<std::string>{"out"})) << "nothing partial is left";
}

TEST(Results, RunsHaveStatusHashesAndOutcomes) {
  const testing::Scratch scratch;
  write(scratch.path("out"), {make_run(0), failed_run(1)});
  EXPECT_EQ(read_file(scratch.path("out/runs.csv")),
            "run,seed,status,world_hash,events_hash,events,attacked,first_coup,"
            "first_coup_happened,kept\n"
            "0,7,ok,000000000000abc0,0000000000000001,3,1,60,0,\n"
            "1,7,failed,,,,,,,\n");
}

TEST(Results, SeriesAreStoredAndFreed) {
  const testing::Scratch scratch;
  const EnsembleResult result = write(scratch.path("out"), {make_run(0), make_run(1)});
  const RunStore store = RunStore::read(scratch.path("out/runs.sqlite"));
  const std::vector<Observation> series = store.series(1);
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(series[1].step, 60U);
  EXPECT_EQ(series[1].values[0], static_cast<double>(1.1F)) << "single precision";
  EXPECT_EQ(series[0].values.size(), SeriesObserver(scenario().data()).columns().size());
  EXPECT_TRUE(result.runs[0].series.empty()) << "stored series are freed";
}

TEST(Results, EventsHaveNamesAndCauses) {
  const testing::Scratch scratch;
  RunResult run = make_run(4);
  run.events = make_events();
  write(scratch.path("out"), {std::move(run)});
  const RunStore store = RunStore::read(scratch.path("out/runs.sqlite"));
  EXPECT_EQ(store.units_with_events(), (std::vector<std::uint64_t>{4}));
  const std::optional<KeptEvents> events = store.events(4, scenario().data());
  ASSERT_TRUE(events.has_value());
  write_events(scratch.path("run4.csv"), scenario(), 4, *events);
  const Rows rows = table(scratch.path("run4.csv"));
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[1], (std::vector<std::string>{
                         "4", "0", "3", "2023-09-19", "attack", "jnim", "mali", "north", "",  "",
                         "",  "",  "2", "4.5",        "1",      "2.5",  "1",    "5.25",  "0", ""}));
  EXPECT_EQ(rows[2][6], "jnim_1") << "a group born during the run";
  EXPECT_EQ(rows[3].back(), "0;1");
}

TEST(Results, InputsAreATableOfTheirOwn) {
  const testing::Scratch scratch;
  std::string text = yaml;
  text.replace(text.find("forces: 50"), 10, "forces: {uniform: [10, 90]}");
  const Scenario s = Scenario::parse(text, "drawn.yaml", {});
  ResultsWriter writer(scratch.path("out"), s, info(2));
  EnsembleResult result;
  for (std::uint32_t r = 0; r < 2; ++r) {
    RunResult run = r == 0 ? make_run(0) : failed_run(1);
    run.inputs = DrawnInputs(s).of({7, r});
    result.runs.push_back(run);
    writer.add(run);
  }
  writer.finish(writer.recorded(result), {});
  const Rows rows = table(scratch.path("out/inputs.csv"));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"run", "actors.jnim.forces"}));
  EXPECT_EQ(std::stod(rows[1][1]), result.runs[0].inputs[0]);
  EXPECT_EQ(std::stod(rows[2][1]), result.runs[1].inputs[0]) << "of a run that failed, too";
  EXPECT_NE(rows[1][1], rows[2][1]);
}

TEST(Results, FailuresAreOneJsonObjectALine) {
  const testing::Scratch scratch;
  write(scratch.path("out"), {failed_run(0), make_run(1), failed_run(2)});
  const std::string text = read_file(scratch.path("out/failures.jsonl"));
  ASSERT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  const Json first = Json::parse(text.substr(0, text.find('\n')));
  EXPECT_EQ(first.at("run"), 0);
  EXPECT_EQ(first.at("seed"), 7);
  EXPECT_EQ(first.at("mechanism"), "combat");
  EXPECT_EQ(first.at("replay"), replay_command(scratch.path("out"), 0));
}

TEST(Results, TheManifestVouchesForEveryFile) {
  const testing::Scratch scratch;
  RunResult kept = make_run(1);
  kept.events = make_events();
  write(scratch.path("out"), {make_run(0), std::move(kept), failed_run(2)});
  const Json manifest = Json::parse(read_file(scratch.path("out/manifest.json")));
  std::vector<std::string> named{"manifest.json"};
  for (const Json& output : manifest.at("outputs")) {
    const std::string name = output.at("path");
    const std::string text = read_file(scratch.path("out/" + name));
    EXPECT_EQ(output.at("sha256"), sha256(text)) << name;
    EXPECT_EQ(output.at("bytes"), text.size()) << name;
    named.push_back(name);
  }
  std::sort(named.begin(), named.end());
  EXPECT_EQ(named, scratch.entries("out"));
  ASSERT_EQ(manifest.at("inputs").size(), 1U);
  EXPECT_EQ(manifest.at("inputs")[0].at("sha256"), sha256(yaml));
  EXPECT_EQ(manifest.at("seed"), 7);
  EXPECT_EQ(manifest.at("arguments").size(), 3U);
  EXPECT_EQ(manifest.at("runs").at("failed"), 1);
  EXPECT_EQ(manifest.at("runs").at("finished"), 3);
}

TEST(Results, TheDataPackageDescribesEveryTable) {
  const testing::Scratch scratch;
  RunResult kept = make_run(0);
  kept.events = make_events();
  write(scratch.path("out"), {std::move(kept)});
  const Json package = Json::parse(read_file(scratch.path("out/datapackage.json")));
  std::size_t tables = 0;
  for (const Json& resource : package.at("resources")) {
    ++tables;
    const std::string name = resource.at("path");
    const Rows rows = table(scratch.path("out/" + name));
    const Json& fields = resource.at("schema").at("fields");
    ASSERT_EQ(fields.size(), rows[0].size()) << name;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      EXPECT_EQ(fields[i].at("name"), rows[0][i]);
      EXPECT_FALSE(fields[i].at("description").get<std::string>().empty()) << rows[0][i];
      const std::string type = fields[i].at("type");
      for (std::size_t r = 1; type == "integer" && r < rows.size(); ++r) {
        EXPECT_EQ(rows[r][i].find_first_not_of("0123456789"), std::string::npos) << name;
      }
    }
    EXPECT_EQ(resource.at("hash"), "sha256:" + sha256(read_file(scratch.path("out/" + name))));
  }
  EXPECT_EQ(tables, 2U);
}

TEST(Results, AllButTheManifestAreTheSameAgain) {
  const testing::Scratch scratch;
  write(scratch.path("a"), {make_run(0), make_run(1)});
  write(scratch.path("b"), {make_run(0), make_run(1)});
  for (const std::string& name : scratch.entries("a")) {
    if (name == "manifest.json") continue;
    EXPECT_EQ(read_file(scratch.path("a/" + name)), read_file(scratch.path("b/" + name))) << name;
  }
}

TEST(Results, AreNeverOverwrittenUnasked) {
  const testing::Scratch scratch;
  write(scratch.path("out"), {make_run(0)});
  const std::string before = read_file(scratch.path("out/runs.csv"));
  EXPECT_EQ(code_of([&] { write(scratch.path("out"), {make_run(1)}); }), "E0601");
  EXPECT_EQ(code_of([&] { write(scratch.path("out") + "/", {make_run(1)}); }), "E0601");
  EXPECT_EQ(read_file(scratch.path("out/runs.csv")), before);
  write(scratch.path("out"), {make_run(1)}, true);
  EXPECT_NE(read_file(scratch.path("out/runs.csv")), before);
  EXPECT_EQ(scratch.entries(), (std::vector<std::string>{"out"}));
}

TEST(Results, OverwritingReplacesNothingButResults) {
  const testing::Scratch scratch;
  fs::create_directory(scratch.path("thesis"));
  write_atomically(scratch.path("thesis/chapter1.txt"), "years of work");
  EXPECT_EQ(code_of([&] { write(scratch.path("thesis"), {make_run(0)}, true); }), "E0601");
  EXPECT_EQ(code_of([&] { write(scratch.path("thesis/chapter1.txt"), {make_run(0)}, true); }),
            "E0601");
  EXPECT_EQ(read_file(scratch.path("thesis/chapter1.txt")), "years of work");
  fs::create_directory(scratch.path("empty"));
  write(scratch.path("empty"), {make_run(0)});
  EXPECT_EQ(scratch.entries("empty").size(), 6U);
}

TEST(Results, AreReadBack) {
  const testing::Scratch scratch;
  write(scratch.path("out"), {make_run(0), failed_run(1), make_run(2)});
  const RecordedResults results = read_results(scratch.path("out"));
  EXPECT_EQ(results.seed, 7U);
  ASSERT_EQ(results.runs.size(), 3U);
  EXPECT_EQ(results.runs[2].run, 2U);
  EXPECT_EQ(results.runs[2].world_hash, 0xabc2U);
  EXPECT_FALSE(results.runs[1].ok);
  const Scenario again = Scenario::load(results.scenario_file, {});
  EXPECT_EQ(again->title, "Small, but with a comma");
  EXPECT_EQ(again->outcomes.size(), 3U);
}

TEST(Results, WhatWasChangedIsNotTrusted) {
  const testing::Scratch scratch;
  EXPECT_EQ(code_of([&] { read_results(scratch.path("nothing")); }), "E0603");
  fs::create_directory(scratch.path("empty"));
  EXPECT_EQ(code_of([&] { read_results(scratch.path("empty")); }), "E0603");
  write(scratch.path("out"), {make_run(0)});
  const std::string runs = read_file(scratch.path("out/runs.csv"));
  write_atomically(scratch.path("out/runs.csv"), runs + "1,7,failed,,,,,,,\n");
  EXPECT_EQ(code_of([&] { read_results(scratch.path("out")); }), "E0603");
  write_atomically(scratch.path("out/runs.csv"), runs);
  EXPECT_EQ(code_of([&] { read_results(scratch.path("out")); }), "no error");
  write_atomically(scratch.path("out/manifest.json"), "{}");
  EXPECT_EQ(code_of([&] { read_results(scratch.path("out")); }), "E0603");
}

TEST(Results, ReplayCommandsSurviveTheShell) {
  EXPECT_EQ(replay_command("results/a-1", 17), "casus replay results/a-1 --run 17");
  EXPECT_EQ(replay_command("my results", 0), "casus replay 'my results' --run 0");
  EXPECT_EQ(replay_command("it's", 0), "casus replay 'it'\\''s' --run 0");
}

TEST(Results, EventsForReading) {
  EXPECT_EQ(event_listing(scenario(), make_events()),
            "id  date        event   who > whom     where  pact  size  deaths  because of\n"
            " 0  2023-09-19  attack  jnim > mali    north           2   4.500\n"
            " 1  2023-09-20  split   jnim > jnim_1                             0\n"
            " 2  2023-09-21  coup    mali                                      0;1\n");
}

TEST(Results, EventsAsAFileOfTheirOwn) {
  const testing::Scratch scratch;
  write_events(scratch.path("run4.csv"), scenario(), 4, make_events());
  EXPECT_EQ(table(scratch.path("run4.csv")).size(), 4U);
  EXPECT_EQ(code_of([&] { write_events(scratch.path("run4.csv"), scenario(), 5, make_events()); }),
            "E0601");
  EXPECT_EQ(table(scratch.path("run4.csv"))[1][0], "4");
  EXPECT_EQ(code_of([&] { write_events(scratch.path("no/x.csv"), scenario(), 4, make_events()); }),
            "E0602");
  EXPECT_EQ(scratch.entries(), (std::vector<std::string>{"run4.csv"}));
}

TEST(Results, OutcomesOfTheProgramStandBesideTheScenarios) {
  const testing::Scratch scratch;
  const Scenario s = scenario();
  ResultsInfo about = info(1);
  const auto none = [](const Simulation&) { return OutcomeValue{}; };
  about.outcomes = {{.name = "burden", .title = "Burden", .unit = "MUSD", .value = none},
                    {.name = "relief", .form = OutcomeSpec::Form::first, .value = none}};
  EnsembleResult result;
  result.planned = 1;
  result.outcomes = all_outcomes(s.data(), about.outcomes);
  RunResult run = make_run(0);
  run.outcomes.push_back(OutcomeValue::of(12.5));
  run.outcomes.push_back(OutcomeValue::censored_at(60.0));
  {
    ResultsWriter writer(scratch.path("out"), s, about);
    writer.add(run);
    result.runs.push_back(run);
    writer.finish(result, summarise(result.outcomes, result));
  }
  const std::string runs = read_file(scratch.path("out/runs.csv"));
  const Rows rows = parse_csv(runs, "runs.csv");
  const auto cell = [&](const char* name) {
    const auto column = std::find(rows[0].begin(), rows[0].end(), name) - rows[0].begin();
    return rows.at(1).at(static_cast<std::size_t>(column));
  };
  EXPECT_EQ(cell("burden"), "12.5");
  EXPECT_EQ(cell("relief"), "60");
  EXPECT_EQ(cell("relief_happened"), "0");
  EXPECT_EQ(cell("attacked"), "1") << "the scenario's are what they were";
  const std::string summary = read_file(scratch.path("out/summary.csv"));
  EXPECT_NE(summary.find("burden,Burden,final,mean,MUSD,12.5"), std::string::npos) << summary;
  const Json package = Json::parse(read_file(scratch.path("out/datapackage.json")));
  bool described = false;
  for (const Json& field : package["resources"][0]["schema"]["fields"]) {
    described = described || (field["name"] == "burden" && field["unit"] == "MUSD");
  }
  EXPECT_TRUE(described);
  EXPECT_NE(outcome_table(summarise(result.outcomes, result)).find("Burden"), std::string::npos);

  about.overwrite = true;
  about.outcomes[0].name = "seed";
  EXPECT_THROW(ResultsWriter(scratch.path("out"), s, about), ContractError);
  about.outcomes[0].name = "first_coup_happened";
  EXPECT_THROW(ResultsWriter(scratch.path("out"), s, about), ContractError);
}

}  // namespace
}  // namespace casus
