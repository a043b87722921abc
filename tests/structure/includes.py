#!/usr/bin/env python3
"""Every file of the library includes what it names, itself or by a header of ours: of the standard
library, of what is precompiled beside it, and of our own headers. Builds that join files or precompile
headers do not notice when one does not.

usage: includes.py ROOT        check the source tree at ROOT
       includes.py --self-test plant violations in a scratch tree and find them

Prints file:line: message for each violation and exits 1 if there is any.
"""
import itertools
import pathlib
import re
import sys
import tempfile

# Header: what it declares, of what this library uses. A name that stands under several is given by
# each of them; one that stands under none is an error here, so that the table stays whole.
DECLARES = {
    "algorithm": "adjacent_find all_of any_of binary_search clamp copy copy_backward copy_if "
                 "copy_n count count_if equal equal_range fill find find_if is_sorted "
                 "lower_bound max max_element merge min min_element minmax minmax_element "
                 "move_backward none_of partition_point remove_if replace reverse rotate "
                 "set_difference sort stable_partition stable_sort transform unique upper_bound",
    "array": "array to_array",
    "atomic": "atomic memory_order_acquire memory_order_relaxed memory_order_release",
    "bit": "bit_cast bit_ceil countl_zero countr_zero endian popcount",
    "bitset": "bitset",
    "cctype": "isalnum isalpha isdigit tolower",
    "charconv": "from_chars",
    "chrono": "chrono chrono_literals",
    "cmath": "abs asin atan2 atanh ceil copysign cos erfc exp exp2 expm1 fabs floor fmod "
             "isfinite isinf isnan log log10 log1p log2 lround nan pow round sin sqrt tanh",
    "concepts": "same_as",
    "condition_variable": "condition_variable",
    "csignal": "sig_atomic_t signal",
    "cstddef": "ptrdiff_t size_t",
    "cstdint": "int32_t int64_t int8_t uint16_t uint32_t uint64_t uint8_t uint_least64_t "
               "uintmax_t uintptr_t",
    "cstdio": "fflush fprintf fwrite rename size_t",
    "cstdlib": "abs getenv size_t strtod",
    "cstring": "memcmp memcpy size_t",
    "ctime": "size_t",
    "deque": "erase_if",
    "exception": "current_exception exception exception_ptr rethrow_exception throw_with_nested",
    "filesystem": "filesystem",
    "fstream": "ifstream",
    "functional": "function greater less",
    "initializer_list": "initializer_list",
    "ios": "streamsize",
    "iosfwd": "istream ostream streambuf",
    "istream": "istream",
    "iterator": "back_inserter begin distance end make_move_iterator move_iterator next prev "
                "size ssize",
    "limits": "numeric_limits",
    "list": "list",
    "map": "erase_if map",
    "memory": "destroy make_shared make_unique shared_ptr uninitialized_move unique_ptr weak_ptr",
    "mutex": "lock_guard mutex unique_lock",
    "new": "bad_alloc",
    "numbers": "numbers",
    "numeric": "accumulate iota partial_sum",
    "optional": "nullopt nullopt_t optional",
    "ostream": "ostream",
    "queue": "priority_queue",
    "set": "erase_if multiset set",
    "span": "span",
    "sstream": "istringstream",
    "stdexcept": "invalid_argument length_error logic_error runtime_error",
    "streambuf": "streambuf",
    "string": "erase_if getline string to_string",
    "string_view": "string_view",
    "system_error": "errc error_code generic_category make_error_code system_error",
    "thread": "this_thread thread",
    "tuple": "get tie tuple",
    "type_traits": "conditional_t enable_if_t is_arithmetic_v is_const_v is_enum_v is_integral_v "
                   "is_member_object_pointer_v is_same_v remove_const_t remove_cvref_t "
                   "remove_reference_t type_identity_t",
    "utility": "as_const exchange forward get move pair swap",
    "variant": "get get_if holds_alternative monostate variant visit",
    "vector": "erase_if vector",
}
# What the standard, or every library that we build with, gives with another header: containers what
# walks and measures them, ordered ones their order, streams their parts.
CONTAINERS = ("array", "deque", "list", "map", "set", "span", "string", "string_view", "vector")
ALSO = {
    "iterator": CONTAINERS,
    "functional": ("map", "set", "queue"),
    "istream": ("iostream", "fstream", "sstream"),
    "ostream": ("iostream", "fstream", "sstream"),
    "streambuf": ("iostream", "fstream", "sstream"),
    "ios": ("istream", "ostream", "iostream", "fstream", "sstream"),
    "stdexcept": ("system_error",),
    "system_error": ("filesystem", "charconv"),
    "initializer_list": ("algorithm", "utility", *CONTAINERS),
}

HOMES = {}  # name -> the headers that give it
for _header, _names in DECLARES.items():
    for _name in _names.split():
        HOMES.setdefault(_name, set()).update({_header, *ALSO.get(_header, ())})
del HOMES["size_t"]  # comes with all that has a size

# Namespaces of other libraries whose headers some build precompiles, and how those begin.
OTHERS = {"fmt": "fmt/", "nlohmann": "nlohmann/"}

# What a header of ours declares for others stands at the beginning of a line: nothing is indented for a
# namespace. Of the includes without which a file does not compile by itself this finds nine in ten;
# `./dev test alone` asks the compiler.
TYPE = re.compile(r"^(?:class|struct|union|enum(?: class)?) (?:CASUS_API )?(\w+)|^using (\w+) =", re.M)
MACRO = re.compile(r"^#define (\w+)(?:.*\\\n)*.*$", re.M)
FUNCTION = re.compile(r"^(?!return|using|namespace|#)[A-Za-z_][\w:<>,&* ]*[ &*](\w+)\(", re.M)
OURS = r"(?:(?:casus|law|casebook|treaties|report|store|experiment|rules|text|cli|study|why)::)*"
USED_MACRO = re.compile(r"\b([A-Z][A-Z0-9_]{2,})\b")
USED_TYPE = re.compile(rf"(?<![\w.:]){OURS}([A-Z]\w*[a-z]\w*)\b")
# A call, and not a declaration, of which a type is before the name.
CALLED = re.compile(r"(?:[=(,!{;?<+|-]|\breturn|^)\s*" + OURS + r"([a-z]\w+)\(", re.M)
FOUND_BY_ARGUMENT = {"archive"}  # where the type of what it is given is declared

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
NAME = re.compile(r"(?<![\w:])(?:::)?std::(?:ranges::)?(\w+)")
NOT_CODE = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])+\'|//[^\n]*'
                      r"|/\*.*?\*/", re.S)


def code_of(text):
    """The text without comments and literals, line for line."""
    return NOT_CODE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        self.closures = {}
        self.codes = {}
        self.homes = {}  # a name of ours -> the headers that declare it
        for top in ("include", "lib"):
            for file in sorted((self.root / top).rglob("*.h")):
                for pattern in (TYPE, MACRO, FUNCTION):
                    for name in pattern.findall(self.code(file)):
                        self.homes.setdefault("".join(name), set()).add(file.resolve())

    def code(self, file):
        if file not in self.codes:
            self.codes[file] = code_of(file.read_text(encoding="utf-8"))
        return self.codes[file]

    def ours(self, file, kind, name):
        """The file of ours that an include means, or nothing."""
        places = [self.root / "include" / name, self.root / "lib" / name]
        if kind == '"':
            places.insert(0, file.parent / name)
        return next((p.resolve() for p in places if p.is_file()), None)

    def closure(self, file):
        """What a file includes, itself or by ours: names of headers of others, and paths of ours."""
        if file not in self.closures:
            self.closures[file] = found = set()
            for kind, name in INCLUDE.findall(file.read_text(encoding="utf-8")):
                ours = self.ours(file, kind, name)
                found.update({ours, *self.closure(ours)} if ours else {name})
        return self.closures[file]

    def problems(self):
        for top in ("include", "lib"):
            for file in sorted((self.root / top).rglob("*")):
                if file.suffix in (".h", ".cpp"):
                    yield from self.problems_of(file)
                    yield from self.problems_with_ours(file)

    def declares(self, file, name):
        """Does the file, or one that it includes, declare something else of that name?"""
        declared = re.compile(rf"\b(?:class|struct|using|typename|enum) {name}\b|::\*{name}\b|"
                              rf"(?<=[\w>&*\]])(?<!\breturn)(?<!\belse) [&*]*{name}\b *[({{=;,)>:\]]")
        files = (file, *(f for f in self.closures[file] if isinstance(f, pathlib.Path)))
        return any(declared.search(self.code(f)) for f in files)

    def problems_of(self, file):
        included, said = self.closure(file), {"size_t"}
        for line, text in enumerate(self.code(file).splitlines(), 1):
            where = f"{file.relative_to(self.root)}:{line}"
            for name, begins in OTHERS.items():
                if f"{name}::" in text and name not in said:
                    said.add(name)
                    if not any(str(h).startswith(begins) for h in included):
                        yield f"{where}: {name}:: without #include <{begins}...>"
            for name in NAME.findall(text):
                if name in said or HOMES.get(name, set()) & included:
                    continue
                said.add(name)
                if name in HOMES:
                    first = next(h for h in DECLARES if name in DECLARES[h].split())
                    yield f"{where}: std::{name} without #include <{first}>"
                else:
                    yield f"{where}: std::{name} stands in no row of includes.py; name its header there"

    def problems_with_ours(self, file):
        said = set(FOUND_BY_ARGUMENT)
        used = MACRO.sub(lambda m: "\n" * m.group().count("\n"), self.code(file))
        for line, text in enumerate(used.splitlines(), 1):
            names = (p.findall(text) for p in (USED_TYPE, USED_MACRO, CALLED))
            for name in itertools.chain.from_iterable(names):
                if name in said:
                    continue
                said.add(name)
                homes = self.homes.get(name)
                if homes and not homes & {file.resolve(), *self.closure(file)} and \
                        not self.declares(file, name):
                    yield (f"{file.relative_to(self.root)}:{line}: {name} without "
                           f'#include "{min(homes).relative_to(self.root)}"')


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in {
            "include/casus/a/own.h": "#pragma once\n#include <vector>\nstd::vector<int> v();\n",
            "include/casus/a/bad.h": "#pragma once\nstd::string s();\n",
            "include/casus/a/given.h": "#pragma once\n#define GIVEN(x) x\nstruct Given {};\n"
                                       "inline int given_of(int x) { return x; }\n",
            "lib/a/ours.cpp": '#include <vector>\n#define M(x) Given x\nstruct Mine { int given_of(int x); };\n'
                              'int f(Mine& m) { return m.given_of(1); }\nGiven g;\n'
                              'auto t = fmt::format("");\nint i = GIVEN(2);\n',
            "lib/a/calls.cpp": 'int h() { return given_of(1); }\n',
            "lib/a/good.cpp": '#include <casus/a/own.h>\n#include <algorithm>\n#include <string>\n'
                              'void f() { std::ranges::sort(v()); }\nstd::vector<std::string> w;\n',
            "lib/a/bad.cpp": '#include "casus/a/own.h"\nint g() { return std::ranges::max(v()); }\n'
                             '// std::map is in a comment\nauto t = "std::set";\nstd::optional<int> o;\n'
                             "std::strange_new_name n;\nchar c = '\"'; std::list<int> d;\n",
        }.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        found = [" ".join(p.split()[:2]) for p in Tree(root).problems()]
    wanted = ["include/casus/a/bad.h:2: std::string", "lib/a/bad.cpp:2: std::max",
              "lib/a/bad.cpp:5: std::optional", "lib/a/bad.cpp:6: std::strange_new_name",
              "lib/a/bad.cpp:7: std::list", "lib/a/calls.cpp:1: given_of", "lib/a/ours.cpp:6: fmt::",
              "lib/a/ours.cpp:5: Given", "lib/a/ours.cpp:7: GIVEN"]
    if found != wanted:
        print("found", *found, "wanted", *wanted, sep="\n  ")
        return 1
    return 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    problems = list(Tree(sys.argv[1]).problems())
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
