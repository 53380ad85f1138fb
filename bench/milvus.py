"""How much slower is a collection at another address than the folder that it is copied from?

The folder is copied to the address, unless that has been done. Both are asked the same questions: the first words of
passages drawn at random. The questions are encoded beforehand, so that only the search is timed.
"""

import argparse
import random
import time
from collections.abc import Sequence
from functools import partial
from statistics import fmean, median, quantiles

from bench.spent import spent
from index import Collection, copy, default_encoder, open_collection
from index.encoder.base import Vectors

_QUESTIONS, _WORDS = 50, 8

_TOP = 10


def main() -> None:
    """Copy, ask, and print the times."""
    parser = argparse.ArgumentParser(prog="python -m bench.milvus", description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("address")
    options = parser.parse_args()
    encoder = Prepared()
    with open_collection(options.folder, encoder) as folder, open_collection(options.address, encoder) as other:
        started = time.perf_counter()
        copied = sum(1 for _ in copy(folder, other))
        print(f"{copied:,} documents copied in {time.perf_counter() - started:.1f} s")
        questions = _questions(folder)
        encoder.prepare(questions)
        other.search(questions[0])  # a search that finds unseen documents repeats its calls, so it is not timed
        for name, collection in (("folder", folder), ("address", other)):
            seconds = [spent(partial(collection.search, question, _TOP)).wall for question in questions]
            print(f"{name:<8} p50 {1000 * median(seconds):7.2f} ms   p95 {1000 * quantiles(seconds, n=20)[-1]:7.2f} ms")
        common = fmean(_common(folder, other, question) for question in questions)
        print(f"of each folder's best {_TOP}, {common:.3f} are among the other's")


class Prepared:
    """The default encoder, with the vectors of some questions stored."""

    def __init__(self) -> None:
        self._encoder = default_encoder()
        self._vectors: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """The encoder's name."""
        return self._encoder.name

    @property
    def digest(self) -> str:
        """The encoder's digest."""
        return self._encoder.digest

    def prepare(self, questions: Sequence[str]) -> None:
        """Encode `questions` before they are timed."""
        self._vectors = {question: self._encoder.encode_question(question) for question in questions}

    def encode_question(self, question: str) -> Vectors:
        """Return the vector that was prepared."""
        return self._vectors[question]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode `texts` by the encoder itself."""
        return self._encoder.encode_passages(texts)


def _questions(collection: Collection) -> list[str]:
    draw = random.Random(0)
    documents = [collection.encoded(each) for each in draw.choices(collection.document_ids(), k=_QUESTIONS)]
    passages = [draw.choice(document.passages) for document in documents]
    return [" ".join(passage.text.split()[:_WORDS]) for passage in passages]


def _common(one: Collection, other: Collection, question: str) -> float:
    best, theirs = ({hit.passage for hit in each.search(question, _TOP)} for each in (one, other))
    return len(best & theirs) / len(best)


if __name__ == "__main__":
    main()
