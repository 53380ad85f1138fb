"""The grid of a table while a file is read: where each cell stands, and what the file says of its headers."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, takewhile
from statistics import median

from index.formats.header_cells import with_headers
from index.table import Cell, CellKind, Table

_MOST_SLOTS = 1_000_000
"""Largest number of rows times columns that the merged cells of a table cover. Further ones count as single cells."""

_MOST_STRONG_ROWS = 3
"""Largest number of bold rows at the top of a table that are taken for headers."""

_FEWEST_HEADERS = 2
"""Smallest number of headers that the file states of a table with another table in a cell."""

_LONGEST_USUAL = 200
"""Largest median length of the cells of a table without marked headers, in code points."""


class Said(StrEnum):
    """What a file says of a cell."""

    NOTHING = "nothing"
    DATA = "data"
    HEADER = "header"
    COLUMN_HEADER = "column header"
    ROW_HEADER = "row header"


@dataclass(slots=True)
class _Slot:
    """A cell with or without words.

    Attributes are as for `Cell`; `end` is 0 until words are written. `is_strong` is whether all of them are bold.
    """

    said: Said
    row: int
    column: int
    row_span: int
    column_span: int
    start: int = 0
    end: int = 0
    is_strong: bool = False


class Grid:
    """The cells of an open table. Cells are placed as in a web page: on the first free place of their row.

    Args:
        is_sheet: whether it is part of a spreadsheet, so that its row 0 and column 0 are those of the sheet.
        is_layout: whether it is no table but lays out what it holds.

    Attributes:
        holds_table: whether a table stands in one of its cells.
        row_has_words: whether words were written in the current row.
        is_strong: whether the words that are written are bold.
    """

    def __init__(self, *, is_sheet: bool = False, is_layout: bool = False) -> None:
        self._is_sheet = is_sheet
        self._slots: list[_Slot] = []
        self._row, self._column = -1, 0
        self._is_open = False  # whether the last slot is open
        self._last: dict[int, int] = {}  # column → the number of the last slot that begins in it
        self._covered_until: dict[int, int] = {}  # column → the first row that no cell above covers
        self._slots_covered = 0
        self.row_has_words = False
        self.is_strong = False
        self.is_layout = is_layout
        self.holds_table = False

    def begin_row(self, number: int | None = None) -> None:
        """Begin the next row, or the row with this number."""
        self._row = self._row + 1 if number is None else number
        self._column = 0
        self._is_open = self.row_has_words = False

    def begin_cell(self, row_span: int, column_span: int, said: Said, column: int | None = None) -> None:
        """Begin the next cell of the row, or the cell in this column. A cell before all rows begins the first."""
        if self._row < 0:
            self.begin_row()
        column = self._column if column is None else column
        while self._covered_until.get(column, 0) > self._row:
            column += 1
        row_span, column_span = max(row_span, 1), max(column_span, 1)
        self._slots_covered += row_span * column_span - 1
        if self._slots_covered > _MOST_SLOTS:
            row_span = column_span = 1
        if row_span > 1:
            self._covered_until |= dict.fromkeys(range(column, column + column_span), self._row + row_span)
        self._last[column] = len(self._slots)
        self._slots.append(_Slot(said, self._row, column, row_span, column_span))
        self._column = column + column_span
        self._is_open = True

    def extend_above(self, column_span: int) -> None:
        """Extend the cell above by one row, instead of beginning one of `column_span` columns."""
        above = self._last.get(self._column)
        if above is not None and self._slots_covered < _MOST_SLOTS:
            slot = self._slots[above]
            slot.row_span = self._row + 1 - slot.row
            self._slots_covered += slot.column_span
        self._column += max(column_span, 1)
        self._is_open = False

    def skip(self, columns: int) -> None:
        """Leave out columns at the beginning of a row, or between its cells."""
        self._column += columns

    def end_cell(self) -> None:
        """End the current cell. What is written from now on belongs to none."""
        self._is_open = False

    def write(self, start: int, end: int) -> None:
        """Take note of words at these offsets."""
        self.row_has_words = True
        if self._is_open:
            slot = self._slots[-1]
            slot.is_strong = self.is_strong and (slot.is_strong or not slot.end)
            slot.start, slot.end = slot.start if slot.end else start, end

    def table(self, text: str, starts: Sequence[int]) -> Table | None:
        """Return the table in the finished `text`, or None if its cells only lay out words.

        Without a header in the file, a table has several rows and columns, and few words in each cell. One that holds
        a table has several headers. A cell of several blocks is left out, and most cells are not.

        Args:
            text: the whole text.
            starts: the offsets of all its blocks.
        """
        words = [slot for each in self._slots if (slot := _trimmed(each, text)).end > slot.start]
        slots = [slot for slot in words if bisect_right(starts, slot.start) == bisect_left(starts, slot.end)]
        if 2 * len(slots) <= len(words) or (not self._is_sheet and self._is_for_layout(slots)):
            return None
        height, width = (1 + max(places) for places in zip(*((slot.row, slot.column) for slot in slots), strict=True))
        cells = tuple(
            Cell(
                slot.start,
                slot.end,
                slot.row,
                slot.column,
                min(slot.row_span, height - slot.row),
                min(slot.column_span, width - slot.column),
                kind,
            )
            for slot, kind in zip(slots, _kinds(slots), strict=True)
        )
        return Table(with_headers(cells, text), self._is_sheet)

    def _is_for_layout(self, slots: Sequence[_Slot]) -> bool:
        headers = sum(slot.said in {Said.HEADER, Said.COLUMN_HEADER, Said.ROW_HEADER} for slot in slots)
        return headers < _FEWEST_HEADERS if self.holds_table else not headers and _lay_out(slots)


def _lay_out(slots: Sequence[_Slot]) -> bool:
    """Return whether cells, none of which is a header, only lay out words: in one row or column, or at length."""
    is_line = len({slot.row for slot in slots}) == 1 or len({slot.column for slot in slots}) == 1
    return is_line or median(slot.end - slot.start for slot in slots) > _LONGEST_USUAL


def _trimmed(slot: _Slot, text: str) -> _Slot:
    """Return `slot` without white space at the beginning and end of its words."""
    words = text[slot.start : slot.end]
    if not words or not (words[0].isspace() or words[-1].isspace()):
        return slot
    start = slot.start + len(words) - len(words.lstrip())
    return replace(slot, start=start, end=start + len(words.strip()))


def _kinds(slots: Sequence[_Slot]) -> Iterator[CellKind]:
    """Yield the kind of each cell, as far as the file says it.

    A header whose direction the file leaves open is that of its row if data stands beside it. Where no cell is said to
    be a header, bold rows at the top are headers, and a bold column on the left, if the rest is not bold.
    """
    strong = _strong(slots) if all(slot.said == Said.NOTHING for slot in slots) else {}
    for _, row in groupby(slots, key=lambda slot: slot.row):
        cells = list(row)
        is_mixed = any(cell.said in {Said.NOTHING, Said.DATA} for cell in cells)
        for cell in cells:
            if cell.said == Said.HEADER:
                yield CellKind.ROW_HEADER if is_mixed else CellKind.COLUMN_HEADER
            elif cell.said == Said.NOTHING:
                yield strong.get(cell.start, CellKind.DATA)
            else:
                yield CellKind(cell.said)


def _strong(slots: Sequence[_Slot]) -> dict[int, CellKind]:
    """Return the kinds of the cells that only bold type tells to be headers, by the offset at which they start."""
    rows = [list(row) for _, row in groupby(slots, key=lambda slot: slot.row)]
    top = list(takewhile(lambda row: all(slot.is_strong for slot in row), rows))
    body = rows[len(top) :]
    left = min(slot.column for slot in slots)
    beside = [slot for row in body for slot in row if slot.column == left]
    rest = [slot for row in body for slot in row if slot.column != left]
    if not body or 2 * sum(slot.is_strong for slot in rest) > len(rest) or len(top) > _MOST_STRONG_ROWS:
        return {}
    is_strong_beside = len(beside) > 1 and all(slot.is_strong for slot in beside)
    found = {slot.start: CellKind.ROW_HEADER for slot in beside if is_strong_beside}
    return found | {slot.start: CellKind.COLUMN_HEADER for row in top for slot in row}
