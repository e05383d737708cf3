"""Fingers on the screen of a telephone, as the browser gets them from its glass."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Page

Place = tuple[float, float]


@dataclass
class Fingers:
    """Up to two fingers; they stay down until they are lifted."""

    page: Page
    glass: CDPSession = field(init=False)

    def __post_init__(self) -> None:
        self.glass = self.page.context.new_cdp_session(self.page)

    def _send(self, kind: str, places: tuple[Place, ...], at: float | None = None) -> None:
        points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(places)]
        when = {} if at is None else {"timestamp": at}
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points, **when})

    def down(self, *places: Place, there: int = 0) -> None:
        """Put them down one after the other, beside those that are `there` already."""
        for count in range(there + 1, len(places) + 1):
            self._send("touchStart", places[:count])

    def move(self, *ways: tuple[Place, Place], steps: int = 8) -> None:
        """Lead each finger from one place to another, evenly."""
        for step in range(1, steps + 1):
            share = step / steps
            places = [(a + (c - a) * share, b + (d - b) * share) for (a, b), (c, d) in ways]
            self._send("touchMove", tuple(places))
            self.page.wait_for_timeout(16)

    def up(self, *staying: Place) -> None:
        """Lift all but those that stay."""
        self._send("touchEnd", staying)
        # Nobody is quicker than this with the same finger.
        self.page.wait_for_timeout(70)

    def drag(self, begin: Place, end: Place) -> None:
        """One finger from a place to another."""
        self.down(begin)
        self.move((begin, end))
        self.up()

    def hold(self, place: Place, milliseconds: int) -> None:
        """One finger that rests."""
        self.down(place)
        self.page.wait_for_timeout(milliseconds)
        self.up()

    def tap_twice(self, place: Place, other: Place) -> None:
        """Two taps a seventh of a second apart, by the clock of the glass, however busy the machine is."""
        begin = time.time()
        for after, there in ((0.0, place), (0.14, other)):
            self._send("touchStart", (there,), begin + after)
            self._send("touchEnd", (), begin + after + 0.03)

    def tap(self, place: Place) -> None:
        """One finger, down and up."""
        self.down(place)
        self.up()
