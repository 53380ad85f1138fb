"""Who may send requests: those who know the token, those with a password, or everybody."""

import asyncio
import base64
import binascii
import hashlib
import hmac
import time
from collections import OrderedDict
from typing import Protocol
from urllib.parse import parse_qs

from page import cookies
from page.cookies import Headers
from page.passwords import Passwords

NO_TOKEN = "Open Cited at the address that it printed when it started; programs send its token as a Bearer token."

NO_PASSWORD = "Cited asks for a name and a password, and these are not known."

_TRIES = 5
"""Wrong tries of one address before it must wait."""

_LONGEST_WAIT = 60.0
"""Seconds that an address must wait at most after a wrong try."""

_REMEMBERED = 1000
"""Addresses, and right passwords, that are remembered at most."""


class Denied(Exception):
    """The request is not admitted. The arguments are the status and the sentence to answer with, and headers."""


class Access(Protocol):
    """Decides who may send requests."""

    def cookie(self, headers: Headers, query: bytes) -> str | None:
        """Return the cookie to set for a browser that opens an address with the right token; None for any other."""

    async def check(self, headers: Headers, client: str) -> str:
        """Return the name of who sends a request that is admitted; "" if nobody has a name.

        Args:
            headers: those of the request.
            client: the network address from which the request comes.

        Raises:
            Denied: it is not.
        """


class Everybody:
    """Admits every request."""

    def cookie(self, headers: Headers, query: bytes) -> str | None:
        """Return None."""

    async def check(self, headers: Headers, client: str) -> str:
        """Return ""."""
        return ""


class ByToken:
    """Admits those who know a token: programs send it in a header, browsers in a cookie.

    A right token is admitted at once. After wrong ones, an address must wait for its next try.
    """

    def __init__(self, token: str) -> None:
        self._token = token
        self._tries = _Tries()

    def cookie(self, headers: Headers, query: bytes) -> str | None:
        """Return the cookie to set for a browser that opens an address with the token; None for any other."""
        given = parse_qs(query.decode("latin-1")).get("token", [""])[0]
        if not self._is_right(given):
            return None
        return cookies.cookie(cookies.TOKEN, self._token, headers)

    async def check(self, headers: Headers, client: str) -> str:
        """Return "" if the request has the token, in a cookie or as a Bearer token."""
        given = [value for kind, value in _authorizations(headers) if kind == "bearer"]
        given += cookies.cookies(cookies.TOKEN, headers)
        if any(map(self._is_right, given)):
            return ""
        if given:
            self._tries.check(client)
            self._tries.failed(client)
        raise Denied(401, NO_TOKEN, [("www-authenticate", 'Bearer realm="Cited"')])

    def _is_right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())


class ByPassword:
    """Admits those with a password. Browsers ask for it; programs send `NAME:PASSWORD`, as Basic or Bearer.

    A password that was right is remembered as a hash, for scrypt takes long on purpose. After wrong tries, an address
    must wait for its next one.
    """

    def __init__(self, passwords: Passwords) -> None:
        self._passwords = passwords
        self._tries = _Tries()
        self._right: OrderedDict[bytes, None] = OrderedDict()
        self._checking = asyncio.Lock()  # so that no address tries many at a time

    def cookie(self, headers: Headers, query: bytes) -> str | None:
        """Return None: browsers send the password themselves."""

    async def check(self, headers: Headers, client: str) -> str:
        """Return the name if the request has one with its password."""
        given = [_credentials(kind, value) for kind, value in _authorizations(headers)]
        if not given:
            raise _no_password()
        credentials = given[0]
        digest = hashlib.sha256(credentials.encode("utf-8", "surrogatepass")).digest()
        name, _, password = credentials.partition(":")
        if digest in self._right:
            return name
        async with self._checking:
            if digest in self._right:  # another request has had it checked meanwhile
                return name
            self._tries.check(client)
            if not await asyncio.to_thread(self._passwords.holds, name, password):
                self._tries.failed(client)
                raise _no_password()
        self._right[digest] = None
        while len(self._right) > _REMEMBERED:
            self._right.popitem(last=False)
        return name


class _Tries:
    """The wrong tries of each address. Each one from the fifth on doubles the time to wait for the next."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def check(self, client: str) -> None:
        """Raise `Denied` if `client` must still wait."""
        _, until = self._wrong.get(client, (0, 0.0))
        if (wait := until - time.monotonic()) > 0:
            seconds = int(wait) + 1
            raise Denied(429, f"Too many wrong tries; wait {seconds} s.", [("retry-after", str(seconds))])

    def failed(self, client: str) -> None:
        """Note a wrong try."""
        number = self._wrong.pop(client, (0, 0.0))[0] + 1
        wait = min(_LONGEST_WAIT, 2.0 ** min(number - _TRIES, 10)) if number >= _TRIES else 0.0
        self._wrong[client] = number, time.monotonic() + wait
        while len(self._wrong) > _REMEMBERED:
            self._wrong.popitem(last=False)


def _no_password() -> Denied:
    return Denied(401, NO_PASSWORD, [("www-authenticate", 'Basic realm="Cited", charset="UTF-8"')])


def _authorizations(headers: Headers) -> list[tuple[str, str]]:
    """Return the kind, in lower case, and the value of each `Authorization`."""
    parts = (value.partition(" ") for name, value in headers if name == "authorization")
    return [(kind.lower(), value.strip()) for kind, _, value in parts]


def _credentials(kind: str, value: str) -> str:
    """Return `NAME:PASSWORD`; "" if it is given in another way."""
    if kind == "bearer":
        return value.encode("latin-1").decode("utf-8", "replace")
    try:
        return base64.b64decode(value, validate=True).decode("utf-8") if kind == "basic" else ""
    except (binascii.Error, ValueError):
        return ""
