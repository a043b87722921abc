#!/usr/bin/env python3
"""What the compiler refuses: a decision that changes the world, a memory that nobody names."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["CASUS_SOURCE_DIR"])
BINARY = pathlib.Path(os.environ["CASUS_BINARY_DIR"])

PROGRAM = """
#include <memory>

#include "casus/run/simulation.h"

struct Parameters {
  double level = 0.0;
};

class Mine final : public casus::MechanismWith<Mine, Parameters> {
 public:
  static casus::MechanismInfo about() { return {"mine", "Mine.", "none", {}}; }
  static const std::vector<casus::Parameter<Parameters>>& table() {
    static const std::vector<casus::Parameter<Parameters>> rows;
    return rows;
  }
  void step(casus::StepContext& context) override {
    decide(context);
    context.world.regions.grievance[0] = 0.5;
  }
  // MEMBERS

 private:
  void decide(const casus::StepView& view) {
    seen_or_not(view.world.regions.grievance[0] + view.world.forces(casus::ActorId(0)));
    // DECISION
  }
  static void seen_or_not(double) {}
};

// PLAIN

int main() {
  casus::Registry registry = casus::standard_registry();
  registry.add([] { return std::make_unique<Mine>(); });
}
"""

# What stands in the program, in which place, and the words of the refusal; None: it compiles.
CASES = [
    ("as it is", "MEMBERS", "", None),
    ("a memory that is named", "MEMBERS",
     "void archive(casus::Archive& a) override { a(memory_); } std::vector<double> memory_;", None),
    ("scratch that is no memory", "MEMBERS",
     "void archive(casus::Archive&) override {} std::vector<double> scratch_;", None),
    ("a memory that is not named", "MEMBERS", "std::vector<double> memory_;",
     r"overrides archive\(Archive&\)"),
    ("a decision that writes a column", "DECISION", "view.world.regions.grievance[0] = 0.5;",
     r"read-only|const"),
    ("a decision that moves an affinity", "DECISION",
     "view.world.relations.move(casus::ActorId(0), casus::ActorId(1), 0.1);", r"const"),
    ("a decision that makes a presence", "DECISION",
     "view.world.require(casus::ActorId(0), casus::RegionId(0), casus::Role::garrison);",
     r"const"),
    ("a decision that logs", "DECISION", "view.log.add(casus::Event{});", r"const"),
    ("a decision that says it happened", "DECISION", "view.happened({});", r"happened"),
    ("a decision that acts", "DECISION", "casus::act(view, casus::ActOrder{});",
     r"StepContext|no matching"),
    ("a decision that changes the law", "DECISION", "view.law.request_coup = 1.0;",
     r"read-only|const"),
    ("a decision that sets parameters", "DECISION", "view.parameters[0][0] = 1.0;",
     r"read-only|const"),
    ("a mechanism without any word on its memory", "PLAIN",
     """struct Bare final : casus::Mechanism {
  const casus::MechanismInfo& info() const override { static casus::MechanismInfo i; return i; }
  void configure(std::span<const double>) override {}
  void step(casus::StepContext&) override {}
};
std::unique_ptr<casus::Mechanism> bare() { return std::make_unique<Bare>(); }""", r"abstract"),
]


def compiler():
    cache = (BINARY / "CMakeCache.txt").read_text(encoding="utf-8")
    return re.search(r"^CMAKE_CXX_COMPILER:\w+=(.+)$", cache, re.M).group(1)


def main():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        def compiled(*what):
            return subprocess.run([compiler(), "-std=c++20", "-I", str(SOURCE / "include"), *what],
                                  cwd=folder, capture_output=True, text=True, check=False)
        # What is the same in all of them is read once.
        headers = "".join(re.findall(r"^#include .*\n", PROGRAM, re.M))
        (pathlib.Path(folder) / "headers.h").write_text(headers, encoding="utf-8")
        made = compiled("-x", "c++-header", "headers.h", "-o", "headers.h.gch")
        assert made.returncode == 0, made.stderr
        file = pathlib.Path(folder) / "program.cpp"
        for what, place, text, refusal in CASES:
            assert f"// {place}" in PROGRAM
            file.write_text(PROGRAM.replace(f"// {place}", text), encoding="utf-8")
            run = compiled("-fsyntax-only", "-include", "headers.h", file.name)
            if refusal is None and run.returncode != 0:
                failures.append(f"{what}: does not compile\n{run.stderr}")
            elif refusal is not None and run.returncode == 0:
                failures.append(f"{what}: compiles")
            elif refusal is not None and not re.search(refusal, run.stderr):
                failures.append(f"{what}: refused for another reason\n{run.stderr}")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
