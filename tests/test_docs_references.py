"""Whatever a document names is real: files, links, targets, variables, addresses, commands, examples.

The conventions that a writer follows stand at the top of test_docs.py.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import takewhile
from urllib.parse import parse_qs, urlsplit

import pytest

from markdown import anchor, read
from test_docs import DOCUMENTS, calls, commands, described, pages, parameters, settings_by_variable
from tracked import PRODUCT, ROOT, name_of, project_files

TEST_VARIABLES = {"ACTORGRAPH_SHARED", "ACTORGRAPH_NEO4J_JARS"}
FOLDERS = ("graph", "ingest", "api", "static", "tests", "docs", "benchmarks", ".ci")
COMMON_OPTIONS = {"--help"}


def every_document() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", DOCUMENTS)


@every_document()
def test_links_lead_somewhere(name: str) -> None:
    document = read(ROOT / name)
    lost = []
    for link in document.links:
        target, _, fragment = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        file = (ROOT / name).parent / target if target else ROOT / name
        found = file.exists() and (not fragment or file.suffix != ".md" or fragment in read(file).anchors)
        lost += [] if found else [link]

    assert not lost, lost


@every_document()
def test_no_two_headings_share_an_anchor(name: str) -> None:
    anchors = [anchor(section.title) for section in read(ROOT / name).sections]
    twice = {found for found in anchors if anchors.count(found) > 1} - {"added", "changed", "fixed"}

    assert not twice, twice


@every_document()
def test_named_files_exist(name: str) -> None:
    known = {name_of(path) for path in project_files()}
    known |= {parent.as_posix() for path in project_files() for parent in path.relative_to(ROOT).parents}
    by_file_name = {path.rsplit("/", 1)[-1] for path in known}
    code = read(ROOT / name).code
    paths = re.findall(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]*[\w/]", code)
    modules = re.findall(r"(?<![\w./-])[a-z_]+\.(?:py|js)(?![\w/])", code)
    lost = [path for path in paths if path.rstrip("/") not in known]
    lost += [module for module in modules if module not in by_file_name]

    assert not lost, lost


def make_targets() -> set[str]:
    (declared,) = re.findall(
        r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    return set(declared.split())


@every_document()
def test_named_make_targets_exist(name: str) -> None:
    named = set(re.findall(r"(?:^|[\s(])make ([a-z-]+)", read(ROOT / name).code, re.MULTILINE))

    assert named <= make_targets(), named - make_targets()


def test_make_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert set(re.findall(r'echo "make ([a-z-]+)', makefile)) == make_targets() - {"help"}


@every_document()
def test_named_variables_exist(name: str) -> None:
    named = set(re.findall(r"\b(?:ACTORGRAPH|NEO4J)_[A-Z_]*[A-Z]\b", read(ROOT / name).code))

    assert named <= settings_by_variable().keys() | TEST_VARIABLES


def addresses(text: str) -> Iterator[str]:
    """Addresses of the service in code: with or without a host, up to white space or a quotation mark."""
    yield from re.findall(r"/(?:api/v1|view)/[^\s\"'`|)<>]+", text)


@every_document()
def test_named_addresses_exist(name: str) -> None:
    lost = [address for address in addresses(read(ROOT / name).code) if not is_answered(address)]

    assert not lost, lost


def is_answered(address: str) -> bool:
    """Whether a call or page has this path (parameters as `{id}` or filled in) and these query parameters."""
    split = urlsplit(address.rstrip(".,;…"))
    given = parse_qs(split.query, keep_blank_values=True).keys()
    known = {
        call.split(" ", 1)[1]: {found["name"] for found in operation.get("parameters", ())}
        for call, operation in calls().items()
    }
    known |= dict.fromkeys(pages(), set[str]().union(*known.values()))
    return any(is_filled_in(path, split.path) and given <= names for path, names in known.items())


def is_filled_in(template: str, path: str) -> bool:
    """Whether `path` is `template` with something for each `{parameter}`."""
    return bool(re.fullmatch(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template)), path))


def command_lines(text: str) -> Iterator[list[str]]:
    """The words of each `actorgraph …` in code; options in brackets of a synopsis count as given."""
    for line in text.replace("\\\n", " ").splitlines():
        found = re.match(
            r"(?:\$ |.*?(?:&&|\|) *)?((?:[A-Z_]+=\S+ +)*)(?:\.venv/bin/)?actorgraph\b(?!-)(.*)", line.strip()
        )
        if found:
            lexer = shlex.shlex(
                found[2].replace("[", " ").replace("]", " "), posix=True, punctuation_chars="|><&"
            )
            lexer.whitespace_split = True
            yield list(takewhile(lambda word: not set(word) <= set("|><&"), lexer))


@every_document()
def test_named_commands_and_options_exist(name: str) -> None:
    wrong = [words for words in command_lines(read(ROOT / name).code) if words and not is_understood(words)]

    assert not wrong, wrong


def is_understood(words: list[str]) -> bool:
    """Whether the first word is a command (or an option before it) and each option is one of its own."""
    options = {word.split("=")[0] for word in words if re.match(r"--?[a-zA-Z]", word)}
    if words[0].startswith("-"):
        return options <= COMMON_OPTIONS
    if words[0] in ("COMMAND", "…"):
        return True
    return words[0] in commands() and options <= parameters(commands()[words[0]]) | COMMON_OPTIONS


@every_document()
def test_examples_are_valid(name: str) -> None:
    for block in read(ROOT / name).blocks:
        if block.language == "json":
            json.loads(block.text)
        elif block.language == "toml":
            tomllib.loads(block.text)
        elif block.language == "python":
            ast.parse(block.text)


def test_the_architecture_document_names_every_folder_of_code() -> None:
    code = described("architecture.md").code
    folders = {path.relative_to(ROOT).parent.as_posix() for path in project_files()}
    parts = {"/".join(folder.split("/")[:2]) for folder in folders if folder.split("/")[0] in PRODUCT}
    lost = {part for part in parts if not re.search(rf"\b{re.escape(part)}\b", code)}

    assert not lost, lost


def test_every_benchmark_is_described() -> None:
    scripts = {path.name for path in project_files() if name_of(path).startswith("benchmarks/")}
    lost = {
        script
        for script in scripts
        if not script.startswith("__") and script not in described("benchmarks.md").code
    }

    assert not lost, lost


def test_the_readme_leads_with_the_two_commands_and_a_picture() -> None:
    document = read(ROOT / "README.md")

    assert {"make run", "make test"} <= {line.split("#")[0].strip() for line in document.code.splitlines()}
    assert any(link.endswith(".png") for link in document.links)


def test_the_changelog_begins_with_what_is_not_released() -> None:
    first, second, third = read(ROOT / "CHANGELOG.md").sections[:3]

    assert (first.name, second.name, third.name) == ("Changelog", "Unreleased", "Added")
    assert third.text.count("\n- ") >= 1
