#!/usr/bin/env python3
"""casus explain, from outside."""
import json
import os
import pathlib
import re

from support import SCENARIO, CliTest, main

ROOT = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
JULY = ROOT / "scenarios/july-1914/baseline.yaml"


class Explain(CliTest):
    def write(self):
        (self.folder / "two.yaml").write_text(SCENARIO, encoding="utf-8")
        return "two.yaml"

    def explain(self, *arguments, code=0):
        return self.casus("explain", *arguments, code=code)

    def test_what_happened_and_how(self):
        overview = self.explain(JULY, "--run", 3).stdout
        self.assertRegex(overview, r"germany_in +1914-\d\d-\d\d  #\d+ Germany joins the war")
        self.assertRegex(overview, r"italy_in +did not happen")
        number = re.search(r"germany_in +\S+  #(\d+)", overview).group(1)
        chain = self.explain(JULY, "--run", 3, "--outcome", "germany_in").stdout
        self.assertEqual(chain, self.explain(JULY, "--run", 3, "--event", number).stdout)
        self.assertIn("← so the run begins: Austro-Hungarian ultimatum to Serbia", chain)
        flat = " ".join(chain.split())
        self.assertIn("Dual Alliance of Germany and Austria-Hungary, article 1", flat)
        self.assertRegex(flat, r"does the member honour its duty\? yes: chance 0\.\d+, drew 0\.\d+")
        self.assertRegex(flat, r"whom it expects to face beside it: Russia 0\.\d+")
        self.assertTrue(all(len(line) <= 100 for line in chain.splitlines()))

    def test_the_same_as_json_and_as_a_graph(self):
        chain = json.loads(self.explain(JULY, "--run", 3, "--outcome", "germany_in",
                                        "--json").stdout)
        ids = [step["event"] for step in chain["steps"]]
        self.assertEqual(ids, sorted(ids))
        self.assertEqual(ids[-1], chain["event"])
        for step in chain["steps"]:
            self.assertTrue(set(step["causes"]) <= set(ids))
            self.assertEqual("origin" in step, not step["causes"])
            for decision in step["decisions"]:
                if decision["draw"] is not None:
                    self.assertEqual(decision["yes"], decision["draw"] < decision["probability"])
        graph = self.explain(JULY, "--run", 3, "--outcome", "germany_in", "--dot").stdout
        self.assertEqual(graph.count("[label="), len(ids))
        self.assertEqual(graph.count(" -> "), sum(len(s["causes"]) for s in chain["steps"]))

    def test_a_pact_without_effect_has_none(self):
        file = self.write()
        none = self.explain(JULY, "--outcome", "britain_in", "--but-for", "pacts.cartagena", "-n", 8)
        self.assertIn("no effect: every event is the same in all 8 pairs", none.stdout)
        some = json.loads(self.explain(JULY, "--outcome", "germany_in", "-n", 30, "--but-for",
                                       "pacts.dual_alliance", "--json").stdout)
        self.assertTrue(some["parts"])
        self.assertGreater(some["necessity"]["value"], 0.8)
        pairs = some["pairs"]
        self.assertEqual(pairs["both"] + pairs["only_with"] + pairs["only_without"]
                         + pairs["neither"], 30)
        weaker = self.explain(file, "--but-for", "actors.band.forces=1300").stdout
        self.assertIn("the two worlds part on 2023-", weaker)

    def test_a_run_of_earlier_results(self):
        file = self.write()
        self.casus("run", file, "-n", 3, "-o", "out")
        of_results = self.explain("out", "--run", 2, "--outcome", "attacked")
        self.assertEqual(of_results.stdout,
                         self.explain(file, "--run", 2, "--outcome", "attacked").stdout)
        self.assertIn("Band", of_results.stdout)
        self.assertIn("holds 3 runs", self.explain("out", "--run", 9, code=2).stderr)
        self.explain("out", "--set", "actors.band.forces=1300", code=2)

    def test_ways_and_near_misses(self):
        ways = json.loads(self.explain(JULY, "--outcome", "russia_in", "--most-common", "-n", 20,
                                       "--json").stdout)
        self.assertEqual(sum(p["runs"] for p in ways["paths"]), ways["happened"])
        close = json.loads(self.explain(JULY, "--run", 3, "--outcome", "italy_in", "--close", "-n",
                                        10, "--json").stdout)
        short = [c["shortfall"] for c in close["close"]]
        self.assertEqual(short, sorted(short))

    def test_mistakes_on_the_command_line(self):
        file = self.write()
        for arguments, text in (
                (["--outcome", "atacked"], "did you mean 'attacked'?"),
                (["--outcome", "deaths"], "say from where on it has happened"),
                (["--outcome", "deaths>many"], "'many' is no number"),
                (["--outcome", "control>0"], "has no event that made it so"),
                (["--event", 1000000], "has events 0 to"),
                (["--most-common"], "asked of an outcome"),
                (["--close", "--most-common", "--outcome", "attacked"], "choose one"),
                (["--event", 1, "--outcome", "attacked"], "choose one"),
                (["--most-common", "--outcome", "attacked", "--dot"], "--dot draws a chain")):
            with self.subTest(arguments=arguments):
                self.assertIn(text, self.explain(file, *arguments, code=2).stderr)
        self.explain(file, "--but-for", "pacts.laegue", code=3)
        self.assertIn("Two states", self.explain("--set", "actors.band.forces=1300", file).stdout)

    def test_what_the_words_mean(self):
        for page in ("decisions", "decisions.honour", "terms", "levels", "reasons", "events.honour"):
            self.assertTrue(self.casus("docs", page).stdout)
        self.assertIn("did you mean 'events.honour'?",
                      self.casus("docs", "events.honor", code=2).stderr)


if __name__ == "__main__":
    main()
