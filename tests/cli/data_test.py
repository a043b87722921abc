#!/usr/bin/env python3
"""casus data sahel from outside, on made-up events."""
import datetime
import os
import random
import re

from support import CliTest, main

# Of the runs that find an activity, under a sanitizer few.
RUNS = 8 if os.environ.get("CASUS_SANITIZED") else 30
COLUMNS = ("id,year,type_of_violence,side_a,side_b,adm_1,country,date_start,date_end,deaths_a,"
           "deaths_b,deaths_civilians,deaths_unknown,best")
PLACES = {"Mali": ["Gao region", "Mopti region"], "Burkina Faso": ["Sahel region"],
          "Niger": ["Diffa region", "Dosso region"]}
LAND = """\
casus: scenario/1
title: Made up
clock: {start: 2019-01-01, days: 30}
include: [made.yaml]
regions:
  gao: {title: Gao, owner: mali, population: 700000, area: 100000, at: [16.8, 0.1], neighbours: {mopti: 100}}
  mopti: {title: Mopti, owner: mali, population: 2000000, area: 80000, at: [14.7, -3.5],
    neighbours: {sahel_bfa: 100}}
  sahel_bfa: {title: Sahel, owner: burkina_faso, population: 900000, area: 35000, at: [14.1, 0],
    neighbours: {dosso: 100}}
  dosso: {title: Dosso, owner: niger, population: 2000000, area: 34000, at: [13, 3.4],
    neighbours: {diffa: 1000}}
  diffa: {title: Diffa, owner: niger, population: 500000, area: 157000, at: [13.8, 12.6]}
actors:
  mali: {kind: state, title: Mali, forces: 20000, capital: mopti, regime: junta,
    gdp_per_capita: 900}
  burkina_faso: {kind: state, title: Burkina Faso, forces: 20000, capital: sahel_bfa,
    regime: junta, gdp_per_capita: 900}
  niger: {kind: state, title: Niger, forces: 20000, capital: dosso, regime: junta,
    gdp_per_capita: 600}
  jnim: {kind: armed_group, title: JNIM, forces: 5000}
  issp: {kind: armed_group, title: IS Sahel, forces: 2500}
"""


def event(number, day, side, country, region, deaths):
    return (f"{number},{day.year},1,Government of {country},{side},{region},{country},{day},{day},"
            f"{deaths},0,0,0,{deaths}")


class DataSahel(CliTest):
    def setUp(self):
        super().setUp()
        rng, self.events = random.Random(5), []
        for number in range(1, 500):
            day = datetime.date(2016, 1, 1) + datetime.timedelta(rng.randrange(1096))
            country = rng.choice(list(PLACES))
            self.events.append(event(number, day, rng.choice(["JNIM", "IS"]), country,
                                     rng.choice(PLACES[country]), rng.choice([0, 1, 3, 9, 14, 60])))
        self.write("ged.csv", self.events)
        (self.folder / "land.yaml").write_text(LAND.replace("include: [made.yaml]\n", ""),
                                               encoding="utf-8")

    def write(self, name, events):
        (self.folder / name).write_text("\n".join([COLUMNS, *events]) + "\n", encoding="utf-8")

    def data(self, *arguments, day="2018-07-01", tables=("ged.csv",), **options):
        return self.casus("data", "sahel", "--as-of", day, "--scenario", "land.yaml",
                          "--people", "jnim=4000", "--people", "issp=1500", "--ged", *tables,
                          *arguments, **options)

    def people(self, text):
        """People by group and region, as printed."""
        out = {}
        for line in text[text.index("presence:"):].splitlines()[1:]:
            if not line.startswith("  ") or "{" not in line:
                break
            region, row = line.strip().split(": ", 1)
            for part in row.strip("{}").split(", "):
                group, number = part.split(": ")
                out[group, region] = int(number)
        return out

    def test_people_stand_where_the_events_of_twelve_months_were(self):
        text = self.data().stdout
        count = {}
        for line in self.events:
            cells = line.split(",")
            if "2017-07-01" <= cells[7] < "2018-07-01" and int(cells[13]) > 0:
                key = cells[4], cells[5].removesuffix(" region")
                count[key] = count.get(key, 0) + 1
        del count["IS", "Diffa"]  # another province's
        found = self.people(text)
        names = {"Gao": "gao", "Mopti": "mopti", "Sahel": "sahel_bfa", "Dosso": "dosso",
                 "Diffa": "diffa"}
        for side, group, total in ("JNIM", "jnim", 4000), ("IS", "issp", 1500):
            events = sum(n for (s, _), n in count.items() if s == side)
            self.assertEqual(sum(n for (g, _), n in found.items() if g == group), total)
            for (s, region), n in count.items():
                if s == side:
                    self.assertAlmostEqual(found[group, names[region]], total * n / events, delta=1)
        activity = (sum(n for (s, _), n in count.items() if s == "IS") / 1500 /
                    (sum(n for (s, _), n in count.items() if s == "JNIM") / 4000))
        self.assertIn(f"issp: {{activity: {activity:.2f}}}", text)
        self.assertNotIn("issp", text[text.index("diffa"):].splitlines()[0])

    def test_sizes_are_those_of_two_years(self):
        sizes = sorted(int(line.split(",")[13]) for line in self.events
                       if "2016-07-01" <= line.split(",")[7] < "2018-07-01")
        sizes = [n for n in sizes if n > 0]
        median = (sizes[(len(sizes) - 1) // 2] + sizes[len(sizes) // 2]) / 2
        self.assertIn(f"size_median: {median:.1f},", self.data().stdout)
        self.assertIn(f"Median deaths of {len(sizes)} events", self.data().stdout)

    def test_nothing_of_the_day_or_later_moves_a_byte(self):
        before = self.data().stdout
        later = [event(900 + i, datetime.date(2018, 7, 1 + i), "IS", "Mali", "Gao region", 500)
                 for i in range(5)]
        # An event that begins before the day and is not over by then was not known either.
        later.append("950,2018,1,Government of Mali,IS,Gao region,Mali,2018-06-20,2018-07-01,"
                     "80,0,0,0,80")
        # Nor is anything else of a later row looked at.
        later.append("951,1999,7,,,,Mali,,2018-08-01,1,1,1,1,99")
        self.write("ged.csv", [*later, *self.events])
        self.assertEqual(self.data().stdout, before)
        self.write("ged.csv", [*self.events, event(960, datetime.date(2018, 6, 30), "IS", "Mali",
                                                   "Gao region", 500)])
        self.assertNotEqual(self.data().stdout, before)

    def test_activity_is_that_of_the_fights_on_record(self):
        land = LAND.replace("include: [made.yaml]\n", "").replace("days: 30", "days: 365")
        land += ("presence:\n  gao: {mali: 3000, jnim: {strength: 800, activity: 9}}\n"
                 "  mopti: {mali: 3000, jnim: 800, issp: 400}\n"
                 "  sahel_bfa: {burkina_faso: 3000, issp: 400}\n")
        (self.folder / "land.yaml").write_text(land, encoding="utf-8")

        def local(**options):
            text = self.data("--activity", RUNS, **options).stdout
            found = dict(re.findall(r"set: (\S+), to: .*?([0-9.]+)\}+\n", text))
            self.assertEqual(sum(k.startswith("presence.") for k in found), 4)
            self.assertEqual(sum(k.startswith("regions.") for k in found), 5)
            return text, {k: float(v) for k, v in found.items()}
        text, usual = local()
        # It stands in for what is there: the same again with it in force, and nothing of the 9.
        (self.folder / "with.yaml").write_text(
            text.replace("edits:", "title: With\ninclude: [land.yaml]\nedits:"), encoding="utf-8")
        self.casus("check", "with.yaml")
        again = self.casus("data", "sahel", "--as-of", "2018-07-01", "--scenario", "with.yaml",
                           "--people", "jnim=4000", "--people", "issp=1500", "--ged", "ged.csv",
                           "--activity", RUNS).stdout
        self.assertEqual(again, text)
        # Three times the events at one place are more fights there, and elsewhere hardly any.
        more = [event(2000 + i, datetime.date(2018, 2, 1 + i % 28), "JNIM", "Mali", "Gao region", 3)
                for i in range(90)]
        self.write("ged.csv", [*self.events, *more])
        busy = local()[1]
        self.assertGreater(busy["presence.gao.jnim"], 1.5 * usual["presence.gao.jnim"])
        self.assertLess(busy["presence.mopti.issp"], 1.2 * usual["presence.mopti.issp"])
        # Nothing of the day or later.
        self.write("ged.csv", self.events)
        later = [event(900 + i, datetime.date(2018, 7, 1 + i), "IS", "Mali", "Gao region", 500)
                 for i in range(9)]
        self.write("ged.csv", [*later, *self.events])
        self.assertEqual(local()[0], text)

    def test_order_of_rows_and_files_is_nothing(self):
        before = self.data().stdout
        self.write("ged.csv", self.events[::-1])
        self.assertEqual(self.data().stdout, before)
        self.write("a.csv", self.events[::2])
        self.write("b.csv", self.events[1::2])
        self.assertEqual(self.data(tables=("a.csv", "b.csv")).stdout, before)
        self.assertEqual(self.data(tables=("b.csv", "a.csv", "b.csv")).stdout, before)

    def test_a_scenario_can_include_it(self):
        self.data("-o", "made.yaml")
        (self.folder / "whole.yaml").write_text(LAND, encoding="utf-8")
        self.casus("check", "whole.yaml")
        self.casus("run", "whole.yaml", "-n", 2)
        result = self.data("-o", "made.yaml", code=6)
        self.assertIn("E0601", result.stderr)

    def test_people_are_the_scenarios_unless_given(self):
        (self.folder / "land.yaml").write_text(
            LAND.replace("include: [made.yaml]\n", "") +
            "presence: {gao: {jnim: 300, issp: 70}, diffa: {jnim: 33}}\n", encoding="utf-8")
        text = self.casus("data", "sahel", "--as-of", "2018-07-01", "--scenario", "land.yaml",
                          "--ged", "ged.csv").stdout
        found = self.people(text)
        self.assertEqual(sum(n for (g, _), n in found.items() if g == "jnim"), 333)
        self.assertEqual(sum(n for (g, _), n in found.items() if g == "issp"), 70)

    def test_what_is_wrong_with_a_table_is_named_with_its_place(self):
        self.write("ged.csv", ["7,2018,1,Government of Mali,JNIM,Gao region,Mali,2018-05-03,"
                               "2018-05-02,1,0,0,0,1"])
        self.assertIn("ged.csv:2:61: error: the event ends before it begins [E0114]",
                      self.data(code=3).stderr)
        self.write("ged.csv", [self.events[0].replace(self.events[0].split(",")[8] + ",", "May,")])
        self.assertRegex(self.data(code=3).stderr, r"ged\.csv:2:\d+: error: ")
        self.data(code=3, tables=("nowhere.csv",))

    def test_what_cannot_be(self):
        for day, message in ("yesterday", "not a day"), ("2009-01-01", "no lethal event"):
            self.assertIn(message, self.data(day=day, code=2).stderr)
        for people in "jnim", "vdp=3", "jnim=0", "jnim=4000":
            self.data("--people", people, code=2)
        self.casus("data", "sahel", code=2)
        self.casus("data", code=2)
        self.assertIn("casus data sahel", self.casus("data", "sahel", "--help").stdout)


if __name__ == "__main__":
    main()
