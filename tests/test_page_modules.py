"""The page's head names every module that its script imports, so that all of them are fetched at once."""

from __future__ import annotations

import re
from pathlib import Path

from tracked import ROOT

STATIC = ROOT / "static"
IMPORTED = re.compile(r"^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)'|^import '(\.[^']+)'", re.MULTILINE)


def named_in_the_head() -> list[str]:
    """Modules that the browser is told of before any of them is there."""
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    return re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)


def imported_by(module: Path) -> set[Path]:
    """Everything that a module imports, directly and through others."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        here = waiting.pop()
        for plain, bare in IMPORTED.findall(here.read_text(encoding="utf-8")):
            other = (here.parent / (plain or bare)).resolve()
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def test_the_head_names_every_module_once_and_no_other() -> None:
    imported = imported_by(STATIC / "js" / "main.js")

    assert named_in_the_head() == sorted(
        f"/static/{module.relative_to(STATIC.resolve()).as_posix()}" for module in imported
    )
    assert len(imported) > 50


def test_no_module_is_imported_in_a_way_that_is_not_seen_here() -> None:
    scripts = (STATIC / "js").rglob("*.js")
    late = [script.name for script in scripts if re.search(r"\bimport\(", script.read_text(encoding="utf-8"))]

    assert late == []
