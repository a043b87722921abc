#!/usr/bin/env python3
"""The report of a folder is the page that was written with it, to the byte: of runs, of results that
were interrupted or put together of parts, of comparisons; and of older folders, with what they lack."""
import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import time

from store_support import StoreTest, main, rows, units


SANITIZED = bool(os.environ.get("CASUS_SANITIZED"))


def of_itself(page):
    """A page without what names the folder, the command and the moment."""
    return re.sub(r"(?m)^(<dt>(Command|One run, event by event|Results|Made)</dt>|<li>Run).*$", r"\1", page)


class Again(StoreTest):
    def page(self, name):
        return (self.folder / name / "report.html").read_text(encoding="utf-8")

    def assert_again(self, name):
        """Made again it is the same; gives the page."""
        first = self.page(name)
        (self.folder / name / "report.html").unlink()
        said = self.casus("report", name)
        self.assertEqual(self.page(name), first, name)
        self.assertEqual(said.stderr, "", "nothing is lacking")
        return first

    def test_of_a_few_runs_and_of_many(self):
        for runs in (1, 6, 70):  # the logs of a few are kept until the page is made
            self.casus("run", "two.yaml", "-n", runs, "-o", f"of{runs}", "-q")
            page = self.assert_again(f"of{runs}")
            for part in ("promises", "why", "chances", "survival"):
                self.assertIn(f'id="{"" if part in ("promises", "why") else "f-"}{part}"', page)
            self.assertEqual("How it comes about" in page, runs <= 60)
        self.casus("run", "two.yaml", "-n", 70, "-o", "events", "-q", "--events", "all")
        self.assertIn("How it comes about", self.assert_again("events"))

    def test_without_a_page_at_first(self):
        self.casus("run", "two.yaml", "-n", 6, "-o", "a", "-q")
        self.casus("run", "two.yaml", "-n", 6, "-o", "b", "-q", "--no-report")
        self.casus("report", "b")
        self.assertEqual(of_itself(self.page("b")), of_itself(self.page("a")))

    def test_promises_are_those_of_the_logs(self):
        self.casus("run", "two.yaml", "-n", 9, "-o", "out", "-q")
        self.casus("export", "out", "--to", "csv", "--events", "all", "-o", "tables")
        events = rows(self.folder / "tables/events.csv.gz")
        kinds = {"obliged": 0, "able": 0, "honour": 0, "breach": 0, "conflict_of_obligation": 0}
        first = {}
        for e in events:
            if e["kind"] in kinds and e["pact"]:
                kinds[e["kind"]] += 1
            if e["kind"] == "attack" and e["whom"] == "arda":
                first.setdefault(e["run"], e["date"])
        self.assertGreater(kinds["obliged"], 0)
        with sqlite3.connect(self.folder / "out/runs.sqlite") as store:
            stored = store.execute("SELECT sum(obliged), sum(able), sum(honoured), sum(broken), "
                                   "sum(conflicts) FROM promises").fetchone()
            days = store.execute(
                "SELECT run, julianday('2023-01-01') + day FROM runs JOIN outcomes USING(unit) JOIN "
                "outcome_names USING(outcome) WHERE name = 'attacked' AND value = 1").fetchall()
            self.assertEqual({str(r): d for r, d in days},
                             {r: store.execute("SELECT julianday(?)", (d,)).fetchone()[0]
                              for r, d in first.items()})
        self.assertEqual(list(stored), list(kinds.values()))
        shown = re.findall(r'<tr><td>League<th scope="row">\w+</th>((?:<td class=n[^>]*>[\d,]+)+)',
                           self.page("out"))
        counts = [[int(n.replace(",", "")) for n in re.findall(r">([\d,]+)", row)] for row in shown]
        self.assertEqual([sum(c) for c in zip(*counts)], list(stored))

    def interrupted(self, name, runs):
        """Results that were interrupted after some of their runs; how long the runs are for that."""
        for days in (400, 1600, 6400):  # a machine may be done before the signal comes
            process = self.start("run", "two.yaml", "-n", runs, "-o", name, "-q", "-j", 1, "--set",
                                 f"clock.days={days}")
            while process.poll() is None:
                try:
                    if len(units(self.folder / name)) >= 3:
                        break
                except Exception:  # it is just being made
                    pass
                time.sleep(0.002)
            process.send_signal(signal.SIGINT)
            process.communicate()
            if self.state(name) == "interrupted":
                return days
            shutil.rmtree(self.folder / name)
        return self.fail(f"{runs} runs were always done before the signal came")

    def test_of_results_that_were_interrupted_and_gone_on_with(self):
        # Of a few the logs are kept, of many not; many are a matter of minutes under a sanitizer.
        for runs in (40,) if SANITIZED else (40, 600):
            name = f"cut{runs}"
            days = self.interrupted(name, runs)
            self.assertLess(len(units(self.folder / name)), runs)
            self.assertIn("before it was interrupted", self.assert_again(name))
            self.casus("resume", name, "-q")
            page = self.assert_again(name)
            self.casus("run", "two.yaml", "-n", runs, "-o", f"whole{runs}", "-q", "--set",
                       f"clock.days={days}")
            self.assertEqual(of_itself(page), of_itself(self.page(f"whole{runs}")))

    def test_of_parts(self):
        for runs in (90,) if SANITIZED else (40, 90):
            self.casus("run", "two.yaml", "-n", runs, "-o", f"one{runs}", "-q")
            for i in (1, 2, 3):
                self.casus("run", "two.yaml", "-n", runs, "-o", f"part{runs}-{i}", "-q", "--shard",
                           f"{i}/3")
                self.assert_again(f"part{runs}-{i}")
            self.casus("merge", *(f"part{runs}-{i}" for i in (2, 3, 1)), "-o", f"all{runs}", "-q")
            self.assertEqual(of_itself(self.assert_again(f"all{runs}")),
                             of_itself(self.page(f"one{runs}")))

    def test_of_comparisons(self):
        self.casus("compare", "two.yaml", "--remove", "pacts.league", "-n", 12, "-o", "pair", "-q")
        page = self.assert_again("pair")
        for part in ("fans", "chances", "map"):
            self.assertIn(f'id="f-{part}"', page)
        self.casus("sweep", "two.yaml", "--set", "actors.arda.forces=8000,9000,12000", "-n", 8, "-o",
                   "sweep", "-q")
        self.assert_again("sweep")
        self.casus("compare", "two.yaml", "--set", "actors.arda.forces=8000", "-n", 8, "--only",
                   "attacked", "--only", "deaths", "--seed", 5, "-o", "only", "-q")
        self.assert_again("only")
        (self.folder / "asked.yaml").write_text(
            "casus: experiment/1\ntitle: What if\nscenario: two.yaml\nreplicates: 4\n"
            "uncertainties: {actors.arda.forces: {uniform: [8000, 9500]}}\n"
            "design: {method: lhs, points: 5}\npolicies: {a: {}, b: {remove: [pacts.league]}}\n",
            encoding="utf-8")
        self.casus("compare", "asked.yaml", "-o", "design", "-q")
        self.assertIn("<title>What if", self.assert_again("design"))

    def test_of_comparisons_in_which_runs_fail(self):
        wild = "actors.band.forces={lognormal: [2000, 600]}"
        self.casus("compare", "two.yaml", "--set", wild, "-n", 6, "-o", "wild", "-q", code=4)
        page = self.assert_again("wild")
        failures = [json.loads(line) for line in
                    (self.folder / "wild/failures.jsonl").read_text(encoding="utf-8").splitlines()]
        self.assertEqual({f["policy"] for f in failures}, {"changed"})
        self.assertIn(f"{len(failures)} of 12 runs failed", page)

    def test_days_and_quantiles_of_comparisons_are_written_down(self):
        self.casus("compare", "two.yaml", "--remove", "pacts.league", "-n", 7, "-o", "pair", "-q")
        runs, days = rows(self.folder / "pair/runs.csv"), rows(self.folder / "pair/days.csv")
        self.assertEqual([(r["policy"], r["run"]) for r in runs],
                         [(d["policy"], d["run"]) for d in days])
        for r, d in zip(runs, days):
            self.assertEqual(float(d["attacked"]) < 120, r["attacked"] == "1")
        series = rows(self.folder / "pair/series.csv.gz")
        self.assertEqual({(s["policy"], s["what"]) for s in series},
                         {("two", "level"), ("changed", "level"), ("changed", "change")})
        ends = [s for s in series if (s["kind"], s["entity"], s["variable"], s["date"], s["policy"]) ==
                ("state", "arda", "deaths", "2023-05-01", "two")]
        deaths = sorted(float(r["deaths"]) for r in runs if r["policy"] == "two")
        self.assertAlmostEqual(float(ends[0]["q50"]), deaths[3], delta=1e-5 * deaths[3])

    def test_a_folder_of_an_earlier_version_says_what_it_lacks(self):
        store_path, manifest_path = self.folder / "whole/runs.sqlite", self.folder / "whole/manifest.json"
        with sqlite3.connect(store_path) as store:
            for statement in ("DROP TABLE promises", "DROP TABLE ways", "DROP TABLE promise_names",
                              "ALTER TABLE outcomes DROP COLUMN day",
                              "ALTER TABLE runs DROP COLUMN recorded", "PRAGMA user_version=1"):
                store.execute(statement)
        store.close()
        manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
        for output in manifest["outputs"]:
            if output["path"] == "runs.sqlite":
                output["sha256"] = hashlib.sha256(store_path.read_bytes()).hexdigest()
        manifest_path.write_text(json.dumps(manifest), encoding="utf-8")
        before = self.page("whole")
        said = self.casus("report", "whole")
        self.assertIn("It does not say when something first happened", said.stderr)
        page = self.page("whole")
        self.assertIn("an earlier version, which did not write it down", page)
        self.assertNotIn('id="promises"', page)
        self.assertIn('id="f-lanes"', page, "its runs can be made again")
        table = re.compile(r'<table id="t-outcomes">.*?</table>', re.S)
        self.assertEqual(table.search(page)[0], table.search(before)[0])
        self.casus("verify", "whole")
        self.casus("replay", "whole", "--run", 2)

    def test_runs_that_another_program_made_are_not_told_otherwise(self):
        path, manifest_path = self.folder / "whole/runs.sqlite", self.folder / "whole/manifest.json"
        with sqlite3.connect(path) as store:
            store.execute("UPDATE runs SET world_hash = '0123456789abcdef'")
        store.close()
        manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
        for output in manifest["outputs"]:
            if output["path"] == "runs.sqlite":
                output["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
        manifest_path.write_text(json.dumps(manifest), encoding="utf-8")
        said = self.casus("report", "whole")
        self.assertIn("three runs event by event", said.stderr)
        self.assertNotIn('id="f-lanes"', self.page("whole"))

    def test_what_is_changed_or_no_ensemble_is_refused(self):
        self.casus("compare", "two.yaml", "--remove", "pacts.league", "-n", 3, "-o", "pair", "-q")
        with open(self.folder / "pair/days.csv", "a", encoding="utf-8") as file:
            file.write("two,0,9,1\n")
        self.assertIn("was changed after the run", self.casus("report", "pair", code=6).stderr)
        (self.folder / "other").mkdir()
        (self.folder / "other/manifest.json").write_text(
            '{"format": "casus-backtest-sahel/1", "arguments": ["casus", "backtest", "sahel", "x y"]}',
            encoding="utf-8")
        self.assertIn("casus backtest sahel 'x y'", self.casus("report", "other", code=6).stderr)

    def test_a_record_takes_little(self):
        """Beside the numbers of a run what is recorded of days, promises and ways is small."""
        self.casus("run", "two.yaml", "-n", 300, "-o", "many", "-q", "--no-report")
        with sqlite3.connect(self.folder / "many/runs.sqlite") as store:
            record = store.execute("SELECT sum(length(pact) + length(member) + length(article) + "
                                   "length(obliged) + length(able) + length(honoured) + length(broken) + "
                                   "length(conflicts)) FROM promises").fetchone()[0]
            ways = store.execute("SELECT count(*) FROM ways").fetchone()[0]
        store.close()
        self.assertEqual(ways, 0, "of many runs nobody looks through all events")
        self.assertLess(record / 300, 200)


if __name__ == "__main__":
    main()
