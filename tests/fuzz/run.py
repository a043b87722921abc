#!/usr/bin/env python3
"""Runs a fuzz target, seeded with the project's files that are of its kind.

usage: run.py PROGRAM SECONDS
       run.py PROGRAM ROUNDS seeds

With "seeds" the program is the target with tests/fuzz/driver.cpp, which goes over the seeds and over
what it makes of them in a fixed order; else it is a libFuzzer target.
"""
import os
import pathlib
import shutil
import subprocess
import sys


def begins(path: pathlib.Path, words: str) -> bool:
    return any(line.startswith(words)
               for line in path.read_text(encoding="utf-8", errors="replace").splitlines()[:60])


def seeds_of(name: str, source: pathlib.Path) -> list:
    """The files that a target of this name is seeded with."""
    own = sorted((source / "tests/data/fuzz" / name).glob("*"))
    if name in ("tables_fuzz", "results_fuzz"):
        return own
    files = [f for top in ("scenarios", "tests") for f in sorted((source / top).rglob("*.y*ml"))
             if f.stat().st_size <= 65536]
    if name == "simulation_fuzz":
        files = [f for f in files if begins(f, "clock:")]
    if name == "casebook_fuzz":
        files = [f for f in files if begins(f, "casus: casebook/")]
    if name == "experiments_fuzz":
        files = [f for f in files if f not in own and begins(f, "casus: experiment/")]
    if name == "calibrations_fuzz":
        files = [f for f in files if f not in own and begins(f, "casus: calibration/")]
    return own + files


def main() -> int:
    program, seconds = pathlib.Path(sys.argv[1]), sys.argv[2]
    source = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
    without_fuzzer = sys.argv[3:] == ["seeds"]
    name = program.name.removesuffix("_seeds")
    files = seeds_of(name, source)
    if not files:
        print(f"there are no seeds for {name}")
        return 1
    work = pathlib.Path(f"{program}.corpus")
    if without_fuzzer:
        work.mkdir(exist_ok=True)
        return subprocess.call([program, seconds, *files], cwd=work, stdin=subprocess.DEVNULL)
    seeds = work / "seeds"
    shutil.rmtree(seeds, ignore_errors=True)
    seeds.mkdir(parents=True)
    found = work / "found"
    found.mkdir(exist_ok=True)
    for number, file in enumerate(files):
        shutil.copyfile(file, seeds / f"{number}-{file.name}")
    # The limits are the promise for hostile input: an answer within 2 s and 500 MB. Sanitizers
    # cost a factor of two or more in both, hence the margin. What outlives its function's return is
    # looked for here, where every kind of input comes by; in all tests it would cost half their time.
    options = os.environ.get("ASAN_OPTIONS", "") + ":detect_stack_use_after_return=1"
    return subprocess.call(
        [program, f"-max_total_time={seconds}" if seconds != "0" else "-runs=0", "-timeout=10", "-rss_limit_mb=2048",
         "-max_len=16384", "-print_final_stats=1", "-verbosity=1",
         f"-artifact_prefix={work}/", found, seeds],
        stdin=subprocess.DEVNULL, env={**os.environ, "ASAN_OPTIONS": options.lstrip(":")})


if __name__ == "__main__":
    sys.exit(main())
