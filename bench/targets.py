#!/usr/bin/env python3
"""What is promised about speed, from the results of the benchmarks.

usage: targets.py RESULTS.json

Prints how a step grows with the presences, what a second worker brings in one run and in an
ensemble, how many runs of the Sahel a minute has, and beside each what it shall be. Exits 1 if one
falls short. Times of a busy machine say little: `machine_copy` and the load of the machine stand at
the head of the benchmarks' table.
"""
import json
import sys

from compare import HARNESS, read

SITES = (1_000, 10_000, 100_000, 1_000_000)


def parts(path):
    """name -> how many things a unit consists of."""
    with open(path, encoding="utf-8") as file:
        return {HARNESS.sub("", run["run_name"]): run.get("parts", 1.0)
                for run in json.load(file)["benchmarks"]}


def step(presences, workers):
    return f"sim_step/presences:{presences}/workers:{workers}"


def figures(times, count):
    """(what, figure, what it shall be, does it)."""
    for workers in (1, 2):
        small, large = step(10_000, workers), step(1_000_000, workers)
        if small not in times or large not in times:
            continue
        growth = (times[large][0] / count[large]) / (times[small][0] / count[small]) - 1.0
        yield (f"a presence's share, 10^4 to 10^6, {workers} worker{'s'[:workers - 1]}",
               f"{100 * growth:+.0f} %", "<= 15 %", growth <= 0.15)
    for n in SITES:
        if step(n, 1) not in times or step(n, 2) not in times:
            continue
        ratio = times[step(n, 1)][0] / times[step(n, 2)][0]
        bound = 1.6 if n > 67_000 else None
        yield (f"two workers in a run of {n:,} presences", f"{ratio:.2f} x",
               f">= {bound} x" if bound else "-", bound is None or ratio >= bound)
    one, two = "study_ensemble/workers:1", "study_ensemble/workers:2"
    if one in times and two in times:
        ratio = times[one][0] / times[two][0]
        yield "two workers in an ensemble of the Sahel", f"{ratio:.2f} x", ">= 1.9 x", ratio >= 1.9
        runs = 60.0 / times[two][0]
        yield "runs of the Sahel a minute, two workers", f"{runs:,.0f}", ">= 3,500", runs >= 3_500


def main(path):
    rows = list(figures(read(path), parts(path)))
    if not rows:
        sys.exit("none of the benchmarks that targets are about is among the results")
    for what, figure, bound, good in rows:
        print(f"{what:<45}{figure:>10}  {bound:<9}{'' if good else '  FALLS SHORT'}")
    return 0 if all(good for *_, good in rows) else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
