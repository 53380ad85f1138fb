"""Milvus Lite: Milvus in a file, which this process serves to itself. This is the only module that imports milvus_lite.

pymilvus could serve the file too, with three drawbacks. It does not report that another process uses the file. It
keeps the file locked after the last client has closed. It lets in every user of the machine, because Milvus Lite has
no passwords.
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
    """The optional packages that connect to Milvus are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "Milvus takes packages that are not installed; install them with: pip install 'cited[milvus]'."
        )


@dataclass(slots=True)
class _Server:
    """A server of one file for this process.

    Attributes:
        address: the address that clients connect to.
        stop: stops the server and closes the file.
        users: number of connections that use it.
    """

    address: str
    stop: Callable[[], None]
    users: int = 0


_servers: dict[Path, _Server] = {}
_lock = Lock()


def serve(path: Path) -> str:
    """Serve the file at `path`, unless this process serves it already. Create the file if it does not exist.

    Returns:
        The address of the server.

    Raises:
        UnusableCollection: another process uses the file, it cannot be used, or Milvus Lite is not installed.
    """
    with _lock:
        if path not in _servers:
            _servers[path] = _start(path)
        _servers[path].users += 1
        return _servers[path].address


def release(path: Path) -> None:
    """Undo one call of `serve`. After the last one, other processes may use the file."""
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
    logging.getLogger("milvus_lite").setLevel(logging.CRITICAL)  # it repeats on stderr what its client raises
    folder = TemporaryDirectory(prefix="cited-")
    # A Unix socket in a folder that only this user may enter. Windows gets a local TCP port instead.
    host = "127.0.0.1" if sys.platform == "win32" else f"unix:{folder.name}/milvus"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # One worker, because Milvus Lite does not support two concurrent writes.
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
