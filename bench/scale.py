"""What do collections of many passages cost, and what do their searches find?

Each size is built in one process, and opened and asked in another, and the memory of both is reported; this needs
Linux. Passages are made up (`bench.synthetic`), a batch at a time, and encoding them takes almost no time. The files
are in the system's cache when they are opened. The time to open ends with the first answer.
"""

import argparse
import multiprocessing
import re
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from bench import synthetic
from bench.spent import Spent, spent
from bench.synthetic import PASSAGES, SyntheticEncoder
from index import FolderCollection
from index.collection import DEPTH
from index.encoder.base import Vectors
from index.folder.collection import DATABASE
from index.folder.database import Database
from index.folder.dense import NEIGHBOURS, DenseIndex
from index.folder.lexical import LexicalIndex

SIZES = (10_000, 100_000, 1_000_000)

_AT_ONCE = 32
"""Documents that are made and added together."""

_QUESTIONS = 200

ADDED = 5
"""Passages of each document that is added to a finished collection."""

_REPEATS = 15


def main() -> None:
    """Measure each size in turn, and delete the collections afterwards."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--passages", type=int, nargs="+", default=SIZES, metavar="N", help="multiples of 100")
    options = parser.parse_args()
    for size in options.passages:
        with TemporaryDirectory() as folder:
            print(f"\n{size:,} passages", flush=True)
            for step in (_build, _open, _search_each, _add):
                with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
                    process.submit(step, Path(folder), size).result()


def _build(folder: Path, size: int) -> None:
    additions = []
    with FolderCollection(folder / "collection", SyntheticEncoder()) as collection:
        for first in range(0, size // PASSAGES, _AT_ONCE):
            documents = [synthetic.document(n) for n in range(first, min(first + _AT_ONCE, size // PASSAGES))]
            additions.append(spent(lambda: collection.add(*documents)))
    seconds, slowest = sum(each.wall for each in additions), max(each.wall for each in additions)
    _print(
        "building", f"{seconds:,.0f} s, {size / seconds:,.0f} passages per second, {slowest:.1f} s the slowest addition"
    )
    _print("memory at its peak", f"{_memory('VmHWM'):,.0f} MB")
    with FolderCollection(folder / "collection", SyntheticEncoder()) as collection:
        _print("disk", ", ".join(f"{name} {_megabytes(collection.path / name):,.0f} MB" for name in _PARTS))


_PARTS = (DATABASE, "dense", "lexical")


def _open(folder: Path, size: int) -> None:
    asked = _asked(size)
    before = _memory("VmRSS")
    start = time.perf_counter()
    with FolderCollection(folder / "collection", SyntheticEncoder()) as collection:
        collection.search(asked[0])
        _print("opening", f"{time.perf_counter() - start:.2f} s")
        _print("memory after opening", f"{_memory('VmRSS'):,.0f} MB, {before:,.0f} MB of it before")
        _print_times("search", [spent(lambda: collection.search(question)) for question in asked])
        _print("memory after searching", f"{_memory('VmRSS'):,.0f} MB")


def _search_each(folder: Path, size: int) -> None:
    path = folder / "collection"
    database = Database(path / DATABASE, SyntheticEncoder())
    dense, lexical = DenseIndex(path / "dense", database), LexicalIndex(path / "lexical")
    dense.load()
    dense.update(database.changes(dense.generation))  # adds what is not in the last saved index
    lexical.load()
    asked = _asked(size)
    vectors = np.array([SyntheticEncoder().encode_question(question) for question in asked])
    _print_times("dense", [spent(lambda: dense.search(vector, DEPTH)) for vector in vectors])
    _print_times("lexical", [spent(lambda: lexical.search(question, DEPTH)) for question in asked])
    found = [set(list(dense.search(vector, DEPTH))[:NEIGHBOURS]) for vector in vectors]
    recall = fmean(len(f & set(n)) / NEIGHBOURS for f, n in zip(found, _nearest(vectors, size).tolist(), strict=True))
    assert dense.built is not None, "there are passages"
    _print(f"recall@{NEIGHBOURS}", f"{recall:.3f}; {dense.built.recall:.3f} when built from {dense.built.passages:,}")
    _print("dense index", dense.built.kind)


def _add(folder: Path, size: int) -> None:
    """Add documents to the collection and to an empty one, each just opened."""
    new = 10 * size // PASSAGES  # the first document that is not in the collection
    empty = _adding(folder / "empty", range(new, new + _REPEATS))
    full = _adding(folder / "collection", range(new, new + _REPEATS))
    _print_times("add to an empty one", empty)
    _print_times("add to this one", full)
    p50 = median(each.wall for each in full) / median(each.wall for each in empty)
    cpu = median(each.cpu for each in full) / median(each.cpu for each in empty)
    _print("ratio", f"first {full[0].wall / empty[0].wall:.2f}, p50 {p50:.2f}, p50 of CPU {cpu:.2f}")


def _adding(folder: Path, numbers: Sequence[int]) -> list[Spent]:
    with FolderCollection(folder, SyntheticEncoder()) as collection:
        documents = [synthetic.document(number, ADDED) for number in numbers]
        return [spent(lambda: collection.add(document)) for document in documents]


def _asked(size: int) -> list[str]:
    """Return questions. Each has been encoded once, so that encoding is not timed."""
    passages = np.random.default_rng(4).choice(size, _QUESTIONS, replace=False).tolist()
    questions = [synthetic.question(passage) for passage in passages]
    for question in questions:
        SyntheticEncoder().encode_question(question)
    return questions


def _nearest(questions: Vectors, size: int) -> npt.NDArray[np.int64]:
    """Return the numbers of the passages nearest to each question, `(n, NEIGHBOURS)`, by exact comparison with all."""
    cosines = np.full((len(questions), NEIGHBOURS), -np.inf)
    nearest = np.zeros((len(questions), NEIGHBOURS), np.int64)
    for first in range(0, size, _AT_ONCE * PASSAGES):
        passages = np.arange(first, min(first + _AT_ONCE * PASSAGES, size))
        seen = np.broadcast_to(1 + passages, (len(questions), len(passages)))  # passages are numbered from 1
        cosines = np.hstack([cosines, questions @ synthetic.vectors(passages.tolist()).T])
        best = np.argpartition(cosines, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        cosines = np.take_along_axis(cosines, best, axis=1)
        nearest = np.take_along_axis(np.hstack([nearest, seen]), best, axis=1)
    return nearest


def _memory(field: str) -> float:
    """Return a field of this process's status in megabytes."""
    found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found, "Linux reports it"
    return int(found.group(1)) * 1024 / 1e6


def _megabytes(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else path.parent.glob(f"{path.name}*")
    return sum(file.stat().st_size for file in files) / 1e6


def _print(what: str, figures: str) -> None:
    print(f"  {what:24}{figures}", flush=True)


def _print_times(what: str, times: Sequence[Spent]) -> None:
    p50, p95 = 1000 * np.percentile([each.wall for each in times], [50, 95])
    cpu = 1000 * median(each.cpu for each in times)
    _print(
        what, f"p50 {p50:6.1f} ms, p95 {p95:6.1f} ms, first {1000 * times[0].wall:6.1f} ms; p50 of CPU {cpu:5.1f} ms"
    )


if __name__ == "__main__":
    main()
