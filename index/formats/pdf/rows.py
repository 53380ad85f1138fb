"""The rows of the tables of a document, each on one page or several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.block import Kind, Role
from index.formats.pdf.columns import Cell, places
from index.formats.pdf.line import Line, Place
from index.formats.pdf.paragraphs import Paragraph

_FARTHEST = 3.5
"""Largest distance between two rows of a table on a page, as a multiple of the font size."""


_MOST_HEADS = 3
"""Largest number of header rows that a page may repeat, and of single lines between two rows."""

_LONGEST = 60
"""Longest line between two rows of a table, in code points."""

_NEAR = 2.5
"""Largest distance of a header of several columns from the row below it, as a multiple of the font size."""

_ALIGNED = 2.0
"""Largest distance between the left edges of two rows of a table on two pages, as a multiple of the font size."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table.

    Attributes:
        paragraph: the number of the paragraph that it is, among those of the document.
        number: its number in the table, from 0. Rows without words are left out.
        places: the columns of each of its cells.
        bold: whether the words of each of its cells are all bold.
        is_first: whether it is the first row of the table.
        is_last: whether it is the last one.
    """

    paragraph: int
    number: int
    places: Sequence[Place]
    bold: Sequence[bool]
    is_first: bool
    is_last: bool


def table_rows(found: Sequence[Paragraph]) -> Iterator[TableRow]:
    """Yield the rows of all tables, in order.

    Args:
        found: the paragraphs of a document. What is set apart from the text may divide a table, but nothing else.
    """
    for run in _runs(found):
        cells = [_cells(found[number]) for number in run]
        columns = [found[number].last.ruled for number in run]
        in_columns = places(cells) if columns[0] is None else []
        row, above = -1, 0  # the number of the last row, and the number of rows on earlier pages
        for number, own, ruled, own_places in zip_longest(run, cells, columns, in_columns):
            if ruled:
                above = above if above + ruled.number > row else row + 1 - ruled.number
            row = above + ruled.number if ruled else row + 1
            bold = [all(word.bold for words in cell for word in words) for cell in own]
            yield TableRow(
                number, row, ruled.places if ruled else own_places, bold, number == run[0], number == run[-1]
            )


def _cells(paragraph: Paragraph) -> list[Cell]:
    """Return the cells of a row, or a paragraph inside a table as a single cell."""
    if _has_cells(paragraph):
        return list(paragraph.last.cells)
    return [[line.cells[0][0] for line in paragraph.lines]]


def _runs(found: Sequence[Paragraph]) -> Iterator[list[int]]:
    """Yield the numbers of the paragraphs of each table: rows, and single short lines between two of them.

    A line above the first row may be a header of several columns. A header row that is repeated at the top of a page
    was set apart as a running head; it says that the table goes on.
    """
    run: list[int] = []
    between: list[int] = []
    before = -1
    is_repeated = False
    for number, paragraph in enumerate(found):
        if paragraph.role != Role.TEXT or not paragraph.in_flow:
            is_repeated |= any(_words(found[row]) == _words(paragraph) for row in run[:_MOST_HEADS])
            continue
        goes_on = (
            bool(run)
            and len(between) < _MOST_HEADS
            and _goes_on(found[(between or run)[-1]], paragraph, found[run[-1]])
        )
        if run and not goes_on and not (is_repeated and len(between) < _MOST_HEADS):
            yield run
            run, between = [], []
        if _has_cells(paragraph):
            if not run and before >= 0 and _is_over(found[before], paragraph):
                between = [before]
            run += [*between, number]
            between, is_repeated = [], False
        elif run:
            between.append(number)
        before = number
    if run:
        yield run


def _has_cells(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is a row with cells, and not a line with leader dots."""
    return paragraph.kind == Kind.ROW and (len(paragraph.last.cells) > 1 or paragraph.last.ruled is not None)


def _words(paragraph: Paragraph) -> str:
    return " ".join(word.text for line in paragraph.lines for word in line.words)


def _is_over(above: Paragraph, row: Paragraph) -> bool:
    """Return whether a paragraph is one line close above a row, and over its columns except for the first one."""
    line, below = above.last, row.last
    is_line = len(above.lines) == 1 and above.kind != Kind.ROW and above.pages == row.pages
    is_near = 0 < line.baseline - below.baseline <= _NEAR * below.size
    return is_line and is_near and below.ruled is None and _right(below) < line.left and line.right < below.right


def _right(row: Line) -> float:
    """Return the right edge of the first cell of a row."""
    return max(words[-1].right for words in row.cells[0])


def _goes_on(above: Paragraph, paragraph: Paragraph, row: Paragraph) -> bool:
    """Return whether `paragraph` may belong to the table of `row`, which is the last one, or `above` it."""
    is_next_page = above.pages[-1] != paragraph.pages[0]
    ruled, own = row.last.ruled, paragraph.last.ruled
    if not _has_cells(paragraph):
        is_short = len(paragraph.lines) == 1 and len(paragraph.last.text) <= _LONGEST and not ruled
        return is_short and _is_near(above, paragraph) and not paragraph.last.text.endswith(".")
    if (ruled or own) and not is_next_page:
        return paragraph.last.region == row.last.region
    if is_next_page and ruled and own:
        return ruled.columns == own.columns
    if is_next_page:
        return not (ruled or own) and abs(paragraph.last.left - row.last.left) <= _ALIGNED * row.last.size
    return _is_near(above, paragraph)


def _is_near(above: Paragraph, paragraph: Paragraph) -> bool:
    """Return whether a paragraph is below another one on the same page, and not far."""
    lowest = min(word.baseline for word in above.last.words)
    distance = lowest - paragraph.lines[0].baseline
    return above.pages[-1] == paragraph.pages[0] and 0 < distance <= _FARTHEST * paragraph.last.size
