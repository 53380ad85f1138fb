"""The sheets of an OpenDocument spreadsheet (.ods)."""

from collections.abc import Mapping

from index.formats.content import NoContent
from index.formats.numerals import whole
from index.formats.opendocument.body import SHAPES, Aside, Body, Paragraph
from index.formats.opendocument.objects import Objects
from index.formats.opendocument.styles import Styles
from index.formats.sheets import Area, Comment, Sheet, SheetCell
from index.table import column_letters

_MOST_REPEATED = 2_000_000
"""Largest number of cells with words in a spreadsheet, which may say of a cell that it is repeated."""

_VALUES = ("string-value", "date-value", "boolean-value", "value")

_HIDDEN = frozenset({"collapse", "filter"})


class SheetsBody(Body):
    """A parser target that collects the sheets.

    Attributes:
        sheets: each visible sheet with its name.
        hidden: number of hidden sheets.
    """

    def __init__(self, styles: Styles, objects: Objects) -> None:
        super().__init__(styles, objects)
        self.sheets: list[tuple[str, Sheet]] = []
        self.hidden = 0
        self._sheet: Sheet | None = None
        self._left = _MOST_REPEATED
        self._row, self._column = 0, 0
        self._rows, self._columns = 1, 1  # how often the current row and cell are repeated
        self._cells: list[SheetCell] = []  # of the current row
        self._lines: list[str] | None = None  # of the current cell
        self._value = ""  # what the current cell holds, if it has no lines
        self._is_unseen = False  # whether the current cell is struck out or hidden
        self._spans = 1, 1
        self._shapes = 0  # depth inside a shape
        self._headers = 0  # depth inside the rows of headers

    def paragraph(self, paragraph: Paragraph) -> None:
        self._value = ""
        if self._sheet is None or not paragraph.text:
            return
        if self._shapes:
            self._sheet.text_boxes.append(paragraph.text)
        elif self._lines is not None:
            self._lines.append(paragraph.text)

    def comment(self, comment: Aside) -> None:
        if self._sheet is not None and comment.paragraphs:
            cell = f"{column_letters(self._column)}{self._row + 1}"
            self._sheet.comments.append(Comment(cell, comment.author, "\n".join(comment.paragraphs)))

    def begin(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "table" and self._sheet is None:
            self._begin_sheet(attributes)
        elif self._sheet is None:
            return
        elif element in SHAPES:
            self._shapes += 1
        elif element == "table-header-rows":
            self._headers += 1
        elif element == "table-column":
            repeated = whole(attributes.get("number-columns-repeated", ""), 1)
            if attributes.get("visibility") in _HIDDEN:
                self._sheet.hidden_columns.append(Area(0, self._column, 0, self._column + repeated - 1))
            self._column += repeated
        elif element == "table-row":
            self._column, self._rows = 0, whole(attributes.get("number-rows-repeated", ""), 1)
            self._cells = []
            if attributes.get("visibility") in _HIDDEN:
                self._sheet.hidden_rows.update(range(self._row, self._row + self._rows))
        elif element in {"table-cell", "covered-table-cell"}:
            self._columns = whole(attributes.get("number-columns-repeated", ""), 1)
            self._spans = (
                whole(attributes.get("number-rows-spanned", ""), 1),
                whole(attributes.get("number-columns-spanned", ""), 1),
            )
            self._lines, self._value = [], _value(attributes)
            self._is_unseen = bool(self.styles.look("table-cell", attributes.get("style-name", "")).is_hidden)

    def finish(self, element: str) -> None:
        if self._sheet is None:
            return
        if element in SHAPES:
            self._shapes -= 1
        elif element == "table-header-rows":
            self._headers -= 1
        elif element in {"table-cell", "covered-table-cell"}:
            self._end_cell()
        elif element == "table-row":
            self._end_row(self._sheet)
        elif element == "table":
            self._sheet = None

    def _begin_sheet(self, attributes: Mapping[str, str]) -> None:
        self._sheet, self._row, self._column = Sheet(), 0, 0
        if self.styles.look("table", attributes.get("style-name", "")).is_off:
            self.hidden += 1
        else:
            self.sheets.append((" ".join(attributes.get("name", "").split()), self._sheet))

    def _end_cell(self) -> None:
        text, self._lines = "\n".join(self._lines or []) or self._value, None
        if text and self._sheet is not None and self._columns <= _MOST_REPEATED and not self._is_unseen:
            self._cells += (SheetCell(self._row, self._column + number, text) for number in range(self._columns))
            rows, columns = self._spans
            if rows > 1 or columns > 1:
                last = self._row + rows - 1, self._column + columns - 1
                self._sheet.merged.append(Area(self._row, self._column, *last))
        self._column += self._columns

    def _end_row(self, sheet: Sheet) -> None:
        self._left -= self._rows * len(self._cells)
        if self._left < 0:
            raise NoContent(f"has more than {_MOST_REPEATED:,} cells with words; split it")
        for number in range(self._rows if self._cells else 0):
            sheet.cells += (cell._replace(row=self._row + number) for cell in self._cells)
        if self._headers and self._cells:
            sheet.headers.append(Area(self._row, 0, self._row, self._cells[-1].column))
        self._row += self._rows


def _value(attributes: Mapping[str, str]) -> str:
    """Return the value that a cell holds besides what it shows, in the form of its type."""
    value = next((attributes[name] for name in _VALUES if attributes.get(name)), "")
    kind = attributes.get("value-type", "")
    if kind == "percentage" and value.replace(".", "", 1).isdecimal() and len(value) < 20:
        return f"{100 * float(value):.10g}%"
    return f"{value} {attributes.get('currency', '')}".strip() if kind == "currency" else value
