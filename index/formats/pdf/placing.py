"""Places the words of a finished text on the pages as they are shown."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, compress
from math import cos, radians, sin
from operator import attrgetter, ge, lt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.formats.pdf.word import Word

if TYPE_CHECKING:
    from index.formats.pdf.pdfium import Page

_COLUMNS = attrgetter("left", "right", "beyond", "baseline", "shift", "drop", "size")

_BELOW, _ABOVE = 0.25, 0.8
"""Height of a box below and above the baseline, as shares of the font size."""

_BESIDE = 0.03
"""Width that a box has beyond the word on both sides, as a share of the font size. Italic letters lean out."""

_STEP = 0.3
"""Height that a tilted line gains, as a share of the font size, before its next words get boxes of their own."""

_PARTS = attrgetter("parts")


class Placing:
    """Collects the boxes of the words of a text, line by line, as columns.

    Args:
        pages: the pages of the document.
    """

    def __init__(self, pages: Sequence["Page"]) -> None:
        self._pages = pages
        self._words: list[Word] = []
        self._starts, self._ends = array("d"), array("d")
        self._lines: list[tuple[int, int]] = []  # the number of words and the page of each line
        self._turned: dict[int, Word] = {}

    def add(self, words: Sequence[Word], starts: Sequence[int], ends: Sequence[int], page: "Page") -> None:
        """Add the words of a line. Words without code points are left out.

        Args:
            words: the words.
            starts: the offset of the first code point of each in the text.
            ends: the offset after the last code point of each.
            page: their page.
        """
        if any(map(_PARTS, words)):
            words, starts, ends = _divided(words, starts, ends)
        before = len(self._words)
        if any(map(ge, starts, ends)):
            kept = list(map(lt, starts, ends))
            words, starts, ends = list(compress(words, kept)), list(compress(starts, kept)), list(compress(ends, kept))
        self._words += words
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._lines.append((len(words), page.number))
        if page.rotation or any(word.angle for word in words[:1]):
            self._turned |= enumerate(words, start=before)

    def boxes(self) -> npt.NDArray[np.float64]:
        """Return, of shape `(words, 8)`, the fields of a `Box` for each word, on its page as it is shown."""
        columns = chain.from_iterable(map(_COLUMNS, self._words))
        left, right, beyond, baseline, shift, drop, size = np.fromiter(columns, np.float64).reshape(-1, 7).T
        right, baseline = right - beyond, baseline + shift - drop
        counts, pages = np.array(self._lines, dtype=np.intp).reshape(-1, 2).T
        number = np.repeat(pages, counts)
        line = 2 * np.repeat(np.cumsum(counts) - counts, counts) + (drop != 0)  # a large initial is higher
        corners = np.array([(page.shown.left, page.shown.bottom) for page in self._pages])
        x, y = corners[number - 1].T
        edges = [
            left - _BESIDE * size - x,
            baseline - _BELOW * size - y,
            right + _BESIDE * size - x,
            baseline + _ABOVE * size - y,
        ]
        boxes = np.stack([self._starts, self._ends, line, number, *edges], axis=1)
        for each, word in self._turned.items():
            boxes[each, 4:] = _turned(word, self._pages[number[each] - 1])
        boxes[:, 2] += self._steps()
        return boxes

    def _steps(self) -> npt.NDArray[np.float64]:
        """Return, of shape `(words,)`, what tells the words of a tilted line apart whose one box would cover others."""
        steps = np.zeros(len(self._words))
        begun = 0
        for count, _ in self._lines:
            first = begun
            for number in range(begun, begun + count if begun in self._turned else begun):
                slope = abs(sin(2 * radians(self._words[number].angle))) / 2
                if (self._words[number].right - self._words[first].left) * slope > _STEP * self._words[number].size:
                    first = number
                steps[number] = 2 * (first - begun)
            begun += count
        return steps


def _divided(
    words: Sequence[Word], starts: Sequence[int], ends: Sequence[int]
) -> tuple[list[Word], list[int], list[int]]:
    """Return the words with their parts instead of those that have some, unless their text was changed."""
    found: list[tuple[Word, int, int]] = []
    for word, start, end in zip(words, starts, ends, strict=True):
        if not word.parts or end - start != len(word.text):
            lefts, rights = [part.left for part in word.parts], [part.right for part in word.parts]
            own = replace(word, left=min(lefts), right=max(rights), parts=()) if word.parts else word
            found.append((own, start, end))
            continue
        for part in word.parts:
            own = replace(word, text=word.text[part.start : part.end], left=part.left, right=part.right, parts=())
            found.append((own, start + part.start, start + part.end))
    divided, first, last = zip(*found, strict=True)
    return list(divided), list(first), list(last)


def _turned(word: Word, page: "Page") -> tuple[float, float, float, float]:
    """Return the left, bottom, right and top edges of any word on the page as it is shown."""
    size, baseline = word.size, word.baseline + word.shift - word.drop
    left, right = word.left - _BESIDE * size, word.right - word.beyond + _BESIDE * size
    bottom, top = baseline - _BELOW * size, baseline + _ABOVE * size
    turn = radians(word.angle)
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    points = [_shown(x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn), page) for x, y in corners]
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def _shown(x: float, y: float, page: "Page") -> tuple[float, float]:
    """Return a point of the page on the page as it is shown."""
    left, bottom, right, top = page.shown
    return {
        0: (x - left, y - bottom),
        90: (y - bottom, right - x),
        180: (right - x, top - y),
        270: (top - y, x - left),
    }[page.rotation]
