"""Reading what stands at an address of the web, for those who have turned the network on."""

import re
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import PurePosixPath
from ssl import SSLContext
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpcore

from index.address import Allowed, is_public, source_of
from index.errors import UnreadableFile
from index.formats.suffixes import SUFFIXES

MOST_BYTES = 100_000_000
"""Bytes that an address may send."""

MOST_SECONDS = 60.0
"""Seconds in which they must arrive."""

_PAUSES = dict.fromkeys(("connect", "read", "write", "pool"), 10.0)
"""Seconds to wait for a connection, and for each piece."""

_HEADERS: dict[bytes | str, bytes | str] = {"User-Agent": "Cited", "Accept-Encoding": "identity", "Accept": "*/*"}

_REDIRECTS = 5

_LEADING = (301, 302, 303, 307, 308)
"""The statuses of redirections."""

_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
"""The media types that are read, and the suffixes of such files."""

_UNTOLD = {"", "application/octet-stream", "binary/octet-stream"}
"""Media types that do not say what is sent. The address may."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address.

    Attributes:
        name: the name of a file for it, with the suffix of its type.
        data: its bytes.
        source: the address and the time of reading, in words: the source of its document.
    """

    name: str
    data: bytes
    source: str


def fetch(address: str, is_allowed: Allowed = is_public) -> Fetched:
    """Return what stands at an address, or where that redirects to.

    Proxies, cookies and passwords are not used. A name is resolved once for each connection, which is made to one of
    the addresses that were checked, so that the name cannot lead elsewhere meanwhile.

    Args:
        address: `http://…` or `https://…`.
        is_allowed: tells to which network addresses connections may be made.

    Raises:
        UnreadableFile: the address is malformed, leads to a network address that is not allowed, answers with an
            error, sends nothing that Cited reads, or too much, or too slowly.
    """
    shown, connecting = address, _Checking(is_allowed, time.monotonic() + MOST_SECONDS)
    with httpcore.ConnectionPool(network_backend=connecting) as pool, _in_sentences(shown):
        for _ in range(_REDIRECTS + 1):
            headers = _HEADERS | {"Host": _host(address, shown)}
            with pool.stream("GET", address, headers=headers, extensions={"timeout": _PAUSES}) as answer:
                told = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
                if answer.status in _LEADING and b"location" in told:
                    address = urljoin(address, told[b"location"]).partition("#")[0]
                    continue
                if answer.status != 200:
                    raise UnreadableFile(f"{shown} answers {answer.status}; see whether the address is right.")
                name = _named(address, told.get(b"content-type", ""), shown)
                data = b"".join(_bounded(answer.iter_stream(), shown))
            return Fetched(name, data, source_of(address, datetime.now(UTC)))
    raise UnreadableFile(f"{shown} redirects more than {_REDIRECTS} times.")


class _Checking(httpcore.NetworkBackend):
    """Connects to network addresses that are allowed, and to no others, until a deadline."""

    def __init__(self, is_allowed: Allowed, deadline: float) -> None:
        self._is_allowed = is_allowed
        self._deadline = deadline
        self._connecting = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        if not all(self._is_allowed(ip_address(each.partition("%")[0])) for each in found):
            raise UnreadableFile(f"{host} is this machine or in a private network; Cited reads public addresses only.")
        error: Exception = httpcore.ConnectError("it has no network address")
        for each in sorted(found, key=len):  # those of version 4 first
            try:
                stream = self._connecting.connect_tcp(each, port, timeout, local_address, socket_options)
                return _Timed(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                error = refused
        raise error


class _Timed(httpcore.NetworkStream):
    """A connection on which nothing is read or written after a deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return min(left, timeout or left)


@contextmanager
def _in_sentences(shown: str) -> Iterator[None]:
    try:
        yield
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise UnreadableFile(f"{shown} does not answer in time; try again later.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError) as error:
        raise UnreadableFile(f"{shown} cannot be reached ({error}); see whether the address is right.") from error


def _host(address: str, shown: str) -> str:
    """Return the host and port of an address."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise UnreadableFile(f"{shown} leads to {address!r}, which is no address of the web; give one with http(s)://.")
    return parts.netloc


def _named(address: str, media_type: str, shown: str) -> str:
    """Return the name of a file for what an address sends."""
    path = PurePosixPath(unquote(urlsplit(address).path))
    kind = media_type.partition(";")[0].strip().lower()
    suffix = _TYPES.get(kind, path.suffix.lower() if kind in _UNTOLD else "")
    if suffix not in SUFFIXES:
        raise UnreadableFile(f"{shown} sends {kind or 'something of no type'}, which Cited does not read.")
    return (re.sub(r"[^\w.-]+", "-", path.stem)[:80].strip("-.") or "page") + suffix


def _bounded(pieces: Iterable[bytes], shown: str) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_BYTES:
            raise UnreadableFile(f"{shown} sends more than {MOST_BYTES // 1_000_000} MB.")
        yield piece
