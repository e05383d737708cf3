"""The one place that folds names and words into keys and hashes values into ids.

An id depends on what it names and on nothing else: not on the order of loading, the engine or the day.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from unicodedata import normalize

import orjson
from anyascii import anyascii

TYPE_PATTERN = re.compile(r"^[A-Z][A-Z0-9_]{0,119}\Z")
"""What a relation type looks like; the only text that is ever formatted into Cypher."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_APOSTROPHES = re.compile(r"['`]")
_NOT_WORD = re.compile(r"[^A-Za-z0-9]+")
_PLAIN_NAME = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_PARTICLES = frozenset({"al", "el"})
_SLUG_LENGTH = 80
_NAME_HASH_BYTES = 3
_RELATION_PREFIX = "r_"
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_DERIVED_CLAIM = re.compile(r"c_[0-9a-f]{32}")
_PLAIN_SOURCE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_SOURCE_HASH_BYTES = 6

_CONTENT_FIELDS = (
    "dataset", "subject", "object", "type", "polarity", "status", "category",
    "attributed_to", "attributed_to_id", "statement", "quote", "source_id", "passage_start", "passage_end",
    "date", "date_from", "date_to", "date_precision", "date_text", "valid_from", "valid_to", "relation_raw",
)  # fmt: skip
_content_of = attrgetter(*_CONTENT_FIELDS)


@dataclass(frozen=True, slots=True)
class ClaimIdentity:
    """What makes a claim this claim and no other.

    `statement` is the one given by the data, never one made from a template; it counts only where no passage
    is given.
    """

    dataset: str
    subject: str
    type: str
    object: str
    source: str
    date: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    status: str = "asserted"
    attributed_to: str | None = None
    passage_start: int | None = None
    passage_end: int | None = None
    statement: str | None = None


def fold_type(word: str) -> str:
    """The type that a relation word folds to: UPPER_SNAKE, `meets with` and `meetsWith` → `MEETS_WITH`.

    Raises: ValueError when nothing is left, or nothing but NOT, when it starts with a digit, or when it is
    longer than 120 signs.
    """
    ascii_word = anyascii(normalize("NFC", word)).replace("'", "")
    folded = _NOT_WORD.sub("_", _CAMEL.sub("_", ascii_word)).strip("_").upper()
    if not folded:
        raise ValueError("the relation has no letter or digit")
    if folded == "NOT":
        raise ValueError("the relation is a denial of nothing")
    if folded[0].isdigit():
        raise ValueError("the relation starts with a digit; a type starts with a letter")
    if len(folded) > 120:
        raise ValueError(f"the relation is {len(folded)} signs long as a type; at most 120 are allowed")
    return folded


def name_key(text: str) -> str:
    """The key by which a load takes two written names for the same: NFC, single spaces, no case."""
    return normalize("NFC", " ".join(normalize("NFC", text).casefold().split()))


def search_key(text: str) -> str:
    """The key for search: `name_key` in ASCII without accents, hyphens, apostrophes, and particles al and el.

    A text of which nothing would be left keeps its `name_key`.
    """
    key = name_key(text)
    words = _NOT_WORD.sub(" ", _APOSTROPHES.sub("", anyascii(key))).lower().split()
    kept = [word for word in words if word not in _PARTICLES] or words
    return " ".join(kept) or key


def actor_id(name: str) -> str:
    """The id of an actor whose data brings none: a slug that depends on `name_key(name)` only.

    Plain where the name is just ASCII letters, digits and single spaces (`transport-canada`), else with six
    hex digits of the key's hash (`transport-canada-1a2b3c`), so that different names do not share one.

    Raises: ValueError when the name is empty or not valid Unicode.
    """
    key = name_key(name)
    if not key:
        raise ValueError("an actor needs a name")
    if len(key) <= _SLUG_LENGTH and _PLAIN_NAME.fullmatch(key):
        return key.replace(" ", "-")
    return hashed_actor_id(name)


def hashed_actor_id(name: str) -> str:
    """The id with the hash, whatever the name: for a name whose plain slug is the id of another actor.

    Raises: ValueError when the name is not valid Unicode.
    """
    key = name_key(name)
    return f"{_slug(key) or 'actor'}-{_hex(key.encode(), _NAME_HASH_BYTES)}"


def source_id(text: str) -> str:
    """The id of a source of which only an address or a title is known; what is an id already stays as it is.

    Raises: ValueError when the text is not valid Unicode.
    """
    if _PLAIN_SOURCE.fullmatch(text):
        return text
    return f"{_slug(text) or 'source'}-{_hex(text.encode(), _SOURCE_HASH_BYTES)}"


def dataset_name(text: str) -> str:
    """The name of a data set made from any text: lower case ASCII letters, digits, hyphens; empty if none."""
    return _slug(text)


def claim_id(parts: ClaimIdentity) -> str:
    """`c_` and 32 hex digits of the claim's identity.

    Raises: ValueError when a text is not valid Unicode.
    """
    passage = (parts.passage_start, parts.passage_end)
    given = parts.statement if passage == (None, None) else None
    return "c_" + _hex(
        _json(
            [
                parts.dataset, parts.subject, parts.type, parts.object, parts.source, parts.date,
                parts.valid_from, parts.valid_to, parts.status, parts.attributed_to, *passage, given or None,
            ]
        ),
        16,
    )  # fmt: skip


def is_derived_claim_id(id: str) -> bool:
    """Whether `claim_id` may have made this id; any other one was given by the data."""
    return _DERIVED_CLAIM.fullmatch(id) is not None


def content_hash(claim: object) -> str:
    """16 hex digits over every stored field of a `graph.model.Claim` except id, load and time of recording.

    Raises: ValueError when a text is not valid Unicode.
    """
    return _hex(_json(_content_of(claim)), 8)


def relation_id(subject: str, type: str, object: str) -> str:
    """The reversible id of a relation: `r_` and base64url of its ends and type.

    Raises: ValueError when a text is not valid Unicode.
    """
    # As base64.urlsafe_b64encode, without its two calls more: answers name thousands of relations.
    coded = binascii.b2a_base64(_json([subject, type, object]), newline=False)
    return _RELATION_PREFIX + coded.translate(_URL_SAFE).rstrip(b"=").decode()


def parse_relation_id(id: str) -> tuple[str, str, str]:
    """Subject, type and object of a relation id.

    Raises: ValueError when `relation_id` cannot have made it.
    """
    body = id.removeprefix(_RELATION_PREFIX)
    try:
        decoded = orjson.loads(base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise ValueError("not the id of a relation") from error
    if not (
        isinstance(decoded, list) and len(decoded) == 3 and all(isinstance(part, str) for part in decoded)
    ):
        raise ValueError("not the id of a relation")
    subject, type_, object_ = decoded
    if relation_id(subject, type_, object_) != id:
        raise ValueError("not the id of a relation")
    return subject, type_, object_


def external_claim_id(subject: str, type: str, object: str, details: Sequence[str | None]) -> str:
    """`x_` and 32 hex digits for a relationship that somebody else wrote, without a claim id.

    Raises: ValueError when a text is not valid Unicode.
    """
    return "x_" + _hex(_json([subject, type, object, *details]), 16)


def _slug(text: str) -> str:
    ascii_text = _APOSTROPHES.sub("", anyascii(text)).lower()
    return _NOT_WORD.sub("-", ascii_text)[:_SLUG_LENGTH].strip("-")


def _json(value: object) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError as error:
        raise ValueError(f"the text is not valid Unicode: {error}") from error


def _hex(data: bytes, size: int) -> str:
    return hashlib.blake2b(data, digest_size=size).hexdigest()
