"""Data set folders written for tests of the whole way: names that try to break out, and a crowd."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

SCRIPT = '<script>window.hit=1</script><img src=x onerror="window.hit=1">'
ATTRIBUTE = "\" onmouseover=\"window.hit=1\" href='javascript:window.hit=1' x='"
RIGHT_TO_LEFT = "\u202e\u05e9\u05dc\u05d5\u05dd txt.exe"
LONG = "Long " + "name " * 780 + "end"
TEMPLATE = "{{ 7 * 7 }} ${window.hit=1} </script><script>window.hit=1</script>"
HOSTILE_NAMES = (SCRIPT, ATTRIBUTE, RIGHT_TO_LEFT, LONG, TEMPLATE)

CROWD = 300
CROWD_HUB = "crowd-0000"

THOUSANDS = 5_200
"""Members around one hub: more than a map holds."""
TOWN = 20

QUARRELLING = 42
"""So many have 861 pairs: more lines than the library is given."""


def hostile_folder(folder: Path) -> Path:
    """A data set in which every field of text tries to be more than text; actors are `evil-0` to `evil-4`."""
    folder.mkdir(parents=True)
    text = json.dumps(SCRIPT + ATTRIBUTE + TEMPLATE)
    (folder / "dataset.toml").write_text(
        f'name = "hostile"\ntitle = {text}\ndescription = {text}\nlicence = {text}\n'
        f'[[question]]\ntext = {text}\nlink = "javascript:window.hit=1//#actor=evil-0"\n',
        encoding="utf-8",
    )
    (folder / "vocabulary.toml").write_text(
        f'[[relation]]\ntype = "HACKS"\ncategory = "ASSAULT"\nlabel = {text}\ninverse = {text}\n'
        'words = ["hacks"]\n',
        encoding="utf-8",
    )
    _write(
        folder / "actors.csv",
        [
            {
                "id": f"evil-{n}",
                "name": name,
                "kind": "person",
                "aliases": f"evil {n}|{SCRIPT}{n}",
                "description": name,
            }
            for n, name in enumerate(HOSTILE_NAMES)
        ],
    )
    _write(
        folder / "sources.csv",
        [
            {
                "id": "s",
                "title": SCRIPT,
                "publisher": ATTRIBUTE,
                "url": "javascript:window.hit=1",
                "author": TEMPLATE,
            }
        ],
    )
    _write(
        folder / "claims.csv",
        [
            {
                "subject": HOSTILE_NAMES[n], "subject_id": f"evil-{n}",
                "object": HOSTILE_NAMES[(n + 1) % 5], "object_id": f"evil-{(n + 1) % 5}",
                "relation": relation, "source": "s", "statement": SCRIPT + LONG, "quote": ATTRIBUTE,
                "date_text": TEMPLATE, "attributed_to": SCRIPT,
            }
            for n in range(5)
            for relation in ("hacks", "<script>window.hit=1</script>", "not hacks")
        ],
    )  # fmt: skip
    return folder


def crowd_folder(folder: Path) -> Path:
    """300 actors in groups of 30; the first is tied to all others, everybody to two of their own group."""
    folder.mkdir(parents=True)
    (folder / "dataset.toml").write_text('name = "crowd"\ntitle = "A crowd"\n', encoding="utf-8")
    names = [f"crowd-{n:04d}" for n in range(CROWD)]
    pairs = [(0, n, "supports") for n in range(1, CROWD)]
    pairs += [(n, n // 30 * 30 + (n * 7 + step) % 30, "meets") for n in range(1, CROWD) for step in (1, 11)]
    _write(
        folder / "claims.csv",
        [
            {
                "subject": f"Member {a}",
                "subject_id": names[a],
                "relation": verb,
                "object": f"Member {b}",
                "object_id": names[b],
            }
            for a, b, verb in pairs
            if a != b
        ],
    )
    return folder


def thousands_folder(folder: Path) -> Path:
    """`hub` supports 5,200 members, who meet the next one of their town of twenty; it accuses the first sixty
    as well, and is said to lead every tenth."""
    folder.mkdir(parents=True)
    (folder / "dataset.toml").write_text('name = "thousands"\ntitle = "Thousands"\n', encoding="utf-8")
    ties = [("hub", "supports", member(n), "asserted") for n in range(THOUSANDS)]
    ties += [("hub", "accuses", member(n), "asserted") for n in range(60)]
    ties += [("hub", "leads", member(n), "alleged") for n in range(0, THOUSANDS, 10)]
    ties += [(member(n), "meets", member(n + 1), "asserted") for n in range(THOUSANDS) if (n + 1) % TOWN]
    _write(
        folder / "claims.csv",
        [
            {
                "subject": one.replace("-", " ").title(), "subject_id": one,
                "relation": verb, "status": status,
                "object": other.replace("-", " ").title(), "object_id": other,
            }
            for one, verb, other, status in ties
        ],
    )  # fmt: skip
    return folder


def quarrel_folder(folder: Path) -> Path:
    """Forty-two who all have to do with each other, one line a pair: who meets, accuses, is said to lead,
    does not meet, by the sum of two numbers; the last two both visit and do not."""
    folder.mkdir(parents=True)
    (folder / "dataset.toml").write_text('name = "quarrel"\ntitle = "A quarrel"\n', encoding="utf-8")
    verbs = [("meets", "asserted"), ("accuses", "asserted"), ("leads", "alleged"), ("not meets", "asserted")]
    pairs = list(itertools.combinations(range(QUARRELLING), 2))
    ties = [(one, other, *verbs[(one + other) % 4]) for one, other in pairs[:-1]]
    ties += [(*pairs[-1], "visits", "asserted"), (*pairs[-1], "not visits", "asserted")]
    _write(
        folder / "claims.csv",
        [
            {
                "subject": f"Quarreller {one:02d}", "subject_id": quarreller(one),
                "relation": verb, "status": status, "source": "paper", "date": "2024-05",
                "object": f"Quarreller {other:02d}", "object_id": quarreller(other),
            }
            for one, other, verb, status in ties
        ],
    )  # fmt: skip
    return folder


def quarreller(number: int) -> str:
    """Id of one of those who quarrel."""
    return f"quarreller-{number:02d}"


def member(number: int) -> str:
    """Id of one of the thousands."""
    return f"member-{number:04d}"


def ministry_folder(folder: Path) -> Path:
    """A minister's dealings from 2021 to 2023 by the month, in three papers: `minister` is tied to everybody,
    `rival` to two of them, `pupil` to nobody else; a visit is both claimed and denied."""
    folder.mkdir(parents=True)
    (folder / "dataset.toml").write_text('name = "ministry"\ntitle = "A ministry"\n', encoding="utf-8")
    papers = [f"paper-{n}" for n in range(3)]
    _write(
        folder / "sources.csv", [{"id": paper, "title": paper.replace("-", " ").title()} for paper in papers]
    )
    dealings = [
        ("minister", "meets", "rival", "2021-02", 0, "asserted"),
        ("minister", "meets", "rival", "2021-02", 1, "asserted"),
        ("minister", "supports", "envoy", "2021-06", 1, "asserted"),
        ("minister", "meets", "banker", "2022-01", 0, "alleged"),
        ("banker", "meets", "rival", "2022-03", 2, "asserted"),
        ("minister", "accuses", "rival", "2022-09", 2, "asserted"),
        ("envoy", "meets", "rival", "2023-04-12", 0, "asserted"),
        ("minister", "leads", "pupil", "2023-11", 0, "asserted"),
        ("minister", "supports", "banker", "2023", 1, "asserted"),
        ("minister", "visits", "envoy", "2023-05", 0, "asserted"),
        ("minister", "not visits", "envoy", "2023-05", 1, "asserted"),
        ("minister", "opposes", "envoy", "", 2, "asserted"),
    ]
    _write(
        folder / "claims.csv",
        [
            {
                "subject": one.title(), "subject_id": one, "relation": verb, "object": other.title(),
                "object_id": other, "date": date, "source": papers[paper], "status": status,
                "statement": f"The {one} {verb} the {other}.",
            }
            for one, verb, other, date, paper, status in dealings
        ],
    )  # fmt: skip
    return folder


def council_folder(folder: Path) -> Path:
    """A council whose chair handed over in 2021: one lead ended, one began, the rest is as it was."""
    folder.mkdir(parents=True)
    (folder / "dataset.toml").write_text('name = "council"\ntitle = "A council"\n', encoding="utf-8")
    states = [
        ("chair", "leads", "council", "", "2019", "2021-06"),
        ("deputy", "leads", "council", "", "2021-07", ""),
        ("clerk", "member of", "council", "", "2018", ""),
        ("chair", "meets", "clerk", "2020-05", "", ""),
        ("deputy", "meets", "clerk", "2024-01", "", ""),
        ("chair", "supports", "deputy", "", "", ""),
    ]
    _write(
        folder / "claims.csv",
        [
            {
                "subject": one.title(), "subject_id": one, "relation": verb, "object": other.title(),
                "object_id": other, "date": date, "valid_from": begin, "valid_to": end,
                "statement": f"The {one} {verb} the {other}.",
            }
            for one, verb, other, date, begin, end in states
        ],
    )  # fmt: skip
    return folder


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
