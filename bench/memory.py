"""Measure the memory and the disk that one long text takes: to be added, and to be searched.

Run `python -m bench.memory [MEGABYTES]`, by default 250, the largest file that Cited reads. Each step runs in a process
of its own. The vectors are synthetic (see `bench.synthetic`), because encoding such a text takes an hour.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from bench import synthetic
from index import FolderCollection
from index.add import add

LIMIT = 1_000
"""Most megabytes that a process may take."""


def main() -> None:
    """Write the text, run each step, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=int, nargs="?", default=250)
    parser.add_argument("--step", choices=_STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.step:
        _STEPS[chosen.step](chosen.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        size = _write(Path(folder, "text.txt"), chosen.megabytes * 1_000_000)
        print(f"a text of {size / 1e6:,.0f} MB", flush=True)
        for step in _STEPS:
            subprocess.run([sys.executable, "-m", "bench.memory", "--step", step, "--folder", folder], check=True)
        most = _largest(resource.RUSAGE_CHILDREN)
        print(
            f"no process, also none that reads and splits, takes more than {most:,.0f} MB; the limit is {LIMIT:,} MB",
            flush=True,
        )
        files = (file for file in Path(folder, "collection").rglob("*") if file.is_file())
        disk = sum(file.stat().st_size for file in files)
        print(f"on disk, it takes {disk / 1e6:,.0f} MB, {disk / size:.1f} times its size")


def _add(folder: Path) -> None:
    began = time.perf_counter()
    with FolderCollection(folder / "collection", synthetic.SyntheticEncoder()) as collection:
        (outcome,) = add([folder / "text.txt"], collection)
        print(f"{outcome.change}: {outcome.reason}" if outcome.reason else outcome.change)
    _print_spent("adding it", began)


def _search(folder: Path) -> None:
    began = time.perf_counter()
    with FolderCollection(folder / "collection", synthetic.SyntheticEncoder()) as collection:
        (hit, *_) = collection.search(synthetic.question(7))
        assert hit.passage.text.startswith("Passage7 "), hit.passage.text[:50]
    _print_spent("opening and searching it", began)


_STEPS: dict[str, Callable[[Path], None]] = {"add": _add, "search": _search}


def _print_spent(what: str, began: float) -> None:
    print(f"{what} takes {time.perf_counter() - began:,.0f} s and {_largest(resource.RUSAGE_SELF):,.0f} MB", flush=True)


def _largest(processes: int) -> float:
    """Return the largest memory of this process or of its children, in megabytes."""
    return resource.getrusage(processes).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def _write(file: Path, size: int) -> int:
    """Write a text of at most `size` bytes, with curly apostrophes as in typeset prose, and return its size."""
    written = 0
    with file.open("wb") as opened:
        for number in count():
            part = f"{synthetic.document(number).text} It’s so.\n\n".encode()
            if written + len(part) > size:
                return written
            written += opened.write(part)
    raise AssertionError("unreachable")


if __name__ == "__main__":
    main()
