"""`python -m tour [NAME …]`: take the pictures of the documents, named ones or all, into docs/images."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from groups import browser_path
from served import ROOT
from tour.camera import STEADY_BROWSER, pictures
from tour.scenes import SCENES

FOLDER = ROOT / "docs" / "images"


def main(arguments: Sequence[str]) -> int:
    """Exit code 2 for wrong usage, 1 without a browser."""
    names = [scene.name for scene in SCENES]
    parser = argparse.ArgumentParser(prog="python -m tour", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which ones: {', '.join(names)}; default all"
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the server; the pictures show it")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in names]
    if unknown:
        parser.error(f"no picture {unknown[0]!r}; there are {', '.join(names)}")
    chromium = browser_path()
    if chromium is None:
        print("no Chromium: set CHROMIUM or install chromium", file=sys.stderr)
        return 1
    scenes = [scene for scene in SCENES if scene.name in (options.names or names)]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=list(STEADY_BROWSER))
        for scene, png in pictures(browser, Path(home), scenes, port=options.port):
            (FOLDER / f"{scene.name}.png").write_bytes(png)
            print(f"{scene.name}.png  {scene.width} × {scene.height}  {len(png) / 1024:.0f} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
