"""The tools of casus law: sheet, gaps and diff. Runs the program named by CASUS_PROGRAM."""
import json
import os
import pathlib
import tempfile
import unittest

from support import PROGRAM, run

ROOT = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
SAHEL = ROOT / "scenarios/sahel/baseline.yaml"
CASES = ROOT / "tests/casebook/coverage/01-territory.yaml"


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


if __name__ == "__main__":
    unittest.main()
