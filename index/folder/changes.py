"""The values that the database passes to the search indexes: passages as texts and as vectors."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.encoder.base import Vectors

_ROUNDING = 0.001
"""Tolerance for the length of a vector, which should be 1."""


@dataclass(frozen=True, slots=True)
class VectorBatch:
    """Vectors with their passage numbers: row `i` of `vectors`, `(n, dim)`, encodes passage `passages[i]`."""

    passages: Sequence[int]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class NumberedText:
    """The text of a passage.

    Attributes:
        passage: the number of the passage.
        first: the number of the first passage of its document.
        text: the text by which the passage is found.
    """

    passage: int
    first: int
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that bring an index from generation `since` to `generation`. Generation 0 is an empty index.

    A passage that was added and then removed appears only in `removed`.

    Attributes:
        since: the generation that the index reflects now.
        generation: the generation that it reflects afterwards.
        removed: numbers of removed passages.
        texts: the added passages as texts, for the lexical index, by ascending number. Can be iterated over once.
        vectors: the added passages as vectors, for the dense index, by ascending number. Can be iterated over once.
    """

    since: int
    generation: int
    removed: Sequence[int]
    texts: Generator[NumberedText]
    vectors: Generator[VectorBatch]


def sound_vectors(rows: Iterable[tuple[int, bytes]], size: int) -> VectorBatch:
    """Return the vectors that have this `size` in bytes and unit length."""
    whole = [row for row in rows if isinstance(row[1], bytes) and len(row[1]) == size and size % 4 == 0]
    vectors = np.frombuffer(b"".join(vector for _, vector in whole), np.float32).reshape(len(whole), size // 4)
    sound = np.abs(np.linalg.norm(vectors, axis=1) - 1) < _ROUNDING
    return VectorBatch([number for (number, _), good in zip(whole, sound, strict=True) if good], vectors[sound])


def have_unit_length(vectors: Vectors) -> bool:
    """Return whether every row of `vectors`, `(n, dim)`, has unit length."""
    return bool(np.allclose(np.linalg.norm(vectors, axis=1), 1, rtol=0, atol=_ROUNDING))
