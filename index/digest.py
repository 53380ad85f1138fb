"""SHA-256 digests of files. Each version of a file is read only once."""

import json
import time
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from tempfile import NamedTemporaryFile

import platformdirs

SETTLED = 2.0
"""Seconds without a change after which a file counts as finished. The clock of a file system is coarse."""


def sha256(file: Path) -> str:
    """Return the SHA-256 of `file` as 64 hexadecimal digits.

    The digest is kept in the user's cache with the file's size, times and inode. As long as these stay the same, the
    file is not read again. A file that changed in the last SETTLED seconds is not cached.

    Raises:
        OSError: `file` cannot be read.
    """
    path, state = str(file.resolve()), file.stat()
    version = [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
    known = _known()
    if known.get(path, [])[:-1] == version:
        return str(known[path][-1])
    with file.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    if time.time() - max(state.st_mtime, state.st_ctime) > SETTLED:
        _remember({**known, path: [*version, digest]})
    return digest


def _cache() -> Path:
    return platformdirs.user_cache_path("cited") / "sha256.json"


def _known() -> dict[str, list[int | str]]:
    """Return the cached entries: path → the version of the file, then its digest."""
    try:
        known = json.loads(_cache().read_bytes())
        return {str(path): list(entry) for path, entry in known.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _remember(known: dict[str, list[int | str]]) -> None:
    """Replace the cache, and drop files that no longer exist. Do nothing if the cache cannot be written."""
    with suppress(OSError):
        _cache().parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=_cache().parent, encoding="utf-8", delete=False) as new:
            json.dump({path: entry for path, entry in known.items() if Path(path).exists()}, new)
        Path(new.name).replace(_cache())
