"""Opaque cursors: where the next page begins, bound to the state of the graph and the question it was made
for."""

from __future__ import annotations

import base64
import binascii
import hashlib

import orjson

from graph.errors import InvalidQuestion, StaleCursor


def write_cursor(token: str, question: str, place: int | str) -> str:
    """A cursor to `place` of the answer to `question` on the graph labelled `token`."""
    parts = [_mark(token), _mark(question), place]
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode("ascii").rstrip("=")


def read_cursor(cursor: str, token: str, question: str) -> int | str:
    """The place a cursor points to.

    Raises: StaleCursor when the graph has changed since; InvalidQuestion when it is no cursor of this
    question.
    """
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        parts = None
    if not (isinstance(parts, list) and len(parts) == 3 and isinstance(parts[2], int | str)):
        raise InvalidQuestion.one(
            "cursor", "this is not a cursor of ours; use `meta.next` of the page before"
        )
    if parts[0] != _mark(token):
        raise StaleCursor("the graph has changed since this cursor was made; ask again without it")
    if parts[1] != _mark(question):
        raise InvalidQuestion.one(
            "cursor", "this cursor belongs to another question; repeat all its parameters"
        )
    place: int | str = parts[2]
    return place


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
