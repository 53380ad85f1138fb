"""Lines of text, and rows of words that may contain several lines side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter, sub
from typing import NamedTuple

from index.formats.pdf.joining import line_text, word_pieces
from index.formats.pdf.word import Word

_TEXT, _LEFT, _RIGHT, _SIZE, _BOLD = map(attrgetter, ("text", "left", "right", "size", "bold"))

GAP = 1.2
"""Smallest gap between two columns, as a multiple of the font size."""

LEAP_GAP = 0.5
"""Smallest gap between two columns that the file does not have one behind the other, likewise."""

_LEAP = 4
"""Number of words in the file between two neighbours, above which they are not written one behind the other."""

LABEL = re.compile(
    r"(?:[-*+•‣◦▪▫●○■□◆◇❖–—☐☑☒✓✔✗➢➤➔►▶→]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-zA-Z][.)]|\(?[ivxlc]{1,6}[.)])"
)
"""The label of a list item."""


class Place(NamedTuple):
    """The first column of a cell, from 0, and the numbers of columns and of rows that it covers."""

    column: int
    span: int = 1
    row_span: int = 1


class RuledRow(NamedTuple):
    """What lines on the page say of a row of a table.

    Attributes:
        number: its number in the table, from 0.
        places: the columns and rows of its cells with words.
        columns: number of columns of the table.
    """

    number: int
    places: Sequence[Place]
    columns: int


@dataclass(slots=True)
class Line:
    """A line of text, or a row of a table. Lengths are in points.

    Attributes:
        cells: one cell for a line of text, or the cells of a row. A cell has one or more lines, each a list of words.
        region: a number that the lines of one column share.
        ruled: its row, if lines on the page divide its cells.
        left: the left edge.
        right: the right edge.
        baseline: the height of the baseline.
        size: the font size of most of the text.
        bold: whether all of the text is bold.
        pieces: the text of each word of the first line of the first cell, after the space before it.
        text: the text of this line.
    """

    cells: list[list[list[Word]]]
    region: int
    ruled: RuledRow | None = None
    left: float = field(init=False)
    right: float = field(init=False)
    baseline: float = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)
    pieces: list[str] = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        words = self.words
        self.size = _usual_size(words)
        self.baseline = next(word.baseline for word in words if word.size == self.size)
        self.left, self.right = words[0].left, max(map(_RIGHT, words))
        self.bold = all(map(_BOLD, words))
        self.pieces = word_pieces(self.cells[0][0])
        self.text = "".join(self.pieces)

    @property
    def rows(self) -> list[list[Word]]:
        return [words for cell in self.cells for words in cell]

    @property
    def first(self) -> Word:
        return self.cells[0][0][0]

    @property
    def texts(self) -> list[str]:
        """The text of each row of each cell."""
        return [self.text, *map(line_text, self.rows[1:])]

    @property
    def words(self) -> list[Word]:
        if len(self.cells) == len(self.cells[0]) == 1:  # most lines
            return self.cells[0][0]
        return [word for words in self.rows for word in words]


def _usual_size(words: Sequence[Word]) -> float:
    """Return the font size of most of the text. Most lines have only one."""
    sizes: list[float] = list(map(_SIZE, words))
    if sizes.count(sizes[0]) == len(sizes):
        return sizes[0]
    letters: dict[float, int] = {}
    for word in words:
        letters[word.size] = letters.get(word.size, 0) + len(word.text)
    return max(letters, key=lambda size: letters[size])


Gap = tuple[float, float]
"""The left and right edges of a horizontal gap, in points."""


class Row(NamedTuple):
    """A row of words, divided into parts by wide spaces. Its widest space need not be one. Lengths are in points."""

    parts: list[list[Word]]
    left: float
    right: float
    baseline: float
    size: float
    widest: float

    @property
    def gaps(self) -> list[Gap]:
        """The wide spaces between the parts."""
        return [(before[-1].right, part[0].left) for before, part in pairwise(self.parts)]

    @property
    def spaces(self) -> list[Gap]:
        """All spaces between words."""
        words = [word for part in self.parts for word in part]
        return [(before.right, word.left) for before, word in pairwise(words)]


def row_of(words: list[Word]) -> Row:
    """Return the row divided into parts. The label of a list item stays with the text after it."""
    widest = max(map(sub, map(_LEFT, words[1:]), map(_RIGHT, words)), default=0.0)
    is_in_order = words[-1].order - words[0].order == len(words) - 1
    has_wide = widest >= (GAP if is_in_order else LEAP_GAP) * min(map(_SIZE, words))
    parts = [[words[0]]] if has_wide else [[*words]]
    for before, word in pairwise(words if has_wide else ()):
        least = LEAP_GAP if not is_in_order and _is_leap(before, word) else GAP
        is_wide = least * before.size <= word.left - before.right >= least * word.size
        if is_wide and not (len(parts[-1]) == 1 and len(parts) == 1 and LABEL.fullmatch(before.text)):
            parts.append([])
        parts[-1].append(word)
    lengths = list(map(len, map(_TEXT, words)))
    longest = words[lengths.index(max(lengths))]
    return Row(parts, words[0].left, max(map(_RIGHT, words)), longest.baseline, longest.size, widest)


def leaps(row: Row) -> bool:
    """Return whether the file has two neighbouring parts of a row apart, as it has those of two columns of text."""
    return any(_is_leap(part[-1], following[0]) for part, following in pairwise(row.parts))


def _is_leap(before: Word, word: Word) -> bool:
    """Return whether the file has two neighbours in a row apart."""
    return abs(word.order - before.order) > _LEAP


def has_ended(text: str) -> bool:
    """Return whether a sentence or a clause ends with `text`.

    >>> has_ended("(See page 3.)"), has_ended("on page 3")
    (True, False)
    """
    return text.rstrip("\"'”’»)]").endswith((".", "!", "?", ":", ";", "…"))


def goes_on(above: Sequence[Word], row: Sequence[Word]) -> bool:
    """Return whether a sentence continues from the row above, judged by the first letter of `row`."""
    return row[0].text[0].islower() and not has_ended(above[-1].text)


def column_of(x: float, gaps: Sequence[Gap]) -> int:
    """Return the number of the column that contains `x`. The gaps separate the columns."""
    return sum(x > (left + right) / 2 for left, right in gaps)
