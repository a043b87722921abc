#!/usr/bin/env python3
"""casus backtest sahel from outside, on made-up tables, against scores computed here."""
import bisect
import collections
import datetime
import json
import math
import os
import random

from support import CliTest, main, rows

COLUMNS = ("id,year,type_of_violence,side_a,side_b,adm_1,country,date_start,date_end,deaths_a,"
           "deaths_b,deaths_civilians,deaths_unknown,best")
REGIONS = {"MLI:Gao": ("Mali", "Gao region"), "MLI:Mopti": ("Mali", "Mopti region"),
           "BFA:Sahel": ("Burkina Faso", "Sahel region"), "NER:Dosso": ("Niger", "Dosso region")}
EDGES = 1, 5, 25, 100
SANITIZED = bool(os.environ.get("CASUS_SANITIZED"))


def scores_of(members, y):
    """Scores of an ensemble that is a sample, from their definitions."""
    members, n = sorted(members), len(members)
    spread = sum(abs(a - b) for a in members for b in members) / (n * (n - 1))
    kind = [bisect.bisect_right(EDGES, x) for x in members]
    hits = kind.count(bisect.bisect_right(EDGES, y))
    below, equal = sum(x < y for x in members) / n, sum(x == y for x in members) / n

    def covered(low, high):
        if equal == 0:
            return float(low < below < high)
        return max(0.0, min(below + equal, high) - max(below, low)) / equal

    def brier(level):
        return (sum(x >= level for x in members) / n - (y >= level)) ** 2

    return {"crps": sum(abs(x - y) for x in members) / n - spread / 2,
            "log": -math.log((hits + 0.5) / (n + 2.5)), "brier5": brier(5), "brier25": brier(25),
            "pit50": covered(0.25, 0.75), "pit90": covered(0.05, 0.95),
            "bias": sum(members) / n - y}


class BacktestSahel(CliTest):
    def tables(self):
        """Events in four regions from 2012 to 2019, more of them in some years; observed deaths."""
        rng, lines, observed = random.Random(3), [COLUMNS], collections.Counter()
        for month in range(96):
            for place, (country, region) in REGIONS.items():
                busy = 0.2 + 2.0 * ((month // 12 + len(region)) % 3 == 0)
                for _ in range(int(rng.expovariate(1 / busy))):
                    day = datetime.date(2012 + month // 12, month % 12 + 1, rng.randint(1, 28))
                    deaths = int(rng.lognormvariate(1, 1))
                    side = rng.choice(["JNIM", "IS"])
                    lines.append(f"{len(lines)},{day.year},1,Government of {country},{side},"
                                 f"{region},{country},{day},{day},{deaths},0,0,0,{deaths}")
                    observed[place, str(day)[:7]] += deaths
        lines.append("9999,2019,1,Government of Togo,JNIM,Savanes,Togo,2019-12-31,2019-12-31,"
                     "1,0,0,0,1")
        names = {place: place.split(":") for place in REGIONS}
        (self.folder / "data").mkdir()
        self.write("regions.csv", "iso3,region,neighbours\n" + "".join(
            f"{iso},{name},{';'.join(other for other in REGIONS if other != place)}\n"
            for place, (iso, name) in names.items()))
        self.write("ged.csv", "\n".join(lines) + "\n")
        return observed

    def write(self, name, text):
        (self.folder / "data" / name).write_text(text, encoding="utf-8")

    def backtest(self, *arguments, **options):
        return self.casus("backtest", "sahel", "data", "--origins", "2017-01:2018-01:6", *arguments,
                          **options)

    def test_scores_are_those_of_the_draws_that_are_written(self):
        observed = self.tables()
        self.backtest("--months", "5", "-n", 40, "-o", "out")
        cells = collections.defaultdict(list)
        for row in rows(self.folder / "out" / "forecasts-5.csv"):
            cells[row["origin"], row["region"], row["month"]].append(float(row["deaths"]))
        self.assertEqual(len(cells), 3 * 4 * 5)
        self.assertEqual({len(members) for members in cells.values()}, {40})
        scores = [scores_of(members, observed[region, month])
                  for (_, region, month), members in cells.items()]
        summary = json.loads((self.folder / "out" / "summary.json").read_text(encoding="utf-8"))
        window, = summary["windows"]
        self.assertEqual(window["origins"], ["2017-01", "2017-07", "2018-01"])
        found = window["scores"][0]
        self.assertEqual(found["forecaster"], "casus")
        for name in scores[0]:
            self.assertAlmostEqual(found[name], sum(s[name] for s in scores) / len(scores),
                                   places=9, msg=name)
        # A forecast of the last month alone.
        month_before = {"2017-01": "2016-12", "2017-07": "2017-06", "2018-01": "2017-12"}
        errors = [abs(observed[region, month_before[origin]] - observed[region, month])
                  for origin, region, month in cells]
        self.assertAlmostEqual(window["scores"][1]["crps"], sum(errors) / len(errors), places=9)
        by_origin = [row for row in rows(self.folder / "out" / "scores.csv")
                     if row["forecaster"] == "casus" and row["origin"] != "all"]
        self.assertAlmostEqual(sum(float(row["crps"]) for row in by_origin) / 3, found["crps"])
        self.assertEqual(sorted(p.name for p in (self.folder / "out").iterdir()),
                         ["differences.csv", "facts.csv", "forecasts-5.csv", "manifest.json",
                          "parameters.csv", "report.html", "scores.csv", "summary.json",
                          "totals.csv"])

    def test_workers_and_later_events_change_nothing(self):
        self.tables()
        arguments = "--months", "4,6", "-n", 20, "--json"
        first = self.backtest(*arguments, "--executor", "serial").stdout
        self.assertEqual(self.backtest(*arguments, "-j", 3).stdout, first)
        self.assertEqual(self.backtest(*arguments, "--executor", "shuffled:4").stdout, first)
        self.backtest(*arguments, "-o", "before")
        with open(self.folder / "data" / "ged.csv", "a", encoding="utf-8") as file:
            file.write("10000,2018,1,Government of Niger,IS,Dosso region,Niger,2018-01-01,"
                       "2018-01-01,90,0,0,0,90\n")
        self.backtest(*arguments, "-o", "after")
        for months in (4, 6):
            before, after = ((self.folder / name / f"forecasts-{months}.csv").read_bytes()
                             for name in ("before", "after"))
            self.assertEqual(before, after)
        self.assertNotEqual(*((self.folder / name / "scores.csv").read_bytes()
                              for name in ("before", "after")))

    def test_table_and_folder(self):
        self.tables()
        result = self.backtest("--months", "6", "-n", 20, "-o", "out", "-v")
        self.assertIn("3 origins 2017-01 to 2018-01, 6 months ahead, 20 draws", result.stdout)
        for name in ("casus ", "persistence ", "nb24 ", "zi12 ", "P(v after v) ", "2017-07  BFA"):
            self.assertIn("\n" + name, result.stdout)
        result = self.backtest("--months", "6", "-n", 20, "-o", "out", code=6)
        self.assertIn("results are never overwritten unasked [E0601]", result.stderr)
        self.backtest("--months", "6", "-n", 20, "-o", "out", "--overwrite", "-q")

    def observed(self, first, last):
        """Deaths by region and month, from the table."""
        names = {country: place for place, (country, _) in REGIONS.items() if country != "Mali"}
        out = collections.Counter()
        for row in rows(self.folder / "data" / "ged.csv"):
            if first <= int(row["year"]) <= last and row["country"] != "Togo":
                place = names.get(row["country"], "MLI:" + row["adm_1"].split()[0])
                out[place, row["date_start"][:7]] += float(row["best"])
        return out

    def land(self, days=200):
        """A scenario of the same four regions, in which a group fights."""
        (self.folder / "land.yaml").write_text(f"""\
casus: scenario/1
title: Made up
clock: {{start: 2020-01-01, days: {days}}}
regions:
  gao: {{title: Gao, owner: mali, population: 700000, area: 100000, at: [17, 0],
    grievance: 0.9, control: 0.5, neighbours: {{mopti: 100}}}}
  mopti: {{title: Mopti, owner: mali, population: 2000000, area: 80000, at: [15, -3],
    neighbours: {{sahel_bfa: 100}}}}
  sahel_bfa: {{title: Sahel, owner: burkina_faso, population: 900000, area: 35000,
    at: [14, 0], control: 0.6, neighbours: {{dosso: 100}}}}
  dosso: {{title: Dosso, owner: niger, population: 2000000, area: 34000, at: [13, 3]}}
actors:
  mali: {{kind: state, title: Mali, forces: 9000, capital: mopti, regime: junta,
    gdp_per_capita: 900, income: 300}}
  burkina_faso: {{kind: state, title: Burkina Faso, forces: 9000, capital: sahel_bfa,
    regime: junta, gdp_per_capita: 900, income: 300}}
  niger: {{kind: state, title: Niger, forces: 9000, capital: dosso, regime: junta,
    gdp_per_capita: 600, income: 300}}
  jnim: {{kind: armed_group, title: JNIM, forces: 3000, support: 20}}
presence:
  gao: {{mali: 3000, jnim: 1500}}
  mopti: {{mali: 3000}}
  sahel_bfa: {{burkina_faso: 3000, jnim: 1200}}
  dosso: {{niger: 3000}}
outcomes: {{deaths: {{sum: deaths}}}}
""", encoding="utf-8")

    def test_facts_of_the_simulator_are_those_of_its_reports(self):
        self.tables()
        self.land()
        arguments = ("--simulator", "land.yaml", "--months", 6, "--origins", "2019-07", "-n", 7,
                     "--json")
        result = self.casus("backtest", "sahel", "data", *arguments, "--executor", "serial")
        window, = json.loads(result.stdout)["windows"]
        self.assertEqual(window["scores"], [])
        self.assertEqual(len(window["facts"]), 13)
        self.assertEqual(window["facts_over"], ["2019-07"])
        self.casus("run", "land.yaml", "-n", 7, "--events", "all", "-o", "runs")
        self.casus("export", "runs", "-o", "tables")
        cells = collections.Counter()
        for row in rows(self.folder / "tables" / "events.csv.gz"):
            month, told = int(int(row["step"]) * 12 / 365.25), float(row["reported_deaths"])
            self.assertEqual(row["reported"], "1" if told > 0 else "0")
            if told > 0 and month < 6:
                cells[row["run"], row["where"], month] += max(1, math.floor(told + 0.5))
        self.assertGreater(len(cells), 7)
        runs = [[cells[str(run), region, month] for month in range(6)
                 for region in ("gao", "mopti", "sahel_bfa", "dosso")] for run in range(7)]
        facts = {fact["fact"]: fact["median"] for fact in window["facts"]}
        self.assertAlmostEqual(facts["mean deaths"], sorted(sum(r) / 24 for r in runs)[3])
        self.assertAlmostEqual(facts["share of zeros"], sorted(r.count(0) / 24 for r in runs)[3])
        for executor in "shuffled:3", "threads":
            self.assertEqual(self.casus("backtest", "sahel", "data", *arguments, "--executor",
                                        executor).stdout, result.stdout)
        text = self.casus("backtest", "sahel", "data", *arguments[:-1]).stdout
        self.assertIn("Simulator, 7 runs of the first 6 months, reported deaths, beside 2019-07 to "
                      "2019-12: ", text)

    def rolling_land(self):
        """The same with both groups whose places follow from events."""
        self.land()
        path = self.folder / "land.yaml"
        text = path.read_text(encoding="utf-8")
        text = text.replace("presence:\n", "  issp: {kind: armed_group, title: IS Sahel, forces: "
                            "1500, support: 10}\npresence:\n").replace("mali: 3000}", "mali: 3000, issp: 900}")
        # 2018 is a busy year of the tables, and the one from which the scale of the groups is.
        path.write_text(text.replace("start: 2020-01-01", "start: 2019-01-01"), encoding="utf-8")
        return ("--simulator", "land.yaml", "--rolling", "--months", 3, "-n", 6)

    def test_the_simulator_is_scored_from_each_origin(self):
        self.tables()
        arguments = self.rolling_land()
        result = self.backtest(*arguments, "-o", "out", "--executor", "serial")
        for name in ("simulator ", "fitted ", "persistence ", "nb24 "):
            self.assertIn("\n" + name, result.stdout)
        self.assertIn("simulator - rival", result.stdout)
        draws = collections.defaultdict(list)
        for row in rows(self.folder / "out" / "forecasts-3.csv"):
            draws[row["origin"], row["month"], row["region"]].append(float(row["deaths"]))
        self.assertEqual(len(draws), 3 * 3 * 4)
        observed = self.observed(2017, 2018)
        table = {(r["forecaster"], r["origin"]): r for r in rows(self.folder / "out" / "scores.csv")}
        cells = [scores_of(members, observed[region, month])
                 for (_, month, region), members in draws.items()]
        for score in "crps", "log", "bias":
            self.assertAlmostEqual(float(table["simulator", "all"][score]),
                                   sum(cell[score] for cell in cells) / len(cells))
        people = {(r["origin"], r["parameter"]): float(r["value"])
                  for r in rows(self.folder / "out" / "parameters.csv")}
        self.assertEqual(len({people[o, "jnim.people"] for o in ("2017-01", "2017-07", "2018-01")}), 3)
        # Under a sanitizer each takes ten seconds, and threads have one of their own.
        for executor in () if SANITIZED else ("shuffled:3", "threads"):
            again = self.backtest(*arguments, "--executor", executor)
            self.assertEqual(again.stdout, result.stdout)

    def test_later_events_move_no_run_of_the_simulator(self):
        self.tables()
        arguments = self.rolling_land()
        path = self.folder / "data" / "ged.csv"

        def forecast(name):
            self.casus("backtest", "sahel", "data", "--origins", "2017-01", *arguments, "-o", name)
            return (self.folder / name / "forecasts-3.csv").read_bytes()
        before = forecast("before")
        lines = path.read_text(encoding="utf-8").splitlines()
        # Between the origin and the year from which the scale of the groups is.
        for i in range(400):
            lines.append(f"{20000 + i},2017,1,Government of Mali,{'JNIM' if i % 2 else 'IS'},"
                         f"Gao region,Mali,2017-06-05,2017-06-05,9,0,0,0,9")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.assertEqual(forecast("after"), before)

    def test_what_the_simulator_cannot_be_asked(self):
        self.tables()
        self.land(100)
        for arguments, message in (
                (("land.yaml", "--months", "2,3"), "give one length"),
                (("land.yaml",), "give one length"),
                (("land.yaml", "--months", 3, "-o", "x"), "no scores"),
                (("land.yaml", "--months", 6), "shorter than --months"),
                (("land.yaml", "--months", 3, "--origins", "2030-01"), "no window"),
                (("land.yaml", "--rolling", "--months", 3), "no group 'issp'"),
                (("land.yaml", "--rolling", "--months", 6), "shorter than --months"),
                (("two.yaml", "--months", 2), "no region BFA:Sahel")):
            result = self.casus("backtest", "sahel", "data", "--simulator", *arguments, code=2)
            self.assertIn(message, result.stderr)

    def test_what_cannot_be(self):
        self.tables()
        for origins, message in (
                ("2017-13", "'2017-13' is not a month"), ("2017-01:2018-01", "neither"),
                ("2018-01:2017-01:3", "has no month"), ("2019-12", "no window of 6 months"),
                ("2013-01", "needs 36 months before it")):
            result = self.casus("backtest", "sahel", "data", "--origins", origins, "--months", 6,
                                code=2)
            self.assertIn(message, result.stderr)
        self.casus("backtest", "sahel", "data", "--months", 0, code=2)
        self.casus("backtest", "sahel", code=2)
        self.casus("backtest", code=2)
        self.assertIn("casus backtest sahel", self.casus("backtest", "sahel", "--help").stdout)

    def test_broken_tables_are_named_with_their_place(self):
        self.tables()
        self.write("ged.csv", (COLUMNS + "\n7,2019,1,Government of Mali,JNIM,Gao region,Mali,"
                               "2019-05-03,2019-05-02,1,0,0,0,1\n"))
        result = self.backtest(code=3)
        self.assertIn("data/ged.csv:2:61: error: the event ends before it begins [E0114]",
                      result.stderr)
        self.casus("backtest", "sahel", "nowhere", code=3)


if __name__ == "__main__":
    main()
