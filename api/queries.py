"""The parameters of every question, once for HTTP and command line: names, bounds, defaults, meanings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from api.parameters import shown
from graph.dates import parse_date
from graph.errors import InvalidQuestion
from graph.filters import Filter
from graph.model import ACTOR_KINDS, CATEGORIES, FAMILIES, POLARITIES, STATUSES
from graph.questions.connections import By
from graph.questions.group import LEAST_MEMBERS, MOST_MEMBERS
from graph.questions.measurement import Measure
from graph.questions.ranks import Rank
from graph.questions.terrain import MOST_VIA
from graph.questions.times import Bucket

LONGEST_NAME = 4_000
MOST_VALUES = 200
MOST_CENTRES = 50


def _one_of(values: Sequence[str]) -> Callable[[str], str]:
    """A check that a text is in a closed list."""

    def check(text: str) -> str:
        if text not in values:
            hint = "; repeat the parameter for several values" if "," in text else ""
            raise ValueError(f"must be one of {', '.join(values)}, not {shown(text)}{hint}")
        return text

    return check


def _listed(values: Sequence[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(values)})


def _partial_date(text: str) -> str:
    parse_date(text)
    return text


Kind = Annotated[str, AfterValidator(_one_of(ACTOR_KINDS)), _listed(ACTOR_KINDS)]
Category = Annotated[str, AfterValidator(_one_of(CATEGORIES)), _listed(CATEGORIES)]
Family = Annotated[str, AfterValidator(_one_of(tuple(FAMILIES))), _listed(tuple(FAMILIES))]
Status = Annotated[str, AfterValidator(_one_of(STATUSES)), _listed(STATUSES)]
Polarity = Annotated[str, AfterValidator(_one_of(POLARITIES)), _listed(POLARITIES)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Names = Annotated[tuple[Name, ...], Field(max_length=MOST_VALUES)]
DATE_FORM = (
    "^(-?[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|[0-9]{3}X|[0-9]{2}XX)$"  # as in graph.dates
)
PartialDate = Annotated[
    str,
    Field(max_length=20),
    AfterValidator(_partial_date),
    WithJsonSchema({"type": "string", "maxLength": 20, "pattern": DATE_FORM}),
]


class Query(BaseModel):
    """Base of all queries: an unknown parameter is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)


class FilterQuery(Query):
    """The filter: which claims and actors a question may use. Lists repeat their name."""

    type: Names = Field(
        default=(),
        description="Relation types, such as MEETS or NOT_MEETS. Naming a NOT_ type implies its polarity.",
        examples=[["MEETS"]],
    )
    category: tuple[Category, ...] = Field(
        default=(), description="Categories of types, such as CONSULT.", examples=[["CONSULT"]]
    )
    family: tuple[Family, ...] = Field(
        default=(), description="Families of categories, such as verbal_cooperation."
    )
    status: tuple[Status, ...] = Field(
        default=(),
        description="How firmly the source stands behind it. Default: all; for paths asserted and alleged.",
    )
    polarity: tuple[Polarity, ...] = Field(
        default=(),
        description="negative: denials; type=MEETS then means NOT_MEETS. Default: both; for paths positive.",
    )
    source: Names = Field(
        default=(), description="Ids of sources; where data sets share an id, DATASET/ID names one of them."
    )
    without_source: Names = Field(
        default=(), description="Ids of sources that are left out: what the other sources say stays."
    )
    attributed_to: Names = Field(
        default=(), description="Who says so: the words of the claim, or the id of the actor they name."
    )
    dataset: Names = Field(default=(), description="Names of data sets.", examples=[["syria-2025"]])
    kind: tuple[Kind, ...] = Field(
        default=(),
        description="Kinds of the neighbours and the actors passed through, never of the actors named.",
    )
    since: PartialDate | None = Field(
        default=None,
        description="Only what happened or was valid on or after this date: 2025, 2025-03 or 2025-03-07.",
        examples=["2025-03"],
    )
    until: PartialDate | None = Field(
        default=None, description="Only what happened or was valid on or before this date."
    )
    as_of: PartialDate | None = Field(
        default=None, description="What had begun by this date and had not ended before it."
    )
    undated: Literal["include", "exclude"] | None = Field(
        default=None,
        description="Claims without a date. Default: included; under a date only the structural ones.",
    )
    min_sources: int = Field(default=1, ge=1, le=1000, description="Least number of sources of a relation.")
    min_claims: int = Field(default=1, ge=1, le=100_000, description="Least number of claims of a relation.")
    direction: Literal["any", "out", "in"] = Field(
        default="any",
        description="Direction of relations as seen from the actor asked about, or along the path.",
    )
    avoid: Names = Field(
        default=(), description="Actors, by id or name, that must not be used.", examples=[["united-states"]]
    )
    max_degree: int | None = Field(
        default=None,
        ge=1,
        le=10_000_000,
        description="Most neighbours an actor passed through may have; meta.skipped names those over it.",
    )
    structural: Literal["include", "exclude"] = Field(
        default="include",
        description="Relations of category LOCATION, PART_OF, IDENTITY. Default: include; for paths exclude.",
    )

    @property
    def structural_given(self) -> bool:
        """Whether the caller chose `structural` himself."""
        return "structural" in self.model_fields_set

    def filter(self) -> Filter:
        """The filter as it was written; `avoid` still holds ids or names.

        Raises: InvalidQuestion when `since` is after `until`.
        """
        if self.since and self.until and parse_date(self.since).first > parse_date(self.until).last:
            raise InvalidQuestion.one("since", f"{self.since} is after until={self.until}")
        return Filter(**{name: getattr(self, name) for name in FilterQuery.model_fields})


class SearchQuery(Query):
    """Which actors have a name like this."""

    q: Name = Field(
        description="A name, an alias or the beginning of one, as people write it.", examples=["sharaa"]
    )
    kind: tuple[Kind, ...] = Field(default=(), description="Only actors of these kinds.")
    limit: int = Field(default=10, ge=1, le=100, description="Most actors in the answer.")


class ActorQuery(FilterQuery):
    """What is known of one actor, under a filter."""


class GraphQuery(FilterQuery):
    """Parameters of every answer that is a subgraph."""

    view: bool = Field(default=False, description="Add `view`: the vis-network dictionaries of the answer.")
    claims: bool = Field(default=False, description="Add to each relation the claims behind it.")


class NeighbourhoodQuery(GraphQuery):
    """What is around an actor."""

    depth: int = Field(default=1, ge=1, le=3, description="How many hops around the actor.")
    limit: int = Field(
        default=100, ge=1, le=1000, description="Most actors in the answer besides the one in the centre."
    )
    cursor: Name | None = Field(default=None, description="`meta.next` of the page before, of any `limit`.")
    between: bool = Field(default=False, description="Add the relations among the neighbours.")


class PathQuery(GraphQuery):
    """How two actors are connected."""

    from_: Names = Field(
        alias="from",
        min_length=1,
        description="Id or name of the actor to start from; several: from any of them.",
        examples=[["walid-jumblatt"]],
    )
    to: Names = Field(
        min_length=1,
        description="Id or name of the actor to reach; several: any of them.",
        examples=[["iran"]],
    )
    k: int = Field(default=5, ge=1, le=25, description="Most paths in the answer.")
    max_hops: int = Field(default=6, ge=1, le=8, description="Most hops of a path.")
    rank: Rank = Field(default="shortest", description="Which paths come first.")
    via: Annotated[tuple[Name, ...], Field(max_length=MOST_VIA)] = Field(
        default=(), description="Actors, by id or name, that a path must pass, in any order."
    )
    format: Literal["json", "markdown"] = Field(
        default="json",
        description="markdown: the paths as a text with footnotes; view and claims add to json only.",
    )


class GroupQuery(GraphQuery):
    """Several actors that are named one by one."""

    actor: Annotated[tuple[Name, ...], Field(min_length=LEAST_MEMBERS, max_length=MOST_MEMBERS)] = Field(
        description=f"Ids or names of {LEAST_MEMBERS} to {MOST_MEMBERS} different actors.",
        examples=[["ahmed-al-sharaa", "walid-jumblatt"]],
    )


class ConnectionsQuery(GroupQuery):
    """Who of a group is connected to whom."""

    by: By = Field(
        default="all",
        description="family, type: what is on record between two actors also by family or type of relation.",
    )


class CommonQuery(GroupQuery):
    """Whom several actors have in common."""

    limit: int = Field(default=100, ge=1, le=1000, description="Most common neighbours in the answer.")
    between: bool = Field(default=False, description="Add the relations among the common neighbours.")


class TimelineQuery(FilterQuery):
    """When an actor had to do with others, under a filter."""

    bucket: Bucket = Field(
        default="month", description="How long a period is; a week runs from Monday to Sunday."
    )
    limit: int = Field(
        default=1000, ge=1, le=10_000, description="Most periods in the answer, the earliest ones."
    )


class ChangesQuery(GraphQuery):
    """What is different in the graph between two dates, or between two loads."""

    since: PartialDate | None = Field(
        default=None,
        description="What there was by the end of this date is compared; required unless loads are named.",
        examples=["2024"],
    )
    until: PartialDate | None = Field(
        default=None,
        description="With what there was by the end of this one; required unless loads are named.",
        examples=["2025-03"],
    )
    since_load: Name | None = Field(
        default=None, description="Id of a load: instead of dates, what was recorded by then is compared."
    )
    until_load: Name | None = Field(
        default=None, description="With what was recorded by this load. Default: the newest."
    )
    limit: int = Field(default=100, ge=1, le=1000, description="Most entries of each list of the answer.")


class MeasuresQuery(FilterQuery):
    """Who matters, and in what way."""

    measure: Measure = Field(
        description="What is measured: degree, betweenness, pagerank, core or communities.",
        examples=["degree"],
    )
    actor: Annotated[tuple[Name, ...], Field(max_length=MOST_CENTRES)] = Field(
        default=(),
        description="Ids or names of actors to measure around. Default: everybody with a tie is measured.",
    )
    depth: int = Field(default=1, ge=1, le=3, description="How many hops around these actors.")
    limit: int = Field(default=100, ge=1, le=1000, description="Most actors, and communities, in the answer.")


class OverviewQuery(FilterQuery):
    """Everything at a glance: communities, or one of them."""

    community: Name | None = Field(
        default=None,
        description="Id of a community to open: k_ and the id of one of its actors. Default: all are listed.",
        examples=["k_ahmed-al-sharaa"],
    )
    limit: int = Field(default=100, ge=1, le=1000, description="Most communities, or actors of one.")
    view: bool = Field(default=False, description="Add `view`: the vis-network dictionaries of the answer.")


class ClaimsQuery(FilterQuery):
    """Which claims: by their ends, by the filter, a page at a time in order of id."""

    subject: Name | None = Field(default=None, description="Id or name of one end.")
    object: Name | None = Field(default=None, description="Id or name of the other end.")
    limit: int = Field(default=100, ge=1, le=1000, description="Most claims in the answer.")
    cursor: Name | None = Field(default=None, description="`meta.next` of the page before.")


class DataQuery(FilterQuery):
    """What is counted: everything, or what a filter lets through."""


class ExportQuery(FilterQuery):
    """What is exported, and in which format."""

    format: Literal["jsonl"] = Field(
        default="jsonl", description="jsonl: one JSON object a line, actors, sources, data sets, then claims."
    )


class SourcesQuery(Query):
    """Which sources, a page at a time in order of id."""

    dataset: Name | None = Field(default=None, description="Only sources of this data set.")
    limit: int = Field(default=1000, ge=1, le=10_000, description="Most sources in the answer.")
    cursor: Name | None = Field(default=None, description="`meta.next` of the page before.")


class NoQuery(Query):
    """A call without parameters."""
