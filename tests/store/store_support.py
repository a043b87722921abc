"""What the tests of the store share: a scenario, runs of the program, and what must hold after every
fault."""
import contextlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
from support import PROGRAM, SCENARIO, CliTest, main, rows, run  # noqa: E402

TABLES = ("runs.csv", "inputs.csv", "summary.csv")
__all__ = ["PROGRAM", "SCENARIO", "TABLES", "StoreTest", "main", "rows", "units"]


def units(folder):
    """The runs that are committed in a store, read by another implementation's client."""
    file = folder / "runs.sqlite"
    if not file.exists() or file.stat().st_size == 0:
        return []
    with contextlib.closing(sqlite3.connect(file)) as store:
        if store.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return []
        assert store.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return [u for u, in store.execute("SELECT unit FROM runs ORDER BY unit")]


class StoreTest(CliTest):
    """Each test has results of its own in `whole`, which are those of all: they are made once."""
    RUNS = 12

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.made = pathlib.Path(tempfile.mkdtemp(prefix="casus-store-"))
        cls.addClassCleanup(shutil.rmtree, cls.made)
        (cls.made / "two.yaml").write_text(SCENARIO, encoding="utf-8")
        cls.make("run", "two.yaml", "-n", cls.RUNS, "-o", "whole")
        cls.whole = {name: (cls.made / "whole" / name).read_bytes() for name in TABLES}

    @classmethod
    def make(cls, *arguments):
        """Something for all tests of the class, in a folder that none of them changes."""
        done = run(*arguments, "-q", cwd=cls.made)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)

    def setUp(self):
        super().setUp()
        shutil.copytree(self.made / "whole", self.folder / "whole")

    def start(self, *arguments, **options):
        return subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=self.folder, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **options)

    def assert_whole(self, name):
        for table, content in self.whole.items():
            self.assertEqual((self.folder / name / table).read_bytes(), content, f"{name}/{table}")
        self.casus("verify", name)

    def state(self, name):
        return json.loads((self.folder / name / "manifest.json").read_text(encoding="utf-8"))[
            "state"]

    def assert_survives(self, name, seen=0):
        """After a fault: either nothing is there, or what is there is resumed to the bytes of an
        undisturbed run, and no run that was seen committed is lost."""
        folder = self.folder / name
        if not (folder / "manifest.json").exists():
            # It had not begun: what is there are files that a new start must refuse or replace.
            self.assertEqual((units(folder), seen), ([], 0))
            return False
        self.assertGreaterEqual(len(units(folder)), seen)
        if self.state(name) != "complete":
            self.casus("resume", name, "-q")
        self.assert_whole(name)
        return True
