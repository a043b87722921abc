#!/usr/bin/env python3
"""Installs the current build, moves it elsewhere, and builds on it as strangers do.

Every examples/*/CMakeLists.txt is configured and built with find_package(casus), every
examples/*/Makefile with pkg-config. Each makes a program of its folder's name, which is run on the
installed tutorial. Besides, a program that includes all public headers is linked against the whole
library in both ways, so that a dependency missing from either description is found whichever part
of the library uses it.
"""
import os
import pathlib
import shutil
import sys
import tempfile

from building import BUILD, SOURCE, cached, run

CONSUMER_CMAKE = """cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(casus 99 QUIET)
if(casus_FOUND)
  message(FATAL_ERROR "version 99 was accepted")
endif()
find_package(casus REQUIRED)
if(NOT IS_DIRECTORY "${CASUS_SCENARIO_DIR}")
  message(FATAL_ERROR "no scenarios at '${CASUS_SCENARIO_DIR}'")
endif()
add_executable(consumer consumer.cpp)
get_target_property(type casus::casus TYPE)
if(type STREQUAL "STATIC_LIBRARY")
  target_link_libraries(consumer PRIVATE "$<LINK_LIBRARY:WHOLE_ARCHIVE,casus::casus>")
else()
  target_link_libraries(consumer PRIVATE casus::casus)
endif()
"""


def cmake_project(project: pathlib.Path, build: pathlib.Path, prefix: pathlib.Path):
    run("cmake", "-G", "Ninja", "-S", project, "-B", build, f"-DCMAKE_PREFIX_PATH={prefix}",
        f"-DCMAKE_CXX_COMPILER={cached('CMAKE_CXX_COMPILER')}", "-DCMAKE_BUILD_TYPE=Release")
    run("cmake", "--build", build)


def tutorial(prefix: pathlib.Path) -> pathlib.Path:
    folder = prefix / "share/casus/scenarios/tutorial"
    for name in ("three-states.yaml",):
        if (folder / name).is_file():
            return folder / name
    sys.exit(f"no scenario in {folder}")


def main():
    with tempfile.TemporaryDirectory(prefix="casus-package-") as folder:
        scratch = pathlib.Path(folder)
        run("cmake", "--install", BUILD, "--prefix", scratch / "staged")
        prefix = scratch / "moved"  # an installed tree does not remember where it was built
        (scratch / "staged").rename(prefix)

        headers = sorted(h.relative_to(SOURCE / "include").as_posix()
                         for h in (SOURCE / "include").rglob("*.h"))
        installed = sorted(h.relative_to(prefix / "include").as_posix()
                           for h in (prefix / "include").rglob("*.h"))
        if headers != installed:
            sys.exit(f"headers differ: {set(headers) ^ set(installed)}")
        for scenario in (SOURCE / "scenarios").rglob("*.yaml"):
            copy = prefix / "share/casus/scenarios" / scenario.relative_to(SOURCE / "scenarios")
            if not copy.is_file():
                sys.exit(f"not installed: {copy}")
        if os.environ.get("CASUS_PROGRAM"):
            print(run(prefix / "bin/casus", "--version", cwd=scratch))

        consumer = scratch / "consumer"
        consumer.mkdir()
        (consumer / "CMakeLists.txt").write_text(CONSUMER_CMAKE, encoding="utf-8")
        (consumer / "consumer.cpp").write_text(
            "".join(f"#include <{h}>\n" for h in headers) + "int main() { return 0; }\n",
            encoding="utf-8")
        cmake_project(consumer, scratch / "build-consumer", prefix)
        run(scratch / "build-consumer/consumer")

        (pc_file,) = prefix.rglob("casus.pc")
        env = {**os.environ, "PKG_CONFIG_PATH": str(pc_file.parent), "PREFIX": str(prefix),
               "LD_LIBRARY_PATH": str(pc_file.parent.parent), "CXX": cached("CMAKE_CXX_COMPILER")}
        whole = f"-L{pc_file.parent.parent} -Wl,--whole-archive -lcasus -Wl,--no-whole-archive"
        for static in ("--static", ""):
            run("sh", "-ec", f"$CXX -std=c++20 consumer.cpp -o consumer {whole} "
                f"$(pkg-config --cflags --libs {static} casus) && ./consumer",
                cwd=consumer, env=env)

        examples = 0
        for project in sorted((SOURCE / "examples").glob("*/")):
            copy = scratch / "examples" / project.name  # a stranger's project, outside the tree
            shutil.copytree(project, copy)
            if (project / "CMakeLists.txt").is_file():
                build = scratch / f"build-{project.name}"
                cmake_project(copy, build, prefix)
                print(run(build / project.name, tutorial(prefix), env=env))
                examples += 1
            if (project / "Makefile").is_file():
                run("make", "-C", copy, env=env)
                print(run(copy / project.name, tutorial(prefix), env=env))
                examples += 1
        print(f"{len(headers)} headers, {examples} examples")


if __name__ == "__main__":
    main()
