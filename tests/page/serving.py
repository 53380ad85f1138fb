"""The real program, served to a test on a port of its own, with folders of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


@contextmanager
def served(home: Path, port: int, **settings: str) -> Iterator[str]:
    """Serve the page, with `settings` in its environment, until it is killed; yield its address."""
    environment = {
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "GRADIO_SERVER_PORT": str(port),
        "BROWSER": "true",  # the command: it opens nothing
    }
    with subprocess.Popen(
        [sys.executable, "app.py"], cwd=REPOSITORY, env=os.environ | environment | settings
    ) as process:
        try:
            yield _answering(f"http://127.0.0.1:{port}")
        finally:
            process.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _answering(address: str) -> str:
    for _ in range(600):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise TimeoutError(f"Nothing answers at {address}")
