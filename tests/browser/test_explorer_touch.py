"""A telephone: what fingers do on the map, how large what they press is, and sheets beside the map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from accessible import faults
from fingers import Fingers
from targets import small
from windows import Window

WIDTH, HEIGHT = 360, 740


@pytest.fixture
def fingers(phone: Window) -> Fingers:
    """Fingers on that telephone."""
    return Fingers(phone.page)


def opened(window: Window, fragment: str, *, details: bool = True) -> None:
    """Open a view with all of it on the screen, with or without the details of what is selected."""
    window.open(fragment)
    if not details:
        window.page.get_by_role("button", name="Close details").tap()
        expect(window.page.locator("#inspector")).to_be_hidden()
    # What stands beside the map has its room a moment later.
    window.page.wait_for_timeout(300)
    window.page.locator("#zoom-fit").tap()
    window.page.wait_for_timeout(200)


def view(window: Window) -> tuple[float, float, float]:
    """Scale of the map and the place in its middle."""
    scale, x, y = window.page.evaluate("(({x, y}) => [drawn.getScale(), x, y])(drawn.getViewPosition())")
    return float(scale), float(x), float(y)


def ground(window: Window) -> tuple[float, float]:
    """A place of the map with nothing on or near it."""
    x, y = window.page.evaluate("""() => {
      const {left, top, width, height} = document.getElementById('map').getBoundingClientRect();
      const free = (x, y) => {
        const near = [-24, 0, 24].flatMap(dx => [-24, 0, 24].map(dy => ({x: x + dx, y: y + dy})));
        return near.every(place => !drawn.getNodeAt(place) && !drawn.getEdgeAt(place));
      };
      for (let y = height - 70; y > 60; y -= 10) for (let x = 30; x < width - 80; x += 10) {
        const over = document.elementFromPoint(left + x, top + y);
        if (over.tagName === 'CANVAS' && free(x, y)) return [left + x, top + y];
      }
      throw new Error('no free ground');
    }""")
    return float(x), float(y)


def test_two_fingers_zoom_where_they_are_and_take_the_map_along(phone: Window, fingers: Fingers) -> None:
    opened(phone, "actor=minister&select=envoy")
    before, places = view(phone), phone.places()
    x, y = phone.point("minister")
    one, other = (x - 30, y), (x + 30, y)
    fingers.down(one, other)
    fingers.move((one, (x - 90, y)), (other, (x + 90, y)))
    near = phone.point("minister")
    assert view(phone)[0] == pytest.approx(before[0] * 3, rel=0.15)
    assert near == pytest.approx((x, y), abs=6)

    fingers.move(((x - 90, y), (x - 70, y + 60)), ((x + 90, y), (x + 110, y + 60)))
    moved = phone.point("minister")
    assert moved == pytest.approx((x + 20, y + 60), abs=8)
    fingers.up((x - 70, y + 60))
    fingers.move(((x - 70, y + 60), (x - 70, y + 20)), steps=20)
    assert phone.point("minister") == pytest.approx((moved[0], moved[1] - 40), abs=26), "no jump"
    scale = view(phone)[0]
    fingers.down((x - 70, y + 20), (x + 70, y + 20), there=1)
    fingers.move(((x - 70, y + 20), (x - 35, y + 20)), ((x + 70, y + 20), (x + 35, y + 20)))
    fingers.up()

    assert view(phone)[0] == pytest.approx(scale / 2, rel=0.3)
    assert phone.places() == places
    expect(phone.page.locator("#inspector h2")).to_have_text("Envoy")
    assert phone.problems() == []


def test_one_finger_moves_the_map_wherever_it_begins(phone: Window, fingers: Fingers) -> None:
    opened(phone, "actor=minister&select=envoy")
    places, address = phone.places(), phone.page.url
    for begin in (phone.point("rival"), ground(phone)):
        scale, x, y = view(phone)
        fingers.drag(begin, (begin[0] + 60, begin[1] - 40))
        now = view(phone)
        assert now[0] == scale
        assert ((x - now[1]) * scale, (y - now[2]) * scale) == pytest.approx((60, -40), abs=14)

    assert phone.places() == places
    assert phone.page.url == address
    expect(phone.page.locator("#undo")).to_be_disabled()
    expect(phone.page.locator("#inspector h2")).to_have_text("Envoy")


def test_a_finger_moves_the_actor_that_is_selected(phone: Window, fingers: Fingers) -> None:
    opened(phone, "actor=minister&select=rival")
    places, before = phone.places(), view(phone)
    x, y = phone.point("rival")
    fingers.drag((x, y), (x + 50, y + 30))

    assert view(phone) == before
    moved = phone.places()
    assert {name for name in places if moved[name] != places[name]} == {"rival"}
    phone.page.locator("#undo").tap()
    expect(phone.page.locator("#undo")).to_be_disabled()
    assert phone.places() == places


def test_a_tap_beside_an_actor_opens_its_sheet_and_leaves_it_in_sight(
    phone: Window, fingers: Fingers
) -> None:
    opened(phone, "actor=minister", details=False)
    phone.page.locator("#zoom-in").tap()
    phone.page.wait_for_timeout(300)
    # Somebody moved the map so that an actor stands where the sheet will lie.
    x, y = phone.point("minister")
    fingers.drag((x, y), (x, 600))
    x, y = phone.point("minister")
    assert y > 560
    size = phone.page.evaluate("drawn.body.nodes.minister.options.size * drawn.getScale()")
    fingers.tap((x, y + size + 8))

    sheet = phone.page.locator("#inspector")
    expect(sheet.locator("h2")).to_have_text("Minister")
    phone.settle()
    phone.page.wait_for_timeout(400)
    top = sheet.bounding_box()
    picture = phone.page.locator("#map").bounding_box()
    assert top is not None
    assert picture is not None
    now = phone.point("minister")
    assert picture["y"] + 20 < now[1] < top["y"] - 20
    assert 20 < now[0] < WIDTH - 20
    assert phone.page.evaluate("([x, y]) => document.elementFromPoint(x, y).tagName", list(now)) == "CANVAS"


def test_a_tap_beside_a_tie_opens_its_claims_and_one_on_the_ground_closes_them(
    phone: Window, fingers: Fingers
) -> None:
    opened(phone, "actor=minister")
    (x1, y1), (x2, y2) = phone.point("minister"), phone.point("pupil")
    fingers.tap(((x1 + x2) / 2, (y1 + y2) / 2 + 12))
    expect(phone.page.locator("#inspector .claim").first).to_be_visible()
    phone.settle()

    fingers.tap(ground(phone))

    expect(phone.page.locator("#inspector")).to_be_hidden()


def test_two_taps_expand_though_the_first_one_opens_a_sheet(phone: Window, fingers: Fingers) -> None:
    opened(phone, "actor=pupil", details=False)
    before = phone.places()
    place = phone.point("minister")
    fingers.tap_twice(place, (place[0] + 9, place[1] + 6))
    phone.settle()

    after = phone.places()
    assert after.keys() > before.keys()
    assert {name: after[name] for name in before} == before
    expect(phone.page.locator("#inspector h2")).to_have_text("Minister")
    phone.page.locator("#undo").tap()
    expect(phone.page.locator("#undo")).to_be_disabled()
    assert phone.places() == before


def test_a_finger_that_rests_opens_the_menu_of_what_is_there(phone: Window, fingers: Fingers) -> None:
    opened(phone, "actor=minister", details=False)
    menu = phone.page.get_by_role("menu")
    (x1, y1), (x2, y2) = phone.point("minister"), phone.point("pupil")
    for place, name in (
        ((x1, y1 + 6), "Menu of Minister"),
        (((x1 + x2) / 2, (y1 + y2) / 2), "Menu of the tie"),
        (ground(phone), "Menu of the map"),
    ):
        fingers.hold(place, 650)
        expect(menu).to_have_accessible_name(name)
        phone.page.wait_for_load_state("networkidle")
        box = menu.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDTH
        assert box["y"] + box["height"] <= HEIGHT
        assert small(phone.page) == []
        # A tap elsewhere closes it and does nothing else.
        fingers.tap((20, 20))
        expect(menu).to_be_hidden()
        assert len(phone.places()) == 5

    expect(phone.page.locator("#inspector")).to_be_hidden()
    assert phone.problems() == []


def test_a_finger_that_moves_or_does_not_wait_opens_no_menu(phone: Window, fingers: Fingers) -> None:
    opened(phone, "actor=minister&select=envoy")
    menu, (x, y) = phone.page.get_by_role("menu"), phone.point("minister")
    fingers.down((x, y))
    fingers.move(((x, y), (x + 25, y)))
    phone.page.wait_for_timeout(650)
    fingers.up()
    expect(menu).to_be_hidden()
    fingers.down((40, 300), (120, 300))
    phone.page.wait_for_timeout(650)
    fingers.up()
    expect(menu).to_be_hidden()

    fingers.hold(phone.point("minister"), 330)

    expect(phone.page.locator("#inspector h2")).to_have_text("Minister")
    expect(menu).to_be_hidden()


def test_several_actors_are_selected_by_finger(phone: Window, fingers: Fingers) -> None:
    opened(phone, "actor=minister&select=envoy")
    fingers.hold(phone.point("rival"), 650)
    phone.page.get_by_role("menuitem", name="Select as well").tap()
    expect(phone.page.locator("#inspector h2").first).to_have_text("2 actors")
    phone.settle()

    fingers.hold(phone.point("envoy"), 650)

    expect(phone.page.get_by_role("menu")).to_have_accessible_name("Menu of the selection")


def free(window: Window, place: tuple[float, float]) -> bool:
    """Whether nothing lies over the map there."""
    found = window.page.evaluate("place => document.elementFromPoint(...place)?.tagName", place)
    return bool(found == "CANVAS")


def test_a_finger_draws_a_box_and_taps_several(phone: Window, fingers: Fingers) -> None:
    opened(phone, "actor=minister", details=False)
    several = phone.page.get_by_role("button", name="Select several")
    several.tap()
    expect(several).to_have_attribute("aria-pressed", "true")
    assert small(phone.page) == []
    places = phone.places()
    spots = [phone.point(name) for name in ("minister", "rival")]
    xs, ys = zip(*spots, strict=True)
    fingers.drag((min(xs) - 15, min(ys) - 15), (max(xs) + 15, max(ys) + 15))
    expect(phone.page.locator("#inspector h2").first).to_have_text("2 actors")
    phone.settle()
    phone.page.wait_for_timeout(400)
    fingers.tap(next(place for place in map(phone.point, ("banker", "envoy", "pupil")) if free(phone, place)))
    expect(phone.page.locator("#inspector h2").first).to_have_text("3 actors")
    fingers.tap(phone.point("rival"))
    expect(phone.page.locator("#inspector h2").first).to_have_text("2 actors")
    assert faults(phone.page) == []

    phone.page.get_by_role("button", name="Done").tap()
    assert phone.places() == places
    expect(several).to_be_focused()
    expect(several).to_have_attribute("aria-pressed", "false")
    fingers.tap(phone.point("rival"))
    expect(phone.page.locator("#inspector h2")).to_have_text("Rival")
    assert phone.problems() == []


@pytest.mark.parametrize(
    ("opened", "name"),
    [
        ("#connect-open", "Close"),
        ("#table-open", "Close table"),
        ("#cypher-open", "Close"),
        ("#help-open", "Close help"),
    ],
)
def test_every_sheet_is_closed_by_finger(phone: Window, opened: str, name: str) -> None:
    phone.open("actor=minister")
    phone.page.get_by_role("button", name="Close details").tap()
    expect(phone.page.locator("#inspector")).to_be_hidden()
    phone.page.locator(opened).tap()
    close = phone.page.get_by_role("button", name=re.compile(f"^{name}")).and_(phone.page.locator(":visible"))
    close.first.tap()

    expect(close).to_have_count(0)
    picture = phone.page.locator("#map").bounding_box()
    assert picture is not None
    assert picture["height"] > 560
    assert phone.problems() == []
