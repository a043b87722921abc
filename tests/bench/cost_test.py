#!/usr/bin/env python3
"""The gate on instruction counts: what it lets through, what it stops, and what an update writes."""
import contextlib
import importlib.util
import io
import os
import pathlib
import sys
import unittest
from unittest import mock

ROOT = pathlib.Path(os.environ.get("CASUS_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
spec = importlib.util.spec_from_file_location("gate", ROOT / "bench" / "cost" / "gate.py")
gate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gate)

CHANGELOG = """\
# Changelog

## [0.2.0] – unreleased

### Added
- step: 9 → 1: a line under another heading is none.

### Cost
- step: 800,000 → 1,000,000: a richer model,
  told in two lines.

### Results
- None.

## [0.1.0] – 2026-01-01

### Cost
- step: none → 800,000: first count
- load: none → 5,000: first count
"""


def baseline(step=1_000_000, load=5_000):
    return gate.Baseline("gcc 12", {"step": gate.Count(step, "aa"), "load": gate.Count(load, "bb")})


def verdict(step, base=None, changelog=CHANGELOG, load=5_000, state="aa"):
    counts = {"step": gate.Count(step, state), "load": gate.Count(load, "bb")}
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        fine = gate.compare(counts, base or baseline(), gate.read_changelog(changelog))
    return fine, out.getvalue()


def lined(old, new):
    return CHANGELOG.replace("told in two lines.", f"told in two lines.\n- step: {old:,} → {new:,}: why")


class Gate(unittest.TestCase):
    def test_two_per_cent_more_pass(self):
        self.assertTrue(verdict(1_020_000)[0])

    def test_four_per_cent_more_fail(self):
        fine, said = verdict(1_040_000)
        self.assertFalse(fine)
        self.assertIn("grew by 4.0%", said)

    def test_four_per_cent_more_pass_with_a_line(self):
        line = lined(1_000_000, 1_040_000)
        self.assertTrue(verdict(1_040_000, changelog=line)[0], "announced")
        self.assertTrue(verdict(1_040_000, baseline(1_040_000), line)[0], "taken over")
        self.assertFalse(verdict(1_090_000, changelog=line)[0], "more than was announced")

    def test_a_line_about_something_else_does_not_help(self):
        other = CHANGELOG.replace("- step: 800,000", "- load: 5,000 → 9,000: why\n- step: 800,000")
        self.assertFalse(verdict(1_040_000, baseline(load=9_000), other, load=9_000)[0])
        self.assertFalse(verdict(1_040_000, changelog=lined(900_000, 1_040_000))[0],
                         "a line that does not begin where the baseline is")

    def test_a_line_needs_a_reason(self):
        self.assertFalse(verdict(1_040_000, changelog=lined(1_000_000, 1_040_000).replace(": why", ": "))[0])

    def test_a_baseline_raised_in_silence_fails(self):
        fine, said = verdict(1_040_000, baseline(1_040_000))
        self.assertFalse(fine)
        self.assertIn("CHANGELOG.md says 1,000,000", said)

    def test_a_baseline_lowered_in_silence_fails(self):
        self.assertFalse(verdict(900_000, baseline(900_000))[0])

    def test_less_passes_and_is_said(self):
        fine, said = verdict(700_000)
        self.assertTrue(fine)
        self.assertIn("keeps what was won", said)

    def test_other_results_are_said(self):
        fine, said = verdict(1_000_000, state="cc")
        self.assertTrue(fine)
        self.assertIn("computes something else", said)

    def test_workloads_and_baseline_are_the_same(self):
        base = baseline()
        del base.counts["load"]
        self.assertFalse(verdict(1_000_000, base)[0], "not in the baseline")
        base = baseline()
        base.counts["gone"] = gate.Count(1, "dd")
        self.assertFalse(verdict(1_000_000, base)[0], "no such workload")


class Update(unittest.TestCase):
    def update(self, step, why="", base=None, changelog=CHANGELOG):
        counts = {"step": gate.Count(step, "aa"), "load": gate.Count(5_000, "bb")}
        return gate.update(counts, base or baseline(), changelog, "gcc 12", why)

    def test_what_it_writes_passes(self):
        for step in (1_005_000, 1_040_000, 500_000):
            base, changelog, complaints = self.update(step, "why")
            self.assertEqual(complaints, [])
            self.assertTrue(verdict(step, base, changelog)[0], step)

    def test_noise_moves_nothing(self):
        base, changelog, complaints = self.update(1_005_000)
        self.assertEqual((base, changelog, complaints), (baseline(), CHANGELOG, []))

    def test_a_move_needs_a_reason(self):
        self.assertIn("needs a reason", self.update(1_040_000)[2][0])
        self.assertIn("needs a reason", self.update(900_000)[2][0])

    def test_an_announced_figure_is_taken_over(self):
        base, changelog, complaints = self.update(1_041_000, changelog=lined(1_000_000, 1_040_000))
        self.assertEqual(complaints, [])
        self.assertEqual(base.counts["step"].instructions, 1_040_000)
        self.assertEqual(changelog, lined(1_000_000, 1_040_000))

    def test_the_line_goes_under_the_newest_version(self):
        changelog = self.update(1_040_000, "why")[1]
        self.assertEqual(changelog, lined(1_000_000, 1_040_000))
        self.assertEqual(gate.read_changelog(changelog)["step"], gate.Line(1_000_000, 1_040_000))

    def test_a_heading_is_made_before_results(self):
        bare = "# Changelog\n\n## [1.0.0] – unreleased\n\n### Added\n- A.\n\n### Results\n- R.\n"
        changelog = self.update(1_040_000, "why", gate.Baseline("", {}), bare)[1]
        self.assertIn("- A.\n\n### Cost\n- step: none → 1,040,000: why\n- load: none → 5,000: why\n\n### R",
                      changelog)

    def test_a_baseline_raised_by_hand_is_not_accepted(self):
        self.assertIn("newest line", self.update(1_200_000, "why", baseline(1_100_000))[2][0])

    def test_the_baseline_reads_as_written(self):
        self.assertEqual(gate.read_baseline(gate.write_baseline(baseline())), baseline())


class Skips(unittest.TestCase):
    """Where a count would say nothing, it says so instead."""

    def ask(self, machine="x86_64", valgrind="/usr/bin/valgrind", built_with="gcc 12\n"):
        with mock.patch.object(gate.platform, "machine", return_value=machine), \
                mock.patch.object(gate.platform, "system", return_value="Linux"), \
                mock.patch.object(gate.shutil, "which", return_value=valgrind), \
                mock.patch.object(gate, "ask", return_value=built_with):
            return gate.comparable("program", baseline())

    def test_it_counts_where_the_baseline_was_counted(self):
        self.assertEqual(self.ask(), "gcc 12")

    def test_it_skips_elsewhere(self):
        for there, why in (({"machine": "aarch64"}, "aarch64"), ({"valgrind": None}, "valgrind"),
                           ({"built_with": "gcc 13\n"}, "gcc 13")):
            with self.assertRaisesRegex(gate.Unable, why):
                self.ask(**there)

    def test_the_exit_code_is_the_one_of_skipped_tests(self):
        out = io.StringIO()
        with mock.patch.object(gate, "comparable", side_effect=gate.Unable("no valgrind")), \
                contextlib.redirect_stdout(out):
            self.assertEqual(gate.main(["program"]), 77)
        self.assertEqual(out.getvalue(), "skipped: no valgrind\n")


class Shipped(unittest.TestCase):
    def test_baseline_and_changelog_agree(self):
        base = gate.read_baseline(gate.BASELINE.read_text(encoding="utf-8"))
        lines = gate.read_changelog(gate.CHANGELOG.read_text(encoding="utf-8"))
        self.assertGreater(len(base.counts), 0)
        for name, count in base.counts.items():
            self.assertTrue(gate.judge(name, count, count, lines.get(name))[0], name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
