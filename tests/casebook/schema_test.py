"""The schema of case files agrees with the corpus and with its description.

Runs the program named by CASUS_PROGRAM. Validation needs the modules yaml and jsonschema; without
them that part is skipped.
"""
import json
import os
import pathlib
import subprocess
import unittest

try:
    import jsonschema
    import yaml
except ImportError:
    jsonschema = None

ROOT = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
CASES = sorted((ROOT / "tests" / "casebook").glob("*/*.yaml"))


def schema():
    program = os.environ["CASUS_PROGRAM"]
    done = subprocess.run([program, "schema", "--cases"], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def read(text):
    """YAML with dates left as the text they are."""
    class Loader(yaml.SafeLoader):
        pass
    Loader.yaml_implicit_resolvers = {
        key: [(tag, pattern) for tag, pattern in rules if not tag.endswith(":timestamp")]
        for key, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    return yaml.load(text, Loader)


@unittest.skipUnless(os.environ.get("CASUS_PROGRAM"), "the program was not built")
class Schema(unittest.TestCase):
    @unittest.skipUnless(jsonschema, "needs yaml and jsonschema")
    def test_accepts_the_corpus(self):
        validator = jsonschema.Draft7Validator(schema())
        self.assertGreater(len(CASES), 10)
        for file in CASES:
            errors = [f"{list(e.path)}: {e.message}"
                      for e in validator.iter_errors(read(file.read_text()))]
            self.assertEqual(errors, [], file)

    @unittest.skipUnless(jsonschema, "needs yaml and jsonschema")
    def test_refuses_what_loading_refuses(self):
        validator = jsonschema.Draft7Validator(schema())
        good = (ROOT / "tests/casebook/coverage/01-territory.yaml").read_text()
        for old, new in [("not_covered: place", "notcovered: place"), ("article_applies", "applies"),
                         ("act: strike", "act: strik"), ("chapter: coverage", "chapter: cover"),
                         ("level: war", "level: peace"), ("title: Defence", "titel: Defence"),
                         ("casebook/1", "casebook/2"), ("bland: state", "bland: stat")]:
            self.assertIn(old, good)
            self.assertFalse(validator.is_valid(read(good.replace(old, new, 1))), new)

    def test_every_key_is_described(self):
        described = (ROOT / "docs" / "casebook.md").read_text()
        keys = set()

        def collect(node):
            if isinstance(node, dict):
                properties = node.get("properties")
                if isinstance(properties, dict):
                    keys.update(properties)
                for value in node.values():
                    collect(value)
            elif isinstance(node, list):
                for value in node:
                    collect(value)

        whole = schema()
        # Priors are for scenarios; a case has plain numbers.
        whole["definitions"] = {name: value for name, value in whole["definitions"].items()
                                if not name.startswith(("prior_", "quantity_"))}
        collect(whole)
        self.assertGreater(len(keys), 100)
        missing = [key for key in sorted(keys) if key not in described]
        self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
