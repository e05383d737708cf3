"""The files of the project as the rules see them: what git tracks or would track, and nothing it ignores."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("graph", "ingest", "api")
_LEFT_ASIDE = frozenset({"build", "dist", "__pycache__"})


@cache
def project_files() -> tuple[Path, ...]:
    """All files that are or will be part of a commit, sorted; without git every file that is not hidden."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _ignored(path)]
    return tuple(sorted(path for path in found if path.is_file()))


def _ignored(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part in _LEFT_ASIDE or (part.startswith(".") and part != ".ci") for part in parts)


def name_of(path: Path) -> str:
    """The path as people write it: from the top of the project, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def files(*folders: str, endings: tuple[str, ...]) -> tuple[Path, ...]:
    """Project files below `folders` (all of them if none is given) with one of `endings` (`.py`)."""
    return tuple(
        path
        for path in project_files()
        if path.suffix in endings and (not folders or name_of(path).split("/")[0] in folders)
    )


def modules(*packages: str) -> Iterator[str]:
    """Dotted names of the Python modules in `packages`, but for those that run when they are imported."""
    for path in files(*packages, endings=(".py",)):
        if path.name != "__main__.py":
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def syntax(path: Path) -> ast.Module:
    """The parsed Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that `tree` imports, by full name, with its line."""
    for item in ast.walk(tree):
        if isinstance(item, ast.Import):
            yield from ((alias.name, item.lineno) for alias in item.names)
        elif isinstance(item, ast.ImportFrom) and item.module and not item.level:
            yield item.module, item.lineno


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    for item in ast.walk(tree):
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            yield item
