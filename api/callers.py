"""Who calls: what one caller has in common over many requests."""

from __future__ import annotations

import ipaddress

from starlette.types import Scope


def client_of(scope: Scope) -> str:
    """The address that a request comes from."""
    return str(scope["client"][0]) if scope.get("client") else ""


def network_of(client: str) -> str:
    """What stands for a caller: an IPv4 address, or the network that somebody with IPv6 usually owns."""
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
