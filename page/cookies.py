"""Cookies by which a browser is known again."""

from collections.abc import Sequence
from http.cookies import CookieError, SimpleCookie

Headers = Sequence[tuple[str, str]]
"""Names in lower case, and values."""

TOKEN, SESSION = "cited", "cited-session"
"""The beginnings of the names of cookies: of the one with the token, and of the one that finds a session."""


def cookie(kind: str, value: str, headers: Headers) -> str:
    """Return the `Set-Cookie` that answers a request with `headers`. The browser forgets it when it is closed."""
    return f"{_name(kind, headers)}={value}; Path=/; HttpOnly; SameSite=Strict"


def cookies(kind: str, headers: Headers) -> list[str]:
    """Return the values of all cookies of one kind that a request brings."""
    wanted, values = _name(kind, headers), []
    for name, value in headers:
        if name == "cookie":
            for each in value.split(";"):
                try:
                    values += [morsel.value for key, morsel in SimpleCookie(each.strip()).items() if key == wanted]
                except CookieError:
                    continue
    return values


def _name(kind: str, headers: Headers) -> str:
    """Return a cookie's name. It names the port, for a browser sends cookies to every port of a host."""
    host = next((value for name, value in headers if name == "host"), "")
    port = host.rpartition(":")[2]
    return f"{kind}-{port if port.isdecimal() else '80'}"
