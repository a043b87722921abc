#!/usr/bin/env python3
"""What the store promises, under faults: the program is killed at system calls and at moments, calls
fail, disks are full, files may not grow. Whatever happens, nothing that was committed is lost,
nothing that was there is destroyed, and resume gives the bytes of an undisturbed run.

The short part, which runs by default, takes a few places of each kind; with --slow all of them."""
import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import unittest

from store_support import PROGRAM, TABLES, StoreTest, main, units

SLOW = False
SANITIZED = bool(os.environ.get("CASUS_SANITIZED"))
FAULTS = os.environ.get("CASUS_FAULTS", "")
CALLS = ("write", "pwrite", "fsync", "truncate", "close", "rename", "mkdir", "unlink")


def some(n, few):
    """All of 1 to n, or a few of them, with both ends where they are more than one; under a
    sanitizer half as many, as each is a program there that takes its time to begin."""
    if SANITIZED:
        few = (few + 1) // 2
    if SLOW or n <= few:
        return list(range(1, n + 1))
    if few == 1:
        return [1]
    return sorted({1 + (n - 1) * i // (few - 1) for i in range(few)})


@unittest.skipUnless(os.path.exists(FAULTS), "CASUS_FAULTS names no library")
class Faults(StoreTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A program with a sanitizer wants its own library to be the first.
        able = subprocess.run([PROGRAM, "--version"], env={**os.environ, "LD_PRELOAD": FAULTS},
                              capture_output=True)
        if able.returncode != 0:
            raise unittest.SkipTest("nothing can be preloaded into this program")

    def faulty(self, name, call, at, what, *more):
        shutil.rmtree(self.folder / name, ignore_errors=True)
        env = {**os.environ, "LD_PRELOAD": FAULTS, "FAULT_CALL": call, "FAULT_AT": str(at),
               "FAULT_DO": str(what)}
        return subprocess.run([PROGRAM, "run", "two.yaml", "-n", str(self.RUNS), "-o", name, "-q",
                               "-j", "1", *map(str, more)], cwd=self.folder, env=env, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=120)

    def counts(self, *more):
        count = self.folder / "counted"
        env = {**os.environ, "LD_PRELOAD": FAULTS, "FAULT_COUNT": str(count)}
        subprocess.run([PROGRAM, "run", "two.yaml", "-n", str(self.RUNS), "-o", "counting", "-q",
                        "-j", "1", *map(str, more)], cwd=self.folder, env=env, check=True,
                       stdout=subprocess.DEVNULL, timeout=120)
        shutil.rmtree(self.folder / "counting")
        return {line.split()[0]: int(line.split()[1])
                for line in count.read_text(encoding="utf-8").splitlines()}

    def test_killed_at_every_call(self):
        counts = self.counts()
        for call in ("rename", "mkdir", "fsync", "pwrite"):
            self.assertGreater(counts[call], 0, f"no {call} was seen: the library is not asked")
        for call, few in (("rename", 3), ("mkdir", 1), ("fsync", 6), ("pwrite", 4), ("write", 2),
                          ("truncate", 2), ("unlink", 2)):
            for at in some(counts[call], few):
                for what in ("kill", "after"):
                    with self.subTest(call=call, at=at, what=what):
                        result = self.faulty("killed", call, at, what)
                        # Commits are as many as the disk is quick, so the last call may not come.
                        self.assertIn(result.returncode, (0, -signal.SIGKILL), result.stderr)
                        self.assert_survives("killed")

    def test_every_call_fails(self):
        counts = self.counts()
        for call, error, few in (("pwrite", errno.ENOSPC, 3), ("pwrite", errno.EIO, 2),
                                 ("write", errno.ENOSPC, 4), ("fsync", errno.EIO, 4),
                                 ("close", errno.EIO, 2), ("rename", errno.EIO, 2),
                                 ("mkdir", errno.EACCES, 1), ("unlink", errno.EIO, 1)):
            for at in some(counts[call], few):
                with self.subTest(call=call, at=at, error=errno.errorcode[error]):
                    result = self.faulty("failed", call, at, error)
                    self.assertIn(result.returncode, (0, 6), result.stderr)
                    if result.returncode == 6 and call != "write":  # who cannot write says nothing
                        self.assertIn("[E060", result.stderr)
                    if result.returncode == 0:
                        self.assertEqual(self.state("failed"), "complete")
                    self.assert_survives("failed")

    def test_replacing_results_is_one_step(self):
        self.casus("run", "two.yaml", "-n", 2, "--seed", 9, "-o", "old", "-q")
        old = {name: (self.folder / "old" / name).read_bytes() for name in TABLES}
        shutil.copytree(self.folder / "old", self.folder / "safe")
        (self.folder / "safe/notes.txt").write_text("mine", encoding="utf-8")
        counts = self.counts()
        for call, first in (("rename", 1), ("unlink", 1), ("fsync", max(1, counts["fsync"] - 3))):
            for at in range(first, first + 7):
                for what in ("kill", "after"):
                    with self.subTest(call=call, at=at, what=what):
                        for rest in self.folder.glob("there*"):
                            shutil.rmtree(rest)
                        shutil.copytree(self.folder / "safe", self.folder / "there")
                        env = {**os.environ, "LD_PRELOAD": FAULTS, "FAULT_CALL": call,
                               "FAULT_AT": str(at), "FAULT_DO": what}
                        subprocess.run([PROGRAM, "run", "two.yaml", "-n", str(self.RUNS), "-o",
                                        "there", "-q", "-j", "1", "--overwrite"], cwd=self.folder,
                                       env=env, capture_output=True, stdin=subprocess.DEVNULL,
                                       timeout=120)
                        found = {n: (self.folder / "there" / n).read_bytes() for n in TABLES}
                        self.assertIn(found, (old, self.whole), "half of the one and of the other")
                        notes = list(self.folder.glob("there*/notes.txt"))
                        self.assertEqual(len(notes), 1, "a file of the user is gone")
            if not SLOW:
                break

    def test_killed_at_any_moment(self):
        chance = random.Random(7)
        for _ in range(50 if SLOW else 6):
            shutil.rmtree(self.folder / "moment", ignore_errors=True)
            process = self.start("run", "two.yaml", "-n", self.RUNS, "-o", "moment", "-q", "-j", 2)
            time.sleep(chance.uniform(0.0, 0.3))
            process.kill()
            process.communicate()
            self.assert_survives("moment")

    def test_a_file_may_not_grow_further(self):
        size = (self.folder / "whole/runs.sqlite").stat().st_size

        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20000, size + 20000))
        process = self.start("run", "two.yaml", "-n", 5000, "-o", "limited", "-j", 1,
                             preexec_fn=limited)
        _, stderr = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 6, stderr)
        self.assertIn("may not grow further", stderr)
        self.assertIn("of 5000 runs are kept", stderr)
        kept = units(self.folder / "limited")
        # How many wait for the next commit depends on how long the disk takes for one.
        self.assertGreaterEqual(len(kept), 1)
        self.assertEqual(kept, list(range(len(kept))))

    def test_a_full_disk(self):
        script = ("mount -t tmpfs -o size=700k tmpfs disk && \"$0\" run two.yaml -n 1000 -o disk/r "
                  "-j 2 --events all; code=$?; cp -a disk/r saved; exit $code")
        (self.folder / "disk").mkdir()
        able = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "disk"],
                              cwd=self.folder, capture_output=True)
        if able.returncode != 0:
            self.skipTest("no right to mount a small disk here")
        result = subprocess.run(["unshare", "-m", "sh", "-c", script, PROGRAM], cwd=self.folder,
                                text=True, capture_output=True, stdin=subprocess.DEVNULL,
                                timeout=120)
        self.assertEqual(result.returncode, 6, result.stderr)
        self.assertRegex(result.stderr, r"the other \d+ runs need about [\d.]+ \wB, and [\d.]+ \wB "
                                        r"are free; \d+ of 1000 runs are kept")
        kept = units(self.folder / "saved")
        self.assertGreater(len(kept), 3)
        # With room again it goes on: the copy is on another disk.
        self.assertIn(f"{len(kept)} of 1000 runs", self.casus("status", "saved").stdout)

    def test_too_small_a_disk_is_said_before_the_start(self):
        (self.folder / "disk").mkdir()
        script = ("mount -t tmpfs -o size=200k tmpfs disk && \"$0\" run two.yaml -n 10000 -o disk/r; "
                  "code=$?; ls disk; exit $code")
        result = subprocess.run(["unshare", "-m", "sh", "-c", script, PROGRAM], cwd=self.folder,
                                text=True, capture_output=True, stdin=subprocess.DEVNULL,
                                timeout=120)
        if "permission" in result.stderr.lower() or "not permitted" in result.stderr.lower():
            self.skipTest("no right to mount a small disk here")
        self.assertEqual((result.returncode, result.stdout), (6, ""), result.stderr)
        self.assertIn("nothing was begun", result.stderr)


if __name__ == "__main__":
    if "--slow" in sys.argv:
        sys.argv.remove("--slow")
        SLOW = True
    main()
