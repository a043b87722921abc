#!/usr/bin/env python3
"""casus calibrate from outside."""
import json
import os

from support import SCENARIO, CliTest, main, rows

SANITIZED = bool(os.environ.get("CASUS_SANITIZED"))
FILE = """\
casus: calibration/1
title: How often the band attacks
scenario: two.yaml
uncertainties:
  mechanisms.insurgency.attack_rate: {uniform: [0.02, 0.5]}
  actors.bora.income: {uniform: [200, 800]}
design: {method: lhs, points: 16}
replicates: 3
waves: 2
outcomes: {attacks: {title: Attacks, count: attack, by: [band]}}
targets:
  attacks: {observed: 30, error: 3, discrepancy: 2, scale: log, source: made up}
  quiet: {fact: zeros, where: [arda], observed: 0.5, error: 0.5, source: made up}
"""
NAMES = {"manifest.json", "calibration.yaml", "posterior.yaml", "posterior.csv", "points.csv",
         "runs.csv", "parameters.csv", "targets.csv", "waves.csv", "conflicts.csv",
         "datapackage.json"}


class Calibrate(CliTest):
    def setUp(self):
        super().setUp()
        # Of one group in one region, so that its campaigns and lulls would hide what is looked for.
        (self.folder / "two.yaml").write_text(
            SCENARIO + "mechanisms: {insurgency: {tempo_sd: 0.1}}\n", encoding="utf-8")
        self.file()

    def file(self, *changes):
        text = FILE
        for old, new in changes:
            self.assertIn(old, text)
            text = text.replace(old, new)
        (self.folder / "c.yaml").write_text(text, encoding="utf-8")

    def test_a_posterior_is_found_and_included(self):
        shown = self.casus("calibrate", "c.yaml", "-o", "out").stdout
        self.assertIn("learned", shown)
        self.assertRegex(shown, r"(?m)^actors\.bora\.income .* the data say nothing of it by itself$")
        self.assertEqual({p.name for p in (self.folder / "out").iterdir()}, NAMES)
        points = rows(self.folder / "out" / "points.csv")
        self.assertEqual([sum(p["wave"] == w for p in points) for w in "120"], [16, 16, 16])
        runs = rows(self.folder / "out" / "runs.csv")
        self.assertEqual(len(runs), 3 * 48)
        # The means that are written are those of the runs, and so are the implausibilities.
        for point in points[:5]:
            mine = [float(r["attacks"]) for r in runs if r["point"] == point["point"]]
            self.assertAlmostEqual(float(point["attacks"]), sum(mine) / 3)
        # As many attacks as were observed are made by the rates that were found.
        after = {t["target"]: t for t in rows(self.folder / "out" / "targets.csv")}["attacks"]
        before = float(after["before_q95"]) - float(after["before_q05"])
        self.assertLess(float(after["after_q95"]) - float(after["after_q05"]), before)
        self.assertLess(abs(float(after["strain"])), 1.5)
        (self.folder / "world.yaml").write_text(
            "casus: scenario/1\ninclude: [two.yaml, out/posterior.yaml]\n", encoding="utf-8")
        self.casus("run", "world.yaml", "-n", 12, "-o", "runs")
        found = {(r["mechanisms.insurgency.attack_rate"], r["actors.bora.income"])
                 for r in rows(self.folder / "out" / "posterior.csv")}
        drawn = rows(self.folder / "runs" / "inputs.csv")
        self.assertEqual(len(drawn), 12)
        for run in drawn:
            self.assertIn((run["mechanisms.insurgency.attack_rate"], run["actors.bora.income"]),
                          found)

    def test_workers_change_no_byte(self):
        def files(name):
            return {p.name: p.read_bytes() for p in (self.folder / name).iterdir()
                    if p.name != "manifest.json"}
        self.casus("calibrate", "c.yaml", "-o", "one", "--executor", "serial")
        executors = (("--executor", "shuffled:5"), ("-j", 2), ("--executor", "threads", "-j", 3))
        # Threads have a sanitizer of their own.
        for i, executor in enumerate(executors[:1] if SANITIZED else executors):
            self.casus("calibrate", "c.yaml", "-o", f"other{i}", *executor)
            self.assertEqual(files("one"), files(f"other{i}"))
        self.casus("calibrate", "c.yaml", "-o", "seed", "--seed", 2)
        self.assertNotEqual(files("one")["posterior.csv"], files("seed")["posterior.csv"])

    def test_what_cannot_be_met_is_said(self):
        self.file(("observed: 30, error: 3, discrepancy: 2", "observed: 100000, error: 10"))
        result = self.casus("calibrate", "c.yaml", "-o", "out", "--json", code=5)
        told = json.loads(result.stdout)
        self.assertTrue(told["empty"])
        self.assertEqual([t["target"] for t in told["targets"] if t["impossible"]], ["attacks"])
        self.assertIn("the model is taken for true", result.stderr)
        self.assertEqual({p.name for p in (self.folder / "out").iterdir()},
                         NAMES - {"posterior.yaml", "posterior.csv", "parameters.csv"})
        text = self.casus("calibrate", "c.yaml", code=5).stdout
        self.assertIn("cannot be met", text)
        self.assertIn("Everything is ruled out", text)

    def test_mistakes(self):
        self.assertIn("2 uncertain things by 2 targets", self.casus("check", "c.yaml").stdout)
        self.file(("attack_rate:", "atack_rate:"), ("fact: zeros", "fact: zeroes"),
                  ("source: made up}\n  quiet", "sauce: made up}\n  quiet"))
        result = self.casus("calibrate", "c.yaml", code=3)
        for place in ("c.yaml:12:", "c.yaml:13:"):
            self.assertIn(place, result.stderr)
        self.file(("attack_rate:", "atack_rate:"))
        for command in "calibrate", "check":
            self.assertIn("c.yaml:5:3: error", self.casus(command, "c.yaml", code=3).stderr)
        self.file()
        for arguments, text in ((("--points", 3), "5 are the least"), (("-n", 1), "--runs"),
                                (("--executor", "gpu"), "shuffled:SEED")):
            self.assertIn(text, self.casus("calibrate", "c.yaml", *arguments, code=2).stderr)


if __name__ == "__main__":
    main()
