"""The page's server for benchmarks: started as `python app.py` starts it, and called as `page/page.js` calls it."""

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
from uuid import uuid4

from page.gate import CALL, UPLOAD

ROOT = Path(__file__).resolve().parent.parent

TIMEOUT = 120.0
"""Seconds to wait for an answer."""


@contextmanager
def served(home: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve the page with its own folders in `home`; the collection is `home / "collection"`.

    Yields:
        The address, once the models are loaded, and the server's process, which is killed at the end.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "CITED_COLLECTION": str(home / "collection"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "GRADIO_SERVER_PORT": str(port),
        "BROWSER": "true",  # the command `true`, which opens nothing
    }
    with subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=os.environ | settings) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address)
            yield address, process
        finally:
            process.kill()


def call(address: str, function: str, **data: Any) -> Any:
    """Return what a function of `app.py` returns."""
    body = {"fn_name": function, "data": data, "component_id": 1, "session_hash": "bench"}
    return _posted(address + CALL, json.dumps(body).encode(), "application/json")


def upload(address: str, file: Path) -> str:
    """Copy `file` to the server, and return the name of the copy."""
    edge = uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n\r\n'
    form = head.encode() + file.read_bytes() + f"\r\n--{edge}--\r\n".encode()
    (name,) = _posted(address + UPLOAD, form, f"multipart/form-data; boundary={edge}")
    return str(name)


def _posted(address: str, body: bytes, kind: str) -> Any:
    request = urllib.request.Request(address, body, {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
        return json.load(answer)


def _wait_for(address: str) -> None:
    for _ in range(3000):
        try:
            call(address, "ready")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"Nothing answers at {address}")
