#!/usr/bin/env python3
"""casus backtest from outside, on made-up tables."""
import json

from support import CliTest, main

CANDIDATES = ("wid,y0,c,join,side,defA,defB,offA,offB,nagA,nagB,land,sea,dist,cinc,maj,rivA,rivB,"
              "cA,cB,majwar,norig\n")


class Backtest(CliTest):
    def tables(self):
        """State 1 attacks state 2 every tenth year; the allies of 2 join."""
        states, powers, wars, candidates = [], [], [], []
        for code in range(1, 9):
            states.append(f"S{code},{code},State {code},1816,1,1,1960,12,31")
            powers += [f"{code},{year},0.0{code}" for year in range(1845, 1960)]
        for war in range(1, 11):
            year = 1840 + 10 * war
            wars.append(f"{war},War {war},{year},2,1")
            for code in range(3, 9):
                ally = (code + war) % 6 == 0
                side = "B" if ally else ""
                candidates.append(
                    f"{war},{year},{code},{int(ally)},{side},False,{ally},False,False,False,False,"
                    f"False,False,{1000 * code}.0,0.0{code},False,False,False,0.01,0.02,False,2")
        files = {
            "cow_states.csv": ["stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,"
                               "endday", *states],
            "cow_nmc.csv": ["ccode,year,cinc", *powers],
            "cow_alliance.csv": ["ccode1,ccode2,year,cow_defense,cow_neutral,cow_nonagg,"
                                 "cow_entente", "3,4,1849,1,0,0,0"],
            "cow_contdir.csv": ["ccode1,ccode2,conttype,stdate,enddate",
                                "3,4,1,1816-01-01,1900-12-31"],
            "wars.csv": ["wid,name,y0,norig,njoin", *wars],
            "candidates.csv": [CANDIDATES.strip(), *candidates]}
        (self.folder / "data" / "wars").mkdir(parents=True)
        for name, lines in files.items():
            self.write(name, "\n".join(lines) + "\n")

    def write(self, name, text):
        (self.folder / "data" / "wars" / name).write_text(text, encoding="utf-8")

    def read(self, name):
        return (self.folder / "data" / "wars" / name).read_text(encoding="utf-8")

    def test_a_table_of_scores(self):
        self.tables()
        result = self.casus("backtest", "wars", "data", "-n", 20, "-j", 2)
        self.assertIn("Up to 1945, each war forecast from the others: 10 wars", result.stdout)
        for model in ("casus: law of pacts and intervention", "base rate", "logit: defence pact"):
            self.assertIn(f"\n{model}", result.stdout)
        self.assertIn("without the World Wars", result.stdout)
        self.assertNotIn("From 1946", result.stdout)
        self.assertEqual(result.stderr, "")

    def test_json_and_later_wars(self):
        self.tables()
        arguments = ("backtest", "wars", "data", "-n", 20, "--train-until", 1900, "--json")
        result = self.casus(*arguments)
        answer = json.loads(result.stdout)
        self.assertEqual((answer["left_out"]["wars"], answer["later"]["wars"]), (6, 4))
        self.assertEqual(answer["later"]["models"][0]["all"]["auc"], 1.0)
        self.assertEqual(answer["later"]["models"][1]["all"]["auc"], 0.5)
        self.assertEqual(len(answer["wars"]), 10)
        self.assertEqual(len(answer["wars"][0]["candidates"]), 6)
        self.assertEqual(self.casus(*arguments, "-j", 3).stdout, result.stdout)
        later = json.loads(self.casus(*arguments, "--test-from", 1930).stdout)
        self.assertEqual(later["later"]["wars"], 2)
        self.assertEqual(later["parameters"], answer["parameters"])

    def test_wrong_tables_are_named_with_their_place(self):
        self.tables()
        self.write("cow_nmc.csv", self.read("cow_nmc.csv").replace("1,1845,0.01", "1,1845,much", 1))
        self.write("candidates.csv", self.read("candidates.csv").replace(",maj,", ",major,", 1))
        result = self.casus("backtest", "wars", "data", code=3)
        self.assertEqual(result.stdout, "")
        self.assertIn("data/wars/cow_nmc.csv:2:8: error: column 'cinc' needs a number, or nothing "
                      "[E0113]", result.stderr)
        self.assertIn("candidates.csv:1:1: error: the table has no column 'maj' [E0111]",
                      result.stderr)

    def test_missing_tables_are_all_named(self):
        (self.folder / "data").mkdir()
        result = self.casus("backtest", "wars", "data", code=3)
        for name in ("cow_states.csv", "cow_nmc.csv", "cow_contdir.csv", "wars*.csv",
                     "candidates*.csv"):
            self.assertIn(f"the folder has no table {name} [E0110]", result.stderr)
        self.casus("backtest", "wars", "nowhere", code=3)

    def test_years_that_cannot_be(self):
        self.tables()
        result = self.casus("backtest", "wars", "data", "--test-from", 1900, code=2)
        self.assertIn("--test-from 1900 must be later than --train-until 1945", result.stderr)
        result = self.casus("backtest", "wars", "data", "--train-until", 1850, code=2)
        self.assertIn("the tables hold 1 war that began by then", result.stderr)
        self.casus("backtest", "peace", "data", code=2)


if __name__ == "__main__":
    main()
