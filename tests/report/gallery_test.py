"""The gallery: every shipped scenario is in it, and every picture it shows is there and small."""
import importlib.util
import os
import pathlib
import re
import struct
import unittest

ROOT = pathlib.Path(os.environ.get("CASUS_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
SMALL, ALL = 150_000, 1_500_000  # bytes


def gallery():
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "docs/gallery.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scenarios():
    """Those that are run as they are: neither a policy over one, nor a treaty, nor a part of one."""
    found = set()
    for path in (ROOT / "scenarios").rglob("*.yaml"):
        name = path.relative_to(ROOT / "scenarios")
        if {"policies", "data", "treaties"} & set(name.parts):
            continue
        text = path.read_text(encoding="utf-8")
        if text.startswith("casus: scenario/") and re.search(r"^title:", text, re.M):
            found.add(str(name.with_suffix("")))
    return found


class Gallery(unittest.TestCase):
    def setUp(self):
        self.page = (ROOT / "docs/gallery.md").read_text(encoding="utf-8")
        self.shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", self.page)

    def test_the_page_is_what_its_script_says(self):
        self.assertEqual(self.page, gallery().page(), "docs/gallery.py --page > docs/gallery.md")

    def test_every_scenario_is_in_it(self):
        self.assertGreater(len(scenarios()), 10)
        named = set(re.findall(r"scenarios/([\w/-]+)\.yaml", self.page))
        self.assertEqual(scenarios() - named, set(), "these are in docs/gallery.py's list of no picture")

    def test_every_picture_is_there_and_small(self):
        total = 0
        for name in self.shown:
            path = ROOT / "docs" / name
            data = path.read_bytes()
            self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n", name)
            width, height = struct.unpack(">II", data[16:24])
            self.assertGreater(width, 600, name)
            self.assertGreater(height, 150, name)
            self.assertLess(len(data), SMALL, name)
            total += len(data)
        self.assertLess(total, ALL)

    def test_no_picture_is_of_nothing(self):
        kept = {f"pictures/{p.name}" for p in (ROOT / "docs/pictures").iterdir()}
        self.assertEqual(kept, set(self.shown))

    def test_the_readme_begins_with_one(self):
        head = (ROOT / "README.md").read_text(encoding="utf-8")[:1500]
        picture = re.search(r"!\[[^\]]+\]\((docs/pictures/[^)]+)\)", head)
        self.assertTrue(picture, "README.md shows a picture before it says much")
        self.assertTrue((ROOT / picture.group(1)).exists())
        self.assertIn("docs/gallery.md", head)


if __name__ == "__main__":
    unittest.main()
