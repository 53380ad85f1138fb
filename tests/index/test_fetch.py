"""Addresses of the web: read if they are public, refused if they lead to this machine or a private network."""

import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import index.fetch
from index import Document, FolderCollection, UnreadableFile
from index.add import Change, add_address
from index.address import is_public
from index.fetch import fetch
from index.testing import BagOfWords
from qa.cli.program import main

PAGE = b"<html><title>The ferry</title><body><p>The ferry Skarv was sold to Bergen.</p></body></html>"

Answers = dict[str, tuple[int, dict[str, str], bytes]]


@pytest.fixture
def answers() -> Answers:
    """What the site answers, by path; tests add to it."""
    return {"/ferry": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE)}


@pytest.fixture
def asked() -> list[str]:
    """The paths that the site was asked for."""
    return []


@pytest.fixture
def site(answers: Answers, asked: list[str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, body = answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def here(network_address: Any) -> bool:
    """Let this one address stand for the internet."""
    return str(network_address) == "127.0.0.1"


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have a name lead to network addresses."""

    def name(host: str, *network_addresses: str) -> None:
        real = socket.getaddrinfo

        def found(asked: Any, port: Any, *more: Any, **options: Any) -> Any:
            if asked != host:
                return real(asked, port, *more, **options)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in network_addresses]

        monkeypatch.setattr(socket, "getaddrinfo", found)

    return name


def test_a_page_is_read_and_its_source_names_the_address_and_the_time(site: str, tmp_path: Path) -> None:
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        assert add_address(f"{site}/ferry", collection, is_allowed=here).change == Change.ADDED
        (document,) = collection
    assert (document.title, document.text) == ("The ferry", "The ferry Skarv was sold to Bergen.")
    assert document.source.startswith("read on ")
    assert document.source.endswith(f" UTC: {site}/ferry")


def test_an_address_that_is_read_again_takes_the_place_of_what_stood_there(
    site: str, answers: Answers, tmp_path: Path
) -> None:
    with FolderCollection(tmp_path / "c", BagOfWords()) as collection:
        collection.add(Document("The pier was painted green.", "pier", "pier.txt"))
        outcomes = [add_address(f"{site}/ferry", collection, is_allowed=here).change for _ in range(2)]
        answers["/ferry"] = (200, {"Content-Type": "text/plain"}, b"The ferry Skarv sank.")
        outcomes.append(add_address(f"{site}/ferry", collection, is_allowed=here).change)
        assert outcomes == [Change.ADDED, Change.UNCHANGED, Change.REPLACED]
        assert sorted(each.text for each in collection) == ["The ferry Skarv sank.", "The pier was painted green."]


PRIVATE = (
    "127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1 :: fe80::1 fc00::1"
    " ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1::"
)


def test_no_private_loopback_or_link_local_address_is_public() -> None:
    assert not [each for each in PRIVATE.split() if is_public(ip_address(each))]
    assert all(is_public(ip_address(each)) for each in ("93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"))


def test_this_machine_is_never_asked_by_whatever_name(site: str, asked: list[str], named: Callable[..., None]) -> None:
    port = site.rpartition(":")[2]
    named("news.example", "93.184.216.34", "127.0.0.1")  # one bad address is enough
    hosts = ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "2130706433", "0x7f.1", "news.example"]
    for host in hosts:
        with pytest.raises(UnreadableFile):
            fetch(f"http://{host}:{port}/ferry")
    assert asked == []


def test_a_connection_goes_to_the_address_that_was_checked(
    site: str, asked: list[str], named: Callable[..., None]
) -> None:
    named("news.example", "127.0.0.1")
    fetched = fetch(f"http://news.example:{site.rpartition(':')[2]}/ferry", here)
    assert (fetched.data, asked) == (PAGE, ["/ferry"])


def test_redirections_are_followed_and_checked(site: str, answers: Answers) -> None:
    answers["/old"] = (301, {"Location": "/ferry"}, b"")
    answers["/loop"] = (302, {"Location": "/loop"}, b"")
    assert fetch(f"{site}/old", here).source.endswith(f"{site}/ferry")
    for place, why in (
        ("http://127.0.0.2/", "private network"),
        ("http://[::1]/", "private network"),
        ("file:///etc/passwd", "no address of the web"),
        ("http://mary:secret@127.0.0.1/", "no address of the web"),
    ):
        answers["/out"] = (302, {"Location": place}, b"")
        with pytest.raises(UnreadableFile, match=why):
            fetch(f"{site}/out", here)
    with pytest.raises(UnreadableFile, match="redirects more than 5 times"):
        fetch(f"{site}/loop", here)


def test_what_is_of_no_type_that_is_read_too_much_or_too_slow_is_refused(
    site: str, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers["/photo"] = (200, {"Content-Type": "image/png"}, b"x")
    answers["/gone"] = (404, {}, b"")
    answers["/report.pdf"] = (200, {"Content-Type": "application/octet-stream"}, b"%PDF-")
    assert fetch(f"{site}/report.pdf", here).name == "report.pdf"
    for path, why in (("photo", "image/png, which Cited does not read"), ("gone", "answers 404")):
        with pytest.raises(UnreadableFile, match=why):
            fetch(f"{site}/{path}", here)
    monkeypatch.setattr(index.fetch, "MOST_BYTES", 10)
    with pytest.raises(UnreadableFile, match="more than"):
        fetch(f"{site}/ferry", here)
    monkeypatch.setattr(index.fetch, "MOST_SECONDS", 0.0)
    with pytest.raises(UnreadableFile, match="in time"):
        fetch(f"{site}/ferry", here)


def test_on_the_command_line_no_address_is_read_without_network(
    site: str, asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["add", f"{site}/ferry", "-c", str(tmp_path / "c")]
    assert main(arguments) == 1
    assert "give --network to allow that" in capsys.readouterr().err
    assert main([*arguments, "--network"]) == 1
    assert "private network" in capsys.readouterr().out
    assert asked == []
