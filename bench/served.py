"""The page's server, started as `cited serve` starts it and called as `page/web/server.js` calls it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from uuid import uuid4

from page.gate import CALL, HEALTH, UPLOAD

ROOT = Path(__file__).resolve().parent.parent

TIMEOUT = 120.0
"""Seconds to wait for an answer."""

_tokens: dict[str, str] = {}
"""The tokens of the servers that run, by their addresses."""


@contextmanager
def served(
    home: Path, port: int | None = None, *options: str, is_named: bool = True
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve the page until the block ends.

    Args:
        home: a folder for all that the server writes.
        port: a free one if it is not given.
        options: those of `cited serve`.
        is_named: whether its collection is named, as `home / "collection"`; if not, collections can be chosen.

    Yields:
        The address, as soon as it answers, and the server's process, which is killed at the end.
    """
    port = port or free_port()
    settings = {
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "GRADIO_SERVER_PORT": str(port),
        "BROWSER": "true",  # the command `true`, which opens nothing
        **({"CITED_COLLECTION": str(home / "collection")} if is_named else {}),
    }
    command = [sys.executable, "-m", "cited", "serve", *options]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | settings) as process:
        try:
            address = _answering(f"http://127.0.0.1:{port}")
            token = home / "data" / "cited" / "token"
            _tokens[address] = token.read_text(encoding="ascii") if token.exists() else ""
            yield address, process
        finally:
            process.kill()


def free_port() -> int:
    """Return a port of the loopback interface that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def authorization(address: str) -> dict[str, str]:
    """Return the headers by which the server at `address` admits a program; none if it admits all."""
    return {"Authorization": f"Bearer {_tokens[address]}"} if _tokens[address] else {}


def entrance(address: str) -> str:
    """Return the address that a browser opens first, with the token."""
    return f"{address}/?token={_tokens[address]}"


def call(address: str, function: str, **data: Any) -> Any:
    """Return what a function of `page/functions.py` returns."""
    body = {"function": function, "arguments": data}
    return _posted(address, CALL, json.dumps(body).encode(), "application/json")


def upload(address: str, name: str, content: bytes) -> str:
    """Copy a file to the server, and return the name of the copy."""
    edge = uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    form = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    (name,) = _posted(address, UPLOAD, form, f"multipart/form-data; boundary={edge}")
    return str(name)


def _posted(address: str, path: str, body: bytes, kind: str) -> Any:
    request = urllib.request.Request(address + path, body, {"Content-Type": kind} | authorization(address))
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
        return json.load(answer)


def _answering(address: str) -> str:
    for _ in range(3000):
        try:
            urllib.request.urlopen(address + HEALTH, timeout=TIMEOUT).close()
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise TimeoutError(f"Nothing answers at {address}")
