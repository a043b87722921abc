#!/usr/bin/env python3
"""What goes wrong outside the scenario's contents: numbers on the command line, files that are none,
files for other commands, texts that a terminal or a spreadsheet would obey, a machine that gives too
little."""
import json
import os
import re
import resource
import subprocess

from support import PROGRAM, SCENARIO, CliTest, main, on_terminal, rows

# Control characters but the line feed, and what turns the direction of reading.
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")


class Numbers(CliTest):
    WRONG = (("-1", "below 0"), ("18446744073709551616", "is too large"), ("", "no number is given"),
             ("010", "begins with a zero; write 10"), ("1e3", "is not a whole number; write 1000"),
             (" 5", "is not a whole number; write 5"), ("5 ", "write 5"), ("+3", "write 3"),
             ("0x10", "write digits alone"), ("2,000", "write 2000"), ("1.5", "write digits alone"),
             ("nan", "write digits alone"), ("many", "write digits alone"))

    def test_every_option_that_takes_a_number(self):
        options = {"--runs": ["-n", "--runs"], "--seed": ["--seed"], "--threads": ["-j", "--threads"],
                   "--first-run": ["--first-run"], "--read-limit": ["--read-limit"]}
        for option, spellings in options.items():
            for spelling in spellings:
                for text, said in self.WRONG:
                    with self.subTest(option=spelling, text=text):
                        result = self.casus("run", "two.yaml", "--dry-run", spelling, text, code=2)
                        self.assertEqual(result.stdout, "")
                        self.assertIn(said, result.stderr)
                        self.assertIn(option, result.stderr)

    def test_the_seed_that_is_typed_is_the_seed(self):
        for seed in ("0", "7", "18446744073709551615"):
            result = self.casus("run", "two.yaml", "--dry-run", "--seed", seed)
            self.assertIn(f"seed {seed},", result.stdout)
        self.assertIn("seed 3,", self.casus("run", "two.yaml", "--dry-run", "--seed=3").stdout)
        self.casus("run", "two.yaml", "--dry-run", "--seed=-1", code=2)
        self.casus("run", "two.yaml", "--dry-run", "--seed=", code=2)
        self.casus("run", "two.yaml", "--dry-run", "-n010", code=2)

    def test_of_the_other_commands(self):
        for arguments in (["replay", "out", "--run", "010"], ["balance", "two.yaml", "-n", "1e1"],
                          ["generate", "--states", "03"], ["check", "two.yaml", "--read-limit", "08"],
                          ["backtest", "wars", ".", "--seed", "-1"],
                          ["backtest", "sahel", ".", "--seed", "0x1"],
                          ["run", "two.yaml", "--executor", "shuffled:01"],
                          ["run", "two.yaml", "--events", "01"]):
            with self.subTest(arguments=arguments):
                self.assertRegex(self.casus(*arguments, code=2).stderr, "write |begins with a zero")


class Files(CliTest):
    def test_what_is_no_ordinary_file(self):
        os.mkfifo(self.folder / "pipe")
        (self.folder / "including.yaml").write_text(
            "casus: scenario/1\ninclude: [pipe, /dev/zero, .]\n", encoding="utf-8")
        for command in (["check"], ["run", "--dry-run"], ["law"], ["law", "sheet"], ["paths"]):
            for name in ("pipe", "/dev/zero", "/dev/null"):
                with self.subTest(command=command, file=name):
                    result = self.casus(*command, name, code=6, timeout=20)
                    self.assertIn("it is not an ordinary file", result.stderr)
        self.assertIn("it is a folder", self.casus("check", ".", code=6).stderr)
        result = self.casus("check", "including.yaml", code=3, timeout=20)
        self.assertEqual(result.stderr.count("it is not an ordinary file"), 2)
        self.assertIn("it is a folder", result.stderr)

    def test_tables_that_are_none(self):
        (self.folder / "tables").mkdir()
        for name in ("cow_states", "cow_nmc", "cow_alliance", "cow_contdir", "wars", "candidates"):
            os.mkfifo(self.folder / "tables" / f"{name}.csv")
        result = self.casus("backtest", "wars", "tables", code=3, timeout=20)
        self.assertIn("it is not an ordinary file", result.stderr)

    def test_files_for_another_command(self):
        (self.folder / "cases.yaml").write_text(
            "casus: casebook/1\ntitle: Cases\nchapter: war\nparties: {a: state}\ncases: {}\n",
            encoding="utf-8")
        for command in ("check", "run", "paths", "balance"):
            result = self.casus(command, "cases.yaml", code=3)
            self.assertIn("casus law cases.yaml", result.stderr)
            self.assertEqual(result.stderr.count("error:"), 1, result.stderr)
        result = self.casus("law", "two.yaml", code=3)
        self.assertIn("casus run two.yaml", result.stderr)
        self.assertIn("casus law sheet two.yaml", result.stderr)
        self.assertEqual(result.stderr.count("error:"), 1, result.stderr)


class Warnings(CliTest):
    def setUp(self):
        super().setUp()
        (self.folder / "odd.yaml").write_text(
            SCENARIO.replace("in_force: 2020-01-01", "in_force: 2030-01-01")
            .replace("outcomes:", "timeline:\n  - {at: 2020-01-01, set: {actors.arda.legitimacy: "
                     "0.4}}\noutcomes:"), encoding="utf-8")

    def test_check_says_them_and_accepts(self):
        result = self.casus("check", "odd.yaml")
        self.assertIn("odd.yaml: ok", result.stdout)
        self.assertRegex(result.stderr, r"(?m)^odd\.yaml:\d+:\d+: warning: .* \[W0401\]$")
        self.assertRegex(result.stderr, r"(?m)^odd\.yaml:\d+:\d+: warning: .* \[W0402\]$")
        self.assertIn("2 warnings", result.stderr)
        self.assertEqual(self.casus("check", "-q", "odd.yaml").stderr, "")

    def test_in_json(self):
        file = json.loads(self.casus("check", "--json", "odd.yaml").stdout)["files"][0]
        self.assertTrue(file["valid"])
        self.assertEqual([(d["severity"], d["code"]) for d in file["diagnostics"]],
                         [("warning", "W0401"), ("warning", "W0402")])

    def test_run_says_them_once_and_runs(self):
        result = self.casus("run", "odd.yaml", "-n", 2, "-o", "out", "--progress", "none")
        self.assertEqual(result.stderr.count("[W0401]"), 1)
        self.assertEqual(len(rows(self.folder / "out" / "runs.csv")), 2)
        result = self.casus("run", "odd.yaml", "-n", 2, "-o", "more", "-q")
        self.assertEqual(result.stderr, "")

    def test_each_is_explained(self):
        for code in ("W0106", "W0401", "W0402", "W0403", "W0404", "W0405", "W0406", "W0501", "E0117", "E0118"):
            self.assertGreater(len(self.casus("docs", code).stdout), 80)


class Names(CliTest):
    def test_no_outcome_has_the_name_of_another_column(self):
        self.casus("run", "two.yaml", "-n", 1, "-o", "out", "-q")
        header = (self.folder / "out" / "runs.csv").read_text(encoding="utf-8").splitlines()[0]
        outcomes = re.findall(r"(?m)^  (\w+): {", SCENARIO.split("outcomes:")[1])
        others = [c for c in header.split(",") if c not in outcomes]
        self.assertIn("run", others)
        for name in others:
            (self.folder / "named.yaml").write_text(
                SCENARIO + f"  {name}: {{sum: deaths}}\n", encoding="utf-8")
            self.assertIn(f"column '{name}' of their own [E0311]",
                          self.casus("check", "named.yaml", code=3).stderr)


class Clean(CliTest):
    EVIL = r"\e[2J\e]0;pwned\a\0\x9b\u202Eevil\nrow\r"

    def setUp(self):
        super().setUp()
        (self.folder / "evil.yaml").write_text(
            SCENARIO.replace("title: Two states and a group", f'title: "{self.EVIL}"')
            .replace("{title: Arda is attacked,", f'{{title: "{self.EVIL}",')
            .replace("{title: Deaths in Arda,", '{title: "=HYPERLINK(1)",')
            .replace("{title: Control of Arda,", '{title: "-2+3",')
            .replace("title: League", f'title: "{self.EVIL}"')
            .replace('"1": {when', '"1\\e[31m": {when'), encoding="utf-8")

    def test_nothing_is_obeyed(self):
        for arguments in (["run", "evil.yaml", "-n", 3, "-o", "out", "--events", "all"],
                          ["run", "evil.yaml", "--dry-run"], ["check", "evil.yaml"],
                          ["law", "sheet", "evil.yaml"], ["law", "gaps", "evil.yaml"],
                          ["paths", "evil.yaml"], ["replay", "out", "--run", 1]):
            for color in ("never", "auto"):
                with self.subTest(arguments=arguments, color=color):
                    result = self.casus(*arguments, "--color", color,
                                        *(["--overwrite"] if "-o" in arguments else []))
                    self.assertEqual(OBEYED.findall(result.stdout + result.stderr), [])
        for file in (self.folder / "out").rglob("*.csv"):
            self.assertEqual(OBEYED.findall(file.read_text(encoding="utf-8")), [], file.name)

    def test_no_false_rows_and_no_formulas(self):
        self.casus("run", "evil.yaml", "-n", 2, "-o", "out", "-q")
        titles = {r["outcome"]: r["title"] for r in rows(self.folder / "out" / "summary.csv")}
        self.assertEqual(titles["attacked"], "?[2J?]0;pwned????evil row?")
        self.assertEqual(titles["deaths"], "'=HYPERLINK(1)")
        self.assertEqual(titles["control"], "'-2+3")
        lines = (self.folder / "out" / "summary.csv").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(lines), 6)
        for cell in (c for r in rows(self.folder / "out" / "summary.csv") for c in r.values()):
            self.assertNotRegex(cell, r"^[=@]|^[+-](?![\d.])")

    def test_on_a_terminal_there_is_colour_and_no_more(self):
        code, shown = on_terminal("run", "evil.yaml", "-n", "2", "-o", "out", cwd=self.folder)
        self.assertEqual(code, 0, shown)
        rest = re.sub(r"\x1b\[[\d;]*m|\r\x1b\[K|\r\n", "", shown)
        self.assertEqual(OBEYED.findall(rest), [])
        self.assertIn("\x1b[1m", shown)

    def test_names_of_files_and_options(self):
        for arguments in (["check", "a\x1b[2J.yaml"], ["run", "\x1b]0;x\a"], ["\x1b[2J"],
                          ["run", "two.yaml", "--\x1b[2J"], ["docs", "\x1b[2J"],
                          ["run", "two.yaml", "--set", "a\x1b[2J=\x1b[2J"]):
            result = subprocess.run([PROGRAM, *arguments], cwd=self.folder, text=True,
                                    capture_output=True, timeout=60)
            self.assertNotEqual(result.returncode, 0)
            self.assertEqual(OBEYED.findall(result.stdout + result.stderr), [], arguments)


class Machine(CliTest):
    def limited(self, limit, value, *arguments):
        def lower():
            resource.setrlimit(limit, (value, value))
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, text=True,
                              capture_output=True, timeout=120, preexec_fn=lower)

    def test_too_little_memory_is_no_bug(self):
        if os.environ.get("CASUS_SANITIZED"):
            self.skipTest("sanitizers reserve more")
        # A scenario that needs more than there is; what the program needs by itself is not known.
        regions = "\n".join(f"  r{i}: {{owner: arda, population: 1000, area: 10, at: [0, {i / 500}]}}"
                            for i in range(60000))
        (self.folder / "large.yaml").write_text(
            "casus: scenario/1\nclock: {start: 2023-01-01, days: 1}\nregions:\n" + regions +
            "\nactors:\n  arda: {kind: state, forces: 1, capital: r1}\noutcomes: {d: {sum: deaths}}\n",
            encoding="utf-8")
        seen = set()
        for megabytes in (60, 90, 120, 160, 200, 260):
            result = self.limited(resource.RLIMIT_AS, megabytes << 20, "check", "-q",
                                  "large.yaml")
            self.assertNotIn("bug", result.stderr)
            seen.add(result.returncode)
            if result.returncode == 71:
                self.assertIn("too little memory", result.stderr)
        self.assertIn(71, seen)


class Help(CliTest):
    def test_the_first_steps_can_be_taken(self):
        overview = self.casus("--help").stdout
        commands = re.findall(r"(?m)^  (casus (?:new|run) \S+(?: \S+)?)", overview)
        self.assertEqual(len(commands), 2, overview)
        self.casus(*commands[0].split()[1:])
        file = commands[1].split()[2]
        self.assertTrue((self.folder / file).is_file(), file)
        self.casus("check", file)
        self.assertIn(file, self.casus("new", "--help").stdout)

    def test_new_says_its_arguments_and_the_file_that_is_there(self):
        text = self.casus("new", "--help").stdout
        self.assertNotIn("type_name", text)
        self.assertRegex(text, r"(?m)^  TEMPLATE +Its name; without it, the templates are listed$")
        for name in self.casus("new").stdout.split():
            result = self.casus("new", name, f"my-{name}")
            self.assertTrue((self.folder / result.stdout.strip()).is_file())
            self.casus("check", "-q", result.stdout.strip())


if __name__ == "__main__":
    main()
