"""`actorgraph overview`: everything at a glance, in the terminal."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from api.cli.besides import note_all, note_undated
from api.cli.options import asks, settings_of
from api.cli.session import with_service
from api.cli.terminal import note, print_json, print_table, say
from api.overviewed import overview_of
from api.queries import OverviewQuery
from graph.model import Subgraph
from graph.questions.overview import OverviewAnswer
from graph.rendering.style import FAMILY_LABEL, KIND_LABEL

BONDS_SHOWN = 20
"""Bonds that a person reads; JSON has all of the answer."""

app = typer.Typer()


@app.command("overview")
@asks(OverviewQuery, {})
def overview(query: OverviewQuery, as_json: bool) -> None:
    """Everything at a glance: the communities of the graph and their bonds, or one community."""
    found = with_service(settings_of(), lambda service: overview_of(service, query))
    if as_json:
        print_json(found)
        return
    _show_communities(found)
    if found.graph is None:
        _show_bonds(found)
    else:
        _show_inside(found.graph)
    note(f"{found.selection.actors} actors with {found.selection.ties} ties; {found.untied} have no tie")
    note_all(found.meta.notes)
    note_undated(found.meta.undated)


def _show_communities(found: OverviewAnswer) -> None:
    columns = ("actors", "ties", "claims", "best connected", "mostly", "families", "id")
    rows = [
        (c.actors, c.ties, c.claims, c.label, KIND_LABEL[c.kind], _families(c.families), c.id)
        for c in found.communities
    ]
    print_table(columns, rows)
    rest = found.gathered
    if rest.communities:
        note(
            f"{rest.communities} smaller communities with {rest.actors} actors and {rest.ties} ties "
            f"left out; raise --limit"
        )


def _show_bonds(found: OverviewAnswer) -> None:
    labels = {community.id: community.label for community in found.communities}
    rows = [(labels[b.from_], labels[b.to], b.ties, b.claims, _families(b.families)) for b in found.bonds]
    if not rows:
        return
    say()
    print_table(("community", "other community", "ties", "claims", "families"), rows[:BONDS_SHOWN])
    hidden = len(rows) - BONDS_SHOWN + found.meta.omitted_bonds
    if hidden > 0:
        note(f"{hidden} more bonds between communities; --json has {len(rows)}")


def _show_inside(graph: Subgraph) -> None:
    say()
    rows = [(a.name, a.kind, a.degree, a.claims, a.id) for a in graph.actors]
    print_table(("name", "kind", "degree", "claims", "id"), rows)
    say()
    names = {actor.id: actor.name for actor in graph.actors}
    ties = [
        (names[r.subject], r.label, names[r.object], r.claim_count, r.source_count) for r in graph.relations
    ]
    print_table(("actor", "relation", "other actor", "claims", "sources"), ties)
    if graph.meta.truncated:
        note(
            f"{graph.meta.omitted_actors} actors and {graph.meta.omitted_relations} relations left out; "
            f"raise --limit"
        )


def _families(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{FAMILY_LABEL[name]} {count}" for name, count in counts.items())
