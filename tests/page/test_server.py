"""The page's server, by its own protocol: what it takes, what it keeps, and what it does when much is asked."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import repeat
from pathlib import Path
from subprocess import PIPE
from typing import Any

import httpx
import pytest
from gradio_client import Client

from bench.fuzz import SAMPLES, Calling, fuzz
from bench.restart import Traffic
from bench.served import ROOT, authorization, call, free_port, served, upload
from page import limits
from page.uploads import Uploads
from tests.conftest import RunPython

QUESTION = "who opened the conference?"
CROWD = 30


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(home) as (address, _):
        call(address, "ready")
        yield address


def test_a_crowd_of_pages_and_programs_is_answered_or_told_that_cited_is_busy(address: str) -> None:
    def ask(number: int) -> str:
        answered = call(address, "answer", chat=f"crowd-{number}", shown=0, question=QUESTION, documents=None)
        return str(answered.get("answer", answered.get("error")))

    waiting = {"timeout": 120}  # for a busy machine
    client = Client(address, verbose=False, headers=authorization(address), httpx_kwargs=waiting)
    with ThreadPoolExecutor(CROWD) as crowd:
        pages = [crowd.submit(ask, number) for number in range(CROWD)]
        programs = [client.submit(QUESTION, api_name="/ask") for _ in range(CROWD)]
        told = [page.result() for page in pages], [_outcome(program) for program in programs]
    for said in told:
        assert {sentence for sentence in said if "busy" not in sentence} <= {"Abdel Latif Hamouchi"}
    assert sum("busy" not in sentence for said in told for sentence in said) >= 44
    assert any("Cited is busy, 44 ahead of you" in sentence for said in told for sentence in said)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"data": ["a"], "fn_index": 99, "session_hash": "x"}',
        b'{"data": [5], "fn_index": 0, "session_hash": "x"}',
        b'{"data": ["a"], "fn_index": 0}',
    ],
)
def test_a_malformed_question_of_a_program_is_refused(address: str, body: bytes) -> None:
    status, said = _post(address, "/gradio_api/queue/join", body)
    assert (status, "malformed" in said) == (400, True)


@pytest.mark.parametrize("data", [None, [], "x", {}, {"document": 5}, {"document": "x" * 1000}])
def test_a_malformed_call_is_refused(address: str, data: Any) -> None:
    status, said = _post(address, "/call", json.dumps({"function": "source", "arguments": data}).encode())
    assert (status, "malformed" in said) == (400, True)


@pytest.mark.parametrize("header", ["Host: [", "Host: 127.0.0.1\r\nOrigin: http://["])
def test_a_malformed_host_or_origin_is_refused(address: str, header: str) -> None:
    answer = _raw(address, f"GET / HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 403")
    assert b"x-content-type-options: nosniff" in answer.lower()


def test_what_is_no_request_is_refused_with_the_same_headers(address: str) -> None:
    answer = _raw(address, b"\x00\x01\x02\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"X-Content-Type-Options: nosniff" in answer
    assert b"frame-ancestors 'none'" in answer


def test_a_connection_on_which_no_request_begins_in_time_is_closed(address: str) -> None:
    sent = (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    began = time.monotonic()
    with ThreadPoolExecutor(len(sent)) as threads:
        assert list(threads.map(_raw, repeat(address), sent)) == [b""] * len(sent)
    assert limits.HEADER_SECONDS - 0.5 < time.monotonic() - began < limits.HEADER_SECONDS + 5


def test_a_copy_of_a_file_is_deleted_once_it_is_read(address: str, home: Path) -> None:
    for name, content in (("tide.txt", b"The tide turned at noon."), ("broken.pdf", b"%PDF-1.7 broken")):
        path = upload(address, name, content)
        copies = [file for file in (home / "cache").rglob("*") if file.name == name]
        assert len(copies) == 1
        assert stat.S_IMODE(copies[0].stat().st_mode) == 0o600
        assert stat.S_IMODE(copies[0].parent.stat().st_mode) == 0o700
        call(address, "add", path=path, name=name)
        assert not copies[0].exists()
        assert "was not uploaded" in call(address, "add", path=path, name=name)["error"]


def test_an_email_is_added_with_what_is_attached_to_it(address: str) -> None:
    email = ROOT / "tests" / "index" / "formats" / "cases" / "mail-accounts.eml"
    said = call(address, "add", path=upload(address, "a.eml", email.read_bytes()), name="a.eml")
    titles = {document["title"]: document["about"] for document in call(address, "documents")}

    assert said["outcome"].startswith(
        "added; with attachment “repairs.xlsx” of “Accounts of the Skarv” (not read: 1 hid"
    )
    assert titles["attachment “sailings.csv” of “Accounts of the Skarv”"] == "a.eml"


def test_the_pages_of_a_pdf_are_drawn_until_it_is_removed_and_kept_by_no_browser(address: str) -> None:
    cases = ROOT / "tests" / "index" / "formats" / "cases"
    added = call(
        address, "add", path=upload(address, "a.pdf", (cases / "inspection-report.pdf").read_bytes()), name="a.pdf"
    )
    document = added["document"]
    assert [[round(edge) for edge in size] for size in call(address, "open_pages", document=document)] == [
        [595, 842]
    ] * 2
    assert call(address, "words", document=document, page=3) == []
    picture = urllib.request.Request(f"{address}/picture/{document}/2/600", headers=authorization(address))
    with pytest.raises(urllib.error.HTTPError, match="401"), closing(urllib.request.urlopen(picture.full_url)):
        pass
    with urllib.request.urlopen(picture) as answered:
        assert answered.read(8) == b"\x89PNG\r\n\x1a\n"
        assert (answered.headers["Cache-Control"], answered.headers["Content-Type"]) == ("no-store", "image/png")
    call(address, "remove", document=document)
    with pytest.raises(urllib.error.HTTPError) as refused, closing(urllib.request.urlopen(picture)):
        pass
    assert refused.value.code == 404
    assert "removed" in refused.value.read().decode()


def test_what_is_no_pdf_has_no_pages(address: str) -> None:
    for document in call(address, "documents"):
        assert call(address, "open_pages", document=document["id"]) == []


def test_no_call_reads_another_file_than_a_copy(address: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The key is under the mat.", encoding="utf-8")
    for path in (str(secret), "../" * 8 + "etc/passwd", "", "."):
        assert "error" in call(address, "add", path=path[:100], name="secret.txt")
    assert secret.exists()


@pytest.mark.parametrize(
    "name", ["../../../out.txt", "/tmp/out.txt", "..\\..\\out.txt", "..", "C:\\out.txt", "~/out.txt"]
)
def test_no_name_of_a_file_leads_out_of_the_folder_of_copies(address: str, home: Path, name: str) -> None:
    copies = home / "cache" / "cited" / "uploads"
    before = {file for file in home.rglob("*") if file.is_file()}
    copy = upload(address, name, b"The tide turned.")
    (kept,) = {file for file in home.rglob("*") if file.is_file()} - before
    assert kept.parent.name == copy
    assert kept.resolve().parent.parent.parent == copies.resolve()
    assert call(address, "cancel", path=copy)


@pytest.mark.parametrize(
    "path",
    ["/page/%2e%2e/app.py", "/page/..%2f..%2fetc/passwd", "/picture/..%2f..%2fetc%2fpasswd/1/100", "/..%5capp.py"],
)
def test_no_path_leads_out_of_what_is_served_whatever_its_spelling(address: str, path: str) -> None:
    assert _raw(address, _get(address, path)).startswith(b"HTTP/1.1 404")


def test_no_header_of_an_answer_and_no_answer_is_forged_by_what_is_sent(address: str) -> None:
    for path in ("/x%0d%0aX-Forged:%20yes", "/?token=x%0d%0aX-Forged:%20yes", "/healthz?x=%0d%0aX-Forged:%20yes"):
        answer = _raw(address, _get(address, path, "Origin: http://127.0.0.1%0d%0aX-Forged: yes"))
        assert answer.startswith(b"HTTP/1.1 ")
        assert answer.count(b"HTTP/1.1 ") == 1
        assert b"x-forged" not in answer.lower()


def test_connections_that_send_nothing_keep_nobody_waiting(address: str) -> None:
    port = int(address.rpartition(":")[2])
    with ExitStack() as held:
        for _ in range(100):
            slow = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            slow.sendall(b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n")
        began = time.monotonic()
        assert ".pdf" in call(address, "suffixes")
        assert time.monotonic() - began < limits.HEADER_SECONDS


def test_a_file_with_a_name_that_no_system_knows_is_refused_with_a_sentence(address: str) -> None:
    path = upload(address, "a.txt", b"The tide turned again.")
    said = call(address, "add", path=path, name="x" * 100_000)
    assert said["error"] == "The file's name has 100,000 characters; give it 255 or fewer."


def test_all_that_the_server_writes_is_for_its_user_alone(address: str, home: Path) -> None:
    call(address, "add", path=upload(address, "gull.txt", b"The gull took the bread."), name="gull.txt")
    turn = call(address, "answer", chat="rated", shown=0, question="what did the gull take?", documents=None)
    call(address, "rate", chat="rated", turn=turn["id"], useful=True)
    written = [file for place in ("cache/cited", "data/cited", "collection") for file in (home / place).rglob("*")]
    assert any(file.name == "feedback.jsonl" for file in written)
    assert any(file.name == "collection.sqlite" for file in written)
    for file in written:
        mode = stat.S_IMODE(file.stat().st_mode)
        assert mode == (0o700 if file.is_dir() else 0o600), file


def test_whatever_the_page_calls_is_done_or_refused_in_a_sentence(address: str) -> None:
    # `python -m bench.fuzz calls` calls more. It comes last, for it also changes documents and settings.
    with httpx.Client(base_url=address, headers=authorization(address), timeout=120) as client:
        assert fuzz(Calling(client, [SAMPLES / "inspection-report.pdf"]), 60) == {}


def test_copies_that_a_killed_server_has_left_are_deleted_when_the_next_one_starts(
    python: RunPython, tmp_path: Path
) -> None:
    killed = f"""
import os, pathlib
from page.uploads import Uploads
root = pathlib.Path({str(tmp_path)!r})
uploads = Uploads(root)
next(root.iterdir()).joinpath("left.txt").write_text("Left behind.")
os._exit(9)
"""
    assert python("-c", killed).returncode == 9
    assert list(tmp_path.rglob("left.txt"))
    with closing(Uploads(tmp_path)):
        assert not list(tmp_path.rglob("left.txt"))
        (running,) = tmp_path.iterdir()
        with closing(Uploads(tmp_path)):
            assert running.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_server_that_is_killed_at_work_loses_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    # `python -m bench.restart` kills ten times.
    traffic = Traffic(tmp_path)
    for documents in (2, 1):
        traffic.round(documents, seconds=0.1)
    traffic.finish()
    assert traffic.complaints == []
    assert len(traffic.added) >= 3


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a console's Ctrl-C is no signal there")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "as systemd and Docker stop it"])
def test_a_server_that_is_stopped_leaves_no_copy(tmp_path: Path, sign: signal.Signals) -> None:
    environment = {
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "GRADIO_SERVER_PORT": str(free_port()),
        "BROWSER": "true",
    }
    with subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=os.environ | environment, stdout=PIPE, stderr=PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert "Cited is at http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(sign)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")
    assert not list((tmp_path / "cache" / "cited" / "uploads").iterdir())


def _outcome(job: Any) -> str:
    try:
        return str(job.result()["text"])
    except Exception as error:
        return str(error)


def _post(address: str, path: str, body: bytes, kind: str = "application/json") -> tuple[int, str]:
    headers = {"Content-Type": kind} | authorization(address)
    request = urllib.request.Request(address + path, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def _get(address: str, path: str, header: str = "Accept: */*") -> bytes:
    """Return a request whose path is sent as it is spelled."""
    authorized = "".join(f"{name}: {value}\r\n" for name, value in authorization(address).items())
    host = address.removeprefix("http://")
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{authorized}{header}\r\nConnection: close\r\n\r\n".encode()


def _raw(address: str, sent: bytes) -> bytes:
    """Send bytes, and return all that comes back until the server closes the connection."""
    port = int(address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(sent)
        return b"".join(iter(lambda: connection.recv(65536), b""))
