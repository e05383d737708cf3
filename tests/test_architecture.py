"""The shape of the project as rules that a machine checks: who imports whom, who alone knows an engine."""

from __future__ import annotations

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tracked import PRODUCT, ROOT, files, functions, imports, modules, name_of, project_files, syntax

ONE_FILE_ENGINES = ("pyvis", "arcadedb", "anyascii", "openpyxl", "rapidfuzz", "rustworkx")
"""Libraries that one file of the product alone may import, so that they can be exchanged there."""

DRIVER_USERS = ("graph/store/", "graph/projection/reader.py")
"""Who may know the Neo4j driver: the store, and the thread that reads a whole graph into arrays."""

ENVIRONMENT_USERS = {"graph/store/engine.py"}
"""Who in the domain may touch the environment: the engine's child process inherits it."""

COMES_ALONG = {"markupsafe", "pydantic", "starlette"}
"""Libraries that are part of declared ones: of jinja2 and fastapi."""

TOP_LEVEL = frozenset(
    {
        ".ci", ".gitignore", "CHANGELOG.md", "CONTEXT.md", "LICENSE", "Makefile", "README.md", "SECURITY.md",
        "api", "benchmarks", "constraints.txt", "docs", "graph", "ingest", "pyproject.toml", "static",
        "tests",
    }
)  # fmt: skip

BREAKS = {
    "the graph must not import the API": ("graph/errors.py", "import api.settings\n"),
    "the graph must not import ingest": ("graph/model.py", "import ingest\n"),
    "ingest must not import the API": ("ingest/__init__.py", "import api.settings\n"),
    "identities must not import the model": ("graph/ids.py", "import graph.model\n"),
    "the store must not import the projection": ("graph/store/__init__.py", "import graph.projection\n"),
    "a module of graph has to stand in a layer": ("graph/stray.py", '"""A module in no layer."""\n'),
    "routers must not import each other": ("api/routers/one.py", "import api.routers.other\n"),
}


def copy_of_the_packages(folder: Path) -> Path:
    """The product's packages and the contracts, alone in `folder`, with one router more to import."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PRODUCT:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "api/routers/other.py").write_text('"""A router."""\n', encoding="utf-8")
    return folder


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of `folder` over the packages in `folder`."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_import_contracts_hold(tmp_path: Path) -> None:
    seen = lint_imports(copy_of_the_packages(tmp_path))

    assert seen.returncode == 0, seen.stdout + seen.stderr


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_import_contract_is_noticed(broken: str, tmp_path: Path) -> None:
    name, line = BREAKS[broken]
    folder = copy_of_the_packages(tmp_path)
    with (folder / name).open("a", encoding="utf-8") as module:
        module.write(line)

    seen = lint_imports(folder)

    assert seen.returncode != 0, f"nobody noticed that {broken}"
    assert Path(name).stem.replace("__init__", Path(name).parent.name) in seen.stdout + seen.stderr


@pytest.mark.parametrize("package", PRODUCT)
def test_packages_come_from_this_clone(package: str) -> None:
    where = importlib.import_module(package).__file__

    assert where is not None
    assert Path(where).resolve() == ROOT / package / "__init__.py"


@pytest.mark.parametrize("package", PRODUCT)
def test_every_module_can_be_imported(package: str) -> None:
    """Modules that only one command or one platform needs break unseen otherwise."""
    for name in modules(package):
        importlib.import_module(name)


def test_our_own_code_is_never_imported_lazily() -> None:
    lazy = [
        f"{name_of(path)}:{line} imports {module} inside {function.name}"
        for path in files(*PRODUCT, endings=(".py",))
        for function in functions(syntax(path))
        for module, line in imports(function)
        if module.split(".")[0] in PRODUCT
    ]

    lazy += [
        f"{name_of(path)}:{item.lineno} imports by name"
        for path in files(*PRODUCT, endings=(".py",))
        for item in ast.walk(syntax(path))
        if isinstance(item, ast.Call) and re.search(r"\b(import_module|__import__)$", ast.unparse(item.func))
    ]

    assert not lazy, lazy


def test_imports_of_our_own_code_are_absolute() -> None:
    relative = [
        f"{name_of(path)}:{item.lineno}"
        for path in files(*PRODUCT, endings=(".py",))
        for item in ast.walk(syntax(path))
        if isinstance(item, ast.ImportFrom) and item.level
    ]

    assert not relative, relative


def importers(library: str) -> list[str]:
    """The product's files that import `library`."""
    return [
        name_of(path)
        for path in files(*PRODUCT, endings=(".py",))
        if any(module.split(".")[0] == library for module, _ in imports(syntax(path)))
    ]


@pytest.mark.parametrize("library", ONE_FILE_ENGINES)
def test_one_file_alone_knows_an_engine(library: str) -> None:
    assert len(importers(library)) <= 1, importers(library)


def test_the_driver_is_known_to_the_store_alone() -> None:
    strangers = [name for name in importers("neo4j") if not name.startswith(DRIVER_USERS)]

    assert importers("neo4j")
    assert not strangers, strangers


def test_the_web_framework_is_known_to_the_api_alone() -> None:
    strangers = [
        name
        for library in ("fastapi", "starlette", "uvicorn", "typer", "pydantic", "pydantic_settings")
        for name in importers(library)
        if not name.startswith("api/")
    ]

    assert not strangers, strangers


def test_the_domain_knows_no_environment() -> None:
    reads = re.compile(r"\bos\.(environ|getenv)\b")
    knowing = [
        name_of(path)
        for path in files("graph", "ingest", endings=(".py",))
        if reads.search(path.read_text(encoding="utf-8"))
    ]

    assert set(knowing) <= ENVIRONMENT_USERS, knowing


def declared_libraries() -> set[str]:
    """The import names of the packages in pyproject.toml that the product needs always."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = (re.split(r"[^\w.-]", requirement, maxsplit=1)[0] for requirement in project["dependencies"])
    return {name.replace("-", "_") for name in names}


def test_the_declared_libraries_are_the_imported_ones() -> None:
    imported = {
        module.split(".")[0]
        for path in files(*PRODUCT, endings=(".py",))
        for module, _ in imports(syntax(path))
    } - set(PRODUCT)
    foreign = {name for name in imported if name not in sys.stdlib_module_names}

    assert foreign - COMES_ALONG == declared_libraries()


def test_only_the_map_knows_the_drawing_library() -> None:
    traces = re.compile(r"\bvis\.|\bvis-network\b|\bvis-data\b|/vendor/")
    knowing = [
        name_of(path)
        for path in files("static", endings=(".js",))
        if traces.search(path.read_text(encoding="utf-8"))
    ]

    assert knowing == ["static/js/map.js"]


def test_only_one_script_speaks_to_the_service() -> None:
    calls = re.compile(r"\bfetch\(|\bXMLHttpRequest\b|\bEventSource\b|\bWebSocket\b|\bsendBeacon\b")
    speaking = [
        name_of(path)
        for path in files("static", endings=(".js",))
        if calls.search(path.read_text(encoding="utf-8"))
    ]

    assert speaking == ["static/js/api.js"]


def test_the_top_level_holds_only_what_a_newcomer_expects() -> None:
    present = {name_of(path).split("/")[0] for path in project_files()}

    assert present <= TOP_LEVEL, present - TOP_LEVEL
