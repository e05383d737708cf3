"""A tiny world, built in code: 12 actors, 3 sources, 26 claims with everything a claim can be, and how to
load it.

It holds a tie with several sources, a contested tie, a denied one, an alleged, a promised and a threatened
one, dates of every precision and none, a lasting state, a place, a self relation, an actor without claims,
and names that need care.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.dates import as_dates, parse_date
from graph.ids import ClaimIdentity, claim_id
from graph.model import Actor, Claim, Dataset, Question, Source
from graph.store.bolt import Store
from graph.store.writing import Batch, BatchCounts, ClaimWriter, Load
from graph.vocabulary import RelationType, Vocabulary, types_to_json

TYPES = (
    RelationType("MEETS", "CONSULT", True, "meets", "meets", "{subject} met {object}", words=("met with",)),
    RelationType("LEADS", "LEADERSHIP", False, "leads", "is led by", "{subject} leads {object}"),
    RelationType("MEMBER_OF", "MEMBERSHIP", False, "is a member of", "has the member"),
    RelationType("ATTACKS", "ASSAULT", False, "attacks", "is attacked by", "{subject} attacked {object}"),
    RelationType("SUPPORTS", "SUPPORT", False, "supports", "is supported by"),
    RelationType("AIDS", "AID", False, "aids", "is aided by"),
    RelationType("OWNS", "OWNERSHIP", False, "owns", "is owned by"),
    RelationType("LOCATED_IN", "LOCATION", False, "lies in", "contains"),
)
VOCABULARY = Vocabulary(TYPES)

ACTORS = (
    Actor("amal-haddad", "Amal Haddad", "person", ("A. Haddad", "the mediator")),
    Actor("boris-orlov", "Boris Orlov", "person", description="Northland's foreign minister"),
    Actor("cara-lindqvist", "Cara Lindqvist", "person"),
    Actor("dario-mendez", "Darío Méndez", "person", ("Dario Mendez",), wikidata_id="Q1"),
    Actor("northland", "Northland", "state", country="NL"),
    Actor("southland", "Southland", "state"),
    Actor("harbour-front", "Harbour Front", "armed_group", ("HF",)),
    Actor("border-guard", "Border Guard", "armed_force"),
    Actor("grain-union", "Grain Union", "organization"),
    Actor("delta-oil", 'Delta "Oil" <Co>', "company"),
    Actor("portville", "Portville", "place"),
    Actor("harvest-day", "Harvest Day", "event"),
)
SOURCES = (
    Source("daily", "Daily Courier, 1 May 2024", "Daily Courier", "https://example.org/daily", lang="en"),
    Source("radio", "Radio Seven", "Radio Seven", published="2024-05-02"),
    Source("report", "Report of the Commission", "Commission", sha256="0" * 64),
)
DATASET = Dataset(
    "tiny-world",
    title="A tiny world",
    description="Made up for tests.",
    licence="CC0-1.0",
    questions=(Question("Who met whom?", "#actor=amal-haddad"),),
)


def claim(subject: str, type: str, object: str, source: str, **more: object) -> Claim:
    """A claim of the tiny world with its id and dates worked out; `more` are fields of `Claim`."""
    entry = VOCABULARY.get(type)
    bare = Claim(
        id="",
        dataset=DATASET.name,
        subject=subject,
        object=object,
        type=type,
        polarity="negative" if type.startswith("NOT_") else "positive",
        category=entry.category,
        source_id=source,
        statement=VOCABULARY.sentence(type, subject, object),
        relation_raw=type.lower(),
    )
    return identified(_dated(replace(bare, **more)))  # type: ignore[arg-type]  # fields by name


def identified(claim: Claim) -> Claim:
    """The claim with the id its other fields make."""
    parts = ClaimIdentity(
        dataset=claim.dataset,
        subject=claim.subject,
        type=claim.type,
        object=claim.object,
        source=claim.source_id,
        date=claim.date,
        valid_from=claim.valid_from,
        valid_to=claim.valid_to,
        status=claim.status,
        attributed_to=claim.attributed_to,
        passage_start=claim.passage_start,
        passage_end=claim.passage_end,
    )
    return replace(claim, id=claim_id(parts))


def _dated(claim: Claim) -> Claim:
    if claim.date is None:
        return claim
    date = parse_date(claim.date)
    first, last = as_dates(date)
    return replace(claim, date_from=first, date_to=last, date_precision=date.precision)


CLAIMS = (
    claim("amal-haddad", "MEETS", "boris-orlov", "daily", date="2024-05-01", passage_start=1, passage_end=64),
    claim("boris-orlov", "MEETS", "amal-haddad", "radio", date="2024-05"),
    claim("amal-haddad", "MEETS", "boris-orlov", "report", date="2023", quote="They met twice."),
    claim("amal-haddad", "MEETS", "cara-lindqvist", "daily", date="2024-04-30"),
    claim("cara-lindqvist", "MEETS", "dario-mendez", "radio"),
    claim("dario-mendez", "NOT_MEETS", "cara-lindqvist", "report", attributed_to="Cara Lindqvist",
          attributed_to_id="cara-lindqvist"),
    claim("boris-orlov", "NOT_MEETS", "dario-mendez", "daily", date="2024-05-01"),
    claim("boris-orlov", "LEADS", "northland", "report", valid_from="2020", valid_to="2024-06"),
    claim("dario-mendez", "LEADS", "harbour-front", "report", valid_from="2019-03"),
    claim("cara-lindqvist", "MEMBER_OF", "grain-union", "daily"),
    claim("amal-haddad", "MEMBER_OF", "grain-union", "daily", valid_from="195X"),
    claim("harbour-front", "ATTACKS", "border-guard", "radio", date="2024-03-12"),
    claim("harbour-front", "ATTACKS", "border-guard", "daily", date="2024-03"),
    claim("border-guard", "ATTACKS", "harbour-front", "daily", status="alleged", attributed_to="HF"),
    claim("harbour-front", "ATTACKS", "portville", "radio", status="threatened", date_text="next week"),
    claim("northland", "SUPPORTS", "border-guard", "report", date="18XX"),
    claim("southland", "SUPPORTS", "harbour-front", "radio", status="alleged", date="2024"),
    claim("southland", "NOT_SUPPORTS", "harbour-front", "report", date="2024-02"),
    claim("northland", "AIDS", "grain-union", "daily", status="promised"),
    claim("grain-union", "AIDS", "southland", "daily", date="-0431"),
    claim("delta-oil", "AIDS", "grain-union", "radio"),
    claim("northland", "OWNS", "delta-oil", "report"),
    claim("border-guard", "LOCATED_IN", "portville", "daily"),
    claim("delta-oil", "LOCATED_IN", "portville", "daily"),
    claim("grain-union", "SUPPORTS", "grain-union", "radio"),
    claim("portville", "LOCATED_IN", "northland", "report"),
)  # fmt: skip


def load_of(dataset: Dataset = DATASET, load_id: str = "load-1") -> Load:
    """A load of the tiny world."""
    return Load(load_id, "2026-01-02T03:04:05+00:00", dataset, types_to_json(TYPES))


async def load_world(
    store: Store,
    claims: Sequence[Claim] = CLAIMS,
    actors: Sequence[Actor] = ACTORS,
    load: Load | None = None,
) -> BatchCounts:
    """Load the tiny world, or what is given instead, in one batch."""
    writer = ClaimWriter(store, load or load_of())
    await writer.begin()
    counts = await writer.write(Batch(tuple(actors), SOURCES, tuple(claims)))
    await writer.finish()
    return counts


def of_dataset(claims: Sequence[Claim], name: str) -> tuple[Claim, ...]:
    """The same claims as another data set tells them."""
    return tuple(identified(replace(claim, dataset=name)) for claim in claims)
