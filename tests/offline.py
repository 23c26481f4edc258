"""Keeps every test off the network: a run must need nothing but the machine it is on."""

import socket
import sys
from typing import Any

HERE = ("127.0.0.1", "::1", "localhost", "", "0.0.0.0", "::", None, socket.gethostname())
_ASKING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto", "socket.sendmsg")


class WentOut(PermissionError):
    """Something wanted to reach another machine."""


def forbid_the_network() -> None:
    """Raise `WentOut` whenever this process looks up, or connects to, another machine; until the process ends."""
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        one, address = args
        if one.family == socket.AF_UNIX or one.type == socket.SOCK_DGRAM:  # which sends nothing: it asks for one's own address
            return
        _only_here(event, address[0])
    elif event in _ASKING:
        where = args[0] if event.startswith("socket.get") else args[-1]
        _only_here(event, where[0] if isinstance(where, tuple) else where)


def _only_here(event: str, host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in HERE and not str(name).startswith("127."):
        raise WentOut(f"{event} of {name!r}: nothing may reach another machine")
