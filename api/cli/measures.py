"""`actorgraph measures`: who matters, in the terminal."""

from __future__ import annotations

import typer

from api.cli.options import asks, settings_of
from api.cli.session import with_service
from api.cli.terminal import note, print_json, print_table, say
from api.measured import measured_actors
from api.queries import MeasuresQuery
from graph.questions.measures import MeasuresAnswer, MeasuresMeta

app = typer.Typer()


@app.command("measures")
@asks(MeasuresQuery, {"measure": "MEASURE"})
def measures(query: MeasuresQuery, as_json: bool) -> None:
    """Who matters: degree, betweenness, pagerank, core or communities, of everybody or around some actors."""
    found = with_service(settings_of(), lambda service: measured_actors(service, query))
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(found: MeasuresAnswer) -> None:
    if found.communities:
        rows = [(c.number, c.actors, c.ties, ", ".join(a.name for a in c.members)) for c in found.communities]
        print_table(("community", "actors", "ties", "best connected"), rows)
        say()
    with_communities = bool(found.communities)
    columns = ("rank", "name", "kind", "value", *(("community",) if with_communities else ()), "id")
    print_table(
        columns,
        [
            (a.rank, a.name, a.kind, a.value, *((a.community,) if with_communities else ()), a.id)
            for a in found.actors
        ],
    )
    note(f"{found.measure} among {found.selection.actors} actors with {found.selection.ties} ties")
    if found.modularity is not None:
        note(f"modularity {found.modularity:.4f}")
    _show_rest(found.meta)


def _show_rest(meta: MeasuresMeta) -> None:
    if meta.truncated:
        note(
            f"{meta.omitted_actors} actors and {meta.omitted_communities} communities left out; raise --limit"
        )
    for said in meta.notes:
        note(said.text)
    if meta.skipped:
        shown = ", ".join(f"{one.name} ({one.degree})" for one in meta.skipped)
        note(f"not walked on because of --max-degree: {shown}")
    if meta.undated:
        note(f"{meta.undated} claims have no date and were left out: --undated include")
