#!/usr/bin/env python3
"""Makes the pictures of the gallery, and the page that shows them.

usage: gallery.py PROGRAM [NAME...]   runs the scenarios, takes pictures of their reports (all, or the
                                      named ones) into docs/pictures and writes docs/gallery.md
       gallery.py --page              prints the page alone: neither a program nor a browser is needed

PROGRAM is casus; Chromium takes the pictures (Debian: chromium).
"""
import base64
import collections
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs/pictures"
WIDTH = 900  # of the window, in pixels
TALLEST = 1150

# What is seen: name of the picture, scenario (one, or two for a comparison), runs, figure of the
# report, one sentence, and what is done to the page before the picture is taken.
Shown = collections.namedtuple("Shown", "name scenarios runs figure sentence before", defaults=("",))
SHOWN = [
    Shown("sahel-map", ["sahel/baseline"], 400, "#f-map",
          "Deaths by region after two years in the median run: they crowd around the meeting of three "
          "borders, and in Nigeria's northeast."),
    Shown("sahel-outcomes", ["sahel/baseline"], 400, "#f-outcomes",
          "Every outcome of the Sahel on as few scales as their sizes allow, with its interval and "
          "where nine of ten runs lie."),
    Shown("sahel-time", ["sahel/baseline"], 400, "#f-fans",
          "Deaths by state over two years: the median run, half of the runs, nine of ten."),
    Shown("sahel-no-charter", ["sahel/baseline", "sahel/policies/no-charter"], 100, "#f-differences",
          "The same worlds with and without the Charter: what is filled in differs by more than "
          "chance, what is hollow does not."),
    Shown("sahel-validation", ["sahel/validation"], 100, "#f-outcomes",
          "The first year, as it is and as it would be reported, by country and by who fought whom."),
    Shown("niger-2023-chances", ["sahel/ecowas/niger-2023"], 100, "#f-chances",
          "After the coup in Niger: in how many runs has each step of ECOWAS been taken by a date?"),
    Shown("benin-2025-why", ["sahel/ecowas/benin-2025"], 100, "#f-lanes",
          "After a failed coup in Benin, three runs told: each line an actor, each arc a cause."),
    Shown("july-1914-chances", ["july-1914/baseline"], 100, "#f-chances",
          "July 1914 from the ultimatum on: who has gone to war by which date, and in how many runs."),
    Shown("july-1914-why", ["july-1914/baseline"], 100, "#f-lanes",
          "A typical summer of 1914 and its best and worst, from the first declaration of war "
          "along the arcs of the pacts."),
    Shown("six-day-war-map", ["six-day-war/baseline"], 100, "#f-map",
          "Where it is fought in June 1967; a scenario without outlines has circles near where its "
          "regions are."),
    Shown("armenia-2022-promises", ["csto/armenia-2022"], 100, "#f-promises",
          "Armenia calls upon its allies, and whose word was kept, broken, or not owed."),
    Shown("karabakh-2020-promises", ["csto/karabakh-2020"], 100, "#f-promises",
          "Two years earlier the same treaty bound nobody to help, as the land was another's: all that was "
          "owed was counsel, and seldom."),
    Shown("kazakhstan-2022-chances", ["csto/kazakhstan-2022"], 100, "#f-chances",
          "Kazakhstan asks for help against what it calls terrorists: how soon, and how often, it "
          "comes."),
    Shown("article-5-why", ["nato/article-5-exercise"], 100, "#f-lanes",
          "A made-up attack on Estonia, and who answers it under which article."),
    Shown("three-states-time", ["tutorial/three-states"], 100, "#f-fans",
          "The tutorial's three states, where a scenario is short enough to be read at once."),
    Shown("without-pact", ["tutorial/three-states", "tutorial/without-pact"], 100, "#f-differences",
          "What the tutorial's one treaty is worth, world by world."),
    Shown("two-promises", ["tutorial/two-promises"], 100, "#f-promises",
          "Two promises that cannot both be kept: Belmar is torn whenever it is called, and mostly helps."),
]


def title_of(scenario):
    text = (ROOT / f"scenarios/{scenario}.yaml").read_text(encoding="utf-8")
    return re.search(r'^title: *"?([^"\n]*)', text, re.M).group(1).strip()


def command_of(shown, program="casus"):
    files = [f"scenarios/{s}.yaml" for s in shown.scenarios]
    return [program, "run" if len(files) == 1 else "compare", *files, "-n", str(shown.runs)]


def page():
    text = ("# Gallery\n\n"
            "Pictures of the reports that every `casus run` and `compare` writes\n"
            "([docs/report.md](report.md)), of each shipped scenario. `docs/gallery.py casus` makes them "
            "again.\n")
    last = None
    for shown in SHOWN:
        title = title_of(shown.scenarios[0])
        if title != last:
            text += f"\n## {title}\n"
        last = title
        text += (f"\n{shown.sentence}\n\n![{shown.name.replace('-', ' ')}](pictures/{shown.name}.png)\n\n"
                 f"```\n{' '.join(command_of(shown))}\n```\n")
    return text


def rows_of(png):
    """Width, height and the rows of an 8-bit PNG as (r, g, b) bytes."""
    at, data, head = 8, b"", None
    while at < len(png):
        n, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"IHDR":
            head = struct.unpack(">IIBBBBB", png[at + 8:at + 8 + n])
        if kind == b"IDAT":
            data += png[at + 8:at + 8 + n]
        at += n + 12
    width, height, depth, color = head[:4]
    assert depth == 8 and color in (2, 6) and head[6] == 0
    step = 3 if color == 2 else 4
    raw, line = zlib.decompress(data), width * step
    before, rows = bytes(line), []
    for y in range(height):
        start = y * (line + 1)
        way, row = raw[start], bytearray(raw[start + 1:start + 1 + line])
        for i in range(line):
            a = row[i - step] if i >= step else 0
            b = before[i]
            c = before[i - step] if i >= step else 0
            if way == 1:
                row[i] = (row[i] + a) & 255
            elif way == 2:
                row[i] = (row[i] + b) & 255
            elif way == 3:
                row[i] = (row[i] + (a + b) // 2) & 255
            elif way == 4:
                p = a + b - c
                near = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
                row[i] = (row[i] + near) & 255
        rows.append([bytes(row[i:i + 3]) for i in range(0, line, step)])
        before = bytes(row)
    return width, height, rows


def small(png):
    """The same with a palette of at most 256 colours: a third of the size, and nobody sees it."""
    width, height, rows = rows_of(png)
    counts = collections.Counter(color for row in rows for color in row)
    palette = [color for color, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:256]]
    index = {color: i for i, color in enumerate(palette)}

    def nearest(color):
        return min(range(len(palette)),
                   key=lambda i: sum((a - b) ** 2 for a, b in zip(palette[i], color)))
    for color in counts:
        if color not in index:
            index[color] = nearest(color)
    raw = b"".join(b"\0" + bytes(index[color] for color in row) for row in rows)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (png[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)) +
            chunk(b"PLTE", b"".join(palette)) + chunk(b"IDAT", zlib.compress(raw, 9)) +
            chunk(b"IEND", b""))


def picture(tab, selector, path):
    box = tab.run(f"(() => {{ const f = document.querySelector('{selector}');"
                  "f.querySelectorAll('details').forEach(d => d.hidden = true);"
                  "const r = f.getBoundingClientRect();"
                  "return [r.x + scrollX, r.y + scrollY, r.width, r.height]; })()")
    answer = tab.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip={
        "x": max(0, box[0] - 16), "y": max(0, box[1] - 16), "width": min(WIDTH, box[2] + 32),
        "height": min(TALLEST, box[3] + 24), "scale": 1})
    path.write_bytes(small(base64.b64decode(answer["data"])))


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-") and sys.argv[1:] != ["--page"]:
        print(__doc__)
        return 2
    if sys.argv[1] == "--page":
        sys.stdout.write(page())
        return 0
    sys.path.insert(0, str(ROOT / "tests/report"))
    import browser
    if not browser.PROGRAM:
        print("there is no chromium here (Debian: chromium)")
        return 1
    wanted = [s for s in SHOWN if len(sys.argv) == 2 or s.name in sys.argv[2:]]
    PICTURES.mkdir(parents=True, exist_ok=True)
    tab = browser.Browser()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            made = {}
            for shown in wanted:
                command = command_of(shown, sys.argv[1])
                key = " ".join(command)
                if key not in made:
                    made[key] = pathlib.Path(scratch) / str(len(made))
                    subprocess.run([*command, "-q", "-o", made[key]], check=True, cwd=ROOT,
                                   stdout=subprocess.DEVNULL)
                tab.open(made[key] / "report.html", width=WIDTH)
                path = PICTURES / f"{shown.name}.png"
                if not tab.run(f"!!document.querySelector('{shown.figure}')"):
                    print(f"{shown.name}: its report has no {shown.figure}")
                    return 1
                if shown.before:
                    tab.run(shown.before)
                picture(tab, shown.figure, path)
                print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
    finally:
        tab.close()
    (ROOT / "docs/gallery.md").write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
