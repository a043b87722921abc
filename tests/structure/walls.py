#!/usr/bin/env python3
"""Keeps the walls of the house: who may include what, and what nobody may use.

usage: walls.py ROOT        check the source tree at ROOT
       walls.py --self-test plant every kind of violation in a scratch tree and find it

Prints file:line: [rule] message for each violation and exits 1 if there is any.
"""
import pathlib
import re
import sys
import tempfile

# What each room may know besides itself.
ROOMS = {
    "core": [],
    "text": ["core"],
    "rules": ["core"],
    "law": ["core", "rules"],
    "world": ["core", "rules", "law"],
    "scenario": ["core", "text", "rules", "law", "world"],
    "casebook": ["core", "text", "rules", "law", "world", "scenario"],
    "treaties": ["core", "text", "rules", "law", "world", "scenario", "casebook"],
    "sim": ["core", "text", "rules", "law", "world", "scenario"],
    "run": ["core", "text", "rules", "law", "world", "scenario", "sim"],
    "classics": ["core", "rules"],
    "study": ["core", "text", "rules", "law", "world", "scenario", "sim", "run"],
    "store": ["core", "text", "rules", "law", "world", "scenario", "sim", "run", "study"],
    "experiment": ["core", "text", "rules", "law", "world", "scenario", "sim", "run", "study"],
    "output": ["core", "text", "rules", "law", "world", "scenario", "sim", "run", "study", "store",
               "experiment"],
    "backtest": ["core", "text", "rules", "law", "world", "scenario", "sim", "run", "study"],
    "why": ["core", "text", "rules", "law", "world", "scenario", "casebook", "sim", "run", "study"],
    "report": ["core", "text", "rules", "law", "world", "scenario", "sim", "run", "study", "store",
               "experiment", "output"],
    "cli": ["core", "text", "rules", "law", "world", "scenario", "casebook", "treaties", "sim", "run",
            "classics", "study", "store", "experiment", "output", "backtest", "report", "why"],
    "mpi": ["core", "scenario", "sim", "study", "cli"],
}

# Headers under lib that other rooms may include as well: (pattern, rooms). What reads input is of
# no use to the library's users, so it is not public.
SHARED = [
    (r"text/\w+\.h", {"scenario", "casebook", "treaties", "experiment", "backtest",
                     "output"}),
    (r"scenario/(pact_decoder|pact_tables|relation_groups|schema_forms|sections|treaties)\.h",
     {"casebook"}),
    # A report names events as their table does.
    (r"output/tables\.h", {"report"}),
]

FOLDERS = {"include", "lib", "scenarios", "examples", "bench", "tests", "docs"}
SCRATCH = {"build", "results"}  # ignored by git
HARD_LINES, SOFT_LINES = 500, 300
# No room is more than this share of the library's lines. A library of a few files is all rooms of a
# few files, so it is not asked there.
ROOM_SHARE, SMALL_LIBRARY = 1 / 6, 10_000

# First match wins: pattern of an include, name, pattern of the files that may have it.
LIBRARIES = [
    (r"(one)?tbb/|oneapi/", "TBB", r"lib/core/executor\.cpp"),
    (r"yaml-cpp/", "yaml-cpp", r"lib/text/(builder\.(h|cpp)|tree\.cpp|format_of\.cpp)"),
    (r"boost/", "Boost", r"(lib|tests|bench)/.*\.cpp"),
    (r"Random123/", "Random123", r"(lib|tests)/.*\.cpp"),
    (r"(unsupported/)?Eigen/", "Eigen", r"lib/.*\.cpp|lib/rules/.*|lib/world/relations.*|tests/.*\.cpp"),
    (r"CLI/", "CLI11", r"lib/cli/.*"),
    (r"openssl/", "OpenSSL", r"lib/output/sha256\.cpp"),
    (r"sqlite3\.h", "SQLite", r"(lib|tests/unit)/store/.*\.cpp"),
    (r"zlib\.h", "zlib", r"lib/(store|output)/.*\.cpp"),
    (r"netcdf\.h", "netCDF", r"lib/output/export_arrays\.cpp"),
    (r"nlohmann/", "nlohmann-json",
     r"lib/(output|cli|report|why)/.*\.cpp|lib/text/json_schema\.h|tests/fuzz/grammar\.h|tests/.*\.cpp"),
    (r"fmt/", "fmt", r"(lib|tests|bench)/.*"),
    (r"(gtest|gmock|rapidcheck)([/.].*)?", "a test framework", r"tests/.*"),
    (r"benchmark/", "Google Benchmark", r"bench/.*"),
    (r"mpi\.h", "MPI", r"lib/mpi/.*\.cpp"),
    (r"emmintrin\.h", "SSE2", r"lib/core/column_scan\.cpp"),
    (r"[a-z_0-9]+", "the standard library", r".*"),
    (r"(assert|ctype|errno|fenv|float|inttypes|limits|locale|math|setjmp|signal|stdarg|stddef|stdint"
     r"|stdio|stdlib|string|time|wchar)\.h", "a C header (use <c...>)", r"(?!)"),
    (r"sys/.*|gnu/libc-version\.h|link\.h|unistd\.h|dlfcn\.h|fcntl\.h|termios\.h|poll\.h|pthread\.h|dirent\.h|spawn\.h|malloc\.h", "POSIX",
     r"(lib|tests|bench)/.*\.cpp"),
    (r".*", "an unknown library", r"(?!)"),
]

# Names nobody uses, by the files in which they are watched: (rule, pattern, watched, exempt, why).
LIB = r"(include|lib)/.*"
TIMELESS = r"(include/casus|lib)/(core|text|rules|law|world|scenario|casebook|treaties|sim|classics)/.*"
BANNED = [
    ("hash", r"\bstd::hash\b|\bhash_value\b", LIB, None, "its values differ between libraries"),
    ("unordered", r"\bunordered_(multi)?(map|set)\b", LIB, None, "its order is not ours to know"),
    ("pointer-order", r"\b(map|set|priority_queue)\s*<\s*(const\s+)?[\w:]+(\s+const)?\s*\*", LIB, None,
     "the order of addresses differs between runs"),
    ("std-random", r"\bstd::\w+_distribution\b|\bmt19937|\brandom_device\b|\bdefault_random_engine\b"
     r"|\bminstd_rand|\bstd::shuffle\b|\bstd::sample\b|\brandom_shuffle\b|(?<![\w.>:])s?rand\s*\(|\bdrand48\b",
     LIB, None, "draws come from casus::Stream"),
    ("thread-state", r"\bthread_local\b", LIB, None, "nothing is kept per thread"),
    ("threads", r"\bstd::(j?thread|async)\b(?!\s*::\s*(id|hardware_concurrency))|\bstd::execution\b|#\s*pragma\s+omp\b",
     LIB, r"lib/core/executor\.cpp", "work goes through casus::Executor"),
    ("unordered-sum", r"\bstd::(transform_)?reduce\b|\batomic\s*<\s*(float|double)\s*>", LIB, None,
     "the order of a sum is part of its value"),
    ("clock", r"\b(system|steady|high_resolution)_clock\b|\bstd::time\s*\(|\bgettimeofday\b", TIMELESS, None,
     "results do not depend on the time of day"),
    ("prints", r"\bstd::(cout|cerr|clog)\b|(?<![\w.])v?f?printf\s*\(|(?<![\w.])f?puts\s*\(|\bfmt::print\b|\bperror\s*\(",
     LIB, r"lib/(cli|mpi)/.*", "the library prints nothing"),
    ("exits", r"(?<![\w.>])(quick_|_)?exit\s*\(|(?<![\w.>])abort\s*\(|\bstd::terminate\b", LIB, r"lib/cli/.*",
     "the library never ends the program"),
    ("using-namespace", r"\busing\s+namespace\b", r"include/.*", None, "it leaks into the user's code"),
]

# What is declared once: (concept, the file of its rows, the names in them, the files that may name
# them all). Another file of the library that names nearly all of them is a second list of the same.
DECLARED = [
    ("mechanisms", "lib/sim/mechanisms.h", r"ROW\((\w+)\)", r"(?!)"),
    ("commands", "lib/cli/commands.h", r"ROW\((\w+)\)", r"(?!)"),
    ("forms of outcomes", "include/casus/scenario/outcome_forms.h", r"FORM\((\w+)",
     r"lib/study/outcome\.cpp"),
    ("parameters of the law", "include/casus/law/parameter_rows.h", r"PARAMETER\((\w+)", r"(?!)"),
    ("conditions", "lib/law/conditions.cpp", r"&C::(\w+)", r"include/casus/law/pact\.h"),
    ("columns of actors", "lib/world/actor_columns.cpp", r"&T::(\w+)",
     r"include/casus/world/world\.h"),
    ("columns of places", "lib/world/place_columns.cpp", r"&T::(\w+)",
     r"include/casus/world/world\.h"),
]
NEARLY_ALL = 0.85

BUILD_FLAGS = re.compile(r"-f(?!fp-contract=off)(sanitize|fast-math)|-Ofast|-O[123sz]\b|-march=|-W(all|error|extra)|-ffast-math")


def strip_code(text: str, keep_strings: bool = False) -> str:
    """Blanks comments and, unless asked, the insides of literals; lines keep their numbers."""
    token = re.compile(
        r'R"(?P<d>[^()\\\s]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"'
        r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*.*?\*/", re.S)

    def blank(match):
        found = match.group(0)
        if found.startswith("/") or not keep_strings:
            return re.sub(r"[^\n]", " ", found)
        return found

    return token.sub(blank, text)


def types_of(code: str):
    """(line, name with its namespaces) of each type that code defines outside of functions and of
    unnamed namespaces. Reads what clang-format leaves: such things begin a line."""
    spaces = []
    for number, line in enumerate(code.splitlines(), 1):
        opened = re.match(r"(?:inline )?namespace(?: ([\w:]+))? \{", line)
        defined = re.match(r"(?:struct|class|union|enum(?: class)?)(?: CASUS_API)? (\w+(?:::\w+)*)[^;(]*\{", line)
        if opened:
            if not line.rstrip().endswith("}"):
                spaces.append((number, opened.group(1)))
        elif line.startswith("}") and line.rstrip() == "}" and spaces:
            spaces.pop()
        elif defined and all(name for _, name in spaces):
            yield number, "::".join([name for _, name in spaces] + [defined.group(1)])


class Walls:
    def __init__(self, root: pathlib.Path):
        self.root = root
        self.violations = []
        self.notes = []
        self.files = 0
        self.room_lines = {room: 0 for room in ROOMS}
        self.types = {}
        self.declared = []
        for concept, rows, pattern, allowed in DECLARED:
            file = root / rows
            names = set(re.findall(pattern, strip_code(file.read_text(encoding="utf-8"), True))
                        if file.is_file() else [])
            self.declared.append((concept, rows, names, allowed))

    def report(self, path: str, line: int, rule: str, message: str):
        self.violations.append((path, line, rule, message))

    def check(self):
        self.check_folders()
        for top in sorted(FOLDERS):
            for file in sorted((self.root / top).rglob("*")):
                path = file.relative_to(self.root).as_posix()
                if not file.is_file():
                    continue
                if file.suffix in (".h", ".cpp", ".py") or file.name == "CMakeLists.txt":
                    self.files += 1
                    text = file.read_text(encoding="utf-8")
                    self.check_length(path, text)
                    if file.suffix in (".h", ".cpp"):
                        self.check_source(path, text)
                        self.count(path, text)
                        self.check_declared(path, text)
                        self.check_types(path, text)
                    if file.name == "CMakeLists.txt":
                        self.check_build(path, text)
                elif file.suffix in (".hpp", ".hh", ".cc", ".cxx", ".c"):
                    self.report(path, 1, "names", "sources end in .cpp and headers in .h")
        self.check_rooms()

    def count(self, path: str, text: str):
        room = self.room_of(path)
        if room and not path.startswith("tests/"):
            self.room_lines[room] += text.count("\n")

    def check_declared(self, path: str, text: str):
        if not re.match(LIB, path):
            return
        words = set(re.findall(r"\w+", strip_code(text, keep_strings=True)))
        words |= {word.split("_", 1)[1] for word in words if re.match(r"(make|add)_\w", word)}
        for concept, rows, names, allowed in self.declared:
            if path == rows or not names or re.fullmatch(allowed, path):
                continue
            if len(names & words) >= NEARLY_ALL * len(names):
                self.report(path, 1, "declared-once", f"a second list of the {concept} of {rows}")

    def check_types(self, path: str, text: str):
        """Of two types of one name the linker takes one's functions for both, and says nothing."""
        if not re.match(LIB, path):
            return
        for number, name in types_of(strip_code(text)):
            if name.startswith("casus::") and name in self.types:
                self.report(path, number, "one-name", f"{name} is also a type of {self.types[name]}")
            self.types[name] = path

    def check_rooms(self):
        total = sum(self.room_lines.values())
        for room, lines in self.room_lines.items():
            if total > SMALL_LIBRARY and lines > ROOM_SHARE * total:
                self.report(f"lib/{room}", 1, "room-size",
                            f"{lines} of the library's {total} lines; a room has at most a sixth")

    def sizes(self) -> str:
        """The rooms by their share of the library, the largest first."""
        total = max(1, sum(self.room_lines.values()))
        order = sorted(self.room_lines.items(), key=lambda item: (-item[1], item[0]))
        return ", ".join(f"{room} {lines} ({100 * lines / total:.1f} %)" for room, lines in order)

    def check_folders(self):
        present = {entry.name for entry in self.root.iterdir()
                   if entry.is_dir() and not entry.name.startswith(".")}
        for name in sorted(present - FOLDERS - SCRATCH):
            self.report(name, 1, "folders", "not one of the top-level folders")
        for name in sorted(FOLDERS - present):
            self.report(name, 1, "folders", "a top-level folder is missing")
        for parent in ("include/casus", "lib", "tests/unit"):
            folder = self.root / parent
            for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
                if entry.is_dir() and entry.name not in ROOMS:
                    self.report(f"{parent}/{entry.name}", 1, "folders", "not a room")

    def check_length(self, path: str, text: str):
        lines = text.count("\n")
        if lines > HARD_LINES:
            self.report(path, lines, "length", f"{lines} lines; the limit is {HARD_LINES}")
        elif lines > SOFT_LINES:
            self.notes.append(f"{path}: {lines} lines, aim for {SOFT_LINES}")

    def check_build(self, path: str, text: str):
        if path.startswith("examples/"):
            return
        for number, line in enumerate(text.splitlines(), 1):
            flag = BUILD_FLAGS.search(line.split("#")[0])
            if flag and not (path == "tests/CMakeLists.txt" and "fuzz" in line):
                self.report(path, number, "flags",
                            f"'{flag.group(0)}' belongs in CMakePresets.json")

    def check_source(self, path: str, text: str):
        if path.endswith(".h") and "#pragma once" not in text:
            self.report(path, 1, "guard", "a header without #pragma once")
        for number, line in enumerate(strip_code(text, keep_strings=True).splitlines(), 1):
            include = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if include:
                self.check_include(path, number, include.group(1), include.group(2))
        for number, line in enumerate(strip_code(text).splitlines(), 1):
            for rule, pattern, watched, exempt, why in BANNED:
                if not re.fullmatch(watched, path) or (exempt and re.fullmatch(exempt, path)):
                    continue
                found = re.search(pattern, line)
                if found:
                    self.report(path, number, rule, f"'{found.group(0).strip()}': {why}")

    def check_include(self, path: str, number: int, bracket: str, target: str):
        room = self.room_of(path)
        first = target.split("/")[0]
        if first == "casus":
            other = target.split("/")[1] if target.count("/") >= 2 else None
            if other not in ROOMS:
                self.report(path, number, "rooms", f"<{target}> is in no room")
            elif room and other != room and other not in ROOMS[room]:
                self.report(path, number, "rooms", f"{room} may not know {other} ({target})")
        elif bracket == '"':
            if path.startswith("include/"):
                self.report(path, number, "private", f'a public header includes "{target}"')
            elif path.startswith("lib/") and "/" in target and first != room and not any(
                    re.fullmatch(pattern, target) and room in rooms for pattern, rooms in SHARED):
                self.report(path, number, "private",
                            f'"{target}" is private to another room or not named from lib/')
        elif not path.startswith("examples/"):
            for pattern, name, allowed in LIBRARIES:
                if re.match(pattern if pattern.endswith("/") else f"(?:{pattern})$", target):
                    if not re.fullmatch(allowed, path):
                        self.report(path, number, "library", f"{name} does not belong here ({target})")
                    break

    @staticmethod
    def room_of(path: str):
        """The room of a file, or None for what stands outside and may see all."""
        match = re.match(r"(?:include/casus|lib|tests/unit)/(\w+)/", path)
        return match.group(1) if match and match.group(1) in ROOMS else None


CLEAN = {
    "include/casus/core/ids.h": "#pragma once\n#include <cstdint>\n/// std::unordered_map is only named\n",
    "lib/core/executor.cpp": "#include <tbb/task_arena.h>\n#include <thread>\n#include \"casus/core/ids.h\"\n"
                             "std::thread worker;  // rand() in a comment\n",
    "lib/text/tree.cpp": "#include <yaml-cpp/yaml.h>\n",
    "lib/casebook/load.cpp": "#include \"text/tree.h\"\n#include \"scenario/pact_tables.h\"\n",
    "lib/sim/mechanisms/coups.cpp": "#include \"sim/acts.h\"\n",
    "lib/scenario/load.cpp": "#include \"text/tree.h\"\nconst char* text = \"printf(\";\nint n = 1'000;\n"
                             "void f() { snprintf(b, 2, \"x\"); at_exit(); }\n",
    "lib/sim/step.cpp": "#include \"casus/law/pact.h\"\n#include \"sim/detail.h\"\n#include <boost/random.hpp>\n",
    "lib/cli/main.cpp": "#include <CLI/CLI.hpp>\nint main() { std::cout << 1; exit(0); }\n",
    "tests/unit/core/ids_test.cpp": "#include <gtest/gtest.h>\n#include \"casus/core/ids.h\"\n",
    "lib/CMakeLists.txt": "target_compile_options(x PRIVATE -ffp-contract=off)\n",
}

# (rule that must speak, file, content)
PLANTED = [
    ("rooms", "lib/core/a.cpp", '#include "casus/sim/step.h"\n'),
    ("rooms", "include/casus/law/a.h", "#pragma once\n#include <casus/scenario/scenario.h>\n"),
    ("rooms", "lib/classics/a.cpp", '#include "casus/world/world.h"\n'),
    ("rooms", "tests/unit/world/a_test.cpp", '#include "casus/study/ensemble.h"\n'),
    ("rooms", "lib/sim/a.cpp", '#include "casus/nowhere/a.h"\n'),
    ("rooms", "lib/world/a.cpp", '#include "casus/scenario/scenario.h"\n'),
    ("rooms", "lib/sim/mechanisms/a.cpp", '#include "casus/study/ensemble.h"\n'),
    ("private", "lib/output/a.cpp", '#include "sim/detail.h"\n'),
    ("private", "lib/sim/a.cpp", '#include "text/tree.h"\n'),
    ("private", "lib/sim/a.cpp", '#include "scenario/tables.h"\n'),
    ("private", "lib/casebook/a.cpp", '#include "scenario/tables.h"\n'),
    ("private", "include/casus/core/a.h", '#pragma once\n#include "core/detail.h"\n'),
    ("library", "lib/sim/a.cpp", "#include <tbb/parallel_for.h>\n"),
    ("library", "lib/world/a.cpp", "#include <oneapi/tbb.h>\n"),
    ("library", "lib/scenario/a.cpp", "#include <yaml-cpp/yaml.h>\n"),
    ("library", "include/casus/core/a.h", "#pragma once\n#include <boost/random.hpp>\n"),
    ("library", "lib/core/a.h", "#pragma once\n#include <Random123/philox.h>\n"),
    ("library", "include/casus/sim/a.h", "#pragma once\n#include <Eigen/Core>\n"),
    ("library", "lib/output/a.cpp", "#include <CLI/CLI.hpp>\n"),
    ("library", "lib/output/b.cpp", "#include <openssl/evp.h>\n"),
    ("library", "lib/study/b.cpp", "#include <nlohmann/json.hpp>\n"),
    ("library", "include/casus/core/b.h", "#pragma once\n#include <fmt/format.h>\n"),
    ("library", "lib/core/b.cpp", "#include <gtest/gtest.h>\n"),
    ("library", "lib/core/c.cpp", "#include <curl/curl.h>\n"),
    ("library", "lib/core/d.cpp", "#include <math.h>\n"),
    ("hash", "lib/core/a.cpp", "auto h = std::hash<int>{}(1);\n"),
    ("unordered", "lib/sim/a.cpp", "std::unordered_map<int, int> m;\n"),
    ("pointer-order", "lib/sim/a.cpp", "std::map<const Actor*, int> m;\n"),
    ("std-random", "lib/sim/a.cpp", "std::normal_distribution<double> d;\n"),
    ("std-random", "lib/sim/b.cpp", "int x = rand();\n"),
    ("std-random", "lib/sim/c.cpp", "std::mt19937 engine;\n"),
    ("std-random", "lib/sim/d.cpp", "std::random_device device;\n"),
    ("thread-state", "lib/sim/a.cpp", "thread_local int x;\n"),
    ("threads", "lib/study/a.cpp", "std::thread t;\n"),
    ("unordered-sum", "lib/study/a.cpp", "std::atomic<double> sum;\n"),
    ("unordered-sum", "lib/study/b.cpp", "double s = std::reduce(a, b);\n"),
    ("clock", "lib/sim/a.cpp", "auto t = std::chrono::system_clock::now();\n"),
    ("prints", "lib/sim/a.cpp", "/* fine */ std::cerr << 1;\n"),
    ("prints", "lib/output/a.cpp", "std::printf(\"x\");\n"),
    ("exits", "lib/output/a.cpp", "std::exit(1);\n"),
    ("using-namespace", "include/casus/core/a.h", "#pragma once\nusing namespace std;\n"),
    ("guard", "include/casus/core/a.h", "struct A {};\n"),
    ("length", "lib/core/a.cpp", "\n" * (HARD_LINES + 1)),
    ("folders", "tools/a.txt", ""),
    ("folders", "lib/attic/a.cpp", ""),
    ("names", "lib/core/a.cc", ""),
    ("flags", "lib/CMakeLists.txt", "target_compile_options(x PRIVATE -Wall)\n"),
    ("flags", "bench/CMakeLists.txt", "add_compile_options(-march=native)\n"),
]

# Trees in which one room is as large as the others may let it be, and one file larger.
AT_THE_LIMIT = {f"lib/{room}/part{i}.cpp": "\n" * 500
                for room in ("core", "rules", "law", "world", "scenario", "sim") for i in range(4)}
LISTS = {
    **CLEAN,
    "lib/sim/mechanisms.h": "#pragma once\n#define LIST(ROW) ROW(coups) ROW(combat) ROW(control)\n",
    "lib/world/actor_columns.cpp": "auto a = &T::key; auto b = &T::name; auto c = &T::kind;\n",
    "include/casus/world/world.h": "#pragma once\nint key, name, kind;\n",
    "lib/sim/combat_and_coups.cpp": "// coups, combat, control\nint coups, combat;\n",
}
TYPES = {
    **CLEAN,
    "lib/core/a.cpp": "namespace casus {\nstruct Count : Base<int> {\n  int n;\n};\n}  // namespace casus\n",
    "lib/law/b.cpp": "namespace casus {\nnamespace {\nstruct Count {\n};\n}  // namespace\nstruct Count;\n"
                     "namespace law {\nstruct Count {\n};\n}  // namespace law\n}  // namespace casus\n",
}
PLANTED_TREES = [
    ("room-size", {**AT_THE_LIMIT, "lib/sim/more.cpp": "\n" * 500}),
    ("declared-once", {**LISTS, "lib/sim/a.cpp": 'const char* text = "coups, combat, control";\n'}),
    ("declared-once", {**LISTS, "lib/sim/a.cpp": "x = {make_coups, make_combat, make_control};\n"}),
    ("declared-once", {**LISTS, "lib/world/a.cpp": "auto& [key, name, kind] = table;\n"}),
    ("one-name", {**TYPES, "lib/law/a.h": "#pragma once\nnamespace casus {\nclass Count final {\n};\n}\n"}),
]


def run_on(tree: dict) -> Walls:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in FOLDERS:
            (root / name).mkdir()
        for path, text in tree.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        walls = Walls(root)
        walls.check()
        return walls


def self_test() -> int:
    failures = [f"clean tree: {violation}" for violation in run_on(CLEAN).violations]
    for rule, path, text in PLANTED:
        found = run_on({**CLEAN, path: text}).violations
        if [v[2] for v in found] != [rule]:
            failures.append(f"planted '{rule}' in {path}, found {found}")
    failures += [f"tree at the limit: {violation}" for violation in run_on(AT_THE_LIMIT).violations]
    failures += [f"tree with lists: {violation}" for violation in run_on(LISTS).violations]
    failures += [f"tree with types: {violation}" for violation in run_on(TYPES).violations]
    for rule, tree in PLANTED_TREES:
        found = run_on(tree).violations
        if [v[2] for v in found] != [rule]:
            failures.append(f"planted a tree with '{rule}', found {found}")
    untested = {rule for rule, *_ in BANNED} - {rule for rule, *_ in PLANTED}
    failures += [f"no test plants a violation of '{rule}'" for rule in sorted(untested)]
    for failure in failures:
        print(failure)
    print(f"{len(PLANTED) + len(PLANTED_TREES)} violations planted, {len(failures)} failures")
    return 1 if failures else 0


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    if sys.argv[1] == "--self-test":
        return self_test()
    walls = Walls(pathlib.Path(sys.argv[1]).resolve())
    walls.check()
    for path, line, rule, message in walls.violations:
        print(f"{path}:{line}: [{rule}] {message}")
    for note in walls.notes:
        print(f"note: {note}")
    print(f"rooms: {walls.sizes()}")
    print(f"{walls.files} files, {len(walls.violations)} violations")
    for concept, rows, names, _ in walls.declared:
        if not names:
            print(f"nothing was found of the {concept} in {rows}: has the list moved?")
            return 1
    if walls.files == 0:
        print("nothing was checked: is this the root of the project?")
        return 1
    return 1 if walls.violations else 0


if __name__ == "__main__":
    sys.exit(main())
