"""Adds hostile files beside good ones, by command and as the page does, and asks questions meanwhile.

Each must become a document with true quotes, or end in one sentence, within 30 s and 1 GB. All good ones must be added.

    python -m bench.hostile
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from bench.hostile_files import FILES
from index import FolderCollection, split
from index.add import Kind, add
from index.sandbox.worker import Limits
from index.testing import BagOfWords, numbered
from qa import ask

GOOD = 10
GRACE = 5
"""Seconds beyond the limit that a busy machine may need to start a child process and report its result."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the outcome of each file, and the longest wait of a question; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="of hostile files; without any, all")
    names = parser.parse_args(arguments).names or list(FILES)
    with TemporaryDirectory() as folder:
        files = [_written(Path(folder) / name, FILES[name]()) for name in names]
        good = [_written(Path(folder) / f"good{n}.txt", numbered(n).text.encode()) for n in range(GOOD)]
        alone = max(_waits(3))
        done, waits = Event(), [0.0]
        asking = Thread(target=_ask_until, args=[done, waits])
        asking.start()
        failures = _add(files, good, Path(folder) / "collection")
        done.set()
        asking.join()
    print(f"A question waited {alone:.2f} s alone, and {max(waits):.2f} s at most meanwhile.")
    print(f"{len(files)} hostile files, {len(good)} good ones, {failures} failures.")
    return 1 if failures or max(waits) > alone + 1 else 0


def _add(files: Sequence[Path], good: Sequence[Path], folder: Path) -> int:
    """Add all files, with each hostile one timed by itself; return the number of failures."""
    failures = 0
    with FolderCollection(folder, BagOfWords()) as collection:
        for file in files:
            begun = time.monotonic()
            (outcome,) = add([file], collection)
            seconds = time.monotonic() - begun
            is_bad = seconds > 2 * Limits().seconds + GRACE or (outcome.kind == Kind.REFUSED and "\n" in outcome.reason)
            failures += is_bad
            print(f"{seconds:5.1f} s  {outcome.kind:<9} {file.name}: {outcome.reason}{' FAILED' * is_bad}", flush=True)
        outcomes = list(add(good, collection))
        failures += sum(outcome.kind != Kind.ADDED for outcome in outcomes)
        for document in collection.documents():
            failures += any(passage.text not in document.text for passage in split(document))
    return failures


def _written(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def _waits(times: int) -> list[float]:
    waits = []
    for _ in range(times):
        begun = time.monotonic()
        ask("Who opened the conference?")
        waits.append(time.monotonic() - begun)
    return waits


def _ask_until(done: Event, waits: list[float]) -> None:
    while not done.is_set():
        waits += _waits(1)


if __name__ == "__main__":
    raise SystemExit(main())
