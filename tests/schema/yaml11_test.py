#!/usr/bin/env python3
"""Readers of YAML 1.1, which are many, read our files as Casus does.

Each file that is shipped is read by PyYAML with its own rules and with those of the format (scenarios_test.py).
No key may be true, false or nothing; where one reading has true, false or nothing the other must
have the same; and a number must be a number to both.

Exits 77, which ctest counts as skipped, where python3-yaml is missing.
"""
import datetime
import os
import pathlib
import sys

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

from scenarios_test import Loader

SOURCE = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])


def is_number(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def differences(theirs, ours, path=""):
    if isinstance(ours, dict) or isinstance(theirs, dict):
        if not isinstance(ours, dict) or not isinstance(theirs, dict) or len(ours) != len(theirs):
            yield f"{path}: a mapping to one of the two"
            return
        for (key, value), (our_key, our_value) in zip(theirs.items(), ours.items()):
            if key is None or isinstance(key, bool):
                yield f"{path}.{our_key}: the key is {key}"
            yield from differences(value, our_value, f"{path}.{our_key}")
    elif isinstance(ours, list) or isinstance(theirs, list):
        if not isinstance(ours, list) or not isinstance(theirs, list) or len(ours) != len(theirs):
            yield f"{path}: a list to one of the two"
            return
        for number, (value, our_value) in enumerate(zip(theirs, ours)):
            yield from differences(value, our_value, f"{path}.{number}")
    elif ours is None or isinstance(ours, bool):
        if theirs is not ours:
            yield f"{path}: {theirs!r}, not {ours}"
    elif is_number(ours):
        if not is_number(theirs) or theirs != ours:
            yield f"{path}: {theirs!r}, not the number {ours}"
    elif not isinstance(theirs, (str, datetime.date)):
        yield f"{path}: {theirs!r}, not the text {ours!r}"


def compare(text):
    return list(differences(yaml.safe_load(text), yaml.load(text, Loader)))


def main() -> int:
    # That the comparison finds what it is for.
    for text in ("on: niger", "no: {kind: state}", "actors: [no]", "x: yes", "x: 1e6", "x: 1:30",
                 "x: 1_000", "x: 012", "~: 1"):
        if not compare(text):
            print(f"'{text}' is read otherwise, and that was not found")
            return 1
    if compare("a: {b: [1, 2.5, true, word, 2020-01-01, '5 people']}"):
        print("a difference was found where there is none")
        return 1
    failures, files = 0, 0
    for folder in ("scenarios", "examples", "tests/casebook", "tests/data/treaties"):
        for path in sorted((SOURCE / folder).rglob("*.y*ml")):
            files += 1
            for difference in compare(path.read_text(encoding="utf-8")):
                failures += 1
                print(f"{path.relative_to(SOURCE)}: {difference}")
    print(f"{files} files, {failures} differences")
    return 1 if failures or files < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
