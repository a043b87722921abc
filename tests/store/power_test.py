#!/usr/bin/env python3
"""The power fails. A file system in a file is mounted through a loop device, a run writes to it, and
the file system is shut down at once, as the kernel does it for such tests: what was not synchronised,
data and journal alike, never reaches the device. It is mounted again, which replays its journal, and
what stands there is what a machine would find after the cut.

A drive that loses what it said was flushed is not in this; against that no program can do anything.

Skipped, and why is said, without the right to mount, loop devices or a file system that can be shut
down. With --slow more moments."""
import ctypes
import fcntl
import os
import random
import shutil
import struct
import subprocess
import sys
import time
import unittest

from store_support import PROGRAM, TABLES, StoreTest, main, units

SLOW = False
FAULTS = os.environ.get("CASUS_FAULTS", "")
SHUT_DOWN, WITHOUT_THE_JOURNAL = 0x8004587D, 2  # FS_IOC_SHUTDOWN and its flag, see ioctl_fs_shutdown
CLONE_NEWNS = 0x00020000


def own_mounts():
    """Mounts of this test are seen by nobody else and end with it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0:
        return os.strerror(ctypes.get_errno())
    done = subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True, text=True)
    return done.stderr.strip() if done.returncode != 0 else ""


class PowerLoss(StoreTest):
    SIZE = 64 << 20

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if os.geteuid() != 0:
            raise unittest.SkipTest("only root may mount a file system")
        if shutil.which("mkfs.ext4") is None:
            raise unittest.SkipTest("there is no mkfs.ext4")
        refused = own_mounts()
        if refused:
            raise unittest.SkipTest(f"no mounts of its own: {refused}")

    def setUp(self):
        super().setUp()
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        self.new_disk()
        self.addCleanup(lambda: subprocess.run(["umount", self.disk], capture_output=True))

    def new_disk(self):
        subprocess.run(["umount", self.disk], capture_output=True)
        image = self.folder / "image"
        image.unlink(missing_ok=True)
        with open(image, "wb") as file:
            file.truncate(self.SIZE)
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True, capture_output=True)
        self.mount()

    def mount(self):
        # Nothing is written of itself while the test lasts: only what is asked for is durable.
        done = subprocess.run(["mount", "-o", "loop,commit=600", self.folder / "image", self.disk],
                              capture_output=True, text=True)
        if done.returncode != 0:
            self.skipTest(f"no loop device can be mounted: {done.stderr.strip()}")

    def cut(self):
        """The power fails, now."""
        folder = os.open(self.disk, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, SHUT_DOWN, struct.pack("I", WITHOUT_THE_JOURNAL))
        except OSError as error:
            self.skipTest(f"the file system cannot be shut down: {error}")
        finally:
            os.close(folder)

    def power_on(self):
        deadline = time.time() + 10
        while True:
            done = subprocess.run(["umount", self.disk], capture_output=True, text=True)
            if done.returncode == 0:
                break
            self.assertLess(time.time(), deadline, done.stderr)
            time.sleep(0.02)
        self.mount()

    def after_a_cut(self):
        self.cut()
        self.power_on()

    def test_what_is_not_synchronised_is_gone(self):
        """Or this file would test nothing."""
        if not os.path.exists(FAULTS):
            self.skipTest("CASUS_FAULTS names no library")
        env = {**os.environ, "LD_PRELOAD": FAULTS, "FAULT_CALL": "fsync", "FAULT_AT": "1",
               "FAULT_DO": "ignore"}
        ended = subprocess.run([PROGRAM, "run", "two.yaml", "-n", str(self.RUNS), "-o", "disk/r",
                                "-q"], cwd=self.folder, env=env, capture_output=True, text=True,
                               stdin=subprocess.DEVNULL, timeout=120)
        if "cannot be preloaded" in ended.stderr or ended.returncode != 0:
            self.skipTest("nothing can be preloaded into this program")
        self.after_a_cut()
        found = [t for t in TABLES if (self.disk / "r" / t).exists()
                 and (self.disk / "r" / t).read_bytes() == self.whole[t]]
        self.assertNotEqual(found, list(TABLES))

    def test_exit_0_means_durable(self):
        self.casus("run", "two.yaml", "-n", self.RUNS, "-o", "disk/r", "-q")
        self.after_a_cut()
        self.assert_whole("disk/r")
        # In parts, of which one was cut short, and put together.
        for part in (1, 2):
            self.casus("run", "two.yaml", "-n", self.RUNS, "--shard", f"{part}/2", "-o",
                       f"disk/part-{part}", "-q")
        self.casus("merge", "disk/part-1", "disk/part-2", "-o", "disk/merged", "-q")
        self.after_a_cut()
        self.assert_whole("disk/merged")
        # In place of others.
        self.casus("run", "two.yaml", "-n", 3, "--seed", 9, "-o", "disk/there", "-q")
        (self.disk / "there/notes.txt").write_text("mine", encoding="utf-8")
        os.sync()
        self.casus("run", "two.yaml", "-n", self.RUNS, "-o", "disk/there", "-q", "--overwrite")
        self.after_a_cut()
        for table, content in self.whole.items():
            self.assertEqual((self.disk / "there" / table).read_bytes(), content)
        self.assertEqual((self.disk / "there/notes.txt").read_text(encoding="utf-8"), "mine")

    def test_at_any_moment_nothing_finished_is_lost(self):
        chance = random.Random(11)
        kept = 0
        for moment in range(40 if SLOW else 8):
            with self.subTest(moment=moment):
                self.new_disk()
                process = self.start("run", "two.yaml", "-n", self.RUNS, "-o", "disk/r", "-q",
                                     "-j", 2)
                # At a time, or when the store says that so many are in it.
                if moment % 2 == 0:
                    time.sleep(chance.uniform(0.0, 0.25))
                else:
                    enough = chance.randint(1, self.RUNS - 2)
                    while process.poll() is None and self.seen("disk/r") < enough:
                        time.sleep(0.002)
                seen = self.seen("disk/r")
                self.cut()
                process.kill()
                process.communicate()
                self.power_on()
                self.assert_survives("disk/r", seen)
                kept += seen
        self.assertGreater(kept, 0, "at no moment was anything finished")

    def test_old_results_or_new_ones(self):
        chance = random.Random(5)
        self.casus("run", "two.yaml", "-n", 3, "--seed", 9, "-o", "old", "-q")
        old = {name: (self.folder / "old" / name).read_bytes() for name in TABLES}
        for moment in range(20 if SLOW else 4):
            with self.subTest(moment=moment):
                self.new_disk()
                shutil.copytree(self.folder / "old", self.disk / "r")
                os.sync()
                process = self.start("run", "two.yaml", "-n", self.RUNS, "-o", "disk/r", "-q",
                                     "-j", 2, "--overwrite")
                time.sleep(chance.uniform(0.05, 0.35))
                self.cut()
                process.kill()
                process.communicate()
                self.power_on()
                found = {n: (self.disk / "r" / n).read_bytes() for n in TABLES}
                self.assertIn(found, (old, self.whole), "half of the one and of the other")

    def seen(self, name):
        """How many runs the store says it has; none while it is being made."""
        try:
            return len(units(self.folder / name))
        except Exception:  # of several kinds, by how far it is
            return 0


if __name__ == "__main__":
    if "--slow" in sys.argv:
        sys.argv.remove("--slow")
        SLOW = True
    main()
