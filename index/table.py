"""Tables: which spans of a text are cells, and which cells are the headers of which others."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

from index.errors import SpanOutsideText

MOST_HEADERS = 8
"""Largest number of headers of a cell in each direction. The nearest ones count."""

_LONGEST_NAME = 60
"""Longest header, in code points, in the label of a place. A longer one is cut."""


class CellKind(StrEnum):
    """What a cell is for."""

    DATA = "data"
    COLUMN_HEADER = "column header"
    ROW_HEADER = "row header"


class Cell(NamedTuple):
    """A cell with words.

    Attributes:
        start: offset of its first code point.
        end: offset after its last code point, greater than `start`.
        row: number of its first row, from 0.
        column: number of its first column, from 0.
        row_span: number of rows that it covers, at least 1.
        column_span: number of columns that it covers, at least 1.
        kind: data, or the header of the columns or rows that it covers.
    """

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    kind: CellKind = CellKind.DATA


class Headers(NamedTuple):
    """The headers of a cell.

    Attributes:
        columns: the headers of its columns, outermost first.
        rows: the headers of its rows, outermost first.
    """

    columns: tuple[Cell, ...] = ()
    rows: tuple[Cell, ...] = ()


_LETTERS = dict(zip("dcr", CellKind, strict=True))
_KIND_LETTERS = {kind: letter for letter, kind in _LETTERS.items()}
_CELL = re.compile(r"([dcr])(\d+),(\d+):(\d+)-(\d+)(?:x(\d+),(\d+))?")


@dataclass(frozen=True)
class Table:
    r"""A table of a text.

    >>> text = "Item\tCost\nBearings\t£1,240"
    >>> header = [Cell(0, 4, 0, 0, kind=CellKind.COLUMN_HEADER), Cell(5, 9, 0, 1, kind=CellKind.COLUMN_HEADER)]
    >>> table = Table((*header, Cell(10, 18, 1, 0, kind=CellKind.ROW_HEADER), Cell(19, 25, 1, 1)))
    >>> columns, rows = table.headers(table.cells[-1])
    >>> [text[cell.start : cell.end] for cell in (*columns, *rows)]
    ['Cost', 'Bearings']

    Attributes:
        cells: its cells with words in the order of the text, which is by row and then by column. Empty cells are not
            stored, but count in the numbers of rows and columns.
        is_sheet: whether it is part of a spreadsheet, so that its row 0 and column 0 are those of the sheet.

    Raises:
        SpanOutsideText: the cells are out of order, overlap, or cover no row or column. Or there are none.
    """

    cells: tuple[Cell, ...]
    is_sheet: bool = False

    def __post_init__(self) -> None:
        is_sound = all(
            cell.start < cell.end and min(cell.row, cell.column, cell.start) >= 0
            and min(cell.row_span, cell.column_span) >= 1 for cell in self.cells
        )  # fmt: skip
        if not (self.cells and is_sound and all(map(_are_in_order, self.cells, self.cells[1:]))):
            raise SpanOutsideText("The cells of a table are not in order, one behind the other.")

    @property
    def start(self) -> int:
        """Offset of the first code point of the first cell."""
        return self.cells[0].start

    @property
    def end(self) -> int:
        """Offset after the last code point of the last cell."""
        return self.cells[-1].end

    def moved(self, by: int) -> "Table":
        """Return this table with all its offsets increased."""
        cells = (cell._replace(start=cell.start + by, end=cell.end + by) for cell in self.cells)
        return replace(self, cells=tuple(cells))

    def cells_in(self, start: int, end: int) -> tuple[Cell, ...]:
        """Return the cells that have a code point in `start <= i < end`."""
        first = bisect_right(self.cells, start, key=lambda cell: cell.end)
        last = bisect_left(self.cells, end, key=lambda cell: cell.start)
        return self.cells[first:last]

    def headers(self, cell: Cell) -> Headers:
        """Return the headers of a cell of this table. Headers of columns have none themselves.

        The header cells above a cell count, and those on its left, as the HTML standard defines it. A header replaces
        an earlier one of the same columns if cells of data stand between them. The header row of a table that is
        repeated on each page therefore counts once.

        Source: https://html.spec.whatwg.org/multipage/tables.html#header-and-data-cell-semantics
        """
        columns, rows = self._headers.get(cell.start, ((), ()))
        return Headers(tuple(sorted(columns)), tuple(sorted(rows)))

    def place(self, text: str, start: int, end: int) -> str:
        """Return in words where `text[start:end]` stands in this table, which is a table of `text`.

        The result is like `row “Bearings”, column “Cost”`, or `cell B7` in a sheet. It is only the row if several
        cells are covered, and empty if several rows are, or none.
        """
        cells = self.cells_in(start, end)
        if not cells or (cells[0].row != cells[-1].row and not self.is_sheet):
            return ""
        if self.is_sheet:
            first, last = (f"{column_letters(cell.column)}{cell.row + 1}" for cell in (cells[0], cells[-1]))
            return f"cell {first}" if first == last else f"cells {first} to {last}"
        cell = cells[0]
        columns, rows = self.headers(cell)
        rows += (cell,) if cell.kind == CellKind.ROW_HEADER else ()
        row = f"row {_named(text, rows) or cell.row + 1}"
        return row if len(cells) > 1 else f"{row}, column {_named(text, columns) or cell.column + 1}"

    @cached_property
    def _headers(self) -> dict[int, tuple[Collection[Cell], Collection[Cell]]]:
        """The headers of the columns and of the rows of each cell, in any order, by the offset at which it starts."""
        if all(cell.kind is CellKind.DATA for cell in self.cells):
            return {}
        found = _found(self.cells)  # a cell of several rows gets its last headers when its last row is passed
        return {start: (columns, rows) for start, columns, rows in found}


def pack(tables: Sequence[Table]) -> str:
    """Return `tables` as a short text for storage.

    >>> pack([Table((Cell(0, 4, 0, 0, kind=CellKind.COLUMN_HEADER), Cell(5, 8, 1, 0, column_span=2)))])
    'Tc0,0:0-4d1,0:5-8x1,2'
    """
    return "".join(("S" if table.is_sheet else "T") + "".join(map(_packed, table.cells)) for table in tables)


def unpack(packed: str) -> tuple[Table, ...]:
    """Return the tables from which `pack` made this text.

    Raises:
        ValueError: `packed` is not a result of `pack`.
        SpanOutsideText: the cells of a table are out of order.
    """
    starts = [mark.start() for mark in re.finditer("[TS]", packed)]
    if (packed and not starts) or (starts and starts[0] != 0):
        raise ValueError(f"{packed[:20]!r} says nothing of tables.")
    return tuple(_unpacked(packed[start:end]) for start, end in pairwise([*starts, len(packed)]))


def _packed(cell: Cell) -> str:
    start, end, row, column, row_span, column_span, kind = cell
    spans = "" if row_span == column_span == 1 else f"x{row_span},{column_span}"
    return f"{_KIND_LETTERS[kind]}{row},{column}:{start}-{end}{spans}"


def _unpacked(packed: str) -> Table:
    if _CELL.sub("", packed) not in {"T", "S"}:
        raise ValueError(f"{packed[:20]!r} says nothing of a table.")
    cells = (
        Cell(int(start), int(end), int(row), int(column), int(rows or 1), int(columns or 1), _LETTERS[letter])
        for letter, row, column, start, end, rows, columns in _CELL.findall(packed)
    )
    return Table(tuple(cells), is_sheet=packed[0] == "S")


def _are_in_order(cell: Cell, following: Cell) -> bool:
    return cell.end <= following.start and (cell.row, cell.column) < (following.row, following.column)


def _named(text: str, headers: Sequence[Cell]) -> str:
    """Return the words of `headers` in quotation marks, on one line and not too long, or "" without headers."""
    words = ", ".join(" ".join(text[cell.start : cell.end].split()) for cell in headers)
    if len(words) > _LONGEST_NAME:
        words = words[: _LONGEST_NAME - 1] + "…"
    return f"“{words}”" if words else ""


def column_letters(number: int) -> str:
    """Return the letters of a column of a spreadsheet. The first column, 0, is A.

    >>> column_letters(25), column_letters(26), column_letters(702)
    ('Z', 'AA', 'AAA')
    """
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


class _Scan:
    """The headers that hold at the current place of a scan down a column, or along a row.

    Headers without data between them form a block. A header replaces those of earlier blocks that cover the same lines.
    The list of `headers` never changes; a new header begins a new list.
    """

    def __init__(self) -> None:
        self.headers: list[Cell] = []
        self._lines: list[tuple[int, int]] = []
        self._earlier = 0  # number of headers from earlier blocks
        self._in_block = False

    def header(self, cell: Cell, lines: tuple[int, int]) -> None:
        """Pass over a header that covers `lines`: its first column or row, and the number of them."""
        if not self._in_block:
            self._earlier, self._in_block = len(self.headers), True
        kept = [n for n, each in enumerate(self._lines) if n >= self._earlier or each != lines][1 - MOST_HEADERS :]
        self._earlier = sum(n < self._earlier for n in kept)
        self.headers = [*(self.headers[n] for n in kept), cell]
        self._lines = [*(self._lines[n] for n in kept), lines]

    def data(self) -> None:
        """Pass over a cell of data."""
        self._in_block = False


def _found(cells: Sequence[Cell]) -> Iterator[tuple[int, Collection[Cell], Collection[Cell]]]:
    """Yield the start of each cell, the headers of its columns, and the headers of its rows.

    Takes time proportional to the number of rows and columns that all cells cover. Neighbours share lists of headers.
    """
    columns = sorted({cell.column for cell in cells})
    above = [_Scan() for _ in columns]
    rows: dict[int, set[Cell]] = {}
    spanning: list[Cell] = []  # the cells of earlier rows that also cover the current one
    for row, own in groupby(cells, key=lambda cell: cell.row):
        spanning = [cell for cell in spanning if cell.row + cell.row_span > row]
        beside = _Scan()
        current = [*spanning, *own]
        for cell in sorted(current, key=lambda cell: cell.column) if spanning else current:
            found: Collection[Cell] = _beside(cell, beside)
            if cell.row_span > 1:
                rows.setdefault(cell.start, set()).update(found)
                found = rows[cell.start]
            if cell.row == row:
                first, last = bisect_left(columns, cell.column), bisect_left(columns, cell.column + cell.column_span)
                yield cell.start, _over(cell, above[first:last]), found
        spanning = [cell for cell in current if cell.row_span > 1]


def _beside(cell: Cell, scan: _Scan) -> Collection[Cell]:
    """Return the headers of the current row of a cell, and take the cell into account for the cells behind it."""
    if cell.kind == CellKind.COLUMN_HEADER:
        return ()
    headers = scan.headers
    if cell.kind == CellKind.ROW_HEADER:
        scan.header(cell, (cell.row, cell.row_span))
    else:
        scan.data()
    return headers


def _over(cell: Cell, above: Sequence[_Scan]) -> Collection[Cell]:
    """Return the headers of a cell's columns, and take the cell into account for the cells below."""
    if cell.kind == CellKind.COLUMN_HEADER:
        for scan in above:
            scan.header(cell, (cell.column, cell.column_span))
        return ()
    for scan in above:
        scan.data()
    return above[0].headers if len(above) == 1 else {header for scan in above for header in scan.headers}
