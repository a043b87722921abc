#!/usr/bin/env python3
"""What is promised about speed is worked out from the right figures, and what falls short is said."""
import os
import pathlib
import sys
import unittest

ROOT = pathlib.Path(os.environ.get("CASUS_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
sys.path.insert(0, str(ROOT / "bench"))
import targets  # noqa: E402


def steps(seconds):
    """Times and parts of steps: (presences, workers) -> seconds."""
    times = {targets.step(n, w): (s, "aa") for (n, w), s in seconds.items()}
    return times, {targets.step(n, w): float(n) for n, w in seconds}


class Targets(unittest.TestCase):
    def test_growth_is_that_of_a_presence(self):
        rows = list(targets.figures(*steps({(10_000, 1): 1.0, (1_000_000, 1): 110.0})))
        self.assertEqual(rows, [("a presence's share, 10^4 to 10^6, 1 worker", "+10 %", "<= 15 %", True)])
        rows = list(targets.figures(*steps({(10_000, 1): 1.0, (1_000_000, 1): 120.0})))
        self.assertFalse(rows[0][3])

    def test_growth_with_two_workers_hides_none_with_one(self):
        rows = list(targets.figures(*steps({(10_000, 1): 1.0, (1_000_000, 1): 150.0,
                                            (10_000, 2): 0.8, (1_000_000, 2): 84.0})))
        self.assertEqual([row[1:] for row in rows[:2]],
                         [("+50 %", "<= 15 %", False), ("+5 %", "<= 15 %", True)])

    def test_two_workers_are_asked_for_where_there_is_enough_to_do(self):
        rows = list(targets.figures(*steps({(10_000, 1): 1.0, (10_000, 2): 0.9,
                                            (100_000, 1): 10.0, (100_000, 2): 7.0})))
        self.assertEqual([(figure, good) for _, figure, _, good in rows],
                         [("1.11 x", True), ("1.43 x", False)])

    def test_an_ensemble_is_counted_in_runs_a_minute(self):
        times = {"study_ensemble/workers:1": (0.032, "aa"), "study_ensemble/workers:2": (0.016, "aa")}
        rows = list(targets.figures(times, {}))
        self.assertEqual([row[1:] for row in rows],
                         [("2.00 x", ">= 1.9 x", True), ("3,750", ">= 3,500", True)])


if __name__ == "__main__":
    unittest.main()
