"""The grid of a table while a file is read: where each cell stands, and what the file says of its headers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from statistics import median

from index.block import Block, breaks
from index.formats.header_cells import with_headers
from index.table import Cell, CellKind, Table

MOST_SLOTS = 1_000_000
"""Largest number of rows times columns that the merged cells of a table cover. Further ones count as single cells."""

LONGEST_USUAL = 200
"""Largest median length of the cells of a table without marked headers, in code points."""


class Said(StrEnum):
    """What a file says of a cell."""

    NOTHING = "nothing"
    DATA = "data"
    HEADER = "header"
    COLUMN_HEADER = "column header"
    ROW_HEADER = "row header"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell with or without words. Attributes are as for `Cell`; `end` is 0 until words are written."""

    said: Said
    row: int
    column: int
    row_span: int
    column_span: int
    start: int = 0
    end: int = 0


class Grid:
    """The cells of an open table. Cells are placed as in a web page: on the first free place of their row.

    Args:
        is_sheet: whether it is part of a spreadsheet, so that its row 0 and column 0 are those of the sheet.
        is_layout: whether it is no table but lays out what it holds. It becomes so if a table begins in it.
    """

    def __init__(self, *, is_sheet: bool = False, is_layout: bool = False) -> None:
        self._is_sheet = is_sheet
        self._slots: list[_Slot] = []
        self._row, self._column = -1, 0
        self._is_open = False  # whether the last slot is open
        self._covered_until: dict[int, int] = {}  # column → the first row that no cell above covers
        self._slots_covered = 0
        self.row_has_words = False
        self.is_layout = is_layout

    def begin_row(self, number: int | None = None) -> None:
        """Begin the next row, or the row with this number."""
        self._row = self._row + 1 if number is None else number
        self._column = 0
        self._is_open = self.row_has_words = False

    def begin_cell(self, row_span: int, column_span: int, said: Said, column: int | None = None) -> None:
        """Begin the next cell of the row, or the cell in this column."""
        column = self._column if column is None else column
        while self._covered_until.get(column, 0) > self._row:
            column += 1
        row_span, column_span = max(row_span, 1), max(column_span, 1)
        self._slots_covered += row_span * column_span - 1
        if self._slots_covered > MOST_SLOTS:
            row_span = column_span = 1
        if row_span > 1:
            self._covered_until |= dict.fromkeys(range(column, column + column_span), self._row + row_span)
        self._slots.append(_Slot(said, max(self._row, 0), column, row_span, column_span))
        self._column = column + column_span
        self._is_open = True

    def end_cell(self) -> None:
        """End the current cell. What is written from now on belongs to none."""
        self._is_open = False

    def write(self, start: int, end: int) -> None:
        """Take note of words at these offsets."""
        self.row_has_words = True
        if self._is_open:
            slot = self._slots[-1]
            self._slots[-1] = replace(slot, start=start if not slot.end else slot.start, end=end)

    def table(self, text: str, blocks: Sequence[Block]) -> Table | None:
        """Return the table in the finished `text`, or None if its cells only lay out words.

        Without a header in the file, a table has several rows and columns, and few words in each cell. A cell of
        several blocks is left out, and most cells are not.
        """
        words = [slot for each in self._slots if (slot := _trimmed(each, text)).end > slot.start]
        slots = [slot for slot in words if not breaks(blocks, slot.start, slot.end)]
        if 2 * len(slots) <= len(words) or (not self._is_sheet and _lays_out(slots)):
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


def _lays_out(slots: Sequence[_Slot]) -> bool:
    """Return whether cells only lay out words: none is a header, and they are in one row or column, or are long."""
    if any(slot.said in {Said.HEADER, Said.COLUMN_HEADER, Said.ROW_HEADER} for slot in slots):
        return False
    is_line = len({slot.row for slot in slots}) == 1 or len({slot.column for slot in slots}) == 1
    return is_line or median(slot.end - slot.start for slot in slots) > LONGEST_USUAL


def _trimmed(slot: _Slot, text: str) -> _Slot:
    """Return `slot` without white space at the beginning and end of its words."""
    words = text[slot.start : slot.end]
    start = slot.start + len(words) - len(words.lstrip())
    return replace(slot, start=start, end=start + len(words.strip()))


def _kinds(slots: list[_Slot]) -> Iterator[CellKind]:
    """Yield the kind of each cell. A header whose direction the file leaves open is its row's if data is beside it."""
    for _, row in groupby(slots, key=lambda slot: slot.row):
        cells = list(row)
        is_mixed = any(cell.said in {Said.NOTHING, Said.DATA} for cell in cells)
        for cell in cells:
            if cell.said == Said.HEADER:
                yield CellKind.ROW_HEADER if is_mixed else CellKind.COLUMN_HEADER
            else:
                yield CellKind.DATA if cell.said == Said.NOTHING else CellKind(cell.said)
