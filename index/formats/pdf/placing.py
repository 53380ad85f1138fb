"""Places the words of a finished text on the pages as they are shown."""

from array import array
from collections.abc import Callable, Sequence
from itertools import accumulate
from math import cos, radians, sin
from typing import TYPE_CHECKING

from index.formats.pdf.joining import word_pieces
from index.formats.pdf.word import Word

if TYPE_CHECKING:
    from index.formats.pdf.pdfium import Page

_BELOW, _ABOVE = 0.25, 0.8
"""Height of a box below and above the baseline, as shares of the font size."""

_BESIDE = 0.03
"""Width that a box has beyond the word on both sides, as a share of the font size. Italic letters lean out."""


def boxes(
    words: Sequence[Word], text: str, placed: Callable[[Sequence[int]], list[int]], page: "Page", line: int
) -> "array[float]":
    """Return the boxes of the words of a line: the fields of each `Box`, one after another.

    Args:
        words: the words.
        text: the line as it is joined with the next one, perhaps without its last hyphen.
        placed: returns the offsets in the whole text of offsets in the line.
        page: its page.
        line: the number of the line. A large initial, which is higher, has the number after it.
    """
    found = array("d")
    pieces, length = word_pieces(words), len(text.rstrip())
    ends = list(accumulate(map(len, pieces)))
    starts = placed([end - len(piece.lstrip()) for end, piece in zip(ends, pieces, strict=True)])
    ends = placed([min(end, length) for end in ends] if ends[-1] > length else ends)
    place = _level if page.rotation == 0 and words[0].angle == 0 else _turned
    for word, start, end in zip(words, starts, ends, strict=True):
        if start < end:
            found.extend((start, end, line + 1 if word.drop else line, page.number, *place(word, page)))
    return found


def _level(word: Word, page: "Page") -> tuple[float, float, float, float]:
    """Return the left, bottom, right and top edges of a level word on a page that is shown as it is."""
    size, baseline, shown = word.size, word.baseline + word.shift - word.drop, page.shown
    return (
        word.left - _BESIDE * size - shown[0],
        baseline - _BELOW * size - shown[1],
        word.right + _BESIDE * size - shown[0],
        baseline + _ABOVE * size - shown[1],
    )


def _turned(word: Word, page: "Page") -> tuple[float, float, float, float]:
    """Return the edges of any word on the page as it is shown."""
    size, baseline = word.size, word.baseline + word.shift - word.drop
    left, right = word.left - _BESIDE * size, word.right + _BESIDE * size
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
