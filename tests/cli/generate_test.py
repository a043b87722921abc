#!/usr/bin/env python3
"""casus generate, from outside."""
from support import CliTest, main

SIZE = ["--states", 4, "--groups", 9, "--regions", 16, "--presences", 40]


class Generate(CliTest):
    def test_a_file_and_the_standard_output_are_the_same_scenario(self):
        result = self.casus("generate", *SIZE)
        self.assertEqual(result.stderr, "")
        self.assertIn("Next: casus run world.yaml",
                      self.casus("generate", *SIZE, "-o", "world.yaml").stderr)
        written = (self.folder / "world.yaml").read_text(encoding="utf-8")
        self.assertEqual(written, result.stdout)
        self.assertIn("16 regions, 4 states, 9 armed groups",
                      self.casus("check", "world.yaml").stdout)
        self.assertNotEqual(written, self.casus("generate", *SIZE, "--seed", 2).stdout)
        self.assertIn("10 steps", self.casus("generate", *SIZE, "--days", 10, "-o", "short.yaml")
                      and self.casus("check", "short.yaml").stdout)

    def test_a_limit_says_how_it_is_raised(self):
        size = ["--states", 4, "--groups", 6000, "--regions", 400, "--presences", 30000]
        self.casus("generate", *size, "-o", "world.yaml")
        result = self.casus("check", "world.yaml", "--read-limit", 1, code=3)
        self.assertIn("--read-limit 2", result.stderr)
        self.assertIn("world.yaml: ok", self.casus("check", "world.yaml", "--read-limit", 2).stdout)
        self.casus("run", "world.yaml", "--read-limit", 0, code=2)

    def test_nothing_is_overwritten(self):
        self.casus("generate", *SIZE, "-o", "world.yaml")
        self.assertIn("[E0601]", self.casus("generate", *SIZE, "--seed", 2, "-o", "world.yaml",
                                            code=6).stderr)
        self.assertIn("seed 1\n", (self.folder / "world.yaml").read_text(encoding="utf-8"))
        self.assertIn("[E0602]",
                      self.casus("generate", *SIZE, "-o", "nowhere/world.yaml", code=6).stderr)

    def test_mistakes_on_the_command_line(self):
        for arguments, text in (
                (["--states", 4, "--groups", 9, "--regions", 16], "--presences is required"),
                (SIZE[:-1] + [24], "16 regions and 9 groups take 25 to 160 presences, not 24"),
                (["--states", 17] + SIZE[2:], "16 regions take 1 to 16 states, not 17"),
                (["--states", -1] + SIZE[2:], "--states"),
                (["--states", "4x"] + SIZE[2:], "--states"),
                (SIZE + ["--seed", "x"], "--seed"),
                (SIZE + ["--days", 0], "a run lasts 1 to 3650 days, not 0"),
                (SIZE + ["--sede", 3], "did you mean '--seed'?")):
            with self.subTest(arguments=arguments):
                self.assertIn(text, self.casus("generate", *arguments, code=2).stderr)
        self.assertEqual(self.names(), ["two.yaml"])


if __name__ == "__main__":
    main()
