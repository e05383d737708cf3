"""Names of hosts as browsers write them, and which of them only this machine can reach."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class HostName:
    """A host as a browser names it: lower case, no final dot, no brackets; port None where none is given."""

    name: str
    port: int | None


def parse_host(text: str) -> HostName | None:
    """The host and port of a Host header or of an allowed host; None when it is neither."""
    found = _HOST.fullmatch(text)
    if found is None:
        return None
    name, port = found["name"].strip("[]").lower().removesuffix("."), found["port"]
    if not name or (port is not None and not 0 < int(port) < 65536):
        return None
    if found["name"].startswith("[") and not is_address(name):
        return None
    return HostName(name, int(port) if port is not None else None)


def is_address(name: str) -> bool:
    """Whether a name is an IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_wildcard(name: str) -> bool:
    """Whether an address means every address of this machine."""
    return is_address(name) and ipaddress.ip_address(name).is_unspecified
