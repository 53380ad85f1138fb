"""How Cited is served: where, to whom, and with what beside the page."""

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path

from index import CitedError
from page.access import Access, ByPassword, ByToken, Everybody
from page.passwords import Passwords
from page.token import token

LOOPBACK = "127.0.0.1"

OWN_NAMES = frozenset({"127.0.0.1", "localhost"})
"""Names of this machine that no other site can have."""


class UnsafeServing(CitedError):
    """Other machines would reach the server, and nobody has said who may use it."""


@dataclass(frozen=True, slots=True)
class Serving:
    """How Cited is served.

    Attributes:
        collection: the address of the collection. By default the user's own one is served to this machine, and the
            bundled article alone to others.
        host: the network address to listen at.
        port: the port; by default the first free one from `GRADIO_SERVER_PORT`, or 7860.
        names: names by which others know this machine, besides its addresses.
        passwords: the file of passwords.
        is_open: whether everybody who reaches the port may use it.
        is_writable: whether those whom a server for others lets in may change the collection.
        has_metrics: whether figures are served at `/metrics`.
        has_mcp: whether assistants are served at `/mcp`.
        has_network: whether addresses of the web are read, if people name them.
        has_json_log: whether the log has a JSON object on each line.
    """

    collection: str | None = None
    host: str = LOOPBACK
    port: int | None = None
    names: tuple[str, ...] = ()
    passwords: Path | None = None
    is_open: bool = False
    is_writable: bool = False
    has_metrics: bool = False
    has_mcp: bool = False
    has_network: bool = False
    has_json_log: bool = False

    @property
    def is_local(self) -> bool:
        """Whether this machine alone can reach the server."""
        return is_loopback(self.host)

    @property
    def is_shared(self) -> bool:
        """Whether others may use the server than the account that runs it."""
        return not (self.is_local and self.has_token)

    @property
    def has_token(self) -> bool:
        """Whether the address holds a token."""
        return self.passwords is None and not self.is_open

    @property
    def ports(self) -> range:
        """The ports to try, in this order."""
        first = self.port or int(os.environ.get("GRADIO_SERVER_PORT", "7860"))
        return range(first, first + (1 if self.port else 100))

    def access(self) -> Access:
        """Return who may send requests.

        Raises:
            UnsafeServing: other machines reach the server, and there are neither passwords nor `is_open`; or others may
                change documents, and no collection is named.
            UnusablePasswords: the file of passwords cannot be used.
            NoToken: the token cannot be kept.
        """
        if self.is_shared and self.is_writable and not self.collection:
            raise UnsafeServing("With --writable others change documents; name their collection with --collection.")
        if self.passwords:
            return ByPassword(Passwords(self.passwords))
        if self.is_open:
            return Everybody()
        if not self.is_local:
            raise UnsafeServing(
                f"Other machines reach {self.host}; name a file of passwords with --auth FILE (cited password makes"
                " one), or give --no-auth to let everybody read the documents."
            )
        return ByToken(token())

    def is_called(self, name: str | None) -> bool:
        """Return whether a request for the host `name` means this server.

        A site can make its own name resolve to this machine (DNS rebinding), and so names must be given. It cannot
        do so with an address.
        """
        if name is None:
            return False
        return name in OWN_NAMES or name in self.names or (not self.is_local and _is_address(name))


def is_loopback(host: str) -> bool:
    """Return whether a network address can be reached by this machine alone."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
