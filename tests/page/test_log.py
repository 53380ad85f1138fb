"""The log of a server holds no texts, and no line can be forged."""

import asyncio
import json
import logging
import sys

import pytest

from page.gate import Message, Receive, Send
from page.log import Json, Plain, noting

FORGED = "fine\n2026-01-01 cited: all is well\x1b[2K\u2028"


def record(message: str, *, error: bool = False) -> logging.LogRecord:
    found = None
    if error:
        try:
            int("who has the key to the safe?")
        except ValueError:
            found = sys.exc_info()
    return logging.LogRecord("cited.page", logging.ERROR, __file__, 1, message, (), found)


def test_a_message_stays_on_its_line() -> None:
    for formatter in (Plain(), Json()):
        line = formatter.format(record(FORGED))
        assert len(line.splitlines()) == 1
        assert "\x1b" not in line
    assert json.loads(Json().format(record(FORGED)))["message"] == FORGED


def test_a_path_forges_no_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def app(_scope: Message, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 404})

    async def ignored(_: Message) -> None:
        pass

    async def never() -> Message:
        raise AssertionError("The application reads nothing.")

    async def scene() -> None:
        await noting(app)({"type": "http", "method": "GET", "path": f"/{FORGED}"}, never, ignored)

    with caplog.at_level(logging.INFO, "cited.requests"):
        asyncio.run(scene())
    (noted,) = caplog.records
    for formatter in (Plain(), Json()):
        assert len(formatter.format(noted).splitlines()) == 1


def test_an_error_is_logged_with_its_kind_and_places_and_without_what_it_says() -> None:
    for formatter in (Plain(), Json()):
        line = formatter.format(record("Fault 1 in ask", error=True))
        assert "ValueError" in line
        assert "test_log.py, line" in line
        assert "safe" not in line
