#!/usr/bin/env python3
"""Sets two results of the benchmarks side by side.

usage: compare.py OLD.json NEW.json

Prints the time of each benchmark that both have, the ratio, and whether the same state came out:
where it did not, the two did not do the same work, and the ratio says nothing about speed. With
--benchmark_repetitions the medians are compared.
"""
import json
import re
import sys

# What the harness adds to a name about how it measured.
HARNESS = re.compile(r"/(iterations|min_time|repeats):[^/]*|/(manual|real|process)_time")
SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


def read(path):
    """name -> (seconds, state); the median where there are several."""
    found = {}
    with open(path, encoding="utf-8") as file:
        runs = json.load(file)["benchmarks"]
    for run in runs:
        median = run.get("aggregate_name") == "median"
        if "error_occurred" in run or "real_time" not in run:
            continue
        if run.get("run_type") == "aggregate" and not median:
            continue
        name = HARNESS.sub("", run["run_name"])
        if median or name not in found:
            seconds = run["real_time"] * SECONDS[run["time_unit"]]
            state = run.get("label", "").rpartition(" ")[2]
            found[name] = (seconds / run.get("units", 1.0), state)
    return found


def shown(seconds):
    for unit in ("s", "ms", "us", "ns"):
        if seconds >= SECONDS[unit] or unit == "ns":
            return f"{seconds / SECONDS[unit]:.3g} {unit}"
    return ""


def table(old, new):
    """The rows, as text."""
    rows = [("benchmark", "old", "new", "new/old", "state")]
    for name in new:
        if name in old:
            (before, state), (now, state_now) = old[name], new[name]
            rows.append((name, shown(before), shown(now), f"{now / before:.2f}",
                         "same" if state == state_now else "DIFFERS"))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    return ["  ".join([row[0].ljust(widths[0]), *(row[i].rjust(widths[i]) for i in range(1, 5))])
            for row in rows]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__)
        sys.exit(2)
    print("\n".join(table(read(sys.argv[1]), read(sys.argv[2]))))
