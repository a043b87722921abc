"""The tools of casus law: sheet, gaps and diff. Runs the program named by CASUS_PROGRAM."""
import json
import os
import pathlib
import tempfile
import unittest

from support import PROGRAM, run

ROOT = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
SAHEL = ROOT / "scenarios/sahel/baseline.yaml"
PLANTED = ROOT / "tests/data/treaties"
CASES = ROOT / "tests/casebook/coverage/01-territory.yaml"
# A search is not made again under a sanitizer to be printed in another form.
SANITIZED = bool(os.environ.get("CASUS_SANITIZED"))


@unittest.skipUnless(PROGRAM, "the program was not built")
class LawTools(unittest.TestCase):
    def law(self, *arguments, code=0):
        done = run("law", *arguments)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done

    def write(self, name, text):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        file = pathlib.Path(folder.name) / name
        file.write_text(text)
        return file

    def test_a_treaty_of_a_scenario_in_sentences(self):
        text = self.law("sheet", SAHEL, "--pact", "aes").stdout
        self.assertTrue(text.startswith("Liptako-Gourma Charter (Alliance of Sahel States) (aes)\n"))
        flat = " ".join(text.split())
        self.assertIn("Article 6. An attack on one is an aggression against the others It is for an "
                      "invasion, a strike or an occupation. It must happen on the territory of a "
                      "member. The act suffices: neither a request nor a decision is needed. Every "
                      "other member owes the victim aid, bases or transit, troops or war, and may "
                      "choose among them.", flat)
        self.assertNotIn("ECOWAS", text)

    def test_all_treaties_of_a_scenario_by_name(self):
        text = self.law("sheet", SAHEL).stdout
        self.assertLess(text.index("(accra_initiative)"), text.index("(aes)"))
        self.assertLess(text.index("(aes)"), text.index("(ecowas)"))

    def test_the_treaties_of_a_file_of_cases(self):
        self.assertIn("Articles", self.law("sheet", CASES).stdout)

    def test_what_a_case_changes(self):
        file = self.write("cases.yaml", """\
casus: casebook/1
parties: {aland: state, bland: state}
pacts: {pact: {in_force: 2000-01-01, members: {aland: {}, bland: {}},
               articles: {"1": {then: {abstain: [force]}}}}}
cases:
  late: {pacts: {pact: {ended: 2011-05-01}}}
""")
        self.assertNotIn("It ended", self.law("sheet", file).stdout)
        self.assertIn("It ended on 2011-05-01.", self.law("sheet", file, "--case", "late").stdout)
        wrong = self.law("sheet", file, "--case", "lat", code=3).stderr
        self.assertIn("there is no case 'lat'", wrong)
        self.assertIn("did you mean 'late'?", wrong)

    def test_mistakes_are_shown_where_they_are(self):
        file = self.write("cases.yaml", """\
casus: casebook/1
parties: {aland: state, bland: state}
pacts:
  pact: {in_force: 2000-01-01, members: [aland, bland], articles: {"1": {when: {act: [invason]}}}}
""")
        wrong = self.law("sheet", file, code=3).stderr
        self.assertIn("cases.yaml:4:", wrong)
        self.assertIn("did you mean 'invasion'?", wrong)
        self.assertIn("did you mean 'aes'?",
                      self.law("sheet", SAHEL, "--pact", "aess", code=2).stderr)
        self.law("sheet", ROOT / "no-such-file.yaml", code=6)
        self.assertIn("key 'pacts' is missing", self.law(
            "sheet", self.write("none.yaml", "casus: casebook/1\nparties: {aland: state}\n"),
            code=3).stderr)
        self.law(code=2)

    def test_gaps_of_a_scenario(self):
        text = self.law("gaps", SAHEL).stdout
        self.assertLess(text.index("(accra_initiative)"), text.index("(ecowas)"))
        self.assertLessEqual(text.count("\n"), 60, "more than a page")
        flat = " ".join(text.split())
        self.assertIn("- A rebellion or a terrorist attack on members' soil outside the area "
                      "lake_chad: article 1 does not reach there.", flat)
        self.assertIn("Arms under aes, articles 6 and 7 would be owed against an ally under another "
                      "pact by Burkina Faso (", flat)
        found = json.loads(self.law("gaps", SAHEL, "--pact", "mnjtf", "--json").stdout)["findings"]
        self.assertEqual([(f["fault"], f["pact"], f["articles"]) for f in found],
                         [("between", "mnjtf", ["1"])])

    def test_gaps_of_the_north_atlantic_treaty(self):
        text = " ".join(self.law("gaps", ROOT / "scenarios/nato/article-5-exercise.yaml").stdout.split())
        self.assertIn("in Ceuta or Hawaii: article 5 does not reach there; what "
                      "remains is consultation, aid or bases or transit under articles 3 and 4.", text)

    def test_no_gap(self):
        self.assertEqual(self.law("gaps", PLANTED / "clean-anybody.yaml").stdout,
                         "No gap was found.\n")

    def test_a_treaty_does_not_differ_from_itself(self):
        self.assertEqual(self.law("diff", SAHEL, SAHEL).stdout, "")
        if SANITIZED:
            return
        same = json.loads(self.law("diff", SAHEL, SAHEL, "--json").stdout)
        self.assertEqual(same, {"differ": False, "gone": [], "new": [], "pacts": []})

    def test_what_changed(self):
        a, b = PLANTED / "between-overseas.yaml", PLANTED / "clean-anybody.yaml"
        text = " ".join(self.law("diff", a, b).stdout.split())
        self.assertIn("before: It must happen on the territory of a member. now: It may happen "
                      "anywhere. gone: Not in the area overseas.", text)
        self.assertIn("in isle: before: nobody is bound; now: all others owe aid or war without "
                      "request or decision.", text)
        found = json.loads(self.law("diff", a, b, "--json").stdout)
        self.assertTrue(found["differ"])
        self.assertEqual({c["part"] for c in found["pacts"][0]["text"]}, {"article 1"})

    def test_treaties_of_other_names(self):
        text = self.law("diff", SAHEL, SAHEL, "--pact-a", "ecowas_1981", "--pact-b", "ecowas").stdout
        self.assertTrue(text.startswith("From ECOWAS Protocol on Mutual Assistance on Defence"))
        both = self.law("diff", PLANTED / "both_sides-allies.yaml", PLANTED / "clean-anybody.yaml",
                        code=2).stderr
        self.assertIn("have no pact of one name", both)

    def test_treaties_of_several_files(self):
        treaties = ROOT / "scenarios/treaties"
        alone = self.law("gaps", treaties / "aes.yaml").stdout
        self.assertNotIn("Bound to both sides", alone)
        both = " ".join(self.law("gaps", treaties / "aes.yaml", treaties / "ecowas.yaml").stdout.split())
        self.assertIn("owed against an ally under another pact by Burkina Faso (ecowas_1981)", both)
        self.assertIn("Seen by: Timbuktu Institute", both)
        self.assertIn("only these are read together",
                      self.law("gaps", treaties / "aes.yaml", SAHEL, code=2).stderr)

    def test_what_has_lapsed_is_no_gap(self):
        text = self.law("gaps", ROOT / "scenarios/treaties/nato.yaml").stdout
        self.assertNotIn("never decide", text)
        self.assertIn("Emory", text)

    def test_which_sentence_became_which_article(self):
        # The text of these is not public, or not to be had, with the numbers of its articles.
        unnumbered = {"eccas", "gcc", "saudi_pakistan"}
        for file in sorted((ROOT / "scenarios/treaties").glob("*.yaml")):
            if file.stem in unnumbered:
                continue
            text = self.law("sheet", file, *self.first_pact(file)).stdout
            self.assertIn("Which sentence became which article", text, file)
            self.assertNotIn("Without a sentence of their own", text, file)

    def first_pact(self, file):
        lines = file.read_text().split("\npacts:\n")[1].splitlines()
        return ["--pact", next(l.strip(" :") for l in lines if l.startswith("  ") and l[2] not in " #")]

    def test_what_would_close_a_gap(self):
        if SANITIZED:  # a treaty of a few articles and members
            self.assertIn("Article 4, where: anywhere.",
                          self.law("draft", ROOT / "scenarios/treaties/csto.yaml").stdout)
            return
        rio = ROOT / "scenarios/treaties/rio.yaml"
        text = " ".join(self.law("draft", rio).stdout.split())
        self.assertIn("Article 3, by: also armed groups.", text)
        for a in json.loads(self.law("draft", rio, "--json").stdout)["amendments"]:
            self.assertTrue(a["closes"])
            self.assertGreaterEqual(a["covered_after"], a["covered_before"])
        self.assertEqual(self.law("draft", PLANTED / "clean-anybody.yaml").stdout,
                         "No gap was found that a change of one article closes.\n")

    WISHES = """\
casus: casebook/1
title: What the members want of the Charter
chapter: coverage
include: treaties/aes.yaml
parties: {mali: state, burkina_faso: state, niger: state, benin: state, algeria: state,
          gang: armed_group}
places: {gao: mali}
date: 2024-03-01
cases:
  a_blockade_calls_the_allies:
    title: Benin closes the way to the sea, and the allies help
    situation: Benin blockades Niger, which has no other way to the sea.
    acts: {blockade: {act: blockade, by: benin, against: niger}}
    expect: {verdicts: [{pact: aes, member: [mali, burkina_faso], obliged: bound}]}
  not_for_algerias_sake:
    title: Nobody is bound against Algeria over a strike
    situation: Algeria shoots down a drone of Mali near the border.
    acts: {strike: {act: strike, by: algeria, against: mali, where: gao}}
    expect: {verdicts: [{pact: aes, not_covered: adversary_excluded}], nobody: [niger, burkina_faso]}
  an_invasion_still_does:
    title: What the Charter is for stays
    situation: Benin invades Mali, which is what the Charter was made against.
    acts: {invasion: {act: invasion, by: benin, against: mali, where: gao}}
    expect: {verdicts: [{pact: aes, member: [niger, burkina_faso], obliged: bound, level: war}]}
"""

    def test_the_smallest_change_that_does_what_is_wanted(self):
        wishes = self.write("wishes.yaml", self.WISHES)
        charter = ROOT / "scenarios/treaties/aes.yaml"
        text = self.law("draft", charter, "--pact", "aes", "--wants", wishes).stdout
        self.assertIn("3 wishes, 2 unmet as aes stands", text)
        self.assertIn("Every wish is met.", text)
        self.assertIn("except: [algeria]", text)
        self.assertIn("In words", text)
        if SANITIZED:
            return
        found = json.loads(self.law("draft", charter, "--pact", "aes", "--wants", wishes,
                                    "--json").stdout)
        best = found["proposals"][0]
        self.assertEqual(best["unmet"], [])
        self.assertEqual(len(best["changes"]), 2)
        self.assertTrue(best["words"] and best["verdicts"])
        # One change is not enough, and what is said of it is so.
        one = json.loads(self.law("draft", charter, "--pact", "aes", "--wants", wishes,
                                  "--changes", "1", "--json").stdout)
        self.assertTrue(all(p["unmet"] for p in one["proposals"]))
        self.assertIn("no case of", self.law("draft", charter, "--pact", "aes_confederation",
                                             "--wants", CASES, code=2).stderr)

    def test_what_brings_an_outcome_there(self):
        world = self.write("world.yaml", (ROOT / "scenarios/tutorial/three-states.yaml").read_text())
        outcomes = json.loads(run("run", world, "-n", "1", "--json").stdout or "{}")
        self.assertIsNotNone(outcomes)
        wrong = self.law("draft", world, "--goal", "nonsense>=1", code=2).stderr
        self.assertIn("no outcome 'nonsense'", wrong)
        self.assertIn("not of the form", self.law("draft", world, "--goal", "x=1", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
