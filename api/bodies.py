"""What is sent to questions about actors that are named one by one: too many for an address."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.queries import FilterQuery, Name, PartialDate, Query

MOST_ACTORS = 5_000

ActorIds = Annotated[tuple[Name, ...], Field(min_length=1, max_length=MOST_ACTORS)]


class AnswerForm(Query):
    """What a subgraph answer carries besides actors and relations."""

    view: bool = Field(default=False, description="Add `view`: the vis-network dictionaries of the answer.")
    claims: bool = Field(default=False, description="Add to each relation the claims behind it.")


class SubgraphBody(Query):
    """Actors that are named one by one, and what may join them."""

    actors: ActorIds = Field(
        description=f"Ids of actors, at most {MOST_ACTORS:,}.",
        examples=[["ahmed-al-sharaa", "walid-jumblatt"]],
    )
    filter: FilterQuery = Field(default_factory=FilterQuery, description="Which claims may join them.")
    between: bool = Field(
        default=True, description="false: only the actors, without the relations among them."
    )


class AmongBody(Query):
    """Actors that are named one by one, and which claims among them are asked for."""

    actors: ActorIds = Field(
        description=f"Ids of actors, at most {MOST_ACTORS:,}.",
        examples=[["ahmed-al-sharaa", "walid-jumblatt"]],
    )
    filter: FilterQuery = Field(default_factory=FilterQuery, description="Which claims count.")


class ExportForm(Query):
    """How the records of an export are written."""

    sentences: bool = Field(
        default=False,
        description="Give a claim without a statement of its own the sentence of its type, for readers: "
        "loaded again it would be one.",
    )


class ChangesBody(Query):
    """Actors that are named one by one, and the two dates between which they are compared."""

    actors: ActorIds = Field(
        description=f"Ids of actors, at most {MOST_ACTORS:,}.",
        examples=[["ahmed-al-sharaa", "walid-jumblatt"]],
    )
    since: PartialDate = Field(
        description="What there was by the end of this date is compared.", examples=["2024"]
    )
    until: PartialDate = Field(
        description="With what there was by the end of this one.", examples=["2025-03"]
    )
    filter: FilterQuery = Field(
        default_factory=FilterQuery, description="Which claims count; without dates of its own."
    )
