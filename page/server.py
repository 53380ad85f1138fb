"""Serves the page, with limits on connections and slow requests."""

import asyncio
import errno
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from index import CitedError
from page import limits
from page.gate import HEADERS, NOTHING, Application
from page.serving import Serving

_NO_HTTP = "\r\n".join(
    [
        "HTTP/1.1 400 Bad Request",
        *map(": ".join, HEADERS.items()),
        f"Content-Security-Policy: {NOTHING}",
        "Content-Type: text/plain; charset=utf-8",
        "Connection: close",
        "",
        "This is no HTTP request.",
    ]
).encode()
"""The answer to an invalid request."""


_SWITCH_SECONDS = 0.0005
"""Seconds after which a thread lets another run. A tenth of Python's own, as a question waits for it 100 times or more
while a large table is added.
"""


class NoPort(CitedError):
    """Every port to try is in use by another program."""


class _Protocol(H11Protocol):
    """HTTP/1.1; a connection is closed if the headers of a request do not arrive in time."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._arrived()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and self._is_idle():
            self._expect()
        super().data_received(data)
        if not self._is_idle():
            self._arrived()

    def send_400_response(self, msg: str) -> None:
        self.transport.write(_NO_HTTP)
        self.transport.close()

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _expect(self) -> None:
        self._deadline = self.loop.call_later(limits.HEADER_SECONDS, self._close)

    def _arrived(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _close(self) -> None:
        if self._is_idle():
            self.transport.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()


def serve(application: Application, serving: Serving, announce: Callable[[str], None]) -> None:
    """Serve until interrupted, on the first free of the ports to try.

    Args:
        application: the ASGI application to serve.
        serving: where to serve it.
        announce: called with the page's address once it is served.

    Raises:
        NoPort: none is free.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    with _listener(serving) as listener:
        host = f"[{serving.host}]" if ":" in serving.host else serving.host
        address = f"http://{host}:{listener.getsockname()[1]}/"
        config = uvicorn.Config(
            application,
            http=_Protocol,
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=limits.CONNECTIONS,
            timeout_graceful_shutdown=2,
        )
        with _stopped_by_signals():
            _Server(config, lambda: announce(address)).run(sockets=[listener])


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """End the block, and not the process, on Ctrl-C and SIGTERM: what the server keeps is still to be deleted.

    uvicorn raises both signals again after its shutdown.
    """
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _listener(serving: Serving) -> socket.socket:
    """Return a socket at the first free port."""
    ports = serving.ports
    for port in ports:
        listener = socket.socket(socket.AF_INET6 if ":" in serving.host else socket.AF_INET)
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((serving.host, port))
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return listener
    if len(ports) == 1:
        raise NoPort(f"Port {ports[0]} is in use; end its program, or name another port with --port.")
    raise NoPort(f"No port from {ports[0]} to {ports[-1]} is free; set GRADIO_SERVER_PORT to another first one.")
