"""Figures of a server in the text format of Prometheus."""

import logging
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from page.gate import Application, Message, Receive, Send
from page.line import Line
from qa.stages import watch

_KIND = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts what the server does from now on.

    Args:
        lines: the lines in which work waits, by their names.
    """

    def __init__(self, lines: Mapping[str, Line]) -> None:
        self._lines = lines
        self._threads = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._stages: Counter[str] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._faults = _Faults(logging.ERROR)
        logging.getLogger("cited").addHandler(self._faults)
        watch(self._note_stage)

    def counting(self, app: Application) -> Application:
        """Return an application that counts the requests to `app`, by path and status."""

        async def counted(scope: Message, receive: Receive, send: Send) -> None:
            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    # Only known paths are counted by name, so that no request can add lines.
                    known = scope["path"] if message["status"] not in (404, 405) else "other"
                    with self._threads:
                        self._requests[_group(known), message["status"]] += 1
                await send(message)

            await app(scope, receive, sent)

        return counted

    async def receive(self, request: Request) -> Response:
        """Answer with all figures, as the endpoint of a route."""
        return PlainTextResponse(self.text(), headers={"content-type": _KIND})

    def text(self) -> str:
        """Return all figures, each with what it means."""
        with self._threads:
            requests, stages, seconds = dict(self._requests), dict(self._stages), dict(self._seconds)
        refused = sum(number for (_, status), number in requests.items() if 400 <= status < 500)
        busy = sum(number for (_, status), number in requests.items() if status == 503)
        lines = [
            *_figure(
                "cited_questions_total",
                "counter",
                "Questions that were asked; the first is Cited's own, to load the models.",
                {"": stages.get("answer", 0)},
            ),
            *_figure("cited_refusals_total", "counter", "Requests that were refused.", {"": refused}),
            *_figure("cited_busy_total", "counter", "Requests that were told that Cited is busy.", {"": busy}),
            *_figure(
                "cited_errors_total",
                "counter",
                "Faults of Cited, each of which the log holds, however they were told.",
                {"": self._faults.number},
            ),
            *_figure(
                "cited_requests_total",
                "counter",
                "Requests by path and status.",
                {f'{{path="{path}",status="{status}"}}': number for (path, status), number in requests.items()},
            ),
            *_figure(
                "cited_queue_length",
                "gauge",
                "Pieces of work that run or wait.",
                {f'{{line="{name}"}}': line.length for name, line in self._lines.items()},
            ),
            *_figure(
                "cited_stage_seconds",
                "summary",
                "Seconds by stage of answering.",
                {f'_sum{{stage="{name}"}}': round(value, 6) for name, value in seconds.items()}
                | {f'_count{{stage="{name}"}}': number for name, number in stages.items()},
            ),
        ]
        return "\n".join(lines) + "\n"

    def _note_stage(self, name: str, seconds: float) -> None:
        with self._threads:
            self._stages[name] += 1
            self._seconds[name] += seconds


class _Faults(logging.Handler):
    """Counts what is logged as an error: the page and assistants are told of a fault in an answer that has arrived."""

    number = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record. The handler's lock is held meanwhile."""
        self.number += 1


def _figure(name: str, kind: str, meaning: str, values: Mapping[str, float]) -> list[str]:
    return [
        f"# HELP {name} {meaning}",
        f"# TYPE {name} {kind}",
        *(f"{name}{at} {value}" for at, value in values.items()),
    ]


def _group(path: str) -> str:
    """Return a path without the names of files."""
    return path if path.count("/") < 2 or path.startswith("/v1/") else path.split("/")[1]
