"""What comes before the page's server: nothing passes that the page and `/ask` do not need."""

import asyncio
import json
import re
from collections.abc import Iterable
from typing import Any

import pytest

from page import gate, limits
from page.access import Access, Everybody
from page.gate import Gate, Message, Receive, Send
from page.serving import Serving
from tests.conftest import RunPython

HOST = (b"host", b"127.0.0.1:7860")

NEEDED = {
    ("GET", "/"),
    ("HEAD", "/"),
    ("GET", "/config"),
    ("GET", "/theme.css"),
    ("GET", "/favicon.ico"),
    ("GET", "/assets/x"),
    ("GET", "/static/x"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/queue/data"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/call"),
    ("POST", "/upload"),
    ("GET", "/healthz"),
    ("GET", "/v1/documents"),
    ("GET", "/v1/models"),
    ("GET", "/v1/openapi.json"),
    ("POST", "/v1/add"),
    ("POST", "/v1/ask"),
    ("POST", "/v1/chat/completions"),
    ("POST", "/v1/remove"),
    ("POST", "/v1/rename"),
    ("POST", "/v1/search"),
    ("POST", "/v1/verify"),
}
"""What a browser with the page, and gradio_client asking `/ask`, were seen to ask for, and nothing else."""

ROUTES = """
import json, app

def paths(routes, before=""):
    for route in routes:
        inside = getattr(getattr(route, "original_router", route), "routes", None)
        path = before + getattr(route, "path", "")
        yield from paths(inside, path) if inside else [path]

served = app.application(app.page(), app.Metrics({}), has_mcp=True)
print(json.dumps(list(paths(served.routes))))
"""
"""Prints the path of every route that the server has. Elsewhere, because Gradio leaves event loops open."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Recorder:
    """An application that answers everything, and remembers what it was asked, and how."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.queries: list[bytes] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        self.asked.append((scope["method"], scope["path"]))
        self.queries.append(scope["query_string"])
        while (await receive()).get("more_body"):
            pass
        headers = [(b"content-type", b"text/html"), (b"x-frame-options", b"ALLOWALL")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"<script>1</script>"})


def test_of_all_routes_the_server_has_those_alone_are_open_that_are_needed(python: RunPython) -> None:
    recorder = Recorder()
    paths = {re.sub(r"\{[^}]*\}", "x", path) for path in json.loads(python("-c", ROUTES).stdout)}
    assert len(paths) > 60  # Gradio's are among them
    for path in paths:
        for method in METHODS:
            status, _, _ = _ask(recorder, path, method=method)
            assert status == 200 if (method, path) in recorder.asked else status in (404, 405)
    assert set(recorder.asked) == NEEDED


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=https://example.com/x.png",
        "/gradio_api/proxy=https://example.com/",
        "/gradio_api/run/predict",
        "/gradio_api/component_server/",
        "/gradio_api/upload",
        "/page/../app.py",
        "/gradio_api/call/ask",
        "/gradio_api/heartbeat/x",
        "/assets/../config",
        "/assets//etc/passwd",
        "/static/.env",
        "//assets/x",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_no_other_path_reaches_the_server(path: str, method: str) -> None:
    recorder = Recorder()
    status, _, _ = _ask(recorder, path, method=method)
    assert status in (404, 405)
    assert not recorder.asked


DOCUMENT = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        (f"/picture/{DOCUMENT}/500/1200", "GET", 200),
        (f"/picture/{DOCUMENT}/500/1200", "POST", 405),
        (f"/picture/{DOCUMENT}/500/1200", "HEAD", 405),
        (f"/picture/{DOCUMENT}/0/1200", "GET", 404),
        (f"/picture/{DOCUMENT}/5/12000", "GET", 404),
        (f"/picture/{DOCUMENT}/5/1200/x", "GET", 404),
        (f"/picture/{DOCUMENT[1:]}/5/1200", "GET", 404),
        (f"/picture/{DOCUMENT.upper()}/5/1200", "GET", 404),
        ("/picture/../app.py", "GET", 404),
        (f"/picture/{DOCUMENT}", "GET", 404),
    ],
)
def test_a_picture_is_asked_for_by_document_page_and_width_alone(path: str, method: str, status: int) -> None:
    recorder = Recorder()
    answered, headers, _ = _ask(recorder, path, method=method, query=b"x=1")
    assert answered == status
    assert recorder.queries == [b""] * (status == 200)
    assert headers["content-security-policy"] == gate.NOTHING


def test_options_that_nobody_needs_do_not_reach_the_server() -> None:
    recorder = Recorder()
    _ask(recorder, "/", query=b"deep_link=../../x")
    _ask(recorder, "/config", query=b"deep_link=../../x")
    assert recorder.queries == [b"", b""]


@pytest.mark.parametrize(
    "headers",
    [
        [HOST, (b"origin", b"https://example.com")],
        [HOST, (b"origin", b"null")],
        [HOST, (b"origin", b"http://127.0.0.1:3000")],
        [HOST, (b"origin", b"http://[")],
        [HOST, (b"origin", b"http://127.0.0.1:7860"), (b"origin", b"https://example.com")],
        [HOST, (b"sec-fetch-site", b"cross-site")],
        [HOST, (b"sec-fetch-site", b"same-site")],
        [(b"host", b"example.com")],
        [(b"host", b"[")],
        [(b"host", b"127.0.0.1:x[")],
        [HOST, (b"host", b"example.com")],
        [],
    ],
)
@pytest.mark.parametrize("path", ["/", "/upload", "/call", "/gradio_api/queue/join", f"/picture/{'0' * 64}/1/800"])
def test_no_other_site_can_ask_add_see_or_remove_anything(headers: list[tuple[bytes, bytes]], path: str) -> None:
    recorder = Recorder()
    method = "GET" if path == "/" or path.startswith("/picture") else "POST"
    status, _, body = _ask(recorder, path, method=method, headers=headers)
    assert (status, body.decode()) == (403, gate.FOREIGN)
    assert not recorder.asked


@pytest.mark.parametrize("site", [b"same-origin", b"none"])
def test_the_page_itself_and_who_opens_it_get_through(site: bytes) -> None:
    headers = [HOST, (b"origin", b"http://127.0.0.1:7860"), (b"sec-fetch-site", site)]
    assert _ask(Recorder(), "/", headers=headers)[0] == 200


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/", "GET", 200), ("/config", "GET", 200), ("/nothing", "GET", 404), ("/", "PUT", 405), ("/config", "POST", 405)],
)
def test_every_answer_says_that_a_browser_must_not_guess_frame_or_tell(path: str, method: str, status: int) -> None:
    answered, headers, _ = _ask(Recorder(), path, method=method)
    assert answered == status
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert ("sandbox" in headers["content-security-policy"]) == ((path, status) != ("/", 200))


def test_the_page_runs_no_script_but_its_own() -> None:
    _, headers, _ = _ask(Recorder(), "/")
    scripts = next(part for part in headers["content-security-policy"].split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='" in scripts  # of the script `1`


def test_a_fault_of_the_server_is_logged_and_answered_with_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(scope: Message, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    status, headers, body = _ask(broken, "/config")
    assert (status, body.decode()) == (500, gate.FAULT)
    assert headers["x-content-type-options"] == "nosniff"
    assert "ZeroDivisionError" in caplog.text
    assert [record.name for record in caplog.records] == ["cited.page"]


def test_a_request_that_is_too_large_is_refused_before_it_is_read() -> None:
    for body in (b"x" * (limits.REQUEST_BYTES + 1), *([b"x" * 1000] * 1001,)):
        declared = [(b"content-length", str(len(body)).encode())] if isinstance(body, bytes) else []
        status, headers, said = _ask(
            Recorder(), "/gradio_api/queue/join", method="POST", headers=[HOST, *declared], body=body
        )
        assert (status, said.decode()) == (413, gate.TOO_LARGE)
        assert headers["connection"] == "close"
    for upload in ("/upload", "/v1/add"):
        assert _ask(Recorder(), upload, method="POST", body=b"x" * (limits.REQUEST_BYTES + 1))[0] == 200
    for length in (b"100020001", b"9" * 5000, b"-1", b"x"):
        headers_sent = [HOST, (b"content-length", length)]
        assert _ask(Recorder(), "/upload", method="POST", headers=headers_sent)[0] in (400, 413)


def test_programs_are_refused_in_json() -> None:
    status, headers, body = _ask(Recorder(), "/v1/ask", method="POST", body=b"x" * (limits.REQUEST_BYTES + 1))
    assert (status, headers["content-type"]) == (413, "application/json")
    assert json.loads(body)["error"]["message"] == gate.TOO_LARGE


def test_a_request_that_is_not_finished_in_time_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PIECE_SECONDS", 0.05)
    status, headers, body = _ask(Recorder(), "/gradio_api/queue/join", method="POST", body=[b"{"], is_finished=False)
    assert (status, body.decode()) == (408, gate.TOO_SLOW)
    assert headers["connection"] == "close"


def test_what_is_no_request_of_http_gets_nowhere() -> None:
    recorder = Recorder()
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    asyncio.run(
        Gate(recorder, Everybody(), Serving().is_called)(
            {"type": "websocket", "path": "/", "headers": [HOST]}, receive, send
        )
    )
    assert [message["type"] for message in sent] == ["websocket.close"]
    assert not recorder.asked


def _ask(
    application: Any,
    path: str,
    *,
    method: str = "GET",
    query: bytes = b"",
    headers: Iterable[tuple[bytes, bytes]] = (HOST,),
    body: bytes | list[bytes] = b"",
    is_finished: bool = True,
    access: Access | None = None,
) -> tuple[int, dict[str, str], bytes]:
    """Return the status, headers and body with which the gate before `application` answers."""
    pieces = [body] if isinstance(body, bytes) else list(body)
    messages: list[Message] = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    messages[-1]["more_body"] = not is_finished
    sent: list[Message] = []

    async def receive() -> Message:
        if not messages:
            await asyncio.sleep(30)
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": list(headers)}
    asyncio.run(Gate(application, access or Everybody(), Serving().is_called)(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, b"".join(message["body"] for message in sent[1:])
