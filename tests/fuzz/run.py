#!/usr/bin/env python3
"""Runs a libFuzzer target for some seconds, seeded with every YAML file of the project.

usage: run.py PROGRAM SECONDS
"""
import os
import pathlib
import shutil
import subprocess
import sys


def main() -> int:
    program, seconds = pathlib.Path(sys.argv[1]), sys.argv[2]
    source = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
    work = pathlib.Path(f"{program}.corpus")
    seeds = work / "seeds"
    shutil.rmtree(seeds, ignore_errors=True)
    seeds.mkdir(parents=True)
    found = work / "found"
    found.mkdir(exist_ok=True)
    files = [f for top in ("scenarios", "tests") for f in (source / top).rglob("*.y*ml")]
    for number, file in enumerate(sorted(f for f in files if f.stat().st_size <= 65536)):
        shutil.copyfile(file, seeds / f"{number}-{file.name}")
    # The limits are the promise for hostile input: an answer within 2 s and 500 MB. Sanitizers
    # cost a factor of two or more in both, hence the margin.
    return subprocess.call(
        [program, f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048",
         "-max_len=16384", "-print_final_stats=1", "-verbosity=1",
         f"-artifact_prefix={work}/", found, seeds],
        stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
