#!/usr/bin/env python3
"""Two results of the benchmarks side by side: medians, units, and whether the work was the same."""
import importlib.util
import json
import os
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("CASUS_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
spec = importlib.util.spec_from_file_location("compare", ROOT / "bench" / "compare.py")
compare = importlib.util.module_from_spec(spec)
spec.loader.exec_module(compare)


def run(name, time, unit="us", state="aa", **more):
    return {"name": name, "run_name": name, "run_type": "iteration", "real_time": time,
            "time_unit": unit, "label": f"step/presence {state}", **more}


def read(*runs):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "bench.json"
        path.write_text(json.dumps({"benchmarks": runs}), encoding="utf-8")
        return compare.read(path)


class Compare(unittest.TestCase):
    def test_the_time_is_that_of_a_unit(self):
        seconds, state = read(run("step", 600.0, units=60.0))["step"]
        self.assertAlmostEqual(seconds, 1e-5, delta=1e-15)
        self.assertEqual(state, "aa")

    def test_ratio_and_state(self):
        old = read(run("step", 2.0, "ms"), run("load", 4.0), run("gone", 1.0))
        new = read(run("step", 500.0), run("load", 5.0, state="bb"), run("new", 1.0))
        rows = [line.split() for line in compare.table(old, new)[1:]]
        self.assertEqual(rows, [["step", "2", "ms", "500", "us", "0.25", "same"],
                                ["load", "4", "us", "5", "us", "1.25", "DIFFERS"]])

    def test_the_median_of_repetitions_counts(self):
        again = [run("step", t) for t in (1.0, 9.0, 2.0)]
        median = run("step", 2.0, run_type="aggregate", aggregate_name="median")
        mean = run("step", 4.0, run_type="aggregate", aggregate_name="mean")
        self.assertEqual(read(*again, mean, median)["step"][0], 2e-6)

    def test_how_it_was_measured_is_not_part_of_the_name(self):
        self.assertEqual(list(read(run("step/workers:1/iterations:40/manual_time", 1.0))),
                         ["step/workers:1"])

    def test_what_failed_is_left_out(self):
        self.assertEqual(read({**run("step", 0.0), "error_occurred": True}), {})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
