"""Milvus Lite: Milvus in a file, which this process serves to itself. The only module that imports milvus_lite.

pymilvus would serve it too, but not say who is in the way, keep the file locked after the last client has closed, and
let every user of this machine in, since Milvus Lite knows no password.
"""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from index.errors import UnusableCollection


class NotInstalled(UnusableCollection):
    """What Milvus is reached through: packages that Cited does not bring unless it is asked to."""

    def __init__(self) -> None:
        super().__init__(
            "Milvus takes packages that are not installed; install them with: pip install 'cited[milvus]'."
        )


@dataclass(slots=True)
class _Server:
    """What serves one file to this process, and how many connections use it."""

    address: str
    stop: Callable[[], None]
    users: int = 0


_servers: dict[Path, _Server] = {}
_lock = Lock()


def serve(path: Path) -> str:
    """Serve the file at `path`, made if there is none, unless this process does so already; return the address.

    Raises:
        UnusableCollection: another process serves it, it cannot be used, or Milvus Lite is not installed.
    """
    with _lock:
        if path not in _servers:
            _servers[path] = _start(path)
        _servers[path].users += 1
        return _servers[path].address


def release(path: Path) -> None:
    """Undo one `serve`; with the last one, other processes may use the file."""
    with _lock:
        server = _servers[path]
        server.users -= 1
        if server.users == 0:
            del _servers[path]
            server.stop()


def _start(path: Path) -> _Server:
    try:
        from milvus_lite.adapter.grpc.server import start_server_in_thread
        from milvus_lite.exceptions import DataDirLockedError, MilvusLiteError
    except ImportError as error:
        raise NotInstalled from error
    logging.getLogger("milvus_lite").setLevel(logging.CRITICAL)  # it writes to stderr what its client raises
    folder = TemporaryDirectory(prefix="cited-")
    # A socket in a folder of this user's own, where the system has such sockets, and else a port of this machine's own.
    host = "127.0.0.1" if sys.platform == "win32" else f"unix:{folder.name}/milvus"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # One worker, because Milvus Lite does not bear two calls that write at once.
        server, database, port = start_server_in_thread(str(path), host, port=0, max_workers=1)
    except DataDirLockedError as error:
        folder.cleanup()
        raise UnusableCollection(
            f"Another process has {path} open, and Milvus Lite serves one at a time; close it there, or keep the"
            " documents in a folder or on a Milvus server."
        ) from error
    except (OSError, MilvusLiteError) as error:
        folder.cleanup()
        raise UnusableCollection(f"{path} cannot be used ({error}); name another file.") from error

    def stop() -> None:
        server.stop(grace=None).wait()
        database.close()
        folder.cleanup()

    return _Server(f"http://{host}:{port}" if sys.platform == "win32" else f"{host}:0", stop)
