"""docs/explorer.md against the page: its keys are those of the help, and the page listens to each of them."""

from __future__ import annotations

import re

from test_docs import described
from tracked import ROOT

SCRIPTS = ROOT / "static" / "js"
NOT_KEYS = {
    "click", "double click", "right click", "long press", "Ctrl or Shift + click", "Shift + drag",
    "button beside the map",
}  # fmt: skip
"""What the pointer does, and what is named by what it does."""


def told_in_the_help() -> dict[str, str]:
    """Key → what the help of the page says of it."""
    source = (SCRIPTS / "help.js").read_text(encoding="utf-8")
    return dict(re.findall(r"\['([^']+)', '([^']+)'\]", source))


def test_the_described_keys_are_those_of_the_help() -> None:
    (section,) = [one for one in described("explorer.md").sections if one.title == "Keys"]

    assert {row[0].strip("`"): row[1] for row in section.rows} == told_in_the_help()


def test_every_plain_key_of_the_page_is_told_in_the_help() -> None:
    source = (SCRIPTS / "keys.js").read_text(encoding="utf-8")
    (plain,) = re.findall(r"const PLAIN = \{(.*?)\};", source, re.DOTALL)
    keys = {quoted or bare for quoted, bare in re.findall(r"(?:'([^']+)'|(?<![\w'])(\w+)): '\w+'", plain)}
    told = {
        word.replace("Del", "Delete").replace("−", "-")
        for entry in told_in_the_help()
        for part in entry.split(", ")
        if part not in NOT_KEYS
        for word in part.split()
    }

    assert keys - {"ContextMenu"} <= told
    assert len(keys) > 8


def test_the_described_formats_have_their_buttons() -> None:
    (section,) = [one for one in described("explorer.md").sections if one.title == "Share and export"]
    named = {name for row in section.rows for name in row[0].split(", ")}
    source = (SCRIPTS / "export" / "share.js").read_text(encoding="utf-8")

    assert named == set(re.findall(r"\['\w+', '([^']+)', '[^']+'\]", source))
