"""How the answers about groups look in a terminal: a row for each pair, a row for each common neighbour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from api.cli.besides import note_all, note_skipped, note_undated, show_claims
from api.cli.terminal import note, print_table
from graph.model import Meta
from graph.questions.commonneighbours import CommonAnswer, CommonMeta
from graph.questions.connections import ConnectionsAnswer

PAIR_COLUMNS = ("actor", "other actor", "record", "claims", "sources", "denials", "best between", "common")
COMMON_COLUMNS = ("name", "kind", "degree", "claims", "sources", "last", "ties", "id")


def show_connections(found: ConnectionsAnswer) -> None:
    """A row for each pair, below it one for each family or type if the record is split."""
    names = {actor.id: actor.name for actor in found.graph.actors}
    rows: list[Sequence[object]] = []
    for pair in found.pairs:
        counts = (pair.claims, pair.sources, pair.denials) if pair.relations else (None, None, None)
        between = (pair.through.name, pair.through.common) if pair.through else ()
        rows.append((names[pair.from_], names[pair.to], _plain(pair.state), *counts, *between))
        for part in pair.by:
            rows.append(("", part.name, _plain(part.state), part.claims, part.sources, part.denials))
    print_table(PAIR_COLUMNS, rows)
    show_claims(found.graph)
    states = Counter(pair.state for pair in found.pairs)
    counted = ", ".join(f"{count} {_plain(state)}" for state, count in states.most_common())
    note(f"{len(found.pairs)} pairs: {counted}")
    _show_left_out(found.meta)


def show_common(found: CommonAnswer) -> None:
    """A row for each common neighbour, with what ties it to each of the actors."""
    actors = {actor.id: actor for actor in found.graph.actors}
    labels = {relation.id: relation.label for relation in found.graph.relations}
    rows = []
    for one in found.common:
        actor = actors[one.id]
        ties = [
            f"{actors[tie.actor].name}: {', '.join(dict.fromkeys(labels[id] for id in tie.relations))}"
            for tie in one.ties
        ]
        counts = (actor.degree, one.claims, one.sources, one.last_day)
        rows.append((actor.name, actor.kind, *counts, "; ".join(ties), actor.id))
    print_table(COMMON_COLUMNS, rows)
    show_claims(found.graph)
    note(f"{len(found.common)} of {found.meta.total} common neighbours")
    if found.meta.truncated:
        note("more are left out; raise --limit")
    _show_left_out(found.meta)


def _show_left_out(meta: Meta | CommonMeta) -> None:
    note_all(meta.notes)
    note_skipped(meta.skipped)
    note_undated(meta.undated)


def _plain(state: str) -> str:
    return state.replace("_", " ")
