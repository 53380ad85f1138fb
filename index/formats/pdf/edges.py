"""Running heads, running feet and page numbers: rows at the edges of pages that do not belong to the text."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, takewhile
from typing import NamedTuple

from index.block import Role
from index.formats.pdf.joining import line_text
from index.formats.pdf.line import Line
from index.formats.pdf.word import Word

_MOST = 4
"""Largest number of rows at each edge of a page that may be set apart."""

_NEAR = 3
"""Pages before and after a page that are searched for the same running head. It may appear on every second page."""

_SAME_PLACE = 4.0
"""Largest difference in height, in points, between the same row on two pages."""

_MARGIN = 0.15
"""Largest distance of a running head from the edge, as a share of the page's height."""

_APART = 1.6
"""Smallest distance from the text of a row in the same size that is set apart, as a multiple of the font size."""

_PAGE_OF = re.compile(r"\b(?:page|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?\b|(?<![\w/.])\d+\s*(?:of|/)\s*\d+\Z", re.IGNORECASE)
_PAGE_OF_ALL = re.compile(r"\bpage\s+\d+\s*(?:of|/)\s*\d+\b", re.IGNORECASE)
_OF = re.compile(r"(?<![\w/.])(\d{1,6})\s*(?:of|/)\s*(\d{1,6})\Z", re.IGNORECASE)
_ROMAN = r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER_ALONE = re.compile(rf"\W*(?:\d{{1,3}}|{_ROMAN})\W*", re.IGNORECASE)
_SEPARATORS = " \t|/·•–—-,;"

_COUNTED = frozenset(
    """annex appendix article case chapter clause day episode exercise exhibit fig figure invoice lecture lesson no
    number order part question rule schedule scene section session step table unit verse volume week year""".split()
)
"""Words before a number that is not the page number."""


Edge = tuple[Line, Role]
"""A row that was set apart, without the page number, and its role."""


class _Row(NamedTuple):
    """A row near an edge.

    Attributes:
        words: its words.
        page: index of its page.
        total: number of pages.
        distance: distance of its baseline from the edge, in points.
        is_parted: whether space or font size separates it from the next row further in.
        is_marked: whether the file marks it as an artifact outside the text.
    """

    words: list[Word]
    page: int
    total: int
    distance: float
    is_parted: bool
    is_marked: bool

    @property
    def text(self) -> str:
        """The text without numbers that are certainly the page number."""
        words = list(self.words)
        for outer, inner in ((0, 1), (-1, -2)):
            if len(words) > 1 and words[outer].text.isdecimal() and _are_far(words[outer], words[inner]):
                del words[outer]
        text = _PAGE_OF.sub("", line_text(words))
        return "" if _NUMBER_ALONE.fullmatch(text) else " ".join(text.split()).strip(_SEPARATORS)

    @property
    def line(self) -> Line:
        """The row without the page number."""
        kept, rest = [], self.text
        for word in self.words:
            if rest.startswith(word.text):
                kept.append(word)
                rest = rest[len(word.text) :].lstrip()
        last = self.words[-1]
        whole = replace(self.words[0], text=self.text, right=last.right, beyond=last.beyond)
        return Line([[[whole] if rest else kept]], region=-1)

    @property
    def counts_pages(self) -> bool:
        """Whether it ends with the number of its page and that of all pages."""
        match = _OF.search(line_text(self.words))
        return match is not None and (int(match[1]), int(match[2])) == (self.page + 1, self.total)

    @property
    def keys(self) -> Iterator[Hashable]:
        """The keys that the rows of one running head share on different pages."""
        yield self.text
        words = [word.text for word in self.words]
        for outer, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
            if outer.isdecimal() and not (rest and rest[-1].lower().rstrip(".") in _COUNTED):
                yield " ".join(rest), int(outer) - self.page


def set_apart(
    pages: Sequence[Sequence[list[Word]]], bounds: Sequence[tuple[float, float]]
) -> tuple[list[list[list[Word]]], list[list[Edge]]]:
    """Separate running heads and feet from the text.

    Three kinds of row at the top or bottom of a page are set apart:

    - a row that space or font size separates from the text, and that a page nearby repeats at the same place, except
      for the page number;
    - a page number;
    - a row that the file marks as an artifact.

    Args:
        pages: the rows of each page, from the top.
        bounds: the bottom and the top of each page, in points.

    Returns:
        The other rows of each page, and the rows set apart, each only on the first page that has it.
    """
    tops: list[list[_Row]] = []
    feet: list[list[_Row]] = []
    for page, (found, (bottom, top)) in enumerate(zip(pages, bounds, strict=True)):
        reach = _MARGIN * (top - bottom)
        tops.append([row for row in _side(found, page, len(pages), top) if row.distance <= reach])
        feet.append([row for row in _side(found[::-1], page, len(pages), bottom) if row.distance <= reach])
    tops, feet = _running(tops), _running(feet)
    apart = {id(row.words) for row in chain(*tops, *feet)}
    bodies = [[words for words in found if id(words) not in apart] for found in pages]
    if not any(bodies):
        return [list(found) for found in pages], [[] for _ in pages]
    return bodies, list(_edges(tops, feet))


def _edges(tops: Sequence[Sequence[_Row]], feet: Sequence[Sequence[_Row]]) -> Iterator[list[Edge]]:
    """Yield the rows at the edges of each page that no page before it has."""
    written = {""}
    for top, foot in zip(tops, feet, strict=True):
        rows_apart = [*((row, Role.HEADER) for row in top), *((row, Role.FOOTER) for row in reversed(foot))]
        edges = {row.text: (row.line, role) for row, role in rows_apart if row.text not in written}
        written |= edges.keys()
        yield list(edges.values())


def _side(found: Sequence[list[Word]], page: int, total: int, edge: float) -> list[_Row]:
    """Return the outermost rows, from the edge inwards."""
    everything = all(word.apart for row in found for word in row)  # the mark then carries no information
    side = []
    for number, words in enumerate(found[:_MOST]):
        size = _size(words)
        further = found[number + 1] if number + 1 < len(found) else None
        is_parted = (
            further is None
            or abs(words[0].baseline - further[0].baseline) > _APART * size
            or abs(size - _size(further)) > 0.1 * size
        )
        side.append(
            _Row(
                words,
                page,
                total,
                abs(edge - words[0].baseline),
                is_parted,
                not everything and all(word.apart for word in words),
            )
        )
    return side


def _size(words: Sequence[Word]) -> float:
    return max(words, key=lambda word: len(word.text)).size


def _are_far(number: Word, word: Word) -> bool:
    gap = max(number.left - word.right, word.left - number.right)
    return gap > number.size or not any(map(str.isalnum, word.text))


def _running(sides: Sequence[Sequence[_Row]]) -> list[list[_Row]]:
    """Return the outermost rows of each page that do not belong to the text."""
    places: _Places = defaultdict(list)
    for row in chain.from_iterable(sides):
        for key in row.keys:
            places[key, row.page].append(row.distance)
    running = []
    for side in sides:
        qualified = list(takewhile(lambda row: _is_running(row, places), side))
        while qualified and not qualified[-1].is_parted:
            qualified.pop()
        running.append(qualified)
    return running


_Places = dict[tuple[Hashable, int], list[float]]
"""Key and page of a row → the distances of such rows from the edge, in points."""


def _is_running(row: _Row, places: _Places) -> bool:
    if not row.text or _PAGE_OF_ALL.search(line_text(row.words)) or row.is_marked or row.counts_pages:
        return True
    text, *counted = (_again(row, key, places) for key in row.keys)
    return text > 0 or any(again > 1 for again in counted)


def _again(row: _Row, key: Hashable, places: _Places) -> int:
    """Return the number of pages nearby that have a row with the same key at the same place."""
    pages = (row.page + step for step in range(-_NEAR, _NEAR + 1) if step)
    return sum(
        any(abs(distance - row.distance) <= _SAME_PLACE for distance in places.get((key, page), ())) for page in pages
    )
