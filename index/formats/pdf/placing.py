"""Places the words of a finished text on the pages as they are shown."""

from collections.abc import Callable, Iterator, Sequence
from math import cos, radians, sin
from typing import TYPE_CHECKING

from index.box import Box
from index.formats.pdf.joining import word_pieces
from index.formats.pdf.word import Word

if TYPE_CHECKING:
    from index.formats.pdf.pdfium import Page

_BELOW, _ABOVE = 0.25, 0.8
"""Height of a box below and above the baseline, as shares of the font size."""

_BESIDE = 0.03
"""Width that a box has beyond the word on both sides, as a share of the font size. Italic letters lean out."""


def boxes(words: Sequence[Word], text: str, placed: Callable[[int], int], page: "Page", line: int) -> Iterator[Box]:
    """Yield the boxes of the words of a line.

    Args:
        words: the words.
        text: the line as it is joined with the next one, perhaps without its last hyphen.
        placed: returns the offset in the whole text of an offset in the line.
        page: its page.
        line: the number of the line. A large initial, which is higher, has the number after it.
    """
    offset, length = 0, len(text.rstrip())
    for word, piece in zip(words, word_pieces(words), strict=True):
        begin = offset + len(piece) - len(piece.lstrip()) if piece[:1] == " " else offset
        offset += len(piece)
        start, end = placed(begin), placed(min(offset, length))
        if start < end:
            yield Box(start, end, line + bool(word.drop), page.number, *_edges(word, page))


def _edges(word: Word, page: "Page") -> tuple[float, float, float, float]:
    """Return the left, bottom, right and top edges of a word on the page as it is shown."""
    size, baseline = word.size, word.baseline + word.shift - word.drop
    left, right = word.left - _BESIDE * size, word.right + _BESIDE * size
    bottom, top = baseline - _BELOW * size, baseline + _ABOVE * size
    if word.angle == 0 and page.rotation == 0:
        return left - page.shown.left, bottom - page.shown.bottom, right - page.shown.left, top - page.shown.bottom
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
