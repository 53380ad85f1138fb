"""A collection of any size, generated from numbers: passages, their vectors, and questions about them.

The vectors are meant to be as hard to search as real ones. Their statistics are those of all-MiniLM-L6-v2 on 8,000
paragraphs of SQuAD, 18 an article. A passage's vector is the sum of three random ones: its document's, its section's
and its own, with 45, 20 and 35 % of the variance. The variance of dimension `i` is proportional to 1 / (1 + i / 10),
before a rotation. A question's vector is a passage's, turned in a random direction until their cosine is .5.
docs/decisions/0016 compares both.

Words are drawn by Zipf's law, and a question is a selection of its passage's words.
"""

import math
import random
import re
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from index import Document
from index.encoder.base import Vectors

_DIMENSIONS = 384
PASSAGES = 100
"""Passages of a document."""

_SECTION = 20
"""Passages of a section."""

_VOCABULARY = 50_000
_SENTENCES, _WORDS = 5, 22
"""Sentences of a passage, and words of a sentence: about 700 code points, so that each paragraph is one passage."""


class SyntheticEncoder:
    """Makes vectors from the numbers with which passages and questions begin."""

    name = "synthetic"
    digest = ""

    def encode_question(self, question: str) -> Vectors:
        """Return the vector of the numbered question."""
        return _question_vector(_number(question))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of the numbered passages."""
        return vectors(map(_number, texts))


def document(number: int, passages: int = PASSAGES) -> Document:
    """Return document `number` with its first `passages` passages, each in its own paragraph."""
    first = number * PASSAGES
    text = "\n\n".join(_paragraph(passage) for passage in range(first, first + passages))
    return Document(text, f"Document {number}", f"{number}.txt")


def question(passage: int) -> str:
    """Return a question about passage `passage`: eight of its words."""
    return f"question{passage} " + " ".join(random.Random(passage).sample(_words(passage), 8)) + "?"


def vectors(passages: Iterable[int]) -> Vectors:
    """Return the vectors of these passages, `(n, _DIMENSIONS)`, of unit length."""
    rows = []
    blocks: dict[int, Vectors] = {}
    for passage in passages:
        number, row = divmod(passage, PASSAGES)
        if number not in blocks:
            blocks[number] = _block(number)
        rows.append(blocks[number][row])
    return np.array(rows)


@cache
def _question_vector(passage: int) -> Vectors:
    vector: Vectors = vectors([passage])[0]
    noise = np.random.default_rng([2, passage]).standard_normal(_DIMENSIONS, np.float32)
    noise -= (noise @ vector) * vector
    turned: Vectors = 0.5 * vector + math.sqrt(0.75) * noise / np.linalg.norm(noise)
    return turned


def _block(number: int) -> Vectors:
    """Return the vectors of all passages of document `number`."""
    draw = np.random.default_rng([1, number])
    document, sections, own = (
        draw.standard_normal((count, _DIMENSIONS), np.float32) for count in (1, PASSAGES // _SECTION, PASSAGES)
    )
    mixed = math.sqrt(0.45) * document + math.sqrt(0.2) * np.repeat(sections, _SECTION, axis=0) + math.sqrt(0.35) * own
    block = mixed @ _shape()
    unit: Vectors = block / np.linalg.norm(block, axis=1, keepdims=True)
    return unit


@cache
def _shape() -> Vectors:
    """Return the matrix, `(_DIMENSIONS, _DIMENSIONS)`, that sets the variances of vectors and rotates them."""
    deviations = np.sqrt(1 / (1 + np.arange(_DIMENSIONS) / 10))
    rotation = np.linalg.qr(np.random.default_rng(0).standard_normal((_DIMENSIONS, _DIMENSIONS)))[0]
    shape: Vectors = (deviations[:, np.newaxis] * rotation).astype(np.float32)
    return shape


def _paragraph(passage: int) -> str:
    words = _words(passage)
    sentences = (" ".join(words[first : first + _WORDS]) for first in range(0, len(words), _WORDS))
    return f"Passage{passage} is here. " + " ".join(f"The {sentence}." for sentence in sentences)


def _words(passage: int) -> list[str]:
    vocabulary, share = _vocabulary()
    drawn = np.random.default_rng([3, passage]).random(_SENTENCES * _WORDS)
    return [vocabulary[rank] for rank in np.searchsorted(share, drawn).tolist()]


@cache
def _vocabulary() -> tuple[list[str], npt.NDArray[np.float64]]:
    """Return the words, the most frequent first, and their cumulative shares of all text."""
    draw = random.Random(0)
    words = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(3, 8))) for _ in range(_VOCABULARY)]
    frequencies = 1 / np.arange(1, _VOCABULARY + 1)
    return words, np.cumsum(frequencies) / frequencies.sum()


def _number(text: str) -> int:
    """Return the first number in `text`, which is the number of its passage."""
    found = re.search(r"\d+", text)
    assert found, "texts and questions begin with their passage's number"
    return int(found.group())
