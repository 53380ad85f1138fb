"""The line in which questions wait, and the calls that wait in it."""

import asyncio
import re
import threading
from collections.abc import Callable
from typing import Annotated, Any

import pytest
from pydantic import Field
from starlette.requests import Request

from index import UnknownDocument, UnusableQuestion
from page import gate
from page.access import Everybody
from page.calls import Calls, Forgotten
from page.gate import Gate, Message, Receive, Send
from page.line import Busy, Gone, Line
from page.serving import Serving


async def here() -> bool:
    return False


def test_no_more_is_done_at_a_time_than_may_be_and_whoever_comes_first_is_served_first() -> None:
    done: list[int] = []
    at_work = most = 0

    async def work(line: Line, number: int) -> None:
        nonlocal at_work, most
        async with line.turn(here):
            at_work += 1
            most = max(most, at_work)
            await asyncio.sleep(0.001)
            done.append(number)
            at_work -= 1

    async def all_work() -> None:
        line = Line(at_once=3, longest=50)
        await asyncio.gather(*(work(line, number) for number in range(40)))

    asyncio.run(all_work())
    assert most == 3
    assert done == list(range(40))


def test_whoever_comes_when_as_many_wait_as_may_is_told_how_many_are_ahead() -> None:
    async def crowd() -> list[str | None]:
        line = Line(at_once=1, longest=2)

        async def work() -> str | None:
            try:
                async with line.turn(here):
                    await asyncio.sleep(0.01)
            except Busy as busy:
                return str(busy)
            return None

        said = await asyncio.gather(*(work() for _ in range(5)))
        assert await work() is None  # there is room again
        return said

    said = asyncio.run(crowd())
    assert said[:3] == [None] * 3
    assert all(sentence and "busy, 3 ahead" in sentence for sentence in said[3:])


def test_what_was_asked_by_who_has_gone_is_not_done_and_keeps_nobody_waiting() -> None:
    async def scene() -> list[str]:
        line, done = Line(at_once=1, longest=2), []
        free = asyncio.Event()

        async def gone() -> bool:
            return True

        async def work(name: str, is_gone: Callable[[], Any]) -> None:
            async with line.turn(is_gone):
                done.append(name)
                await free.wait()

        first = asyncio.create_task(work("first", here))
        await asyncio.sleep(0)
        left = asyncio.create_task(work("left", gone))
        cancelled = asyncio.create_task(work("cancelled", here))
        with pytest.raises(Gone):
            await left
        cancelled.cancel()
        with pytest.raises(asyncio.CancelledError):
            await cancelled
        last = [asyncio.create_task(work(name, here)) for name in ("last", "very last")]
        free.set()
        await asyncio.gather(first, *last)
        return done

    assert asyncio.run(scene()) == ["first", "last", "very last"]


def test_a_program_has_gone_when_it_no_longer_listens_but_not_before_it_begins() -> None:
    seen: list[bool] = []

    async def scene() -> None:
        is_gone = gate.departure("me")

        async def answering(scope: Message, receive: Receive, send: Send) -> None:
            seen.append(await is_gone())
            await send({"type": "http.response.start", "status": 200})
            await send({"type": "http.response.body"})

        seen.append(await is_gone())
        await _reach(
            Gate(answering, Everybody(), Serving().is_called),
            "/gradio_api/queue/data",
            "GET",
            b"",
            query=b"session_hash=me",
        )
        seen.append(await is_gone())

    asyncio.run(scene())
    assert seen == [False, False, True]


def test_a_program_that_never_listens_has_gone_when_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LISTENS_WITHIN", -1.0)
    assert asyncio.run(_is_gone("nobody"))


async def _is_gone(session: str) -> bool:
    return await gate.departure(session)()


def greet(name: Annotated[str, Field(max_length=20)], times: int, among: list[str] | None) -> str:
    errors = {"question": UnusableQuestion("Ask."), "document": UnknownDocument("x"), "chat": Forgotten("Begin.")}
    if name in errors:
        raise errors[name]
    return f"{10 // times} {name} {among}"


def test_a_call_is_answered_in_a_thread_of_its_own() -> None:
    threads = []

    def work() -> None:
        threads.append(threading.current_thread())

    assert _called({work: Line(1, 1)}, b'{"function": "work", "arguments": {}}') == (200, b"null")
    assert threads != [threading.main_thread()]


@pytest.mark.parametrize(
    ("data", "answered"),
    [
        ('{"name": "Ann", "times": 5, "among": ["x"]}', """"2 Ann ['x']\""""),
        ('{"name": "question", "times": 1, "among": null}', '{"error":"Ask.","kind":'),
        ('{"name": "chat", "times": 1, "among": null}', '{"error":"Begin.","kind":'),
        ('{"name": "document", "times": 1, "among": null}', '{"error":"This document has been removed;'),
        ('{"name": "Ann", "times": 0, "among": null}', '{"error":"Something went wrong in Cited (ZeroDivisionError)'),
    ],
)
def test_a_call_gets_its_result_or_a_sentence(data: str, answered: str) -> None:
    status, body = _called({greet: Line(1, 1)}, f'{{"function": "greet", "arguments": {data}}}'.encode())
    assert status == 200
    assert body.decode().startswith(answered)


def test_a_fault_is_logged_with_its_trace_under_the_number_that_is_told(caplog: pytest.LogCaptureFixture) -> None:
    call = b'{"function": "greet", "arguments": {"name": "Ann", "times": 0, "among": null}}'
    _, said = _called({greet: Line(1, 1)}, call)
    number = re.search(rb"as fault (\w{8})\.", said)
    assert number
    assert f"Fault {number[1].decode()} in greet" in caplog.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    "call",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        "null",
        "{}",
        '{"function": "greet"}',
        '{"function": "greet", "arguments": null}',
        '{"function": "greet", "arguments": []}',
        '{"function": "greet", "arguments": {}}',
        '{"function": ["greet"], "arguments": {}}',
        '{"function": "__init__", "arguments": {}}',
        '{"function": "greet", "arguments": {"name": 5, "times": 1, "among": null}}',
        '{"function": "greet", "arguments": {"name": "Ann", "times": "1", "among": null}}',
        '{"function": "greet", "arguments": {"name": "Ann", "times": 1, "among": "all"}}',
        '{"function": "greet", "arguments": {"name": "Ann", "times": 1, "among": [1]}}',
        '{"function": "greet", "arguments": {"name": "Ann", "times": 1, "among": null, "more": 1}}',
        '{"function": "greet", "arguments": {"name": "Ann Ann Ann Ann Ann Ann", "times": 1, "among": null}}',
    ],
)
def test_a_malformed_call_is_refused_with_a_sentence(call: str, caplog: pytest.LogCaptureFixture) -> None:
    status, body = _called({greet: Line(1, 1)}, call.encode())
    assert status == 400
    assert b"The call is malformed" in body
    assert not caplog.records


def _called(functions: dict[Callable[..., Any], Line | None], body: bytes) -> tuple[int, bytes]:
    async def answering(scope: Message, receive: Receive, send: Send) -> None:
        response = await Calls(functions).receive(Request(scope, receive))
        await response(scope, receive, send)

    sent = _asked(answering, "/call", "POST", body)
    return sent[0]["status"], sent[1]["body"]


def _asked(application: Any, path: str, method: str, body: bytes) -> list[Message]:
    return asyncio.run(_reach(application, path, method, body))


async def _reach(application: Any, path: str, method: str, body: bytes, query: bytes = b"") -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": [(b"host", b"localhost")],
    }
    await application(scope, receive, send)
    return sent
