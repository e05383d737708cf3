"""A path in words: every word comes from a claim or counts claims."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings

from graph.filters import Filter
from graph.ids import relation_id
from graph.model import Path, Sentence, Weakest
from graph.questions.paths import PathQuestion, paths
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


def test_hops_that_are_as_weak_are_counted() -> None:
    path = told(*(Stated(x, "MEETS", y, symmetric=True) for x, y in ("ab", "bc", "cd")))
    assert path.weakest is not None
    assert (path.weakest.hop, path.weakest.alike) == (0, 3)
    assert path.weakest.reasons == ("single source", "undated")


def test_what_nobody_asserts_is_called_by_its_own_status() -> None:
    promised = Stated("a", "HELPS", "b", status="promised", category="AID")
    path = told(promised, replace(promised, status="threatened"))
    assert path.weakest is not None
    assert path.weakest.reasons == ("promised", "single source", "undated")


def test_paths_over_the_same_claims_share_a_footnote_whichever_way_they_go() -> None:
    ties = [Stated(x, "MEETS", y, symmetric=True) for x, y in ("ab", "bc", "cd", "ac", "bd")]
    answer = paths(snapshot_of(ties), PathQuestion(("a",), ("d",), k=9))
    numbers = {sentence.claims: sentence.footnote for path in answer.paths for sentence in path.sentences}
    assert [path.actors for path in answer.paths] == [
        tuple("abd"),
        tuple("acd"),
        tuple("abcd"),
        tuple("acbd"),
    ]
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]
    assert answer.paths[2].text == "A meets B [1]. B meets C [5]. C meets D [4]."
    assert answer.paths[3].text == "A meets C [3]. C meets B [5]. B meets D [2]."


@settings(max_examples=1000, deadline=None)
@given(graphs(), filters())
def test_every_sentence_maps_back_to_claims_between_its_two_actors(
    claims: list[Stated], asked: Asked
) -> None:
    snapshot = snapshot_of(claims, extra_actors=NAMES[:2])
    answer = paths(snapshot, PathQuestion((NAMES[0],), (NAMES[1],), 3, 4, filter_of(asked)))
    chosen = passing(claims, asked)
    numbers: dict[tuple[str, ...], int] = {}
    for path in answer.paths:
        assert path.text == " ".join(sentence.text for sentence in path.sentences)
        assert len(path.sentences) == path.length
        for hop, sentence in zip(pairwise(path.actors), path.sentences, strict=True):
            said = [claims[int(id[2:], 16)] for id in sentence.claims]
            number = numbers.setdefault(sentence.claims, len(numbers) + 1)
            assert all({c.subject, c.object} == set(hop) and c in chosen and not c.denied for c in said)
            assert sentence.text == rebuilt(said, claims, hop, number)
            assert (sentence.footnote, sentence.claim_count) == (number, len(said))
            assert sentence.relation == relation_id(*relation_key(said[0]))


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
