"""The sheets of a spreadsheet: their visible cells, and how a sheet is written."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from index.block import Kind, Role
from index.formats.content import Composer, with_author
from index.formats.facts import is_default_title
from index.formats.tables import Said


class Area(NamedTuple):
    """A rectangle of cells. Numbers count from 0; the last row and column belong to it."""

    row: int
    column: int
    last_row: int
    last_column: int

    def holds(self, row: int, column: int) -> bool:
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column


class SheetCell(NamedTuple):
    """A cell with words: its row and column from 0, and its text."""

    row: int
    column: int
    text: str


class Comment(NamedTuple):
    """A comment: the cell that it is on, such as `B7`, its author, who may be unknown, and its text."""

    cell: str
    author: str
    text: str


@dataclass(slots=True)
class Sheet:
    """The content of a sheet.

    Attributes:
        cells: the cells with words, in any order.
        merged: the areas of merged cells.
        headers: the areas that the file marks as headers of columns.
        row_headers: number of columns, from the first, that it marks as headers of rows.
        hidden_rows: the rows that are hidden.
        hidden_columns: the columns that are hidden, as areas in row 0.
        text_boxes: the paragraphs in text boxes.
        comments: the comments on cells.
        around: the texts of its page headers and footers, each with its role.
    """

    cells: list[SheetCell] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    headers: list[Area] = field(default_factory=list)
    row_headers: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[Area] = field(default_factory=list)
    text_boxes: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    around: dict[str, Role] = field(default_factory=dict)

    def visible(self) -> Iterator[tuple[SheetCell, Area]]:
        """Yield the cells that are shown, by row and column, each with the area that it covers."""
        merged = sorted(self.merged)
        active: list[Area] = []
        row, following = -1, 0
        for cell in sorted(self.cells, key=lambda cell: cell[:2]):
            if cell.row != row:
                row = cell.row
                active = [each for each in active if each.last_row >= row]
                while following < len(merged) and merged[following].row <= row:
                    active += [merged[following]] if merged[following].last_row >= row else []
                    following += 1
            own = Area(cell.row, cell.column, cell.row, cell.column)
            covering = next((each for each in active if each.column <= cell.column <= each.last_column), own)
            if (covering.row, covering.column) == cell[:2] and not self._is_hidden(cell):
                yield cell, covering

    def left_out(self) -> Counter[str]:
        """Return the numbers of hidden rows and hidden columns with words."""
        rows = {cell.row for cell in self.cells} & self.hidden_rows
        columns = {cell.column for cell in self.cells if cell.row not in self.hidden_rows}
        hidden = sum(any(each.holds(0, column) for each in self.hidden_columns) for column in columns)
        return Counter({"hidden row": len(rows), "hidden column": hidden})

    def _is_hidden(self, cell: SheetCell) -> bool:
        return cell.row in self.hidden_rows or any(each.holds(0, cell.column) for each in self.hidden_columns)


def write_sheet(composer: Composer, name: str, sheet: Sheet) -> None:
    """Write the name of a sheet, unless that is a program's default, then its tables, text boxes and comments.

    Each row is a line, with tabs between the cells. A row without words ends a table.
    """
    _Writer(composer, name).write(sheet)


class _Writer:
    """Writes one sheet."""

    def __init__(self, composer: Composer, name: str) -> None:
        self._composer = composer
        self._place = f"sheet “{name}”"
        self._is_placed = False
        self._name = "" if is_default_title(name) else name

    def write(self, sheet: Sheet) -> None:
        """Write the name of the sheet, its tables, the text on it, and its comments."""
        visible = list(sheet.visible())
        self._composer.gap("\n\n")
        if self._name and (visible or sheet.text_boxes or sheet.comments):
            self._begin(Kind.HEADING, self._place, self._name)
        hidden = sorted(sheet.hidden_rows)
        for table in _tables(visible, hidden):
            self._table(table, sheet)
        for paragraph in sheet.text_boxes:
            self._begin(Kind.PARAGRAPH, self._place, paragraph)
        for comment in sheet.comments:
            text = with_author(comment.text, comment.author)
            self._begin(Kind.PARAGRAPH, f"{self._place}, cell {comment.cell}", text, Role.COMMENT)
        for text, role in sheet.around.items():
            self._begin(Kind.PARAGRAPH, self._place, text, role)

    def _begin(self, kind: Kind, place: str, text: str, role: Role = Role.TEXT) -> None:
        self._composer.gap("\n\n")
        self._composer.block(kind, role)
        self._composer.place(self._composer.write(text), place)
        self._is_placed = True

    def _begin_place(self, start: int) -> None:
        """Begin the place of the sheet with its first cell, if it has no heading."""
        if not self._is_placed:
            self._composer.place(start, self._place)
            self._is_placed = True

    def _table(self, cells: Sequence[tuple[SheetCell, Area]], sheet: Sheet) -> None:
        self._composer.gap("\n\n")
        self._composer.begin_table(is_sheet=True)
        for row, own in groupby(cells, key=lambda each: each[0].row):
            self._composer.begin_row(number=row)
            for cell, covered in own:
                rows, columns = covered.last_row - row + 1, covered.last_column - cell.column + 1
                self._composer.begin_cell(rows, columns, _said(cell, sheet), cell.column)
                self._begin_place(self._composer.write(cell.text))
        self._composer.end_table()


def _tables(
    cells: Sequence[tuple[SheetCell, Area]], hidden: Sequence[int]
) -> Iterator[Sequence[tuple[SheetCell, Area]]]:
    """Yield the cells of each table: those between rows without words, and of these those beside each other."""
    for band in _bands(cells, hidden):
        yield from _beside(band)


def _beside(band: Sequence[tuple[SheetCell, Area]]) -> Iterator[Sequence[tuple[SheetCell, Area]]]:
    """Yield the tables that stand beside each other in `band`, parted by columns without words.

    The right one must have several rows and columns, and begin with a column of words. Otherwise the column without
    words only makes room inside one table.
    """
    rest, end = list(band), -1
    for column, last in sorted({(area.column, area.last_column) for _, area in band}):
        if -1 < end < column - 1:
            left, right = ([each for each in rest if (each[0].column < column) == is_left] for is_left in (True, False))
            if _stands_alone(left) and _stands_alone(right):
                yield left
                rest = right
        end = max(end, last)
    yield rest


def _stands_alone(cells: Sequence[tuple[SheetCell, Area]]) -> bool:
    """Return whether cells can be a table of their own."""
    rows, columns = {cell.row for cell, _ in cells}, {cell.column for cell, _ in cells}
    labels = [cell.text for cell, _ in cells if cell.column == min(columns) and cell.row > min(rows)]
    worded = sum(not any(map(str.isdecimal, label)) for label in labels)
    return len(rows) > 1 and len(columns) > 1 and 2 * worded > len(labels)


def _bands(
    cells: Sequence[tuple[SheetCell, Area]], hidden: Sequence[int]
) -> Iterator[Sequence[tuple[SheetCell, Area]]]:
    """Yield the cells between rows that show no words."""
    table: list[tuple[SheetCell, Area]] = []
    end = 0  # the row after the table
    for each in cells:
        row = each[0].row
        blank = row - end - (bisect_left(hidden, row) - bisect_left(hidden, end)) if row > end else 0
        if table and blank > 0:
            yield table
            table = []
        table.append(each)
        end = max(end if len(table) > 1 else 0, each[1].last_row + 1)
    if table:
        yield table


def _said(cell: SheetCell, sheet: Sheet) -> Said:
    """Return whether the sheet marks a cell as a header."""
    if any(header.holds(cell.row, cell.column) for header in sheet.headers):
        return Said.COLUMN_HEADER
    return Said.ROW_HEADER if cell.column < sheet.row_headers else Said.NOTHING
