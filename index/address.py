"""Addresses of the web, how the sources of documents name them, and where they may lead."""

import re
from collections.abc import Callable
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, IPv6Network

Allowed = Callable[[IPv4Address | IPv6Address], bool]
"""Tells whether connections may be made to a network address."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses of version 6 that lead to one of version 4, which may be private."""

_READ = re.compile(r"read on .{,60}? UTC: (https?://.*)", re.DOTALL)


def is_address(text: str) -> bool:
    """Return whether a text is an address of the web.

    >>> is_address("https://example.org/report.pdf"), is_address("report.pdf")
    (True, False)
    """
    return bool(re.match(r"https?://", text, re.IGNORECASE))


def address_of(source: str) -> str:
    """Return the address that a document's source names; of a file, the source itself.

    >>> address_of("read on 26 November 2026, 09:30 UTC: https://example.org/")
    'https://example.org/'
    """
    read = _READ.fullmatch(source)
    return read.group(1) if read else source


def source_of(address: str, read: datetime) -> str:
    """Return the source of a document that was read from an address: the address, and the time in UTC.

    >>> source_of("https://example.org/", datetime(2026, 11, 26, 9, 30))
    'read on 26 November 2026, 09:30 UTC: https://example.org/'
    """
    return f"read on {read.day} {read:%B %Y, %H:%M} UTC: {address}"


def is_public(network_address: IPv4Address | IPv6Address) -> bool:
    """Return whether a network address is one of the internet: not private, loopback, link-local or reserved."""
    if isinstance(network_address, IPv6Address):
        if network_address.ipv4_mapped:
            return is_public(network_address.ipv4_mapped)
        if network_address.sixtofour or network_address.teredo or network_address in _TRANSLATED:
            return False
    return network_address.is_global and not network_address.is_multicast
