"""Who may ask the page's server: the page itself, and programs on this machine, but no other site's page."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

HOSTS = frozenset({"127.0.0.1", "localhost"})

REFUSAL = "Cited answers its own page alone; open it at the address that it printed when it started."

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


class OwnOrigin:
    """Refuses, as ASGI middleware, what the pages of other sites have a browser ask.

    A browser sends such requests to the loopback interface too, and a site that lets its name point there (DNS
    rebinding) could read the answers. The first are told by their `Origin`, the second by their `Host`. Programs send
    no `Origin`.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_own(scope["headers"]):
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": REFUSAL.encode()})
        else:
            await self.app(scope, receive, send)


def _is_own(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    sent = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
    host = sent.get("host", "")
    origin = sent.get("origin")
    return urlsplit(f"//{host}").hostname in HOSTS and (origin is None or urlsplit(origin).netloc == host)
