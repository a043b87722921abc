#!/usr/bin/env python3
"""Every rule is called: by a mechanism, a reference model, a study, or by a rule that is.

The functions and classes that the public headers of `rules` declare are looked for in the library,
comments and literals aside. What only tests and benchmarks name is a rule without a use, and leaves.
"""
import os
import pathlib
import re
import unittest

from walls import strip_code

DECLARED = re.compile(r"^(?:CASUS_API\s+)?(?:inline\s+)?(?:[\w:<>]+[\s&*]+)+?(\w+)\s*\(", re.M)
CLASSES = re.compile(r"^class\s+(?:CASUS_API\s+)?(\w+)", re.M)
HEADERS, BODIES = "include/casus/rules/", "lib/rules/"


def declared(text: str) -> set:
    """Functions and classes at the level of the namespace: those that begin in the first column."""
    text = re.sub(r"^CASUS_API\s+", "", text, flags=re.M)
    functions = {name for name in DECLARED.findall(text) if name not in ("defined", "static_assert")}
    return functions | set(CLASSES.findall(text))


def bodies(text: str) -> list:
    """What a source defines: pairs of a name, None for what is not a function or a member of one, and
    the text; members go by the name of their class."""
    out = []
    for part in re.split(r"\n(?=[^\s}#])", text):
        head = (re.match(r"(?:class|struct)\s+(?:CASUS_API\s+)?()(\w+)", part)
                or re.match(r"(?:[\w:<>,]+[\s&*]+)*?(?:(\w+)::)?~?(\w+)\s*\(", part))
        out.append(((head.group(1) or head.group(2)) if head else None, part))
    return out


def without_use(tree: dict) -> list:
    """The names in (path: text) that nothing of the library calls in the end."""
    tree = {path: strip_code(text) for path, text in tree.items()}
    names = set()
    for path, text in tree.items():
        if path.startswith(HEADERS):
            names |= declared(text)
    outside = " ".join(text for path, text in tree.items()
                       if not path.startswith((HEADERS, BODIES)))
    words = set(re.findall(r"\w+", outside))
    # From what is used outside to what that calls, over the functions of the room, private ones too.
    calls = {}
    for path, text in tree.items():
        if path.startswith((HEADERS, BODIES)):
            for name, body in bodies(text):
                if name:
                    calls.setdefault(name, set()).update(re.findall(r"\w+", body))
    used, new = set(), names & words
    while new:
        used |= new
        new = set().union(*(calls.get(name, set()) for name in new)) & (names | set(calls)) - used
    return sorted(names - used)


class Rules(unittest.TestCase):
    def test_every_rule_is_called(self):
        root = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
        tree = {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8")
                for top in ("include", "lib") for file in sorted((root / top).rglob("*"))
                if file.suffix in (".h", ".cpp")}
        found = set().union(*(declared(strip_code(text)) for path, text in tree.items()
                              if path.startswith(HEADERS)))
        self.assertGreater(len(found), 30, "the headers declare hardly anything: has their form changed?")
        self.assertEqual(without_use(tree), [], "rules that nothing of the library calls")

    def test_what_is_not_called_is_found(self):
        header = ("#pragma once\n/// lonely() in words\nCASUS_API double lonely(double x);\n"
                  "CASUS_API double\nfriends_of(double x);\nCASUS_API bool known(double x);\n"
                  "inline double small(double x) {\n  return x;\n}\n"
                  "class CASUS_API Kept {\n public:\n  double get() const;\n};\n")
        body = ("double lonely(double x) {\n  return lonely(x);\n}\n"
                "double friends_of(double x) {\n  return helper(x);\n}\n"
                "double helper(double x) {\n  return small(x) + known(x);\n}\n"
                "double Kept::get() const {\n  return 1.0;\n}\n")
        tree = {HEADERS + "a.h": header, BODIES + "a.cpp": body}
        self.assertEqual(declared(strip_code(header)),
                         {"lonely", "friends_of", "known", "small", "Kept"})
        self.assertEqual(without_use(tree), ["Kept", "friends_of", "known", "lonely", "small"])
        # A mention in a comment, a literal, a test or a benchmark is no call.
        tree["lib/sim/a.cpp"] = '// lonely(1)\nconst char* text = "lonely";\nauto y = friends_of(1), z = Kept{};\n'
        self.assertEqual(without_use(tree), ["lonely"])
        tree["lib/sim/b.cpp"] = "double x = lonely(2);\n"
        self.assertEqual(without_use(tree), [])


if __name__ == "__main__":
    unittest.main()
