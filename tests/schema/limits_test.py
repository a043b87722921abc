#!/usr/bin/env python3
"""Every limit of a number that the schema prints is the loader's, on both sides.

The schema is walked from its root. Wherever a number with a limit may stand, it is planted into a
scenario: at the limit, where nothing may be said about its range (E0204), and just beyond it, where
that must be said. Other complaints about the scenario, which the number may bring with it, are not
looked at.
"""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("CASUS_PROGRAM")
OUT_OF_RANGE = "E0204"

BASE = {
    "casus": "scenario/1",
    "clock": {"start": "2023-01-01", "days": 120},
    "regions": {
        "north": {"owner": "arda", "population": 400000, "area": 90000, "at": [16, 0],
                  "neighbours": {"south": 300}},
        "south": {"owner": "arda", "population": 900000, "area": 50000, "at": [13, 0]}},
    "actors": {
        "arda": {"kind": "state", "forces": 9000, "capital": "south"},
        "band": {"kind": "armed_group", "forces": 2000},
        "far": {"kind": "external", "forces": 5000}},
    "presence": {"north": {"arda": 3000, "band": 1200}},
    "relations": [{"from": "arda", "to": "far", "affinity": 0.1}],
    "pacts": {"league": {"in_force": "2020-01-01", "members": ["arda", "far"],
                         "articles": {"1": {"when": {"act": ["rebellion"]},
                                            "then": {"assist": ["troops"]}}}}},
    "measures": [{"kind": "aid", "by": "far", "against": "arda", "size": 5, "since": "2020-01-01"}],
    "outcomes": {"deaths": {"sum": "deaths"}},
}
# Names that stand for any: actors have other keys by their kind, so each is tried.
NAMES = {"regions": ["north"], "actors": ["arda", "band", "far"], "pacts": ["league"],
         "presence": ["north"], "resistance": ["north"], "neighbours": ["south"],
         "articles": ["1"], "outcomes": ["deaths"]}


class Walk:
    """Finds (path, low, high, whole) of every number with limits."""

    def __init__(self, schema):
        self.schema = schema
        self.found = {}

    def resolve(self, node):
        while isinstance(node, dict) and "$ref" in node:
            node = self.schema["definitions"][node["$ref"].rsplit("/", 1)[1]]
        return node

    def visit(self, node, path, inside=()):
        node = self.resolve(node)
        if not isinstance(node, dict) or len(path) > 12 or id(node) in inside:
            return
        inside = (*inside, id(node))
        if "minimum" in node or "maximum" in node:
            row = (node.get("minimum"), node.get("maximum"), node.get("type") == "integer")
            self.found.setdefault(path, set()).add(row)
        for key in ("anyOf", "oneOf", "allOf"):
            for inner in node.get(key, []):
                self.visit(inner, path, inside)
        for key, inner in node.get("properties", {}).items():
            self.visit(inner, (*path, key), inside)
        if isinstance(node.get("additionalProperties"), dict):
            section = path[-1] if path else ""
            for name in NAMES.get(section, ["arda" if section == "north" else "some"]):
                self.visit(node["additionalProperties"], (*path, name), inside)
        items = node.get("items")
        if isinstance(items, list):
            for i, inner in enumerate(items):
                self.visit(inner, (*path, i), inside)
        elif items is not None:
            self.visit(items, (*path, 0), inside)


def planted(path, value):
    """The scenario with `value` at the path, whatever is missing made up on the way."""
    document = copy.deepcopy(BASE)
    at = document
    for step, after in zip(path, (*path[1:], None)):
        last = after is None
        made = value if last else [] if isinstance(after, int) else {}
        if isinstance(step, int):
            while len(at) <= step:
                at.append(copy.deepcopy(made) if not isinstance(made, (int, float)) else 0)
            if last:
                at[step] = value
        elif last or not isinstance(at.get(step), type(made)):
            at[step] = made
        at = at[step]
    if path[0] == "timeline":
        document["timeline"][0].setdefault("at", "2023-02-01")
    return document


def cases(found):
    """(path, value, whether it must be refused)"""
    for path, rows in sorted(found.items(), key=str):
        # Where a number may be in one of several ranges, the widest counts.
        lows = [low for low, _, _ in rows]
        highs = [high for _, high, _ in rows]
        whole = all(w for _, _, w in rows)
        low = None if None in lows else min(lows)
        high = None if None in highs else max(highs)
        for limit, sign in ((low, -1), (high, 1)):
            if limit is None:
                continue
            step = 1 if whole else max(1e-9, abs(limit) * 1e-9)
            yield path, int(limit) if whole else limit, False
            yield path, int(limit + sign) if whole else limit + sign * step, True


def check(files):
    """What is out of range in each file."""
    done = subprocess.run([PROGRAM, "check", "--json", *files], text=True, capture_output=True)
    if done.returncode not in (0, 3):
        sys.exit(f"casus check: {done.returncode}\n{done.stderr}")
    return [[d for d in f["diagnostics"] if d["code"] == OUT_OF_RANGE]
            for f in json.loads(done.stdout)["files"]]


def main():
    if not PROGRAM:
        return 77
    schema = json.loads(subprocess.run([PROGRAM, "schema"], check=True, text=True,
                                       capture_output=True).stdout)
    walk = Walk(schema)
    walk.visit(schema, ())
    failures, refused, tried = [], {}, list(cases(walk.found))
    with tempfile.TemporaryDirectory(prefix="casus-limits-") as scratch:
        files = []
        for number, (path, value, _) in enumerate(tried):
            files.append(pathlib.Path(scratch) / f"{number}.yaml")
            files[-1].write_text(json.dumps(planted(path, value)), encoding="utf-8")
        found = []
        for begin in range(0, len(files), 200):
            found += check(files[begin:begin + 200])
    for (path, value, beyond), said in zip(tried, found):
        name = ".".join(map(str, path))
        # Whose keys an actor has depends on its kind: one of them has it.
        general = ".".join(map(str, ("actors", "*", *path[2:]) if path[0] == "actors" else path))
        if beyond:
            refused.setdefault((general, value), []).append(bool(said))
        elif said:
            failures.append(f"{name}: {value} is refused: {said[0]['message']}")
    failures += [f"{name}: {value} is beyond the schema's limit and is accepted"
                 for (name, value), answers in refused.items() if not any(answers)]
    for failure in failures:
        print(failure)
    print(f"{len(walk.found)} numbers with limits, {len(tried)} scenarios, {len(failures)} failures")
    borders = ("regions", "north", "neighbours", "south")
    if len(walk.found) < 100 or borders not in walk.found:
        print("the schema was not walked: borders and parameters have limits")
        return 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
