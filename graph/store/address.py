"""Where a store is and who we are there: a value without the driver, so that it can be made and passed
cheaply.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """A Bolt address with the credentials for it; without a username the server is asked without
    authentication.

    `database` None means the server's default one. `read_only` says that the user cannot write whatever it
    sends.
    """

    uri: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    database: str | None = None
    read_only: bool = False
