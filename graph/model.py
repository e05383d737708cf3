"""The nouns of the product as frozen values; they are also the shapes on the wire (`docs/api.md`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Polarity = Literal["positive", "negative"]
Status = Literal["asserted", "alleged", "promised", "threatened"]

ACTOR_KINDS: tuple[str, ...] = (
    "person", "state", "government", "armed_force", "armed_group", "party", "organization", "company",
    "media", "bloc", "population", "place", "event", "idea", "other",
)  # fmt: skip
STATUSES: tuple[Status, ...] = ("asserted", "alleged", "promised", "threatened")
POLARITIES: tuple[Polarity, ...] = ("positive", "negative")

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "verbal_cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
        "material_cooperation": ("COOPERATE", "AID", "RETREAT"),
        "verbal_conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
        "material_conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
        "structural": (
            "MEMBERSHIP", "LEADERSHIP", "AFFILIATION", "CONTROL", "LOCATION", "PART_OF", "FAMILY",
            "OWNERSHIP", "EMPLOYMENT", "IDENTITY",
        ),
        "unclassified": ("UNCLASSIFIED",),
    }
)  # fmt: skip
FAMILY_OF: Mapping[str, str] = MappingProxyType({c: f for f, cs in FAMILIES.items() for c in cs})
CATEGORIES: tuple[str, ...] = tuple(FAMILY_OF)

NOT_PREFIX = "NOT_"
EXTERNAL_DATASET = "external"
"""The data set of relationships that somebody wrote by hand into the graph."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, state, group, organisation, place or event that takes part in a relation.

    `degree` and `claims` are counted under a question's filter, self relations excluded; 0 when the actor was
    read outside of a question.
    """

    id: str
    name: str
    kind: str = "other"
    aliases: tuple[str, ...] = ()
    description: str | None = None
    wikidata_id: str | None = None
    country: str | None = None
    datasets: tuple[str, ...] = ()
    degree: int = 0
    claims: int = 0

    def counted(self, degree: int, claims: int) -> Actor:
        """The actor with these counts; written out, which is several times as quick as `replace`."""
        return Actor(
            self.id, self.name, self.kind, self.aliases, self.description, self.wikidata_id, self.country,
            self.datasets, degree, claims,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A document that claims were taken from; its id is unique within its data set."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    retrieved: str | None = None
    lang: str | None = None
    sha256: str | None = None
    datasets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """An example question of a data set: its words and the explorer address that answers it."""

    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named collection of claims that is loaded together and can be dropped as a whole."""

    name: str
    title: str | None = None
    description: str | None = None
    licence: str | None = None
    loaded_at: str | None = None
    questions: tuple[Question, ...] = ()
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's statement that subject –type→ object; the unit of storage.

    `type` already carries `NOT_` where the triple is denied. `date` is the written prefix (`2025-03`);
    `date_from`/`date_to` are its bounds within years 1 to 9999, else None.
    """

    id: str
    dataset: str
    subject: str
    object: str
    type: str
    polarity: Polarity = "positive"
    status: Status = "asserted"
    category: str = "UNCLASSIFIED"
    attributed_to: str | None = None
    attributed_to_id: str | None = None
    statement: str = ""
    quote: str | None = None
    source_id: str = ""
    passage_start: int | None = None
    passage_end: int | None = None
    date: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    date_precision: str | None = None
    date_text: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    relation_raw: str | None = None


@dataclass(slots=True)
class Relation:
    """All claims of one type between two actors; for symmetric types subject is the smaller id.

    Nobody changes one. It is not frozen because thousands make an answer, and to make a frozen one takes four
    times as long.
    """

    id: str
    subject: str
    object: str
    type: str
    label: str
    category: str
    family: str
    symmetric: bool
    polarity: Polarity
    statuses: Mapping[str, int]
    claim_count: int
    source_count: int
    first_date: str | None = None
    last_date: str | None = None
    contested: bool = False
    opposed_by: str | None = None
    claims: tuple[Claim, ...] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know about an answer; `code` is stable, `text` is for people."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor that a question names, as it was understood."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An actor that was not passed through because it has more neighbours than `max_degree` allows."""

    id: str
    name: str
    degree: int


@dataclass(frozen=True, slots=True)
class Meta:
    """What an answer left out and how long it took (milliseconds).

    `skipped` names the first of the `skipped_actors` that were not walked on because of `max_degree`.
    """

    truncated: bool = False
    omitted_actors: int = 0
    omitted_relations: int = 0
    limit: int | None = None
    next: str | None = None
    undated: int = 0
    skipped: tuple[Skipped, ...] = ()
    skipped_actors: int = 0
    notes: tuple[Note, ...] = ()
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class View:
    """vis-network dictionaries, made by pyvis, one per actor and relation of the answer."""

    nodes: tuple[Mapping[str, Any], ...] = ()
    edges: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Actors and relations: the one payload of every graph answer."""

    actors: tuple[Actor, ...] = ()
    relations: tuple[Relation, ...] = ()
    meta: Meta = field(default_factory=Meta)
    view: View | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path with the ids of all relations between its two actors."""

    from_: str
    to: str
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One hop in words, and the ids of the claims it rests on: the first 20 of `claim_count`, the leading one
    first. `relation` is that of the leading claim.

    Footnotes are numbered through the whole answer: what rests on the same claims has the same number.
    """

    text: str
    claims: tuple[str, ...]
    footnote: int
    claim_count: int = 1
    relation: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Weakest:
    """The hop of a path that carries least (0 is the first), and why; `alike` counts the hops that carry just
    as little, itself included."""

    hop: int
    reasons: tuple[str, ...]
    alike: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Path:
    """A sequence of distinct actors; `text` is the sentences of its hops, in order."""

    length: int
    actors: tuple[str, ...]
    hops: tuple[Hop, ...]
    score: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    sentences: tuple[Sentence, ...] = ()
    weakest: Weakest | None = None
