"""What the tests of the package share: where the sources and the build under test are, and commands
that must succeed."""
import os
import pathlib
import subprocess
import sys

SOURCE = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["CASUS_BINARY_DIR"])


def run(*command, cwd=None, env=None) -> str:
    command = [str(part) for part in command]
    print("$", " ".join(command), flush=True)
    done = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        print(done.stdout)
        sys.exit(f"failed with {done.returncode}: {' '.join(command)}")
    return done.stdout


def cached(name: str) -> str:
    """A value of the CMake cache of the build under test."""
    for line in (BUILD / "CMakeCache.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(name + ":"):
            return line.split("=", 1)[1]
    sys.exit(f"{name} is not in the cache of {BUILD}")
