"""Finds actors by the names people really write: parts, other spellings, other scripts, slips of the pen.

It stands beside the projection and not in the store, so that both engines find the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist, extract

from graph.ids import name_key, search_key
from graph.model import Actor

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

QUERY_LENGTH = 200
"""Signs of a query that are searched for; only a whole id, name or alias is compared beyond that."""

_EXACT_LENGTH = 5_000
_QUERY_WORDS = 12
_WHOLE, _ALIAS, _FOLDED, _BEGINS, _WORD, _WORDS, _WITHIN, _SIMILAR = 100, 98, 95, 90, 80, 70, 60, 50
_PARTICLE = re.compile(r"\b(?:al|el)\b")
_EDITS = ((12, 3), (7, 2), (4, 1))
_LOOSE_EDITS = ((9, 4), (6, 3), (4, 2), (3, 1))
"""Slips allowed in a text of at least so many signs, strictly and for suggestions."""


@dataclass(frozen=True, slots=True)
class NameHit:
    """An actor found: its number, the alias that matched (None: name or id), and 0 to 100 points."""

    index: int
    matched_as: str | None
    score: float


@dataclass(frozen=True, slots=True)
class NameHits:
    """Hits, best first; `truncated` says that more were found than asked for."""

    hits: tuple[NameHit, ...] = ()
    truncated: bool = False


class NameIndex:
    """Names and aliases of actors, folded for search; never changes, so it may be shared between threads.

    A *spelling* is one name or alias. Spellings are numbered by their actor's weight (heaviest first), name
    and id, an actor's name before its aliases: so ascending numbers are the order of hits otherwise equal.
    """

    def __init__(self, actors: Sequence[Actor], weights: Sequence[int]) -> None:
        self._ids: dict[str, int] = {}
        self._names: dict[str, list[int]] = {}
        self._aliases: dict[str, list[int]] = {}
        self._texts: list[str | None] = []
        self._keys: list[str] = []
        self._extra: list[tuple[str, int]] = []
        owners: list[int] = []
        for number in sorted(range(len(actors)), key=lambda n: (-weights[n], actors[n].name, actors[n].id)):
            actor = actors[number]
            self._ids[actor.id] = len(owners)
            self._add(self._names, actor.name, None)
            for alias in actor.aliases:
                self._add(self._aliases, alias, alias)
            owners.extend([number] * (1 + len(actor.aliases)))
        self._owners: Ints = np.array(owners, dtype=np.int64)
        self._kind_numbers = {kind: n for n, kind in enumerate(dict.fromkeys(a.kind for a in actors))}
        kinds = np.array([self._kind_numbers[a.kind] for a in actors], dtype=np.int64)
        self._kinds: Ints = kinds[self._owners]
        self._compact = [key.replace(" ", "") for key in self._keys]
        self._whole = _Sorted(self._compact)
        self._words = _Words(self._keys, self._extra)

    @classmethod
    def build(cls, actors: Sequence[Actor], weights: Sequence[int]) -> NameIndex:
        """The index of `actors`; `weights`, the number of claims of each, order hits that are equal."""
        return cls(actors, weights)

    def search(self, q: str, *, kinds: Sequence[str] = (), limit: int = 10) -> NameHits:
        """Actors whose name or alias fits `q`, best first; only of `kinds`, if any are named.

        In this order: whole id or name, whole alias, the same when folded, beginning of the whole name,
        beginning of a word, each word of the query beginning some word, anywhere within, and at last slips of
        the pen; then by weight, name and id. Never raises, whatever the text.
        """
        allowed = (
            np.isin(self._kinds, [self._kind_numbers.get(kind, -1) for kind in kinds]) if kinds else None
        )
        found: dict[int, NameHit] = {}
        for spellings, points in self._tiers(q, found):
            self._take(spellings, points, allowed, found, limit)
            if len(found) > limit:
                break
        return NameHits(tuple(found.values())[: max(limit, 0)], len(found) > limit)

    def resolve(self, text: str) -> tuple[int, ...]:
        """Actors that `text` names: by id, else name, else alias, else either folded; all that fit."""
        if len(text) > _EXACT_LENGTH or not (key := name_key(text)):
            return ()
        if text in self._ids:
            return (int(self._owners[self._ids[text]]),)
        spellings = self._names.get(key) or self._aliases.get(key)
        if spellings is None:
            folded = search_key(text)
            same = self._whole.equal(folded.replace(" ", "")).tolist()
            spellings = [number for number in same if self._keys[number] == folded]
        return tuple(sorted({int(self._owners[number]) for number in spellings}))

    def nearest(self, text: str, n: int = 3) -> tuple[int, ...]:
        """The `n` actors whose names are closest to `text`, for suggestions; fewer only if no more exist."""
        found = {hit.index: hit for hit in self.search(text, limit=n).hits}
        if len(found) < n and name_key(text[:QUERY_LENGTH]):
            spellings, points = self._slips.find(search_key(text[:QUERY_LENGTH]), loose=True)
            self._take(spellings, points, None, found, n - 1)
        if len(found) < n and name_key(text):
            for actor, hit in self._likest(search_key(text[:QUERY_LENGTH]), n).items():
                found.setdefault(actor, hit)
        return tuple(found)[:n]

    def _likest(self, key: str, n: int) -> dict[int, NameHit]:
        """The actors of the spellings that share most signs with a key, however few."""
        found: dict[int, NameHit] = {}
        for _, points, number in extract(key, self._keys, scorer=ratio, limit=None):
            actor = int(self._owners[number])
            found.setdefault(actor, NameHit(actor, self._texts[number], points))
            if len(found) == n:
                break
        return found

    def _add(self, table: dict[str, list[int]], text: str, alias: str | None) -> None:
        """One more spelling, with its exact key in `table`."""
        number = len(self._keys)
        exact = name_key(text)
        table.setdefault(exact, []).append(number)
        self._keys.append(search_key(text))
        self._texts.append(alias)
        self._extra.extend((particle, number) for particle in _PARTICLE.findall(exact))

    def _tiers(self, q: str, found: dict[int, NameHit]) -> Iterator[tuple[Ints, float | Floats]]:
        """Spellings and their points, tier by tier; a tier is only looked for when it is reached."""
        if len(q) <= _EXACT_LENGTH and (exact := name_key(q)):
            named = [self._ids[q]] if q in self._ids else []
            yield _numbers(named + self._names.get(exact, [])), _WHOLE
            yield _numbers(self._aliases.get(exact, [])), _ALIAS
        key = search_key(q[:QUERY_LENGTH])
        if not key:
            return
        compact = key.replace(" ", "")
        yield self._whole.equal(compact), _FOLDED
        yield self._whole.beginning(compact), _BEGINS
        together = self._words.beginning_all(key.split()[:_QUERY_WORDS])
        if " " in key:
            phrase = " " + key
            yield _numbers([n for n in together.tolist() if phrase in " " + self._keys[n]]), _WORD
            yield together, _WORDS
        else:
            yield together, _WORD
        if len(compact) > 1 or not found:
            yield self._within(compact), _WITHIN
        yield self._slips.find(key, loose=False)

    def _take(
        self,
        spellings: Ints,
        points: float | Floats,
        allowed: NDArray[np.bool_] | None,
        found: dict[int, NameHit],
        limit: int,
    ) -> None:
        """Add a tier's actors to `found` until it holds one more than `limit`."""
        if isinstance(points, np.ndarray):
            order = np.lexsort((spellings, -points))
            spellings, scores = spellings[order], points[order].tolist()
            numbers = spellings.tolist()
        else:
            chosen = np.zeros(len(self._keys), dtype=np.bool_)
            chosen[spellings] = True
            numbers = np.flatnonzero(chosen if allowed is None else chosen & allowed).tolist()
            scores = [float(points)] * len(numbers)
        for number, score in zip(numbers, scores, strict=True):
            if len(found) > limit:
                return
            if allowed is None or allowed[number]:
                actor = int(self._owners[number])
                found.setdefault(actor, NameHit(actor, self._texts[number], score))

    def _within(self, compact: str) -> Ints:
        """Spellings that hold the text anywhere."""
        text, starts = self._joined
        places = [found.start() for found in re.finditer(re.escape(compact), text)]
        return np.searchsorted(starts, _numbers(places), side="right") - 1

    @cached_property
    def _joined(self) -> tuple[str, Ints]:
        """All folded spellings in one text, a line each, and where each begins."""
        lengths = np.array([0, *(len(key) + 1 for key in self._compact)], dtype=np.int64)
        return "\n".join(self._compact), np.cumsum(lengths)[:-1]

    @cached_property
    def _slips(self) -> _Slips:
        return _Slips(self._words, self._compact)


class _Sorted:
    """Texts in order, each with its number in the sequence given: exact and prefix look-up."""

    def __init__(self, texts: Sequence[str]) -> None:
        order = sorted(range(len(texts)), key=texts.__getitem__)
        self.texts = [texts[number] for number in order]
        self._numbers: Ints = np.array(order, dtype=np.int64)

    def equal(self, text: str) -> Ints:
        """Numbers of the texts that are `text`."""
        return self._numbers[bisect_left(self.texts, text) : bisect_right(self.texts, text)]

    def beginning(self, prefix: str) -> Ints:
        """Numbers of the texts that begin with `prefix`."""
        return self._numbers[self.range(prefix)]

    def range(self, prefix: str) -> slice:
        """Where in order the texts stand that begin with `prefix`."""
        size = len(prefix)
        start = bisect_left(self.texts, prefix)
        return slice(start, bisect_right(self.texts, prefix, lo=start, key=lambda text: text[:size]))


class _Words:
    """The different words of all spellings in order, each with the spellings that it stands in."""

    def __init__(self, keys: Sequence[str], extra: Sequence[tuple[str, int]]) -> None:
        pairs = [(word, number) for number, key in enumerate(keys) for word in key.split()]
        pairs.extend(extra)
        pairs.sort()
        self.sorted = _Sorted(list(dict.fromkeys(word for word, _ in pairs)))
        self.places: Ints = _numbers([number for _, number in pairs])
        counts: dict[str, int] = {}
        for word, _ in pairs:
            counts[word] = counts.get(word, 0) + 1
        self.starts: Ints = np.cumsum(_numbers([0, *counts.values()]))
        self.spellings = len(keys)

    def beginning_with(self, prefix: str) -> Ints:
        """Spellings in which some word begins with `prefix`; one may come several times."""
        words = self.sorted.range(prefix)
        return self.places[self.starts[words.start] : self.starts[words.stop]]

    def beginning_all(self, prefixes: Sequence[str]) -> Ints:
        """Spellings in which each of `prefixes` begins some word, ascending."""
        common = np.ones(self.spellings, dtype=np.bool_)
        for prefix in prefixes:
            here = np.zeros(self.spellings, dtype=np.bool_)
            here[self.beginning_with(prefix)] = True
            common &= here
        return np.flatnonzero(common)


class _Slips:
    """Spellings that come close: word by word, and as a whole."""

    def __init__(self, words: _Words, compact: Sequence[str]) -> None:
        self._words = words
        self._lengths: Floats = np.array([max(len(key), 1) for key in compact], dtype=np.float64)
        self._close_words = _ByLength(words.sorted.texts)
        self._close_wholes = _ByLength(compact)

    def find(self, key: str, *, loose: bool) -> tuple[Ints, Floats]:
        """Spellings close to a folded query, and points; strictly, one word in three or more may miss."""
        edits = _LOOSE_EDITS if loose else _EDITS
        words = list(dict.fromkeys(key.split()))[:_QUERY_WORDS]
        total = np.zeros(len(self._lengths))
        fitting = np.zeros(len(self._lengths), dtype=np.int64)
        for word in words:
            closeness = self._of_word(word, edits)
            total += closeness
            fitting += closeness > 0
        needed = len(words) // 2 if loose else len(words) - (len(words) > 2)
        total[fitting < max(needed, 1)] = 0
        total /= max(len(words), 1)
        compact = key.replace(" ", "")
        numbers, closeness = self._close_wholes.near(compact, edits)
        total[numbers] = np.maximum(total[numbers], closeness)
        spellings = np.flatnonzero(total)
        covered = np.minimum(len(compact) / self._lengths[spellings], 1.0)
        return spellings, np.round(_SIMILAR * total[spellings] * (0.8 + 0.2 * covered), 1)

    def _of_word(self, word: str, edits: tuple[tuple[int, int], ...]) -> Floats:
        """How close each spelling comes to one word of the query: 0 to 1."""
        closeness = np.zeros(len(self._lengths))
        numbers, values = self._close_words.near(word, edits)
        for number, value in sorted(zip(numbers.tolist(), values.tolist(), strict=True), key=lambda p: p[1]):
            closeness[self._words.places[self._words.starts[number] : self._words.starts[number + 1]]] = value
        begun = self._words.beginning_with(word)
        closeness[begun] = np.maximum(closeness[begun], 0.95)
        return closeness


class _ByLength:
    """Texts in order of length, so that only those of about the right length and letters are compared."""

    def __init__(self, texts: Sequence[str]) -> None:
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        self._texts = [texts[number] for number in order]
        self._numbers: Ints = _numbers(order)
        self._lengths: Ints = _numbers([len(text) for text in self._texts])
        self._letters = _letters(self._texts)

    def near(self, text: str, edits: tuple[tuple[int, int], ...]) -> tuple[Ints, Floats]:
        """Numbers of the texts within the slips allowed, and how close each is: 0 to 1."""
        allowed = next((slips for length, slips in edits if len(text) >= length), 0)
        start, stop = np.searchsorted(self._lengths, [len(text) - allowed, len(text) + allowed + 1]).tolist()
        # One slip takes away at most one letter and brings at most one.
        different = np.bitwise_count(self._letters[start:stop] ^ _letters([text]))
        likely = start + np.flatnonzero(different <= 2 * allowed)
        if not allowed or not likely.size:
            return _numbers([]), np.empty(0)
        compared = [self._texts[place] for place in likely.tolist()]
        distances = cdist([text], compared, scorer=OSA.distance, score_cutoff=allowed)[0]
        within = distances <= allowed
        close = likely[within]
        return self._numbers[close], 1 - distances[within] / np.maximum(self._lengths[close], len(text))


def _letters(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The letters of each text as a set of 64 bits; different letters may share a bit."""
    if not texts:
        return np.empty(0, dtype=np.uint64)
    lines = "".join(text + "\n" for text in texts)  # so that no text is empty
    codes = np.frombuffer(lines.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    starts = np.cumsum(_numbers([0, *(len(text) + 1 for text in texts)]))[:-1]
    bits = np.left_shift(np.uint64(1), codes & np.uint64(63))
    return np.bitwise_or.reduceat(bits, starts)


def _numbers(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
