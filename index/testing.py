"""Test helpers: a predictable encoder, predictable documents, and the invariants of a collection of them."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from index import Collection, Document, FolderCollection, Passage, split
from index.encoder.base import Vectors

_DIMENSIONS = 256


class BagOfWords:
    """An encoder that counts words. The checksum of a word chooses its dimension.

    `encoded` is the number of passages encoded so far.
    """

    def __init__(self, name: str = "bag of words", digest: str = "") -> None:
        self.name = name
        self.digest = digest
        self.encoded = 0

    def encode_question(self, question: str) -> Vectors:
        """Return the unit vector of the question's words."""
        return _vector(question)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vector of each text's words, and count the texts."""
        self.encoded += len(texts)
        return np.stack([_vector(text) for text in texts])


def _vector(text: str) -> Vectors:
    vector = np.zeros(_DIMENSIONS, np.float32)
    for word in re.findall(r"\w+", text.lower()):
        vector[crc32(word.encode()) % _DIMENSIONS] += 1
    if not vector.any():
        vector[0] = 1
    return vector / np.linalg.norm(vector)


ONE_SENTENCE = r"\A.+\.\Z"
EVERYWHERE = "the"
"""A word in every passage of every `numbered` document. Both rankings must therefore find all passages."""


def numbered(number: int) -> Document:
    """Return a document of 40 sentences that differ from those of every other number."""
    sentences = [f"Sentence {n} of document{number} says the word{number * n}." for n in range(40)]
    return Document(" ".join(sentences), f"Document {number}")


def check_whole(collection: Collection) -> None:
    """Assert that each index holds every passage of every document exactly once, and nothing else."""
    passages = [passage for document in collection.documents() for passage in split(document)]
    hits = collection.search(EVERYWHERE, k=2 * len(passages) + 1)
    count = len(passages)

    assert Counter(hit.passage for hit in hits) == Counter(passages)
    assert sorted(hit.lexical_rank or 0 for hit in hits) == list(range(1, count + 1))
    assert sorted(hit.dense_rank or 0 for hit in hits) == list(range(1, count + 1))


def answers(collection: Collection) -> dict[Passage, float]:
    """Return the passages that a search finds with their scores, independent of the order of ties."""
    return {hit.passage: round(hit.score, 4) for hit in collection.search("the word12 of document2", k=1000)}


def made(folder: Path, encoder: str = "bag of words") -> Path:
    """Make a collection with one document in `folder`, and return its database."""
    with FolderCollection(folder, BagOfWords(encoder)) as collection:
        collection.add(numbered(1))
    return folder / "collection.sqlite"


ELSEWHERE = """
import sys
from index import open_collection
from index.testing import BagOfWords
from index.testing import check_whole, numbered
with open_collection(sys.argv[1], BagOfWords()) as collection:
    check_whole(collection)
    print(*(document.title for document in collection.documents()))
    collection.add(numbered(3))
    collection.remove(numbered(2).id)
"""
"""A script for another process. It checks a collection, prints its titles, and adds and removes a document."""
