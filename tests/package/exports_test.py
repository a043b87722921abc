#!/usr/bin/env python3
"""What a shared library of Casus gives away: what the public headers mark, and nothing else.

The library of the build is taken as it is or, if it is an archive, made into a shared one. Each
symbol that it exports must be marked with CASUS_API in a public header, each marked name must be
exported, and a program that is itself compiled with everything hidden must catch the library's
exceptions by their types.
"""
import pathlib
import re
import sys
import tempfile

from building import BUILD, SOURCE, cached, run

CATCHER = r"""
#include <casus/core/contracts.h>
#include <casus/core/diagnostics.h>
#include <casus/output/files.h>
#include <casus/run/simulation.h>
#include <cstdio>
#include <exception>
using namespace casus;

class Refusing final : public Mechanism {
 public:
  const MechanismInfo& info() const override {
    static const MechanismInfo info{"refusing", "Throws.", "none", {}, {}};
    return info;
  }
  void configure(std::span<const double>) override {}
  void step(StepContext& context) override {
    context.world.regions.residents[0] = -1.0;
  }
  void archive(Archive&) override {}
};

template <class E, class F>
int caught(const char* name, F&& f) {
  try {
    f();
  } catch (const E& e) {
    const auto* error = dynamic_cast<const Error*>(&e);
    if (error != nullptr && !error->code().empty()) return 0;
  } catch (...) {
  }
  std::printf("not caught by its type: %s\n", name);
  return 1;
}

int main(int, char** arguments) {
  Registry registry = standard_registry();
  registry.add([] { return std::make_unique<Refusing>(); });
  int missed = 0;
  missed += caught<ScenarioError>("ScenarioError", [] { load_scenario("nowhere.yaml"); });
  missed += caught<ContractError>("ContractError", [&] { registry.remove("nobody"); });
  missed += caught<OutputError>("OutputError", [] { write_atomically("/dev/null/a", "text"); });
  missed += caught<SimulationError>("SimulationError", [&] {
    Simulation run(Scenario::load(arguments[1], registry.vocabulary()), registry);
    run.step();
  });
  return missed;
}
"""


def marked() -> set:
    """Names of functions and classes that public headers mark; those of the program are in another
    library."""
    names = set()
    for header in (SOURCE / "include").rglob("*.h"):
        if header.parent.name == "cli" or header.parts[-2:] == ("core", "export.h"):
            continue
        text = re.sub(r"//[^\n]*", "", header.read_text(encoding="utf-8"))
        names |= set(re.findall(r"\b(?:class|struct) CASUS_API (?:\w+::)*(\w+)", text))
        for declaration in re.findall(r"(?<!class )(?<!struct )\bCASUS_API\s+([^;{]*?)\(", text):
            names.add(re.findall(r"\w+", declaration)[-1])
    return names


def library(folder: pathlib.Path, compiler: str) -> pathlib.Path:
    shared = BUILD / "lib/libcasus.so"
    if shared.is_file():
        return shared
    made = folder / "libcasus.so"
    run(compiler, "-shared", "-o", made, "-Wl,--whole-archive", BUILD / "lib/libcasus.a",
        "-Wl,--no-whole-archive", f"-Wl,--version-script={SOURCE / 'lib/exports.map'}",
        "-Wl,--no-undefined", "-ltbb", "-lyaml-cpp", "-lfmt", "-lcrypto", "-lsqlite3", "-lz", "-lnetcdf",
        "-pthread")
    return made


def names_in(symbol: str) -> set:
    """The names that lead to a demangled symbol of the library: scopes and its own."""
    symbol = re.sub(r"^(typeinfo|typeinfo name|vtable|VTT|guard variable) for |"
                    r"^(non-virtual|virtual) thunk to ", "", symbol)
    path = re.search(r"(?<![\w:<])casus::((?:\w+(?:<[^()]*?>)?::)*~?\w+)", symbol)
    return set(re.findall(r"\w+", path.group(1))) if path else set()


def main():
    compiler = cached("CMAKE_CXX_COMPILER")
    failures = []
    with tempfile.TemporaryDirectory(prefix="casus-exports-") as scratch:
        folder = pathlib.Path(scratch)
        shared = library(folder, compiler)
        lines = run("nm", "-D", "-C", "--defined-only", shared).splitlines()
        symbols = [line.split(maxsplit=2)[2] for line in lines if len(line.split(maxsplit=2)) == 3]
        names = marked()
        given = set()
        for symbol in symbols:
            found = names_in(symbol) & names
            given |= found
            if not found:
                failures.append(f"exported, but marked in no public header: {symbol}")
        failures += [f"marked, but not exported: {name}" for name in sorted(names - given)]

        (folder / "catcher.cpp").write_text(CATCHER, encoding="utf-8")
        flags = re.findall(r"-D\S+", cached("CMAKE_CXX_FLAGS"))
        run(compiler, "-std=c++20", "-fvisibility=hidden", "-fvisibility-inlines-hidden", *flags,
            f"-I{SOURCE / 'include'}", folder / "catcher.cpp", "-o", folder / "catcher",
            shared, f"-Wl,-rpath,{shared.parent}")
        print(run(folder / "catcher", SOURCE / "scenarios/tutorial/three-states.yaml"), end="")
    for failure in failures[:20]:
        print(failure[:200])
    print(f"{len(symbols)} symbols of {len(names)} marked names, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
