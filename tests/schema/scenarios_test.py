#!/usr/bin/env python3
"""Looks at scenario files through the schema that the program prints, with an independent validator.

Every file of scenarios/ is accepted; of the broken files of tests/data/bad those are rejected that a
schema can see. Runs the program named by CASUS_PROGRAM.

Exits 77, which ctest counts as skipped, where python3-jsonschema or python3-yaml is missing.
"""
import json
import os
import pathlib
import re
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing.name} is not installed (python3-jsonschema, python3-yaml)")
    sys.exit(77)

# What is wrong with these is in their text, or needs more than one value to be seen: names that
# must exist, sums, orders, files that contradict each other, YAML that no tree shows any more.
UNSEEN = {
    "anchors", "bad_edits", "bad_pact", "binary", "borders", "dates", "deep", "duplicate_key",
    "empty", "given_in_two_files", "ground_of_nobody", "include_cycle", "include_missing", "itself", "latin1", "long_step",
    "not_a_condition", "not_yaml", "outcome_names", "pact_names", "read_only", "regions_that_do_not_fit",
    "said_twice", "same_key", "tab",
    "too_many_forces", "truncated", "twice", "two_documents", "unknown_names", "useless",
    "wrong_kind",
}


class Loader(yaml.SafeLoader):
    """Reads plain scalars as the format does: true and false, decimal numbers, and text."""


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?(0|[1-9][0-9]*)$"), list("-+0123456789"))
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(0|[1-9][0-9]*)?(\.[0-9]*)?([eE][-+]?[0-9]+)?$"), list("-+.0123456789"))
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])


def text_keys(value):
    """Keys are names, also those that look like numbers."""
    if isinstance(value, dict):
        return {str(key): text_keys(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [text_keys(inner) for inner in value]
    return value


def problems(validator, path: pathlib.Path):
    document = text_keys(yaml.load(path.read_text(encoding="utf-8"), Loader))
    return [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}"
            for e in validator.iter_errors(document)]


def printed_schema(*arguments):
    printed = subprocess.run([os.environ["CASUS_PROGRAM"], "schema", *arguments], check=True,
                             capture_output=True, text=True).stdout
    schema = json.loads(printed)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def main() -> int:
    if "CASUS_PROGRAM" not in os.environ:
        print("skipped: the program was not built")
        return 77
    validator = printed_schema()
    others = {"experiment": printed_schema("--experiments"),
              "calibration": printed_schema("--calibrations")}
    root = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
    failures = 0
    accepted = sorted((root / "scenarios").rglob("*.yaml"))
    for path in accepted:
        kind = path.read_text(encoding="utf-8").split("/")[0].removeprefix("casus: ")
        found = problems(others.get(kind, validator), path)
        for problem in found:
            print(f"{path}: rejected: {problem}")
        failures += bool(found)
    broken = {p.stem for p in (root / "tests/data/bad").glob("*.yaml")}
    for name in sorted(UNSEEN - broken):
        print(f"{name}: listed as unseen, and there is no such file")
        failures += 1
    rejected = [p for p in sorted((root / "tests/data/bad").glob("*.yaml")) if p.stem not in UNSEEN]
    for path in rejected:
        if not problems(validator, path):
            print(f"{path}: accepted, though it is broken")
            failures += 1
    print(f"{len(accepted)} scenario files accepted, {len(rejected)} broken files rejected, "
          f"{failures} failures")
    if not accepted or not rejected:
        print("nothing to look at")
        return 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
