#!/usr/bin/env python3
"""The commands beside run, from outside."""
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess

from support import PROGRAM, SCENARIO, CliTest, main, rows

# In the order of their lines; the cycle of includes is reported where it begins.
TEN_MISTAKES = """\
casus: scenario/1
title: Ten mistakes
include: [ten.yaml]
clock: {start: 2023-01-01, days: 120}
regions:
  north: {title: North, owner: arda, population: .nan, area: 90000 km2, at: [16, 0]}
  north: {title: North, owner: arda, population: 10, area: 90000 km2, at: [16, 0]}
  south: {title: South, owner: adra, population: 900000, area: 50000 km2, at: [13, 0]}
actors:
  arda: {kind: state, strengh: 9000, forces: many, legitimacy: 1.5, income: 300 km, capital: north}
presence:
  nroth: {arda: 3000}
timeline:
  - {title: Too late, when: "member(arda, leage)", set: {regions.south.grievance: 0.5}}
"""


class Usage(CliTest):
    def test_help_and_version_are_results(self):
        for arguments in (["--help"], ["run", "--help"], ["help", "run"], ["--version"]):
            result = self.casus(*arguments)
            self.assertTrue(result.stdout)
            self.assertEqual(result.stderr, "")
        self.assertIn("Examples:", self.casus("run", "--help").stdout)
        self.assertRegex(self.casus("--version").stdout, r"^casus \d+\.\d+\.\d+ \(.*\)\n$")
        overview = self.casus("--help").stdout
        for command in ("run", "check", "docs"):
            self.assertRegex(overview, rf"(?m)^  {command}\b")

    def test_mistakes_on_the_command_line(self):
        for arguments, text in (
                ([], "casus COMMAND --help"),
                (["rnu", "two.yaml"], "unknown command 'rnu'; did you mean 'run'?"),
                (["run", "two.yaml", "--sede", "3"], "unknown option '--sede'; did you mean '--seed'?"),
                (["run", "two.yaml", "-x"], "unknown option '-x'"),
                (["run"], "FILE is required"),
                (["run", "two.yaml", "-n", "0"], "--runs"),
                (["run", "two.yaml", "-n", "many"], "--runs"),
                (["run", "two.yaml", "--color", "pink"], "--color"),
                (["run", "two.yaml", "--set", "nonsense"], "write path=value"),
                (["run", "two.yaml", "--until", "2023-02-30"], "write a date"),
                (["run", "two.yaml", "--events", "some"], "--events"),
                (["run", "two.yaml", "-n", "3", "--events", "3"], "the runs are 0 to 2"),
                (["run", "two.yaml", "--executor", "gpu"], "shuffled:SEED"),
                (["check"], "FILE is required"),
                (["replay", "."], "--run is required")):
            with self.subTest(arguments=arguments):
                result = self.casus(*arguments, code=2)
                self.assertEqual(result.stdout, "")
                self.assertIn(text, result.stderr)
        self.assertEqual(self.names(), ["two.yaml"])

    def test_a_full_disk_is_not_success(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run([PROGRAM, "--help"], stdout=full, stderr=subprocess.PIPE,
                                    text=True, timeout=60)
        self.assertEqual(result.returncode, 6)
        self.assertIn("[E0602]", result.stderr)


class Check(CliTest):
    def test_valid_files(self):
        result = self.casus("check", "two.yaml")
        self.assertEqual(result.stderr, "")
        self.assertRegex(result.stdout, r"^two\.yaml: ok: 3 regions, 2 states, 1 armed group, ")

    def test_ten_mistakes_in_one_pass(self):
        (self.folder / "ten.yaml").write_text(TEN_MISTAKES, encoding="utf-8")
        result = self.casus("check", "ten.yaml", "two.yaml", code=3)
        self.assertIn("two.yaml: ok", result.stdout)
        problems = re.findall(r"(?m)^ten\.yaml:(\d+):(\d+): error: .* \[(E\d{4})\]", result.stderr)
        self.assertEqual(len(problems), 10, result.stderr)
        lines = [int(line) for line, _, _ in problems]
        self.assertEqual(lines, sorted(lines))
        self.assertEqual([code for _, _, code in problems],
                         ["E0105", "E0205", "E0102", "E0301", "E0203", "E0201", "E0204", "E0206",
                          "E0302", "E0303"])
        for near in ("arda", "north"):
            self.assertIn(f"did you mean '{near}'", result.stderr)
        self.assertIn("10 problems in 1 of 2 files", result.stderr)

    def test_json(self):
        (self.folder / "ten.yaml").write_text(TEN_MISTAKES, encoding="utf-8")
        result = self.casus("check", "--json", "ten.yaml", "two.yaml", code=3)
        self.assertEqual(result.stderr, "")
        ten, two = json.loads(result.stdout)["files"]
        self.assertEqual((ten["valid"], two["valid"]), (False, True))
        self.assertEqual(len(ten["diagnostics"]), 10)
        self.assertEqual(ten["diagnostics"][0]["file"], "ten.yaml")

    def test_an_included_treaty(self):
        league = ("casus: treaty/1\ntitle: The League\npacts:\n  big:\n    in_force: 2000-01-01\n"
                  "    members: [arda, bora, cira, dora]\n    articles:\n"
                  "      \"1\": {when: {act: [strike]}, then: {assist: [aid]}}\n")
        library = self.folder / "library" / "treaties"
        library.mkdir(parents=True)
        (library / "big.yaml").write_text(league, encoding="utf-8")
        text = (self.folder / "two.yaml").read_text(encoding="utf-8")
        (self.folder / "mine.yaml").write_text(
            text.replace("clock:", "include: treaties/big.yaml\nclock:", 1), encoding="utf-8")
        env = {"CASUS_SCENARIOS": str(self.folder / "library")}
        result = self.casus("check", "mine.yaml", env=env)
        self.assertIn("2 pacts", result.stdout)
        self.assertEqual(result.stderr.count("note:"), 1)
        self.assertIn("note: big: 2 of 4 members are not in this scenario [E0116]", result.stderr)
        self.assertEqual(self.casus("check", "mine.yaml", "-q", env=env).stderr, "")
        notes = json.loads(self.casus("check", "--json", "mine.yaml", env=env).stdout)["files"][0]
        self.assertTrue(notes["valid"])
        self.assertEqual([d["severity"] for d in notes["diagnostics"]], ["note"])
        self.assertEqual(self.casus("check", library / "big.yaml").stdout,
                         f"{library / 'big.yaml'}: ok: The League: 1 pact, 4 parties, 1 article\n")
        wrong = self.casus("check", "mine.yaml", env={"CASUS_SCENARIOS": str(library)}, code=3)
        self.assertIn("there is neither 'treaties/big.yaml' nor", wrong.stderr)
        # A treaty is no template.
        self.assertNotIn("treaties", self.casus("new").stdout.split())
        # The results say what was read.
        self.casus("run", "mine.yaml", "-n", "2", "-o", "out", env=env)
        manifest = (self.folder / "out" / "manifest.json").read_text(encoding="utf-8")
        self.assertIn("treaties/big.yaml", manifest)

    def test_colour(self):
        (self.folder / "ten.yaml").write_text(TEN_MISTAKES, encoding="utf-8")
        self.assertNotIn("\x1b", self.casus("check", "ten.yaml", code=3).stderr)
        self.assertIn("\x1b[1;31merror:",
                      self.casus("check", "ten.yaml", "--color", "always", code=3).stderr)

    def test_hostile_files_end_in_a_clear_error(self):
        for name, content in (("empty", b""), ("binary", bytes(range(256)) * 64),
                              ("deep", b"a: " + b"[" * 100000), ("cut", SCENARIO.encode()[:700])):
            with self.subTest(name):
                (self.folder / name).write_bytes(content)
                result = self.casus("check", name, code=3, timeout=5)
                self.assertRegex(result.stderr, rf"^{name}:.*error: .*\[E0\d+\]")
        self.assertIn("[E0100]", self.casus("check", "missing", code=6).stderr)


class Replay(CliTest):
    def test_a_run_comes_out_as_recorded(self):
        self.casus_run("-o", "out", "--events", "3")
        result = self.casus("replay", "out", "--run", 3)
        recorded = rows(self.folder / "out/runs.csv")[3]
        self.assertIn(f"as recorded: state {recorded['world_hash']}", result.stderr)
        self.assertEqual(len(result.stdout.splitlines()), int(recorded["events"]) + 1)
        self.casus("replay", "out", "--run", 3, "-o", "run3.csv")
        self.casus("export", "out", "-o", "tables")
        self.assertEqual(rows(self.folder / "run3.csv"),
                         rows(self.folder / "tables/events.csv.gz"))
        before = (self.folder / "run3.csv").read_bytes()
        for taken in ("run3.csv", "out/runs.csv", "out"):
            self.assertIn("[E0601]", self.casus("replay", "out", "--run", 2, "-o", taken,
                                                code=6).stderr)
        self.assertEqual((self.folder / "run3.csv").read_bytes(), before)
        self.casus("verify", "out")
        answer = json.loads(self.casus("replay", "out", "--run", 3, "--json").stdout)
        self.assertTrue(answer["same"])

    def test_results_may_be_moved_and_the_scenario_may_change(self):
        self.casus_run("-o", "out")
        (self.folder / "two.yaml").unlink()
        (self.folder / "out").rename(self.folder / "elsewhere")
        self.casus("replay", "elsewhere", "--run", 5)

    def test_a_run_that_is_not_there(self):
        self.casus_run("-o", "out")
        self.assertIn("holds runs 0 to 5", self.casus("replay", "out", "--run", 6, code=2).stderr)
        self.assertIn("[E0603]", self.casus("replay", "two.yaml", "--run", 0, code=6).stderr)

    def test_a_difference_is_told(self):
        self.casus_run("-o", "out")
        runs = self.folder / "out/runs.csv"
        recorded = rows(runs)[2]["world_hash"]
        other = format(int(recorded, 16) ^ 1, "016x")
        changed = runs.read_text(encoding="utf-8").replace(recorded, other)
        runs.write_text(changed, encoding="utf-8")
        self.assertIn("was changed after the run",
                      self.casus("replay", "out", "--run", 2, code=6).stderr)
        # Who changes the store, and the manifest with it, is found out by making the run again.
        store = sqlite3.connect(self.folder / "out/runs.sqlite")
        with store:
            store.execute("UPDATE runs SET world_hash = ? WHERE unit = 2", (other,))
        store.close()
        manifest = self.folder / "out/manifest.json"
        content = json.loads(manifest.read_text(encoding="utf-8"))
        for output in content["outputs"]:
            output["sha256"] = hashlib.sha256(
                (self.folder / "out" / output["path"]).read_bytes()).hexdigest()
        manifest.write_text(json.dumps(content), encoding="utf-8")
        result = self.casus("replay", "out", "--run", 2, code=1)
        self.assertIn(f"state {other} then, {recorded} now", result.stderr)


class New(CliTest):
    def test_every_template_is_a_valid_scenario(self):
        names = self.casus("new").stdout.split()
        self.assertIn("tutorial", names)
        for name in names:
            result = self.casus("new", name, f"mine-{name}")
            file = result.stdout.strip()
            self.assertIn(f"Next: casus run {file}", result.stderr)
            self.casus("check", file)

    def test_nothing_is_overwritten(self):
        self.casus("new", "tutorial", "mine")
        before = {p: p.read_bytes() for p in (self.folder / "mine").rglob("*") if p.is_file()}
        self.assertIn("[E0601]", self.casus("new", "tutorial", "mine", code=6).stderr)
        self.assertIn("[E0601]", self.casus("new", "tutorial", "two.yaml", code=6).stderr)
        after = {p: p.read_bytes() for p in (self.folder / "mine").rglob("*") if p.is_file()}
        self.assertEqual(before, after)
        self.assertEqual(self.names(), ["mine", "two.yaml"])

    def test_unknown_templates(self):
        self.assertIn("did you mean 'tutorial'", self.casus("new", "tutrial", "x", code=2).stderr)
        self.assertIn("CASUS_SCENARIOS", self.casus("new", "tutorial", "x", code=6,
                                                    env={"CASUS_SCENARIOS": "nowhere"}).stderr)

    def test_templates_of_ones_own(self):
        (self.folder / "mine/pair").mkdir(parents=True)
        shutil.copy(self.folder / "two.yaml", self.folder / "mine/pair/two.yaml")
        env = {"CASUS_SCENARIOS": str(self.folder / "mine")}
        self.assertEqual(self.casus("new", env=env).stdout, "pair\n")
        self.assertEqual(self.casus("new", "pair", env=env).stdout, "pair/two.yaml\n")


class Paths(CliTest):
    def test_values_are_those_of_the_start(self):
        lines = self.casus("paths", "two.yaml", "regions.north.").stdout.splitlines()
        values = {line.split()[0]: line.split()[1:] for line in lines}
        self.assertTrue(all(path.startswith("regions.north.") for path in values))
        self.assertEqual(values["regions.north.grievance"], ["0.6"])
        self.assertEqual(values["regions.north.deaths"], ["0", "people", "(read", "only)"])
        self.assertEqual(values["regions.north.residents"][0], "400000")

    def test_what_is_listed_as_settable_can_be_set(self):
        for path in ("actors.arda.legitimacy", "mechanisms.control.march"):
            line = self.casus("paths", "two.yaml", path).stdout
            self.assertNotIn("read only", line)
            self.assertIn(path, line)
        self.assertIn("no path begins with 'actors.adra'",
                      self.casus("paths", "two.yaml", "actors.adra", code=2).stderr)


class Reference(CliTest):
    def test_schema_is_json(self):
        result = self.casus("schema")
        schema = json.loads(result.stdout)
        self.assertIn("draft-07", schema["$schema"])
        self.assertEqual(result.stderr, "")

    def test_codes(self):
        result = self.casus("docs", "E0203")
        self.assertIn("not one that this section knows", " ".join(result.stdout.split()))
        self.assertEqual(result.stderr, "")
        self.assertIn("did you mean 'E02", self.casus("docs", "E0299", code=2).stderr)

    def test_pages(self):
        index = self.casus("docs").stdout
        for word in ("actors", "mechanisms", "combat", "outcomes"):
            self.assertIn(word, index)
        for path in ("actors", "mechanisms.combat", "combat", "pacts"):
            self.assertTrue(self.casus("docs", path).stdout.strip(), path)
        for path in ("case", "case.article", "case.reasons", "case.rebellion"):
            self.assertTrue(self.casus("docs", path).stdout.strip(), path)
        self.assertIn("outside its area", self.casus("docs", "case.place_not_covered").stdout)
        wrong = self.casus("docs", "case.place_not_coverd", code=2)
        self.assertIn("did you mean 'case.place_not_covered'?", wrong.stderr)
        result = self.casus("docs", "mechanisms.combt", code=2)
        self.assertEqual(result.stdout, "")
        self.assertIn("did you mean 'mechanisms.combat'", result.stderr)


if __name__ == "__main__":
    main()
