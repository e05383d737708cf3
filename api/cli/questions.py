"""The questions of the API in the terminal: search, around, between, in groups, over time, and claims."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

import typer
from pydantic import Field

from api import answers
from api.chosen import actor_id
from api.cli.besides import note_all, note_skipped, note_undated, show_claims
from api.cli.groups import show_common, show_connections
from api.cli.options import asks, settings_of
from api.cli.session import with_service
from api.cli.terminal import note, print_json, print_table, say
from api.narration import narrated
from api.queries import (
    ChangesQuery,
    ClaimsQuery,
    CommonQuery,
    ConnectionsQuery,
    Name,
    NeighbourhoodQuery,
    PathQuery,
    SearchQuery,
    TimelineQuery,
)
from api.schemas import ClaimsAnswer, SearchAnswer
from api.service import Service
from graph.errors import InvalidQuestion
from graph.model import Meta, Relation, Subgraph
from graph.questions.blocked import Blocked
from graph.questions.changes import Changes
from graph.questions.paths import PathAnswer
from graph.questions.timeline import Period, Timeline

app = typer.Typer()
Answer = TypeVar("Answer")


class NeighbourhoodCommand(NeighbourhoodQuery):
    """The question with the actor in it: HTTP has it in the path."""

    actor: Name = Field(description="Id or name of the actor in the centre.")


class TimelineCommand(TimelineQuery):
    """The question with the actor in it: HTTP has it in the path."""

    actor: Name = Field(description="Id or name of the actor.")


@app.command("search")
@asks(SearchQuery, {"q": "NAME"})
def search(query: SearchQuery, as_json: bool) -> None:
    """Actors by name: aliases, beginnings, typing errors, with or without accents and "al-"."""
    _answer(lambda service: answers.search(service, query), as_json, _show_actors)


@app.command("neighbourhood")
@asks(NeighbourhoodCommand, {"actor": "ACTOR"})
def neighbourhood(query: NeighbourhoodCommand, as_json: bool) -> None:
    """What is around an actor, best supported first."""

    async def ask(service: Service) -> Subgraph:
        id = await service.ask(lambda snapshot: actor_id(snapshot, query.actor, "actor"))
        return await answers.around_actor(service, id, query)

    _answer(ask, as_json, _show_subgraph)


@app.command("paths")
@asks(PathQuery, {"from_": "FROM", "to": "TO"})
def paths(query: PathQuery, as_json: bool) -> None:
    """How two actors are connected: the best paths first, one sentence per hop."""
    if query.format == "markdown":
        if as_json:
            raise InvalidQuestion.one(
                "format", "is markdown, and --json asks for JSON; leave out one of them"
            )
        say(with_service(settings_of(), lambda service: narrated(service, query)).rstrip())
        return
    _answer(lambda service: answers.paths_between(service, query), as_json, _show_paths)


@app.command("connections")
@asks(ConnectionsQuery, {"actor": "ACTOR"}, several=True)
def connections(query: ConnectionsQuery, as_json: bool) -> None:
    """Who of several actors is connected to whom: tied, contested, denied, only through others, no record."""
    _answer(lambda service: answers.connections_among(service, query), as_json, show_connections)


@app.command("common")
@asks(CommonQuery, {"actor": "ACTOR"}, several=True)
def common(query: CommonQuery, as_json: bool) -> None:
    """Whom several actors have in common, best supported first."""
    _answer(lambda service: answers.common_to(service, query), as_json, show_common)


@app.command("timeline")
@asks(TimelineCommand, {"actor": "ACTOR"})
def timeline(query: TimelineCommand, as_json: bool) -> None:
    """When an actor had to do with others: its claims by period and family."""

    async def ask(service: Service) -> Timeline:
        id = await service.ask(lambda snapshot: actor_id(snapshot, query.actor, "actor"))
        return await answers.timeline_of(service, id, query)

    _answer(ask, as_json, _show_timeline)


@app.command("changes")
@asks(ChangesQuery, {})
def changes(query: ChangesQuery, as_json: bool) -> None:
    """What is new, ended and newly contested between two dates, or between two loads."""
    _answer(lambda service: answers.changes_between(service, query), as_json, _show_changes)


@app.command("claims")
@asks(ClaimsQuery, {})
def claims(query: ClaimsQuery, as_json: bool) -> None:
    """Single statements of sources, by their ends or by a filter, in order of id."""
    _answer(lambda service: answers.claims(service, query), as_json, _show_claims)


def _answer(
    ask: Callable[[Service], Awaitable[Answer]], as_json: bool, show: Callable[[Answer], None]
) -> None:
    found = with_service(settings_of(), ask)
    if as_json:
        print_json(found)
    else:
        show(found)


def _show_actors(found: SearchAnswer) -> None:
    if not found.actors:
        note("no actor has a name like this")
        return
    rows = [(a.name, a.matched_as, a.kind, a.degree, a.claims, a.id) for a in found.actors]
    print_table(("name", "matched as", "kind", "degree", "claims", "id"), rows)
    if found.truncated:
        note("more actors fit; raise --limit")


def _show_subgraph(found: Subgraph) -> None:
    names = {actor.id: actor.name for actor in found.actors}
    print_table(RELATION_COLUMNS, [_relation_row(relation, names) for relation in found.relations])
    show_claims(found)
    _show_rest(found.meta, len(found.actors), len(found.relations))


RELATION_COLUMNS = ("subject", "relation", "object", "claims", "sources", "first", "last", "notes")


def _relation_row(relation: Relation, names: Mapping[str, str]) -> tuple[object, ...]:
    notes = [status for status in relation.statuses if status != "asserted"]
    notes += ["contested"] if relation.contested else []
    return (
        names.get(relation.subject, relation.subject),
        relation.label,
        names.get(relation.object, relation.object),
        relation.claim_count,
        relation.source_count,
        relation.first_date,
        relation.last_date if relation.last_date != relation.first_date else None,
        ", ".join(notes),
    )


def _show_rest(meta: Meta, actors: int, relations: int) -> None:
    note(f"{actors} actors, {relations} relations")
    if meta.truncated:
        note(f"{meta.omitted_actors} actors and {meta.omitted_relations} relations left out")
        note(f"next page: --cursor {meta.next}")
    note_undated(meta.undated)


def _show_paths(found: PathAnswer) -> None:
    names = {actor.id: actor.name for actor in found.graph.actors}
    for number, path in enumerate(found.paths, start=1):
        hops = f"{path.length} hop{'' if path.length == 1 else 's'}"
        say(f"{number}. {' – '.join(names[id] for id in path.actors)}  ({hops})")
        say(f"   {path.text}")
        if path.weakest is not None and path.weakest.alike < path.length:
            one, other = path.actors[path.weakest.hop : path.weakest.hop + 2]
            say(f"   weakest: {names[one]} – {names[other]} ({', '.join(path.weakest.reasons)})")
    show_claims(found.graph)
    if not found.paths:
        note("no path under these conditions")
    note_all(found.meta.notes)
    for way in found.meta.blocked_by or ():
        note(_lifted(way))
    note_skipped(found.meta.skipped)
    if found.meta.more_of_same_length:
        note("more paths of the same length exist; raise --k")


def _lifted(way: Blocked) -> str:
    """What lifting a condition brings, with the options to change."""
    lifted = " and ".join(
        f'"{one.text}" (--{one.constraint.replace("_", "-")})' for one in (way, *way.together)
    )
    return f"lifting {lifted} gives {way.paths_without_it} path{'' if way.paths_without_it == 1 else 's'}"


def _show_timeline(found: Timeline) -> None:
    columns = ("period", "to", "claims", "denied", "families")
    print_table(columns, map(_period_row, found.periods))
    if found.coarser:
        say(f"No {found.bucket} is known of:")
        print_table(columns, map(_period_row, found.coarser))
    if found.meta.truncated:
        left_out = found.meta.omitted_periods + found.meta.omitted_coarser
        note(f"{left_out} later periods left out; raise --limit or ask on with --since")
    if found.meta.undated:
        note(f"{found.meta.undated} claims have no date")


def _period_row(period: Period) -> tuple[object, ...]:
    families = ", ".join(f"{name} {count}" for name, count in period.families.items())
    week = period.period == period.first_day != period.last_day
    return (
        period.period,
        period.last_day if week else None,
        period.claims,
        period.negative or None,
        families,
    )


def _show_changes(found: Changes) -> None:
    actors = {actor.id: actor for actor in found.graph.actors}
    names = {id: actor.name for id, actor in actors.items()}
    relations = {relation.id: relation for relation in found.graph.relations}
    rows = [(a.name, a.kind, a.degree, a.claims, a.id) for a in (actors[id] for id in found.actors.ids)]
    _show_listing("new actors", ("name", "kind", "degree", "claims", "id"), rows)
    for heading, listing in (
        ("new relations", found.relations),
        ("ended relations", found.ended),
        ("became contested", found.became_contested),
    ):
        _show_listing(heading, RELATION_COLUMNS, [_relation_row(relations[id], names) for id in listing.ids])
    show_claims(found.graph)
    _show_loads(found)


def _show_listing(heading: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        say(f"{heading}:")
        print_table(columns, rows)


def _show_loads(found: Changes) -> None:
    for load in found.loads:
        of = load.dataset or "several data sets"
        note(f"load {load.id}, {load.recorded_at}: {load.claims} claims of {of}")
    sizes = (found.actors, found.relations, found.ended, found.became_contested)
    counts = "new actors: {}, new relations: {}, ended: {}, became contested: {}"
    note(counts.format(*(one.total for one in sizes)))
    meta = found.meta
    if meta.truncated:
        note("not everything is listed; raise --limit")
    for count, why in ((meta.undated, "no date"), (meta.unrecorded, "no load")):
        if count:
            note(f"{count} claims have {why} and were left out")


def _show_claims(found: ClaimsAnswer) -> None:
    rows = [(c.statement, c.date, c.status, c.attributed_to, c.source_id, c.id) for c in found.claims]
    print_table(("statement", "date", "status", "who says so", "source", "id"), rows)
    note(f"{len(found.claims)} of {found.meta.total} claims")
    if found.meta.next:
        note(f"next page: --cursor {found.meta.next}")
