"""A path in words: every word comes from a claim or counts claims, and hostile names stay text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings

from graph.filters import Filter
from graph.model import Actor, Claim, Note, Path, Sentence, Source, Subgraph, Weakest
from graph.questions.markdown import leading_claims, markdown
from graph.questions.paths import PathAnswer, PathMeta, PathQuestion, paths
from graphs import NAMES, filter_of, filters, graphs, snapshot_of
from oracle import Asked, Stated, contested, passing, relation_key


def told(*claims: Stated, filter_: Filter | None = None) -> Path:
    """The best path from a to the last letter."""
    ends = sorted({c.subject for c in claims} | {c.object for c in claims})
    (path, *_) = paths(
        snapshot_of(claims), PathQuestion(("a",), (ends[-1],), filter=filter_ or Filter())
    ).paths
    return path


def test_a_sentence_has_the_date_and_how_firmly_it_is_said() -> None:
    path = told(Stated("a", "HELPS", "b", status="alleged", date="2024-06", category="AID"))
    assert path.text == "A helps B (2024-06; alleged) [1]."
    assert path.sentences == (Sentence(path.text, (f"c_{0:032x}",), 1, 1),)
    assert path.weakest == Weakest(0, ("alleged", "single source"))


def test_further_claims_and_sources_are_counted_and_the_firmest_leads() -> None:
    path = told(
        Stated("a", "HELPS", "b", status="alleged", date="2025", category="AID"),
        Stated("b", "FIGHTS", "a", source="s2", date="2024", category="ASSAULT"),
        Stated("a", "HELPS", "b", source="s3", date="2023", category="AID"),
    )
    assert path.text == "A helps B (2023; 2 further claims, 3 sources) [1]."
    assert path.sentences[0].claims == tuple(f"c_{n:032x}" for n in (2, 1, 0))
    assert path.weakest is None


def test_a_symmetric_relation_is_told_along_the_path_any_other_as_it_was_claimed() -> None:
    assert told(Stated("b", "MEETS", "a", symmetric=True)).text == "A meets B [1]."
    assert told(Stated("b", "HELPS", "a", category="AID")).text == "B helps A [1]."


def test_a_lasting_state_says_how_long() -> None:
    lead = Stated("a", "LEADS", "b", category="LEADERSHIP", valid_from="2020", valid_to="2024-06")
    assert told(lead).text == "A leads B (2020 to 2024-06) [1]."
    assert told(replace(lead, valid_to=None)).text == "A leads B (from 2020) [1]."
    assert told(replace(lead, valid_from=None)).text == "A leads B (until 2024-06) [1]."


def test_the_weakest_hop_is_named_with_its_reasons() -> None:
    both = [Stated("a", "MEETS", "b", source=s, symmetric=True, date="2024") for s in ("s1", "s2")]
    path = told(*both, Stated("b", "MEETS", "c", symmetric=True, date="2023"))
    assert path.weakest == Weakest(1, ("single source", "oldest"))
    denied = Stated("a", "NOT_MEETS", "b", symmetric=True)
    path = told(*both, denied, Stated("b", "MEETS", "c", symmetric=True))
    assert path.weakest == Weakest(0, ("contested",))
    assert "contested" in path.sentences[0].text


@settings(max_examples=1000, deadline=None)
@given(graphs(), filters())
def test_every_sentence_maps_back_to_claims_between_its_two_actors(
    claims: list[Stated], asked: Asked
) -> None:
    snapshot = snapshot_of(claims, extra_actors=NAMES[:2])
    answer = paths(snapshot, PathQuestion((NAMES[0],), (NAMES[1],), 3, 4, filter_of(asked)))
    chosen = passing(claims, asked)
    for path in answer.paths:
        assert path.text == " ".join(sentence.text for sentence in path.sentences)
        assert len(path.sentences) == path.length
        for number, (hop, sentence) in enumerate(zip(pairwise(path.actors), path.sentences, strict=True), 1):
            said = [claims[int(id[2:], 16)] for id in sentence.claims]
            assert all({c.subject, c.object} == set(hop) and c in chosen and not c.denied for c in said)
            assert sentence.text == rebuilt(said, claims, hop, number)
            assert (sentence.footnote, sentence.claim_count) == (number, len(said))


def rebuilt(said: list[Stated], claims: list[Stated], hop: tuple[str, str], number: int) -> str:
    """The sentence from the raw claims alone."""
    lead = said[0]
    when = lead.date or " to ".join(d for d in (lead.valid_from, lead.valid_to) if d)
    if not lead.date and when and not (lead.valid_from and lead.valid_to):
        when = f"{'from' if lead.valid_from else 'until'} {when}"
    others, sources = len(said) - 1, len({c.source for c in said})
    besides = f"{others} further claim{'s' if others > 1 else ''}" + (
        f", {sources} sources" if sources > 1 else ""
    )
    parts = [
        when,
        lead.status if lead.status != "asserted" else "",
        "contested" if relation_key(lead) in contested(claims) else "",
        besides if others else "",
    ]
    notes = "; ".join(part for part in parts if part)
    one, other = hop if lead.symmetric else (lead.subject, lead.object)
    words = f"{one.upper()} {lead.type.lower().replace('_', ' ')} {other.upper()}"
    return f"{words} ({notes}) [{number}]." if notes else f"{words} [{number}]."


HOSTILE = "*x* [a](javascript:alert(1)) <img src=x>\n# y | `z` ![q](p)"


def written(claim: Claim, source: Source | None) -> str:
    sentence = Sentence(f"{HOSTILE} met B [1].", (claim.id, "gone"), 1, 30)
    path = Path(1, ("a", "b"), (), {}, sentence.text, (sentence,), Weakest(0, ("alleged",)))
    graph = Subgraph(actors=(Actor("a", HOSTILE), Actor("b", "B")))
    answer = PathAnswer((path,), graph, PathMeta(notes=(Note("x", "a note"),)))
    assert leading_claims(answer.paths) == (claim.id, "gone")
    return markdown(answer, {claim.id: claim}, {("d", "s"): source} if source else {})


def test_a_footnote_holds_source_date_passage_and_quote() -> None:
    claim = replace(
        Claim("c1", "d", "a", "b", "MEETS", source_id="s", date="2024-05", statement="They met."),
        quote="We met.\n\nTwice.", attributed_to="Radio", status="alleged", passage_start=8, passage_end=30,
    )  # fmt: skip
    text = written(
        claim, Source("s", "The Daily", publisher="Press Co", url="https://example.org/a", published="2024")
    )
    assert "[^1]: They met. (2024\\-05, alleged, according to Radio)" in text
    assert "Source: [The Daily](https://example.org/a), Press Co, 2024, characters 8 to 30" in text
    assert "    > We met.\n    > Twice." in text
    assert "And 25 more claims." in text
    assert "Weakest link:" in text
    assert text.endswith("\n")


def test_nothing_from_the_graph_is_markup() -> None:
    claim = Claim(
        "c1", "d", "a", "b", "MEETS", source_id="s", statement=HOSTILE, quote=HOSTILE, attributed_to=HOSTILE
    )
    text = written(claim, Source("s", HOSTILE, publisher=HOSTILE, url="javascript:alert(1)"))
    bare = re.sub(r"\\.", "", text)
    assert not re.search(r"[<>`|]", bare.replace("> ", "", bare.count("\n    > ")))
    assert "](javascript" not in text
    assert "](p)" not in text
    assert not [line for line in text.splitlines() if line.startswith((">", "# ", "```", "- ", "* "))]
    assert text.count("\n# ") == 0


def test_without_a_path_the_text_says_what_stands_in_the_way() -> None:
    snapshot = snapshot_of(
        [Stated("a", "MEETS", "m", symmetric=True), Stated("m", "MEETS", "z", symmetric=True)]
    )
    answer = paths(snapshot, PathQuestion(("a",), ("z",), filter=Filter(avoid=("m",))))
    text = markdown(answer, {}, {})
    assert "No path was found" in text
    assert "- without avoid m: 1 path\n" in text
    assert "Under these conditions the two are not connected at any length" in text
