"""A passage as a reader sees it: each cell of a table behind its headers, and the way back to the passage."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import Passage, Span
from index.passage import Piece
from qa.reading.tokens import LONGEST_EXCERPT

_LONGEST_HEADER = 60
"""Longest header, in code points, that is shown before a cell. A longer one is cut."""

_CLOSED = re.compile(r"[.,:;!?…][\"'”’)\]]*\Z")


class Part(NamedTuple):
    """A stretch of an excerpt that is copied from the passage. No answer leaves it.

    Attributes:
        start: offset of its first code point in the excerpt.
        end: offset after its last code point in the excerpt.
        source: offset of its first code point in the passage.
    """

    start: int
    end: int
    source: int


@dataclass(frozen=True)
class Excerpt:
    """The text that is read of a passage, and the stretches of it that may answer.

    Attributes:
        text: the words of the passage, with headers shown before cells.
        breaks: the ascending offsets in `text` at which a block begins after the first. No sentence crosses them.
        copied: the stretches of `text` that may answer, in order; by default all of `text`, where it is the passage.
    """

    text: str
    breaks: tuple[int, ...] = ()
    copied: tuple[Part, ...] = ()

    @classmethod
    def of(cls, passage: Passage) -> "Excerpt":
        """Return the excerpt of `passage`, in which cells stand behind their headers, and blocks end with full stops.

        The captions of its tables stand first, if they are outside.

        A passage of one block without tables is read as it is. So is one whose excerpt would be longer than
        LONGEST_EXCERPT.

        >>> from index import Document
        >>> Excerpt.of(Passage(Document("Mali won.", "report"), Span(0, 9))).text
        'Mali won.'
        """
        if not passage.breaks and not any(piece.headers for piece in passage.pieces):
            return cls(passage.text)
        writer = _Writer(passage)
        for piece in passage.pieces:
            writer.write(piece)
        excerpt = writer.excerpt()
        return excerpt if len(excerpt.text) <= LONGEST_EXCERPT else cls(passage.text, passage.breaks)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The stretches that may answer: cut at the ends of blocks, and behind tabs, which end cells."""
        return self.copied or tuple(_parts(self.text, 0, 0, self.breaks))

    def source(self, span: Span) -> Span:
        """Return the span of the passage that `span`, which ends in a part, shows."""
        part = next(part for part in reversed(self.parts) if part.start < span.end)
        moved = part.source - part.start
        return Span(max(span.start, part.start) + moved, span.end + moved)

    def part_numbers(self, offsets: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
        """Return for each of `offsets`, (tokens,), the number of the part in which it ends, or -1."""
        ends = np.array([max(start, end - 1) for start, end in offsets], np.int64)
        numbers = np.searchsorted([part.start for part in self.parts], ends, side="right") - 1
        inside = (numbers >= 0) & (ends < np.array([part.end for part in self.parts])[numbers])
        return np.where(inside, numbers, -1).astype(np.int64)


class _Writer:
    """Writes the excerpt of a passage, piece by piece."""

    def __init__(self, passage: Passage) -> None:
        self._document, self._from = passage.document, passage.span.start
        self._block_starts = [self._from + offset for offset in passage.breaks]
        self._text = ""
        self._breaks: list[int] = []
        self._parts: list[Part] = []
        self._last: Piece | None = None
        for caption in passage.captions:
            self._text += self._document.quote(caption)
            self._end_block("\n")

    def write(self, piece: Piece) -> None:
        gap = self._document.text[self._last.span.end : piece.span.start] if self._last else ""
        headers = piece.headers
        if "\n" in gap:
            self._end_block("\n\n" if gap.count("\n") > 1 else "\n")
        elif self._last:
            follows_header = headers == (self._last.span,)
            self._text += " " if follows_header else ", "
            headers = () if follows_header else headers
        self._text += "".join(f"{self._header(span)} " for span in headers)
        self._copy(piece.span)
        self._last = piece

    def excerpt(self) -> Excerpt:
        return Excerpt(self._text, tuple(self._breaks), tuple(self._parts))

    def _header(self, span: Span) -> str:
        return " ".join(self._document.quote(span).split())[:_LONGEST_HEADER]

    def _end_block(self, gap: str) -> None:
        """End a sentence with the block, and write the white space behind it."""
        self._text += gap if _CLOSED.search(self._text, max(0, len(self._text) - 4)) else f".{gap}"
        self._breaks.append(len(self._text))

    def _copy(self, span: Span) -> None:
        """Copy the words of `span`, block by block."""
        inside = [start for start in self._block_starts if span.start < start < span.end]
        for start, end in pairwise([span.start, *inside, span.end]):
            block = self._document.text[start:end]
            words = block.rstrip()
            tabs = (tab.end() for tab in re.finditer("\t", words))
            for first, last in pairwise(sorted({0, *tabs, len(words)})):
                begin = len(self._text)
                self._parts.append(Part(begin, begin + last - first, start + first - self._from))
                self._text += words[first:last]
            if end < span.end:
                self._end_block(block[len(words) :])


def _parts(text: str, start: int, source: int, breaks: Iterable[int]) -> Iterator[Part]:
    """Yield the parts of `text`, which begins at `start` in the excerpt and at `source` in the passage."""
    tabs = (tab.end() for tab in re.finditer("\t", text))
    for first, last in pairwise(sorted({0, *breaks, *tabs, len(text)})):
        yield Part(start + first, start + last, source + first)
