#!/usr/bin/env python3
"""casus run from outside: streams, exit codes, files."""
import hashlib
import json
import sqlite3

from support import CliTest, main, on_terminal, rows


def content(folder):
    """What stands in a store, as text: of two stores with the same runs it is the same."""
    with sqlite3.connect(f"file:{folder / 'runs.sqlite'}?mode=ro", uri=True) as store:
        return list(store.iterdump())


class Run(CliTest):
    def test_results_and_messages_have_their_own_streams(self):
        result = self.casus_run("-o", "out")
        lines = result.stdout.splitlines()
        self.assertEqual(lines[0].split(), ["Outcome", "estimate", "95", "%", "interval", "runs"])
        self.assertEqual(len(lines), 6)
        self.assertTrue(lines[2].startswith("Deaths in Arda"))
        self.assertIn("Two states and a group: 6 runs of 120 steps, seed 1", result.stderr)
        self.assertIn("Results: out\n", result.stderr)
        self.assertIn("casus replay out --run 0", result.stderr)
        self.assertNotIn("\x1b", result.stdout + result.stderr)
        self.assertEqual(self.names(), ["out", "two.yaml"])
        self.assertEqual(sorted(p.name for p in (self.folder / "out").iterdir()),
                         ["datapackage.json", "inputs.csv", "manifest.json", "report.html", "runs.csv",
                          "runs.sqlite", "scenario.yaml", "summary.csv"])
        runs = rows(self.folder / "out/runs.csv")
        self.assertEqual([r["run"] for r in runs], [str(i) for i in range(6)])
        self.assertEqual({r["status"] for r in runs}, {"ok"})
        self.assertEqual(len({r["world_hash"] for r in runs}), 6)

    def test_a_report_is_written_unless_it_is_not_wanted(self):
        result = self.casus_run("-o", "out")
        self.assertIn("Report: out/report.html\n", result.stderr)
        page = (self.folder / "out/report.html").read_text(encoding="utf-8")
        self.assertTrue(page.startswith("<!DOCTYPE html>"))
        result = self.casus_run("-o", "plain", "--no-report")
        self.assertNotIn("Report:", result.stderr)
        self.assertFalse((self.folder / "plain/report.html").exists())
        self.casus_run("-o", "none", "--open", "--no-report", code=2)

    def test_quiet_says_nothing_but_results(self):
        result = self.casus_run("-o", "out", "-q")
        self.assertEqual(result.stderr, "")
        self.assertIn("Outcome", result.stdout)

    def test_json(self):
        result = self.casus_run("-o", "out", "--json", "-q")
        answer = json.loads(result.stdout)
        self.assertEqual(answer["results"], "out")
        self.assertEqual(answer["runs"], {"planned": 6, "finished": 6, "failed": 0,
                                          "interrupted": False})
        self.assertEqual([o["outcome"] for o in answer["outcomes"]],
                         ["attacked", "deaths", "help", "kept", "control"])
        summary = rows(self.folder / "out/summary.csv")
        self.assertAlmostEqual(float(summary[1]["estimate"]), answer["outcomes"][1]["estimate"])

    def test_hashes_in_the_manifest_are_those_of_the_files(self):
        self.casus_run("-o", "out", "--events", "all")
        out = self.folder / "out"
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        listed = {o["path"]: o["sha256"] for o in manifest["outputs"]}
        actual = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in out.iterdir()
                  if p.name not in ("manifest.json", "report.html")}
        self.assertEqual(listed, actual)
        self.assertEqual(manifest["inputs"][0]["sha256"],
                         hashlib.sha256((self.folder / "two.yaml").read_bytes()).hexdigest())
        self.assertEqual(manifest["arguments"][1:3], ["run", "two.yaml"])

    def test_results_do_not_depend_on_who_works(self):
        self.casus_run("-o", "j1", "-j", 1, "--events", "all")
        for name, *arguments in (("j2", "-j", 2), ("threads", "--executor", "threads", "-j", 3),
                                 ("serial", "--executor", "serial"),
                                 ("shuffled", "--executor", "shuffled:5")):
            self.casus_run("-o", name, "--events", "all", *arguments)
            for file in ("runs.csv", "inputs.csv", "summary.csv", "datapackage.json",
                         "scenario.yaml"):
                self.assertEqual((self.folder / "j1" / file).read_bytes(),
                                 (self.folder / name / file).read_bytes(), f"{name}/{file}")
            self.assertEqual(content(self.folder / "j1"), content(self.folder / name), name)
        self.casus("run", "two.yaml", "-n", 1, "--first-run", 4, "-o", "alone")
        self.assertEqual(rows(self.folder / "alone/runs.csv")[0],
                         rows(self.folder / "j1/runs.csv")[4])

    def test_the_seed_matters(self):
        self.casus_run("-o", "a")
        self.casus_run("-o", "b", "--seed", 2)
        self.assertNotEqual(rows(self.folder / "a/runs.csv")[0]["world_hash"],
                            rows(self.folder / "b/runs.csv")[0]["world_hash"])

    def test_results_are_never_overwritten_unasked(self):
        self.casus_run("-o", "out")
        before = (self.folder / "out/runs.csv").read_bytes()
        result = self.casus_run("-o", "out", "--seed", 2, code=6)
        self.assertEqual(result.stdout, "")
        self.assertIn("out: error: exists already", result.stderr)
        self.assertIn("[E0601]", result.stderr)
        self.assertEqual((self.folder / "out/runs.csv").read_bytes(), before)
        self.casus_run("-o", "out", "--seed", 2, "--overwrite")
        self.assertNotEqual((self.folder / "out/runs.csv").read_bytes(), before)
        self.assertEqual(self.names(), ["out", "two.yaml"])

    def test_a_folder_of_their_own_each_time(self):
        for number in (1, 2):
            self.assertIn(f"Results: results/two-{number}\n", self.casus_run().stderr)

    def test_edits(self):
        self.casus_run("-o", "out", "--set", "actors.band.forces=1300", "--remove", "pacts.league",
                       "--until", "2023-02-01")
        self.casus("export", "out", "-o", "tables")
        series = rows(self.folder / "tables/series.csv.gz")
        first = [r for r in series if r["entity"] == "band" and r["variable"] == "forces"]
        self.assertEqual(float(first[0]["value"]), 1300.0)
        self.assertEqual(series[-1]["date"], "2023-02-01")
        self.assertNotIn("league:", (self.folder / "out/scenario.yaml").read_text(encoding="utf-8"))
        result = self.casus_run("-o", "bad", "--set", "actors.bnad.forces=1300", code=3)
        self.assertIn("did you mean 'band'", result.stderr)
        self.assertFalse((self.folder / "bad").exists())

    def test_dry_run_does_nothing(self):
        result = self.casus_run("--dry-run", "-j", 3)
        self.assertIn("6 runs of 120 steps, seed 1, 3 workers", result.stdout)
        self.assertIn("results/two-1", result.stdout)
        self.assertEqual(json.loads(self.casus_run("--dry-run", "--json").stdout)["runs"], 6)
        self.assertEqual(self.names(), ["two.yaml"])

    def test_events_are_kept_for_the_runs_named(self):
        self.casus_run("-o", "out", "--events", "1,4")
        self.casus("export", "out", "-o", "tables")
        events = rows(self.folder / "tables/events.csv.gz")
        self.assertEqual({e["run"] for e in events}, {"1", "4"})
        ids = [int(e["id"]) for e in events if e["run"] == "1"]
        self.assertEqual(ids, list(range(len(ids))))
        for event in events:
            for cause in filter(None, event["causes"].split(";")):
                self.assertLess(int(cause), int(event["id"]))

    def test_where_nothing_can_be_written(self):
        result = self.casus_run("-o", "/proc/nowhere", code=6)
        self.assertIn("[E0602]", result.stderr)
        self.assertEqual(result.stdout, "")

    def test_an_invalid_scenario(self):
        (self.folder / "bad.yaml").write_text("casus: scenario/1\nregoins: {}\n", encoding="utf-8")
        result = self.casus("run", "bad.yaml", code=3)
        self.assertEqual(result.stdout, "")
        self.assertRegex(result.stderr, r"(?m)^bad\.yaml:\d+:\d+: error: ")
        self.assertEqual(self.names(), ["bad.yaml", "two.yaml"])

    def test_an_experiment_is_no_scenario_and_says_what_to_call(self):
        (self.folder / "asked.yaml").write_text(
            "casus: experiment/1\nscenario: two.yaml\npolicies: {a: {}, b: {}}\n", encoding="utf-8")
        error = self.casus("explain", "asked.yaml", code=2).stderr
        self.assertIn("asked.yaml is an experiment and no scenario: casus compare asked.yaml", error)
        self.assertEqual(self.names(), ["asked.yaml", "two.yaml"])

    def test_what_policies_are_about_is_answered_one_by_one(self):
        (self.folder / "asked.yaml").write_text("""\
casus: experiment/1
scenario: two.yaml
policies:
  baseline: {}
  weak:
    title: Half an army
    about: {control: lower, deaths: either}
    set: {presence.north.arda: 500, presence.south.arda: 500}
  calm: {about: {deaths: lower}, set: {mechanisms.insurgency.attack_rate: 0}}
""", encoding="utf-8")
        lines = self.casus("compare", "asked.yaml", "-n", 30, "-o", "out").stdout.splitlines()
        self.assertIn("weak: Half an army", lines)
        self.assertIn("calm", lines)
        answers = rows(self.folder / "out" / "answers.csv")
        self.assertEqual([(r["policy"], r["outcome"], r["held"]) for r in answers],
                         [("weak", "control", "lower"), ("weak", "deaths", "either"),
                          ("calm", "deaths", "lower")])
        for row in answers:
            line = next(x for x in lines if x.endswith(row["verdict"])
                        and x.strip().startswith(row["title"]))
            self.assertTrue(line)
            low, high = float(row["low"]), float(row["high"])
            leaves_out = low > 0 or high < 0
            self.assertEqual(row["verdict"] == "not shown", not leaves_out)
        self.assertEqual(answers[2]["verdict"], "as expected")
        full = self.casus("compare", "asked.yaml", "-n", 30, "--full", "-o", "full").stdout
        self.assertIn("Obligations honoured", full)
        only = self.casus("compare", "asked.yaml", "-n", 30, "--only", "kept", "-o", "only").stdout
        self.assertIn("Obligations honoured", only)
        self.assertNotIn("weak: Half an army", only)

    def test_a_file_that_is_not_there(self):
        self.assertIn("[E0100]", self.casus("run", "nowhere.yaml", code=6).stderr)

    # The mean of so wide a prior is too large for a double, and runs that meet it cannot go on.
    WILD = ["--set", "actors.band.forces={lognormal: [2000, 600]}", "-n", 40]

    def test_failed_runs_are_recorded_and_the_others_go_on(self):
        result = self.casus("run", "two.yaml", "-o", "out", *self.WILD, code=4)
        runs = rows(self.folder / "out/runs.csv")
        self.assertEqual(len(runs), 40)
        failed = [r for r in runs if r["status"] == "failed"]
        self.assertTrue(failed)
        self.assertEqual({r["world_hash"] for r in failed}, {""})
        lines = (self.folder / "out/failures.jsonl").read_text(encoding="utf-8").splitlines()
        failures = [json.loads(line) for line in lines]
        self.assertEqual([str(f["run"]) for f in failures], [r["run"] for r in failed])
        self.assertRegex(failures[0]["what"], r"^2023-01-01, mechanism '.*became .* \[E070[12]\]$")
        self.assertIn(f"run {failures[0]['run']}: {failures[0]['what']}   replay: casus replay out",
                      result.stderr)
        self.assertIn(f"{len(failed)} of 40 runs failed", result.stderr)
        summary = rows(self.folder / "out/summary.csv")
        self.assertEqual(int(summary[0]["n"]), 40 - len(failed))
        replayed = self.casus(*failures[0]["replay"].split()[1:], code=4)
        self.assertIn("failed as recorded: " + failures[0]["what"], replayed.stderr)

    def test_stopping_at_a_failure_does_not_depend_on_the_workers(self):
        for workers in (1, 2, 3):
            self.casus("run", "two.yaml", "-o", f"j{workers}", "-j", workers, "--on-failure", "stop",
                       *self.WILD, code=4)
        for file in ("runs.csv", "inputs.csv", "summary.csv"):
            content = (self.folder / "j1" / file).read_bytes()
            self.assertEqual(content, (self.folder / "j2" / file).read_bytes())
            self.assertEqual(content, (self.folder / "j3" / file).read_bytes())
        statuses = [r["status"] for r in rows(self.folder / "j1/runs.csv")]
        self.assertEqual(statuses.index("failed"), len(statuses) - 1)


class Terminal(CliTest):
    def test_colour_only_where_it_is_seen(self):
        bold = "\x1b[1mOutcome"
        self.assertNotIn("\x1b", self.casus_run("-q").stdout)
        self.assertIn(bold, self.casus_run("-q", "--color", "always").stdout)
        arguments = ["run", "two.yaml", "-n", 6, "--progress", "none"]
        for env, expected in ((None, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
            code, shown = on_terminal(*arguments, cwd=self.folder, env=env)
            self.assertEqual(code, 0)
            self.assertEqual(bold in shown, expected, env)
        _, shown = on_terminal(*arguments, "--color", "never", cwd=self.folder)
        self.assertNotIn("\x1b", shown)

    def test_a_live_line_on_a_terminal_only(self):
        _, shown = on_terminal("run", "two.yaml", "-n", 6, cwd=self.folder)
        self.assertIn("\r\x1b[K[", shown)
        self.assertIn("6/6 runs", shown)
        _, shown = on_terminal("run", "two.yaml", "-n", 6, "--progress", "plain", cwd=self.folder)
        self.assertNotIn("\r\x1b[K", shown)
        _, shown = on_terminal("run", "two.yaml", "-n", 6, cwd=self.folder, env={"TERM": "dumb"})
        self.assertNotIn("\x1b", shown)


if __name__ == "__main__":
    main()
