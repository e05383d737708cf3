"""Paths as a text to publish: each sentence with its footnote, and what others wrote stays text.

A Markdown reader that we did not write tells what a reader would see.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from graph.filters import Filter
from graph.model import Actor, Claim, NamedActor, Note, Path, Sentence, Source, Subgraph, Weakest
from graph.questions.footnotes import leading_claims
from graph.questions.markdown import markdown
from graph.questions.paths import AskedActors, PathAnswer, PathMeta, PathQuestion, paths
from graph.questions.plaintext import escaped, linked
from graphs import snapshot_of
from oracle import Stated

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = "*x* [a](javascript:alert(1)) <img src=x>\n# y | `z` ![q](p)"
QUESTION = PathQuestion(("a",), ("b",))


class Seen(HTMLParser):
    """What a reader sees of some HTML: its words, its elements, where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.elements, self.links = "", list[str](), list[str]()
        self.feed(READER.render(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def one_line(text: str) -> str:
    """A text as it is to be seen: blanks joined, control characters replaced, marks of direction dropped."""
    kept = re.sub(r"[\u202a-\u202e\u2066-\u2069]", "", text)
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "\ufffd", " ".join(kept.split()))


@settings(max_examples=1500, deadline=None)
@given(st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~&$^:=%@\"'\n\t 1aZ;/wé😀\u202e\x00\x1b"), max_size=40))
def test_any_text_is_seen_as_it_is(text: str) -> None:
    for before, name in (("", "p"), ("> ", "p"), ("## ", "h2"), ("word ", "p"), ("- ", "li")):
        seen = Seen(f"{before}{escaped(text)}")
        if one_line(text):
            assert name in seen.elements
            assert set(seen.elements) <= {"p", "h2", "blockquote", "ul", "li"}
        assert " ".join(seen.words.split()) == " ".join(f"{before.strip('># -')} {one_line(text)}".split())


def test_ordinary_names_and_dates_are_written_as_they_are() -> None:
    for text in ("Ahmed al-Sharaa", "2024-05-01 (alleged)", "AT&T, Inc.", "What? No!", "3.5 tons", "-5 °C"):
        assert escaped(text) == text


def test_only_web_addresses_become_links() -> None:
    good = "https://example.org/wiki/Foo_(bar)?a=1&copy=2"
    assert Seen(linked("T]", good)).links == ["https://example.org/wiki/Foo_%28bar%29?a=1&copy=2"]
    assert Seen(linked("T]", good)).words.strip() == "T]"
    for address in ("javascript:alert(1)", "//example.org", "data:text/html,x", "doi:10.1000/1"):
        seen = Seen(linked("T", address))
        assert (seen.links, seen.words.strip()) == ([], f"T, {address}")
    assert Seen(linked("T", 'https://example.org/">x<')).elements == ["p", "a"]


def written(claim: Claim, source: Source | None, **meta: object) -> str:
    sentence = Sentence(f"{HOSTILE} met B [1].", (claim.id, "gone"), 1, 30)
    path = Path(1, ("a", "b"), (), {}, sentence.text, (sentence,), Weakest(0, ("alleged",)))
    graph = Subgraph(actors=(Actor("a", HOSTILE), Actor("b", "B")))
    asked = AskedActors((NamedActor("a", HOSTILE),), (NamedActor("b", "B"),))
    answer = PathAnswer((path,), graph, PathMeta(notes=(Note("x", "a note"),), asked=asked, **meta))  # type: ignore[arg-type]  # fields by name
    assert leading_claims(answer.paths) == (claim.id, "gone")
    return markdown(QUESTION, answer, {claim.id: claim}, {("d", "s"): source} if source else {})


PLAIN = Claim("c1", "d", "a", "b", "MEETS", source_id="s", statement="They met.")


def footnote(claim: Claim, source: Source | None = None) -> str:
    """The text of the footnote of one claim."""
    return written(claim, source).split("[^1]: ")[1]


def test_a_footnote_holds_source_date_passage_and_quote() -> None:
    claim = replace(
        PLAIN, date="2024-05", quote="We met.\n\nTwice.", attributed_to="Radio", status="alleged",
        passage_start=8, passage_end=30,
    )  # fmt: skip
    source = Source("s", "The Daily", publisher="Press Co", url="https://example.org/a", published="2024")

    assert footnote(claim, source) == (
        "They met (2024-05; according to Radio; alleged).\n"
        "    Source: [The Daily](https://example.org/a), Press Co, 2024, characters 8 to 30.\n\n"
        "    > We met.\n    > Twice.\n\n"
        "    And 25 more claims.\n"
    )


def test_a_footnote_says_what_is_known_of_time() -> None:
    told = footnote(replace(PLAIN, date="2024", date_text="last week", valid_from="2020"))
    assert told.startswith("They met (2024; “last week”; valid from 2020).\n")
    assert footnote(replace(PLAIN, valid_from="195X", valid_to="2001")).startswith("They met (195X to 2001).")
    assert footnote(replace(PLAIN, date_text="*soon* in 2025-W10")).startswith(
        "They met (“\\*soon\\* in 2025-W10”)"
    )


def test_a_statement_keeps_its_own_end() -> None:
    assert footnote(replace(PLAIN, statement="Did they meet?")).startswith("Did they meet?\n")
    assert footnote(replace(PLAIN, statement="No stop", date="2024")).startswith("No stop (2024).\n")
    assert footnote(replace(PLAIN, statement="")).startswith("a MEETS b.\n")
    assert "Source: s.\n" in footnote(PLAIN), "a source that the graph does not have is named by its id"


def test_nothing_from_the_graph_is_markup() -> None:
    claim = replace(PLAIN, statement=HOSTILE, quote=HOSTILE, attributed_to=HOSTILE, date_text=HOSTILE)
    text = written(claim, Source("s", HOSTILE, publisher=HOSTILE, author=HOSTILE, url="javascript:alert(1)"))
    head, note = text.split("[^1]: ")
    seen = Seen(head), Seen(re.sub("^    ", "", note, flags=re.MULTILINE))

    assert seen[0].elements == ["h1", "p", "h2", "p", "p", "p"]
    assert seen[1].elements == ["p", "blockquote", "p", "p"]
    assert not seen[0].links + seen[1].links
    assert seen[1].words.count(one_line(HOSTILE)) == 4, "statement, words for the date, voice, title"
    assert " ".join(seen[1].words.split()).count(one_line(HOSTILE)) == 5, "and the quote in lines of its own"
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        f"# From {escaped(HOSTILE)} to B", f"## 1. {escaped(HOSTILE)} – B",
    ]  # fmt: skip


def met(one: str, other: str, **more: str) -> Stated:
    return Stated(one, "MEETS", other, symmetric=True, **more)


def answered(claims: list[Stated], question: PathQuestion) -> str:
    return markdown(question, paths(snapshot_of(claims), question), {}, {})


def test_the_head_says_what_was_asked() -> None:
    claims = [met("a", "b", date="2024"), met("b", "c", date="2025"), met("x", "y")]
    question = PathQuestion(("a", "x"), ("c",), k=3, max_hops=4, filter=Filter(since="2024"), rank="recent")
    text = answered(claims, question)

    assert text.startswith(
        "# From A or X to C\n\n1 path of at most 4 hops, most recent first. "
        "Conditions: since 2024; nothing undated.\n\n## 1. A – B – C\n\n"
        "A meets B (2024).[^1] B meets C (2025).[^2]\n\nWeakest link: A – B (single source, oldest).\n"
    )
    assert "1 claim of the actors at the ends left out for want of a date." in text


def test_links_that_are_all_alike_are_not_singled_out() -> None:
    text = answered([met("a", "b"), met("b", "c")], PathQuestion(("a",), ("c",)))
    assert "\n\nEvery link: single source, undated.\n" in text
    text = answered([met("a", "b"), met("b", "c"), met("c", "d", date="2024")], PathQuestion(("a",), ("d",)))
    assert "\n\nWeakest link: A – B (single source, undated; 1 other as weak).\n" in text
    text = answered([met("a", "b")], PathQuestion(("a",), ("b",)))
    assert "\n\nIts one link: single source, undated.\n" in text


def test_footnotes_are_numbered_as_in_the_json_answer() -> None:
    claims = [met(x, y) for x, y in ("ab", "bc", "cd", "ac", "bd")]
    question = PathQuestion(("a",), ("d",), k=3)
    answer = paths(snapshot_of(claims), question)
    text = markdown(question, answer, {}, {})

    for path in answer.paths:
        assert re.sub(r" \[(\d+)\]\.", r".[^\1]", path.text) in text
    assert re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    assert "There are more paths than these." in text


def test_without_a_path_the_text_says_what_stands_in_the_way() -> None:
    text = answered([met("a", "m"), met("m", "z")], PathQuestion(("a",), ("z",), filter=Filter(avoid=("m",))))

    assert text == (
        "# From A to Z\n\nNo path of at most 6 hops. Conditions: not by way of M.\n\n"
        "Under these conditions there is no connection of any length.\n\n"
        "There are paths when a condition is lifted:\n\n- *not by way of M*: 1 path\n"
    )


def test_an_answer_that_was_cut_does_not_say_that_there_is_no_path() -> None:
    asked = AskedActors((NamedActor("a", "A"), NamedActor("x", "X")), (NamedActor("z", "Z"),))
    notes = (Note("corridor_limit", "too much to fetch"),)
    cut = PathMeta(truncated=True, reason="corridor_limit", notes=notes, asked=asked)
    text = markdown(PathQuestion(("a", "x"), ("z",)), PathAnswer((), Subgraph(), cut), {}, {})

    assert (
        text == "# From A or X to Z\n\n0 paths before a limit of the service was met.\n\nToo much to fetch.\n"
    )


def test_actors_that_were_not_passed_are_named() -> None:
    claims = [met("a", "h"), met("h", "z"), met("h", "x"), met("h", "y")]
    question = PathQuestion(("a",), ("z",), filter=Filter(max_degree=2))
    text = answered(claims, question)

    assert "Not passed, with more than 2 neighbours: H (4).\n" in text
    assert "- *by way of nobody with more than 2 neighbours*: 1 path\n" in text
