#!/usr/bin/env python3
"""Signals, second signals, two writers, ten starts at once: a folder has one writer, and what is
finished stays."""
import json
import os
import signal
import subprocess
import time
import unittest

from store_support import PROGRAM, StoreTest, main, rows, units

MANY = 1_000_000


class Interrupt(StoreTest):
    def until(self, condition, what, seconds=60):
        deadline = time.time() + seconds
        while time.time() < deadline:
            if condition():
                return
            time.sleep(0.01)
        self.fail(f"not within {seconds} s: {what}")

    def begun(self, name, runs=3):
        def there():
            try:
                return len(units(self.folder / name)) >= runs
            except Exception:  # it is just being made
                return False
        self.until(there, f"{runs} runs in {name}")

    def test_signals_end_at_the_step_and_keep_what_is_finished(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU):
            with self.subTest(number.name):
                name = f"by-{number.name}"
                process = self.start("run", "two.yaml", "-n", MANY, "-o", name, "-j", 2)
                self.begun(name)
                seen = len(units(self.folder / name))
                process.send_signal(number)
                stdout, stderr = process.communicate(timeout=30)
                self.assertEqual(process.returncode, 128 + number, stderr)
                self.assertRegex(stderr, rf"interrupted after \d+ of {MANY} runs; those are saved")
                self.assertIn(f"casus resume {name}", stderr)
                self.assertIn("Outcome", stdout)
                self.assertEqual(self.state(name), "interrupted")
                runs = [int(r["run"]) for r in rows(self.folder / name / "runs.csv")]
                self.assertEqual(runs, units(self.folder / name))
                self.assertGreaterEqual(len(runs), seen)
                self.assertFalse((self.folder / name / "lock").exists())
                self.casus("replay", name, "--run", runs[-1])

    def test_a_long_run_does_not_keep_anybody_waiting(self):
        text = (self.folder / "two.yaml").read_text(encoding="utf-8")
        (self.folder / "long.yaml").write_text(text.replace("days: 120", "days: 36000"),
                                               encoding="utf-8")
        process = self.start("run", "long.yaml", "-n", 2, "-o", "long", "-j", 1)
        self.until((self.folder / "long/manifest.json").exists, "a manifest")
        time.sleep(0.3)
        start = time.time()
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=60)
        if process.returncode != 0:
            self.assertEqual(process.returncode, 143, stderr)
            self.assertLess(time.time() - start, 5.0)

    def test_before_the_first_run_nothing_is_left(self):
        text = (self.folder / "two.yaml").read_text(encoding="utf-8")
        (self.folder / "long.yaml").write_text(text.replace("days: 120", "days: 36000"),
                                               encoding="utf-8")
        process = self.start("run", "long.yaml", "-n", 2, "-o", "never")
        self.until((self.folder / "never/manifest.json").exists, "a manifest")
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, stderr)
        self.assertIn("nothing is saved", stderr)
        self.assertFalse((self.folder / "never").exists())

    def test_a_second_signal_loses_nothing_committed(self):
        process = self.start("run", "two.yaml", "-n", MANY, "-o", "twice", "-j", 2)
        self.begun("twice")
        seen = len(units(self.folder / "twice"))
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertGreaterEqual(len(units(self.folder / "twice")), seen)
        self.assertIn("of 1000000 runs", self.casus("status", "twice").stdout)

    def test_resume_gives_the_bytes_of_an_uninterrupted_run(self):
        process = self.start("run", "two.yaml", "-n", self.RUNS, "-o", "cut", "-j", 1)
        self.begun("cut", 1)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        self.assert_survives("cut")
        self.assertIn("nothing to do", self.casus("resume", "cut").stderr)

    def test_a_folder_has_one_writer(self):
        first = self.start("run", "two.yaml", "-n", MANY, "-o", "shared", "-j", 1)
        try:
            self.begun("shared")
            for arguments in (("run", "two.yaml", "-n", 2, "-o", "shared"),
                              ("run", "two.yaml", "-n", 2, "-o", "shared", "--overwrite"),
                              ("resume", "shared")):
                refused = self.casus(*arguments, code=6).stderr
                self.assertRegex(refused, r"is being written by process \d+ on .* \[E0604\]")
            status = json.loads(self.casus("status", "shared", "--json").stdout)
            self.assertEqual(status["state"], "running")
            self.assertIn(f"process {first.pid} on", status["writer"])
        finally:
            first.kill()
            first.communicate()
        status = json.loads(self.casus("status", "shared", "--json").stdout)
        self.assertEqual((status["state"], status["resumable"]), ("killed", True))

    def test_two_containers_with_one_process_number(self):
        space = ["unshare", "--pid", "--fork", "--mount-proc"]
        if subprocess.run([*space, "true"], capture_output=True).returncode != 0:
            raise unittest.SkipTest("no right to make a PID namespace here")
        both = [subprocess.Popen([*space, PROGRAM, "run", "two.yaml", "-n", "60", "--seed",
                                  str(seed), "-j", "1", "-o", "volume", "-q"], cwd=self.folder,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                for seed in (1, 2)]
        errors = [p.communicate(timeout=120)[1] for p in both]
        codes = sorted(p.returncode for p in both)
        self.assertEqual(codes, [0, 6], errors)
        self.casus("verify", "volume")
        self.assertEqual(len({r["seed"] for r in rows(self.folder / "volume/runs.csv")}), 1)

    def test_ten_starts_without_a_name(self):
        starts = [self.start("run", "two.yaml", "-n", 2, "-j", 1, "-q") for _ in range(10)]
        for process in starts:
            _, stderr = process.communicate(timeout=120)
            self.assertEqual(process.returncode, 0, stderr)
        made = sorted(p.name for p in (self.folder / "results").iterdir())
        self.assertEqual(made, sorted(f"two-{n}" for n in range(1, 11)))
        for name in made:
            self.casus("verify", f"results/{name}")

    def test_shards_in_any_order_are_one(self):
        for part in (1, 2, 3):
            self.casus("run", "two.yaml", "-n", self.RUNS, "--shard", f"{part}/5", "-o",
                       f"part-{part}", "-q")
        for name, env in (("SLURM", {"SLURM_ARRAY_TASK_ID": "16", "SLURM_ARRAY_TASK_MIN": "10",
                                     "SLURM_ARRAY_TASK_STEP": "2", "SLURM_ARRAY_TASK_COUNT": "5"}),
                          ("OMPI", {"OMPI_COMM_WORLD_RANK": "4", "OMPI_COMM_WORLD_SIZE": "5"})):
            self.casus("run", "two.yaml", "-n", self.RUNS, "--shard", "auto", "-o",
                       f"part-{name}", "-q", env=env)
        parts = ["part-OMPI", "part-2", "part-SLURM", "part-1", "part-3"]
        self.assertIn("in none of the parts", self.casus("merge", *parts[1:], "-o", "some",
                                                         code=2).stderr)
        self.casus("merge", *parts, "-o", "merged", "-q")
        self.assert_whole("merged")
        self.casus("run", "two.yaml", "-n", self.RUNS, "--seed", 2, "--shard", "1/5", "-o",
                   "foreign", "-q")
        refused = self.casus("merge", "part-2", "part-3", "part-SLURM", "part-OMPI", "foreign",
                             "-o", "mixed", code=6).stderr
        self.assertIn("they differ in the seed (1 and 2) [E0605]", refused)
        self.assertFalse((self.folder / "mixed").exists())
        for text in ("0/3", "4/3", "2", "a/b", "13/13"):
            self.casus("run", "two.yaml", "-n", self.RUNS, "--shard", text, code=2)
        self.assertIn("--shard auto", self.casus("run", "two.yaml", "--shard", "auto",
                                                 code=2).stderr)

    def test_the_jobs_of_a_cluster_are_one_ensemble(self):
        """With an sbatch that runs what it is given, as a cluster would."""
        self.casus("slurm", "two.yaml", "-n", self.RUNS, "--parts", 3, "-j", 1, "-o", "jobs")
        bin_folder = self.folder / "bin"
        bin_folder.mkdir()
        sbatch = bin_folder / "sbatch"
        sbatch.write_text("""#!/bin/sh
case "$1" in
  --parsable)
    for i in 1 2 3; do
      SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=3 sh "$2" >&2 || exit 1
    done
    echo 17 ;;
  --dependency=afterok:17) sh "$2" ;;
esac
""", encoding="utf-8")
        sbatch.chmod(0o755)
        env = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}"}
        for _ in range(2):  # the second time every part is there, and the whole
            ended = subprocess.run(["sh", "jobs/submit.sh"], cwd=self.folder, env=env, text=True,
                                   capture_output=True, timeout=120)
        self.assertIn("is complete: 4 runs; there is nothing to do", ended.stderr)
        self.assertIn("[E0601]", ended.stderr)
        self.assert_whole("jobs/whole")
        self.assertIn("--parts 13", self.casus("slurm", "two.yaml", "-n", 12, "--parts", 13, "-o",
                                               "many", code=2).stderr)

    def test_another_scenario_is_refused_by_name(self):
        process = self.start("run", "two.yaml", "-n", MANY, "-o", "other", "-j", 1)
        self.begun("other")
        process.kill()
        process.communicate()
        scenario = self.folder / "other/scenario.yaml"
        scenario.write_text(scenario.read_text(encoding="utf-8").replace("9000", "9001"),
                            encoding="utf-8")
        self.assertIn("scenario.yaml: error: was changed after the run",
                      self.casus("resume", "other", code=6).stderr)


if __name__ == "__main__":
    main()
