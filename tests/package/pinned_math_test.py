#!/usr/bin/env python3
"""No object of the library or the program calls a mathematical function of the system's library that
has variants for different processors: all go to the copies of lib/core/pinned_math.h, those that the
templates of Boost make as well. What every library computes to the same bit may be called.
"""
import pathlib
import re
import sys
import tempfile

from building import BUILD, SOURCE, cached, run

# Correctly rounded or without rounding, by IEEE 754 or by their definition.
EXACT = """ceil copysign fabs floor fma fmax fmin fmod frexp ilogb ldexp llrint llround logb lrint
lround modf nearbyint nextafter nexttoward remainder rint round scalbln scalbn sqrt trunc""".split()


def undefined(objects) -> set:
    names = set()
    for line in run("nm", "-u", "-P", *objects).splitlines():
        if line and not line.endswith(":"):
            names.add(line.split()[0])
    return names


def of_the_system(compiler: str) -> set:
    """The mathematical functions of the system's library that may differ between processors."""
    library = run(compiler, "-print-file-name=libm.so.6").strip()
    names = {line.split()[0].split("@")[0]
             for line in run("nm", "-D", "-P", "--defined-only", library).splitlines()}
    if not {"exp", "log", "pow", "expl", "expf"} <= names:
        sys.exit(f"{library} is no library of mathematical functions")
    return {n for n in names if not n.startswith("_") and re.sub("[fl]$", "", n) not in EXACT
            and n not in EXACT}


def main():
    compiler = cached("CMAKE_CXX_COMPILER")
    forbidden = of_the_system(compiler)
    listed = re.findall(r"^CASUS_PINNED\(\w+, (\w+),",
                        (SOURCE / "lib/core/pinned_math.h").read_text(encoding="utf-8"), re.M)
    objects = [o for o in sorted((BUILD / "lib/CMakeFiles").rglob("*.cxx.o")) +
               sorted((BUILD / "lib/CMakeFiles").rglob("*.cpp.o"))]
    called = undefined(objects)
    failures = [f"{name} of the system's library is called; write it for double, and see that "
                "lib/core/pinned_math.h names it" for name in sorted(called & forbidden)]

    # That the search finds what it is for, in what std and Boost make of it.
    with tempfile.TemporaryDirectory(prefix="casus-pinned-") as scratch:
        folder = pathlib.Path(scratch)
        (folder / "a.cpp").write_text(
            "#include <cmath>\n#include <boost/math/special_functions/gamma.hpp>\n"
            "double f(double x) { return std::exp(x) + boost::math::gamma_p_inv(x, .5); }\n"
            "double g(double x) { return std::sin(x) * std::cos(x); }\n"
            "long double h(long double x) { return std::exp(x); }\n", encoding="utf-8")
        plain = [compiler, "-std=c++20", "-O2", "-c", folder / "a.cpp", "-o"]
        run(*plain, folder / "plain.o")
        found = undefined([folder / "plain.o"])
        if not {"exp", "log", "expl", "sincos"} <= found & forbidden:
            failures.append(f"calls that are there were not found: {sorted(found)}")
        run(*plain, folder / "pinned.o", "-DBOOST_MATH_PROMOTE_DOUBLE_POLICY=false",
            "-include", SOURCE / "lib/core/pinned_math.h", *[f"-fno-builtin-{n}" for n in listed])
        found = undefined([folder / "pinned.o"])
        if found & forbidden != {"expl"} or "casus_exp" not in found:
            failures.append(f"calls that are pinned were found: {sorted(found & forbidden)}")

    # The object gives what is listed and needs nothing of the system's.
    (pinned,) = (BUILD / "lib").glob("pinned_math.o")
    given = {line.split()[0] for line in run("nm", "-g", "-P", "--defined-only", pinned).splitlines()}
    if given != {f"casus_{n}" for n in listed}:
        failures.append(f"listed and given differ: {given ^ {f'casus_{n}' for n in listed}}")
    failures += [f"pinned_math.o takes {name} from outside"
                 for name in undefined([pinned]) - {"__stack_chk_fail", "_GLOBAL_OFFSET_TABLE_"}]

    for failure in failures:
        print(failure)
    print(f"{len(objects)} objects, {len([c for c in called if c[6:] in listed])} of "
          f"{len(listed)} functions called, {len(failures)} failures")
    return 1 if failures or not objects else 0


if __name__ == "__main__":
    sys.exit(main())
