"""Each caller's share of the engine: who has used much of it rests for a while, as long as others ask too.

Public query services keep their answers quick for everybody in this way: a budget of processing time per
caller that fills up slowly (https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Query_limits).
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from api.callers import network_of
from api.problems import Problem, RequestRefused
from graph.errors import CypherMemory, QuestionTimeout

ALLOWANCE = 2.0
"""Seconds of statements that a caller may spend at once."""
FREE = 0.1
"""Seconds of each statement that cost nothing: who asks many short ones holds up nobody."""
AT_A_LIMIT = 1.0
"""Seconds that a statement costs at least which ended at a limit, even if it was refused at once."""
AFTERMATH = 3.0
"""Seconds in which an engine comes back from somebody's statement: what others' take then is not theirs."""
LONGEST_REST = 30.0
"""Seconds, so that nobody is shut out for one mistake."""
A_MOMENT, A_LITTLE = 0.01, 0.05
"""Seconds of rest that count as none, and by which one caller has to have used more than another."""
OTHERS_WITHIN = 10.0
"""Seconds since somebody else asked for which others count as there."""
HELD = 2.0
"""Seconds for which a statement waits for its caller's turn before it is refused."""
MOST_CALLERS = 10_000
"""Callers that are remembered; the ones that were silent longest are forgotten first."""

Clock = Callable[[], float]


@dataclass(slots=True)
class _Account:
    """What a caller may still spend (seconds, less than 0: it rests), as of `at`; when it asked last."""

    left: float
    at: float
    asked: float


@dataclass(eq=False, slots=True)
class _Turn:
    """A running statement: `first` is when it became the one that runs longest, if it is."""

    caller: str
    begun: float
    first: float | None = None


class FairShare:
    """How much of the engine each caller's statements have used; the one that runs longest pays for the time.

    `percent`: how much of the time one caller's long statements may run while others ask; 100: all of it.
    `held`: seconds for which a statement waits for its turn.
    """

    def __init__(self, percent: int, clock: Clock = time.monotonic, held: float = HELD) -> None:
        self._share = percent / 100
        self._held = held
        self._clock = clock
        self._accounts: dict[str, _Account] = {}
        self._turns: list[_Turn] = []
        self._limit_met = (-math.inf, "")

    def asks(self, client: str) -> None:
        """Note that somebody asks for something, whatever it is."""
        self._account(network_of(client)).asked = self._clock()

    def rest_s(self, client: str) -> float:
        """Seconds until the caller's next statement may run; 0: at once."""
        caller, now = network_of(client), self._clock()
        if caller not in self._accounts or self._share >= 1:
            return 0.0
        left = self._left(caller, now)
        rest = min(-left / self._share, LONGEST_REST)
        return rest if rest > A_MOMENT and self._somebody_has_more(left, now) else 0.0

    @contextlib.asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """The time of one statement, which is held for a moment if its caller has to rest.

        Raises: RequestRefused when the rest is longer.
        """
        if rest := self.rest_s(client):
            await asyncio.sleep(min(rest, self._held))
            if left := self.rest_s(client):
                raise RequestRefused(share_used(math.ceil(left)))
        turn, least = self._begin(network_of(client)), 0.0
        try:
            yield
        except (QuestionTimeout, CypherMemory):
            self._limit_met, least = (self._clock(), turn.caller), AT_A_LIMIT
            raise
        finally:
            self._end(turn, least)

    def _begin(self, caller: str) -> _Turn:
        now = self._clock()
        turn = _Turn(caller, now, None if self._turns else now)
        self._turns.append(turn)
        return turn

    def _end(self, turn: _Turn, least: float) -> None:
        now = self._clock()
        cost = max(_cost(turn, now), least)
        self._turns.remove(turn)
        if self._turns and self._turns[0].first is None:
            self._turns[0].first = now
        when, whose = self._limit_met
        # What ran until the engine is back from somebody else's statement waited most of the time.
        if whose != turn.caller and when > turn.begun - AFTERMATH:
            return
        account = self._account(turn.caller)
        account.left = max(self._noted(account, now) - cost, -LONGEST_REST * self._share)
        account.at = now

    def _account(self, caller: str) -> _Account:
        """The caller's account, put last: the first one is the one silent longest."""
        now = self._clock()
        account = self._accounts.pop(caller, None) or _Account(ALLOWANCE, now, now)
        self._accounts[caller] = account
        while len(self._accounts) > MOST_CALLERS:
            self._accounts.pop(next(iter(self._accounts)))
        return account

    def _somebody_has_more(self, left: float, now: float) -> bool:
        """Whether somebody asks who has used less: where all are greedy nobody rests for nobody."""
        asking = [caller for caller, one in self._accounts.items() if now - one.asked < OTHERS_WITHIN]
        return any(self._left(caller, now) > left + A_LITTLE for caller in asking)

    def _left(self, caller: str, now: float) -> float:
        """What a caller may still spend, with what its running statements have cost so far."""
        running = sum(_cost(turn, now) for turn in self._turns if turn.caller == caller)
        return self._noted(self._accounts[caller], now) - running

    def _noted(self, account: _Account, now: float) -> float:
        return min(ALLOWANCE, account.left + (now - account.at) * self._share)


def _cost(turn: _Turn, now: float) -> float:
    """What a turn costs that ends now: only what it ran as the longest one, so that nobody pays for waiting
    for others."""
    return 0.0 if turn.first is None else max(0.0, now - turn.first - FREE)


def share_used(rest_s: int) -> Problem:
    """The problem of a caller whose statements have used their share."""
    return Problem(
        429,
        "share-used",
        "Others have their turn",
        f"statements from your address have taken more than their share of the time while others ask too; "
        f"the next one may run in {rest_s} seconds (short statements are always free)",
        headers={"Retry-After": str(rest_s)},
    )
