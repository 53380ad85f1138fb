"""Is a document lost when the process that adds it is killed? `python -m bench.kill [--kills N] [--documents N]`.

Each time, a process adds documents one by one to a new collection and reports each of them, until it is killed at a
random moment. Afterwards the collection must open and pass its check. It must have every reported document and no half
one, and find them all without encoding anything again. It must also accept the remaining documents.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from index import FolderCollection
from index.testing import BagOfWords, numbered

_SPAWNING = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill and its consequences.

    Attributes:
        seconds: time from before the process opened the collection until the kill.
        reported: number of documents that the process had reported as added.
        kept: number of documents in the collection afterwards.
        complaints: a sentence for each fault.
    """

    seconds: float
    reported: int
    kept: int
    complaints: tuple[str, ...]


def kill(folder: Path, documents: int, seconds: float | None) -> Kill:
    """Let a process add `documents` documents, kill it after `seconds` (None: never), and examine the collection."""
    receiver, sender = _SPAWNING.Pipe(duplex=False)
    process = _SPAWNING.Process(target=_add, args=(folder, documents, sender))
    process.start()
    sender.close()
    receiver.recv()  # the process is ready
    began = time.perf_counter()
    process.join(seconds)
    process.kill()
    process.join()
    ended = time.perf_counter() - began
    reported = list(_received(receiver))
    encoder = BagOfWords()
    with FolderCollection(folder, encoder) as collection:
        kept = len(collection.documents())
        complaints = tuple(_complaints(collection, encoder, reported, documents))
    return Kill(ended, len(reported), kept, complaints)


def _add(folder: Path, documents: int, sender: Connection) -> None:
    sender.send(None)
    with FolderCollection(folder, BagOfWords()) as collection:
        for number in range(documents):
            collection.add(numbered(number))
            sender.send(number)


def _received(receiver: Connection) -> Iterator[int]:
    try:
        while True:
            yield receiver.recv()
    except EOFError:
        return


def _complaints(
    collection: FolderCollection, encoder: BagOfWords, reported: Sequence[int], documents: int
) -> Iterator[str]:
    added = [numbered(number) for number in range(documents)]
    kept = collection.documents()
    if [document.text for document in kept] != [document.text for document in added[: len(kept)]]:
        yield "The documents are not those that were added."
    if len(kept) not in {len(reported), len(reported) + 1}:
        yield f"{len(reported)} documents were reported as added, and {len(kept)} are there."
    for number in range(len(kept)):
        if collection.search(f"Which word does document{number} say?")[0].passage.document != added[number]:
            yield f"Document {number} is not found."
    yield from collection.check().findings
    if encoder.encoded:
        yield f"{encoder.encoded} passages were encoded again."
    if collection.add(*added) != added[len(kept) :]:
        yield "The rest of the documents was not added."
    yield from collection.check().findings


def main() -> None:
    """Kill processes, and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, metavar="N")
    parser.add_argument("--documents", type=int, default=200, metavar="N")
    options = parser.parse_args()
    draw = random.Random(0)
    with TemporaryDirectory() as folder:
        whole = kill(Path(folder) / "whole", options.documents, None)
        print(f"to the end: {whole.reported} documents added in {whole.seconds:.1f} s, {_verdict(whole)}", flush=True)
        kills = []
        for number in range(1, options.kills + 1):
            done = kill(Path(folder) / str(number), options.documents, draw.uniform(0, whole.seconds))
            print(f"{number:3}: killed after {done.seconds:6.3f} s, {_verdict(done)}", flush=True)
            kills.append(done)
    unreported = sum(done.kept - done.reported for done in kills)
    print(f"{sum(bool(done.complaints) for done in kills)} of {len(kills)} kills left something wrong;", end=" ")
    print(f"{unreported} were between the commit of a document and its report")


def _verdict(done: Kill) -> str:
    return f"{done.reported} reported, {done.kept} kept, {' '.join(done.complaints) or 'all is well'}"


if __name__ == "__main__":
    main()
