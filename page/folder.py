"""A folder of one server, which does not outlive it."""

import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from index import CitedError
from index.folder.lock import Lock


class TemporaryFolder:
    """A new folder inside `root`, for its owner alone. Those that killed servers left there are deleted.

    Attributes:
        path: where it is.
    """

    def __init__(self, root: Path) -> None:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        root.chmod(0o700)
        _delete_left(root)
        self.path = Path(tempfile.mkdtemp(dir=root))
        self._closing = ExitStack()
        self._closing.enter_context(Lock(self.path).held())

    def close(self) -> None:
        """Delete it with all that is in it."""
        self._closing.close()
        shutil.rmtree(self.path, ignore_errors=True)


def _delete_left(root: Path) -> None:
    """Delete the folders of servers that no longer run. A running server holds the lock of its folder."""
    for left in root.iterdir():
        with suppress(CitedError):
            with Lock(left).held(patience=0):
                pass
            shutil.rmtree(left, ignore_errors=True)
