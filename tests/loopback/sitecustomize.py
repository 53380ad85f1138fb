"""Refuses every socket beyond loopback, in each process that imports this.

Python imports a module of this name when it starts: the folder stands in `PYTHONPATH`, so that the processes that tests
start refuse them too.
"""

import ipaddress
import sys
from typing import Any

_EVENTS = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"}
_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _EVENTS and isinstance(arguments[1], tuple):  # the address of a Unix socket is a path
        host = arguments[1][0]
    elif event in _LOOKUPS:
        host = arguments[0]
    else:
        return
    host = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if host is not None and not _is_loopback(host):
        raise PermissionError(f"Tests reach for nothing beyond loopback, and so not for {host!r}.")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


sys.addaudithook(_refuse)
