"""Do readers ever see half a change? `python -m bench.concurrent_readers [--seconds S] [--readers N]`.

One process adds and removes documents without a pause. Others search the same collection, and sometimes ask it a
question. Every result must be a state before or after a change. It must have every passage of every document in the
collection, in both rankings, and nothing of any other document. Every quote must be a slice of its document.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from index import FolderCollection, Hit, split
from index.testing import EVERYWHERE, BagOfWords, numbered
from qa import ask

_DOCUMENTS = 20
"""Documents in the collection, give or take one; the writer adds the next and removes the first."""

_QUESTION_EVERY = 20
"""Searches between two questions of a reader; a question takes far longer than a search."""

_SPAWNING = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Reader:
    """The results of one reader: the seconds of each search, its questions, and a sentence for each fault."""

    searches: tuple[float, ...]
    questions: int
    states: int
    complaints: tuple[str, ...]


def read_while_writing(folder: Path, seconds: float, readers: int) -> tuple[int, list[Reader]]:
    """Change the collection at `folder` while others read it; return the number of changes and the readers."""
    with FolderCollection(folder, BagOfWords()) as collection:
        collection.add(*map(numbered, range(_DOCUMENTS)))
        receivers = [_start(folder, seconds) for _ in range(readers)]
        for receiver in receivers:
            receiver.recv()  # the process is ready
        changes, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            collection.add(numbered(_DOCUMENTS + changes // 2))
            collection.remove(numbered(changes // 2).id)
            changes += 2
        return changes, [receiver.recv() for receiver in receivers]


def _start(folder: Path, seconds: float) -> Connection:
    receiver, sender = _SPAWNING.Pipe(duplex=False)
    _SPAWNING.Process(target=_read, args=(folder, seconds, sender), daemon=True).start()
    sender.close()
    return receiver


def _read(folder: Path, seconds: float, sender: Connection) -> None:
    searches: list[float] = []
    states: set[tuple[int, ...]] = set()
    complaints: list[str] = []
    questions = 0
    with FolderCollection(folder, BagOfWords()) as collection:
        ask("Which word does document3 say?", collection)  # loads the readers' weights
        sender.send(None)
        end = time.monotonic() + seconds
        while time.monotonic() < end and not complaints:
            began = time.perf_counter()
            hits = collection.search(EVERYWHERE, k=1000)
            searches.append(time.perf_counter() - began)
            states.add(tuple(sorted({_number(hit) for hit in hits})))
            complaints += _complaints(hits)
            if len(searches) % _QUESTION_EVERY == 0:
                questions += 1
                for cited in ask("Which word does the last document say?", collection).citations:
                    number = int(cited.document.title.split()[-1])
                    if cited.quote != numbered(number).text[cited.span.start : cited.span.end]:
                        complaints.append(f"{cited.quote!r} does not stand in document {number}.")
    sender.send(Reader(tuple(searches), questions, len(states), tuple(complaints)))


def _complaints(hits: Sequence[Hit]) -> list[str]:
    found = sorted({_number(hit) for hit in hits})
    complaints = []
    if found != list(range(found[0], found[0] + len(found))) or len(found) not in {_DOCUMENTS, _DOCUMENTS + 1}:
        complaints.append(f"The documents {found} were never there together.")
    true = {passage: passage.text for number in found for passage in split(numbered(number))}
    if len(hits) != len(true) or {hit.passage: hit.passage.text for hit in hits} != true:
        complaints.append(f"Of the documents {found} not every passage was found once, as it is.")
    if not all(hit.lexical_rank and hit.dense_rank for hit in hits):
        complaints.append(f"Of the documents {found} some passages stood in one ranking only.")
    return complaints


def _number(hit: Hit) -> int:
    return int(hit.passage.document.title.split()[-1])


def main() -> None:
    """Print a line for each reader and one for the writer."""
    parser = argparse.ArgumentParser(prog="python -m bench.concurrent_readers", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, metavar="S")
    parser.add_argument("--readers", type=int, default=4, metavar="N")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        changes, readers = read_while_writing(Path(folder) / "collection", options.seconds, options.readers)
    for number, reader in enumerate(readers, start=1):
        p50, p95, longest = np.percentile(reader.searches, [50, 95, 100]) * 1000
        print(f"reader {number}: {len(reader.searches)} searches, p50 {p50:.0f} ms, p95 {p95:.0f} ms,", end=" ")
        print(f"longest {longest:.0f} ms; {reader.questions} questions; {reader.states} states seen;", end=" ")
        print(" ".join(reader.complaints) or "all is well")
    print(f"writer: {changes} changes in {options.seconds:.0f} s")


if __name__ == "__main__":
    main()
