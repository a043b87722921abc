#!/usr/bin/env python3
"""The same build gives the same results on processors with and without fused multiply-add.

glibc chooses variants of exp, log and pow by what the processor has; GLIBC_TUNABLES hides some of it
from glibc. Every scenario that has a golden hash is run with the processor as it is and with parts of
it hidden, and outcomes and hashes of worlds and events must be the same. Where hiding changes nothing for anybody, because
the processor has none of it, there is nothing to be seen and the test is skipped.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("CASUS_PROGRAM")
SOURCE = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
HIDDEN = ("-FMA,-FMA4,-AVX2", "-FMA", "-AVX2")

# A digest of the system's own functions, to know that hiding parts of the processor has an effect.
PROBE = """
import ctypes, ctypes.util, hashlib, struct
m = ctypes.CDLL("libm.so.6")
d = hashlib.sha256()
for name in ("exp", "log", "sin"):
    f = getattr(m, name); f.restype = ctypes.c_double; f.argtypes = [ctypes.c_double]
    for i in range(1, 4000): d.update(struct.pack("d", f(i * 0.00731)))
print(d.hexdigest())
"""


def with_hidden(hidden: str) -> dict:
    environment = {k: v for k, v in os.environ.items() if k != "GLIBC_TUNABLES"}
    if hidden:
        environment["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=" + hidden
    return environment


def probe(hidden: str) -> str:
    return subprocess.run([sys.executable, "-c", PROBE], env=with_hidden(hidden), check=True,
                          text=True, capture_output=True).stdout


def hashes(scenario: pathlib.Path, hidden: str, folder: pathlib.Path) -> str:
    out = folder / f"results{len(list(folder.iterdir()))}"
    done = subprocess.run([PROGRAM, "run", scenario, "-n", "2", "-q", "-o", out],
                          env=with_hidden(hidden), text=True, capture_output=True)
    if done.returncode:
        sys.exit(f"{scenario}: {done.returncode}\n{done.stderr}")
    return (out / "runs.csv").read_text(encoding="utf-8")


def main():
    if not PROGRAM:
        return 77
    if all(probe(hidden) == probe("") for hidden in HIDDEN):
        print("nothing of this processor can be hidden from the C library")
        return 77
    different = []
    golden = (SOURCE / "tests/data/golden.txt").read_text(encoding="utf-8")
    shipped = [SOURCE / "scenarios" / line.split()[0] for line in golden.splitlines()]
    with tempfile.TemporaryDirectory(prefix="casus-processor-") as scratch:
        for scenario in shipped:
            plain = hashes(scenario, "", pathlib.Path(scratch))
            # One of the ways for each, and all of them for the first, which is quick.
            for hidden in HIDDEN if scenario == shipped[0] else HIDDEN[:1]:
                if hashes(scenario, hidden, pathlib.Path(scratch)) != plain:
                    different.append(f"{scenario} with {hidden}")
    for line in different:
        print("differs:", line)
    print(f"{len(shipped)} scenarios, {len(different)} differ")
    return 1 if different or not shipped else 0


if __name__ == "__main__":
    sys.exit(main())
