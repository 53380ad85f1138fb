"""The gate before the page's server: which requests pass, their limits, and the headers of every answer."""

import asyncio
import base64
import hashlib
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from page import limits
from page.access import Access, Denied
from page.collections import Collections
from page.sessions import Sessions

CALL, UPLOAD, FILES, PICTURES = "/call", "/upload", "/page", "/picture"
"""Paths of the page's calls, of its uploads, of its own scripts and styles, and of pictures of documents' pages. Gradio
does not see them."""

JOIN, _LISTEN, _INFO = "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/info"
"""Paths on which programs ask `/ask`, wait for its answers, and get its description."""

HEALTH, METRICS, MCP = "/healthz", "/metrics", "/mcp"
"""Paths that tell whether the server answers, of its figures, and of assistants. The last two are served on request."""

API = "/v1"
"""The beginning of all paths of the programs' interface."""

ROUTES = {
    "/": {"GET", "HEAD"},
    "/config": {"GET"},
    "/theme.css": {"GET"},
    "/favicon.ico": {"GET"},
    CALL: {"POST"},
    UPLOAD: {"POST"},
    _INFO: {"GET"},
    JOIN: {"POST"},
    _LISTEN: {"GET"},
    HEALTH: {"GET"},
    f"{API}/ask": {"POST"},
    f"{API}/search": {"POST"},
    f"{API}/documents": {"GET"},
    f"{API}/add": {"POST"},
    f"{API}/rename": {"POST"},
    f"{API}/remove": {"POST"},
    f"{API}/verify": {"POST"},
    f"{API}/models": {"GET"},
    f"{API}/chat/completions": {"POST"},
    f"{API}/openapi.json": {"GET"},
}
"""All that the page and programs need besides the files of `_FILES`: path → methods. Other requests are refused."""

OPTIONAL = {METRICS: {"GET"}, MCP: {"GET", "POST", "DELETE"}}
"""What is served on request only."""

_FILES = re.compile(r"/(assets|static|page)/\w[\w.-]*(/\w[\w.-]*)*")
"""Paths of scripts, styles and fonts: Gradio's, and the page's own."""

_PICTURES = re.compile(PICTURES + r"/[0-9a-f]{64}/[1-9]\d{0,4}/[1-9]\d{1,3}")
"""Paths of pictures: the id of a document, the number of its page, and the width in pixels."""

_UPLOADS = {UPLOAD, f"{API}/add"}
"""Paths at which files arrive, which may be large and take long."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer; Content-Security-Policy is added."""

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
"""Content-Security-Policy of everything but the page: if a browser shows it, it can do nothing."""

WELCOME = NOTHING.replace("; sandbox", "")
"""Content-Security-Policy of what leads to the page: a sandbox would not be led on."""

PAGE = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'none'"
)
"""Content-Security-Policy of the page. Scripts in Gradio's HTML are allowed by hash."""

FOREIGN = "Cited answers its own page alone; open it at the address that it printed when it started."
_UNKNOWN = "There is nothing here; open Cited's page at the address that it printed when it started."
TOO_LARGE = (
    f"The request is too large; files may have up to {limits.FILE_BYTES // 1_000_000} MB, and all else"
    f" {limits.REQUEST_BYTES // 1_000_000} MB."
)
TOO_SLOW = (
    f"The request did not arrive in time; send it again within {limits.REQUEST_SECONDS:.0f} s, a file within"
    f" {limits.FILE_SECONDS / 60:.0f} minutes, with no pause of {limits.PIECE_SECONDS:.0f} s."
)
FAULT = "Something went wrong in Cited; what it was is written where Cited was started."

listening: Counter[str] = Counter()
"""Number of connections that wait for answers of `/ask`, by session."""

LISTENS_WITHIN = 20.0
"""Seconds in which a program opens that connection after it has asked, however busy its machine is."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_log = logging.getLogger("cited.page")


class Gate:
    """The outermost ASGI application: passes on the requests that the page and local programs need, and no others.

    A browser lets any site's page send requests to the loopback interface. Such a request is recognised by `Origin` or
    `Sec-Fetch-Site`. A site whose name resolves to this machine (DNS rebinding) could even read the answers. Its
    requests are recognised by `Host`. Programs send neither `Origin` nor `Sec-Fetch-Site`.

    Args:
        app: the application behind the gate.
        access: decides who may send requests; `HEALTH` is open to all.
        is_called: tells whether a host's name means this server.
        optional: the paths of `OPTIONAL` that are served.
        sessions: finds the session of a request on a server for others.
        collections: finds that of a request on one's own machine, by the collection that its address names. Without
            either, all requests are of one session.
    """

    def __init__(
        self,
        app: Application,
        access: Access,
        is_called: Callable[[str | None], bool],
        *optional: str,
        sessions: Sessions | None = None,
        collections: Collections | None = None,
    ) -> None:
        self.app = app
        self._access = access
        self._is_called = is_called
        self._sessions = sessions
        self._collections = collections
        self._routes = ROUTES | {path: OPTIONAL[path] for path in optional}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on, by the rules of the gate."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            answer = _Answer(send, scope["path"])
            request = _Request(receive, scope["path"])
            try:
                if cookie := self._cookie(scope):
                    await answer.welcome(cookie)
                    return
                await self._admit(scope, answer)
                request.check_length(scope["headers"])
                await self._pass_on(_trimmed(scope), request, answer)
            except Denied as refused:
                await answer.refuse(*refused.args)
            except Exception:
                if not answer.is_complete:  # whoever answered it has logged it
                    _log.exception("%s %s failed", scope["method"], scope["path"])
                await answer.refuse(500, FAULT)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _cookie(self, scope: Message) -> str | None:
        """Return the cookie for a browser that opens the page with the token, wherever the address stood."""
        if scope["path"] != "/" or scope["method"] != "GET" or not self._is_ours(scope["headers"]):
            return None
        return self._access.cookie(_texts(scope["headers"]), scope["query_string"])

    async def _admit(self, scope: Message, answer: "_Answer") -> None:
        """Enter the session of a request.

        Raises:
            Denied: it is of another site, of somebody who is not admitted, or for what nobody needs.
        """
        headers, path = scope["headers"], scope["path"]
        if not (self._is_ours(headers) and _is_own(headers)):
            raise Denied(403, FOREIGN)
        is_file = _FILES.fullmatch(path) or _PICTURES.fullmatch(path)
        methods = {"GET"} if is_file else self._routes.get(path, set())
        if not methods:
            raise Denied(404, _UNKNOWN)
        if scope["method"] not in methods:
            raise Denied(405, _UNKNOWN, [("allow", ", ".join(sorted(methods)))])
        if path != HEALTH:
            client = (scope.get("client") or ("",))[0]
            name = await self._access.check(_texts(headers), client)
            if self._sessions:
                is_page = (path, scope["method"]) == ("/", "GET")
                answer.cookie = self._sessions.enter(_texts(headers), name or client, begins=is_page)
            elif self._collections:
                self._collections.enter(_option(scope, "collection"))

    def _is_ours(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        hosts = _values(headers, "host")
        try:
            return len(hosts) == 1 and self._is_called(urlsplit(f"//{hosts[0]}").hostname)
        except ValueError:  # a malformed IPv6 address, such as `[`
            return False

    async def _pass_on(self, scope: Message, request: "_Request", answer: "_Answer") -> None:
        async def answered(message: Message) -> None:
            if not request.refusal:  # nobody needs the application's answer to a request that was cut off
                await answer(message)

        session = _option(scope, "session_hash")
        with _counted(session if scope["path"] == _LISTEN else ""):
            try:
                await self.app(scope, request, answered)
            finally:
                if request.refusal:
                    raise request.refusal


class _Request:
    """The body of a request as it arrives, with limits on its size and time."""

    def __init__(self, receive: Receive, path: str) -> None:
        self._receive = receive
        is_upload = path in _UPLOADS
        self._left = limits.FILE_BYTES + limits.FORM_BYTES if is_upload else limits.REQUEST_BYTES
        self._deadline = time.monotonic() + (limits.FILE_SECONDS if is_upload else limits.REQUEST_SECONDS)
        self._is_complete = False
        self.refusal: Denied | None = None

    def check_length(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        for value in _values(headers, "content-length"):
            if not value.isdecimal():
                raise Denied(400, _UNKNOWN)
            if len(value) > 15 or int(value) > self._left:
                raise Denied(413, TOO_LARGE)

    async def __call__(self) -> Message:
        """Return the next piece of the body."""
        if self._is_complete:  # the application now waits for the client to disconnect
            return await self._receive()
        try:
            async with asyncio.timeout(min(limits.PIECE_SECONDS, self._deadline - time.monotonic())):
                message = await self._receive()
        except TimeoutError:
            self.refusal = Denied(408, TOO_SLOW)
            raise self.refusal from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.refusal = Denied(413, TOO_LARGE)
            raise self.refusal
        self._is_complete = not message.get("more_body", False)
        return message


class _Answer:
    """Sends an answer with the common headers. The page is sent in one piece, because its policy hashes its scripts."""

    def __init__(self, send: Send, path: str) -> None:
        self._send = send
        self._is_page = path == "/"
        self._is_for_programs = path.startswith(f"{API}/")
        self._start: Message | None = None
        self._is_started = False
        self.cookie = ""
        self.is_complete = False
        self._held: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Send a part of the answer, with the common headers."""
        if message["type"] == "http.response.start":
            self._start = message
            if not self._is_page:
                await self._begin(NOTHING)
        elif not self._is_page:
            await self._send(message)
            self.is_complete = not message.get("more_body", False)
        else:
            self._held.append(message.get("body", b""))
            if not message.get("more_body", False):
                body = b"".join(self._held)
                await self._begin(_page_policy(body.decode("utf-8", "replace")))
                await self._send({"type": "http.response.body", "body": body})
                self.is_complete = True

    async def refuse(self, status: int, sentence: str, more: Iterable[tuple[str, str]] = ()) -> None:
        if not self._is_started:
            kind = "application/json" if self._is_for_programs else "text/plain; charset=utf-8"
            body = json.dumps(fault(sentence)) if self._is_for_programs else sentence
            headers = [("content-type", kind), ("connection", "close"), *more]
            await self._whole(status, headers, NOTHING, body)

    async def welcome(self, cookie: str) -> None:
        """Set the cookie, and lead to the page. The page is asked for anew, so that the browser sends the cookie."""
        headers = [("content-type", "text/html; charset=utf-8"), ("set-cookie", cookie), ("cache-control", "no-store")]
        await self._whole(200, [*headers, ("refresh", "0; url=/")], WELCOME, '<a href="/">Cited</a>')

    async def _whole(self, status: int, headers: Iterable[tuple[str, str]], policy: str, body: str) -> None:
        encoded = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        self._start = {"type": "http.response.start", "status": status, "headers": encoded}
        await self._begin(policy)
        await self._send({"type": "http.response.body", "body": body.encode()})

    async def _begin(self, policy: str) -> None:
        assert self._start is not None, "an answer begins with its status"
        self._is_started = True
        ours = HEADERS | {"Content-Security-Policy": policy}
        names = {name.lower().encode() for name in ours}
        kept = [(name, value) for name, value in self._start.get("headers", ()) if name.lower() not in names]
        kept += [(b"set-cookie", self.cookie.encode())] * bool(self.cookie)
        headers = [*kept, *((name.lower().encode(), value.encode()) for name, value in ours.items())]
        await self._send({**self._start, "headers": headers})


def _is_own(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Return whether a request comes from our own page, from no page, or from a program."""
    hosts, origins = _values(headers, "host"), _values(headers, "origin")
    try:
        is_same = all(urlsplit(origin).netloc == hosts[0] for origin in origins)
    except ValueError:
        return False
    return is_same and set(_values(headers, "sec-fetch-site")) <= {"same-origin", "none"}


def _texts(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers]


def _values(headers: Iterable[tuple[bytes, bytes]], name: str) -> list[str]:
    return [value for key, value in _texts(headers) if key == name]


def _option(scope: Message, name: str) -> str:
    """Return an option in the address of a request; "" if it has none of this name."""
    query: str = scope["query_string"].decode("latin-1")
    return parse_qs(query).get(name, [""])[0]


def _trimmed(scope: Message) -> Message:
    """Return `scope` without compression and without options that nobody needs here, such as `deep_link`."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
    query = scope["query_string"] if scope["path"] in (_LISTEN, _INFO) else b""
    return {**scope, "headers": headers, "query_string": query}


def fault(sentence: str, kind: str = "refused") -> dict[str, Any]:
    """Return the JSON of an error for programs, in the form that OpenAI's clients know."""
    return {"error": {"message": sentence, "type": kind}}


def departure(session: str) -> Callable[[], Awaitable[bool]]:
    """Return a function that tells whether the program of `session`, which has just asked, has gone.

    A program asks first and then opens the connection on which it waits. It has gone if it has closed that connection,
    or has not opened it within `LISTENS_WITHIN`.
    """
    latest = time.monotonic() + LISTENS_WITHIN
    has_listened = False

    async def is_gone() -> bool:
        nonlocal has_listened
        listens = session in listening
        has_listened = has_listened or listens
        return not listens and (has_listened or time.monotonic() > latest)

    return is_gone


@contextmanager
def _counted(session: str) -> Iterator[None]:
    """Count a connection that waits for a session's answers in `listening`; do nothing without a session."""
    listening.update([session] * bool(session))
    try:
        yield
    finally:
        listening.subtract([session] * bool(session))
        if listening[session] <= 0:
            del listening[session]


def _page_policy(page: str) -> str:
    """Return the page's policy: only Gradio's own files and the scripts in the page itself may run."""
    scripts = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return PAGE.format(hashes=" ".join(f"'sha256-{value}'" for value in hashes))
