#!/usr/bin/env python3
"""Makes pictures of the reports of shipped scenarios.

usage: gallery.py PROGRAM [FOLDER]    PROGRAM is casus; pictures go to FOLDER, docs/pictures by default
"""
import base64
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/report"))
import browser  # noqa: E402

# Scenario, runs, and of its report which figures, under which name.
SHOWN = [
    ("sahel/baseline", 400, {"#f-map": "sahel-map", "#f-outcomes": "sahel-outcomes",
                             "#f-fans": "sahel-time"}),
    ("july-1914/baseline", 400, {"#f-chances": "july-1914-chances", "#f-lanes": "july-1914-why"}),
    ("csto/kazakhstan-2022", 400, {"#f-promises": "kazakhstan-promises"}),
]
WIDTH = 900


def picture(page, selector, path):
    box = page.run(f"(() => {{ const r = document.querySelector('{selector}').getBoundingClientRect();"
                   "return [r.x + scrollX, r.y + scrollY, r.width, r.height]; })()")
    answer = page.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip={
        "x": max(0, box[0] - 16), "y": max(0, box[1] - 16), "width": min(WIDTH, box[2] + 32),
        "height": min(1100, box[3] + 32), "scale": 1})
    path.write_bytes(base64.b64decode(answer["data"]))


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    if not browser.PROGRAM:
        print("there is no chromium here (Debian: chromium)")
        return 1
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else ROOT / "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    page = browser.Browser()
    try:
        for scenario, runs, figures in SHOWN:
            with tempfile.TemporaryDirectory() as scratch:
                out = pathlib.Path(scratch) / "results"
                subprocess.run([sys.argv[1], "run", ROOT / f"scenarios/{scenario}.yaml", "-n", str(runs),
                                "-q", "-o", out], check=True, stdout=subprocess.DEVNULL)
                page.open(out / "report.html", width=WIDTH)
                for selector, name in figures.items():
                    if not page.run(f"!!document.querySelector('{selector}')"):
                        print(f"{scenario}: no {selector}")
                        continue
                    picture(page, selector, folder / f"{name}.png")
                    print(folder / f"{name}.png")
    finally:
        page.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
