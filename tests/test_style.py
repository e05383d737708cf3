"""House rules that a machine can check: sizes, names, and what must not stand in a file of ours."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracked import PRODUCT, ROOT, files, functions, name_of, project_files, syntax

CODE = ("graph", "ingest", "api", "static", "tests", "benchmarks")

LONGEST_FILE = 350
LONGER_FILES: dict[str, str] = {}
"""File → why it may be longer than the budget."""

LONGEST_FUNCTION = 40
LONGER_FUNCTIONS: dict[str, str] = {}
"""`file:function` → why it may be longer than the budget."""

FORBIDDEN_FILE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "tools", "core"})

WORDS_OF_OTHERS = ("graph/rendering/", "graph/store/values.py")
"""Where vis-network and the driver are spoken to in their words."""

UNSAFE_IN_THE_BROWSER = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|setHTMLUnsafe"
    r"|srcdoc|\beval\(|new Function\(|javascript:|setTimeout\(\s*['\"`]"
)
NAMESPACES = r"www\.w3\.org/|graphml\.graphdrawing\.org/xmlns\"|gexf\.net/1\.3\""
"""Names that look like addresses: nobody asks there."""
OTHER_HOST = re.compile(rf"(?:https?:|(?<=[\"'(=]))//(?!{NAMESPACES})[\w-]+(?:\.[\w-]+)+")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|NotImplemented" r"Error|place" r"holder text)\b")
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:wor" r"k|ro" r"ot|hom" r"e/\w+|Use" r"rs/\w+)/"
    r"|[A-Z]:\\Use" r"rs"
    r"|index[-_]u" r"rl|/sim" r"ple/|pypi\.o" r"rg|pythonhost" r"ed"
    r"|repo1?\.mav" r"en|npmj" r"s"
    r"|://[^\s\"'/]*(?:regi" r"stry|mirr" r"or)"
)  # fmt: skip
OUR_WORDS = re.compile(r"(?:^|_)(?:node|edge|entity|entities|nodes|edges|predicate|predicates)(?:_|$)")
BINARY = frozenset({".png", ".jpg", ".ico", ".gz", ".xlsx", ".woff2"})


def offenders(pattern: re.Pattern[str], paths: tuple[Path, ...]) -> list[str]:
    """`file:line: text` of each line of `paths` in which `pattern` is found."""
    return [
        f"{name_of(path)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def texts() -> tuple[Path, ...]:
    """Every file of the project that holds text."""
    return tuple(path for path in project_files() if path.suffix not in BINARY)


def test_files_keep_to_their_budget() -> None:
    lines = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(*CODE, endings=(".py", ".js", ".css", ".html"))
    }
    long = {name: count for name, count in lines.items() if count > LONGEST_FILE}

    assert long.keys() == LONGER_FILES.keys(), f"over {LONGEST_FILE} lines: {long}"


def test_functions_keep_to_their_budget() -> None:
    long = {
        f"{name_of(path)}:{function.name}": length
        for path in files(*PRODUCT, "benchmarks", endings=(".py",))
        for function in functions(syntax(path))
        if (length := _length(function)) > LONGEST_FUNCTION
    }

    assert long.keys() == LONGER_FUNCTIONS.keys(), f"over {LONGEST_FUNCTION} lines: {long}"


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end without the docstring and without the functions inside."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    inner = (item for item in functions(function) if item is not function)
    return lines - sum((item.end_lineno or item.lineno) - item.lineno for item in inner)


def test_every_module_says_why_it_exists() -> None:
    silent = [
        name_of(path)
        for path in files(endings=(".py",))
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(syntax(path))
    ]

    assert not silent, silent


def test_every_script_and_style_sheet_says_why_it_exists() -> None:
    silent = [
        name_of(path)
        for path in files("static", endings=(".js", ".css"))
        if not path.read_text(encoding="utf-8").lstrip().startswith(("/*", "//"))
    ]

    assert not silent, silent


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    drawers = [
        name_of(path) for path in files(*CODE, endings=(".py", ".js")) if path.stem in FORBIDDEN_FILE_NAMES
    ]

    assert not drawers, drawers


def test_names_use_the_words_of_the_product() -> None:
    """Nodes and edges are the words of libraries: only who speaks to those has them."""
    strange = [
        f"{name_of(path)}:{item.lineno}: {item.name}"
        for path in files(*PRODUCT, endings=(".py",))
        if not name_of(path).startswith(WORDS_OF_OTHERS)
        for item in ast.walk(syntax(path))
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and OUR_WORDS.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", item.name).lower())
    ]

    assert not strange, strange


def test_nothing_is_left_unfinished() -> None:
    assert not offenders(UNFINISHED, texts())


def test_no_file_knows_a_machine_or_a_package_index() -> None:
    found = offenders(MACHINE, texts())
    if len(ROOT.parts) > 2:
        found += offenders(re.compile(re.escape(str(ROOT)) + r"\b"), texts())

    assert not found, found


def test_a_check_is_switched_off_only_for_one_rule_and_with_a_reason() -> None:
    switched_off = re.compile(
        r"#\s*(?:type:\s*ign" r"ore(?!\[[\w, -]+\]\s+#\s+\w)|no" r"qa(?!: [A-Z]+\d+\s+#\s+\w)"
        r"|pragma:\s*no co" r"ver|my" r"py:|ru" r"ff:\s*no" r"qa)"
    )  # fmt: skip

    assert not offenders(switched_off, files(*CODE, endings=(".py",)))


def test_no_error_is_caught_wholesale() -> None:
    broad = [
        f"{name_of(path)}:{item.lineno}"
        for path in files(*CODE, endings=(".py",))
        for item in ast.walk(syntax(path))
        if isinstance(item, ast.ExceptHandler) and _is_broad(item)
    ]
    suppressed = offenders(re.compile(r"suppress\((?:Base)?Exception\)"), files(*CODE, endings=(".py",)))

    assert not broad + [line for line in suppressed if not line.startswith("tests/test_style.py")]


def _is_broad(handler: ast.ExceptHandler) -> bool:
    """A bare handler, or one for all exceptions that does not raise again."""
    if handler.type is None:
        return True
    named = ast.unparse(handler.type)
    raises_again = any(isinstance(item, ast.Raise) for item in ast.walk(handler))
    return bool(re.search(r"\b(?:Base)?Exception\b", named)) and not raises_again


def test_modules_hold_no_state_that_changes() -> None:
    changing = [
        f"{name_of(path)}:{line}: {name}"
        for path in files(*PRODUCT, endings=(".py",))
        for line, name in _changeable(syntax(path))
    ]

    assert not changing, changing


def _changeable(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """`global` statements, and module-level lists, dicts and sets that are not declared read-only."""
    yield from ((item.lineno, "global") for item in ast.walk(tree) if isinstance(item, ast.Global))
    for item in tree.body:
        if isinstance(item, ast.Assign):
            declared, target = "", ast.unparse(item.targets[0])
        elif isinstance(item, ast.AnnAssign):
            declared, target = ast.unparse(item.annotation), ast.unparse(item.target)
        else:
            continue
        if (
            target != "__all__"
            and _is_container(item.value)
            and not re.match(r"(Mapping|Sequence|Set)\b", declared)
        ):
            yield item.lineno, target


def _is_container(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) in {"dict", "list", "set", "defaultdict", "Counter", "deque"}
    return isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp)


def test_text_becomes_a_page_only_as_text() -> None:
    found = offenders(
        UNSAFE_IN_THE_BROWSER, files("static", "graph", "api", endings=(".js", ".html", ".css"))
    )

    assert not found, found


def test_pages_hold_no_script_and_no_style_of_their_own() -> None:
    """Inline scripts, handlers and style attributes are what the content security policy forbids."""
    inline = re.compile(
        r"<style\b|\sstyle=|\son[a-z]+\s*=|<script(?![^>]*(?:\bsrc=|application/json))", re.IGNORECASE
    )

    assert not offenders(inline, files("static", "graph", "api", endings=(".html",)))


def test_pages_ask_no_other_host() -> None:
    found = offenders(OTHER_HOST, files("static", "graph", "api", endings=(".js", ".css", ".html")))

    assert not found, found


def test_no_code_of_others_lies_in_the_tree() -> None:
    vendored = [
        name_of(path)
        for path in project_files()
        if {"vendor", "node_modules", "third_party"} & set(path.parts)
        or path.name.endswith((".min.js", ".min.css", ".map", ".whl", ".jar"))
    ]
    packed = [
        name_of(path)
        for path in files("static", endings=(".js", ".css"))
        if any(len(line) > 300 for line in path.read_text(encoding="utf-8").splitlines())
    ]

    assert not vendored + packed, vendored + packed


@pytest.mark.parametrize("folder", CODE)
def test_no_folder_is_empty_of_code(folder: str) -> None:
    """The rules above hold trivially where there is nothing: then they look in the wrong place."""
    assert files(folder, endings=(".py", ".js")), folder
