"""What relation words mean: type, category, symmetry and the sentences a type is told in.

The table is data (`ingest/vocabulary.toml`, a user's file, a data set's record) and is passed in as a value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import orjson

from graph.errors import InputUnusable
from graph.ids import TYPE_PATTERN, fold_type, name_key
from graph.model import CATEGORIES, NOT_PREFIX

_UNCLASSIFIED = "UNCLASSIFIED"
_TYPE_LENGTH = 120
_TEXT_LENGTH = 300
_KEPT_LENGTH = 1000  # a sentence made from a label or template of full length is longer than these
_FIELDS = ("type", "category", "symmetric", "label", "inverse", "template", "denied", "words", "codes")
_TEXTS = ("label", "inverse", "template", "denied")
_JOINTS = re.compile(r"[\s_\-‐‑‒–—]+")
_PLACEHOLDER = re.compile(r"\{(subject|object)\}")
_DENIAL = re.compile(r"\s*(?:(?i:not)[\W_]+|[nN]ot(?=[A-Z]))(?=.*[^\W_])", re.DOTALL)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class RelationType:
    """One type of relation; texts that are not given are made from the type's name.

    `template` and `denied` hold `{subject}` and `{object}`; `inverse` is the label from the object's side.
    """

    type: str
    category: str = _UNCLASSIFIED
    symmetric: bool = False
    label: str = ""
    inverse: str = ""
    template: str = ""
    denied: str = ""
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        label = self.label or self.type.replace("_", " ").strip().lower() or self.type
        made = {
            "label": label,
            "inverse": label if self.symmetric else f"object of: {label}",
            "template": f"{{subject}} – {_braceless(label)} – {{object}}",
            "denied": f"{{subject}} – not: {_braceless(label)} – {{object}}",
        }
        if self.template:
            made["denied"] = f"It is denied that {self.template}"
        for name, text in made.items():
            if not getattr(self, name):
                object.__setattr__(self, name, text)


class Vocabulary:
    """Relation types by type and by word; never changes, so it may be shared between threads.

    A word matches whatever its case and whether blank, hyphen or underscore joins its parts; a type's name is
    always a word of it. Where two entries give one word, the later one has it.
    """

    def __init__(self, entries: Iterable[RelationType] = ()) -> None:
        self._types: dict[str, RelationType] = {}
        owners: dict[str, str] = {}
        for entry in entries:
            before = self._types.pop(entry.type, None)
            inherited = [w for w in before.words if owners[word_key(w)] == entry.type] if before else []
            words = tuple(dict.fromkeys((*inherited, *entry.words)))
            self._types[entry.type] = replace(entry, words=words)
            owners.update((key, entry.type) for key in map(word_key, (entry.type, *words)))
        for type_, entry in self._types.items():
            kept = tuple(word for word in entry.words if owners[word_key(word)] == type_)
            if kept != entry.words:
                self._types[type_] = replace(entry, words=kept)
        self._words = {key: self._types[type_] for key, type_ in owners.items()}
        self._denials = {NOT_PREFIX + t: _denial(entry) for t, entry in self._types.items()}

    @property
    def entries(self) -> tuple[RelationType, ...]:
        """Every known type once, in the order given; a vocabulary made of them answers the same."""
        return tuple(self._types.values())

    def resolve(self, word: str) -> RelationType:
        """The type that a relation word means; an unknown word gets a type of its own, unclassified.

        Raises: ValueError where no type can be made of the word, as `fold_type` and `split_negation` say.
        """
        known = self._known(word)
        if known is not None:
            return known
        plain, negative = split_negation(word)
        if negative:
            return self.get(denial_of(self.resolve(plain).type))
        return _unknown(plain)

    def is_known(self, word: str) -> bool:
        """Whether the table has the word, or the one it denies."""
        match = _split(word)
        return self._known(word if match is None else match) is not None

    def get(self, type: str) -> RelationType:
        """The entry of a type, denied (`NOT_X`) or not; an unknown type gets a general one."""
        return self._types.get(type) or self._denials.get(type) or _general(type)

    def sentence(self, type: str, subject: str, object: str) -> str:
        """The relation in one sentence with its full stop; names go in as they are, never interpreted."""
        names = {"subject": subject, "object": object}
        told = _PLACEHOLDER.sub(lambda found: names[found[1]], self.get(type).template)
        return told.rstrip(" .") + "."

    def extended(self, entries: Iterable[RelationType]) -> Vocabulary:
        """This vocabulary with further entries, each of which overrides by type and by word.

        An overridden type keeps the words it had.
        """
        return Vocabulary((*self._types.values(), *entries))

    def _known(self, word: str) -> RelationType | None:
        return self._words.get(word_key(word)) or self._words.get(_folded_key(word))


@lru_cache(maxsize=8192)
def word_key(word: str) -> str:
    """The key by which two spellings of a relation word are the same; empty if nothing is left."""
    return _JOINTS.sub(" ", name_key(word)).strip()


def split_negation(word: str) -> tuple[str, bool]:
    """`not-meets`, `NOT_MEETS` → (`meets`, True); any other word as it is and False.

    Raises: ValueError when the word denies twice.
    """
    rest = _split(word)
    if rest is None:
        return word, False
    if _split(rest) is not None:
        raise ValueError("the relation is denied twice; say it without NOT, or with one")
    return rest, True


def denial_of(type: str) -> str:
    """The type that denies `type`.

    Raises: ValueError when it is a denial already, or when `NOT_` makes it longer than 120 signs.
    """
    if type.startswith(NOT_PREFIX):
        raise ValueError("the relation is denied twice; say it without NOT, or with one")
    denied = NOT_PREFIX + type
    if len(denied) > _TYPE_LENGTH:
        raise ValueError(
            f"the denied relation is {len(denied)} signs long as a type; at most 120 are allowed"
        )
    return denied


def parse_vocabulary(text: str, where: str) -> tuple[RelationType, ...]:
    """The entries of a vocabulary file: TOML with one `[[relation]]` table each; `where` names it in errors.

    Raises: InputUnusable naming file, entry and field, and what is allowed.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputUnusable(f"{where}: not valid TOML: {error}") from error
    tables = content.pop("relation", [])
    if content:
        raise InputUnusable(f"{where}: {min(content)!r} is not known here; write [[relation]] tables")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputUnusable(f"{where}: relation must be a list of tables, each headed [[relation]]")
    entries = tuple(_Table(t, f"{where}, entry {n}", _TEXT_LENGTH).entry() for n, t in enumerate(tables, 1))
    _check_file(entries, where)
    return entries


def types_to_json(entries: Iterable[RelationType]) -> str:
    """The entries as compact JSON, for the record of a data set."""
    return orjson.dumps(list(entries)).decode()


def types_from_json(text: str) -> tuple[RelationType, ...]:
    """What `types_to_json` wrote.

    Raises: InputUnusable when it is something else.
    """
    where = "the vocabulary kept in the graph"
    try:
        tables = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InputUnusable(f"{where} is not JSON: {error}; load the data set again") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputUnusable(f"{where} is not a list of types; load the data set again")
    return tuple(_Table(t, f"{where}, entry {n}", _KEPT_LENGTH).entry() for n, t in enumerate(tables, 1))


class _Table:
    """One `[[relation]]` table on its way to a RelationType; every fault names entry and field."""

    def __init__(self, fields: Mapping[str, Any], where: str, length: int) -> None:
        self._fields = fields
        self._length = length
        self._where = f"{where} ({fields['type']})" if isinstance(fields.get("type"), str) else where

    def entry(self) -> RelationType:
        """The checked entry. Raises: InputUnusable."""
        for name in self._fields:
            if name not in _FIELDS:
                near = get_close_matches(name, _FIELDS, n=1)
                hint = f", did you mean {near[0]!r}?" if near else ""
                raise self._fault(name, f"not a field{hint} Fields are {', '.join(_FIELDS)}")
        symmetric = self._fields.get("symmetric", False)
        if not isinstance(symmetric, bool):
            raise self._fault("symmetric", "must be true or false")
        words = (*self._words("words"), *self._words("codes"))
        texts = {name: self._text(name) for name in _TEXTS if name in self._fields}
        return RelationType(self._type(), self._category(), symmetric, words=words, **texts)

    def _type(self) -> str:
        type_ = self._fields.get("type")
        if not isinstance(type_, str) or not TYPE_PATTERN.match(type_):
            raise self._fault(
                "type", "must be UPPER_SNAKE, as in MEETS: A to Z first, then A to Z, 0 to 9 and _"
            )
        if type_.startswith(NOT_PREFIX):
            raise self._fault("type", "NOT_ marks a denial; give the type without it and a `denied` sentence")
        return type_

    def _category(self) -> str:
        category = self._fields.get("category", _UNCLASSIFIED)
        if category not in CATEGORIES:
            raise self._fault("category", f"{category!r} is not one of {', '.join(CATEGORIES)}")
        return str(category)

    def _text(self, name: str) -> str:
        text = self._line(name, self._fields[name])
        if name in ("template", "denied"):
            if {found[1] for found in _PLACEHOLDER.finditer(text)} != {"subject", "object"}:
                raise self._fault(name, "must hold both {subject} and {object}")
            if "{" in (rest := _PLACEHOLDER.sub("", text)) or "}" in rest:
                raise self._fault(name, "braces are only for {subject} and {object}")
        return text

    def _words(self, name: str) -> list[str]:
        words = self._fields.get(name, [])
        if not isinstance(words, list):
            raise self._fault(name, 'must be a list of texts, as in ["meets", "met with"]')
        checked = [self._line(name, word) for word in words]
        for word in checked:
            if not word_key(word) or _split(word) is not None:
                raise self._fault(
                    name, f"{word!r}: a word has a letter or digit and does not begin with 'not'"
                )
        return checked

    def _line(self, name: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip() or _UNPRINTABLE.search(value):
            raise self._fault(name, "must be text of one line, not empty")
        if len(value) > self._length:
            raise self._fault(name, f"at most {self._length} signs, not {len(value)}")
        return value.strip()

    def _fault(self, field: str, message: str) -> InputUnusable:
        return InputUnusable(f"{self._where}, {field}: {message}")


def _check_file(entries: Iterable[RelationType], where: str) -> None:
    """Within a file a word has one type, whatever the order of entries, and each type can be denied."""
    owners: dict[str, str] = {}
    types: set[str] = set()
    for number, entry in enumerate(entries, 1):
        at = f"{where}, entry {number} ({entry.type})"
        if entry.type in types:
            raise InputUnusable(f"{at}, type: given twice; join the two entries")
        if len(entry.type) > _TYPE_LENGTH - len(NOT_PREFIX):
            raise InputUnusable(
                f"{at}, type: at most {_TYPE_LENGTH - len(NOT_PREFIX)} signs, NOT_ must fit before"
            )
        types.add(entry.type)
        for word in (entry.type, *entry.words):
            owner = owners.setdefault(word_key(word), entry.type)
            if owner != entry.type:
                raise InputUnusable(
                    f"{at}, words: {word!r} is already a word of {owner}; a word has one type"
                )


def _split(word: str) -> str | None:
    """The word that `word` denies, or None."""
    found = _DENIAL.match(word)
    return word[found.end() :] if found else None


def _denial(entry: RelationType) -> RelationType:
    """The entry of `NOT_X`: the same meaning, told by the denied sentence."""
    label = _label_of(entry.denied) or f"not: {entry.label}"
    return RelationType(
        type=NOT_PREFIX + entry.type,
        category=entry.category,
        symmetric=entry.symmetric,
        label=label,
        inverse=label if entry.symmetric else f"not: {entry.inverse}",
        template=entry.denied,
        denied=entry.template,
    )


def _label_of(template: str) -> str | None:
    """What stands between the two names: `{subject} did not meet {object}` → `did not meet`."""
    if not template.startswith("{subject} ") or template.count("{object}") != 1 or "–" in template:
        return None
    label = template.removeprefix("{subject} ").rstrip(" .").removesuffix("{object}").replace("{object}", "…")
    return label.strip() or None


@lru_cache(maxsize=8192)
def _folded_key(word: str) -> str:
    try:
        return word_key(fold_type(word))
    except ValueError:
        return ""


@lru_cache(maxsize=8192)
def _unknown(word: str) -> RelationType:
    """A type of its own for a word that no table has; its label keeps a word in another script readable."""
    type_ = fold_type(word)
    if type_.startswith(NOT_PREFIX):
        raise ValueError("the relation begins with NOT, which marks a denial, in an unusual spelling")
    label = "" if word.isascii() else word_key(word)
    return RelationType(type_, label="" if len(label) > _TYPE_LENGTH or _UNPRINTABLE.search(label) else label)


@lru_cache(maxsize=8192)
def _general(type: str) -> RelationType:
    if type.startswith(NOT_PREFIX) and len(type) > len(NOT_PREFIX):
        return _denial(RelationType(type.removeprefix(NOT_PREFIX)))
    return RelationType(type)


def _braceless(label: str) -> str:
    return label.replace("{", "(").replace("}", ")")
