#!/usr/bin/env python3
"""Memory does not grow with the number of runs, and a run takes few bytes of the store. By itself with
a small scenario; with --slow with the Sahel's regions, month by month."""
import os
import pathlib
import subprocess
import sys
import unittest

from store_support import PROGRAM, StoreTest, main

SLOW = False
SCENARIOS = pathlib.Path(os.environ.get("CASUS_SOURCE_DIR", ".")) / "scenarios"


class Memory(StoreTest):
    def peak(self, *arguments):
        """The most that one run of the program had in memory, in bytes."""
        process = subprocess.Popen([PROGRAM, "run", *map(str, arguments)], cwd=self.folder,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE)
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        self.assertEqual(process.returncode, 0, said)
        return used.ru_maxrss * 1024

    def flat(self, few, many, *arguments):
        """The peak of many runs, which is that of few but for a tenth."""
        one = self.peak(*arguments, "-n", few, "-o", "few")
        other = self.peak(*arguments, "-n", many, "-o", "many")
        self.assertLess(other, 1.1 * one, f"{one >> 20} MB of {few} runs, {other >> 20} of {many}")
        return other

    def bytes_of_a_run(self, few, many):
        sizes = [(self.folder / name / "runs.sqlite").stat().st_size for name in ("few", "many")]
        return (sizes[1] - sizes[0]) / (many - few)

    @unittest.skipIf(os.environ.get("CASUS_SANITIZED"), "a sanitizer has memory of its own")
    def test_of_a_small_scenario(self):
        self.flat(200, 2000, "two.yaml", "-q", "--until", "2023-01-31", "-j", 2)
        self.assertLess(self.bytes_of_a_run(200, 2000), 2500)

    def test_of_the_sahel(self):
        if not SLOW:
            self.skipTest("some minutes long")
        most = self.flat(2500, 7500, SCENARIOS / "sahel/baseline.yaml", "-q", "--until",
                         "2023-12-31", "-j", 2)
        self.assertLess(most, 300 << 20)
        self.assertLess(self.bytes_of_a_run(2500, 7500), 25_000)


if __name__ == "__main__":
    if "--slow" in sys.argv:
        sys.argv.remove("--slow")
        SLOW = True
    main()
