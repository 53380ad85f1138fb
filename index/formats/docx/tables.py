"""The tables of a Word file: their rows, merged cells and headers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.block import Kind, Role
from index.formats.content import Composer
from index.formats.docx.styles import Styles
from index.formats.docx.xml import is_on, value
from index.formats.numerals import whole
from index.formats.tables import Said

ELEMENTS = frozenset("tbl tblStyle tblLook tr trPr hidden gridBefore tblHeader tc gridSpan vMerge".split())
"""The elements to report to `Tables`."""

_LOOKS = {"firstRow": ("firstRow", 0x0020), "firstCol": ("firstColumn", 0x0080)}
"""Part of a table in a style → its attribute in a table, and the bit for it in older files."""

_HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,8}")


@dataclass(slots=True)
class _Row:
    """An open row.

    Attributes:
        is_header: whether the file says that it is a header.
        is_hidden: whether it is hidden, or deleted.
        is_laid_out: whether it holds several paragraphs in a cell, which are blocks of their own.
        cells: number of cells begun so far.
        paragraphs: number of paragraphs in the current cell.
        column_span: number of columns of the current cell.
        merge: `restart` if the current cell goes on in the rows below, `continue` if it goes on from above.
        is_pending: whether the current cell's properties may still come.
    """

    is_header: bool = False
    is_hidden: bool = False
    is_laid_out: bool = False
    cells: int = 0
    paragraphs: int = 0
    column_span: int = 1
    merge: str = ""
    is_pending: bool = False


@dataclass(slots=True)
class _Table:
    """An open table: the parts that its style makes bold, those of them that it wants, and its number of rows."""

    bold: frozenset[str] = frozenset()
    wanted: set[str] = field(default_factory=set)
    rows: int = 0


class Tables:
    """The tables of a part while it is parsed. They are written to `composer`."""

    def __init__(self, composer: Composer, styles: Styles, role: Role) -> None:
        self._composer = composer
        self._styles = styles
        self._role = role
        self._tables: list[_Table] = []
        self._rows: list[_Row] = []
        self._in_properties = False  # whether inside the properties of a row

    @property
    def is_hidden(self) -> bool:
        """Whether a row is open that is hidden, or deleted."""
        return any(row.is_hidden for row in self._rows)

    @property
    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return bool(self._rows)

    def delete(self) -> None:
        """Delete the current row, if its properties are open."""
        if self._in_properties and self._rows:
            self._rows[-1].is_hidden = True

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Begin one of `ELEMENTS`."""
        if element == "tbl":
            self._start_table()
        elif not self._tables:
            return
        elif element == "tblStyle":
            self._tables[-1].bold = self._styles.style(value(attributes)).bold_parts
        elif element == "tblLook":
            bits = int(value(attributes), 16) if _HEXADECIMAL.fullmatch(value(attributes)) else 0
            self._tables[-1].wanted = {
                part
                for part, (named, bit) in _LOOKS.items()
                if value(attributes, named) in {"1", "true", "on"} or bits & bit
            }
        elif element == "tr":
            self._start_row()
        elif self._rows:
            self._start_in_row(self._rows[-1], element, attributes)

    def end(self, element: str) -> None:
        """End one of `ELEMENTS`."""
        if element == "tr":
            self._rows[-1:] = []
        elif element == "trPr":
            self._in_properties = False
        elif element == "tc" and self._composer.grid:
            self._composer.grid.end_cell()
        elif element == "tbl" and self._tables:
            self._tables.pop()
            self._composer.end_table()
            self._composer.gap("\n\n")

    def start_paragraph(self) -> None:
        """Begin a paragraph. If it is the first of a cell, all properties of the cell are known now."""
        grid, row = self._composer.grid, self._rows[-1] if self._rows else None
        if not (grid and row and row.is_pending):
            return
        row.is_pending = False
        if row.merge == "continue":
            grid.extend_above(row.column_span)
        else:
            grid.begin_cell(1, row.column_span, self._said(row))

    def begin_block(self, kind: Kind, *, is_strong: bool) -> None:
        """Begin the block of a paragraph with words, unless it is the content of a cell of data."""
        if self._composer.grid:
            self._composer.grid.is_strong = is_strong
        row = self._rows[-1] if self._rows else None
        if row is None:
            self._composer.gap("\n\n")
            self._composer.block(kind, self._role)
            return
        row.paragraphs += 1
        row.is_laid_out |= row.paragraphs > 1
        if row.is_laid_out:
            self._composer.gap("\n")
            self._composer.block(kind, self._role)
        elif row.cells == row.paragraphs == 1:
            self._composer.gap("\n")

    def _start_table(self) -> None:
        self._composer.gap("\n\n")
        if self._rows:
            self._rows[-1].is_laid_out = True
        self._tables.append(_Table())
        self._composer.begin_table()

    def _start_row(self) -> None:
        self._composer.begin_row(self._role)
        self._tables[-1].rows += 1
        self._rows.append(_Row())

    def _start_in_row(self, row: _Row, element: str, attributes: Mapping[str, str]) -> None:
        if element == "trPr":
            self._in_properties = True
        elif element == "hidden":
            row.is_hidden = is_on(attributes)
        elif element == "tblHeader":
            row.is_header = is_on(attributes)
        elif element == "gridBefore" and self._composer.grid:
            self._composer.grid.skip(whole(value(attributes)))
        elif element == "gridSpan":
            row.column_span = whole(value(attributes))
        elif element == "vMerge":
            row.merge = value(attributes) or "continue"
        elif element == "tc":
            row.cells += 1
            row.paragraphs, row.column_span, row.merge, row.is_pending = 0, 1, "", True
            self._composer.gap("\n" if row.is_laid_out else "\t")

    def _said(self, row: _Row) -> Said:
        """Return what the file says of the current cell, by its row or by the bold type in the style of the table."""
        table = self._tables[-1]
        if row.is_header or (table.rows == 1 and "firstRow" in table.bold & table.wanted):
            return Said.COLUMN_HEADER
        return Said.ROW_HEADER if row.cells == 1 and "firstCol" in table.bold & table.wanted else Said.NOTHING
