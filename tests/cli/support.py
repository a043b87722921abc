"""What the tests of the program share. CASUS_PROGRAM names it."""
import csv
import gzip
import os
import pathlib
import pty
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ.get("CASUS_PROGRAM", "")

SCENARIO = """\
casus: scenario/1
title: Two states and a group
clock: {start: 2023-01-01, days: 120}
observe: {every: 30 days}
regions:
  north: {title: North, owner: arda, population: 400000, area: 90000 km2, at: [16, 0],
          grievance: 0.6, neighbours: {south: 300 km}}
  south: {title: South, owner: arda, population: 900000, area: 50000 km2, at: [13, 0],
          neighbours: {east: 200 km}}
  east: {title: East, owner: bora, population: 800000, area: 60000 km2, at: [13, 3]}
actors:
  arda: {kind: state, title: Arda, forces: 9000, resources: 200, income: 300, regime: junta,
         legitimacy: 0.5, gdp_per_capita: 900, capital: south}
  bora: {kind: state, title: Bora, forces: 12000, resources: 300, income: 500,
         regime: democracy, legitimacy: 0.6, gdp_per_capita: 1500, capital: east}
  band: {kind: armed_group, title: Band, forces: {triangular: [1500, 2000, 3000]},
         quality: 1.2, support: 20}
presence:
  north: {arda: 3000, band: 1200}
  south: {arda: 4000}
  east: {bora: 6000}
pacts:
  league:
    title: League
    in_force: 2020-01-01
    members: [arda, bora]
    articles:
      "1": {when: {act: [rebellion]}, then: {assist: [aid, troops]}}
outcomes:
  attacked: {title: Arda is attacked, ever: attack, against: arda}
  deaths: {title: Deaths in Arda, sum: deaths, where: [arda]}
  help: {title: First help, first: honour}
  kept: {title: Obligations honoured, share: honour, of: [honour, breach]}
  control: {title: Control of Arda, final: control, where: [arda]}
"""


def run(*arguments, env=None, **options):
    environment = {k: v for k, v in os.environ.items()
                   if k not in ("NO_COLOR", "CASUS_SCENARIOS")}
    environment.update(env or {})
    options.setdefault("timeout", 120)
    return subprocess.run([PROGRAM, *map(str, arguments)], env=environment, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, **options)


def on_terminal(*arguments, cwd, env=None):
    """Runs with both streams on a terminal; returns (exit code, what it showed)."""
    environment = {**os.environ, "TERM": "xterm", **(env or {})}
    if env is None or "NO_COLOR" not in env:
        environment.pop("NO_COLOR", None)
    main, side = pty.openpty()
    process = subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=cwd, env=environment,
                               stdin=subprocess.DEVNULL, stdout=side, stderr=side)
    os.close(side)
    shown = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(main)
    return process.wait(timeout=60), shown.decode()


def rows(path):
    """The rows of a CSV file, one that gzip has packed too."""
    opened = gzip.open if str(path).endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class CliTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="casus-cli-"))
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "two.yaml").write_text(SCENARIO, encoding="utf-8")

    def casus(self, *arguments, code=0, **options):
        result = run(*arguments, cwd=self.folder, **options)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result

    def casus_run(self, *arguments, **options):
        return self.casus("run", "two.yaml", "-n", 6, *arguments, **options)

    def names(self):
        return sorted(p.name for p in self.folder.iterdir())


def main():
    if not PROGRAM:
        print("CASUS_PROGRAM is not set: the program is not built")
        sys.exit(77)  # what ctest counts as skipped
    unittest.main(verbosity=1)
