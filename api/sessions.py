"""Browsers that have given the key, and callers that have given wrong ones; both are forgotten in time."""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from collections import deque
from collections.abc import Callable

from api.callers import network_of

SESSION_S = 12 * 3600
"""Seconds after which a browser has to give the key again."""
MOST_SESSIONS = 1_000
MOST_ATTEMPTS = 10
"""Wrong keys from one address within `ATTEMPTS_WITHIN_S`, after which it has to wait."""
ATTEMPTS_WITHIN_S = 60.0
MOST_CALLERS = 10_000
"""Addresses whose wrong keys are remembered; the ones that were silent longest are forgotten first."""

Clock = Callable[[], float]


class Sessions:
    """Sessions of browsers: random tokens, kept as hashes and only in memory, each for a limited time."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[bytes, float] = {}

    def begin(self) -> str:
        """The token of a new session."""
        now = self._clock()
        self._until = {known: until for known, until in self._until.items() if until > now}
        while len(self._until) >= MOST_SESSIONS:
            self._until.pop(next(iter(self._until)))
        token = secrets.token_urlsafe(32)
        self._until[_hash(token)] = now + SESSION_S
        return token

    def holds(self, token: str) -> bool:
        """Whether this is the token of a session that has not ended."""
        return self._until.get(_hash(token), 0.0) > self._clock()

    def end(self, token: str) -> None:
        """Forget a session."""
        self._until.pop(_hash(token), None)


class Attempts:
    """Wrong keys by the address they came from, so that nobody can try one after the other."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def wait_s(self, client: str) -> int:
        """Seconds until the address may try again; 0: at once."""
        times = self._times.get(network_of(client))
        if times is None or len(times) < MOST_ATTEMPTS:
            return 0
        return max(0, math.ceil(times[0] + ATTEMPTS_WITHIN_S - self._clock()))

    def failed(self, client: str) -> None:
        """Note a wrong key."""
        network = network_of(client)
        times = self._times.pop(network, deque(maxlen=MOST_ATTEMPTS))
        times.append(self._clock())
        self._times[network] = times  # put last: the first one is the one silent longest
        while len(self._times) > MOST_CALLERS:
            self._times.pop(next(iter(self._times)))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
