"""Where a server listens: the wanted port, or the next free one when nobody insisted on it."""

from __future__ import annotations

import errno
import socket
import sys

from api.problems import PortTaken, SettingsUnusable
from api.settings import Settings

PORTS_TRIED = 100
BACKLOG = 512


def listen(settings: Settings) -> socket.socket:
    """A listening socket for the settings' host and port.

    Raises: PortTaken when the port was set and is taken, or none is free; SettingsUnusable for a host or port
    that this machine does not have.
    """
    last = settings.port if settings.port_fixed else min(settings.port + PORTS_TRIED, 65535)
    for port in range(settings.port, last + 1):
        found = _bound(settings.host, port)
        if found is not None:
            return found
    wanted = f"port {settings.port} is" if settings.port_fixed else f"ports {settings.port} to {last} are"
    raise PortTaken(f"{wanted} taken on {settings.host}: choose another with --port or ACTORGRAPH_PORT")


def address_of(listener: socket.socket, host: str) -> str:
    """The address to type into a browser; a server for all interfaces is reached over loopback."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port_of(listener)}"


def port_of(listener: socket.socket) -> int:
    """The port that a socket listens on."""
    return int(listener.getsockname()[1])


def _bound(host: str, port: int) -> socket.socket | None:
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as problem:
        raise SettingsUnusable(f"ACTORGRAPH_HOST: {host!r} is no address here: {problem.strerror}") from None
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would mean: take the port away from whoever listens
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(BACKLOG)
    except OSError as problem:
        listener.close()
        if problem.errno == errno.EADDRINUSE:
            return None
        raise SettingsUnusable(f"cannot listen on {host} port {port}: {problem.strerror}") from None
    listener.setblocking(False)
    return listener
