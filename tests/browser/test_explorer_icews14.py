"""The explorer on a year of news: what the page shows of icews14 is what its file holds, counted anew."""

from __future__ import annotations

import json
import re
from itertools import combinations, pairwise

import networkx as nx
import pytest
from playwright.sync_api import Browser, expect

from newsevents import NewsEvents, by_month, by_type, first_days, relations, span
from newswindow import AT_ONCE, WHO, counted, find, id_of, listed, names, summary, ties, triples, unfold
from panels import rows, run
from windows import Window

pytestmark = [pytest.mark.shared, pytest.mark.timeout(900)]  # a store of 90,730 claims is filled first

LEADERS = ("Barack Obama", "Angela Merkel", "Xi Jinping")
FAR = ("China", "Defense / Security Ministry (Lesotho)")


def test_the_start_page_says_what_the_file_holds(here: Window, news: NewsEvents) -> None:
    here.open()

    shown = here.page.locator(".figures dd").all_inner_texts()

    held = (len(news.ties), len(relations(news.events)), len(news.events), 1)
    assert shown == [*(f"{number:,}" for number in held), span(news.events)]


def test_a_name_with_a_typing_error_opens_its_neighbourhood(here: Window, news: NewsEvents) -> None:
    here.open()
    find(here, "raul kastro")

    expect(here.page.locator("#inspector h2")).to_have_text(WHO)
    own = news.about(WHO)
    facts = f"{len(news.ties[WHO])} neighbours · {len(own)} claims · 1 source · {span(own)}"
    expect(here.page.locator("#inspector .facts")).to_have_text(facts)
    wanted = relations(news.among(news.around(WHO)))
    assert summary(here) == f"{len(news.around(WHO))} actors · {len(wanted):,} relations"
    assert names(here) == news.around(WHO)
    assert triples(here) == wanted
    assert here.problems() == []


def test_types_are_counted_before_anybody_expands(around: Window, news: NewsEvents) -> None:
    told = [text.split("\n") for text in ties(around).all_inner_texts()]
    out = {label: int(count) for label, arrow, count in told if arrow == "→"}
    incoming = sorted(int(count) for _, arrow, count in told if arrow == "←")

    assert out == {label: len(others) for label, others in news.objects(WHO).items()}
    assert incoming == sorted(len(others) for others in news.subjects(WHO).values())


def test_one_type_is_expanded_and_what_hangs_on_it_collapsed_again(around: Window, news: NewsEvents) -> None:
    before, on_map = around.places(), news.around(WHO)
    hub, label, brought = news.branch(WHO, AT_ONCE)
    find(around, hub)
    expect(around.page.locator("#inspector h2")).to_have_text(hub)
    words = {one: counted(others, on_map) for one, others in news.objects(hub).items()}
    told: list[list[str]] = [text.split("→") for text in ties(around).all_text_contents() if "→" in text]
    assert dict(told) == words

    ties(around).filter(has_text=re.compile(rf"^{re.escape(label)}→")).click()
    around.settle()

    after = around.places()
    assert {id_: after[id_] for id_ in before} == before
    assert names(around) == on_map | brought
    # The type says who comes; then all is there that joins them, the hub and its neighbours on the map.
    beside = {one for event in news.about(hub) for one in (event.subject, event.object)} & on_map
    circle = {hub} | brought | beside
    assert triples(around) == relations(news.among(on_map)) | relations(news.among(circle))
    around.page.locator("#inspector .more-deeds").click()
    around.page.get_by_role("menuitem", name=re.compile("^Collapse")).click()
    around.settle()
    drawn = news.ties.subgraph(on_map - {hub}).copy()
    drawn.add_nodes_from(brought)
    drawn.add_edges_from(news.ties.subgraph(circle - {hub}).edges)
    hanging = {one for part in nx.connected_components(drawn) if WHO not in part for one in part}
    assert hanging
    assert names(around) == (on_map | brought) - hanging
    around.page.locator("#undo").click()
    assert names(around) == on_map | brought
    assert around.problems() == []


def test_the_legend_counts_relations_by_type_and_each_switch_takes_as_many(
    around: Window, news: NewsEvents
) -> None:
    found = news.among(news.around(WHO))
    unfold(around)
    counts: dict[str, str] = dict(
        around.page.evaluate(
            "[...document.querySelectorAll('.types .legend-row')].map(row => "
            "[row.querySelector('input').dataset.key, row.querySelector('.count').textContent])"
        )
    )
    assert {type_: int(count) for type_, count in counts.items()} == by_type(found)
    expect(around.page.locator(".legend-row", has_text="asserted")).to_contain_text(
        f"{len(relations(found)):,}"
    )

    most = max(by_type(found), key=lambda type_: (by_type(found)[type_], type_))
    around.page.evaluate("key => document.querySelector(`[data-key='${key}']`).click()", most)
    around.settle()

    kept = [event for event in found if event.type != most]
    assert f"{len(relations(kept)):,} of {len(relations(found)):,} relations" in summary(around)
    assert triples(around) == relations(kept)


def test_the_histogram_has_the_months_of_the_file_and_its_handles_cut_there(
    around: Window, news: NewsEvents
) -> None:
    found = news.among(news.around(WHO))
    bars = around.page.locator(".histogram rect")
    expect(bars).to_have_count(len(by_month(found)))
    heights = [float(str(bar.get_attribute("height"))) for bar in bars.all()]
    assert heights == pytest.approx([3 + 37 * count / max(by_month(found)) for count in by_month(found)])
    places = around.places()

    around.page.get_by_role("slider", name="From").focus()
    for _ in range(3):
        around.page.keyboard.press("ArrowRight")
    expect(around.page.locator("#summary")).to_contain_text(" of ")
    around.settle()

    late = [event for event in found if event.day >= f"2014-{int(min(e.day for e in found)[5:7]) + 3:02}"]
    assert triples(around) == relations(late)
    assert around.places() == places


def test_as_of_a_day_shows_what_had_happened_by_then(around: Window, news: NewsEvents) -> None:
    found = news.among(news.around(WHO))
    middle = sorted(event.day for event in found)[len(found) // 3]
    around.page.get_by_role("checkbox", name="as of").check()
    around.page.get_by_label("As of the day").fill(middle)
    around.page.get_by_label("As of the day").press("Enter")
    expect(around.page).to_have_url(re.compile(f"as_of={middle}"))
    around.settle()

    past = [event for event in found if event.day <= middle]
    assert triples(around) == relations(past)
    tied = {name for event in past for name in (event.subject, event.object)}
    lonely = len(news.around(WHO) - tied)
    if lonely:
        expect(around.page.locator("#bare")).to_have_text(f"Hide {lonely} without a tie")


def test_two_days_compared_are_counted_as_the_file_has_them(around: Window, news: NewsEvents) -> None:
    found = news.among(news.around(WHO))
    days = sorted(event.day for event in found)
    since, until = days[len(days) // 4], days[len(days) // 2]
    around.page.get_by_role("checkbox", name="compare").check()
    for label, day in (("Compare from the day", since), ("Compare to the day", until)):
        around.page.get_by_label(label).fill(day)
    around.page.get_by_label("Compare to the day").press("Enter")
    expect(around.page.locator("#summary")).to_contain_text(f"Between {since} and {until}")
    around.settle()

    new = {triple for triple, day in first_days(found).items() if since < day <= until}
    same = {triple for triple, day in first_days(found).items() if day <= since}
    assert f"{len(new)} relations new, 0 ended, {len(same)} unchanged" in summary(around)
    told = {tuple(row[:3]): row[7] for row in listed(around, "Relations")}
    assert told == {**dict.fromkeys(same, "unchanged"), **dict.fromkeys(new, "new")}


def test_the_paths_are_all_the_shortest_ones_and_their_sentences_are_in_the_file(
    here: Window, news: NewsEvents
) -> None:
    shortest = {tuple(path) for path in nx.all_shortest_paths(news.ties, *FAR)}
    hops = nx.shortest_path_length(news.ties, *FAR)
    one, other = (id_of(here, name) for name in FAR)
    here.open()
    here.page.goto(f"{here.address}/#from={one}&to={other}&max_hops={hops - 1}")
    expect(here.page.locator("#connect .result")).to_contain_text(f"the shortest path has {hops}")
    here.page.get_by_role("button", name=re.compile(f"allow {hops}$")).click()
    expect(here.paths()).to_have_count(min(5, len(shortest)))

    chains = here.page.locator(".paths .chain").all()
    told = [tuple(chain.locator("bdi").all_inner_texts()) for chain in chains]
    assert len(set(told)) == len(told)
    assert set(told) <= shortest
    for path, item in zip(told, here.paths().all(), strict=True):
        sentences = item.locator(".sentences > li").all_inner_texts()
        assert len(sentences) == hops
        for (left, right), sentence in zip(pairwise(path), sentences, strict=True):
            days = {event.day for event in news.between(left, right)}
            assert left in sentence
            assert right in sentence
            assert set(re.findall(r"2014-\d\d-\d\d", sentence)) <= days
    here.page.locator(".paths .footnote").first.click()
    expect(here.page.locator("#inspector .claim").first).to_be_visible()
    assert here.problems() == []


def test_the_table_is_sorted_by_what_the_file_counts(around: Window, news: NewsEvents) -> None:
    rows_of_actors = listed(around, "Actors")
    told = {row[0]: (int(row[2].replace(",", "")), int(row[3].replace(",", ""))) for row in rows_of_actors}
    assert told == {name: (news.ties.degree(name), len(news.about(name))) for name in news.around(WHO)}
    degrees = [int(row[2].replace(",", "")) for row in rows_of_actors]
    assert degrees == sorted(degrees, reverse=True)

    around.page.get_by_role("columnheader", name="Claims").get_by_role("button").click()

    counts = [told[row[0]][1] for row in listed(around, "Actors")]
    assert counts == sorted(counts, reverse=True)
    days = [row[3] for row in listed(around, "Claims")]
    assert sorted(days) == sorted(event.day for event in news.among(news.around(WHO)))


def test_several_are_compared_by_their_matrix_and_by_whom_they_have_in_common(
    here: Window, news: NewsEvents
) -> None:
    ids = [id_of(here, name) for name in LEADERS]
    here.open("&".join([f"actor={ids[0]}", *(f"expand={id_}" for id_ in ids[1:])]))
    here.open("&".join([here.page.url.split("#")[1].split("&select")[0], *(f"select={id_}" for id_ in ids)]))
    matrix = here.page.get_by_role("region", name="Between them")
    for one, other in combinations(LEADERS, 2):
        claims = len(news.between(one, other))
        assert claims
        button = matrix.get_by_role("button", name=f"{one} and {other}: {claims} claims", exact=True)
        expect(button).to_have_text(str(claims))

    common = set.intersection(*(set(news.ties[name]) for name in LEADERS))
    part = here.page.locator("#inspector h3", has_text="In common").locator("xpath=following-sibling::ul[1]")
    shown = part.locator("bdi").all_inner_texts()
    assert set(shown) <= common
    expect(here.page.locator("#inspector")).to_contain_text(f"and {len(common) - len(shown)} more")

    here.page.get_by_label("Measure").select_option("degree")
    nearby = news.ties.subgraph(set.union(*(news.around(name) for name in LEADERS)))
    words = f"Among {len(nearby):,} actors within one step of them, {nearby.number_of_edges():,} ties."
    expect(here.page.locator(".ranking")).to_contain_text(words)
    ranked = here.page.locator(".ranking li").all_inner_texts()
    told = [int(text.split("\n")[1]) for text in ranked]
    assert told == sorted((degree for _, degree in nearby.degree()), reverse=True)[: len(told)]


def test_without_its_one_source_everything_falls(around: Window, news: NewsEvents) -> None:
    around.page.locator(".sources summary").click()
    button = around.page.locator(".sources .leave-out")
    expect(button).to_have_count(1)
    button.focus()
    button.press("Enter")
    around.settle()

    count, lost = len(relations(news.among(news.around(WHO)))), len(news.around(WHO))
    words = f"Leaving out icews14: {count:,} of {count:,} relations fall, {lost} actors lose their last tie"
    assert words in summary(around)
    assert {row[7] for row in listed(around, "Relations")} == {"falls"}


def test_cypher_counts_what_the_file_counts_and_draws_it(here: Window, news: NewsEvents) -> None:
    here.open()
    here.page.keyboard.press("c")
    one, other = (id_of(here, name) for name in LEADERS[:2])
    parameters = json.dumps({"one": one, "other": other})
    run(here, "MATCH (:Actor {id: $one})-[r]-(:Actor {id: $other}) RETURN count(r)", parameters)
    events = news.between(*LEADERS[:2])
    expect(rows(here)).to_have_text([str(len(events))])

    run(here, "MATCH (a:Actor {id: $one})-[r]-(b:Actor {id: $other}) RETURN a, r, b")
    expect(rows(here)).to_have_count(len(events))
    here.page.get_by_role("button", name="Show on map").click()
    here.settle()

    assert names(here) == set(LEADERS[:2])
    assert triples(here) == relations(events)


def test_a_link_brings_a_changed_view_back(
    around: Window, news: NewsEvents, browser: Browser, icews14: str
) -> None:
    hub = max(news.ties[WHO], key=lambda name: (news.ties.degree(name), name))
    find(around, hub)
    around.page.locator("#inspector").get_by_role("button", name="Hide").click()
    around.page.get_by_role("checkbox", name="compare").check()
    expect(around.page.locator("#summary")).to_contain_text("Between")
    around.page.locator("#export-open").click()
    link = around.page.locator("#share-link").input_value()
    around.page.keyboard.press("Escape")
    seen = (around.places(), triples(around), summary(around))

    again = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    other = Window(again.new_page(), icews14)
    other.open(link.split("#")[1])

    assert (other.places(), triples(other), summary(other)) == seen
    assert hub not in names(other)
    assert len(link) < 2_000
    assert other.problems() == []
    again.close()
