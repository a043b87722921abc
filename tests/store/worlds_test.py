#!/usr/bin/env python3
"""Worlds under several policies are kept as they are finished: killed, interrupted or out of room, a
comparison is gone on with to the bytes of one that nothing disturbed, and old results stay."""
import json
import os
import random
import shutil
import signal
import time

from store_support import StoreTest, main, rows

# A sanitizer looks at what is done, which is the same however often.
SANITIZED = bool(os.environ.get("CASUS_SANITIZED"))
WORLDS = 20 if SANITIZED else 60
EXPERIMENT = f"""\
casus: experiment/1
title: What the league does
scenario: two.yaml
replicates: {WORLDS}
policies:
  baseline: {{}}
  without: {{remove: [pacts.league]}}
  later: {{from: 2023-03-01, remove: [pacts.league]}}
  richer: {{timeline: [{{at: 2023-02-01, set: {{actors.bora.income: 900}}}}]}}
"""
FILES = ("runs.csv", "summary.csv", "comparison.csv", "pairs.csv")


class Worlds(StoreTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.made / "what-if.yaml").write_text(EXPERIMENT, encoding="utf-8")
        cls.make("run", "what-if.yaml", "-o", "undisturbed", "--no-report")
        cls.tables = {f: (cls.made / "undisturbed" / f).read_bytes() for f in FILES}

    def setUp(self):
        super().setUp()
        for name in ("what-if.yaml", "undisturbed"):
            copy = shutil.copytree if (self.made / name).is_dir() else shutil.copy2
            copy(self.made / name, self.folder / name)

    def assert_undisturbed(self, name):
        for file, content in self.tables.items():
            self.assertEqual((self.folder / name / file).read_bytes(), content, f"{name}/{file}")
        self.assertFalse((self.folder / name / "worlds.journal").exists())
        self.assertEqual(self.state(name), "complete")
        sealed = self.casus("verify", name).stdout
        self.assertEqual(sealed.split()[-1], self.casus("verify", "undisturbed").stdout.split()[-1])

    def go_on(self, name):
        return self.casus("resume", name, "--progress", "none").stderr

    def test_run_is_compare(self):
        self.casus("compare", "what-if.yaml", "-o", "compared", "-q", "--no-report")
        self.assert_undisturbed("compared")
        self.assertEqual(len(rows(self.folder / "undisturbed/runs.csv")), 4 * WORLDS)
        for option in (["--set", "clock.days=3"], ["--shard", "1/2"], ["--events", "all"]):
            self.assertIn("is for a scenario",
                          self.casus("run", "what-if.yaml", *option, code=2).stderr)
        self.assertIn("there is nothing to do", self.casus("resume", "compared").stderr)

    def test_killed_at_any_moment(self):
        chance = random.Random(3)
        kept = 0
        for moment in range(4 if SANITIZED else 6):
            shutil.rmtree(self.folder / "killed", ignore_errors=True)
            process = self.start("run", "what-if.yaml", "-o", "killed", "-j", 2, "-q",
                                 "--no-report")
            # At a time, or when something has been kept.
            journal = self.folder / "killed/worlds.journal"
            while moment % 2 == 1 and process.poll() is None:
                if journal.exists() and journal.stat().st_size > 3000:
                    break
                time.sleep(0.002)
            time.sleep(chance.uniform(0.0, 0.1) if moment % 2 == 1 else chance.uniform(0.1, 0.8))
            process.kill()
            process.communicate()
            if not (self.folder / "killed/manifest.json").exists():
                continue
            if self.state("killed") != "complete":
                self.assertIn("holds results that are not complete", self.casus(
                    "run", "what-if.yaml", "-o", "killed", "--overwrite", code=6).stderr)
                kept += json.loads(self.casus("status", "killed", "--json").stdout)["finished"]
                self.go_on("killed")
            self.assert_undisturbed("killed")
        self.assertGreater(kept, 0, "at no moment was a world finished")

    def until_some_are_kept(self, name):
        journal = self.folder / name / "worlds.journal"
        deadline = time.time() + 60
        while not journal.exists() or journal.stat().st_size < 3000:
            self.assertLess(time.time(), deadline)
            time.sleep(0.005)

    def test_interrupted_and_gone_on_with(self):
        process = self.start("run", "what-if.yaml", "-n", 100000, "-o", "cut", "-j", 2,
                             "--no-report")
        self.until_some_are_kept("cut")
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 143, stderr)
        self.assertIn("casus resume cut", stderr)
        self.assertEqual(self.state("cut"), "interrupted")
        some = rows(self.folder / "cut/runs.csv")
        self.assertEqual(len(some) % 4, 0, "whole worlds")
        # The same file with an end that comes: what is there is the beginning of the same worlds.
        manifest = self.folder / "cut/manifest.json"
        about = json.loads(manifest.read_text(encoding="utf-8"))
        about["arguments"] = [w if w != "100000" else str(WORLDS) for w in about["arguments"]]
        manifest.write_text(json.dumps(about), encoding="utf-8")
        self.go_on("cut")
        self.assert_undisturbed("cut")

    def test_a_part_that_was_cut_off_or_damaged_is_made_again(self):
        process = self.start("run", "what-if.yaml", "-o", "torn", "-j", 1, "-q", "--no-report")
        self.until_some_are_kept("torn")
        process.kill()
        process.communicate()
        if self.state("torn") == "complete":
            self.skipTest("it was too quick to be killed")
        journal = self.folder / "torn/worlds.journal"
        whole = journal.read_bytes()
        damaged = bytearray(whole[:-7])
        damaged[len(damaged) // 2] ^= 1
        journal.write_bytes(damaged)
        self.go_on("torn")
        self.assert_undisturbed("torn")

    def test_other_work_is_refused(self):
        process = self.start("run", "what-if.yaml", "-n", 100000, "-o", "other", "-q")
        self.until_some_are_kept("other")
        process.kill()
        process.communicate()
        scenario = self.folder / "two.yaml"
        scenario.write_text(scenario.read_text(encoding="utf-8").replace("9000", "9001"),
                            encoding="utf-8")
        before = (self.folder / "other/manifest.json").read_bytes()
        self.assertIn("is of other work", self.casus("resume", "other", code=6).stderr)
        self.assertEqual((self.folder / "other/manifest.json").read_bytes(), before)
        status = json.loads(self.casus("status", "other", "--json").stdout)
        self.assertEqual((status["state"], status["resumable"]), ("killed", True))
        self.assertGreater(status["finished"], 0)

    def ended(self, *arguments):
        process = self.start(*arguments)
        _, stderr = process.communicate(timeout=300)
        return process.returncode, stderr

    def test_what_was_changed_is_seen(self):
        shutil.copytree(self.folder / "undisturbed", self.folder / "touched")
        with open(self.folder / "touched/comparison.csv", "a", encoding="utf-8") as file:
            file.write("more\n")
        (self.folder / "touched/stray.txt").write_text("?", encoding="utf-8")
        said = self.casus("verify", "touched", code=6).stdout
        self.assertIn("comparison.csv: was changed", said)
        self.assertIn("stray.txt: is not in the manifest", said)

    def test_a_calibration_is_gone_on_with(self):
        (self.folder / "fit.yaml").write_text("""\
casus: calibration/1
scenario: two.yaml
uncertainties:
  actors.bora.income: {uniform: [300, 700]}
  actors.arda.income: {uniform: [200, 400]}
outcomes: {attacks: {count: attack}}
design: {method: lhs, points: 12}
replicates: %d
waves: 2
targets: {attacks: {observed: 60, error: 30, discrepancy: 20, of: mean, source: made up}}
""" % (3 if SANITIZED else 8), encoding="utf-8")
        code, stderr = self.ended("calibrate", "fit.yaml", "-o", "fitted", "-q")
        self.assertIn(code, (0, 5), stderr)
        files = [p.name for p in (self.folder / "fitted").glob("*.csv")]
        process = self.start("calibrate", "fit.yaml", "-o", "cut", "-q", "-j", 1)
        journal = self.folder / "cut/points.journal"
        deadline = time.time() + 60
        while (not journal.exists() or journal.stat().st_size < 600) and process.poll() is None:
            self.assertLess(time.time(), deadline)
            time.sleep(0.002)
        process.kill()
        process.communicate()
        if self.state("cut") == "complete":
            self.skipTest("it was too quick to be killed")
        again, stderr = self.ended("resume", "cut")
        self.assertEqual(again, code, stderr)
        for name in files:
            self.assertEqual((self.folder / "cut" / name).read_bytes(),
                             (self.folder / "fitted" / name).read_bytes(), name)
        self.casus("verify", "cut")

    def test_an_interruption_replaces_nothing(self):
        before = (self.folder / "undisturbed/runs.csv").read_bytes()
        process = self.start("run", "what-if.yaml", "-n", 100000, "-o", "undisturbed", "--overwrite",
                             "--no-report")
        self.until_some_are_kept("undisturbed.new-1")
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130, stderr)
        self.assertEqual((self.folder / "undisturbed/runs.csv").read_bytes(), before)
        self.assertIn("casus resume undisturbed.new-1", stderr)

    def test_a_policy_that_cannot_begin_that_day_is_refused_before_anything_is_made(self):
        (self.folder / "what-if.yaml").write_text(
            EXPERIMENT + "  born: {from: 2023-03-01, remove: [actors.band]}\n", encoding="utf-8")
        for command in (["check", "what-if.yaml"], ["run", "what-if.yaml", "-o", "never"]):
            stderr = self.casus(*command, code=3).stderr
            self.assertRegex(stderr, r"what-if.yaml:\d+:\d+: error: .*cannot go on from 2023-03-01"
                                     r"[^\n]*\[E0420\]")
        self.assertFalse((self.folder / "never").exists())


if __name__ == "__main__":
    main()
