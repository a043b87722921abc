"""casus law: what it prints and how it ends. Runs the program named by CASUS_PROGRAM."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
EXAMPLE = ROOT / "tests/casebook/coverage/01-territory.yaml"
TERMS = ROOT / "tests/casebook/honour/17-terms-fall-due.yaml"


def law(*arguments):
    return subprocess.run([os.environ["CASUS_PROGRAM"], "law", *map(str, arguments)],
                          capture_output=True, text=True, timeout=60)


@unittest.skipUnless(os.environ.get("CASUS_PROGRAM"), "the program was not built")
class Law(unittest.TestCase):
    def changed(self, old, new):
        """The example with one thing changed."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        text = EXAMPLE.read_text()
        self.assertIn(old, text)
        file = pathlib.Path(folder.name) / "cases.yaml"
        file.write_text(text.replace(old, new, 1))
        return file

    def test_prints_an_opinion(self):
        done = law(EXAMPLE, "--case", "attack_at_home")
        self.assertEqual(done.returncode, 0, done.stderr)
        for line in ["Attributed: yes, to cland; the author is known (author_known).",
                     "Covered: yes, article 1; ", "Invoked: yes, ", "Obliged: yes, war; ",
                     "Able: yes, war; ", "Honoured: yes, war; ", "Consequence: war, article 1; ",
                     "At war in the end: aland and cland, bland and cland.", "As expected."]:
            self.assertIn(line, done.stdout)
        self.assertNotIn("attack_abroad", done.stdout)
        self.assertIn("1 case decided, 1 as expected, 0 not", done.stderr)

    def test_marks_what_differs(self):
        file = self.changed("not_covered: place_not_covered", "covered: article_applies")
        done = law(file)
        self.assertEqual(done.returncode, 5)
        marked = [line for line in done.stdout.splitlines() if line.startswith("  !")]
        self.assertEqual(len(marked), 1)
        self.assertIn("Covered: no, article 1", marked[0])
        self.assertIn("Not as expected:", done.stdout)
        line = file.read_text().split("covered: article_applies}]")[0].count("\n") + 1
        self.assertIn(f"{file}:{line}:", done.stdout)

    def test_summary_is_silent_where_all_is_as_expected(self):
        done = law(EXAMPLE, "--summary")
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_json(self):
        done = law(self.changed("level: war", "level: aid"), "--json")
        self.assertEqual(done.returncode, 5)
        result = json.loads(done.stdout)
        self.assertEqual((result["cases"], result["differing"]), (2, 1))
        first = result["results"][0]
        self.assertFalse(first["as_expected"])
        self.assertEqual(first["chapter"], "coverage")
        stages = {v["stage"] for v in first["steps"][0]["verdicts"]}
        self.assertEqual(stages, {"attributed", "covered", "invoked", "obliged", "able", "honoured",
                                  "consequence"})
        covered = [v for v in first["steps"][0]["verdicts"] if v["stage"] == "covered"]
        self.assertEqual((covered[0]["article"], covered[0]["reason"]), ("1", "article_applies"))
        self.assertEqual(first["steps"][0]["at_war"], [["aland", "cland"], ["bland", "cland"]])

    def test_a_term_that_runs_out_is_over_no_act(self):
        done = law(TERMS, "--case", "peace_too_late")
        self.assertEqual(done.returncode, 0, done.stderr)
        for line in ["Term: the time for bland to help aland has run out, 2000-06-01",
                     "Consequence: war, article 1; the term has run out",
                     "Breach by bland (help_refused) of alliance, article 1 towards aland, on 2000-06-01."]:
            self.assertIn(line, done.stdout)
        self.assertLess(done.stdout.index("Term: "), done.stdout.index("Act peace: "))
        steps = json.loads(law(TERMS, "--case", "peace_too_late", "--json").stdout)["results"][0]["steps"]
        self.assertEqual(steps[0]["breaches"], [])
        (breach,) = steps[1]["breaches"]
        self.assertEqual((breach["act"], breach["date"]), (None, "2000-06-01"))
        (verdict,) = [v for v in steps[1]["verdicts"] if v["reason"] == "term_run_out"]
        self.assertEqual((verdict["act"], verdict["cause"]), (None, None))
        self.assertTrue(all(isinstance(v["act"], int) for v in steps[0]["verdicts"]))

    def test_on_a_page_the_answer_stays_in_its_step(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        page = pathlib.Path(folder.name) / "page.html"
        self.assertEqual(law(TERMS, "--case", "attacked_again_after_the_term", "--html", page).returncode, 0)
        text = page.read_text()
        self.assertEqual(text.count("In sum: "), 2)
        self.assertLess(text.index("In sum: "), text.index("Act attack: "))
        self.assertLess(text.index("Step 3"), text.rindex("In sum: "))
        self.assertLess(text.rindex("In sum: "), text.index("Act elsewhere: "))

    def test_an_invalid_file_does_not_hide_the_others(self):
        bad = self.changed("act: strike", "act: strik")
        done = law(bad, EXAMPLE)
        self.assertEqual(done.returncode, 3)
        self.assertIn("did you mean 'strike'?", done.stderr)
        self.assertIn("attack_abroad", done.stdout)

    def test_a_folder_is_searched(self):
        done = law(EXAMPLE.parent, "--summary")
        self.assertIn(done.returncode, (0, 5), done.stderr)
        self.assertGreater(int(done.stderr.split(" cases decided")[0].split()[-1]), 20)

    def test_what_is_not_there(self):
        self.assertEqual(law("no-such-file.yaml").returncode, 6)
        self.assertEqual(law(EXAMPLE, "--case", "no_such_case").returncode, 2)

    def test_a_case_under_every_reading(self):
        niger = ROOT / "tests/casebook/doctrines/03-niger-2023.yaml"
        done = law(niger, "--case", "lawful_at_the_presidents_request", "--doctrines", "all")
        self.assertEqual(done.returncode, 0, done.stderr)
        for line in ["Turns on: government, regional_force.", "As the case is written:",
                     "With government: effective_control, regional_force: council:",
                     "+ nigeria breaks Charter of the United Nations, article 2.4 towards niger"]:
            self.assertIn(line, done.stdout)
        self.assertIn("1 case read, 1 turn on a doctrine", done.stderr)
        found = json.loads(law(niger, "--doctrines", "regional_force", "--json").stdout)
        first = found["results"][0]
        self.assertEqual(first["turns_on"], [])
        self.assertEqual(len(first["answers"]), 1)

    def test_a_case_under_one_reading(self):
        cases = ROOT / "tests/casebook/doctrines/01-contested-questions.yaml"
        self.assertEqual(law(cases, "--case", "forestalled").returncode, 0)
        done = law(cases, "--case", "forestalled", "--doctrine", "anticipation=imminent")
        self.assertEqual(done.returncode, 5)
        self.assertIn("not_covered: defensive_act", done.stdout)

    def test_a_doctrine_that_is_not_there(self):
        for arguments, said in [(["--doctrines", "weather"], "no contested question 'weather'"),
                                (["--doctrine", "groups"], "not of the form question=reading"),
                                (["--doctrine", "groups=nobody"], "there are any_author")]:
            done = law(EXAMPLE, *arguments)
            self.assertEqual(done.returncode, 2)
            self.assertIn(said, done.stderr)


if __name__ == "__main__":
    unittest.main()
