#!/usr/bin/env python3
"""Counts the instructions of fixed workloads with callgrind and compares them with a baseline.

usage: gate.py PROGRAM                 compare; fails on growth that the changelog does not give
       gate.py PROGRAM --update [WHY]  accept what is counted: writes the baseline, and a line with
                                       WHY into the changelog for each figure that moved

A count is the same on every run, and on every x86-64 machine with the same compiler and C library:
the C library is told to use none of the processor's newer instructions. So one per cent is noise
enough to allow, and a growth of more than three fails unless CHANGELOG.md has a line for it, in any
version's section under a heading `### Cost`:

    - sahel_step: 1,022,685 → 495,120: what was done, and why it is worth it

The newest line of a workload (the last one of the first section that has any) and the baseline
agree: either the baseline is the line's new figure, or the line announces a figure that the
baseline still has to take over. So a baseline that is raised without a line fails too.

Exits 1 on failure, 2 on wrong use, 77 where it cannot count: not x86-64, no valgrind, or another
compiler or C library than the baseline's.
"""
import collections
import concurrent.futures
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

FAIL_ABOVE = 0.03  # growth over the accepted figure
NOISE = 0.01       # moves that are not worth a line
SKIPPED = 77

HERE = pathlib.Path(__file__).resolve().parent
BASELINE = HERE / "baseline.txt"
CHANGELOG = HERE.parents[1] / "CHANGELOG.md"

# Which of its variants the C library takes for copies and elementary functions depends on the
# processor, and moves a count by up to four per cent. Without these all take the oldest.
PLAIN = "-AVX512F,-AVX512VL,-AVX512BW,-AVX2,-AVX,-FMA,-FMA4,-ERMS,-FSRM,-RTM,-BMI1,-BMI2,-LZCNT," \
        "-MOVBE,-POPCNT,-SSE4_2,-SSE4_1,-SSSE3"

Count = collections.namedtuple("Count", "instructions state")
Line = collections.namedtuple("Line", "old new")  # old: None where it is the first figure
Baseline = collections.namedtuple("Baseline", "built_with counts")

ENTRY = re.compile(r"^- `?(\w+)`?: (none|[\d,]+) → ([\d,]+): \S")
HEAD = """\
# Instructions of the workloads of main.cpp, and the hash of what they compute. Written by
# ./dev cost --update; each figure is that of the workload's newest line in CHANGELOG.md.
"""


class Unable(Exception):
    """It cannot be counted here; no fault of the change."""


# ------------------------------------------------------------------------------------- the two files

def figure(text):
    return None if text == "none" else int(text.replace(",", ""))


def read_changelog(text):
    """The newest cost line of each workload."""
    newest, heading, version = {}, "", 0
    in_version = {}
    for line in text.splitlines():
        if line.startswith("## "):
            version, heading = version + 1, ""
        elif line.startswith("### "):
            heading = line[4:].strip()
        elif heading == "Cost" and (entry := ENTRY.match(line)):
            name = entry.group(1)
            if in_version.setdefault(name, version) == version:
                newest[name] = Line(figure(entry.group(2)), figure(entry.group(3)))
    return newest


def with_lines(text, added):
    """The changelog with lines at the end of the newest version's section Cost."""
    lines = text.splitlines()
    versions = [i for i, line in enumerate(lines) if line.startswith("## ")] + [len(lines)]
    if len(versions) == 1:
        raise ValueError("the changelog has no version yet")
    begin, end = versions[0], versions[1]
    heads = [i for i in range(begin, end) if lines[i].startswith("### ")]
    cost = next((i for i in heads if lines[i] == "### Cost"), None)
    if cost is None:
        # Results stay last: they are what a reader looks for at the end of a section.
        at = next((i for i in heads if lines[i] == "### Results"), end)
        lines[at:at] = ["### Cost", *added, ""]
    else:
        at = next((i for i in heads if i > cost), end)
        while not lines[at - 1].strip():
            at -= 1
        lines[at:at] = added
    return "\n".join(lines) + "\n"


def read_baseline(text):
    built_with, counts = "", {}
    for line in text.splitlines():
        if line.startswith("built_with "):
            built_with = line.split(" ", 1)[1]
        elif line.strip() and not line.startswith("#"):
            name, instructions, state = line.split()
            counts[name] = Count(int(instructions), state)
    return Baseline(built_with, counts)


def write_baseline(baseline):
    rows = [f"{name} {c.instructions} {c.state}" for name, c in baseline.counts.items()]
    return HEAD + f"built_with {baseline.built_with}\n" + "\n".join(rows) + "\n"


# ----------------------------------------------------------------------------------------- judgement

def judge(name, count, base, line):
    """(passed, what to say) of one workload. `base` and `line` may be None."""
    if base is None:
        return False, "not in the baseline: ./dev cost --update \"what it measures\""
    if line is None or base.instructions not in (line.old, line.new):
        said = "says nothing" if line is None else f"says {line.new:,}"
        return False, f"the baseline is {base.instructions:,}, CHANGELOG.md {said}"
    accepted = line.new
    growth = count.instructions / accepted - 1.0
    notes = []
    if base.instructions != accepted:
        notes.append(f"announced as {accepted:,}: ./dev cost --update")
    if growth > FAIL_ABOVE:
        notes.append(f"grew by {growth:.1%}, with no line in CHANGELOG.md: win it back, or "
                     "./dev cost --update \"why\"")
    elif growth < -FAIL_ABOVE:
        notes.append("./dev cost --update \"why\" keeps what was won")
    if count.state != base.state:
        notes.append("computes something else than the baseline's did")
    return growth <= FAIL_ABOVE, "; ".join(notes)


def compare(counts, baseline, lines):
    """Prints the table; true if all pass."""
    fine = True
    print(f"{'workload':<16}{'accepted':>14}{'now':>14}{'change':>9}")
    for name, count in counts.items():
        base = baseline.counts.get(name)
        passed, note = judge(name, count, base, lines.get(name))
        fine = fine and passed
        before = f"{base.instructions:,}" if base else "none"
        change = f"{count.instructions / base.instructions - 1.0:+.1%}" if base else ""
        verdict = "" if passed else "FAILED: "
        print(f"{name:<16}{before:>14}{count.instructions:>14,}{change:>9}  {verdict}{note}".rstrip())
    for name in baseline.counts:
        if name not in counts:
            fine = False
            print(f"{name:<16} FAILED: in the baseline, but no workload: ./dev cost --update")
    return fine


def update(counts, baseline, changelog, built_with, why):
    """(baseline, changelog, complaints) after accepting the counts."""
    lines, accepted, added, complaints = read_changelog(changelog), {}, [], []
    for name, count in counts.items():
        base, line = baseline.counts.get(name), lines.get(name)
        if line and abs(count.instructions / line.new - 1.0) <= NOISE:
            accepted[name] = Count(line.new, count.state)  # within noise, or announced by hand
            continue
        old = f"{line.new:,}" if line else "none"
        added.append(f"- {name}: {old} → {count.instructions:,}: {why}")
        accepted[name] = count
        if not why:
            complaints.append(f"{name}: {old} → {count.instructions:,} needs a reason: "
                              "./dev cost --update \"why\"")
        elif base and line and base.instructions not in (line.old, line.new):
            complaints.append(f"{name}: the baseline {base.instructions:,} is not the figure of its "
                              "newest line in CHANGELOG.md; restore one of them first")
    if added and not complaints:
        changelog = with_lines(changelog, added)
    return Baseline(built_with, accepted), changelog, complaints


# ------------------------------------------------------------------------------------------ counting

def ask(program, argument):
    return subprocess.run([program, argument], check=True, capture_output=True, text=True).stdout


def count_one(program, name):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "callgrind.out"
        environment = {**os.environ, "LD_BIND_NOW": "1",
                       "GLIBC_TUNABLES": f"glibc.cpu.hwcaps={PLAIN}"}
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no",
             "--toggle-collect=casus_measured", f"--callgrind-out-file={out}", program, name],
            capture_output=True, text=True, env=environment)
        if done.returncode != 0:
            raise RuntimeError(f"{name}: valgrind ended with {done.returncode}\n{done.stderr}")
        units, state = done.stdout.split()
        total = re.search(r"^totals: (\d+)$", out.read_text(encoding="utf-8"), re.M)
        if total is None or int(total.group(1)) == 0:
            raise RuntimeError(f"{name}: callgrind counted nothing inside casus_measured")
        return Count(round(int(total.group(1)) / int(units)), state)


def count_all(program):
    names = ask(program, "--list").split()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(names, pool.map(lambda name: count_one(program, name), names)))


def comparable(program, baseline):
    """Throws Unable where a count would say nothing."""
    if platform.system() != "Linux" or platform.machine() not in ("x86_64", "amd64"):
        raise Unable(f"counts are of x86-64 under Linux, this is {platform.machine()}")
    if shutil.which("valgrind") is None:
        raise Unable("valgrind is not installed")
    here = ask(program, "--built-with").strip()
    if baseline.built_with and here != baseline.built_with:
        raise Unable(f"the baseline was counted with {baseline.built_with}; this is {here}")
    return here


def main(arguments):
    if not arguments or (arguments[1:] and (arguments[1] != "--update" or len(arguments) > 3)):
        print(__doc__)
        return 2
    program = str(pathlib.Path(arguments[0]).resolve())
    updating, why = len(arguments) > 1, " ".join(arguments[2:]).strip()
    baseline = read_baseline(BASELINE.read_text(encoding="utf-8") if BASELINE.exists() else "")
    changelog = CHANGELOG.read_text(encoding="utf-8")
    try:
        here = comparable(program, Baseline("", {}) if updating else baseline)
    except Unable as reason:
        print(f"skipped: {reason}")
        return SKIPPED
    try:
        counts = count_all(program)
    except RuntimeError as failure:
        print(failure)
        return 1
    if updating:
        baseline, changelog, complaints = update(counts, baseline, changelog, here, why)
        if complaints:
            print("\n".join(complaints))
            return 1
        BASELINE.write_text(write_baseline(baseline), encoding="utf-8")
        CHANGELOG.write_text(changelog, encoding="utf-8")
    return 0 if compare(counts, baseline, read_changelog(changelog)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
