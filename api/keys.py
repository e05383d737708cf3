"""The key of the service as it is kept: its hash alone, so that nothing that is printed can hold it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

SHORTEST_KEY = 16
"""Characters; what somebody could guess by trying is no key."""
LONGEST_KEY = 1_024


@dataclass(frozen=True, slots=True)
class HashedKey:
    """The salted hash of a key; the salt is made anew with every start."""

    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)

    @classmethod
    def of(cls, key: str) -> HashedKey:
        """The hash of a key.

        Raises: ValueError saying what is wrong with the key, without the key.
        """
        if not key.strip():
            raise ValueError("is empty; give a key or unset it")
        if not key.isprintable() or key != key.strip():
            raise ValueError("has spaces around it or characters that no header can carry")
        if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
            raise ValueError(
                f"must have {SHORTEST_KEY} to {LONGEST_KEY} characters; `openssl rand -hex 16` makes one"
            )
        salt = secrets.token_bytes(16)
        return cls(salt, _hash(salt, key.encode()))

    def fits(self, given: bytes) -> bool:
        """Whether this is the key; takes the same time whatever is given."""
        return hmac.compare_digest(_hash(self.salt, given), self.digest)


def _hash(salt: bytes, key: bytes) -> bytes:
    return hmac.digest(salt, key, hashlib.sha256)
