#!/usr/bin/env python3
"""casus-mpi: the runs of one process, made by the ranks of a job."""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(os.environ["CASUS_PROGRAM"])
RANKS = PROGRAM.with_name("casus-mpi")
SOURCE = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
SCENARIO = SOURCE / "scenarios/tutorial/three-states.yaml"
# Root may start jobs in containers; more ranks than cores are what a test has, and one machine.
LAUNCH = ["mpirun", "--mca", "plm", "isolated", "--allow-run-as-root", "--oversubscribe",
          "--bind-to", "none"]


class Mpi(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def casus(self, *words, ranks=0):
        command = [*LAUNCH, "-n", str(ranks), RANKS] if ranks else [PROGRAM]
        return subprocess.run([*map(str, command), *map(str, words)], cwd=self.folder, text=True,
                              capture_output=True, timeout=300, check=False)

    def digest(self, name):
        return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()

    def test_ranks_write_what_one_process_writes(self):
        words = ["run", SCENARIO, "-n", "40", "--seed", "3", "-q", "-o"]
        self.assertEqual(self.casus(*words, "alone").returncode, 0)
        for ranks in (1, 2, 4):
            made = self.casus(*words, f"of{ranks}", ranks=ranks)
            self.assertEqual(made.returncode, 0, made.stderr)
            for table in ("runs.csv", "summary.csv"):
                self.assertEqual(self.digest(f"alone/{table}"), self.digest(f"of{ranks}/{table}"),
                                 f"{table} of {ranks} ranks")

    def test_the_page_is_that_of_one_process_and_is_made_again(self):
        for runs in (12, 70):  # few, whose logs come along, and many
            words = ["run", SCENARIO, "-n", runs, "-q", "-o"]
            self.assertEqual(self.casus(*words, f"alone{runs}").returncode, 0)
            self.assertEqual(self.casus(*words, f"of3-{runs}", ranks=3).returncode, 0)
            pages = [(self.folder / f"{name}{runs}/report.html").read_text(encoding="utf-8")
                     for name in ("alone", "of3-")]
            again = self.casus("report", f"of3-{runs}", "-o", "again.html")
            self.assertEqual(again.returncode, 0, again.stderr)
            self.assertEqual((self.folder / "again.html").read_text(encoding="utf-8"), pages[1])
            own = re.compile(r"(?m)^<dt>(Command|One run, event by event|Results|Made)</dt>.*$")
            self.assertEqual(*(own.sub("", page) for page in pages))

    def test_a_run_that_was_made_elsewhere_is_made_again_here(self):
        made = self.casus("run", SCENARIO, "-n", "9", "--events", "7", "-q", "-o", "of3", ranks=3)
        self.assertEqual(made.returncode, 0, made.stderr)
        again = self.casus("replay", "of3", "--run", "7")
        self.assertEqual(again.returncode, 0, again.stderr)

    def test_runs_that_fail_there_are_failures_here(self):
        # The mean of so wide a prior is too large for a double, and runs that meet it cannot go on.
        wild = "actors.hillmen.forces={lognormal: [2000, 600]}"
        words = ["run", SCENARIO, "--set", wild, "-n", "12", "-q", "-o"]
        alone = self.casus(*words, "alone")
        made = self.casus(*words, "of3", ranks=3)
        self.assertEqual(alone.returncode, 4, alone.stderr)
        self.assertEqual(made.returncode, 4, made.stderr)
        self.assertEqual(self.digest("alone/runs.csv"), self.digest("of3/runs.csv"))

    def test_only_one_rank_speaks(self):
        self.assertEqual(self.casus("--version", ranks=4).stdout, self.casus("--version").stdout)
        wrong = self.casus("run", "nothing.yaml", ranks=2)
        self.assertEqual(wrong.stderr.count("nothing.yaml"),
                         self.casus("run", "nothing.yaml").stderr.count("nothing.yaml"))
        self.assertEqual(wrong.returncode, 6)


if __name__ == "__main__":
    if not RANKS.exists() or shutil.which("mpirun") is None:
        print("no casus-mpi or no mpirun here: not tested")
        sys.exit(77)
    unittest.main(verbosity=2)
