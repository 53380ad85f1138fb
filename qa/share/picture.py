"""The part of a page on which a quote stands, as a picture with the quote marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from index import CitedError
from index.box import Rectangle
from index.sandbox.viewer import Spot, viewer
from qa.answer import Citation

LARGEST = 300_000
"""Bytes of a picture at most."""

_WIDEST, _HIGHEST = 620.0, 300.0
"""Width and height, in points, of the part of a page that is shown at most."""

_AROUND = 64.0
"""Points of the page shown above and below the quote."""

_PIXELS = (1240, 900, 620)
"""Pixels across: the most for which the picture is not too large."""

_QUOTE, _ANSWER = (255, 242, 194), (255, 215, 90)
"""Colours of the marks, in red, green and blue; those of the card's words."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A part of a page.

    Attributes:
        page: the number of the page, from 1.
        png: the picture, at most `LARGEST` bytes.
    """

    page: int
    png: bytes


def picture(answer: Citation, quotes: Sequence[Citation], file: bytes) -> Picture | None:
    """Return the part of the page on which a quote stands.

    Args:
        answer: the words that the picture shows, marked as the answer.
        quotes: further quotes; those of the same document and page are marked, too.
        file: the file of its document.

    Returns:
        The picture; None if the file is no PDF, or it is not known where the words are.
    """
    strong = answer.document.rectangles(answer.span)
    if not strong:
        return None
    page = strong[0].page
    weak = [each for cited in quotes if cited.document == answer.document for each in _on(page, cited)]
    strong = tuple(each for each in strong if each.page == page)
    spots = [*(Spot(each[1:], _QUOTE) for each in weak), *(Spot(each[1:], _ANSWER) for each in strong)]
    try:
        sizes = viewer.sizes(answer.document.id, file)
        part = _part(strong, weak, *sizes[page - 1])
        for width in _PIXELS:
            png = viewer.png(answer.document.id, lambda: file, page, width, part=part, spots=spots)
            if len(png) <= LARGEST:
                return Picture(page, png)
    except (CitedError, IndexError):  # an e-mail with a PDF attached, or a page that cannot be drawn: words are enough
        pass
    return None


def _on(page: int, cited: Citation) -> list[Rectangle]:
    return [each for each in cited.document.rectangles(cited.span) if each.page == page]


def _part(
    strong: Sequence[Rectangle], weak: Sequence[Rectangle], width: float, height: float
) -> tuple[float, float, float, float]:
    """Return the left, bottom, right and top edges of the part to show: all quotes, or at least the answer's start."""
    everything = [*strong, *weak]
    left, right = _window(min(each.left for each in everything), max(each.right for each in everything), width, _WIDEST)
    low, high = min(each.bottom for each in everything) - _AROUND, max(each.top for each in everything) + _AROUND
    if high - low > _HIGHEST:
        high = strong[0].top + _AROUND
        low = high - _HIGHEST
    return left, max(0.0, low), right, min(height, high)


def _window(first: float, last: float, length: float, most: float) -> tuple[float, float]:
    """Return the part of a line of `length` with `most` of it around what is between `first` and `last`."""
    if length <= most:
        return 0.0, length
    start = min(max(0.0, (first + last - most) / 2), length - most)
    return start, start + most
